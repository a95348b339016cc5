"""Who may see a family, its people and their whereabouts, and who may change who belongs to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.access import moment, people
from portal.access.asked import SOME_ROW, SOMEBODY, Asked
from portal.accounts.models import Person
from portal.families.models import AccessBasis, Family, LegalAuthority, Member, NoContact, Sight, StaffAssignment
from portal.programs.models import StaffRole

# The jobs whose assignment to a family opens its page. A peer partner's pairing opens a conversation, not the record.
SEES_THE_FAMILY = (StaffRole.Role.LIAISON, StaffRole.Role.FACILITATOR)


def visible_families(person: Person) -> QuerySet[Family]:
    """The person's own families and, for a liaison or facilitator, those they are assigned to now. Nobody else's.

    A natural support sees no family record: they see what the family ticks for them, item by item.
    """
    now = moment.now()
    belongs = Member.objects.filter(
        Member.in_force(now),
        family=OuterRef("pk"),
        person=person,
        person__is_active=True,
        role__in=[Member.Role.YOUTH, Member.Role.CAREGIVER],
    )
    return Family.objects.filter(Exists(belongs) | Exists(_assigned(person)), closed_at=None).select_related("program")


def _assigned(person: Person, roles: Iterable[StaffRole.Role] = SEES_THE_FAMILY) -> QuerySet[StaffAssignment]:
    """The person's assignments in force to one family, for use inside a query over families.

    Never to a family they belong to or once belonged to: nobody decides, as staff, about their own people. Nor to one
    whose people include somebody they are kept away from, wherever that was written down.
    """
    return standing_beside(moment.now(), roles).filter(family=OuterRef("pk"), staff_role__person=person)


def standing_beside(now: dt.datetime, roles: Iterable[StaffRole.Role] = SEES_THE_FAMILY) -> QuerySet[StaffAssignment]:
    """The assignments, of anybody to any family, that hold at that moment and open what is said above."""
    household = Member.objects.filter(family=OuterRef(OuterRef("family"))).values("person")
    theirs = OuterRef("staff_role__person")
    return StaffAssignment.objects.filter(
        StaffAssignment.in_force(now),
        StaffRole.in_force(now, "staff_role__"),
        ~Exists(Member.objects.filter(family=OuterRef("family"), person=theirs)),
        ~Exists(kept_away_from(household, now).filter(hidden_from__person=theirs)),
        staff_role__person__is_active=True,
        staff_role__role__in=roles,
    )


def was_ever_in(person: Person, family: Family) -> bool:
    """Belongs, or once belonged, to the family's own people."""
    return Member.objects.filter(family=family, person=person).exists()


def assigned_families(person: Person) -> QuerySet[Family]:
    """The families a liaison or facilitator stands beside now."""
    return Family.objects.filter(Exists(_assigned(person)), closed_at=None).select_related("program")


def liaison_families(person: Person) -> QuerySet[Family]:
    """Those in which the person is the liaison: the only job that proposes, sees and ends pairings."""
    return Family.objects.filter(Exists(_assigned(person, [StaffRole.Role.LIAISON])), closed_at=None)


_IS_SEEN, _IS_BESIDE, _IS_LIAISON = (
    Asked(lambda person, family, of=of: of(person).filter(pk=family).values("pk"), person=SOMEBODY, family=SOME_ROW)
    for of in (visible_families, assigned_families, liaison_families)
)


def sees_family(person: Person, family: int) -> bool:
    """It is one of `visible_families`."""
    return _IS_SEEN.any(person=person, family=family)


def stands_beside(person: Person, family: int) -> bool:
    """It is one of `assigned_families`."""
    return _IS_BESIDE.any(person=person, family=family)


def is_liaison_of(person: Person, family: int) -> bool:
    """It is one of `liaison_families`."""
    return _IS_LIAISON.any(person=person, family=family)


def visible_members(person: Person, family: Family) -> QuerySet[Member]:
    """Names and roles of a visible family's people, oldest place first; nobody where the family is not visible."""
    return (
        Member.objects.filter(Member.in_force(moment.now()), family=family, family__in=visible_families(person))
        .select_related("person")
        .order_by("joined_at", "pk")
    )


def may_see_whereabouts(person: Person, member: Member) -> bool:
    """Address, places, calendars, hand-off times of one member.

    Their own always. Staff of the family always. Its caregivers and youth see those of who belongs to it now, unless a
    no-contact flag keeps them away, or it is a young person's and they may not be told. A natural support never.
    """
    if member.person_id == person.pk:
        return True
    if stands_beside(person, member.family_id):
        return True
    return (
        visible_members(person, member.family).filter(pk=member.pk).exists()
        and not is_kept_away(person, member)
        and (member.role != Member.Role.YOUTH or _may_be_told(person, member))
    )


def is_kept_away(person: Person, member: Member) -> bool:
    """Whoever is kept away from one person of a household does not learn where any other of it is, or with whom they talk.

    A child's address tells the protected parent's, a grandmother's may. We do not know who lives with whom, so all whom
    the protected person shares a family with are hidden.
    """
    return _IS_KEPT_AWAY.any(person=person, other=member.person_id)


def keeping_away(person: Person, member: Member) -> QuerySet[NoContact]:
    """The flags by which it is so."""
    return _between(person, member.person_id)


def _between(person: Person, other: int) -> QuerySet[NoContact]:
    household = Member.objects.filter(family__members__person=other).values("person")
    return kept_away_from(household).filter(hidden_from__person=person)


_IS_KEPT_AWAY = Asked(lambda person, other: _between(person, other).values("pk")[:1], person=SOMEBODY, other=SOME_ROW)


def flags(now: dt.datetime | None = None) -> QuerySet[NoContact]:
    """Those in force, of anybody."""
    return NoContact.objects.filter(Q(ended_at=None) | Q(ended_at__gt=now or moment.now()))


def kept_away_from(people: QuerySet[Member, Any], now: dt.datetime | None = None) -> QuerySet[NoContact]:
    """The flags in force that protect any of these people."""
    return flags(now).filter(protected__person__in=people)


def protected_from(people: QuerySet[Member, Any]) -> QuerySet[NoContact]:
    """The flags in force that keep any of these people away from somebody."""
    return flags().filter(hidden_from__person__in=people)


def without_ties(roles: QuerySet[StaffRole], family: Family) -> QuerySet[StaffRole]:
    """Of these, who may be told of the family or offered to it: nobody who belongs or once belonged to it, and nobody who
    and one of its people are kept apart, in whichever direction.
    """
    own_people = Member.objects.filter(family=family).values("person")
    return (
        roles.exclude(person__in=own_people)
        .exclude(person__in=kept_away_from(own_people).values("hidden_from__person"))
        .exclude(person__in=protected_from(own_people).values("protected__person"))
    )


def _may_be_told(person: Person, youth: Member) -> bool:
    """False from the youth's 18th birthday on, and for an adult whom a court has barred."""
    return people.is_minor(youth.person, youth.family.program) and not is_barred(person, youth)


def youth_is_minor() -> Q:
    """Of rows with a `youth`: that person is under 18, or of unknown age, today where their programme is.

    The day is one or, for some hours, two: by each of them, whose programme has it.
    """
    days = moment.moment().minors
    if len(days) == 1:
        return _is_born_after(days[0][0])
    found = Q()
    for day, slugs in days:
        found |= Q(youth__family__program__slug__in=slugs) & _is_born_after(day)
    return found


def _is_born_after(day: dt.date) -> Q:
    unknown = Q(youth__person__born_on=None, youth__person__adult_confirmed_at=None)
    return Q(youth__person__born_on__gt=day) | unknown


def lets_see(person: Person | OuterRef) -> QuerySet[Sight]:
    """Inside a query over rows with a `youth`: that the young person lets this adult go on seeing after the 18th birthday."""
    return Sight.objects.filter(
        Member.in_force(moment.now(), "adult__"), youth=OuterRef("youth"), adult__person=person, ended_at=None
    )


def as_raising(person: Person | OuterRef) -> Q:
    """Of rows with a `youth` and an `access_basis`: those an adult who raises that young person is told of.

    All that a parent agreed to, until the 18th birthday; and what the young person lets that adult see, never what is
    about alcohol or drugs: that takes a consent of its own, with all the law wants in it (42 CFR 2.14 and 2.31).
    """
    let = Q(Exists(lets_see(person))) & ~Q(access_basis=AccessBasis.SUBSTANCE)
    return (youth_is_minor() & Q(access_basis=AccessBasis.PARENT)) | let


def is_barred(adult: Person, youth: Member) -> bool:
    """On record, in any family of theirs, as one who may neither decide nor be told. Stands though the adult has left."""
    return LegalAuthority.objects.filter(
        LegalAuthority.in_force(youth.family.program.today()),
        adult__person=adult,
        youth__person=youth.person_id,
        scope=LegalAuthority.Scope.NONE,
    ).exists()


def may_change_family(person: Person, family: Family) -> bool:
    """Add people, authority or no-contact flags, always with evidence: staff assigned to the family, never its members."""
    return stands_beside(person, family.pk)


def may_open_family(person: Person, role: StaffRole) -> bool:
    """Enrol a new family: a liaison or facilitator, in that role's own organization."""
    return (
        person.is_active
        and role.person_id == person.pk
        and role.role in SEES_THE_FAMILY
        and role.is_in_force(moment.now())
    )


def authorities_over(adult: Person, youth: Member) -> QuerySet[LegalAuthority]:
    """What that adult may decide for that youth or be told today, in the programme's zone: all of it, there may be two kinds.

    Nothing once the youth is 18, once one of the two has left the family, or for an adult who is barred: a bar
    outweighs whatever was recorded before it and never ended.
    """
    return papers_over(youth).filter(adult__person=adult)


def papers_over(youth: Member) -> QuerySet[LegalAuthority]:
    """The same of every adult, so that it can be asked of several of them at once."""
    now = moment.now()
    program = youth.family.program
    if not people.is_minor(youth.person, program):
        return LegalAuthority.objects.none()
    barred = LegalAuthority.objects.filter(
        LegalAuthority.in_force(program.today()),
        adult__person=OuterRef("adult__person"),
        youth__person=youth.person_id,
        scope=LegalAuthority.Scope.NONE,
    )
    return LegalAuthority.objects.filter(
        LegalAuthority.in_force(program.today()),
        Member.in_force(now, "adult__"),
        Member.in_force(now, "youth__"),
        ~Exists(barred),
        adult__person__is_active=True,
        youth=youth,
    )


def authority_over(adult: Person, youth: Member) -> LegalAuthority | None:
    """The widest of them; None means none was shown."""
    order = [scope.value for scope in LegalAuthority.Scope]
    return min(authorities_over(adult, youth), key=lambda authority: order.index(authority.scope), default=None)


def may_give_permission(adult: Person, youth: Member) -> bool:
    """Sign a guardian's permission for a youth: full authority, or for health care, on evidence."""
    deciding = [LegalAuthority.Scope.FULL, LegalAuthority.Scope.HEALTH]
    return authorities_over(adult, youth).filter(scope__in=deciding).exists()


def may_invite(person: Person, invited: Person) -> bool:
    """Send a sign-in link: staff to the people of the families they are assigned to. Never one's own."""
    if person.pk == invited.pk or not invited.is_active:
        return False
    now = moment.now()
    return (
        Member.objects.filter(Member.in_force(now), person=invited, family__in=assigned_families(person)).exists()
        and not StaffRole.objects.filter(StaffRole.in_force(now), person=invited).exists()
    )


def staff_beside(person: Person) -> QuerySet[StaffAssignment]:
    """The staff who stand beside the families the person sees now; the families' own people may know each of them."""
    now = moment.now()
    return (
        StaffAssignment.objects.filter(
            StaffAssignment.in_force(now),
            StaffRole.in_force(now, "staff_role__"),
            family__in=visible_families(person),
            staff_role__person__is_active=True,
        )
        .select_related("staff_role__person", "staff_role__organization")
        .order_by("started_at", "pk")
    )


def recorded_authorities(person: Person, family: Family) -> QuerySet[LegalAuthority]:
    """What is on record today about who may decide, with its evidence: for staff assigned to the family."""
    return (
        LegalAuthority.objects.filter(
            LegalAuthority.in_force(family.program.today()),
            youth__family=family,
            youth__family__in=assigned_families(person),
        )
        .select_related("adult__person", "youth__person")
        .order_by("pk")
    )


def no_contact_flags(person: Person, family: Family) -> QuerySet[NoContact]:
    """The flags in force: for staff assigned to the family, never for its members, who must not learn of them here."""
    return (
        flags()
        .filter(protected__family=family, protected__family__in=assigned_families(person))
        .select_related("protected__person", "protected__family", "hidden_from__person")
        .order_by("pk")
    )
