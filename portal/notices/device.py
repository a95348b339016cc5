"""What a device knows of itself: a cookie that says whose notices its screen may show, until they leave.

It outlives a session that ended by itself, for those are the people whom a notice has to reach.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.notices import phones

if TYPE_CHECKING:
    from portal.accounts.models import Person

COOKIE = "porch_phone"
A_YEAR = 60 * 60 * 24 * 365
LONGEST = 200


def new() -> str:
    return secrets.token_urlsafe(24)


def of(request: HttpRequest) -> str:
    """The secret of this device, whoever it was made for, or ""."""
    return request.COOKIES.get(COOKIE, "")[:LONGEST].partition(".")[0]


def is_of(request: HttpRequest, person: Person) -> bool:
    """Whether this person asked for notices on this device, and has not left it since."""
    device, _dot, seal = request.COOKIES.get(COOKIE, "")[:LONGEST].partition(".")
    return bool(device) and constant_time_compare(seal, _seal(device, person))


def remember(response: HttpResponse, device: str, person: Person) -> None:
    response.set_cookie(
        COOKIE,
        f"{device}.{_seal(device, person)}",
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(request: HttpRequest, person: Person | None) -> None:
    """Somebody leaves this device, or shares it from now on. The cookie goes with the answer (`drop`)."""
    if device := of(request):
        phones.forget_device(person=person, device=device)


def drop(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def _seal(device: str, person: Person) -> str:
    return salted_hmac("portal.notices.device", f"{device}.{person.pk}", algorithm="sha256").hexdigest()
