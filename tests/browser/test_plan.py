"""A parent on a small, slow phone without scripts: from signing in to the plan, its next date, the crisis plan and paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import NARROW, check_page, overflow_of, watch
from tests.browser.conftest import PATIENCE, PHONE, Stage
from tests.faults import until

pytestmark = pytest.mark.browser
SCENE = "plan"
SMALL = {"viewport": NARROW}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}  # bytes a second
PAGES = ("", "print/", "crisis/", "changes/")
OWN_WORDS = "I want people to ask me first."
CRISIS_STEP = "Call Aunt Bea"
# What is folded away or out of sight has no box of its own. Words for screen readers alone are small on purpose.
HIDDEN = """
() => [...document.querySelectorAll("main :is(h2, h3, p, li, dt, dd)")]
  .filter((one) => !one.closest(".sr, .actions, form") && !one.querySelector(".actions") && one.innerText !== undefined)
  .filter((one) => one.getClientRects().length === 0).map((one) => one.outerHTML.slice(0, 160))
"""


@pytest.fixture
def old_phone(browser: Browser) -> Callable[[], Page]:
    """Nobody signed in, no scripts, 320 px, and a connection like at the edge of a town."""

    def open_phone() -> Page:
        context = browser.new_context(**PHONE | SMALL, java_script_enabled=False)
        context.set_default_timeout(2 * PATIENCE)
        page = watch(context.new_page())
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
        return page

    return open_phone


def code_for(address: str, stage: Stage) -> str:
    """The numbers in the last mail to that address."""
    folder = Path(stage.database.removeprefix("sqlite:///")).parent / "mail"
    found: list[str] = []

    def has_come() -> bool:
        mails = sorted(folder.glob("*"), key=lambda one: one.stat().st_mtime) if folder.exists() else []
        texts = [text for one in mails if address in (text := one.read_text(errors="replace"))]
        found[:] = re.findall(r"\b(\d{6}|\d{3} \d{3})\b", texts[-1]) if texts else []
        return bool(found)

    until(has_come, "the code has come")
    return found[-1]


def sign_in(page: Page, stage: Stage, address: str) -> None:
    page.goto(f"{stage.url}/sign-in/")
    page.locator("input[name=address]").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.locator("input[name=code]").fill(code_for(address, stage))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("nav.doors")).to_be_visible()


def test_from_signing_in_to_the_plan_on_paper_without_scripts(stage: Stage, old_phone: Callable[[], Page]) -> None:
    page = old_phone()
    sign_in(page, stage, "odette.marchand@example.org")
    page.locator("nav.doors").get_by_role("link", name="Plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our plan for Theo")
    expect(page.get_by_text("We look at it together again on")).to_be_visible()
    expect(page.get_by_text(OWN_WORDS).first).to_be_visible()
    assert not overflow_of(page)

    page.get_by_role("link", name="Crisis plan").click()
    expect(page.get_by_text(CRISIS_STEP).first).to_be_visible()
    expect(page.locator("main .rows a[href^='tel:']")).to_contain_text("(504) 555-0131")
    expect(page.locator("main a[href='tel:988']")).to_be_visible()
    assert not overflow_of(page)

    page.get_by_role("link", name="Back to the plan").click()
    page.get_by_role("link", name="Print or save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our plan for Theo")
    for words in (OWN_WORDS, CRISIS_STEP, "Mornings without a fight", "not talked about yet"):
        expect(page.get_by_text(words).first).to_be_visible()
    page.context.close()


def test_on_paper_nothing_is_folded_away_and_nothing_is_there_that_only_a_screen_needs(
    stage: Stage, phone: Callable[..., Page]
) -> None:
    page = phone("caregiver")
    for path in ("print/", ""):
        page.goto(f"{stage.url}{stage.paths['plan']}{path}")
        page.emulate_media(media="print")
        assert page.evaluate(HIDDEN) == [], path
        for gone in ("nav.doors", ".skip", ".top .btn", ".foot .links"):
            for one in page.locator(gone).all():
                expect(one).to_be_hidden()
        expect(page.get_by_text(OWN_WORDS).first).to_be_visible()
        assert page.pdf(format="Letter").startswith(b"%PDF")
        page.emulate_media(media="screen")


@pytest.mark.parametrize(("language", "side"), [("es", "ltr"), ("ar", "rtl")])
def test_each_page_of_a_plan_is_open_to_everybody_in_spanish_and_arabic(
    stage: Stage, phone: Callable[..., Page], language: str, side: str
) -> None:
    page = phone("caregiver")
    page.goto(f"{stage.url}/help/")
    page.locator(f"button[name=language][value={language}]").last.click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    try:
        for path in PAGES:
            page.goto(f"{stage.url}{stage.paths['plan']}{path}")
            expect(page.locator("html")).to_have_attribute("dir", side)
            check_page(page)
    finally:
        page.goto(f"{stage.url}/help/")
        page.locator("button[name=language][value=en]").last.click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
