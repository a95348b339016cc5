"""A mother without an account asks for help in Spanish on a small phone, loses the connection, and goes on on another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.checks import NARROW, check_page, overflow_of, watch
from tests.browser.conftest import PATIENCE, PHONE, Stage
from tests.browser.network import Network

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
STORY = "Mi hijo no duerme y no quiere ir a la escuela."


@pytest.fixture
def street(browser: Browser) -> Iterator[Open]:
    """Somebody's phone, 320 pixels wide, on which nobody is signed in."""
    opened: list[BrowserContext] = []

    def open_phone(**options: Any) -> Page:
        context = browser.new_context(**PHONE | {"viewport": NARROW} | options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return watch(context.new_page())

    yield open_phone
    for context in opened:
        context.close()


def in_spanish(page: Page, url: str) -> None:
    page.goto(f"{url}/refer/")
    page.locator("button[name=language][value=es]").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")


def begin(page: Page, url: str) -> str:
    in_spanish(page, url)
    page.locator("input[value=louisiana-csoc]").check()
    page.locator(".btn.lamp").click()
    code = page.locator("[data-code]").inner_text()
    assert re.fullmatch(r"[A-Z]{4} [A-Z]{4} [A-Z]{4}", code)
    return code


def come_back(page: Page, url: str, code: str) -> None:
    in_spanish(page, url)
    page.goto(f"{url}/refer/return/")
    page.locator("input[name=code]").fill(code.lower())
    page.locator(".btn.lamp").click()


def send_the_rest(page: Page, url: str) -> None:
    """From the page of the story on."""
    page.locator("form[data-keep] .btn.lamp").click()
    page.locator("input[name=phone]").fill("504 555 0117")
    page.locator("form[data-keep] .btn.lamp").click()
    expect(page.locator("select[name=speaks]")).to_have_value("es")
    page.locator("form[data-keep] .btn.lamp").click()
    expect(page.locator("dd", has_text=STORY)).to_be_visible()
    page.locator("form[action$='/refer/send/'] .btn.lamp").click()
    page.wait_for_url(f"{url}/refer/where/")


def sees_steps_and_dates(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("[data-step=sent]")).to_be_visible()
    expect(page.locator("[data-promise=ahead]")).to_have_count(2)
    assert re.search(r"\d{1,2} de \w+", page.locator("[data-promise] .due").first.inner_text())
    expect(page.locator("[data-next]")).to_be_visible()
    expect(page.locator("[data-owner]")).to_be_visible()


@pytest.mark.promise("LA-39")
def test_asked_in_spanish_the_connection_is_lost_and_another_phone_goes_on(
    stage: Stage, street: Open, network: Network
) -> None:
    page = street()
    code = begin(page, network.url)
    check_page(page)
    page.locator(".btn.lamp").click()
    page.locator("input[name=first_name]").fill("Leo")
    check_page(page)
    page.locator("form[data-keep] .btn.lamp").click()
    box = page.locator("textarea[name=body]")
    with page.expect_response("**/refer/save/", timeout=5000):  # what is typed is with the server within five seconds
        box.press_sequentially(STORY[:20])
    network.cut()
    box.press_sequentially(STORY[20:29])
    expect(page.locator("[data-note]")).to_have_text(page.locator("form[data-keep]").get_attribute("data-lost") or "-")
    page.locator("form[data-keep] .btn.lamp").click()
    expect(box).to_have_value(STORY[:29])  # the page stays, with every letter
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    network.mend()
    with page.expect_response(lambda answer: "/refer/save/" in answer.url and answer.ok):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    page.close()

    other = street()
    come_back(other, stage.url, code)
    other.goto(f"{stage.url}/refer/write/?at=what")
    expect(other.locator("textarea[name=body]")).to_have_value(STORY[:29])
    other.locator("textarea[name=body]").fill(STORY)
    send_the_rest(other, stage.url)
    sees_steps_and_dates(other)
    check_page(other)


@pytest.mark.promise("LA-39")
def test_the_same_without_javascript(stage: Stage, street: Open) -> None:
    page = street(java_script_enabled=False)
    code = begin(page, stage.url)
    page.locator(".btn.lamp").click()
    page.locator("input[name=first_name]").fill("Leo")
    page.locator("form[data-keep] .btn.lamp").click()
    page.locator("textarea[name=body]").fill(STORY)
    page.locator("form[data-keep] .btn.lamp").click()
    expect(page.locator("input[name=phone]")).to_be_visible()
    page.close()

    other = street(java_script_enabled=False)
    come_back(other, stage.url, code)
    other.goto(f"{stage.url}/refer/write/?at=what")
    expect(other.locator("textarea[name=body]")).to_have_value(STORY)
    send_the_rest(other, stage.url)
    sees_steps_and_dates(other)
    again = street(java_script_enabled=False)
    come_back(again, stage.url, code)
    sees_steps_and_dates(again)


def test_leaving_fast_closes_it_on_this_phone(stage: Stage, street: Open) -> None:
    page = street()
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="<title>Weather</title>"))
    begin(page, stage.url)
    page.locator(".btn.lamp").click()
    page.locator("[data-leave]").click()
    page.wait_for_url("https://www.weather.gov/**")
    page.goto(f"{stage.url}/refer/write/")
    page.wait_for_url(f"{stage.url}/refer/return/")


def test_the_staff_page_of_a_referral_fits_a_phone(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("liaison")
    page.goto(stage.url + stage.paths["referral_show"])
    assert not overflow_of(page)
