"""Checks and trainings that end: told 60, 30 and 7 days before and once they have ended, each time once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_support import actions
from peer_support.actions import expiring
from peer_support.models import Credential
from portal import worker
from portal.access import peers as access
from portal.accounts.models import Person
from portal.notices.actions import mark_all_read
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from tests.peer_support.ready import ready
from tests.world import World

pytestmark = pytest.mark.both_databases

TITLE = "First aid"


def paper(world: World, ends_in: int, role: StaffRole | None = None, **changes: object) -> Credential:
    today = world.program.today()
    fields: dict[str, object] = {"kind": "training", "title": TITLE} | changes
    return actions.add_credential(
        actor=world.lead,
        role=role or world.peer_role,
        issued_on=today - dt.timedelta(days=100),
        expires_on=today + dt.timedelta(days=ends_in),
        **fields,  # type: ignore[arg-type]
    )


def days_from_now(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    later = dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)


def told(person: Person) -> list[str]:
    about = Notice.objects.filter(person=person, about__startswith="credential:").order_by("pk")
    return [one.about.rpartition(":")[2] for one in about]


def test_each_warning_comes_once_to_the_person_and_their_supervisor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    credential = paper(world, 61)
    seen = []
    for day in range(64):
        days_from_now(monkeypatch, day)
        for _worker in range(2):
            for _ in range(actions.warn_expiring()):
                seen.append(61 - day)
        mark_all_read(person=world.peer)
    assert seen == [60, 30, 7, -1]
    assert told(world.peer) == told(world.supervisor) == ["60", "30", "7", "0"]
    kinds = Notice.objects.filter(person=world.peer, about__startswith=f"credential:{credential.public_id}")
    assert list(kinds.order_by("pk").values_list("kind", flat=True)) == [*["clock_near"] * 3, "clock_missed"]
    assert set(kinds.values_list("path", flat=True)) == {f"/peers/{world.peer_role.public_id}/"}


def test_after_an_outage_only_the_warning_that_still_fits_is_given(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper(world, 61)
    days_from_now(monkeypatch, 50)
    assert actions.warn_expiring() == 1
    assert told(world.peer) == ["30"]
    days_from_now(monkeypatch, 70)
    assert actions.warn_expiring() == 1
    assert told(world.peer) == ["30", "0"]


def test_nobody_is_told_of_what_is_renewed_withdrawn_without_end_or_of_somebody_who_left(world: World) -> None:
    paper(world, 20)
    paper(world, 400)
    withdrawn = paper(world, 20, title="Other")
    actions.withdraw_credential(actor=world.lead, credential=withdrawn)
    paper(world, 20, role=world.second_peer_role)
    StaffRole.objects.filter(pk=world.second_peer_role.pk).update(ended_at=timezone.now())
    ready(world.mentor_role, world.lead)
    assert actions.warn_expiring() == 0
    assert not Notice.objects.filter(about__startswith="credential:").exists()


def test_of_two_workers_with_the_same_row_in_hand_one_tells(world: World) -> None:
    credential, today = paper(world, 7), world.program.today()
    assert [expiring._tell(credential, [0, 7, 30], today) for _worker in range(2)] == [1, 0]
    assert told(world.peer) == ["7"]


def test_without_a_supervisor_the_leads_are_told(world: World) -> None:
    StaffRole.objects.filter(pk=world.supervisor_role.pk).update(ended_at=timezone.now())
    paper(world, 7)
    assert actions.warn_expiring() == 1
    assert told(world.lead) == told(world.peer) == ["7"]
    assert told(world.supervisor) == []
    paper(world, 7, role=world.stranger_peer_role)
    actions.warn_expiring()
    assert told(world.stranger_peer) == ["7"]


def test_the_day_turns_where_the_programme_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """In summer Louisiana's midnight is 5 in the morning, UTC."""
    ready(world.peer_role, world.lead)
    last = dt.date(2027, 7, 1)
    Credential.objects.filter(staff_role=world.peer_role).update(expires_on=last)
    Credential.objects.filter(staff_role=world.peer_role).update(warned_at_days=7)
    for moment, reasons, warned in (
        (dt.datetime(2027, 7, 2, 4, 59, tzinfo=dt.UTC), (), 0),
        (dt.datetime(2027, 7, 2, 5, 0, tzinfo=dt.UTC), ("clearance_expired", "training_expired"), 3),
    ):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert access.reasons_against(world.peer_role) == reasons
        assert actions.warn_expiring() == warned


def test_the_workers_round_warns_and_asks_once_for_each_programme_when_nothing_ends(world: World) -> None:
    paper(world, 5)
    assert worker.one_round()["expiring"] == 1
    with CaptureQueriesContext(connection) as asked:
        assert actions.warn_expiring() == 0
    assert len(asked) == 5  # the programmes, and one question for each
