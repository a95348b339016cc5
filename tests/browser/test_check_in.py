"""The short question on a phone: answered without JavaScript, changed, and as open to everybody as any other page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
SCENE = "pages"


def test_an_answer_is_changed_on_a_small_phone_without_javascript(stage: Stage, phone: Callable[..., Page]) -> None:
    path = stage.url + stage.paths["check_in_show"]
    page = phone("caregiver")
    page.goto(f"{path}?change")
    check_page(page)
    plain = phone("caregiver", java_script_enabled=False, viewport={"width": 320, "height": 640})
    plain.goto(path)
    expect(plain.locator("main")).to_contain_text("Not yet")
    plain.get_by_role("link", name="Change it").click()
    plain.get_by_label("Yes, a little").check()
    plain.get_by_label("Is there something that would help?").fill("An hour to myself")
    plain.get_by_role("button", name="Send it", exact=True).click()
    expect(plain.get_by_role("heading", name="What you said")).to_be_visible()
    expect(plain.locator("main")).to_contain_text("An hour to myself")
