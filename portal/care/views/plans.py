"""The plan as a whole: read, printed, looked at again, and what changed in it."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import crypto
from portal.access import care as access
from portal.access import enrollment, exchange, meetings, objectives, proposals, reading
from portal.access import team as team_access
from portal.care import actions, digest
from portal.care.forms import CloseForm, NextForm, OpenForm
from portal.care.kinds import KINDS
from portal.care.shown import Sheet, all_said, changed, title
from portal.care.views.answers import asked, note_look, read
from portal.care.views.progress import around
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.access.care import Reader
    from portal.care.kinds import Data
    from portal.care.models import Change, Item, Plan, Seen


# What of a plan somebody of the family can say something about from where it stands.
SAID_ABOUT = frozenset({"goal", "need", "strategy", "service", "task"})


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans somebody may read; the only one there is, at once."""
    person = person_of(request)
    plans = [plan for plan, _reader in access.read_plans(person)]
    if not plans and not access.may_have_plans(person):
        raise Http404
    if len(plans) == 1:
        return redirect("plan_show", plans[0].public_id)
    context = {"plans": plans, "is_invited": meetings.is_invited_anywhere(person)}
    return render(request, "care/plan_list.html", context)


@require_safe
def plan_show(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    return _plan(request, plan_id, "care/plan_show.html")


@require_safe
def plan_print(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """All of it on paper, with nothing folded away."""
    return _plan(request, plan_id, "care/plan_print.html")


@require_safe
def plan_crisis(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """What to do when it gets hard: the crisis plan alone, phone numbers first."""
    return _plan(request, plan_id, "care/plan_crisis.html")


def _plan(request: HttpRequest, plan_id: UUID, template: str) -> HttpResponse:
    plan, reader = read(request, plan_id)
    items = access.visible_items(reader, plan, with_removed=True)
    note_look(reader, plan, items)
    today = plan.family.program.today()
    sheet = Sheet([item for item in items if item.removed_at is None], today, plan.next_review_on)
    if reader.part == access.Part.SUPPORT:
        return _shared(request, plan, sheet, template)
    for row in sheet.every:
        row.audience = access.audience_of(row.item)
    if template != "care/plan_crisis.html" and reader.part != access.Part.STAFF:  # staff open the answers one by one
        answered = proposals.answered(reader, plan, items)
        for row in sheet.suggestions + sheet.answered:
            row.answers = answered[row.item.pk]
    context = {
        "plan": plan,
        "reader": reader,
        "sheet": sheet,
        "sees_all": reader.part != access.Part.SCHOOL and not reader.is_apart,
        "adds": {kind for kind in KINDS if plan.is_open and access.may_add(reader, plan, kind)},
        "may_show": reader.part in {access.Part.YOUNG, access.Part.RAISING} and not reader.is_apart,
    }
    if template == "care/plan_show.html":
        context |= _on_screen(reader, plan, items, sheet)
    elif template == "care/plan_print.html":
        context |= around(reader, plan, sheet)
    return render(request, template, context)


def _on_screen(reader: Reader, plan: Plan, items: list[Item], sheet: Sheet) -> dict[str, Any]:
    """What is asked for the plan's own page alone: what is new, who has read it, what is missing."""
    number = reading.newest_number(plan, items, getattr(plan, "whole_number", None))
    seen = reading.seen_by(reader, plan, number)
    may_keep = access.may_keep(reader)
    return {
        "mark": _sealed(reader, plan, number, items),
        "newest": number,
        "news": _news(reader, plan, items, sheet, _last_look(reader, plan, seen)),
        "seen": seen,
        "empty": team_access.empty_places(plan, reader),
        "may_keep": may_keep and plan.is_open,
        "missing": sheet.missing if may_keep else [],
        "differences": exchange.has_open_differences(reader, plan, items),
        "basics": objectives.basics_beside(reader.person, plan),
        "said_about": SAID_ABOUT
        if plan.is_open and reader.part not in {access.Part.STAFF, access.Part.SUPPORT}
        else (),
    }


def _shared(request: HttpRequest, plan: Plan, sheet: Sheet, template: str) -> HttpResponse:
    """A natural support's page: what was ticked for them, and nothing else of the plan."""
    if template != "care/plan_show.html":
        raise Http404
    rows = [(row, all_said(row.kind, row.data, sheet.titles)) for row in sheet.every if row.item.is_active]
    return render(request, "care/plan_shared.html", {"plan": plan, "rows": rows})


def _sealed(reader: Reader, plan: Plan, number: int, items: list[Item]) -> str:
    """The version on the page and its items, for its button: a bare number would tell of steps the reader sees nothing of."""
    text = " ".join(str(one) for one in [number, *(item.pk for item in items)])
    return urlsafe_b64encode(crypto.seal_text(text, f"plan-read:{plan.pk}:{reader.person.pk}")).decode()


def _opened(reader: Reader, plan: Plan, mark: str) -> tuple[int, set[int]]:
    try:
        sealed = urlsafe_b64decode(mark.encode())
        number, *items = map(int, crypto.open_text(sealed, f"plan-read:{plan.pk}:{reader.person.pk}").split())
    except (ValueError, crypto.CannotDecrypt) as error:
        raise Http404 from error
    return number, set(items)


def _last_look(reader: Reader, plan: Plan, seen: list[Seen]) -> Seen | None:
    """This reader's own: among those who read it, where these are asked for anyway."""
    if reader.part == access.Part.SCHOOL or reader.is_apart:
        return reading.last_look(reader.person, plan)
    return next((one for one in seen if one.person_id == reader.person.pk), None)


def _news(reader: Reader, plan: Plan, items: list[Item], sheet: Sheet, look: Seen | None) -> list[dict[str, Any]]:
    """What changed since this reader said they had read it, of what they see. Nothing on the first visit: all is new.

    What others changed in something before it was theirs to see is no news to them: that it is open to them now is.
    """
    if look is None or reader.is_apart:
        return []
    known = {item.pk: item for item in items}
    is_new = any(item.number > look.number for item in items)  # else there are no steps to ask for
    steps = [step for step in reading.steps_since(plan, look.number) if step.item_id in known] if is_new else []
    opened = digest.newly_open(known, steps, look.shown)
    told = [
        _told(known[one.item_id], one.before, one.after, sheet.titles)
        for one in digest.differences(step for step in steps if step.item_id not in opened)
    ]
    open_now = [item for item in items if item.pk in opened and item.removed_at is None]
    return told + [_told(item, item.data, item.data, sheet.titles) | {"is_opened": True} for item in open_now]


def _told(item: Item, before: Data | None, after: Data | None, titles: dict[str, str]) -> dict[str, Any]:
    """One change in words: what it is about now or was, and what says something else."""
    return {
        "kind": KINDS[item.kind].label,
        "title": title(item.kind, after or before or {}),
        "above": titles.get(str(item.parent.public_id), "") if item.parent is not None else "",
        "is_new": before is None,
        "is_gone": after is None,
        "item": item,
        "moved": changed(item.kind, before, after, titles) if before and after else [],
    }


@require_safe
def plan_changes(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Every step, the newest first: what, who, why. Of what this reader sees."""
    plan, reader = read(request, plan_id)
    if reader.part == access.Part.SUPPORT or reader.is_apart:  # what was said before may tell where somebody is
        raise Http404
    items = {item.pk: item for item in access.visible_items(reader, plan, with_removed=True)}
    note_look(reader, plan, items.values(), at_plan=False)
    titles = {str(item.public_id): title(item.kind, item.data) for item in items.values()}
    rows = []
    for version in reading.versions_of(plan):
        told = [_told(one.item, one.before, one.after, titles) for one in _of_these(version.changes.all(), items)]
        if told or version.step != "items":
            rows.append({"version": version, "changes": told})
    return render(request, "care/plan_changes.html", {"plan": plan, "reader": reader, "rows": rows})


def _of_these(changes: Iterable[Change], items: dict[int, Item]) -> Iterator[Change]:
    """Each with its item in hand: its words are sealed for that."""
    for one in changes:
        if one.item_id in items:
            one.item = items[one.item_id]
            yield one


@require_POST
def plan_seen(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read(request, plan_id)
    if reader.part == access.Part.SUPPORT:
        raise Http404
    number, shown = _opened(reader, plan, request.POST.get("mark", ""))
    actions.confirm_seen(actor=reader.person, plan=plan, number=number, shown=shown)
    messages.success(request, _("Thank you. Your team sees that you have read it."))
    return redirect("plan_show", plan.public_id)


@show_or_post
def plan_open(request: HttpRequest, family_id: UUID) -> HttpResponse:
    person = person_of(request)
    family = get_object_or_404(enrollment.kept_families(person), public_id=family_id)
    young = access.young_without_plan(person, family)
    if not young:
        raise Http404
    form = OpenForm(posted(request), young=young)
    return asked(
        request,
        form,
        lambda: actions.open_plan(actor=person, family=family, **form.cleaned_data),
        plan=None,
        back=reverse("plan_list"),
        title=_("Begin a plan"),
        lead=_("The family’s own words stand at the top. You cannot change them, and nobody else can."),
        action=_("Begin this plan"),
        done=_("The plan has begun. Write the first things in together with the family."),
    )


@show_or_post
def plan_review(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = _kept(request, plan_id)
    form = NextForm(posted(request))
    return asked(
        request,
        form,
        lambda: actions.review_plan(actor=reader.person, plan=plan, **form.cleaned_data),
        plan=plan,
        back=reverse("plan_show", args=[plan.public_id]),
        title=_("You looked at the plan together"),
        action=_("Set this day"),
        done=_("It is written down, with the next date."),
    )


@show_or_post
def plan_close(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = _kept(request, plan_id)
    form = CloseForm(posted(request))
    return asked(
        request,
        form,
        lambda: actions.close_plan(actor=reader.person, plan=plan, **form.cleaned_data),
        plan=plan,
        back=reverse("plan_show", args=[plan.public_id]),
        title=_("End this plan"),
        lead=_("The plan stays to be read. A hard time is never a reason to end it."),
        action=_("End it"),
        done=_("The plan has ended. It stays to be read."),
    )


def _kept(request: HttpRequest, plan_id: UUID) -> tuple[Plan, Reader]:
    plan, reader = read(request, plan_id)
    if not access.may_keep(reader) or not plan.is_open:
        raise Http404
    return plan, reader
