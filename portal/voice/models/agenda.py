"""What a meeting is to be about, in the family's own order, and what its people wrote down of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal import crypto


class AgendaItem(models.Model):
    """One thing somebody wants to talk about. What it says stays as it was written; who took it off is written down."""

    class Side(models.TextChoices):
        """In this order the agenda is read: by the alphabet the family comes first."""

        FAMILY = "family"
        TEAM = "team"  # peers and staff, one beside the other

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey("care.TeamMeeting", models.PROTECT, related_name="agenda_items")
    side = models.CharField(max_length=6, choices=Side)
    place = models.PositiveIntegerField()  # within its side; only the family changes it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed_text = models.BinaryField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("side", "place", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(removed_by=None) ^ Q(removed_at__isnull=False), name="agenda_item_removed_when"
            ),
        )
        indexes = (models.Index(fields=["meeting", "side", "place"], name="agenda_in_order"),)

    def __str__(self) -> str:
        return f"{self.side} {self.place} of {self.meeting_id}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"agenda-item:{self.public_id}")

    @text.setter
    def text(self, text: str) -> None:
        self.sealed_text = crypto.seal_text(text, f"agenda-item:{self.public_id}")


class AgendaConfirmation(models.Model):
    """Who keeps the meeting said that this agenda stands. With any change of it that word is about an older one."""

    meeting = models.OneToOneField("care.TeamMeeting", models.PROTECT, related_name="agenda_confirmation")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    mark = models.CharField(max_length=20)  # of the items and their order

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.mark}"


class MeetingNote(models.Model):
    """What one of the team adds to the record of a meeting. A peer's stands and is read as one of staff is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey("care.TeamMeeting", models.PROTECT, related_name="added_notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed_text = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.by_id} of {self.meeting_id}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"meeting-note:{self.public_id}")

    @text.setter
    def text(self, text: str) -> None:
        self.sealed_text = crypto.seal_text(text, f"meeting-note:{self.public_id}")
