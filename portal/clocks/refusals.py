"""What an action on clocks says when it cannot do what it was asked, in a sentence for the person who asked."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ClockRefusal(Exception):
    message: str | Promise


class NoSuchPromise(ClockRefusal):
    """The programme, or the plan, has no such rule on that day. No number is ever borrowed."""

    message = _("The program has no such rule.")


class NotYet(ClockRefusal):
    """What cannot be planned ahead is dated in the future."""

    message = _("That date has not come yet. Please check it.")


class DayBehind(ClockRefusal):
    message = _("This day has passed. Please choose a day that is still to come.")


class DayTooFar(ClockRefusal):
    message = _("This date is too far away. Please look at the year.")


class BeforeItBegan(ClockRefusal):
    message = _("On that day this was not owed yet. Please check the date.")


class AlreadyOver(ClockRefusal):
    """It is done, late or no longer owed: it does not move any more."""

    message = _("This date has passed or is settled. It cannot be changed any more.")


class NotInTheRule(ClockRefusal):
    """The rule allows no such extension, pause or exception."""

    message = _("The rule does not allow this.")


class AlreadyExtended(ClockRefusal):
    """More time was given as often as the rule allows."""

    message = _("More time was added before. It can be added only once.")


class ReasonMissing(ClockRefusal):
    message = _("Please write the reason.")


class UnknownRegion(ClockRefusal):
    message = _("The program does not serve a place of that name.")


class EndsBeforeItBegins(ClockRefusal):
    message = _("The last day is before the first day. Please check both.")
