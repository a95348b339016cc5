"""How often one device or one person may do something here, so that nobody fills a programme's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from portal.accounts.models import Person

RATES = {
    "comment": "10/h/ip,40/d/ip",
    "comment_own": "20/h/user",
    "suggestion": "20/h/key",
    "suggestion_code": "10/5m/ip,60/d/ip",
}


def may_try(request: HttpRequest, action: str, key: str = "") -> bool:
    """Count a try; False where there were too many."""
    return counted(request, action, key) is not None


def key_of(person: Person) -> str:
    """Under which a person's suggestions are counted for an hour. Who reads the counts does not learn whose they are."""
    return salted_hmac("portal.community.tries", str(person.public_id), algorithm="sha256").hexdigest()


def counted(request: HttpRequest, action: str, key: str = "") -> ratelimit.RateLimitUsage | None:
    """The try itself, which a right one takes back; None where there were too many."""
    user = request.user if request.user.is_authenticated else None
    config = {action: RATES[action]}
    return ratelimit.consume(
        request, app="portal.community", action=action, config=config, key=key or action, user=user
    )
