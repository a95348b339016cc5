"""What an action of this room says when it cannot do what it was asked: the reason, and what can be done instead."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from portal.access.finals import Block
from portal.care.refusals import PlanRefusal

TOO_LONG = _("This is too long. Please say it shorter.")


class WordsMissing(PlanRefusal):
    message = _("Please write it in your own words.")
    field = "words"


class DayMissing(PlanRefusal):
    message = _("Please choose a day that is still to come, within a year.")
    field = "until_on"


class OtherWordsNow(PlanRefusal):
    """Staff changed the suggestion after the page was opened, or it was settled."""

    message = _("This has changed in the meantime. Please read how it stands now, and answer again.")


class Unsettled(PlanRefusal):
    """The plan cannot be made final: each thing that is in the way is named (LA-13, FL-13)."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__(len(blocks))
        self.blocks = blocks
        self.message = _("The plan cannot be made final yet. Below stands what is still open.")


class NoFamilyWord(PlanRefusal):
    """Florida: the family’s view is asked for in every phase (FL-12)."""

    message = _(
        "The family has not said anything about this part yet. Please ask them: “we would rather not” is an answer, too."
    )


class AlreadyOver(PlanRefusal):
    message = _("This part is behind you already. Nothing was changed.")


class NotNext(PlanRefusal):
    message = _("Another part comes before this one.")


class NothingFinal(PlanRefusal):
    message = _("No version is final yet. You can say no to a suggestion, or ask for time.")


class RoundOver(PlanRefusal):
    message = _("This is decided already. Nothing was changed.")


class ObjectionOpen(PlanRefusal):
    """No round closes over an objection that nobody answered."""

    message = _("Somebody objects, and that is not answered yet. Change the proposal, or write down why it stays.")


class PrivateObjectionOpen(PlanRefusal):
    """The same, said in private: whoever told of it, and what they said, is told to nobody else."""

    message = _("Somebody objects in private. Whoever they told has to answer it first.")


class VoiceMissing(PlanRefusal):
    message = _("Not everybody has said what they think yet, and there is still time.")


class FamilyMissing(PlanRefusal):
    """Shared decisions (Florida, FL-14)."""

    message = _("Nobody of the family who decides has agreed to this openly. Without them nothing is decided.")


class FamilyObjects(PlanRefusal):
    message = _("Somebody of the family still objects. It can be changed once more, or closed as not agreed.")


class ReasonNeeded(PlanRefusal):
    message = _("Please write why. Everyone who is asked reads it.")
    field = "words"


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
