"""How a young person joins, what was promised for the time inside, and how it ends: decisions, positions, enrollments."""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.families.models import AccessBasis

if TYPE_CHECKING:
    from portal.families.models import Family
    from portal.programs.joining import Joining

CASE = "enrollment"  # what clocks say they are about
DISCHARGE = "discharge"


def zone_of(family: Family) -> zoneinfo.ZoneInfo:
    """Where the family lives: days begin and end there."""
    return zoneinfo.ZoneInfo(family.program.profile.time_zone_of(family.region or None))


def today_of(family: Family) -> dt.date:
    return timezone.now().astimezone(zone_of(family)).date()


def joining_of(family: Family) -> Joining | None:
    return family.program.profile.enrollment


class Decision(models.Model):
    """One question before the interagency team. A "no" to a family does not exist here.

    Joining is agreed or not decided yet. Ending can also be taken back, by the team or the family: then nothing ends.
    """

    class About(models.TextChoices):
        JOINING = "joining", _("joining the program")
        ENDING = "ending", _("ending the program")

    class State(models.TextChoices):
        PENDING = "pending", _("not decided yet")
        AGREED = "agreed", _("all agree")
        WITHDRAWN = "withdrawn", _("taken back")

    # A case has one id: its clocks belong to the same matter before and after the first day.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="decisions")
    youth = models.ForeignKey("families.Member", models.PROTECT, related_name="+")
    access_basis = models.CharField(max_length=10, choices=AccessBasis, default=AccessBasis.PARENT)
    about = models.CharField(max_length=8, choices=About, default=About.JOINING)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    # Whose ending it is, where the question is that.
    enrollment = models.ForeignKey("Enrollment", models.PROTECT, null=True, related_name="decisions")
    owner = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    referred_on = models.DateField()
    meets_on = models.DateField()  # the last meeting that was set; while pending, the next one
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["youth", "about"], condition=Q(state="pending"), name="decision_once"),
            models.CheckConstraint(condition=Q(state="agreed") ^ Q(decided_at=None), name="decided_has_a_time"),
            models.CheckConstraint(condition=Q(about="ending") ^ Q(enrollment=None), name="ending_names_what_ends"),
            # Else taking back a joining would be a way to turn a family away.
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(about="ending"), name="only_endings_are_withdrawn"
            ),
        )

    def __str__(self) -> str:
        return f"{self.about} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("decision_show", args=[self.public_id])

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING

    @property
    def is_agreed(self) -> bool:
        return self.state == self.State.AGREED


class Meeting(models.Model):
    """A date on which the team meets about a decision. Dates that moved stay to be seen."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="meetings")
    on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.on}"


class Position(models.Model):
    """What one agency, or one of the family, says. A new word is a new version: none is overwritten."""

    class Stance(models.TextChoices):
        AGREE = "agree", _("agrees")
        STAND_ASIDE = "stand_aside", _("stands aside: it does not stop this")
        NOT_AGREE = "not_agree", _("does not agree")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="positions")
    agency = models.ForeignKey("programs.Organization", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stance = models.CharField(max_length=12, choices=Stance)
    reason = models.CharField(max_length=500, blank=True)
    spoken_by = models.CharField(max_length=120, blank=True)  # who spoke for the agency
    version = models.PositiveSmallIntegerField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["decision", "agency", "version"], name="agency_version_once"),
            models.UniqueConstraint(fields=["decision", "person", "version"], name="person_version_once"),
            models.CheckConstraint(condition=Q(agency=None) ^ Q(person=None), name="position_has_one_voice"),
            # A family's "no" to an ending needs no reason to be one.
            models.CheckConstraint(
                condition=~Q(stance="not_agree") | ~Q(reason="") | Q(agency=None), name="not_agreeing_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency or self.person_id} {self.stance} {self.version}"

    @property
    def is_own_word(self) -> bool:
        return self.person_id is not None and self.person_id == self.recorded_by_id


class Enrollment(models.Model):
    """One young person's time in the programme. It always has an owner and a next date, until it has ended."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="enrollments")
    youth = models.ForeignKey("families.Member", models.PROTECT, related_name="+")
    access_basis = models.CharField(max_length=10, choices=AccessBasis, default=AccessBasis.PARENT)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="enrolled")
    care_manager = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    enrolled_on = models.DateField()  # from this day on the programme answers for care
    lead_reason = models.CharField(max_length=300, blank=True)  # why there was less time than usual before it
    next_review_on = models.DateField()
    extension_asked_at = models.DateTimeField(null=True)
    extension_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    extension_words = models.CharField(max_length=500, blank=True)
    extended_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    basics_told_at = models.DateTimeField(
        null=True
    )  # when somebody was told that part of what everybody gets is missing

    class Meta:
        constraints = (models.UniqueConstraint(fields=["youth"], condition=Q(ended_at=None), name="enrolled_once"),)

    def __str__(self) -> str:
        return f"{self.youth_id} from {self.enrolled_on}"

    def get_absolute_url(self) -> str:
        return reverse("enrollment_show", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    def recommendation(self) -> Recommendation | None:
        """The newest one that was not taken back: what the team says now about ending."""
        said = self.recommendations.filter(withdrawal=None).select_related("person", "recorded_by", "decision")
        return said.order_by("-pk").first()


class BasisChange(models.Model):
    """That a case rests on the young person's own word, or that this was a mistake. None is overwritten."""

    youth = models.ForeignKey("families.Member", models.PROTECT, related_name="+")
    case_id = models.UUIDField()  # that of the decision and of the time inside
    before = models.CharField(max_length=10, choices=AccessBasis)
    after = models.CharField(max_length=10, choices=AccessBasis)
    reason = models.CharField(max_length=300, blank=True)  # how staff know; blank where it was chosen at the opening
    is_mistake = models.BooleanField(default=False)  # the one before was
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["case_id"], name="basis_change_case"),)

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class Milestone(models.Model):
    """Something done inside a case, with what it covered. What covers too little is written down and does not count."""

    class Kind(models.TextChoices):
        FAMILY_MET = "family_met", _("the care manager met the family")
        ASSESSMENT = "assessment", _("assessment")
        PLAN = "plan", _("plan of care")
        REVIEW = "review", _("review of the plan")

    class Part(models.TextChoices):
        CHILD = "child", _("the child's needs")
        FAMILY = "family", _("the family's needs")
        COMMUNITY = "community", _("help close to home, in the community")
        TEAM = "team", _("made together with the family support team")

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    parts = models.JSONField(default=list)
    is_counted = models.BooleanField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Objective(models.Model):
    """One thing the team wants to reach, written down before there is a plan of care (whose goals are then those of the case)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="objectives")
    text = models.CharField(max_length=300)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~(Q(met_at=None) ^ Q(met_by=None)), name="objective_met_by_someone"),
        )

    def __str__(self) -> str:
        return self.text


class Withdrawal(models.Model):
    """The team, or one of the family, took back what was proposed about ending. What was said before it stays."""

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="withdrawals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.at:%Y-%m-%d}"


class Recommendation(models.Model):
    """What the family support team said about ending, and what the family said to it."""

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="recommendations")
    met_on = models.DateField()
    who_met = models.CharField(max_length=300)
    is_approved = models.BooleanField()  # the team approves the end
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")  # who spoke for the family
    family_agrees = models.BooleanField()
    family_words = models.CharField(max_length=500, blank=True)
    is_own_word = models.BooleanField(default=False)  # written by them, not by staff
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")  # the agencies' round about it
    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, null=True, related_name="takes_back")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.met_on} {self.is_approved}"


class Discharge(models.Model):
    """A young person left a hospital or a like place; where medicine is needed, someone for it is found within days."""

    class Excuse(models.TextChoices):
        NO_APPOINTMENT = "no_appointment", _("no appointment was free")
        REFUSED = "refused", _("the family said no")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="discharges")
    on = models.DateField()
    is_medicine_needed = models.BooleanField()
    linked_on = models.DateField(null=True)
    exception = models.CharField(max_length=16, choices=Excuse, blank=True)
    exception_words = models.CharField(max_length=300, blank=True)
    notice_sent_on = models.DateField(null=True)  # to the body that manages the region's care
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(exception="no_appointment") | Q(notice_sent_on__isnull=False),
                name="no_appointment_was_told",
            ),
        )

    def __str__(self) -> str:
        return f"{self.on}"


class CaseCheck(models.Model):
    """One night's look at every case of a programme, and how many had no owner or no next date."""

    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    on = models.DateField()
    found = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "on"], name="cases_checked_once"),)

    def __str__(self) -> str:
        return f"{self.on}: {self.found}"
