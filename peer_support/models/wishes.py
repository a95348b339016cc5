"""What somebody of a family asks for in a peer, and who must not be matched with a family."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Wish(models.Model):
    """That somebody wants a peer partner or a youth mentor, and what matters to them. Asking again changes it."""

    class Must(models.TextChoices):
        WOMAN = "woman", _("A woman")
        MAN = "man", _("A man")
        NEAR = "near", _("Someone from where I live")
        SAME_RELATION = "same_relation", _("Someone who raised a child the way I do")
        SAME_SYSTEM = "same_system", _("Someone who went through the same as we did")
        VISIT = "visit", _("Someone who can come to see me")

    class MustNot(models.TextChoices):
        WOMAN = "woman", _("A woman")
        MAN = "man", _("A man")
        NEAR = "near", _("Someone from where I live")

    class Matter(models.TextChoices):
        SAME_SYSTEMS = "same_systems", _("They went through the same")
        SAME_RELATION = "same_relation", _("They raised a child the way I do")
        CHILD_AGE = "child_age", _("Their child was as old as mine")
        HOURS = "hours", _("They are free when I am")
        NEAR = "near", _("They live near me")
        INTERESTS = "interests", _("We like the same things")

    member = models.OneToOneField("families.Member", models.PROTECT, related_name="wish")
    languages = models.JSONField(default=list)
    interpreter_is_fine = models.BooleanField(default=False)
    # Codes of what the family lived through and who they are to the child: those of a peer's own profile.
    systems = models.JSONField(default=list)
    relation = models.CharField(max_length=16, blank=True)
    must = models.JSONField(default=list)
    must_not = models.JSONField(default=list)
    matters = models.JSONField(default=list)
    free_at = models.JSONField(default=list)
    ways = models.JSONField(default=list)
    interests = models.JSONField(default=list)
    words = models.TextField(max_length=600, blank=True)  # what else their liaison should know, as they say it
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # Whom they said no to before this moment may be shown to them again: they asked for it.
    fresh_from = models.DateTimeField(null=True)
    thinking_at = models.DateTimeField(null=True)  # they looked at the choices and take their time
    ended_at = models.DateTimeField(null=True)  # they want nobody, for now

    def __str__(self) -> str:
        return f"wish of {self.member_id}"


class Conflict(models.Model):
    """A peer who must not be matched with a family: noted by the family or its liaison, until somebody ends it."""

    class Kind(models.TextChoices):
        RELATIVE = "relative", _("They are related to us")
        NEIGHBOUR = "neighbour", _("They live close by or know us")
        SCHOOL = "school", _("They work at our school")
        FORMER_CASE = "former_case", _("They once worked on our case")
        GRIEVANCE = "grievance", _("There is a complaint between us")
        BLOCKED = "blocked", _("They do not want to talk any more")
        OTHER = "other", _("Another reason")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="peer_conflicts")
    peer = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=12, choices=Kind)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["family", "peer"], condition=Q(ended_at=None), name="conflict_once"),
        )

    def __str__(self) -> str:
        return f"{self.peer_id} and {self.family_id}: {self.kind}"
