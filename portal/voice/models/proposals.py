"""What a family answers to what staff suggest for the plan, its word that the plan can be made final, and what was decided."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto
from portal.families.models import AccessBasis
from portal.voice.models.priorities import Phase


class ProposalAnswer(models.Model):
    """What one person of the family says to one suggestion. Rows are added, never changed: the newest of each person counts."""

    class Says(models.TextChoices):
        YES = "yes", _("yes")
        CHANGE = "change", _("yes, in our own words")
        NO = "no", _("no")
        LATER = "later", _("needs time")
        THINKS = "thinks", _("thinks")  # who does not decide says what they think of it

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey("care.Item", models.PROTECT, related_name="answers")
    suggested_in = models.PositiveIntegerField()  # which suggestion it is about (`Item.suggested_in`)
    wording = models.PositiveIntegerField()  # the version whose words it is about: the family's own come after staff's
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_young = models.BooleanField()
    says = models.CharField(max_length=6, choices=Says)
    sealed_words = models.BinaryField(null=True)  # their own wording, their reason, what they think
    until_on = models.DateField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(says="later") ^ Q(until_on=None), name="answer_later_has_a_day"),
            models.CheckConstraint(
                condition=~Q(says__in=["change", "thinks"]) | Q(sealed_words__isnull=False), name="answer_has_its_words"
            ),
        )
        indexes = (models.Index(fields=["item", "suggested_in"], name="answer_of_suggestion"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.says}"

    @property
    def words(self) -> str:
        return "" if self.sealed_words is None else crypto.open_text(self.sealed_words, f"answer:{self.public_id}")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"answer:{self.public_id}") if text else None


class GoAhead(models.Model):
    """The family's own word that the plan as they see it can be made final, for the suggestions it names too."""

    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="go_aheads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # the version of the plan at that moment
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "by", "number"], name="go_ahead_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class GoAheadItem(models.Model):
    """One suggestion without which they go on for now."""

    go_ahead = models.ForeignKey(GoAhead, models.PROTECT, related_name="items")
    item = models.ForeignKey("care.Item", models.PROTECT, related_name="+")
    suggested_in = models.PositiveIntegerField()  # as it was worded then: a new wording is asked about anew

    class Meta:
        constraints = (models.UniqueConstraint(fields=["go_ahead", "item", "suggested_in"], name="go_ahead_item_once"),)

    def __str__(self) -> str:
        return f"{self.go_ahead_id} {self.item_id}"


class OneOption(models.Model):
    """Why there is one way only, or none yet, for a need (Florida: options and choices). The newest reason counts."""

    need = models.ForeignKey("care.Item", models.PROTECT, related_name="one_options")
    sealed_why = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"one option for {self.need_id}"

    @property
    def why(self) -> str:
        return crypto.open_text(self.sealed_why, f"one-option:{self.need_id}")

    @why.setter
    def why(self, text: str) -> None:
        self.sealed_why = crypto.seal_text(text, f"one-option:{self.need_id}")


class PlanObjection(models.Model):
    """Somebody of the family objects to a version that was agreed: an open question for the next one, never an undoing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="objections")
    number = models.PositiveIntegerField()  # the version that was final then
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed_text = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)
    sealed_answer = models.BinaryField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(sealed_answer=None, answered_by=None, answered_at=None)
                | Q(sealed_answer__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="objection_answer_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"objection:{self.public_id}")

    @text.setter
    def text(self, words: str) -> None:
        self.sealed_text = crypto.seal_text(words, f"objection:{self.public_id}")

    @property
    def answer(self) -> str:
        sealed = self.sealed_answer
        return "" if sealed is None else crypto.open_text(sealed, f"objection-answer:{self.public_id}")

    @answer.setter
    def answer(self, words: str) -> None:
        self.sealed_answer = crypto.seal_text(words, f"objection-answer:{self.public_id}")


class Decision(models.Model):
    """One thing that was decided about a plan: who proposed it, who of the family had a part in it, when. Never without them."""

    class Kind(models.TextChoices):
        YES = "yes", _("Agreed to")
        CHANGE = "change", _("Agreed to, in the family’s own words")
        NO = "no", _("Not wanted")
        FINAL = "final", _("The plan was made final")
        PHASE = "phase", _("A part of the way is behind you")
        AGREED = "agreed", _("Decided together")
        AMENDED = "amended", _("Decided together, after a change")
        NOT_AGREED = "not_agreed", _("Talked about together, and not agreed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("care.Plan", models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind)
    item = models.ForeignKey("care.Item", models.PROTECT, null=True, related_name="+")
    access_basis = models.CharField(max_length=10, choices=AccessBasis, default=AccessBasis.PARENT)
    sealed_about = models.BinaryField()  # in the words of that day
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Shared decisions (Florida, FL-14): the column cannot be empty.
    family_party = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["plan", "at"], name="decision_of_plan"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind}"

    @property
    def about(self) -> str:
        return crypto.open_text(self.sealed_about, f"decision:{self.public_id}")

    @about.setter
    def about(self, words: str) -> None:
        self.sealed_about = crypto.seal_text(words, f"decision:{self.public_id}")

    @property
    def words(self) -> str:
        """As it is read: a part of the way is kept by its name alone."""
        return str(Phase(self.about).label) if self.kind == self.Kind.PHASE else self.about
