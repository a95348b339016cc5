"""Who a programme wants on the team around a young person."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from portal.programs.facts import Fact, ProblemsError, Slug, Text
from portal.programs.vocabulary import RoleCode, TeamPlace


class LeadPartner(Fact):
    """The caregiver of a collaborative whom families ask for help: by their job, never by a name of a person."""

    role: RoleCode
    organization: Slug  # whose way of contact families are given; the person may work elsewhere
    plain: Text


class TeamShape(Fact):
    """Places that a team should have, in the order in which an empty one is named. None of them has to be filled."""

    roles: Annotated[tuple[TeamPlace, ...], Field(min_length=1)]
    plain: Text

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        repeated = sorted({role for role in self.roles if self.roles.count(role) > 1})
        if repeated:
            raise ProblemsError([(("roles",), f'has "{role}" more than once') for role in repeated])
        return self
