"""Single things of a plan: added, changed, taken out, and shown to a natural support."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.access import care as access
from portal.access import proposals
from portal.care import actions
from portal.care.forms import ItemForm, RemoveForm
from portal.care.kinds import KINDS
from portal.care.shown import Row, all_said, title
from portal.care.views.answers import asked, read
from portal.views import posted, show_or_post

if TYPE_CHECKING:
    from portal.access.care import Reader
    from portal.care.models import Item, Plan


@show_or_post
def item_add(request: HttpRequest, plan_id: UUID, kind: str) -> HttpResponse:
    plan, reader = read(request, plan_id)
    if kind not in KINDS or (request.method != "POST" and not plan.is_open):
        raise Http404
    parent = _parent(request, plan, reader, kind)
    if not access.may_add(reader, plan, kind, parent):
        raise Http404
    bases = access.bases_in(reader, plan) if parent is None else ()
    form = ItemForm(posted(request), kind=kind, known=_known(reader, plan), bases=bases)

    def act() -> None:
        basis = form.cleaned_data.get("access_basis") or "parent"
        actions.add_item(actor=reader.person, plan=plan, kind=kind, data=form.said, parent=parent, access_basis=basis)

    return asked(
        request,
        form,
        act,
        plan=plan,
        back=_back(plan),
        title=KINDS[kind].label,
        lead=title(parent.kind, parent.data) if parent is not None else "",
        action=_("Add it to the plan"),
        done=_("It is in the plan."),
    )


@show_or_post
def item_change(request: HttpRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
    plan, reader = read(request, plan_id)
    item = _seen_item(reader, plan, item_id, with_removed=request.method == "POST")
    if not access.may_change(reader, item):
        return _not_yours(request, reader, item)
    known = _known(reader, plan)
    # What can stand alone can be closed further than what it stands under: then it does stand alone.
    stands = item.parent_id is None or KINDS[item.kind].may_stand_alone
    bases = access.bases_in(reader, plan, item.access_basis) if stands else ()
    form = ItemForm(posted(request), kind=item.kind, known=known, bases=bases, asks_why=True, initial=item.data)

    def act() -> None:
        actions.change_item(
            actor=reader.person,
            item=item,
            mark=request.POST.get("mark", item.mark),
            data=form.said,
            why=form.cleaned_data["why"],
            access_basis=form.cleaned_data.get("access_basis") or "",
        )

    return asked(
        request,
        form,
        act,
        plan=plan,
        back=_back(plan),
        title=KINDS[item.kind].label,
        action=_("Keep this"),
        done=_("It is changed. What it said before stays to be seen."),
        mark=item.mark,
        now=all_said(item.kind, item.data, {key: words for rows in known.values() for key, words in rows}),
    )


def _not_yours(request: HttpRequest, reader: Reader, item: Item) -> HttpResponse:
    """Said in somebody's own words: staff may not change it, and that they tried is on record.

    A suggestion of staff the family answers on a page of its own.
    """
    if not item.is_active and item.removed_at is None and item.plan.is_open and proposals.may_decide(reader, item):
        return redirect("proposal_answer", item.plan.public_id, item.public_id)
    if not KINDS[item.kind].is_own_word or reader.part != access.Part.STAFF:
        raise Http404
    if request.method == "POST":
        actions.refuse_change(actor=reader.person, item=item)
    context = {"back": _back(item.plan), "row": Row(item, item.data)}
    return render(request, "care/not_yours.html", context, status=403)


@show_or_post
def item_remove(request: HttpRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
    plan, reader = read(request, plan_id)
    item = _seen_item(reader, plan, item_id, with_removed=request.method == "POST")
    if not access.may_change(reader, item):
        return _not_yours(request, reader, item)
    form = RemoveForm(posted(request))
    return asked(
        request,
        form,
        lambda: actions.remove_item(actor=reader.person, item=item, why=form.cleaned_data["why"]),
        plan=plan,
        back=_back(plan),
        title=_("Take this out of the plan"),
        lead=title(item.kind, item.data),
        action=_("Take it out"),
        done=_("It is out of the plan. What it said stays to be seen."),
    )


@show_or_post
def item_people(request: HttpRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
    """Which of the people in the family's own life see this one thing."""
    plan, reader = read(request, plan_id)
    item = _seen_item(reader, plan, item_id)
    if not access.may_tick(reader, item):
        raise Http404
    if request.method == "POST":
        member = get_object_or_404(access.supports_of(plan), person__public_id=_uuid(request.POST.get("person", "")))
        if request.POST.get("see") == "yes":
            actions.tick(actor=reader.person, item=item, member=member)
            messages.success(request, _("They see this now. You can end it at any time."))
        else:
            actions.untick(actor=reader.person, item=item, member=member)
            messages.success(request, _("They do not see it any more."))
        return redirect("item_people", plan.public_id, item.public_id)
    context = {
        "plan": plan,
        "item": item,
        "row": Row(item, item.data),
        "people": access.ticked_people(plan, item),
        "back": _back(plan),
    }
    return render(request, "care/item_people.html", context)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _seen_item(reader: Reader, plan: Plan, item_id: UUID, *, with_removed: bool = False) -> Item:
    """What was taken out meanwhile is still found for what was posted: the typed words stay on the page."""
    for item in access.visible_items(reader, plan, with_removed=with_removed):
        if item.public_id == item_id:
            item.plan = plan
            return item
    raise Http404


def _parent(request: HttpRequest, plan: Plan, reader: Reader, kind: str) -> Item | None:
    """What it is to stand under, named in the address."""
    known = KINDS[kind]
    under = request.GET.get("under", "")
    for item in access.visible_items(reader, plan):
        if str(item.public_id) == under and item.kind in known.under:
            return item
    if under or (known.under and not known.may_stand_alone):
        raise Http404
    return None


def _known(reader: Reader, plan: Plan) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for item in access.visible_items(reader, plan):
        found.setdefault(item.kind, []).append((str(item.public_id), title(item.kind, item.data)))
    return found


def _back(plan: Plan) -> str:
    return reverse("plan_show", args=[plan.public_id])
