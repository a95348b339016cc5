"""Every page that the access table knows, as a family and as staff: in one of the languages, by turns, and in the pseudo-locale.

Silent in the console, nothing wider than a 320 px screen at twice the text size, and accessible, for which axe is asked
about a page once: its rules do not look at words. The pseudo-locale is longer than any language; the turns bring each of them,
right-to-left ones too, to every fourth page. The pages that a family needs most are opened in all of them. A page added to
the table is checked without another word here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.access.routes import COLUMNS, expected
from tests.browser.checks import check_page, watch
from tests.browser.conftest import PHONE, Stage

pytestmark = pytest.mark.browser
SCENE = "pages"

NO_PAGES = {"healthz", "readyz", "metrics", "manifest", "signin_passkey", "message_list_or_post"}
# Files, and parts of a page.
NO_PAGES |= {"calendar_feed", "reach_file", "service_worker", "ladder_show", "conversation_now", "media_show"}
NO_PAGES |= {"meeting_file", "letter_pdf", "told_file", "tell_letter", "adverse_photo"}
NO_PAGES |= {"say_voice"}
AT_HOME = ("caregiver", "youth")
AT_WORK = ("liaison", "peer", "facilitator", "lead")
LANGUAGES = ("en", "es", "vi", "ar")
LONGEST = "en-xa"
NEEDED_MOST = {"home_show", "conversation_list", "conversation_show", "help_show", "rights_show"}


def visits() -> list[tuple[str, str, str]]:
    """(language, who, route): each page by the first at home and the first at work who may open it."""
    table = expected()
    found = []
    routes = dict.fromkeys(route for route, method in table if method == "GET" and route not in NO_PAGES)
    for number, route in enumerate(routes):
        answers = {person: table[route, "GET"][column] for column, person in COLUMNS.items()}
        for group in (AT_HOME, AT_WORK):
            who = next((person for person in group if answers[person] == "200"), None)
            if who is not None:
                languages = LANGUAGES if route in NEEDED_MOST else LANGUAGES[number % 4 :][:1]
                found += [(language, who, route) for language in (*languages, LONGEST)]
    return sorted(found, key=lambda visit: (*LANGUAGES, LONGEST).index(visit[0]))


@pytest.fixture(scope="module")
def speaking(browser: Browser, stage: Stage) -> Iterator[Callable[[str, str], Page]]:
    """A page of that person, who has chosen that language at the foot of a page."""
    pages: dict[str, Page] = {}
    spoken: dict[str, str] = {}

    def open_page(who: str, language: str) -> Page:
        if who not in pages:
            context = browser.new_context(**PHONE)
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": stage.people[who]["session"]}
            context.add_cookies([{**cookie, "url": stage.url, "httpOnly": True}])  # type: ignore[typeddict-item]
            pages[who] = watch(context.new_page())
        page = pages[who]
        if spoken.get(who) != language:
            page.goto(f"{stage.url}/help/")
            button = page.locator("button[name=language]").last
            button.evaluate("(one, language) => { one.value = language }", language)  # the pseudo-locale has no button
            button.click()
            expect(page.locator("html")).to_have_attribute("lang", language)
            spoken[who] = language
        page.porch_complaints.clear()  # type: ignore[attr-defined]
        return page

    yield open_page
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize(("language", "who", "route"), visits())
def test_the_page_is_open_to_everybody(
    stage: Stage, speaking: Callable[[str, str], Page], language: str, who: str, route: str
) -> None:
    page = speaking(who, language)
    answer = page.goto(stage.url + stage.paths[route])
    assert answer is not None
    assert answer.status == 200
    check_page(page, asks_axe=language != LONGEST or route in NEEDED_MOST)


def test_a_long_name_of_unknown_direction_stays_within_a_phone(
    stage: Stage, speaking: Callable[[str, str], Page]
) -> None:
    """An agency's name or a person's own words in a line of ours: only numbers and codes are kept on one line."""
    page = speaking("caregiver", "es")
    page.goto(stage.url + stage.paths["home_show"])
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(
        """() => { const line = document.createElement("p"), name = document.createElement("bdi");
        name.dir = "auto"; name.textContent = "Department of Elementary and Secondary Education ".repeat(3);
        line.append(name); document.querySelector("main").append(line); }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320
