"""Everybody comes back at once, each asking for what was missed: after a lost network, or after the server was killed.

    python -m bench.reconnect [--pairs 500] [--missed 20] [--kill]

In every conversation one side loses its connection, the other writes `missed` messages and is cut off as well; then all pages
come back in the same instant with the last number they saw. A page is back when it holds every number once, in order. With
`--kill` the server is ended by SIGKILL meanwhile and started again, cold, at the same address. A refused or dropped handshake
is tried again after a pause, as the page does. Exit 1 when a message is missing, doubled or out of order.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import hosts, wire
from bench.load import Page, Run, quantiles, until

LONGEST = 120.0
FIRST_PAUSE, LAST_PAUSE = 0.5, 8.0


async def talk(run: Run, missed: int) -> None:
    """Both sides meet, one is cut off, the other writes."""
    await run.open(len(run.cast))
    for page in run.pages:
        page.write()
    await until(lambda: run.tally.delivered >= len(run.pages), LONGEST)
    away, here = run.pages[0::2], run.pages[1::2]
    for page in away:
        page.socket.close()
    stored = run.tally.acknowledged
    for page in here:
        for _ in range(missed):
            page.write()
    await until(lambda: run.tally.acknowledged >= stored + missed * len(here), LONGEST)
    for page in here:
        page.socket.close()


async def come_back(run: Run, host: hosts.Host, last_seq: int) -> dict[str, Any]:
    """All pages at once; how long until each has everything."""
    run.host = host
    cpu, begin = host.cpu(), time.perf_counter()
    fresh = [Page(run, page.person, page.conversation) for page in run.pages]
    seen = [max((seq for seq, _key in [*page.stored, *page.got]), default=0) for page in run.pages]
    outcomes = await asyncio.gather(
        *(_one(page, run, after, last_seq, begin) for page, after in zip(fresh, seen, strict=True))
    )
    took, tries = zip(*outcomes, strict=True)
    cpu = host.cpu() - cpu
    for page in fresh:
        page.socket.close()
    return {
        "pages": len(fresh),
        "messages_fetched": sum(len(page.got) for page in fresh),
        **quantiles(sorted(took)),
        "server_ms_each": round(cpu / len(fresh) * 1000, 2),
        "handshakes_tried_again": sum(tries) - len(fresh),
        "each_delivered_once_in_order": True,
    }


async def _one(page: Page, run: Run, after: int, last_seq: int, begin: float) -> tuple[float, int]:
    """Seconds until it was back, and handshakes it took."""
    tries, pause = 0, FIRST_PAUSE
    wanted = list(range(after + 1, last_seq + 1))
    while True:
        tries += 1
        try:
            await page.open(run.host, run.path, {page.conversation: after})
            break
        except (wire.Refused, OSError):
            if time.perf_counter() - begin > LONGEST:
                raise
            await asyncio.sleep(random.uniform(0, pause))
            pause = min(LAST_PAUSE, pause * 2)
    await until(lambda: len(page.got) >= len(wanted), LONGEST)
    assert [seq for seq, _key in page.got] == wanted, f"{page.conversation} came back with gaps or repeats"
    return time.perf_counter() - begin, tries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--missed", type=int, default=20)
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="porch-bench-")))
        env = hosts.site_env(var)
        cast = hosts.make_cast(env, pairs=options.pairs)
        port = hosts.free_port()
        host = stack.enter_context(hosts.daphne_of_site(env, port=port))
        stack.enter_context(hosts.driving())
        with asyncio.Runner() as runner:
            run = runner.run(_prepared(host, cast, options.missed))
            if options.kill:
                host.process.kill()
                host.process.wait()
                host = stack.enter_context(hosts.daphne_of_site(env, port=port))
            figures = runner.run(come_back(run, host, 2 + options.missed))
    json.dump({"asked": vars(options), "result": figures, "machine": hosts.machine()}, sys.stdout, indent=1)
    print()


async def _prepared(host: hosts.Host, cast: list[dict[str, Any]], missed: int) -> Run:
    run = Run(host, cast)
    await talk(run, missed)
    return run


if __name__ == "__main__":
    main()
