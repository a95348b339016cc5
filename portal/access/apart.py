"""Who must not meet in a group: a rule of pages and of the house itself, whose reasons nobody is told.

Each pair has a side that is kept away and a side that is protected. What is written down here elsewhere counts for groups:
a no-contact flag, a court's bar, and a peer of whom it was noted that a family must not be matched with them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.access import families, wishes
from portal.accounts.models import Person
from portal.families.models import LegalAuthority, Member

Pairs = set[tuple[int, int]]


def kept_apart(people: Iterable[int], today: dt.date) -> Pairs:
    """(who is kept away, from whom) among these people, in four questions however many they are.

    As with whereabouts, whoever is kept away from one person is kept away from all who share a family with that person:
    what a grandmother tells in a group is the protected mother's life, too.
    """
    people = set(people)
    at_home, households = _at_home(people)
    found: Pairs = set()
    for kept_away, protected in [*_flagged(people), *_barred(people, today)]:
        found |= {(kept_away, one) for one in people if protected in households[one]}
    for peer, family in _noted(people):
        found |= {(peer, one) for one in people if family in at_home[one]}
    return {(kept_away, other) for kept_away, other in found if kept_away != other}


def _at_home(people: set[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """By person: the families they belong or once belonged to, and everyone of these, themselves included."""
    members: defaultdict[int, set[int]] = defaultdict(set)
    at_home: defaultdict[int, set[int]] = defaultdict(set)
    own = Member.objects.filter(person__in=people).values("family")
    for family, person in Member.objects.filter(family__in=own).values_list("family_id", "person_id"):
        members[family].add(person)
        at_home[person].add(family)
    households = {one: set().union({one}, *(members[family] for family in at_home[one])) for one in people}
    return at_home, households


def _flagged(people: set[int]) -> list[tuple[int, int]]:
    return list(
        families.flags().filter(hidden_from__person__in=people).values_list("hidden_from__person", "protected__person")
    )


def _barred(people: set[int], today: dt.date) -> list[tuple[int, int]]:
    return list(bars(today).filter(adult__person__in=people).values_list("adult__person", "youth__person"))


def _noted(people: set[int]) -> list[tuple[int, int]]:
    return list(wishes.conflicts().filter(peer__person__in=people).values_list("peer__person", "family"))


def all_kept_away(today: dt.date) -> set[int]:
    """Everyone who is kept away from anybody, in one question. `today` in UTC: our zones are behind it, so yesterday counts."""
    court = bars(today) | bars(today - dt.timedelta(days=1))
    return set(
        families.flags()
        .values_list("hidden_from__person")
        .union(court.values_list("adult__person"), wishes.conflicts().values_list("peer__person"))
        .values_list("hidden_from__person", flat=True)
    )


def kept_from(person: Person) -> QuerySet[Member]:
    """Everyone from whom this person is kept away, as above: for lists of names, before anybody meets."""
    day = timezone.now().astimezone(dt.UTC).date()  # our zones are behind UTC: there it may be the day before
    barred = [
        bars(one).filter(adult__person=person).values("youth__person") for one in (day, day - dt.timedelta(days=1))
    ]
    flagged = families.flags().filter(hidden_from__person=person).values("protected__person")
    protected = Q(person__in=flagged) | Q(person__in=barred[0]) | Q(person__in=barred[1])
    noted = wishes.conflicts().filter(peer__person=person).values("family")
    homes = Member.objects.filter(protected).values("family")
    return Member.objects.filter(Q(family__in=homes) | Q(family__in=noted)).exclude(person=person)


# -- what is in force --------------------------------------------------------------------------------------------------


def bars(today: dt.date) -> QuerySet[LegalAuthority]:
    """A court lets the adult neither decide for a young person nor be told of them."""
    return LegalAuthority.objects.filter(LegalAuthority.in_force(today), scope=LegalAuthority.Scope.NONE)
