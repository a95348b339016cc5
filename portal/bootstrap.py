"""Makes the project run on a machine with nothing but Python: its own .venv, pinned packages, then the command itself.

Standard library only, and light: it runs before every command. What it says goes to standard error, so that commands
that answer in JSON stay readable by programs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Wanted = Literal["base", "test"]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Where packages land. A .venv of another Python version has no such folder, which is how a changed Python is noticed.
PACKAGES = VENV / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
# Present from the first step to the last: an interrupted set-up is started over, never trusted.
UNFINISHED = VENV / "unfinished"
LOG = VENV / "install.log"
REQUIREMENTS: dict[Wanted, list[Path]] = {
    "base": [ROOT / "requirements" / "base.txt"],
    "test": [ROOT / "requirements" / "base.txt", ROOT / "requirements" / "test.txt"],
}
# Measured with pip on two cores and a fast line; said so that nobody takes a quiet minute for a fault.
SECONDS: dict[Wanted, int] = {"base": 30, "test": 60}
# Every dependency is in the lock, so nothing is resolved; modules are compiled when first imported, which is quicker
# than compiling all of them; wheels only, because a source build would fetch build tools that no hash pins.
# Nothing is compiled here. One package is published as source alone; it is Python only.
PINNED = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-binary", "http-ece", "--quiet"]
PIP = ["--no-compile", "--disable-pip-version-check", "--no-input", "--retries", "2", *PINNED]


def main(argv: list[str]) -> None:
    """Run the command line `argv` with the project's own Python, setting that up first where it is not."""
    runs_tests = argv[1:2] == ["test"]
    brings_packages = os.environ.get("PORTAL_NO_VENV") == "1"  # a container, or a server that installs by other means
    if not brings_packages:
        make_ready("test" if runs_tests else "base")
    python = sys.executable if brings_packages else str(PYTHON)
    if runs_tests:
        os.chdir(ROOT)
        os.execv(python, [python, "-m", "tests", *argv[2:]])
    if not brings_packages and Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(python, [python, *argv])

    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if argv[1:2] in (["demo"], ["make_cast"]):
        os.environ.setdefault("PORTAL_DEMO", "1")
    execute_from_command_line(argv)


def make_ready(wanted: Wanted) -> None:
    """Leave a .venv with exactly the pinned packages, or exit with a sentence that says what to do."""
    if is_ready(wanted):
        return
    if sys.platform == "win32":
        sys.exit("Porchlight runs on Linux and macOS; on Windows, run it inside WSL.")
    try:
        with _one_at_a_time():
            if not is_ready(wanted):
                _set_up(wanted)
    except OSError as error:
        sys.exit(f"Could not write to {VENV} ({error.strerror}): check the folder's owner and the free disk space.")
    except KeyboardInterrupt:
        sys.exit("Stopped. The same command starts the set-up again.")


def is_ready(wanted: Wanted) -> bool:
    try:
        return PYTHON.exists() and not UNFINISHED.exists() and _stamp(wanted).read_text() == _key(wanted)
    except FileNotFoundError:
        return False


def _stamp(wanted: Wanted) -> Path:
    return VENV / f"installed-{wanted}"


def _key(wanted: Wanted) -> str:
    """Changes with the Python version and with any byte of the pins."""
    text = hashlib.sha256(str(sys.implementation.cache_tag).encode())
    for path in REQUIREMENTS[wanted]:
        text.update(path.read_bytes())
    return text.hexdigest()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Of two commands started together the second waits, then finds everything done. A killed one holds nothing."""
    import fcntl

    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _set_up(wanted: Wanted) -> None:
    started = time.monotonic()
    if not os.access(ROOT, os.W_OK):
        sys.exit(f"The folder {ROOT} cannot be written to: copy the project to a folder of your own and run it there.")
    if not PYTHON.exists() or not PACKAGES.is_dir() or UNFINISHED.exists():
        _make_environment()
    UNFINISHED.touch()
    _say(f"Setting up Python packages in .venv, once (about {SECONDS[wanted]} seconds) ...")
    _install(wanted)
    levels: tuple[Wanted, ...] = ("base",) if wanted == "base" else ("base", "test")
    for level in levels:
        _stamp(level).write_text(_key(level))
    UNFINISHED.unlink()
    _say(f"Python packages are ready ({time.monotonic() - started:.0f} seconds).")


def _make_environment() -> None:
    import venv

    if VENV.exists():
        _say("The folder .venv is unfinished or of another Python version: making it anew.")
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    venv.EnvBuilder(symlinks=True).create(VENV)


def _install(wanted: Wanted) -> None:
    files = [part for path in REQUIREMENTS[wanted] for part in ("-r", str(path))]
    with LOG.open("w") as log:
        for installer in _installers():
            if subprocess.run([*installer, *files], stdout=log, stderr=log, check=False).returncode == 0:
                return
    sys.exit(_what_to_do(LOG.read_text(errors="replace")))


def _installers() -> Iterator[list[str]]:
    """Ways to install into .venv, the quickest first; the next is asked for when the one before it failed."""
    if uv := shutil.which("uv"):
        yield [uv, "pip", "install", "--python", str(PYTHON), *PINNED]
    # Installing with the pip at hand saves putting another one into .venv, which takes 7 seconds.
    own_pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if _succeeds([*own_pip, "--version"]):
        yield [*own_pip, "install", *PIP]
    else:
        if not _succeeds([sys.executable, "-c", "import ensurepip"]):
            _add_ensurepip()
        subprocess.run([PYTHON, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
        yield [str(PYTHON), "-m", "pip", "install", *PIP]


def _add_ensurepip() -> None:
    """Debian and Ubuntu ship Python without the part that brings pip."""
    package = "python{}.{}-venv".format(*sys.version_info)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _say(f"Installing the system package {package} ...")
        if _succeeds(["apt-get", "update"]) and _succeeds(["apt-get", "install", "-y", package]):
            return
    sys.exit(
        f"Python's pip is missing here: install it (Debian or Ubuntu: sudo apt install {package}) and run this again."
    )


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def _what_to_do(log: str) -> str:
    if "No space left" in log:
        return "The disk is full: free about 1 GB and run the same command again."
    if "DO NOT MATCH THE HASHES" in log or "Hash mismatch" in log:
        return f"A package is not the one this project pins, so nothing was installed; see {LOG} and tell the project."
    return (
        "The Python packages could not be fetched: check the network connection (and any proxy or package index you "
        f"have set) and run the same command again. Details are in {LOG}."
    )


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
