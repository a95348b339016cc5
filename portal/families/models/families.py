"""Families, who belongs to one, what each adult may decide, and which staff stand beside them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class AccessBasis(models.TextChoices):
    """Who agreed to something about a young person, which says who else of the family may see it (45 CFR 164.502(g)(3))."""

    PARENT = "parent", _("A parent or guardian said yes, or the young person is grown up.")
    MINOR = "minor", _("The young person said yes on their own, as the law here lets them.")
    # 42 CFR 2.14: then only the minor may let others see, parents too.
    SUBSTANCE = "substance", _("It is about alcohol or drugs, and the young person said yes on their own.")


class Family(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="families")
    name = models.CharField(max_length=80)
    region = models.CharField(max_length=60, blank=True)  # a region id of the programme's profile
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person's place in a family. Living together gives no rights; LegalAuthority does."""

    class Role(models.TextChoices):
        YOUTH = "youth", _("youth")
        CAREGIVER = "caregiver", _("caregiver")
        NATURAL_SUPPORT = "natural_support", _("natural support")

    family = models.ForeignKey(Family, models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    relation = models.CharField(max_length=60, blank=True)  # "mother", "grandfather", "neighbour", as they say it
    sealed_address = models.BinaryField(null=True, blank=True)
    # Adding a second caregiver needs evidence that staff have seen; what it was.
    evidence = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["family", "person"], condition=Q(left_at=None), name="member_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"

    @staticmethod
    def in_force(moment: dt.datetime, prefix: str = "") -> Q:
        return Q(**{f"{prefix}joined_at__lte": moment}) & (
            Q(**{f"{prefix}left_at": None}) | Q(**{f"{prefix}left_at__gt": moment})
        )

    @property
    def address(self) -> str:
        return crypto.open_text(self.sealed_address, f"member-address:{self.person_id}") if self.sealed_address else ""

    @address.setter
    def address(self, text: str) -> None:
        self.sealed_address = crypto.seal_text(text, f"member-address:{self.person_id}") if text else None


class LegalAuthority(models.Model):
    """What one adult may decide for one youth, on what evidence, from when to when."""

    class Scope(models.TextChoices):
        FULL = "full", _("may decide everything for the young person")
        SCHOOL = "school", _("may decide about school only")
        HEALTH = "health", _("may decide about health care only")
        INFORMATION = "information", _("may be told, may not decide")
        NONE = "none", _("may neither decide nor be told")

    adult = models.ForeignKey(Member, models.PROTECT, related_name="authorities")
    youth = models.ForeignKey(Member, models.PROTECT, related_name="authorities_over")
    scope = models.CharField(max_length=12, choices=Scope)
    evidence = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day it holds

    class Meta:
        verbose_name_plural = "legal authorities"
        constraints = (models.CheckConstraint(condition=~Q(adult=F("youth")), name="nobody_over_themselves"),)

    def __str__(self) -> str:
        return f"{self.adult_id} over {self.youth_id}: {self.scope}"

    @staticmethod
    def in_force(day: dt.date, prefix: str = "") -> Q:
        return Q(**{f"{prefix}starts_on__lte": day}) & (
            Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": day})
        )


class NoContact(models.Model):
    """One adult's whereabouts (addresses, places, calendars, hand-off times) are hidden from another of the family."""

    protected = models.ForeignKey(Member, models.PROTECT, related_name="protected_from")
    hidden_from = models.ForeignKey(Member, models.PROTECT, related_name="kept_away_from")
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["protected", "hidden_from"], condition=Q(ended_at=None), name="no_contact_once"
            ),
            models.CheckConstraint(condition=~Q(protected=F("hidden_from")), name="no_contact_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.protected_id} hidden from {self.hidden_from_id}"


class StaffAssignment(models.Model):
    """A staff member stands beside a family, from when to when. Without one in force staff see nothing of the family."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="assignments")
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Why a facilitator began before their training was done; blank for everybody else.
    override_reason = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["family", "staff_role"], condition=Q(ended_at=None), name="assignment_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.staff_role_id} for {self.family_id}"

    @staticmethod
    def in_force(moment: dt.datetime, prefix: str = "") -> Q:
        return Q(**{f"{prefix}started_at__lte": moment}) & (
            Q(**{f"{prefix}ended_at": None}) | Q(**{f"{prefix}ended_at__gt": moment})
        )


class Hold(models.Model):
    """Nothing of this family may be removed, whatever the programme's rule says: a lawsuit, an audit, an open question."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=300)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["family"], condition=Q(lifted_at=None), name="hold_in_force"),)

    def __str__(self) -> str:
        return f"{self.family_id} held since {self.placed_at:%Y-%m-%d}"


class Sight(models.Model):
    """A young person lets one adult of the family go on seeing their case after the 18th birthday, until they end it."""

    youth = models.ForeignKey(Member, models.PROTECT, related_name="sights_given")
    adult = models.ForeignKey(Member, models.PROTECT, related_name="sights")
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["youth", "adult"], condition=Q(ended_at=None), name="sight_once"),
            models.CheckConstraint(condition=~Q(youth=F("adult")), name="sight_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.adult_id} sees {self.youth_id}"


class AgeNotice(models.Model):
    """That the family was told of one birthday on which who sees or decides something changes, at one of its stages."""

    STAGES = (60, 14, 0)  # so many days before; 0 is the day itself

    member = models.ForeignKey(Member, models.PROTECT, related_name="age_notices")
    age = models.PositiveSmallIntegerField()
    stage = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["member", "age", "stage"], name="age_notice_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} is {self.age} in {self.stage} days"
