"""Who may ask for a peer and for whom, and who may note that a peer and a family must not be matched."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from peer_support.models import Conflict, Pairing, Wish
from portal.access import families, people
from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.programs.models import StaffRole


def askable_members(person: Person) -> list[Member]:
    """Those for whom this person may ask: themselves as a caregiver or young person, and young people they decide for.

    A peer partner for an adult and a mentor for a young person are two offers; having one never takes the other away.
    """
    found = [
        member
        for membership in people.memberships(person)
        if membership.role in people.AT_HOME
        for member in families.visible_members(person, membership.family).select_related("family__program")
        if may_ask(person, member)
    ]
    return sorted(found, key=lambda member: (member.person_id != person.pk, member.pk))


def has_yet_to_ask(person: Person, places: Iterable[Member]) -> bool:
    """Somebody who may ask for themselves, never did, and has nobody and no offer. `places`: theirs of now."""
    own = [one.pk for one in places if one.role in people.AT_HOME and may_ask(person, one)]
    has_some = Exists(Pairing.objects.filter(member=OuterRef("pk")).exclude(state=Pairing.State.WITHDRAWN))
    return Member.objects.filter(~has_some, pk__in=own, wish=None).exists()


def may_ask(person: Person, member: Member) -> bool:
    """A caregiver for herself, a young person for themselves, and for a minor who may sign a guardian's permission.

    What a young person asked for themselves is theirs: nobody else changes it or ends it.
    """
    if job_for(member) is None or member.family.closed_at is not None or not person.is_active:
        return False
    if member.person_id == person.pk:
        return True
    if member.role != Member.Role.YOUTH or not families.may_give_permission(person, member):
        return False
    return not Wish.objects.filter(member=member, asked_by=member.person_id, ended_at=None).exists()


def job_for(member: Member) -> StaffRole.Role | None:
    """Who could stand by this person: a peer partner by a caregiver known to be an adult, a mentor by a young person.

    For a young person of the ages that the programme's profile says, and known to be; for nobody where it says nothing.
    """
    program = member.family.program
    if member.left_at is not None or not member.person.is_active:
        return None
    if member.role == Member.Role.CAREGIVER:
        return None if people.is_minor(member.person, program) else StaffRole.Role.PEER_PARTNER
    ages, age = program.profile.settings.mentor_ages, member.person.age_on(program.today())
    if member.role != Member.Role.YOUTH or ages is None or age is None:
        return None
    return StaffRole.Role.YOUTH_MENTOR if ages.young_from <= age <= ages.young_until else None


def wish_of(person: Person, member: Member) -> Wish | None:
    """What was asked for, for whoever may ask, or the family's liaison. A young person's own words are for no parent."""
    is_liaison = families.is_liaison_of(person, member.family_id)
    if not is_liaison and not may_ask(person, member):
        return None
    found = Wish.objects.filter(member=member)
    if not is_liaison and member.person_id != person.pk:
        found = found.exclude(asked_by=member.person_id)
    return found.first()


def may_read_wish(person: Person, wish: Wish) -> bool:
    """What stands in it beyond that it is there: whoever said it, to their liaison."""
    return wish.asked_by_id == person.pk


def conflicts() -> QuerySet[Conflict]:
    """Those in force, of any family."""
    return Conflict.objects.filter(Q(ended_at=None) | Q(ended_at__gt=timezone.now()))


def conflicts_in_force(family: Family) -> QuerySet[Conflict]:
    return conflicts().filter(family=family)


def visible_conflicts(person: Person) -> QuerySet[Conflict]:
    """Those in force, for the families this person is liaison for. Nobody of a family sees what another of it noted."""
    return (
        conflicts()
        .filter(family__in=families.liaison_families(person))
        .select_related("peer__person", "family")
        .order_by("pk")
    )


def may_note_conflict(person: Person, family: Family, peer: StaffRole) -> bool:
    """The family's liaison about any peer; someone of the family about a peer who is, or was, offered to them."""
    if families.is_liaison_of(person, family.pk):
        return peer.person_id != person.pk
    return family.pairings.filter(
        Member.in_force(timezone.now(), "member__"), member__person=person, member__person__is_active=True, peer=peer
    ).exists()


def may_end_conflict(person: Person, conflict: Conflict) -> bool:
    return visible_conflicts(person).filter(pk=conflict.pk).exists()
