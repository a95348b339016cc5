"""Pairings of families with peer partners."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Pairing(models.Model):
    """A peer partner proposed to one person of a family, and what became of it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACTIVE = "active", _("active")
        DECLINED = "declined", _("someone else asked for")
        WITHDRAWN = "withdrawn", _("taken back")
        ENDED = "ended", pgettext_lazy("a pairing", "ended")

    # What may follow what: the only transitions there are.
    NEXT = {  # noqa: RUF012
        State.PROPOSED: {State.ACTIVE, State.DECLINED, State.WITHDRAWN},
        State.ACTIVE: {State.ENDED},
        State.DECLINED: set[State](),
        State.WITHDRAWN: set[State](),
        State.ENDED: set[State](),
    }

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
    ended_at = models.DateTimeField(null=True)
    conversation = models.OneToOneField("messaging.Conversation", models.PROTECT, null=True, related_name="pairing")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["member", "peer"], condition=Q(state__in=["proposed", "active"]), name="pairing_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.peer_id} for {self.member_id}: {self.state}"
