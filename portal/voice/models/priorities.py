"""What a family puts first, what it asks everybody to do and not to do, and its word at each part of the way."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Ranking(models.Model):
    """One person's order of what matters first. Rows are added, never changed: the newest of each person counts."""

    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="rankings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    order = models.JSONField()  # public ids of needs and goals, the first first
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["plan", "by"], name="ranking_of_plan"),)

    def __str__(self) -> str:
        return f"{self.plan_id} by {self.by_id}"


class Preference(models.Model):
    """What one of the family asks everybody on the team to do, or not to do. Taken back, it stays to be seen by who wrote it."""

    class Kind(models.TextChoices):
        DO = "do", _("Please do")
        DO_NOT = "do_not", _("Please do not")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="preferences")
    kind = models.CharField(max_length=6, choices=Kind)
    sealed_text = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Said by the young person to the staff beside them: those who raise them do not see it.
    is_for_staff_alone = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"preference:{self.public_id}")

    @text.setter
    def text(self, words: str) -> None:
        self.sealed_text = crypto.seal_text(words, f"preference:{self.public_id}")


class Phase(models.TextChoices):
    """The parts of the way with a team (DOMAIN.md 2.4), in their order."""

    ENGAGEMENT = "engagement", _("Getting to know each other")
    PLAN = "plan", _("Making the plan")
    DOING = "doing", _("Doing it")
    MOVING_ON = "moving_on", _("Moving on")


class PhaseWord(models.Model):
    """What one of the family says at a part of the way; or that they would rather not say anything."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="phase_words")
    phase = models.CharField(max_length=10, choices=Phase)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed_words = models.BinaryField(null=True)  # null: they would rather not
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.phase}"

    @property
    def words(self) -> str:
        return "" if self.sealed_words is None else crypto.open_text(self.sealed_words, f"phase:{self.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"phase:{self.public_id}") if text else None


class PhaseEnd(models.Model):
    """A part of the way is behind them: never without a word of the family (Florida: their view in all phases)."""

    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="phase_ends")
    phase = models.CharField(max_length=10, choices=Phase)
    word = models.ForeignKey(PhaseWord, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "phase"], name="phase_ends_once"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="phase_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.phase}"
