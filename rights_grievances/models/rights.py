"""What a family was told of its rights, and what it said of them."""

from __future__ import annotations

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
