"""Who answers for a family: its own page of it, and for staff the first one, an override, and where there is nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from peer_support import actions
from peer_support.forms.hand_offs import CoordinatorForm, OverrideForm
from peer_support.views.answers import asked
from portal.access import coordination as access
from portal.access import enrollment, families, hand_offs
from portal.families.actions import record_view
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.models import Family


@require_safe
def coordinator_show(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The one who answers, who did before and how it changed, and the hand-offs on the way."""
    person = person_of(request)
    family = get_object_or_404(families.visible_families(person), public_id=family_id)
    may_plan = hand_offs.may_plan_for(person, family)
    if may_plan:
        record_view(actor=person, family=family, subject="coordination")
    held = list(access.visible_coordinations(person).filter(family=family))
    planned = hand_offs.visible_hand_offs(person).filter(family=family, kind="coordinator", coordination=None)
    context = {
        "family": family,
        "current": next((one for one in held if one.ended_at is None and access.is_there(one.coordinator)), None),
        "past": [one for one in held if one.ended_at is not None],
        "hand_offs": [{"hand_off": one, "shows_meeting": hand_offs.may_see_meeting(person, one)} for one in planned],
        "may_plan": may_plan,
        "was_there_one": bool(held),
    }
    return render(request, "peer_support/coordinator_show.html", context)


@require_safe
def coordination_list(request: HttpRequest) -> HttpResponse:
    """Families for whom nobody answers: named to the staff beside them, without a name to those who lead."""
    person = person_of(request)
    leads = enrollment.led_programs(person).exists()
    beside = families.assigned_families(person)
    if not (leads or beside.exists()):
        raise Http404
    found = access.without_coordinator().filter(pk__in=access.coordinable_families(person).values("pk"))
    known = set(beside.values_list("pk", flat=True))
    context = {"families": [{"family": family, "is_known": family.pk in known} for family in found]}
    return render(request, "peer_support/coordination_list.html", context)


@show_or_post
def coordinator_give(request: HttpRequest, family_id: UUID) -> HttpResponse:
    person, family = _coordinable(request, family_id)

    def act(kept: dict[str, Any]) -> None:
        actions.start_coordination(actor=person, family=family, **kept)

    return asked(
        request,
        CoordinatorForm(posted(request), coordinators=access.possible_coordinators(family)),
        act,
        back=_back(person, family),
        title=_("Who answers for this family"),
        lead=_("One person, from start to end. The family reads the name and can always ask for this person."),
        action=_("Keep this"),
        done=_("It is written down. The family is told."),
    )


@show_or_post
def coordinator_override(request: HttpRequest, family_id: UUID) -> HttpResponse:
    person, family = _coordinable(request, family_id)
    before = access.latest(family)
    if before is None:
        raise Http404
    receivers = access.possible_coordinators(family).exclude(pk=before.coordinator_id)

    def act(kept: dict[str, Any]) -> None:
        actions.override_coordinator(actor=person, family=family, **kept)

    return asked(
        request,
        OverrideForm(posted(request), receivers=receivers),
        act,
        back=_back(person, family),
        title=_("Change without a meeting"),
        lead=_("Only in an emergency, or when the one before has left. It is written down, and the family reads why."),
        action=_("Write it down"),
        done=_("It is written down. The family is told."),
    )


# -- parts of the above ------------------------------------------------------------------------------------------------


def _coordinable(request: HttpRequest, family_id: UUID) -> tuple[Person, Family]:
    person = person_of(request)
    return person, get_object_or_404(access.coordinable_families(person), public_id=family_id)


def _back(person: Person, family: Family) -> str:
    """A lead, who sees no family, goes back to the list."""
    if families.sees_family(person, family.pk):
        return reverse("coordinator_show", args=[family.public_id])
    return reverse("coordination_list")
