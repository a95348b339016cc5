"""docs/howto-new-page.md is followed to the letter: its files are made, linted, routed and tried."""

from __future__ import annotations

import importlib.util
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import resolve, reverse

import portal
import portal.access
from tests.access.routes import COLUMNS
from tests.world import World, signed_in

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "howto-new-page.md").read_text(encoding="utf-8")
FILES: dict[str, str] = dict(re.findall(r"^\*\*`([^`]+)`\*\*\n\n```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
ROUTE_LINE = re.findall(r"^```python\n(path\(.*\),)\n```$", TEXT, re.MULTILINE)
ROWS = re.findall(r"^hours_set +(GET|POST) +(.*)$", TEXT, re.MULTILINE)
ROOM = "portal.hours"


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Iterator[Path]:
    """The steps, done in a folder beside the project that imports and templates are also looked for in."""
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (tmp_path / "portal" / "hours" / "__init__.py").touch()
    for package, folder in ((portal, "portal"), (portal.access, "portal/access")):
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / folder)])
    templates: dict[str, Any] = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**templates, "DIRS": [*templates["DIRS"], tmp_path / "templates"]}]
    before = set(sys.modules)
    monkeypatch.setitem(sys.modules, "urls_with_hours", _urls())
    settings.ROOT_URLCONF = "urls_with_hours"
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith((ROOM, "portal.access.hours", "howto_")):
            del sys.modules[name]
    for package, name in ((portal, "hours"), (portal.access, "hours")):
        if hasattr(package, name):
            delattr(package, name)


def _urls() -> ModuleType:
    """The project's own routes and the line that the text adds to them."""
    (line,) = ROUTE_LINE
    module = ModuleType("urls_with_hours")
    code = f"from django.urls import include, path\nfrom portal.urls import *\nurlpatterns = [*urlpatterns, {line}]"
    exec(code, module.__dict__)
    return module


def test_every_step_that_makes_a_file_is_found() -> None:
    assert [Path(name).name for name in FILES] == [
        "hours.py",
        "actions.py",
        "forms.py",
        "views.py",
        "urls.py",
        "hours_set.html",
        "test_hours.py",
    ]
    assert len(ROUTE_LINE) == 1
    assert [method for method, _words in ROWS] == ["GET", "POST"]


def test_its_code_passes_the_linter(followed: Path) -> None:
    files = [name for name in FILES if name.endswith(".py")]
    rules = ["--no-cache", "--config", str(ROOT / "pyproject.toml"), "--config", f'src = [".", "{ROOT}"]']
    for command in (["check"], ["format", "--check"]):
        answer = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *rules, *files],
            cwd=followed,  # rules that differ by folder are looked up from here
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.usefixtures("followed")
def test_its_route_resolves_and_the_page_answers(world: World) -> None:
    path = reverse("hours_set", args=[world.peer_role.public_id])
    assert resolve(path).func.__module__ == f"{ROOM}.views"
    page = signed_in(None, world.peer).get(path)
    assert page.status_code == 200
    assert "hours/hours_set.html" in [template.name for template in page.templates]


def test_its_own_tests_pass(followed: Path, world: World) -> None:
    path = followed / "tests/hours/test_hours.py"
    spec = importlib.util.spec_from_file_location("howto_test_hours", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tests = [function for name, function in inspect.getmembers(module, inspect.isfunction) if name.startswith("test_")]
    assert len(tests) == 3
    for test in tests:
        test(world)


@pytest.mark.usefixtures("followed")
def test_its_rows_of_the_policy_are_true(world: World) -> None:
    path = reverse("hours_set", args=[world.peer_role.public_id])
    form = {"answers_from": "09:00", "answers_until": "17:30"}
    for method, row in ROWS:
        words = dict(zip(COLUMNS.values(), row.split(), strict=True))
        for viewer, word in words.items():
            client = signed_in(None, getattr(world, viewer)) if viewer else Client()
            answer = client.get(path) if method == "GET" else client.post(path, form)
            assert _word(answer.status_code, answer.headers.get("Location", "")) == word, (method, viewer)


def _word(status: int, location: str) -> str:
    if status != 302:
        return str(status)
    return {"/sign-in/": "in", "/welcome/": "hi"}.get(urlsplit(location).path, "go")
