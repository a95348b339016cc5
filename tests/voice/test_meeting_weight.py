"""The pages around a meeting stay light for everybody: few questions to the database, and a small page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.care.models import TeamRole
from tests.care.conftest import StopTime, stop_time
from tests.care.meetings import proposed, seated
from tests.care.plans import opened
from tests.clocks.conftest import at
from tests.voice.meetings import answered, asked, brought, given, written
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
__all__ = ["at", "stop_time"]

QUESTIONS, BYTES = 12, 30 * 1024
MEETING = 20  # a meeting stands with its guests, its agenda, its record and what the family asked for


def test_every_page_around_a_meeting_is_light(world: World, stop_time: StopTime) -> None:
    plan = opened(world)
    seated(world, plan, world.peer, TeamRole.PEER)
    pulses = asked(world, plan)
    answered(pulses["youth"], words="x" * 400, reader="team")
    answered(pulses["caregiver"], words="x" * 400, reader="peer")
    meeting = proposed(world.caregiver, plan)
    for number in range(20):
        brought((world.caregiver, world.youth, world.facilitator)[number % 3], meeting, f"{number} " + "x" * 200)
    for number in range(12):
        kind, fate = (("leave_out", "keeper"), ("say", "peer"))[number % 2]
        given(world.caregiver, meeting, f"{number} " + "x" * 200, fate, kind)
        written(world.youth, meeting, f"{number} " + "x" * 200)
    ahead, over = f"/meetings/{meeting.public_id}/", f"/meetings/{pulses['youth'].meeting.public_id}/"
    pages = {
        "caregiver": (
            *(ahead, over, f"{ahead}agenda/", f"{ahead}prepare/", f"{ahead}prepare/print/"),
            *(f"/how-was-it/{pulses['caregiver'].public_id}/", "/how-meetings-go/"),
        ),
        "youth": (ahead, over, f"{ahead}agenda/", f"{ahead}prepare/"),
        "facilitator": (ahead, over, f"{ahead}agenda/"),
        "liaison": (ahead, over, f"{ahead}agenda/"),
        "peer": (ahead, f"{ahead}agenda/", "/given/"),
        "lead": ("/meeting-results/", "/meeting-results/publish/"),
    }
    stop_time(timezone.now().replace(second=0))
    heavy = [one for who, paths in pages.items() for one in _weighed(signed_in(None, getattr(world, who)), who, paths)]
    assert not heavy, "\n\n".join(heavy)


def _weighed(browser: Client, who: str, paths: tuple[str, ...]) -> list[str]:
    found = []
    for path in paths:
        browser.get(path)
        with CaptureQueriesContext(connection) as questions:
            answer = browser.get(path, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200, (who, path)
        asked_for = [
            one["sql"] for one in questions.captured_queries if "SAVEPOINT" not in one["sql"]
        ]  # the test's own
        is_meeting = path.startswith("/meetings/") and path.count("/") == 3
        if len(asked_for) > (MEETING if is_meeting else QUESTIONS) or len(answer.content) > BYTES:
            most = "\n".join(one[:110] for one in asked_for)
            found.append(f"{who} {path}: {len(asked_for)} questions, {len(answer.content)} bytes\n{most}")
    return found
