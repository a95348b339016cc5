"""A mother without an account asks for help in Spanish on a small phone, loses the connection, and goes on on another one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.checks import NARROW, accessibility_of, check_page, complaints_of, overflow_of, watch
from tests.browser.conftest import PATIENCE, PHONE, Stage
from tests.browser.network import Network
from tests.faults import until

pytestmark = pytest.mark.browser
SCENE = "pages"

Open = Callable[..., Page]
STORY = "Mi hijo no duerme y no quiere ir a la escuela."
DAY = re.compile(r"\d{1,2} de \w+")


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


def sees_where_it_is(page: Page, *, steps: list[str], done: int = 0) -> None:
    """In Spanish: each step with its moment, each promise with its day, what comes next by which day, and who has it."""
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("[data-step]")).to_have_count(len(steps))
    page.wait_for_load_state()
    assert [one.get_attribute("data-step") for one in page.locator("[data-step]").all()] == steps
    for one in page.locator("[data-step]").all():
        assert re.search(r"(hoy|ayer), \d{1,2}:\d\d", one.inner_text()), one.inner_text()
    promises = page.locator("[data-promise]")
    expect(promises).to_have_count(2)
    expect(page.locator("[data-promise=done]")).to_have_count(done)
    for one in promises.all():
        assert DAY.search(one.locator(".due").inner_text()), one.inner_text()
    assert DAY.search(page.locator("[data-next] .due").inner_text())
    assert not overflow_of(page)


def staff_take_it_on(staff: Page, url: str, code: str) -> str:
    """The liaison opens it by the code, takes it on and writes down that she called; gives her name as the page has it."""
    staff.goto(f"{url}/referrals/")
    staff.locator("input[name=code]").fill(code)
    staff.locator("form[action$='/find/'] .btn").click()
    day = staff.locator("input[name=take-next_on]")
    in_five_days = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=5)
    day.fill(in_five_days.isoformat())
    staff.locator("form[action$='/take/'] .btn.lamp").click()
    expect(staff.locator("[data-step=taken]")).to_be_visible()
    staff.locator("select[name=kind]").select_option("contacted")
    staff.locator("select[name=next_step]").select_option("visit")
    staff.locator("input[name=next_on]").fill(in_five_days.isoformat())
    staff.locator("form[action$='/step/'] .btn").click()
    expect(staff.locator("[data-step=contacted]")).to_be_visible()
    return "Simone Picourt"


@pytest.mark.promise("LA-39")
def test_asked_in_spanish_the_connection_is_lost_and_another_phone_goes_on(
    stage: Stage, street: Open, network: Network, phone: Open
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
    sees_where_it_is(other, steps=["sent"])
    check_page(other)
    name = staff_take_it_on(phone("liaison"), stage.url, code)
    other.reload()
    sees_where_it_is(other, steps=["sent", "taken", "contacted"], done=1)
    expect(other.locator("[data-owner]")).to_contain_text(name)
    check_page(other)


@pytest.mark.promise("LA-39")
def test_the_same_without_javascript(stage: Stage, street: Open, network: Network, phone: Open) -> None:
    page = street(java_script_enabled=False)
    code = begin(page, network.url)
    assert not overflow_of(page)
    page.locator(".btn.lamp").click()
    page.locator("input[name=first_name]").fill("Leo")
    page.locator("form[data-keep] .btn.lamp").click()
    page.locator("textarea[name=body]").fill(STORY)
    page.locator("form[data-keep] button[name=to]").click()  # back, and nothing is lost by it
    page.locator("form[data-keep] .btn.lamp").click()
    expect(page.locator("textarea[name=body]")).to_have_value(STORY)
    page.locator("form[data-keep] .btn.lamp").click()
    expect(page.locator("input[name=phone]")).to_be_visible()
    network.cut()
    with suppress(Error):  # the browser says that there is no connection; what was sent before is with the server
        page.locator("form[data-keep] .btn.lamp").click(timeout=5000)
    page.close()

    other = street(java_script_enabled=False)
    come_back(other, stage.url, code)
    other.goto(f"{stage.url}/refer/write/?at=what")
    expect(other.locator("textarea[name=body]")).to_have_value(STORY)
    send_the_rest(other, stage.url)
    sees_where_it_is(other, steps=["sent"])
    name = staff_take_it_on(phone("liaison"), stage.url, code)
    again = street(java_script_enabled=False)
    come_back(again, stage.url, code)
    sees_where_it_is(again, steps=["sent", "taken", "contacted"], done=1)
    expect(again.locator("[data-owner]")).to_contain_text(name)


@pytest.mark.parametrize("has_script", [True, False])
def test_a_page_that_was_open_too_long_keeps_what_was_written(stage: Stage, street: Open, has_script: bool) -> None:
    page = street(java_script_enabled=has_script)
    code = begin(page, stage.url)
    page.locator(".btn.lamp").click()
    page.goto(f"{stage.url}/refer/write/?at=what")
    page.context.clear_cookies(name="porch")  # as half an hour without use does it
    page.locator("textarea[name=body]").fill(STORY)
    page.locator("form[data-keep] .btn.lamp").click()
    expect(page.locator("[data-carried]")).to_contain_text(STORY)
    if has_script:
        assert [one for one in complaints_of(page) if "409" not in one] == []
        assert [*accessibility_of(page), *overflow_of(page)] == []
    page.locator("input[name=code]").fill(code)
    page.locator(".btn.lamp").click()
    expect(page.locator("textarea[name=body]")).to_have_value(STORY)


def test_closed_in_the_middle_of_a_word_the_word_is_kept(stage: Stage, street: Open) -> None:
    page = street()
    code = begin(page, stage.url)
    page.locator(".btn.lamp").click()
    page.goto(f"{stage.url}/refer/write/?at=what")
    page.locator("textarea[name=body]").fill(STORY)
    page.locator("button[name=close]").click()
    page.wait_for_url(f"{stage.url}/refer/return/")
    other = street()
    come_back(other, stage.url, code)
    other.goto(f"{stage.url}/refer/write/?at=what")
    expect(other.locator("textarea[name=body]")).to_have_value(STORY)


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_the_way_in_fits_a_small_phone_in_every_language(stage: Stage, street: Open, language: str) -> None:
    page = street()
    page.goto(f"{stage.url}/refer/")
    page.locator(f"button[name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    check_page(page)
    for path in ("fit/?program=louisiana-csoc", "fit/?program=missouri-initiative", "return/"):
        page.goto(f"{stage.url}/refer/{path}")
        check_page(page)
    page.goto(f"{stage.url}/refer/?program=missouri-initiative")
    page.locator(".btn.lamp").click()
    check_page(page)
    page.locator(".btn.lamp").click()
    for at in ("who", "what", "reach", "speak"):
        page.wait_for_selector(f"input[name=at][value={at}]", state="attached")
        check_page(page)
        if at == "what":
            page.locator("textarea").fill("لا ينام 👩🏽‍👦 Nguyễn " * 20)
        page.locator("form[data-keep] .btn.lamp").click()
    page.wait_for_url(f"{stage.url}/refer/send/")
    check_page(page)
    page.locator("form[action$='/refer/send/'] .btn.lamp").click()
    page.wait_for_url(f"{stage.url}/refer/where/")
    expect(page.locator("[data-stage]")).to_have_count(3)
    check_page(page)


def is_closed(page: Page, url: str) -> bool:
    """Asked with what this phone holds, and without a page: who has nothing open is led to where a code is typed."""
    return page.request.get(f"{url}/refer/write/").url == f"{url}/refer/return/"


def test_leaving_fast_closes_it_on_this_phone(stage: Stage, street: Open) -> None:
    page = street()
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="<title>Weather</title>"))
    code = begin(page, stage.url)
    for path in ("write/", "return/"):  # also from a page on which nothing of it stands
        page.goto(f"{stage.url}/refer/{path}")
        with page.expect_request("**/refer/close/"):
            page.locator("[data-leave]").click()
        page.wait_for_url("https://www.weather.gov/**")
        until(lambda: is_closed(page, stage.url), "it is closed: that goes out behind the page that is gone")
        page.goto(f"{stage.url}/refer/write/")
        page.wait_for_url(f"{stage.url}/refer/return/")
        expect(page.locator("[role=status]")).to_have_count(0)  # no word that something was open here
        page.locator("input[name=code]").fill(code)
        page.locator(".btn.lamp").click()


def test_the_staff_page_of_a_referral_fits_a_phone(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("liaison")
    page.goto(stage.url + stage.paths["referral_show"])
    assert not overflow_of(page)
