"""What a phone without an account holds: for half an hour the right to go on, in its session. The code itself stays nowhere.

The session's cookie is a random number that goes with the browser; nothing that was written is on the phone.
"""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

from portal import crypto
from portal.access import referrals as access
from portal.referrals import codes

if TYPE_CHECKING:
    from portal.referrals.models import Referral

HELD = "referral"
CODE = "referral_code"  # sealed, until its owner has said that it is written down
NOTE_EVERY = 30  # seconds between two writes of the last use
# Wrong codes, codes sent by text, beginnings, and questions; counted where every process sees it. A clinic's families share
# one address of the network with its staff: theirs are counted by person, so that neither keeps the other out.
RATES = {
    "referral_code": "10/5m/ip,60/d/ip",
    "referral_find": "10/5m/user,60/d/user",
    "referral_begin": "30/h/ip",
    "referral_text": "5/h/ip,3/h/key",
    "referral_ask": "20/h/key",
}
_CONTEXT = "receipt code"


class TooMany(Exception):
    """Many wrong codes in a short time: wait a few minutes."""


def hold(request: HttpRequest, referral: Referral) -> None:
    """From now on this browser may go on with it, and with no other one."""
    if not request.user.is_authenticated:
        request.session.cycle_key()
        request.session.set_expiry(0)
    request.session[HELD] = {"id": str(referral.public_id), "at": int(time.time()), "key": referral.code_key[:16]}
    request.session.pop(CODE, None)


def was_held(request: HttpRequest) -> bool:
    """Whether this browser had one open, before it is asked whether it still may."""
    return HELD in request.session


def held(request: HttpRequest) -> Referral | None:
    """The referral this browser may go on with; None once nobody has used it for a while, or its code was renewed."""
    kept = request.session.get(HELD)
    if not isinstance(kept, dict):
        return None
    referral = access.referral_held(kept["id"]) if time.time() - kept["at"] <= _idle_seconds() else None
    if referral is None or referral.code_key[:16] != kept["key"]:
        let_go(request)
        return None
    if time.time() - kept["at"] > NOTE_EVERY:
        request.session[HELD] = kept | {"at": int(time.time())}
    return referral


def _idle_seconds() -> int:
    minutes: int = settings.IDLE_MINUTES["family"]
    return 60 * minutes


def let_go(request: HttpRequest) -> None:
    for name in (HELD, CODE):
        request.session.pop(name, None)


def keep_code(request: HttpRequest, code: str) -> None:
    """To be shown until somebody says that it is written down: the answer may be lost on the way."""
    request.session[CODE] = b64encode(crypto.seal_text(code, _CONTEXT)).decode()


def kept_code(request: HttpRequest) -> str:
    sealed = request.session.get(CODE)
    return crypto.open_text(b64decode(sealed), _CONTEXT) if isinstance(sealed, str) else ""


def drop_code(request: HttpRequest) -> None:
    request.session.pop(CODE, None)


def may_try(request: HttpRequest, action: str, key: str = "") -> bool:
    """Count a try; False where there were too many."""
    return _count(request, action, key or action) is not None


def with_code(request: HttpRequest, action: str, code: str) -> Referral | None:
    """The referral that a code opens. A wrong one counts as a try, a right one does not. Raises TooMany, also for the right one."""
    counted = _count(request, action, action)
    if counted is None:
        raise TooMany
    referral = access.referral_with_key(codes.key_of(code))
    if referral is not None:
        counted.rollback()
    return referral


def _count(request: HttpRequest, action: str, key: str) -> ratelimit.RateLimitUsage | None:
    return ratelimit.consume(request, app="portal.referrals", action=action, config={action: RATES[action]}, key=key)
