"""Drafts that are open for comments for a while, what is said to them, and the answer that everyone can read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.access import comments as access
from portal.access import community, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.community.actions.publishing import check_public
from portal.community.codes import new_number
from portal.community.models import Comment, CommentPeriod
from portal.community.refusals import CommunityRefusal
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import Program

SUBJECT = "comment_period"
LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a period says. Its days are whole ones where the programme is, the last one too."""

    title: str
    summary: str
    opens_on: dt.date
    closes_on: dt.date
    text: str = ""
    link: str = ""


class Closed(CommunityRefusal):
    """It was too late. The day it closed is said with it."""

    def __init__(self, closes_on: dt.date) -> None:
        super().__init__("comments_closed", "body")
        self.closes_on = closes_on


@transaction.atomic
def add_period(*, actor: Person, program: Program, key: UUID, draft: Draft) -> CommentPeriod:
    """Everyone can read it at once, and comment from its first day on. The same page twice is one. Raises CommunityRefusal."""
    require(community.answers_for(actor, program))
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    known = CommentPeriod.objects.filter(public_id=key, program=program).first()
    if known is not None:
        return known
    today = program.today()
    _check_days(draft, today)
    if draft.opens_on < today:
        raise CommunityRefusal("opens_behind", "opens_on")
    period = CommentPeriod(public_id=key, program=program, made_by=actor)
    _write(period, draft)
    record(actor=actor, verb=Entry.Verb.CREATED, subject=SUBJECT, subject_id=period.public_id)
    return period


@transaction.atomic
def change_period(*, actor: Person, period: CommentPeriod, draft: Draft) -> CommentPeriod:
    """Anything before it opens; from then on only a later last day, until it closes. Raises CommunityRefusal."""
    require(access.may_keep(actor, period))
    held = _locked(period)
    today = held.program.today()
    _check_days(draft, today)
    if held.is_closed:
        raise CommunityRefusal("closes_behind", "closes_on")
    if not held.is_ahead:
        _check_only_longer(held, draft)
    elif draft.opens_on < today:
        raise CommunityRefusal("opens_behind", "opens_on")
    _write(held, draft)
    record(actor=actor, verb=Entry.Verb.CHANGED, subject=SUBJECT, subject_id=held.public_id)
    return held


def _check_days(draft: Draft, today: dt.date) -> None:
    if draft.closes_on < draft.opens_on:
        raise CommunityRefusal("reversed", "closes_on")
    if draft.closes_on < today:
        raise CommunityRefusal("closes_behind", "closes_on")
    if draft.closes_on > today + LONGEST:
        raise CommunityRefusal("too_far", "closes_on")
    if not (draft.text.strip() or draft.link):
        raise CommunityRefusal("no_text", "text")


def _check_only_longer(held: CommentPeriod, draft: Draft) -> None:
    kept = (held.title, held.summary, held.text, held.link, held.opens_on)
    if kept != (draft.title, draft.summary.strip(), draft.text.strip(), draft.link, draft.opens_on):
        raise CommunityRefusal("already_open", "title")
    if draft.closes_on < held.closes_on:
        raise CommunityRefusal("only_longer", "closes_on")


def _write(period: CommentPeriod, draft: Draft) -> None:
    period.title, period.summary = draft.title, draft.summary.strip()
    period.text, period.link = draft.text.strip(), draft.link
    period.opens_on, period.closes_on = draft.opens_on, draft.closes_on
    period.save()


@transaction.atomic
def withdraw_period(*, actor: Person, period: CommentPeriod) -> None:
    """Before it opens it can be taken back, as if it had never been. Raises CommunityRefusal once people could comment."""
    require(access.may_keep(actor, period))
    held = _locked(period)
    if not held.is_ahead:
        raise CommunityRefusal("already_open")
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    record(actor=actor, verb=Entry.Verb.ENDED, subject=SUBJECT, subject_id=held.public_id)


@transaction.atomic
def leave_comment(
    *, person: Person | None, period: CommentPeriod, key: UUID, words: str, signed_as: str = "", may_quote: bool = False
) -> Comment:
    """Anybody may, with or without an account; it gets a number. The same page twice is one, also when it closed meanwhile.

    Raises Closed with the day, and CommunityRefusal.
    """
    require(access.public_periods().filter(pk=period.pk).exists())
    held = _locked(period)
    if (known := Comment.objects.filter(public_id=key, period=held).first()) is not None:
        return known
    if held.is_ahead:
        raise CommunityRefusal("not_open_yet", "body")
    if held.is_closed:
        raise Closed(held.closes_on)
    if not words.strip():
        raise CommunityRefusal("empty", "body")
    comment = Comment(public_id=key, period=held, author=person, may_quote=may_quote, at=timezone.now())
    comment.number = _free_number()
    comment.words, comment.signed_as = words.strip(), signed_as.strip()
    comment.save()
    # Who commented stands in no record: a draft can be about somebody's own case.
    record(actor=None, verb=Entry.Verb.CREATED, subject="comment", subject_id=held.public_id)
    for role in community.answering_roles(held.program):
        notices.notify(person=role.person, kind=Notice.Kind.COMMUNITY, path="/community/desk/", about=_about(held))
    return comment


def _free_number() -> str:
    number = new_number()
    while Comment.objects.filter(number=number).exists():
        number = new_number()
    return number


@transaction.atomic
def answer_period(*, actor: Person, period: CommentPeriod, heard: str, changed: str) -> CommentPeriod:
    """What we heard and what we changed, once, after it has closed; everyone can read it. Raises CommunityRefusal."""
    require(access.may_keep(actor, period))
    held = _locked(period)
    if not held.is_closed:
        raise CommunityRefusal("still_open", "heard")
    if held.answered_at is not None:
        if (held.heard, held.changed) == (heard.strip(), changed.strip()):
            return held
        raise CommunityRefusal("already_answered", "heard")
    check_public(held.program, heard=heard, changed=changed)
    held.heard, held.changed, held.answered_at = heard.strip(), changed.strip(), timezone.now()
    held.save(update_fields=["heard", "changed", "answered_at"])
    record(actor=actor, verb=Entry.Verb.CHANGED, subject=SUBJECT, subject_id=held.public_id, answered=True)
    authors = Person.objects.filter(
        pk__in=Comment.objects.filter(period=held, author__isnull=False).values("author"), is_active=True
    )
    path = f"/community/comments/{held.public_id}/"
    told = [(one, path) for one in authors.order_by("pk")]
    notices.notify_all(told=told, kind=Notice.Kind.COMMUNITY, about=f"{_about(held)}:answer")
    return held


def _locked(period: CommentPeriod) -> CommentPeriod:
    return CommentPeriod.objects.select_for_update(of=("self",)).select_related("program").get(pk=period.pk)


def _about(period: CommentPeriod) -> str:
    return f"comments:{period.public_id}"
