"""Groups that a family organization opens: what they are, their rules, who leads them, who is in them, what was reported."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import crypto


class Group(models.Model):
    """Caregivers, or young people, who talk with each other; somebody of staff leads it at every moment it can be written in."""

    class Audience(models.TextChoices):
        CAREGIVERS = "caregivers", _("For caregivers")
        YOUTH = "youth", _("For young people")

    class Way(models.TextChoices):
        CHAT = "chat", _("in writing, here")
        IN_PERSON = "in_person", _("in person, and in writing here")
        VIDEO = "video", _("by video, and in writing here")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("a group", "open")
        PAUSED = "paused", pgettext_lazy("a group", "paused")
        CLOSED = "closed", pgettext_lazy("a group", "closed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey("programs.Organization", models.PROTECT, related_name="groups")
    name = models.CharField(max_length=80)
    about = models.TextField(max_length=600)
    audience = models.CharField(max_length=10, choices=Audience)
    languages = models.JSONField(default=list)
    region = models.CharField(max_length=60, blank=True)  # a region id of the profile; none: wherever one lives
    way = models.CharField(max_length=9, choices=Way, default=Way.CHAT)
    meets = models.CharField(max_length=200, blank=True)  # when and where, in the organization's words
    most = models.PositiveSmallIntegerField()  # people in it besides those who lead it
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    conversation = models.OneToOneField("messaging.Conversation", models.PROTECT, null=True, related_name="group")
    goodbye = models.TextField(max_length=600, blank=True)  # the last words of those who led it
    opened_by = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            # Adults and young people do not write to each other yet (docs/decisions/0010): not by way of a group either.
            models.CheckConstraint(
                condition=~Q(audience="youth") | Q(conversation=None), name="youth_groups_are_silent"
            ),
            models.CheckConstraint(condition=Q(most__gte=2), name="a_group_has_room_for_two"),
        )

    def __str__(self) -> str:
        return self.name


class GroupRule(models.Model):
    """One line of what everybody in the group agreed to: of the house, in every language, or of the organization as written.

    The lines of a group are never changed: whoever is in it agreed to these.
    """

    class House(models.TextChoices):
        STAYS_HERE = "stays_here", _("What is said here stays here. Do not share it, and take no pictures of it.")
        KIND = "kind", _("Be kind. Each family is different, and nobody has to defend theirs.")
        OWN_STORY = "own_story", _("Tell your own story. Leave out the names of children and of other people.")
        NO_SELLING = "no_selling", _("No selling, and no asking for money.")
        NO_CONTACT_ELSEWHERE = "no_contact_elsewhere", _("Nobody has to share a phone number or meet outside of here.")

    group = models.ForeignKey(Group, models.PROTECT, related_name="rules")
    place = models.PositiveSmallIntegerField()
    house = models.CharField(max_length=24, choices=House, blank=True)
    own = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["group", "place"], name="group_rule_place"),
            models.CheckConstraint(
                condition=~Q(house="", own="") & (Q(house="") | Q(own="")), name="group_rule_is_one"
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.own or str(self.get_house_display())


class GroupModerator(models.Model):
    """Somebody of staff leads a group, from when to when. With the last one's job the group stands still."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="moderators")
    staff_role = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="led_groups")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["group", "staff_role"], condition=Q(ended_at=None), name="leads_it_once"),
        )

    def __str__(self) -> str:
        return f"{self.staff_role_id} leads {self.group_id}"

    @staticmethod
    def in_force(moment: dt.datetime, prefix: str = "") -> Q:
        """Leads it at `moment`: not ended, the job still held, the account open."""
        return (
            Q(**{f"{prefix}ended_at": None, f"{prefix}staff_role__person__is_active": True})
            & Q(**{f"{prefix}staff_role__started_at__lte": moment})
            & (Q(**{f"{prefix}staff_role__ended_at": None}) | Q(**{f"{prefix}staff_role__ended_at__gt": moment}))
        )


class GroupMembership(models.Model):
    """One person's way into a group and out of it. Coming back is another row."""

    class State(models.TextChoices):
        ASKED = "asked"
        ADMITTED = "admitted"
        DECLINED = "declined"
        LEFT = "left"
        REMOVED = "removed"

    LIVE = (State.ASKED, State.ADMITTED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    # The place in a family by which the person may be here; the person beside it, because one may have two such places.
    member = models.ForeignKey("families.Member", models.PROTECT, related_name="group_memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_memberships")
    name = models.CharField(max_length=40)  # what the group calls them: their first name, or another they chose
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    rules_agreed_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)
    admitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    # Nobody where the house ended it: they may not be here any more, and why is not said.
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_words = models.BinaryField(null=True)  # what the person reads about a "no place", or why they were taken out

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(state__in=["asked", "admitted"]), name="in_a_group_once"
            ),
            models.CheckConstraint(condition=~Q(state="admitted") | Q(admitted_at__isnull=False), name="let_in_when"),
            models.CheckConstraint(
                condition=Q(removed_by=None) | Q(removed_at__isnull=False, sealed_words__isnull=False),
                name="taken_out_why",
            ),
        )
        indexes = (models.Index(fields=["person", "state"], name="group_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}: {self.state}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"group-place:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"group-place:{self.public_id}") if text else None


class GroupReport(models.Model):
    """One message that somebody in the group wants looked at. The message itself is never changed."""

    class Outcome(models.TextChoices):
        TALKED = "talked", _("We talked with the person who wrote it")
        REMOVED = "removed", _("The person who wrote it is no longer in the group")
        FINE = "fine", _("We read it, and it can stand as it is")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="reports")
    seq = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_reports")
    reported_at = models.DateTimeField(default=timezone.now)
    sealed_words = models.BinaryField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["group", "seq", "reported_by"], name="reported_once"),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="settled_with_an_outcome",
            ),
        )

    def __str__(self) -> str:
        return f"{self.group_id}/{self.seq}"

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, f"group-report:{self.public_id}") if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"group-report:{self.public_id}") if text else None
