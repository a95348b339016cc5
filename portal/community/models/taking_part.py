"""Where families can take part in what is decided: boards, work groups and the like, and the seats around a table."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Opportunity(models.Model):
    """One chance to take part, with what somebody has to know before they can say yes to it."""

    class Kind(models.TextChoices):
        BOARD = "board", _("A board")
        WORK_GROUP = "work_group", _("A work group")
        SURVEY = "survey", _("A survey")
        TRAINING = "training", _("A training")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="opportunities")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=120)
    about = models.TextField(max_length=2000)
    meets = models.CharField(max_length=160)  # when and where, in words
    stipend = models.CharField(max_length=120, blank=True)  # each of these: blank where there is none
    childcare = models.CharField(max_length=120, blank=True)
    mentoring = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list)
    register_by = models.DateField(null=True)  # the last day, where there is one
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "opportunities"
        indexes = (models.Index(fields=["program", "closed_at"], name="opportunity_program"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        is_late = self.register_by is not None and self.program.today() > self.register_by
        return self.closed_at is None and not is_late


class Seat(models.Model):
    """One seat of a body that decides, such as a community collaborative: for whom it is, and whether somebody holds it.

    Whoever holds it is named only once they have said yes to that themselves.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", _("for families")
        YOUTH = "youth", _("for young people")
        OTHER = "other", _("for agencies and others")

    OF_FAMILIES = (Kind.FAMILY, Kind.YOUTH)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey("programs.Organization", models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=6, choices=Kind)
    title = models.CharField(max_length=80)
    held_since = models.DateField(null=True)  # empty: the seat is open
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField(null=True)  # the holder's own yes to being named
    ended_at = models.DateTimeField(null=True)  # there is no such seat any more

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(holder__isnull=True) | Q(held_since__isnull=False), name="a_holder_holds_the_seat"
            ),
            models.CheckConstraint(
                condition=Q(named_at__isnull=True) | Q(holder__isnull=False), name="only_a_holder_is_named"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.held_since is None and self.ended_at is None

    @property
    def may_be_applied_for(self) -> bool:
        return self.is_open and self.kind in self.OF_FAMILIES


class Interest(models.Model):
    """Somebody would like to take part, or to have a seat, and what came of it. One row for each person and thing."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("you said you are interested")
        CAME = "came", _("you took part")
        TOOK_SEAT = "took_seat", _("you took the seat")
        COULD_NOT = "could_not", _("it could not be this time")
        TAKEN_BACK = "taken_back", _("taken back")

    NEXT = {  # noqa: RUF012
        State.REGISTERED: {State.CAME, State.TOOK_SEAT, State.COULD_NOT, State.TAKEN_BACK},
        State.CAME: set[State](),
        State.TOOK_SEAT: set[State](),
        State.COULD_NOT: {State.REGISTERED},
        State.TAKEN_BACK: {State.REGISTERED},
    }
    OUTCOMES = (State.CAME, State.TOOK_SEAT, State.COULD_NOT)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opportunity = models.ForeignKey(Opportunity, models.PROTECT, null=True, related_name="interests")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="interests")
    state = models.CharField(max_length=10, choices=State, default=State.REGISTERED)
    at = models.DateTimeField(default=timezone.now)
    sealed_words = models.BinaryField(null=True)  # what they were told with the outcome

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(opportunity__isnull=True) ^ Q(seat__isnull=True), name="interest_in_one_thing"
            ),
            models.UniqueConstraint(
                fields=["person", "opportunity"], condition=Q(opportunity__isnull=False), name="interested_once"
            ),
            models.UniqueConstraint(fields=["person", "seat"], condition=Q(seat__isnull=False), name="applied_once"),
        )

    def __str__(self) -> str:
        return f"interest {self.state}"

    @property
    def title(self) -> str:
        thing = self.opportunity or self.seat
        return thing.title if thing is not None else ""

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"interest-words:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"interest-words:{self.public_id}") if text else None
