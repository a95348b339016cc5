"""What a person is here: staff by a role in force, family by a membership in force, minor by age or by doubt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.models import Person
from portal.families.models import Member
from portal.programs.models import Program, StaffRole

# Who of a family has a record here, and speaks for themselves. A natural support does not.
AT_HOME = (Member.Role.YOUTH, Member.Role.CAREGIVER)


def staff_roles(person: Person) -> QuerySet[StaffRole]:
    """The roles that person holds now, with organization and programme at hand."""
    return (
        StaffRole.objects.filter(StaffRole.in_force(timezone.now()), person=person)
        .select_related("organization__program")
        .order_by("pk")
    )


def staff_of(program: Program) -> QuerySet[Person]:
    """Who works for the programme now, by name."""
    now = timezone.now()
    working = StaffRole.objects.filter(StaffRole.in_force(now), organization__program=program).values("person")
    return Person.objects.filter(pk__in=working, is_active=True).order_by("display_name", "pk")


def is_staff(person: Person) -> bool:
    return staff_roles(person).exists()


def memberships(person: Person) -> QuerySet[Member]:
    """The person's places in families now."""
    return (
        Member.objects.filter(Member.in_force(timezone.now()), person=person, family__closed_at=None)
        .select_related("family__program")
        .order_by("pk")
    )


def program_of(person: Person) -> Program | None:
    """The programme whose name, contacts and terms the person's pages carry: the family's first, then the employer's."""
    membership = memberships(person).first()
    if membership is not None:
        return membership.family.program
    role = staff_roles(person).first()
    return role.organization.program if role is not None else None


def is_minor(person: Person, program: Program) -> bool:
    """Today, in the programme's time zone. Unknown age counts as a minor."""
    return person.is_minor_on(program.today())


def named_in(text: str, known: Iterable[Person]) -> list[Person]:
    """Who of these stands in the text by their whole name, however it is spelled: "Ms. RENEE Picard," is Renée Picard."""
    said = f" {_plain(text)} "
    return [one for one in known if (name := _plain(one.display_name)) and f" {name} " in said]


def _plain(text: str) -> str:
    """Without accents, capitals and marks."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", bare.casefold()))
