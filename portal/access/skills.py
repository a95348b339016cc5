"""Who sees what somebody wants to get better at: they themselves, and the peer partner they share it with. No staff, no kin."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from peer_support.models import ChosenSkill, Pairing, SkillStep
from portal.access import pairings, people
from portal.accounts.models import Person
from portal.families.models import Member
from portal.programs.models import StaffRole

CHOOSERS = (Member.Role.CAREGIVER, Member.Role.YOUTH)


def choosing_members(person: Person) -> list[Member]:
    """The person's own places in families, in which they may choose skills."""
    if not person.is_active:
        return []
    return list(people.memberships(person).filter(role__in=CHOOSERS).select_related("person"))


def may_choose(person: Person, member: Member) -> bool:
    return member.person_id == person.pk and any(one.pk == member.pk for one in choosing_members(person))


def own_skills(person: Person) -> QuerySet[ChosenSkill]:
    """What the person chose and did not put away, the newest first."""
    own = Q(member__person=person, member__person__is_active=True, member__family__closed_at=None)
    found = ChosenSkill.objects.filter(
        own & Member.in_force(timezone.now(), "member__"), member__role__in=CHOOSERS, put_away_at=None
    )
    return _with_all(found).order_by("-chosen_at", "-pk")


def shared_skills(person: Person) -> QuerySet[ChosenSkill]:
    """What families share with this peer partner or mentor, while the pairing is active."""
    now = timezone.now()
    found = ChosenSkill.objects.filter(
        StaffRole.in_force(now, "shared_with__peer__"),
        Member.in_force(now, "member__"),
        shared_with__peer__person=person,
        shared_with__peer__person__is_active=True,
        shared_with__state=Pairing.State.ACTIVE,
        member__family__closed_at=None,
        put_away_at=None,
    )
    return _with_all(found).order_by("member__person__display_name", "-chosen_at", "-pk")


def visible_skills(person: Person) -> QuerySet[ChosenSkill]:
    found = ChosenSkill.objects.filter(
        Q(pk__in=own_skills(person).values("pk")) | Q(pk__in=shared_skills(person).values("pk"))
    )
    return _with_all(found)


def may_keep(person: Person, chosen: ChosenSkill) -> bool:
    """Share it, say that one has got it, put it away: whose skill it is."""
    return own_skills(person).filter(pk=chosen.pk).exists()


def may_mark(person: Person, chosen: ChosenSkill) -> bool:
    """Whose skill it is, and the peer partner they share it with."""
    return visible_skills(person).filter(pk=chosen.pk).exists()


def may_write_with_it(person: Person, chosen: ChosenSkill) -> bool:
    """Words beside a step: one's own always; the other's only where the two may write to each other (docs/decisions/0020)."""
    if chosen.member.person_id == person.pk:
        return True
    return chosen.shared_with is not None and pairings.may_talk(chosen.shared_with)


def visible_steps(person: Person, chosen: ChosenSkill) -> QuerySet[SkillStep]:
    found = SkillStep.objects.filter(chosen=chosen, undone_at=None, chosen__in=visible_skills(person))
    return found.select_related("by", "chosen__member")


def undoable_steps(person: Person) -> QuerySet[SkillStep]:
    """A step somebody marked they may take back; whose skill it is, any of its steps."""
    return SkillStep.objects.filter(
        Q(by=person) | Q(chosen__member__person=person), undone_at=None, chosen__in=visible_skills(person)
    ).select_related("chosen")


def pairings_to_share(person: Person) -> QuerySet[Pairing]:
    """The peer partners with whom the person may share it."""
    return pairings.visible_pairings(person).filter(member__person=person, state=Pairing.State.ACTIVE)


def _with_all(found: QuerySet[ChosenSkill]) -> QuerySet[ChosenSkill]:
    return found.select_related("member__person", "member__family__program", "shared_with__peer__person")
