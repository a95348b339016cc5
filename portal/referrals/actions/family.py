"""What a family does, with its code and without an account: begin, write, send, say yes or not now, ask."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import require
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks.actions import record_happening
from portal.clocks.models import Matter
from portal.notices import channels
from portal.programs.models import Program, StaffRole
from portal.programs.vocabulary import Event
from portal.referrals import codes
from portal.referrals.actions.common import Kind, add_step, arrive, locked, note, tell_staff
from portal.referrals.models import Question, Referral

Consent, State = Referral.Consent, Referral.State
# Where two open pages wrote two things, neither is thrown away.
LONG = frozenset({"body", "safe_when"})
MOST = 200_000  # letters of one text on record, however often pages that know nothing of each other add to it


class AlreadySent(Exception):
    """The answers are with us; what is to be added is asked or told on the page that shows where it is."""


class NothingWritten(Exception):
    message = gettext_lazy("Nothing is written yet. One line is enough: a first name, or what is going on.")


@transaction.atomic
def begin(*, program: Program, language: str) -> tuple[Referral, str]:
    """A referral with nothing in it, and the code that opens it. The code is kept nowhere: only its one-way key is."""
    code = codes.new_code()
    referral = Referral.objects.create(program=program, language=language, code_key=codes.key_of(code))
    note(referral, Entry.Verb.CREATED)
    return referral, code


@transaction.atomic
def save_answers(*, referral: Referral, answers: dict[str, Any], seen: int) -> Referral:
    """Keep what was typed. `seen` is the revision the page began with. Raises AlreadySent.

    If another page has saved since, long texts of both are kept, one above the other; of short ones the newest holds.
    """
    row = locked(referral)
    if row.state != State.WRITING:
        raise AlreadySent
    before = row.answers
    now = dict(before)
    for name, typed in answers.items():
        now[name] = _both(before.get(name, ""), typed) if name in LONG and seen < row.revision else typed
    row.saved_at = timezone.now()
    if now != before:
        row.answers, row.revision = now, row.revision + 1
    row.save(update_fields=["sealed_answers", "revision", "saved_at"])
    return row


def _both(old: str, new: str) -> str:
    if old in new:
        return new
    return old if new in old else f"{old}\n\n{new}"[-MOST:]


@transaction.atomic
def send(*, referral: Referral, at: dt.datetime | None = None) -> Referral:
    """It is with us from now on. Sent twice is sent once. Raises NothingWritten."""
    row = locked(referral)
    if row.state != State.WRITING:
        return row
    answers = row.answers
    if not any(answers.get(name) for name in ("first_name", "body", "phone", "email", "other_way")):
        raise NothingWritten
    # A guardian who asks knows of it. Of all others we do not know yet, and ask the one who wrote first.
    row.consent = Consent.YES if answers.get("asker") == "guardian" else Consent.UNKNOWN
    row.state, row.sent_at = State.SENT, at or timezone.now()
    row.save(update_fields=["consent", "state", "sent_at"])
    arrive(row, Kind.SENT, at=row.sent_at)
    note(row, Entry.Verb.CHANGED, state=row.state)
    return row


@transaction.atomic
def answer_for_family(*, referral: Referral, willing: bool, actor: Person | None = None) -> Referral:
    """The guardian says yes or not now to what somebody else asked for. Not now closes nothing: either can follow the other.

    `actor`: who was signed in where the code was typed, if anybody was. The record names them.
    """
    row = locked(referral)
    require(row.is_open and row.source != Referral.Source.FAMILY)
    consent = Consent.YES if willing else Consent.NOT_NOW
    if row.consent == consent:
        return row
    set_consent(row, consent)
    note(row, Entry.Verb.CHANGED, actor=actor, consent=consent, by="code")
    tell_staff(row)
    return row


def set_consent(row: Referral, consent: str, *, by: StaffRole | None = None) -> None:
    """`by`: who wrote it down for the guardian. The family sees the name, and can say that it is not so."""
    row.consent = consent
    row.state = State.SENT if consent == Consent.YES or row.source == Referral.Source.FAMILY else State.WAITING
    row.save(update_fields=["consent", "state"])
    if consent != Consent.UNKNOWN:
        add_step(row, Kind.AGREED if consent == Consent.YES else Kind.NOT_NOW, at=timezone.now(), by=by)


@transaction.atomic
def ask(*, referral: Referral, about: str, words: str, key: UUID) -> Question:
    """Question what was found, or ask anything. The same form sent twice is one question; with other words it is another one."""
    row = locked(referral)
    require(row.state != State.WRITING)
    asked = Question.objects.filter(key=key).first()
    if asked is not None and (asked.referral_id, asked.about, asked.words) == (row.pk, about, words):
        return asked
    question = Question(referral=row, about=about, key=key if asked is None else uuid4())
    question.words = words
    question.save()
    record_happening(
        actor=None,
        program=row.program,
        event=Event.REFERRAL_QUESTIONED,
        at=question.asked_at,
        key=f"question:{question.public_id}",
        matter=question_matter(question),
    )
    note(row, Entry.Verb.CREATED, of="question", about=about)
    tell_staff(row)
    return question


def question_matter(question: Question) -> Matter:
    return Matter(
        family=question.referral.family,
        subject="question",
        subject_id=str(question.public_id),
        responsible=question.referral.owner,
    )


def text_code(*, phone: str, code: str, language: str) -> None:
    """The code to a phone that asked for it. Raises channels.CannotSend."""
    with translation.override(language):
        text = _("Porch: Your code is %(code)s. Keep it for yourself. We send this once.")
        channels.send_sms(phone, text % {"code": codes.in_groups(code)})
