"""What the log of contacts says when it cannot write something down: the reason, and what can be done instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from peer_support.refusals import PeerRefusal


class ContactRefusal(PeerRefusal):
    """One of those below."""


class NotYetHappened(ContactRefusal):
    message = _("This has not happened yet. If you mean to be in touch, plan it instead.")
    field = "on"


class BeforeTheyCame(ContactRefusal):
    message = _("This is before the family’s first day here. Look at the date again.")
    field = "on"


class BeforeYouCame(ContactRefusal):
    message = _("You did not hold this job yet on that day. Look at the date again.")
    field = "on"


class WrittenAlready(ContactRefusal):
    message = _("This contact is written down already. One contact counts once.")
    field = "on"


class SettingMissing(ContactRefusal):
    message = _("This is the first contact. Please choose where they were.")
    field = "setting"


class BehindUs(ContactRefusal):
    message = _("Choose a time that is still to come, and not more than a year ahead.")
    field = "on"


class ComesBackMissing(ContactRefusal):
    message = _("Choose the day on which you ask again. It lies ahead, and not more than a year.")
    field = "comes_back_on"


class TheyAskedToWait(ContactRefusal):
    message = _("They asked for a pause on that day. Choose a later day, or let them come to you.")
    field = "on"


class RunsAlready(ContactRefusal):
    message = _("This runs already. Nothing was changed.")
    field = "on"


class TooLongAgo(ContactRefusal):
    message = _("This is too long ago: its days would be over. Look at the date again.")
    field = "on"
