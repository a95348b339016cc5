"""What a long history costs: the same questions to a site with ten thousand messages and to one with ten million, in turns.

    python -m bench.history [--messages 10000000] [--conversations 100000] [--database sqlite postgresql] [--rounds 15]

Both sites have as many messages in a conversation (100 by default) and as many conversations for each person, so a page shows
the same and only the size of the database differs. Each question goes to each of the opened conversations in turn, over HTTP or
the socket, with access checks, decryption and templates. One conversation of the large site has 50,000 messages more, which the
peer has not read: what it costs stands beside the others. One JSON object on standard output: medians, ratios, and the query
plans. Ten million messages need about 4 GB of disk for each database.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench import hosts
from bench.wire import Getter, connect, text_frame, upgrade

SMALL = (10_000, 100)
GOAL = 1.2


@dataclass
class Site:
    host: hosts.Host
    cast: list[dict[str, Any]]
    env: dict[str, str]
    filled: dict[str, Any]

    def plans(self) -> dict[str, list[str]]:
        return _rows(self.env, "plans")


def _rows(env: dict[str, str], what: str, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.history_rows", what, str(Path(env["PORTAL_VAR"]) / "cast.json"), *options]
    done = subprocess.run(command, cwd=hosts.ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def open_site(stack: ExitStack, database: str, messages: int, conversations: int, long: int, opened: int) -> Site:
    var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="porch-bench-")))
    url = stack.enter_context(hosts.postgresql()) if database == "postgresql" else ""
    env = hosts.site_env(var, url)
    cast = hosts.make_cast(env, pairs=opened)
    sizes = ["--messages", str(messages), "--conversations", str(conversations), "--long", str(long)]
    filled = _rows(env, "fill", *sizes)
    print(f"{database}: {messages:,} messages: {filled}", file=sys.stderr)
    return Site(stack.enter_context(hosts.daphne_of_site(env)), cast, env, filled)


# -- questions ------------------------------------------------------------------------------------------------------------


async def _get(site: Site, path: str, cookie: str) -> float:
    getter = await Getter.open(site.host.url, path, cookie)
    return await _timed(getter)


async def _timed(getter: Getter) -> float:
    begin = time.perf_counter()
    status, _size = await getter.get()
    took = time.perf_counter() - begin
    getter.close()
    if status != 200:
        raise RuntimeError(f"{getter.request.split()[1].decode()} was answered with {status}")
    return took


async def page(site: Site, entry: dict[str, Any]) -> float:
    return await _get(site, f"/conversations/{entry['conversation']}/", entry["people"][0]["cookie"])


async def older_page(site: Site, entry: dict[str, Any]) -> float:
    return await _get(site, f"/conversations/{entry['conversation']}/?before=60", entry["people"][0]["cookie"])


async def unread_list(site: Site, entry: dict[str, Any]) -> float:
    return await _get(site, "/messages/", entry["people"][1]["cookie"])


async def resume(site: Site, entry: dict[str, Any]) -> float:
    return await _get(site, f"/conversations/{entry['conversation']}/messages/?after=80", entry["people"][0]["cookie"])


async def greeting(site: Site, entry: dict[str, Any]) -> float:
    """From `hello` with a number 20 below the end to the last of these 20 messages."""
    done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    last = site.filled["each"]

    def take(frame: bytes, moment: float) -> None:
        said = json.loads(frame)
        if said["type"] == "message" and said["seq"] == last and not done.done():
            done.set_result(moment)

    person = entry["people"][0]
    socket = await connect(site.host.url, upgrade(site.host.url, "/ws/", person["cookie"]), take)
    begin = time.perf_counter()
    hello = {"type": "hello", "after": {entry["conversation"]: last - 20}}
    socket.send(text_frame(json.dumps(hello).encode()))
    async with asyncio.timeout(30):
        took = await done - begin
    socket.close()
    return took


async def first_page_of_search(site: Site, entry: dict[str, Any]) -> float:
    person, parts = entry["people"][0], urlsplit(site.host.url)
    body = urlencode({"query": "needle", "csrfmiddlewaretoken": person["csrf"]})
    lines = [
        f"POST /conversations/{entry['conversation']}/search/ HTTP/1.1",
        f"Host: {parts.netloc}",
        "Accept: text/html",
        "Accept-Encoding: gzip",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"Cookie: {person['cookie']}",
    ]
    reader, writer = await asyncio.open_connection("127.0.0.1", parts.port, limit=1 << 20)
    return await _timed(Getter(reader, writer, ("\r\n".join(lines) + "\r\n\r\n" + body).encode()))


Ask = Callable[[Site, dict[str, Any]], Awaitable[float]]
ASKS: tuple[Ask, ...] = (page, older_page, unread_list, resume, greeting, first_page_of_search)
LONG: tuple[Ask, ...] = (page, older_page, unread_list, resume, first_page_of_search)


async def measure(small: Site, large: Site, rounds: int) -> dict[str, Any]:
    """Medians by question in milliseconds. Every question of a round goes to both, in an order that changes."""
    took: dict[str, dict[str, list[float]]] = {}
    sites = [("small", small), ("large", large)]
    for number in range(-1, rounds):  # the first round reads in what a server needs that was never asked
        for ask in ASKS:
            for index in range(len(small.cast) - 1):
                for name, site in random.sample(sites, 2):
                    seconds = await ask(site, site.cast[index])
                    _note(took, ask.__name__, name, seconds, number)
        for ask in LONG:
            _note(took, ask.__name__, "50,000 unread", await ask(large, large.cast[-1]), number)
    return {what: _summary(by_site) for what, by_site in took.items()}


def _note(took: dict[str, dict[str, list[float]]], what: str, name: str, seconds: float, number: int) -> None:
    kept = took.setdefault(what, {}).setdefault(name, [])
    if number >= 0:
        kept.append(seconds * 1000)


def _summary(by_site: dict[str, list[float]]) -> dict[str, Any]:
    medians = {name: round(statistics.median(values), 2) for name, values in by_site.items() if values}
    return {
        "ms": medians,
        "ratio": round(medians["large"] / medians["small"], 2),
        "is_reached": medians["large"] <= GOAL * medians["small"],
        "asked": len(by_site["large"]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000_000)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--long", type=int, default=50_000)
    parser.add_argument("--opened", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    results: dict[str, Any] = {"asked": vars(options), "machine": hosts.machine()}
    for database in options.database:
        with ExitStack() as stack:
            small = open_site(stack, database, *SMALL, 0, options.opened)
            large = open_site(stack, database, options.messages, options.conversations, options.long, options.opened)
            with hosts.driving():
                measured = asyncio.run(measure(small, large, options.rounds))
            results[database] = {
                "measured": measured,
                "filled": {"small": small.filled, "large": large.filled},
                "plans": {"small": small.plans(), "large": large.plans()},
            }
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
