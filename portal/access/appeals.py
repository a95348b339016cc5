"""Who sees the letter by which a plan says no, who may write it down, and who may ask to have it looked at again.

A letter is about one young person's help: that person and whoever may decide everything for them see it, those who stand beside
the family (they help to keep a service going), and the coordinators. Whether it was appealed is a case of its own, and asked of
`portal.access.grievances`: who stands beside the family never learns of that here.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import families, grievances, people
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.families.models import LegalAuthority, Member
from portal.programs.models import Program, StaffRole
from rights_grievances.models import SUBJECT, AdverseNotice, Case, CaseFile


def visible_notices(person: Person) -> QuerySet[AdverseNotice]:
    """The newest letter first."""
    if not person.is_active:
        return AdverseNotice.objects.none()
    # A missed date is known to whoever sees the case that it was missed in.
    open_to = Q(case=None) | Q(case__in=grievances.visible_cases(person).order_by().values("pk"))
    return (
        AdverseNotice.objects.filter(_of_family(person) | _as_staff(person), open_to)
        .select_related("program", "family__program", "youth__person", "youth__family__program", "decided_by", "case")
        .order_by("-dated_on", "-pk")
    )


def own_notices(person: Person) -> QuerySet[AdverseNotice]:
    """Those of the person's own family."""
    return visible_notices(person).filter(_of_family(person))


def young_decided_by(person: Person) -> list[Member]:
    """For whom of their own family somebody may write down a letter, and answer it: themselves, or whom they decide for."""
    places = Member.objects.filter(Member.in_force(timezone.now()), role=Member.Role.YOUTH, family__closed_at=None)
    theirs = Q(person=person) | Q(Exists(_decides(person).filter(youth=OuterRef("pk"))))
    found = places.filter(theirs).exclude(family__in=grievances.kept_from_families(person))
    return list(found.select_related("person", "family__program").order_by("pk"))


def young_beside(person: Person) -> list[Member]:
    """For whom somebody writes one down as staff: of the families they stand beside."""
    places = Member.objects.filter(Member.in_force(timezone.now()), role=Member.Role.YOUTH)
    found = places.filter(family__in=families.assigned_families(person).filter(closed_at=None))
    return list(found.select_related("person", "family__program").order_by("pk"))


def young_of_case(person: Person, case: Case) -> list[Member]:
    """For whom whoever handles a case writes down the letter it is about, until there is one: the young person it names, or
    any of its family.
    """
    if case.family_id is None or _has_letter(case) or not grievances.may_handle(person, case):
        return []
    places = Member.objects.filter(Member.in_force(timezone.now()), role=Member.Role.YOUTH, family=case.family_id)
    found = places.filter(pk=case.youth_id) if case.youth_id is not None else places
    return list(found.select_related("person", "family__program").order_by("pk"))


def letters_to_appeal(person: Person, case: Case) -> list[AdverseNotice]:
    """What the case may turn out to be about, for who handles it, until it is the appeal of one of them."""
    if case.family_id is None or _has_letter(case) or not grievances.may_handle(person, case):
        return []
    return list(visible_notices(person).filter(family=case.family_id))


def _has_letter(case: Case) -> bool:
    appeal = getattr(case, "appeal", None)
    return appeal is not None and appeal.notice_id is not None


def may_have_letters(person: Person) -> bool:
    """Of their own family: whether there is anything for them on the page of letters."""
    return person.is_active and (bool(young_decided_by(person)) or own_notices(person).exists())


def may_record(person: Person, youth: Member) -> bool:
    known = {one.pk for one in (*young_decided_by(person), *young_beside(person))} if person.is_active else set()
    return youth.pk in known or _coordinates(person, youth.family.program, youth.family_id)


def may_appeal(person: Person, notice: AdverseNotice) -> bool:
    """The family itself. What it says by phone, a coordinator writes down."""
    return is_own(person, notice) or _coordinates(person, notice.program, notice.family_id)


def is_own(person: Person, notice: AdverseNotice) -> bool:
    return own_notices(person).filter(pk=notice.pk).exists()


def coordinating_role(person: Person, notice: AdverseNotice) -> StaffRole | None:
    roles = people.staff_roles(person).filter(role__in=grievances.HANDLERS)
    return roles.filter(organization__program=notice.program_id).first()


def speakers_for(notice: AdverseNotice) -> list[Person]:
    """Who of the family may appeal it."""
    members = Person.objects.filter(memberships__family=notice.family_id, is_active=True).distinct().order_by("pk")
    return [person for person in members if is_own(person, notice)]


def coordinators_for(notice: AdverseNotice) -> list[Person]:
    roles = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()),
        role__in=grievances.HANDLERS,
        organization__program=notice.program_id,
        person__is_active=True,
    )
    able = Person.objects.filter(pk__in=families.without_ties(roles, notice.family).values("person")).order_by("pk")
    return [person for person in able if visible_notices(person).filter(pk=notice.pk).exists()]


def clocks_of(notice: AdverseNotice) -> QuerySet[Clock]:
    """Its last days. As those of a case they stand on no list: what meets them would tell that it was appealed."""
    clocks = Clock.objects.filter(program=notice.program_id, subject=SUBJECT, subject_id=str(notice.public_id))
    return clocks.select_related("program", "family").order_by("due_at", "pk")


def as_known(person: Person, notice: AdverseNotice, clock: Clock | None) -> Clock | None:
    """A last day as it is for this person: that it was kept by an appeal which somebody made alone, the others do not read."""
    made = Case.objects.filter(appeal__notice=notice)
    if clock is not None and made.exists() and not cases_of(person, notice).exists():
        clock.state, clock.met_at = Clock.State.OPEN, None  # a day that has passed reads as passed all the same
    return clock


def photos_of(notice: AdverseNotice) -> QuerySet[CaseFile]:
    """The pictures of that letter, for whoever sees it. Without what is in them: a list needs none of it."""
    return CaseFile.objects.filter(notice=notice).defer("sealed_file").order_by("added_at", "pk")


def visible_photos(person: Person) -> QuerySet[CaseFile]:
    return CaseFile.objects.filter(notice__in=visible_notices(person).order_by().values("pk")).select_related("notice")


def cases_of(person: Person, notice: AdverseNotice) -> QuerySet[Case]:
    """The appeals of it which this person may see."""
    return grievances.visible_cases(person).filter(appeal__notice=notice)


def appeal_cases(person: Person) -> QuerySet[Case]:
    """The cases with an appeal, of a plan that is bound: all others have none of these pages."""
    return (
        grievances.visible_cases(person).filter(appeal__isnull=False).exclude(plan="").select_related("appeal__notice")
    )


# -- how that is found -----------------------------------------------------------------------------------------------------


def _of_family(person: Person) -> Q:
    now = timezone.now()
    own = Member.objects.filter(Member.in_force(now), pk=OuterRef("youth"), person=person)
    place = Member.objects.filter(
        Member.in_force(now), family=OuterRef("family"), person=person, role=Member.Role.CAREGIVER
    )
    decides = Q(Exists(place)) & Q(Exists(_decides(person).filter(youth=OuterRef("youth"))))
    return Q(family__closed_at=None) & (Q(Exists(own)) | decides) & ~Q(family__in=grievances.kept_from_families(person))


def _decides(person: Person) -> QuerySet[LegalAuthority]:
    now = timezone.now()
    return LegalAuthority.objects.filter(
        LegalAuthority.in_force(now.date()),
        families.youth_is_minor(),
        Member.in_force(now, "adult__"),
        Member.in_force(now, "youth__"),
        adult__person=person,
        adult__role=Member.Role.CAREGIVER,
        scope=LegalAuthority.Scope.FULL,
    )


def _as_staff(person: Person) -> Q:
    beside = Q(case=None, family__in=families.assigned_families(person))
    programs = people.staff_roles(person).filter(role__in=grievances.HANDLERS).values("organization__program")
    tied = grievances.families_with_ties(person)
    return beside | (Q(program__in=programs) & ~Q(family__in=tied))


def _coordinates(person: Person, program: Program, family: int) -> bool:
    roles = people.staff_roles(person).filter(role__in=grievances.HANDLERS, organization__program=program)
    return (
        person.is_active and roles.exists() and not grievances.families_with_ties(person).filter(family=family).exists()
    )
