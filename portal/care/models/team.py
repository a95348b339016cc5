"""The team around one young person: who is on it, who asked them, since when; which places are empty and why."""

from __future__ import annotations

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto
from portal.families.models import AccessBasis


class TeamRole(models.TextChoices):
    """The places a team has. Which of them a programme asks for says its profile."""

    CARE_MANAGER = "care_manager", _("care manager")
    YOUTH = "youth", _("the young person")
    CAREGIVER = "caregiver", _("parent or caregiver")
    PEER = "peer", _("peer partner or youth mentor")
    PROVIDER = "provider", _("someone who gives a service")
    NEIGHBOR = "neighbor", _("neighbor, relative or friend")
    SCHOOL = "school", _("someone from school")
    REFERRER = "referrer", _("whoever sent you here")
    COURT = "court", _("court or juvenile office")
    OTHER = "other", _("someone else")


class Seat(models.Model):
    """One place on the team of one plan. Someone without an account is there by name; what was before stays to be seen."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("asked for")  # by staff: until the family says yes
        IN = "in", _("on the team")
        LEFT = "left", _("no longer on the team")
        DECLINED = "declined", _("not wanted by the family")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=TeamRole)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_name = models.BinaryField(null=True)  # of who has no account
    sealed_reach = models.BinaryField(null=True)  # how to reach them, as they want it
    agency = models.CharField(max_length=120, blank=True)
    # Whoever is on it only because of a help the young person agreed to is seen by those who see that help.
    access_basis = models.CharField(max_length=10, choices=AccessBasis, default=AccessBasis.PARENT)
    # Not asked by anybody: the young person, who raises them, and the staff beside the family.
    by_itself = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.IN)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    joined_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    sealed_why = models.BinaryField(null=True)  # why they left, where somebody said

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "person"], condition=Q(state__in=["proposed", "in"]), name="seat_once"
            ),
            models.CheckConstraint(condition=~Q(person=None, sealed_name=None), name="seat_is_somebodys"),
            # One account has one seat: a closed one with an account would be in the way of an open one, and so tell.
            models.CheckConstraint(
                condition=Q(access_basis="parent") | Q(person=None), name="seat_closed_by_name_only"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "in"], ended_at=None)
                | Q(state__in=["left", "declined"], ended_at__isnull=False),
                name="seat_ended_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.state}"

    @property
    def is_in(self) -> bool:
        return self.state == self.State.IN

    @property
    def called(self) -> str:
        """As they are called, with or without an account."""
        return self.name if self.person is None else self.person.display_name

    @property
    def name(self) -> str:
        return self._opened("name")

    @name.setter
    def name(self, text: str) -> None:
        self.sealed_name = self._sealed("name", text)

    @property
    def reach(self) -> str:
        return self._opened("reach")

    @reach.setter
    def reach(self, text: str) -> None:
        self.sealed_reach = self._sealed("reach", text)

    @property
    def why(self) -> str:
        return self._opened("why")

    @why.setter
    def why(self, text: str) -> None:
        self.sealed_why = self._sealed("why", text)

    def _opened(self, part: str) -> str:
        sealed = {"name": self.sealed_name, "reach": self.sealed_reach, "why": self.sealed_why}[part]
        return "" if sealed is None else crypto.open_text(sealed, f"seat-{part}:{self.public_id}")

    def _sealed(self, part: str, text: str) -> bytes | None:
        return crypto.seal_text(text, f"seat-{part}:{self.public_id}") if text else None


class EmptyPlace(models.Model):
    """Why a place the programme asks for is empty: the newest word counts, none is overwritten."""

    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="empty_places")
    role = models.CharField(max_length=12, choices=TeamRole)
    sealed_why = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.role} is empty"

    @property
    def why(self) -> str:
        return crypto.open_text(self.sealed_why, f"empty-place:{self.plan_id}")

    @why.setter
    def why(self, text: str) -> None:
        self.sealed_why = crypto.seal_text(text, f"empty-place:{self.plan_id}")


class TeamAsk(models.Model):
    """One of the family asks for somebody else of the staff beside them. It is between them and the staff; no reason is needed."""

    class Answer(models.TextChoices):
        CHANGES = "changes", _("someone else comes")
        STAYS = "stays", _("it stays as it is for now")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="asks")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    sealed_why = models.BinaryField(null=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    sealed_words = models.BinaryField(null=True)  # what was answered

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["seat", "asked_by"], condition=Q(answered_at=None), name="team_ask_once"),
            models.CheckConstraint(
                condition=Q(answer="") ^ Q(answered_at__isnull=False), name="team_answer_has_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat_id} {self.answer}"

    @property
    def why(self) -> str:
        return "" if self.sealed_why is None else crypto.open_text(self.sealed_why, f"team-ask:{self.public_id}")

    @why.setter
    def why(self, text: str) -> None:
        self.sealed_why = crypto.seal_text(text, f"team-ask:{self.public_id}") if text else None

    @property
    def words(self) -> str:
        return "" if self.sealed_words is None else crypto.open_text(self.sealed_words, f"team-words:{self.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"team-words:{self.public_id}")


class TeamLink(models.Model):
    """A link by which one natural support joins: once, within days, and only with the word they were told by mouth."""

    TRIES = 5

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    word_hash = models.CharField(max_length=128)  # slow to guess: a password hash
    tries = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # taken back, or tried too often

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["seat"], condition=Q(used_at=None, ended_at=None), name="team_link_once"),
        )

    def __str__(self) -> str:
        return f"{self.seat_id} until {self.expires_at:%Y-%m-%d}"

    @staticmethod
    def digest(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
