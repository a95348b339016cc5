"""What both sides do to a referral: it arrives, something happens to it, and those who work on it hear of that."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from portal.access import referrals as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import record_happening
from portal.clocks.models import Matter
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event
from portal.referrals.models import Referral, ReferralStep

Kind = ReferralStep.Kind
# What a step means to the clocks. The agencies' decision starts its clocks where it is made, in the enrollment.
MEANS: dict[str, tuple[Event, ...]] = {
    Kind.SENT: (Event.REFERRED,),
    Kind.REFERRED: (Event.REFERRED,),
    Kind.CONTACTED: (Event.FIRST_CONTACT_MADE,),
    Kind.MET: (Event.MET_FACE_TO_FACE, Event.FAMILY_MET),
}


def locked(referral: Referral) -> Referral:
    return Referral.objects.select_for_update().get(pk=referral.pk)


def matter(referral: Referral) -> Matter:
    return Matter(
        family=referral.family,
        subject="referral",
        subject_id=str(referral.public_id),
        responsible=referral.owner,
    )


def add_step(
    referral: Referral,
    kind: str,
    *,
    at: dt.datetime,
    by: StaffRole | None = None,
    day: dt.date | None = None,
    key: UUID | None = None,
) -> ReferralStep:
    """Write down what happened, and tell the clocks."""
    step = ReferralStep.objects.create(referral=referral, kind=kind, at=at, by=by, day=day, key=key)
    for event in MEANS.get(kind, ()):
        record_happening(
            actor=None,
            program=referral.program,
            event=event,
            at=at,
            key=f"referral:{step.pk}:{event}",
            matter=matter(referral),
        )
    return step


def arrive(referral: Referral, kind: str, *, at: dt.datetime) -> None:
    """It is with us from now on: its clocks start, and the first of them says by when somebody has to act."""
    add_step(referral, kind, at=at, by=referral.owner)
    due = access.clocks_of(referral).exclude(due_on=None).first()
    if due is not None and referral.next_on is None:
        referral.next_step, referral.next_on = Referral.Next.CALL, due.due_on
        referral.save(update_fields=["next_step", "next_on"])
    tell_staff(referral)


def tell_staff(referral: Referral) -> None:
    """Its owner, or everyone who could take it on: never only somebody who has left."""
    for person in access.to_be_told(referral):
        path = f"/referrals/{referral.public_id}/" if access.receiving_roles(person).exists() else "/referrals/"
        notify(person=person, kind=Notice.Kind.REFERRAL, path=path, about=f"referral:{referral.public_id}")


def note(
    referral: Referral, verb: Entry.Verb, *, actor: Person | None = None, role: str = "", **detail: object
) -> None:
    """On the record, without a word of what was written."""
    record(
        actor=actor,
        verb=verb,
        subject="referral",
        subject_id=referral.public_id,
        family=referral.family,
        role=role,
        **detail,
    )
