"""A child of 12 with cards inside a caregiver's session, and a young person alone on a phone: by touch and by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
SMALL = {"viewport": {"width": 320, "height": 640}}
DESK = {"viewport": {"width": 1024, "height": 768}, "is_mobile": False, "has_touch": False}
MOST_TABS = 80


def tab_to(page: Page, name: str) -> None:
    """With the keyboard alone, as far as needed, to what is called so."""
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        if name in (page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent") or ""):
            return
    raise AssertionError(f"no key leads to {name}")


def test_a_child_of_12_picks_cards_on_her_mothers_phone_and_gives_it_back(
    stage: Stage, phone: Callable[..., Page]
) -> None:
    page = phone("caregiver", **SMALL)
    page.goto(f"{stage.url}/say/")
    page.get_by_role("link", name="Cards for a child").click()
    check_page(page)
    page.get_by_role("link", name="Give the phone to Ines").click()
    expect(page.locator("main")).to_contain_text("If Odette looks at the screen now, Odette can see what you pick.")
    expect(page.locator(".doors")).to_have_count(0)
    check_page(page)
    page.get_by_role("link", name="Show me the cards").click()
    for word in ("Sad", "At school", "Less of it"):
        page.locator("label.pick", has_text=word).tap()
    check_page(page)
    page.get_by_role("button", name="Done picking").tap()
    expect(page.locator(".words")).to_have_text("I feel sad. It is at school. I want less of it.")
    check_page(page)
    page.get_by_role("button", name="Yes, send it").tap()
    expect(page.locator("main")).to_contain_text("Now give the phone back to Odette.")
    assert "I feel sad" not in page.content()
    check_page(page)
    page.goto(f"{stage.url}/say/")
    expect(page.locator("main")).not_to_contain_text("I feel sad")

    desk = phone("facilitator")
    desk.goto(f"{stage.url}/answers/")
    expect(desk.locator("main")).to_contain_text("I feel sad. It is at school. I want less of it.")
    expect(desk.locator("main")).to_contain_text("picked with cards, on the phone of Odette Marchand")
    check_page(desk)


def test_a_child_picks_cards_with_the_keyboard_alone_and_without_scripts(
    stage: Stage, phone: Callable[..., Page]
) -> None:
    page = phone("caregiver", java_script_enabled=False, **DESK)
    page.goto(f"{stage.url}/say/cards/{stage.people['child']['id']}/pick/")
    page.locator("input[value=happy]").focus()
    page.keyboard.press("Space")
    page.locator("input[value=play]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".words")).to_have_text("I feel happy. I want more time to play.")
    page.locator("input[value=family]").focus()
    page.keyboard.press("Space")
    page.locator("button[name=send]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Thank you, Ines!")


def test_a_young_person_alone_on_a_phone_says_something_and_reads_what_came_of_it(
    stage: Stage, phone: Callable[..., Page]
) -> None:
    page = phone("youth", **SMALL)
    page.goto(stage.url)
    page.locator(".doors a", has_text="My say").tap()
    expect(page.locator("main")).to_contain_text("Nothing is here yet")
    check_page(page)
    page.get_by_role("link", name="Say something new").tap()
    expect(page.locator("[data-readers]")).to_contain_text("Your parents and everybody else of your family")
    page.get_by_role("button", name="Send it").tap()
    expect(page.locator("main")).to_contain_text("The box is still empty. One line is enough.")
    page.porch_complaints.clear()  # type: ignore[attr-defined]  # the console notes the status of such an answer
    check_page(page)
    page.locator("textarea[name=words]").fill("please stop changing the meeting")
    page.locator("label.pick", has_text="My facilitator alone: Abel Nwosu").tap()
    page.get_by_role("button", name="Send it").tap()
    expect(page.locator("main")).to_contain_text("Abel owes an answer by")
    check_page(page)
    where = page.url

    parent = phone("caregiver")
    parent.goto(f"{stage.url}/say/")
    expect(parent.locator("main")).not_to_contain_text("please stop")

    desk = phone("facilitator", **DESK)
    desk.goto(f"{stage.url}/answers/")
    tab_to(desk, "Answer it")  # of what came first, or of this: both wait
    desk.goto(where.replace("/say/", "/answers/"))
    tab_to(desk, "I answer it here")
    desk.keyboard.press("Space")
    tab_to(desk, "What you answer, or why not")
    desk.keyboard.type("You are right. It stays on Tuesday at 4.")
    tab_to(desk, "Send the answer")
    desk.keyboard.press("Enter")
    expect(desk.locator("[role=status]")).to_contain_text("They read it now")

    page.reload()
    expect(page.locator("main")).to_contain_text("It stays on Tuesday at 4.")
    page.get_by_role("button", name="Yes, it was").tap()
    expect(page.locator("main")).to_contain_text("You said: yes.")
    check_page(page)


def test_a_young_person_says_it_with_the_keyboard_alone(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("youth", **DESK)
    page.goto(f"{stage.url}/say/new/")
    tab_to(page, "In your own words")
    page.keyboard.type("I want to bring my own list")
    tab_to(page, "Send it")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("I want to bring my own list")


def test_words_of_danger_bring_help_on_the_next_page(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("youth", **SMALL)
    page.goto(f"{stage.url}/say/new/")
    page.locator("textarea[name=words]").fill("I want to kill myself tonight")
    page.get_by_role("button", name="Send it").tap()
    expect(page.get_by_role("heading", name="Help right now")).to_be_visible()
    check_page(page)
