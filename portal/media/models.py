"""A photo or a voice note that goes with a message: made anew by us, sealed under its conversation's own key."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from portal import crypto


class Attachment(models.Model):
    """It belongs to the message of this key and author. Until that message is there nobody sees it, its author included.

    What was sent is never kept: `sealed_file` holds what was made of it. Only while no scanner answers does what came wait
    sealed in `sealed_original`, which goes as soon as it was looked at.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        VOICE = "voice", _("Voice note")

    class Scan(models.TextChoices):
        WAITING = "waiting"  # the scanner did not answer yet: shown to nobody
        CLEAN = "clean"
        REFUSED = "refused"
        UNSCANNED = "unscanned"  # no scanner was set up: what was made anew is shown all the same

    SHOWN = (Scan.CLEAN, Scan.UNSCANNED)
    # A list of attachments never needs the files themselves.
    FILES: ClassVar = ("sealed_file", "sealed_original")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, related_name="attachments")
    key = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    scan = models.CharField(max_length=10, choices=Scan)
    # The message itself waits, too: the worker sends it when it may go on.
    is_due = models.BooleanField(default=False)
    size = models.PositiveIntegerField()  # bytes, of what was made
    seconds = models.PositiveIntegerField(null=True)  # of a voice note
    width = models.PositiveIntegerField(null=True)  # of a photo, as are its points in height
    height = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    sealed_words = models.BinaryField(null=True)  # what the sender says it shows, for who cannot see or hear it
    sealed_file = models.BinaryField(null=True)
    sealed_original = models.BinaryField(null=True)

    class Meta:
        constraints = (
            # By author, too: that somebody else used a key tells nobody anything, and takes it from nobody.
            models.UniqueConstraint(fields=["conversation", "key", "author"], name="attachment_key"),
            models.CheckConstraint(
                condition=Q(kind="photo", width__isnull=False, height__isnull=False, seconds=None)
                | Q(kind="voice", seconds__isnull=False, width=None, height=None),
                name="attachment_measured",
            ),
            models.CheckConstraint(
                condition=Q(sealed_original=None) | Q(scan="waiting"), name="what_came_only_waits_for_the_scanner"
            ),
        )
        indexes = (
            models.Index(fields=["made_at"], condition=Q(is_due=True), name="attachments_due"),
            models.Index(fields=["author", "made_at"], name="attachments_of_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.author_id} in {self.conversation_id}"

    def context(self, part: str) -> bytes:
        """What the encryption of a part is bound to: a row copied elsewhere does not open."""
        return f"media:{part}:".encode() + self.public_id.bytes

    def words(self, cipher: crypto.Cipher) -> str:
        return cipher.open(bytes(self.sealed_words), self.context("words")) if self.sealed_words else ""

    def file(self, cipher: crypto.Cipher) -> bytes:
        return cipher.open_bytes(bytes(self.sealed_file or b""), self.context("file"))

    def original(self, cipher: crypto.Cipher) -> bytes:
        return cipher.open_bytes(bytes(self.sealed_original or b""), self.context("original"))

    @property
    def content_type(self) -> str:
        return "image/jpeg" if self.kind == self.Kind.PHOTO else "audio/mp4"

    def facts(self, text: str) -> dict[str, object]:
        """As frames and pages carry it (docs/protocol.md).

        What it shows is said by its message's text as that stands now: a detail taken out there stands nowhere else.
        """
        return {
            "id": str(self.public_id),
            "kind": str(self.kind),
            "words": text if self.sealed_words else "",
            "seconds": self.seconds,
            "width": self.width,
            "height": self.height,
        }

    def body(self, cipher: crypto.Cipher) -> str:
        """The text of its message: the sender's words, or what it is, in the sender's language."""
        if words := self.words(cipher):
            return words
        with override(self.author.language):
            return str(self.Kind(self.kind).label)
