"""Who looks after a family that complained, or that lost its help on the way; and what was learned from complaints."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Watch(models.Model):
    """Somebody independent asks why: something changed for a family after it complained, unseen by who was complained of; or
    the help for it failed, with or without a complaint. It is not closed before the family was asked.
    """

    class What(models.TextChoices):
        SERVICE_CUT = "service_cut", _("a service was cut or stopped")
        WORKER_CHANGED = "worker_changed", _("somebody who helps the family was changed")
        DISCHARGE = "discharge", _("the family was to leave the program")
        # Failures: promises to a family that were not kept (Florida care coordination guidance, line 67).
        LOST_CONTACT = "lost_contact", _("contact was lost")
        READMITTED = "readmitted", _("a young person had to go back to a hospital soon")
        NO_LINK = "no_link", _("after a hospital, nobody was found in time")

    class Finding(models.TextChoices):
        NOT_LINKED = "not_linked", _("it has nothing to do with the complaint")
        LINKED = "linked", _("it may be because of the complaint")
        OURS = "ours", _("something on our side did not work")
        NOT_OURS = "not_ours", _("our side did what was promised")

    FAILURES = (What.LOST_CONTACT, What.READMITTED, What.NO_LINK)
    OF_COMPLAINTS = (Finding.NOT_LINKED, Finding.LINKED)
    OF_FAILURES = (Finding.OURS, Finding.NOT_OURS)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("Case", models.PROTECT, null=True, related_name="watches")  # null: a failure
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="+")
    member = models.ForeignKey("families.Member", models.PROTECT, null=True, related_name="+")  # whose, of a failure
    what = models.CharField(max_length=14, choices=What)
    about = models.CharField(max_length=120)  # the row that changed, such as "pairing:7": once each
    happened_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    reviewer = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    is_outside = models.BooleanField(default=False)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    asked_family_at = models.DateTimeField(null=True)  # FL-34: no review closes without asking the family
    reason = models.CharField(max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "about"], name="watched_once"),
            models.UniqueConstraint(fields=["about"], condition=Q(case=None), name="failure_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | (Q(asked_family_at__isnull=False) & ~Q(finding="") & ~Q(reason="")),
                name="closed_watch_asked_and_says_why",
            ),
        )
        indexes = (models.Index(fields=["reviewer", "closed_at"], name="watch_of_reviewer"),)

    def __str__(self) -> str:
        return f"{self.what} {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("watch_show", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_failure(self) -> bool:
        return self.what in self.FAILURES

    @property
    def findings(self) -> list[tuple[str, str]]:
        """What may come out of it."""
        known = self.OF_FAILURES if self.is_failure else self.OF_COMPLAINTS
        return [(one.value, str(one.label)) for one in known]

    @property
    def told_as(self) -> str:
        """What notices to its reviewer are about."""
        return f"watch:{self.public_id}"

    @property
    def asked_as(self) -> str:
        """What notices to the family are about."""
        return f"watch-question:{self.public_id}"


class WatchWord(models.Model):
    """What somebody of the family said to it. Each word stays; nobody but the reviewer and who said it reads it."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNSURE = "unsure", _("not sure")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    watch = models.ForeignKey(Watch, models.PROTECT, related_name="said")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=6, choices=Answer, blank=True)
    sealed_words = models.BinaryField(null=True)
    at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")  # said by voice

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(answer="") | Q(sealed_words__isnull=False), name="watch_word_says"),
            models.CheckConstraint(condition=Q(person=None) ^ Q(written_by=None), name="watch_word_is_of_one"),
        )

    def __str__(self) -> str:
        return f"{self.answer} to {self.watch_id}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"watch-word:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"watch-word:{self.public_id}") if text else None


class Lesson(models.Model):
    """What was learned from what families told, and what changed by it: for everyone to read, so without anybody's name.

    It belongs to no case: from none of them can be told where it came from.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    text = models.CharField(max_length=600)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["program", "-published_at"], name="lessons_of_program"),)

    def __str__(self) -> str:
        return self.text[:40]
