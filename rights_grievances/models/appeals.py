"""A decision against a family, its appeal, and the state's hearing after it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AdverseNotice(models.Model):
    """A letter by which a plan says no, or less: an adverse benefit determination (42 CFR 438.400(b), 438.404)."""

    class What(models.TextChoices):  # MCPAR D1.IV.6
        DENIED = "a", _("said no to a service, or to part of it")
        REDUCED = "b", _("cuts, stops or pauses a service")
        PAYMENT = "c", _("does not pay")
        LATE_SERVICE = "d", _("did not give a service in time")
        LATE_ANSWER = "e", _("did not answer in time")
        NETWORK = "f", _("said no to somebody outside the network")
        COST = "g", _("said no to a dispute about a cost")

    class Told(models.TextChoices):
        LETTER = "letter", _("a letter of the plan")
        REVIEW = "review", _("a review of the use of services")  # MO-22
        DELAY = "delay", _("a missed date")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="+")
    youth = models.ForeignKey("families.Member", models.PROTECT, related_name="+")
    plan = models.CharField(max_length=50, blank=True)  # blank: no health plan is bound, and no Medicaid right follows
    what = models.CharField(max_length=1, choices=What)
    told = models.CharField(max_length=8, choices=Told, default=Told.LETTER)
    service = models.CharField(max_length=200)  # as the letter names it
    service_code = models.CharField(max_length=1, blank=True)  # codes.SERVICES
    reason = models.CharField(max_length=2000)  # as the letter gives it
    dated_on = models.DateField()
    mailed_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)  # from when the change holds
    # What continuing rests on (42 CFR 438.420(b)).
    was_authorized = models.BooleanField(null=True)
    ordered_by_provider = models.BooleanField(null=True)
    authorized_until = models.DateField(null=True)
    is_clinical = models.BooleanField(default=False)  # about medical necessity
    decided_by = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")  # if one of us
    case = models.ForeignKey("Case", models.PROTECT, null=True, related_name="notices")  # a case whose delay it is
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.what} {self.dated_on}"

    @property
    def told_as(self) -> str:
        return f"adverse:{self.public_id}"


class Appeal(models.Model):
    """What an appeal has beyond a case: whether it goes fast, whether the service goes on, and what became of it."""

    class Speed(models.TextChoices):
        STANDARD = "standard", _("in the usual time")
        ASKED = "asked", _("asked to go fast")
        GRANTED = "granted", _("goes fast")
        REFUSED = "refused", _("was not let go fast")

    class Continuing(models.TextChoices):
        NOT_ASKED = "not_asked", _("not asked for")
        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("the service goes on")
        REFUSED = "refused", _("the service does not go on")
        ENDED = "ended", _("the service went on until now")

    class Result(models.TextChoices):
        UPHELD = "upheld", _("the decision stays")
        PARTLY = "partly", _("the decision changes in part")
        OVERTURNED = "overturned", _("the decision is taken back")

    class Hearing(models.TextChoices):
        NONE = "none", _("not asked for")
        REQUESTED = "requested", _("asked for")
        WON = "won", _("won")
        LOST = "lost", _("lost")
        WITHDRAWN = "withdrawn", _("taken back")

    case = models.OneToOneField("Case", models.PROTECT, related_name="appeal")
    notice = models.ForeignKey(AdverseNotice, models.PROTECT, null=True, related_name="appeals")
    is_late = models.BooleanField(default=False)  # came after the last day: still taken, and decided by a person
    speed = models.CharField(max_length=10, choices=Speed, default=Speed.STANDARD)
    speed_asked_at = models.DateTimeField(null=True)
    is_backed_by_provider = models.BooleanField(default=False)  # then it is fast: no choice (42 CFR 438.410(a))
    continuing = models.CharField(max_length=10, choices=Continuing, default=Continuing.NOT_ASKED)
    continuing_asked_at = models.DateTimeField(null=True)
    checks = models.JSONField(default=list)  # [{"id", "holds": bool or null, "why"}], as checked one by one
    result = models.CharField(max_length=10, choices=Result, blank=True)
    resolution_dated_on = models.DateField(null=True)
    hearing = models.CharField(max_length=10, choices=Hearing, default=Hearing.NONE)
    hearing_requested_at = models.DateTimeField(null=True)
    hearing_decided_at = models.DateTimeField(null=True)
    is_exhausted_by_delay = models.BooleanField(
        default=False
    )  # the plan was late: straight to the hearing (438.408(c)(3))
    reversal_received_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(speed__in=["standard"]) | ~Q(speed_asked_at=None), name="speed_was_asked_for"
            ),
            models.CheckConstraint(
                condition=Q(continuing="not_asked") | ~Q(continuing_asked_at=None), name="continuing_was_asked_for"
            ),
        )

    def __str__(self) -> str:
        return f"appeal {self.speed} {self.result}"
