"""What a phone without an account holds: for half an hour the right to read what it began, in its session. The code stays nowhere.

A page that was open longer can still hand in what was typed on it, by the token it was made with: that opens nothing.
"""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from portal import crypto
from portal.access import telling as access
from rights_grievances import receipts

if TYPE_CHECKING:
    from rights_grievances.models import Draft

HELD = "told"
CODE = "told_code"  # sealed, until its owner has said that it is written down
NOTE_EVERY = 30  # seconds between two writes of the last use
TOKEN_HOLDS = 7 * 24 * 3600  # seconds
# Wrong codes, beginnings, files and words added; counted where every process sees it.
RATES = {
    "tell_code": "10/5m/ip,60/d/ip",
    "tell_begin": "30/h/ip",
    "tell_begin_own": "30/h/user",
    "tell_file": "120/h/key",
    "tell_more": "20/h/key",
}
_CONTEXT = "case receipt code"
_SALT = "rights_grievances.telling"
_CALL_SALT = "rights_grievances.telling.call"


class TooMany(Exception):
    """Many wrong codes in a short time: wait a few minutes."""


def hold(request: HttpRequest, draft: Draft, code: str = "") -> None:
    """From now on this browser may go on with it, and with no other one. `code` is shown until it is written down."""
    if not request.user.is_authenticated:
        request.session.cycle_key()
        request.session.set_expiry(0)
    request.session[HELD] = {"id": str(draft.public_id), "at": int(time.time()), "key": draft.code_hash[:16]}
    request.session.pop(CODE, None)
    if code:
        request.session[CODE] = b64encode(crypto.seal_text(code, _CONTEXT)).decode()


def held(request: HttpRequest) -> Draft | None:
    """What this browser may go on with; None once nobody has used it for a while."""
    kept = request.session.get(HELD)
    if not isinstance(kept, dict):
        return None
    draft = access.draft_held(kept["id"]) if time.time() - kept["at"] <= _idle_seconds() else None
    if draft is None or draft.code_hash[:16] != kept["key"]:
        let_go(request)
        return None
    if time.time() - kept["at"] > NOTE_EVERY:
        request.session[HELD] = kept | {"at": int(time.time())}
    return draft


def _idle_seconds() -> int:
    minutes: int = settings.IDLE_MINUTES["family"]
    return 60 * minutes


def let_go(request: HttpRequest) -> None:
    for name in (HELD, CODE):
        request.session.pop(name, None)


def kept_code(request: HttpRequest) -> str:
    sealed = request.session.get(CODE)
    return crypto.open_text(b64decode(sealed), _CONTEXT) if isinstance(sealed, str) else ""


def drop_code(request: HttpRequest) -> None:
    request.session.pop(CODE, None)


# -- what a page may hand in, whoever is signed in by now ----------------------------------------------------------------


def token_of(draft: Draft) -> str:
    return signing.dumps([str(draft.public_id), draft.code_hash[:16]], salt=_SALT)


def draft_of_token(token: str) -> Draft | None:
    """The draft into which a page may hand what was typed on it. Nothing of the draft may be shown for it."""
    try:
        public_id, key = signing.loads(token, salt=_SALT, max_age=TOKEN_HOLDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    draft = access.draft_held(str(public_id))
    return draft if draft is not None and draft.code_hash[:16] == key else None


def token_of_call(key: UUID, role: int) -> str:
    """The same for the page on which a call is written down, before there is anything of it to keep."""
    return signing.dumps([str(key), role], salt=_CALL_SALT)


def call_of_token(token: str) -> tuple[UUID, int] | None:
    """Which call, and by whose job."""
    try:
        key, role = signing.loads(token, salt=_CALL_SALT, max_age=TOKEN_HOLDS)
        return UUID(key), int(role)
    except (signing.BadSignature, ValueError, TypeError):
        return None


# -- how often -----------------------------------------------------------------------------------------------------------


def may_try(request: HttpRequest, action: str, key: str = "") -> bool:
    """Count a try; False where there were too many."""
    return _count(request, action, key or action) is not None


def with_code(request: HttpRequest, code: str) -> Draft | None:
    """What a code opens. A wrong one counts as a try, a right one does not. Raises TooMany, also for the right one."""
    counted = _count(request, "tell_code", "tell_code")
    if counted is None:
        raise TooMany
    draft = access.draft_with_hash(receipts.hashes_of(code))
    if draft is not None:
        counted.rollback()
    return draft


def _count(request: HttpRequest, action: str, key: str) -> ratelimit.RateLimitUsage | None:
    config = {action: RATES[action]}
    user = request.user if request.user.is_authenticated else None
    return ratelimit.consume(request, app="rights_grievances", action=action, config=config, key=key, user=user)
