"""Reviews of translated content: which exact words a qualified person approved, of which exact source."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Review(models.Model):
    """A qualified person's approval of one translation. It stops counting when either text changes by one letter."""

    key = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    source_hash = models.CharField(max_length=64)
    text_hash = models.CharField(max_length=64)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    qualification = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "language", "source_hash", "text_hash"], name="one_review_per_text"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.language}"
