"""A real server, a real browser, and phones of the cast in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import migrated, servers
from tests.browser.checks import watch
from tests.browser.network import Network

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
PHONE |= {"has_touch": True}
PATIENCE = 30_000  # milliseconds: for a machine that does other things as well


@dataclass(frozen=True)
class Stage:
    """The server with the cast on it."""

    url: str
    port: int
    database: str
    people: dict[str, dict[str, str]]
    conversations: dict[str, str]
    paths: dict[str, str]

    def talk(self, name: str, url: str = "") -> str:
        return f"{url or self.url}/conversations/{self.conversations[name]}/"


@pytest.fixture(scope="module")
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, prepared_files: None
) -> Iterator[Stage]:
    """A module that sets `SCENE` has the cast where that scene begins (stage.py)."""
    scene = getattr(request.module, "SCENE", None)
    folder = tmp_path_factory.mktemp("browser")
    env = {
        "DATABASE_URL": migrated.sqlite(folder / "browser.sqlite3"),
        "EMAIL_URL": f"file://{folder}/mail",
        "SMS_URL": f"file://{folder}/sms",
    }
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.stage", *([scene] if scene else [])],
        cwd=servers.ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    cast = json.loads(made.stdout.splitlines()[-1])
    with servers.daphne(env) as server:
        port = int(server.url.rpartition(":")[2])
        yield Stage(url=server.url, port=port, database=env["DATABASE_URL"], **cast)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = servers.find_chromium()
    if program is None:
        pytest.fail("Browser tests need Chromium: install it, or say where it is in CHROMIUM.")
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=options)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser, stage: Stage) -> Iterator[Callable[..., Page]]:
    """`phone("caregiver")` is a page on that person's own phone, signed in."""
    opened: list[BrowserContext] = []

    def open_phone(person: str, **options: Any) -> Page:
        context = browser.new_context(**PHONE | options)
        context.set_default_timeout(PATIENCE)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": stage.people[person]["session"]}
        context.add_cookies([{**cookie, "url": stage.url, "httpOnly": True}])  # type: ignore[typeddict-item]
        opened.append(context)
        return watch(context.new_page())

    yield open_phone
    for context in opened:
        context.close()


@pytest.fixture
def network(stage: Stage) -> Iterator[Network]:
    with Network(stage.port) as between:
        yield between
