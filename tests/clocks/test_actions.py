"""What starts, meets, moves and ends clocks, and what both sides see of it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.access import Refused
from portal.audit.models import Entry
from portal.clocks import actions, ledger, refusals
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock, ClockEvent, Happening, Matter
from portal.notices.models import Notice
from portal.programs import registry
from portal.programs.actions import sync_profiles
from portal.programs.models import Program
from portal.programs.schema import Disaster, Profile
from portal.programs.vocabulary import Certainty, Event
from tests.clocks.conftest import SetTime
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CENTRAL = ZoneInfo("America/Chicago")
State = Clock.State
Kind = ClockEvent.Kind


def day(text: str, zone: ZoneInfo = CENTRAL) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def enrolled(world: World, on: str = "2027-03-01", key: str = "enrolled:1") -> dict[str, Clock]:
    """Missouri's family joins; its clocks by rule."""
    clocks = actions.record_happening(
        actor=None,
        program=world.other_program,
        event=Event.ENROLLED,
        at=day(on),
        key=key,
        matter=Matter(family=world.faraway_family),
    )
    return {clock.rule_id: clock for clock in clocks}


def happens(world: World, event: Event, on: str, key: str = "", **matter: Any) -> list[Clock]:
    return actions.record_happening(
        actor=None,
        program=world.other_program,
        event=event,
        at=day(on),
        key=key or f"{event}:{on}",
        matter=Matter(family=world.faraway_family, **matter),
    )


def started(world: World, rule_id: str, on: str, **matter: Any) -> Clock:
    """A clock of Louisiana's family."""
    return actions.start_clock(
        actor=None,
        program=world.program,
        rule_id=rule_id,
        started_at=day(on),
        trigger_key=f"{rule_id}:{on}",
        matter=Matter(family=world.family, **matter),
    )


def kinds(clock: Clock) -> list[str]:
    return list(clock.events.order_by("pk").values_list("kind", flat=True))


def again(clock: Clock) -> Clock:
    return Clock.objects.get(pk=clock.pk)


def told(person: Any) -> list[str]:
    of_clocks = Notice.objects.filter(person=person, kind__startswith="clock_")
    return list(of_clocks.order_by("pk").values_list("kind", flat=True))


# -- starting ----------------------------------------------------------------------------------------------------------


def test_joining_starts_what_is_owed_from_that_day(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    clocks = enrolled(world)
    assert {rule: str(clock.due_on) for rule, clock in clocks.items()} == {
        "MO-ASSESS": "2027-03-08",
        "MO-PLAN": "2027-03-15",
        "MO-TERM": "2027-09-01",
    }
    plan = clocks["MO-PLAN"]
    assert kinds(plan) == [Kind.STARTED]
    assert plan.rule.source == "Missouri Interdepartmental Initiative, line 14"
    assert plan.next_fire_at == day("2027-03-12T08:00")
    assert (plan.owner, plan.duty_of, plan.region, plan.zone) == ("family", "programme", "", "America/Chicago")


def test_the_same_trigger_told_twice_starts_one_clock(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    first = enrolled(world)
    assert {clock.pk for clock in enrolled(world).values()} == {clock.pk for clock in first.values()}
    assert Happening.objects.count() == 1
    assert {clock.pk for clock in enrolled(world, "2027-02-01").values()} == {clock.pk for clock in first.values()}
    one = started(world, "LA-PLAN", "2027-02-01")
    assert started(world, "LA-PLAN", "2027-02-01") == one
    assert kinds(one) == [Kind.STARTED]


def test_a_trigger_dated_ahead_must_be_something_that_can_be_planned(world: World, at: SetTime) -> None:
    at("2027-02-28T18:00")
    assert enrolled(world, "2027-03-01")["MO-ASSESS"].due_on == dt.date(2027, 3, 8)
    with pytest.raises(refusals.NotYet):
        started(world, "LA-FIRST-CONTACT", "2027-03-02")
    with pytest.raises(refusals.NotYet):
        happens(world, Event.PLAN_MADE, "2027-03-02")
    assert Clock.objects.filter(program=world.program).count() == 0


def test_a_trigger_of_last_year_is_late_from_the_next_pass_on(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    clocks = enrolled(world, "2026-03-01")
    assert clocks["MO-PLAN"].state == State.OPEN
    assert fire_due() == 3
    plan = again(clocks["MO-PLAN"])
    assert plan.state == State.MISSED
    assert kinds(plan) == [Kind.STARTED, Kind.MISSED]  # no warning of what has passed
    assert plan.events.get(kind=Kind.MISSED).at == day("2026-03-16")


def test_a_rule_nobody_stated_starts_nothing(world: World) -> None:
    with pytest.raises(refusals.NoSuchPromise):
        started(world, "GRIEVANCE-INVESTIGATE", "2026-02-01")
    assert started(world, "GRIEVANCE-RESOLVE", "2026-02-01", plan="hcbs-agency").due_on == dt.date(2026, 2, 6)


def test_only_those_rules_start_that_fit(world: World) -> None:
    clocks = actions.record_happening(
        actor=None,
        program=world.program,
        event=Event.APPEAL_RECEIVED_BY_PLAN,
        at=day("2026-02-02T10:00"),
        key="appeal:1",
        matter=Matter(family=world.family, subject="appeal", subject_id="1"),
        starts=["APPEAL-EXPEDITED", "APPEAL-ACK"],
    )
    assert {clock.rule_id for clock in clocks} == {"APPEAL-EXPEDITED", "APPEAL-ACK"}


def test_a_clock_keeps_its_rule_when_the_profile_changes(
    world: World, at: SetTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2027-02-05T18:00")
    contact = started(world, "GRIEVANCE-ACK", "2027-02-05")
    old = world.program.profile
    plan = old.plans["csoc-contractor"]
    changed = [
        rule.model_copy(update={"version": 2, "length": 9, "effective_from": dt.date(2027, 2, 6)})
        for rule in plan.clocks
        if rule.id == "GRIEVANCE-ACK"
    ]
    new_plan = plan.model_copy(update={"clocks": (*plan.clocks, *changed)})
    no_holidays = old.holidays.model_copy(update={"country": "US", "subdivision": "TX"})
    profile = old.model_copy(update={"plans": {**old.plans, "csoc-contractor": new_plan}, "holidays": no_holidays})
    set_profile(monkeypatch, profile)

    actions.add_closure(actor=None, program=world.program, name="Storm", first_on=dt.date(2027, 2, 10))
    contact = again(contact)
    assert (contact.rule_version, contact.rule.length) == (1, 3)
    assert contact.due_on == dt.date(2027, 2, 12)  # Mardi Gras still counts as it did: Texas does not close on it
    at("2027-02-09T18:00")
    newer = started(world, "GRIEVANCE-ACK", "2027-02-08")
    assert (newer.rule_version, newer.due_on) == (2, dt.date(2027, 2, 23))


def set_profile(monkeypatch: pytest.MonkeyPatch, profile: Profile) -> None:
    known = registry.profiles() | {profile.slug: profile}
    monkeypatch.setattr(registry, "profiles", lambda: known)


# -- meeting -------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("MO-15")
@pytest.mark.parametrize(("on", "is_late"), [("2027-03-08T23:59", False), ("2027-03-09T00:00", True)])
def test_an_assessment_on_day_7_is_in_time_and_on_day_8_is_late(
    world: World, at: SetTime, on: str, is_late: bool
) -> None:
    at("2027-03-20T18:00")
    clock = enrolled(world)["MO-ASSESS"]
    happens(world, Event.ASSESSMENT_COMPLETED, on)
    clock = again(clock)
    assert (clock.state, clock.is_late) == (State.MET, is_late)
    assert clock.met_at == day(on)


def test_what_is_done_on_the_day_itself_counts_and_what_was_done_before_does_not(world: World, at: SetTime) -> None:
    at("2027-03-20T18:00")
    happens(world, Event.PLAN_MADE, "2027-02-28")
    assert enrolled(world, "2027-03-01T15:00")["MO-PLAN"].state == State.OPEN
    happens(world, Event.PLAN_MADE, "2027-03-01T09:00")
    assert Clock.objects.get(rule_id="MO-PLAN").state == State.MET


def test_what_was_done_before_we_heard_of_its_start_meets_it(world: World, at: SetTime) -> None:
    at("2027-03-20T18:00")
    happens(world, Event.PLAN_MADE, "2027-03-10")
    clock = enrolled(world)["MO-PLAN"]
    assert (clock.state, clock.met_at) == (State.MET, day("2027-03-10"))
    assert kinds(clock) == [Kind.STARTED, Kind.MET]


def test_what_is_heard_late_was_still_in_time(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    clock = enrolled(world)["MO-PLAN"]
    at("2027-03-17T18:00")
    fire_due()
    assert again(clock).state == State.MISSED
    assert again(clock).is_late
    happens(world, Event.PLAN_MADE, "2027-03-15T17:00")
    clock = again(clock)
    assert (clock.state, clock.is_late) == (State.MET, False)
    assert kinds(clock) == [Kind.STARTED, Kind.MISSED, Kind.MET]
    assert not ledger.settle(clock, actor=None)  # once


def test_one_complaint_is_not_answered_by_the_answer_to_another(world: World) -> None:
    case = str(uuid4())
    mine = started(world, "GRIEVANCE-RESOLVE", "2026-02-02", subject="grievance", subject_id=case)
    other = started(world, "GRIEVANCE-RESOLVE", "2026-02-03", subject="grievance", subject_id=str(uuid4()))
    actions.record_happening(
        actor=None,
        program=world.program,
        event=Event.GRIEVANCE_RESOLVED,
        at=day("2026-02-20"),
        key="answer:1",
        matter=Matter(family=world.family, subject="grievance", subject_id=case),
    )
    assert again(mine).state == State.MET
    assert again(other).state == State.OPEN


def test_meeting_a_clock_by_hand_is_said_once(world: World) -> None:
    clock = started(world, "LA-PLAN", "2026-02-02")
    actions.meet_clock(actor=world.liaison, clock=clock)
    assert actions.meet_clock(actor=world.liaison, clock=clock).is_late
    assert kinds(clock) == [Kind.STARTED, Kind.MET]


def test_what_cannot_be_done_is_excused_for_a_reason_the_rule_names(world: World, at: SetTime) -> None:
    at("2027-02-02T18:00")
    clock = happens(world, Event.INTERAGENCY_DECIDED, "2027-02-01")[0]
    with pytest.raises(refusals.NotInTheRule):
        actions.excuse_clock(actor=None, clock=clock, exception="too_busy", reason="Too busy")
    with pytest.raises(refusals.ReasonMissing):
        actions.excuse_clock(actor=None, clock=clock, exception="shorter_lead_with_reason", reason=" ")
    actions.excuse_clock(actor=None, clock=clock, exception="shorter_lead_with_reason", reason="The family asked")
    assert again(clock).state == State.EXCUSED
    for act in (actions.meet_clock, actions.resume_clock):
        with pytest.raises(refusals.AlreadyOver):
            act(actor=None, clock=clock)
    with pytest.raises(refusals.AlreadyOver):
        actions.excuse_clock(actor=None, clock=clock, exception="shorter_lead_with_reason", reason="Again")


def test_what_is_no_longer_owed_is_said_to_be_so(world: World) -> None:
    clock = started(world, "LA-TEAM", "2026-11-01")
    with pytest.raises(refusals.ReasonMissing):
        actions.cancel_clock(actor=None, clock=clock, reason="")
    actions.cancel_clock(actor=None, clock=clock, reason="The family moved away.")
    assert again(clock).state == State.CANCELLED
    assert Clock.objects.count() == 1  # a promise that came round does not begin anew
    with pytest.raises(refusals.AlreadyOver):
        actions.cancel_clock(actor=None, clock=clock, reason="Again")


# -- the other date --------------------------------------------------------------------------------------------------------


def test_a_clock_that_waits_for_another_date_gets_it_when_it_is_known(world: World, at: SetTime) -> None:
    at("2027-02-02T18:00")
    lead = happens(world, Event.INTERAGENCY_DECIDED, "2027-02-01")[0]
    assert (lead.due_at, lead.next_fire_at) == (None, None)
    enrolled(world, "2027-03-01")
    lead = again(lead)
    assert lead.due_on == dt.date(2027, 2, 15)
    assert kinds(lead) == [Kind.STARTED, Kind.RECOMPUTED]


def test_the_order_of_the_two_dates_does_not_matter(world: World, at: SetTime) -> None:
    at("2027-02-02T18:00")
    enrolled(world, "2027-03-01")
    lead = happens(world, Event.INTERAGENCY_DECIDED, "2027-02-01", subject="referral", subject_id="1")[0]
    assert lead.due_on == dt.date(2027, 2, 15)


def test_the_later_of_two_dates_counts_whenever_it_is_told(world: World, at: SetTime) -> None:
    at("2027-01-05T18:00")
    matter = Matter(family=world.family, subject="service", subject_id="1")

    def told_of(event: Event, on: str) -> list[Clock]:
        return actions.record_happening(
            actor=None,
            program=world.program,
            event=event,
            at=day(on),
            key=f"{event}",
            matter=matter,
            starts=["CONTINUE-SERVICES"],
        )

    (keep,) = told_of(Event.ADVERSE_NOTICE_SENT, "2027-01-04")
    assert keep.due_on == dt.date(2027, 1, 14)
    assert told_of(Event.CHANGE_EFFECTIVE, "2027-01-20") == []
    assert again(keep).due_on == dt.date(2027, 1, 20)
    assert str(Happening.objects.order_by("pk")[0]) == "adverse_notice_sent 2027-01-04 06:00"


# -- more time ---------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("MO-14")
def test_nine_months_from_the_day_a_family_joined_and_never_more(world: World, at: SetTime) -> None:
    at("2026-08-31T18:00")
    term = enrolled(world, "2026-08-31")["MO-TERM"]
    assert term.due_on == dt.date(2027, 2, 28)
    at("2026-12-31T18:00")
    assert fire_due() == 3  # the assessment and the plan are late; 60 days are left of the term
    assert kinds(term)[-1] == Kind.NEAR
    at("2027-01-29T18:00")
    assert fire_due() == 1  # 30 days
    longer = actions.extend_clock(actor=world.faraway_liaison, clock=term, reason="The team asked for it.")
    assert longer.due_on == dt.date(2027, 5, 31)
    event = longer.events.get(kind=Kind.EXTENDED)
    assert (event.old_due_on, event.new_due_on) == (dt.date(2027, 2, 28), dt.date(2027, 5, 31))
    assert event.actor == world.faraway_liaison
    with pytest.raises(refusals.AlreadyExtended):
        actions.extend_clock(actor=world.faraway_liaison, clock=longer, reason="Once more.")
    assert happens(world, Event.EXTENSION_AUTHORIZED, "2027-01-29") == []  # the same promise, not a second one


def test_more_time_needs_a_rule_a_reason_and_an_open_clock(world: World, at: SetTime) -> None:
    at("2027-02-05T18:00")
    plan, answer = started(world, "LA-PLAN", "2027-02-05"), started(world, "GRIEVANCE-RESOLVE", "2027-02-05")
    with pytest.raises(refusals.NotInTheRule):
        actions.extend_clock(actor=None, clock=plan, reason="We need it.")
    with pytest.raises(refusals.ReasonMissing):
        actions.extend_clock(actor=None, clock=answer, reason="")
    at("2027-03-08T07:00")
    with pytest.raises(refusals.AlreadyOver):
        actions.extend_clock(actor=None, clock=answer, reason="We need it.")


# -- standing still ------------------------------------------------------------------------------------------------------


def contacts(world: World, program: Program) -> Clock:
    (clock,) = (
        clock
        for clock in actions.record_happening(
            actor=None, program=program, event=Event.COORDINATION_STARTED, at=day("2027-03-01"), key="start:1"
        )
        if clock.rule_id == "FL-CONTACT"
    )
    return clock


@pytest.fixture
def florida(world: World) -> Program:
    return Program.objects.get(slug="florida-care-coordination")


def test_not_now_stops_the_count_and_it_goes_on_by_itself(world: World, florida: Program, at: SetTime) -> None:
    at("2027-03-03T18:00")
    clock = contacts(world, florida)
    with pytest.raises(refusals.NotInTheRule):
        actions.pause_clock(actor=None, clock=clock, reason="we_are_busy")
    with pytest.raises(refusals.NotInTheRule):
        actions.pause_clock(actor=None, clock=clock, reason="family_said_not_now", until=day("2027-03-02"))
    until = day("2027-03-06T09:00", ZoneInfo("America/New_York"))
    actions.pause_clock(actor=None, clock=clock, reason="family_said_not_now", until=until)
    with pytest.raises(refusals.AlreadyOver):
        actions.pause_clock(actor=None, clock=clock, reason="family_said_not_now")
    at("2027-03-05T18:00")
    assert fire_due() == 0
    at("2027-03-06T18:00")
    assert fire_due() == 1
    clock = again(clock)
    assert (clock.state, clock.due_on) == (State.OPEN, dt.date(2027, 3, 10))
    assert kinds(clock) == [Kind.STARTED, Kind.PAUSED, Kind.RESUMED]
    assert clock.events.get(kind=Kind.RESUMED).at == until


def test_a_count_goes_on_when_somebody_says_so(world: World, florida: Program, at: SetTime) -> None:
    at("2027-03-03T18:00")
    clock = actions.pause_clock(actor=None, clock=contacts(world, florida), reason="family_said_not_now")
    assert clock.next_fire_at is None
    clock = actions.resume_clock(actor=None, clock=clock)  # the same day: nothing is lost
    assert clock.due_on == dt.date(2027, 3, 7)
    assert clock.state == State.OPEN


# -- closings and disasters ----------------------------------------------------------------------------------------------


def close(world: World, on: str, last: str = "", regions: tuple[str, ...] = ()) -> list[Clock]:
    first_on, last_on = dt.date.fromisoformat(on), dt.date.fromisoformat(last or on)
    return actions.add_closure(
        actor=world.lead, program=world.program, name="Ice", first_on=first_on, last_on=last_on, regions=regions
    )


def test_a_closing_moves_open_business_day_clocks_and_nothing_else(world: World, at: SetTime) -> None:
    at("2027-02-05T18:00")
    contact = started(world, "GRIEVANCE-ACK", "2027-02-05")
    answer = started(world, "GRIEVANCE-RESOLVE", "2027-02-05")
    urgent = started(world, "APPEAL-EXPEDITED", "2027-02-05")
    met = started(world, "GRIEVANCE-ACK", "2027-02-04")
    actions.meet_clock(actor=None, clock=met)
    assert close(world, "2027-02-10") == [contact]
    moved = again(contact)
    assert moved.due_on == dt.date(2027, 2, 12)
    event = moved.events.get(kind=Kind.RECOMPUTED)
    assert (event.old_due_on, event.new_due_on, event.reason) == (dt.date(2027, 2, 11), dt.date(2027, 2, 12), "Ice")
    assert {"says": "closed", "on": "2027-02-10", "name": "Ice"} in event.working
    for still in (answer, urgent, met):
        assert again(still).due_at == still.due_at
    assert Notice.Kind.CLOCK_MOVED in told(world.caregiver)
    assert Notice.Kind.CLOCK_MOVED in told(world.liaison)


def test_the_same_closing_twice_moves_once(world: World, at: SetTime) -> None:
    at("2027-02-05T18:00")
    contact = started(world, "GRIEVANCE-ACK", "2027-02-05")
    assert close(world, "2027-02-10") == [contact]
    assert close(world, "2027-02-10") == []
    assert close(world, "2027-02-10", regions=("jefferson",)) == []  # that day is closed already
    assert kinds(contact) == [Kind.STARTED, Kind.RECOMPUTED]


def test_a_closing_outside_the_count_moves_nothing(world: World, at: SetTime) -> None:
    at("2027-02-05T18:00")
    started(world, "GRIEVANCE-ACK", "2027-02-05")
    assert close(world, "2027-02-05") == []  # the day of the trigger is not counted anyway
    assert close(world, "2027-02-06") == []  # a Saturday
    assert close(world, "2027-02-12") == []
    assert close(world, "2027-02-08", regions=("orleans",)) == []
    assert len(close(world, "2027-02-08", regions=("jefferson",))) == 1


def test_a_closing_for_a_day_already_past_moves_only_what_still_runs(world: World, at: SetTime) -> None:
    at("2027-02-05T18:00")
    late, open_one = started(world, "GRIEVANCE-ACK", "2027-02-03"), started(world, "GRIEVANCE-ACK", "2027-02-05")
    assert (str(late.due_on), str(open_one.due_on)) == ("2027-02-08", "2027-02-11")
    at("2027-02-10T18:00")
    assert close(world, "2027-02-08") == [open_one]  # the other one's date has passed, though no pass has said so yet
    fire_due()
    assert again(late).state == State.MISSED
    assert close(world, "2027-02-04") == []
    assert again(late).due_on == dt.date(2027, 2, 8)


def test_a_closing_must_be_possible(world: World) -> None:
    with pytest.raises(refusals.EndsBeforeItBegins):
        close(world, "2027-02-10", "2027-02-09")
    with pytest.raises(refusals.UnknownRegion):
        close(world, "2027-02-10", regions=("atlantis",))
    with pytest.raises(refusals.ReasonMissing):
        actions.add_closure(actor=None, program=world.program, name=" ", first_on=dt.date(2027, 2, 10))
    with pytest.raises(Refused):
        actions.add_closure(actor=world.liaison, program=world.program, name="Ice", first_on=dt.date(2027, 2, 10))


def hurricane(world: World, name: str = "Hurricane Zed") -> list[Clock]:
    return actions.declare_disaster(
        actor=world.lead,
        program=world.program,
        name=name,
        first_on=dt.date(2027, 9, 1),
        last_on=dt.date(2027, 9, 4),
        regions=["jefferson", "orleans"],
    )


def test_72_hours_run_on_across_a_hurricane_and_working_days_do_not(world: World, at: SetTime) -> None:
    at("2027-09-01T12:00")
    contact, urgent = started(world, "GRIEVANCE-ACK", "2027-08-31"), started(world, "APPEAL-EXPEDITED", "2027-08-31")
    assert hurricane(world) == [contact]
    assert hurricane(world) == []
    assert again(contact).due_on == dt.date(2027, 9, 9)  # Labor Day is the sixth
    assert again(urgent).due_at == urgent.due_at


def test_duties_wait_where_the_profile_says_so(world: World, at: SetTime, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = world.program.profile
    policy = Disaster(waits_for=("plan",), plain="They wait.", source="A waiver", certainty=Certainty.DESIGN)
    set_profile(monkeypatch, profile.model_copy(update={"disaster": policy}))
    at("2027-09-01T12:00")
    urgent, plan = started(world, "APPEAL-EXPEDITED", "2027-08-31"), started(world, "LA-PLAN", "2027-08-31")
    answer = started(world, "GRIEVANCE-RESOLVE", "2027-08-31")
    assert hurricane(world) == [urgent, answer]
    assert again(urgent).due_at == day("2027-09-07T00:00")
    assert again(answer).due_on == dt.date(2027, 10, 4)
    assert again(plan).due_on == plan.due_on  # the programme's own duty
    at("2027-09-03T12:00")
    assert started(world, "APPEAL-EXPEDITED", "2027-09-02").due_at == day("2027-09-08T00:00")
    at("2027-09-06T12:00")
    assert started(world, "APPEAL-EXPEDITED", "2027-09-05").due_at == day("2027-09-08T00:00")
    over = started(world, "APPEAL-EXPEDITED", "2027-09-05T10:00")
    assert hurricane(world, "Also called Zee") == []  # those days are counted already, and one began after them
    assert again(over).pauses == []
    set_profile(monkeypatch, profile.model_copy(update={"disaster": None}))
    assert hurricane(world, "Zoe") == []


def test_a_clock_that_stands_still_waits_for_a_disaster_too_and_still_goes_on_by_itself(
    world: World, florida: Program, at: SetTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = Disaster(waits_for=("programme",), plain="They wait.", source="A waiver", certainty=Certainty.DESIGN)
    set_profile(monkeypatch, florida.profile.model_copy(update={"disaster": policy}))
    at("2027-03-03T18:00")
    eastern = ZoneInfo("America/New_York")
    until = day("2027-03-05T09:00", eastern)
    clock = actions.pause_clock(actor=None, clock=contacts(world, florida), reason="family_said_not_now", until=until)
    moved = actions.declare_disaster(
        actor=None, program=florida, name="Storm", first_on=dt.date(2027, 3, 4), last_on=dt.date(2027, 3, 5)
    )
    assert moved == [clock]
    assert again(clock).next_fire_at == until
    at("2027-03-05T18:00")
    assert fire_due() == 1
    assert again(clock).due_on == dt.date(2027, 3, 10)  # the third to the fifth did not count


# -- families that come and go ---------------------------------------------------------------------------------------------


def test_what_ran_before_there_was_a_family_becomes_its_own(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    referral = Matter(subject="referral", subject_id="7")
    clocks = actions.record_happening(
        actor=None, program=world.program, event=Event.REFERRED, at=day("2027-03-01"), key="referral:7", matter=referral
    )
    assert {clock.rule_id for clock in clocks} == {"LA-FIRST-CONTACT", "LA-FACE"}
    given_clocks = actions.give_to_family(actor=world.liaison, subject="referral", subject_id="7", family=world.family)
    assert given_clocks == 2
    assert again(clocks[0]).family == world.family
    actions.record_happening(
        actor=world.liaison,
        program=world.program,
        event=Event.FIRST_CONTACT_MADE,
        at=day("2027-03-01"),
        key="contact:7",
        matter=Matter(family=world.family),
    )
    assert Clock.objects.get(rule_id="LA-FIRST-CONTACT").state == State.MET


def test_one_referral_is_not_answered_by_the_call_to_another(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    for number in ("7", "8"):
        actions.record_happening(
            actor=None,
            program=world.program,
            event=Event.REFERRED,
            at=day("2027-03-01"),
            key=f"referral:{number}",
            matter=Matter(subject="referral", subject_id=number),
        )
    actions.record_happening(
        actor=None,
        program=world.program,
        event=Event.FIRST_CONTACT_MADE,
        at=day("2027-03-01"),
        key="contact:8",
        matter=Matter(subject="referral", subject_id="8"),
    )
    met = Clock.objects.filter(state=State.MET).values_list("rule_id", "subject_id")
    assert list(met) == [("LA-FIRST-CONTACT", "8")]


def test_a_family_that_leaves_a_programme_keeps_its_complaint(world: World, at: SetTime) -> None:
    at("2027-02-05T18:00")
    plan, answer = started(world, "LA-PLAN", "2027-02-05"), started(world, "GRIEVANCE-RESOLVE", "2027-02-05")
    gone = actions.leave_program(
        actor=world.liaison, family=world.family, program=world.program, reason="Moved to Missouri"
    )
    assert gone == 1
    assert again(plan).state == State.CANCELLED
    assert (again(answer).state, again(answer).due_on) == (State.OPEN, answer.due_on)


# -- what the programme itself promises --------------------------------------------------------------------------------------


def test_a_programmes_own_promises_begin_by_themselves_once(world: World, at: SetTime) -> None:
    at("2026-11-22T18:00")
    assert actions.keep_program_clocks() == 6
    assert actions.keep_program_clocks() == 0
    dates = {clock.rule_id: str(clock.due_on) for clock in Clock.objects.all()}
    assert dates == {
        "MO-UTIL": "2026-11-29",
        "MO-SLOTS": "2026-12-22",
        "NC-REPORT": "2027-06-30",
        "NC-CFTDATA": "2027-06-30",
        "NC-TRAIN": "2026-07-31",
        "FL-ONCALL": "None",
    }


def test_a_promise_that_always_holds_is_never_over(world: World, at: SetTime) -> None:
    at("2026-11-22T18:00")
    actions.keep_program_clocks()
    florida = Program.objects.get(slug="florida-care-coordination")
    actions.record_happening(actor=None, program=florida, event=Event.ON_CALL_FILLED, at=timezone.now(), key="rota:1")
    assert Clock.objects.get(rule_id="FL-ONCALL").state == State.OPEN


def test_somebody_is_responsible_until_the_hand_over(world: World, florida: Program, at: SetTime) -> None:
    at("2026-11-22T18:00")
    matter = Matter(subject="referral", subject_id="3")
    for event, key in ((Event.NEED_IDENTIFIED, "need:3"), (Event.HANDED_OFF_WARM, "hand:3")):
        actions.record_happening(actor=None, program=florida, event=event, at=timezone.now(), key=key, matter=matter)
    assert Clock.objects.get(rule_id="FL-OWNER").state == State.MET


# -- the record --------------------------------------------------------------------------------------------------------------


def test_history_is_only_ever_added_to(world: World) -> None:
    event = started(world, "LA-PLAN", "2026-02-02").events.get()
    for change in (event.delete, lambda: ClockEvent.objects.update(reason="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert connection.vendor in {"sqlite", "postgresql"}


def test_each_step_is_on_the_familys_record_but_ones_own_matter_is_not(world: World) -> None:
    started(world, "LA-PLAN", "2026-02-02")
    entry = Entry.objects.get(subject="clock")
    assert (entry.family_id, entry.detail) == (world.family.public_id, {"rule": "LA-PLAN", "event": "started"})
    started(world, "GRIEVANCE-RESOLVE", "2026-02-02", matter_of=world.youth, subject="discharge", subject_id="1")
    assert Entry.objects.filter(subject="clock").order_by("pk").last().family_id is None  # type: ignore[union-attr]
    assert told(world.caregiver) == [Notice.Kind.CLOCK_STARTED]
    assert told(world.youth) == [Notice.Kind.CLOCK_STARTED] * 2


def test_what_one_trigger_started_is_told_once_and_what_moved_each_time(world: World, at: SetTime) -> None:
    at("2027-03-01T18:00")
    clocks = enrolled(world)
    assert told(world.faraway_caregiver) == [Notice.Kind.CLOCK_STARTED]
    actions.extend_clock(actor=None, clock=clocks["MO-TERM"], reason="More time.")
    actions.meet_clock(actor=None, clock=clocks["MO-PLAN"])
    seen = [Notice.Kind.CLOCK_STARTED, Notice.Kind.CLOCK_MOVED, Notice.Kind.CLOCK_MET]
    assert told(world.faraway_caregiver) == told(world.faraway_liaison) == seen
    paths = Notice.objects.filter(person=world.faraway_caregiver, kind__startswith="clock_").values_list(
        "path", flat=True
    )
    assert set(paths) == {"/owed/", f"/owed/{clocks['MO-TERM'].public_id}/", f"/owed/{clocks['MO-PLAN'].public_id}/"}


# -- the order of events -----------------------------------------------------------------------------------------------------


class TestOrder(TestCase):
    """The same things happened; they are told in any order, with passes of the worker in between."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.permutations(["enrolled", "assessed", "planned", "pass", "pass"]),
        st.integers(0, 20),
        st.integers(0, 20),
    )
    def test_the_order_in_which_we_hear_of_things_does_not_matter(
        self, order: list[str], assessed: int, planned: int
    ) -> None:
        sync_profiles()
        program = Program.objects.get(slug="missouri-initiative")
        start = dt.datetime(2026, 3, 1, tzinfo=CENTRAL)
        told = {
            "enrolled": (Event.ENROLLED, start),
            "assessed": (Event.ASSESSMENT_COMPLETED, start + dt.timedelta(days=assessed)),
            "planned": (Event.PLAN_MADE, start + dt.timedelta(days=planned)),
        }
        for step in order:
            if step == "pass":
                fire_due()
                continue
            event, moment = told[step]
            actions.record_happening(
                actor=None,
                program=program,
                event=event,
                at=moment,
                key=step,
                matter=Matter(subject="enrollment", subject_id="1"),
            )
        for rule, ahead, limit in (("MO-ASSESS", assessed, 7), ("MO-PLAN", planned, 14)):
            clock = Clock.objects.get(rule_id=rule)
            assert clock.state == State.MET
            assert clock.met_at == start + dt.timedelta(days=ahead)
            assert clock.is_late == (ahead > limit)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.integers(0, 30), max_size=8), st.sampled_from(["meet", "excuse", "cancel", "miss"]))
    def test_a_closed_clock_never_moves(self, closings: list[int], ending: str) -> None:
        sync_profiles()
        program = Program.objects.get(slug="louisiana-csoc")
        at = timezone.now() - dt.timedelta(days=40 if ending == "miss" else 0)
        clock = actions.start_clock(
            actor=None, program=program, rule_id="GRIEVANCE-ACK", started_at=at, trigger_key="1"
        )
        if ending == "excuse":
            Clock.objects.filter(pk=clock.pk).update(state=State.EXCUSED, next_fire_at=None)
        elif ending == "miss":
            fire_due()
        else:
            end = {"meet": actions.meet_clock, "cancel": actions.cancel_clock}[ending]
            end(actor=None, clock=clock, **({"reason": "No longer."} if ending == "cancel" else {}))  # type: ignore[operator]
        before = Clock.objects.values().get(pk=clock.pk)
        for number in closings:
            day = (at + dt.timedelta(days=number)).date()
            actions.add_closure(actor=None, program=program, name=f"Closing {number}", first_on=day)
        fire_due()
        assert Clock.objects.values().get(pk=clock.pk) == before
