"""Every write about a person: who they are, how they come in, and the record of coming and going."""

from __future__ import annotations

import datetime as dt
import secrets
from binascii import unhexlify
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal import live
from portal.access import families, require
from portal.accounts.addresses import digits_of, email_of, phone_of
from portal.accounts.models import Invitation, Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.text import one_line

RECOVERY_CODES = 10
MAY_BE_CHANGED = frozenset({"display_name", "pronouns", "language", "theme", "emails_wanted"})


# -- people -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def create_person(
    *,
    display_name: str,
    language: str = "en",
    email: str | None = None,
    phone: str | None = None,
    born_on: dt.date | None = None,
    is_adult_confirmed: bool = False,
    **fields: Any,
) -> Person:
    """Add someone who can be invited or sign in by code. Raises ValueError for an address that cannot be one."""
    person = Person.objects.create_user(
        display_name=_name(display_name),
        language=language,
        email=_known(email_of, email),
        phone=_known(phone_of, phone),
        born_on=born_on,
        adult_confirmed_at=timezone.now() if is_adult_confirmed else None,
        **fields,
    )
    record(actor=None, verb=Entry.Verb.CREATED, subject="person", subject_id=person.public_id)
    return person


def _name(text: str) -> str:
    name = one_line(text, 80)
    if not name:
        raise ValueError("A person needs a name.")
    return name


def _known(parse: Any, text: str | None) -> str | None:
    if not text:
        return None
    address: str | None = parse(text)
    if address is None:
        raise ValueError(f"{text!r} is neither an e-mail address nor a phone number that can be used.")
    return address


@transaction.atomic
def update_account(*, person: Person, **fields: Any) -> None:
    """What a person may change about themselves. The record keeps which fields, never what they held."""
    if unknown := set(fields) - MAY_BE_CHANGED:
        raise TypeError(f"not a person's own to change: {', '.join(sorted(unknown))}")
    if "display_name" in fields:
        fields["display_name"] = _name(fields["display_name"])
    if "pronouns" in fields:
        fields["pronouns"] = one_line(fields["pronouns"], 40)
    changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(person, name, fields[name])
    person.save(update_fields=changed)
    record(actor=person, verb=Entry.Verb.CHANGED, subject="person", subject_id=person.public_id, fields=changed)


@transaction.atomic
def set_text_choice(*, person: Person, wanted: bool, source: str) -> None:
    """Texts only on the person's own yes, and none after a STOP (47 CFR 64.1200). `source`: where they said so."""
    if person.texts_wanted == wanted:
        return
    person.texts_wanted = wanted
    person.save(update_fields=["texts_wanted"])
    record(
        actor=person,
        verb=Entry.Verb.CHANGED,
        subject="texts",
        subject_id=person.public_id,
        wanted=wanted,
        source=source,
    )


# -- invitations ------------------------------------------------------------------------------------------------------


def is_waiting(person: Person) -> bool:
    """Whether an invitation is the person's way in: they were never here, or have nothing to come back by.

    For anyone else it would be a way for staff to come in as them.
    """
    if person.last_login is None:
        return True
    has_passkey = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()
    return not (person.email or person.phone or has_passkey)


@transaction.atomic
def invite(*, actor: Person, person: Person, days: int = 7) -> str:
    """Make the link's token, shown once; an earlier open invitation of that person stops working."""
    require(families.may_invite(actor, person) and person.is_active and is_waiting(person))
    now = timezone.now()
    _revoke_invitations(person)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        person=person,
        invited_by=actor,
        token_hash=Invitation.hash_of(token),
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    record(actor=actor, verb=Entry.Verb.CREATED, subject="invitation", subject_id=person.public_id, days=days)
    return token


@transaction.atomic
def use_invitation(*, token: str) -> Person | None:
    """Spend the invitation and give the person it lets in; None when it is unknown, used, revoked or too old.

    One conditional UPDATE on the row's own columns: of two that come at the same moment one is let in.
    """
    now = timezone.now()
    invitation = open_invitation(token)
    if invitation is None:
        return None
    spent = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None, expires_at__gt=now).update(
        used_at=now
    )
    if not spent:
        return None
    record(
        actor=invitation.person, verb=Entry.Verb.CHANGED, subject="invitation", subject_id=invitation.person.public_id
    )
    return invitation.person


def open_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, while it can be used. Looking changes nothing."""
    invitation = (
        Invitation.objects.select_related("person", "invited_by")
        .filter(token_hash=Invitation.hash_of(token), person__is_active=True)
        .first()
    )
    if invitation is None or not invitation.is_open_at(timezone.now()):
        return None
    # Who made it must still stand beside that person: a link does not outlive its maker's job.
    return invitation if families.may_invite(invitation.invited_by, invitation.person) else None


def _revoke_invitations(person: Person) -> None:
    Invitation.objects.filter(person=person, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


# -- coming and going -------------------------------------------------------------------------------------------------


@transaction.atomic
def record_sign_in(*, person: Person, how: str) -> None:
    """Whoever came in needs no invitation any more: a link still lying around stops working."""
    _revoke_invitations(person)
    record(actor=person, verb=Entry.Verb.SIGNED_IN, subject="person", subject_id=person.public_id, how=how)


@transaction.atomic
def record_sign_out(*, person: Person, session_key: str, reason: str) -> None:
    """Ends the session's open pages, too, once this is committed."""
    record(actor=person, verb=Entry.Verb.SIGNED_OUT, subject="person", subject_id=person.public_id, reason=reason)
    transaction.on_commit(lambda: live.end_session(session_key))


@transaction.atomic
def record_refusal(*, person: Person | None, subject: str) -> None:
    """Someone ran out of tries. Written for unknown addresses, too, so that both take the same time."""
    record(
        actor=person,
        verb=Entry.Verb.REFUSED,
        subject=subject,
        subject_id=person.public_id if person is not None else "",
    )


# -- passkeys ---------------------------------------------------------------------------------------------------------


def passkeys_of(person: Person) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


@transaction.atomic
def keep_passkey(*, person: Person, name: str, credential: dict[str, Any]) -> None:
    """`credential` has been checked against the challenge of this session (forms.PasskeyForm)."""
    WebAuthn.add(person, one_line(name, 60), credential)
    record(actor=person, verb=Entry.Verb.CREATED, subject="passkey", subject_id=person.public_id)


@transaction.atomic
def remove_passkey(*, person: Person, number: int) -> bool:
    """False where the person has no such passkey."""
    removed, _rows = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN, pk=number).delete()
    if removed:
        record(actor=person, verb=Entry.Verb.ENDED, subject="passkey", subject_id=person.public_id)
    return bool(removed)


# -- the second step --------------------------------------------------------------------------------------------------


def authenticator_of(person: Person) -> TOTPDevice | None:
    """The authenticator app the person has set up, or None."""
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=person, confirmed=True).order_by("-pk").first()
    return found


def recovery_codes_left(person: Person) -> int:
    return int(StaticToken.objects.filter(device__user=person, device__confirmed=True).count())


@transaction.atomic
def set_up_authenticator(*, person: Person, key: str, code: str) -> tuple[TOTPDevice, list[str]] | None:
    """Keep the app whose hex `key` made `code`, in place of any earlier one; with new recovery codes. None: no match."""
    digits = digits_of(code)
    check = TOTP(unhexlify(key))
    if not (digits.isdecimal() and len(digits) == 6 and check.verify(int(digits), tolerance=1)):
        return None
    TOTPDevice.objects.filter(user=person).delete()
    # last_t: the code just used cannot be used a second time.
    device = TOTPDevice.objects.create(user=person, name="app", key=key, last_t=check.t(), drift=check.drift)
    record(actor=person, verb=Entry.Verb.CREATED, subject="second_step", subject_id=person.public_id)
    return device, renew_recovery_codes(person=person)


@transaction.atomic
def renew_recovery_codes(*, person: Person) -> list[str]:
    """Ten new codes, shown once; the old ones stop working."""
    StaticDevice.objects.filter(user=person).delete()
    device = StaticDevice.objects.create(user=person, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    record(actor=person, verb=Entry.Verb.CHANGED, subject="recovery_codes", subject_id=person.public_id)
    return codes


@transaction.atomic
def check_second_step(*, person: Person, code: str) -> Device | dt.datetime | None:
    """The device that took the code, the moment until which tries are refused, or None for a code that does not match.

    Six digits ask the app, anything else the recovery codes, which work once each. The row is locked: a code cannot be
    used twice at the same moment, and the pause after a wrong one doubles each time.
    """
    text = digits_of(code)
    kind = TOTPDevice if len(text) == 6 and text.isdecimal() else StaticDevice
    device = kind.objects.select_for_update().filter(user=person, confirmed=True).first()
    if device is None:
        return None
    allowed, why = device.verify_is_allowed()
    if not allowed:
        until: dt.datetime = why["locked_until"]
        return until
    if device.verify_token(text):
        return device
    record(actor=person, verb=Entry.Verb.REFUSED, subject="second_step", subject_id=person.public_id)
    return None
