"""What counts when somebody is looked for, and who may be a young person's mentor."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from portal.programs.facts import Age, Fact, ProblemsError, Text

Points = Annotated[int, Field(strict=True, ge=0, le=100)]
ADULT = 18


class MatchingWeights(Fact):
    """How much each thing that a family and a peer share counts when choices are put in order; 0 is not at all."""

    same_systems: Points
    same_relation: Points
    child_age: Points
    language: Points
    hours: Points
    near: Points
    ways: Points
    interests: Points
    waiting: Points  # for each day of a wait
    plain: Text


class MentorAges(Fact):
    """How old young people with a mentor are, and how old their mentors; both ends count."""

    young_from: Age
    young_until: Age
    mentor_from: Age
    mentor_until: Age
    plain: Text

    @model_validator(mode="after")
    def _are_apart(self) -> Self:
        for low, high in (("young_from", "young_until"), ("mentor_from", "mentor_until")):
            if getattr(self, low) > getattr(self, high):
                raise ProblemsError([((low,), f"is above {high}")])
        if self.mentor_from < ADULT:
            raise ProblemsError([(("mentor_from",), f"must be {ADULT} or more: a mentor is grown up")])
        return self
