"""Drafts of rules on which everybody may comment for a while, and what they said."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal import crypto


class CommentPeriod(models.Model):
    """A draft, open for comments from one day to another, both of them whole days where the programme is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="comment_periods")
    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=2000)  # in plain words
    text = models.TextField(max_length=60_000, blank=True)  # the draft itself, or the page where it stands
    link = models.URLField(max_length=300, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    heard = models.TextField(max_length=6000, blank=True)  # what we heard, and what we changed because of it
    changed = models.TextField(max_length=6000, blank=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="comments_close_after_they_open"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | (~Q(heard="") & ~Q(changed="")), name="comments_answered_in_words"
            ),
        )
        indexes = (models.Index(fields=["program", "closes_on"], name="comment_period_when"),)

    def __str__(self) -> str:
        return f"{self.title} {self.closes_on}"

    @property
    def today(self) -> dt.date:
        return self.program.today()

    @property
    def is_ahead(self) -> bool:
        return self.today < self.opens_on

    @property
    def is_open(self) -> bool:
        return self.opens_on <= self.today <= self.closes_on

    @property
    def is_closed(self) -> bool:
        return self.today > self.closes_on


class Comment(models.Model):
    """What somebody said to a draft, with or without an account; only its own writer's page says whose it is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(CommentPeriod, models.PROTECT, related_name="comments")
    number = models.CharField(max_length=8, unique=True)  # of the receipt: by chance, so that it counts nothing
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_words = models.BinaryField()
    sealed_signed_as = models.BinaryField(null=True)  # a name, where its writer wants it to stand beside
    may_quote = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"comment {self.number}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"comment-words:{self.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"comment-words:{self.public_id}")

    @property
    def signed_as(self) -> str:
        sealed = self.sealed_signed_as
        return crypto.open_text(sealed, f"comment-name:{self.public_id}") if sealed else ""

    @signed_as.setter
    def signed_as(self, text: str) -> None:
        self.sealed_signed_as = crypto.seal_text(text, f"comment-name:{self.public_id}") if text else None
