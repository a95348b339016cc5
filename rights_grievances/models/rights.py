"""What a family was told of its rights, what it said of them, and who looks after a family that complained."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RightsShown(models.Model):
    """That a person was shown the rights of their programme: when, in which language, in which version of the text."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    right = models.CharField(max_length=60, blank=True)  # blank: all of them, as one page
    language = models.CharField(max_length=12)  # of the text that was shown
    version = models.CharField(max_length=64)  # hash of that text
    shown_at = models.DateTimeField(default=timezone.now)
    was_skipped = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["person", "program", "shown_at"], name="rights_shown_when"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.right or 'all'} {self.language}"


class RightAnswer(models.Model):
    """What somebody said to "was this respected?". The last word counts; the others stay."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNSURE = "unsure", _("not sure")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    right = models.CharField(max_length=60)
    answer = models.CharField(max_length=6, choices=Answer)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["person", "right", "at"], name="right_answers"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.right} {self.answer}"


class Watch(models.Model):
    """Something changed for a family after it complained: somebody independent asks why, unseen by who was complained of."""

    class What(models.TextChoices):
        SERVICE_CUT = "service_cut", _("a service was cut or stopped")
        WORKER_CHANGED = "worker_changed", _("somebody who helps the family was changed")
        DISCHARGE = "discharge", _("the family was to leave the program")

    class Finding(models.TextChoices):
        NOT_LINKED = "not_linked", _("it has nothing to do with the complaint")
        LINKED = "linked", _("it may be because of the complaint")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("Case", models.PROTECT, related_name="watches")
    what = models.CharField(max_length=14, choices=What)
    about = models.CharField(max_length=120)  # the row that changed, such as "pairing:…": once each
    happened_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    reviewer = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    is_outside = models.BooleanField(default=False)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    asked_family_at = models.DateTimeField(null=True)  # FL-34: no review closes without asking the family
    reason = models.CharField(max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "about"], name="watched_once"),)

    def __str__(self) -> str:
        return f"{self.what} after {self.case_id}"
