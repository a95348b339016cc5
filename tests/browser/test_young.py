"""A young person on a small phone writes of danger: help at once, a calm word for the mentor, the queue for who watches over it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import servers
from tests.browser.checks import check_page
from tests.browser.conftest import Stage
from tests.browser.test_chat import bubble, open_talk, write

pytestmark = pytest.mark.browser
SCENE = "young"
SMALL = {"viewport": {"width": 320, "height": 640}}
WORRYING = "I want to kill myself tonight"
ROUND = "import django; django.setup(); from portal.worker import one_round; one_round()"


def let_the_worker_run(stage: Stage) -> None:
    environment = {**os.environ, "DATABASE_URL": stage.database, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ROUND], cwd=servers.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_young_person_in_danger_is_helped_and_nobody_sees_more_than_they_should(
    stage: Stage, phone: Callable[..., Page]
) -> None:
    young = open_talk(phone("youth", **SMALL), stage, "young")
    mentor = open_talk(phone("mentor"), stage, "young")
    expect(young.locator(".readers summary")).to_contain_text("can read this")
    write(young, WORRYING)
    expect(young.get_by_role("heading", name="This sounds like a very hard moment")).to_be_visible()
    expect(young.locator("[data-now] a[href='tel:988']")).to_be_visible()
    expect(bubble(young, WORRYING).locator("[data-state=sent], [data-state=seen]")).to_be_visible()
    expect(bubble(mentor, WORRYING)).to_be_visible()
    expect(mentor.get_by_role("heading", name="This may be a hard hour for them")).to_be_visible()
    assert "suicide" not in mentor.content()
    for page in (young, mentor):
        check_page(page)

    let_the_worker_run(stage)
    for who in ("liaison", "supervisor"):  # who is on call, and who watches over it
        desk = phone(who)
        desk.goto(f"{stage.url}/safety/")
        expect(desk.locator("main")).to_contain_text("Theo Marchand")
        assert WORRYING not in desk.content()
        check_page(desk)

    parent = phone("caregiver")
    for path in ("/", "/messages/", "/notices/", "/record/", "/help/", "/safety/"):
        parent.goto(f"{stage.url}{path}")
        assert WORRYING not in parent.content()
    parent.goto(stage.talk("young"))
    assert "Theo" not in parent.locator("main").inner_text()


def test_without_scripts_help_stands_on_the_page_that_follows(stage: Stage, phone: Callable[..., Page]) -> None:
    page = phone("youth", java_script_enabled=False, **SMALL)
    page.goto(stage.talk("young"))
    page.locator("textarea[name=body]").fill("nobody would miss me if I was dead")
    page.locator("[data-composer] button").click()
    expect(page.get_by_role("heading", name="This sounds like a very hard moment")).to_be_visible()
