"""What somebody lets a natural support see of a plan, and whose word still carries it; papers and bars that hold today."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from portal.access import moment
from portal.accounts.models import Person
from portal.care.models import Tick
from portal.families.models import AccessBasis, LegalAuthority, Member

Scope = LegalAuthority.Scope
DECIDES = frozenset({Scope.FULL, Scope.HEALTH})


def ticks_for(person: Person) -> QuerySet[Tick]:
    """What somebody let this person see, and has not taken back; never what rests on another consent than a parent's."""
    return Tick.objects.filter(
        Member.in_force(moment.now(), "member__"),
        item__removed_at=None,
        item__access_basis=AccessBasis.PARENT,
        item__plan__access_basis=AccessBasis.PARENT,
        member__person=person,
        ended_at=None,
    )


def by_youth(ticks: QuerySet[Tick]) -> QuerySet[Tick]:
    return ticks.filter(by=F("item__plan__youth__person"))


def by_deciders(ticks: QuerySet[Tick], papers: Q | None = None) -> QuerySet[Tick]:
    """Given by somebody who may decide for the young person today: what they let others see ends with their own say."""
    decides = LegalAuthority.objects.filter(
        held() if papers is None else papers,
        Member.in_force(moment.now(), "adult__"),
        adult__person=OuterRef("by"),
        youth=OuterRef("item__plan__youth"),
        scope__in=DECIDES,
    )
    barred = bars_from(OuterRef("item__plan__youth__person"), OuterRef("by"))
    return ticks.filter(Exists(decides), ~Exists(barred))


def bars_from(youth: OuterRef, person: Person | OuterRef) -> QuerySet[LegalAuthority]:
    """A court lets that person neither decide for the young person nor be told."""
    return LegalAuthority.objects.filter(held(), adult__person=person, scope=Scope.NONE, youth__person=youth)


def held() -> Q:
    """Our zones are behind UTC: today is one of two days, and either is enough."""
    asked = moment.moment()
    return LegalAuthority.in_force(asked.today) | LegalAuthority.in_force(asked.yesterday)
