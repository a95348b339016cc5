"""On a phone: two people side by side, and a choice that needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
SCENE = "pages"


def test_two_people_stand_side_by_side_on_a_phone_and_one_is_chosen_without_javascript(
    stage: Stage, phone: Callable[..., Page]
) -> None:
    liaison = phone("liaison")
    liaison.goto(stage.url + stage.paths["pairing_propose"])
    liaison.locator(f"input[name=member][value='{stage.people['second_caregiver']['id']}']").check()
    liaison.locator("label.pick", has_text="Joy Landrieu").locator("input").check()
    liaison.locator("textarea[name=reason]").fill("She laughs a lot.")
    liaison.locator("main .btn.lamp").click()
    expect(liaison.locator("[role=status]")).to_contain_text("It is sent.")

    compare = phone("second_caregiver")
    compare.goto(stage.url)
    compare.locator("a.btn.lamp", has_text="Compare them").click()
    names = compare.locator("section[aria-labelledby=who] h3")
    expect(names).to_have_count(2)
    compare.wait_for_load_state()  # with its styles
    first, second = (names.nth(number).bounding_box() for number in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]
    check_page(compare)

    plain = phone("second_caregiver", java_script_enabled=False)
    plain.goto(f"{stage.url}/wishes/choose/")
    plain.get_by_role("button", name="I choose Joy").click()
    expect(plain.locator("h1")).to_contain_text("Joy")
    plain.goto(f"{stage.url}/wishes/")
    expect(plain.locator("main")).to_contain_text("Joy Landrieu stands by you")
