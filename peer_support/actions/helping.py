""" "I want to help others": someone talks with the person by a promised day, and then goes on with them, step by step.

Nothing is judged by itself, no account and no job follows from it, and the support they have themselves stays as it is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from peer_support.actions.requests import cancel, check_day
from peer_support.models import HelpingPath
from peer_support.models.helping import SUBJECT
from peer_support.refusals import TalkAhead
from portal.access import Refused, require
from portal.access import helping as access
from portal.access import support as support_access
from portal.access.enrollment import leads_of
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import record_happening
from portal.clocks.models import Matter
from portal.families.models import Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event

Stage = HelpingPath.Stage


@dataclass(frozen=True, slots=True)
class Talked:
    """What a liaison writes down: how far they are, when the two talked, when they go on, and a word to the person."""

    stage: str
    next_on: dt.date | None = None
    talked_on: dt.date | None = None
    words: str = ""


@transaction.atomic
def offer_to_help(*, actor: Person, member: Member, words: str = "") -> HelpingPath:
    """ "I want to help others": a liaison hears of it, and a date for the talk begins. Saying it twice is one path."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    known = access.own_paths(actor).filter(member=member).first()
    if known is not None:
        return known
    require(access.may_start(actor, member))
    path = HelpingPath(member=member)
    path.words = words.strip()
    path.save()
    _note(actor, Entry.Verb.CREATED, path)
    answering = list(support_access.answering_roles(member.family))
    _happened(path, Event.HELPING_OFFERED, path.started_at, answering[0] if answering else None)
    told = [role.person for role in answering] or list(leads_of(member.family.program))
    kind = Notice.Kind.SUPPORT_ASKED if answering else Notice.Kind.NO_COORDINATOR
    where = _path(path) if answering else "/coordination/"
    for person in told:
        notices.notify(person=person, kind=kind, path=where, about=f"helping:{path.public_id}")
    return path


@transaction.atomic
def record_helping(*, actor: Person, path: HelpingPath, talked: Talked) -> None:
    """The liaison writes down the talk, and the day on which they go on. Raises TalkAhead, DayBehind, DayTooFar."""
    require(access.may_keep(actor, path))
    path = _locked(path)
    if talked.stage not in HelpingPath.NEXT[Stage(path.stage)]:
        raise Refused
    family = path.member.family
    today = support_access.today_of(family)
    require(talked.stage != Stage.TALK_HELD or talked.talked_on is not None)
    require(talked.stage == Stage.READY or talked.next_on is not None)
    if talked.talked_on is not None and talked.talked_on > today:
        raise TalkAhead
    check_day(talked.next_on, today)
    path.stage, path.next_on = talked.stage, talked.next_on
    path.talked_on = talked.talked_on or path.talked_on
    path.answer = talked.words.strip()
    path.kept_by = support_access.answering_role(actor, family)
    path.save()
    _note(actor, Entry.Verb.CHANGED, path)
    if talked.stage == Stage.LATER:
        cancel(SUBJECT, path.public_id)
    else:
        _happened(path, Event.HELPING_TALKED, _moment(path), None)
    about = f"helping:{path.public_id}:{path.stage}"
    notices.notify(person=path.member.person, kind=Notice.Kind.SUPPORT, path="/helping/", about=about)


def _moment(path: HelpingPath) -> dt.datetime:
    """Of the talk: by day, and never before they said that they want to help."""
    now = timezone.now()
    if path.talked_on is None or path.talked_on >= support_access.today_of(path.member.family):
        return now
    noon = dt.datetime.combine(path.talked_on, dt.time(12), tzinfo=path.member.family.program.zone)
    return max(noon, path.started_at)


@transaction.atomic
def take_back_helping(*, actor: Person, path: HelpingPath) -> None:
    """Not any more. No reason is asked, and they can say it again on any day."""
    require(access.may_take_back(actor, path))
    path = _locked(path)
    path.stage, path.ended_at, path.next_on = Stage.TAKEN_BACK, timezone.now(), None
    path.save()
    _note(actor, Entry.Verb.ENDED, path)
    cancel(SUBJECT, path.public_id)


def _locked(path: HelpingPath) -> HelpingPath:
    held = HelpingPath.objects.select_for_update(of=("self",)).select_related(
        "member__person", "member__family__program"
    )
    return held.get(pk=path.pk)


def _happened(path: HelpingPath, event: Event, at: dt.datetime, responsible: StaffRole | None) -> None:
    family = path.member.family
    record_happening(
        actor=None,
        program=family.program,
        event=event,
        at=at,
        key=f"{event.value}:{path.public_id}",
        matter=Matter(
            family=family,
            subject=SUBJECT,
            subject_id=str(path.public_id),
            matter_of=path.member.person,
            responsible=responsible,
        ),
    )


def _path(path: HelpingPath) -> str:
    return f"/helping/{path.public_id}/"


def _note(actor: Person, verb: Entry.Verb, path: HelpingPath) -> None:
    record(actor=actor, verb=verb, subject=SUBJECT, subject_id=path.public_id, stage=path.stage)
