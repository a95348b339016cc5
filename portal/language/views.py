"""Translations for the programme lead: what may be shown in which language, and the form that records a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal.access.content import may_review_translations
from portal.language import actions, content
from portal.language.content import Status
from portal.language.formats import direction
from portal.language.forms import ReviewForm
from portal.views import person_of

if TYPE_CHECKING:
    pass

WORDS = {
    Status.SOURCE: _("source"),
    Status.DRAFT: _("draft, not shown"),
    Status.HUMAN_REVIEWED: _("reviewed, shown"),
    Status.STALE: _("out of date, not shown"),
    Status.MISSING: _("missing"),
}


@require_safe
def translation_list(request: HttpRequest) -> HttpResponse:
    """The table; with `?key=&language=`, those two texts side by side and the form."""
    if not may_review_translations(person_of(request)):
        raise Http404
    key, language = request.GET.get("key", ""), request.GET.get("language", "")
    context = _table()
    if key:
        context |= _pair(key, language)
        context["form"] = ReviewForm(initial={"key": key, "language": language, "seen": context["draft_hash"]})
    return render(request, "language/list.html", context)


@require_POST
def translation_review(request: HttpRequest) -> HttpResponse:
    if not may_review_translations(person_of(request)):
        raise Http404
    form = ReviewForm(request.POST)
    if not form.is_valid():
        context = _table() | _pair(request.POST.get("key", ""), request.POST.get("language", "")) | {"form": form}
        return render(request, "language/list.html", context, status=422)
    key, language = form.cleaned_data["key"], form.cleaned_data["language"]
    _known(key, language)
    try:
        actions.record_review(actor=person_of(request), **form.cleaned_data)
    except actions.NothingToReview:
        messages.warning(request, _("These words have changed since you opened the page. Please have them read again."))
        return redirect(f"{reverse('translation_list')}?{urlencode({'key': key, 'language': language})}")
    messages.success(request, _("Kept. Readers of that language see these words from now on."))
    return redirect("translation_list")


def _known(key: str, language: str) -> None:
    if key not in content.every_key() or language not in content.languages():
        raise Http404


def _table() -> dict[str, Any]:
    languages = content.languages()
    rows = [
        {"key": key, "cells": [{"language": code, "status": _cell(key, code)} for code in languages]}
        for key in content.every_key()
    ]
    return {"languages_shown": languages, "rows": rows}


def _cell(key: str, language: str) -> Any:
    text = content.translation_of(key, language)
    if text is not None and text.is_always and content.may_be_shown(key, language):
        return _("official words, shown")
    return WORDS[content.status(key, language)]


def _pair(key: str, language: str) -> dict[str, Any]:
    _known(key, language)
    source, draft = content.source_of(key), content.translation_of(key, language)
    return {
        "key": key,
        "language": language,
        "direction": direction(language),
        "source": source,
        "draft": draft,
        "draft_hash": draft.hash if draft else "",
        "status": _cell(key, language),
        "may_be_reviewed": content.status(key, language) == Status.DRAFT,
    }
