"""The inbox, the chat page, and messages in and out by plain requests. Whatever goes wrong, the text comes back."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from messaging import actions, beside, card_page, forms, history, ladder_page, search
from messaging import page as shown
from messaging.sending import Held, Refusal
from messaging.words import words_for_scripts
from portal.access import cards, media, supervision
from portal.access import conversations as access
from portal.accounts import door
from portal.home.context import frame_of
from portal.views import person_of, show_or_post, wants_json

if TYPE_CHECKING:
    from messaging.models import Conversation, Participant
    from portal.accounts.models import Person

    class SignedInRequest(HttpRequest):
        user: Person


logger = logging.getLogger(__name__)

STATUS = {"bad_frame": 400, "signed_out": 401, "not_found": 404, "rate_limited": 429, "unavailable": 503}
REFUSED = 422
INBOX = 50


@require_safe
def conversation_list(request: SignedInRequest) -> HttpResponse:
    """Who has written, in what role, and how much of it is new."""
    start = _place(request, "after") or 0
    rows = list(access.inbox(request.user)[start : start + INBOX + 1])
    others = access.people_in([row.conversation_id for row in rows], request.user)
    groups = access.groups_of(row.conversation for row in rows)
    conversations = [
        {
            "id": row.conversation.public_id,
            "group": groups.get(row.conversation_id),
            "people": [(who.name, shown.role_of(who)) for who in others.get(row.conversation_id, [])],
            "last_sent_at": row.conversation.last_sent_at,
            "unread": row.unread,  # type: ignore[attr-defined]
        }
        for row in rows[:INBOX]
    ]
    context = {
        "conversations": conversations,
        "next_start": start + INBOX if len(rows) > INBOX else None,
        "is_youth": any(member.role == member.Role.YOUTH for member in frame_of(request).memberships),
        "chat": {"me": str(request.user.public_id), "signin_url": reverse("signin_show"), "words": words_for_scripts()},
    }
    return render(request, "messaging/conversation_list.html", context)


@require_safe
def conversation_show(request: SignedInRequest, conversation_id: UUID) -> HttpResponse:
    """The latest messages, or with `before` older ones; with `part` only the messages, for the page to put above its own."""
    conversation = _visible(request.user, conversation_id)
    before = _place(request, "before")
    context = _chat(conversation, request.user, before=before)
    if "part" in request.GET:
        return render(request, "messaging/_days.html", context | {"is_part": True})
    if before is None and not _is_prefetch(request):
        _note_reading(request.user, conversation, context)
    return render(request, "messaging/conversation_show.html", context)


@show_or_post
def conversation_search(request: SignedInRequest, conversation_id: UUID) -> HttpResponse:
    """Words in one conversation, newest first. They come by POST: an address stays in logs and in the history of a shared phone."""
    conversation = _visible(request.user, conversation_id)
    context: dict[str, Any] = {"conversation": conversation, "title": _title(conversation, request.user)}
    if request.method == "POST":
        context |= _found(request, conversation)
    return render(
        request, "messaging/conversation_search.html", context, status=REFUSED if context.get("error") else 200
    )


# Public to the sign-in check only, so that a text written as the session ended is handed back instead of lost.
@login_not_required
@show_or_post
def message_list_or_post(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    try:
        person = _person(request)
        if request.method == "POST":
            return _post(request, person, conversation_id)
        return _messages_after(request, _conversation(person, conversation_id))
    except forms.Unreadable:
        return _refused(request, conversation_id, "bad_frame")
    except Refusal as refusal:
        return _refused(request, conversation_id, refusal.code)
    except DatabaseError:
        return _refused(request, conversation_id, "unavailable")


@require_POST
def draft_save(request: SignedInRequest, conversation_id: UUID) -> HttpResponse:
    conversation = _visible(request.user, conversation_id)
    try:
        draft = forms.parsed(forms.DraftForm, _fields_of(request, request.user))
        saved_at = actions.save_draft(person=request.user, conversation=conversation, **draft)
    except forms.Unreadable:
        return _refused_json("bad_frame")
    except Refusal as refusal:
        return _refused_json(refusal.code)
    return JsonResponse({"saved_at": saved_at})


@require_POST
def read_mark(request: SignedInRequest, conversation_id: UUID) -> HttpResponse:
    conversation = _visible(request.user, conversation_id)
    try:
        place = forms.parsed(forms.ReadForm, _fields_of(request, request.user))
    except forms.Unreadable:
        return _refused_json("bad_frame")
    except SignedOut as refusal:
        return _refused_json(refusal.code)
    return JsonResponse({"read_seq": actions.mark_read(person=request.user, conversation=conversation, **place)})


# -- the chat page --------------------------------------------------------------------------------------------------------


def _place(request: HttpRequest, name: str) -> int | None:
    try:
        place: int | None = forms.parsed(forms.PlaceForm, request.GET.dict())[name]
    except forms.Unreadable as error:
        raise Http404 from error
    return place


def _visible(person: Person, conversation_id: UUID) -> Conversation:
    return get_object_or_404(cards.knowing_cards(access.visible_conversations(person)), public_id=conversation_id)


def _chat(conversation: Conversation, person: Person, *, before: int | None = None) -> dict[str, Any]:
    """What the page shows of a conversation already fetched through access."""
    group = access.group_of(conversation)
    zone = shown.zone_of(conversation, group)
    members = list(access.participants(conversation))
    me = _own(members, person)
    me.conversation = conversation
    everyone = shown.people(members, person)
    messages = history.messages_before(conversation, before)
    shared = card_page.cards_of(conversation, messages, me)
    days = shown.days(messages, access.speakers(conversation), person, everyone, zone, shared)
    others = [who for who in everyone if not who.is_me]
    watch = access.watch_in(conversation, members, group)
    supervisor = supervision.supervisor_of(conversation) if watch is access.Watch.YOUTH else None
    watching = [supervisor.person.first_name] if supervisor else []
    beside_it = beside.now_of(conversation, person, me, get_language() or "en", zone) if before is None else {}
    return beside_it | {
        "conversation": conversation,
        "watch": watch.value,
        "supervisor": supervisor,
        "may_change": access.may_post(person, conversation),
        "is_of_family": me.staff_role_id is None,
        "may_offer_concern": me.staff_role is not None and me.staff_role.role == "liaison",
        "group": group,
        "others": others,
        "title": group.name if group else shown.names([who.name for who in others]) or _("Only you"),
        "short_title": group.name if group else shown.names([who.first_name for who in others]),
        "readers": everyone,
        "reader_names": shown.names([_("You"), *(who.first_name for who in others), *watching]),
        "days": days,
        "earlier": messages[0].seq if messages and messages[0].seq > conversation.floor + 1 else None,
        "is_older_page": before is not None,
        "later": _later(conversation, messages) if before is not None else None,
        "is_trimmed_here": conversation.trimmed_at is not None
        and (not messages or messages[0].seq <= conversation.trimmed_seq + 1),
        "closed": shown.closed_because(conversation, members, group),
        "ladder": ladder_page.lines(conversation, members, me) if before is None else [],
        "reply": [] if group else shown.expected_reply(members, person, timezone.now(), zone),
        "draft": history.draft_of(me),
        "draft_saved_at": me.draft_saved_at if me.sealed_draft else None,
        "key": uuid4(),
        "may_attach": media.allows_media(me, members, media.program_of(conversation)),
        "unsent_media": media.own_unsent(person, conversation) if before is None else [],
        "chat": _for_scripts(
            conversation, person, everyone, messages[-1].seq if messages else conversation.floor, zone
        ),
        "read_seq": me.read_seq,
    }


def _later(conversation: Conversation, messages: list[history.Shown]) -> int | None:
    """The page after an older one, where that is not the newest already."""
    if not messages or messages[-1].seq + history.PAGE >= conversation.last_seq:
        return None
    return messages[-1].seq + history.PAGE + 1


def _title(conversation: Conversation, person: Person) -> str:
    group = access.group_of(conversation)
    if group is not None:
        return group.name
    others = [who.name for who in shown.people(access.participants(conversation), person) if not who.is_me]
    return shown.names(others) or _("Only you")


def _own(members: list[Participant], person: Person) -> Participant:
    for member in members:
        if member.person_id == person.pk:
            return member
    raise Http404  # taken out between the two questions


def _for_scripts(
    conversation: Conversation, person: Person, everyone: list[shown.Who], last_seq: int, zone: dt.tzinfo
) -> dict[str, object]:
    name = conversation.public_id
    return {
        "me": str(person.public_id),
        "conversation": str(name),
        "seq": last_seq,
        "people": {who.public_id: {"name": who.first_name, "read": who.read_seq} for who in everyone},
        "zone": str(zone),
        "language": get_language(),
        "days": shown.days_ahead(zone),
        "signin_url": reverse("signin_show"),
        "draft_url": reverse("draft_save", args=[name]),
        "read_url": reverse("read_mark", args=[name]),
        "ladder_url": reverse("ladder_show", args=[name]),
        "help_url": reverse("help_show"),
        "now_url": reverse("conversation_now", args=[name]),
        "revisions": conversation.revisions,
        "words": words_for_scripts(),
    }


def _note_reading(person: Person, conversation: Conversation, context: dict[str, Any]) -> None:
    """Opening a conversation is reading what it shows: only for the person who takes part, and only forward."""
    if context["chat"]["seq"] > context["read_seq"]:
        try:
            actions.mark_read(person=person, conversation=conversation, seq=context["chat"]["seq"])
        except (
            DatabaseError
        ) as error:  # as a disk that is full: what can be read is shown, and noted as read the next time
            logger.warning("A reading position could not be kept: %s", type(error).__name__)


def _is_prefetch(request: HttpRequest) -> bool:
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


# -- finding words --------------------------------------------------------------------------------------------------------


def _found(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    try:
        asked = forms.parsed(forms.SearchForm, request.POST.dict())
    except forms.Unreadable as error:
        raise Http404 from error
    query, below = (asked["query"] or "").strip(), asked["below"]
    problem = _problem_of(query)
    if not problem and not ratelimit.consume(request, action="search", user=request.user):
        problem = Refusal("rate_limited").message
    if problem:
        return {"query": query, "error": problem}
    looked = search.look(conversation, search.words_of(query), below)
    zone = shown.zone_of(conversation, access.group_of(conversation))
    return {
        "query": query,
        "is_further_back": below is not None,
        "hits": shown.found(looked.hits, access.speakers(conversation), person_of(request), zone),
        "below": looked.below,
        "reached": looked.reached,
    }


def _problem_of(query: str) -> str:
    if len(query) > search.LONGEST:
        return _("This is too long to look for. A few words are enough.")
    words = search.words_of(query)
    if not words:
        return _("There is nothing to look for yet. Write a word you remember.")
    if search.is_too_short(words):
        return _("One letter is too little to look for. Write at least two.")
    return ""


# -- messages in and out --------------------------------------------------------------------------------------------------


class SignedOut(Refusal):
    """The session ended. Not one of the writer's codes: nothing was wrong with the message."""

    def __init__(self) -> None:
        super().__init__("signed_out")


def _person(request: HttpRequest) -> Person:
    """The person whose session this is and may act. Raises SignedOut."""
    user = request.user
    if not user.is_authenticated or door.may_pass(user, request.session) is not None:
        raise SignedOut
    return user


def _conversation(person: Person, conversation_id: UUID) -> Conversation:
    conversation = access.visible_conversations(person).filter(public_id=conversation_id).first()
    if conversation is None:
        raise Refusal("not_found")
    return conversation


def _fields_of(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What was sent. A page left open by one person of a shared phone never speaks, nor keeps words, as the next one."""
    fields = forms.sent(request)
    if fields.get("person", str(person.public_id)) != str(person.public_id):
        raise SignedOut
    return fields


def _post(request: HttpRequest, person: Person, conversation_id: UUID) -> HttpResponse:
    fields = _fields_of(request, person)
    conversation = _conversation(person, conversation_id)
    message = forms.parsed(forms.MessageForm, fields)
    stored = actions.send_message(author=person, conversation=conversation, **message)
    if wants_json(request):
        return JsonResponse(stored.as_frame(), status=202 if isinstance(stored, Held) else 201)
    # The page without scripts: what was in its composer has been sent, so it is no draft any more.
    actions.save_draft(person=person, conversation=conversation, body="")
    me = access.own_participation(person, conversation)
    # Help is what is read first: on a small screen the end of the page would hide it.
    place = "#card" if me and beside.has_card(conversation, person, me) else "#latest"
    return _see_other(reverse("conversation_show", args=[conversation_id]) + place)


def _messages_after(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    after = forms.parsed(forms.PlaceForm, request.GET.dict())["after"] or 0
    messages = history.messages_after(conversation, after)
    last_seq = max(conversation.last_seq, messages[-1].seq if messages else 0)
    answer = {
        "messages": [message.as_frame(conversation.public_id) for message in messages],
        "last_seq": last_seq,
        "more": bool(messages) and messages[-1].seq < last_seq,
    }
    if after < conversation.trimmed_seq:
        answer["removed_up_to"] = conversation.trimmed_seq
    return JsonResponse(answer)


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _refused(request: HttpRequest, conversation_id: UUID, code: str) -> HttpResponse:
    if request.method != "POST" or wants_json(request) or request.content_type == "application/json":
        return _refused_json(code)
    return _refused_page(request, conversation_id, code)


def _refused_json(code: str) -> HttpResponse:
    return JsonResponse({"code": code, "message": _sentence(code)}, status=STATUS.get(code, REFUSED))


def _sentence(code: str) -> str:
    return _("You are signed out. Sign in to go on.") if code == "signed_out" else Refusal(code).message


def _refused_page(request: HttpRequest, conversation_id: UUID, code: str) -> HttpResponse:
    """The chat page again with the text in its box; where that page cannot be had, a small one that needs no database."""
    status = STATUS.get(code, REFUSED)
    kept = {
        "draft": request.POST.get("body", ""),
        "error": _sentence(code),
        "key": _kept_key(request),
    }
    if code not in {"signed_out", "not_found"}:
        try:
            context = _chat(_visible(_person(request), conversation_id), _person(request))
            return render(request, "messaging/conversation_show.html", context | kept, status=status)
        except (DatabaseError, Http404, SignedOut):
            pass
    page = kept | {
        "is_signed_out": code == "signed_out",
        "action": request.path,
        "csrf_token": get_token(request),
        "language": get_language(),
    }
    return HttpResponse(render_to_string("messaging/kept.html", page), status=status)


def _kept_key(request: HttpRequest) -> UUID:
    """The same key again, so that a message stored after all is not stored twice."""
    try:
        key: UUID = forms.parsed(forms.MessageForm, request.POST.dict() | {"body": ""})["key"]
    except forms.Unreadable:
        return uuid4()
    return key
