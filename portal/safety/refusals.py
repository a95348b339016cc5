"""What an action of this room says when it cannot do what it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class SafetyRefusal(Exception):
    message: _StrOrPromise
    field: str = ""  # the field of the form it is about


class SameTime(SafetyRefusal):
    message = _("It begins and ends at the same time. Please change one of the two.")
    field = "ends"


class Backwards(SafetyRefusal):
    message = _("The end is before the beginning. Please look at both.")
    field = "ends"


class TooLong(SafetyRefusal):
    message = _("Nobody can be on call for more than 24 hours. Please make two shifts of it.")
    field = "ends"


class Over(SafetyRefusal):
    message = _("This time is over already. Please look at the day.")
    field = "on"


class TooFar(SafetyRefusal):
    message = _("This date is too far away. Please look at the year.")
    field = "on"


class OnCallAlready(SafetyRefusal):
    message = _("This person is on call in that time already. Maybe someone else has just added it.")
    field = "role"


class MayNot(SafetyRefusal):
    message = _("This person cannot be on call then: their job ends before, or a check of their record runs out.")
    field = "role"


class NothingLeft(SafetyRefusal):
    message = _("None of these times can be added: the person is on call then already, or cannot be.")
    field = "role"


class HoursTwice(SafetyRefusal):
    message = _("You have hours on that day that begin at this time. Remove them first.")
    field = "weekdays"


class CalledAlready(SafetyRefusal):
    message = _("You have called about this already. What you read out stays as it was.")


class ReadyAlready(SafetyRefusal):
    message = _("This report is ready. It stays until you have called.")


class NotYet(SafetyRefusal):
    message = _("This time has not come yet. Please look at the day and the time.")
    field = "on"


class ClosedAlready(SafetyRefusal):
    message = _("Somebody has closed it in the meantime.")
