"""Asking whether somebody feels less alone, and what they make of the question: an answer, none, another one.

It stays out of the record that the whole family reads: the question is one person's own.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from peer_support.models import CheckIn, Pairing
from portal.access import check_ins as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import Program
from portal.programs.registry import profiles


def ask_check_ins() -> int:
    """Ask everybody whose day has come; gives how many.

    Any number of workers may run it, at any time: each takes a pairing's row, looks again, and the number of the question
    is there once. After an outage each is asked once, not for each day that was missed.
    """
    programs = Program.objects.filter(slug__in=profiles()).order_by("pk")
    return sum(_ask(pairing.pk, program) for program in programs for pairing in list(access.due(program)))


@transaction.atomic
def _ask(pk: int, program: Program) -> int:
    Pairing.objects.select_for_update(of=("self",)).get(pk=pk)
    pairing = access.due(program).filter(pk=pk).select_related("member__person").first()
    if pairing is None:  # asked, paused or ended in this very moment
        return 0
    for earlier in CheckIn.objects.filter(pairing=pairing, answered_at=None, skipped_at=None):
        _close(earlier, pairing.member.person)
    number = (pairing.asked_before or 0) + 1  # type: ignore[attr-defined] # annotated
    check_in = CheckIn.objects.create(pairing=pairing, asked_at=timezone.now(), number=number)
    _record(None, Entry.Verb.CREATED, check_in)
    notices.notify(
        person=pairing.member.person, kind=Notice.Kind.CHECK_IN, path=_path(check_in), about=f"check_in:{pk}"
    )
    return 1


@transaction.atomic
def answer_check_in(*, actor: Person, check_in: CheckIn, answer: str, help: str = "") -> CheckIn:
    """Say it, or say it anew on the same day; the day counts from the first answer.

    "Not yet" and words about what would help reach the liaison, who may have read them before they are changed.
    """
    check_in = _locked(check_in)
    require(access.may_answer(actor, check_in))
    was = (check_in.answer, check_in.help)
    check_in.answer, check_in.help = CheckIn.Answer(answer), help.strip()
    check_in.answered_at = check_in.answered_at or timezone.now()
    if was != (check_in.answer, check_in.help):
        check_in.talked_at = check_in.talked_by = None
    check_in.save()
    _record(actor, Entry.Verb.CHANGED, check_in)
    notices.mark_read(person=actor, about=f"check_in:{check_in.pairing_id}")
    _tell_readers(check_in)
    return check_in


@transaction.atomic
def take_back_answer(*, actor: Person, check_in: CheckIn) -> None:
    """As if nothing had been said: what the liaison was shown is gone. The question waits again, while the pairing goes on."""
    check_in = _locked(check_in)
    require(access.may_take_back(actor, check_in))
    check_in.answer, check_in.help, check_in.answered_at = "", "", None
    check_in.talked_at = check_in.talked_by = None
    check_in.save()
    _record(actor, Entry.Verb.ENDED, check_in)
    _tell_readers(check_in)


@transaction.atomic
def skip_check_in(*, actor: Person, check_in: CheckIn) -> None:
    """Not this time. Nobody is told, and nothing follows from it."""
    check_in = _locked(check_in)
    require(access.may_skip(actor, check_in))
    _close(check_in, actor)
    _record(actor, Entry.Verb.ENDED, check_in)


@transaction.atomic
def say_talked(*, actor: Person, check_in: CheckIn) -> None:
    """A liaison has been in touch about it: it leaves the list of every liaison who had it."""
    check_in = _locked(check_in)
    require(access.may_say_talked(actor, check_in))
    check_in.talked_at, check_in.talked_by = timezone.now(), actor
    check_in.save(update_fields=["talked_at", "talked_by"])
    _record(actor, Entry.Verb.CHANGED, check_in)
    _mark_read(check_in)


# -- parts of the above ------------------------------------------------------------------------------------------------


def _locked(check_in: CheckIn) -> CheckIn:
    return CheckIn.objects.select_for_update(of=("self",)).select_related(*access.ABOUT).get(pk=check_in.pk)


def _close(check_in: CheckIn, person: Person) -> None:
    check_in.skipped_at = timezone.now()
    check_in.save(update_fields=["skipped_at"])
    notices.mark_read(person=person, about=f"check_in:{check_in.pairing_id}")


def _tell_readers(check_in: CheckIn) -> None:
    """Each who reads it, once; what was taken back is no news any more."""
    _mark_read(check_in)
    if check_in.asks_for_talk:
        for reader in access.readers_of(check_in.pairing):
            notices.notify(
                person=reader, kind=Notice.Kind.CHECK_IN_CALL, path=_path(check_in), about=_call_about(check_in)
            )


def _mark_read(check_in: CheckIn) -> None:
    for reader in access.readers_of(check_in.pairing):
        notices.mark_read(person=reader, about=_call_about(check_in))


def _call_about(check_in: CheckIn) -> str:
    return f"check_in_call:{check_in.public_id}"


def _path(check_in: CheckIn) -> str:
    return f"/check-ins/{check_in.public_id}/"


def _record(actor: Person | None, verb: Entry.Verb, check_in: CheckIn) -> None:
    """That it happened, never what was said."""
    record(actor=actor, verb=verb, subject="check_in", subject_id=check_in.public_id)
