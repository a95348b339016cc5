"""Telling us something on a small phone: whatever dies while somebody types, at most five seconds of it are lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, FilePayload, Locator, Page, expect

from tests import servers
from tests.browser.checks import NARROW, accessibility_of, check_page, overflow_of, watch
from tests.browser.conftest import PATIENCE, PHONE, Stage
from tests.browser.network import Network
from tests.faults import until
from tests.media.files import photo

pytestmark = pytest.mark.browser
SCENE = "young"

Open = Callable[..., Page]
WORDS = "Nobody has called us back for three weeks, and the ride to the doctor never came. "
SLOW_2G = {"offline": False, "latency": 600, "downloadThroughput": 12_000, "uploadThroughput": 6_000}  # bytes a second
BUDGET = 150 * 1024
MOST_LOST = 5.0  # seconds
BETWEEN = 0.06  # seconds between two letters


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
        with suppress(Error):
            context.close()


def begin(page: Page, url: str) -> str:
    page.goto(f"{url}/tell/?program=louisiana-csoc")
    page.locator("main .btn.lamp").click()
    code = page.locator("[data-code]").inner_text()
    assert re.fullmatch(r"[A-Z]{5} [A-Z]{5} [A-Z]{5}", code)
    return code


def come_back(page: Page, url: str, code: str) -> None:
    page.goto(f"{url}/tell/code/")
    page.locator("input[name=code]").fill(code.lower())
    page.locator("main .btn.lamp").click()


def typed(box: Locator, seconds: float) -> str:
    """Letter by letter for so long; what was typed."""
    box.focus()
    page, before = box.page, box.input_value()
    text, ends = "", time.monotonic() + seconds
    while time.monotonic() < ends:
        letter = WORDS[len(text) % len(WORDS)]
        page.keyboard.type(letter)
        text += letter
        time.sleep(BETWEEN)
    return before + text


def kept_on(page: Page, url: str, code: str, name: str) -> str:
    come_back(page, url, code)
    return page.locator(f"[name={name}]").input_value()


def assert_nearly_all(kept: str, typed: str) -> None:
    assert typed.startswith(kept), (kept, typed)
    lost = len(typed) - len(kept)
    assert lost * BETWEEN <= MOST_LOST, f"{lost} letters of {len(typed)} are lost"


def crash(page: Page) -> None:
    """The tab dies at once: nothing of it runs any more, not even a last word."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=3000)


@pytest.mark.promise("LA-44")
@pytest.mark.parametrize("name", ["words", "wish", "reach", "about_names"])
def test_the_tab_dies_while_somebody_types(stage: Stage, street: Open, name: str) -> None:
    page = street()
    code = begin(page, stage.url)
    page.locator("details > summary", has_text="More you can say").click()
    text = typed(page.locator(f"[name={name}]"), 7)
    crash(page)
    assert_nearly_all(kept_on(street(), stage.url, code, name), text)


@pytest.mark.promise("LA-44")
def test_the_session_ends_while_somebody_types(stage: Stage, street: Open) -> None:
    page = street()
    code = begin(page, stage.url)
    box = page.locator("[name=words]")
    typed(box, 3)
    page.context.clear_cookies()
    text = typed(box, 5)
    crash(page)
    assert_nearly_all(kept_on(street(), stage.url, code, "words"), text)


@pytest.mark.promise("LA-44")
def test_a_signed_in_session_ends_while_somebody_types(stage: Stage, phone: Open) -> None:
    page = phone("caregiver")
    page.goto(f"{stage.url}/tell/")
    page.locator("main .btn.lamp").click()
    box = page.locator("[name=words]")
    typed(box, 2)
    page.context.clear_cookies()
    text = typed(box, 3)
    page.locator("button[name=go]").click()
    page.wait_for_url(f"{stage.url}/tell/code/")
    expect(page.locator("[role=status]")).to_contain_text("What you wrote is kept.")
    again = phone("caregiver")
    again.goto(f"{stage.url}/tell/")
    again.locator("#own ~ ul a").first.click()
    assert again.locator("[name=words]").input_value() == text


@pytest.mark.promise("LA-44")
def test_the_network_dies_while_somebody_types(stage: Stage, street: Open, network: Network) -> None:
    page = street()
    code = begin(page, network.url)
    box, form = page.locator("[name=words]"), page.locator("form[data-keep]")
    text = typed(box, 4)
    network.cut()
    whole = typed(box, 4)
    expect(page.locator("[data-note]")).to_have_text(form.get_attribute("data-lost") or "-")
    assert_nearly_all(kept_on(street(), stage.url, code, "words"), text)
    page.locator("button[name=go]").click()
    expect(box).to_have_value(whole)  # the page stays, with every letter
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    network.mend()
    expect(page.locator("[data-note]")).to_contain_text("Saved at", timeout=int(MOST_LOST * 1000))
    assert kept_on(street(), stage.url, code, "words") == whole


@pytest.mark.promise("LA-44")
def test_the_server_dies_while_somebody_types(stage: Stage, street: Open, tmp_path: Any) -> None:
    env = {"DATABASE_URL": stage.database, "EMAIL_URL": f"file://{tmp_path}/mail", "SMS_URL": f"file://{tmp_path}/sms"}
    page = street()
    with servers.daphne(env) as server:
        url, port = server.url, int(server.url.rpartition(":")[2])
        code = begin(page, url)
        box = page.locator("[name=words]")
        text = typed(box, 4)
        server.kill()
        whole = typed(box, 3)
    assert_nearly_all(kept_on(street(), stage.url, code, "words"), text)
    with servers.daphne(env, port=port):
        expect(page.locator("[data-note]")).to_contain_text("Saved at", timeout=15_000)
        page.locator("button[name=go]").click()
        page.wait_for_url(re.compile(r"/send/$"))
        expect(page.locator("main .words").first).to_have_text(whole.strip())


def test_what_is_open_on_two_phones_loses_nothing_of_either(stage: Stage, street: Open) -> None:
    first, second = street(), street()
    code = begin(first, stage.url)
    come_back(second, stage.url, code)
    second.locator("[name=words]").fill("On the second phone.")
    expect(second.locator("[data-note]")).to_contain_text("Saved at")
    first.locator("[name=words]").fill("On the first phone.")
    expect(first.locator("[data-note]")).to_contain_text("beside what another page has")
    second.locator("button[name=go]").click()
    words = second.locator("main .words").first
    expect(words).to_contain_text("On the second phone.")
    expect(words).to_contain_text("On the first phone.")


def test_words_of_danger_bring_help_while_somebody_types(stage: Stage, street: Open) -> None:
    page = street()
    begin(page, stage.url)
    expect(page.locator("[data-help]")).to_be_hidden()
    page.locator("[name=words]").fill("I want to kill myself tonight.")
    expect(page.locator("[data-help] a[href='tel:988']")).to_be_visible()


def test_closed_on_this_phone_the_way_back_shows_nothing(stage: Stage, street: Open) -> None:
    page = street()
    begin(page, stage.url)
    page.locator("[name=words]").fill(WORDS)
    expect(page.locator("[data-note]")).to_contain_text("Saved at")
    page.locator("form[action$='/tell/close/'] .btn").last.click()
    page.wait_for_url(f"{stage.url}/tell/code/")
    page.go_back()
    page.wait_for_url(f"{stage.url}/tell/code/")
    assert WORDS not in page.content()


def test_photos_go_one_by_one_and_one_that_is_none_is_said(stage: Stage, street: Open) -> None:
    page = street()
    begin(page, stage.url)
    page.locator("[name=words]").fill(WORDS)
    files = [("one.jpg", photo(size=(64, 48))), ("cat.jpg", b"MZ" * 40), ("two.jpg", photo("PNG", size=(64, 48)))]
    page.locator("#file").set_input_files(
        [FilePayload(name=name, mimeType="image/jpeg", buffer=data) for name, data in files]
    )
    page.locator("button[name=files]").click()
    expect(page.locator("[data-refused]")).to_contain_text("cat.jpg: This is not a photo or a voice note")
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    page.locator("button[name=go]").click()
    expect(page.locator("a[href*='/told/files/']")).to_have_count(2)


def weight_of(page: Page) -> Callable[[], int]:
    """Bytes that come over the line from now on."""
    line = page.context.new_cdp_session(page)
    sizes: list[int] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_2G)
    return lambda: sum(sizes)


@pytest.mark.promise("NC-14")
@pytest.mark.promise("LA-44")
def test_a_parent_without_javascript_on_2g_files_and_gets_a_receipt_within_150_kilobytes(
    stage: Stage, street: Open
) -> None:
    page = street(java_script_enabled=False)
    weight = weight_of(page)
    code = begin(page, stage.url)
    page.locator("[name=words]").fill(WORDS)
    page.locator("button[name=keep]").click()
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    page.locator("button[name=go]").click()
    expect(page.locator("[data-readers]")).to_be_visible()
    page.locator("form[action$='/send/'] .btn.lamp").click()
    expect(page.locator("[data-receipt]")).to_contain_text("You told us today")
    assert page.locator("[data-promise]").count() > 0
    expect(page.locator("[data-code]")).to_have_text(code)
    page.wait_for_load_state()
    assert 0 < weight() <= BUDGET, f"{weight()} bytes"
    assert not overflow_of(page)

    other = street(java_script_enabled=False)
    come_back(other, stage.url, code)
    expect(other.locator("main .words", has_text=WORDS.strip())).to_be_visible()


CHANGING = re.compile(r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|name="key" value="[^"]*"|"key": "[^"]*"')


@pytest.mark.promise("LA-44")
def test_a_young_person_tells_about_the_mentor_and_the_mentors_pages_show_no_trace(stage: Stage, phone: Open) -> None:
    mentor, young = phone("mentor"), phone("youth")
    paths = ["/", "/messages/", "/help/", "/account/", "/rights/", "/cases/", "/tell/", "/record/"]
    paths = [*paths, f"/conversations/{stage.conversations['young']}/"]

    def seen() -> list[tuple[int, str]]:
        answers = [mentor.request.get(stage.url + path) for path in paths]
        return [(answer.status, CHANGING.sub("", answer.text())) for answer in answers]

    before = seen()
    assert before[0][0] == before[-1][0] == 200
    young.goto(f"{stage.url}/tell/")
    young.locator("main .btn.lamp").click()
    young.locator("[name=words]").fill("My mentor shouts at me.")
    young.locator("details > summary", has_text="More you can say").click()
    young.locator("label.pick", has_text="Dana Tran").first.click()
    young.locator("button[name=go]").click()
    readers = young.locator("[data-readers]")
    expect(readers).to_contain_text("We do not tell your parents.")
    expect(readers).to_contain_text("Whoever it is about. They do not see it")
    expect(readers).not_to_contain_text("Dana Tran")
    check_page(young)
    young.locator("form[action$='/send/'] .btn.lamp").click()
    expect(young.locator("[data-receipt]")).to_be_visible()
    check_page(young)
    number = young.url.split("/tell/")[1].split("/")[0]
    until(lambda: seen() == before, "nothing has changed on any page of the mentor")
    assert mentor.request.get(f"{stage.url}/tell/{number}/receipt/").url == f"{stage.url}/tell/code/"
    parent = phone("caregiver")
    assert "My mentor shouts" not in parent.request.get(f"{stage.url}/cases/").text()


@pytest.mark.parametrize("language", ["es", "vi", "ar"])
def test_every_page_of_it_fits_a_small_phone(stage: Stage, street: Open, language: str) -> None:
    page = street()
    page.goto(f"{stage.url}/tell/")
    page.locator(f"button[name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    check_page(page)
    page.goto(f"{stage.url}/tell/code/")
    check_page(page)
    begin(page, stage.url)
    page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    check_page(page)
    page.locator("[name=words]").fill("لا ينام 👩🏽‍👦 Nguyễn " * 20)
    page.locator("button[name=go]").click()
    page.wait_for_url(re.compile(r"/send/$"))
    check_page(page)
    page.locator("form[action$='/send/'] .btn.lamp").click()
    page.wait_for_url(re.compile(r"/receipt/$"))
    check_page(page)


def test_the_page_of_a_voice_note_and_of_a_call_fit_a_small_phone(stage: Stage, street: Open, phone: Open) -> None:
    page = street()
    begin(page, stage.url)
    page.locator("a[href$='/file/']").click()
    expect(page.locator("[data-recorder]")).to_be_visible()
    assert [*accessibility_of(page), *overflow_of(page)] == []
    desk = phone("coordinator")
    desk.goto(f"{stage.url}/desk/phone/")
    check_page(desk)
    desk.keyboard.type("They say nobody calls back.")  # the words come first: the cursor is there
    desk.locator("main form .btn.lamp").last.click()
    expect(desk.locator("[data-code]")).to_be_visible()
    check_page(desk)
