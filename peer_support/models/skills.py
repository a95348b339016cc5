"""What somebody of a family wants to get better at, and the steps they took. Never counted, never compared."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal import crypto


class ChosenSkill(models.Model):
    """One skill that one person chose, from the list or in words of their own. Nobody else sees it unless they share it."""

    class State(models.TextChoices):
        WORKING = "working"
        GOT_IT = "got_it"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="chosen_skills")
    skill = models.CharField(max_length=20, blank=True)  # a code of peer_support/skills.py; blank: their own words
    sealed_words = models.BinaryField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.WORKING)
    # With which peer partner they share it: a next one sees it only if they say so again.
    shared_with = models.ForeignKey("peer_support.Pairing", models.PROTECT, null=True, related_name="shared_skills")
    chosen_at = models.DateTimeField(default=timezone.now)
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(skill="") ^ Q(sealed_words=None), name="a_skill_or_own_words"),
            models.UniqueConstraint(
                fields=["member", "skill"], condition=~Q(skill="") & Q(put_away_at=None), name="skill_chosen_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.skill or 'own words'} {self.state}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"skill:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"skill:{self.public_id}") if text else None


class SkillStep(models.Model):
    """A step somebody took, marked by themselves or by the peer partner they share the skill with."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chosen = models.ForeignKey(ChosenSkill, models.PROTECT, related_name="steps")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()
    sealed_words = models.BinaryField(null=True)
    marked_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"step on {self.on}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"skill-step:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"skill-step:{self.public_id}") if text else None
