"""A promise as a row with a date, everything that ever happened to that row, and what the counting rests on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
import zoneinfo
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.clocks.rules import END_OF_DAY, SECOND, Due, Pause
from portal.clocks.working import Step
from portal.families.models import AccessBasis
from portal.programs.schema import Rule
from portal.programs.vocabulary import Event

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.models import Family, Member
    from portal.programs.models import StaffRole


OF_A_CASE = frozenset(
    {Event.ASSESSMENT_COMPLETED, Event.PLAN_MADE, Event.PLAN_REVIEWED, Event.PSYCHIATRY_LINKED},
)


# Subjects whose clocks stand on their own page alone: whom a complaint is about must not find it in a list of dates, and what
# somebody said is answered from the page where it can be read.
APART = ("grievance", "statement")


@dataclass(frozen=True, slots=True)
class Matter:
    """What something is about: a family or, before there is one, a thing such as a referral; else the programme itself."""

    family: Family | None = None
    subject: str = ""  # in the code's own word ("referral", "grievance"); blank: the family as a whole
    subject_id: str = ""  # its public id
    plan: str = ""  # the health plan whose rules bind it
    matter_of: Person | None = None  # one person's own: nobody else of the family is to know
    youth: Member | None = None  # the young person whose case it is: brothers and sisters are not told
    access_basis: str = AccessBasis.PARENT  # who agreed to that case: with it parents are told, or not
    responsible: StaffRole | None = None  # who has to act

    @property
    def region(self) -> str:
        return self.family.region if self.family is not None else ""


class Clock(models.Model):
    """Something owed by a date, as counted by a copy of the rule that was in force when it began.

    Only an open or paused clock moves. One that was missed does not either: what followed from that stands.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAUSED = "paused", _("stands still")
        MET = "met", _("done")
        MISSED = "missed", _("late")
        EXCUSED = "excused", _("could not be done, for a reason on record")
        CANCELLED = "cancelled", _("no longer owed")

    UNMET = (State.OPEN, State.PAUSED, State.MISSED)  # still owed, also late

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="clocks")
    family = models.ForeignKey("families.Family", models.PROTECT, null=True, related_name="clocks")
    # One person's own matter: nobody else of the family sees it, nor learns that it exists.
    matter_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # The young person whose case it is: not for brothers and sisters, nor for parents once that person is grown up.
    youth = models.ForeignKey("families.Member", models.PROTECT, null=True, related_name="+")
    access_basis = models.CharField(max_length=10, choices=AccessBasis, default=AccessBasis.PARENT)
    responsible = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    region = models.CharField(max_length=60, blank=True)
    zone = models.CharField(max_length=40)
    plan = models.CharField(max_length=50, blank=True)
    rule_id = models.CharField(max_length=40)
    rule_version = models.PositiveSmallIntegerField()
    terms = models.JSONField()  # the whole rule as it was: a profile that changes moves no clock that runs
    kind = models.CharField(max_length=12)
    unit = models.CharField(max_length=16, blank=True)
    owner = models.CharField(max_length=12)  # whose page it stands on
    duty_of = models.CharField(max_length=12)
    satisfied_by = models.CharField(max_length=40, blank=True)
    # What it is about, in the code's own word ("referral", "grievance"), and its public id; blank: the family as a whole.
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    # What started it. The same trigger told twice starts one clock.
    trigger_key = models.CharField(max_length=120)
    period = models.PositiveIntegerField(default=1)  # the first, second ... of a promise that comes round
    multiple = models.PositiveIntegerField(default=1)  # how many lengths lie between started_at and the due date
    started_at = models.DateTimeField()
    effective_at = models.DateTimeField(null=True)  # the rule's other event
    opens_at = models.DateTimeField()  # what happens from here on counts for it
    due_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    working = models.JSONField(default=list)
    extensions = models.PositiveSmallIntegerField(default=0)
    pauses = models.JSONField(default=list)  # [{"start", "until", "reason"}]; the one that runs has no "until"
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    met_at = models.DateTimeField(null=True)
    next_fire_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["program", "rule_id", "trigger_key", "period"], name="clock_once"),
            models.CheckConstraint(condition=Q(state="met") ^ Q(met_at=None), name="clock_met_has_a_time"),
        )
        indexes = (
            # All that a pass over what is due reads.
            models.Index(fields=["next_fire_at", "id"], condition=Q(next_fire_at__isnull=False), name="clock_due"),
            models.Index(fields=["family", "state", "due_at"], name="clock_family"),
            models.Index(fields=["program", "state", "due_at"], name="clock_program"),
            models.Index(fields=["subject", "subject_id"], name="clock_subject"),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} {self.state} {self.due_on or ''}".strip()

    @property
    def told_as(self) -> str:
        """What notices of its steps are about."""
        return f"clock:{self.public_id}"

    @property
    def began_as(self) -> str:
        """What the notice of its beginning is about: all that one trigger started, told as one thing."""
        trigger = sha256(f"{self.program_id}:{self.trigger_key}".encode()).hexdigest()[:32]
        return f"clocks:{trigger}"

    @cached_property
    def rule(self) -> Rule:
        return Rule.model_validate_json(json.dumps(self.terms))

    @property
    def tzinfo(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(Step.from_json(stored) for stored in self.working)

    @property
    def is_theirs(self) -> bool:
        """The family's own to do or to leave: a last day for it, never a debt of it."""
        return self.duty_of == "family"

    @property
    def is_kept_by_its_case(self) -> bool:
        """The page of the case asks who took part, what was sent and what comes next; a day alone does not keep it."""
        return self.satisfied_by == Event.ENROLLMENT_ENDED or (
            self.youth_id is not None and self.satisfied_by in OF_A_CASE
        )

    @property
    def always_holds(self) -> bool:
        """A promise without a date: kept all the time, broken for a while, and then kept again."""
        return self.kind == "standing" and self.terms["trigger"] == Event.ALWAYS

    @property
    def is_unmet(self) -> bool:
        """Still owed, in time or late."""
        return self.state in self.UNMET

    @property
    def ends_at(self) -> dt.datetime | None:
        """The first moment that is too late: due dates hold to the end of their last second."""
        return self.due_at + SECOND if self.due_at is not None else None

    @property
    def is_late(self) -> bool:
        """Whether it was done after its date, or was not done by it: also before a pass has written that down."""
        if self.state == self.State.MISSED or self.ends_at is None:
            return self.state == self.State.MISSED
        if self.state == self.State.MET and self.met_at is not None:
            return self.met_at >= self.ends_at
        return self.state == self.State.OPEN and self.ends_at <= timezone.now()

    @property
    def is_by_the_day(self) -> bool:
        return self.due_at is not None and self.due_at.astimezone(self.tzinfo).time() == END_OF_DAY

    @property
    def stood_still(self) -> tuple[Pause, ...]:
        """The pauses that are over."""
        return tuple(
            Pause(dt.datetime.fromisoformat(one["start"]), dt.datetime.fromisoformat(one["until"]))
            for one in self.pauses
            if one.get("until")
        )

    def take(self, due: Due) -> None:
        """Put what was counted into the row."""
        self.due_at, self.due_on, self.opens_at = due.due_at, due.due_on, due.opens_at
        self.working = [step.as_json() for step in due.working]


class ClockEvent(models.Model):
    """One thing that happened to a clock. Never changed or deleted: the database itself refuses (migration 0002)."""

    class Kind(models.TextChoices):
        STARTED = "started", _("started")
        NEAR = "near", _("came near")
        MET = "met", _("done")
        MISSED = "missed", _("missed")
        PAUSED = "paused", _("stood still")
        RESUMED = "resumed", _("went on")
        EXTENDED = "extended", _("got more time")
        RECOMPUTED = "recomputed", _("was counted again")
        EXCUSED = "excused", _("could not be done, for a reason on record")
        CANCELLED = "cancelled", _("no longer owed")

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()  # when it happened
    recorded_at = models.DateTimeField(default=timezone.now)  # when we wrote it down
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    old_due_at = models.DateTimeField(null=True)
    old_due_on = models.DateField(null=True)
    new_due_at = models.DateTimeField(null=True)
    new_due_on = models.DateField(null=True)
    working = models.JSONField(default=list)  # of the new date

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Happening(models.Model):
    """Something that starts or satisfies clocks. Kept, so that it does not matter in which order we hear of things."""

    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    family = models.ForeignKey("families.Family", models.PROTECT, null=True, related_name="+")
    event = models.CharField(max_length=40)
    at = models.DateTimeField()
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=120)  # the same key told twice is one happening
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "key"], name="happened_once"),)
        indexes = (models.Index(fields=["program", "family", "event", "at"], name="happened_when"),)

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"


class Closure(models.Model):
    """Days on which a programme's offices close that its profile did not know of: for some regions, or for all."""

    class Kind(models.TextChoices):
        CLOSURE = "closure", _("offices are closed")
        DISASTER = "disaster", _("a disaster was declared")

    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="closures")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80)
    first_on = models.DateField()
    last_on = models.DateField()
    regions = models.JSONField(default=list)  # ids of the profile; empty: everywhere
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last_on__gte=models.F("first_on")), name="closure_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.first_on}"

    def is_in(self, region: str) -> bool:
        """Whether offices of that region close. Without a region it is about the whole programme, which closes only everywhere."""
        return not self.regions or region in self.regions

    def days(self) -> list[dt.date]:
        return [self.first_on + dt.timedelta(days=ahead) for ahead in range((self.last_on - self.first_on).days + 1)]


class CalendarFeed(models.Model):
    """A secret address from which a person's own calendar reads their dates. Only its hash is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_calendar_each"),
        )

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
