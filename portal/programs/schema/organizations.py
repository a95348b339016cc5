"""A programme's own words, its languages, and who works in it and for it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from portal.programs.facts import Checked, Fact, Flag, LanguageCode, Name, Phone, ProblemsError, Slug, Text, Web
from portal.programs.vocabulary import SHIPPED_LANGUAGES, OrganizationKind, RoleCode


class Term(Fact):
    """One of the programme's own words, explained."""

    id: Slug
    term: Name
    plain: Text


class Language(Fact):
    code: LanguageCode
    stage: Literal["ship", "later"]

    @model_validator(mode="after")
    def _can_be_shipped(self) -> Self:
        if self.stage == "ship" and self.code not in SHIPPED_LANGUAGES:
            raise ProblemsError([(("stage",), f'is "ship", but the product is not translated into "{self.code}" yet')])
        return self


class Role(Fact):
    code: RoleCode
    title: Name
    does: Text
    must_not: Text | None = None


class Contact(Fact):
    """How to reach an organization's desk. Of a hearing office: every way in which one may ask for the hearing."""

    desk: Name
    phone: Phone | None = None
    fax: Phone | None = None
    mail: Text | None = None  # its postal address, on one line
    web: Web | None = None
    verified_on: Checked

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.phone or self.fax or self.mail or self.web):
            raise ProblemsError([(("phone",), "is missing, and so are fax, mail and web: a contact needs one of them")])
        return self


class OnCallNumber(Fact):
    """The number that reaches whoever of an organization is on call; like a crisis contact hidden when long unchecked."""

    phone: Phone
    verified_on: Checked


class Organization(Fact):
    id: Slug
    name: Name
    kind: OrganizationKind
    does: Text
    reports_to: Slug | None = None
    regions: tuple[Slug, ...] = ()
    statewide: Flag = False
    contact: Contact | None = None
    on_call: OnCallNumber | None = None  # an organization may write its own down on its rota, which then holds

    @model_validator(mode="after")
    def _serves_somewhere(self) -> Self:
        if self.statewide == bool(self.regions):
            raise ProblemsError(
                [(("regions",), "must list the regions served, or statewide must be true, but not both")]
            )
        return self
