"""How often one device or one person may do something here, so that nobody fills a programme's desk."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

RATES = {
    "comment": "10/h/ip,40/d/ip",
    "comment_own": "20/h/user",
    # Pages opened, not suggestions sent: a count says nothing about who wrote one (codes.new_page_key).
    "suggestion_page": "30/h/user",
    "suggestion_code": "10/5m/ip,60/d/ip",
}


def may_try(request: HttpRequest, action: str) -> bool:
    """Count a try; False where there were too many."""
    return counted(request, action) is not None


def counted(request: HttpRequest, action: str) -> ratelimit.RateLimitUsage | None:
    """The try itself, which a right one takes back; None where there were too many."""
    user = request.user if request.user.is_authenticated else None
    config = {action: RATES[action]}
    return ratelimit.consume(
        request, app="portal.community", action=action, config=config, key=action, user=user, limit_get=True
    )
