"""A family asks its family organization for something, sees where each request is, and takes one back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions
from peer_support.asked import asked, by_day
from peer_support.forms.requests import AskForm, LiaisonForm, MeetingForm
from peer_support.refusals import AlreadyAsked, PeerRefusal
from peer_support.views.wishes import standing_of
from portal.access import support as access
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import EducatorClass
    from portal.accounts.models import Person
    from portal.families.models import Member

RECENT = dt.timedelta(days=60)


@require_safe
def support_show(request: HttpRequest) -> HttpResponse:
    """Three ways in, someone to come along, and what was asked for with where it is."""
    person = person_of(request)
    members = _members(person)
    own = access.own_requests(person)
    context = {
        "open_requests": by_day(one for one in own if one.is_open),
        "settled": asked(own.filter(ended_at__gte=timezone.now() - RECENT)),
        # A peer partner for an adult and a mentor for a young person are two offers, each with its own way in.
        "wanted": standing_of(person),
        "class_count": sum(access.open_classes(person, one).count() for one in members),
    }
    return render(request, "peer_support/support_show.html", context)


@require_safe
def class_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    members = _members(person)
    found = {held.pk: held for one in members for held in access.open_classes(person, one)}
    asked_for = set(
        access.own_requests(person)
        .filter(educator_class__isnull=False, ended_at=None)
        .values_list("educator_class", flat=True)
    )
    classes = sorted(found.values(), key=lambda held: (held.held_on, held.pk))
    context = {"classes": [{"held": one, "is_full": _is_full(one), "is_asked": one.pk in asked_for} for one in classes]}
    return render(request, "peer_support/class_list.html", context)


@show_or_post
def class_ask(request: HttpRequest, class_id: UUID) -> HttpResponse:
    person = person_of(request)
    offering = {one: access.open_classes(person, one).filter(public_id=class_id).first() for one in _members(person)}
    members = [one for one, held in offering.items() if held is not None]
    if not members:
        raise Http404
    held = next(one for one in offering.values() if one is not None)
    form = AskForm(posted(request), members=members)
    lead = _("All places are taken now. Ask anyway: your liaison tells you of the next one.") if _is_full(held) else ""
    page = {"title": held.title, "language": held.language, "lead": lead, "held": held}
    return _asked(request, form, page, kind="class", educator_class=held)


@show_or_post
def advocate_ask(request: HttpRequest) -> HttpResponse:
    page = {
        "title": _("Someone who speaks up with you"),
        "lead": _("At school, in court or with an agency: someone who knows the way says it with you."),
    }
    form = AskForm(posted(request), members=_members(person_of(request)))
    return _asked(request, form, page, kind="advocate")


@show_or_post
def liaison_ask(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    members = _members(person)
    helpers = {one.pk: one for member in members for one in access.liaisons_to_choose(person, member)}
    form = LiaisonForm(posted(request), members=members, helpers=helpers.values())
    page = {
        "title": _("A liaison you choose"),
        "lead": _("You may choose who stands beside your family, and change it. Nobody asks you why."),
    }
    return _asked(request, form, page, kind="liaison")


@show_or_post
def meeting_ask(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    members = _members(person)
    helpers = {one.pk: one for member in members for one in access.companions(person, member)}
    form = MeetingForm(posted(request), members=members, helpers=helpers.values())
    page = {
        "title": _("Someone who comes to a meeting with you"),
        "lead": _("You do not have to sit there alone. They help you get ready and talk it over with you after."),
    }
    return _asked(request, form, page, kind="meeting")


@require_POST
def request_take_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(access.own_requests(person), public_id=request_id)
    actions.take_back_request(actor=person, request=found)
    messages.success(request, _("Taken back. You can ask again on any day."))
    return redirect("support_show")


# -- parts of the above -----------------------------------------------------------------------------------------------


def _asked(
    request: HttpRequest,
    form: AskForm,
    page: Mapping[str, object],
    *,
    kind: str,
    educator_class: EducatorClass | None = None,
) -> HttpResponse:
    """Show the form; posted and in order, ask and show where it is. What was asked for already is not asked twice."""
    person = person_of(request)
    if request.method == "POST" and form.is_valid():
        member, told = form.said()
        ask = actions.Ask(kind=kind, educator_class=educator_class, **told)
        try:
            made = actions.ask_for_support(actor=person, member=member, ask=ask)
        except AlreadyAsked as refusal:
            messages.info(request, str(refusal.message))
            return redirect("support_show")
        except PeerRefusal as refusal:
            form.refuse("meets_on" if "meets_on" in form.fields else "words", refusal.message)
        else:
            messages.success(request, _("Thank you. Your liaison sees it now. Here you see what happens next."))
            return redirect("request_show", made.public_id)
    context = {"form": form, "asked": page}
    return render(request, "peer_support/support_ask.html", context, status=422 if request.method == "POST" else 200)


def _is_full(held: EducatorClass) -> bool:
    return bool(held.taken >= held.places)  # type: ignore[attr-defined] # annotated by access


def _members(person: Person) -> list[Member]:
    members = access.asking_members(person)
    if not members:
        raise Http404
    return members
