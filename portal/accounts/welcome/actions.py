"""Keeping what a person was shown at first sign-in and what they answered."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal import live
from portal.access import families, people, require
from portal.accounts import actions as accounts
from portal.accounts.models import Acknowledgement, Person
from portal.accounts.welcome import steps
from portal.accounts.welcome.steps import Answer, Kind
from portal.audit import actions as audit
from portal.audit.models import Entry


@transaction.atomic
def acknowledge(
    *, person: Person, kind: str, answer: str, language: str, version: str, about: Person | None = None, basis: str = ""
) -> Acknowledgement:
    """Add one row; earlier ones stay. Only who may sign for a young person answers for them, and a young person's own
    consent needs the law it stands on. A yes or no to texts takes effect at once, and so does a permission taken back.
    """
    if kind == Kind.GUARDIAN_PERMISSION and answer in {Answer.YES, Answer.NO}:
        require(about is not None and _may_sign_for(person, about))
    if kind == Kind.OWN_CONSENT and answer == Answer.YES:
        require(bool(basis) and basis == steps.own_basis(person))
    row = Acknowledgement.objects.create(
        person=person,
        about=about,
        kind=kind,
        answer=answer,
        version=version,
        language=language,
        basis=basis,
        at=timezone.now(),
    )
    if kind == Kind.TEXTS and answer in {Answer.YES, Answer.NO}:
        accounts.set_text_choice(person=person, wanted=answer == Answer.YES, source="welcome")
    audit.record(actor=person, verb=Entry.Verb.CREATED, subject="acknowledgement", kind=str(kind), answer=str(answer))
    if about is not None and answer == Answer.NO:
        youth = about.pk
        transaction.on_commit(lambda: live.end_person(youth))  # their open pages ask at the door again
    return row


def _may_sign_for(person: Person, youth: Person) -> bool:
    return any(families.may_give_permission(person, place) for place in people.memberships(youth))
