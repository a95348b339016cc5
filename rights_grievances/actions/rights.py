"""What a person was shown of their rights and what they said of them. Rows are added, never changed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import require
from portal.access import rights as access
from portal.accounts.models import Acknowledgement, Person
from portal.accounts.welcome import actions as welcome
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.programs.models import Program
from rights_grievances.cards import Card, cards
from rights_grievances.models import RightAnswer, RightsShown

ONCE_IN = dt.timedelta(days=1)  # the same words opened again on the same day are one showing


@transaction.atomic
def answer_step(*, person: Person, answer: str, language: str, version: str, reads: str) -> Acknowledgement:
    """The page of the rights at the first sign-in and each year: seen, or "not now". `reads` is the language it was asked in.

    The answer itself is kept beside those to the other pages; here, right by right, what words the page showed.
    """
    row = welcome.acknowledge(
        person=person, kind=Acknowledgement.Kind.RIGHTS, answer=answer, language=language, version=version
    )
    program = access.program_of_rights(person)
    if program is not None:
        _keep(person, program, cards(program.profile, reads), was_skipped=answer == Acknowledgement.Answer.SKIPPED)
    return row


@transaction.atomic
def keep_shown(*, person: Person, reads: str) -> int:
    """They opened the page of their rights: what it showed, once a day for the same words; how many cards were new."""
    program = access.program_of_rights(person)
    if program is None:
        return 0
    lately = access.own_shown(person).filter(program=program, was_skipped=False, shown_at__gt=timezone.now() - ONCE_IN)
    known = set(lately.values_list("right", "version"))
    new = [card for card in cards(program.profile, reads) if (card.id, card.version) not in known]
    _keep(person, program, new)
    return len(new)


def _keep(person: Person, program: Program, shown: list[Card], *, was_skipped: bool = False) -> None:
    now = timezone.now()
    RightsShown.objects.bulk_create(
        RightsShown(
            person=person,
            program=program,
            right=card.id,
            language=card.text.language,
            version=card.version,
            shown_at=now,
            was_skipped=was_skipped,
        )
        for card in shown
    )


@transaction.atomic
def answer_right(*, actor: Person, program: Program, right: str, answer: str) -> None:
    """Was this right respected? The last word counts, the earlier ones stay; the same word twice is one."""
    require(access.may_answer(actor, program, right))
    if access.last_answers(actor, program).get(right) == answer:
        return
    RightAnswer.objects.create(person=actor, program=program, right=right, answer=answer)
    # Which right, and what they said of it, is theirs: the record holds that they did.
    record(actor=actor, verb=Entry.Verb.CREATED, subject="right")
