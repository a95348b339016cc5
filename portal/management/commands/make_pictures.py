"""Photographs the demo for the README: a demo of its own in a folder of its own, a browser, and the pages as people see them."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER: Path = settings.BASE_DIR / "docs" / "pictures"
PHONE = (390, 844)
DESKTOP = (1280, 800)
LARGEST = 150_000  # bytes a picture may have
PATIENCE = 60  # seconds for the demo to fill itself and answer
OF_THIS_MACHINE = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SMS_URL")


# The first conversation of a list.
FIRST = "main a[href^='/conversations/']"


@dataclass(frozen=True)
class Picture:
    """One page, as one person of the demo sees it; nobody is signed in where `person` is empty."""

    name: str
    path: str
    person: str = ""
    language: str = ""  # chosen at the foot of the page, and kept; without one, the person's own
    size: tuple[int, int] = PHONE
    opens: str = ""  # a link to follow from there


PICTURES = (
    Picture("sign-in", "/sign-in/"),
    Picture("home", "/", "renee"),
    Picture("home-arabic", "/", "renee", language="ar"),
    Picture("chat", "/messages/", "renee", language="en", opens=FIRST),
    Picture("chat-spanish", "/messages/", "marisol", opens=FIRST),
    Picture("families", "/families/", "alma", size=DESKTOP),
)


class Command(BaseCommand):
    help = "Make the pictures in docs/pictures/ anew from a demo started for it. Needs Chromium and the test packages."
    requires_system_checks: list[str] = []  # noqa: RUF012 - the demo it starts has its own

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from playwright.sync_api import sync_playwright
        except ImportError as error:
            raise CommandError(
                "Playwright is missing: it comes with the test packages, so run python3 manage.py test once."
            ) from error
        chromium = _find_chromium()
        if chromium is None:
            raise CommandError("Chromium is missing: install it, or set CHROMIUM to the path of one.")
        FOLDER.mkdir(parents=True, exist_ok=True)
        with _demo() as base, sync_playwright() as playwright:
            # Without a sandbox, which containers run by root do not allow: it opens nothing but our own pages.
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for picture in PICTURES:
                size = _take(browser, base, picture)
                self.stdout.write(f"{picture.name}.png  {size // 1000} KB")
            browser.close()


def _find_chromium() -> str | None:
    try:
        from tests.servers import find_chromium
    except ImportError:  # an installation without its tests
        return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return find_chromium()


@contextlib.contextmanager
def _demo() -> Iterator[str]:
    """A demo on a free port, with nothing of this machine's own settings; ended and forgotten afterwards."""
    with tempfile.TemporaryDirectory(prefix="porchlight-pictures-") as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        env = {name: value for name, value in env.items() if name not in OF_THIS_MACHINE}
        env |= {"PORTAL_VAR": f"{folder}/var", "PORTAL_DEMO": "1", "PORTAL_NO_VENV": "1"}
        port = _free_port()
        log = Path(folder) / "log"
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo", "--port", str(port)]
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output, env=env)  # noqa: S603 - our own command
        try:
            _wait_for(f"http://localhost:{port}", process, log)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
        return port


def _wait_for(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), direct.open(f"{base}/healthz", timeout=2):
            return
        time.sleep(0.2)
    raise CommandError(f"The demo did not start. It said:\n{log.read_text(errors='replace')[-2000:]}")


def _take(browser: Browser, base: str, picture: Picture) -> int:
    """Save one picture and give its size in bytes."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-US", color_scheme="light")
    try:
        page = context.new_page()
        if picture.person:
            page.goto(f"{base}/demo/sign-in/{picture.person}/")
            page.locator("main form button").click()
            page.wait_for_load_state()
        page.goto(base + picture.path)
        if picture.language:
            page.locator(f"button[name=language][lang={picture.language}]").click()
            page.wait_for_url(base + picture.path)
        if picture.opens:
            page.locator(picture.opens).first.click()
        _settle(page)
        path = FOLDER / f"{picture.name}.png"
        page.screenshot(path=path, animations="disabled", caret="hide")
    finally:
        context.close()
    size = path.stat().st_size
    if size > LARGEST:
        raise CommandError(f"{path.name} has {size} bytes; a picture may have {LARGEST}.")
    return size


def _settle(page: Page) -> None:
    """Fonts are there and scripts have done their first work."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)
