"""What happens by itself: warnings, missed dates, the next round; after any outage, once."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection
from pytest_django import DjangoAssertNumQueries

from portal import worker
from portal.clocks import actions, firing, ledger
from portal.clocks.firing import due_rows, fire_due
from portal.clocks.models import Clock, ClockEvent, Closure, Matter
from portal.notices import decide, words
from portal.notices.decide import Channel
from portal.notices.models import Delivery, Notice
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


def kinds(clock: Clock) -> list[str]:
    return list(clock.events.order_by("pk").values_list("kind", flat=True))


def periods(rule_id: str) -> list[tuple[int, str, str]]:
    found = Clock.objects.filter(rule_id=rule_id).order_by("period")
    return [(clock.period, clock.state, str(clock.due_on)) for clock in found]


def plan(world: World, on: str = "2027-03-01") -> Clock:
    return actions.start_clock(
        actor=None,
        program=world.other_program,
        rule_id="MO-PLAN",
        started_at=day(on, CENTRAL),
        trigger_key=f"plan:{on}",
        matter=Matter(family=world.faraway_family),
    )


# -- near and missed ---------------------------------------------------------------------------------------------------


def test_both_sides_are_told_when_a_date_is_near_and_when_it_has_passed_each_once(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    clock = plan(world)
    assert fire_due() == 0
    at("2027-03-12T14:00")
    assert fire_due() == 1
    assert fire_due() == 0
    at("2027-03-16T04:59:59")
    assert fire_due() == 0  # the last second of the last day
    at("2027-03-16T05:00")
    assert fire_due() == 1
    assert fire_due() == 0
    assert kinds(clock) == [Kind.STARTED, Kind.NEAR, Kind.MISSED]
    wanted = [Notice.Kind.CLOCK_STARTED, Notice.Kind.CLOCK_NEAR, Notice.Kind.CLOCK_MISSED]
    for person in (world.faraway_caregiver, world.faraway_youth, world.faraway_liaison):
        found = Notice.objects.filter(person=person, kind__startswith="clock_").order_by("pk")
        assert list(found.values_list("kind", flat=True)) == wanted


def test_a_week_without_a_worker_loses_nothing_and_warns_of_nothing_that_has_passed(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    clocks = [plan(world, f"2027-03-0{number}") for number in range(1, 8)]
    at("2027-03-22T18:00")
    assert fire_due() == 7
    assert fire_due() == 0
    assert [kinds(clock) for clock in clocks] == [[Kind.STARTED, Kind.MISSED]] * 7
    assert {clock.events.get(kind=Kind.MISSED).at for clock in clocks} == {
        day(f"2027-03-{16 + number}", CENTRAL) for number in range(7)
    }


def test_a_date_is_not_missed_if_what_was_owed_is_on_record(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    clock = plan(world)
    at("2027-03-20T18:00")
    actions.record_happening(
        actor=None,
        program=world.other_program,
        event=Event.PLAN_MADE,
        at=day("2027-03-10", CENTRAL),
        key="plan",
        matter=Matter(family=world.faraway_family),
    )
    Clock.objects.filter(pk=clock.pk).update(state=State.OPEN, met_at=None, next_fire_at=clock.next_fire_at)
    assert fire_due() == 1
    clock.refresh_from_db()
    assert (clock.state, clock.is_late) == (State.MET, False)


# -- what comes round ----------------------------------------------------------------------------------------------------


def florida_starts(world: World, event: Event, on: str) -> None:
    happens(world, event, on)


def happens(world: World, event: Event, on: str) -> None:
    actions.record_happening(
        actor=None,
        program=Program.objects.get(slug="florida-care-coordination"),
        event=event,
        at=day(on),
        key=f"{event}:{on}",
    )


def test_two_contacts_in_the_first_week_are_too_few_and_after_four_weeks_the_rule_stops(
    world: World, at: SetTime
) -> None:
    at("2027-03-01T18:00")
    florida_starts(world, Event.COORDINATION_STARTED, "2027-03-01T10:00")
    at("2027-03-07T23:00")
    for on in ("2027-03-02", "2027-03-07T12:00"):
        happens(world, Event.CONTACT_MADE, on)
    at("2027-03-08T06:00")
    fire_due()
    assert periods("FL-CONTACT") == [(1, "missed", "2027-03-07"), (2, "open", "2027-03-14")]
    happens(world, Event.CONTACT_MADE, "2027-03-07T20:00")  # logged a day later: it was in time
    assert periods("FL-CONTACT")[0] == (1, "met", "2027-03-07")
    at("2027-03-12T18:00")
    for on in ("2027-03-08", "2027-03-10", "2027-03-12"):
        happens(world, Event.CONTACT_MADE, on)
    assert periods("FL-CONTACT") == [(1, "met", "2027-03-07"), (2, "met", "2027-03-14")]
    at("2027-04-10T18:00")
    fire_due()
    assert periods("FL-CONTACT") == [
        (1, "met", "2027-03-07"),
        (2, "met", "2027-03-14"),
        (3, "missed", "2027-03-21"),
        (4, "missed", "2027-03-28"),
    ]


def test_a_week_that_is_met_early_begins_anew_only_when_it_ends(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    florida_starts(world, Event.COORDINATION_STARTED, "2027-03-01T10:00")
    for hour in (11, 12, 13):
        happens(world, Event.CONTACT_MADE, f"2027-03-01T{hour}:00")
    at("2027-03-06T18:00")
    assert fire_due() == 1  # the warning of a week that is met says nothing
    assert periods("FL-CONTACT") == [(1, "met", "2027-03-07")]
    assert fire_due() == 0
    at("2027-03-08T18:00")
    assert fire_due() == 1
    assert periods("FL-CONTACT") == [(1, "met", "2027-03-07"), (2, "open", "2027-03-14")]
    assert Kind.NEAR not in kinds(Clock.objects.get(rule_id="FL-CONTACT", period=1))


def test_contacts_heard_of_before_their_week_was_open_count_for_it(world: World, at: SetTime) -> None:
    at("2027-03-12T18:00")
    for on in ("2027-03-08", "2027-03-09", "2027-03-10", "2027-03-02"):
        happens(world, Event.CONTACT_MADE, on)
    florida_starts(world, Event.COORDINATION_STARTED, "2027-03-01T10:00")
    fire_due()
    assert periods("FL-CONTACT") == [(1, "missed", "2027-03-07"), (2, "met", "2027-03-14")]


def test_a_review_is_due_again_a_month_after_it_was_held(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    florida_starts(world, Event.PLAN_MADE, "2027-03-01T09:00")
    at("2027-03-20T18:00")
    happens(world, Event.PLAN_REVIEWED, "2027-03-20T09:00")
    assert periods("FL-REVIEW") == [(1, "met", "2027-03-31"), (2, "open", "2027-04-19")]
    at("2027-04-22T18:00")
    fire_due()
    happens(world, Event.PLAN_REVIEWED, "2027-04-22T09:00")
    assert periods("FL-REVIEW") == [
        (1, "met", "2027-03-31"),
        (2, "met", "2027-04-19"),  # late, but held
        (3, "met", "2027-05-19"),  # its next one began when it was missed
        (4, "open", "2027-05-22"),
    ]
    late = Clock.objects.get(rule_id="FL-REVIEW", period=2)
    assert (late.is_late, kinds(late)) == (True, [Kind.STARTED, Kind.MISSED, Kind.MET])


def test_each_round_that_passed_in_an_outage_is_missed_by_itself(world: World, at: SetTime) -> None:
    at("2026-11-22T18:00")
    actions.keep_program_clocks()
    at("2026-12-20T18:00")
    fire_due()
    assert periods("MO-UTIL") == [
        (1, "missed", "2026-11-29"),
        (2, "missed", "2026-12-06"),
        (3, "missed", "2026-12-13"),
        (4, "open", "2026-12-20"),
    ]


def test_the_next_round_takes_up_the_rule_as_it_is_by_then(
    world: World, at: SetTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2026-11-22T18:00")
    actions.keep_program_clocks()
    change(monkeypatch, "MO-UTIL", version=2, length=14, effective_from=dt.date(2026, 11, 30))
    at("2026-11-30T18:00")
    fire_due()
    assert periods("MO-UTIL") == [(1, "missed", "2026-11-29"), (2, "open", "2026-12-14")]
    withdraw(monkeypatch, "MO-UTIL")
    at("2026-12-15T18:00")
    fire_due()
    assert periods("MO-UTIL")[-1] == (2, "missed", "2026-12-14")


def missouri() -> Profile:
    return registry.profiles()["missouri-initiative"]


def put(monkeypatch: pytest.MonkeyPatch, clocks: tuple[Rule, ...]) -> None:
    known = registry.profiles() | {"missouri-initiative": missouri().model_copy(update={"clocks": clocks})}
    monkeypatch.setattr(registry, "profiles", lambda: known)


def change(monkeypatch: pytest.MonkeyPatch, rule_id: str, **parts: Any) -> None:
    (old,) = (rule for rule in missouri().clocks if rule.id == rule_id)
    put(monkeypatch, (*missouri().clocks, old.model_copy(update=parts)))


def withdraw(monkeypatch: pytest.MonkeyPatch, rule_id: str) -> None:
    put(monkeypatch, tuple(rule for rule in missouri().clocks if rule.id != rule_id))


# -- workers that fail -----------------------------------------------------------------------------------------------------


def test_one_row_that_cannot_be_fired_holds_up_no_other(
    world: World, at: SetTime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    at("2027-03-01T18:00")
    bad, good = plan(world, "2027-03-01"), plan(world, "2027-02-28")
    miss = ledger.miss

    def fails(clock: Clock) -> None:
        if clock.pk == bad.pk:
            raise ValueError("Poison")
        miss(clock)

    monkeypatch.setattr(ledger, "miss", fails)
    at("2027-03-20T18:00")
    assert fire_due() == 1
    assert f"Clock {bad.pk} could not be fired" in caplog.text
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == (State.MISSED, State.OPEN)
    assert bad.next_fire_at is not None  # it was put back whole, for the next pass
    monkeypatch.setattr(ledger, "miss", miss)
    assert fire_due() == 1


def test_a_database_that_is_away_is_not_the_rows_fault(
    world: World, at: SetTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2027-03-01T18:00")
    plan(world)

    def away(*_arguments: Any, **_values: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(ledger, "miss", away)
    at("2027-03-20T18:00")
    with pytest.raises(OperationalError):
        fire_due()


def test_what_another_worker_fired_is_left_alone(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    clock = plan(world)
    seen = clock.next_fire_at
    now = at("2027-03-20T18:00")
    assert fire_due() == 1
    assert not firing.fire_one(clock.pk, seen, now)


def test_a_trigger_told_by_two_at_once_starts_one_clock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = plan(world, "2026-11-02")
    found = Clock.objects.filter(pk=first.pk)
    monkeypatch.setattr(type(found), "first", lambda _self: None)  # the other one was not there yet when we looked
    assert plan(world, "2026-11-02") == first
    monkeypatch.undo()
    with pytest.raises(IntegrityError):
        Clock.objects.bulk_create([Clock(**Clock.objects.values().get(pk=first.pk) | {"id": None, "public_id": None})])


# -- the index, the commands, the words --------------------------------------------------------------------------------------


def test_a_pass_reads_what_is_due_from_the_index_alone(world: World, at: SetTime) -> None:
    rows = due_rows(at("2027-03-20T18:00"))[:100]
    if connection.vendor == "sqlite":
        assert "USING COVERING INDEX clock_due" in rows.explain()
        return
    with connection.cursor() as cursor:  # a table of no rows is read whole, unless that is ruled out
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    assert "Index Only Scan using clock_due" in rows.explain()


def test_what_follows_from_one_missed_date_asks_few_questions_however_many_are_told(
    world: World, at: SetTime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at("2027-03-01T18:00")
    clock = actions.start_clock(
        actor=None,
        program=world.program,
        rule_id="LA-PLAN",
        started_at=day("2027-02-28", CENTRAL),
        trigger_key="joined",
        matter=Matter(family=world.family),
    )
    now = at("2027-04-20T18:00")
    seen = Clock.objects.values_list("next_fire_at", flat=True).get(pk=clock.pk)
    with django_assert_max_num_queries(18):
        firing.fire_one(clock.pk, seen, now)
    assert Notice.objects.filter(kind=Notice.Kind.CLOCK_MISSED).count() == 6


def test_run_clocks_fires_once_and_says_how_many(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    actions.keep_program_clocks()
    Clock.objects.update(next_fire_at=None)
    plan(world)
    at("2027-03-20T18:00")
    assert run() == {"fired": 1}
    assert run() == {"fired": 0}
    with pytest.raises(CommandError, match="--once"):
        call_command("run_clocks")


def run() -> dict[str, int]:
    said = io.StringIO()
    call_command("run_clocks", "--once", stdout=said)
    return json.loads(said.getvalue())  # type: ignore[no-any-return]


def test_the_worker_fires_clocks(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    plan(world)
    at("2027-03-12T18:00")
    assert worker.one_round()["fired"] >= 1


def test_what_somebody_may_have_to_act_on_leaves_the_house_and_the_rest_waits_on_the_page(
    world: World, at: SetTime
) -> None:
    assert decide.WAYS[Notice.Kind.CLOCK_STARTED] == decide.WAYS[Notice.Kind.CLOCK_MET] == {Channel.PAGE}
    at("2027-03-01T18:00")
    plan(world)
    assert not Delivery.objects.filter(notice__kind=Notice.Kind.CLOCK_STARTED).exists()
    at("2027-03-12T18:00")
    fire_due()
    near = Delivery.objects.filter(notice__kind=Notice.Kind.CLOCK_NEAR, notice__person=world.faraway_caregiver)
    assert list(near.values_list("channel", flat=True)) == ["email"]
    assert "Something is due soon." in words.text_message(Notice.Kind.CLOCK_NEAR, "en")
    assert "There is news for you." in words.text_message(Notice.Kind.CLOCK_MISSED, "en")


def test_rows_can_be_read_by_a_person(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    clock = plan(world)
    assert str(clock) == "MO-PLAN open 2027-03-15"
    assert str(clock.events.get()) == "started 2027-03-01 06:00"
    actions.add_closure(actor=None, program=world.program, name="Ice", first_on=dt.date(2027, 3, 2))
    assert str(Closure.objects.get()) == "Ice 2027-03-02"
    happens(world, Event.PLAN_MADE, "2027-02-01")
    assert {str(row) for row in Clock.objects.filter(rule_id="FL-REVIEW")} == {"FL-REVIEW open 2027-03-03"}
