"""Finding an old message on a phone: from the top of the conversation to the place itself, and nothing counts as read by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage
from tests.browser.test_chat import bubble, open_talk, write

pytestmark = pytest.mark.browser


def test_an_old_message_is_found_and_opened_in_its_place(stage: Stage, phone: Callable[..., Page]) -> None:
    theirs = open_talk(phone("peer"), stage)
    write(theirs, "Nos vemos mañana en la escuela")
    for number in range(60):
        write(theirs, f"Row {number}")
    expect(bubble(theirs, "Row 59").locator("[data-state=sent]")).to_be_visible()
    expect(theirs.locator("[data-waiting] li")).to_have_count(0)
    mine = phone("caregiver", viewport={"width": 320, "height": 568})
    mine.goto(f"{stage.talk('marchand')}search/")
    check_page(mine)
    mine.get_by_label("Words you remember").fill("MANANA escuela")
    mine.get_by_role("button", name="Find").click()
    expect(mine.locator("mark")).to_have_text(["mañana", "escuela"])
    assert "manana" not in mine.url.lower()
    check_page(mine)
    mine.get_by_role("link", name="See it in the conversation").click()
    place = mine.locator(".talk > li:target")
    expect(place).to_contain_text("Nos vemos mañana en la escuela")
    expect(place).to_be_in_viewport()
    check_page(mine)
    # Nobody has looked at the newest ones, and the other side is not told so.
    mine.wait_for_timeout(2500)
    assert theirs.locator("[data-state=seen]").count() == 0
    mine.get_by_role("link", name="Go to the newest messages").last.click()
    expect(theirs.locator("[data-state=seen]").last).to_be_attached()
    top = mine.get_by_role("link", name="Find an old message")
    top.scroll_into_view_if_needed()
    top.click()
    expect(mine.get_by_role("heading", name="Find an old message")).to_be_visible()
