"""The one coordinator who answers for a family, from when to when, and the nightly look whether each has one."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Coordination(models.Model):
    """One staff member answers for one family. Never two at a time: the database itself refuses the second."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="coordinations")
    coordinator = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="coordinations")
    # How the family came from the one before to this one; only the first has none.
    hand_off = models.OneToOneField("HandOff", models.PROTECT, null=True, related_name="coordination")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["family"], condition=Q(ended_at=None), name="one_coordinator"),
            models.UniqueConstraint(fields=["family"], condition=Q(hand_off=None), name="first_without_a_hand_off"),
        )

    def __str__(self) -> str:
        return f"{self.coordinator_id} for {self.family_id}"


class CoordinationCheck(models.Model):
    """One night's look at a programme, and for how many families nobody answered."""

    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    on = models.DateField()
    found = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "on"], name="coordination_checked_once"),)

    def __str__(self) -> str:
        return f"{self.on}: {self.found}"
