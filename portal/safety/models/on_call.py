"""Who answers when: staff's own hours, the shifts of a rota around the clock, its number, and the gaps somebody was told of."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class DutyHours(models.Model):
    """When somebody answers, on one day of each week, by the clocks where their organization is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="duty_hours")
    weekday = models.PositiveSmallIntegerField()  # on which they begin; Monday is 0
    starts = models.TimeField()
    ends = models.TimeField()  # earlier than `starts`: on the day after

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["staff_role", "weekday", "starts"], name="duty_hours_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="duty_hours_on_a_weekday"),
            models.CheckConstraint(condition=~Q(ends=F("starts")), name="duty_hours_last"),
        )

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M} to {self.ends:%H:%M}"


class OnCallShift(models.Model):
    """One person is on call from one moment to another. Never changed: called off, and another one made."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey("programs.Organization", models.PROTECT, related_name="on_call_shifts")
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="on_call_shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_lasts"),
            models.UniqueConstraint(
                fields=["staff_role", "starts_at"], condition=Q(cancelled_at=None), name="shift_once"
            ),
        )
        indexes = (models.Index(fields=["organization", "ends_at"], condition=Q(cancelled_at=None), name="shift_rota"),)

    def __str__(self) -> str:
        return f"{self.staff_role_id} {self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%Y-%m-%d %H:%M}"


class OnCallLine(models.Model):
    """The number that reaches whoever is on call: written down here, it stands before the one of the profile."""

    organization = models.OneToOneField("programs.Organization", models.PROTECT, related_name="on_call_line")
    phone = models.CharField(max_length=20)
    checked_on = models.DateField()  # somebody called it and it worked
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.phone


class RotaGap(models.Model):
    """A stretch in which nobody is on call, of which people were told: each once, and again only if it is another one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey("programs.Organization", models.PROTECT, related_name="rota_gaps")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)  # no shift follows
    told_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)  # filled, over, or another one by now

    class Meta:
        indexes = (models.Index(fields=["organization"], condition=Q(settled_at=None), name="rota_gap_open"),)

    def __str__(self) -> str:
        return f"nobody from {self.starts_at:%Y-%m-%d %H:%M}"
