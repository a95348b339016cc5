"""Signed-in pages under Daphne, under gunicorn's threads, and through `deploy/`, in turns, on one core.

The same site and the same database for all. `deploy/` is nginx in front of gunicorn, with the settings that lie there.

    python -m bench.http [--rounds 5] [--connections 8] [--page / --page /messages/]

Each connection is kept alive and asks for the next page when it has the last; gzip as browsers ask for it. Conversation pages hold
the last fifty messages, made first. One JSON object on standard output: requests per second, p50 and p99, and what each does of
what gunicorn's threads do when asked directly.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import hosts, proxy
from bench.load import Run, quantiles, until
from bench.wire import Getter

MESSAGES = 50
FILL_SECONDS = 60
THREADS = 8  # as many as the site gives to pages under Daphne (portal/pool.py)


async def fill(host: hosts.Host, cast: list[dict[str, Any]]) -> None:
    """Fifty messages in every conversation, so that a conversation's page is a full one."""
    run = Run(host, cast)
    await run.open(len(cast))
    for page in run.pages:
        for _ in range(MESSAGES // 2):
            page.write()
    await until(lambda: run.tally.acknowledged >= len(run.pages) * (MESSAGES // 2), FILL_SECONDS)
    run.close()


async def ask(host: hosts.Host, cast: list[dict[str, Any]], page: str, options: argparse.Namespace) -> dict[str, Any]:
    took: list[float] = []
    statuses: Counter[int] = Counter()
    sizes: Counter[int] = Counter()
    for entry in cast[:2]:  # a server that was never asked reads in what it needs first
        getter = await Getter.open(
            host.url, page.format(conversation=entry["conversation"]), entry["people"][0]["cookie"]
        )
        await getter.get()
        getter.close()
    begin = time.perf_counter()
    counting, end = begin + options.warm, begin + options.warm + options.seconds

    async def one(entry: dict[str, Any]) -> None:
        path = page.format(conversation=entry["conversation"])
        getter = await Getter.open(host.url, path, entry["people"][0]["cookie"])
        while (sent := time.perf_counter()) < end:
            status, size = await getter.get()
            if sent >= counting:
                took.append(time.perf_counter() - sent)
                statuses[status] += 1
                sizes[size] += 1
        getter.close()

    clock = asyncio.get_running_loop().call_later(options.warm, lambda: marks.append(host.cpu()))
    marks: list[float] = []
    await asyncio.gather(*(one(entry) for entry in cast[: options.connections]))
    clock.cancel()
    cpu = host.cpu() - marks[0]
    return {
        "requests_per_s": round(len(took) / options.seconds, 1),
        **quantiles(sorted(took)),
        "server_ms_per_request": round(cpu / max(1, len(took)) * 1000, 2),
        "statuses": dict(statuses),
        "bytes": sizes.most_common(1)[0][0] if sizes else 0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--warm", type=float, default=1.0)
    parser.add_argument("--page", action="append", help="default: /messages/ and a conversation's page")
    options = parser.parse_args()
    pages = options.page or ["/messages/", "/conversations/{conversation}/"]
    found: dict[str, list[dict[str, Any]]] = {}
    with ExitStack() as stack:
        var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="porch-bench-")))
        env = hosts.site_env(var)
        cast = hosts.make_cast(env, pairs=options.connections)
        servers = {
            "daphne": stack.enter_context(hosts.daphne_of_site(env)),
            "gunicorn": stack.enter_context(hosts.gunicorn_of_site(env, threads=THREADS)),
            "deploy": stack.enter_context(proxy.deployed(env)),
        }
        with hosts.driving():
            asyncio.run(fill(servers["daphne"], cast))
            for _ in range(options.rounds):
                for page in pages:
                    for name, host in servers.items():
                        figures = asyncio.run(ask(host, cast, page, options))
                        found.setdefault(f"{page} {name}", []).append(figures)
                        print(f"{page} {name}: {figures}", file=sys.stderr)
    report = {
        "asked": vars(options),
        "medians": _medians(found),
        "ratios": _ratios(pages, found),
        "machine": hosts.machine(),
    }
    json.dump(report, sys.stdout, indent=1)
    print()
    sys.exit(any(set(run["statuses"]) != {200} for runs in found.values() for run in runs))


def _medians(found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    names = ("requests_per_s", "p50_ms", "p99_ms", "server_ms_per_request", "bytes")
    return {
        key: {name: statistics.median(run[name] for run in runs if run["statuses"]) for name in names}
        for key, runs in found.items()
    }


def _ratios(pages: list[str], found: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, float]]:
    """Rates against gunicorn's: of the medians, and the median of the rounds, in which neighbours on the machine cancel out."""
    ratios: dict[str, dict[str, float]] = {}
    for page in pages:
        direct = [run["requests_per_s"] for run in found[f"{page} gunicorn"]]
        for name in ("daphne", "deploy"):
            rates = [run["requests_per_s"] for run in found[f"{page} {name}"]]
            ratios[f"{page} {name}"] = {
                "of_medians": round(statistics.median(rates) / statistics.median(direct), 2),
                "by_round": round(statistics.median(a / b for a, b in zip(rates, direct, strict=True)), 2),
            }
    return ratios


if __name__ == "__main__":
    main()
