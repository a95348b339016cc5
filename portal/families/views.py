"""Families: for staff, who belongs, who decides and who is kept apart; for the family, its own page and who looked at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import (
    care,
    coordination,
    enrollment,
    growing,
    mentors,
    objectives,
    pairings,
    peers,
    people,
    record,
    retention,
)
from portal.access import families as access
from portal.accounts import actions as accounts
from portal.accounts import qr
from portal.accounts.welcome.steps import OWN_ACCOUNT_AGE
from portal.families import actions
from portal.families.forms import AuthorityForm, FamilyForm, HoldForm, MemberForm, NoContactForm, PersonForm
from portal.families.sentences import Line, lines_of
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.models import Family, Member

INVITED_DAYS = 7
LINES = 50


@require_safe
def family_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    families = list(access.assigned_families(person).order_by("name", "pk"))
    may_add = any(access.may_open_family(person, role) for role in people.staff_roles(person))
    if not (families or may_add):
        raise Http404
    return render(request, "families/list.html", {"families": families, "may_add": may_add})


@show_or_post
def family_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    roles = [role for role in people.staff_roles(person) if access.may_open_family(person, role)]
    if not roles:
        raise Http404
    profile = roles[0].organization.program.profile
    form = FamilyForm(
        request.POST or None,
        regions=profile.regions,
        roles=roles,
        needs_reason=any(map(peers.needs_override, roles)),
        initial={"language": "en"},
    )
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        role = next(one for one in roles if str(one.public_id) == kept["role"])
        try:
            with transaction.atomic():
                family = actions.open_family(
                    actor=person,
                    role=role,
                    name=kept["name"],
                    region=kept["region"],
                    override_reason=kept.get("override_reason", ""),
                )
                caregiver = _create_person(form, person)
                actions.add_member(
                    actor=person,
                    family=family,
                    person=caregiver,
                    role=_role("caregiver"),
                    relation=kept["relation"],
                )
        except IntegrityError as error:
            _say_taken(form, error)
        except actions.NotTrained as refusal:
            form.refuse(refusal.field, refusal.message)
        else:
            return redirect("invitation_add", family.public_id, caregiver.public_id)
    return render(request, "families/add.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def family_show(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The family's own page, and the staff's: which of the two follows from who looks. Each look is written down."""
    person = person_of(request)
    family = get_object_or_404(access.visible_families(person), public_id=family_id)
    may_change = access.may_change_family(person, family)
    actions.record_view(actor=person, family=family, role=_acting_role(person) if may_change else "")
    members = list(access.visible_members(person, family))
    for member in members:
        member.family = family  # already here: no question for each of them
    context: dict[str, Any] = {
        "family": family,
        "region": next((one.name for one in family.program.profile.regions if one.id == family.region), ""),
        "places": [
            {
                "member": member,
                "address": _address(person, member),
                "may_be_invited": may_change and member.person.last_login is None and _may_have_account(member),
            }
            for member in members
        ],
        "assignments": list(access.staff_beside(person).filter(family=family)),
        "pairings": list(pairings.visible_pairings(person).filter(family=family, state__in=pairings.OPEN)),
        "has_birthdays": not may_change and bool(growing.visible_birthdays(person)),
        "mentors": [] if may_change else list(mentors.known_pairings(person).filter(family=family)),
        "coordinators": list(coordination.coordinators_now(person).filter(family=family)),
        "may_change": may_change,
        "plans": list(care.visible_plans(person).filter(family=family)) if may_change else [],
        "lacks_plan": may_change and bool(care.young_without_plan(person, family)),
        "decisions": list(enrollment.open_decisions(person).filter(family=family)),
        "enrollments": list(enrollment.visible_enrollments(person).filter(family=family)),
        "basics": objectives.basics_of(enrollment.visible_enrollments(person).filter(family=family)),
    }
    if may_change:
        context |= {
            "authorities": list(access.recorded_authorities(person, family)),
            "flags": list(access.no_contact_flags(person, family)),
            "may_propose": access.is_liaison_of(person, family.pk),
        }
    return render(request, "families/show.html" if may_change else "families/own.html", context)


@show_or_post
def member_add(request: HttpRequest, family_id: UUID) -> HttpResponse:
    family = _changeable(request, family_id)
    form = MemberForm(request.POST or None, initial={"language": "en"})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        try:
            with transaction.atomic():
                added = _create_person(form, person_of(request), born_on=kept["born_on"])
                actions.add_member(
                    actor=person_of(request),
                    family=family,
                    person=added,
                    **{name: kept[name] for name in ("relation", "evidence", "address")},
                    role=_role(kept["role"]),
                )
        except IntegrityError as error:
            _say_taken(form, error)
        except actions.EvidenceMissing as missing:
            form.refuse("evidence", missing.message)
        else:
            messages.success(request, _("%(name)s is now part of this family here.") % {"name": added.display_name})
            return redirect("family_show", family.public_id)
    context = {"family": family, "form": form, "title": _("Add a person"), "action": _("Add this person")}
    return render(request, "families/form.html", context, status=422 if form.is_bound else 200)


@show_or_post
def authority_add(request: HttpRequest, family_id: UUID) -> HttpResponse:
    family = _changeable(request, family_id)
    form = AuthorityForm(request.POST or None, members=access.visible_members(person_of(request), family))
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.record_authority(actor=person_of(request), **kept)
        messages.success(request, _("It is written down, with what you saw."))
        return redirect("family_show", family.public_id)
    context = {
        "family": family,
        "form": form,
        "first": form.first,
        "title": _("Who may decide"),
        "lead": _("Living together gives no rights by itself. Write down only what a paper says that you have seen."),
        "action": _("Write it down"),
    }
    return render(request, "families/form.html", context, status=422 if form.is_bound else 200)


@show_or_post
def no_contact_add(request: HttpRequest, family_id: UUID) -> HttpResponse:
    family = _changeable(request, family_id)
    form = NoContactForm(request.POST or None, members=access.visible_members(person_of(request), family))
    if request.method == "POST" and form.is_valid():
        actions.set_no_contact(actor=person_of(request), **form.cleaned_data)
        messages.success(request, _("From now on we hide this place and these times from that person."))
        return redirect("family_show", family.public_id)
    context = {
        "family": family,
        "form": form,
        "first": form.first,
        "title": _("Keep two people apart"),
        "lead": _(
            "It works right away. One person no longer sees the other's addresses, places, calendar or times for "
            "handing over the children. Nobody in the family sees that it is set."
        ),
        "action": _("Keep them apart"),
    }
    return render(request, "families/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def no_contact_end(request: HttpRequest, family_id: UUID, flag_id: int) -> HttpResponse:
    family = _changeable(request, family_id)
    flag = get_object_or_404(access.no_contact_flags(person_of(request), family), pk=flag_id)
    actions.end_no_contact(actor=person_of(request), flag=flag)
    messages.success(request, _("They are no longer kept apart here."))
    return redirect("family_show", family.public_id)


@show_or_post
def invitation_add(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """The link is made by the button and shown in that answer only: loading the page again cannot show it a second time."""
    family = _changeable(request, family_id)
    member = get_object_or_404(access.visible_members(person_of(request), family), person__public_id=person_id)
    context: dict[str, Any] = {"family": family, "member": member, "days": INVITED_DAYS}
    context["is_too_young"] = not _may_have_account(member)
    context["may_invite"] = (
        not context["is_too_young"]
        and access.may_invite(person_of(request), member.person)
        and accounts.is_waiting(member.person)
    )
    if request.method == "POST" and context["may_invite"]:
        token = accounts.invite(actor=person_of(request), person=member.person, days=INVITED_DAYS)
        link = request.build_absolute_uri(reverse("invitation_show", args=[token]))
        context |= {"link": link, "picture": qr.svg(link, _("A square code to scan with a phone's camera"))}
    return render(request, "families/invitation.html", context)


@show_or_post
def hold_list(request: HttpRequest) -> HttpResponse:
    """Families whose records stay though the programme's rule would let them go: for who leads a programme."""
    person = person_of(request)
    programs = list(retention.led_programs(person))
    if not programs:
        raise Http404
    named = retention.families_named(person, request.POST.get("name", "").strip()).select_related("program")
    form = HoldForm(request.POST or None, families=named)
    if request.method == "POST" and form.is_valid():
        actions.place_hold(actor=person, family=form.chosen(), reason=form.cleaned_data["reason"])
        messages.success(request, _("From now on nothing of this family is removed."))
        return redirect("hold_list")
    context = {
        "form": form,
        "holds": list(retention.visible_holds(person)),
        "rules": [program.profile for program in programs if program.profile.settings.retention_years],
    }
    return render(request, "families/holds.html", context, status=422 if form.is_bound else 200)


@require_POST
def hold_lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    hold = get_object_or_404(retention.visible_holds(person_of(request)), public_id=hold_id)
    actions.lift_hold(actor=person_of(request), hold=hold)
    messages.success(request, _("The hold is lifted. The rule of the program counts again."))
    return redirect("hold_list")


@require_safe
def record_show(request: HttpRequest) -> HttpResponse:
    """Who looked at my record, newest first; `?before=N` goes further back."""
    person = person_of(request)
    families = [one.family for one in people.memberships(person) if one.role != one.Role.NATURAL_SUPPORT]
    if not families:
        raise Http404
    before = request.GET.get("before", "")
    shown: list[tuple[Family, list[Line], int | None]] = []
    for family in families:
        entries = record.visible_entries(person, family)
        if before.isascii() and before.isdecimal() and len(before) < 19:
            entries = entries.filter(pk__lt=int(before))
        rows = list(entries[: LINES + 1])
        is_more, rows = len(rows) > LINES, rows[:LINES]
        lines = lines_of(rows, person, record.jobs(rows, family))
        shown.append((family, lines, rows[-1].pk if is_more else None))
    return render(request, "families/record.html", {"shown": shown, "is_first": not before})


# -- parts of the above -----------------------------------------------------------------------------------------------


def _changeable(request: HttpRequest, family_id: UUID) -> Family:
    person = person_of(request)
    family = get_object_or_404(access.assigned_families(person), public_id=family_id)
    if request.method == "GET":  # these pages name the family's people
        actions.record_view(actor=person, family=family, role=_acting_role(person))
    return family


def _address(person: Person, member: Member) -> str:
    """Asked only where one is on file."""
    return member.address if member.sealed_address and access.may_see_whereabouts(person, member) else ""


def _may_have_account(member: Member) -> bool:
    """Not under 13 (16 CFR part 312): a child sees what is theirs beside a caregiver."""
    age = member.person.age_on(member.family.program.today())
    return age is None or age >= OWN_ACCOUNT_AGE


def _role(code: str) -> Member.Role:
    return cast("Member.Role", code)


def _acting_role(person: Person) -> str:
    """The job the record names for a look at a family's page: the one that lets them see it."""
    return next((role.role for role in people.staff_roles(person) if role.role in access.SEES_THE_FAMILY), "")


def _create_person(form: PersonForm, added_by: Person, **more: Any) -> Person:
    """Whom an invented person of the demo adds is invented, too: the demo goes on in a database of nobody else."""
    kept = form.cleaned_data
    names = ("display_name", "email", "phone", "language", "is_adult_confirmed")
    return accounts.create_person(**{name: kept[name] for name in names}, is_demo=added_by.is_demo, **more)


def _say_taken(form: PersonForm, error: IntegrityError) -> None:
    """Which of the two addresses another person has already; the database is the one that knows without a race."""
    field = "phone" if "phone" in str(error).split("\n")[0] else "email"
    form.refuse(field, _("Someone here comes in with this already. Please ask for another one, or call the program."))
