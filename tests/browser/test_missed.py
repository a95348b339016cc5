"""Of a message nobody opens: what the reader's phone shows, and what its sender reads, in a real browser.

Headless Chromium gets no address at a push service, so the push comes by hand.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser

SAID = {"title": "Porch", "body": "You have a message. Sign in.", "lang": "en", "dir": "ltr", "silent": False}


@pytest.fixture(scope="module", autouse=True)
def _push_is_on() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAPID_PRIVATE_KEY", base64.urlsafe_b64encode(bytes(range(32))).decode())
        yield


@pytest.fixture
def page(stage: Stage, phone: Callable[..., Page]) -> Page:
    page = phone("caregiver")
    page.context.grant_permissions(["notifications"], origin=stage.url)
    page.goto(f"{stage.url}/me/phone/")
    return page


def test_the_page_of_this_phone_is_open_to_everybody(page: Page) -> None:
    check_page(page)


def test_nothing_is_asked_before_the_tap_and_a_phone_that_cannot_says_so(page: Page) -> None:
    button = page.get_by_role("button", name="Tell me on this phone")
    expect(button).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.getRegistration('/').then((one) => one === undefined)")
    button.click()
    expect(page.get_by_text("That did not work. Nothing was changed.")).to_be_visible()
    expect(button).to_be_enabled()


def test_without_scripts_the_page_says_that_this_browser_cannot(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("caregiver", java_script_enabled=False)
    page.goto(f"{stage.url}/me/phone/")
    expect(page.get_by_text("This browser cannot do it.")).to_be_visible()
    expect(page.get_by_role("button", name="Tell me on this phone")).to_be_hidden()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (json.dumps({"web_push": 8030, "notification": SAID}), ("Porch", "You have a message. Sign in.")),
        ("", ("Porch", "")),
        ("no JSON at all", ("Porch", "")),
    ],
)
def test_a_push_always_shows_one_notice_and_nothing_private(
    stage: Stage, page: Page, data: str, shown: tuple[str, str]
) -> None:
    registration = registered(page)
    line = page.context.new_cdp_session(page)
    line.send("ServiceWorker.enable")
    for _time in range(2):  # the second takes the place of the first
        line.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": stage.url, "registrationId": registration, "data": data},
        )
    notices = shown_on(page)
    assert [(one["title"], one["body"]) for one in notices] == [shown]
    for private in ("Odette", "Joy", "Marchand", stage.conversations["marchand"]):
        assert private not in json.dumps(notices)
    assert page.evaluate("caches.keys().then((names) => names.length)") == 0


CLIMB = """
import datetime as dt, django
django.setup()
from django.utils import timezone
from messaging import actions, ladder
from messaging.models import Conversation, Message
long_ago = timezone.now() - dt.timedelta(minutes=10)
Conversation.objects.filter(last_seq__gt=0).update(last_sent_at=long_ago)
Message.objects.update(sent_at=long_ago)
actions.announce_unread()
ladder.climb()
"""


def test_the_sender_reads_under_their_own_words_that_nobody_has_opened_them(
    stage: Stage, phone: Callable[..., Page]
) -> None:
    page = phone("faraway_peer")
    page.clock.install()
    page.goto(stage.talk("faraway"))
    page.get_by_role("textbox").fill("How was the visit?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("li.me[data-seq] [data-state=sent]")).to_be_visible()
    subprocess.run([sys.executable, "-c", CLIMB], env={**os.environ, "DATABASE_URL": stage.database}, check=True)
    page.clock.fast_forward(61_000)  # without a line between processes the page asks by itself
    line = page.locator("[data-ladder]")
    expect(line).to_contain_text("Mae has not opened this yet.")
    page.clock.fast_forward(1_000)
    expect(page.locator("[data-live]")).to_contain_text("Mae has not opened this yet.")
    check_page(page)
    reader = phone("faraway_caregiver")
    reader.goto(stage.talk("faraway"))
    page.clock.fast_forward(1_000)
    expect(page.locator("li.me [data-state=seen]")).to_be_visible()
    page.clock.fast_forward(1_000)
    expect(line).not_to_contain_text("has not opened")


def registered(page: Page) -> str:
    """The number Chromium gives the registration."""
    line = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    line.send("ServiceWorker.enable")
    page.evaluate(
        "navigator.serviceWorker.register('/sw.js', { scope: '/' }).then(() => navigator.serviceWorker.ready)"
    )
    page.wait_for_function("() => navigator.serviceWorker.ready.then((one) => one.active?.state === 'activated')")
    for _try in range(100):
        mine = [one["registrationId"] for one in found if not one["isDeleted"]]
        if mine:
            return str(mine[-1])
        page.wait_for_timeout(50)
    raise AssertionError("no service worker was registered")


def shown_on(page: Page) -> list[dict[str, str]]:
    ask = """() => navigator.serviceWorker.ready.then((one) => one.getNotifications()).then(
        (all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, data })))"""
    for _try in range(600):
        notices: list[dict[str, str]] = page.evaluate(ask)
        if notices:
            return notices
        page.wait_for_timeout(50)
    raise AssertionError("nothing was shown")
