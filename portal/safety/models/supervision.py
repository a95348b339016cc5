"""Who watches over talk between an adult and a young person, and every look at it: nothing of this is ever hidden for good."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Supervision(models.Model):
    """One member of staff is named to watch over one conversation, from when to when. Without one nobody writes there."""

    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, related_name="supervisions")
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="supervisions")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation"], condition=Q(ended_at=None), name="one_named_supervisor"),
        )

    def __str__(self) -> str:
        return f"{self.staff_role_id} over {self.conversation_id}"


class SecondHelper(models.Model):
    """A second member of staff beside the helper in a young person's conversation, after a hard hour."""

    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, related_name="second_helpers")
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["conversation", "staff_role"], condition=Q(left_at=None), name="second_helper_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.staff_role_id} joined {self.conversation_id}"


class StaffTie(models.Model):
    """Two of staff who are close outside work (married, kin): neither looks into what is about the other."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], condition=Q(ended_at=None), name="tie_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="tie_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"


class LegalException(models.Model):
    """The one way to look without the people of a conversation seeing it at once: a ground the law names, two people who
    stand for it, and a day on which it is told to those it was about.
    """

    class Ground(models.TextChoices):
        COURT = "court", _("A court ordered it")
        INVESTIGATION = "investigation", _("The state's child protection office asked in writing")
        POLICE = "police", _("The police showed a warrant")

    LONGEST = dt.timedelta(days=90)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, related_name="legal_exceptions")
    ground = models.CharField(max_length=16, choices=Ground)
    sealed_reason = models.BinaryField()
    asked_by = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()  # the last moment for a look
    reveal_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(reveal_at__gte=F("ends_at")), name="revealed_after_the_last_look"),
            models.CheckConstraint(condition=~Q(agreed_by=F("asked_by")), name="an_exception_takes_two"),
        )
        indexes = (models.Index(fields=["reveal_at"], condition=Q(revealed_at=None), name="exception_to_reveal"),)

    def __str__(self) -> str:
        return f"{self.ground} for {self.conversation_id}"

    @property
    def reason(self) -> str:
        return crypto.open_text(self.sealed_reason, f"legal-exception:{self.public_id}")

    @reason.setter
    def reason(self, text: str) -> None:
        self.sealed_reason = crypto.seal_text(text, f"legal-exception:{self.public_id}")


class Look(models.Model):
    """Somebody who does not take part read messages of a conversation: when, who, why, and from where to where.

    The people of the conversation see each of them, from `shown_from` on: at once, or when a legal exception is told.
    """

    class Why(models.TextChoices):
        SUPERVISION = "supervision", _("to see that you are both all right")
        SAMPLE = "sample", _("chance picked it for a look")
        PATTERN = "pattern", _("the times of the messages stood out")
        HELD = "held", _("a message had to be looked at before it went on")
        CONCERN = "concern", _("a message may be about danger")
        REPORT = "report", _("somebody asked for help with this conversation")
        EXCEPTION = "exception", _("the law asked for it")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, related_name="looks")
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, choices=Why)
    exception = models.ForeignKey(LegalException, models.PROTECT, null=True, related_name="looks")
    # The numbers of the messages that were shown; both 0 for one that had none yet.
    from_seq = models.BigIntegerField()
    to_seq = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    shown_from = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(shown_from__lte=F("at")) | Q(exception__isnull=False), name="only_the_law_hides_a_look"
            ),
        )
        indexes = (models.Index(fields=["conversation", "-at"], name="looks_of_one"),)

    def __str__(self) -> str:
        return f"{self.staff_role_id} at {self.conversation_id}"


class Freeze(models.Model):
    """Writing is stopped at once while somebody looks at what happened; and what was said when it was over."""

    class Outcome(models.TextChoices):
        FALSE_ALARM = "false_alarm", _("Nothing was wrong")
        GOES_ON = "goes_on", _("It was talked over and goes on")
        ENDS = "ends", _("It does not go on")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, related_name="freezes")
    by = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    sealed_reason = models.BinaryField()  # for those who review it, never for the two
    at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    words = models.TextField(max_length=600, blank=True)  # to the two of them, when it was over

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation"], condition=Q(lifted_at=None), name="frozen_once"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, outcome="") | (Q(lifted_at__isnull=False) & ~Q(outcome="")),
                name="a_freeze_ends_with_an_outcome",
            ),
        )

    def __str__(self) -> str:
        return f"{self.conversation_id} since {self.at:%Y-%m-%d %H:%M}"

    @property
    def reason(self) -> str:
        return crypto.open_text(self.sealed_reason, f"freeze:{self.public_id}")

    @reason.setter
    def reason(self, text: str) -> None:
        self.sealed_reason = crypto.seal_text(text, f"freeze:{self.public_id}")
