"""What a guardian may know of a young person's mentor, who says yes to it, and who may pause it. Never what the two write.

A guardian is an adult of the family who, on evidence, may decide about the young person's health care or be told of it
today. Nobody is one once the young person is 18 (45 CFR 164.502(g)(3)), who is barred by a court, or who is kept away from
somebody of that household. Who may decide about school alone is not asked: a mentor is no matter of the school.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from messaging.models import Message
from peer_support.models import Contact, Pairing, Permission
from portal.access import families, people, supervision
from portal.accounts.models import Person
from portal.families.models import LegalAuthority, Member
from portal.programs.models import StaffRole
from portal.safety.models import SecondHelper

State = Pairing.State
Side = Pairing.Side
Scope = LegalAuthority.Scope
# What a guardian is told of: an offer, what runs, and what is over. Not that the young person said no to somebody.
KNOWN = (*Pairing.OPEN, State.ENDED)
KNOWS = (Scope.FULL, Scope.HEALTH, Scope.INFORMATION)
# How far back the days are named on which the two were in touch.
DAYS_SHOWN = 60


def may_know(person: Person, youth: Member) -> bool:
    """Whether this adult is told that the young person has a mentor, who it is, and when the two were in touch."""
    if youth.person_id == person.pk or not _raises(person, youth):
        return False
    return families.authorities_over(person, youth).filter(scope__in=KNOWS).exists() and not families.is_kept_away(
        person, youth
    )


def _raises(person: Person, youth: Member) -> bool:
    place = people.memberships(person).filter(family=youth.family_id, role=Member.Role.CAREGIVER)
    return youth.role == Member.Role.YOUTH and place.exists()


def known_pairings(person: Person) -> QuerySet[Pairing]:
    """The matches of these young people with mentors, the newest first. Nearly always there is none: that is one question."""
    if not person.is_active:
        return Pairing.objects.none()
    own = people.memberships(person).filter(role=Member.Role.CAREGIVER).values("family")
    youths = Member.objects.filter(
        Member.in_force(timezone.now()),
        pk__in=_with_mentors().values("member"),
        family__in=own,
        role=Member.Role.YOUTH,
    ).select_related("person", "family__program")
    return (
        _with_mentors()
        .filter(member__in=[one for one in youths if may_know(person, one)])
        .select_related(
            *("member__person", "member__family__program", "peer__person", "peer__organization__program"),
            *("family__program", "conversation"),
        )
        .order_by("-pk")
    )


def _with_mentors() -> QuerySet[Pairing]:
    return Pairing.objects.filter(peer__role=StaffRole.Role.YOUTH_MENTOR, state__in=KNOWN)


def needs_permission(pairing: Pairing) -> bool:
    """A mentor for a young person under 18, or of unknown age."""
    is_mentor = pairing.peer.role == StaffRole.Role.YOUTH_MENTOR
    return is_mentor and people.is_minor(pairing.member.person, pairing.family.program)


def guardians(youth: Member) -> list[Person]:
    """Who is told of a young person's mentor."""
    return [adult for adult in _adults(youth) if may_know(adult, youth)]


def deciding_guardians(youth: Member) -> list[Person]:
    """Whose yes or no to a mentor counts today."""
    return [adult for adult in _adults(youth) if families.may_give_permission(adult, youth)]


def _adults(youth: Member) -> list[Person]:
    places = Member.objects.filter(
        Member.in_force(timezone.now()),
        family=youth.family_id,
        role=Member.Role.CAREGIVER,
        person__is_active=True,
    ).exclude(person=youth.person_id)
    return [place.person for place in places.select_related("person").order_by("pk")]


# -- yes and no ------------------------------------------------------------------------------------------------------------


def answers(pairing: Pairing) -> QuerySet[Permission]:
    """The last word of each guardian, also of one whose yes has run out."""
    found = Permission.objects.filter(pairing=pairing, withdrawn_at=None)
    return found.select_related("given_by", "noted_by").order_by("pk")


def answer_of(person: Person, pairing: Pairing) -> Permission | None:
    return answers(pairing).filter(given_by=person).first()


def may_decide(person: Person, pairing: Pairing) -> bool:
    """Say yes or no: a guardian who may decide, to an offer or to what runs."""
    return (
        pairing.is_open
        and needs_permission(pairing)
        and may_know(person, pairing.member)
        and families.may_give_permission(person, pairing.member)
    )


def may_note(person: Person, pairing: Pairing, guardian: Person) -> bool:
    """Write down what such a guardian said on paper or by phone: the family's liaison, never about their own word."""
    return (
        pairing.is_open
        and needs_permission(pairing)
        and guardian.pk != person.pk
        and families.is_liaison_of(person, pairing.family_id)
        and families.may_give_permission(guardian, pairing.member)
    )


def running_out(day: dt.date) -> QuerySet[Permission]:
    """The yeses of open matches that end by that day, or ended and nobody was told of it yet."""
    found = Permission.objects.filter(
        is_yes=True, withdrawn_at=None, ends_on__lte=day, pairing__state__in=Pairing.OPEN
    ).exclude(warned_at_days=0)
    return found.select_related(
        *("given_by", "pairing__member__person", "pairing__member__family__program", "pairing__family__program"),
        *("pairing__peer__person", "pairing__peer__organization", "pairing__proposed_by"),
    )


# -- a pause -----------------------------------------------------------------------------------------------------------------


def may_pause(person: Person, pairing: Pairing) -> bool:
    """Stop the talk for now: a guardian who may decide. It holds until a guardian, or the liaison, ends it."""
    runs = pairing.state == State.ACTIVE or (pairing.state == State.PAUSED and not pairing.is_paused_by_guardian)
    return runs and may_decide(person, pairing)


def may_end_pause(person: Person, pairing: Pairing) -> bool:
    if not pairing.is_paused_by_guardian:
        return False
    is_liaison = families.is_liaison_of(person, pairing.family_id)
    return is_liaison or may_decide(person, pairing)


# -- what is shown -------------------------------------------------------------------------------------------------------------


def days_in_touch(person: Person, pairing: Pairing) -> list[dt.date]:
    """The days on which the two wrote to each other or met, newest first; never how often, at what hour, or what about."""
    if not may_know(person, pairing.member):
        return []
    zone = pairing.family.program.zone
    since = timezone.now() - dt.timedelta(days=DAYS_SHOWN)
    written = Message.objects.filter(conversation=pairing.conversation_id, sent_at__gte=since)
    met = Contact.objects.filter(
        member=pairing.member_id, by=pairing.peer_id, outcome=Contact.Outcome.REACHED, happened_at__gte=since
    )
    moments = [*written.values_list("sent_at", flat=True)] if pairing.conversation_id else []
    moments += met.values_list("happened_at", flat=True)
    return sorted({moment.astimezone(zone).date() for moment in moments}, reverse=True)


def supervisor(pairing: Pairing) -> StaffRole | None:
    """Who watches over their talk now."""
    return supervision.supervisor_of(pairing.conversation) if pairing.conversation is not None else None


def second_helpers(pairing: Pairing) -> list[SecondHelper]:
    """Who else of staff writes with them now: a guardian always sees who."""
    talk = pairing.conversation
    return list(supervision.second_helpers(talk).filter(left_at=None)) if talk is not None else []


# -- the 18th birthday -----------------------------------------------------------------------------------------------------------


def pauses_of_adults() -> list[Pairing]:
    """Those a guardian paused, who has no say any more because the young person is 18."""
    found = Pairing.objects.filter(state=State.PAUSED, paused_by=Side.GUARDIAN).select_related(
        "member__person", "family__program"
    )
    return [one for one in found.order_by("pk") if not people.is_minor(one.member.person, one.family.program)]
