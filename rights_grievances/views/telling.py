"""Telling us something, with or without an account: a code and one box, then who will see it and the button that sends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, cast
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.access import people
from portal.access import telling as access
from portal.accounts.welcome.steps import open_steps
from portal.home.context import frame_of
from portal.language import content, formats
from portal.safety import screened
from portal.views import show_or_post
from rights_grievances import holding, receipts, who_sees
from rights_grievances.actions import drafts as actions
from rights_grievances.forms.telling import TellForm
from rights_grievances.telling_refusals import REFUSALS, TellRefusal
from rights_grievances.told import MOST, Kept, opened, plain
from rights_grievances.views.files import add_files

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import Program
    from rights_grievances.models import Draft


def teller(request: HttpRequest) -> Person | None:
    return request.user if request.user.is_authenticated else None


def speak_for(request: HttpRequest, draft: Draft) -> None:
    """The page is its programme's: times by the clock where they live, and below them whom to call."""
    frame = frame_of(request)
    if draft.program is None:
        return
    frame.program = draft.program
    place = access.own_place(frame.person, draft.program) if frame.person and draft.person_id else None
    family = draft.case.family if draft.case is not None else place.family if place is not None else None
    frame.region = family.region if family is not None else ""
    frame.zone = ZoneInfo(draft.program.profile.time_zone_of(frame.region))


def opened_by(request: HttpRequest, draft_id: UUID) -> Draft | None:
    """The draft of this page, for who holds it by its code or began it under their name."""
    held = holding.held(request)
    if held is not None and held.public_id == draft_id:
        return held
    person = teller(request)
    return access.own_told(person).filter(public_id=draft_id).first() if person is not None else None


# -- before anything is written -----------------------------------------------------------------------------------------


@login_not_required
@show_or_post
def tell_start(request: HttpRequest) -> HttpResponse:
    """What this is; where one lives, if we do not know. The place to write in is made by the button, never by looking."""
    person = teller(request)
    own = people.program_of(person) if person is not None else None
    programs = access.programs()
    wanted = request.POST.get("program") or request.GET.get("program")
    program = own or next((one for one in programs if one.slug == wanted), None)
    context: dict[str, Any] = {"programs": programs, "of": program, "open_one": holding.held(request)}
    context["own"] = list(access.own_drafts(person)[:20]) if person is not None else []
    if request.method != "POST":
        return render(request, "rights_grievances/telling/start.html", context)
    if program is None:
        context["error"] = _("Please choose one of these.")
        return render(request, "rights_grievances/telling/start.html", context, status=422)
    if not holding.may_try(request, "tell_begin_own" if person is not None else "tell_begin"):
        context["error"] = too_many()
        return render(request, "rights_grievances/telling/start.html", context, status=429)
    draft, code = actions.begin_draft(program=program, person=person)
    about = _right_named(request, program)
    if about:
        actions.keep_draft(draft=draft, fields={"words": about}, page="", seen=0)
    holding.hold(request, draft, code)
    return redirect("tell_show", draft.public_id)


def _right_named(request: HttpRequest, program: Program) -> str:
    """From the card of a right: what it is about stands in the box already, and can be taken out."""
    right = request.POST.get("right", "")
    if right not in {one.id for one in program.profile.rights}:
        return ""
    title = content.show(f"rights.{program.slug}.{right}", get_language() or "en").title
    return _("It is about this right: %(right)s") % {"right": title} + "\n\n"


def too_many() -> str:
    return _("That was many tries in a short time. Nothing is wrong and nothing is lost. Wait a few minutes.")


# -- the box ---------------------------------------------------------------------------------------------------------------


# Its own token stands for the CSRF one: what was typed is kept also where somebody signed in or out since on this phone.
@csrf_exempt
@login_not_required
@show_or_post
def tell_show(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The box and what can go with it. Whatever button is pressed, what stands there is kept first."""
    draft = opened_by(request, draft_id)
    if request.method == "POST":
        return _take(request, draft_id, draft)
    if draft is None:
        return redirect("tell_resume")
    if draft.case_id is not None:
        return redirect("tell_receipt", draft_id)
    return _show_page(request, draft)


def _take(request: HttpRequest, draft_id: UUID, draft: Draft | None) -> HttpResponse:
    row = _kept_of(request, draft_id)
    if row is None:  # no page of ours: it says nothing of what is there
        return redirect("tell_resume")
    if draft is None:  # the time of this page was over: it is kept, and shown to who has the code
        messages.success(request, _("What you wrote is kept. To go on, type your code, or sign in."))
        return redirect("tell_resume")
    draft.refresh_from_db()
    if draft.case_id is not None:
        messages.info(request, _("This was sent before. What you wrote since is in the box below: you can add it."))
        return redirect("tell_receipt", draft_id)
    if "noted" in request.POST:
        holding.drop_code(request)
    if "drop" in request.POST:
        actions.drop_beside(draft=draft)
    refused = add_files(request, str(draft.public_id), lambda data: actions.add_file(draft=draft, data=data))
    if refused:
        return _show_page(request, draft, errors=refused, status=422)
    if "go" in request.POST:
        return _go_on(request, draft)
    messages.success(request, _("Kept. Nothing has been sent yet."))
    return redirect("tell_show", draft_id)


def _go_on(request: HttpRequest, draft: Draft) -> HttpResponse:
    if opened(draft.form).words.strip() or access.files_of(draft).exists():
        return redirect("tell_send", draft.public_id)
    return _show_page(request, draft, errors=[str(REFUSALS["empty"])], status=422)


def _kept_of(request: HttpRequest, draft_id: UUID) -> Draft | None:
    """Keeps what was sent in by a page of ours; None where this is no such page."""
    row = holding.draft_of_token(request.POST.get("token", ""))
    if row is None or row.public_id != draft_id:
        return None
    fields = TellForm.typed(request.POST)
    page, seen = plain(request.POST.get("page", ""), 40), _number(request.POST.get("seen"))
    return actions.keep_draft(draft=row, fields=fields, page=page, seen=seen or 0)


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _show_page(request: HttpRequest, draft: Draft, errors: list[str] | None = None, status: int = 200) -> HttpResponse:
    speak_for(request, draft)
    person = teller(request)
    kept = opened(draft.form)
    context = {
        "draft": draft,
        "form": form_of(draft, kept, person),
        "files": access.files_of(draft),
        "most_files": actions.MOST_FILES,
        "errors": errors or [],
        "others": kept.others,
        "code": code_of(request, draft),
        "token": holding.token_of(draft),
        "page_id": uuid4().hex,
        "is_hard": is_hard(kept.words),
        "days": draft.program.profile.settings.draft_days.value if draft.program else 0,
    }
    return render(request, "rights_grievances/telling/show.html", context, status=status)


def form_of(draft: Draft, kept: Kept, person: Person | None) -> TellForm:
    place = access.own_place(person, draft.program) if person is not None else None
    is_new = not kept.fields
    first_who = "self" if place is not None and place.role == "youth" else "child"
    first = {"language": get_language(), "who": first_who}
    is_known = person is not None and not open_steps(person)  # before the first visit is done, no page names anybody
    return TellForm(
        initial={
            **first,
            **({} if is_new else {name: value for name, value in kept.fields.items() if value or name not in first}),
        },
        person=person,
        place=place,
        young=access.own_young(person) if person is not None and is_known else (),
        helpers=access.helpers_of(person) if person is not None and is_known else (),
    )


def code_of(request: HttpRequest, draft: Draft) -> str:
    held = holding.held(request)
    code = holding.kept_code(request) if held is not None and held.pk == draft.pk else ""
    return receipts.in_groups(code) if code else ""


def is_hard(words: str) -> bool:
    """Words of danger: who writes them sees help at once. Nothing waits for this, and nothing is held back by it."""
    return screened.is_hard(words[:MOST], get_language() or "en")


# What is typed, from the page's script: seconds after it was typed. The token stands for the CSRF one, as above.
@csrf_exempt
@login_not_required
@require_POST
def tell_save(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    def keep(sent: Sent) -> Draft | None:
        row = holding.draft_of_token(sent.token)
        if row is None or row.public_id != draft_id:
            return None
        return actions.keep_draft(draft=row, fields=TellForm.typed(sent.fields), **sent.place)

    gone = _("This was sent, or it is open no longer. Your code opens it. Copy what you wrote since.")
    return kept_as_typed(request, keep, gone)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page's script sends: the token the page was made with, what stands in its boxes, and which save this is."""

    token: str
    fields: dict[str, Any]
    place: PageSave


class PageSave(TypedDict):
    page: str
    seen: int
    seq: int | None


def kept_as_typed(request: HttpRequest, keep: Callable[[Sent], Draft | None], gone: str) -> HttpResponse:
    """`keep` takes it; None where this is no page of ours. That it is sent, or open no longer, is said by `gone`."""
    try:
        said = json.loads(request.body)
    except RequestDataTooBig:
        long = _("This is longer than we can keep as you type. Please press “Keep for later”, or make it shorter.")
        return JsonResponse({"message": long}, status=413)
    except ValueError:
        return JsonResponse({"message": ""}, status=400)
    sent = _sent(said if isinstance(said, dict) else {})
    row = keep(sent)
    if row is None or row.case_id is not None:
        return JsonResponse({"message": gone}, status=410)
    return _saved(request, row, sent)


def _sent(said: dict[str, Any]) -> Sent:
    fields = said["fields"] if isinstance(said.get("fields"), dict) else {}
    page, seen, seq = plain(str(said.get("page", "")), 40), _number(said.get("seen")), _number(said.get("seq"))
    return Sent(str(said.get("token", "")), fields, {"page": page, "seen": seen or 0, "seq": seq})


def _saved(request: HttpRequest, row: Draft, sent: Sent) -> HttpResponse:
    holding.held(request)  # whoever types is there: what this phone holds stays open
    zone = row.program.zone if row.program else None
    time = formats.clock_time(timezone.now(), get_language() or "en", zone)
    is_beside = sent.place["page"] in opened(row.form).beside
    said = _("Saved at %(time)s, beside what another page has") if is_beside else _("Saved at %(time)s")
    return JsonResponse({"saved": said % {"time": time}, "help": is_hard(str(sent.fields.get("words", "")))})


# -- once more, and who will see it --------------------------------------------------------------------------------------------


@login_not_required
@show_or_post
def tell_send(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """All of it once more, who will see it and who may have to know, and the button."""
    draft = opened_by(request, draft_id)
    if draft is None:
        return redirect("tell_resume")
    if draft.case_id is not None:
        return redirect("tell_receipt", draft_id)
    if request.method != "POST":
        return _send_page(request, draft)
    try:
        actions.send_draft(draft=draft, person=teller(request))
    except TellRefusal as refusal:
        return _send_page(request, draft, error=refusal.message, status=422)
    return redirect("tell_receipt", draft_id)


def _send_page(request: HttpRequest, draft: Draft, error: str = "", status: int = 200) -> HttpResponse:
    speak_for(request, draft)
    person = teller(request)
    kept = opened(draft.form)
    program = cast("Program", draft.program)
    form = form_of(draft, kept, person)
    context = {
        "draft": draft,
        "words": kept.words,
        "lines": _said(form, kept),
        "files": access.files_of(draft),
        "readers": who_sees.readers_of(program, kept, person, actions.named_in(kept, person, program)),
        "is_hard": is_hard(kept.words),
        "is_unnamed": bool(kept.text("unnamed")),
        "is_for_other": kept.text("who") in {"asked", "work", "other"} and not kept.text("unnamed"),
        "error": error,
        "code": code_of(request, draft),
    }
    return render(request, "rights_grievances/telling/send.html", context, status=status)


def _said(form: TellForm, kept: Kept) -> list[dict[str, str]]:
    """What else stands there, question by question, in words."""
    lines = []
    for field in form:
        value = kept.fields.get(field.name)
        if field.name == "words" or not value:
            continue
        choices = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
        values = value if isinstance(value, list) else [value]
        text = (
            _("Yes") if field.widget_type == "checkbox" else who_sees.listed([choices.get(one, one) for one in values])
        )
        lines.append({"label": str(field.label), "text": text})
    return lines
