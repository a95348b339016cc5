"""What made it hard: a suggestion about a rule, without its writer's name, and every answer it got."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto

# What the clock of a suggestion is about; its subject_id is the suggestion's public id.
SUBJECT = "policy_suggestion"


class Suggestion(models.Model):
    """One rule that made it hard, in somebody's own words. Who wrote it is shown to nobody.

    `author` only brings the answer to its writer's own page. Who wants no trace at all has none: a code, of which the key
    alone is kept, opens it. The day is kept and no time of day, so that no hour tells who was here.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("nobody has answered yet")
        WORKING = "working", _("we are still working on it")
        ANSWERED = "answered", _("answered")
        CHANGED = "changed", _("changed")

    # What may follow what: the only transitions there are.
    NEXT = {  # noqa: RUF012
        State.WAITING: {State.WORKING, State.ANSWERED, State.CHANGED},
        State.WORKING: {State.WORKING, State.ANSWERED, State.CHANGED},
        State.ANSWERED: {State.CHANGED},
        State.CHANGED: set[State](),
    }
    OPEN = (State.WAITING, State.WORKING)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="policy_suggestions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    code_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sealed_words = models.BinaryField()
    may_quote = models.BooleanField(default=False)  # their words may be published, without a name
    made_on = models.DateField()  # where the programme is

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code_key"], condition=~Q(code_key=""), name="suggestion_code_once"),
            models.CheckConstraint(
                condition=Q(author__isnull=True) ^ Q(code_key=""), name="suggestion_by_page_or_by_code"
            ),
        )
        indexes = (models.Index(fields=["program", "state"], name="suggestion_program"),)

    def __str__(self) -> str:
        return f"suggestion {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"suggestion-words:{self.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"suggestion-words:{self.public_id}")


class SuggestionStep(models.Model):
    """One answer to a suggestion, and who gave it. Rows are added, never changed."""

    class Kind(models.TextChoices):
        WORKING = "working", _("Still working on it")
        ANSWERED = "answered", _("An answer")
        CHANGED = "changed", _("We changed something")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    sealed_words = models.BinaryField()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"suggestion-step:{self.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"suggestion-step:{self.public_id}")
