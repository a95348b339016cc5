"""The team's meetings: when and where, who comes, who helps with the language, what came of it."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class TeamMeeting(models.Model):
    """One meeting of the team of a plan. Its place is proposed until the family says yes to it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("it took place")
        CALLED_OFF = "called_off", _("called off")

    class How(models.TextChoices):
        PLACE = "place", _("in one place")
        PHONE = "phone", _("by phone")
        VIDEO = "video", _("by video")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    zone = models.CharField(max_length=40)  # IANA name: the time is that of the place
    how = models.CharField(max_length=5, choices=How, default=How.PLACE)
    sealed_place = models.BinaryField()  # where, or how to dial in
    sealed_about = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    place_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    place_agreed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # when it was written down as held or called off
    sealed_notes = models.BinaryField(null=True)  # minutes; or why it was called off
    sealed_without = models.BinaryField(null=True)  # why it was held though nobody of the family was there
    reminded_at = models.DateTimeField(null=True)
    # It grows with every change of when and where: calendars and forms tell an old state from a new one.
    sequence = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(place_agreed_at__isnull=False) | Q(state__in=["proposed", "called_off"]),
                name="meeting_place_is_the_familys",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "confirmed"], ended_at=None)
                | Q(state__in=["held", "called_off"], ended_at__isnull=False),
                name="meeting_ended_has_a_time",
            ),
        )
        indexes = (models.Index(fields=["plan", "starts_at"], name="meeting_of_plan"),)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} {self.state}"

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def is_planned(self) -> bool:
        return self.state in {self.State.PROPOSED, self.State.CONFIRMED}

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def place(self) -> str:
        return crypto.open_text(self.sealed_place, f"meeting-place:{self.public_id}")

    @place.setter
    def place(self, text: str) -> None:
        self.sealed_place = crypto.seal_text(text, f"meeting-place:{self.public_id}")

    @property
    def about(self) -> str:
        return (
            "" if self.sealed_about is None else crypto.open_text(self.sealed_about, f"meeting-about:{self.public_id}")
        )

    @about.setter
    def about(self, text: str) -> None:
        self.sealed_about = crypto.seal_text(text, f"meeting-about:{self.public_id}") if text else None

    @property
    def notes(self) -> str:
        return (
            "" if self.sealed_notes is None else crypto.open_text(self.sealed_notes, f"meeting-notes:{self.public_id}")
        )

    @notes.setter
    def notes(self, text: str) -> None:
        self.sealed_notes = crypto.seal_text(text, f"meeting-notes:{self.public_id}") if text else None

    @property
    def without(self) -> str:
        if self.sealed_without is None:
            return ""
        return crypto.open_text(self.sealed_without, f"meeting-without:{self.public_id}")

    @without.setter
    def without(self, text: str) -> None:
        self.sealed_without = crypto.seal_text(text, f"meeting-without:{self.public_id}") if text else None


class Guest(models.Model):
    """One of the team at one meeting: whether they come, whether they came, and the family's "not in the room for this"."""

    class Says(models.TextChoices):
        YES = "yes", _("comes")
        NO = "no", _("cannot come")
        MAYBE = "maybe", _("does not know yet")

    class Interpreter(models.TextChoices):
        NOT_NEEDED = "not_needed", _("not needed")
        NEEDED = "needed", _("needed")
        ASSIGNED = "assigned", _("assigned")
        WAIVED = "waived", _("not wanted, in their own word")

    meeting = models.ForeignKey(TeamMeeting, models.PROTECT, related_name="guests")
    seat = models.ForeignKey("care.Seat", models.PROTECT, related_name="visits")
    says = models.CharField(max_length=5, choices=Says, blank=True)
    came = models.BooleanField(null=True)
    # One of the family would like them there, by name: they are told so, beside what everybody is told.
    wanted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    wanted_at = models.DateTimeField(null=True)
    kept_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kept_out_at = models.DateTimeField(null=True)
    interpreter = models.CharField(max_length=10, choices=Interpreter, default=Interpreter.NOT_NEEDED)
    language = models.CharField(max_length=12, blank=True)  # in which they need one
    sealed_helper = models.BinaryField(null=True)  # who it is
    # The waiver is the person's own word, said in their language: which text they read, and in what language.
    waived_at = models.DateTimeField(null=True)
    waived_language = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["meeting", "seat"], name="guest_once"),
            models.CheckConstraint(condition=Q(interpreter="waived") ^ Q(waived_at=None), name="waiver_has_a_time"),
            models.CheckConstraint(condition=Q(wanted_by=None) ^ Q(wanted_at__isnull=False), name="wanted_has_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.seat_id} at {self.meeting_id}"

    @property
    def helper(self) -> str:
        if self.sealed_helper is None:
            return ""
        return crypto.open_text(self.sealed_helper, f"meeting-helper:{self.meeting_id}:{self.seat_id}")

    @helper.setter
    def helper(self, text: str) -> None:
        self.sealed_helper = (
            crypto.seal_text(text, f"meeting-helper:{self.meeting_id}:{self.seat_id}") if text else None
        )


class MeetingWish(models.Model):
    """What one of the family asks of a meeting, in their own words: another place, another time. It stays."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(TeamMeeting, models.PROTECT, related_name="wishes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed_text = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.by_id} about {self.meeting_id}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"meeting-wish:{self.public_id}")

    @text.setter
    def text(self, text: str) -> None:
        self.sealed_text = crypto.seal_text(text, f"meeting-wish:{self.public_id}")


class MeetingTask(models.Model):
    """A task of the plan that came out of a meeting."""

    meeting = models.ForeignKey(TeamMeeting, models.PROTECT, related_name="tasks")
    item = models.OneToOneField("care.Item", models.PROTECT, related_name="from_meeting")

    def __str__(self) -> str:
        return f"{self.item_id} from {self.meeting_id}"
