"""Letters of a case: written, looked at, sent; and read, printed and saved by who they were written to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import grievances
from portal.access import letters as access
from portal.views import person_of, posted, show_or_post
from rights_grievances.actions import letters as actions
from rights_grievances.forms.letters import LetterForm, ReturnForm, SendForm
from rights_grievances.letters import shown
from rights_grievances.letters.kept import preview
from rights_grievances.letters.refusals import LetterIncomplete, LetterRefusal
from rights_grievances.refusals import CaseRefusal

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from rights_grievances.models import Case, Letter


@show_or_post
def letter_write(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """What only a person knows, with what is known already filled in. It is kept however little of it there is."""
    person = person_of(request)
    case = _case(person, case_id)
    desk = shown.desk(person, case, kind)
    if desk is None:
        raise Http404
    form = LetterForm(posted(request), asked=desk.asked, languages=desk.languages, initial=desk.initial)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        letter = actions.write_letter(actor=person, case=case, kind=kind, fields=form.written, language=language)
        return redirect("letter_show", letter.public_id)
    context = {"case": case, "sheet": desk, "form": form, "back": case.get_absolute_url()}
    return render(request, "rights_grievances/letters/letter_write.html", context, status=422 if form.is_bound else 200)


@require_safe
def letter_show(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """As it would go out, with what it lacks; once it was sent, as it went."""
    person = person_of(request)
    letter = _letter(person, letter_id)
    if letter.sent_at is None:
        return _draft(request, letter, SendForm(initial={"way": "site"}))
    if request.method == "GET":
        actions.mark_seen(person=person, letter=letter)
    return _sent(request, person, letter, ReturnForm())


@require_POST
def letter_send(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    person = person_of(request)
    letter = _written(person, letter_id)
    form = SendForm(request.POST)
    if not form.is_valid():
        return _draft(request, letter, form, status=422)
    try:
        actions.send_letter(actor=person, letter=letter, way=form.cleaned_data["way"])
    except LetterIncomplete:
        return _draft(request, letter, form, status=422)
    except CaseRefusal as refused:
        messages.error(request, str(refused.message))
        return redirect("letter_show", letter.public_id)
    messages.success(request, _("It is sent, and stays as it is."))
    return redirect("letter_show", letter.public_id)


@require_safe
def letter_pdf(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """As it was sent. Its file name says nothing of what is in it."""
    person = person_of(request)
    letter = _letter(person, letter_id)
    pdf = letter.pdf
    if not pdf:
        raise Http404
    if request.method == "GET":
        actions.mark_seen(person=person, letter=letter)
    headers = {"Content-Disposition": 'attachment; filename="letter.pdf"', "Cache-Control": "no-store, private"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_POST
def letter_return(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The mail brought it back."""
    person = person_of(request)
    letter = _written(person, letter_id)
    if letter.way != "mail":
        raise Http404
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _sent(request, person, letter, form, status=422)
    at = dt.datetime.combine(form.cleaned_data["on"], dt.time(), tzinfo=letter.case.program.zone)
    try:
        actions.mark_returned(actor=person, letter=letter, at=at)
    except CaseRefusal as refused:
        form.add_error("on", str(refused.message))
        return _sent(request, person, letter, form, status=422)
    messages.success(request, _("It is written down. Ask them how the letter can reach them, then send it again."))
    return redirect("letter_show", letter.public_id)


@require_POST
def letter_replace(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Another one in its place, with the same words to begin with."""
    person = person_of(request)
    letter = _written(person, letter_id)
    try:
        actions.replace_letter(actor=person, letter=letter)
    except LetterRefusal as refused:
        messages.error(request, str(refused.message))
        return redirect("letter_show", letter.public_id)
    return redirect("letter_write", letter.case.public_id, letter.kind)


def _draft(request: HttpRequest, letter: Letter, form: SendForm, status: int = 200) -> HttpResponse:
    paper, lacking = preview(letter)
    context = {
        "letter": letter,
        "paper": paper,
        "missing": shown.sentences(lacking),
        "form": form,
        "change": reverse("letter_write", args=[letter.case.public_id, letter.kind]),
        "is_in_english_only": letter.language != letter.wanted_language,
    }
    return render(request, "rights_grievances/letters/letter_draft.html", context, status=status)


def _sent(request: HttpRequest, person: Person, letter: Letter, form: ReturnForm, status: int = 200) -> HttpResponse:
    context = {"letter": letter, "form": form, "may_write": access.may_write(person, letter.case)}
    return render(request, "rights_grievances/letters/letter_show.html", context, status=status)


def _case(person: Person, case_id: UUID) -> Case:
    case: Case = get_object_or_404(grievances.desk_cases(person), public_id=case_id)
    return case


def _letter(person: Person, letter_id: UUID) -> Letter:
    letter: Letter = get_object_or_404(access.visible_letters(person), public_id=letter_id)
    return letter


def _written(person: Person, letter_id: UUID) -> Letter:
    """By who may write it."""
    letter = _letter(person, letter_id)
    if not access.may_write(person, letter.case):
        raise Http404
    return letter
