"""Conversations, who takes part, and messages: numbered without gaps, encrypted at rest, never changed."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


def data_key_context(public_id: uuid.UUID) -> bytes:
    return b"conversation:" + public_id.bytes


def body_context(public_id: uuid.UUID, key: uuid.UUID) -> bytes:
    """What a body's encryption is bound to: a row copied into another conversation does not open."""
    return public_id.bytes + key.bytes


NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class Conversation(models.Model):
    class State(models.TextChoices):
        ACTIVE = "active", _("open")
        PAUSED = "paused", _("paused")
        FROZEN = "frozen", _("stopped for now")  # while somebody looks at what happened (portal/safety)
        ENDED = "ended", _("ended")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, null=True, related_name="conversations")
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    last_seq = models.BigIntegerField(default=0)
    last_sent_at = models.DateTimeField(null=True)
    # Up to which message absent readers have been told: what is above it is the worker's to announce.
    announced_seq = models.BigIntegerField(default=0)
    # Raised by every change to who may read or write here; what caches of that are keyed by.
    access_version = models.BigIntegerField(default=1)
    # Raised by every change to a message that was sent: a page that missed one knows it by this number.
    revisions = models.PositiveIntegerField(default=0)
    data_key = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    # Messages up to this number were removed by the programme's rule (retention.py): nobody waits for them.
    trimmed_seq = models.BigIntegerField(default=0)
    trimmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["last_sent_at"], condition=Q(last_seq__gt=F("announced_seq")), name="to_announce"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="conversation_ended"),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def floor(self) -> int:
        """The number above which there is something to read: of what was not removed, and for the reader it was fetched for.

        `came_after` is what access.conversations.visible_conversations says of that reader.
        """
        return max(self.trimmed_seq, getattr(self, "came_after", 0))

    def cipher(self) -> crypto.Cipher:
        return crypto.Cipher(bytes(self.data_key), data_key_context(self.public_id))


class Participant(models.Model):
    """A person in a conversation. A staff member takes part by a role: when the role ends, so does this."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="participations")
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="participations")
    # In a group: the only name its people are shown, which the person chose.
    shown_as = models.CharField(max_length=40, blank=True)
    # In a group: the last message before they came. What was written until then is not theirs to read.
    from_seq = models.BigIntegerField(default=0)
    read_seq = models.BigIntegerField(default=0)
    sealed_draft = models.BinaryField(null=True)
    draft_saved_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "person"], condition=Q(left_at=None), name="in_it_once"),
        )
        indexes = (models.Index(fields=["person", "left_at"], name="participant_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}"

    @property
    def name(self) -> str:
        """What the others of this conversation call them: the one place to ask for a participant's name."""
        return self.shown_as or self.person.display_name

    @property
    def first_name(self) -> str:
        return self.shown_as or self.person.first_name

    @staticmethod
    def in_force(moment: dt.datetime, prefix: str = "") -> Q:
        """Takes part at `moment`: not left, the person's account open, and the staff role, if any, still held."""
        return (
            Q(**{f"{prefix}joined_at__lte": moment, f"{prefix}person__is_active": True})
            & (Q(**{f"{prefix}left_at": None}) | Q(**{f"{prefix}left_at__gt": moment}))
            & (
                Q(**{f"{prefix}staff_role": None})
                | Q(**{f"{prefix}staff_role__ended_at": None})
                | Q(**{f"{prefix}staff_role__ended_at__gt": moment})
            )
        )


class UnreadStretch(models.Model):
    """What one person has not opened of a conversation, from the first such message on, and how far its ladder was climbed.

    It ends when the person opens it. What comes unread after that is another stretch, with a ladder of its own.
    """

    class Step(models.TextChoices):
        PAGE = "page"
        PUSH = "push"
        TEXT = "text"
        BACKUP = "backup"
        LIAISON = "liaison"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="stretches", db_index=False)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    # The job by which the reader takes part; None for the family's own people.
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    from_seq = models.BigIntegerField()
    since = models.DateTimeField()  # when that message was sent
    # Whose words staff have not opened, and since when: without them nobody but the reader is ever told.
    family_author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    family_since = models.DateTimeField(null=True)
    # The next step, and when; claimed by a conditional update of `due_at`.
    due_step = models.CharField(max_length=8, choices=Step, blank=True)
    due_at = models.DateTimeField(null=True)
    # Somebody of the team spoke with who waits: nobody else is told.
    called_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "reader", "from_seq"], name="stretch_once"),
            models.UniqueConstraint(
                fields=["conversation", "reader"], condition=Q(ended_at=None), name="one_stretch_open"
            ),
        )
        indexes = (models.Index(fields=["due_at"], condition=Q(ended_at=None), name="ladder_due"),)

    def __str__(self) -> str:
        return f"{self.reader_id} from {self.conversation_id}/{self.from_seq}"

    @property
    def about(self) -> str:
        """What the notices of the last two steps are about."""
        return f"waiting:{self.public_id}"


class LadderStep(models.Model):
    """One step that was taken. Each is taken once in a stretch, in order."""

    stretch = models.ForeignKey(UnreadStretch, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=8, choices=UnreadStretch.Step)
    at = models.DateTimeField(default=timezone.now)
    told = models.ManyToManyField("programs.StaffRole", related_name="+")  # of the last two: who

    class Meta:
        constraints = (models.UniqueConstraint(fields=["stretch", "step"], name="step_once"),)

    def __str__(self) -> str:
        return f"{self.step} of {self.stretch_id}"


class Message(models.Model):
    # No index of their own: each costs every message that is written, and the two constraints find all that is ever asked for.
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="messages", db_index=False)
    seq = models.BigIntegerField()
    key = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    body = models.BinaryField()
    sent_at = models.DateTimeField()
    revised_at = models.DateTimeField(null=True)  # what it said before is kept (Revision)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq"),
            models.UniqueConstraint(fields=["conversation", "key"], name="message_key"),
        )

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.seq}"


class Revision(models.Model):
    """What a message said before it was changed. Nothing that was sent is ever lost."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    body = models.BinaryField()  # sealed as the message's own body is
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["message", "changed_at"], name="revisions_of_one"),)

    def __str__(self) -> str:
        return f"{self.message_id} until {self.changed_at:%Y-%m-%d %H:%M}"


class HeldMessage(models.Model):
    """An adult's message to a young person that is stored and not delivered: somebody looks at it first, or it is late at night.

    It gets its number when it goes on; its author sees it meanwhile, and nobody else but who looks at it.
    """

    class Why(models.TextChoices):
        REVIEW = "review"
        QUIET = "quiet"  # outside the hours in which adults write

    class State(models.TextChoices):
        WAITING = "waiting"
        LEAVING = "leaving"  # decided: it goes on through the writer, once, also after a restart
        SENT = "sent"
        STOPPED = "stopped"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="held")
    key = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.BinaryField()  # sealed as a message's is
    changed_body = models.BinaryField(null=True)  # what goes on instead, with a detail taken out
    why = models.CharField(max_length=8, choices=Why)
    kinds = models.JSONField(default=list)  # what the screener found
    written_at = models.DateTimeField()
    until = models.DateTimeField(null=True)  # when it goes on by itself; None: when somebody has looked
    tried_at = models.DateTimeField(default=NEVER)  # when the worker last tried to send it
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "key"], name="held_key"),
            models.CheckConstraint(condition=Q(why="review") | Q(until__isnull=False), name="the_late_have_an_hour"),
        )
        indexes = (
            models.Index(fields=["state", "until"], condition=Q(state__in=["waiting", "leaving"]), name="held_open"),
        )

    def __str__(self) -> str:
        return f"held in {self.conversation_id}"


class Flag(models.Model):
    """What the screener found in one message, for people to look at. It stops nothing and says nothing about who wrote it."""

    class Level(models.TextChoices):
        CONCERN = "concern"
        CRISIS = "crisis"
        UNSCREENED = "unscreened"  # the screener failed: looked at again later

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="flags")
    key = models.UUIDField()  # of the message, sent or held
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    kinds = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)  # when it became somebody's concern, or was screened after all
    put_away_at = models.DateTimeField(null=True)  # the author has put the card with help away

    class Meta:
        indexes = (
            models.Index(fields=["at"], condition=Q(taken_at=None), name="flags_to_take"),
            models.Index(fields=["conversation", "-at"], name="flags_of_one"),
        )

    def __str__(self) -> str:
        return f"{self.level} in {self.conversation_id}"


class SharedEntry(models.Model):
    """An entry of the directory that one of staff shared by a message, and whether it worked for those it was for.

    It stands here and not in the directory, because a directory knows no conversations. It names the message by its key: one that
    is held has no number yet. The message's own words say all a reader needs; this row only asks how it went.
    """

    class Outcome(models.TextChoices):
        YES = "yes", _("It worked")
        PARTLY = "partly", _("It helped a little")
        NO = "no", _("It did not work")
        NOT_TRIED = "not_tried", _("Not tried yet")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="shared_entries", db_index=False)
    key = models.UUIDField()  # of the message
    entry = models.ForeignKey("directory.Service", models.PROTECT, related_name="+")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "shared entries"
        constraints = (
            models.UniqueConstraint(fields=["conversation", "key"], name="shared_once"),
            models.CheckConstraint(condition=Q(outcome="") ^ Q(outcome_at__isnull=False), name="outcome_has_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.conversation_id}"
