"""A worry about somebody's safety: who is told of it and when, who is on it, and how it ended.

What it is about is kept apart from who it is about: whoever is named in one never sees it, nor anybody close to them.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Concern(models.Model):
    """One worry about one person, open until somebody has closed it. What comes in meanwhile joins it."""

    class Source(models.TextChoices):
        SCREENER = "screener", _("found in a message")
        UNSAFE = "unsafe", _("they pressed “I feel unsafe”")
        TOLD = "told", _("somebody told us about a message")
        STAFF = "staff", _("a helper told us about a message")
        WRITTEN = "written", _("they wrote to us")

    class Severity(models.TextChoices):
        CRISIS = "crisis", _("may be in danger")
        CONCERN = "concern", _("to look at")

    class Step(models.TextChoices):
        """A crisis climbs the first four, the last of them again and again; what is to be looked at the two after."""

        ON_CALL = "on_call"
        SUPERVISOR = "supervisor"
        EVERYONE = "everyone"
        AGAIN = "again"
        WATCH = "watch"
        LEADS = "leads"
        HANDED = "handed"  # no rung: somebody gave it to somebody else, or asked them beside them

    class Outcome(models.TextChoices):
        HELPED = "helped", _("Help was given")
        TALKED = "talked", _("It was talked over")
        FALSE_ALARM = "false_alarm", _("Nothing was wrong")
        REPORTED = "reported", _("It was reported to the authorities")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What joins what: one open worry for each of these.
    joined_by = models.CharField(max_length=120)
    organization = models.ForeignKey("programs.Organization", models.PROTECT, related_name="+")  # whose rota answers
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")  # whose safety it is about
    family = models.ForeignKey("families.Family", models.PROTECT, null=True, related_name="+")
    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, null=True, related_name="concerns")
    source = models.CharField(max_length=8, choices=Source)
    severity = models.CharField(max_length=8, choices=Severity)
    kinds = models.JSONField(default=list)
    # Who is named in it: they and whoever is close to them never see it.
    about = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # From when its ladder counts: when it came, when it became a crisis, when it was given to somebody else.
    climbs_from = models.DateTimeField(default=timezone.now)
    due_step = models.CharField(max_length=10, choices=Step, blank=True)
    due_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["joined_by"], condition=Q(closed_at=None), name="one_concern_open"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="a_concern_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None) | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="somebody_is_on_it_or_nobody",
            ),
        )
        indexes = (
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="concern_due"),
            models.Index(fields=["organization", "closed_at"], name="concerns_of_one"),
        )

    def __str__(self) -> str:
        return f"{self.severity} {self.public_id}"

    @property
    def is_crisis(self) -> bool:
        return self.severity == self.Severity.CRISIS

    @property
    def tells(self) -> str:
        """What its notices are about."""
        return f"concern:{self.public_id}"


class ConcernStep(models.Model):
    """One step that was taken, once, and whom it told."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=Concern.Step)
    turn = models.PositiveSmallIntegerField(default=0)  # of what comes again: how often it came before
    at = models.DateTimeField(default=timezone.now)
    told = models.ManyToManyField("programs.StaffRole", related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["concern", "step", "turn"], name="concern_step_once"),)

    def __str__(self) -> str:
        return f"{self.step} of {self.concern_id}"


class ConcernMessage(models.Model):
    """One message it is about, by its key: it stays so when the message is changed, and what it said then is kept as well."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="messages")
    key = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["concern", "key"], name="concern_message_once"),)

    def __str__(self) -> str:
        return f"{self.key} in {self.concern_id}"


class ConcernNote(models.Model):
    """What somebody wrote or did about it, in the order in which it came."""

    class Kind(models.TextChoices):
        WORDS = "words", _("in their own words")
        MISTAKE = "mistake", _("said that they pressed by mistake")
        OPENED = "opened", _("is on it")
        DONE = "done", _("wrote down what was done")
        HANDED = "handed", _("gave it to somebody else")
        SECOND = "second", _("asked a second person")
        RISEN = "risen", _("something more serious came in")
        CLOSED = "closed", _("closed it")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=8, choices=Kind)
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    given_to = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    sealed_text = models.BinaryField(null=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} of {self.concern_id}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"concern-note:{self.public_id}") if self.sealed_text else ""

    @text.setter
    def text(self, text: str) -> None:
        self.sealed_text = crypto.seal_text(text, f"concern-note:{self.public_id}") if text else None


class Repair(models.Model):
    """A word to somebody about whom nothing was wrong, shown on their first page until they have read it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="repairs")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    sealed_text = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["concern", "person"], name="repair_once"),)
        indexes = (models.Index(fields=["person"], condition=Q(read_at=None), name="repair_unread"),)

    def __str__(self) -> str:
        return f"to {self.person_id}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"repair:{self.public_id}")

    @text.setter
    def text(self, text: str) -> None:
        self.sealed_text = crypto.seal_text(text, f"repair:{self.public_id}")


class Debrief(models.Model):
    """After a hard talk its helper is asked how they are. What they say is for them and who leads them, nobody else."""

    class Answer(models.TextChoices):
        FINE = "fine", _("I am all right")
        HEAVY = "heavy", _("It stays with me, but I will be all right")
        TALK = "talk", _("I would like to talk about it")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="debriefs")
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="debriefs")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    talked_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    talked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["concern", "staff_role"], name="debrief_once"),)

    def __str__(self) -> str:
        return f"{self.staff_role_id} after {self.concern_id}"


class ReviewedWeek(models.Model):
    """The messages of one week of one conversation were counted: once, by whichever worker came first."""

    conversation = models.ForeignKey("messaging.Conversation", models.CASCADE, related_name="+")
    week = models.DateField()  # its Monday

    class Meta:
        constraints = (models.UniqueConstraint(fields=["conversation", "week"], name="week_reviewed_once"),)

    def __str__(self) -> str:
        return f"{self.conversation_id} from {self.week}"


class Prompt(models.Model):
    """Something plain to look at in a young person's conversation, for who watches over it. It says what was, and judges nobody."""

    class Kind(models.TextChoices):
        LATE = "late"
        UNEVEN = "uneven"
        SAMPLE = "sample"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey("messaging.Conversation", models.CASCADE, related_name="+")
    week = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    count = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "week", "kind"], name="prompt_once"),
            models.CheckConstraint(condition=Q(count__lte=F("total")), name="prompt_counts_a_part"),
        )
        indexes = (models.Index(fields=["conversation"], condition=Q(settled_at=None), name="prompt_open"),)

    def __str__(self) -> str:
        return f"{self.kind} in {self.conversation_id}"
