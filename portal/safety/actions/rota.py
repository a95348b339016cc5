"""A rota's shifts and its number, the hours in which staff answer, and the alarm where nobody would be on call."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from portal.access import on_call as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import break_promise, record_happening
from portal.clocks.models import Clock
from portal.notices.actions import mark_read, notify
from portal.notices.models import Notice
from portal.programs.models import Organization, Program, StaffRole
from portal.programs.registry import profiles
from portal.programs.vocabulary import Event
from portal.safety import refusals
from portal.safety.gaps import DAY, Span, moment_of, weekly
from portal.safety.models import DutyHours, OnCallLine, OnCallShift, RotaGap

logger = logging.getLogger(__name__)

ROTA = "/on-call/"
FARTHEST = dt.timedelta(days=366)
MOST_WEEKS = 26


class Local(NamedTuple):
    """A moment as the clocks of the organization show it."""

    on: dt.date
    at: dt.time

    def in_utc(self, organization: Organization) -> dt.datetime:
        return moment_of(self.on, self.at, access.zone_of(organization))


# -- the rota --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_shift(*, actor: Person, role: StaffRole, starts: Local, ends: Local) -> OnCallShift:
    """Put somebody on call. Over midnight is one shift; a day on which clocks change may make 25 hours of 24.

    Raises SameTime, Backwards, TooLong, Over, TooFar, MayNot, OnCallAlready.
    """
    organization = role.organization
    require(access.may_change_rota(actor, organization))
    _check_length(starts, ends)
    span = Span(starts.in_utc(organization), ends.in_utc(organization))
    if span.ends_at <= span.starts_at:  # all of it falls into the hour that a clock change skips
        raise refusals.SameTime
    _check_moment(span)
    _lock(organization)
    if not _may_be_on_call(role, span):
        raise refusals.MayNot
    if _taken(role, [span]):
        raise refusals.OnCallAlready
    (shift,) = _made(actor, role, [span])
    return shift


def _check_length(starts: Local, ends: Local) -> None:
    """By the clock on the wall: what people write down and mean."""
    length = dt.datetime.combine(ends.on, ends.at) - dt.datetime.combine(starts.on, starts.at)
    if not length:
        raise refusals.SameTime
    if length < dt.timedelta():
        raise refusals.Backwards
    if length > DAY:
        raise refusals.TooLong


def _check_moment(span: Span) -> None:
    now = timezone.now()
    if span.ends_at <= now:
        raise refusals.Over
    if span.starts_at > now + FARTHEST:
        raise refusals.TooFar


@transaction.atomic
def fill_rota(
    *, actor: Person, role: StaffRole, weekdays: Collection[int], starts: dt.time, ends: dt.time, first_on: dt.date,
    weeks: int,
) -> list[OnCallShift]:  # fmt: skip
    """The same shift on these days of so many weeks, at the same time by the clock also after a clock change.

    What is over, and what the person cannot do or is on call in already, is left out. Raises SameTime, TooFar, NothingLeft.
    """
    organization = role.organization
    require(access.may_change_rota(actor, organization))
    if starts == ends:
        raise refusals.SameTime
    now = timezone.now()
    if first_on > (now + FARTHEST).date():
        refusal = refusals.TooFar()
        refusal.field = "first_on"
        raise refusal
    spans = weekly(weekdays, starts, ends, first_on, min(weeks, MOST_WEEKS), access.zone_of(organization))
    _lock(organization)
    ahead = [span for span in spans if span.ends_at > now and _may_be_on_call(role, span)]
    taken = _taken(role, ahead)
    free = [span for span in ahead if not any(_overlap(span, one) for one in taken)]
    if not free:
        raise refusals.NothingLeft
    return _made(actor, role, free)


def _lock(organization: Organization) -> None:
    """Two people at one rota write one after the other, so that nobody is put on call twice."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def _may_be_on_call(role: StaffRole, span: Span) -> bool:
    current = StaffRole.objects.select_related("person", "organization__program").get(pk=role.pk)
    return current.started_at <= span.starts_at and span.ends_at <= access.stops_at(current)


def _taken(role: StaffRole, spans: Iterable[Span]) -> list[Span]:
    """The person's own shifts that lie in these times."""
    wanted = list(spans)
    if not wanted:
        return []
    own = OnCallShift.objects.filter(
        staff_role__person=role.person_id,
        staff_role__organization=role.organization_id,
        cancelled_at=None,
        ends_at__gt=min(span.starts_at for span in wanted),
        starts_at__lt=max(span.ends_at for span in wanted),
    )
    known = [Span(shift.starts_at, shift.ends_at) for shift in own]
    return [one for one in known if any(_overlap(one, span) for span in wanted)]


def _overlap(one: Span, other: Span) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _made(actor: Person, role: StaffRole, spans: list[Span]) -> list[OnCallShift]:
    shifts = OnCallShift.objects.bulk_create(
        OnCallShift(
            organization=role.organization,
            staff_role=role,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            made_by=actor,
        )
        for span in spans
    )
    for shift in shifts:
        _note(actor, Entry.Verb.CREATED, shift)
    _tell(actor, role)
    return shifts


@transaction.atomic
def cancel_shift(*, actor: Person, shift: OnCallShift) -> None:
    """Call it off, also in the middle. Twice changes nothing."""
    require(access.may_change_rota(actor, shift.organization))
    running = OnCallShift.objects.filter(pk=shift.pk, cancelled_at=None)
    if running.update(cancelled_at=timezone.now(), cancelled_by=actor):
        _note(actor, Entry.Verb.ENDED, shift)
        _tell(actor, shift.staff_role)


def _note(actor: Person, verb: Entry.Verb, shift: OnCallShift) -> None:
    record(
        actor=actor,
        verb=verb,
        subject="on_call_shift",
        subject_id=shift.public_id,
        role_id=str(shift.staff_role.public_id),
        starts_at=shift.starts_at.isoformat(),
        ends_at=shift.ends_at.isoformat(),
    )


def _tell(actor: Person, role: StaffRole) -> None:
    """Whose times on call have changed, unless they did it themselves; once, however many shifts these are."""
    if role.person_id != actor.pk:
        notify(person=role.person, kind=Notice.Kind.ON_CALL_CHANGED, path=ROTA, about=f"on-call:{role.public_id}")


@transaction.atomic
def set_line(*, actor: Person, organization: Organization, phone: str) -> OnCallLine:
    """The number that reaches whoever is on call, called today; to say so again keeps it fresh."""
    require(access.may_change_rota(actor, organization))
    line, _is_new = OnCallLine.objects.update_or_create(
        organization=organization,
        defaults={"phone": phone, "checked_on": organization.program.today(), "checked_by": actor},
    )
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="on_call_line",
        subject_id=organization.slug,
        checked_on=line.checked_on.isoformat(),
    )
    return line


# -- one's own hours -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_duty_hours(
    *, actor: Person, role: StaffRole, weekdays: Collection[int], starts: dt.time, ends: dt.time
) -> list[DutyHours]:
    """Say when one answers, on these days of every week. Raises SameTime, HoursTwice."""
    require(access.own_roles(actor).filter(pk=role.pk).exists())
    if starts == ends:
        raise refusals.SameTime
    StaffRole.objects.select_for_update(no_key=True).get(pk=role.pk)
    if DutyHours.objects.filter(staff_role=role, weekday__in=weekdays, starts=starts).exists():
        raise refusals.HoursTwice
    made = [
        DutyHours.objects.create(staff_role=role, weekday=day, starts=starts, ends=ends)
        for day in sorted(set(weekdays))
    ]
    record(
        actor=actor,
        verb=Entry.Verb.CREATED,
        subject="duty_hours",
        subject_id=role.public_id,
        weekdays=[one.weekday for one in made],
    )
    return made


@transaction.atomic
def remove_duty_hours(*, actor: Person, hours: DutyHours) -> None:
    require(access.own_hours(actor).filter(pk=hours.pk).exists())
    record(
        actor=actor,
        verb=Entry.Verb.ENDED,
        subject="duty_hours",
        subject_id=hours.staff_role.public_id,
        weekdays=[hours.weekday],
    )
    DutyHours.objects.filter(pk=hours.pk).delete()


# -- the alarm -------------------------------------------------------------------------------------------------------------


def check_rota() -> int:
    """Tell of gaps that run or come near, and let the promise be late while one runs; gives how many were told of.

    Any number of workers may run it at any time. A gap is told once, and again only when it has become another one.
    """
    known = Program.objects.filter(slug__in=profiles()).order_by("pk")
    return sum(_check(program) for program in known if access.promise_of(program))


def _check(program: Program) -> int:
    now = timezone.now()
    hours = program.profile.settings.on_call_warning.value
    organizations = list(access.promising(program))
    coming = access.coming_gaps(organizations, now, hours)
    told: dict[int, list[RotaGap]] = {}
    for one in RotaGap.objects.filter(settled_at=None, organization__program=program).select_related("organization"):
        told.setdefault(one.organization_id, []).append(one)
    by_id = {one.pk: one for one in organizations} | {
        ones[0].organization_id: ones[0].organization for ones in told.values()
    }
    changed = [one for pk, one in by_id.items() if _keys(coming.get(pk, []), now) != _keys(told.get(pk, []), now)]
    fresh = sum(_alarm(one, is_promising=one.pk in coming) for one in changed)
    _tell_clock(program, now, is_running=any(gap.starts_at <= now for gaps in coming.values() for gap in gaps))
    return fresh


def _keys(gaps: Iterable[access.Gap | RotaGap], now: dt.datetime) -> set[tuple[dt.datetime, dt.datetime | None]]:
    """What is left of each: a gap that began is the same one a minute later."""
    return {(max(gap.starts_at, now), gap.ends_at) for gap in gaps}


@transaction.atomic
def _alarm(organization: Organization, *, is_promising: bool) -> int:
    """Look again with the rota locked: settle what was told and is so no more, and tell what is new."""
    _lock(organization)
    now = timezone.now()
    hours = organization.program.profile.settings.on_call_warning.value
    gaps = access.coming_gaps([organization], now, hours)[organization.pk] if is_promising else []
    told = list(RotaGap.objects.filter(organization=organization, settled_at=None))
    stand, known = _keys(gaps, now), _keys(told, now)
    for one in told:
        if not _keys([one], now) <= stand:
            _settle(one, now)
    fresh = [gap for gap in gaps if not _keys([gap], now) <= known]
    for gap in fresh:
        _tell_of(gap)
    return len(fresh)


def _settle(told: RotaGap, now: dt.datetime) -> None:
    RotaGap.objects.filter(pk=told.pk).update(settled_at=now)
    for person in access.told_of_gap(told.organization):
        mark_read(person=person, about=_about(told))


def _tell_of(gap: access.Gap) -> None:
    organization = gap.organization
    told = RotaGap.objects.create(organization=organization, starts_at=gap.starts_at, ends_at=gap.ends_at)
    record(
        actor=None,
        verb=Entry.Verb.CREATED,
        subject="on_call_gap",
        subject_id=told.public_id,
        organization=organization.slug,
        starts_at=gap.starts_at.isoformat(),
        ends_at=gap.ends_at.isoformat() if gap.ends_at else "",
    )
    people = access.told_of_gap(organization)
    if not people:
        logger.error("%s: nobody is on call from %s, and nobody is there to be told", organization, gap.starts_at)
    for person in people:
        notify(person=person, kind=Notice.Kind.ON_CALL_GAP, path=f"{ROTA}?of={organization.pk}", about=_about(told))


def _about(told: RotaGap) -> str:
    return f"on-call-gap:{told.public_id}"


def _tell_clock(program: Program, now: dt.datetime, *, is_running: bool) -> None:
    """The programme's promise is late while a gap runs in one of its rotas, and kept again when none does."""
    clock = (
        Clock.objects.filter(program=program, family=None, rule_id=access.promise_of(program), subject="")
        .order_by("-period")
        .first()
    )
    if clock is None or not clock.always_holds:
        return
    if is_running and clock.state == Clock.State.OPEN:
        running = RotaGap.objects.filter(organization__program=program, settled_at=None, starts_at__lte=now)
        began = running.aggregate(first=Min("starts_at"))["first"]
        break_promise(clock=clock, at=max(began or now, clock.started_at))
    elif not is_running and clock.state == Clock.State.MISSED:
        record_happening(
            actor=None,
            program=program,
            event=Event.ON_CALL_FILLED,
            at=now,
            key=f"{Event.ON_CALL_FILLED.value}:{clock.public_id}:{now.isoformat()}",
        )
