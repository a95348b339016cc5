"""The list of classes, as the liaisons of a family organization keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions
from peer_support.forms.requests import ClassForm
from peer_support.refusals import PeerRefusal
from portal.access import support as access
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import EducatorClass
    from portal.accounts.models import Person
    from portal.programs.models import Organization

SHOWN = 100
KEPT = ("title", "about", "language", "held_on", "begins_at", "place", "places")


@require_safe
def class_desk(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    _organizations(person)
    classes = list(access.kept_classes(person)[:SHOWN])
    today = {held.pk: held.organization.program.today() for held in classes}
    context = {
        "ahead": [one for one in classes if one.ended_at is None and one.held_on >= today[one.pk]][::-1],
        "past": [one for one in classes if one.ended_at is not None or one.held_on < today[one.pk]],
    }
    return render(request, "peer_support/class_desk.html", context)


@show_or_post
def class_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    organizations = _organizations(person)
    form = ClassForm(posted(request), organizations=organizations)
    if request.method == "POST" and form.is_valid():
        organization, told = form.said()
        actions.add_class(actor=person, organization=organization, **cast(Any, told))
        messages.success(request, _("It is on the list. Families see it now."))
        return redirect("class_desk")
    return _form(request, form, title=_("A new class"))


@show_or_post
def class_change(request: HttpRequest, class_id: UUID) -> HttpResponse:
    person = person_of(request)
    held = _held(person, class_id)
    form = ClassForm(
        posted(request),
        organizations=[held.organization],
        initial={name: getattr(held, name) for name in KEPT},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_class(actor=person, held=held, **cast(Any, form.said()[1]))
        except PeerRefusal as refusal:
            form.refuse(refusal.field, refusal.message)
        else:
            messages.success(request, _("It is changed. Tell those who have a place, if the day or place is another."))
            return redirect("class_desk")
    return _form(request, form, title=held.title)


@require_POST
def class_end(request: HttpRequest, class_id: UUID) -> HttpResponse:
    person = person_of(request)
    actions.end_class(actor=person, held=_held(person, class_id))
    messages.success(request, _("It is off the list. Whoever asked for it still waits for an answer from you."))
    return redirect("class_desk")


def _form(request: HttpRequest, form: ClassForm, *, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": _("Families read it as you write it here.")}
    context |= {"action": _("Keep it"), "back": reverse("class_desk")}
    return render(request, "peer_support/form.html", context, status=422 if request.method == "POST" else 200)


def _organizations(person: Person) -> list[Organization]:
    found = list(access.organizations_of(person))
    if not found:
        raise Http404
    return found


def _held(person: Person, class_id: UUID) -> EducatorClass:
    return get_object_or_404(access.kept_classes(person), public_id=class_id, ended_at=None)
