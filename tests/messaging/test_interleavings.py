"""Any interleaving of what people, processes and networks do gives each reader the same gapless history.

Pages are open in two processes on one database: in this one, through the server's own application, and in a real server
beside it. On SQLite nothing is told from one to the other, as when Redis is gone: what one process stored reaches the pages
of the other by looking at the numbers. On PostgreSQL a real Redis is between them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench.hosts import site_env
from messaging.actions import open_conversation
from messaging.models import Conversation
from tests import faults
from tests.messaging.play import SLOTS, Run
from tests.world import World, cookies_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="starts a server that is looked after by /proc"),
]

TALKS = 2
OPEN_AT_FIRST = (0, 2, 3)


# -- what may happen --------------------------------------------------------------------------------------------------------

slots = st.integers(0, len(SLOTS) - 1)
talks = st.integers(0, TALKS - 1)
# None for a message not sent before, a number for one of those the person sent in that conversation already.
which = st.one_of(st.none(), st.none(), st.integers(0, 50))
backs = st.sampled_from([0, 0, 0, 1, 3, 1_000])

Step = tuple[str, tuple[Any, ...]]
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("open"), st.tuples(slots, backs)),
    st.tuples(st.just("open"), st.tuples(slots, backs)),
    st.tuples(st.just("close"), st.tuples(slots)),
    st.tuples(st.just("send"), st.tuples(slots, talks, which)),
    st.tuples(st.just("send"), st.tuples(slots, talks, which)),
    st.tuples(st.just("send"), st.tuples(slots, talks, which)),
    st.tuples(st.just("post"), st.tuples(slots, talks, which)),
    st.tuples(st.just("look"), st.tuples()),
    st.tuples(st.just("breathe"), st.tuples(st.integers(0, 30))),
    st.tuples(st.just("pause"), st.tuples(talks)),
    st.tuples(st.just("go_on"), st.tuples(talks)),
    st.tuples(st.just("end"), st.tuples(talks)),
)


# -- the property -----------------------------------------------------------------------------------------------------------


def database_url() -> str:
    """The database of this test, as another process finds it."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:////{str(named['NAME']).lstrip('/')}"
    return f"postgresql://{named['USER']}@/{named['NAME']}?host={named['HOST']}"


def new_talks(world: World) -> list[Conversation]:
    members = [(world.caregiver, None), (world.peer, world.peer_role)]
    return [open_conversation(actor=world.liaison, family=world.family, members=[*members]) for _ in range(TALKS)]


async def play(run: Run, steps: list[Step]) -> None:
    for n, (who, where) in enumerate(SLOTS):
        run.seat(f"page {n}, {who}, {where}")
    try:
        for slot in OPEN_AT_FIRST:
            await run.open(slot, 0)
        for name, arguments in steps:
            step: Callable[..., Awaitable[None]] = getattr(run, name)
            await step(*arguments)
        await run.come_to_rest()
        run.check()
    finally:
        for page in run.pages:
            if page.listening is not None:
                page.listening.cancel()
        await asyncio.gather(*run.posts, return_exceptions=True)


def test_any_interleaving_gives_each_reader_the_same_gapless_history(world_committed: World) -> None:
    world = world_committed
    cookies = {"caregiver": cookies_of(world.caregiver), "peer": cookies_of(world.peer)}
    env = site_env(Path(site_settings.VAR), database_url()) | {"REDIS_URL": site_settings.REDIS_URL}
    with faults.sites(env) as (there,), asyncio.Runner() as runner:

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(STEPS, min_size=5, max_size=60))
        @example([("pause", (0,)), ("send", (0, 0, None)), ("go_on", (0,)), ("send", (0, 0, None))])
        @example([("pause", (0,)), ("send", (3, 0, None)), ("end", (0,)), ("send", (3, 0, None))])
        def holds(steps: list[Step]) -> None:
            runner.run(play(Run(world, there, cookies, new_talks(world)), steps))

        holds()
