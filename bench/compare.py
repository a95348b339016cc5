"""The product beside its baselines, as ratios from one interleaved run: `python -m bench.compare [--rounds 5]`.

Every round starts each server anew on an empty database, in turn, with the same people, the same texts and the same driver. The
medians are compared, so that a disk or a neighbour that was busy for a while weighs little. `--others` and `--group` add
the product with idle people online and with larger conversations; `--database postgresql` (or both) adds the product there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bench import hosts
from bench.load import Echoed, Page, Run

Served = tuple[hosts.Host, list[dict[str, Any]]]


def invented(pairs: int) -> list[dict[str, Any]]:
    """A cast for servers that ask nobody who they are."""
    return [
        {"conversation": str(uuid.uuid4()), "people": [{"id": str(uuid.uuid4())} for _ in range(2)]}
        for _ in range(pairs)
    ]


@contextmanager
def echo(pairs: int) -> Iterator[Served]:
    with hosts.daphne_of("echo", "bench.baseline_echo:application", os.environ) as host:
        yield host, invented(pairs)


@contextmanager
def consumer(pairs: int) -> Iterator[Served]:
    with tempfile.TemporaryDirectory(prefix="porch-bench-") as folder:
        env = {**os.environ, "BASELINE_FOLDER": folder}
        with hosts.daphne_of("consumer", "bench.baseline_consumer:application", env) as host:
            yield host, invented(pairs)


class Case:
    """One thing to measure: how it is started, which pages talk to it, and whether what it stored can be checked."""

    def __init__(
        self,
        serve: Callable[[], Any],
        *,
        path: str = "/ws/",
        page: type[Page] = Page,
        talking: int,
        is_checked: bool = False,
    ) -> None:
        self.serve, self.path, self.page, self.talking, self.is_checked = serve, path, page, talking, is_checked

    def measure(self, options: argparse.Namespace, *, in_flight: int) -> dict[str, Any]:
        with self.serve() as (host, cast), hosts.driving():
            return asyncio.run(self._run(host, cast, options, in_flight))

    async def _run(
        self, host: hosts.Host, cast: list[dict[str, Any]], options: argparse.Namespace, in_flight: int
    ) -> dict[str, Any]:
        run = Run(host, cast, self.path)
        run.page_kind = self.page
        await run.open(self.talking)
        try:
            figures = await run.closed(in_flight=in_flight, warm=options.warm, seconds=options.seconds)
            if self.is_checked:
                await run.settle()
                run.check()
            return figures
        finally:
            run.close()


def cases(options: argparse.Namespace) -> dict[str, Case]:
    pairs, others, group = options.pairs, options.others, options.group
    made = {
        "echo": Case(lambda: echo(pairs), page=Echoed, talking=pairs),
        "consumer": Case(lambda: consumer(pairs), path="/ws/{conversation}/{id}/", talking=pairs),
    }
    for database in options.database:
        name = f"porchlight, {database}"

        def serve(pairs: int, group: int = 2, database: str = database) -> Any:
            return hosts.site(pairs=pairs, group=group, database=database)

        made[name] = Case(lambda serve=serve: serve(pairs), talking=pairs, is_checked=True)
        if others:
            made[f"{name}, {others} others online"] = Case(
                lambda serve=serve: serve(pairs + others // 2), talking=pairs, is_checked=True
            )
        if group > 2:
            conversations = max(2, pairs * 2 // group)
            made[f"{name}, groups of {group}"] = Case(
                lambda serve=serve, conversations=conversations: serve(conversations, group),
                talking=conversations,
                is_checked=True,
            )
    return {name: case for name, case in made.items() if not options.only or any(only in name for only in options.only)}


def median_of(runs: Sequence[dict[str, Any]], name: str) -> float:
    return float(statistics.median(run[name] for run in runs))


def summary(found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    lines: dict[str, Any] = {}
    for name, runs in found.items():
        rates = sorted(run["delivered_per_s"] for run in runs)
        lines[name] = {
            "delivered_per_s": median_of(runs, "delivered_per_s"),
            "lowest_highest": [rates[0], rates[-1]],
            # What a neighbour on the core cannot take away, so the steadiest of the figures on a busy machine.
            "server_us_per_message": median_of(runs, "server_us_per_message"),
            "delivered_per_cpu_s": round(
                statistics.median(run["delivered_per_s"] / run["server_core"] for run in runs)
            ),
            "server_core": median_of(runs, "server_core"),
            "driver_core": median_of(runs, "driver_core"),
        }
    for line in lines.values():
        for base in ("echo", "consumer"):
            if base in lines:
                line[f"times_{base}"] = round(line["delivered_per_s"] / lines[base]["delivered_per_s"], 2)
                per_cpu = line["delivered_per_cpu_s"] / lines[base]["delivered_per_cpu_s"]
                line[f"times_{base}_per_cpu_s"] = round(per_cpu, 2)
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--in-flight", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--warm", type=float, default=2.0)
    parser.add_argument("--others", type=int, default=0)
    parser.add_argument("--group", type=int, default=2)
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite"])
    parser.add_argument("--only", nargs="+", help="cases whose name has one of these words")
    options = parser.parse_args()
    chosen, before = cases(options), hosts.machine()
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in chosen}
    for number in range(options.rounds):
        for name, case in chosen.items():
            figures = case.measure(options, in_flight=options.in_flight)
            found[name].append(figures)
            print(
                f"round {number + 1}, {name}: {figures['delivered_per_s']:,} delivered/s, "
                f"{figures['server_us_per_message']} us, load {os.getloadavg()[0]:.1f}",
                file=sys.stderr,
            )
    json.dump(
        {"asked": vars(options), "medians": summary(found), "machine": before, "runs": found}, sys.stdout, indent=1
    )
    print()


if __name__ == "__main__":
    main()
