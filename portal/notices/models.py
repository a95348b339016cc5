"""What someone is told, and each way it left: rows that the worker claims, so that nothing is sent twice or forgotten."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto


class Notice(models.Model):
    """One thing to tell one person. Its words are made when it is shown or sent, in the language the person reads then."""

    class Kind(models.TextChoices):
        MESSAGE = "message", _("You have a message.")
        PAIRING_PROPOSED = "pairing_proposed", _("There is someone for you to meet.")
        PAIRING_ACCEPTED = "pairing_accepted", _("A family said yes.")
        PAIRING_DECLINED = "pairing_declined", _("A family asks for someone else.")
        PAIRING_CHANGED = "pairing_changed", _("Something changed with a peer partner.")
        HAND_OFF = "hand_off", _("There is news about a hand-off.")
        CHECK_IN = "check_in", _("There is a short question for you.")
        CHECK_IN_CALL = "check_in_call", _("Someone may be glad about a call.")
        GROUP = "group", _("There is news about a group.")
        NO_COORDINATOR = "no_coordinator", _("A family has nobody who answers for it.")
        CLOCK_STARTED = "clock_started", _("There is a new date by which something is due.")
        CLOCK_NEAR = "clock_near", _("Something is due soon.")
        CLOCK_MISSED = "clock_missed", _("Something is late.")
        CLOCK_MET = "clock_met", _("Something that was due is done.")
        CLOCK_MOVED = "clock_moved", _("A date has moved.")
        REFERRAL = "referral", _("Someone asks for help.")
        SUPPORT_ASKED = "support_asked", _("Someone asks for support.")
        SUPPORT = "support", _("There is news about something you asked for.")
        REFERRAL_LOST = "referral_lost", _("A request for help has no one or no date.")
        ON_CALL_GAP = "on_call_gap", _("Nobody is on call for some time.")
        ON_CALL_CHANGED = "on_call_changed", _("Your times on call have changed.")
        REPORT_CALL = "report_call", _("Something you began is not finished.")
        REPORT = "report", _("There is news from your team.")
        MENTOR_ASKED = "mentor_asked", _("We ask for your yes to someone.")
        MENTOR = "mentor", _("There is news about a mentor.")
        GROWING_UP = "growing_up", _("A birthday changes who sees what.")
        MESSAGE_WAITS = "message_waits", _("A message to your team waits for an answer.")
        SAFETY = "safety", _("Somebody may need you now.")
        CONCERN = "concern", _("Something waits for you to look at it.")
        HELD = "held", _("A message waits until you have looked at it.")
        PLAN = "plan", _("The plan has changed.")
        MEETING = "meeting", _("There is news about a meeting.")
        SIGHT = "sight", _("Who sees something of yours has changed.")
        LOOKED = "looked", _("There is something to know about a conversation.")
        CASE = "case", _("There is news about something you told us.")
        CASE_DESK = "case_desk", _("Something waits at your desk.")
        CASE_LATE = "case_late", _("An answer that was promised is late.")
        CASE_FIXED = "case_fixed", _("We have one short question for you.")
        VOICE = "voice", _("There is news about something you said.")
        ANSWER_OWED = "answer_owed", _("A family waits for your answer.")
        PROPOSAL = "proposal", _("Something waits for your yes or no.")
        CHOICE = "choice", _("There is something for you to choose.")
        PULSE = "pulse", _("How was the meeting? We have three short questions.")
        COMMUNITY = "community", _("There is news from your program.")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=24, choices=Kind)
    path = models.CharField(max_length=200)  # the page it leads to
    # The same thing is told once: (person, about) is unique while unread.
    about = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "about"], condition=Q(read_at=None), name="told_once"),
        )
        indexes = (models.Index(fields=["person", "read_at"], name="notice_unread"),)

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"


class Delivery(models.Model):
    """One way a notice leaves (push, e-mail or text). `waiting` rows that are due are claimed by a conditional update."""

    class Channel(models.TextChoices):
        PUSH = "push", _("notice on the phone")
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("on its way")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")
        DROPPED = "dropped", _("no longer needed")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["notice", "channel"], name="once_a_channel"),)
        indexes = (
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="delivery_claimed"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class PushSubscription(models.Model):
    """A phone or computer on whose screen a notice may show. Whoever knows its address can reach that screen, so it is sealed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions")
    endpoint_hash = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    # Of the secret that the device's own cookie holds: who leaves, or comes in as somebody else, ends what it had.
    device_hash = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField(default=timezone.now)
    last_ok_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"a screen of {self.person_id}"

    @staticmethod
    def hash_of(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    @staticmethod
    def seal(where: Mapping[str, str]) -> bytes:
        """`where`: endpoint, p256dh and auth, as the browser gave them."""
        return crypto.seal_text(json.dumps(dict(where)), f"push:{PushSubscription.hash_of(where['endpoint'])}")

    @property
    def where(self) -> dict[str, str]:
        opened: dict[str, str] = json.loads(crypto.open_text(self.sealed, f"push:{self.endpoint_hash}"))
        return opened
