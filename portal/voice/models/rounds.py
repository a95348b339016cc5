"""Deciding together: a proposal to the whole team, what each says to it, and how it ends."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Round(models.Model):
    """One proposal to the team of a plan. It is open until it is agreed, agreed after a change, or not agreed."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        AGREED = "agreed", _("agreed")
        AMENDED = "amended", _("agreed after a change")
        NOT_AGREED = "not_agreed", _("not agreed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="rounds")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    answer_by_on = models.DateField()  # until then everybody is waited for
    wording = models.PositiveSmallIntegerField(default=1)  # the newest text: each has a new round of answers
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    sealed_why = models.BinaryField(null=True)  # why it was not agreed
    totals = models.JSONField(null=True)  # of the last answers, as everybody may know them

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state="open") ^ Q(closed_at__isnull=False), name="round_closed_when"),
            models.CheckConstraint(
                condition=~Q(state="not_agreed") | Q(sealed_why__isnull=False), name="round_not_agreed_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def why(self) -> str:
        return "" if self.sealed_why is None else crypto.open_text(self.sealed_why, f"round-why:{self.public_id}")

    @why.setter
    def why(self, text: str) -> None:
        self.sealed_why = crypto.seal_text(text, f"round-why:{self.public_id}") if text else None


class RoundText(models.Model):
    """What is proposed; each change is a row of its own."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField()
    sealed_text = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "number"], name="round_text_once"),)

    def __str__(self) -> str:
        return f"{self.round_id} {self.number}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"round-text:{self.round_id}:{self.number}")

    @text.setter
    def text(self, words: str) -> None:
        self.sealed_text = crypto.seal_text(words, f"round-text:{self.round_id}:{self.number}")


class RoundQuestion(models.Model):
    """What somebody asks before they say what they think of it, and what was answered."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="questions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed_text = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)
    sealed_answer = models.BinaryField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(sealed_answer=None, answered_by=None, answered_at=None)
                | Q(sealed_answer__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="round_answer_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.pk}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"round-question:{self.public_id}")

    @text.setter
    def text(self, words: str) -> None:
        self.sealed_text = crypto.seal_text(words, f"round-question:{self.public_id}")

    @property
    def answer(self) -> str:
        sealed = self.sealed_answer
        return "" if sealed is None else crypto.open_text(sealed, f"round-answer:{self.public_id}")

    @answer.setter
    def answer(self, words: str) -> None:
        self.sealed_answer = crypto.seal_text(words, f"round-answer:{self.public_id}")


class Position(models.Model):
    """What one voice says to one wording. Rows are added, never changed: the newest of each voice counts.

    An objection is answered by a new wording, or by a reason that is written down beside it.
    """

    class Says(models.TextChoices):
        AGREE = "agree", _("I agree")
        ASIDE = "aside", _("I can live with it")
        OBJECT = "object", _("I object")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="positions")
    wording = models.PositiveSmallIntegerField()
    voice = models.CharField(max_length=80)  # of a person, or of an agency: several people of one have one voice
    seat = models.ForeignKey("care.Seat", models.PROTECT, null=True, related_name="+")  # of who has no account
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")  # who said it, or wrote it down
    is_family = models.BooleanField()
    says = models.CharField(max_length=6, choices=Says)
    sealed_words = models.BinaryField(null=True)
    # A young person can say it to one of the staff or their mentor alone: nobody else learns what it was.
    told_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed_reason = models.BinaryField(null=True)  # why an objection was not followed
    reason_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(says="object") | Q(sealed_words__isnull=False), name="objection_has_its_words"
            ),
            models.CheckConstraint(
                condition=Q(sealed_reason=None, reason_by=None, reason_at=None)
                | Q(says="object", sealed_reason__isnull=False, reason_by__isnull=False, reason_at__isnull=False),
                name="objection_reason_is_whole",
            ),
        )
        indexes = (models.Index(fields=["round", "wording"], name="position_of_round"),)

    def __str__(self) -> str:
        return f"{self.round_id} {self.voice}"

    @property
    def is_private(self) -> bool:
        return self.told_to_id is not None

    @property
    def words(self) -> str:
        return "" if self.sealed_words is None else crypto.open_text(self.sealed_words, f"position:{self.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"position:{self.public_id}") if text else None

    @property
    def reason(self) -> str:
        sealed = self.sealed_reason
        return "" if sealed is None else crypto.open_text(sealed, f"position-reason:{self.public_id}")

    @reason.setter
    def reason(self, text: str) -> None:
        self.sealed_reason = crypto.seal_text(text, f"position-reason:{self.public_id}")
