"""What a family chooses between: who gives a service, who is their facilitator, who is on the team, where and when they meet.

A choice keeps what was shown, who showed it and every word said to it. Rows are added: choosing anew is a new choice that
follows the old one, and the old one stays.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto
from portal.care.models import TeamRole
from portal.families.models import AccessBasis

# What the clock of a choice is about; its subject_id is the choice's public id.
SUBJECT = "choice"


class Choice(models.Model):
    """One thing for the family to choose, from the asking to the word that settles it."""

    class About(models.TextChoices):
        SERVICE = "service", _("who gives a service")
        FACILITATOR = "facilitator", _("your facilitator")
        TEAM = "team", _("someone on the team")
        MEETING = "meeting", _("place and time of a meeting")

    class State(models.TextChoices):
        ASKED = "asked", _("the family asks to choose")  # staff have to show who or what there is
        OPEN = "open", _("waits for the family")
        HANDED = "handed", _("the family asks staff to choose")
        MADE = "made", _("chosen")
        NONE = "none", _("none of these")
        REPLACED = "replaced", _("chosen anew")
        WITHDRAWN = "withdrawn", _("taken back")

    # What may follow what: the only transitions there are.
    NEXT = {  # noqa: RUF012
        State.ASKED: {State.OPEN, State.WITHDRAWN},
        State.OPEN: {State.OPEN, State.HANDED, State.MADE, State.NONE, State.WITHDRAWN},
        State.HANDED: {State.OPEN, State.HANDED, State.MADE, State.NONE, State.WITHDRAWN},
        State.MADE: {State.REPLACED},
        State.NONE: set[State](),
        State.REPLACED: set[State](),
        State.WITHDRAWN: set[State](),
    }
    LIVE = (State.ASKED, State.OPEN, State.HANDED)
    WAITING = (State.OPEN, State.HANDED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="choices")
    youth = models.ForeignKey("families.Member", models.PROTECT, related_name="+")
    plan = models.ForeignKey("care.Plan", models.PROTECT, null=True, related_name="choices")
    item = models.ForeignKey("care.Item", models.PROTECT, null=True, related_name="choices")  # the service
    about = models.CharField(max_length=12, choices=About)
    access_basis = models.CharField(max_length=10, choices=AccessBasis, default=AccessBasis.PARENT)
    state = models.CharField(max_length=10, choices=State)
    team_role = models.CharField(max_length=12, choices=TeamRole, blank=True)  # the place on the team
    minutes = models.PositiveSmallIntegerField(null=True)  # how long the meeting is
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    answers = models.ForeignKey("care.TeamAsk", models.PROTECT, null=True, related_name="choices")
    # The facilitator who goes when another one is chosen.
    replaces = models.ForeignKey("families.StaffAssignment", models.PROTECT, null=True, related_name="+")
    # Why a facilitator may begin before their training is done; blank for everybody else.
    override_reason = models.CharField(max_length=300, blank=True)
    is_only_one = models.BooleanField(default=False)
    sealed_looked_for = models.BinaryField(null=True)  # where only one is available: what was looked for
    sealed_note = models.BinaryField(null=True)  # what staff say to it
    sealed_taken_back = models.BinaryField(null=True)  # why staff took it back
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField(null=True)
    made = models.ForeignKey("voice.Option", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=["asked", "open", "handed"]), name="choice_of_service_once"
            ),
            models.UniqueConstraint(
                fields=["family", "youth"],
                condition=Q(about="facilitator", state__in=["asked", "open", "handed"]),
                name="choice_of_facilitator_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["made", "replaced"]) ^ Q(made=None), name="what_was_chosen_is_kept"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "open", "handed"]) ^ Q(ended_at__isnull=False),
                name="choice_settled_when",
            ),
            models.CheckConstraint(
                condition=~Q(about="service") ^ Q(item__isnull=False), name="a_service_is_of_the_plan"
            ),
            models.CheckConstraint(
                condition=Q(is_only_one=False) | Q(sealed_looked_for__isnull=False),
                name="only_one_says_where_one_looked",
            ),
        )
        indexes = (models.Index(fields=["family", "state"], name="choice_of_family"),)

    def __str__(self) -> str:
        return f"{self.about} {self.state}"

    @property
    def told_as(self) -> str:
        """What notices of it are about."""
        return f"choice:{self.public_id}"

    @property
    def is_waiting(self) -> bool:
        """It stands before the family."""
        return self.state in self.WAITING

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def looked_for(self) -> str:
        return self._opened("looked_for")

    @looked_for.setter
    def looked_for(self, text: str) -> None:
        self.sealed_looked_for = self._sealed("looked_for", text)

    @property
    def note(self) -> str:
        return self._opened("note")

    @note.setter
    def note(self, text: str) -> None:
        self.sealed_note = self._sealed("note", text)

    @property
    def taken_back(self) -> str:
        return self._opened("taken_back")

    @taken_back.setter
    def taken_back(self, text: str) -> None:
        self.sealed_taken_back = self._sealed("taken_back", text)

    def _opened(self, part: str) -> str:
        parts = {"looked_for": self.sealed_looked_for, "note": self.sealed_note, "taken_back": self.sealed_taken_back}
        sealed = parts[part]
        return "" if sealed is None else crypto.open_text(sealed, f"choice-{part}:{self.public_id}")

    def _sealed(self, part: str, text: str) -> bytes | None:
        return crypto.seal_text(text, f"choice-{part}:{self.public_id}") if text else None


class Option(models.Model):
    """One of those shown, as it was when it was shown: what the directory says later does not change it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="options")
    place = models.PositiveSmallIntegerField()  # in the order in which they stand
    entry = models.ForeignKey("directory.Service", models.SET_NULL, null=True, related_name="+")
    is_listed = models.BooleanField(
        default=False
    )  # it came from the directory, and is gone where it is not there any more
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)  # it could not be had any more when somebody chose it
    # {"name", "what", "step", "region", "wait", "wait_on", "wait_words", "languages", "conflict", "families", "how", "zone"}
    sealed_shown = models.BinaryField()

    class Meta:
        ordering = ("place", "pk")
        constraints = (models.UniqueConstraint(fields=["choice", "place"], name="option_place_once"),)

    def __str__(self) -> str:
        return f"{self.choice_id} {self.place}"

    @property
    def shown(self) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(crypto.open_text(self.sealed_shown, f"choice-option:{self.public_id}"))
        return kept

    @shown.setter
    def shown(self, said: dict[str, Any]) -> None:
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        self.sealed_shown = crypto.seal_text(text, f"choice-option:{self.public_id}")

    @property
    def name(self) -> str:
        return str(self.shown["name"])


class ChoiceWord(models.Model):
    """What one of the family said to a choice. Never changed: who says something else says it anew."""

    class Kind(models.TextChoices):
        PICK = "pick", _("chose")
        NONE = "none", _("none of these")
        TIME = "time", _("needs time")
        YOU = "you", _("you choose for us")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="words")
    kind = models.CharField(max_length=4, choices=Kind)
    option = models.ForeignKey(Option, models.PROTECT, null=True, related_name="words")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Staff wrote down what they were told, or chose as the family asked them to.
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # It settled the choice; else it is kept as a wish: of one without the say, or who came after another.
    is_counted = models.BooleanField(default=True)
    sealed_text = models.BinaryField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.CheckConstraint(condition=Q(kind="pick") ^ Q(option=None), name="a_pick_says_which"),)

    def __str__(self) -> str:
        return f"{self.by_id} {self.kind}"

    @property
    def text(self) -> str:
        return "" if self.sealed_text is None else crypto.open_text(self.sealed_text, f"choice-word:{self.public_id}")

    @text.setter
    def text(self, text: str) -> None:
        self.sealed_text = crypto.seal_text(text, f"choice-word:{self.public_id}") if text else None
