"""The list of skills a family may choose from. What is not in it, they write in their own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from peer_support.models import ChosenSkill


@dataclass(frozen=True, slots=True)
class Skill:
    title: _StrPromise
    how: _StrPromise  # a first small step
    for_caregivers: bool = True
    for_youth: bool = True


SKILLS: dict[str, Skill] = {
    "school_meeting": Skill(
        _("Run my child’s school meeting"),
        _("Ask for the list of topics before. Bring your own list, and say which one comes first."),
        for_youth=False,
    ),
    "my_meeting": Skill(
        _("Say what I want in my meeting"),
        _("Write down three things before you go. Someone you trust can read them out for you."),
        for_caregivers=False,
    ),
    "say_no": Skill(
        _("Say no in a meeting"),
        _("“I need time to think about it” is a full answer. You do not have to say why."),
    ),
    "notebook": Skill(
        _("Keep a notebook of calls"),
        _("Write down the day, the name, and what was promised. Next time you read it out."),
    ),
    "in_writing": Skill(
        _("Ask for it in writing"),
        _("Say: please send me that. Then you can read it in peace and show it to someone."),
    ),
    "ask_again": Skill(
        _("Ask until I understand"),
        _("Say: please tell me that in other words. You may say it as often as you need."),
    ),
    "bring_someone": Skill(
        _("Bring someone with me"),
        _("You choose who sits beside you. Tell them before what you want from that day."),
    ),
}
FOR: dict[str, str] = {"caregiver": "for_caregivers", "youth": "for_youth"}


def offered_to(role: str) -> dict[str, Skill]:
    """Those that fit a caregiver, or a young person; nothing for anybody else."""
    audience = FOR.get(role)
    return {code: one for code, one in SKILLS.items() if audience and getattr(one, audience)}


def title(chosen: ChosenSkill) -> str:
    """In the reader's language, or as the person wrote it. A code that left the list is shown as it is."""
    if not chosen.skill:
        return chosen.words
    known = SKILLS.get(chosen.skill)
    return str(known.title) if known else chosen.skill.replace("_", " ")


def how(chosen: ChosenSkill) -> str:
    known = SKILLS.get(chosen.skill)
    return str(known.how) if known else ""
