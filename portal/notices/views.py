"""A person's own notices, and the door for texts that come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.access.notices import closed_notices, visible_notices
from portal.notices import actions, incoming
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    pass

SHOWN = 50


@show_or_post
def notice_list(request: HttpRequest) -> HttpResponse:
    """POST says "I have seen all of these"."""
    person = person_of(request)
    if request.method == "POST":
        actions.mark_all_read(person=person)
        return redirect("notice_list")
    notices = list(visible_notices(person)[:SHOWN])
    has_unread = any(notice.read_at is None for notice in notices)
    context = {"notices": notices, "has_unread": has_unread, "closed": closed_notices(person, notices)}
    return render(request, "notices/list.html", context)


@csrf_exempt  # a service calls it, not a browser: its signature is checked instead
@login_not_required
@require_POST
def sms_incoming(request: HttpRequest) -> HttpResponse:
    text = incoming.read(request)
    if text is None:
        return HttpResponse(
            "This door is for the service that brings our texts.", status=403, content_type="text/plain"
        )
    return incoming.answer(actions.answer_text(phone=text.phone, text=text.text))
