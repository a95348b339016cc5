"""Groups as those find them who open and lead them: who waits, who is in, what was reported, pausing, closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peer_support import actions
from peer_support.forms.groups import CloseForm, DeclineForm, GroupForm, LeadForm, RemoveForm, SettleForm
from peer_support.views.answers import asked, pressed
from portal.access import groups as access
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import Group, GroupMembership
    from portal.accounts.models import Person


@show_or_post
def group_open(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    role = access.working_roles(person, "liaison").first()
    if role is None:
        raise Http404
    profile = role.organization.program.profile
    form = GroupForm(
        posted(request),
        languages=[one.code for one in profile.languages],
        regions=profile.regions,
        leads=access.possible_leads(role.organization),
        initial={"languages": ["en"], "leads": [str(role.public_id)]},
    )

    def open_it(said: dict[str, Any]) -> None:
        actions.open_group(actor=person, role=role, said=actions.NewGroup(**said))

    return asked(
        request,
        form,
        open_it,
        back=reverse("group_list"),
        title=_("Open a group"),
        lead=_("Families see it at once, and can ask for a place."),
        action=_("Open it"),
        done=_("It is open. You see here who asks for a place."),
    )


@require_POST
def place_admit(request: HttpRequest, place_id: UUID) -> HttpResponse:
    person = person_of(request)
    place = _place(person, place_id)
    return _tried(
        request,
        lambda: actions.admit(actor=person, membership=place),
        place.group,
        _("%(name)s has a place now.") % {"name": place.name},
    )


@show_or_post
def place_decline(request: HttpRequest, place_id: UUID) -> HttpResponse:
    person = person_of(request)
    place = _place(person, place_id)
    if place.state != place.State.ASKED:
        raise Http404
    return asked(
        request,
        DeclineForm(posted(request)),
        lambda said: actions.decline(actor=person, membership=place, words=said["words"]),
        back=_path(place.group),
        title=_("No place for %(name)s") % {"name": place.name},
        lead=_(
            "We tell them: there is no place for you in this group right now. Your liaison can help you find another."
        ),
        action=_("Tell them"),
        done=_("They are told."),
    )


@show_or_post
def place_remove(request: HttpRequest, place_id: UUID) -> HttpResponse:
    person = person_of(request)
    place = _place(person, place_id)
    if place.state != place.State.ADMITTED:
        raise Http404
    return asked(
        request,
        RemoveForm(posted(request)),
        lambda said: actions.remove_from_group(actor=person, membership=place, reason=said["reason"]),
        back=_path(place.group),
        title=_("Take %(name)s out of the group") % {"name": place.name},
        lead=_("They read nothing more from this moment. What they wrote stays. They learn why, and how to complain."),
        action=_("Take them out"),
        done=_("They are no longer in the group, and they are told why."),
    )


@require_POST
def group_pause(request: HttpRequest, group_id: UUID) -> HttpResponse:
    person = person_of(request)
    group = _kept(person, group_id)
    return _tried(
        request,
        lambda: actions.pause_group(actor=person, group=group),
        group,
        _("The group is paused. Everybody in it is told."),
    )


@require_POST
def group_resume(request: HttpRequest, group_id: UUID) -> HttpResponse:
    person = person_of(request)
    group = _kept(person, group_id)
    return _tried(request, lambda: actions.resume_group(actor=person, group=group), group, _("The group goes on."))


@show_or_post
def group_close(request: HttpRequest, group_id: UUID) -> HttpResponse:
    person = person_of(request)
    group = _kept(person, group_id)
    return asked(
        request,
        CloseForm(posted(request)),
        lambda said: actions.close_group(actor=person, group=group, goodbye=said["goodbye"]),
        back=_path(group),
        title=_("Close this group"),
        lead=_(
            "Nobody can write any more. Everybody can still read what was written in their time, with your last words."
        ),
        action=_("Close it"),
        done=_("The group is closed. Everybody in it is told."),
    )


@show_or_post
def group_lead_add(request: HttpRequest, group_id: UUID) -> HttpResponse:
    person = person_of(request)
    group = _kept(person, group_id)
    if not access.is_liaison_of(person, group):
        raise Http404
    leading = [one.staff_role.person_id for one in access.moderators(group)]
    form = LeadForm(posted(request), leads=access.possible_leads(group.organization).exclude(person__in=leading))
    return asked(
        request,
        form,
        lambda said: actions.add_lead(actor=person, group=group, role=said["leads"]),
        back=_path(group),
        title=_("Who leads it, too"),
        lead=_("They read what is written from now on, and not what was written before."),
        action=_("Add them"),
        done=_("They lead the group now, and they are told."),
    )


@require_POST
def group_lead_end(request: HttpRequest, group_id: UUID, role_id: UUID) -> HttpResponse:
    person = person_of(request)
    group = _kept(person, group_id)
    moderator = get_object_or_404(access.moderators(group), staff_role__public_id=role_id)
    return _tried(
        request,
        lambda: actions.end_lead(actor=person, moderator=moderator),
        group,
        _("%(name)s does not lead it any more.") % {"name": moderator.staff_role.person.display_name},
    )


@require_POST
def report_settle(request: HttpRequest, report_id: UUID) -> HttpResponse:
    person = person_of(request)
    report = get_object_or_404(access.visible_reports(person), public_id=report_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose one of these."))
        return redirect(_path(report.group))
    return _tried(
        request,
        lambda: actions.settle_report(actor=person, report=report, outcome=form.cleaned_data["outcome"]),
        report.group,
        _("Thank you. Who told us of it is told that you looked at it."),
    )


# -- parts of the above ------------------------------------------------------------------------------------------------


def _kept(person: Person, group_id: UUID) -> Group:
    """One that goes on or is paused, for those who keep it."""
    group = get_object_or_404(access.visible_groups(person), public_id=group_id)
    if not access.may_keep(person, group) or group.state == group.State.CLOSED:
        raise Http404
    return group


def _place(person: Person, place_id: UUID) -> GroupMembership:
    place = get_object_or_404(access.led_memberships(person), public_id=place_id)
    if not access.may_decide(person, place):
        raise Http404
    return place


def _path(group: Group) -> str:
    return reverse("group_show", args=[group.public_id])


def _tried(request: HttpRequest, act: Callable[[], object], group: Group, done: str) -> HttpResponse:
    """Whoever stepped back goes where they still may be."""
    still_there = access.visible_groups(person_of(request)).filter(pk=group.pk)
    return pressed(
        request, act, back=lambda: _path(group) if still_there.exists() else reverse("group_list"), done=done
    )
