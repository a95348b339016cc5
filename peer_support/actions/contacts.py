"""Contacts: written down where they were made, planned ahead, and how they felt.

They stay out of the record that the whole family reads: a contact is between two people.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from peer_support import contact_refusals as refusals
from peer_support.actions.rhythm import say_not_now
from peer_support.models import Contact, ContactFelt, PlannedContact
from peer_support.models.contacts import SUBJECT, Way
from portal.access import contacts as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import record_happening
from portal.clocks.models import Matter
from portal.enrollment.models import zone_of
from portal.families.models import Family, Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event

# Two who reached the same person in the same way so close to each other were there together: that is one contact.
TOGETHER = dt.timedelta(minutes=15)
FARTHEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody writes down about a contact. `key` is made by their page: sent twice, it is one contact."""

    key: UUID
    way: str
    outcome: str
    happened_at: dt.datetime
    is_two_way: bool = False
    setting: str = ""
    place: str = ""
    note: str = ""
    comes_back_on: dt.date | None = None  # with a "not now": the day on which somebody asks again


@transaction.atomic
def log_contact(*, actor: Person, role: StaffRole, member: Member, said: Said) -> Contact:
    """Write down a contact of one's own.

    Two-way contacts that count keep the rhythm's clocks; an attempt counts for nothing and stands on record. A "not now"
    needs the day on which somebody asks again, and lets those clocks stand still. Raises NotYetHappened, BeforeTheyCame,
    BeforeYouCame, WrittenAlready, SettingMissing, ComesBackMissing.
    """
    require(access.may_log(actor, member, role))
    require(not (said.note.strip() or said.place.strip()) or access.may_write_note(member, role))
    family = Family.objects.select_for_update(of=("self",)).select_related("program").get(pk=member.family_id)
    known = Contact.objects.filter(public_id=said.key).first()
    if known is not None:
        require(known.by_id == role.pk and known.member_id == member.pk)
        return known
    _check_moment(role, family, said.happened_at)
    contact = _made(role, member, family, said)
    _check_first_of_its_kind(contact)
    contact.save()
    _record(actor, Entry.Verb.CREATED, contact)
    _keep_plan(contact)
    _tell_clocks(contact)
    if said.outcome == Contact.Outcome.REFUSED:
        say_not_now(
            actor=actor,
            member=member,
            channel=said.way,
            comes_back_on=said.comes_back_on,
            said_at=said.happened_at,
        )
    return contact


def _made(role: StaffRole, member: Member, family: Family, said: Said) -> Contact:
    """Who meets somebody in person speaks with them; whether a call or a text was answered has to be said."""
    is_two_way = said.outcome == Contact.Outcome.REACHED and (said.is_two_way or said.way == Way.VISIT)
    contact = Contact(
        public_id=said.key,
        family=family,
        member=member,
        by=role,
        way=said.way,
        setting=said.setting,
        outcome=said.outcome,
        is_two_way=is_two_way,
        counts=is_two_way and _way_counts(family, said.way),
        happened_at=said.happened_at,
    )
    contact.place, contact.note = said.place.strip(), said.note.strip()
    return contact


def _check_moment(role: StaffRole, family: Family, happened_at: dt.datetime) -> None:
    if happened_at > timezone.now():
        raise refusals.NotYetHappened
    zone = zone_of(family)
    day = happened_at.astimezone(zone).date()
    if day < access.first_day(family):
        raise refusals.BeforeTheyCame
    if day < role.started_at.astimezone(zone).date():
        raise refusals.BeforeYouCame


def _check_first_of_its_kind(contact: Contact) -> None:
    """Not the same one again; and where they were, if nobody had reached the family before (Florida guidance, line 18)."""
    if _twins(contact):
        raise refusals.WrittenAlready
    if contact.outcome == Contact.Outcome.REACHED and not contact.setting and _is_first(contact):
        raise refusals.SettingMissing


def _twins(contact: Contact) -> bool:
    same = Contact.objects.filter(member=contact.member, way=contact.way, outcome=contact.outcome)
    if contact.outcome == Contact.Outcome.REACHED:
        around = (contact.happened_at - TOGETHER, contact.happened_at + TOGETHER)
        return same.filter(happened_at__gt=around[0], happened_at__lt=around[1]).exists()
    return same.filter(by=contact.by, happened_at=contact.happened_at).exists()


def _is_first(contact: Contact, **kind: str) -> bool:
    """Nobody had reached the family before that moment (in that way)."""
    reached = Contact.objects.filter(family=contact.family, outcome=Contact.Outcome.REACHED, **kind)
    return not reached.filter(happened_at__lt=contact.happened_at).exclude(pk=contact.pk).exists()


def _way_counts(family: Family, way: str) -> bool:
    """A chat counts only where the profile says so."""
    switch = family.program.profile.settings.chat_counts_as_contact
    return way != Way.CHAT or (switch is not None and switch.on)


def _tell_clocks(contact: Contact) -> None:
    if contact.outcome != Contact.Outcome.REACHED:
        return
    if contact.counts:
        own = Matter(family=contact.family, subject=SUBJECT, subject_id=str(contact.member.person.public_id))
        _happened(contact, Event.CONTACT_MADE, own)
    if _is_first(contact):
        _happened(contact, Event.FIRST_CONTACT_MADE, Matter(family=contact.family))
    if contact.way == Way.VISIT and _is_first(contact, way=Way.VISIT):
        _happened(contact, Event.MET_FACE_TO_FACE, Matter(family=contact.family))


def _happened(contact: Contact, event: Event, matter: Matter) -> None:
    """By the house: a peer partner says nothing about a family's clocks but that the two were in touch."""
    record_happening(
        actor=None,
        program=contact.family.program,
        event=event,
        at=contact.happened_at,
        key=f"{event.value}:{contact.public_id}",
        matter=matter,
    )


def _keep_plan(contact: Contact) -> None:
    """What was planned for that day, by the same person and in the same way, is kept; tried or refused as well as reached."""
    zone = zone_of(contact.family)
    midnight = dt.datetime.combine(contact.happened_at.astimezone(zone).date(), dt.time(), tzinfo=zone)
    planned = PlannedContact.objects.filter(
        member=contact.member,
        by=contact.by,
        way=contact.way,
        called_off_at=None,
        kept_by=None,
        planned_at__gte=midnight,
        planned_at__lt=midnight + dt.timedelta(days=1),
    ).order_by("planned_at")
    plan = planned.first()
    if plan is not None:
        plan.kept_by = contact
        plan.save(update_fields=["kept_by"])


@transaction.atomic
def plan_contact(
    *, actor: Person, role: StaffRole, member: Member, way: str, planned_at: dt.datetime, place: str = ""
) -> PlannedContact:
    """Say when one means to be in touch next: both sides see it. The same plan again is one plan.

    Raises BehindUs, TheyAskedToWait.
    """
    require(access.may_log(actor, member, role))
    require(not place.strip() or access.may_write_note(member, role))
    if not timezone.now() < planned_at < timezone.now() + FARTHEST:
        raise refusals.BehindUs
    pause = access.pause_of(member)
    if pause is not None and planned_at.astimezone(zone_of(member.family)).date() < pause.comes_back_on:
        raise refusals.TheyAskedToWait
    Family.objects.select_for_update().get(pk=member.family_id)
    about = {"member": member, "by": role, "way": way, "planned_at": planned_at}
    known = PlannedContact.objects.filter(**about, called_off_at=None, kept_by=None).first()
    if known is not None:
        return known
    plan = PlannedContact(family=member.family, **about)
    plan.place = place.strip()
    plan.save()
    _record(actor, Entry.Verb.CREATED, plan)
    return plan


@transaction.atomic
def call_off(*, actor: Person, plan: PlannedContact) -> None:
    """Not this time, and nobody has to say why. Whoever planned it is told if the other side calls it off."""
    require(access.may_call_off(actor, plan))
    if PlannedContact.objects.filter(pk=plan.pk, called_off_at=None, kept_by=None).update(called_off_at=timezone.now()):
        _record(actor, Entry.Verb.ENDED, plan)
        if plan.by.person_id != actor.pk:
            path = f"/contacts/with/{plan.family.public_id}/{plan.member.person.public_id}/"
            about = f"planned:{plan.public_id}"
            notices.notify(person=plan.by.person, kind=Notice.Kind.CLOCK_MOVED, path=path, about=about)


@transaction.atomic
def say_how_it_felt(*, actor: Person, contact: Contact, answer: str) -> None:
    """Whether they felt respected; the last tap holds. Not on record with a name: nobody here reads whose answer it was."""
    require(access.may_say_how_it_felt(actor, contact))
    ContactFelt.objects.update_or_create(
        contact=contact, defaults={"answer": ContactFelt.Answer(answer), "answered_at": timezone.now()}
    )


def _record(actor: Person, verb: Entry.Verb, row: Contact | PlannedContact) -> None:
    subject = "contact" if isinstance(row, Contact) else "contact_plan"
    record(actor=actor, verb=verb, subject=subject, subject_id=row.public_id, way=row.way)
