"""Who is kept from a complaint or an appeal, and which of the staff are left to work on it.

What is on record that keeps people away is gathered here; the rule itself knows no database (rights_grievances/independence.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.access import families, people
from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.programs.models import Organization, Program, StaffRole
from portal.safety.models import StaffTie
from rights_grievances.independence import Bars, Chart, Node, eligible, kept_from
from rights_grievances.models import Against, Case, Involved

# -- what keeps people from it ------------------------------------------------------------------------------------------


def nodes() -> list[Node]:
    """Everybody's jobs, ended ones, too: who worked under somebody was under them."""
    now = timezone.now()
    rows = StaffRole.objects.order_by("pk").values_list(
        "pk", "person", "supervisor", "is_clinician", "role", "started_at", "ended_at"
    )
    return [
        Node(pk, person, over, start <= now and (end is None or now < end), clinician, role)
        for pk, person, over, clinician, role, start, end in rows
    ]


def ties_of(persons: Iterable[int]) -> frozenset[frozenset[int]]:
    """Who is close to whom outside work, as pairs of people by their keys: each pair in which one of these is."""
    persons = set(persons)
    noted = StaffTie.objects.filter(Q(one__in=persons) | Q(other__in=persons), ended_at=None)
    return frozenset(frozenset(pair) for pair in noted.values_list("one", "other"))


def bars_of(case: Case, *, needs_clinician: bool = False) -> Bars:
    """What is on record that keeps people from this case."""
    against = list(Against.objects.filter(case=case).values_list("person", "organization"))
    houses = [house for _person, house in against if house is not None]
    staff = StaffRole.objects.filter(organization__in=houses).values_list("person", flat=True) if houses else []
    named = frozenset({person for person, _house in against if person is not None} | set(staff))
    involved = list(Involved.objects.filter(case=case).values_list("person", "why"))
    own = (
        set(Member.objects.filter(family=case.family_id).values_list("person", flat=True)) if case.family_id else set()
    )
    return Bars(
        named=named,
        earlier=frozenset(person for person, why in involved if why == Involved.Why.EARLIER),
        unwanted=frozenset(person for person, why in involved if why == Involved.Why.NOT_WANTED),
        own=frozenset(own | ({case.filed_by_id} if case.filed_by_id else set())),
        ties=ties_of(named),
        needs_clinician=needs_clinician,
    )


def kept_people(bars: Bars) -> frozenset[int]:
    """The people who may not learn of it."""
    return kept_from(Chart(nodes()), bars)


def kept_from_case(case: Case) -> frozenset[int]:
    """The people who may not learn of it by anything."""
    return kept_from(Chart(nodes()), bars_of(case))


def kept_staff(case: Case) -> QuerySet[Person]:
    """Of these, whom it is against and who stands over, under or close to them."""
    return Person.objects.filter(pk__in=kept_from_case(case) - bars_of(case).own)


def shut_out(case: Case) -> list[Person]:
    """Everybody who may not learn of it, whom it is against in the family, too; not who told us."""
    kept = Q(pk__in=kept_staff(case)) | Q(
        pk__in=Against.objects.filter(case=case, person__isnull=False).values("person")
    )
    return [one for one in Person.objects.filter(kept) if one.pk != case.filed_by_id]


def named_houses(case: Case) -> set[str]:
    """The organizations it is against, by their ids in the profile."""
    return set(Organization.objects.filter(pk__in=case.against.values("organization")).values_list("slug", flat=True))


# -- who is left --------------------------------------------------------------------------------------------------------


def able(case: Case, jobs: Iterable[str], *, needs_clinician: bool) -> list[int]:
    """The jobs, by id, of the programme's own staff in which somebody may work on this case. Empty: nobody may."""
    bars = bars_of(case, needs_clinician=needs_clinician)
    own = StaffRole.objects.filter(person__is_active=True, organization__program=case.program_id)
    if case.family is not None:
        own = families.without_ties(own, case.family)
    here = set(own.values_list("pk", flat=True))
    return [pk for pk in eligible(nodes(), bars, frozenset(jobs)) if pk in here]


def eligible_roles(bars: Bars, jobs: Iterable[str], *, program: int, family: Family) -> list[StaffRole]:
    """The jobs of the programme's own staff in which somebody may look into it."""
    able = StaffRole.objects.filter(person__is_active=True, organization__program=program)
    here = set(families.without_ties(able, family).values_list("pk", flat=True))
    return roles_of(pk for pk in eligible(nodes(), bars, frozenset(jobs)) if pk in here)


def roles_of(ids: Iterable[int]) -> list[StaffRole]:
    found = StaffRole.objects.filter(pk__in=ids).select_related("person", "organization__program")
    return list(found.order_by("person__display_name", "pk"))


# -- whom words name ----------------------------------------------------------------------------------------------------


def staff_called(program: Program, text: str) -> list[Person]:
    """Staff of the programme whose whole name stands in it, so that whom somebody only names is kept from it, too."""
    roles = StaffRole.objects.filter(organization__program=program)
    return people.named_in(text, Person.objects.filter(pk__in=roles.values("person")).order_by("pk"))


def people_called(case: Case, text: str) -> list[Person]:
    """These, and the grown-ups of the family, whom nobody ticks. A young person's name says for whom it is told, not against."""
    places = Member.objects.filter(family=case.family_id).exclude(role=Member.Role.YOUTH)
    kin = Person.objects.filter(pk__in=places.values("person")).order_by("pk")
    others = [one for one in kin if one.pk != case.filed_by_id]
    return [*staff_called(case.program, text), *people.named_in(text, others)]


def houses_called(program: Program, name: str) -> list[Organization]:
    """The organizations of the programme with that name, whatever its capitals and spaces."""
    return list(program.organizations.filter(name__iexact=" ".join(name.split())).order_by("pk"))
