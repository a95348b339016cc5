"""How a family joins a programme, as its profile says: who decides together, who answers for care, what is not covered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from portal.programs.facts import Fact, RuleId, Slug, Text


class Excluded(Fact):
    """Something that stays with somebody else after the first day."""

    plain: Text
    organization: Slug | None = None  # who has it, where it is an organization of this profile


class Minimum(Fact):
    """What everybody in the programme gets. Shown as ticks, with what is missing."""

    parts: Annotated[tuple[Literal["care_management", "team_meetings", "plan"], ...], Field(min_length=1)]
    plain: Text


class Joining(Fact):
    agencies: tuple[Slug, ...] = ()  # each of them has to say something before a family joins; empty: no such round
    responsible: Slug | None = None  # the organization that answers for care from the first day on
    covered: Text
    excluded: tuple[Excluded, ...] = ()
    minimum: Minimum | None = None
    no_reject: RuleId | None = None  # the promise by which nobody is turned away
    no_eject: RuleId | None = None  # the promise by which nobody is sent out before it is time
