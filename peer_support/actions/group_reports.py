"""A message that somebody in a group wants looked at. Nothing written is ever changed or deleted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from messaging.history import messages_before
from peer_support.actions.groups import about, tell
from peer_support.group_refusals import NothingToReport
from peer_support.models import Group, GroupModerator, GroupReport
from portal.access import conversations, require
from portal.access import groups as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import actions as notices


@transaction.atomic
def report_message(*, actor: Person, group: Group, seq: int, words: str = "") -> GroupReport:
    """Ask those who lead the group to look at a message. About one of their own, the others and the liaisons look at it.

    The same again is the same report. Raises NothingToReport for what one did not receive, or wrote oneself.
    """
    require(access.may_report(actor, group))
    conversation = conversations.visible_conversations(actor).filter(group=group).first()
    found = messages_before(conversation, seq + 1, 1) if conversation else []
    if not found or found[0].seq != seq or found[0].author_id == actor.pk:
        raise NothingToReport
    known = GroupReport.objects.filter(group=group, seq=seq, reported_by=actor).first()
    if known is not None:
        return known
    report = GroupReport(group=group, seq=seq, author_id=found[0].author_id, reported_by=actor)
    report.words = words.strip()
    report.save()
    _note(actor, Entry.Verb.CREATED, report)
    for person in _who_looks(report):
        tell(person, group, "report")
    return report


def _who_looks(report: GroupReport) -> list[Person]:
    people = {one.staff_role.person for one in access.moderators(report.group)}
    if GroupModerator.objects.filter(group=report.group, staff_role__person=report.author_id).exists():
        people |= {one.person for one in access.liaisons_of(report.group.organization)}
    return sorted((one for one in people if one.pk != report.author_id), key=lambda one: one.pk)


@transaction.atomic
def settle_report(*, actor: Person, report: GroupReport, outcome: str) -> None:
    """Say what came of it: the person who reported it reads that, and nothing of anybody else. The first answer stands."""
    require(access.visible_reports(actor).filter(pk=report.pk).exists())
    settled = GroupReport.objects.filter(pk=report.pk, settled_at=None).update(
        outcome=GroupReport.Outcome(outcome), settled_by=actor, settled_at=timezone.now()
    )
    if not settled:
        return
    _note(actor, Entry.Verb.CHANGED, report)
    if not access.open_reports(actor).filter(group=report.group).exists():
        notices.mark_read(person=actor, about=about(report.group, "report"))
    tell(report.reported_by, report.group, "looked-at")


def _note(actor: Person, verb: Entry.Verb, report: GroupReport) -> None:
    record(
        actor=actor, verb=verb, subject="group_report", subject_id=report.public_id, group=str(report.group.public_id)
    )
