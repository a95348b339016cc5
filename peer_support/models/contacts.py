"""Who was in touch with whom: contacts made and planned, a family's "not now", and how a contact felt."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import crypto

# What the clocks of one person's contacts are about; their subject_id is the person's public id.
SUBJECT = "contacts"


class Way(models.TextChoices):
    VISIT = "visit", _("in person")
    CALL = "call", _("by phone")
    TEXT = "text", _("by text message")
    CHAT = "chat", _("in a chat here")
    VIDEO = "video", _("by video")


class Setting(models.TextChoices):
    """Where the person was. The first words are those of the Florida care coordination guidance, line 18."""

    CSU = "csu", _("crisis unit")
    HOSPITAL = "hospital", _("hospital")
    SHELTER = "shelter", _("shelter")
    DETOX = "detox", _("detox center")
    RESIDENTIAL = "residential", _("live-in treatment")
    HOME = "home", _("at home")
    SCHOOL = "school", _("school")
    COMMUNITY = "community", _("out in the community")
    OTHER = "other", _("another place")


class Contact(models.Model):
    """Somebody who works here was in touch with one person of a family, or tried to be.

    It is between these two and the staff beside the family: another caregiver sees neither it nor that it exists.
    """

    class Outcome(models.TextChoices):
        REACHED = "reached", _("We reached each other")
        ATTEMPT = "attempt", _("I tried, no answer")
        REFUSED = "refused", _("They said: not now")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="contacts")
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="contacts")
    by = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="contacts")  # it counts under this role
    way = models.CharField(max_length=6, choices=Way)
    setting = models.CharField(max_length=12, choices=Setting, blank=True)
    sealed_place = models.BinaryField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    is_two_way = models.BooleanField(default=False)
    # Whether it counts for the programme's rhythm, by the profile as it was when it was written down.
    counts = models.BooleanField(default=False)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    sealed_note = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(is_two_way=False) | Q(outcome="reached"), name="contact_two_way"),
            models.CheckConstraint(condition=Q(counts=False) | Q(is_two_way=True), name="contact_counts"),
        )
        indexes = (models.Index(fields=["member", "happened_at"], name="contact_when"),)

    def __str__(self) -> str:
        return f"{self.way} {self.outcome} {self.happened_at:%Y-%m-%d %H:%M}"

    @property
    def place(self) -> str:
        return crypto.open_text(self.sealed_place, f"contact-place:{self.public_id}") if self.sealed_place else ""

    @place.setter
    def place(self, text: str) -> None:
        self.sealed_place = crypto.seal_text(text, f"contact-place:{self.public_id}") if text else None

    @property
    def note(self) -> str:
        return crypto.open_text(self.sealed_note, f"contact-note:{self.public_id}") if self.sealed_note else ""

    @note.setter
    def note(self, text: str) -> None:
        self.sealed_note = crypto.seal_text(text, f"contact-note:{self.public_id}") if text else None


class PlannedContact(models.Model):
    """When somebody means to be in touch next. Kept by a contact, or called off by either side without a reason."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="+")
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="planned_contacts")
    by = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=Way)
    planned_at = models.DateTimeField()
    sealed_place = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    called_off_at = models.DateTimeField(null=True)
    kept_by = models.OneToOneField(Contact, models.PROTECT, null=True, related_name="plan")

    class Meta:
        indexes = (
            models.Index(
                fields=["member", "planned_at"], condition=Q(called_off_at=None, kept_by=None), name="planned_ahead"
            ),
        )

    def __str__(self) -> str:
        return f"{self.way} planned {self.planned_at:%Y-%m-%d %H:%M}"

    @property
    def place(self) -> str:
        return crypto.open_text(self.sealed_place, f"planned-place:{self.public_id}") if self.sealed_place else ""

    @place.setter
    def place(self, text: str) -> None:
        self.sealed_place = crypto.seal_text(text, f"planned-place:{self.public_id}") if text else None


class ContactPause(models.Model):
    """One person's "not now": how it was said and when, until which day, and why only if they want to say it."""

    class Channel(models.TextChoices):
        PAGE = "page", _("on this page")
        VISIT = "visit", _("in person")
        CALL = "call", _("by phone")
        TEXT = "text", _("by text message")
        CHAT = "chat", _("in a chat here")
        VIDEO = "video", _("by video")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="+")
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="contact_pauses")
    channel = models.CharField(max_length=6, choices=Channel)
    said_at = models.DateTimeField()
    comes_back_on = models.DateField()  # the first day on which somebody asks again
    sealed_reason = models.BinaryField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)  # earlier than that day, or because another one follows

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member"], condition=Q(ended_at=None), name="one_contact_pause"),
        )

    def __str__(self) -> str:
        return f"not now until {self.comes_back_on}"

    @property
    def reason(self) -> str:
        return crypto.open_text(self.sealed_reason, f"contact-pause:{self.public_id}") if self.sealed_reason else ""

    @reason.setter
    def reason(self, text: str) -> None:
        self.sealed_reason = crypto.seal_text(text, f"contact-pause:{self.public_id}") if text else None


class ContactFelt(models.Model):
    """Whether the person felt respected: one tap, if they like. Nobody here sees whose answer it was."""

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("felt respected", "Yes")
        PARTLY = "partly", pgettext_lazy("felt respected", "Partly")
        NO = "no", pgettext_lazy("felt respected", "No")

    contact = models.OneToOneField(Contact, models.PROTECT, related_name="felt")
    answer = models.CharField(max_length=6, choices=Answer)
    answered_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.answer
