"""Peers: what one says of oneself, and what those see and check who answer for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions, shown
from peer_support.forms.peers import CredentialForm, LastDayForm, LivedForm, ProfileForm
from peer_support.views.answers import asked, pressed
from portal.access import peers as access
from portal.access import reach
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import LivedSystem, PeerProfile
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole


@require_safe
def peer_list(request: HttpRequest) -> HttpResponse:
    """Those one answers for; whoever answers for nobody comes to their own page."""
    person = person_of(request)
    roles = list(access.visible_staff(person))
    if not roles:
        raise Http404
    if len(roles) == 1 and roles[0].person_id == person.pk:
        return redirect("peer_show", roles[0].public_id)
    standings = [shown.standing(role, role.organization.program.today()) for role in roles]
    to_check = [one for one in standings if one.waits_for_check and access.may_verify(person, one.role)]
    others = [one for one in standings if one not in to_check]
    context = {
        "to_check": to_check,
        "peers": [one for one in others if one.is_peer],
        "others": [one for one in others if not one.is_peer],
        "has_report": reach.visible_organizations(person).exists(),
    }
    return render(request, "peer_support/peer_list.html", context)


@require_safe
def peer_show(request: HttpRequest, role_id: UUID) -> HttpResponse:
    person = person_of(request)
    role = _visible(person, role_id)
    today = role.organization.program.today()
    standing = shown.standing(role, today)
    profile = standing.profile
    thresholds = access.thresholds_of(role.organization.program)
    context = {
        "role": role,
        "is_own": role.person_id == person.pk,
        "standing": standing,
        "seen": shown.seen(profile, today) if profile is not None else None,
        "systems": list(profile.lived_systems.order_by("from_on", "pk")) if profile is not None else [],
        "region": shown.region_name(role, profile) if profile is not None else "",
        "thresholds": thresholds,
        "may_verify": access.may_verify(person, role),
        "has_relation": profile is not None and bool(profile.relation),
        "next": _next(standing, is_own=role.person_id == person.pk),
    }
    return render(request, "peer_support/peer_show.html", context)


@show_or_post
def peer_keep(request: HttpRequest, role_id: UUID) -> HttpResponse:
    person = person_of(request)
    role = _own(person, role_id)
    program = role.organization.program.profile
    form = ProfileForm(
        posted(request),
        is_mentor=role.role == role.Role.YOUTH_MENTOR,
        regions=program.regions,
        languages=[one.code for one in program.languages],
        initial=_said(role, access.profile_of(role)),
    )

    def act(kept: dict[str, Any]) -> None:
        actions.keep_profile(actor=person, role=role, **kept)

    title, lead = _("About you"), _("Families read this before they choose. You can change it at any time.")
    return asked(
        request, form, act, back=_path(role), title=title, lead=lead, action=_("Keep it"), done=_("It is kept.")
    )


@show_or_post
def lived_system_add(request: HttpRequest, role_id: UUID) -> HttpResponse:
    person = person_of(request)
    role = _own(person, role_id)
    form = LivedForm(posted(request))

    def act(kept: dict[str, Any]) -> None:
        actions.add_lived_system(actor=person, role=role, **kept)

    lead = _(
        "The public services and courts you went through with your child, or as a young person. Families see which, never when."
    )
    done = _("It is written down. When all of it is here, say that it is true.")
    return asked(
        request,
        form,
        act,
        back=_path(role),
        title=_("Add what you went through"),
        lead=lead,
        action=_("Add it"),
        done=done,
    )


@show_or_post
def lived_system_end(request: HttpRequest, role_id: UUID, system_id: UUID) -> HttpResponse:
    person = person_of(request)
    role = _own(person, role_id)
    lived = get_object_or_404(access.own_systems(person, role), public_id=system_id, until_on=None)
    form = LastDayForm(posted(request))

    def act(kept: dict[str, Any]) -> None:
        actions.end_lived_system(actor=person, role=role, lived=lived, **kept)

    title = _("When it ended: %(system)s") % {"system": lived.get_system_display()}
    return asked(
        request, form, act, back=_path(role), title=title, action=_("Write it down"), done=_("It is written down.")
    )


@require_POST
def lived_system_remove(request: HttpRequest, role_id: UUID, system_id: UUID) -> HttpResponse:
    person = person_of(request)
    role = _own(person, role_id)
    lived: LivedSystem = get_object_or_404(access.own_systems(person, role), public_id=system_id)
    actions.remove_lived_system(actor=person, role=role, lived=lived)
    messages.success(request, _("It is gone from your page."))
    return redirect("peer_show", role.public_id)


@require_POST
def peer_attest(request: HttpRequest, role_id: UUID) -> HttpResponse:
    person = person_of(request)
    role = _own(person, role_id)
    actions.attest(actor=person, role=role)
    messages.success(request, _("Thank you. Your supervisor looks at it with you."))
    return redirect("peer_show", role.public_id)


@require_POST
def peer_verify(request: HttpRequest, role_id: UUID) -> HttpResponse:
    person = person_of(request)
    role = _checked_by(person, role_id)
    attested_at = _moment(request.POST.get("attested_at", ""))
    return pressed(
        request,
        lambda: actions.verify(actor=person, role=role, attested_at=attested_at),
        back=reverse("peer_show", args=[role.public_id]),
        done=_("You have checked it. Your name and today’s date stand there now."),
    )


@show_or_post
def credential_add(request: HttpRequest, role_id: UUID) -> HttpResponse:
    person = person_of(request)
    role = _checked_by(person, role_id)
    required = role.organization.program.profile.required_of(role.role)
    form = CredentialForm(posted(request), required=required)

    def act(kept: dict[str, Any]) -> None:
        actions.add_credential(actor=person, role=role, **kept)

    lead = _("Write down only what you have seen. Your name stays beside it.")
    return asked(
        request,
        form,
        act,
        back=_path(role),
        title=_("Add a check or training"),
        lead=lead,
        action=_("Write it down"),
        done=_("It is written down."),
    )


@require_POST
def credential_withdraw(request: HttpRequest, role_id: UUID, credential_id: UUID) -> HttpResponse:
    person = person_of(request)
    role = _checked_by(person, role_id)
    credential = get_object_or_404(access.kept_credentials(person, role), public_id=credential_id)
    actions.withdraw_credential(actor=person, credential=credential)
    messages.success(request, _("It no longer counts."))
    return redirect("peer_show", role.public_id)


# -- parts of the above -----------------------------------------------------------------------------------------------


def _visible(person: Person, role_id: UUID) -> StaffRole:
    role: StaffRole = get_object_or_404(access.visible_staff(person), public_id=role_id)
    return role


def _own(person: Person, role_id: UUID) -> StaffRole:
    """A peer's or mentor's own page; nobody else writes on it."""
    role = _visible(person, role_id)
    if not access.may_keep_profile(person, role):
        raise Http404
    return role


def _checked_by(person: Person, role_id: UUID) -> StaffRole:
    role = _visible(person, role_id)
    if not access.may_verify(person, role):
        raise Http404
    return role


def _next(standing: shown.Standing, *, is_own: bool) -> str:
    """The one thing to do that the page lights."""
    profile = standing.profile
    if not is_own:
        return "check" if standing.waits_for_check else ""
    if profile is None or not profile.relation:
        return "about"
    if standing.verdict is not None and not standing.verdict.has_lived_enough:
        return "lived"
    return "" if profile.attested_at else "true"


def _said(role: StaffRole, profile: PeerProfile | None) -> dict[str, Any]:
    """What is written down already, as the form holds it."""
    if profile is None:
        return {"about": role.about, "is_taking": True} | {f"language_{code}": "good" for code in role.languages}
    names = ("relation", "child_age_bands", "ways", "free_at", "region", "capacity", "is_taking", "gender")
    spoken = {f"language_{one.language}": one.level for one in profile.spoken_languages.all()}
    said = {name: getattr(profile, name) for name in names}
    return said | spoken | {"about": role.about, "interests": ", ".join(profile.interests)}


def _moment(text: str) -> dt.datetime:
    """Of which word of the peer the page was that somebody checked; anything else is a page that is old."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def _path(role: StaffRole) -> str:
    return reverse("peer_show", args=[role.public_id])
