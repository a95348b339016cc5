"""Hand-offs from the helper a family knows to the next one."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class HandOff(models.Model):
    """Who handed a family to whom, face to face with them, where and when, and who says so. A form alone is never warm."""

    class Kind(models.TextChoices):
        PEER = "peer"
        COORDINATOR = "coordinator"

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        WARM = "warm", _("done, face to face")
        NOT_WARM = "not_warm", _("not done as promised")
        EMERGENCY = "emergency", _("changed without a meeting")

    # What may follow what: the only transitions there are. What was not done as promised can be made good.
    NEXT = {  # noqa: RUF012
        State.PLANNED: {State.WARM, State.NOT_WARM, State.EMERGENCY},
        State.NOT_WARM: {State.WARM, State.EMERGENCY},
        State.WARM: {State.NOT_WARM},  # the family says that it did not happen
        State.EMERGENCY: set[State](),
    }

    class Way(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        VIDEO = "video", _("by video")

    class Setting(models.TextChoices):
        HOME = "home", _("at home")
        COMMUNITY = "community", _("somewhere in the neighborhood")
        OFFICE = "office", _("in an office")
        SCHOOL = "school", _("at school")
        CRISIS_UNIT = "crisis_unit", _("in a crisis unit")
        HOSPITAL = "hospital", _("in a hospital")
        SHELTER = "shelter", _("in a shelter")
        DETOX = "detox", _("in a detox unit")
        COURT = "court", _("at court or in detention")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey("families.Family", models.PROTECT, related_name="hand_offs")
    kind = models.CharField(max_length=12, choices=Kind)
    # Who of the family takes part; without a meeting of coordinators there is nobody to name.
    member = models.ForeignKey("families.Member", models.PROTECT, null=True, related_name="hand_offs")
    giver = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("programs.StaffRole", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    meets_on = models.DateField(null=True)  # the planned day
    met_on = models.DateField(null=True)  # the day it was, as those who met say
    way = models.CharField(max_length=10, choices=Way, blank=True)
    setting = models.CharField(max_length=12, choices=Setting, blank=True)
    place = models.CharField(max_length=120, blank=True)
    family_present = models.BooleanField(default=False)
    sealed_words = models.BinaryField(null=True)  # what the family wants the next one to know, in its own words
    confirmed_by_giver_at = models.DateTimeField(null=True)
    confirmed_by_receiver_at = models.DateTimeField(null=True)
    family_says = models.BooleanField(null=True)  # whether it happened; they need not say
    family_said_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why there was no meeting; the family reads it
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    conversation = models.OneToOneField("messaging.Conversation", models.PROTECT, null=True, related_name="hand_off")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["family"], condition=Q(state="planned", kind="coordinator"), name="one_coordinator_hand_off"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(state="planned", kind="peer"), name="one_peer_hand_off"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="handed_to_someone_else"),
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(meets_on__isnull=False, member__isnull=False),
                name="a_planned_hand_off_has_a_day",
            ),
            models.CheckConstraint(condition=~Q(state="emergency") | ~Q(reason=""), name="an_emergency_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="warm")
                | Q(
                    confirmed_by_giver_at__isnull=False,
                    confirmed_by_receiver_at__isnull=False,
                    family_present=True,
                    met_on__isnull=False,
                ),
                name="warm_means_all_three_met",
            ),
        )

    def __str__(self) -> str:
        return f"{self.giver_id} to {self.receiver_id}: {self.state}"

    @property
    def is_confirmed_by_both(self) -> bool:
        return self.confirmed_by_giver_at is not None and self.confirmed_by_receiver_at is not None

    @property
    def is_undone(self) -> bool:
        """It can still become warm."""
        return self.state in {self.State.PLANNED, self.State.NOT_WARM}

    def judged(self, today: dt.date) -> State:
        """What the facts on record make of it, where the family lives. Without both confirmations it is never warm."""
        if self.state == self.State.EMERGENCY:
            return self.State.EMERGENCY
        if self.is_confirmed_by_both:
            is_warm = self.family_present and self.met_on is not None and self.family_says is not False
            return self.State.WARM if is_warm else self.State.NOT_WARM
        if self.state == self.State.PLANNED and self.family_says is not False:
            is_over = self.meets_on is not None and self.meets_on < today
            return self.State.NOT_WARM if is_over else self.State.PLANNED
        return self.State.NOT_WARM

    @property
    def words(self) -> str:
        return crypto.open_text(self.sealed_words, self._place) if self.sealed_words else ""

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, self._place) if text else None

    @property
    def _place(self) -> str:
        return f"hand-off-words:{self.public_id}"
