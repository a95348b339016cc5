"""Lighthouse on the signed-in chat page, as a mobile phone: `python -m bench.lighthouse [--url URL] [--runs 3]`.

Installs the npm package `lighthouse` into a temporary folder (needs node and npm) and drives the system's Chromium: a new profile
for each run, with an empty cache and the session's cookies in it. (Lighthouse's own `--extra-headers` would not do: Chromium does
not send such headers with a WebSocket's handshake, and the refused socket counts as an error of the page.) Prints each
category's score, the median of the runs, and what cost points. Exit 1 below the wanted scores.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.hosts import free_port
from bench.phone import Visit, demo
from tests.servers import find_chromium

WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100}


def install(folder: Path) -> Path:
    """The package in `folder`, unless it is there from before."""
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        if not shutil.which("npm"):
            sys.exit("Lighthouse needs node and npm on this machine.")
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "lighthouse"]
        subprocess.run(command, check=True)
    return program


def run(program: Path, chat: Visit, folder: Path) -> dict[str, Any]:
    report, port = folder / "report.json", free_port()
    command = [
        str(program),
        chat.chat,
        f"--port={port}",
        "--disable-storage-reset",  # the profile is new; a reset would sign out
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(WANTED)}",
        "--quiet",
    ]
    with sync_playwright() as play, tempfile.TemporaryDirectory(dir=folder) as profile:
        browser = play.chromium.launch_persistent_context(
            profile,
            executable_path=find_chromium(),
            args=["--no-sandbox", "--no-proxy-server", f"--remote-debugging-port={port}"],
        )
        browser.add_cookies([{"name": name, "value": value, "url": chat.site} for name, value in chat.cookies.items()])
        subprocess.run(command, check=True)
        browser.close()
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def complaints(report: dict[str, Any]) -> list[str]:
    """What took points, with the first things it names."""
    lines = []
    for category in report["categories"].values():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                lines.append(f"{category['id']}: {audit['id']} {audit['score']:.2f} {audit.get('displayValue', '')}")
                lines += [f"    {_short(item)}" for item in (audit.get("details") or {}).get("items", [])[:4]]
    return lines


def _short(item: dict[str, Any]) -> str:
    node = item.get("node") or {}
    return str(node.get("snippet") or item.get("description") or item.get("url") or item)[:200]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a demo that runs already; default: one of its own")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--keep", type=Path, help="a folder, outside the project, that keeps the package for the next time"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="porch-lighthouse-") as temporary, demo(options.url) as chat:
        folder = Path(temporary)
        program = install(options.keep or folder)
        reports = [run(program, chat, folder) for _ in range(options.runs)]
    print(f"Lighthouse {reports[0]['lighthouseVersion']}, mobile, {reports[0]['finalDisplayedUrl']}")
    is_short = False
    for name, wanted in WANTED.items():
        scores = [round(report["categories"][name]["score"] * 100) for report in reports]
        is_short |= statistics.median(scores) < wanted
        print(f"  {name:<16} {statistics.median(scores):g}  (runs {scores}, wanted {wanted})")
    for name in (
        "first-contentful-paint",
        "largest-contentful-paint",
        "total-blocking-time",
        "cumulative-layout-shift",
    ):
        values = [report["audits"][name]["numericValue"] for report in reports]
        print(f"  {name:<26} {statistics.median(values):.3g}")
    print("\n".join(dict.fromkeys(line for report in reports for line in complaints(report))))
    sys.exit(is_short)


if __name__ == "__main__":
    main()
