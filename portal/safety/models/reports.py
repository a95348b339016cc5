"""A report of abuse or neglect that somebody of staff must make: their words, whom they called and when, and who must never know.

There is no state in which anybody else approves or refuses it: the duty is the reporter's own.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class AbuseReport(models.Model):
    """One person's report about one child. Until `ready_at` it is a draft that only they know of."""

    # Made by the page, so that the same form sent twice is one report.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="abuse_reports")
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    child = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, null=True, related_name="+")
    sealed_said = models.BinaryField()
    # Whoever the report is about: they never see it, nor that it is there, whatever their job.
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)  # somebody took the report
    # What the worker reminds of, and whom: the next moment, and how often it has.
    next_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    # Who leads the reporter, and is not named nor close to who is: told that there is a report, of its words only if shared.
    told = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    family_at = models.DateTimeField(null=True)
    is_family_told = models.BooleanField(null=True)
    sealed_family_words = models.BinaryField(null=True)  # how they were told, or why it is not safe to tell them

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(called_at=None) | Q(ready_at__isnull=False), name="who_called_knew_whom_to_call"
            ),
            models.CheckConstraint(
                condition=Q(called_at=None) | Q(next_at=None), name="nobody_is_reminded_of_a_call_made"
            ),
        )
        indexes = (models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="report_to_remind"),)

    def __str__(self) -> str:
        return f"{self.public_id}"

    @property
    def said(self) -> dict[str, Any]:
        """What was typed and chosen, by the names of the form's fields, as it was typed."""
        kept: dict[str, Any] = json.loads(crypto.open_text(self.sealed_said, f"abuse-report:{self.public_id}"))
        return kept

    @said.setter
    def said(self, typed: dict[str, Any]) -> None:
        self.sealed_said = crypto.seal_text(json.dumps(typed), f"abuse-report:{self.public_id}")

    @property
    def family_words(self) -> str:
        kept = self.sealed_family_words
        return crypto.open_text(kept, f"abuse-report-family:{self.public_id}") if kept else ""

    @family_words.setter
    def family_words(self, text: str) -> None:
        self.sealed_family_words = crypto.seal_text(text, f"abuse-report-family:{self.public_id}")

    @property
    def is_open(self) -> bool:
        """Somebody knows whom to call, and nobody has taken the report."""
        return self.ready_at is not None and self.called_at is None


class ReportCall(models.Model):
    """One call the reporter made: taken by somebody, or not. Its reference may come later; nothing else is changed."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("They took my report")
        NOT_REACHED = "not_reached", _("I could not reach them")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(AbuseReport, models.PROTECT, related_name="calls")
    outcome = models.CharField(max_length=12, choices=Outcome)
    at = models.DateTimeField()
    noted_at = models.DateTimeField(default=timezone.now)
    sealed_facts = models.BinaryField()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d %H:%M}"

    @property
    def facts(self) -> dict[str, str]:
        """`whom` was called, who `took` it, and the `reference` they gave."""
        kept: dict[str, str] = json.loads(crypto.open_text(self.sealed_facts, f"report-call:{self.public_id}"))
        return kept

    @facts.setter
    def facts(self, typed: dict[str, str]) -> None:
        self.sealed_facts = crypto.seal_text(json.dumps(typed), f"report-call:{self.public_id}")
