"""What the documents say is so: links lead somewhere, commands exist, settings are named, nothing points at one machine."""

from __future__ import annotations

import ast
import io
import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands

from portal.bootstrap import ROOT
from portal.management.commands import list_promises

# No folder whose name begins with a dot, and none that this machine made for itself.
ROOMS = [path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".") and path.name != "var"]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *(md for room in ROOMS for md in room.rglob("*.md"))]
)
# Not commands of Django's: the first sets itself up and runs pytest, the second stands for any.
OWN_WAY = {"test", "..."}
# Read by settings, but said by the test runner and by the loader, never by an operator.
NOT_FOR_OPERATORS = {"PYTEST_XDIST_WORKER", "PORTAL_TEST_RUN"}


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors_of(name: str) -> set[str]:
    """The ids that headings get where Markdown is shown."""
    headings = re.findall(r"^#+ (.+)$", text_of(name), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_within_the_project_leads_somewhere(name: str) -> None:
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(name)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        goal = (ROOT / name).parent.joinpath(path).resolve() if path else ROOT / name
        if not goal.exists() or (anchor and anchor not in anchors_of(goal.relative_to(ROOT).as_posix())):
            missing.append(target)
    assert not missing


def commands_named_in(text: str) -> set[str]:
    return set(re.findall(r"manage\.py ([a-z_.]+)", text))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_a_document_names_exists(name: str) -> None:
    assert commands_named_in(text_of(name)) <= {*get_commands(), *OWN_WAY}


def test_every_command_of_ours_is_in_the_protocol() -> None:
    ours = {command for command, app in get_commands().items() if app.split(".")[0] == "portal"}
    assert ours <= commands_named_in(text_of("docs/protocol.md"))


def settings_read() -> set[str]:
    """The names that settings.py asks the environment for."""
    names = set()
    for node in ast.walk(ast.parse(text_of("portal/settings.py"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.environ.get", "os.getenv", "_flag"}:
            (first, *_) = node.args
            names |= {first.value} if isinstance(first, ast.Constant) else set()
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            names |= {node.slice.value} if isinstance(node.slice, ast.Constant) else set()
    return {str(name) for name in names} - NOT_FOR_OPERATORS


def test_every_setting_is_in_the_example_and_in_the_handbook() -> None:
    in_example = set(re.findall(r"^([A-Z_]+)=", text_of(".env.example"), re.MULTILINE))
    in_handbook = set(re.findall(r"`([A-Z][A-Z_]+)`", text_of("docs/operations.md")))
    assert settings_read() == in_example
    assert settings_read() <= in_handbook


@pytest.mark.parametrize("name", [*DOCUMENTS, ".env.example", "requirements/base.txt", "requirements/test.txt"])
def test_nothing_names_a_package_host_or_a_path_of_one_machine(name: str) -> None:
    hosts = (
        r"pypi\.org|pythonhosted\.org|npmjs\.|registry\.|docker\.io|crates\.io|proxy\.golang\.org|--(extra-)?index-url"
    )
    paths = r"(?<![\w.])/(home|root|Users|work|mnt)/"
    assert re.search(f"{hosts}|{paths}", text_of(name)) is None


def test_every_picture_is_shown_and_small() -> None:
    pictures = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in ROOT.glob("docs/pictures/*")}
    shown = set(re.findall(r"\((docs/pictures/[^)]+)\)", text_of("README.md")))
    assert shown == set(pictures)
    assert max(pictures.values()) < 150_000


def test_every_decision_is_in_the_list_and_says_why() -> None:
    records = [path for path in (ROOT / "docs" / "decisions").glob("0*.md")]
    listed = re.findall(r"\((0\d+-[^)]+\.md)\)", text_of("docs/decisions/README.md"))
    assert sorted(path.name for path in records) == listed
    for path in records:
        parts = re.findall(r"^\*\*(\w+)\.\*\*", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequence"], path.name


# -- the page of promises ---------------------------------------------------------------------------------------------


def test_the_page_of_promises_is_up_to_date() -> None:
    call_command("list_promises", check=True)


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small set of tests and an empty place for their page."""
    tests = tmp_path / "tests"
    tests.mkdir()
    tests.joinpath("test_plan.py").write_text(
        'import pytest\n\n@pytest.mark.promise("LA-13")\ndef test_nothing_is_final_unasked(): ...\n\n'
        '@pytest.mark.promise("LA-2")\nclass TestChoice:\n    async def test_a_family_can_say_no(self): ...\n\n'
        "def test_no_promise(): ...\n"
    )
    monkeypatch.setattr(list_promises, "TESTS", tests)
    monkeypatch.setattr(list_promises, "PAGE", tmp_path / "promises.md")
    return tmp_path / "promises.md"


def test_promises_are_listed_by_number_with_the_tests_name_as_a_sentence(marked: Path) -> None:
    said = io.StringIO()
    call_command("list_promises", stdout=said)
    assert marked.read_text().splitlines()[-2:] == [
        "| LA-2 | A family can say no. | [tests/test_plan.py](../tests/test_plan.py) |",
        "| LA-13 | Nothing is final unasked. | [tests/test_plan.py](../tests/test_plan.py) |",
    ]
    assert said.getvalue() == "2 promises, kept by 2 tests.\n"
    call_command("list_promises", check=True)


def test_an_old_page_of_promises_is_called_out_and_left_alone(marked: Path) -> None:
    marked.write_text("old")
    with pytest.raises(CommandError, match="out of date"):
        call_command("list_promises", check=True)
    assert marked.read_text() == "old"
