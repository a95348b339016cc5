"""What an action about a choice says when it cannot do what it was asked: the reason, and what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.care.refusals import PlanRefusal

if TYPE_CHECKING:
    from portal.voice.models import Option


class NothingShown(PlanRefusal):
    message = _("Please tick who could do it, or write a name.")
    field = "entries"


class KindMissing(PlanRefusal):
    message = _("Please say above what kind of service it is, so that you see who else there is.")
    field = "other"


class TooFew(PlanRefusal):
    """At least two options are shown where they exist (the Louisiana CSoC model, line 596)."""

    field = "entries"

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.message = ngettext(
            "There is %(count)s who could do it. Show the family that one.",
            "There are %(count)s who could do it. Show the family at least two of them, so that it can choose.",
            count,
        ) % {"count": count}


class LookedForMissing(PlanRefusal):
    message = _("Only one is available? Please write what you looked for, and where. The family reads it.")
    field = "looked_for"


class SameTwice(PlanRefusal):
    message = _("Two of these are the same. Please make one of them different.")


class NoteMissing(PlanRefusal):
    message = _("Please write a word to it. The family reads it.")
    field = "note"


class ShownAlready(PlanRefusal):
    """The family has something before it to choose from about this very thing."""

    message = _("The family has this before it already. Take it back first if something else is to be shown.")


class OptionGone(PlanRefusal):
    """It could be had when it was shown, and cannot be had any more."""

    def __init__(self, option: Option) -> None:
        super().__init__(option.pk)
        self.option = option
        self.message = _(
            "%(name)s cannot be had any more. We are sorry. Nothing you said is lost: your staff know that you wanted this, and "
            "you can choose again."
        ) % {"name": option.name}


class SettledMeanwhile(PlanRefusal):
    message = _("This has changed in the meantime. The page shows how it is now.")


class WhichOne(PlanRefusal):
    message = _("Please choose one of these.")
    field = "option"
