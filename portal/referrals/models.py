"""A referral: somebody asked for help for a child, for themselves or for another family, and what became of it.

There is no state for "refused" and nothing deletes one: it waits, it is worked on, or it has become a family here.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Referral(models.Model):
    class Source(models.TextChoices):
        FAMILY = "family", _("the family itself")
        AGENCY = "agency", _("an agency")
        PROVIDER = "provider", _("a care provider")
        COURT = "court", _("a court")
        SCHOOL = "school", _("a school")

    class State(models.TextChoices):
        WRITING = "writing", _("being written")
        SENT = "sent", _("with us")
        WAITING = "waiting", _("waiting for the family")
        JOINED = "joined", _("the family is here")

    class Consent(models.TextChoices):
        """What the guardian knows and says: no help begins behind a guardian's back (ldh.la.gov, page 1339)."""

        UNKNOWN = "unknown", _("nobody has asked yet")
        YES = "yes", _("knows of it and says yes")
        NOT_NOW = "not_now", _("knows of it and says not now")

    class Next(models.TextChoices):
        """What the owner does next, as the family reads it in its own language."""

        CALL = "call", _("We call you or write to you")
        VISIT = "visit", _("We meet you in person")
        YOUR_WORD = "your_word", _("We wait for your word")
        TEAM = "team", _("The agencies talk about it together")
        DECISION = "decision", _("The agencies decide")
        JOIN = "join", _("We open your family’s page")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="referrals")
    source = models.CharField(max_length=10, choices=Source, default=Source.FAMILY)
    state = models.CharField(max_length=10, choices=State, default=State.WRITING)
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.UNKNOWN)
    language = models.CharField(max_length=10)
    code_key = models.CharField(max_length=64, unique=True)
    sealed_answers = models.BinaryField(null=True)
    revision = models.PositiveIntegerField(default=0)  # of the answers: two pages may be open
    owner = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    next_step = models.CharField(max_length=12, choices=Next, blank=True)
    next_on = models.DateField(null=True)
    family = models.ForeignKey("families.Family", models.PROTECT, null=True, related_name="referrals")
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state="writing") ^ Q(sent_at__isnull=False), name="referral_sent_when"),
            models.CheckConstraint(condition=~Q(state="joined") ^ Q(family__isnull=False), name="referral_joined_whom"),
            models.CheckConstraint(condition=~Q(state="joined") | Q(consent="yes"), name="referral_joined_willing"),
        )
        indexes = (models.Index(fields=["program", "state", "next_on"], name="referral_next"),)

    def __str__(self) -> str:
        return f"{self.source} {self.state}"

    @property
    def answers(self) -> dict[str, Any]:
        """What was written, opened: who it is for, what is going on, how and when to reach them."""
        if self.sealed_answers is None:
            return {}
        opened: dict[str, Any] = json.loads(crypto.open_text(self.sealed_answers, self._context))
        return opened

    @answers.setter
    def answers(self, answers: dict[str, Any]) -> None:
        self.sealed_answers = crypto.seal_text(json.dumps(answers, ensure_ascii=False), self._context)

    @property
    def _context(self) -> str:
        return f"referral:{self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.SENT, self.State.WAITING}


class ReferralStep(models.Model):
    """One thing that happened to a referral; the family sees each. Rows are added; the database refuses to change one."""

    class Kind(models.TextChoices):
        SENT = "sent", _("You asked us for help")
        REFERRED = "referred", _("Someone asked us to help your family")
        TAKEN = "taken", _("Someone here took it on")
        CONTACTED = "contacted", _("We got in touch with you")
        MET = "met", _("We met you in person")
        AGREED = "agreed", _("You said yes")
        NOT_NOW = "not_now", _("You said not now. We wait for you")
        SCHEDULED = "scheduled", _("A date is set for the agencies to talk")
        DECIDED = "decided", _("The agencies decided")
        LOOKED_AT = "looked_at", _("We looked at who the program is for")
        ANSWERED = "answered", _("We answered your question")
        JOINED = "joined", _("Your family has a page here")

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    day = models.DateField(null=True)  # the date that was set, where one was
    key = models.UUIDField(null=True, unique=True)  # of the form it came from: the same form twice is one step
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Finding(models.Model):
    """Whether one of the programme's criteria fits, and why. The newest of each criterion holds; older ones stay."""

    class Result(models.TextChoices):
        FITS = "fits", _("This fits")
        NOT_YET = "not_yet", _("This does not fit, as we know it today")
        UNSURE = "unsure", _("We do not know yet")

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="findings")
    criterion = models.CharField(max_length=60)  # an id of the profile's target population, or "priority"
    result = models.CharField(max_length=8, choices=Result, default=Result.UNSURE)
    sealed_reason = models.BinaryField()
    by = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.criterion} {self.result}"

    @property
    def reason(self) -> str:
        return crypto.open_text(self.sealed_reason, f"finding:{self.referral_id}")

    @reason.setter
    def reason(self, text: str) -> None:
        self.sealed_reason = crypto.seal_text(text, f"finding:{self.referral_id}")


class Question(models.Model):
    """The family questions what was found, or asks something. It is open until staff answer with a reason."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="questions")
    about = models.CharField(max_length=60, blank=True)  # a criterion, "priority", "source"; blank: anything
    sealed_words = models.BinaryField()
    key = models.UUIDField(unique=True)  # of the form it came from: the same form twice is one question
    asked_at = models.DateTimeField(default=timezone.now)
    sealed_answer = models.BinaryField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at=None) ^ Q(sealed_answer__isnull=False), name="question_answered_with_words"
            ),
        )

    def __str__(self) -> str:
        return f"about {self.about or 'it'}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"question:{self.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"question:{self.public_id}")

    @property
    def answer(self) -> str:
        return crypto.open_text(self.sealed_answer, f"question:{self.public_id}") if self.sealed_answer else ""

    @answer.setter
    def answer(self, text: str) -> None:
        self.sealed_answer = crypto.seal_text(text, f"question:{self.public_id}")
