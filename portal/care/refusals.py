"""What an action of this room says when it cannot do what it was asked: the reason, and what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class PlanRefusal(Exception):
    message: _StrOrPromise
    field: str | None = None


class NotThere(PlanRefusal):
    """What it stands under, or refers to, is not in this plan."""

    message = _("Something this belongs to is not in the plan any more. Please choose again.")


class ReasonMissing(PlanRefusal):
    message = _("Please write why. Everyone who reads the plan sees it.")
    field = "why"


class StandsAlone(PlanRefusal):
    """Narrower than what it would stand under."""

    message = _("Fewer people may see this than what it stands under. Please add it to the plan on its own.")
    field = "access_basis"


class OwnWordUnder(PlanRefusal):
    message = _("Somebody’s own words stand under this. Only they can take them out, so it stays.")
    field = "why"


class ChangedMeanwhile(PlanRefusal):
    """Somebody else changed it after the page was opened."""

    message = _(
        "Somebody changed this while you were writing. Below is what it says now. What you wrote is still here."
    )


class DateBehind(PlanRefusal):
    message = _("A plan always has a next date that is still to come.")
    field = "next_on"


class AlreadyOpen(PlanRefusal):
    message = _("There is a plan for this young person already.")
    field = "youth"


class SomethingWentWrong(PlanRefusal):
    """A setback is a reason to meet, not to end (Louisiana promises to stay: persistence)."""

    message = _("A hard time is no reason to end a plan. The team meets about it: a task for that is in the plan now.")
    field = "reason"


class PlanClosed(PlanRefusal):
    message = _("This plan has ended. It can be read, and not changed.")


# -- the team --------------------------------------------------------------------------------------------------------------


class NameMissing(PlanRefusal):
    message = _("Write a name. It can be a first name.")
    field = "name"


class OnTheTeam(PlanRefusal):
    message = _("This person is on the team already, or somebody has asked for them.")
    field = "who"


class AnsweredMeanwhile(PlanRefusal):
    """Somebody else was quicker, or the same person in another tab."""

    message = _("This has changed in the meantime. The page shows how it is now.")


class TeamReasonMissing(ReasonMissing):
    message = _("Please write why. The family reads it.")


class LinkGone(PlanRefusal):
    message = _("This link does not work any more")


class NotWithThisAccount(PlanRefusal):
    """A minor, somebody of the household, or somebody who is kept away: one sentence for all, so that it tells nothing."""

    message = _("This link cannot be used with this account. Please talk with the person who gave it to you.")


# -- meetings --------------------------------------------------------------------------------------------------------------


class TimeBehind(PlanRefusal):
    message = _("This time has passed. Please choose one that is still to come.")
    field = "day"


class TooFarAhead(PlanRefusal):
    message = _("This is more than a year away. Please choose an earlier day.")
    field = "day"


class NotAgreed(PlanRefusal):
    """Where a team meets is the family's choice (Louisiana: community based)."""

    message = _("The family has not said yes to this place and time yet. Please ask them first.")


class InterpreterMissing(PlanRefusal):
    """45 CFR 92.201: help with the language is there, or the person does without it in their own word."""

    def __init__(self, names: str) -> None:
        super().__init__(names)
        self.message = _(
            "Help with the language is still missing for: %(names)s. Find someone who interprets first."
        ) % {"names": names}


class ChildInterprets(PlanRefusal):
    """45 CFR 92.201(e)(3): no child interprets, but in an emergency."""

    message = _("A child of the family never interprets. Please find somebody trained for it.")
    field = "helper"


class NotInTheirLanguage(PlanRefusal):
    message = _("Please read this in your own language first. You can change the language of these pages.")


class NobodyOfTheFamily(PlanRefusal):
    """Families are full partners: their being there is the rule, and that nobody was needs a reason (S1:87)."""

    message = _("Nobody of the family was there. Please write why you met without them. The family reads it.")
    field = "without"


class MeetingOver(PlanRefusal):
    message = _("This meeting is over or called off. Nothing was changed.")


class NotYetHeld(PlanRefusal):
    message = _("This meeting has not begun yet. You can write down what came of it once it has.")


class KeeperNeeded(PlanRefusal):
    message = _("Somebody of the staff has to keep this meeting. Please ask for someone else first.")
