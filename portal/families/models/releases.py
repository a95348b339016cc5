"""Consents to share: who lets whom know what of a young person, what for, and until when; and what was shared by them."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Category(models.TextChoices):
    """What a release covers, ticked one by one. What is about alcohol or drugs, and about HIV, always stands apart."""

    PLAN = "plan", _("the plan: goals, steps, needs, strengths")
    TEAM = "team", _("who is on the team, and when it meets")
    SERVICES = "services", _("services, and who gives them")
    HEALTH = "health", _("health, and what tools of assessment say")
    SCHOOL = "school", _("school records")  # 34 CFR 99.30
    CRISIS = "crisis", _("the crisis plan")
    SUBSTANCE = "substance", _("care for alcohol or drug use")  # 42 CFR 2.31
    HIV = "hiv", _("HIV")


class Release(models.Model):
    """One consent, as 42 CFR 2.31, 45 CFR 164.508(c) and 34 CFR 99.30 want it. Only revoking changes it, and that at once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    youth = models.ForeignKey("families.Member", models.PROTECT, related_name="releases")
    discloser = models.CharField(max_length=200)  # who may tell
    # To whom: somebody with an account here, an organization of the programme, or anybody by name.
    to_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    to_organization = models.ForeignKey("programs.Organization", models.PROTECT, null=True, related_name="+")
    to_name = models.CharField(max_length=200, blank=True)
    sealed_terms = models.BinaryField()  # JSON: "what" in their words, "why" (purpose), "event" on which it ends
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # the last day it holds; null: with the event the terms name
    language = models.CharField(max_length=12)  # in which it was read
    text_version = models.CharField(max_length=64)  # of the words that were signed
    interpreter = models.CharField(max_length=120, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    explained_by = models.CharField(max_length=120, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=120)  # the name they wrote
    authority = models.CharField(max_length=12)  # the signer's: "self", or a scope of LegalAuthority
    signed_at = models.DateTimeField(default=timezone.now)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(to_person__isnull=False) | Q(to_organization__isnull=False) | ~Q(to_name=""),
                name="release_names_a_recipient",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="release_ends_after_it_starts"
            ),
        )
        indexes = (models.Index(fields=["youth"], condition=Q(revoked_at=None), name="release_in_force"),)

    def __str__(self) -> str:
        return f"{self.youth_id} until {self.ends_on or 'an event'}"

    @staticmethod
    def in_force(day: dt.date, moment: dt.datetime, prefix: str = "") -> Q:
        return (
            Q(**{f"{prefix}starts_on__lte": day})
            & (Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": day}))
            & (Q(**{f"{prefix}revoked_at": None}) | Q(**{f"{prefix}revoked_at__gt": moment}))
        )

    @property
    def terms(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(crypto.open_text(self.sealed_terms, f"release:{self.public_id}"))
        return said

    @terms.setter
    def terms(self, said: dict[str, Any]) -> None:
        self.sealed_terms = crypto.seal_text(
            json.dumps(said, ensure_ascii=False, sort_keys=True), f"release:{self.public_id}"
        )


class Released(models.Model):
    """One category a release covers."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="covers")
    category = models.CharField(max_length=10, choices=Category)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["release", "category"], name="released_once"),)

    def __str__(self) -> str:
        return f"{self.release_id} {self.category}"


class Disclosure(models.Model):
    """That something was shared under a release, or refused for want of one (45 CFR 164.528: kept six years and more)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    youth = models.ForeignKey("families.Member", models.PROTECT, related_name="disclosures")
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="disclosures")
    to_name = models.CharField(max_length=200)
    categories = models.CharField(max_length=120)  # their names, with spaces between
    was_refused = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed_what = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(was_refused=True) | Q(release__isnull=False), name="shared_only_by_a_release"
            ),
        )
        indexes = (models.Index(fields=["youth", "at"], name="disclosure_of_youth"),)

    def __str__(self) -> str:
        return f"{self.categories} to {self.to_name}"

    @property
    def what(self) -> str:
        return crypto.open_text(self.sealed_what, f"disclosure:{self.public_id}")

    @what.setter
    def what(self, text: str) -> None:
        self.sealed_what = crypto.seal_text(text, f"disclosure:{self.public_id}")
