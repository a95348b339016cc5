"""The command that photographs the demo says plainly what it lacks."""

from __future__ import annotations

import sys

import pytest
from django.core.management import CommandError, call_command

from portal.demo import cast
from portal.management.commands import make_pictures


def test_without_a_browser_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_pictures, "_find_chromium", lambda: None)
    with pytest.raises(CommandError, match="Chromium is missing: install it"):
        call_command("make_pictures")


def test_without_playwright_it_says_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(CommandError, match=r"python3 manage\.py test"):
        call_command("make_pictures")


def test_it_photographs_people_of_the_demo_only() -> None:
    assert {picture.person for picture in make_pictures.PICTURES} - {""} <= set(cast.BY_SLUG)
