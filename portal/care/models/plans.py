"""A plan of care: its items, and every version of it with who changed what, why and when. Nothing in it is overwritten unseen."""

from __future__ import annotations

import json
import uuid
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto
from portal.care.kinds import KINDS
from portal.families.models import AccessBasis


class Plan(models.Model):
    """One young person's plan of care. While it is open it has a next date on which it is looked at."""

    class Closing(models.TextChoices):
        """Why a plan ends. Something that went wrong is no reason: that is when the team meets (principle of persistence)."""

        REACHED = "reached", _("the goals are reached")
        WISH = "wish", _("the family wishes so")
        MOVED = "moved", _("the family has moved away")
        AGE = "age", _("grown out of the program")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="plans")
    youth = models.ForeignKey("families.Member", models.PROTECT, related_name="+")
    # Plans that a young person's own consent carries as a whole; single items can be closed further.
    access_basis = models.CharField(max_length=10, choices=AccessBasis, default=AccessBasis.PARENT)
    last_number = models.PositiveIntegerField(default=0)
    next_review_on = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closed_for = models.CharField(max_length=8, choices=Closing, blank=True)
    # Not kept: the papers of the one reader it was asked for, where many plans were asked at once (`care.read_plans`).
    scopes: frozenset[str] | None = None

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["youth"], condition=Q(closed_at=None), name="plan_once"),
            models.CheckConstraint(condition=Q(closed_at=None) ^ ~Q(closed_for=""), name="plan_closed_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.youth_id} {self.last_number}"

    def get_absolute_url(self) -> str:
        return reverse("plan_show", args=[self.public_id])

    @property
    def told_as(self) -> str:
        """What notices of it are about."""
        return f"plan:{self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Item(models.Model):
    """One thing in a plan. What it says is sealed; what it says now is here, what it said before is in its changes."""

    class Standing(models.TextChoices):
        """What the family says to what staff wrote. Blank: their own, or agreed on before anybody asked here."""

        SUGGESTED = "suggested", _("suggested")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("not wanted")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=12, choices=[(name, name) for name in KINDS])
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    access_basis = models.CharField(max_length=10, choices=AccessBasis, default=AccessBasis.PARENT)
    sealed_data = models.BinaryField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # the version in which it was last changed
    removed_at = models.DateTimeField(null=True)
    standing = models.CharField(max_length=9, choices=Standing, blank=True, default="")
    suggested_in = models.PositiveIntegerField(
        default=0
    )  # the version in which staff last suggested its words; 0: none
    sealed_offer = models.BinaryField(null=True)  # other words for what is agreed, until the family has answered
    # No column: the consents by which alone its reader sees it, so that the page says what goes with that (42 CFR 2.32).
    let_by: tuple[str, ...] = ()

    class Meta:
        indexes = (models.Index(fields=["plan", "kind"], name="item_of_plan"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(standing="suggested") | Q(suggested_in__gt=0), name="suggestion_has_a_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def data(self) -> dict[str, Any]:
        return _open(self.sealed_data, self.public_id)

    @data.setter
    def data(self, said: dict[str, Any]) -> None:
        self.sealed_data = _seal(said, self.public_id)

    @property
    def is_active(self) -> bool:
        """Part of the plan by the family's word; else only suggested, or not wanted."""
        return self.standing in {"", self.Standing.AGREED}

    @property
    def is_asked_about(self) -> bool:
        """Staff suggested it, or other words for it: the family can say what they think of that."""
        return self.suggested_in > 0 and self.removed_at is None

    @property
    def is_open_suggestion(self) -> bool:
        """Nobody's word has settled it yet."""
        return self.removed_at is None and (self.standing == self.Standing.SUGGESTED or self.sealed_offer is not None)

    @property
    def offer(self) -> dict[str, Any] | None:
        """The parts that would say something else."""
        return None if self.sealed_offer is None else _open(self.sealed_offer, self.public_id)

    @offer.setter
    def offer(self, said: dict[str, Any] | None) -> None:
        self.sealed_offer = None if said is None else _seal(said, self.public_id)

    @property
    def suggestion_mark(self) -> str:
        """Which words an answer is about, as `mark` is for what it says."""
        sealed = self.sealed_data if self.sealed_offer is None else self.sealed_offer
        return sha256(bytes(sealed)).hexdigest()[:20]

    @property
    def mark(self) -> str:
        """Which state of it a form was made from: tells nothing but whether it is still the same."""
        return sha256(bytes(self.sealed_data)).hexdigest()[:20]


class Version(models.Model):
    """One step of the plan: of one or more items, or of the plan itself. Who, why and when."""

    class Step(models.TextChoices):
        ITEMS = "items", _("something in it changed")
        REVIEW = "review", _("looked at together")
        FINAL = "final", _("made final with the family’s word")
        CLOSED = "closed", _("ended")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    step = models.CharField(max_length=8, choices=Step, default=Step.ITEMS)
    sealed_why = models.BinaryField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="version_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"

    @property
    def why(self) -> str:
        return "" if self.sealed_why is None else crypto.open_text(self.sealed_why, f"plan-why:{self.plan_id}")

    @why.setter
    def why(self, text: str) -> None:
        self.sealed_why = crypto.seal_text(text, f"plan-why:{self.plan_id}") if text else None


class Change(models.Model):
    """What one version did to one item: what it said before, and after. Null: it was not there."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="changes")
    item = models.ForeignKey(Item, models.PROTECT, related_name="changes")
    sealed_before = models.BinaryField(null=True)
    sealed_after = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "item"], name="change_once"),
            models.CheckConstraint(condition=~Q(sealed_before=None, sealed_after=None), name="change_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.item_id}"

    @property
    def before(self) -> dict[str, Any] | None:
        return None if self.sealed_before is None else _open(self.sealed_before, self.item.public_id)

    @before.setter
    def before(self, said: dict[str, Any] | None) -> None:
        self.sealed_before = None if said is None else _seal(said, self.item.public_id)

    @property
    def after(self) -> dict[str, Any] | None:
        return None if self.sealed_after is None else _open(self.sealed_after, self.item.public_id)

    @after.setter
    def after(self, said: dict[str, Any] | None) -> None:
        self.sealed_after = None if said is None else _seal(said, self.item.public_id)


class Seen(models.Model):
    """That somebody has read the plan up to a version."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="seen")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    shown = models.JSONField(
        null=True
    )  # the keys of the items on their page then: what opens to them later is told apart
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "person", "number"], name="seen_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.number}"


class Tick(models.Model):
    """The family lets one natural support see one item, until they take it back."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="ticks")
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["item", "member"], condition=Q(ended_at=None), name="tick_once"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} for {self.member_id}"


def _seal(said: dict[str, Any], public_id: uuid.UUID) -> bytes:
    return crypto.seal_text(json.dumps(said, ensure_ascii=False, sort_keys=True), f"plan-item:{public_id}")


def _open(sealed: bytes | memoryview, public_id: uuid.UUID) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(crypto.open_text(sealed, f"plan-item:{public_id}"))
    return said
