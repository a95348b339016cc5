"""What every action on a case shares: the row as it is now, the step that is written down, its dates, and whom it tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal.access import grievances as access
from portal.access import independence
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import cancel_clock, hold, record_happening
from portal.clocks.models import Clock, Matter
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.vocabulary import Event
from rights_grievances import plans
from rights_grievances.models import SUBJECT, Case, CaseStep, Involved
from rights_grievances.refusals import CaseRefusal
from rights_grievances.states import can_go

Kind = CaseStep.Kind
SLACK = dt.timedelta(minutes=5)  # clocks of two machines


def locked(case: Case) -> Case:
    """The row as it is now, held to the end of the transaction: two people at once act one after the other.

    Everybody holds in this order, so that no two wait for each other: the family (the programme, where there is none), its
    cases from the oldest on, what belongs to them, their clocks.
    """
    hold(case.program, case.family)
    held = Case.objects.select_for_update(of=("self",), no_key=True).select_related(
        "program", "family__program", "youth__person", "filed_by", "handler__person", "decider__person"
    )
    return held.get(pk=case.pk)


def step(
    case: Case,
    kind: CaseStep.Kind,
    *,
    at: dt.datetime | None = None,
    by: Person | None = None,
    text: str = "",
    for_staff: bool = False,
    **data: Any,
) -> CaseStep:
    """Write down that something happened. `data` holds codes, dates and ids, never names or words."""
    made = CaseStep(case=case, kind=kind, at=at or timezone.now(), by=by, for_staff=for_staff, data=data)
    made.text = text
    made.save()
    return made


def note(actor: Person | None, case: Case, *fields: str, verb: Entry.Verb = Entry.Verb.CHANGED) -> None:
    """Into the record: never with the family's id, since others of it read what is recorded about the family."""
    record(actor=actor, verb=verb, subject="case", subject_id=case.public_id, fields=list(fields))


def go(case: Case, to: Case.State) -> None:
    """Take it to that state. Raises CaseRefusal where no way leads there."""
    if not can_go(case.state, to):
        raise CaseRefusal("not_now")
    case.state = to


def require_open(case: Case) -> None:
    if not case.is_open:
        raise CaseRefusal("over")


def check_moment(case: Case, at: dt.datetime, *, since: dt.datetime | None = None) -> dt.datetime:
    """What is written down has happened, and not before what it answers. A day without a time counts whole."""
    if at > timezone.now() + SLACK:
        raise CaseRefusal("ahead")
    floor = since or case.filed_at
    if at < floor:
        if at.astimezone(case.program.zone).date() == floor.astimezone(case.program.zone).date():
            return floor
        raise CaseRefusal("before_it_was_told")
    return at


# -- dates -------------------------------------------------------------------------------------------------------------------


def matter_of(case: Case) -> Matter:
    return Matter(
        family=case.family,
        subject=SUBJECT,
        subject_id=str(case.public_id),
        plan=case.plan,
        matter_of=case.filed_by if case.is_own_matter else None,
        youth=case.youth,
    )


def happened(
    case: Case, event: Event, at: dt.datetime, *, key: str = "", starts: Collection[str] | None = None
) -> list[Clock]:
    """Tell the clocks: what it starts, dates and settles of this case. `key` tells one time from the next."""
    said = f"case:{case.public_id}:{event.value}"
    return record_happening(
        actor=None,
        program=case.program,
        event=event,
        at=at,
        key=f"{said}:{key}" if key else said,
        matter=matter_of(case),
        starts=starts,
    )


def answered(case: Case, at: dt.datetime, *, key: str) -> None:
    """Its answer is out: kept is what was owed until then. By law that is when the notice was sent (42 CFR 438.408(b))."""
    happened(case, Event.GRIEVANCE_RESOLVED, at, key=key)
    if case.kind == Case.Kind.APPEAL:
        happened(case, Event.APPEAL_RESOLVED, at, key=key)


def unmet(case: Case, *events: Event) -> list[Clock]:
    """Its dates that still run or are late, of what these satisfy; without any, all of them."""
    clocks = [clock for clock in access.clocks_of(case) if clock.is_unmet]
    return [clock for clock in clocks if not events or clock.satisfied_by in events]


def cancel_clocks(clocks: Iterable[Clock], reason: str) -> None:
    for clock in clocks:
        cancel_clock(actor=None, clock=clock, reason=reason)


# -- who deals with it -------------------------------------------------------------------------------------------------------


def go_outside(case: Case, *, by: Person | None = None, to: str = "") -> None:
    """Nobody here may decide it: it is given to somebody outside, and never back to one of those."""
    where = to or plans.outside_for(case, independence.named_houses(case))
    case.is_outside, case.decider = True, None
    case.save(update_fields=["is_outside", "decider"])
    step(case, Kind.OUTSIDE, by=by, to=where)
    tell_filer(case)


def involve(case: Case, people: Iterable[Person | None], why: Involved.Why) -> None:
    for person in people:
        if person is not None:
            Involved.objects.get_or_create(case=case, person=person, why=why)


# -- telling -----------------------------------------------------------------------------------------------------------------


def tell(case: Case, people: Iterable[Person], kind: Notice.Kind) -> None:
    """That there is news: without a name and without a word of it. Nobody is told who may not see it."""
    kept = independence.kept_staff(case).values_list("pk", flat=True)
    path = reverse("desk_show") if kind == Notice.Kind.CASE_LATE else case.get_absolute_url()
    told = [(person, path) for person in people if person.pk not in set(kept) or person.pk == case.filed_by_id]
    notices.notify_all(told=told, kind=kind, about=case.told_of(kind))


def tell_filer(case: Case) -> None:
    tell(case, access.told_of(case), Notice.Kind.CASE)


def tell_desk(case: Case, *, besides: Person | None = None) -> None:
    """Who handles it and who decides it."""
    roles = {role.person_id: role.person for role in (case.handler, case.decider) if role is not None}
    tell(case, [one for one in roles.values() if besides is None or one.pk != besides.pk], Notice.Kind.CASE_DESK)
