"""The append-only record of who did and who looked at what, sealed in batches into a hash chain."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing that happened. Rows are never changed or deleted: the database itself refuses (migration 0002)."""

    class Verb(models.TextChoices):
        VIEWED = "viewed", _("looked at")
        CREATED = "created", _("added")
        CHANGED = "changed", _("changed")
        ENDED = "ended", _("ended")
        SIGNED_IN = "signed_in", _("signed in")
        SIGNED_OUT = "signed_out", _("signed out")
        REFUSED = "refused", _("was refused")

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_role = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=12, choices=Verb)
    # What it was, in the code's own word ("family", "conversation", "pairing"), and its public id.
    subject = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40, blank=True)
    # The family whose record it is, as its public id: audit knows no model above it.
    family_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["family_id", "-id"], name="audit_family"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"

    def fingerprint(self) -> bytes:
        """The bytes the chain seals: every column, in a fixed order."""
        parts: list[Any] = [
            self.pk,
            self.at.timestamp(),
            self.actor_id,
            self.actor_role,
            self.verb,
            self.subject,
            self.subject_id,
            str(self.family_id or ""),
            self.detail,
        ]
        return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()


class Seal(models.Model):
    """A batch of entries, hashed together with the seal before it."""

    first_entry = models.BigIntegerField(unique=True)
    last_entry = models.BigIntegerField(unique=True)
    entries = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.first_entry}-{self.last_entry}"

    @staticmethod
    def digest(previous_hash: str, fingerprints: list[bytes]) -> str:
        """SHA-256 over the previous seal and each entry's own hash, in id order; hex, 64 characters."""
        whole = hashlib.sha256(previous_hash.encode())
        for fingerprint in fingerprints:
            whole.update(hashlib.sha256(fingerprint).digest())
        return whole.hexdigest()
