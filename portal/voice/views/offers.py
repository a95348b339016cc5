"""Staff show a family who or what there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.access import care as care_access
from portal.access import choices as access
from portal.access import directory, families, offered, peers, team
from portal.care.refusals import PlanRefusal
from portal.directory.near import Nearness
from portal.directory.shown import region_name, step_name
from portal.families.actions import NotChosen, NotTrained
from portal.language import formats
from portal.views import person_of, posted, show_or_post, uuid_of
from portal.voice.actions import offers
from portal.voice.forms.choices import FacilitatorOfferForm, KindForm, ServiceOfferForm, TeamOfferForm, TimesForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.access.care import Reader
    from portal.care.models import Item, Plan, TeamAsk
    from portal.directory.models import Service
    from portal.families.forms import PlainForm
    from portal.families.models import Family
    from portal.programs.models import StaffRole
    from portal.voice.models import Choice


@show_or_post
def service_offer(request: HttpRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
    """Tick two or more of the directory, the nearest first, or write who else could give it."""
    plan, reader = _plan(request, plan_id)
    item = _item(plan, reader, item_id)
    family = plan.family
    kinds, _codes = directory.kinds_of(directory.visible_entries(reader.person))
    called = {one.id: one.name for one in family.program.profile.services}
    choices = sorted(((one, called.get(one, one)) for one in kinds), key=lambda pair: pair[1].casefold())
    kind = request.GET.get("kind", "")
    entries = offered.entries_of(reader.person, family, kind) if kind else []
    form = ServiceOfferForm(posted(request), entries=[(one, _entry_words(one, family)) for one in entries])

    def act() -> Choice:
        named = [offers.Named(one) for one in form.names]
        kept = form.cleaned_data
        return offers.offer_service(
            actor=reader.person,
            item=item,
            category=kind,
            entries=form.chosen,
            named=named,
            note=kept["note"],
            looked_for=kept["looked_for"],
        )

    sheet = {
        "title": _("Show the family who could give it"),
        "lead": item.data["name"],
        "kinds": KindForm(initial={"kind": kind}, kinds=[("", _("Please choose")), *choices]),
        "is_chosen": bool(kind) or not choices,
    }
    return _offered(request, form, act, sheet, back=reverse("plan_show", args=[plan.public_id]))


def _entry_words(entry: Service, family: Family) -> str:
    """One entry in one line: who, what, how far, how long one waits, in what languages."""
    region = region_name(family.program.profile, family.region)
    language = get_language() or "en"
    wait = ""
    if entry.wait_days is not None:
        wait = ngettext("%(days)s day of waiting", "%(days)s days of waiting", entry.wait_days) % {
            "days": entry.wait_days
        }
    parts = [
        f"{entry.provider.name}: {entry.name}",
        step_name(Nearness(entry.step), region),  # type: ignore[attr-defined] # annotated by access
        wait or entry.wait_words,
        _(", ").join(formats.language_name(code, language) for code in entry.languages),
    ]
    return ". ".join(part for part in parts if part)


@show_or_post
def facilitator_offer(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Who could be the family's facilitator, with how many families each stands beside now."""
    person = person_of(request)
    family = get_object_or_404(families.assigned_families(person), public_id=family_id)
    roles = list(offered.free_facilitators(family))
    ask = _ask(request, family)
    form = FacilitatorOfferForm(
        posted(request),
        young=[one for one in families.visible_members(person, family) if one.role == "youth"],
        roles=[(one, _role_words(one)) for one in roles],
        beside=list(offered.facilitators_beside(family)),
        is_any_untrained=bool(peers.untrained(roles)),
        initial=_asked_about(ask),
    )
    sheet = {
        "title": _("Show the family who could be their facilitator"),
        "lead": _("The family picks. Whom it picks stands beside it from that moment on."),
        "ask": ask,
    }
    return _offered(
        request,
        form,
        lambda: offers.offer_facilitators(actor=person, ask=ask, **form.offer),
        sheet,
        back=reverse("family_show", args=[family.public_id]),
    )


def _ask(request: HttpRequest, family: Family) -> TeamAsk | None:
    """Who asked for somebody else, named in the address."""
    public_id = uuid_of(request.GET.get("ask"))
    if public_id is None:
        return None
    found = team.ask_for(person_of(request), public_id)
    if found is None or found[0].seat.plan.family_id != family.pk or not team.may_answer_ask(found[1], found[0]):
        raise Http404
    return found[0]


def _asked_about(ask: TeamAsk | None) -> dict[str, Any]:
    """Who was asked about goes, unless staff say otherwise."""
    if ask is None or ask.seat.person is None:
        return {}
    known = families.staff_beside(ask.asked_by).filter(staff_role__person=ask.seat.person)
    role = next((one.staff_role for one in known if one.staff_role.role == "facilitator"), None)
    youth = ask.seat.plan.youth.person
    return {"replaces": str(role.public_id) if role is not None else "", "youth": str(youth.public_id)}


def _role_words(role: StaffRole) -> str:
    count = role.beside  # type: ignore[attr-defined] # annotated by access
    language = get_language() or "en"
    parts = [
        f"{role.person.display_name}, {role.organization.name}",
        ngettext("%(count)s family now", "%(count)s families now", count) % {"count": count},
        _(", ").join(formats.language_name(code, language) for code in role.languages),
    ]
    return ". ".join(part for part in parts if part)


@show_or_post
def seat_offer(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = _plan(request, plan_id)
    form = TeamOfferForm(posted(request))

    def act() -> Choice:
        kept = form.cleaned_data
        named = [offers.Named(*one) for one in form.names]
        return offers.offer_team(
            actor=reader.person, plan=plan, key=kept["key"], role=kept["role"], named=named, note=kept["note"]
        )

    sheet = {
        "title": _("Show the family who could be on the team"),
        "lead": _(
            "For one place, two or more people. If there is only one, ask them onto the team: the family says yes or no."
        ),
    }
    return _offered(request, form, act, sheet, back=reverse("team_show", args=[plan.public_id]))


@show_or_post
def time_offer(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Two or three places and times for a meeting; the one the family picks is proposed and agreed at once."""
    plan, reader = _plan(request, plan_id)
    zone = plan.family.program.profile.time_zone_of(plan.family.region or None)
    form = TimesForm(posted(request), zone=zone)

    def act() -> Choice:
        kept = form.cleaned_data
        times = [offers.Time(*one) for one in form.said]
        return offers.offer_times(
            actor=reader.person, plan=plan, key=kept["key"], times=times, minutes=kept["minutes"], note=kept["note"]
        )

    sheet = {
        "title": _("Show the family where and when the team could meet"),
        "lead": _("Two or three places and times. The one they pick is agreed at once."),
        "times": form.times,
    }
    return _offered(request, form, act, sheet, back=reverse("meeting_list", args=[plan.public_id]))


# -- parts of the above --------------------------------------------------------------------------------------------------------


def _offered(
    request: HttpRequest, form: PlainForm, act: Callable[[], Choice], sheet: dict[str, Any], *, back: str
) -> HttpResponse:
    """Show the form; posted and in order, put it before the family and show it as the family sees it."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act()
        except (PlanRefusal, NotTrained, NotChosen) as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("The family has it before them now. Here you see what they answer."))
            return redirect("pick_show", made.public_id)
    context = {"form": form, "back": back, "sheet": sheet}
    return render(request, "voice/offer.html", context, status=422 if form.is_bound else 200)


def _plan(request: HttpRequest, plan_id: UUID) -> tuple[Plan, Reader]:
    """An open plan that this staff member keeps; one that has ended is named so where something was sent."""
    person = person_of(request)
    plan = get_object_or_404(care_access.asked_plans(person), public_id=plan_id)
    reader = care_access.part_in(person, plan)
    if reader is None or not care_access.may_keep(reader) or (request.method != "POST" and not plan.is_open):
        raise Http404
    return plan, reader


def _item(plan: Plan, reader: Reader, item_id: UUID) -> Item:
    for item in care_access.visible_items(reader, plan):
        if item.public_id == item_id and access.offered_service(reader.person, item) is not None:
            item.plan = plan
            return item
    raise Http404
