"""Pages beside a conversation: what happened to it, who looked, and one's own words changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from messaging import beside, forms, history, later
from messaging import page as shown
from messaging.sending import Refusal
from portal.access import Refused
from portal.access import conversations as access
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    from messaging.models import Conversation

REFUSED = 422


@require_safe
def conversation_now(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The part under the messages alone, for the open page to put in the place of its own."""
    conversation = _visible(request, conversation_id)
    person = person_of(request)
    me = access.own_participation(person, conversation)
    if me is None:
        raise Http404
    zone = shown.zone_of(conversation, access.group_of(conversation))
    context = beside.now_of(conversation, person, me, get_language() or "en", zone)
    return render(request, "messaging/_now.html", context | {"conversation": conversation})


@require_safe
def look_list(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    conversation = _visible(request, conversation_id)
    zone = shown.zone_of(conversation, access.group_of(conversation))
    notes = beside.notes_of(conversation, get_language() or "en", zone)
    return render(request, "messaging/look_list.html", {"conversation": conversation, "notes": notes[::-1]})


@require_POST
def card_put_away(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    conversation = _visible(request, conversation_id)
    later.put_card_away(person=person_of(request), conversation=conversation)
    return redirect(reverse("conversation_show", args=[conversation_id]) + "#latest")


@show_or_post
def message_change(request: HttpRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    conversation = _visible(request, conversation_id)
    person = person_of(request)
    message = _message(conversation, seq)
    if message.author_id != person.pk or not access.may_post(person, conversation):
        raise Http404
    context: dict[str, Any] = {"conversation": conversation, "seq": seq, "body": message.body}
    if request.method != "POST":
        return render(request, "messaging/message_change.html", context)
    try:
        body = forms.parsed(forms.ChangeForm, request.POST.dict())["body"]
        later.edit_message(author=person, conversation=conversation, seq=seq, body=body)
    except (Refusal, forms.Unreadable) as error:
        said = error.message if isinstance(error, Refusal) else Refusal("bad_frame").message
        context |= {"body": request.POST.get("body", ""), "error": said}
        return render(request, "messaging/message_change.html", context, status=REFUSED)
    except Refused as error:
        raise Http404 from error
    return redirect(reverse("conversation_show", args=[conversation_id]) + f"#m{seq}")


@require_safe
def message_before(request: HttpRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """What a message said before it was changed: for everybody who reads the message."""
    conversation = _visible(request, conversation_id)
    message = _message(conversation, seq)
    earlier = later.earlier_words(conversation, seq)
    if not earlier:
        raise Http404
    context = {"conversation": conversation, "message": message, "earlier": earlier}
    return render(request, "messaging/message_before.html", context)


def _message(conversation: Conversation, seq: int) -> history.Shown:
    found = history.messages_after(conversation, seq - 1, limit=1) if 0 < seq < forms.MOST_SEQ else []
    if not found or found[0].seq != seq:
        raise Http404
    return found[0]


def _visible(request: HttpRequest, conversation_id: UUID) -> Conversation:
    return get_object_or_404(access.visible_conversations(person_of(request)), public_id=conversation_id)
