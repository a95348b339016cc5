"""The rhythm in which a programme promises to be in touch with one person: begun with their yes, paused by their "not now"."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from peer_support import contact_refusals as refusals
from peer_support.models import ContactPause, Pairing, PlannedContact
from peer_support.models.contacts import SUBJECT
from portal.access import contacts as access
from portal.access import families, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import hold_window, pause_clock, record_happening, release_window, resume_clock
from portal.clocks.firing import fire_one
from portal.clocks.models import Clock, Matter
from portal.enrollment.models import today_of, zone_of
from portal.families.models import Family, Member, StaffAssignment
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event

NOT_NOW = "family_said_not_now"
FARTHEST = dt.timedelta(days=366)
# A promise about the first 30 days that began longer ago is over; a date like that is a slip of the pen.
LONGEST_AGO = dt.timedelta(days=30)
OVER = (Clock.State.EXCUSED, Clock.State.CANCELLED)


@transaction.atomic
def begin_rhythm(*, actor: Person, role: StaffRole, member: Member, agreed_on: dt.date) -> list[Clock]:
    """The person said yes on that day: from then on the programme's promise of contacts runs for them, the day included.

    It is theirs: nobody else of the family sees it. The one who begins it answers for it. Raises NotYetHappened,
    TooLongAgo, RunsAlready.
    """
    require(access.may_begin_rhythm(actor, member) and role in access.roles_toward(actor, member))
    family = Family.objects.select_for_update(of=("self",)).select_related("program").get(pk=member.family_id)
    today = today_of(family)
    if agreed_on > today:
        raise refusals.NotYetHappened
    if agreed_on < today - LONGEST_AGO:
        raise refusals.TooLongAgo
    newest = _newest(member)
    if newest is not None and _is_running(newest):
        raise refusals.RunsAlready
    clocks = record_happening(
        actor=actor,
        program=family.program,
        event=Event.COORDINATION_STARTED,
        at=dt.datetime.combine(agreed_on, dt.time(), tzinfo=zone_of(family)),
        key=f"coordination:{member.person.public_id}:{agreed_on}",
        matter=Matter(
            family=family,
            subject=SUBJECT,
            subject_id=str(member.person.public_id),
            matter_of=member.person,
            responsible=role,
        ),
    )
    require(bool(clocks))  # a programme without such a promise offers no page for it
    pause = access.pause_of(member)
    if pause is not None:
        _stand_still(member, pause.comes_back_on)
    return clocks


@transaction.atomic
def say_not_now(
    *,
    actor: Person,
    member: Member,
    channel: str,
    comes_back_on: dt.date | None,
    reason: str = "",
    said_at: dt.datetime | None = None,
) -> ContactPause:
    """They want no contact for now: until which day, how they said it, and why only if they like. Their clocks stand still.

    Another "not now" takes the place of the one before. Who would have been in touch is told. Raises ComesBackMissing.
    """
    require(access.may_say_not_now(actor, member))
    family = Family.objects.select_for_update(of=("self",)).select_related("program").get(pk=member.family_id)
    today = today_of(family)
    if comes_back_on is None or not today < comes_back_on <= today + FARTHEST:
        raise refusals.ComesBackMissing
    _end(member, actor)
    pause = ContactPause(
        family=family,
        member=member,
        channel=channel,
        said_at=said_at or timezone.now(),
        comes_back_on=comes_back_on,
        recorded_by=actor,
    )
    pause.reason = reason.strip()
    pause.save()
    _record(actor, Entry.Verb.CREATED, pause)
    _call_off_until(member, comes_back_on)
    _stand_still(member, comes_back_on)
    _tell(actor, pause)
    return pause


@transaction.atomic
def come_again(*, actor: Person, pause: ContactPause) -> None:
    """Earlier than planned: contacts are welcome again, and the clocks go on. Saying so twice changes nothing."""
    require(access.may_say_not_now(actor, pause.member))
    Family.objects.select_for_update().get(pk=pause.family_id)
    if _end(pause.member, actor):
        _tell(actor, pause)


def _end(member: Member, actor: Person) -> bool:
    """End the pause that is on record. Where its day has come already, the clocks went on by themselves."""
    pause = ContactPause.objects.filter(member=member, ended_at=None).first()
    if pause is None:
        return False
    pause.ended_at = timezone.now()
    pause.save(update_fields=["ended_at"])
    _record(actor, Entry.Verb.ENDED, pause)
    clock = _newest(member)
    if clock is not None and clock.state == Clock.State.PAUSED:
        resume_clock(actor=None, clock=clock)
    elif clock is not None and pause.comes_back_on > today_of(member.family) and _is_held(clock):
        release_window(actor=None, clock=clock, reason=NOT_NOW)
    return True


def _is_held(clock: Clock) -> bool:
    now = timezone.now().isoformat()
    later = [one for one in clock.pauses if one["reason"] == NOT_NOW and _is_after(one.get("until"), now)]
    return clock.state == Clock.State.MET and bool(later)


def _is_after(moment: str | None, now: str) -> bool:
    return moment is not None and dt.datetime.fromisoformat(moment) > dt.datetime.fromisoformat(now)


def _stand_still(member: Member, comes_back_on: dt.date) -> None:
    """The week that runs stands still; what is left of one that is kept does not count either."""
    clock = _newest(member)
    if clock is None or NOT_NOW not in clock.rule.pause or clock.ends_at is None or clock.ends_at <= timezone.now():
        return
    until = dt.datetime.combine(comes_back_on, dt.time(), tzinfo=clock.tzinfo)
    if clock.state == Clock.State.OPEN:
        pause_clock(actor=None, clock=clock, reason=NOT_NOW, until=until)
    elif clock.state == Clock.State.MET:
        hold_window(actor=None, clock=clock, reason=NOT_NOW, until=until)


def _newest(member: Member) -> Clock | None:
    """The week that runs, after what is due about it has been done: a worker may be some seconds behind."""
    now = timezone.now()
    newest = access.clocks_of(member).order_by("-started_at", "-period")
    clock = newest.first()
    while clock is not None and clock.next_fire_at is not None and clock.next_fire_at <= now:
        fire_one(clock.pk, clock.next_fire_at, now)
        clock = newest.first()
    return clock


def _is_running(clock: Clock) -> bool:
    """One that stands still runs, too: its date moves when it goes on."""
    if clock.state == Clock.State.PAUSED:
        return True
    return clock.state not in OVER and clock.ends_at is not None and clock.ends_at > timezone.now()


def _call_off_until(member: Member, comes_back_on: dt.date) -> None:
    """What was planned for the days of the pause is called off with it."""
    until = dt.datetime.combine(comes_back_on, dt.time(), tzinfo=zone_of(member.family))
    planned = PlannedContact.objects.filter(member=member, called_off_at=None, kept_by=None, planned_at__lt=until)
    planned.filter(planned_at__gt=timezone.now()).update(called_off_at=timezone.now())


def _tell(actor: Person, pause: ContactPause) -> None:
    """Whoever would have been in touch: their peer partner, the staff beside the family."""
    member, now = pause.member, timezone.now()
    beside = StaffAssignment.objects.filter(
        StaffAssignment.in_force(now), family=member.family, staff_role__role__in=families.SEES_THE_FAMILY
    ).values("staff_role__person")
    peers = Pairing.objects.filter(member=member, state__in=access.IN_TOUCH).values("peer__person")
    staff = Person.objects.filter(is_active=True, pk__in=beside) | Person.objects.filter(is_active=True, pk__in=peers)
    path = f"/contacts/with/{member.family.public_id}/{member.person.public_id}/"
    for person in staff.exclude(pk=actor.pk).distinct():
        if access.roles_toward(person, member):
            about = f"contacts:{member.person.public_id}"
            notices.notify(person=person, kind=Notice.Kind.CLOCK_MOVED, path=path, about=about)


def _record(actor: Person, verb: Entry.Verb, pause: ContactPause) -> None:
    record(actor=actor, verb=verb, subject="contact_pause", subject_id=pause.public_id, channel=pause.channel)
