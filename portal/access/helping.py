"""Who may say "I want to help others", and who sees it: they themselves, and the liaisons who answer for their family."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from peer_support.models import HelpingPath
from portal.access import people, support
from portal.accounts.models import ADULT_AGE, Person
from portal.families.models import Member
from portal.programs.models import Program, StaffRole

Stage = HelpingPath.Stage


def helping_members(person: Person) -> list[Member]:
    """The person's own places in families."""
    return support.asking_members(person)


def job_for(member: Member) -> StaffRole.Role:
    """What they could become: a caregiver a peer partner, a young person a youth mentor."""
    is_young = member.role == Member.Role.YOUTH
    return StaffRole.Role.YOUTH_MENTOR if is_young else StaffRole.Role.PEER_PARTNER


def age_from(program: Program) -> int:
    """From which age somebody helps others here."""
    ages = program.profile.settings.mentor_ages
    return ages.mentor_from if ages is not None else ADULT_AGE


def may_start(person: Person, member: Member) -> bool:
    """An adult for themselves, once at a time. A young person from the age at which the programme's mentors begin."""
    if member.person_id != person.pk or not any(one.pk == member.pk for one in helping_members(person)):
        return False
    return is_old_enough(member) and not HelpingPath.objects.filter(_under_way(), member=member).exists()


def is_old_enough(member: Member) -> bool:
    program = member.family.program
    age = member.person.age_on(program.today())
    if member.role == Member.Role.YOUTH:
        return age is not None and age >= age_from(program)
    return not people.is_minor(member.person, program)


def own_paths(person: Person) -> QuerySet[HelpingPath]:
    own = Q(member__person=person, member__person__is_active=True, member__family__closed_at=None)
    found = HelpingPath.objects.filter(own & Member.in_force(timezone.now(), "member__"), _under_way())
    return _with_all(found).order_by("-pk")


def paths_to_keep(person: Person) -> QuerySet[HelpingPath]:
    """Those of the families this person answers for, never of their own."""
    if not support.answers_requests(person):
        return HelpingPath.objects.none()
    families = support.answered_family_ids(person)
    mine = Member.objects.filter(family=OuterRef("member__family"), person=person)
    found = HelpingPath.objects.filter(
        _under_way(),
        Member.in_force(timezone.now(), "member__"),
        ~Exists(mine),
        member__family__in=families,
        member__family__closed_at=None,
    )
    return _with_all(found).order_by("started_at", "pk")


def may_keep(person: Person, path: HelpingPath) -> bool:
    return paths_to_keep(person).filter(pk=path.pk).exists()


def may_take_back(person: Person, path: HelpingPath) -> bool:
    return own_paths(person).filter(pk=path.pk).exists()


def _under_way() -> Q:
    return ~Q(stage=Stage.TAKEN_BACK)


def _with_all(found: QuerySet[HelpingPath]) -> QuerySet[HelpingPath]:
    return found.select_related("member__person", "member__family__program", "kept_by__person")
