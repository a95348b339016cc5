"""What the views of every room begin with: who asks, what they sent and named, and in what form they want the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.views.decorators.http import require_http_methods

if TYPE_CHECKING:
    from portal.accounts.models import Person

show_or_post = require_http_methods(["GET", "HEAD", "POST"])


def person_of(request: HttpRequest) -> Person:
    """Who is signed in: the door lets nobody else come as far as a view that asks this."""
    return cast("Person", request.user)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, an empty form too; None where the page is only shown."""
    return request.POST if request.method == "POST" else None


def uuid_of(text: str | None) -> UUID | None:
    """What an address or a form names by its public id; None where that is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def wants_json(request: HttpRequest) -> bool:
    """Asked by a script of one of our pages, which shows the answer in its own place."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
