"""Three short questions after a meeting, who may read the answer, and what is published of all of them once a year."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Pulse(models.Model):
    """That one person of the family was asked how one meeting was. Who skips it is not asked again."""

    class Side(models.TextChoices):
        YOUNG = "young", _("young people")
        RAISING = "raising", _("parents and caregivers")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey("care.TeamMeeting", models.PROTECT, related_name="pulses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    side = models.CharField(max_length=7, choices=Side)
    asked_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()  # until then it can be answered, and the answer changed
    skipped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "person"], name="pulse_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} of {self.meeting_id}"

    @property
    def is_open(self) -> bool:
        return timezone.now() < self.closes_at


class PulseAnswer(models.Model):
    """One answer. The newest counts; none is overwritten."""

    class Heard(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")
        AWAY = "away", _("I was not there")

    class Changed(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNSURE = "unsure", _("I do not know")

    class Reader(models.TextChoices):
        """Who reads the answer and the words. All answers are counted."""

        NOBODY = "nobody", _("Nobody. Just count it")
        PEER = "peer", _("The one beside me")
        TEAM = "team", _("The staff of my team")

    pulse = models.ForeignKey(Pulse, models.PROTECT, related_name="answers")
    at = models.DateTimeField(default=timezone.now)
    heard = models.CharField(max_length=6, choices=Heard)
    changed = models.CharField(max_length=6, choices=Changed)
    sealed_words = models.BinaryField(null=True)
    reader = models.CharField(max_length=6, choices=Reader, default=Reader.NOBODY)
    # Of a licensed survey, where the programme brings one: for each of its questions the number of the answer.
    survey = models.JSONField(default=list)
    is_hard = models.BooleanField(default=False)  # words of danger: who wrote them reads where help is
    screened_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["id"], condition=Q(screened_at=None), name="pulse_unscreened"),)

    def __str__(self) -> str:
        return f"{self.pulse_id} {self.at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        return "" if self.sealed_words is None else crypto.open_text(self.sealed_words, f"pulse:{self.pulse.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"pulse:{self.pulse.public_id}") if text else None


class MeetingResult(models.Model):
    """How meetings went in one year of a programme, as everybody may read it. The numbers stay as they were published."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="meeting_results")
    first_on = models.DateField()  # of the year it is about
    last_on = models.DateField()
    counted_until = models.DateField()  # the last day whose answers are in it
    words = models.TextField(max_length=2000)  # what was learned and what changes, for everybody to read
    numbers = models.JSONField()  # with small ones left out already
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["program", "first_on"], name="meeting_result_once_a_year"),
            models.CheckConstraint(condition=Q(last_on__gt=models.F("first_on")), name="meeting_result_has_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.program_id} {self.first_on}"

    @property
    def is_late(self) -> bool:
        """Published after its year was over, where the programme is."""
        end = dt.datetime.combine(self.last_on + dt.timedelta(days=1), dt.time(), self.program.zone)
        return self.published_at >= end
