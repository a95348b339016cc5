"""Messages through the whole path: signed-in pages, access, encryption at rest, a durable database.

    python -m bench.chat                                  saturation, 100 pairs, SQLite
    python -m bench.chat --rate 1000                      latency at 1,000 messages a second
    python -m bench.chat --others 1000 | --group 8 | --database postgresql
    python -m bench.chat --url http://localhost:8000 --cast cast.json     a server that runs already

One JSON object on standard output. Exit 1 when a message that was acknowledged was lost, doubled or out of order.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import hosts
from bench.load import Run

RAMP = (1, 2, 4, 8, 16)
ENOUGH = 1.03  # another step of the ramp is worth taking while it brings this much


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=100, help="conversations in which people write")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--warm", type=float, default=2.0, help="seconds before counting begins")
    parser.add_argument("--rate", type=float, help="open loop: messages a second; without it closed loop")
    parser.add_argument(
        "--in-flight", type=int, help="closed loop: messages each page keeps on their way; default: a ramp"
    )
    parser.add_argument("--others", type=int, default=0, help="people who are online and idle")
    parser.add_argument("--group", type=int, default=2, help="people in each conversation, even")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--worker", action="store_true", help="the worker's loop as a thread inside, as in the demo")
    parser.add_argument("--folder", type=Path, help="where the database is made; default: the temporary folder")
    parser.add_argument("--url", help="a server that runs already, on this machine")
    parser.add_argument("--cast", type=Path, help="with --url: the file that make_cast wrote")
    parser.add_argument("--pid", type=int, help="with --url: the server's process, to count its CPU")
    return parser.parse_args(argv)


async def measure(host: hosts.Host, cast: list[dict[str, Any]], options: argparse.Namespace) -> dict[str, Any]:
    run = Run(host, cast)
    await run.open(options.pairs)
    try:
        if options.rate:
            figures = await run.open_loop(rate=options.rate, warm=options.warm, seconds=options.seconds)
        elif options.in_flight:
            figures = await run.closed(in_flight=options.in_flight, warm=options.warm, seconds=options.seconds)
            await run.settle()
        else:
            figures = await ramp(run, options)
        return {**figures, "idle_pages": len(run.idle), "checked": run.check()}
    finally:
        run.close()


async def ramp(run: Run, options: argparse.Namespace) -> dict[str, Any]:
    """More and more in flight until that brings nothing; the best step, and all of them."""
    steps: list[dict[str, Any]] = []
    for in_flight in RAMP:
        steps.append(await run.closed(in_flight=in_flight, warm=options.warm, seconds=options.seconds))
        await run.settle()
        if len(steps) > 1 and steps[-1]["delivered_per_s"] < steps[-2]["delivered_per_s"] * ENOUGH:
            break
    best = max(steps, key=lambda step: int(step["delivered_per_s"]))
    return {**best, "ramp": [(step["in_flight"], step["delivered_per_s"]) for step in steps]}


@contextmanager
def served(options: argparse.Namespace) -> Iterator[tuple[hosts.Host, list[dict[str, Any]]]]:
    if options.url:
        cast = json.loads(options.cast.read_text())
        yield _Running(options.url, options.pid), cast
        return
    conversations = options.pairs + -(-options.others // options.group)
    with hosts.site(
        pairs=conversations,
        database=options.database,
        group=options.group,
        with_worker=options.worker,
        folder=options.folder,
    ) as (host, cast):
        yield host, cast


class _Running(hosts.Host):
    """A server somebody else started and will stop."""

    def __init__(self, url: str, pid: int | None) -> None:
        process = subprocess.Popen.__new__(subprocess.Popen)
        process.returncode, process.pid = 0, pid or 0
        super().__init__("given", url, process)

    def cpu(self) -> float:
        return super().cpu() if self.pid else 0.0


def main() -> None:
    options = arguments()
    with served(options) as (host, cast), hosts.driving():
        figures = asyncio.run(measure(host, cast, options))
    asked = {name: value for name, value in vars(options).items() if value is not None and name != "folder"}
    json.dump({"asked": asked, "result": figures, "machine": hosts.machine()}, sys.stdout, indent=1, default=str)
    print()


if __name__ == "__main__":
    main()
