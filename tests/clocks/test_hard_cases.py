"""What goes wrong at the edges of clocks: pauses that end early, rounds that are excused, dates told in the wrong order."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from portal.clocks import actions, ledger
from portal.clocks.actions import happenings
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock, ClockEvent, Matter
from portal.notices.models import Notice
from portal.programs import registry
from portal.programs.models import Program
from portal.programs.schema import Profile, Rule
from portal.programs.vocabulary import Event
from tests.clocks.conftest import SetTime
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CENTRAL, EASTERN = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York")
State = Clock.State
Kind = ClockEvent.Kind


def day(text: str, zone: ZoneInfo = EASTERN) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.fixture
def florida(world: World) -> Program:
    return Program.objects.get(slug="florida-care-coordination")


def happens(program: Program, event: Event, on: str, matter: Matter | None = None) -> list[Clock]:
    zone = program.zone
    return actions.record_happening(
        actor=None,
        program=program,
        event=event,
        at=day(on, zone),
        key=f"{event}:{on}",
        matter=matter or Matter(),
    )


def contacts(florida: Program) -> Clock:
    return next(one for one in happens(florida, Event.COORDINATION_STARTED, "2027-03-01") if one.kind == "window")


def periods(rule_id: str) -> list[tuple[int, str, str]]:
    found = Clock.objects.filter(rule_id=rule_id).order_by("period")
    return [(clock.period, clock.state, str(clock.due_on)) for clock in found]


def kinds(clock: Clock) -> list[str]:
    return list(clock.events.order_by("pk").values_list("kind", flat=True))


# -- standing still, and what ends it -----------------------------------------------------------------------------------


def test_a_week_that_is_kept_while_it_stands_still_is_followed_by_the_next(florida: Program, at: SetTime) -> None:
    at("2027-03-03T18:00")
    clock = contacts(florida)
    actions.pause_clock(actor=None, clock=clock, reason="family_said_not_now")
    at("2027-03-05T18:00")
    for on in ("2027-03-01T10:00", "2027-03-04", "2027-03-05T10:00"):
        happens(florida, Event.CONTACT_MADE, on)
    clock.refresh_from_db()
    # The third contact ends the pause: the days that stood still are left out, and the promise goes on.
    assert (clock.state, clock.due_on) == (State.MET, dt.date(2027, 3, 9))
    assert all("until" in one for one in clock.pauses)
    assert kinds(clock) == [Kind.STARTED, Kind.PAUSED, Kind.RESUMED, Kind.MET]
    at("2027-03-10T18:00")
    fire_due()
    assert periods("FL-CONTACT") == [(1, "met", "2027-03-09"), (2, "open", "2027-03-16")]


def test_the_days_it_stood_still_make_nothing_late(world: World, at: SetTime) -> None:
    at("2027-02-01T18:00")
    clock = actions.start_clock(
        actor=None,
        program=world.program,
        rule_id="SFH-DECISION",
        started_at=day("2027-02-01", CENTRAL),
        trigger_key="appeal",
        matter=Matter(family=world.family),
    )
    actions.pause_clock(actor=None, clock=clock, reason="family_had_not_asked_yet")
    at("2027-05-20T18:00")  # after the day it would have been due
    actions.meet_clock(actor=None, clock=clock)
    clock.refresh_from_db()
    assert (clock.state, clock.is_late) == (State.MET, False)


def test_a_week_that_could_not_be_is_excused_and_the_next_is_owed_all_the_same(florida: Program, at: SetTime) -> None:
    at("2027-03-03T18:00")
    actions.excuse_clock(actor=None, clock=contacts(florida), exception="no_answer", reason="Three calls, no answer")
    at("2027-03-08T18:00")
    fire_due()
    assert periods("FL-CONTACT") == [(1, "excused", "2027-03-07"), (2, "open", "2027-03-14")]
    assert fire_due() == 0
    at("2027-03-16T18:00")
    fire_due()
    second = Clock.objects.get(rule_id="FL-CONTACT", period=2)
    assert second.state == State.MISSED
    actions.excuse_clock(actor=None, clock=second, exception="refused", reason="Said in writing")
    fire_due()
    assert [period for period, _state, _due in periods("FL-CONTACT")] == [1, 2, 3]  # each once


def test_a_week_that_is_no_longer_owed_has_no_next_one(florida: Program, at: SetTime) -> None:
    at("2027-03-03T18:00")
    clock = actions.pause_clock(actor=None, clock=contacts(florida), reason="family_said_not_now")
    actions.cancel_clock(actor=None, clock=clock, reason="The family moved away.")
    at("2027-04-08T18:00")
    assert fire_due() == 0
    assert periods("FL-CONTACT") == [(1, "cancelled", "2027-03-07")]


# -- rules of other profiles ------------------------------------------------------------------------------------------


def with_rule(monkeypatch: pytest.MonkeyPatch, **parts: Any) -> None:
    """Florida's profile with one more rule."""
    profile: Profile = registry.profiles()["florida-care-coordination"]
    said = {"owner": "family", "duty_of": "programme", "plain": "It is.", "source": "A test", "certainty": "design"}
    made = {"id": "A-RULE", "version": 1, "effective_from": dt.date(2000, 1, 1), **said, **parts}
    rule = Rule.model_validate(made)
    known = registry.profiles() | {profile.slug: profile.model_copy(update={"clocks": (*profile.clocks, rule)})}
    monkeypatch.setattr(registry, "profiles", lambda: known)


ANCHORED = {
    "kind": "recurring",
    "trigger": "need_identified",
    "anchor": "enrolled",
    "length": 30,
    "unit": "calendar_days",
    "satisfied_by": "team_met",
}


def test_a_promise_that_comes_round_and_is_counted_from_another_date_goes_on_from_when_it_was_kept(
    florida: Program, at: SetTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_rule(monkeypatch, **ANCHORED)
    at("2027-04-20T18:00")
    happens(florida, Event.NEED_IDENTIFIED, "2027-02-20")
    happens(florida, Event.ENROLLED, "2027-03-01")
    happens(florida, Event.TEAM_MET, "2027-03-20")
    assert periods("A-RULE") == [(1, "met", "2027-03-31"), (2, "open", "2027-04-19")]
    fire_due()
    assert periods("A-RULE")[1:] == [(2, "missed", "2027-04-19"), (3, "open", "2027-05-19")]


def test_a_window_that_waits_for_its_date_holds_nothing_yet(
    florida: Program, at: SetTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = ANCHORED | {"kind": "window", "length": 7, "count": 1}
    with_rule(monkeypatch, **parts)
    at("2027-03-20T18:00")
    happens(florida, Event.TEAM_MET, "2027-03-03")
    happens(florida, Event.NEED_IDENTIFIED, "2027-02-20")
    assert periods("A-RULE") == [(1, "open", "None")]
    happens(florida, Event.ENROLLED, "2027-03-01")
    assert periods("A-RULE") == [(1, "open", "2027-03-07")]
    fire_due()
    assert periods("A-RULE") == [(1, "met", "2027-03-07"), (2, "missed", "2027-03-14"), (3, "open", "2027-03-21")]


def test_a_date_of_each_fiscal_year_is_owed_again_in_the_next(
    florida: Program, at: SetTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"kind": "deadline", "trigger": "fiscal_year_started", "length": 60, "unit": "calendar_days"}
    with_rule(monkeypatch, **parts, owner="programme", satisfied_by="report_filed")
    at("2027-03-01T18:00")
    actions.keep_program_clocks()
    at("2027-08-01T18:00")
    assert actions.keep_program_clocks() == 1
    assert actions.keep_program_clocks() == 0
    found = Clock.objects.filter(rule_id="A-RULE").order_by("due_on").values_list("due_on", flat=True)
    assert [str(due) for due in found] == ["2026-08-30", "2027-08-30"]


# -- dates told in any order --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "effective", "asked", "pass"])))
def test_the_last_day_to_keep_services_is_the_same_in_whatever_order_we_hear_of_it(
    world: World, at: SetTime, order: tuple[str, ...]
) -> None:
    """42 CFR 438.420(a): ten days after the notice or the day of the change, whichever is later."""
    at("2027-01-25T18:00")
    events = {
        "sent": (Event.ADVERSE_NOTICE_SENT, "2027-01-04"),
        "effective": (Event.CHANGE_EFFECTIVE, "2027-01-20"),
        "asked": (Event.CONTINUATION_REQUESTED, "2027-01-18T12:00"),
    }
    matter = Matter(family=world.family, subject="service", subject_id="1")
    for step in order:
        if step == "pass":
            fire_due()
        else:
            happens(world.program, *events[step], matter)
    clock = Clock.objects.get(rule_id="CONTINUE-SERVICES")
    assert (clock.state, clock.due_on, clock.is_late) == (State.MET, dt.date(2027, 1, 20), False)


def test_a_last_day_that_seemed_past_is_open_again_when_the_later_date_is_told(world: World, at: SetTime) -> None:
    matter = Matter(family=world.family, subject="service", subject_id="1")
    at("2027-01-05T18:00")
    happens(world.program, Event.ADVERSE_NOTICE_SENT, "2027-01-04", matter)
    at("2027-01-16T18:00")
    fire_due()
    clock = Clock.objects.get(rule_id="CONTINUE-SERVICES")
    assert clock.state == State.MISSED
    happens(world.program, Event.CHANGE_EFFECTIVE, "2027-01-20", matter)
    clock.refresh_from_db()
    assert (clock.state, clock.due_on) == (State.OPEN, dt.date(2027, 1, 20))
    happens(world.program, Event.CHANGE_EFFECTIVE, "2027-01-27", matter)  # put off: the later one holds
    happens(world.program, Event.CHANGE_EFFECTIVE, "2027-01-12", matter)
    clock.refresh_from_db()
    assert clock.due_on == dt.date(2027, 1, 27)
    assert Notice.objects.filter(person=world.caregiver, kind="clock_moved").count() == 2
    other = Matter(family=world.family, subject="service", subject_id="2")
    happens(world.program, Event.CHANGE_EFFECTIVE, "2027-02-01", other)
    clock.refresh_from_db()
    assert clock.due_on == dt.date(2027, 1, 27)


def test_what_was_kept_before_its_date_was_known_is_held_against_that_date(world: World, at: SetTime) -> None:
    at("2027-03-02T18:00")
    matter = Matter(family=world.faraway_family, subject="enrollment", subject_id="1")
    happens(world.other_program, Event.INTERAGENCY_DECIDED, "2027-02-01", matter)
    happens(world.other_program, Event.FAMILY_MET, "2027-02-20", matter)
    lead = Clock.objects.get(rule_id="MO-LEAD")
    assert (lead.state, lead.due_on) == (State.MET, None)
    happens(world.other_program, Event.ENROLLED, "2027-03-01", matter)
    lead.refresh_from_db()
    assert (lead.state, lead.due_on, lead.is_late) == (State.MET, dt.date(2027, 2, 15), True)
    assert not Notice.objects.filter(person=world.faraway_caregiver, kind="clock_moved").exists()  # it is done


# -- two at once ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_worker_can_begin_the_next_round_while_somebody_writes_about_that_family(world_committed: World) -> None:
    """It holds the promise's row by then, which the other is about to ask for: each would wait for the other for good."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    world = world_committed
    actions.start_clock(
        actor=None,
        program=world.program,
        rule_id="LA-TEAM",
        started_at=timezone.now() - dt.timedelta(days=31),
        trigger_key="joined",
        matter=Matter(family=world.family),
    )
    Clock.objects.exclude(rule_id="LA-TEAM").update(next_fire_at=None)
    fired: list[int] = []

    def work() -> None:
        try:
            fired.append(fire_due())
        finally:
            close_old_connections()
            connection.close()

    worker = threading.Thread(target=work)
    with transaction.atomic():
        happenings.hold(world.program, world.family)
        worker.start()
        worker.join(20)
        assert not worker.is_alive()
    assert fired == [1]
    assert Clock.objects.filter(rule_id="LA-TEAM").count() == 2


def test_the_working_keeps_the_closings_of_a_date_counted_back(world: World, at: SetTime) -> None:
    """Between the last day and the day it is counted back from, too: another list of holidays changes nothing there."""
    at("2027-02-01T18:00")
    rule = Rule.model_validate(
        {
            "id": "A-RULE",
            "version": 1,
            "effective_from": dt.date(2000, 1, 1),
            "kind": "backward",
            "trigger": "change_effective",
            "anchor": "change_effective",
            "length": 5,
            "unit": "business_days",
            "owner": "family",
            "duty_of": "plan",
            "plain": "It is.",
            "source": "A test",
            "certainty": "design",
        }
    )
    clock, _is_new = ledger.begin(
        program=world.program,
        rule=rule,
        trigger_key="1",
        started_at=day("2027-02-12", CENTRAL),
        effective_at=day("2027-02-12", CENTRAL),
        actor=None,
        family=world.family,
    )
    assert clock.due_on == dt.date(2027, 2, 4)  # Mardi Gras, the 9th, is left out
    kept = ledger._calendar_it_kept(clock)
    assert kept.counted is not None
    assert kept.counted.last == dt.date(2027, 2, 12)
