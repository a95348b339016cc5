"""Telling us by other ways than the box: somebody of the staff writes down a call, a message becomes a concern."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal import crypto
from portal.access import conversations
from portal.access import telling as access
from portal.views import person_of, posted, show_or_post
from rights_grievances import holding, receipts, who_sees
from rights_grievances.actions import drafts, telling
from rights_grievances.forms.telling import MessageForm, PhoneForm
from rights_grievances.told import Call, Kept, opened, plain
from rights_grievances.views.telling import Sent, is_hard, kept_as_typed

if TYPE_CHECKING:
    from messaging.models import Conversation
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole
    from rights_grievances.models import Draft

MOST_BEGUN = 20  # calls that are begun, on one page
CALL = "call_told"  # what was written down last, until its code was read out
_CONTEXT = "call receipt code"


# -- a call --------------------------------------------------------------------------------------------------------------------


@show_or_post
def tell_phone(request: HttpRequest) -> HttpResponse:
    """Few fields in the order in which one hears them; then the code, to be read out to who calls."""
    person = person_of(request)
    roles = access.call_roles(person)
    if not roles:
        raise Http404
    if "read" in request.POST:
        request.session.pop(CALL, None)
        return redirect("tell_phone")
    page = _CallPage(request, person, roles[0])
    return page.take() if request.method == "POST" else page.shown()


class _CallPage:
    """The page of one call: a new one, or one that was begun and is open again."""

    def __init__(self, request: HttpRequest, person: Person, role: StaffRole) -> None:
        self.request, self.person = request, person
        self.begun = list(access.calls_begun(person)[:MOST_BEGUN])
        key = request.POST.get("key") or request.GET.get("call", "")
        self.draft = next((one for one in self.begun if str(one.public_id) == key), None)
        self.role = self.draft.taken_by or role if self.draft is not None else role
        kept = opened(self.draft.form) if self.draft is not None else Kept()
        first = {"key": self.draft.public_id if self.draft is not None else uuid4(), "who": "child"}
        self.callers = access.callers_known(person)
        self.form = PhoneForm(
            posted(request),
            callers=self.callers,
            zone=ZoneInfo(self.role.organization.program.profile.time_zone),
            initial={**first, **{name: value for name, value in kept.fields.items() if value}, "words": kept.words},
        )

    def take(self) -> HttpResponse:
        if "drop" in self.request.POST:
            return self._drop()
        is_right = self.form.is_valid()
        if is_right and "keep" not in self.request.POST:
            return self._told()
        if self.form.call is not None:
            said = self.request.POST
            self.draft = telling.keep_call(
                role=self.role,
                key=self.form.call,
                fields=PhoneForm.typed(said),
                page=plain(said.get("page", ""), 40),
                seen=self.draft.number if self.draft is not None else 0,
            )
        if "keep" in self.request.POST:
            messages.success(self.request, _("Kept. Nothing has been sent yet."))
            return redirect("tell_phone")
        return self.shown(status=422)

    def _drop(self) -> HttpResponse:
        if self.draft is not None:
            telling.drop_call(actor=self.person, draft=self.draft)
            messages.success(self.request, _("It is gone. Nothing of it was kept."))
        return redirect("tell_phone")

    def _told(self) -> HttpResponse:
        said = self.form.cleaned_data
        chosen, key = said.pop("caller", ""), said.pop("key")
        caller = next((one for one in self.callers if str(one.pk) == chosen), None)
        case, code = telling.take_call(actor=self.person, role=self.role, key=key, call=Call(**said), caller=caller)
        if code:
            self.request.session[CALL] = _sealed(code, str(case.public_id)[:8].upper())
        return redirect("tell_phone")

    def shown(self, status: int = 200) -> HttpResponse:
        key = self.form.call or uuid4()
        context = {
            "form": self.form,
            "draft": self.draft,
            "taken": _taken(self.request),
            "begun": [one for one in self.begun if self.draft is None or one.pk != self.draft.pk],
            "is_hard": _is_hard(self.form),
            "token": holding.token_of_call(key, self.role.pk),
            "page_id": uuid4().hex,
            "days": self.role.organization.program.profile.settings.draft_days.value,
        }
        return render(self.request, "rights_grievances/telling/phone.html", context, status=status)


# Its own token stands for the CSRF one: what was typed is kept also where the session ended meanwhile.
@csrf_exempt
@login_not_required
@require_POST
def call_save(request: HttpRequest) -> HttpResponse:
    """What is typed on the page of a call, seconds after it was typed."""

    def keep(sent: Sent) -> Draft | None:
        call = holding.call_of_token(sent.token)
        role = access.call_role(call[1]) if call is not None else None
        if call is None or role is None:
            return None
        return telling.keep_call(role=role, key=call[0], fields=PhoneForm.typed(sent.fields), **sent.place)

    gone = _("This is written down, or it is open no longer. Copy what you wrote since, and begin anew.")
    return kept_as_typed(request, keep, gone)


def _is_hard(form: PhoneForm) -> bool:
    return form.is_bound and is_hard(str(form["words"].value() or ""))


def _sealed(code: str, number: str) -> dict[str, str]:
    return {"code": b64encode(crypto.seal_text(code, _CONTEXT)).decode(), "number": number}


def _taken(request: HttpRequest) -> dict[str, str] | None:
    kept = request.session.get(CALL)
    if not isinstance(kept, dict):
        return None
    code = crypto.open_text(b64decode(kept["code"]), _CONTEXT)
    return {"number": kept["number"], "code": receipts.in_groups(code)}


# -- a message -----------------------------------------------------------------------------------------------------------------


@show_or_post
def tell_message(request: HttpRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """Who wrote it says that it is a concern; a liaison who reads it there can only offer that."""
    person = person_of(request)
    talk = get_object_or_404(conversations.visible_conversations(person), public_id=conversation_id)
    if access.own_message(person, talk, seq) is not None:
        return _confirm(request, person, talk, seq)
    message = access.message_to_offer(person, talk, seq)
    if message is None:
        raise Http404
    if request.method != "POST":
        context = {"conversation": talk, "said": telling.said(talk, seq), "author": message.author}
        return render(request, "rights_grievances/telling/offer.html", context)
    telling.offer_message(actor=person, conversation=talk, seq=seq)
    messages.success(request, _("They are told that they can make it a concern. It is theirs to do."))
    return redirect(_place(talk, seq))


def _confirm(request: HttpRequest, person: Person, talk: Conversation, seq: int) -> HttpResponse:
    said = telling.said(talk, seq)
    known = access.case_of_message(talk, said.key)
    if known is not None:
        return redirect(known.get_absolute_url())
    helpers, place = access.helpers_of(person), access.place_in(person, talk)
    form = MessageForm(posted(request), helpers=helpers, place=place)
    if request.method == "POST" and form.is_valid():
        chosen = {str(role.person.public_id): role.person for role in helpers}
        case = telling.tell_message(
            actor=person,
            conversation=talk,
            seq=seq,
            wish=form.cleaned_data["wish"].strip(),
            about=[chosen[one] for one in form.cleaned_data.get("about", [])],
            not_wanted=[chosen[one] for one in form.cleaned_data.get("not_wanted", [])],
            alone=form.cleaned_data["alone"],
        )
        messages.success(request, _("We have it. It counts from when you wrote it. Your message stays where it is."))
        return redirect(case.get_absolute_url())
    return _confirm_page(request, person, talk, seq, form)


def _confirm_page(
    request: HttpRequest, person: Person, talk: Conversation, seq: int, form: MessageForm
) -> HttpResponse:
    place = access.place_in(person, talk)
    fields: dict[str, Any] = {"alone": "on" if place is not None and place.role == "youth" else ""}
    kept = Kept(fields=fields)
    said = telling.said(talk, seq)
    context = {
        "conversation": talk,
        "said": said,
        "form": form,
        "readers": who_sees.readers_of(place.family.program, kept, person, drafts.Named())
        if place is not None
        else None,
        "is_hard": is_hard(said.body),
        "speaks_young": place is not None and place.role == "youth",
        "back": _place(talk, seq),
    }
    return render(request, "rights_grievances/telling/message.html", context, status=422 if form.is_bound else 200)


def _place(talk: Conversation, seq: int) -> str:
    return f"{reverse('conversation_show', args=[talk.public_id])}#m{seq}"
