"""Letters of a case: written as often as one likes, sent once, and from then on never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from portal.access import grievances, require
from portal.access import letters as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.programs.vocabulary import Event
from rights_grievances.actions.common import Kind as StepKind
from rights_grievances.actions.common import (
    answered,
    cancel_clocks,
    check_moment,
    happened,
    locked,
    step,
    tell_desk,
    tell_filer,
    unmet,
)
from rights_grievances.actions.handling import acknowledge_case
from rights_grievances.letters import typeset
from rights_grievances.letters.contents import Situation, may_be_written
from rights_grievances.letters.facts import Fact, Standing
from rights_grievances.letters.kept import clean, kept_of, lacks, situation_of, stored
from rights_grievances.letters.refusals import LetterIncomplete, LetterRefusal
from rights_grievances.letters.wording import language_of, paper
from rights_grievances.models import AdverseNotice, Case, Letter
from rights_grievances.refusals import CaseRefusal

Kind = Letter.Kind

# What is kept by sending it; the acknowledgment is a step of the case itself.
KEEPS: dict[str, Event] = {
    Kind.EXTENSION: Event.EXTENSION_NOTICE_SENT,
    Kind.NOT_FAST: Event.EXPEDITE_REFUSAL_SENT,
}
OWN_DAYS = (Event.APPEAL_RECEIVED_BY_PLAN, Event.HEARING_REQUESTED, Event.CONTINUATION_REQUESTED)


# -- writing -----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_letter(
    *, actor: Person, case: Case, kind: str, fields: Mapping[str, str], language: str | None = None
) -> Letter:
    """Keep what was written so far: one letter of each kind is in the making at a time. It need not be whole yet.

    `language`: the reader's, if it is not the one in which they told us; English where not every text of it was reviewed.
    Raises LetterRefusal.
    """
    require(access.may_write(actor, case))
    return _written(actor, locked(case), kind, fields, language or "", replaces="")


@transaction.atomic
def replace_letter(*, actor: Person, letter: Letter, fields: Mapping[str, str] | None = None) -> Letter:
    """Begin another letter in its place, with the same words unless others are given. What was sent stays. Raises LetterRefusal."""
    require(access.may_write(actor, letter.case))
    case, letter = locked(letter.case), _locked(letter)
    if letter.sent_at is None:
        raise LetterRefusal("letter_not_sent")
    written = kept_of(letter)["written"] if fields is None else fields
    return _written(actor, case, letter.kind, written, letter.wanted_language, replaces=str(letter.public_id))


def _written(
    actor: Person, case: Case, kind: str, fields: Mapping[str, str], language: str, *, replaces: str
) -> Letter:
    now = Standing(case, kind).situation
    if not may_be_written(kind, now):
        raise LetterRefusal("letter_not_for_it")
    letter = Letter.objects.select_for_update(of=("self",)).filter(case=case, kind=kind, sent_at=None).first()
    replaces = replaces or (kept_of(letter)["replaces"] if letter is not None else "")
    letter = letter or Letter(case=case, kind=kind)
    letter.wanted_language = language or letter.wanted_language or case.language
    letter.language = language_of(kind, now, letter.wanted_language)
    letter.made_by, letter.made_at = actor, timezone.now()
    letter.fields = stored(written=clean(fields), replaces=replaces)
    letter.save()
    _note(actor, letter, "words")
    return letter


# -- sending -----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def send_letter(*, actor: Person, letter: Letter, way: str, at: dt.datetime | None = None) -> Letter:
    """Date it and let it go, as it is to the letter; with it what it keeps is kept, and what it starts begins.

    `at`: when it went, if that was before now. Raises LetterRefusal, LetterIncomplete, CaseRefusal; then nothing has happened.
    """
    require(access.may_write(actor, letter.case))
    case, letter = locked(letter.case), _locked(letter)
    if letter.sent_at is not None:
        raise LetterRefusal("letter_sent")
    moment = check_moment(case, at or timezone.now())
    standing = Standing(case, letter.kind, moment)
    now = _checked(letter, standing)
    _tell_clocks(letter, case, moment, standing.begins())
    _freeze(letter, case, now, moment)
    letter.way, letter.sent_at, letter.made_by = Letter.Way(way), moment, actor
    letter.save()
    _take_the_place(letter)
    step(case, StepKind.LETTER, at=moment, by=actor, letter=str(letter.public_id), letter_kind=letter.kind, what="sent")
    _note(actor, letter, "sent_at", "way")
    if letter.kind == Kind.ACKNOWLEDGMENT:
        _acknowledge(actor, case, moment)
    tell_filer(case)
    return letter


def _checked(letter: Letter, standing: Standing) -> Situation:
    """How the case stands, if the letter fits it and is whole."""
    now = situation_of(letter, standing)
    if not may_be_written(letter.kind, now):
        raise LetterRefusal("letter_not_for_it")
    if language_of(letter.kind, now, letter.wanted_language) != letter.language:
        raise LetterRefusal("letter_language")
    lacking = lacks(letter, now, standing.facts(kept_of(letter)["written"]))
    if lacking:
        raise LetterIncomplete(lacking)
    return now


def _freeze(letter: Letter, case: Case, now: Situation, moment: dt.datetime) -> None:
    """Its words as they are, with the dates of its own clocks: a page and, where every letter of it can be set, a PDF."""
    kept = kept_of(letter)
    facts = Standing(case, letter.kind, moment).facts(kept["written"])
    letter.dated_on = moment.astimezone(case.program.zone).date()
    made = paper(case, letter.kind, now, facts, language=letter.language, dated_on=letter.dated_on)
    letter.html = render_to_string("rights_grievances/letters/_paper.html", {"paper": made})
    try:
        letter.pdf = typeset.pdf_of(made)
    except typeset.CannotBeSet:  # then the page is printed
        letter.pdf = b""
    letter.fields = stored(
        written=kept["written"],
        replaces=kept["replaces"],
        stated={name: _as_text(value) for name, value in facts.items()},
    )


def _as_text(fact: Fact) -> str:
    return fact if isinstance(fact, str) else fact.isoformat()


def _tell_clocks(letter: Letter, case: Case, moment: dt.datetime, begins: tuple[Event, ...]) -> None:
    """What the letter keeps, and the family's own last days that count from it: a later letter's instead of an earlier one's."""
    key = str(letter.public_id)
    if letter.kind in KEEPS:
        happened(case, KEEPS[letter.kind], moment, key=key)
    if letter.kind == Kind.DECISION:
        answered(case, moment, key=key)
    running = [clock for clock in unmet(case, *OWN_DAYS) if clock.is_theirs and clock.terms["trigger"] in begins]
    cancel_clocks(running, "a later letter counts")
    for event in begins:
        happened(case, event, moment, key=key)
    if begins and letter.kind == Kind.LATE:
        day = moment.astimezone(case.program.zone).date()
        delay = AdverseNotice.objects.filter(case=case, told=AdverseNotice.Told.DELAY)
        delay.update(dated_on=day, mailed_on=day, sent_at=moment)


def _acknowledge(actor: Person, case: Case, moment: dt.datetime) -> None:
    """The letter is the acknowledgment of the case (42 CFR 438.406(b)(1))."""
    if not grievances.may_handle(actor, case):
        return
    try:
        acknowledge_case(actor=actor, case=case, at=moment)
    except CaseRefusal as refused:
        if refused.code != "already_acknowledged":
            raise


def _take_the_place(letter: Letter) -> None:
    replaced = kept_of(letter)["replaces"]
    if replaced:
        Letter.objects.filter(public_id=replaced, case=letter.case, replaced_by=None).update(replaced_by=letter)


# -- afterwards --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def mark_seen(*, person: Person, letter: Letter) -> None:
    """Who it was written to has opened it: the first time is kept."""
    if letter.seen_at is not None or letter.sent_at is None:
        return
    require(access.visible_letters(person).filter(pk=letter.pk).exists())
    now = timezone.now()
    if not access.is_addressed(person, letter) or not Letter.objects.filter(pk=letter.pk, seen_at=None).update(
        seen_at=now
    ):
        return
    letter.seen_at = now
    step(letter.case, StepKind.LETTER, at=now, for_staff=True, letter=str(letter.public_id), what="seen")


@transaction.atomic
def mark_returned(*, actor: Person, letter: Letter, at: dt.datetime | None = None) -> Letter:
    """The mail brought it back: who it was written to is asked for another way. Raises LetterRefusal."""
    require(access.may_write(actor, letter.case))
    case, letter = locked(letter.case), _locked(letter)
    if letter.sent_at is None or letter.way != Letter.Way.MAIL:
        raise LetterRefusal("letter_not_mailed")
    if letter.returned_at is not None:
        return letter
    letter.returned_at = check_moment(case, at or timezone.now(), since=letter.sent_at)
    letter.save(update_fields=["returned_at"])
    step(case, StepKind.LETTER, at=letter.returned_at, by=actor, letter=str(letter.public_id), what="returned")
    _note(actor, letter, "returned_at")
    tell_desk(case, besides=actor)
    tell_filer(case)
    return letter


def _note(actor: Person, letter: Letter, *fields: str) -> None:
    """Into the record: never with the family's id, since others of it read what is recorded about the family."""
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="letter",
        subject_id=letter.public_id,
        kind=letter.kind,
        fields=list(fields),
    )


def _locked(letter: Letter) -> Letter:
    return (
        Letter.objects.select_for_update(of=("self",)).select_related("case__program", "case__family").get(pk=letter.pk)
    )
