"""Where a decision stands, said by facts alone: who has spoken, who has not, and whether all agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from portal.access import enrollment as access
from portal.enrollment.models import Decision, Position, joining_of
from portal.programs.models import Organization

if TYPE_CHECKING:
    from portal.accounts.models import Person

Stance = Position.Stance


@dataclass(frozen=True, slots=True)
class Voice:
    """One agency, or one of the family, with what it says now and what it said before."""

    name: str
    said: Position | None
    before: list[Position] = field(default_factory=list)
    agency: Organization | None = None
    person: Person | None = None
    is_counted: bool = True  # whether a "no" of theirs holds it now

    @property
    def is_against(self) -> bool:
        return self.is_counted and self.said is not None and self.said.stance == Stance.NOT_AGREE


@dataclass(frozen=True, slots=True)
class Standing:
    agencies: list[Voice]
    family: list[Voice]

    @property
    def missing(self) -> list[Voice]:
        """Agencies that have said nothing yet."""
        return [one for one in self.agencies if one.said is None]

    @property
    def against(self) -> list[Voice]:
        """Whoever does not agree, the family included: one is enough, and nothing is decided."""
        return [one for one in [*self.agencies, *self.family] if one.is_against]

    @property
    def is_consensus(self) -> bool:
        """Each agency has spoken, at least one of them agrees, and nobody does not."""
        agrees = any(one.said is not None and one.said.stance == Stance.AGREE for one in self.agencies)
        return agrees and not self.missing and not self.against


def agencies_of(decision: Decision) -> list[Organization]:
    """Those the profile names, in its order, and whoever spoke when it named them, too: their word still stands."""
    joining = joining_of(decision.family)
    order = list(joining.agencies) if joining is not None else []
    spoke = Q(pk__in=decision.positions.exclude(agency=None).values("agency"))
    found = Organization.objects.filter(Q(slug__in=order) | spoke, program=decision.family.program_id)
    return sorted(found, key=lambda one: (order.index(one.slug) if one.slug in order else len(order), one.pk))


def standing_of(decision: Decision) -> Standing:
    said = list(decision.positions.select_related("agency", "person", "recorded_by").order_by("-version", "-pk"))
    agencies = []
    for agency in agencies_of(decision):
        own = [one for one in said if one.agency_id == agency.pk]
        agencies.append(Voice(agency.name, own[0] if own else None, own[1:], agency=agency))
    family: dict[int, list[Position]] = {}
    for one in reversed(said):
        if one.person is not None:
            family.setdefault(one.person.pk, []).insert(0, one)
    voices = [_own_voice(decision, own) for own in family.values()]
    return Standing(agencies, voices)


def _own_voice(decision: Decision, own: list[Position]) -> Voice:
    person = own[0].person
    assert person is not None  # noqa: S101 - one of the family
    return Voice(str(person), own[0], own[1:], person=person, is_counted=access.counts(person, decision))
