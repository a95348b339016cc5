"""What an action of this room says when it cannot do what it was asked: the reason, and what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class CaseRefusal(Exception):
    message: _StrOrPromise
    field: str | None = None  # the field of the form it is about


class ByRule(CaseRefusal):
    """A promise of the programme stands against it. `rule` is the promise's or the clock's id."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class NobodyIsTurnedAway(ByRule):
    message = _("Nobody is turned away. Set a new meeting, and talk about what is still in the way.")


class NobodyIsSentOut(ByRule):
    message = _("Nobody is sent out. The time here ends when all goals are met and the team says yes.")


class GoalsLeft(ByRule):
    message = _("Not all goals are met yet. Work on what is left, or ask for more time.")


class NoGoalsYet(ByRule):
    message = _("No goals are written down yet. Write them down with the team first.")


class TeamHasNotApproved(ByRule):
    message = _("The team has not said yes to ending yet. Write down what the team said, with the family’s own words.")


class FamilyDisagrees(ByRule):
    message = _("The family does not agree. The interagency team talks with them first.")


class AgenciesHaveNotAgreed(ByRule):
    message = _("The agencies have not all agreed to ending yet. They meet about it first.")


class MoreTimeOnlyOnce(ByRule):
    message = _("More time was added before. It can be added only once.")


class TermIsOver(ByRule):
    message = _("More time can be added only before the last day. They stay until all goals are met.")


class NotInThisProgram(CaseRefusal):
    message = _("This program does not work that way.")


class AlreadyOpen(CaseRefusal):
    message = _("This is open already for this young person.")
    field = "youth"


class NotTheLawHere(CaseRefusal):
    message = _("At this age the law here asks for a parent’s yes.")
    field = "access_basis"


class NothingNarrower(CaseRefusal):
    message = _("It is so already, or more closed. Only the young person can let others see it.")
    field = "access_basis"


class NoIsHeardFirst(CaseRefusal):
    message = _("A parent said no to ending. Talk about that first: closing the case would take that word away.")
    field = "access_basis"


class StandsNow(CaseRefusal):
    message = _("This stands now. Only the young person can let others see it.")


class AlreadyDecided(CaseRefusal):
    message = _("This is decided. It does not change any more.")


class TakenBack(CaseRefusal):
    message = _("This was taken back. Nothing ends.")


class NothingProposed(CaseRefusal):
    message = _("Nothing is said about ending right now, so there is nothing to take back.")


class AlreadyAsked(CaseRefusal):
    message = _("Someone of your family has asked for this already. Your care manager sees it.")


class AlreadyEnded(CaseRefusal):
    message = _("This time in the program has ended.")


class NotDecidedYet(CaseRefusal):
    message = _("The agencies have not all agreed yet. First finish the decision.")
    field = "youth"


class ReasonMissing(CaseRefusal):
    message = _("Please write why. Whoever may see the case reads it.")
    field = "reason"


class LeadReasonMissing(CaseRefusal):
    message = _("This is less time than usual to get to know the family. Please write why.")
    field = "lead_reason"


class GoalsAreInThePlan(CaseRefusal):
    message = _("There is a plan of care now. Please write this goal there: its goals are the goals of this time, too.")
    field = "text"


class OwnWordStands(CaseRefusal):
    message = _("They wrote this themselves. Only they can change it.")


class DateMissing(CaseRefusal):
    message = _("Please choose the next date. A case always has one.")
    field = "next_on"


class DateBehind(CaseRefusal):
    message = _("This day has passed. Please choose a day that is still to come.")
    field = "next_on"


class DateTooFar(CaseRefusal):
    message = _("This date is too far away. Please look at the year.")
    field = "on"


class DateAhead(CaseRefusal):
    message = _("This day has not come yet. Please check it.")
    field = "on"


class BeforeTheDecision(CaseRefusal):
    message = _("This is before the agencies agreed. Please choose a later day.")
    field = "enrolled_on"


class BeforeTheFirstDay(CaseRefusal):
    message = _("This is before the first day in the program. It counts from that day on.")
    field = "on"


class BeforeTheDischarge(CaseRefusal):
    message = _("This is before they left the hospital or unit. Please check the day.")
    field = "on"


class CareManagerFirst(CaseRefusal):
    message = _("The care manager has to be there before the first day. Please choose a later day.")
    field = "enrolled_on"


class NoticeMissing(CaseRefusal):
    message = _("No appointment: please tell the Managing Entity first, and write the day you told them.")
    field = "notice_sent_on"
