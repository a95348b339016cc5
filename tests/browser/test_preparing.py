"""A young person of 14 gets ready for a meeting on a phone: brings one thing, keeps one; by keyboard alone, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
SCENE = "preparing"
SMALL = {"viewport": {"width": 320, "height": 640}}
KEPT = "I miss my old school"
SECRET = "Nothing about Uncle Ray"


def test_one_thing_is_brought_and_one_is_kept(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("stranger_youth", java_script_enabled=False, **SMALL)
    page.goto(stage.url + stage.paths["meeting"])
    page.get_by_role("link", name="Get ready for this meeting").click()
    page.get_by_role("textbox", name="What I want to say").fill("Ask me first")
    page.get_by_role("textbox", name="What I do not want raised").fill(SECRET)
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.locator("main")).to_contain_text("Kept, for you alone.")
    page.get_by_role("textbox", name="What I want to say").fill(KEPT)
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_text("Only you read it.")).to_have_count(3)
    page.get_by_role("link", name="Change it, or choose what becomes of it Ask me first").click()
    page.get_by_label("Bring it to the meeting").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("On the agenda. Everyone who is asked to come reads it.")).to_have_count(1)
    expect(page.get_by_text("Only you read it.")).to_have_count(2)

    looked_at = phone("stranger_youth", **SMALL)
    for path in ("meeting", "agenda", "prepare", "print"):
        below = {"meeting": "", "agenda": "agenda/", "prepare": "prepare/", "print": "prepare/print/"}[path]
        looked_at.goto(f"{stage.url}{stage.paths['meeting']}{below}")
        check_page(looked_at)
    looked_at.goto(f"{stage.url}{stage.paths['meeting']}prepare/")
    looked_at.get_by_role("link", name=KEPT).click()
    check_page(looked_at)

    aunt = phone("stranger_caregiver")
    for path in ("/", "/plans/", stage.paths["plan"], stage.paths["meeting"], f"{stage.paths['meeting']}agenda/"):
        aunt.goto(stage.url + path)
        assert KEPT not in aunt.content()
        assert SECRET not in aunt.content()
    expect(aunt.locator("main")).to_contain_text("Ask me first")


def test_the_same_by_keyboard_alone(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("stranger_youth", is_mobile=False, has_touch=False)
    page.goto(f"{stage.url}{stage.paths['meeting']}prepare/")
    tab_to(page, "say")
    page.keyboard.type("I want to sit by the door")
    tab_to_button(page, "Keep it for me")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Kept, for you alone.")
    tab_to_link(page, "I want to sit by the door")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Bring it to the meeting")).to_be_visible()
    tab_to(page, "fate")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Bring it to the meeting")).to_be_checked()
    tab_to_button(page, "Keep this")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("On the agenda. Everyone who is asked to come reads it.")


def tab_to(page: Page, name: str) -> None:
    _tab_until(page, f"document.activeElement.name === '{name}'")


def tab_to_button(page: Page, words: str) -> None:
    is_there = f"document.activeElement.textContent.trim() === '{words}'"
    _tab_until(page, f"document.activeElement.tagName === 'BUTTON' && {is_there}")


def tab_to_link(page: Page, words: str) -> None:
    is_there = f"document.activeElement.textContent.includes('{words}')"
    _tab_until(page, f"document.activeElement.tagName === 'A' && {is_there}")


def _tab_until(page: Page, found: str) -> None:
    for _press in range(120):
        if page.evaluate(found):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"No key leads there: {found}")
