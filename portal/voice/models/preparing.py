"""What one person gets ready for a meeting: theirs alone, until they choose otherwise, one thing at a time."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class PrepPoint(models.Model):
    """One thing somebody wrote down before a meeting.

    While nobody else can read it, it is a draft that its writer may change. Before others read it, its words are fixed: to
    change them the writer takes it back first.
    """

    class Kind(models.TextChoices):
        SAY = "say", _("What I want to say")
        LEAVE_OUT = "leave_out", _("What I do not want raised")
        THERE = "there", _("Who should be there")
        NOT_THERE = "not_there", _("Who should not be there")

    class Fate(models.TextChoices):
        """What its writer chose for it."""

        KEEP = "keep", _("Keep it for me")
        MEETING = "meeting", _("Bring it to the meeting")
        PEER = "peer", _("Give it to the one beside me")
        KEEPER = "keeper", _("Tell the one who leads the meeting")
        BOTH = "both", _("Tell the one who leads the meeting, and the one beside me")

    # What may become of each kind. What is to be left out never stands on an agenda, nor who is not wanted there.
    FATES = {  # noqa: RUF012
        Kind.SAY: (Fate.KEEP, Fate.MEETING, Fate.PEER),
        Kind.LEAVE_OUT: (Fate.KEEP, Fate.KEEPER, Fate.PEER, Fate.BOTH),
        Kind.THERE: (Fate.KEEP, Fate.KEEPER, Fate.PEER, Fate.BOTH),
        Kind.NOT_THERE: (Fate.KEEP, Fate.KEEPER, Fate.PEER, Fate.BOTH),
    }
    TO_PEER = (Fate.PEER, Fate.BOTH)
    TO_KEEPER = (Fate.KEEPER, Fate.BOTH)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey("care.TeamMeeting", models.PROTECT, related_name="prepared")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    sealed_text = models.BinaryField()
    fate = models.CharField(max_length=7, choices=Fate, default=Fate.KEEP)
    fate_at = models.DateTimeField(null=True)
    item = models.OneToOneField("voice.AgendaItem", models.PROTECT, null=True, related_name="prepared_as")
    removed_at = models.DateTimeField(null=True)
    is_hard = models.BooleanField(default=False)  # words of danger: who wrote them reads where help is
    screened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(item=None) | Q(fate="meeting", kind="say"), name="prep_brought_is_what_i_say"
            ),
            models.CheckConstraint(
                condition=~Q(fate="meeting") | Q(kind="say", item__isnull=False), name="prep_meeting_has_its_item"
            ),
            models.CheckConstraint(condition=Q(removed_at=None) | Q(fate="keep"), name="prep_removed_is_nobodys"),
        )
        indexes = (
            models.Index(fields=["meeting", "by"], name="prep_of_person"),
            models.Index(fields=["id"], condition=Q(screened_at=None), name="prep_unscreened"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.by_id}"

    @property
    def is_mine_alone(self) -> bool:
        return self.fate == self.Fate.KEEP

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"prep-point:{self.public_id}")

    @text.setter
    def text(self, text: str) -> None:
        self.sealed_text = crypto.seal_text(text, f"prep-point:{self.public_id}")


class PrepNote(models.Model):
    """What a peer partner writes beside a point they were given. Never in it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    point = models.ForeignKey(PrepPoint, models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed_text = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.by_id} beside {self.point_id}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"prep-note:{self.public_id}")

    @text.setter
    def text(self, text: str) -> None:
        self.sealed_text = crypto.seal_text(text, f"prep-note:{self.public_id}")
