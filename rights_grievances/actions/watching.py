"""After a complaint: what changes for the family is looked into by somebody independent, and the family is asked.

The same for help that failed. Nobody who stands beside the family, or is named in the complaint, is told of it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import granted, require
from portal.access import watch_causes as causes
from portal.access import watches as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices.actions import forget, notify, notify_all
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from rights_grievances.models import Case, Watch, WatchWord
from rights_grievances.refusals import CaseRefusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# So long a family has to answer before its review is closed without its word.
TIME_TO_ANSWER = dt.timedelta(days=7)
AT_ONCE = 20  # reviewers looked at anew in one pass

SAYS: dict[str, _StrPromise] = {
    "nobody_to_ask": _("Nobody of the family can be asked here. Call or visit them, and write down what they said."),
    "ask_first": _("Ask the family first. Without having asked, this is not closed."),
    "wait": _("The family was asked less than 7 days ago and has not answered yet. Give them that time, or call."),
    "finding": _("Choose what came out of it."),
    "reason": _("Write down how you know. The family reads it."),
    "words": _("Nothing is written yet. A few words are enough."),
    "closed": _("This is closed."),
}


def watch_cases() -> int:
    """What the worker calls: every change after a complaint and every failure becomes one review; gives how many were new.

    Once for each case and row that changed, whichever worker is first.
    """
    found = [(cause, case) for cause in causes.changes() for case in causes.cases_before(cause)]
    made = one_by_one(found, lambda one: _open(*one), "A change after a complaint could not be watched")
    failed = list(causes.failures())
    made += one_by_one(failed, lambda cause: _open(cause, None), "A failure could not be watched")
    # In no order: whose reviewer left, or may not know any more, is found within some rounds.
    unsure = Watch.objects.filter(closed_at=None).select_related("case", "family__program", "reviewer").order_by("?")
    one_by_one(unsure[:AT_ONCE], _keep_reviewer, "The reviewer of a change could not be looked at")
    return made


@transaction.atomic
def _open(cause: causes.Cause, case: Case | None) -> bool:
    watch, is_new = Watch.objects.get_or_create(
        case=case,
        about=cause.about,
        defaults={
            "what": cause.what,
            "family": cause.family,
            "member": cause.member,
            "happened_at": cause.at,
        },
    )
    if is_new:
        _choose_reviewer(watch)
    return is_new


def _choose_reviewer(watch: Watch) -> None:
    able = access.reviewers(watch.family, watch.case, watch.happened_at)
    watch.reviewer = able[0] if able else None
    watch.is_outside = not able
    watch.save(update_fields=["reviewer", "is_outside"])
    if watch.reviewer is not None:
        _tell_reviewer(watch)
    elif watch.asked_family_at is None:  # the family is the only one who can call somebody outside
        _ask(watch, access.asked_of(watch))


@transaction.atomic
def _keep_reviewer(watch: Watch) -> bool:
    """Whoever has it keeps it while they may; else it goes on to the next, or outside."""
    watch = _locked(watch)
    if not watch.is_open:
        return False
    able = access.reviewers(watch.family, watch.case, watch.happened_at)
    if watch.reviewer in able or (watch.reviewer is None and watch.is_outside and not able):
        return False
    if watch.reviewer is not None:
        forget(person=watch.reviewer.person, about=watch.told_as)
    _choose_reviewer(watch)
    return True


@transaction.atomic
def ask_family(*, actor: Person, watch: Watch) -> None:
    """The question to the family, on their own page. Raises CaseRefusal."""
    watch = _reviewed(actor, watch)
    asked = access.asked_of(watch)
    if not asked:
        raise CaseRefusal("nobody_to_ask", SAYS["nobody_to_ask"])
    _ask(watch, asked)
    _note(actor, watch, "asked_family_at")


def _ask(watch: Watch, people: list[Person]) -> None:
    """Without anybody who can be asked here it is not asked: then somebody has to call."""
    if not people:
        return
    watch.asked_family_at = watch.asked_family_at or timezone.now()
    watch.save(update_fields=["asked_family_at"])
    path = reverse("watch_answer", args=[watch.public_id])
    notify_all(told=[(one, path) for one in people], kind=Notice.Kind.CHECK_IN, about=watch.asked_as)


@transaction.atomic
def note_word(*, actor: Person, watch: Watch, answer: str, words: str) -> WatchWord:
    """What the family said by voice, written down by the reviewer: that is asking, too. Raises CaseRefusal."""
    watch = _reviewed(actor, watch)
    said = _said(watch, answer, words)
    said.written_by = granted(watch.reviewer)
    said.save()
    watch.asked_family_at = watch.asked_family_at or timezone.now()
    watch.save(update_fields=["asked_family_at"])
    _note(actor, watch, "said")
    return said


@transaction.atomic
def answer_watch(*, actor: Person, watch: Watch, answer: str, words: str) -> WatchWord:
    """What one of the family says to it, as often as they like until it is closed. Raises CaseRefusal."""
    require(access.may_answer(actor, watch))
    watch = _locked(watch)
    if not watch.is_open:
        raise CaseRefusal("closed", SAYS["closed"])
    said = _said(watch, answer, words)
    said.person = actor
    said.save()
    _note(actor, watch, "said")
    _tell_reviewer(watch)
    return said


def _said(watch: Watch, answer: str, words: str) -> WatchWord:
    said = WatchWord(watch=watch, answer=answer)
    said.words = words.strip()
    if not said.answer and not said.sealed_words:
        raise CaseRefusal("words", SAYS["words"], field="words")
    return said


@transaction.atomic
def close_watch(*, actor: Person, watch: Watch, finding: str, reason: str) -> None:
    """What came out of it and why; the family reads it. Never before the family was asked (FL-34). Raises CaseRefusal."""
    watch = _reviewed(actor, watch)
    if watch.asked_family_at is None:
        raise CaseRefusal("ask_first", SAYS["ask_first"], field="finding")
    if not watch.said.exists() and timezone.now() - watch.asked_family_at < TIME_TO_ANSWER:
        raise CaseRefusal("wait", SAYS["wait"], field="finding")
    if finding not in dict(watch.findings):
        raise CaseRefusal("finding", SAYS["finding"], field="finding")
    if not reason.strip():
        raise CaseRefusal("reason", SAYS["reason"], field="reason")
    watch.finding, watch.reason, watch.closed_at = finding, reason.strip(), timezone.now()
    watch.save(update_fields=["finding", "reason", "closed_at"])
    _note(actor, watch, "finding")
    path = reverse("watch_answer", args=[watch.public_id])
    told = [(one, path) for one in access.asked_of(watch)]
    notify_all(told=told, kind=Notice.Kind.SUPPORT, about=watch.asked_as)


def _reviewed(actor: Person, watch: Watch) -> Watch:
    require(access.may_review(actor, watch))
    watch = _locked(watch)
    if not watch.is_open:
        raise CaseRefusal("closed", SAYS["closed"])
    return watch


def _locked(watch: Watch) -> Watch:
    held = Watch.objects.select_for_update(of=("self",)).select_related("case", "family__program", "reviewer__person")
    return held.get(pk=watch.pk)


def _tell_reviewer(watch: Watch) -> None:
    if watch.reviewer is not None:
        path = watch.get_absolute_url()
        notify(person=watch.reviewer.person, kind=Notice.Kind.CONCERN, path=path, about=watch.told_as)


def _note(actor: Person, watch: Watch, *fields: str) -> None:
    """Into the record without the family's id: others of it, and who is complained of, read what is recorded about it."""
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="watch", subject_id=watch.public_id, fields=list(fields))
