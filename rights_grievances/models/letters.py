"""Letters of a case: what each says, as it was sent, in which language, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Letter(models.Model):
    """One letter. Once it is dated its text never changes; a mistake is put right by another letter."""

    class Kind(models.TextChoices):
        ACKNOWLEDGMENT = "acknowledgment", _("We have your words")
        EXTENSION = "extension", _("It takes longer")
        DECISION = "decision", _("Our answer")
        LATE = "late", _("We are late")
        NOT_FAST = "not_fast", _("Your appeal does not go fast")
        CONTINUATION = "continuation", _("About keeping your service going")
        HEARING = "hearing", _("How to ask the state for a hearing")

    class Way(models.TextChoices):
        SITE = "site", _("on this site")
        MAIL = "mail", _("by mail")
        HAND = "hand", _("by hand")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("Case", models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=14, choices=Kind)
    language = models.CharField(max_length=12)  # of its fixed words: the reader's where a person has reviewed them
    wanted_language = models.CharField(max_length=12)
    sealed_fields = models.BinaryField()  # JSON of what the writer filled in, and of every fact it states
    sealed_html = models.BinaryField(null=True)  # as sent, whole
    sealed_pdf = models.BinaryField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    dated_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=6, choices=Way, blank=True)
    seen_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)  # the mail brought it back
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(sent_at=None) | ~Q(dated_on=None), name="a_sent_letter_has_a_date"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | ~Q(sealed_html=None), name="a_sent_letter_has_its_words"
            ),
        )
        indexes = (models.Index(fields=["case", "made_at"], name="letters_of_a_case"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.dated_on or ''}".strip()

    @property
    def fields(self) -> str:
        return crypto.open_text(self.sealed_fields, f"letter-fields:{self.public_id}")

    @fields.setter
    def fields(self, text: str) -> None:
        self.sealed_fields = crypto.seal_text(text, f"letter-fields:{self.public_id}")

    @property
    def html(self) -> str:
        return crypto.open_text(self.sealed_html, f"letter-html:{self.public_id}") if self.sealed_html else ""

    @html.setter
    def html(self, text: str) -> None:
        self.sealed_html = crypto.seal_text(text, f"letter-html:{self.public_id}") if text else None

    @property
    def pdf(self) -> bytes:
        return (
            crypto.unwrap(bytes(self.sealed_pdf), f"letter-pdf:{self.public_id}".encode()) if self.sealed_pdf else b""
        )

    @pdf.setter
    def pdf(self, data: bytes) -> None:
        self.sealed_pdf = crypto.wrap(data, f"letter-pdf:{self.public_id}".encode()) if data else None
