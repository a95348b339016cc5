"""What people in certain jobs must have before they begin, and when somebody is told that it runs out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from portal.programs.facts import Fact, Name, Slug, Text, Whole
from portal.programs.vocabulary import Certainty, RoleCode


class Requirement(Fact):
    """A check of the record ("clearance") or a training that a job asks for."""

    id: Slug
    kind: Literal["clearance", "training"]
    title: Name
    roles: Annotated[tuple[RoleCode, ...], Field(min_length=1)]
    plain: Text
    hours: Whole | None = None  # at the least


class Warnings(Fact):
    """How many days before the last day of a check or training its owner and their supervisor are told, each once."""

    days: Annotated[tuple[Whole, ...], Field(min_length=1)]
    plain: Text


OUR_WARNINGS = Warnings(
    days=(60, 30, 7),
    plain="How many days before a check or a training ends we tell the person and who leads them.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)
