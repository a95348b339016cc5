"""Somebody is on call day and night: who may be, what counts, and the alarm a day before nobody would be."""

from __future__ import annotations

import datetime as dt
import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from peer_support import actions as peer_support
from peer_support.models import Credential
from portal import worker
from portal.access import Refused
from portal.access import on_call as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks import actions as clocks
from portal.clocks.models import Clock, ClockEvent
from portal.clocks.refusals import NotInTheRule
from portal.notices.models import Notice
from portal.programs.models import Organization, Program, StaffRole
from portal.safety import actions, refusals
from portal.safety.actions import Local, check_rota
from portal.safety.gaps import DAY
from portal.safety.models import DutyHours, OnCallShift, RotaGap
from tests.clocks.conftest import SetTime
from tests.safety.conftest import ZONE, Rota, local
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def alarms(person: Person) -> int:
    return Notice.objects.filter(person=person, kind=Notice.Kind.ON_CALL_GAP).count()


def unread(person: Person) -> int:
    return Notice.objects.filter(person=person, kind=Notice.Kind.ON_CALL_GAP, read_at=None).count()


def told() -> list[tuple[str, str]]:
    """The gaps somebody was told of and that still stand, by the clocks there."""
    gaps = RotaGap.objects.filter(settled_at=None).order_by("starts_at")
    return [
        (
            f"{one.starts_at.astimezone(ZONE):%d %H:%M}",
            f"{one.ends_at.astimezone(ZONE):%d %H:%M}" if one.ends_at else "",
        )
        for one in gaps
    ]


# -- the alarm -------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-10")
def test_an_unfilled_shift_raises_an_alarm_24_hours_before(rota: Rota, at: SetTime) -> None:
    rota.fill("08:00", "20:00", "coordinator", "2027-03-01")
    rota.fill("20:00", "08:00", "peer", "2027-03-01")
    assert check_rota() == 0
    night = OnCallShift.objects.get(starts_at=dt.datetime(2027, 3, 3, 20, tzinfo=ZONE))
    actions.cancel_shift(actor=rota.liaison, shift=night)
    at("2027-03-02T19:59-05:00")
    assert check_rota() == 0
    at("2027-03-02T20:01-05:00")
    assert check_rota() == 1
    assert (alarms(rota.liaison), alarms(rota.lead)) == (1, 1)
    assert alarms(rota.florida.people["peer"]) == alarms(rota.mother) == 0
    assert told() == [("03 20:00", "04 08:00")]
    entry = Entry.objects.get(subject="on_call_gap")
    assert (entry.actor, entry.detail["organization"]) == (None, "network-service-provider")
    assert rota.promise() == [(1, "open")]


def test_each_gap_is_told_once_also_while_it_runs(rota: Rota, at: SetTime) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-01T20:00")
    rota.shift("2027-03-02T08:00", "2027-03-03T08:00", "peer")
    assert check_rota() == 1
    for moment in ("2027-03-01T12:00-05:00", "2027-03-01T21:00-05:00", "2027-03-02T03:00-05:00"):
        at(moment)
        Notice.objects.update(read_at=timezone.now())
        assert check_rota() == 0
    assert alarms(rota.liaison) == 1


def test_a_gap_that_changed_is_told_again_and_one_that_is_filled_is_taken_back(rota: Rota) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-01T20:00")
    rota.shift("2027-03-02T08:00", "2027-03-03T08:00", "peer")
    assert check_rota() == 1
    half = rota.shift("2027-03-01T20:00", "2027-03-02T02:00")
    assert check_rota() == 1
    assert told() == [("02 02:00", "02 08:00")]
    assert (alarms(rota.liaison), unread(rota.liaison)) == (2, 1)
    rota.shift("2027-03-02T02:00", "2027-03-02T08:00", "peer")
    assert check_rota() == 0
    assert told() == []
    assert unread(rota.liaison) == unread(rota.lead) == 0
    actions.cancel_shift(actor=rota.lead, shift=half)
    assert check_rota() == 1
    assert told() == [("01 20:00", "02 02:00")]


def test_a_second_gap_leaves_the_first_one_as_it_was(rota: Rota) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-01T20:00")
    rota.shift("2027-03-01T22:00", "2027-03-02T07:30", "peer")
    last = rota.shift("2027-03-02T07:30", "2027-03-03T07:30")
    assert check_rota() == 1
    actions.cancel_shift(actor=rota.liaison, shift=last)
    assert check_rota() == 1
    assert told() == [("01 20:00", "01 22:00"), ("02 07:30", "")]
    assert alarms(rota.liaison) == 2


def test_the_end_of_the_rota_is_a_gap_without_an_end_and_one_far_away_has_its_true_end(rota: Rota) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-02T02:00")
    assert check_rota() == 1
    assert told() == [("02 02:00", "")]
    rota.shift("2027-03-20T08:00", "2027-03-20T20:00")
    assert check_rota() == 1
    assert told() == [("02 02:00", "20 08:00")]
    assert check_rota() == 0


@pytest.mark.promise("FL-10")
def test_the_promise_is_late_while_nobody_is_on_call_and_kept_again_when_somebody_is(rota: Rota, at: SetTime) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-01T20:00")
    rota.shift("2027-03-02T08:00", "2027-03-03T08:00", "peer")
    check_rota()
    assert rota.promise() == [(1, "open")]
    at("2027-03-01T22:00-05:00")  # no worker ran for two hours
    check_rota()
    check_rota()
    assert rota.promise() == [(1, "missed")]
    missed = ClockEvent.objects.get(kind=ClockEvent.Kind.MISSED)
    assert missed.at == dt.datetime(2027, 3, 1, 20, tzinfo=ZONE)
    assert Notice.objects.filter(person=rota.lead, kind=Notice.Kind.CLOCK_MISSED).count() == 1
    rota.shift("2027-03-01T22:00", "2027-03-02T08:00")
    check_rota()
    check_rota()
    assert rota.promise() == [(1, "met"), (2, "open")]
    assert Notice.objects.filter(person=rota.lead, kind=Notice.Kind.CLOCK_MET).count() == 1
    at("2027-03-03T09:00-05:00")
    check_rota()
    assert rota.promise() == [(1, "met"), (2, "missed")]


def test_a_promise_breaks_once_and_only_one_that_always_holds(rota: Rota) -> None:
    clock = Clock.objects.get(rule_id="FL-ONCALL")
    for _ in range(2):
        assert clocks.break_promise(clock=clock).state == Clock.State.MISSED
    assert ClockEvent.objects.filter(kind=ClockEvent.Kind.MISSED).count() == 1
    rota.florida.begin()
    with pytest.raises(NotInTheRule):
        clocks.break_promise(clock=Clock.objects.filter(rule_id="FL-CONTACT")[0])


def test_an_agency_without_any_rota_is_told_at_once_and_one_that_has_nobody_left_no_more(rota: Rota) -> None:
    assert check_rota() == 1
    assert rota.promise() == [(1, "missed")]
    assert unread(rota.liaison) == 1
    for slug in ("coordinator", "peer"):
        peer_support.end_staff_role(actor=None, role=rota.role(slug))
    assert check_rota() == 0
    assert told() == []
    assert rota.promise() == [(1, "met"), (2, "open")]


def test_where_nobody_on_call_is_promised_a_rota_raises_no_alarm(world: World) -> None:
    now = timezone.now().astimezone(world.program.zone)
    ends = now + dt.timedelta(hours=2)
    actions.add_shift(
        actor=world.liaison,
        role=world.peer_role,
        starts=Local(now.date(), now.time()),
        ends=Local(ends.date(), ends.time()),
    )
    assert [role.person for role in access.on_call_now(world.peer_role.organization, timezone.now())] == [world.peer]
    assert check_rota() == 0
    assert not access.promise_of(world.program)
    assert [one.slug for one in access.kept_rotas(world.liaison)] == ["fhf-jefferson"]


def test_a_gap_that_nobody_is_there_to_hear_of_is_in_the_log(rota: Rota, caplog: pytest.LogCaptureFixture) -> None:
    Person.objects.filter(pk__in=[rota.lead.pk, rota.liaison.pk]).update(is_active=False)
    with caplog.at_level(logging.ERROR):
        check_rota()
    assert "nobody is there to be told" in caplog.text


def test_the_worker_looks_at_the_rotas(rota: Rota) -> None:
    assert worker.one_round()["uncovered"] == 1
    assert worker.one_round()["uncovered"] == 0


# -- what counts ------------------------------------------------------------------------------------------------------------


def test_a_person_whose_job_ends_in_the_middle_of_a_shift_leaves_a_gap(rota: Rota, at: SetTime) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-02T08:00", "peer")
    rota.shift("2027-03-02T08:00", "2027-03-03T08:00")
    assert check_rota() == 0
    at("2027-03-01T10:00-05:00")
    assert [role.pk for role in access.on_call_now(rota.organization, timezone.now())] == [rota.role("peer").pk]
    peer_support.end_staff_role(actor=None, role=rota.role("peer"))
    at("2027-03-01T10:01-05:00")
    assert access.on_call_now(rota.organization, timezone.now()) == []
    assert check_rota() == 1
    assert told() == [("01 10:01", "02 08:00")]
    assert rota.promise() == [(1, "missed")]


def test_a_closed_account_is_on_call_no_more(rota: Rota) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-02T08:00", "peer")
    Person.objects.filter(pk=rota.florida.people["peer"].pk).update(is_active=False)
    assert access.on_call_now(rota.organization, timezone.now()) == []
    assert rota.role("peer") not in access.possible_roles(rota.organization)


def test_who_has_a_check_that_ran_out_may_not_be_on_call_and_is_on_call_to_its_last_day(
    rota: Rota, at: SetTime
) -> None:
    check = Credential.objects.create(
        staff_role=rota.role("peer"),
        kind="clearance",
        title="State check",
        issued_on=dt.date(2026, 3, 2),
        expires_on=dt.date(2027, 3, 2),
        added_by=rota.lead,
    )
    rota.shift("2027-03-02T08:00", "2027-03-03T00:00", "peer")
    with pytest.raises(refusals.MayNot):
        rota.shift("2027-03-03T00:00", "2027-03-03T08:00", "peer")
    OnCallShift.objects.update(ends_at=dt.datetime(2027, 3, 3, 8, tzinfo=ZONE))  # as if it ran out meanwhile
    (gap,) = access.gaps_between(rota.organization, timezone.now() + DAY, timezone.now() + DAY * 2)
    assert gap.starts_at == dt.datetime(2027, 3, 3, tzinfo=ZONE)
    at("2027-03-03T08:00-05:00")
    assert rota.role("peer") not in access.possible_roles(rota.organization)
    check.pk = None
    Credential.objects.create(
        staff_role=rota.role("peer"), kind="clearance", title="State  check", issued_on=dt.date(2027, 3, 3),
        added_by=rota.lead,
    )  # fmt: skip
    assert rota.role("peer") in access.possible_roles(rota.organization)


def test_a_mentor_and_who_receives_complaints_are_not_put_on_call(world: World) -> None:
    possible = access.possible_roles(world.peer_role.organization)
    assert world.mentor_role not in possible
    assert world.peer_role in possible
    assert access.possible_roles(world.coordinator_role.organization) == []


def test_a_check_that_was_never_there_counts_once_peers_are_chosen_by_their_profiles(
    rota: Rota, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.access import peers
    from portal.programs.schema import Profile

    needed = [type("Needed", (), {"id": "state-check"})()]
    monkeypatch.setattr(Profile, "required_of", lambda *_: needed)
    assert rota.role("peer") in access.possible_roles(rota.organization)
    monkeypatch.setattr(peers, "matches_by_profiles", lambda _: True)
    assert access.possible_roles(rota.organization) == []


def test_shifts_may_overlap_and_the_one_who_has_it_longest_comes_first(rota: Rota, at: SetTime) -> None:
    rota.shift("2027-03-01T10:00", "2027-03-01T20:00")
    rota.shift("2027-03-01T08:00", "2027-03-01T14:00", "peer")
    at("2027-03-01T12:00-05:00")
    now = access.on_call_now(rota.organization, timezone.now())
    assert [role.person.display_name for role in now] == ["Peer", "Coordinator"]


# -- writing the rota ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "refusal"),
    [
        ("2027-03-02T08:00", "2027-03-02T08:00", refusals.SameTime),
        ("2027-03-02T08:00", "2027-03-01T20:00", refusals.Backwards),
        ("2027-03-02T08:00", "2027-03-03T08:15", refusals.TooLong),
        ("2027-02-27T08:00", "2027-02-27T20:00", refusals.Over),
        ("2028-04-01T08:00", "2028-04-01T20:00", refusals.TooFar),
        ("2027-03-14T02:30", "2027-03-14T03:00", refusals.SameTime),  # clocks skip it
    ],
)
def test_a_shift_that_cannot_be_is_refused_with_a_plain_sentence(
    rota: Rota, starts: str, ends: str, refusal: type[refusals.SafetyRefusal]
) -> None:
    with pytest.raises(refusal) as refused:
        rota.shift(starts, ends)
    assert str(refused.value.message).endswith(".")
    assert not OnCallShift.objects.exists()


def test_a_whole_day_is_24_hours_by_the_clock_also_when_it_has_25(rota: Rota) -> None:
    shift = rota.shift("2027-11-06T08:00", "2027-11-07T08:00")
    assert shift.ends_at - shift.starts_at == dt.timedelta(hours=25)


def test_nobody_is_put_on_call_twice_at_once_and_other_people_may_be(rota: Rota) -> None:
    rota.shift("2027-03-01T20:00", "2027-03-02T08:00")
    with pytest.raises(refusals.OnCallAlready):
        rota.shift("2027-03-02T07:00", "2027-03-02T12:00")
    rota.shift("2027-03-02T08:00", "2027-03-02T12:00")
    rota.shift("2027-03-02T07:00", "2027-03-02T12:00", "peer")
    twin = OnCallShift.objects.earliest("starts_at")
    twin.pk, twin.public_id = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_shift_at_the_same_moment_add_one(world_committed: World) -> None:
    world = world_committed
    start, today = Barrier(2), timezone.now().astimezone(world.program.zone).date() + DAY

    def add(person: Person) -> str:
        try:
            start.wait(timeout=10)
            actions.add_shift(
                actor=person,
                role=world.peer_role,
                starts=Local(today, dt.time(20)),
                ends=Local(today + DAY, dt.time(8)),
            )
        except refusals.SafetyRefusal as refusal:
            return str(refusal.message)
        finally:
            connection.close()
        return "added"

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(add, [world.liaison, world.lead]))
    assert answers == [str(refusals.OnCallAlready.message), "added"]
    assert OnCallShift.objects.count() == 1


def test_a_pattern_fills_what_is_free_and_leaves_what_is_there(rota: Rota) -> None:
    rota.shift("2027-03-02T12:00", "2027-03-02T13:00")
    made = rota.fill("08:00", "20:00", "coordinator", "2027-03-01", weeks=2)
    assert len(made) == 13
    with pytest.raises(refusals.NothingLeft):
        rota.fill("08:00", "20:00", "coordinator", "2027-03-01", weeks=2)
    with pytest.raises(refusals.SameTime):
        rota.fill("08:00", "08:00", "coordinator", "2027-03-01")
    with pytest.raises(refusals.NothingLeft):
        rota.fill("08:00", "20:00", "coordinator", "2026-01-01")
    with pytest.raises(refusals.TooFar):
        rota.fill("08:00", "20:00", "coordinator", "2029-03-01")
    assert Entry.objects.filter(subject="on_call_shift", verb="created").count() == 14


def test_a_rota_around_the_clock_has_no_gap_when_clocks_change(rota: Rota) -> None:
    for first in ("2027-03-08", "2027-11-01"):
        rota.fill("08:00", "20:00", "coordinator", first, weeks=2)
        rota.fill("20:00", "08:00", "peer", first, weeks=2)
        start = dt.datetime.combine(dt.date.fromisoformat(first), dt.time(8), tzinfo=ZONE).astimezone(dt.UTC)
        assert access.gaps_between(rota.organization, start, start + DAY * 13) == []


@pytest.mark.parametrize(
    ("change", "length"), [("2027-03-13", dt.timedelta(hours=11)), ("2027-11-06", dt.timedelta(hours=13))]
)
def test_a_night_without_anybody_over_a_clock_change_is_one_gap(
    rota: Rota, at: SetTime, change: str, length: dt.timedelta
) -> None:
    rota.fill("08:00", "20:00", "coordinator", change)
    at(f"{change}T12:00-05:00")
    assert check_rota() == 1
    (gap,) = RotaGap.objects.filter(settled_at=None)
    assert gap.ends_at is not None
    assert gap.ends_at - gap.starts_at == length


def test_who_is_put_on_call_is_told_once_and_what_is_called_off_twice_is_called_off(rota: Rota) -> None:
    shifts = rota.fill("08:00", "20:00", "peer", "2027-03-01")
    peer = rota.florida.people["peer"]
    assert Notice.objects.filter(person=peer, kind=Notice.Kind.ON_CALL_CHANGED).count() == 1
    for _ in range(2):
        actions.cancel_shift(actor=rota.liaison, shift=shifts[0])
    assert Entry.objects.filter(subject="on_call_shift", verb="ended").count() == 1
    rota.shift("2027-03-20T08:00", "2027-03-20T20:00", "liaison")
    assert not Notice.objects.filter(person=rota.liaison, kind=Notice.Kind.ON_CALL_CHANGED).exists()


# -- who may -------------------------------------------------------------------------------------------------------------------


def test_a_rota_is_seen_by_those_who_may_be_on_call_and_changed_by_liaison_and_lead(rota: Rota) -> None:
    shift = rota.shift("2027-03-01T08:00", "2027-03-01T20:00", "peer")
    people = rota.florida.people
    for person in (people["peer"], people["coordinator"], rota.liaison, rota.lead):
        assert list(access.visible_shifts(person)) == [shift]
    assert not access.visible_shifts(rota.mother).exists()
    for person in (people["peer"], people["coordinator"], rota.mother):
        with pytest.raises(Refused):
            actions.cancel_shift(actor=person, shift=shift)
        with pytest.raises(Refused):
            actions.set_line(actor=person, organization=rota.organization, phone="(850) 555-0139")
        with pytest.raises(Refused):
            actions.add_shift(
                actor=person, role=rota.role(), starts=local("2027-03-02T08:00"), ends=local("2027-03-02T09:00")
            )
    Person.objects.filter(pk=rota.lead.pk).update(is_active=False)
    rota.lead.refresh_from_db()
    assert not access.visible_rotas(rota.lead).exists()
    assert not access.changed_rotas(rota.lead).exists()


def test_a_stranger_sees_no_rota_of_another_organization(world: World) -> None:
    for person in (world.stranger_liaison, world.faraway_liaison, world.coordinator, world.mentor, world.caregiver):
        assert world.peer_role.organization not in access.visible_rotas(person)
        assert not access.may_change_rota(person, world.peer_role.organization)
    assert world.peer_role.organization in access.visible_rotas(world.lead)


# -- one's own hours ------------------------------------------------------------------------------------------------------------


def hours_of(rota: Rota, starts: str, ends: str, *weekdays: int) -> list[DutyHours]:
    return actions.add_duty_hours(
        actor=rota.florida.people["peer"],
        role=rota.role("peer"),
        weekdays=weekdays,
        starts=dt.time.fromisoformat(starts),
        ends=dt.time.fromisoformat(ends),
    )


def there(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_somebody_answers_inside_their_hours_also_past_midnight(rota: Rota) -> None:
    hours_of(rota, "09:00", "17:00", 0, 1)
    hours_of(rota, "20:00", "02:00", 4)
    role = rota.role("peer")
    assert [access.on_duty(role, there(text)) for text in ("2027-03-01T09:00", "2027-03-01T17:00")] == [True, False]
    assert access.on_duty(role, there("2027-03-06T01:59"))
    assert not access.on_duty(role, there("2027-03-06T02:00"))
    assert access.next_on_duty(role, there("2027-03-01T10:00")) == there("2027-03-01T10:00")
    assert access.next_on_duty(role, there("2027-03-02T18:00")) == there("2027-03-05T20:00")
    assert access.next_on_duty(role, there("2027-03-06T03:00")) == there("2027-03-08T09:00")


def test_without_hours_somebody_answers_only_during_their_shifts(rota: Rota) -> None:
    role = rota.role("peer")
    assert access.next_on_duty(role, timezone.now()) is None
    rota.shift("2027-03-01T20:00", "2027-03-02T08:00", "peer")
    assert not access.on_duty(role, there("2027-03-01T19:00"))
    assert access.on_duty(role, there("2027-03-01T21:00"))
    assert access.next_on_duty(role, there("2027-03-01T19:00")) == there("2027-03-01T20:00")


def test_who_does_not_work_here_any_more_answers_never(rota: Rota) -> None:
    hours_of(rota, "09:00", "17:00", *range(7))
    StaffRole.objects.filter(pk=rota.role("peer").pk).update(ended_at=there("2027-03-02T12:00"))
    role = rota.role("peer")
    assert access.on_duty(role, there("2027-03-02T11:00"))
    assert access.next_on_duty(role, there("2027-03-02T12:00")) is None
    assert not access.on_duty(role, there("2027-03-03T11:00"))


def test_only_the_person_writes_their_hours(rota: Rota) -> None:
    (hours,) = hours_of(rota, "09:00", "17:00", 0)
    with pytest.raises(refusals.HoursTwice):
        hours_of(rota, "09:00", "12:00", 0)
    with pytest.raises(refusals.SameTime):
        hours_of(rota, "09:00", "09:00", 1)
    with pytest.raises(Refused):
        actions.remove_duty_hours(actor=rota.liaison, hours=hours)
    with pytest.raises(Refused):
        actions.add_duty_hours(
            actor=rota.liaison, role=rota.role("peer"), weekdays=[2], starts=dt.time(9), ends=dt.time(10)
        )
    actions.remove_duty_hours(actor=rota.florida.people["peer"], hours=hours)
    assert not DutyHours.objects.exists()


def test_an_organization_in_one_other_zone_keeps_its_own_time(rota: Rota, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program.objects.get(pk=rota.florida.program.pk)
    profile = program.profile
    west = tuple(
        one.model_copy(update={"statewide": False, "regions": ("bay", "walton")})
        if one.id == "network-service-provider"
        else one
        for one in profile.organizations
    )
    from portal.programs import registry

    known = registry.profiles() | {profile.slug: profile.model_copy(update={"organizations": west})}
    monkeypatch.setattr(registry, "profiles", lambda: known)
    organization = Organization.objects.get(pk=rota.organization.pk)
    assert str(access.zone_of(organization)) == "America/Chicago"
