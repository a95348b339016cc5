"""Making a report of abuse: written, ready, called, and who is told. Only the person who makes it ever changes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.access import reports as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.models import StaffRole
from portal.safety import refusals
from portal.safety.models import AbuseReport, ReportCall

# After so long without a call the reporter is reminded, twice; then who leads them hears that a report is open.
REMINDERS = (dt.timedelta(minutes=15), dt.timedelta(hours=1))
TOLD_AFTER = dt.timedelta(hours=24)
# Where two open pages wrote two things, neither is thrown away.
LONG = frozenset({"what", "who"})
MOST = 20_000  # letters of one text, however often pages that know nothing of each other add to it
AHEAD = dt.timedelta(minutes=5)  # a phone's clock may run ahead of ours

Said = Mapping[str, Any]


@transaction.atomic
def save_report(
    *, actor: Person, role: StaffRole, key: UUID, said: Said, seen: int, conversation: str = ""
) -> AbuseReport:
    """Keep what was typed, for its writer alone. `seen` is the revision the page began with. Raises CalledAlready.

    If another page has saved since, long texts of both are kept, one above the other; of short ones the newest holds.
    """
    require(access.may_write(actor, role))
    report = AbuseReport.objects.select_for_update().filter(public_id=key).first()
    if report is None:
        report = _begun(actor, role, key, conversation)
    require(report.reporter_id == actor.pk)
    if report.called_at is not None:
        raise refusals.CalledAlready
    _keep(report, said, seen)
    return report


def _begun(actor: Person, role: StaffRole, key: UUID, conversation: str) -> AbuseReport:
    now = timezone.now()
    report = AbuseReport(public_id=key, reporter=actor, staff_role=role, started_at=now, next_at=now + REMINDERS[0])
    report.conversation = access.conversation_for(actor, conversation)
    report.said = {}
    report.save()
    _note(actor, Entry.Verb.CREATED, report)
    return report


def _keep(report: AbuseReport, said: Said, seen: int) -> None:
    before = report.said
    now = before | {
        name: _both(before.get(name, ""), typed) if name in LONG and seen < report.revision else typed
        for name, typed in said.items()
    }
    if now != before:
        report.said, report.revision = now, report.revision + 1
        child = access.child_of(report.reporter, str(now.get("child", "")))
        report.child = child.person if child is not None else None
    report.saved_at = timezone.now()
    report.save()
    _name(report, now)


def _both(old: str, new: str) -> str:
    if old in new:
        return new
    return old if new in old else f"{old}\n\n{new}"[-MOST:]


def _name(report: AbuseReport, said: Said) -> None:
    """Whom it names: those who were ticked, and staff whose name stands in its words."""
    ticked = {str(one) for one in said.get("named", ())}
    found = {one.pk for one in access.known_people(report.reporter) if str(one.public_id) in ticked}
    found |= access.named_in_words(report.staff_role, [str(said.get(name, "")) for name in LONG])
    report.named.set(found - {report.reporter_id})
    _who_is_told(report)


@transaction.atomic
def finish_report(*, actor: Person, report: AbuseReport) -> AbuseReport:
    """Show whom to call: from now on the report is open until somebody has taken it. Done again, nothing changes."""
    require(access.may_change(actor, report))
    row = _locked(report)
    if row.ready_at is None and row.called_at is None:
        now = timezone.now()
        row.ready_at, row.next_at, row.reminded = now, now + REMINDERS[0], 0
        row.save(update_fields=["ready_at", "next_at", "reminded"])
        _note(actor, Entry.Verb.CHANGED, row, ready=True)
    return row


@transaction.atomic
def drop_draft(*, actor: Person, report: AbuseReport) -> None:
    """What was never finished goes, with its words. A report that is ready stays: only a call ends it."""
    require(access.may_change(actor, report))
    row = _locked(report)
    if row.ready_at is not None:
        raise refusals.ReadyAlready
    notices.forget(person=actor, about=_about(row))
    _note(actor, Entry.Verb.ENDED, row)
    row.delete()


@transaction.atomic
def note_call(
    *, actor: Person, report: AbuseReport, key: UUID, outcome: str, at: dt.datetime, facts: Mapping[str, str]
) -> ReportCall:
    """Write down a call: `facts` are `whom`, `took` and `reference`. The same form sent twice is one call. Raises NotYet.

    Who took the report ends the reminders, and who leads the reporter hears that it was made.
    """
    require(access.own_reports(actor).filter(pk=report.pk, ready_at__isnull=False).exists())
    row = _locked(report)
    known = ReportCall.objects.filter(public_id=key).first()
    if known is not None:
        require(known.report_id == row.pk)
        return known
    if at > timezone.now() + AHEAD:
        raise refusals.NotYet
    call = ReportCall(public_id=key, report=row, outcome=ReportCall.Outcome(outcome), at=at)
    call.facts = dict(facts)
    call.save()
    _note(actor, Entry.Verb.CREATED, row, of="call", outcome=call.outcome)
    if call.outcome == ReportCall.Outcome.TAKEN and row.called_at is None:
        row.called_at, row.next_at = at, None
        row.save(update_fields=["called_at", "next_at"])
        notices.take_back(about=_about(row))
        _tell(row)
    return call


@transaction.atomic
def add_reference(*, actor: Person, call: ReportCall, reference: str) -> None:
    """They called back with a number, or it was found on a slip of paper."""
    require(access.own_reports(actor).filter(pk=call.report_id).exists())
    row = ReportCall.objects.select_for_update().get(pk=call.pk)
    row.facts = row.facts | {"reference": reference}
    row.save(update_fields=["sealed_facts"])
    _note(actor, Entry.Verb.CHANGED, row.report, of="reference")


@transaction.atomic
def name_more(*, actor: Person, report: AbuseReport, named: list[str], who: str) -> None:
    """Somebody else it is about, also after the call: from now on they find nothing of it."""
    require(access.own_reports(actor).filter(pk=report.pk).exists())
    row = _locked(report)
    said = row.said
    said["named"] = sorted({*said.get("named", []), *named})
    if who and who not in said.get("who", ""):
        said["who"] = f"{said.get('who', '')}\n{who}".strip()
    row.said, row.revision = said, row.revision + 1
    row.save(update_fields=["sealed_said", "revision"])
    _note(actor, Entry.Verb.CHANGED, row, of="named")
    _name(row, said)


@transaction.atomic
def say_family(*, actor: Person, report: AbuseReport, is_told: bool, words: str) -> None:
    """The family was told, or it is not safe to tell them: either is written down with its words, by who made the report."""
    require(access.own_reports(actor).filter(pk=report.pk, ready_at__isnull=False).exists())
    row = _locked(report)
    row.is_family_told, row.family_at, row.family_words = is_told, timezone.now(), words
    row.save(update_fields=["is_family_told", "family_at", "sealed_family_words"])
    _note(actor, Entry.Verb.CHANGED, row, of="family", is_told=is_told)


@transaction.atomic
def share_words(*, actor: Person, report: AbuseReport, is_shared: bool) -> None:
    """Let who leads one read the words, too, or not any more."""
    require(access.own_reports(actor).filter(pk=report.pk, ready_at__isnull=False).exists())
    row = _locked(report)
    row.shared_at = timezone.now() if is_shared else None
    row.save(update_fields=["shared_at"])
    _note(actor, Entry.Verb.CHANGED, row, of="shared", is_shared=is_shared)


@transaction.atomic
def read_report(*, actor: Person, report: AbuseReport) -> None:
    """Who was told of it looked: it is on the record, and they need not be told again."""
    require(access.told_reports(actor).filter(pk=report.pk).exists())
    notices.mark_read(person=actor, about=_about(report))
    _note(actor, Entry.Verb.VIEWED, report, words=report.shared_at is not None)


# -- who is reminded, and who is told --------------------------------------------------------------------------------------


def remind_reports() -> int:
    """One pass over reports nobody has called about; gives how many reminders went out. Safe with any number of workers."""
    due = list(access.due_reports().values_list("pk", "next_at"))
    return one_by_one(due, lambda one: _remind(*one), "Nobody could be reminded of a report")


@transaction.atomic
def _remind(pk: int, seen: dt.datetime | None) -> bool:
    """Claimed by a conditional update: who dies after it leaves the row as it was, and another one goes on."""
    if not AbuseReport.objects.filter(pk=pk, next_at=seen, called_at=None).update(next_at=None):
        return False
    report = AbuseReport.objects.select_related("reporter", "staff_role__supervisor__person").get(pk=pk)
    if report.reminded < len(REMINDERS):
        rest = "" if report.ready_at else "write/"
        notices.notify(
            person=report.reporter,
            kind=Notice.Kind.REPORT_CALL,
            path=f"/reports/{report.public_id}/{rest}",
            about=_about(report),
        )
    else:
        _tell(report)
    report.reminded += 1
    report.next_at = _next(report)
    report.save(update_fields=["reminded", "next_at"])
    return True


def _next(report: AbuseReport) -> dt.datetime | None:
    """A draft is its writer's alone: nobody else ever hears of it."""
    since = report.ready_at or report.started_at
    if report.reminded < len(REMINDERS):
        return since + REMINDERS[report.reminded]
    return since + TOLD_AFTER if report.ready_at and report.reminded == len(REMINDERS) else None


def _tell(report: AbuseReport) -> None:
    """That there is a report, and no more. Where everyone who could be told is named or close to who is, nobody is."""
    possible = access.possible_told(report)
    role = report.told if report.told in possible else next(iter(possible), None)
    if role is None:
        return
    AbuseReport.objects.filter(pk=report.pk).update(told=role, told_at=timezone.now())
    report.told = role
    notices.notify(
        person=role.person,
        kind=Notice.Kind.REPORT,
        path=f"/reports/{report.public_id}/facts/",
        about=_about(report),
    )


def _who_is_told(report: AbuseReport) -> None:
    """Who was told and is named now forgets it at once; the next above them hears instead."""
    if report.told is None or access.told_reports(report.told.person).filter(pk=report.pk).exists():
        return
    notices.forget(person=report.told.person, about=_about(report))
    report.told, report.told_at = None, None
    report.save(update_fields=["told", "told_at"])
    _tell(report)


def _about(report: AbuseReport) -> str:
    return f"report:{report.public_id}"


def _locked(report: AbuseReport) -> AbuseReport:
    rows = AbuseReport.objects.select_for_update(of=("self",))
    return rows.select_related("reporter", "staff_role__organization", "staff_role__supervisor", "told__person").get(
        pk=report.pk
    )


def _note(actor: Person, verb: Entry.Verb, report: AbuseReport, **detail: Any) -> None:
    """Never under the family: its own record would show those it names that there is a report."""
    record(actor=actor, verb=verb, subject="abuse_report", subject_id=report.public_id, **detail)
