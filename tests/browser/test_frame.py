"""The frame of every page in a real browser: leaving fast, choosing a language, and each page looked at in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.checks import accessibility_of, check_page, complaints_of, overflow_of, watch
from tests.browser.conftest import PHONE, Stage
from tests.faults import until

pytestmark = pytest.mark.browser
SCENE = "pages"

OpenPhone = Callable[..., Page]
NEUTRAL = "https://www.weather.gov/"
LANGUAGES = ("en", "es", "vi", "ar", "en-xa")


def weather(page: Page) -> list[str]:
    """The neutral page, answered here; gives what it was told of where the visit came from."""
    told: list[str] = []

    def answer(route: Route) -> None:
        told.append(route.request.headers.get("referer", ""))
        route.fulfill(body="<title>Weather</title>Sunny", content_type="text/html")

    page.context.route(f"{NEUTRAL}**", answer)
    return told


def cookie_of(page: Page, name: str) -> str:
    return next((str(one.get("value")) for one in page.context.cookies() if one.get("name") == name), "")


# Sessions end in these, so each has a person of its own.
@pytest.mark.parametrize(("how", "name"), [("tap", "second_caregiver"), ("escape", "youth")])
def test_leaving_replaces_the_page_and_ends_the_session(stage: Stage, phone: OpenPhone, how: str, name: str) -> None:
    page = phone(name)
    told = weather(page)
    page.goto(f"{stage.url}/help/")
    before = page.evaluate("history.length")
    if how == "tap":
        page.get_by_role("link", name="Leave").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url(NEUTRAL)
    assert page.evaluate("history.length") == before
    assert told == [""]
    # The end of the session travels behind the page that is gone.
    until(lambda: not cookie_of(page, settings.SESSION_COOKIE_NAME), "the session has ended")
    page.goto(f"{stage.url}/")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_leaving_works_without_scripts(stage: Stage, browser: Browser) -> None:
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    told = weather(page)
    page.goto(f"{stage.url}/help/")
    page.get_by_role("link", name="Leave").click()
    page.wait_for_url(NEUTRAL)
    assert told == [""]
    context.close()


def test_two_presses_of_escape_leave_nothing(stage: Stage, phone: OpenPhone) -> None:
    page = phone("natural_support")
    page.goto(f"{stage.url}/help/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{stage.url}/help/")


def test_a_page_on_a_shared_device_asks_and_then_signs_out(stage: Stage, phone: OpenPhone) -> None:
    page = phone("faraway_caregiver")
    page.clock.install()
    page.goto(f"{stage.url}/me/")
    assert page.locator("#away").count() == 0
    page.get_by_role("main").get_by_role("button", name="This is a shared phone").click()
    expect(page.locator("#away")).to_be_attached()
    stay = page.get_by_role("button", name="Stay")
    page.goto(f"{stage.url}/help/")
    page.clock.run_for(245_000)
    stay.click()
    expect(stay).to_be_hidden()
    page.clock.run_for(235_000)
    expect(stay).to_be_hidden()
    page.clock.run_for(10_000)
    expect(stay).to_be_visible()
    before = page.evaluate("history.length")
    page.clock.run_for(60_000)
    page.wait_for_url(f"{stage.url}/sign-in/")
    assert page.evaluate("history.length") == before
    page.goto(f"{stage.url}/record/")
    page.wait_for_url("**/sign-in/**")


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**PHONE)
    yield watch(context.new_page())
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_open_pages_hold_in_every_language(stage: Stage, visitor: Page, language: str) -> None:
    visitor.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": stage.url}])
    for path in ("/", "/help/", "/rights/", "/rights/?program=louisiana-csoc"):
        visitor.goto(stage.url + path)
        assert visitor.locator("html").get_attribute("lang") == language
        check_page(visitor)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_familys_pages_hold_in_every_language(stage: Stage, phone: OpenPhone, language: str) -> None:
    page = phone("stranger_caregiver")
    choose(page, stage, language)
    check_page(page)
    for path in ("/help/", "/rights/", "/record/"):
        page.goto(stage.url + path)
        check_page(page)
    page.goto(f"{stage.url}/")
    page.locator("main a[href^='/families/']").first.click()
    check_page(page)
    page.locator("main a[href^='/pairings/']").first.click()
    check_page(page)


@pytest.mark.parametrize("language", ["en", "ar", "en-xa"])
def test_a_liaisons_pages_hold_in_every_language(stage: Stage, phone: OpenPhone, language: str) -> None:
    page = phone("liaison")
    choose(page, stage, language)
    check_page(page)
    for path in ("/families/", "/families/new/", "/pairings/"):
        page.goto(stage.url + path)
        check_page(page)
    page.get_by_role("link", name=re.compile("Lucien")).click()
    check_page(page)
    page.goto(f"{stage.url}/families/")
    page.locator("main a[href^='/families/']:not([href$='/new/'])").first.click()
    check_page(page)
    family = page.url
    for rest in ("people/new/", "authority/new/", "no-contact/new/", "propose/"):
        page.goto(family + rest)
        page.locator("main form button.lamp").click()  # nothing filled in: the page with every complaint
        expect(page.locator("main .error").first).to_be_visible()
        assert not [*accessibility_of(page), *overflow_of(page)], page.url
    expected = [one for one in complaints_of(page) if "422" in one]
    assert len(expected) == len(complaints_of(page)) == 4
    complaints_of(page).clear()
    page.goto(family)
    page.locator("a[href*='/invite/']").first.click()
    check_page(page)


@pytest.mark.parametrize("name", ["peer", "facilitator", "coordinator", "lead"])
def test_the_first_pages_of_staff_hold(stage: Stage, phone: OpenPhone, name: str) -> None:
    page = phone(name)
    page.goto(stage.url)
    check_page(page)


def test_dark_and_wide_hold_too(stage: Stage, phone: OpenPhone) -> None:
    page = phone("caregiver", viewport={"width": 1280, "height": 800}, is_mobile=False)
    page.emulate_media(color_scheme="dark")
    for path in ("/", "/help/"):
        page.goto(stage.url + path)
        check_page(page)


def test_light_or_dark_is_one_tap_and_overrides_the_phone(stage: Stage, visitor: Page) -> None:
    visitor.goto(stage.url)
    visitor.get_by_text("Light or dark").click()
    visitor.get_by_role("button", name="Dark", exact=True).click()
    expect(visitor.locator("html")).to_have_attribute("data-theme", "dark")
    assert cookie_of(visitor, "porch_theme") == "dark"
    check_page(visitor)


def choose(page: Page, stage: Stage, language: str) -> None:
    """By the foot of the page; the pseudo-locale, which is not offered there, by the same form."""
    page.goto(stage.url)
    page.evaluate(
        "(language) => document.querySelector('button[name=language]').setAttribute('value', language)", language
    )
    page.locator("button[name=language]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", language)
