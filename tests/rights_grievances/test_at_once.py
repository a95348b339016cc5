"""Somebody writes on a case in the moment in which one of its dates passes: one comes after the other, and neither is lost."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal.access import grievances as access
from portal.clocks.actions import add_closure
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from rights_grievances import actions
from rights_grievances.actions.appeals import file_appeal
from rights_grievances.models import AdverseNotice, Case, CaseStep
from tests.rights_grievances.telling import clock_of, fresh, tell
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

LONGEST = 5.0  # seconds until the other one has come as far as it comes


def passes(case: Case, rule: str) -> Clock:
    """That date of the case has passed, and the next round of a worker sees it."""
    clock, now = clock_of(case, rule), timezone.now()
    Clock.objects.filter(pk=clock.pk).update(
        due_at=now - dt.timedelta(seconds=2), next_fire_at=now - dt.timedelta(seconds=1)
    )
    return clock


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any], other: Callable[[], Any]) -> None:
    """`other` begins as soon as `act` holds its case, and `act` goes on once `other` waits for something, or is done."""
    holds, is_done = threading.Event(), threading.Event()
    asked = access.may_handle

    def waits(*args: Any) -> bool:
        if not holds.is_set():
            holds.set()
            until = time.monotonic() + LONGEST
            while connection.vendor == "postgresql" and not is_done.is_set() and time.monotonic() < until:
                if _somebody_waits():
                    break
                time.sleep(0.02)
        return asked(*args)

    def first() -> None:
        try:
            act()
        finally:
            connection.close()

    def second() -> None:
        try:
            assert holds.wait(timeout=30)
            other()
        finally:
            is_done.set()
            connection.close()

    monkeypatch.setattr(access, "may_handle", waits)
    with ThreadPoolExecutor(2) as threads:
        for running in [threads.submit(first), threads.submit(second)]:
            running.result(timeout=60)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def test_a_date_that_passes_while_somebody_writes_on_the_case_waits_and_then_passes(
    world_committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tell(world_committed)
    passes(case, "PROMISE-ACK")
    meanwhile(
        monkeypatch,
        lambda: actions.acknowledge_case(actor=world_committed.coordinator, case=case),
        fire_due,
    )
    assert fresh(case).state == Case.State.ACKNOWLEDGED
    assert clock_of(case, "PROMISE-ACK").state == Clock.State.MET
    assert not CaseStep.objects.filter(case=case, kind="promise_missed").exists()


def test_who_says_no_to_a_late_answer_waits_for_who_writes_on_the_late_case(
    world_committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The appeal is a case of its own, and keeps the last day that runs in the other one."""
    world = world_committed
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance", reasons=["a"])
    actions.confirm_receipt(actor=world.coordinator, case=case)
    passes(case, "GRIEVANCE-RESOLVE")
    fire_due()
    notice = AdverseNotice.objects.get(case=case, told="delay")
    meanwhile(
        monkeypatch,
        lambda: actions.acknowledge_case(actor=world.coordinator, case=case),
        lambda: file_appeal(actor=world.caregiver, notice=notice),
    )
    assert fresh(case).state == Case.State.ACKNOWLEDGED
    assert Case.objects.filter(before=case, kind="appeal").count() == 1


def test_offices_close_while_somebody_writes_on_a_case(world_committed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = tell(world_committed)
    due_on = clock_of(case, "PROMISE-ACK").due_on
    assert due_on is not None
    before = (due_on - dt.timedelta(days=back) for back in range(7))
    day = next(one for one in before if one.weekday() < 5)
    meanwhile(
        monkeypatch,
        lambda: actions.acknowledge_case(actor=world_committed.coordinator, case=case),
        lambda: add_closure(actor=None, program=world_committed.program, name="Storm", first_on=day),
    )
    assert fresh(case).state == Case.State.ACKNOWLEDGED
    assert clock_of(case, "PROMISE-ACK").state == Clock.State.MET
