"""What a peer partner or youth mentor says about themselves, and the checks and trainings of staff."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PeerProfile(models.Model):
    """What families are shown of a peer, when and how they can be reached, and who stands for their years being true."""

    class Relation(models.TextChoices):
        BIRTH_PARENT = "birth_parent", _("Raised a child of their own")
        ADOPTIVE = "adoptive", _("Raised a child they adopted")
        FOSTER = "foster", _("Raised a foster child")
        KIN = "kin", _("Raised a grandchild or another child of the family")
        GUARDIAN = "guardian", _("Raised a child as legal guardian")
        OTHER = "other", _("Raised a child in another way")
        LIVED_IT = "lived_it", _("Went through it as a young person")

    class FreeAt(models.TextChoices):
        WEEKDAY_MORNING = "weekday_morning", _("Weekday mornings")
        WEEKDAY_AFTERNOON = "weekday_afternoon", _("Weekday afternoons")
        WEEKDAY_EVENING = "weekday_evening", _("Weekday evenings")
        WEEKEND_DAY = "weekend_day", _("Weekend days")
        WEEKEND_EVENING = "weekend_evening", _("Weekend evenings")

    class Way(models.TextChoices):
        CHAT = "chat", _("Messages here")
        PHONE = "phone", pgettext_lazy("a way to talk", "Phone")
        VIDEO = "video", _("Video call")
        VISIT = "visit", _("Visit")

    class AgeBand(models.TextChoices):
        LITTLE = "0-5", _("0 to 5 years")
        CHILD = "6-12", _("6 to 12 years")
        TEEN = "13-17", _("13 to 17 years")
        ADULT = "18+", _("18 years and older")

    staff_role = models.OneToOneField("programs.StaffRole", models.PROTECT, related_name="peer_profile")
    region = models.CharField(max_length=60, blank=True)  # a region id of the programme's profile
    relation = models.CharField(max_length=16, choices=Relation, blank=True)
    # In their own words, if they like: asked only where a family says that it must be so. Shown to no family.
    gender = models.CharField(max_length=40, blank=True)
    interests = models.JSONField(default=list)
    free_at = models.JSONField(default=list)
    ways = models.JSONField(default=list)
    child_age_bands = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField(default=0)  # families at the same time
    is_taking = models.BooleanField(default=True)
    # Their own word that all of it is true. Any change to the years lived takes it back, and with it the check.
    attested_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verified_on = models.DateField(null=True)
    # Stays when a check is taken back: an organization that has once begun to match by profiles goes on doing so.
    first_verified_on = models.DateField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(verified_by=None, verified_on=None)
                | Q(verified_by__isnull=False, verified_on__isnull=False, attested_at__isnull=False),
                name="verified_by_someone_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"profile of {self.staff_role_id}"


class LivedSystem(models.Model):
    """A public system that served the child (a mentor: themselves), from when to when; no end: it still does."""

    class System(models.TextChoices):
        CHILD_WELFARE = "child_welfare", _("Foster care and child protection")
        JUVENILE_JUSTICE = "juvenile_justice", _("Juvenile justice")
        MENTAL_HEALTH = "mental_health", _("Mental health care")
        EDUCATION = "education", _("Special education")
        DEVELOPMENTAL = "developmental", _("Help with a developmental disability")
        MEDICAID = "medicaid", _("Medicaid")
        COURTS = "courts", _("Court")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profile = models.ForeignKey(PeerProfile, models.CASCADE, related_name="lived_systems")
    system = models.CharField(max_length=20, choices=System)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="lived_forwards"),
        )

    def __str__(self) -> str:
        return f"{self.system} from {self.from_on}"


class SpokenLanguage(models.Model):
    """A language and how well they speak it; `StaffRole.languages` holds the same codes, best first."""

    class Level(models.TextChoices):
        NATIVE = "native", _("since childhood")
        GOOD = "good", _("well")
        BASIC = "basic", _("a little")

    profile = models.ForeignKey(PeerProfile, models.CASCADE, related_name="spoken_languages")
    language = models.CharField(max_length=12)
    level = models.CharField(max_length=8, choices=Level)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["profile", "language"], name="language_once"),)

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class Credential(models.Model):
    """A check of the record or a training that somebody of staff has; of any job, not of peers alone.

    Never changed: a new one renews it, and one that turned out wrong is withdrawn.
    """

    class Kind(models.TextChoices):
        CLEARANCE = "clearance", _("background check")
        TRAINING = "training", _("training")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="credentials")
    kind = models.CharField(max_length=12, choices=Kind)
    requirement = models.CharField(max_length=50, blank=True)  # the id of what the programme's profile asks for
    title = models.CharField(max_length=120)
    hours = models.PositiveSmallIntegerField(null=True)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)  # the last day on which it holds
    # The number of days before its end of which somebody was told last; the smaller, the later.
    warned_at_days = models.PositiveSmallIntegerField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")), name="expires_after_issue"
            ),
        )
        indexes = (models.Index(fields=["expires_on"], condition=Q(withdrawn_at=None), name="credential_ends"),)

    def __str__(self) -> str:
        return f"{self.title} of {self.staff_role_id}"
