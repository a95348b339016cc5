"""The page on which a photo or a voice note is chosen or recorded, and the files themselves, for who can read their message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from messaging import page as shown
from messaging.sending import Refusal
from portal.access import conversations, supervision
from portal.access import media as access
from portal.media import actions
from portal.media.forms import MediaForm
from portal.media.words import MediaRefusal
from portal.middleware import allow_media
from portal.views import person_of, show_or_post, wants_json

if TYPE_CHECKING:
    from messaging.models import Conversation
    from portal.accounts.models import Person

_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
# What the file itself may do where it is opened alone: nothing.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
RECORDS = "camera=(), geolocation=(), microphone=(self), payment=()"


@show_or_post
def media_add(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    person = person_of(request)
    conversation = get_object_or_404(conversations.visible_conversations(person), public_id=conversation_id)
    if not access.may_attach(person, conversation):
        raise Http404
    if request.method != "POST":
        return _page(request, conversation, {"key": uuid4()})
    if request.POST.get("person", str(person.public_id)) != str(person.public_id):
        return _refused(request, conversation, _("You are signed out. Sign in to go on."), 401)
    try:
        is_sent = _sent(request, person, conversation)
    except MediaRefusal as refusal:
        return _refused(request, conversation, refusal.message, refusal.status)
    except Refusal as refusal:
        return _refused(request, conversation, refusal.message, 422)
    return _done(request, conversation, is_sent=is_sent)


def _sent(request: HttpRequest, person: Person, conversation: Conversation) -> bool:
    """Raises MediaRefusal and Refusal."""
    form = MediaForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refusal("bad_frame")
    file = form.cleaned_data["file"]
    if file is None:
        raise MediaRefusal("too_big" if _is_too_big(request) else "missing")
    if not ratelimit.consume(request, action="media", user=person):
        raise Refusal("rate_limited")
    return actions.send_media(
        author=person,
        conversation=conversation,
        key=form.cleaned_data["key"],
        data=file.read(),
        words=form.cleaned_data["words"],
    )


def _is_too_big(request: HttpRequest) -> bool:
    """More than is ever read into memory: the file was passed over."""
    size = request.headers.get("Content-Length", "")
    return size.isdigit() and int(size) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def _done(request: HttpRequest, conversation: Conversation, *, is_sent: bool) -> HttpResponse:
    if not is_sent:
        messages.success(request, _("We have it. It goes on by itself, as soon as our safety check is done."))
    talk = reverse("conversation_show", args=[conversation.public_id]) + "#latest"
    go = talk if is_sent else reverse("media_add", args=[conversation.public_id])
    if wants_json(request):
        return JsonResponse({"is_sent": is_sent, "go": go}, status=201)
    response = HttpResponseRedirect(go)
    response.status_code = 303
    return response


def _refused(request: HttpRequest, conversation: Conversation, sentence: str, status: int) -> HttpResponse:
    """The page again with the words in their box. The file has to be chosen again: no page may put one there."""
    if wants_json(request):
        return JsonResponse({"message": sentence}, status=status)
    kept = {"key": uuid4(), "error": sentence, "words": request.POST.get("words", "")}
    return _page(request, conversation, kept, status)


def _page(request: HttpRequest, conversation: Conversation, context: dict[str, Any], status: int = 200) -> HttpResponse:
    person = person_of(request)
    group = conversations.group_of(conversation)
    members = list(conversations.participants(conversation))
    others = [one for one in shown.people(members, person) if not one.is_me]
    is_youth_talk = conversations.watch_in(conversation, members, group) is conversations.Watch.YOUTH
    watcher = supervision.supervisor_of(conversation) if is_youth_talk else None
    watching = [watcher.person.first_name] if watcher else []
    page = {
        "conversation": conversation,
        "title": group.name if group else shown.names([one.name for one in others]),
        "readers": shown.names([*(one.first_name for one in others), *watching]),
        "me": str(person.public_id),
        "unsent": access.own_unsent(person, conversation),
        "longest_words": actions.LONGEST_WORDS,
        "recorder": {"seconds": settings.MEDIA_VOICE_SECONDS, "words": _words_for_scripts()},
    }
    response = render(request, "media/media_add.html", page | context, status=status)
    response.headers["Permissions-Policy"] = RECORDS
    return allow_media(response, "blob:")


def _words_for_scripts() -> dict[str, str]:
    return {
        "recording": _("Recording: %(time)s"),
        "ready": _("Your voice note is ready. You can listen to it before you send it."),
        "no_microphone": _("We cannot use the microphone here. You can choose a sound file instead."),
        "offline": _(
            "No connection right now. Photos and voice notes do not wait on this phone. Try again when you are back."
        ),
        "sending": _("Sending. Please keep this page open."),
        "signed_out": _("You are signed out. Sign in to go on."),
    }


@require_safe
def media_show(request: HttpRequest, media_id: UUID) -> HttpResponse:
    """The file, to who can read its message now; part of it where a player asks for a part."""
    attachment = get_object_or_404(access.visible_attachments(person_of(request)), public_id=media_id)
    file = attachment.file(attachment.conversation.cipher())
    response = _part(request, file, attachment.content_type)
    name = "photo.jpg" if attachment.kind == attachment.Kind.PHOTO else "voice.m4a"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _part(request: HttpRequest, file: bytes, content_type: str) -> HttpResponse:
    """RFC 9110, 14: one range; a header that says anything else is passed over."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked[1] == asked[2] == "":
        return HttpResponse(file, content_type=content_type)
    size = len(file)
    start = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
    end = min(size - 1, int(asked[2])) if asked[1] and asked[2] else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = HttpResponse(file[start : end + 1], content_type=content_type, status=206)
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response
