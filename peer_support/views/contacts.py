"""Who came, who called, what comes next: for the person it is about, and for those who are in touch with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions
from peer_support.contact_refusals import ContactRefusal
from peer_support.forms.contacts import BeginForm, ContactForm, FeltForm, NotNowForm, PlanForm
from peer_support.weeks import in_touch, reachable
from portal.access import contacts as access
from portal.access import families, people
from portal.families.actions import record_view
from portal.programs.vocabulary import Event
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.forms import PlainForm
    from portal.families.models import Family, Member
    from portal.programs.models import StaffRole


@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    """The person's own contacts; whoever works here finds the people they are in touch with."""
    person = person_of(request)
    places = list(access.own_places(person))
    works = access.is_in_touch(person)
    if not places and not works:
        raise Http404
    context = {
        "own": [in_touch(person, place) for place in places],
        "works": works,
        "reached": reachable(person) if works else [],
        "felt": access.felt_counts(person),
        "is_liaison": any(role.role == role.Role.LIAISON for role in people.staff_roles(person)),
    }
    return render(request, "peer_support/contact_list.html", context)


@require_safe
def contact_show(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    person = person_of(request)
    member = _member(person, family_id, person_id)
    is_beside = families.stands_beside(person, member.family_id)
    if is_beside:
        record_view(actor=person, family=member.family)
    shown = in_touch(person, member)
    context = {
        "shown": shown,
        "member": member,
        "is_beside": is_beside,
        "may_begin": is_beside and not shown.weeks and _has_rhythm(member.family),
        "ways": ("visit", "call", "text", "video", "chat"),
    }
    return render(request, "peer_support/contact_show.html", context)


@show_or_post
def contact_add(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    person = person_of(request)
    member = _member(person, family_id, person_id)
    form = ContactForm(
        posted(request),
        zone=access.zone_of(member),
        way=request.GET.get("way", ""),
        with_note=access.may_write_note(member, _role(person, member)),
    )

    def log(values: dict[str, Any]) -> None:
        values = {name: value for name, value in values.items() if name not in {"on", "time"}}
        said = actions.Said(happened_at=form.moment(), **values)
        actions.log_contact(actor=person, role=_role(person, member), member=member, said=said)

    page = _Page(
        title=_("Write down a contact with %(name)s") % {"name": member.person.first_name},
        button=_("Write it down"),
        done=_("Written down. %(name)s sees it, too.") % {"name": member.person.first_name},
    )
    return _asked(request, form, log, page, member)


@show_or_post
def contact_plan(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    person = person_of(request)
    member = _member(person, family_id, person_id)
    form = PlanForm(
        posted(request),
        zone=access.zone_of(member),
        initial={"way": request.GET.get("way", "visit")},
        with_place=access.may_write_note(member, _role(person, member)),
    )

    def plan(values: dict[str, Any]) -> None:
        role = _role(person, member)
        moment = {"planned_at": form.moment(), "way": values["way"], "place": values.get("place", "")}
        actions.plan_contact(actor=person, role=role, member=member, **moment)

    page = _Page(
        title=_("Plan to be in touch with %(name)s") % {"name": member.person.first_name},
        button=_("Plan it"),
        done=_("Planned. %(name)s sees it, too.") % {"name": member.person.first_name},
    )
    return _asked(request, form, plan, page, member)


@show_or_post
def rhythm_begin(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """They agreed to regular contact: what the programme promises runs from that day."""
    person = person_of(request)
    member = _member(person, family_id, person_id)
    if not access.may_begin_rhythm(person, member) or not _has_rhythm(member.family):
        raise Http404
    form = BeginForm(posted(request), initial={"on": access.today_of(member)})

    def begin(values: dict[str, Any]) -> None:
        role = _role(person, member)
        actions.begin_rhythm(actor=person, role=role, member=member, agreed_on=values["on"])

    page = _Page(
        title=_("%(name)s said yes to regular contact") % {"name": member.person.first_name},
        button=_("Begin"),
        done=_("It runs. %(name)s sees each week, too.") % {"name": member.person.first_name},
    )
    return _asked(request, form, begin, page, member)


@require_POST
def contact_call_off(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    person = person_of(request)
    plan = get_object_or_404(access.visible_plans(person), public_id=plan_id)
    actions.call_off(actor=person, plan=plan)
    messages.success(request, _("Called off. Nobody asks you why."))
    return _back(person, plan.member)


@require_POST
def contact_felt(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    person = person_of(request)
    contact = get_object_or_404(access.visible_contacts(person), public_id=contact_id)
    form = FeltForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.say_how_it_felt(actor=person, contact=contact, answer=form.cleaned_data["answer"])
    if form.cleaned_data["answer"] == "yes":
        messages.success(request, _("Thank you for telling us."))
    else:
        messages.success(
            request, _("Thank you for telling us. If you want to say more, Help and rights shows you how.")
        )
    return redirect("contact_list")


@show_or_post
def pause_add(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The person's own "not now"."""
    person = person_of(request)
    member = get_object_or_404(access.own_places(person), family__public_id=family_id)
    form = NotNowForm(posted(request), initial={"how_long": "7"})

    def pause(values: dict[str, Any]) -> None:
        until = form.until(access.today_of(member))
        actions.say_not_now(actor=person, member=member, channel="page", comes_back_on=until, reason=values["reason"])

    page = _Page(
        title=_("Not now"),
        lead=_("You can take a break from visits and calls. Nothing else changes, and you can come back earlier."),
        button=_("Take a break"),
        done=_("We wait. You see the day here, and so do the people who work with you."),
        back=reverse("contact_list"),
    )
    return _asked(request, form, pause, page, member)


@require_POST
def pause_end(request: HttpRequest, pause_id: UUID) -> HttpResponse:
    person = person_of(request)
    pause = get_object_or_404(access.visible_pauses(person), public_id=pause_id)
    actions.come_again(actor=person, pause=pause)
    messages.success(request, _("The break is over. You can be in touch again."))
    return _back(person, pause.member)


# -- parts of the above -----------------------------------------------------------------------------------------------


class _Page:
    """The words around a form."""

    def __init__(self, *, title: str, button: str, done: str, lead: str = "", back: str = "") -> None:
        self.title, self.button, self.done, self.lead, self.back = title, button, done, lead, back


def _asked(
    request: HttpRequest, form: PlainForm, act: Callable[[dict[str, Any]], None], page: _Page, member: Member
) -> HttpResponse:
    """Show the form; posted and in order, do it and go back. A refusal stands beside the field it is about."""
    back = page.back or _path(member)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ContactRefusal as refusal:
            field = refusal.field if refusal.field in form.fields else next(iter(form.fields))
            form.refuse(field, refusal.message)
        else:
            messages.success(request, page.done)
            return redirect(back)
    context = {"form": form, "back": back, "asked": page, "member": member, "pause": access.pause_of(member)}
    context["is_own"] = member.person_id == request.user.pk
    return render(request, "peer_support/contact_form.html", context, status=422 if form.is_bound else 200)


def _member(person: Person, family_id: UUID, person_id: UUID) -> Member:
    return get_object_or_404(access.reachable_members(person), family__public_id=family_id, person__public_id=person_id)


def _role(person: Person, member: Member) -> StaffRole:
    """The job in which they are in touch; a role that ended meanwhile is refused by the action, as if the page were gone."""
    roles = access.roles_toward(person, member)
    if not roles:
        raise Http404
    return roles[0]


def _has_rhythm(family: Family) -> bool:
    rules = family.program.profile.rules(on=family.program.today()).values()
    return any(rule.trigger == Event.COORDINATION_STARTED for rule in rules)


def _path(member: Member) -> str:
    return reverse("contact_show", args=[member.family.public_id, member.person.public_id])


def _back(person: Person, member: Member) -> HttpResponse:
    return redirect("contact_list") if member.person_id == person.pk else redirect(_path(member))
