"""The product beside its baselines, as ratios from one interleaved run: `python -m bench.compare [--rounds 5]`.

Every round starts each server anew on an empty database, in turn, with the same people, the same texts and the same driver. The
medians are compared, so that a disk or a neighbour that was busy for a while weighs little. `--others` and `--group` add
the product with idle people online and with larger conversations; `--database postgresql` (or both) adds the product there.
`--peers` adds other chat servers that are installed here (peers.md) to the same rounds, and `--rate` an open loop of the product
and of ejabberd on PostgreSQL, for latencies. A run that fails has no figure; the others go on, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
import traceback
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench import hosts, peer_hosts, peer_matrix
from bench.load import Echoed, Page, Run
from bench.peer_matrix import MatrixPage
from bench.peer_xmpp import XmppPage
from bench.peers import PeerRun

Served = tuple[hosts.Host, list[dict[str, Any]]]
BASELINES = ("echo", "consumer")
PEERS = ("ejabberd", "prosody", "synapse")


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


@dataclass
class Case:
    """One thing to measure: how it is started, which pages talk to it, and whether what it stored can be checked."""

    serve: Callable[[], Any]
    talking: int
    path: str = "/ws/"
    page: type[Page] = Page
    run: type[Run] = Run
    is_checked: bool = False
    has_open_loop: bool = False

    def measure(self, options: argparse.Namespace, rate: float = 0.0) -> dict[str, Any]:
        """With a rate the open loop, else the closed loop."""
        with self.serve() as (host, cast), hosts.driving():
            return asyncio.run(self._measure(host, cast, options, rate))

    async def _measure(
        self, host: hosts.Host, cast: list[dict[str, Any]], options: argparse.Namespace, rate: float
    ) -> dict[str, Any]:
        run = self.run(host, cast, self.path)
        run.page_kind = self.page
        await run.open(self.talking)
        try:
            spans = {"warm": options.warm, "seconds": options.seconds}
            if rate:
                figures = await run.open_loop(rate=rate, **spans)
            else:
                figures = await run.closed(in_flight=options.in_flight, **spans)
                if self.is_checked:
                    await run.settle()
            return {**figures, "checked": run.check()} if self.is_checked else figures
        finally:
            run.close()


def cases(options: argparse.Namespace) -> dict[str, Case]:
    pairs, others, group = options.pairs, options.others, options.group
    made = {
        "echo": Case(partial(echo, pairs), page=Echoed, talking=pairs),
        "consumer": Case(partial(consumer, pairs), path="/ws/{conversation}/{id}/", talking=pairs),
    }
    for database in options.database:
        name = f"porchlight, {database}"
        serve = partial(hosts.site, database=database)
        made[name] = Case(partial(serve, pairs=pairs), talking=pairs, is_checked=True, has_open_loop=True)
        if others and database == options.database[0]:
            crowd = partial(serve, pairs=pairs + others // 2)
            made[f"{name}, {others} others online"] = Case(crowd, talking=pairs, is_checked=True)
        if group > 2 and database == options.database[0]:
            count = max(2, pairs * 2 // group)
            groups = partial(serve, pairs=count, group=group)
            made[f"{name}, groups of {group}"] = Case(groups, talking=count, is_checked=True)
    if options.peers:
        made.update(peer_cases(pairs))
    return {name: case for name, case in made.items() if not options.only or any(only in name for only in options.only)}


def peer_cases(pairs: int) -> dict[str, Case]:
    """The other servers that are installed; of the rest a sentence says that they are left out."""
    made: dict[str, Case] = {}

    def add(name: str, missing: str, serve: Callable[[], Any], page: type[Page], **more: Any) -> None:
        if missing:
            print(f"{name} is left out: {missing}. bench/peers.md says how to install it.", file=sys.stderr)
            return
        made[name] = Case(serve, page=page, run=PeerRun, is_checked=True, **{"talking": pairs, **more})

    missing = peer_hosts.ejabberd_missing()
    on_postgresql = partial(peer_hosts.ejabberd, "postgresql", pairs)
    add("ejabberd, postgresql", missing, on_postgresql, XmppPage, has_open_loop=True)
    add("ejabberd, sqlite", missing, partial(peer_hosts.ejabberd, "sqlite", pairs), XmppPage)
    add("prosody, sqlite", peer_hosts.prosody_missing(), partial(peer_hosts.prosody, pairs), XmppPage)
    # A tenth of the pairs write, and all are online: with all of them writing, its answers come in waves longer than a run.
    writing = max(1, pairs // 10)
    synapse = partial(peer_matrix.synapse, pairs)
    add("synapse, sqlite", peer_matrix.synapse_missing(), synapse, MatrixPage, talking=writing)
    return made


def median_of(runs: Sequence[dict[str, Any]], name: str) -> float:
    return float(statistics.median(run[name] for run in runs))


def summary(found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    lines = {name: closed_line(runs) for name, runs in found.items() if runs and runs[0]["mode"] == "closed"}
    for name, line in lines.items():
        for base, theirs in lines.items():
            is_peer = base.startswith(PEERS)
            if base in BASELINES or (is_peer and not name.startswith(PEERS) and name not in BASELINES):
                word = base.replace(", ", "_")
                line[f"times_{word}"] = round(line["delivered_per_s"] / theirs["delivered_per_s"], 2)
                per_cpu = line["delivered_per_cpu_s"] / theirs["delivered_per_cpu_s"]
                line[f"times_{word}_per_cpu_s"] = round(per_cpu, 2)
    opened = {name: open_line(runs) for name, runs in found.items() if runs and runs[0]["mode"] == "open"}
    return {**lines, **opened}


def closed_line(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    rates = sorted(run["delivered_per_s"] for run in runs)
    per_cpu = statistics.median(
        run["delivered_per_s"] / max(run["server_core"] + run.get("database_core", 0.0), 0.01) for run in runs
    )
    line = {
        "delivered_per_s": median_of(runs, "delivered_per_s"),
        "lowest_highest": [rates[0], rates[-1]],
        # What a neighbour on the core cannot take away, so the steadiest of the figures on a busy machine.
        "server_us_per_message": median_of(runs, "server_us_per_message"),
        "delivered_per_cpu_s": round(per_cpu),  # the server's and its database's
        "server_core": median_of(runs, "server_core"),
        "driver_core": median_of(runs, "driver_core"),
    }
    if "database_core" in runs[0]:
        names = ("database_us_per_message", "database_core")
        line.update({name: median_of(runs, name) for name in names})
    return line


def open_line(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    names = ("delivered_per_s", "p50_ms", "p99_ms", "max_ms", "server_core", "driver_core")
    line: dict[str, Any] = {name: median_of(runs, name) for name in names}
    p99 = sorted(run["p99_ms"] for run in runs)
    return {**line, "p99_lowest_highest_ms": [p99[0], p99[-1]]}


def versions() -> dict[str, str]:
    return {**peer_hosts.versions(), **peer_matrix.versions()}


def measurements(chosen: dict[str, Case], rates: Sequence[float]) -> Iterator[tuple[str, Case, float]]:
    """One round: every case in the closed loop, then those that have one in the open loop."""
    for name, case in chosen.items():
        yield name, case, 0.0
    for rate in rates:
        for name, case in chosen.items():
            if case.has_open_loop:
                yield f"{name}, {rate:g} a second", case, rate


def told(figures: dict[str, Any]) -> str:
    latencies = f", p50 {figures['p50_ms']} ms, p99 {figures['p99_ms']} ms" if figures["mode"] == "open" else ""
    return f"{figures['delivered_per_s']:,} delivered/s, {figures['server_us_per_message']} us{latencies}"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--in-flight", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--warm", type=float, default=2.0)
    parser.add_argument("--others", type=int, default=0)
    parser.add_argument("--group", type=int, default=2)
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite"])
    parser.add_argument("--peers", action="store_true", help="other chat servers that are installed, see peers.md")
    parser.add_argument("--rate", nargs="+", type=float, default=[], help="open loop besides: messages a second")
    parser.add_argument("--only", nargs="+", help="cases whose name has one of these words")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    chosen, before = cases(options), hosts.machine()
    found: dict[str, list[dict[str, Any]]] = {}
    failed: list[str] = []
    for number in range(options.rounds):
        for name, case, rate in measurements(chosen, options.rate):
            begin = time.monotonic()
            try:
                figures = case.measure(options, rate)
            except Exception as error:  # the rounds of an hour are not lost to one of them
                traceback.print_exception(error)
                failed.append(f"round {number + 1}, {name}: {type(error).__name__}: {error}")
                continue
            found.setdefault(name, []).append(figures)
            took = f"load {os.getloadavg()[0]:.1f}, {time.monotonic() - begin:.0f} s"
            print(f"round {number + 1}, {name}: {told(figures)}, {took}", file=sys.stderr)
    if options.peers:
        before["peers"] = versions()
    result = {"asked": vars(options), "medians": summary(found), "failed": failed, "machine": before, "runs": found}
    json.dump(result, sys.stdout, indent=1)
    print()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
