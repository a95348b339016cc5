"""Floods, giant frames, stuck phones, a storm of pages and a full disk, against a real server: who did nothing is served."""

from __future__ import annotations

import asyncio
import math
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from messaging.history import MOST
from messaging.writer import writer
from portal import pool, wire
from tests import faults, migrated
from tests.messaging.crowd import ANSWER_PATIENCE, until
from tests.messaging.ledger import Ledger, Reader, read_store
from tests.messaging.tabs import Tab, Talk, all_read, narrow, tab, tabs, write_much

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks after its server by /proc"),
]
MIB = 1_048_576
LONG = "🌿" * 3_990  # as many bytes as a message may have: 16 KB
KERNEL = 4 * MIB  # what Linux holds at most for one connection, beside what the server does


@dataclass
class Village:
    """One server on SQLite, and conversations nobody has written in."""

    site: faults.Site
    database: str
    talks: list[Talk]

    def talk(self) -> Talk:
        return self.talks.pop()

    def stored(self, ledger: Ledger) -> dict[str, list[tuple[int, str]]]:
        return read_store(self.database, sorted({reader.conversation for reader in ledger.readers}))


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    folder = tmp_path_factory.mktemp("village")
    database = folder / "village.sqlite3"
    env, talks = faults.make_talks(folder, migrated.sqlite(database), 20)
    with faults.sites(env) as (site,):
        yield Village(site, str(database), talks)


async def go_on_writing(page: Tab, done: asyncio.Event) -> int:
    """Somebody who does nothing wrong, one message after the other: each is stored before the page would take it for lost."""
    count = 0
    while not done.is_set():
        key = await page.say(f"{count}", ANSWER_PATIENCE)
        assert key in page.stored, page.refused
        count += 1
        await asyncio.sleep(0.02)
    return count


async def test_who_sends_a_thousand_a_second_is_held_back_and_nobody_else_is(village: Village) -> None:
    ledger, talk, elsewhere, count = Ledger(), village.talk(), village.talk(), 3_000
    async with (
        tab(village.site, ledger, talk, 0) as flood,
        tab(village.site, ledger, talk, 1) as partner,
        tab(village.site, ledger, elsewhere, 0) as neighbour,
    ):
        done = asyncio.Event()
        others = [asyncio.create_task(go_on_writing(page, done)) for page in (partner, neighbour)]
        began = time.monotonic()
        for n in range(count):
            await flood.send(f"{n}")
            await asyncio.sleep(max(0.0, began + n / 1_000 - time.monotonic()))
        await until(lambda: len(flood.stored) + len(flood.refused) == count, "every frame of the flood is answered")
        took = time.monotonic() - began
        done.set()
        assert min(await asyncio.gather(*others)) >= 3
        assert Counter(code for codes in flood.refused.values() for code in codes) == {
            "rate_limited": count - len(flood.stored)
        }
        rate = writer.allowance.rate
        assert 2 * rate <= len(flood.stored) <= 2 * rate + math.ceil(took * rate) < count
        await all_read(ledger, village.stored(ledger))
        assert ledger.faults(given_up=set(flood.refused)) == []
        await flood.insist(next(iter(flood.refused)))


def giant_frames() -> dict[str, bytes]:
    """What is written to the socket; of most only the beginning ever arrives."""
    mask, part = bytes(4), b"x" * 60_000
    size = MIB.to_bytes(8, "big")
    first, later = (bytes((kind, 0xFE)) + len(part).to_bytes(2, "big") + mask + part for kind in (0x01, 0x00))
    return {
        "text": b"\x81\xff" + size + mask + b"x" * MIB,
        "binary": b"\x82\xff" + size + mask + b"x" * MIB,
        "only the heading of a terabyte": b"\x81\xff" + (2**40).to_bytes(8, "big") + mask,
        "in parts": first + later * 17,
    }


@pytest.mark.parametrize("kind", giant_frames())
async def test_a_giant_frame_ends_its_own_socket_and_takes_no_memory(village: Village, kind: str) -> None:
    ledger, talk, elsewhere = Ledger(), village.talk(), village.talk()
    frame, senders = giant_frames()[kind], 20
    people = [(talk, n % 2) for n in range(senders)]
    async with tabs(village.site, ledger, people) as pages, tab(village.site, ledger, elsewhere, 0) as neighbour:
        await neighbour.say("before")
        before = village.site.forget_peak()
        for page in pages:
            page.line.transport.write(frame)
        done = asyncio.Event()
        writing = asyncio.create_task(go_on_writing(neighbour, done))
        await until(lambda: all(page.ended.is_set() for page in pages), "every socket with such a frame is closed")
        done.set()
        await writing
        assert village.site.peak() - before < senders * wire.LONGEST_FRAME * 2 + 4 * MIB
        assert {page.line.close_code for page in pages} <= {
            1009,
            1006,
        }  # too big, or cut off while it was still sending
        await all_read(ledger, village.stored(ledger))
        assert ledger.faults() == []


async def test_six_pages_of_one_person_agree_and_none_is_told_its_own(village: Village) -> None:
    ledger, talk, count = Ledger(), village.talk(), 60
    people = [(talk, 0)] * 6
    async with tabs(village.site, ledger, people) as pages, tab(village.site, ledger, talk, 1) as partner:
        for n in range(count):
            await pages[n % 6].send(f"{n}")
        await until(lambda: partner.reader.after == count, "the partner has read all")
        await all_read(ledger, village.stored(ledger))
        assert ledger.faults() == []
        for page in pages:
            (connection,) = page.reader.connections
            told = Counter(kind for kind, _seq, _key in connection.told)
            assert told == {"stored": count / 6, "message": count - count / 6}
            assert len({seq for _kind, seq, _key in connection.told}) == count


async def test_three_hundred_pages_that_come_back_at_once_are_all_let_in_and_miss_nothing(village: Village) -> None:
    ledger, talks = Ledger(), [village.talk() for _ in range(4)]
    for talk in talks:
        await write_much(village.site, ledger, talk, 40)
    people = [(talk, who) for _ in range(38) for talk in talks for who in (0, 1)][:300]
    readers: list[Reader] = []
    for storm in ("the first", "after a restart"):
        async with tabs(village.site, ledger, people, readers) as pages:
            readers = [page.reader for page in pages]
            for page in pages[:8]:
                for n in range(5):
                    await page.send(f"{n} in {storm}")
            await until(lambda: all(len(page.stored) == 5 for page in pages[:8]), "all is stored")
            await all_read(ledger, village.stored(ledger))
            assert not any(page.ended.is_set() for page in pages)
            await asyncio.to_thread(village.site.kill)
            await until(lambda: all(page.ended.is_set() for page in pages), "all are cut off")
        await asyncio.to_thread(village.site.start)
    assert ledger.faults() == []
    assert {len(reader.connections) for reader in readers} == {2}


async def test_who_stops_reading_is_cut_off_costs_little_and_resumes_whole(village: Village) -> None:
    """Twenty phones fall asleep while the two talk on."""
    ledger, talk, elsewhere, count = Ledger(), village.talk(), village.talk(), 500
    async with (
        AsyncExitStack() as stack,
        tab(village.site, ledger, talk, 0) as hers,
        tab(village.site, ledger, talk, 1) as theirs,
        tab(village.site, ledger, elsewhere, 0) as neighbour,
    ):
        asleep = [
            await stack.enter_async_context(tab(village.site, ledger, talk, 0, sock=narrow(village.site, 4_096)))
            for _ in range(20)
        ]
        await theirs.say("good night")
        await until(lambda: all(page.reader.after == 1 for page in asleep), "everybody is there")
        for page in asleep:
            page.stop_reading()
        before = village.site.forget_peak()
        done = asyncio.Event()
        writing = asyncio.create_task(go_on_writing(neighbour, done))
        for n in range(count):
            await (hers, theirs)[n % 2].send(LONG)
            await until(lambda: n - len(hers.stored) - len(theirs.stored) < 20, "both are answered")  # noqa: B023
        await until(lambda: len(hers.stored) + len(theirs.stored) == count + 1, "both are answered to the end")
        await until(lambda: all(page.is_cut_off() for page in asleep), "who sleeps is cut off")
        done.set()
        assert await writing >= 3
        assert len(hers.reader.connections) == len(theirs.reader.connections) == 1
        assert not any(page.ended.is_set() for page in (hers, theirs))
        grown = village.site.peak() - before
        assert grown < len(asleep) * 2 * MIB + 24 * MIB < len(asleep) * (count * len(LONG.encode()) - KERNEL)
        for page in asleep:
            await stack.enter_async_context(tab(village.site, ledger, talk, 0, reader=page.reader))
        await all_read(ledger, village.stored(ledger))
        assert ledger.faults() == []


async def test_who_reads_slowly_gets_a_long_history_whole_and_is_not_cut_off(village: Village) -> None:
    """What waits for a page is bounded, what it asked for is not: the server goes at the page's own pace."""
    ledger, talk, count = Ledger(), village.talk(), 3_600
    await write_much(village.site, ledger, talk, count, LONG)
    await all_threads_have_read(village)
    async with (
        tab(village.site, ledger, talk, 1) as partner,
        tab(village.site, ledger, talk, 0, pause=0.05, sock=narrow(village.site, 65_536), max_queue=1) as slow,
    ):
        before = village.site.forget_peak()
        for n in range(30):
            await partner.say(f"{n}: still there?")
        assert slow.reader.after < count, "it was not slow"
        slow.pause = 0.001  # slow enough, and the test ends
        await all_read(ledger, village.stored(ledger))
        assert not slow.ended.is_set()
        assert len(slow.reader.connections) == 1
        # The same for a history twice as long: on a busy machine 14 to 25 MiB. Held whole it would be 55, as text or as frames.
        assert village.site.peak() - before < 40 * MIB < count * len(LONG.encode())
        assert ledger.faults() == []


async def all_threads_have_read(village: Village) -> None:
    """As much at once as one ever reads: what a server takes for its first pages and keeps, up to 45 MiB, is no history held."""
    ledger, talk = Ledger(), village.talk()
    await write_much(village.site, ledger, talk, MOST, LONG)
    async with tabs(village.site, ledger, [(talk, n % 2) for n in range(pool.THREADS)]):
        await all_read(ledger, village.stored(ledger))


async def test_a_disk_that_is_full_is_said_pages_go_on_and_with_room_so_does_everything(village: Village) -> None:
    ledger, talk = Ledger(), village.talk()
    path = f"/conversations/{talk['conversation']}/"
    cookie = talk["people"][0]["cookie"]
    async with tab(village.site, ledger, talk, 0) as hers, tab(village.site, ledger, talk, 1) as theirs:
        await hers.say("there is room")
        for _ in range(2):
            village.site.limit_files(4_096)
            try:
                keys = [await hers.say(f"{n}: there is none", ANSWER_PATIENCE) for n in range(5)]
                assert all(hers.refused[key] == ["unavailable"] for key in keys)
                status, page = await asyncio.to_thread(village.site.get, path, cookie)
                assert status == 200
                assert "there is room" in page
            finally:
                village.site.limit_files(resource.RLIM_INFINITY)
            for key in keys:
                await hers.insist(key)
            await theirs.say("there is room again")
        await all_read(ledger, village.stored(ledger))
        assert ledger.faults() == []
        assert all(hers.refused[key] == ["unavailable"] for key in hers.refused)
