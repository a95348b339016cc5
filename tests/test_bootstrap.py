"""What `manage.py` does before Django is there, seen from outside, in a copy of the project and without a network."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from portal import bootstrap
from tests import __main__ as suite

ROOT = Path(__file__).resolve().parent.parent
FAKE_DJANGO = "import sys\ndef execute_from_command_line(argv): print('ran', *argv[1:], 'with', sys.prefix)\n"
FAKE_PIP = "import sys\nif '--version' not in sys.argv: sys.exit({error!r})\n"
MISSING = "raise ImportError\n"


@dataclass
class Run:
    code: int
    out: str
    err: str


@dataclass
class Checkout:
    """A copy of what `manage.py` needs, with a `django` that only says it ran and a PATH that holds nothing else."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def programs(self) -> Path:
        return self.root / "programs"

    @property
    def installs(self) -> list[str]:
        """One line for every time packages were installed."""
        log = self.root / "installs"
        return log.read_text().splitlines() if log.exists() else []

    def program(self, name: str, script: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def module(self, name: str, source: str) -> None:
        """One that every Python started here finds before its own."""
        path = self.root / "shadows" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in path.relative_to(self.root / "shadows").parents[:-1]:
            (self.root / "shadows" / folder / "__init__.py").touch()
        path.write_text(source)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        env = {"PATH": str(self.programs), "PYTHONPATH": str(self.root / "shadows"), **self.env}
        command = [sys.executable, "manage.py", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.root, env=env, stdout=pipe, stderr=pipe, text=True)

    def run(self, *arguments: str) -> Run:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=30)
        return Run(process.returncode, out, err)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """With a `uv` that installs nothing in no time, and notes that it was asked."""
    made = Checkout(tmp_path)
    for name in ("manage.py", "portal/__init__.py", "portal/bootstrap.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    made.programs.mkdir()
    made.module("django/core/management.py", FAKE_DJANGO)
    made.program("uv", f'echo "$@" >> "{tmp_path}/installs"')
    return made


def test_the_first_command_sets_up_says_so_and_runs(checkout: Checkout) -> None:
    run = checkout.run("migrate", "--plan")
    assert (run.code, run.out) == (0, f"ran migrate --plan with {checkout.venv}\n")
    said = run.err.splitlines()
    assert said[0].startswith("Setting up Python packages in .venv, once (about ")
    assert said[1].startswith("Python packages are ready (")
    assert "--require-hashes" in checkout.installs[0]
    assert "base.txt" in checkout.installs[0]
    assert "test.txt" not in checkout.installs[0]


def test_the_second_command_says_nothing_and_installs_nothing(checkout: Checkout) -> None:
    checkout.run("migrate")
    run = checkout.run("demo")
    assert (run.code, run.out, run.err) == (0, f"ran demo with {checkout.venv}\n", "")
    assert len(checkout.installs) == 1


def test_tests_get_the_test_packages_too_and_their_arguments(checkout: Checkout) -> None:
    checkout.run("migrate")
    (checkout.root / "tests.py").write_text("import sys\nprint('tests', *sys.argv[1:])\n")
    assert checkout.run("test", "-k", "chat").out == "tests -k chat\n"
    assert "test.txt" in checkout.installs[1]
    assert checkout.run("migrate").err == ""
    assert len(checkout.installs) == 2


def test_changed_pins_are_installed_into_the_same_environment(checkout: Checkout) -> None:
    checkout.run("migrate")
    kept = checkout.venv / "kept"
    kept.touch()
    with (checkout.root / "requirements" / "base.txt").open("a") as pins:
        pins.write("# one more\n")
    assert checkout.run("migrate").code == 0
    assert len(checkout.installs) == 2
    assert kept.exists()


@pytest.mark.parametrize("trace", ["unfinished", "bin/python", "lib"])
def test_a_half_made_environment_is_made_anew(checkout: Checkout, trace: str) -> None:
    """Interrupted while installing; a Python that has been removed; a Python of another version."""
    checkout.run("migrate")
    left_over = checkout.venv / "left-over"
    left_over.touch()
    path = checkout.venv / trace
    if trace == "unfinished":
        path.touch()
    else:
        path.rename(checkout.root / "elsewhere")
        (checkout.venv / "installed-base").write_text("of another Python")
    run = checkout.run("migrate")
    assert (run.code, run.out) == (0, f"ran migrate with {checkout.venv}\n")
    assert "making it anew" in run.err
    assert not left_over.exists()


def test_two_commands_started_together_set_up_once(checkout: Checkout) -> None:
    checkout.program("uv", f'/bin/sleep 0.5; echo "$@" >> "{checkout.root}/installs"')
    both = [checkout.start("migrate"), checkout.start("worker")]
    assert {process.communicate(timeout=30)[0].split()[1] for process in both} == {"migrate", "worker"}
    assert len(checkout.installs) == 1


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("ERROR: No matching distribution found", "check the network connection"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one this project pins"),
    ],
)
def test_a_failed_install_says_what_to_do_and_the_next_try_starts_over(
    checkout: Checkout, error: str, sentence: str
) -> None:
    checkout.program("uv", "exit 1")
    checkout.module("pip/__main__.py", FAKE_PIP.format(error=error))
    run = checkout.run("demo")
    assert (run.code, run.out) == (1, "")
    assert sentence in run.err.splitlines()[-1]
    checkout.program("uv", "exit 0")
    assert checkout.run("demo").code == 0


def test_a_python_without_pip_is_told_what_to_install(checkout: Checkout) -> None:
    """As on Debian without python3-venv; nothing on this PATH could install it either."""
    (checkout.programs / "uv").unlink()
    checkout.module("pip/__init__.py", MISSING)
    checkout.module("ensurepip.py", MISSING)
    run = checkout.run("demo")
    assert (run.code, run.out) == (1, "")
    assert "sudo apt install python3." in run.err.splitlines()[-1]


def test_root_on_debian_gets_the_missing_part_installed(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout.program("apt-get", f'echo "$@" >> "{checkout.root}/installs"')
    monkeypatch.setenv("PATH", str(checkout.programs))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    bootstrap._add_ensurepip()
    version = "{}.{}".format(*sys.version_info)
    assert checkout.installs == ["update", f"install -y python{version}-venv"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked inside this process: root, who may run the suite, can write everywhere."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SystemExit, match=f"The folder {tmp_path} cannot be written to"):
        bootstrap.make_ready("base")
    assert list(tmp_path.iterdir()) == []


def test_a_machine_that_brings_its_packages_is_left_alone(checkout: Checkout) -> None:
    checkout.env["PORTAL_NO_VENV"] = "1"
    run = checkout.run("migrate")
    assert (run.code, run.out, run.err) == (0, f"ran migrate with {sys.prefix}\n", "")
    assert not checkout.venv.exists()


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_which_one_is_needed(version: tuple[int, ...]) -> None:
    pretend = f"import runpy, sys; sys.version_info = {version}; runpy.run_path('manage.py', run_name='__main__')"
    run = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.startswith(f"Porchlight needs Python 3.11 or newer, and this is Python 3.{version[1]}. Install")


def test_an_old_python_can_read_manage_py() -> None:
    """Else it would answer with a syntax error instead of the sentence."""
    ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 4))


@pytest.mark.parametrize(
    ("on_sqlite", "on_postgres", "code"),
    [(0, 0, 0), (1, 0, 1), (0, 1, 1), (0, suite.NO_TESTS, 0), (5, 5, 5), (1, 3, 3)],
)
def test_the_suite_fails_when_either_run_fails(
    monkeypatch: pytest.MonkeyPatch, on_sqlite: int, on_postgres: int, code: int
) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    monkeypatch.setenv("NGINX", sys.executable)
    monkeypatch.setattr(suite, "_run", lambda arguments, env: on_sqlite)
    monkeypatch.setattr(suite, "_run_on_postgres", lambda arguments: on_postgres)
    assert suite.main([]) == code


@pytest.mark.parametrize(
    ("arguments", "passed_on", "database"),
    [(["-k", "chat"], ["-k", "chat"], "SQLite"), (["--postgres", "-x"], ["-x"], "PostgreSQL")],
)
def test_arguments_make_one_run_and_go_to_pytest(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], passed_on: list[str], database: str
) -> None:
    runs: list[tuple[str, list[str]]] = []

    def note(on: str, given: list[str]) -> int:
        runs.append((on, given))
        return 0

    monkeypatch.setattr(suite, "_run", lambda given, env: note("SQLite", given))
    monkeypatch.setattr(suite, "_run_on_postgres", lambda given: note("PostgreSQL", given))
    assert suite.main(arguments) == 0
    assert runs == [(database, passed_on)]
