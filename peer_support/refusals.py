"""What an action of this room says when it cannot do what it was asked: the reason, and what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class PeerRefusal(Exception):
    message: _StrOrPromise
    field: str = ""  # the field of the form it is about


class DaysCannotBe(PeerRefusal):
    WORDS = {  # noqa: RUF012
        "ahead": ("from_on", _("This day has not come yet.")),
        "too_old": ("from_on", _("This date cannot be right. Please look at the year.")),
        "until_ahead": ("until_on", _("This day has not come yet. Leave it blank while it still goes on.")),
        "reversed": ("until_on", _("The last day is before the first one.")),
        "issued_ahead": ("issued_on", _("This day has not come yet.")),
        "expires_reversed": ("expires_on", _("The last day is before the first one.")),
    }

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.field, self.message = self.WORDS[code]


class TooManyFamilies(PeerRefusal):
    field = "capacity"

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.message = _("%(most)s families are the most one person can stand beside here.") % {"most": most}


class ChangedMeanwhile(PeerRefusal):
    message = _("This has changed since you opened it. Please read it again.")


class NotLivedEnough(PeerRefusal):
    message = _("The years written here are not enough yet. Look at them together.")


class TooFewHours(PeerRefusal):
    field = "hours"

    def __init__(self, hours: int) -> None:
        super().__init__(hours)
        self.message = _("This training needs %(hours)s hours or more.") % {"hours": hours}


class NoPlaceLeft(PeerRefusal):
    message = _(
        "Someone else has just taken the last place with this person. You can wait for a place, or ask for someone else."
    )


class DayBehind(PeerRefusal):
    message = _("Please choose a day that is still to come.")


class DayTooFar(PeerRefusal):
    message = _("This date is too far away. Please look at the year.")


class DayAhead(PeerRefusal):
    message = _("This day has not come yet. Please check it.")
    field = "met_on"


class AlreadyCoordinated(PeerRefusal):
    message = _("Someone answers for this family already. Plan a hand-off to bring in the next one.")
    field = "coordinator"


class HandOffMissing(PeerRefusal):
    message = _("A family changes its coordinator only by a hand-off. Plan one, or write down why there was no time.")
    field = "coordinator"


class NobodyToHandOver(PeerRefusal):
    message = _("The one who would hand over does not work here any more. Write down why there is no meeting.")
    field = "receiver"


class AlreadyPlanned(PeerRefusal):
    message = _("A hand-off is planned already. First finish that one.")
    field = "receiver"


class WhyMissing(PeerRefusal):
    message = _("Please write why. The family reads it.")
    field = "reason"


class AlreadyAsked(PeerRefusal):
    message = _("You asked for this already. Here you see where it is.")


class ClassFull(PeerRefusal):
    message = _("All places of this class are taken. Say what there is instead, or make more places.")
    field = "on"


class NotYetHeld(PeerRefusal):
    message = _("The day has not come yet. Write down that it is done when it was.")


class TooFewPlaces(PeerRefusal):
    message = _("More families than that have a place already.")
    field = "places"


class AlreadyChosen(PeerRefusal):
    message = _("You chose this one already.")
    field = "skill"


class StepAhead(DayAhead):
    field = "on"


class TalkAhead(DayAhead):
    field = "talked_on"
