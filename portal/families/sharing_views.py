"""Consents to share: what is shared with whom until when, a page that is signed, and what was shared by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import care, disclosures, families, growing
from portal.access import releases as access
from portal.care.shown import all_said, title
from portal.families import actions, wording
from portal.families.sharing_forms import ReleaseForm, ShareForm, labels
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.care.models import Item
    from portal.families.models import Disclosure, Member, Release


@dataclass(frozen=True, slots=True)
class Line:
    """One consent as a page shows it."""

    release: Release
    state: access.State
    to: str
    labels: list[str]
    last_with_a_parent: dt.date | None  # of what an adult signed: the day before the 18th birthday

    @property
    def ends_early(self) -> bool:
        """Before the day it names, because the young person decides from then on."""
        last = self.last_with_a_parent
        return last is not None and (self.release.ends_on is None or last < self.release.ends_on)


@dataclass(frozen=True, slots=True)
class Shared:
    """One line of what was shared, or refused."""

    disclosure: Disclosure
    labels: list[str]


@require_safe
def sharing_list(request: HttpRequest) -> HttpResponse:
    """The young people about whom somebody signs or reads a consent; the only one there is, at once."""
    person = person_of(request)
    if not families.visible_families(person).exists():
        raise Http404
    young = access.young_people(person)
    if len(young) == 1:
        return redirect("sharing_show", young[0].person.public_id)
    return render(request, "families/sharing_list.html", {"young": young})


@require_safe
def sharing_show(request: HttpRequest, youth_id: UUID) -> HttpResponse:
    person, youth = _youth(request, youth_id)
    known = access.known_to(person, youth)
    lines = [_line(*one) for one in known.releases]
    if known.is_beside:
        actions.record_view(actor=person, family=youth.family)
    now = {access.State.HOLDS, access.State.AHEAD}
    context = {
        "youth": youth,
        "is_own": youth.person_id == person.pk,
        "now": [one for one in lines if one.state in now],
        "before": [one for one in lines if one.state not in now],
        "may_sign": bool(access.together(known.signs)),
        "apart": sorted(known.signs & access.APART, reverse=True),
        "may_share": disclosures.may_share(person, youth),
        "rules": access.unsure_rules(youth) if known.is_beside else [],
        "grown_up_on": _grown_up_on(lines, youth),
    }
    return render(request, "families/sharing_show.html", context)


def _grown_up_on(lines: list[Line], youth: Member) -> dt.date | None:
    """Told beforehand, where something an adult signed ends by it."""
    last = next((one.last_with_a_parent for one in lines if one.last_with_a_parent), None)
    return None if last is None or growing.is_grown_up(youth) else last + dt.timedelta(days=1)


@show_or_post
def release_add(request: HttpRequest, youth_id: UUID) -> HttpResponse:
    """Sign one. What stands apart has a page of its own: `?about=substance`."""
    person, youth = _youth(request, youth_id)
    offered = access.together(access.may_sign(person, youth), request.GET.get("about", ""))
    if not offered:
        raise Http404
    form = ReleaseForm(
        posted(request),
        offered=offered,
        disclosers=access.disclosers(youth),
        people=access.people_to_tell(person, youth),
        organizations=access.organizations_to_tell(youth),
        today=youth.family.program.today(),
        language=get_language() or "en",
    )
    if request.method == "POST" and form.is_valid():
        try:
            release = actions.sign_release(
                actor=person, youth=youth, consent=form.consent, key=form.cleaned_data["key"]
            )
        except actions.ReleaseRefusal as refusal:
            form.refuse(refusal.field if refusal.field in form.fields else "to", refusal.message)
        else:
            messages.success(request, _("You have signed it. You can take it back at any time."))
            return redirect("release_show", release.public_id)
    context = {
        "youth": youth,
        "form": form,
        "alone": labels(offered) if len(offered) == 1 else [],
        "texts": wording.texts_for(offered),
        "is_own": youth.person_id == person.pk,
    }
    return render(request, "families/release_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def release_show(request: HttpRequest, release_id: UUID) -> HttpResponse:
    return _release(request, release_id, "families/release_show.html")


@require_safe
def release_print(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """On paper: the copy that whoever signed has a right to."""
    return _release(request, release_id, "families/release_print.html")


def _release(request: HttpRequest, release_id: UUID, template: str) -> HttpResponse:
    person, release = _seen(request, release_id)
    if access.is_beside(person, release.youth):
        actions.record_view(actor=person, family=release.youth.family, subject="release", subject_id=release.public_id)
    categories = access.categories_of(release)
    context = {
        "line": _line(release, access.state_of(release)),
        "release": release,
        "youth": release.youth,
        "terms": release.terms,
        "texts": wording.texts_for(categories),
        "may_revoke": access.may_revoke(person, release),
        "is_by_event": person.pk != release.signed_by_id and access.may_end_by_event(person, release),
    }
    return render(request, template, context)


@require_POST
def release_revoke(request: HttpRequest, release_id: UUID) -> HttpResponse:
    person, release = _seen(request, release_id)
    actions.revoke_release(actor=person, release=release)
    messages.success(request, _("It has ended. From now on nobody sees anything by it."))
    return redirect("release_show", release.public_id)


@require_safe
def disclosure_list(request: HttpRequest, youth_id: UUID) -> HttpResponse:
    """What was shared with whom, when and by whom; and what was refused."""
    person, youth = _youth(request, youth_id)
    rows = [_shared(one) for one in disclosures.visible_disclosures(person, youth)]
    return render(request, "families/disclosure_list.html", {"youth": youth, "rows": rows})


@show_or_post
def disclosure_add(request: HttpRequest, youth_id: UUID) -> HttpResponse:
    person, youth = _youth(request, youth_id)
    if not disclosures.may_share(person, youth):
        raise Http404
    known = disclosures.releases_to_share_by(person, youth)
    form = ShareForm(
        posted(request), releases=[(one, access.recipient_of(one), access.categories_of(one)) for one in known]
    )
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        items = _handed(person, form.release, kept["categories"])
        try:
            done = actions.share(
                actor=person,
                youth=youth,
                to_name=form.recipient,
                categories=kept["categories"],
                what="\n".join([kept["what"], *(title(item.kind, item.data) for item in items)]),
                release=form.release,
                key=kept["key"],
            )
        except actions.NoRelease as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("It is written down. You can print the page and hand it over."))
            return redirect("disclosure_show", done.public_id)
    context = {"youth": youth, "form": form}
    return render(request, "families/disclosure_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def disclosure_show(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """One line of it, and for staff the page to hand over, while the consent holds."""
    person = person_of(request)
    disclosure = disclosures.disclosure_for(person, disclosure_id)
    if disclosure is None:
        raise Http404
    ticked = disclosure.categories.split()
    release = None
    if disclosure.release is not None and not disclosure.was_refused:
        release = access.release_for(person, disclosure.release.public_id)
    items = _handed(person, release, ticked)
    titles = {str(item.public_id): title(item.kind, item.data) for item in items}
    context = {
        "youth": disclosure.youth,
        "row": _shared(disclosure),
        "line": None if release is None else _line(release, access.state_of(release)),
        "handed": [(title(item.kind, item.data), all_said(item.kind, item.data, titles)) for item in items],
        "passed_on": [wording.PASSED_ON] if wording.is_guarded(ticked) else [],
        "may_share": disclosures.may_share(person, disclosure.youth),
    }
    return render(request, "families/disclosure_show.html", context)


# -- parts of the above -----------------------------------------------------------------------------------------------


def _youth(request: HttpRequest, youth_id: UUID) -> tuple[Person, Member]:
    person = person_of(request)
    youth = access.youth_for(person, youth_id)
    if youth is None:
        raise Http404
    return person, youth


def _seen(request: HttpRequest, release_id: UUID) -> tuple[Person, Release]:
    person = person_of(request)
    release = access.release_for(person, release_id)
    if release is None:
        raise Http404
    return person, release


def _line(release: Release, state: access.State) -> Line:
    return Line(
        release=release,
        state=state,
        to=access.recipient_of(release),
        labels=labels(access.categories_of(release)),
        last_with_a_parent=access.last_day_with_a_parent(release),
    )


def _shared(disclosure: Disclosure) -> Shared:
    return Shared(disclosure, labels(disclosure.categories.split()))


def _handed(person: Person, release: Release | None, ticked: list[str]) -> list[Item]:
    """Of what the consent covers, what whoever hands it over sees in the plan themselves."""
    plan = None if release is None else access.plan_of(release.youth)
    reader = None if plan is None else care.reader_of(person, plan)
    if release is None or plan is None or reader is None:
        return []
    seen: dict[Any, Item] = {item.pk: item for item in care.visible_items(reader, plan)}
    return [item for item in disclosures.items_to_hand_over(person, release, ticked) if item.pk in seen]
