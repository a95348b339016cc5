"""After a hospital: somebody for the medicine within the days of the rule, or the reason on record."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import enrollment as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import excuse_clock, record_happening
from portal.clocks.models import Clock, Matter
from portal.enrollment import refusals
from portal.enrollment.actions.enrolling import locked
from portal.enrollment.actions.keeping import moment_of
from portal.enrollment.models import DISCHARGE, Discharge, Enrollment, today_of
from portal.programs.vocabulary import Event

RECENT = dt.timedelta(days=366)


@transaction.atomic
def record_discharge(*, actor: Person, enrollment: Enrollment, on: dt.date, is_medicine_needed: bool) -> Discharge:
    """Where medicine is needed, the days to find somebody for it begin. The same told twice is one.

    Raises DateAhead, DateTooFar, AlreadyEnded.
    """
    require(access.may_keep(actor, enrollment.family))
    enrollment = locked(enrollment)
    if on > today_of(enrollment.family):
        raise refusals.DateAhead
    if on < today_of(enrollment.family) - RECENT:
        raise refusals.DateTooFar
    known = enrollment.discharges.filter(on=on, is_medicine_needed=is_medicine_needed).first()
    if known is not None:
        return known
    discharge = Discharge.objects.create(
        enrollment=enrollment, on=on, is_medicine_needed=is_medicine_needed, recorded_by=actor
    )
    _note(actor, discharge, Entry.Verb.CREATED)
    rules = enrollment.family.program.profile.rules(on=on).values()
    record_happening(
        actor=actor,
        program=enrollment.family.program,
        event=Event.DISCHARGED,
        at=moment_of(enrollment.family, on),
        key=f"discharged:{discharge.public_id}",
        matter=_matter(discharge),
        starts=[one.id for one in rules if is_medicine_needed or one.satisfied_by != Event.PSYCHIATRY_LINKED],
    )
    return discharge


@transaction.atomic
def link_psychiatry(*, actor: Person, discharge: Discharge, on: dt.date) -> None:
    """They have somebody for the medicine since that day. Raises DateAhead, BeforeTheDischarge."""
    require(access.may_keep(actor, discharge.enrollment.family))
    discharge = _locked(discharge)
    family = discharge.enrollment.family
    if on > today_of(family):
        raise refusals.DateAhead
    if on < discharge.on:
        raise refusals.BeforeTheDischarge
    discharge.linked_on = on
    discharge.save(update_fields=["linked_on"])
    _note(actor, discharge, Entry.Verb.CHANGED)
    record_happening(
        actor=actor,
        program=family.program,
        event=Event.PSYCHIATRY_LINKED,
        at=moment_of(family, on),
        key=f"linked:{discharge.public_id}:{on}",
        matter=_matter(discharge),
    )


@transaction.atomic
def document_exception(
    *, actor: Person, discharge: Discharge, exception: str, words: str, notice_sent_on: dt.date | None = None
) -> None:
    """Why it could not be done: no appointment, with the notice that was sent; or the family said no.

    Written down in time it settles what is owed; written down later it stays beside a date that was missed.
    Raises NotInThisProgram, ReasonMissing, NoticeMissing, DateAhead.
    """
    require(access.may_keep(actor, discharge.enrollment.family))
    discharge = _locked(discharge)
    clock = clock_of(discharge)
    if clock is None or exception not in clock.rule.exceptions:
        raise refusals.NotInThisProgram
    if not words.strip():
        refusal = refusals.ReasonMissing()
        refusal.field = "words"
        raise refusal
    if exception == Discharge.Excuse.NO_APPOINTMENT:
        _check_notice(discharge, notice_sent_on)
    discharge.exception, discharge.exception_words = exception, words.strip()
    discharge.notice_sent_on = notice_sent_on if exception == Discharge.Excuse.NO_APPOINTMENT else None
    discharge.save(update_fields=["exception", "exception_words", "notice_sent_on"])
    _note(actor, discharge, Entry.Verb.CHANGED)
    if clock.state == Clock.State.OPEN and not _is_past(clock):
        excuse_clock(actor=actor, clock=clock, exception=exception, reason=words)


def _check_notice(discharge: Discharge, sent_on: dt.date | None) -> None:
    if sent_on is None:
        raise refusals.NoticeMissing
    refusal: refusals.CaseRefusal | None = None
    if sent_on > today_of(discharge.enrollment.family):
        refusal = refusals.DateAhead()
    elif sent_on < discharge.on:
        refusal = refusals.BeforeTheDischarge()
    if refusal is not None:
        refusal.field = "notice_sent_on"
        raise refusal


def clock_of(discharge: Discharge) -> Clock | None:
    found = Clock.objects.filter(
        subject=DISCHARGE, subject_id=str(discharge.public_id), satisfied_by=Event.PSYCHIATRY_LINKED
    )
    return found.order_by("pk").first()


def _is_past(clock: Clock) -> bool:
    return clock.ends_at is not None and timezone.now() >= clock.ends_at


def _matter(discharge: Discharge) -> Matter:
    enrollment = discharge.enrollment
    return Matter(
        family=enrollment.family,
        subject=DISCHARGE,
        subject_id=str(discharge.public_id),
        youth=enrollment.youth,
        access_basis=enrollment.access_basis,
        responsible=enrollment.care_manager,
    )


def _locked(discharge: Discharge) -> Discharge:
    found = Discharge.objects.select_for_update(of=("self",)).select_related(
        "enrollment__family__program", "enrollment__care_manager"
    )
    return found.get(pk=discharge.pk)


def _note(actor: Person, discharge: Discharge, verb: Entry.Verb) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=DISCHARGE,
        subject_id=discharge.public_id,
        family=discharge.enrollment.family,
    )
