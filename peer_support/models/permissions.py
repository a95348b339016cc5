"""A guardian's yes to a young person's mentor, and until when it holds."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Permission(models.Model):
    """What somebody who may decide for a young person said to one pairing with a mentor: yes for a time, or no.

    A new word of the same guardian takes the place of the one before, which is kept as withdrawn: nothing is overwritten.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pairing = models.ForeignKey("peer_support.Pairing", models.PROTECT, related_name="permissions")
    is_yes = models.BooleanField(default=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Where a guardian said it on paper or by phone: who of staff wrote it down, and what they saw or heard.
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    ends_on = models.DateField(null=True)  # the last day on which a yes holds; a no has none
    warned_at_days = models.PositiveSmallIntegerField(null=True)  # at which mark before that day we wrote about it last
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["pairing", "given_by"], condition=Q(withdrawn_at=None), name="permission_once"
            ),
            models.CheckConstraint(condition=Q(noted_by=None) | ~Q(evidence=""), name="what_staff_note_has_evidence"),
            models.CheckConstraint(condition=Q(is_yes=False) | Q(ends_on__isnull=False), name="a_yes_has_a_last_day"),
        )

    def __str__(self) -> str:
        return f"{self.pairing_id}: {'yes' if self.is_yes else 'no'}"

    @staticmethod
    def in_force(day: dt.date, prefix: str = "") -> Q:
        """A yes that holds on that day."""
        return Q(**{f"{prefix}is_yes": True, f"{prefix}withdrawn_at": None, f"{prefix}ends_on__gte": day})
