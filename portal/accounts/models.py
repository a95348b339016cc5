"""People, what they were shown and agreed to at first sign-in, and the invitations that let them in."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ADULT_AGE = 18


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, **fields: Any) -> Person:
        """Nobody has a password: people come in by code, passkey or invitation."""
        person = self.model(**fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Anyone who can sign in. What they may see follows from memberships and staff roles, never from flags here."""

    class Theme(models.TextChoices):
        DEVICE = "", _("As this phone does")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    display_name = models.CharField(_("name"), max_length=80)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    phone = models.CharField(_("phone"), max_length=16, null=True, blank=True, unique=True)  # E.164
    language = models.CharField(_("language"), max_length=10, default="en")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.DEVICE, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    # A staff member's word that a person without a date of birth on file is 18 or older, or their own where they came by a
    # family's link. Neither means: treated as a minor.
    adult_confirmed_at = models.DateTimeField(null=True, blank=True)
    emails_wanted = models.BooleanField(_("Tell me by e-mail"), default=True)
    # Texts need a yes of the person's own; STOP takes it back (47 CFR 64.1200).
    texts_wanted = models.BooleanField(_("Tell me by text message"), default=False)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "public_id"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower() if self.email else None
        self.phone = self.phone or None
        super().save(*args, **kwargs)

    def age_on(self, day: dt.date) -> int | None:
        """Full years on `day`, or None where the date of birth is not known. Born on 29 February: older from 1 March."""
        if self.born_on is None:
            return None
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))

    def is_minor_on(self, day: dt.date) -> bool:
        """Fails closed: someone whose age nobody has stated counts as a minor."""
        age = self.age_on(day)
        return self.adult_confirmed_at is None if age is None else age < ADULT_AGE

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.display_name.split()[:2]).upper()

    @property
    def first_name(self) -> str:
        return self.display_name.split()[0] if self.display_name.split() else self.display_name


class Acknowledgement(models.Model):
    """What a person was shown, in which version and language, and what they answered. Kept for good, never changed."""

    class Kind(models.TextChoices):
        CONFIDENTIALITY = "confidentiality", _("what cannot stay private")
        PRIVACY = "privacy", _("privacy notice")
        NONDISCRIMINATION = "nondiscrimination", _("fair treatment notice")
        TEXTS = "texts", _("text messages")
        GUARDIAN_PERMISSION = "guardian_permission", _("a guardian's permission for a young person")
        OWN_CONSENT = "own_consent", _("a young person's own consent")
        RIGHTS = "rights", _("your rights")

    class Answer(models.TextChoices):
        SEEN = "seen", _("seen")
        YES = "yes", _("yes")
        NO = "no", _("no")
        SKIPPED = "skipped", _("not now")

    person = models.ForeignKey(Person, models.PROTECT, related_name="acknowledgements")
    # For a guardian's permission: the young person it is about.
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="acknowledgements_about")
    kind = models.CharField(max_length=20, choices=Kind)
    answer = models.CharField(max_length=8, choices=Answer)
    version = models.CharField(max_length=64)  # hash of the source text
    language = models.CharField(max_length=10)  # the language it was shown in, after any fall-back to English
    basis = models.CharField(max_length=200, blank=True)  # the law a minor's own consent stands on
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["person", "kind", "-at"], name="acknowledged"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.answer}"


class Invitation(models.Model):
    """A link or QR code that signs one waiting person in, once. Only its hash is kept; opening it changes nothing."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.expires_at:%Y-%m-%d}"

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    def is_open_at(self, moment: dt.datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and moment < self.expires_at
