"""Servers, Redis and PostgreSQL killed at random under load: what was acknowledged is stored once and read by everybody.

The numbers of a failed run come back with FAULTS_SEED set to what it printed; what the machine does in between does not.
"""

from __future__ import annotations

import asyncio
import copy
import json
import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests import faults, migrated
from tests.messaging.crowd import ANSWER_PATIENCE, Crowd
from tests.messaging.ledger import Connection, Ledger, Reader, Written, read_store
from tests.messaging.tabs import all_read, tab

ROUNDS = 20
TALKS = 3
ENOUGH = 10  # messages acknowledged before and after each kill, at least

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="kills whole programs by what /proc says")


@dataclass
class Town:
    """Two servers on one PostgreSQL with a Redis between them, or one on SQLite, and conversations nobody has written in."""

    database: str
    sites: list[faults.Site]
    talks: list[dict[str, Any]]
    programs: dict[str, faults.Program] = field(default_factory=dict)

    def some_talks(self, count: int = TALKS) -> list[dict[str, Any]]:
        """No test finds what another one wrote."""
        taken, self.talks = self.talks[:count], self.talks[count:]
        return taken


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with ExitStack() as stack:
        url, postgres = stack.enter_context(faults.postgres())
        redis_url, redis = stack.enter_context(faults.redis())
        env, talks = faults.make_talks(tmp_path_factory.mktemp("town"), url, 3 * TALKS + 1)
        sites = stack.enter_context(faults.sites(env | {"REDIS_URL": redis_url}, 2))
        yield Town(url, sites, talks, {"postgres": postgres, "redis": redis})


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("village")
    database = folder / "village.sqlite3"
    env, talks = faults.make_talks(folder, migrated.sqlite(database), TALKS)
    with faults.sites(env) as sites:
        yield Town(str(database), sites, talks)


@pytest.fixture
def chance() -> random.Random:
    seed = os.environ.get("FAULTS_SEED") or str(random.SystemRandom().getrandbits(32))
    print(f"FAULTS_SEED={seed}")  # shown with a test that failed
    return random.Random(seed)


async def rounds(crowd: Crowd, victims: list[faults.Program], chance: random.Random) -> None:
    """Each round: load, a kill at a random moment of it, a while without, the same program again, and more load."""
    for _ in range(ROUNDS):
        await crowd.go_on(ENOUGH)
        await asyncio.sleep(chance.uniform(0, 0.5))
        victim = chance.choice(victims)
        await asyncio.to_thread(victim.kill)
        await asyncio.sleep(chance.uniform(0, 0.3))
        await asyncio.to_thread(victim.start)
        await crowd.go_on(ENOUGH)


async def series(town: Town, victims: list[faults.Program], chance: random.Random) -> None:
    talks = town.some_talks()
    names = [talk["conversation"] for talk in talks]
    async with Crowd(town.sites, talks, chance) as crowd:
        await rounds(crowd, victims, chance)
        await crowd.come_to_rest(lambda: read_store(town.database, names))
        ledger = crowd.ledger
        assert ledger.faults() == []
        assert ledger.out_of_turn([phone.name for phone in crowd.phones if phone.at_once == 1]) == []
        assert len(ledger.acknowledged) == len(ledger.written) >= 2 * ROUNDS * ENOUGH
        assert min(len(reader.connections) for reader in ledger.readers) >= 1
        for talk in talks:
            for site in town.sites:
                await asyncio.to_thread(assert_the_page_shows_it, site, talk, ledger)
        connections = sum(len(reader.connections) for reader in ledger.readers)
        print(f"{len(ledger.written)} messages in {connections} connections of {len(ledger.readers)} pages")


def assert_the_page_shows_it(site: faults.Site, talk: dict[str, Any], ledger: Ledger) -> None:
    """What a page without a socket asks for, and the page itself, as either person gets it."""
    path, rows = f"/conversations/{talk['conversation']}/", ledger.stored[talk["conversation"]]
    for person in talk["people"]:
        seen: list[dict[str, Any]] = []
        more = True
        while more:
            after = seen[-1]["seq"] if seen else 0
            status, text = site.get(f"{path}messages/?after={after}", person["cookie"], "application/json")
            assert status == 200
            answer = json.loads(text)
            seen, more = seen + answer["messages"], answer["more"]
        assert [(message["seq"], message["key"]) for message in seen] == rows
        assert all(message["body"] == ledger.written[message["key"]].body for message in seen)
        status, page = site.get(path, person["cookie"])
        assert status == 200
        assert all(f'data-key="{key}"' in page for _seq, key in rows[-50:])


@pytest.mark.slow
@needs_proc
async def test_a_killed_server_loses_doubles_and_reorders_nothing(town: Town, chance: random.Random) -> None:
    await series(town, list(town.sites), chance)


@pytest.mark.slow
@needs_proc
async def test_a_killed_redis_loses_doubles_and_reorders_nothing(town: Town, chance: random.Random) -> None:
    await series(town, [town.programs["redis"]], chance)


@pytest.mark.slow
@needs_proc
async def test_a_killed_postgresql_loses_doubles_and_reorders_nothing(town: Town, chance: random.Random) -> None:
    """Nobody restarts the servers: they find the database again by themselves."""
    await series(town, [town.programs["postgres"]], chance)


@pytest.mark.slow
@needs_proc
async def test_while_postgresql_is_away_every_sender_is_told_so_within_seconds(town: Town) -> None:
    """Both by the socket and by a plain request; with the database all goes on, also what was refused meanwhile."""
    ledger, postgres, (talk,) = Ledger(), town.programs["postgres"], town.some_talks(1)
    path, cookie = f"/conversations/{talk['conversation']}/", talk["people"][0]["cookie"]
    async with tab(town.sites[0], ledger, talk, 0) as hers, tab(town.sites[1], ledger, talk, 1) as theirs:
        for page in (hers, theirs):  # whoever is answered has been welcomed: that, too, is asked of the database
            await page.say("it is there")
        for leave in (postgres.kill, lambda: postgres.stop(signal.SIGINT)):
            await asyncio.to_thread(leave)
            keys = {
                page: [await page.say(f"{n}: it is away", ANSWER_PATIENCE) for n in range(3)] for page in (hers, theirs)
            }
            for page, sent in keys.items():
                assert [page.refused[key] for key in sent] == [["unavailable"]] * 3
            async with asyncio.timeout(ANSWER_PATIENCE):
                status, _text = await asyncio.to_thread(town.sites[0].get, path, cookie)
            assert status >= 500
            await asyncio.to_thread(postgres.start)
            for page, sent in keys.items():
                for key in sent:
                    await page.insist(key)
        assert not hers.ended.is_set()
        assert not theirs.ended.is_set()
        await all_read(ledger, read_store(town.database, [talk["conversation"]]))
    assert ledger.faults() == []


@pytest.mark.slow
@needs_proc
async def test_the_only_server_killed_on_sqlite_loses_doubles_and_reorders_nothing(
    village: Town, chance: random.Random
) -> None:
    await series(village, list(village.sites), chance)


# -- the check itself -------------------------------------------------------------------------------------------------------

TALK = "talk"


def good() -> Ledger:
    """Two write in turn, the first is cut off after 4, and somebody else of them only reads."""
    keys = [f"key {n}" for n in range(1, 9)]
    ledger = Ledger(stored={TALK: list(enumerate(keys, 1))})
    for n, key in enumerate(keys, 1):
        ledger.written[key] = Written(TALK, "first" if n % 2 else "second", key)
        ledger.acknowledged[key] = {n}
    every = [("message", n, key) for n, key in enumerate(keys, 1)]
    mine = [("stored" if n % 2 else "message", n, key) for n, key in enumerate(keys, 1)]
    ledger.readers = [
        Reader("first", TALK, [Connection(0, mine[:4]), Connection(3, [every[3], *mine[4:]])]),
        Reader("reader", TALK, [Connection(0, every[:5]), Connection(5, every[5:])]),
    ]
    return ledger


def lost_in_the_store(ledger: Ledger) -> None:
    ledger.stored[TALK].pop()


def lost_though_numbers_close_up(ledger: Ledger) -> None:
    del ledger.stored[TALK][3]
    ledger.stored[TALK] = [(n, key) for n, (_seq, key) in enumerate(ledger.stored[TALK], 1)]


def lost_unacknowledged(ledger: Ledger) -> None:
    ledger.write("key 9", TALK, "first", "sent and sent again")


def doubled_in_the_store(ledger: Ledger) -> None:
    ledger.stored[TALK].append((9, "key 3"))


def numbered_with_a_hole(ledger: Ledger) -> None:
    ledger.stored[TALK][-1] = (9, "key 8")


def swapped_in_the_store(ledger: Ledger) -> None:
    rows = ledger.stored[TALK]
    rows[1], rows[2] = (2, rows[2][1]), (3, rows[1][1])


def invented(ledger: Ledger) -> None:
    del ledger.written["key 2"]
    del ledger.acknowledged["key 2"]


def acknowledged_twice_differently(ledger: Ledger) -> None:
    ledger.acknowledged["key 4"].add(5)


def lost_to_a_reader(ledger: Ledger) -> None:
    del ledger.readers[1].connections[1].told[1]


def lost_at_the_end(ledger: Ledger) -> None:
    del ledger.readers[1].connections[1].told[-1]


def lost_to_who_writes(ledger: Ledger) -> None:
    del ledger.readers[0].connections[1].told[2]


def lost_in_the_last_connection_only(ledger: Ledger) -> None:
    ledger.readers[0].connections[1].after = 1


def doubled_to_a_reader(ledger: Ledger) -> None:
    told = ledger.readers[1].connections[1].told
    told.insert(1, told[0])


def doubled_across_connections(ledger: Ledger) -> None:
    ledger.readers[1].connections[1].told.insert(0, ("message", 5, "key 5"))


def own_message_sent_back(ledger: Ledger) -> None:
    ledger.readers[0].connections[0].told.insert(1, ("message", 1, "key 1"))


def reordered(ledger: Ledger) -> None:
    told = ledger.readers[1].connections[0].told
    told[1], told[2] = told[2], told[1]


def below_what_was_asked(ledger: Ledger) -> None:
    ledger.readers[0].connections[1].told.insert(0, ("message", 2, "key 2"))


def another_message_under_that_number(ledger: Ledger) -> None:
    ledger.readers[1].connections[0].told[1] = ("message", 2, "key 3")


@pytest.mark.parametrize(
    "spoil",
    [
        lost_in_the_store,
        lost_though_numbers_close_up,
        lost_unacknowledged,
        doubled_in_the_store,
        numbered_with_a_hole,
        swapped_in_the_store,
        invented,
        acknowledged_twice_differently,
        lost_to_a_reader,
        lost_at_the_end,
        lost_to_who_writes,
        lost_in_the_last_connection_only,
        doubled_to_a_reader,
        doubled_across_connections,
        own_message_sent_back,
        reordered,
        below_what_was_asked,
        another_message_under_that_number,
    ],
)
def test_the_check_notices_what_is_wrong(spoil: Callable[[Ledger], None]) -> None:
    ledger = good()
    assert copy.deepcopy(ledger).faults() == []
    spoil(ledger)
    assert ledger.faults() != []


def test_the_check_notices_who_was_stored_out_of_turn() -> None:
    ledger = good()
    assert ledger.out_of_turn(["first", "second"]) == []
    ledger.written = dict(reversed(ledger.written.items()))
    assert ledger.out_of_turn(["first"]) == ["first wrote in another order"]
