"""A phone that several people of one family use: what one of them leaves on it can be read by nobody else.

Looked for in everything a browser keeps: pages behind the back button, both storages, every database, every cache.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage
from tests.browser.test_chat import open_talk
from tests.faults import until

pytestmark = pytest.mark.browser

OpenPhone = Callable[..., Page]
NEUTRAL = "https://www.weather.gov/"
SECRET = "Please tell nobody about the blue notebook"
# Keys that cannot be read out are named as such; everything else as the text it holds.
EVERYTHING_KEPT = """
async () => {
  const ask = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const read = (one) => {
    if (one instanceof CryptoKey) return one.extractable ? "A KEY THAT CAN BE READ" : "key";
    if (one instanceof ArrayBuffer || ArrayBuffer.isView(one)) return new TextDecoder().decode(one);
    if (one && typeof one === "object") return Object.entries(one).map(([name, part]) => name + " " + read(part)).join(" ");
    return String(one);
  };
  const found = [read({ ...localStorage }), read({ ...sessionStorage }), ...(await caches.keys())];
  for (const name of await caches.keys())
    for (const kept of await (await caches.open(name)).keys()) found.push(kept.url);
  for (const { name } of await indexedDB.databases()) {
    const db = await ask(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const rows = db.transaction(store).objectStore(store);
      found.push(...(await ask(rows.getAll())).map(read));
    }
    db.close();
  }
  return found.join("\\n");
}
"""


def weather(page: Page) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body="<title>Weather</title>Sunny", content_type="text/html")

    page.context.route(f"{NEUTRAL}**", answer)


def session_of(page: Page) -> str:
    cookies = {str(one.get("name")): str(one.get("value")) for one in page.context.cookies()}
    return cookies.get(settings.SESSION_COOKIE_NAME, "")


def all_kept(page: Page, stage: Stage) -> str:
    """Read on a page of ours that itself keeps nothing."""
    page.goto(f"{stage.url}/healthz")
    return str(page.evaluate(EVERYTHING_KEPT))


def assert_nothing_readable(text: str, *words: str) -> None:
    assert not [word for word in (*words, "A KEY THAT CAN BE READ") if word in text]


def come_in(page: Page, stage: Stage, person: str) -> None:
    """As another person on the same phone: only the session changes, all else stays as it was left."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": stage.people[person]["session"]}
    page.context.add_cookies([{**cookie, "url": stage.url, "httpOnly": True}])  # type: ignore[typeddict-item]


def test_leaving_fast_leaves_nothing_to_read_on_the_phone(stage: Stage, phone: OpenPhone) -> None:
    page = phone("caregiver")
    weather(page)
    page.goto(f"{stage.url}/messages/")
    open_talk(page, stage)
    expect(page).to_have_title("Messages - Porchlight")
    page.get_by_role("textbox").fill(SECRET)
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Leave").click()
    page.wait_for_url(NEUTRAL)
    assert page.evaluate("history.length") == before
    until(lambda: not session_of(page), "the session has ended")
    page.go_back()  # the page before the talk: all it shows is where to sign in
    expect(page).to_have_url(re.compile("/sign-in/"))
    assert SECRET not in page.content()
    assert_nothing_readable(all_kept(page, stage), SECRET, "notebook", "Odette", "Joy", "Marchand")


def test_the_lock_closes_at_once_and_the_back_button_opens_nothing(stage: Stage, phone: OpenPhone) -> None:
    page = phone("youth", viewport={"width": 320, "height": 640})
    page.goto(f"{stage.url}/me/")
    assert "theo.marchand@example.org" in page.content()
    page.goto(f"{stage.url}/help/")
    check_page(page)
    page.get_by_role("button", name="Lock").click()
    expect(page).to_have_url(re.compile(r"/sign-in/\?next=%2Fhelp%2F"))
    assert not session_of(page)
    for _ in range(2):
        page.go_back()
        assert "theo" not in page.content().lower()
    # A parent comes in on the same phone: behind their back button, too, all that is shown is their own.
    come_in(page, stage, "second_caregiver")
    page.goto(f"{stage.url}/me/")
    assert "lucien.marchand@example.org" in page.content()
    for _ in range(3):
        page.go_back()
        assert "theo.marchand@example.org" not in page.content()
    assert_nothing_readable(all_kept(page, stage), "theo", "Theo")


def test_one_persons_draft_does_not_wait_for_another_on_the_same_phone(stage: Stage, phone: OpenPhone) -> None:
    page = open_talk(phone("faraway_caregiver"), stage, "faraway")
    page.route("**/draft/", lambda route: route.abort())  # it is on the phone alone
    page.get_by_role("textbox").fill(SECRET)
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Lock").click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    come_in(page, stage, "faraway_youth")
    for path in ("/", "/messages/", "/help/"):
        page.goto(stage.url + path)
        assert SECRET not in page.content()
    assert page.goto(stage.talk("faraway")).status == 404  # type: ignore[union-attr]
    assert_nothing_readable(all_kept(page, stage), SECRET, "notebook")


def test_what_shows_notices_keeps_no_page(stage: Stage, phone: OpenPhone) -> None:
    page = phone("natural_support")
    page.goto(f"{stage.url}/help/")
    page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)")
    for path in ("/", "/me/", "/help/"):
        page.goto(stage.url + path)
    assert page.evaluate("caches.keys()") == []
    assert_nothing_readable(all_kept(page, stage), "Nadine", "nadine")
