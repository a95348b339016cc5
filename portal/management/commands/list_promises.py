"""Which promises to families are kept, as the tests that prove it say: docs/promises.md, made from their marks."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

TESTS: Path = settings.BASE_DIR / "tests"
PAGE: Path = settings.BASE_DIR / "docs" / "promises.md"
HEAD = """\
# Promises kept

Each line is a test that runs with every `python3 manage.py test`: its name says what holds. A test keeps a promise by its mark,
`@pytest.mark.promise("...")`. `python3 manage.py list_promises` makes this page; with `--check` it only says whether it is up
to date.

| promise | what holds | shown in |
|---|---|---|
"""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Kept(NamedTuple):
    promise: str
    sentence: str
    path: str


class Command(BaseCommand):
    help = "Write docs/promises.md from the tests' promise marks. With --check: exit 1 when it is out of date."
    requires_system_checks: list[str] = []  # noqa: RUF012 - it reads files only

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = sorted(kept_promises(), key=_order)
        text = HEAD + "".join(_row(one) for one in kept)
        if options["check"]:
            if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
                raise CommandError("docs/promises.md is out of date: run python3 manage.py list_promises.")
            return
        PAGE.write_text(text, encoding="utf-8")
        promises = len({one.promise for one in kept})
        self.stdout.write(f"{promises} promises, kept by {len(kept)} tests.")


def kept_promises() -> Iterator[Kept]:
    """Every marked test, read from its file without running it."""
    for path in sorted(TESTS.rglob("test_*.py")):
        place = path.relative_to(TESTS.parent).as_posix()
        for name, promises in _marked(ast.parse(path.read_text(encoding="utf-8")).body, set()):
            for promise in promises:
                yield Kept(promise, sentence_of(name), place)


def _marked(body: list[ast.stmt], inherited: set[str]) -> Iterator[tuple[str, set[str]]]:
    """Test functions with the marks they carry; a class hands its own on to its tests."""
    for node in body:
        if isinstance(node, Definition):
            promises = inherited | {promise for mark in node.decorator_list for promise in _promises_of(mark)}
            if isinstance(node, ast.ClassDef):
                yield from _marked(node.body, promises)
            elif promises and node.name.startswith("test_"):
                yield node.name, promises


def _promises_of(mark: ast.expr) -> Iterator[str]:
    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.promise":
        for argument in mark.args:
            if isinstance(argument, ast.Constant):
                yield str(argument.value)


def sentence_of(name: str) -> str:
    """`test_a_familys_plan_is_theirs` is "A familys plan is theirs"."""
    words = name.removeprefix("test_").replace("_", " ")
    return words[:1].upper() + words[1:]


def _order(one: Kept) -> tuple[list[tuple[int, str]], str, str]:
    """LA-2 before LA-13."""
    parts = re.split(r"(\d+)", one.promise)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], one.path, one.sentence


def _row(one: Kept) -> str:
    return f"| {one.promise} | {one.sentence}. | [{one.path}](../{one.path}) |\n"
