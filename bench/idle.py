"""People who are online and say nothing: what a signed-in socket costs to accept and to hold.

    python -m bench.idle [--sockets 1000]

The first hundred are not counted: with them the server starts its threads and reads in what it needs once. One JSON object on
standard output.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from typing import Any

from bench import hosts
from bench.load import Run

FIRST = 100
SETTLE = 2.0


async def measure(host: hosts.Host, cast: list[dict[str, Any]], options: argparse.Namespace) -> dict[str, Any]:
    pairs = FIRST // 2
    warm, counted = Run(host, cast[:pairs]), Run(host, cast[pairs:])
    await warm.open(0)
    await asyncio.sleep(SETTLE)
    resident, cpu, begin = host.resident(), host.cpu(), time.perf_counter()
    await counted.open(0)
    opening = time.perf_counter() - begin
    accept = host.cpu() - cpu
    await asyncio.sleep(SETTLE)
    held, cpu, begin = host.resident(), host.cpu(), time.perf_counter()
    await asyncio.sleep(options.seconds)
    idle_cpu = (host.cpu() - cpu) / (time.perf_counter() - begin)
    alive = sum(not page.socket.closed.done() for page in counted.idle)
    sockets = len(counted.idle)
    for run in (warm, counted):
        run.close()
    return {
        "sockets": sockets,
        "still_open_at_the_end": alive,
        "resident_kib_each": round((held - resident) / sockets / 1024, 1),
        "resident_mib": round(held / 2**20, 1),
        "accept_cpu_ms_each": round(accept / sockets * 1000, 2),
        "accepted_per_s": round(sockets / opening),
        "core_while_idle": round(idle_cpu, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long they are held, to see what idling costs")
    options = parser.parse_args()
    with hosts.site(pairs=(options.sockets + FIRST) // 2) as (host, cast), hosts.driving():
        figures = asyncio.run(measure(host, cast, options))
    json.dump({"asked": vars(options), "result": figures, "machine": hosts.machine()}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
