"""One caregiver's way in Spanish, on a phone: asks, compares two, chooses, talks, asks to change, is handed over warmly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
SCENE = "choosing"
TODAY = "new Date().toLocaleDateString('sv-SE', {timeZone: 'America/Chicago'})"  # where the programme is


@dataclass(frozen=True)
class Phones:
    """Who takes part, each with a phone of their own; `lucien` is the caregiver, `joy` and `marcus` the peer partners."""

    url: str
    lucien: Page
    liaison: Page
    joy: Page
    marcus: Page


def leads_to(page: Page, path: str) -> Locator:
    """The button of the form that goes to such an address, whatever language it speaks."""
    return page.locator(f"form[action*='{path}'] button")


def ask(on: Phones) -> None:
    on.lucien.goto(f"{on.url}/wishes/")
    on.lucien.get_by_role("link", name="Pedir acompañante familiar").click()
    on.lucien.locator("input[name=languages][value=es]").check()
    on.lucien.locator("main .btn.lamp").click()
    expect(on.lucien.locator("[role=status]")).to_be_visible()
    check_page(on.lucien)


def offer(on: Phones, *names: str) -> None:
    """The liaison offers these people to the one who waits."""
    page = on.liaison
    page.goto(f"{on.url}/suggestions/")
    expect(page.locator("input[name=peers]")).not_to_have_count(0)
    for box in page.locator("input[name=peers]").all():
        box.uncheck()
    for name in names:
        page.locator("label.pick", has_text=name).locator("input").check()
    leads_to(page, "/suggestions/").click()
    expect(page.locator("[role=status]")).to_be_visible()


def choose(on: Phones, name: str, among: int) -> None:
    """Leads straight into the conversation."""
    page = on.lucien
    page.goto(f"{on.url}/wishes/choose/")
    expect(page.locator("section[aria-labelledby=who] h3")).to_have_count(among)
    check_page(page)
    page.get_by_role("button", name=f"Elijo a {name}").click()
    page.wait_for_url("**/conversations/**")
    expect(page.locator("h1")).to_contain_text(name)


def open_pairing(on: Phones, name: str) -> str:
    """From the caregiver's list; gives where it is."""
    on.lucien.goto(f"{on.url}/wishes/")
    on.lucien.locator("a.go[href^='/pairings/']", has_text=name).click()
    on.lucien.wait_for_url("**/pairings/**")
    return on.lucien.url


def talk(on: Phones) -> None:
    """The peer says that she is here; then both write."""
    conversation = on.lucien.url
    on.joy.goto(open_pairing(on, "Joy"))
    leads_to(on.joy, "/begin/").click()
    on.joy.goto(conversation)
    on.lucien.goto(conversation)
    on.lucien.locator("#body").fill("Hola Joy, gracias por estar.")
    on.lucien.locator("#body").press("Control+Enter")
    expect(on.lucien.locator("main.chat")).to_contain_text("Hola Joy")
    expect(on.joy.locator("main.chat")).to_contain_text("Hola Joy, gracias por estar.")
    on.joy.locator("#body").fill("Hola Lucien, aquí estoy.")
    on.joy.locator("#body").press("Control+Enter")
    expect(on.lucien.locator("main.chat")).to_contain_text("aquí estoy")


def ask_to_change(on: Phones) -> None:
    """No reason is asked for; there is a goodbye, and somebody next."""
    page = on.lucien
    open_pairing(on, "Joy")
    page.locator("summary", has_text="Quiero otra persona").click()
    leads_to(page, "/goodbye/").first.click()
    expect(page.locator("section[aria-labelledby=next]")).to_be_visible()
    check_page(page)


def plan_meeting(on: Phones, pairing: str) -> str:
    """Where the hand-off is."""
    page = on.liaison
    page.goto(pairing)
    page.locator("a[href$='/hand-off/']").click()
    page.get_by_label("Joy Landrieu").check()
    page.locator("input[name=way][value=in_person]").check()
    page.locator("input[name=meets_on]").fill(
        page.evaluate("new Date().toLocaleDateString('sv-SE', {timeZone: 'America/Chicago'})")
    )
    page.locator("main .btn.lamp").click()
    page.locator("a[href^='/hand-offs/']").click()
    expect(page.locator("section[aria-labelledby=steps]")).to_be_visible()
    return page.url


def meet(on: Phones, meeting: str) -> None:
    """The caregiver writes what the next one should know; both peers say that the three met, and so does the caregiver."""
    on.lucien.goto(meeting)
    on.lucien.locator("a[href$='/words/']").click()
    on.lucien.locator("textarea").fill("Prefiero que me llamen por la tarde.")
    on.lucien.locator("main .btn.lamp").click()
    expect(on.lucien.locator("section[aria-labelledby=words]")).to_contain_text("por la tarde")
    for peer in (on.joy, on.marcus):
        peer.goto(meeting)
        peer.locator("a[href$='/confirm/']").click()
        peer.locator("input[name=family_present][value=yes]").check()
        peer.locator("main .btn.lamp").click()
        expect(peer.locator("section[aria-labelledby=steps]")).to_be_visible()
    on.lucien.goto(meeting)
    leads_to(on.lucien, "/answer/").first.click()


def test_a_caregiver_asks_compares_chooses_talks_changes_and_is_handed_over(
    stage: Stage, phone: Callable[..., Page]
) -> None:
    people = {"lucien": "second_caregiver", "liaison": "liaison", "joy": "peer", "marcus": "second_peer"}
    on = Phones(stage.url, **{name: phone(who) for name, who in people.items()})
    on.lucien.goto(f"{stage.url}/help/")
    on.lucien.get_by_role("button", name="Español").click()
    expect(on.lucien.locator("html")).to_have_attribute("lang", "es")

    ask(on)
    offer(on, "Joy Landrieu", "Marcus Hebertson")
    choose(on, "Joy", among=2)
    talk(on)
    ask_to_change(on)
    offer(on, "Marcus Hebertson")
    choose(on, "Marcus", among=1)
    meeting = plan_meeting(on, open_pairing(on, "Marcus"))
    meet(on, meeting)

    now = on.lucien.locator("section[aria-labelledby=now]")
    expect(now).to_contain_text("Se reunieron. Desde ahora Marcus está para usted.")
    check_page(on.lucien)
    words = "section[aria-labelledby=words]"
    on.marcus.goto(meeting)
    expect(on.marcus.locator(words)).to_contain_text("Prefiero que me llamen por la tarde.")
    on.joy.goto(meeting)
    expect(on.joy.locator("section[aria-labelledby=steps]")).to_be_visible()
    expect(on.joy.locator(words)).to_have_count(0)
