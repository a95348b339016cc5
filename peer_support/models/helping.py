"""Somebody of a family who wants to help others, and how far they are on the way to become a peer."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto

# What the clock of the first talk is about; its subject_id is the path's public id.
SUBJECT = "helping"


class HelpingPath(models.Model):
    """From "I want to help others" to being ready. It changes nothing about the support the person has themselves."""

    class Stage(models.TextChoices):
        INTERESTED = "interested", _("You told us")
        TALK_HELD = "talk_held", _("We talked about it")
        TRAINING = "training", _("You learn what a peer does")
        READY = "ready", _("You are ready")
        LATER = "later", _("Not now, maybe later")
        TAKEN_BACK = "taken_back", _("You took it back")

    # What a liaison may write down next. Taking it back is open to the person at any time.
    NEXT = {  # noqa: RUF012
        Stage.INTERESTED: (Stage.TALK_HELD, Stage.LATER),
        Stage.TALK_HELD: (Stage.TALK_HELD, Stage.TRAINING, Stage.READY, Stage.LATER),
        Stage.TRAINING: (Stage.TRAINING, Stage.READY, Stage.LATER),
        Stage.LATER: (Stage.TALK_HELD, Stage.LATER),
        Stage.READY: (),
        Stage.TAKEN_BACK: (),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="helping_paths")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.INTERESTED)
    started_at = models.DateTimeField(default=timezone.now)
    sealed_words = models.BinaryField(null=True)  # what the person wrote, if they liked
    talked_on = models.DateField(null=True)
    next_on = models.DateField(null=True)
    sealed_answer = models.BinaryField(null=True)  # what the liaison wrote to them last
    kept_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member"], condition=~Q(stage="taken_back"), name="one_helping_path"),
            models.CheckConstraint(
                condition=~Q(stage="taken_back") ^ Q(ended_at__isnull=False), name="path_ended_when"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.stage}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"helping-words:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"helping-words:{self.public_id}") if text else None

    @property
    def answer(self) -> str:
        return crypto.open_text(self.sealed_answer, f"helping-answer:{self.public_id}") if self.sealed_answer else ""

    @answer.setter
    def answer(self, text: str) -> None:
        self.sealed_answer = crypto.seal_text(text, f"helping-answer:{self.public_id}") if text else None
