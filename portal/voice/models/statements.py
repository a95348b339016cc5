"""What a caregiver or a young person said, to the letter, and everything that became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto

# What the clock of an answer is about; its subject_id is the statement's public id.
SUBJECT = "statement"
# Words in a language that is not in our list: shown as they are, and called nothing.
UNKNOWN_LANGUAGE = "und"


class Statement(models.Model):
    """One thing that one person said. Nobody changes it, neither they nor we: who wants to say more, says more.

    Its `public_id` is the key of the form it came by, so that the same form sent twice is one statement.
    """

    class About(models.TextChoices):
        GOAL = "goal", _("A goal")
        PLAN = "plan", _("The plan")
        MEETING = "meeting", _("A meeting")
        SERVICE = "service", _("A service")
        TEAM = "team", _("The team")
        OTHER = "other", _("Something else")

    class Way(models.TextChoices):
        TYPED = "typed", _("written here")
        SPOKEN = "spoken", _("said as a voice note")
        CARDS = "cards", _("picked with cards")
        CHAT = "chat", _("written in a message")

    class Audience(models.TextChoices):
        """Who of the others may read it, from few to many. It only ever becomes wider, and only by who said it."""

        ONE = "one", _("One person alone")
        FACILITATOR = "facilitator", _("My facilitator alone")
        TEAM = "team", _("The staff of my team")
        FAMILY = "family", _("The staff of my team, and my family")

    class State(models.TextChoices):
        HEARD = "heard", _("waits for an answer")
        IN_PLAN = "in_plan", _("in the plan")
        ANSWERED = "answered", _("answered")
        NOT_NOW = "not_now", _("not now")
        DECLINED = "declined", _("not done, with a reason")
        TAKEN_BACK = "taken_back", _("taken back by who said it")

    # What may follow what: the only transitions there are.
    NEXT = {  # noqa: RUF012
        State.HEARD: {State.IN_PLAN, State.ANSWERED, State.NOT_NOW, State.DECLINED, State.TAKEN_BACK},
        State.IN_PLAN: {State.HEARD, State.TAKEN_BACK},
        State.ANSWERED: {State.HEARD, State.IN_PLAN, State.TAKEN_BACK},
        State.NOT_NOW: {State.HEARD, State.IN_PLAN, State.ANSWERED, State.DECLINED, State.TAKEN_BACK},
        State.DECLINED: {State.HEARD, State.IN_PLAN, State.TAKEN_BACK},
        State.TAKEN_BACK: set[State](),
    }
    ANSWERS = (State.IN_PLAN, State.ANSWERED, State.NOT_NOW, State.DECLINED)
    WIDER = (Audience.ONE, Audience.FACILITATOR, Audience.TEAM, Audience.FAMILY)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="statements")
    author = models.ForeignKey("families.Member", models.PROTECT, related_name="statements")
    # The young person it is about; nobody: the family as a whole.
    youth = models.ForeignKey("families.Member", models.PROTECT, null=True, related_name="+")
    # On whose phone a child picked the cards.
    through = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=8, choices=About, default=About.OTHER)
    item = models.ForeignKey("care.Item", models.PROTECT, null=True, related_name="+")
    meeting = models.ForeignKey("care.TeamMeeting", models.PROTECT, null=True, related_name="+")
    sealed_words = models.BinaryField(null=True)  # nothing: it is in the voice note
    language = models.CharField(max_length=12)
    way = models.CharField(max_length=6, choices=Way, default=Way.TYPED)
    audience = models.CharField(max_length=11, choices=Audience)
    told_to = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    # Who of the staff is counted on for an answer.
    owed_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, null=True, related_name="+")
    message_key = models.UUIDField(null=True)
    said_at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.HEARD)
    back_on = models.DateField(null=True)  # the day a "not now" is looked at again
    due_at = models.DateTimeField(null=True)  # by when an answer is owed: the date of its clock, to sort by
    turn = models.PositiveSmallIntegerField(default=1)  # how often it has waited for an answer
    is_answer = models.BooleanField(null=True)  # whether they say that it was one
    is_hard = models.BooleanField(default=False)  # words of danger: who said it reads where help is
    screened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["heard", "in_plan", "answered", "not_now", "declined", "taken_back"]),
                name="statement_has_a_state",
            ),
            models.CheckConstraint(condition=Q(state="not_now") ^ Q(back_on=None), name="statement_not_now_has_a_day"),
            models.CheckConstraint(
                condition=~Q(audience="one") | Q(told_to__isnull=False), name="statement_to_one_names_them"
            ),
            models.CheckConstraint(
                condition=Q(way="spoken") | Q(sealed_words__isnull=False), name="statement_has_words_or_a_voice"
            ),
            models.CheckConstraint(
                condition=Q(way="cards", through__isnull=False) | (~Q(way="cards") & Q(through=None)),
                name="statement_of_cards_names_the_phone",
            ),
            models.UniqueConstraint(
                fields=["conversation", "message_key"],
                condition=Q(message_key__isnull=False),
                name="statement_of_a_message_once",
            ),
        )
        indexes = (
            models.Index(fields=["author", "-said_at"], name="statement_author"),
            models.Index(fields=["family", "-said_at"], name="statement_family"),
            models.Index(fields=["family", "said_at"], condition=Q(state="heard"), name="statement_owed"),
            models.Index(fields=["told_to", "said_at"], condition=Q(told_to__isnull=False), name="statement_told"),
            models.Index(fields=["back_on"], condition=Q(state="not_now"), name="statement_back"),
            models.Index(fields=["id"], condition=Q(screened_at=None), name="statement_unscreened"),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.public_id}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"statement:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"statement:{self.public_id}") if text else None

    @property
    def lang(self) -> str:
        """As a page marks its words; blank where the language is none that we know."""
        return "" if self.language == UNKNOWN_LANGUAGE else self.language

    @property
    def waits(self) -> bool:
        return self.state == self.State.HEARD

    @property
    def is_taken_back(self) -> bool:
        return self.state == self.State.TAKEN_BACK

    @property
    def told_as(self) -> str:
        """What notices to who said it are about."""
        return f"statement:{self.public_id}"


class StatementStep(models.Model):
    """One thing that happened to a statement, with what was answered. Rows are added, never changed."""

    class Kind(models.TextChoices):
        SAID = "said", _("Said")
        IN_PLAN = "in_plan", _("It is in the plan")
        ANSWERED = "answered", _("Answered")
        NOT_NOW = "not_now", _("Not now")
        DECLINED = "declined", _("Not done, with a reason")
        TAKEN_BACK = "taken_back", _("Taken back")
        WAS_ANSWER = "was_answer", _("“Yes, this was an answer”")
        WAS_NONE = "was_none", _("“No, this was not an answer”")
        CAME_BACK = "came_back", _("The day came: it waits for an answer again")
        WIDENED = "widened", _("More people may read it")
        INTERPRETER = "interpreter", _("An interpreter or a translation was asked for")
        LEFT_ALONE = "left_alone", _("Who it was said to is not there any more")

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=11, choices=Kind)
    state = models.CharField(max_length=10, choices=Statement.State)  # from then on
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    sealed_words = models.BinaryField(null=True)  # the answer, or the reason
    understood = models.CharField(max_length=11, blank=True)  # by what way somebody understood it who does not read it
    back_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)  # of an answer: by when it was owed
    item = models.ForeignKey("care.Item", models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey("care.Version", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind__in=["answered", "not_now", "declined"]) | Q(sealed_words__isnull=False),
                name="statement_answer_has_words",
            ),
            models.CheckConstraint(condition=Q(kind="not_now") ^ Q(back_on=None), name="statement_step_has_a_day"),
            models.CheckConstraint(
                condition=~Q(kind="in_plan") | Q(item__isnull=False) | Q(version__isnull=False),
                name="statement_in_plan_says_where",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["heard", "in_plan", "answered", "not_now", "declined", "taken_back"]),
                name="statement_step_has_a_state",
            ),
        )
        indexes = (models.Index(fields=["statement", "at"], name="statement_steps"),)
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, self._place) if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, self._place) if text else None

    @property
    def _place(self) -> str:
        return f"statement-step:{self.statement_id}"


class StatementFile(models.Model):
    """The voice note of a statement: made anew, as all media, and sealed. Until it is sent it is its maker's alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.OneToOneField(Statement, models.PROTECT, null=True, related_name="voice")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField()  # of the form it waits in
    seconds = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    sealed_file = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "key"], name="statement_file_once"),)

    def __str__(self) -> str:
        return f"voice {self.public_id}"

    @property
    def file_context(self) -> bytes:
        return f"statement-file:{self.public_id}".encode()

    @property
    def file(self) -> bytes:
        return crypto.unwrap(bytes(self.sealed_file), self.file_context)

    @file.setter
    def file(self, data: bytes) -> None:
        self.sealed_file = crypto.wrap(data, self.file_context)


class Transcript(models.Model):
    """What a voice note says, written down. Who spoke writes it, or says whether what somebody else wrote is right."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="transcripts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed_text = models.BinaryField()
    is_right = models.BooleanField(null=True)  # not said yet
    said_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(is_right=None) ^ Q(said_at__isnull=False), name="transcript_said_right_when"
            ),
            models.UniqueConstraint(fields=["statement"], condition=Q(is_right=True), name="transcript_right_once"),
        )
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"transcript {self.public_id}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"transcript:{self.public_id}")

    @text.setter
    def text(self, said: str) -> None:
        self.sealed_text = crypto.seal_text(said, f"transcript:{self.public_id}")
