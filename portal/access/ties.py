"""Who of staff is close to whom outside work, who may say so, and what follows: neither looks into what is about the other."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.access import people
from portal.accounts.models import Person
from portal.programs.models import StaffRole
from portal.safety.models import StaffTie

Job = StaffRole.Role


def close_to(persons: Iterable[int], *, own_word: bool = True) -> set[int]:
    """Who of staff is close outside work to any of these people, as was written down.

    Where a worry or a report is about these people (`own_word` is false), what they alone said keeps no programme lead from it:
    nobody can write themselves out of being looked at.
    """
    persons = set(persons)
    ties = list(StaffTie.objects.filter(Q(one__in=persons) | Q(other__in=persons), ended_at=None))
    close = {pk for tie in ties for pk in (tie.one_id, tie.other_id)} - persons
    if own_word or not close:
        return close
    said = {pk for tie in ties if tie.noted_by_id not in persons for pk in (tie.one_id, tie.other_id)}
    leads = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()), role=Job.PROGRAMME_LEAD, person__in=close - said
    )
    return close - set(leads.values_list("person", flat=True))


def may_note_tie(person: Person, one: Person, other: Person) -> bool:
    """Either of the two, or who leads the programme where both work."""
    if one.pk == other.pk or not person.is_active:
        return False
    both = [set(people.staff_roles(who).values_list("organization__program", flat=True)) for who in (one, other)]
    if person.pk in {one.pk, other.pk}:
        return bool(both[0] & both[1])
    led = people.staff_roles(person).filter(role=Job.PROGRAMME_LEAD).values_list("organization__program", flat=True)
    return bool(both[0] & both[1] & set(led))


def visible_ties(person: Person) -> QuerySet[StaffTie]:
    """One's own, and for a lead those among the programme's staff."""
    led = people.staff_roles(person).filter(role=Job.PROGRAMME_LEAD).values("organization__program")
    of_led = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), organization__program__in=led)
    return (
        StaffTie.objects.filter(Q(one=person) | Q(other=person) | Q(one__in=of_led.values("person")), ended_at=None)
        .select_related("one", "other")
        .order_by("pk")
    )


def ended_ties_by(person: Person) -> QuerySet[StaffTie]:
    """Which of them this person may end: a lead, about others. Nobody opens a way to look into their own."""
    led = people.staff_roles(person).filter(role=Job.PROGRAMME_LEAD)
    return visible_ties(person).exclude(Q(one=person) | Q(other=person)) if led.exists() else StaffTie.objects.none()


def colleagues(person: Person) -> list[Person]:
    """Between whom this person may note a tie: for a lead all staff of the programme, else themselves and those they work with."""
    programs = people.staff_roles(person).values("organization__program")
    roles = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), organization__program__in=programs)
    found = Person.objects.filter(is_active=True, pk__in=roles.values("person"))
    return list(found.order_by("display_name", "pk"))


def is_lead(person: Person) -> bool:
    return people.staff_roles(person).filter(role=Job.PROGRAMME_LEAD).exists()
