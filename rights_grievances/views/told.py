"""After it was begun or sent: coming back by code, the receipt, words added, photos and voice notes, closing it on this phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import grievances
from portal.access import telling as access
from portal.clocks import shown
from portal.media.views import RECORDS
from portal.media.words import MediaRefusal
from portal.middleware import allow_media
from portal.views import posted, show_or_post, wants_json
from rights_grievances import actions as handling
from rights_grievances import holding
from rights_grievances.actions import drafts as actions
from rights_grievances.actions import telling
from rights_grievances.acts import BY_NAME
from rights_grievances.forms.cases import YES, WithdrawForm
from rights_grievances.forms.telling import CodeForm, MoreForm
from rights_grievances.shown import steps_shown
from rights_grievances.telling_refusals import TellRefusal
from rights_grievances.told import opened
from rights_grievances.views.answers import asked, done_or_said
from rights_grievances.views.files import file_shown, is_too_big
from rights_grievances.views.telling import code_of, is_hard, opened_by, speak_for, teller, too_many

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from rights_grievances.models import Case, CaseFile, Draft


# -- by code -------------------------------------------------------------------------------------------------------------------


@login_not_required
@show_or_post
def tell_resume(request: HttpRequest) -> HttpResponse:
    """A code opens what was begun, on any phone. A wrong one and one that is gone get the same kind sentence."""
    if request.method != "POST":
        return _resume_page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _resume_page(request, form, status=422)
    try:
        draft = holding.with_code(request, form.cleaned_data["code"])
    except holding.TooMany:
        form.refuse("code", too_many())
        return _resume_page(request, form, status=429)
    if draft is None:
        form.refuse("code", _("We do not find this code. Please look at each letter again."))
        return _resume_page(request, form, status=422)
    holding.hold(request, draft)
    return redirect("tell_show" if draft.case_id is None else "tell_receipt", draft.public_id)


def _resume_page(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "open_one": holding.held(request)}
    return render(request, "rights_grievances/telling/resume.html", context, status=status)


@login_not_required
@require_POST
def tell_close(request: HttpRequest) -> HttpResponse:
    """This phone forgets it; the code opens it again. Who leaves fast leaves no word of it behind either."""
    holding.let_go(request)
    if "fast" not in request.POST:
        messages.success(request, _("Closed on this phone. Your code opens it again, here or on another phone."))
    return redirect("tell_resume")


@login_not_required
@require_POST
def tell_drop(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Its owner does not want to tell it after all. Nothing of it stays."""
    draft = opened_by(request, draft_id)
    if draft is not None and draft.case_id is None:
        actions.throw_away(draft=draft)
        holding.let_go(request)
        messages.success(request, _("It is gone. Nothing of it was kept."))
    return redirect("tell_start")


# -- the receipt ---------------------------------------------------------------------------------------------------------------


@login_not_required
@show_or_post
def tell_receipt(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """That we have it, since when, and what comes next by which day; later the answers, and a box to add something."""
    draft = opened_by(request, draft_id)
    if draft is None:
        return redirect("tell_resume")
    if draft.case is None:
        return redirect("tell_show", draft_id)
    after = opened(draft.form).text("words")
    if request.method != "POST":
        return _receipt_page(request, draft, MoreForm(initial={"words": after}))
    form = MoreForm(request.POST)
    if not form.is_valid():
        return _receipt_page(request, draft, form, status=422)
    if not holding.may_try(request, "tell_more", str(draft.public_id)):
        form.refuse("words", too_many())
        return _receipt_page(request, draft, form, status=429)
    telling.say_more(draft=draft, words=form.cleaned_data["words"], person=teller(request))
    messages.success(request, _("We have your words. They are with what you told us."))
    return redirect("tell_receipt", draft_id)


def _receipt_page(request: HttpRequest, draft: Draft, form: MoreForm, status: int = 200) -> HttpResponse:
    speak_for(request, draft)
    case, person = draft.case, teller(request)
    assert case is not None  # noqa: S101 - asked before
    is_own = _filer(request, case) is not None
    context: dict[str, Any] = {
        "draft": draft,
        "case": case,
        "number": str(case.public_id)[:8].upper(),
        "code": code_of(request, draft),
        "clocks": shown.show_all(grievances.clocks_of(case)),
        "steps": steps_shown(None, case),
        "may_read_answer": grievances.may_read_answer(person, case),
        "letters": access.letters_told(person, case),
        "files": access.files_told(case),
        "form": form,
        "is_hard": is_hard(case.words),
        "is_own": is_own,
        "may_add": case.state not in {"closed", "withdrawn"},
        "asks_fixed": case.state in {"resolved", "closed"} and case.is_fixed is None,
        "may_reopen": case.state == "withdrawn" or (case.state in {"resolved", "closed"} and case.is_fixed is not None),
    }
    return render(request, "rights_grievances/telling/receipt.html", context, status=status)


@login_not_required
@require_POST
def tell_fixed(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Is it really fixed? One tap either way; a "no" opens it again, as it does for what was taken back."""
    draft = opened_by(request, draft_id)
    if draft is None:
        return redirect("tell_resume")
    if draft.case is None:
        return redirect("tell_show", draft_id)
    case, person = draft.case, _filer(request, draft.case)
    is_fixed = request.POST.get("fixed") == "yes"

    def act() -> object:
        if case.state == "withdrawn":
            return handling.reopen_case(actor=person, case=case)
        return handling.say_fixed(actor=person, case=case, is_fixed=is_fixed)

    return done_or_said(
        request,
        act,
        back=reverse("tell_receipt", args=[draft_id]),
        done=_("We are glad. It is closed now.")
        if is_fixed
        else _("It is open again. Somebody else looks at it anew."),
    )


@login_not_required
@show_or_post
def tell_withdraw(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Who told us takes it back; who was pressed to do so is asked how they are, and it stays open."""
    draft = opened_by(request, draft_id)
    if draft is None:
        return redirect("tell_resume")
    if draft.case is None:
        return redirect("tell_show", draft_id)
    case, back = draft.case, reverse("tell_receipt", args=[draft_id])
    if not case.is_open and request.method != "POST":
        return redirect(back)
    speak_for(request, draft)
    page = BY_NAME["case_withdraw"]
    form = WithdrawForm(posted(request), case=case)
    return asked(
        request,
        form,
        lambda: handling.withdraw_case(
            actor=_filer(request, case),
            case=case,
            text=form.cleaned_data["text"],
            was_pressed=form.cleaned_data["was_pressed"] == YES,
        ),
        back=back,
        title=page.title,
        lead=page.lead,
        button=page.button,
        done=page.done,
    )


def _filer(request: HttpRequest, case: Case) -> Person | None:
    """Under their name, where it is theirs; a code alone names nobody."""
    person = teller(request)
    return person if person is not None and case.filed_by_id == person.pk else None


@login_not_required
@require_safe
def tell_letter(request: HttpRequest, draft_id: UUID, letter_id: UUID) -> HttpResponse:
    """A letter as it was sent, for who holds the code. `?as=pdf` is the same on paper."""
    draft = opened_by(request, draft_id)
    if draft is None:
        return redirect("tell_resume")
    if draft.case is None:
        raise Http404
    letter = get_object_or_404(access.letters_told(teller(request), draft.case), public_id=letter_id)
    telling.note_letter_seen(letter=letter)
    if request.GET.get("as") == "pdf" and letter.pdf:
        response = HttpResponse(letter.pdf, content_type="application/pdf")
        response.headers["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    else:
        response = HttpResponse(letter.html)
        response.headers["Content-Security-Policy"] = _LETTER_POLICY
    response.headers["Cache-Control"] = "no-store, private"
    return response


_LETTER_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; frame-ancestors 'none'; sandbox"
)


# -- photos and voice notes ------------------------------------------------------------------------------------------------------


@login_not_required
@show_or_post
def tell_file(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """One photo or voice note, chosen or recorded."""
    draft = opened_by(request, draft_id)
    if draft is None:
        return redirect("tell_resume")
    if draft.case_id is not None:
        return redirect("tell_receipt", draft_id)
    if request.method != "POST":
        return _file_page(request, draft)
    refused = _take_file(request, draft)
    if wants_json(request):
        there = {"go": reverse("tell_show", args=[draft_id])}
        return JsonResponse({"message": refused} if refused else there, status=422 if refused else 201)
    return _file_page(request, draft, error=refused, status=422) if refused else redirect("tell_show", draft_id)


def _take_file(request: HttpRequest, draft: Draft) -> str:
    """Why it was not taken; blank where it was."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise MediaRefusal("too_big" if is_too_big(request) else "missing")
        if not holding.may_try(request, "tell_file", str(draft.public_id)):
            raise MediaRefusal("busy")
        actions.add_file(draft=draft, data=file.read())
    except (MediaRefusal, TellRefusal) as refusal:
        return refusal.message
    return ""


def _file_page(request: HttpRequest, draft: Draft, error: str = "", status: int = 200) -> HttpResponse:
    speak_for(request, draft)
    words = {
        "recording": _("Recording: %(time)s"),
        "ready": _("Your voice note is ready. You can listen to it before you send it."),
        "no_microphone": _("We cannot use the microphone here. You can choose a sound file instead."),
        "offline": _("No connection right now. Keep this page open, and try again when you are back."),
        "sending": _("Sending. Please keep this page open."),
        "signed_out": _("This page was open for a long time. Your code opens it again."),
    }
    context = {
        "draft": draft,
        "error": error,
        "recorder": {"seconds": settings.MEDIA_VOICE_SECONDS, "words": words},
    }
    response = render(request, "rights_grievances/telling/file.html", context, status=status)
    response.headers["Permissions-Policy"] = RECORDS
    return allow_media(response, "blob:")


@login_not_required
@show_or_post
def told_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The photo or voice note itself; by POST it is taken out again, as long as nothing was sent."""
    file = access.file_with(file_id)
    if file is None:
        raise Http404
    person, held = teller(request), holding.held(request)
    is_own = access.may_open_file(person, held, file)
    if request.method == "POST":
        if not is_own or file.draft is None:
            raise Http404
        actions.remove_file(draft=file.draft, file=file)
        return redirect("tell_show", file.draft.public_id)
    if not is_own and not _sees_case(person, file):
        raise Http404
    return file_shown(file)


def _sees_case(person: Any, file: CaseFile) -> bool:
    if person is None or file.case_id is None:
        return False
    return grievances.visible_cases(person).filter(pk=file.case_id).exists()
