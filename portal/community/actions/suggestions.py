"""What made it hard: written without a name, answered by those who lead, and never left for a month without a word.

The record names nobody as its writer, nor does its clock: a clock of the programme, about no family and no person.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.access import community, granted, require
from portal.access import policy_suggestions as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import cancel_all_about, record_happening
from portal.clocks.models import Matter
from portal.community.codes import code_of
from portal.community.models import Suggestion, SuggestionStep
from portal.community.models.suggestions import SUBJECT
from portal.community.refusals import CommunityRefusal
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import Program
from portal.programs.vocabulary import Event
from portal.referrals.codes import key_of

State = Suggestion.State


@transaction.atomic
def make_suggestion(
    *,
    actor: Person,
    program: Program,
    key: UUID,
    words: str,
    leaves_trace: bool = True,
    may_quote: bool = False,
    at: dt.datetime | None = None,
) -> Suggestion:
    """Say that a rule made it hard; a clock of 30 days starts. `key` is their page's: sent twice, it is one suggestion.
    `at`: when it was said, if that was before it is written down.

    Without a trace its row knows nobody, and the code of that key opens it. Raises CommunityRefusal.
    """
    require(community.takes_part(actor, program))
    said = words.strip()
    if not said:
        raise CommunityRefusal("empty", "body")
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)  # the same page, sent twice at once
    code_key = "" if leaves_trace else key_of(code_of(key))
    known = Suggestion.objects.filter(public_id=key) if leaves_trace else Suggestion.objects.filter(code_key=code_key)
    if (found := known.first()) is not None:
        require(found.author_id in {None, actor.pk})
        return found
    at = at or timezone.now()
    suggestion = Suggestion(program=program, code_key=code_key, may_quote=may_quote)
    suggestion.made_on = at.astimezone(program.zone).date()
    if leaves_trace:
        suggestion.public_id, suggestion.author = key, actor
    suggestion.words = said
    suggestion.save()
    record(actor=None, verb=Entry.Verb.CREATED, subject=SUBJECT, subject_id=suggestion.public_id)
    record_happening(
        actor=None,
        program=program,
        event=Event.SUGGESTION_MADE,
        at=at,
        key=f"suggestion:{suggestion.public_id}",
        matter=_matter(suggestion),
    )
    # Who leads the programme is told by the clock that starts; the family organization's lead by this.
    for role in community.family_organization_leads(program).exclude(person=suggestion.author):
        notices.notify(person=role.person, kind=Notice.Kind.COMMUNITY, path=_path(suggestion), about=_about(suggestion))
    return suggestion


@transaction.atomic
def answer_suggestion(
    *,
    actor: Person,
    suggestion: Suggestion,
    key: UUID,
    kind: str,
    words: str,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> SuggestionStep:
    """Still working on it, an answer, or what was changed: each in words, to who wrote it.

    "Still working" gives another 30 days; the others end what is owed. `seen`: how many answers stood on the page this was
    written on; `at`: when it was given, if that was before it is written down. Raises CommunityRefusal.
    """
    require(access.may_answer(actor, suggestion))
    by = granted(community.answering_role(actor, suggestion.program))
    held = Suggestion.objects.select_for_update(of=("self",)).select_related("program", "author").get(pk=suggestion.pk)
    steps = SuggestionStep.objects.filter(suggestion=held)
    if (known := steps.filter(public_id=key).first()) is not None:
        return known
    _check(held, kind, words, has_changed=seen is not None and seen != steps.count())
    step = SuggestionStep(public_id=key, suggestion=held, kind=kind, by=by, at=at or timezone.now())
    step.words = words.strip()
    step.save()
    held.state = State(kind)
    held.save(update_fields=["state"])
    record(actor=actor, verb=Entry.Verb.CHANGED, subject=SUBJECT, subject_id=held.public_id, state=held.state)
    _keep_the_clock(held, step)
    if held.author is not None:
        notices.notify(person=held.author, kind=Notice.Kind.COMMUNITY, path=_path(held), about=_about(held))
    return step


def _check(held: Suggestion, kind: str, words: str, *, has_changed: bool) -> None:
    if has_changed:
        raise CommunityRefusal("changed_meanwhile", "body")
    if State(kind) not in Suggestion.NEXT[State(held.state)]:
        raise CommunityRefusal("over", "body")
    if not words.strip():
        raise CommunityRefusal("empty", "body")


def _keep_the_clock(held: Suggestion, step: SuggestionStep) -> None:
    """A word keeps every month that waits for one, and the next begins; after the last word nothing is owed any more."""
    record_happening(
        actor=None,
        program=held.program,
        event=Event.SUGGESTION_ANSWERED,
        at=step.at,
        key=f"suggestion-answered:{step.public_id}",
        matter=_matter(held),
    )
    if not held.is_open:
        cancel_all_about(subject=SUBJECT, subject_id=str(held.public_id), reason="answered_for_good")


def _matter(suggestion: Suggestion) -> Matter:
    """Of the programme: no family and no person stands in it."""
    return Matter(subject=SUBJECT, subject_id=str(suggestion.public_id))


def _path(suggestion: Suggestion) -> str:
    return f"/community/suggestions/{suggestion.public_id}/"


def _about(suggestion: Suggestion) -> str:
    return f"suggestion:{suggestion.public_id}"
