"""The first visit to the chat page on a phone: every byte that comes over the line, by asset.

    python -m bench.page_weight [--url http://localhost:8000] [--limit 60]

Chromium, 390 x 844, empty cache; bytes as sent, headers included, counted by the browser itself. Exit 1 over the limit (in KB of
1,000 bytes).
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from bench.phone import Visit, demo
from tests.servers import find_chromium

LIMIT_KB = 60
SETTLE_SECONDS = 3.0


@dataclass
class Asset:
    path: str
    kind: str = ""
    sent: int = 0
    unpacked: int = 0
    status: int = 0
    encoding: str = ""


def visit(chat: Visit) -> tuple[list[Asset], list[str]]:
    """What the first visit fetched, and what the console said against it."""
    complaints: list[str] = []
    assets: dict[str, Asset] = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, device_scale_factor=3, is_mobile=True, has_touch=True
        )
        context.add_cookies([{"name": name, "value": value, "url": chat.site} for name, value in chat.cookies.items()])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        watch(context.new_cdp_session(page), assets)
        page.goto(chat.chat, wait_until="load")
        time.sleep(SETTLE_SECONDS)  # what scripts fetch on their own comes after "load"
        page.evaluate("1")
        browser.close()
    return sorted(assets.values(), key=lambda asset: -asset.sent), complaints


def watch(devtools: Any, assets: dict[str, Asset]) -> None:
    def answered(event: dict[str, Any]) -> None:
        answer = event["response"]
        if answer["url"].startswith("data:"):
            return
        asset = assets.setdefault(event["requestId"], Asset(urlsplit(answer["url"]).path))
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        asset.kind, asset.status = event["type"], answer["status"]
        asset.encoding = headers.get("content-encoding", "")

    def received(event: dict[str, Any]) -> None:
        if asset := assets.get(event["requestId"]):
            asset.unpacked += event["dataLength"]

    def finished(event: dict[str, Any]) -> None:
        if asset := assets.get(event["requestId"]):
            asset.sent = int(event["encodedDataLength"])

    devtools.send("Network.enable")
    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.dataReceived", received)
    devtools.on("Network.loadingFinished", finished)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a demo that runs already; default: one of its own")
    parser.add_argument("--limit", type=float, default=LIMIT_KB)
    options = parser.parse_args()
    with demo(options.url) as chat:
        assets, complaints = visit(chat)
    print(f"{'bytes sent':>10}  {'unpacked':>9}  {'':4}  {'kind':<11} path")
    for asset in assets:
        print(f"{asset.sent:>10,}  {asset.unpacked:>9,}  {asset.encoding:4}  {asset.kind:<11} {asset.path}")
    total = sum(asset.sent for asset in assets)
    failed = [asset.path for asset in assets if asset.status >= 400]
    print(f"{total:>10,}  in all, {len(assets)} assets; the limit is {options.limit:g} KB")
    for line in [*complaints, *(f"not found: {path}" for path in failed)]:
        print(f"the browser says: {line}", file=sys.stderr)
    sys.exit(total > options.limit * 1000 or not assets or bool(failed))


if __name__ == "__main__":
    main()
