"""You said, we did: what families said and what was done because of it, in our words, for everyone to read."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SaidDone(models.Model):
    """One entry, until it is taken back. It names nobody and quotes nobody who did not agree to that."""

    class Source(models.TextChoices):
        SUGGESTION = "suggestion", _("from suggestions")
        COMMENTS = "comments", _("from comments on a draft")
        PULSE = "pulse", _("from questions after meetings")
        OTHER = "other", _("from what families told us")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="said_done")
    said = models.TextField(max_length=600)
    did = models.TextField(max_length=600)
    source = models.CharField(max_length=10, choices=Source)
    how_many = models.PositiveIntegerField(null=True)  # people who said it, where that is no small number
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["program", "-published_at"], name="said_done_program"),)

    def __str__(self) -> str:
        return f"said and done {self.published_at:%Y-%m-%d}"
