"""Records of other systems: which of ours one of theirs is, and where theirs and ours say different things."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal import crypto


class ForeignRecord(models.Model):
    """One resource of another system and the row it became here: what comes twice is known again."""

    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    system = models.CharField(max_length=200)  # who numbered it: the server, or the identifier's system
    kind = models.CharField(max_length=32)  # the FHIR resource type
    foreign_id = models.CharField(max_length=200)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="+")
    row_kind = models.CharField(max_length=32)  # the model: "item", "plan", "member", "seat", "meeting", "release"
    row_id = models.PositiveBigIntegerField()
    content_hash = models.CharField(max_length=64)  # of what came last: the same again is no change
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["program", "system", "kind", "foreign_id"], name="foreign_once"),
        )
        indexes = (models.Index(fields=["row_kind", "row_id"], name="foreign_of_row"),)

    def __str__(self) -> str:
        return f"{self.kind}/{self.foreign_id}"


class Difference(models.Model):
    """What came from elsewhere says something else than the family wrote: theirs stays, and they are asked."""

    class Answer(models.TextChoices):
        KEEP = "keep"
        TAKE = "take"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey("care.Item", models.PROTECT, related_name="differences")
    record = models.ForeignKey(ForeignRecord, models.PROTECT, related_name="differences")
    sealed_data = models.BinaryField()  # what the other system says, as the item would say it
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=4, choices=[(one.value, one.value) for one in Answer], blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["item", "record"], condition=Q(answer=""), name="difference_once"),
            models.CheckConstraint(condition=Q(answer="") ^ Q(answered_at__isnull=False), name="answered_has_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.answer}"

    @property
    def data(self) -> str:
        return crypto.open_text(self.sealed_data, f"difference:{self.public_id}")

    @data.setter
    def data(self, text: str) -> None:
        self.sealed_data = crypto.seal_text(text, f"difference:{self.public_id}")
