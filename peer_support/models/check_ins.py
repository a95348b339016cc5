"""A short question now and then to whoever has a peer partner or mentor: do you feel less alone?"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import crypto


class CheckIn(models.Model):
    """One time of asking one person about one pairing, and what they said, if they liked to.

    Neither the peer nor anybody else of the family sees it or that it exists. "Not yet" and words about what would help
    reach the liaison; every other answer is only counted. Nothing else is made of it.
    """

    class Answer(models.TextChoices):
        A_LOT = "a_lot", pgettext_lazy("less alone", "Yes, a lot")
        A_LITTLE = "a_little", pgettext_lazy("less alone", "Yes, a little")
        NOT_YET = "not_yet", pgettext_lazy("less alone", "Not yet")
        UNSAID = "unsaid", _("I would rather not say")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pairing = models.ForeignKey("peer_support.Pairing", models.PROTECT, related_name="check_ins")
    number = models.PositiveSmallIntegerField()  # the first one is 1
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    sealed_help = models.BinaryField(null=True)  # what would help, in their own words
    answered_at = models.DateTimeField(null=True)  # the first answer; it can be changed for a day from then
    skipped_at = models.DateTimeField(null=True)  # not this time; or the next question has come instead
    talked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    talked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pairing", "number"], name="asked_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", sealed_help=None)
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="an_answer_has_a_moment",
            ),
        )
        indexes = (models.Index(fields=["answered_at"], name="check_in_answered"),)

    def __str__(self) -> str:
        return f"check-in {self.number} of {self.pairing_id}"

    @property
    def asks_for_talk(self) -> bool:
        """What reaches the liaison; the same condition as a question to the database is `ASKS_FOR_TALK`."""
        return self.answer == self.Answer.NOT_YET or self.sealed_help is not None

    @property
    def help(self) -> str:
        return crypto.open_text(self.sealed_help, f"check-in-help:{self.public_id}") if self.sealed_help else ""

    @help.setter
    def help(self, text: str) -> None:
        self.sealed_help = crypto.seal_text(text, f"check-in-help:{self.public_id}") if text else None


ASKS_FOR_TALK = Q(answer=CheckIn.Answer.NOT_YET) | Q(sealed_help__isnull=False)
