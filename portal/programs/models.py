"""A programme, its organizations and the people who work there, with their reporting lines."""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.programs.schema import Profile


class Program(models.Model):
    """A state's programme. Everything that differs between programmes is in its profile, found by slug."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name

    @property
    def profile(self) -> Profile:
        from portal.programs.registry import profile_of

        return profile_of(self.slug)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.profile.time_zone)

    def today(self) -> dt.date:
        """The date it is where the programme is."""
        return timezone.now().astimezone(self.zone).date()


class Organization(models.Model):
    program = models.ForeignKey(Program, models.PROTECT, related_name="organizations")
    slug = models.SlugField()
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=40)
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "slug"], name="organization_once"),)

    def __str__(self) -> str:
        return self.name


class StaffRole(models.Model):
    """A person's job in an organization, from when to when. Whoever has one in force needs a second factor."""

    class Role(models.TextChoices):
        PEER_PARTNER = "peer_partner", _("peer partner")
        YOUTH_MENTOR = "youth_mentor", _("youth mentor")
        LIAISON = "liaison", _("family liaison")
        FACILITATOR = "facilitator", _("facilitator")
        GRIEVANCE_COORDINATOR = "grievance_coordinator", _("grievance coordinator")
        PROGRAMME_LEAD = "programme_lead", _("program lead")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff_roles")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="staff_roles")
    role = models.CharField(max_length=24, choices=Role)
    supervisor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supervises")
    about = models.CharField(max_length=200, blank=True)  # one line in the person's own words
    # Has clinical expertise for the young people served: some complaints and appeals need it (42 CFR 438.406(b)(2)(ii)).
    is_clinician = models.BooleanField(default=False)
    languages = models.JSONField(default=list)
    # When families can expect an answer, in the programme's zone.
    answers_from = models.TimeField(null=True, blank=True)
    answers_until = models.TimeField(null=True, blank=True)
    answers_within_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "organization", "role"], condition=Q(ended_at=None), name="role_once_in_force"
            ),
            models.CheckConstraint(condition=~Q(supervisor=F("id")), name="nobody_supervises_themselves"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"

    @staticmethod
    def in_force(moment: dt.datetime, prefix: str = "") -> Q:
        """The condition "this role holds at `moment`", for use through a relation by its prefix."""
        return Q(**{f"{prefix}started_at__lte": moment}) & (
            Q(**{f"{prefix}ended_at": None}) | Q(**{f"{prefix}ended_at__gt": moment})
        )

    def is_in_force(self, moment: dt.datetime) -> bool:
        return self.started_at <= moment and (self.ended_at is None or moment < self.ended_at)
