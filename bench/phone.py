"""The demo, served on its own, with one of its people signed in: what the page measurements look at."""

from __future__ import annotations

import http.cookiejar
import re
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import hosts

PERSON = "renee"


@dataclass(frozen=True)
class Visit:
    """A site and the signed-in person's way to the chat page."""

    site: str
    chat: str
    cookies: dict[str, str]


@contextmanager
def demo(url: str | None = None) -> Iterator[Visit]:
    """Yield a visit to the demo at `url`, or to a fresh one that ends with the block."""
    if url:
        yield sign_in(url)
        return
    with tempfile.TemporaryDirectory(prefix="porch-bench-") as folder:
        env = hosts.site_env(Path(folder))
        port = hosts.free_port()
        command = [sys.executable, "manage.py", "demo", "--port", str(port)]
        with hosts.running("the demo", command, port, "/healthz", env) as host:
            yield sign_in(host.url)


def sign_in(site: str, person: str = PERSON) -> Visit:
    """By the demo's own button; the chat page is the first conversation in the person's list."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar))
    address = f"{site}/demo/sign-in/{person}/"
    with opener.open(address) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    if token is None:
        raise RuntimeError(f"{address} has no button: is this the demo?")
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    opener.open(urllib.request.Request(address, form, {"Referer": address})).close()
    with opener.open(f"{site}/messages/") as page:
        found = re.search(r'href="(/conversations/[0-9a-f-]{36}/)', page.read().decode())
    if found is None:
        raise RuntimeError(f"{person} has no conversation on {site}/messages/")
    return Visit(site, site + found[1], {cookie.name: cookie.value or "" for cookie in jar})
