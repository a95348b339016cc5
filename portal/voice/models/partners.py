"""The lead family partner of a collaborative: how they show themselves, and what families ask them for."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto

# What the clock of such a request is about; its subject_id is the request's public id.
PARTNER_SUBJECT = "partner_request"


class PartnerConsent(models.Model):
    """From when to when a lead family partner lets families read their name. Without one the page names the job alone."""

    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="name_consents")
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["staff_role"], condition=Q(ended_at=None), name="partner_consent_once"),
        )

    def __str__(self) -> str:
        return f"{self.staff_role_id} since {self.given_at:%Y-%m-%d}"


class PartnerRequest(models.Model):
    """One of a family asks the lead family partner for help. It is between the two; nobody else of the family sees it."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        TAKEN = "taken", _("someone takes care of it")
        ANSWERED = "answered", _("answered")
        TAKEN_BACK = "taken_back", _("taken back")

    # What may follow what: the only transitions there are.
    NEXT = {  # noqa: RUF012
        State.ASKED: {State.TAKEN, State.ANSWERED, State.TAKEN_BACK},
        State.TAKEN: {State.ANSWERED, State.TAKEN_BACK},
        State.ANSWERED: set[State](),
        State.TAKEN_BACK: set[State](),
    }
    LIVE = (State.ASKED, State.TAKEN)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="partner_requests")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    sealed_words = models.BinaryField()
    asked_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_answer = models.BinaryField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["asked", "taken"]) ^ Q(ended_at__isnull=False), name="partner_request_ended_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(sealed_answer__isnull=False), name="partner_answer_says_something"
            ),
        )
        indexes = (models.Index(fields=["member", "state"], name="partner_request_of"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.state}"

    @property
    def told_as(self) -> str:
        return f"partner:{self.public_id}"

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"partner-words:{self.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"partner-words:{self.public_id}")

    @property
    def answer(self) -> str:
        if self.sealed_answer is None:
            return ""
        return crypto.open_text(self.sealed_answer, f"partner-answer:{self.public_id}")

    @answer.setter
    def answer(self, text: str) -> None:
        self.sealed_answer = crypto.seal_text(text, f"partner-answer:{self.public_id}") if text else None
