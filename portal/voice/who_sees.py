"""Who may read what somebody says, who may not, and who may have to know: said in words before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from portal.families.models import Member


@dataclass(frozen=True, slots=True)
class Readers:
    """Sentences."""

    do_not: list[str]
    may_have_to: list[str]


def readers_of(member: Member, *, may_be_alone: bool) -> Readers:
    """Whom one chooses is said by the choices themselves, by name; here is what holds whichever one takes."""
    is_young = member.role == "youth"
    do_not = [
        _("Your parents and everybody else of your family, unless you let them. Nothing tells them that you said it.")
        if is_young
        else _("The others of your family, unless you let them. Nothing tells them that you said it."),
    ]
    if may_be_alone:
        do_not.append(
            _("What you tell one person alone goes to nobody else, also not when they leave. We tell you then.")
        )
    new = _("If a new facilitator comes, they read what you told the facilitator or the team.")
    return Readers(do_not, [*limits(is_young=is_young), new])


def limits(*, is_young: bool) -> list[str]:
    """The exceptions: help in danger, and the reports the law makes us give (DOMAIN.md 5.3)."""
    return [
        _(
            "Words of danger: who is on call learns that somebody should look after you. They see what kind, not your words."
        )
        if is_young
        else _(
            "Words of danger: who is on call learns that somebody may need help. They see what kind of danger, not your words."
        ),
        _(
            "If a child is hurt or in danger, the law makes those who read it report that. They tell you, unless it is not safe."
        ),
    ]
