"""What an action of this room says when it cannot do what it was asked: the reason, and what can be done instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.care.refusals import PlanRefusal


class OrderChanged(PlanRefusal):
    """Somebody else moved something, or the same person in another tab."""

    message = _("The list changed meanwhile. This is how it is now. Please look at it again.")


class WithOthersNow(PlanRefusal):
    """Others can read it: what they read does not change under their eyes."""

    message = _("Someone else can read this already. Take it back first, then you can change it.")
    field = "text"


class TakenBackMeanwhile(PlanRefusal):
    message = _("This was taken back, or the meeting is over. Nothing was changed.")


class PulseOver(PlanRefusal):
    message = _("The time for these questions is over. If something should change, tell anyone on your team.")


class PublishedAlready(PlanRefusal):
    message = _("The result of this year is out already. It stays as it is.")
    field = "year"
