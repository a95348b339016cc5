"""What a session remembers of a stay: when it began, when it was last used, on whose phone, and the second step."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.backends import works_here
from portal.accounts.models import Person
from portal.prepared import Prepared

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SHARED = "shared"
SECOND_STEP_AT = "second_step_at"

RECENT = 600  # seconds for which a proof counts as fresh, before a sensitive act
NOTE_EVERY = 60  # seconds between two writes of the last use


def begin(session: SessionBase) -> None:
    session[SIGNED_IN_AT] = session[SEEN_AT] = int(time.time())


def note_use(session: SessionBase) -> bool:
    """Remember that the session is in use now; True where that was written, at most once a minute."""
    now = int(time.time())
    if now - session.get(SEEN_AT, 0) < NOTE_EVERY:
        return False
    session[SEEN_AT] = now
    return True


def is_idle(person: Person, session: SessionBase) -> bool:
    """Unused for longer than this kind of session may be: the shortest limit that applies counts."""
    seen_at = session.get(SEEN_AT)
    return seen_at is not None and time.time() - seen_at > 60 * _idle_minutes(person, session)


def _idle_minutes(person: Person, session: SessionBase) -> int:
    limits: dict[str, int] = settings.IDLE_MINUTES
    kinds = ["staff" if works_here(person) else "family"]
    if is_shared(session):
        kinds.append("shared")
    return min(limits[kind] for kind in kinds)


def is_shared(session: SessionBase) -> bool:
    return bool(session.get(SHARED))


def set_shared(session: SessionBase, *, shared: bool) -> None:
    """On a shared phone the cookie goes with the browser, too."""
    session[SHARED] = shared
    session.set_expiry(0 if shared else None)


def note_second_step(session: SessionBase, device: Device) -> None:
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session[SECOND_STEP_AT] = int(time.time())


def has_second_step(person: Person, session: SessionBase) -> bool:
    """Whether this session was opened with a second step by a device that is still this person's.

    Asked of the database each time, so that taking a lost device away ends what it opened.
    """
    device_id = session.get(DEVICE_ID_SESSION_KEY)
    kind, _slash, pk = device_id.rpartition("/") if isinstance(device_id, str) else ("", "", "")
    device = _DEVICES.get(kind)
    return device is not None and pk.isdigit() and device.rows(device=int(pk)) == [(person.pk, True)]


def _prepared(kind: type[Device]) -> Prepared:
    return Prepared(lambda device: kind.objects.filter(pk=device).values_list("user_id", "confirmed"), device=-1)


_DEVICES = {kind.model_label(): _prepared(kind) for kind in (TOTPDevice, StaticDevice)}


def is_fresh(person: Person, session: SessionBase) -> bool:
    """Proved who they are within ten minutes: staff by the second step, families by signing in."""
    key = SECOND_STEP_AT if works_here(person) else SIGNED_IN_AT
    return bool(time.time() - session.get(key, 0) < RECENT)
