"""Pairings of families with peer partners."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import crypto


class Pairing(models.Model):
    """A peer partner proposed to one person of a family, and what became of it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("about to begin")  # the family said yes, the peer has not said a word yet
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        ENDING = "ending", _("saying goodbye")
        DECLINED = "declined", _("someone else asked for")
        WITHDRAWN = "withdrawn", _("taken back")
        ENDED = "ended", pgettext_lazy("a pairing", "ended")

    class Side(models.TextChoices):
        """Who paused it, or asked for its end."""

        FAMILY = "family"
        PEER = "peer"
        LIAISON = "liaison"
        GUARDIAN = "guardian"  # somebody who may decide for the young person
        JOB = "job"  # nobody asked: their job here has ended

    # What may follow what: the only transitions there are.
    NEXT = {  # noqa: RUF012
        State.PROPOSED: {State.ACCEPTED, State.DECLINED, State.WITHDRAWN},
        State.ACCEPTED: {State.ACTIVE, State.ENDED},
        State.ACTIVE: {State.PAUSED, State.ENDING, State.ENDED},
        State.PAUSED: {State.ACTIVE, State.ENDING, State.ENDED},
        State.ENDING: {State.ENDED, State.ACTIVE},
        State.DECLINED: set[State](),
        State.WITHDRAWN: set[State](),
        State.ENDED: set[State](),
    }
    # From the family's yes to the last word: it takes one of the peer's places.
    TAKES_PLACE = (State.ACCEPTED, State.ACTIVE, State.PAUSED, State.ENDING)
    OPEN = (State.PROPOSED, *TAKES_PLACE)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="pairings")
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="pairings")
    peer = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="pairings")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    reason = models.TextField(max_length=600)  # why this person, in the liaison's words to the family
    # What the two have in common, as matching found it: codes and values, put into words in the reader's language.
    reasons = models.JSONField(default=list)
    # Whether they lived through the same system; None where nobody looked, or the family has not said what it lived through.
    shares_experience = models.BooleanField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)  # the peer's first word
    paused_by = models.CharField(max_length=8, choices=Side, blank=True)
    paused_until = models.DateField(null=True)  # the day both come back
    ending_at = models.DateTimeField(null=True)  # when the goodbye began
    goodbye_until = models.DateTimeField(null=True)  # the last moment for a last word
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=8, choices=Side, blank=True)  # who asked for the end
    # The person wants no more of this peer, ever: seen by them and their liaison, never by the peer.
    blocked_at = models.DateTimeField(null=True)
    # After a goodbye or a no the person waits for someone else, unless they say that they want nobody now.
    wants_next = models.BooleanField(default=True)
    # What the person tells the next peer partner about this time; sealed, and read by nobody unless they say so.
    sealed_summary = models.BinaryField(null=True)
    shares_history = models.BooleanField(default=False)
    conversation = models.OneToOneField("messaging.Conversation", models.PROTECT, null=True, related_name="pairing")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["member", "peer"],
                condition=Q(state__in=["proposed", "accepted", "active", "paused", "ending"]),
                name="pairing_once",
            ),
            models.CheckConstraint(
                # A guardian's lasts until a guardian, or the liaison, ends it.
                condition=~Q(state="paused") | Q(paused_until__isnull=False) | Q(paused_by="guardian"),
                name="a_pause_has_a_day_to_come_back",
            ),
            models.CheckConstraint(
                condition=~Q(state="ending") | Q(goodbye_until__isnull=False), name="a_goodbye_has_a_last_moment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.peer_id} for {self.member_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def takes_place(self) -> bool:
        return self.state in self.TAKES_PLACE

    @property
    def is_paused_by_guardian(self) -> bool:
        return self.state == self.State.PAUSED and self.paused_by == self.Side.GUARDIAN

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which both can write, where the programme is."""
        if self.goodbye_until is None:
            return None
        return (self.goodbye_until - dt.timedelta(seconds=1)).astimezone(self.family.program.zone).date()

    @property
    def summary(self) -> str:
        return crypto.open_text(self.sealed_summary, self._place) if self.sealed_summary else ""

    @summary.setter
    def summary(self, text: str) -> None:
        self.sealed_summary = crypto.seal_text(text, self._place) if text else None

    @property
    def _place(self) -> str:
        return f"pairing-summary:{self.public_id}"

    @property
    def today(self) -> dt.date:
        return self.family.program.today()
