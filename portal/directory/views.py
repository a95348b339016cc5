"""Finding help in the directory, one entry of it, and what staff write down about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import cards
from portal.access import directory as access
from portal.directory import actions, near, shown
from portal.directory.forms import FindForm, NoteForm
from portal.language import formats
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.directory.models import Service
    from portal.programs.models import Program

PAGE = 20


@show_or_post
def directory_list(request: HttpRequest) -> HttpResponse:
    """What is looked for comes by POST: an address stays in the history of a shared phone."""
    person = person_of(request)
    program, region = access.own_place(person)
    if program is None:
        raise Http404
    entries = access.visible_entries(person)
    form = _form(request, entries, program, region)
    if request.method == "POST" and not form.is_valid():
        return render(request, "directory/directory_list.html", {"form": form}, status=422)
    asked = form.cleaned_data if form.is_bound else {"region": form.initial["region"]}
    return render(request, "directory/directory_list.html", {"form": form} | _found(entries, program, asked))


@require_safe
def entry_show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    person = person_of(request)
    entry = get_object_or_404(access.with_places(access.visible_entries(person)), public_id=entry_id)
    profile = entry.provider.program.profile
    program, region = access.own_place(person)
    region = region if program == entry.provider.program else ""
    context = {
        "entry": entry,
        "spots": shown.spots(entry, get_language() or "en"),
        "near": shown.step_name(access.nearness(entry, region), shown.region_name(profile, region)),
        "is_stale": entry.is_stale(entry.provider.program.today()),
        "may_share": bool(cards.sharing_conversations(person, entry)),
        "may_note": access.may_note(person, entry),
    }
    return render(request, "directory/entry_show.html", context)


@show_or_post
def entry_note(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    person = person_of(request)
    entry = get_object_or_404(access.visible_entries(person), public_id=entry_id)
    if not access.may_note(person, entry):
        raise Http404
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.note_entry(actor=person, entry=entry, **form.cleaned_data)
        messages.success(request, _("Saved. Families read it with the day."))
        return redirect("entry_show", entry.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "directory/entry_note.html", {"form": form, "entry": entry}, status=status)


def _form(request: HttpRequest, entries: QuerySet[Service], program: Program, region: str) -> FindForm:
    language = get_language() or "en"
    known = {one.id: one.name for one in program.profile.services}
    categories, languages = access.kinds_of(entries)
    return FindForm(
        posted(request),
        categories=sorted(((one, known.get(one, one)) for one in categories), key=lambda one: one[1].casefold()),
        languages=sorted(
            ((one, formats.language_name(one, language)) for one in languages),
            key=lambda one: one[1].casefold(),
        ),
        regions=[(one.id, one.name) for one in program.profile.regions],
        initial={"region": region if shown.region_name(program.profile, region) else ""},
    )


def _found(entries: QuerySet[Service], program: Program, asked: dict[str, Any]) -> dict[str, Any]:
    entries = access.has_word(entries, asked.get("words", ""))
    if asked.get("category"):
        entries = entries.filter(category=asked["category"])
    if asked.get("language"):
        entries = access.speaks(entries, asked["language"])
    region, start = asked["region"], asked.get("start") or 0
    if region:
        entries = access.nearest_first(entries, program, region)
    found = list(access.with_places(entries)[start : start + PAGE + 1])
    return {
        "asked": asked,
        "groups": shown.by_step(found[:PAGE], program.profile, region) if region else [shown.Near("", found[:PAGE])],
        "is_empty": not found,
        "is_asked": any(asked.get(name) for name in ("words", "category", "language")),
        "next_start": start + PAGE if len(found) > PAGE else None,
        "knows_no_neighbors": bool(region) and not near.around(program.profile, region)[near.Nearness.NEXT],
    }
