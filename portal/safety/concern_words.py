"""How a worry reads to who works on it: what it is about in plain words, and what was done, without a word of what was written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from portal.safety.models import Concern, Prompt

KINDS: dict[str, _StrPromise] = {
    # what the screener finds
    "self_harm": gettext_lazy("hurting oneself"),
    "suicide": gettext_lazy("suicide"),
    "abuse": gettext_lazy("abuse"),
    "violence": gettext_lazy("violence"),
    "running_away": gettext_lazy("running away"),
    "trafficking": gettext_lazy("being used by others"),
    "contact_details": gettext_lazy("a number or address"),
    "other_apps": gettext_lazy("another app"),
    "secret_meeting": gettext_lazy("meeting in secret"),
    "gifts": gettext_lazy("gifts"),
    "money": gettext_lazy("money"),
    "secrecy": gettext_lazy("keeping a secret"),
    "romance": gettext_lazy("romantic words"),
    # what somebody ticks
    "unsafe": gettext_lazy("they do not feel safe"),
    "home": gettext_lazy("about someone at home"),
    "somebody_else": gettext_lazy("about someone else"),
    "danger": gettext_lazy("somebody may be in danger now"),
    "secrets": gettext_lazy("secrets"),
    "rides": gettext_lazy("rides"),
    "romantic": gettext_lazy("romantic or sexual words"),
    "meeting": gettext_lazy("they were asked to meet"),
    "other": gettext_lazy("something else"),
}


def kinds(concern: Concern) -> str:
    return _(", ").join(str(KINDS[kind]) for kind in concern.kinds if kind in KINDS)


def title(concern: Concern) -> str:
    """Who it is about and how serious it is: for the pages of staff alone."""
    name = {"name": concern.person.display_name}
    return _("%(name)s may be in danger") % name if concern.is_crisis else _("Something to look at for %(name)s") % name


def facts(prompt: Prompt) -> str:
    """What was counted, and nothing about what it means."""
    numbers = {"count": prompt.count, "total": prompt.total}
    if prompt.kind == "late":
        return _("%(count)s of %(total)s messages of the mentor came after 9 in the evening or before 7.") % numbers
    if prompt.kind == "uneven":
        return _("%(count)s of %(total)s messages were the mentor’s.") % numbers
    picked = ngettext(
        "Chance picked this talk. It had %(count)s message that week.",
        "Chance picked this talk. It had %(count)s messages that week.",
        prompt.total,
    )
    return picked % {"count": prompt.total}


def told_names(names: Iterable[str]) -> str:
    return _(", ").join(names)
