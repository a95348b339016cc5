"""A plan says no, or less: what its letter says is written down, and the last days of the family begin to run.

Where no health plan is bound (Missouri's programme), a review that changes a service is told in plain words, with the
programme's own way to say no to it; nothing of Medicaid is started nor said (MO-22).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.access import appeals as access
from portal.access import granted, grievances, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import record_happening
from portal.clocks.models import Clock, Matter
from portal.clocks.refusals import NotYet
from portal.families.models import Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import Program
from portal.programs.vocabulary import Event
from rights_grievances import plans
from rights_grievances.actions.drafts import MOST_FILES, new_file
from rights_grievances.models import SUBJECT, AdverseNotice, Case, CaseFile
from rights_grievances.refusals import CaseRefusal
from rights_grievances.telling_refusals import TellRefusal

What, Told = AdverseNotice.What, AdverseNotice.Told


@transaction.atomic
def record_adverse_notice(
    *,
    actor: Person | None,
    youth: Member,
    what: str,
    service: str,
    dated_on: dt.date,
    reason: str = "",
    plan: str = "",
    told: str = Told.LETTER,
    sent_on: dt.date | None = None,
    **more: Any,
) -> AdverseNotice:
    """Write down what the letter says: by the family, or by staff. The same letter again gives the same row.

    The review of the use of services (MO-22) is told by the page itself, and so on the day on which it is written down.
    `more`: the other fields of the row. Raises CaseRefusal("ahead") for what was not sent yet, and "no_such_plan".
    """
    require(actor is None or access.may_record(actor, youth))
    family = youth.family
    said = {
        "youth": youth,
        "plan": _bound(family.program, plan),
        "what": what,
        "told": told,
        "service": service.strip(),
        "dated_on": dated_on,
        "case": more.pop("case", None),
    }
    known = AdverseNotice.objects.filter(**said).first()
    if known is not None:
        return known
    notice = AdverseNotice.objects.create(
        program=family.program,
        family=family,
        reason=reason.strip(),
        sent_at=_noon(family.program, sent_on or more.get("mailed_on") or _told_by_page(family.program, told)),
        recorded_by=actor,
        **said,
        **more,
    )
    # Without the family's id: who else of it reads the record may not see the letter.
    record(actor=actor, verb=Entry.Verb.CREATED, subject="adverse", subject_id=notice.public_id)
    _start_last_days(notice)
    _tell(notice, actor)
    return notice


def add_photo(*, actor: Person, notice: AdverseNotice, data: bytes) -> CaseFile:
    """A picture of the letter, made anew. Raises MediaRefusal and TellRefusal."""
    require(access.visible_notices(actor).filter(pk=notice.pk).exists() and access.may_record(actor, notice.youth))
    file = new_file(data)
    with transaction.atomic():
        AdverseNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        if access.photos_of(notice).count() >= MOST_FILES:
            raise TellRefusal("full")
        file.notice = notice
        file.save()
        record(actor=actor, verb=Entry.Verb.CHANGED, subject="adverse", subject_id=notice.public_id, fields=["files"])
    return file


@transaction.atomic
def remove_photo(*, actor: Person, file: CaseFile) -> None:
    """The family takes one out again: a wrong page, or somebody else's name on it."""
    notice = granted(file.notice)
    require(access.is_own(actor, notice))
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="adverse", subject_id=notice.public_id, fields=["files"])
    file.delete()


@transaction.atomic
def notice_of_delay(*, case: Case, at: dt.datetime) -> AdverseNotice | None:
    """A plan that did not answer in time has decided against the family: that can be appealed (42 CFR 438.400(b)(5)).

    None where no plan is bound, or where it is about nobody of a family. From the day on which it was late.
    """
    if not plans.opens_appeals(case) or case.youth is None:
        return None
    day = at.astimezone(case.program.zone).date()
    return record_adverse_notice(
        actor=None,
        youth=case.youth,
        what=What.LATE_ANSWER,
        service="",
        dated_on=day,
        sent_on=day,
        mailed_on=day,
        plan=case.plan,
        told=Told.DELAY,
        case=case,
    )


# -- what follows ------------------------------------------------------------------------------------------------------------


def matter_of(notice: AdverseNotice) -> Matter:
    return Matter(
        family=notice.family, subject=SUBJECT, subject_id=str(notice.public_id), plan=notice.plan, youth=notice.youth
    )


def happened(notice: AdverseNotice, event: Event, at: dt.datetime, *, is_start: bool = True, key: str = "") -> None:
    """Tell the clocks of that letter. `is_start`: whether its rules begin by it, or it only dates and settles others."""
    record_happening(
        actor=None,
        program=notice.program,
        event=event,
        at=at,
        key=f"adverse:{notice.public_id}:{event.value}{key and f':{key}'}",
        matter=matter_of(notice),
        starts=None if is_start else (),
    )


def last_day(notice: AdverseNotice, event: Event) -> Clock | None:
    """The clock that such a step satisfies: the last day to appeal, to keep a service going, to go to the state.

    Of a missed date the later one: of the day it was missed, or of the letter that said so.
    """
    found = access.clocks_of(notice)
    if notice.case is not None:
        found |= grievances.clocks_of(notice.case)
    return found.filter(satisfied_by=event).exclude(state=Clock.State.CANCELLED).order_by("due_at", "pk").last()


def last_day_near(clock: Clock) -> None:
    """The family's own last day about a letter comes near: it is told, and nobody else is."""
    notice = (
        AdverseNotice.objects.select_related("program", "family", "case").filter(public_id=clock.subject_id).first()
    )
    if notice is not None:
        path = reverse("adverse_show", args=[notice.public_id])
        told = [(person, path) for person in access.speakers_for(notice)]
        notices.notify_all(told=told, kind=Notice.Kind.CASE, about=notice.told_as)


def came_late(notice: AdverseNotice) -> bool:
    """It was sent with too few days before the change (42 CFR 431.211). Not known when it was sent: by its own date."""
    clock = last_day(notice, Event.ADVERSE_NOTICE_SENT)
    if clock is None or clock.due_on is None:
        return False
    return clock.is_late if notice.sent_at is not None else notice.dated_on > clock.due_on


def _start_last_days(notice: AdverseNotice) -> None:
    """Nothing where no plan is bound: no number is borrowed. Each programme's rules name which of these dates counts."""
    if not notice.plan:
        return
    cuts = notice.what == What.REDUCED  # only then is there something to keep going, and notice to be given ahead
    said = [
        (Event.CHANGE_EFFECTIVE, _start(notice, notice.effective_on), cuts),
        (Event.ADVERSE_NOTICE_DATED, _start(notice, notice.dated_on), True),
        (Event.ADVERSE_NOTICE_MAILED, _start(notice, notice.mailed_on), True),
        (Event.ADVERSE_NOTICE_SENT, notice.sent_at, cuts),
    ]
    try:
        for event, at, is_start in said:
            if at is not None:
                happened(notice, event, at, is_start=is_start)
    except NotYet as refusal:
        raise CaseRefusal("ahead", field="sent_on") from refusal


def _tell(notice: AdverseNotice, actor: Person | None) -> None:
    """The family; and the coordinators, where it came with too few days before the change, or the plan was late."""
    told = access.speakers_for(notice)
    if actor is None or came_late(notice):
        told += access.coordinators_for(notice)
    path = reverse("adverse_show", args=[notice.public_id])
    people = [(person, path) for person in dict.fromkeys(told) if person != actor]
    notices.notify_all(told=people, kind=Notice.Kind.CASE, about=notice.told_as)


def _bound(program: Program, plan: str) -> str:
    bound = plans.plan_for(program, plan)
    if bound and bound not in program.profile.plans:
        raise CaseRefusal("no_such_plan")
    return bound


def _start(notice: AdverseNotice, day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(), tzinfo=notice.program.zone) if day is not None else None


def _told_by_page(program: Program, told: str) -> dt.date | None:
    return program.today() if told == Told.REVIEW else None


def _noon(program: Program, day: dt.date | None) -> dt.datetime | None:
    """A day without a time of day; today's is no later than now."""
    if day is None:
        return None
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=program.zone)
    return min(noon, timezone.now()) if day == program.today() else noon
