"""On a phone: those who could give a service side by side, and a choice that needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
SCENE = "pages"


@pytest.mark.promise("LA-42")
def test_options_stand_side_by_side_on_a_phone_and_one_is_chosen_without_javascript(
    stage: Stage, phone: Callable[..., Page]
) -> None:
    mother = phone("caregiver")
    mother.goto(stage.url + stage.paths["pick_show"])
    names = mother.locator("section[aria-labelledby=who] h3")
    expect(names).to_have_count(2)
    mother.wait_for_load_state()  # with its styles
    first, second = (names.nth(number).bounding_box() for number in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]
    expect(mother.locator("main")).to_contain_text("In Jefferson")
    check_page(mother)

    plain = phone("caregiver", java_script_enabled=False)
    plain.goto(stage.url + stage.paths["pick_show"])
    plain.locator("textarea[name=words]").fill("They know him.")
    plain.get_by_role("button", name="I choose House 1").click()
    expect(plain.locator("[role=status]")).to_contain_text("It is as you chose.")
    expect(plain.locator("main")).to_contain_text("They know him.")
