"""Who may ask the family organization for something, who sees and answers it, and who keeps the list of classes.

A request belongs to who asked: another caregiver sees neither it nor that it exists, and no parent sees what a young person
asked for. On the other side stand the liaisons who answer for that family, and the one who was asked to come along.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from peer_support.models import EducatorClass, Pairing, SupportRequest
from portal.access import families, moment, people
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.enrollment.models import today_of as _today_of
from portal.families.models import Family, Member
from portal.programs.models import Organization, StaffRole
from portal.programs.vocabulary import OrganizationKind

Job = StaffRole.Role
Kind = SupportRequest.Kind
State = SupportRequest.State
OPEN = SupportRequest.OPEN
BY_WISH = SupportRequest.BY_WISH
# A natural support has no record here, so nothing that could be asked for in it.
MAY_ASK = (Member.Role.CAREGIVER, Member.Role.YOUTH)
# The two are in touch.
PAIRED = (Pairing.State.ACCEPTED, Pairing.State.ACTIVE, Pairing.State.PAUSED)
# A class that fills: those for whom a place was arranged, and those who were there.
HAS_A_PLACE = (State.ARRANGED, State.DONE)


# -- the family's side -----------------------------------------------------------------------------------------------------


def asking_members(person: Person) -> list[Member]:
    """The person's own places in families, in which they may ask."""
    if not person.is_active:
        return []
    return list(people.memberships(person).filter(role__in=MAY_ASK).select_related("person"))


def may_ask(person: Person, member: Member) -> bool:
    """Everybody for themselves."""
    return member.person_id == person.pk and any(one.pk == member.pk for one in asking_members(person))


def own_requests(person: Person) -> QuerySet[SupportRequest]:
    """What the person asked for, the newest first."""
    return _with_all(SupportRequest.objects.filter(_own(person))).order_by("-asked_at", "-pk")


def may_take_back(person: Person, request: SupportRequest) -> bool:
    return request.is_open and own_requests(person).filter(pk=request.pk).exists()


# -- who answers -----------------------------------------------------------------------------------------------------------


def answering_roles(family: Family) -> QuerySet[StaffRole]:
    """The liaisons who answer what this family asks for: those beside it; where nobody is, those of the family organization.

    Where there is no such organization either, any liaison of the programme: a request is seen by somebody. Never one
    who belongs or once belonged to the family, or who is kept apart from one of its people.
    """
    beside = families.standing_beside(moment.now(), [Job.LIAISON]).filter(family=family)
    if beside.exists():
        found = StaffRole.objects.filter(pk__in=beside.values("staff_role"))
    else:
        every = _liaisons(family)
        local = every.filter(organization__in=_family_organizations(family))
        found = local if local.exists() else every
    return found.select_related("person", "organization__program").order_by("pk")


def _liaisons(family: Family) -> QuerySet[StaffRole]:
    roles = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()),
        organization__program=family.program_id,
        role=Job.LIAISON,
        person__is_active=True,
    )
    return families.without_ties(roles, family)


def _family_organizations(family: Family) -> QuerySet[Organization]:
    """Those that serve where the family lives, by the profile; one that the profile does not name, serves everywhere."""
    named = {one.id for one in family.program.profile.organizations}
    serving = {one.id for one in family.program.profile.organizations_serving(family.region, OrganizationKind.FSO)}
    here = Organization.objects.filter(program=family.program_id, kind=OrganizationKind.FSO)
    return here.filter(Q(slug__in=serving) | ~Q(slug__in=named))


def _unattended(person: Person) -> list[int]:
    """Families without a liaison beside them whose requests fall to this person."""
    programs = [role.organization.program_id for role in people.staff_roles(person) if role.role == Job.LIAISON]
    if not programs or not person.is_active:
        return []
    beside = families.standing_beside(moment.now(), [Job.LIAISON]).filter(family=OuterRef("pk"))
    alone = Family.objects.filter(~Exists(beside), program__in=programs, closed_at=None).select_related("program")
    asked = alone.filter(Q(support_requests__isnull=False) | Q(members__helping_paths__isnull=False)).distinct()
    return [one.pk for one in asked if answering_roles(one).filter(person=person).exists()]


def answered_family_ids(person: Person) -> list[int]:
    """The families whose requests this person answers."""
    beside = families.liaison_families(person).values_list("pk", flat=True)
    return [*beside, *_unattended(person)]


def answering_role(person: Person, family: Family) -> StaffRole | None:
    """The job by which this person answers for that family."""
    return answering_roles(family).filter(person=person).first()


def answers_requests(person: Person) -> bool:
    """Holds the job whose work this is, whether or not anybody asked yet."""
    return person.is_active and any(role.role == Job.LIAISON for role in people.staff_roles(person))


def requests_to_answer(person: Person) -> QuerySet[SupportRequest]:
    """Those of the families this person answers for, never one of their own."""
    if not answers_requests(person):
        return SupportRequest.objects.none()
    found = SupportRequest.objects.filter(family__in=answered_family_ids(person), family__closed_at=None)
    mine = Member.objects.filter(family=OuterRef("family"), person=person)
    return _with_all(found.exclude(Exists(mine))).order_by("asked_at", "pk")


def asked_to_come(person: Person) -> QuerySet[SupportRequest]:
    """Meetings to which somebody would like this peer partner, mentor or facilitator to come, while the two are in touch."""
    now = timezone.now()
    paired = Pairing.objects.filter(member=OuterRef("member"), peer=OuterRef("helper"), state__in=PAIRED)
    beside = families.standing_beside(now).filter(family=OuterRef("family"), staff_role=OuterRef("helper"))
    found = SupportRequest.objects.filter(
        StaffRole.in_force(now, "helper__"),
        Q(Exists(paired)) | Q(Exists(beside)),
        Member.in_force(now, "member__"),
        kind=Kind.MEETING,
        state__in=OPEN,
        helper__person=person,
        helper__person__is_active=True,
        family__closed_at=None,
    )
    return _with_all(found).order_by("meets_on", "pk")


def visible_requests(person: Person) -> QuerySet[SupportRequest]:
    """One's own, those one answers, and meetings one is asked to come to."""
    ids = [queryset.values("pk") for queryset in (requests_to_answer(person), asked_to_come(person))]
    found = SupportRequest.objects.filter(_own(person) | Q(pk__in=ids[0]) | Q(pk__in=ids[1]))
    return _with_all(found).order_by("-asked_at", "-pk")


def may_answer(person: Person, request: SupportRequest) -> bool:
    """Take it up, arrange it, or say that it could not be done: a liaison who answers for that family."""
    return requests_to_answer(person).filter(pk=request.pk).exists()


def may_say_if_coming(person: Person, request: SupportRequest) -> bool:
    return request.state == State.ASKED and asked_to_come(person).filter(pk=request.pk).exists()


def may_read_words(person: Person, request: SupportRequest) -> bool:
    """Who wrote them and the liaison; the one asked to come only where the two may write to each other at all."""
    if request.member.person_id == person.pk or may_answer(person, request):
        return True
    return not people.is_minor(request.member.person, request.family.program)


# -- whom one may name ------------------------------------------------------------------------------------------------------


def liaisons_to_choose(person: Person, member: Member) -> QuerySet[StaffRole]:
    """The liaisons of the organizations that answer for the family: those a person may ask for."""
    if not may_ask(person, member):
        return StaffRole.objects.none()
    organizations = answering_roles(member.family).values("organization")
    found = _liaisons(member.family).filter(organization__in=organizations)
    return found.select_related("person", "organization").order_by("person__display_name", "pk")


def companions(person: Person, member: Member) -> QuerySet[StaffRole]:
    """Whom one may ask to come to a meeting: the staff beside the family, and one's own peer partner or mentor."""
    if not may_ask(person, member):
        return StaffRole.objects.none()
    beside = families.standing_beside(moment.now()).filter(family=member.family_id)
    paired = Pairing.objects.filter(
        StaffRole.in_force(timezone.now(), "peer__"), member=member, state__in=PAIRED, peer__person__is_active=True
    )
    found = StaffRole.objects.filter(Q(pk__in=beside.values("staff_role")) | Q(pk__in=paired.values("peer")))
    return found.select_related("person", "organization").order_by("person__display_name", "pk")


# -- clocks ----------------------------------------------------------------------------------------------------------------


def clocks_about(subject: str, public_ids: list[str]) -> dict[str, Clock]:
    """The clock of each of these requests or paths, where the programme promises a date. Of rows the reader may see."""
    found = Clock.objects.filter(subject=subject, subject_id__in=public_ids).select_related("program", "family")
    return {clock.subject_id: clock for clock in found.order_by("pk")}


def today_of(family: Family) -> dt.date:
    """Where the family lives."""
    return _today_of(family)


# -- classes ---------------------------------------------------------------------------------------------------------------


def organizations_of(person: Person) -> QuerySet[Organization]:
    """Those whose list of classes this person keeps: a liaison her own organization's."""
    if not person.is_active:
        return Organization.objects.none()
    held = people.staff_roles(person).filter(role=Job.LIAISON).values("organization")
    return Organization.objects.filter(pk__in=held).select_related("program").order_by("name", "pk")


def kept_classes(person: Person) -> QuerySet[EducatorClass]:
    return _with_taken(EducatorClass.objects.filter(organization__in=organizations_of(person))).order_by(
        "-held_on", "-pk"
    )


def may_keep_classes(person: Person, organization: Organization) -> bool:
    return organizations_of(person).filter(pk=organization.pk).exists()


def open_classes(person: Person, member: Member) -> QuerySet[EducatorClass]:
    """The classes that are still to come, of the organizations that answer for the person's family."""
    if not may_ask(person, member):
        return EducatorClass.objects.none()
    organizations = answering_roles(member.family).values("organization")
    found = EducatorClass.objects.filter(
        organization__in=organizations, ended_at=None, held_on__gte=today_of(member.family)
    )
    return _with_taken(found).order_by("held_on", "begins_at", "pk")


def places_taken(held: EducatorClass) -> int:
    """Asked now: under a lock on the class, nobody can take one more meanwhile."""
    return SupportRequest.objects.filter(educator_class=held, state__in=HAS_A_PLACE).count()


def _with_taken(classes: QuerySet[EducatorClass]) -> QuerySet[EducatorClass]:
    taken = Count("requests", filter=Q(requests__state__in=HAS_A_PLACE))
    return classes.annotate(taken=taken).select_related("organization__program")


# -- parts of the above -----------------------------------------------------------------------------------------------------


def _own(person: Person) -> Q:
    return (
        Q(member__person=person, member__person__is_active=True, family__closed_at=None)
        & Q(member__role__in=MAY_ASK)
        & Member.in_force(timezone.now(), "member__")
    )


def _with_all(found: QuerySet[SupportRequest]) -> QuerySet[SupportRequest]:
    return found.select_related(
        *("member__person", "for_member__person", "family__program", "educator_class", "helper__person"),
        *("taken_by__person", "taken_by__organization"),
    )
