"""Groups as families find them: what there is, the rules first, asking, being in one, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from messaging import history
from peer_support import actions
from peer_support.forms.groups import AskForm, NameForm, ReportForm
from peer_support.group_refusals import GroupRefusal
from peer_support.shown_groups import lead_names, message_line, region_of, report_lines
from peer_support.views.answers import asked, pressed
from portal.access import conversations
from portal.access import groups as access
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import Group
    from portal.accounts.models import Person

LISTED = 30  # messages to choose from on one page


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not access.has_groups(person):
        raise Http404
    own = access.own_memberships(person)
    theirs = [{"group": one, "own": own.get(one.pk), "region": region_of(one)} for one in access.family_groups(person)]
    theirs.sort(key=lambda one: person.language not in one["group"].languages)  # type: ignore[union-attr]
    works = access.working_roles(person).exists()
    context = {
        "theirs": theirs,
        "is_family": access.has_place(person),
        "works": works,
        "at_work": list(access.with_counts(access.work_groups(person))) if works else [],
        "led": set(access.led_groups(person).values_list("pk", flat=True)),
        "may_open": access.working_roles(person, "liaison").exists(),
    }
    return render(request, "peer_support/group_list.html", context)


@require_safe
def group_show(request: HttpRequest, group_id: UUID) -> HttpResponse:
    person = person_of(request)
    group = _visible(person, group_id)
    own = access.own_membership(person, group)
    is_within = own is not None and own.state == own.State.ADMITTED
    leads = access.may_lead(person, group)
    moderators = list(access.moderators(group))
    context: dict[str, Any] = {
        "group": group,
        "region": region_of(group),
        "rules": list(group.rules.order_by("place")),
        "moderators": moderators,
        "lead_names": lead_names(moderators),
        "own": own,
        "is_within": is_within,
        "may_read": (is_within or leads) and group.conversation is not None,
        "may_ask": access.may_ask(person, group),
        "has_place": access.has_place(person),
        "fits": access.place_for(person, group) is not None,
        "may_report": access.may_report(person, group),
        "reported": list(access.own_reports(person, group)[:5]),
        "leads": leads,
        "may_keep": access.may_keep(person, group),
        "is_liaison": access.is_liaison_of(person, group),
        "reports": report_lines(access.open_reports(person).filter(group=group)),
    }
    if leads:
        places = list(access.led_memberships(person).filter(group=group))
        context |= {
            "waiting": [one for one in places if one.state == one.State.ASKED],
            "within": [one for one in places if one.state == one.State.ADMITTED],
        }
    return render(request, "peer_support/group_show.html", context)


@show_or_post
def group_ask(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """The rules first, then a tick and a name."""
    person = person_of(request)
    group = _visible(person, group_id)
    if not access.may_ask(person, group):
        raise Http404
    form = AskForm(posted(request), first_name=person.first_name, initial={"called": "first"})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.ask_to_join(actor=person, group=group, has_agreed=said["agreed"], name=said["name"])
        except GroupRefusal as refusal:
            form.refuse(refusal.field, refusal.message)
        else:
            messages.success(request, _("Thank you. Those who lead the group answer you on this page."))
            return redirect("group_show", group.public_id)
    context = {"form": form, "group": group, "rules": list(group.rules.order_by("place"))}
    context["lead_names"] = lead_names(access.moderators(group))
    return render(request, "peer_support/group_ask.html", context, status=422 if form.is_bound else 200)


@require_POST
def group_leave(request: HttpRequest, group_id: UUID) -> HttpResponse:
    person = person_of(request)
    group = _visible(person, group_id)
    return pressed(
        request,
        lambda: actions.leave_group(actor=person, group=group),
        back=reverse("group_list"),
        done=_("Done. Nobody asks you why, and you can ask for a place again."),
    )


@show_or_post
def group_name(request: HttpRequest, group_id: UUID) -> HttpResponse:
    person = person_of(request)
    group = _visible(person, group_id)
    own = access.own_membership(person, group)
    if own is None or own.state not in access.LIVE:
        raise Http404
    is_first = own.name == person.first_name
    initial = {"called": "first" if is_first else "other", "name": "" if is_first else own.name}
    return asked(
        request,
        NameForm(posted(request), first_name=person.first_name, initial=initial),
        lambda said: actions.rename_in_group(actor=person, group=group, name=said["name"]),
        back=reverse("group_show", args=[group.public_id]),
        title=_("Your name in this group"),
        lead=_("It stands beside all you wrote there, too."),
        action=_("Save it"),
        done=_("Saved."),
    )


@show_or_post
def group_report(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """A message somebody wrote, chosen from the latest or from older ones."""
    person = person_of(request)
    group = _visible(person, group_id)
    if not access.may_report(person, group):
        raise Http404
    conversation = get_object_or_404(conversations.visible_conversations(person), pk=group.conversation_id)
    seen = history.messages_before(conversation, _number(request, "before"), LISTED)
    names = {one.person_id: one.first_name for one in conversations.speakers(conversation)}
    zone = group.organization.program.zone
    others = [(one.seq, message_line(one, names, zone)) for one in reversed(seen) if one.author_id != person.pk]
    form = ReportForm(posted(request), messages=others)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_message(actor=person, group=group, **form.cleaned_data)
        except GroupRefusal as refusal:
            form.refuse(refusal.field, refusal.message)
        else:
            messages.success(request, _("Thank you for telling us. Nobody in the group learns that it was you."))
            return redirect("group_show", group.public_id)
    earlier = seen[0].seq if seen and seen[0].seq > conversation.floor + 1 else None
    context = {"form": form, "group": group, "others": others, "earlier": earlier}
    return render(request, "peer_support/group_report.html", context, status=422 if form.is_bound else 200)


# -- parts of the above ------------------------------------------------------------------------------------------------


def _visible(person: Person, group_id: UUID) -> Group:
    return get_object_or_404(access.visible_groups(person), public_id=group_id)


def _number(request: HttpRequest, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 15 else None
