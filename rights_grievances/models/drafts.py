"""What somebody has begun to tell; photos and voice notes that go with it, then with its case, or with a plan's letter."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class CaseFile(models.Model):
    """A photo or voice note of a draft and then of its case, or of a plan's letter: made anew, as all media, and sealed."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        VOICE = "voice", _("Voice note")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey("Draft", models.CASCADE, null=True, related_name="files")
    case = models.ForeignKey("Case", models.PROTECT, null=True, related_name="files")
    notice = models.ForeignKey("AdverseNotice", models.PROTECT, null=True, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    sealed_file = models.BinaryField()  # bytes: crypto.wrap(made.file, file_context)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(draft__isnull=False, case=None, notice=None)
                | Q(draft=None, case__isnull=False, notice=None)
                | Q(draft=None, case=None, notice__isnull=False),
                name="file_is_of_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def file_context(self) -> bytes:
        return f"case-file:{self.public_id}".encode()

    @property
    def file(self) -> bytes:
        return crypto.unwrap(bytes(self.sealed_file), self.file_context)

    @file.setter
    def file(self, data: bytes) -> None:
        self.sealed_file = crypto.wrap(data, self.file_context)

    @property
    def content_type(self) -> str:
        return "image/jpeg" if self.kind == self.Kind.PHOTO else "audio/mp4"


class Draft(models.Model):
    """What somebody has begun to tell: kept from the first key stroke, opened again by its code, gone when it was sent."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    taken_by = models.ForeignKey(
        "programs.StaffRole", models.PROTECT, null=True, related_name="+"
    )  # who writes down a call in it
    code_hash = models.CharField(max_length=64, unique=True)  # of the receipt code, which becomes that of the case
    sealed_form = models.BinaryField(null=True)  # JSON of all fields as typed
    number = models.PositiveIntegerField(default=0)  # of its last save: an older page overwrites nothing
    made_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    case = models.OneToOneField(
        "Case", models.PROTECT, null=True, related_name="draft"
    )  # what it became: sent twice is one

    class Meta:
        indexes = (models.Index(fields=["saved_at"], name="draft_saved"),)

    def __str__(self) -> str:
        return f"draft {self.public_id}"

    @property
    def form(self) -> str:
        return crypto.open_text(self.sealed_form, f"case-draft:{self.public_id}") if self.sealed_form else ""

    @form.setter
    def form(self, text: str) -> None:
        self.sealed_form = crypto.seal_text(text, f"case-draft:{self.public_id}") if text else None
