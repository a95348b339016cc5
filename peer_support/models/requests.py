"""What somebody of a family asks the family organization for, where each request is, and the classes it holds."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto

# What the clock of a request is about; its subject_id is the request's public id.
SUBJECT = "support_request"


class EducatorClass(models.Model):
    """A class for families, as the organization that holds it writes it down, in the language it is held in."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey("programs.Organization", models.PROTECT, related_name="classes")
    title = models.CharField(max_length=120)
    about = models.TextField(max_length=600)
    language = models.CharField(max_length=12)
    held_on = models.DateField()  # the first day, where there are several
    begins_at = models.TimeField(null=True)
    place = models.CharField(max_length=160)  # or how to join from home
    places = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)  # called off

    class Meta:
        indexes = (models.Index(fields=["organization", "held_on"], name="class_when"),)

    def __str__(self) -> str:
        return f"{self.title} {self.held_on}"


class SupportRequest(models.Model):
    """One thing that one person of a family asked for, tracked from the asking to the end.

    It belongs to who asked: nobody else of the family sees it, nor that it exists.
    """

    class Kind(models.TextChoices):
        CLASS = "class", _("A class")
        ADVOCATE = "advocate", _("Someone who speaks up with you")
        PEER = "peer", _("A peer partner")
        MENTOR = "mentor", _("A youth mentor")
        LIAISON = "liaison", _("A liaison you choose")
        MEETING = "meeting", _("Someone who comes to a meeting with you")

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        TAKEN_UP = "taken_up", _("someone takes care of it")
        ARRANGED = "arranged", _("arranged")
        DONE = "done", _("done")
        COULD_NOT = "could_not", _("it could not be done")
        TAKEN_BACK = "taken_back", _("taken back")

    # What may follow what: the only transitions there are.
    NEXT = {  # noqa: RUF012
        State.ASKED: {State.TAKEN_UP, State.ARRANGED, State.DONE, State.COULD_NOT, State.TAKEN_BACK},
        State.TAKEN_UP: {State.TAKEN_UP, State.ARRANGED, State.DONE, State.COULD_NOT, State.TAKEN_BACK},
        State.ARRANGED: {State.ARRANGED, State.TAKEN_UP, State.DONE, State.COULD_NOT, State.TAKEN_BACK},
        State.DONE: set[State](),
        State.COULD_NOT: set[State](),
        State.TAKEN_BACK: set[State](),
    }
    OPEN = (State.ASKED, State.TAKEN_UP, State.ARRANGED)
    # These two are asked for by a wish, and end when somebody was found (peer_support/actions/wishes.py).
    BY_WISH = (Kind.PEER, Kind.MENTOR)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="support_requests")
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="support_requests")  # who asked
    # For whom: who asked, but where a guardian asks for a mentor for a young person.
    for_member = models.ForeignKey("families.Member", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    educator_class = models.ForeignKey(EducatorClass, models.PROTECT, null=True, related_name="requests")
    # The liaison they would like, or whom they would like to have beside them; nobody: whoever can.
    helper = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    meets_on = models.DateField(null=True)  # of the meeting somebody is to come to
    meets_at = models.TimeField(null=True)
    sealed_place = models.BinaryField(null=True)
    sealed_words = models.BinaryField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    # The day the family hears more, or the day it was arranged for: what is shown as late once it has passed.
    next_on = models.DateField(null=True)
    next_at = models.TimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="class") ^ Q(educator_class__isnull=False), name="a_class_request_names_the_class"
            ),
            models.CheckConstraint(
                condition=~Q(kind="meeting") ^ Q(meets_on__isnull=False), name="a_meeting_request_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="arranged") | Q(next_on__isnull=False), name="arranged_for_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "taken_up", "arranged"]) ^ Q(ended_at__isnull=False),
                name="request_ended_when",
            ),
        )
        indexes = (models.Index(fields=["family", "state"], name="request_family"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_by_wish(self) -> bool:
        return self.kind in self.BY_WISH

    @property
    def day(self) -> dt.date | None:
        """The day it is about, where whoever asked named one: of their meeting, or of the class."""
        if self.educator_class is not None:
            return self.educator_class.held_on
        return self.meets_on

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"request-words:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"request-words:{self.public_id}") if text else None

    @property
    def place(self) -> str:
        return crypto.open_text(self.sealed_place, f"request-place:{self.public_id}") if self.sealed_place else ""

    @place.setter
    def place(self, text: str) -> None:
        self.sealed_place = crypto.seal_text(text, f"request-place:{self.public_id}") if text else None


class RequestStep(models.Model):
    """One thing that happened to a request, with what was said to who asked. Rows are added, never changed."""

    class Kind(models.TextChoices):
        TAKEN_UP = "taken_up", _("Someone takes care of it")
        CANNOT_COME = "cannot_come", _("The one you named cannot come. We look for someone else")
        OFFERED = "offered", _("There is someone for you to meet")
        ARRANGED = "arranged", _("It is arranged")
        DONE = "done", _("It is done")
        COULD_NOT = "could_not", _("It could not be done")
        TAKEN_BACK = "taken_back", _("You took it back")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(SupportRequest, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    day = models.DateField(null=True)
    sealed_words = models.BinaryField(null=True)
    sealed_instead = models.BinaryField(null=True)  # what is there for the family instead

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"request-step:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"request-step:{self.public_id}") if text else None

    @property
    def instead(self) -> str:
        return crypto.open_text(self.sealed_instead, f"request-instead:{self.public_id}") if self.sealed_instead else ""

    @instead.setter
    def instead(self, text: str) -> None:
        self.sealed_instead = crypto.seal_text(text, f"request-instead:{self.public_id}") if text else None
