"""What a group's actions say when they cannot do what they were asked: the reason where there is one to give, and what helps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from peer_support.refusals import PeerRefusal


class GroupRefusal(PeerRefusal):
    """One of those below."""


class RulesFirst(GroupRefusal):
    message = _("Please read the rules and tick that you keep to them.")
    field = "agreed"


class GroupFull(GroupRefusal):
    message = _("All places in this group are taken. They can wait, or you tell them kindly that there is none.")


class CannotBeIn(GroupRefusal):
    """The same words whatever stands against it: the reason is nobody's business."""

    message = _("This person cannot be in this group. We cannot tell you more. Please offer them another group.")
    field = "leads"


class NotOpen(GroupRefusal):
    message = _("This group is not open right now. Let it go on first.")


class LastLead(GroupRefusal):
    message = _("Somebody has to lead the group. Add another person first, or close the group.")


class NobodyLeads(GroupRefusal):
    message = _("Nobody leads this group. Add somebody first.")
    field = "leads"


class ReasonMissing(GroupRefusal):
    message = _("Please write why. They read it.")
    field = "reason"


class NothingToReport(GroupRefusal):
    message = _("Please choose a message that somebody else wrote.")
    field = "seq"
