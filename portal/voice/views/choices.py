"""A family's page of choices: what is open, what it chose, who is there; and one choice with its options side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import choices as access
from portal.access import offered, pairings
from portal.care.refusals import PlanRefusal
from portal.families.actions import record_view
from portal.home.context import frame_of
from portal.views import person_of, posted, show_or_post, uuid_of
from portal.voice.actions import asking
from portal.voice.actions import choices as actions
from portal.voice.forms.choices import AnswerForm, ToldForm, WhyForm
from portal.voice.options_shown import aspects, opened, title, wishes

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.access.choices import Standing
    from portal.accounts.models import Person
    from portal.families.forms import PlainForm
    from portal.voice.models import Choice

RECENT = 20


@require_safe
def pick_list(request: HttpRequest) -> HttpResponse:
    """For a family: what waits for it, what it chose, who is there. For the staff beside it: who has not answered yet."""
    person = person_of(request)
    read = access.own_plans(person)
    here = frame_of(request)
    is_staff = bool(here.works_as("liaison", "facilitator"))
    if not is_staff and not access.may_choose(read, here.memberships):
        raise Http404
    every = list(access.visible_choices(person, read).filter(access.is_still_there()))
    owed = _owed(every)
    context = {
        "for_staff": is_staff,
        "waiting": [_Named(one) for one in every if one.is_waiting],
        "asked": [_Named(one) for one in every if one.state in {"asked", "none"} and one.pk in owed],
        "settled": [_Named(one) for one in every if one.state == "made"][:RECENT],
        "given": [] if is_staff else access.given_now(read),
        "beside": [] if is_staff else access.own_facilitators(person, read, here.memberships),
        "has_peers": pairings.offered_to(person).exists(),
    }
    return render(request, "voice/pick_list.html", context)


@dataclass(frozen=True, slots=True)
class _Named:
    choice: Choice

    @property
    def title(self) -> str:
        return title(self.choice)


def _owed(every: list[Choice]) -> set[int]:
    """Those after which staff have shown nothing yet: the newest about each thing."""
    newest: dict[object, int] = {}
    for one in every:  # the newest first
        about = (one.about, one.item_id, one.youth_id) if one.about in {"service", "facilitator"} else one.pk
        newest.setdefault(about, one.pk)
    return set(newest.values())


@show_or_post
def pick_show(request: HttpRequest, choice_id: UUID) -> HttpResponse:
    """The options side by side, what each of the family said, and the answer. What was typed stays where it cannot be kept."""
    person = person_of(request)
    choice, who = _seen(person, choice_id)
    options = list(choice.options.select_related("staff_role__person", "entry"))
    gone = offered.gone(choice, options) if choice.is_waiting else set()
    shown = opened(options, gone)
    form = AnswerForm(posted(request), shown=shown)
    if request.method == "POST":
        if who.keeps:
            raise Http404
        if form.is_valid():
            said = actions.Said(*form.said)
            try:
                heard = actions.say(actor=person, choice=choice, said=said)
            except PlanRefusal as refusal:
                form.add_error(None, str(refusal.message))
                choice, who = _seen(person, choice_id)
                shown = opened(options, gone | ({said.option.pk} if said.option is not None else set()))
            else:
                messages.success(request, _done(heard, said.kind))
                return redirect("pick_show", choice.public_id)
    actions.see_choice(actor=person, choice=choice)
    if who.keeps:
        record_view(actor=person, family=choice.family, subject="choice", subject_id=choice.public_id)
    words = list(choice.words.select_related("by", "written_by", "option"))
    context = {
        "choice": choice,
        "who": who,
        "title": title(choice),
        "shown": shown,
        "aspects": aspects(choice, shown, choice.family.program.profile),
        "form": form,
        "words": words,
        "first": next((one for one in words if one.is_counted and one.kind == "pick"), None),
        "has_wish": any(one.by == person for one in wishes(words)),
        "may_choose": choice.is_waiting and not who.keeps,
        "may_choose_again": who.decides and choice.state == "made" and choice.about in {"service", "facilitator"},
        "left": [one for one in shown if not one.is_gone],
    }
    return render(request, "voice/pick_show.html", context, status=422 if request.method == "POST" else 200)


def _done(heard: actions.Heard, kind: str) -> str:
    if heard == actions.Heard.KEPT:
        return _("Thank you. It is kept as your wish. Whoever decides, and your staff, read it.")
    settled = {
        "pick": _("Thank you. It is as you chose."),
        "none": _("Thank you. Your staff look for others and show you here."),
        "time": _("Take your time. All of it stays here for you."),
        "you": _("All right. Your staff choose for you and tell you why. Until then you can still choose yourself."),
    }
    return settled[kind]


@require_POST
def pick_again(request: HttpRequest, choice_id: UUID) -> HttpResponse:
    person = person_of(request)
    choice, who = _seen(person, choice_id)
    if not who.decides:
        raise Http404
    try:
        again = actions.choose_again(actor=person, choice=choice)
    except PlanRefusal as refusal:
        messages.info(request, str(refusal.message))
        return redirect("pick_show", choice.public_id)
    if again.is_waiting:
        messages.success(request, _("You can choose anew. Until you do, it stays as it is."))
    else:
        messages.success(request, _("You asked to choose anew. Your staff show you here who there is."))
    return redirect("pick_show", again.public_id)


@require_POST
def pick_ask(request: HttpRequest) -> HttpResponse:
    """One of the family asks to choose who gives a service or who is the facilitator, or says that it is right as it is."""
    person = person_of(request)
    wanted = {name: uuid_of(request.POST.get(name)) for name in ("item", "youth")}
    item = access.askable_item(person, wanted["item"]) if wanted["item"] is not None else None
    youth = access.askable_youth(person, wanted["youth"]) if wanted["youth"] is not None else None
    try:
        if item is not None and request.POST.get("keep") == "yes":
            asking.keep_as_is(actor=person, item=item)
            messages.success(request, _("Thank you. It is as you chose."))
            return redirect("pick_list")
        if item is not None:
            asked = asking.ask_for_options(actor=person, item=item)
        elif youth is not None:
            asked = asking.ask_for_facilitator(actor=person, youth=youth)
        else:
            raise Http404
    except PlanRefusal as refusal:
        messages.info(request, str(refusal.message))
        return redirect("pick_list")
    messages.success(request, _("You asked to choose anew. Your staff show you here who there is."))
    return redirect("pick_show", asked.public_id)


# -- staff: what they were told, and taking back ----------------------------------------------------------------------------


@show_or_post
def pick_told(request: HttpRequest, choice_id: UUID) -> HttpResponse:
    """Write down what a family said by word of mouth; choose for it, where it asked for that."""
    person = person_of(request)
    choice, _who = _kept(person, choice_id)
    if not choice.is_waiting and request.method != "POST":
        raise Http404
    options = list(choice.options.select_related("staff_role__person", "entry"))
    shown = opened(options, offered.gone(choice, options))
    people = access.deciders(choice)
    form = ToldForm(posted(request), people=people, shown=shown, is_handed=choice.state == "handed")

    def act() -> None:
        said = actions.Said(*form.told)
        if form.by is None:
            actions.choose_for(actor=person, choice=choice, said=said)
        else:
            actions.write_down(actor=person, choice=choice, by=form.by, said=said)

    sheet = {
        "title": _("Write down what they told you"),
        "lead": title(choice),
        "action": _("Write it down"),
        "hint": _("They read what you write here, and can say it anew at any time."),
    }
    return answered(request, form, act, sheet, choice=choice, done=_("It is written down. The family reads it."))


@show_or_post
def pick_withdraw(request: HttpRequest, choice_id: UUID) -> HttpResponse:
    person = person_of(request)
    choice, _who = _kept(person, choice_id)
    if not choice.is_waiting and request.method != "POST":
        raise Http404
    form = WhyForm(posted(request))
    sheet = {"title": _("Take back what you showed"), "lead": title(choice), "action": _("Take it back"), "hint": ""}
    return answered(
        request,
        form,
        lambda: actions.withdraw_choice(actor=person, choice=choice, why=form.cleaned_data["note"]),
        sheet,
        choice=choice,
        done=_("It is taken back. The family reads why."),
    )


# -- parts of the above --------------------------------------------------------------------------------------------------------


def answered(
    request: HttpRequest,
    form: PlainForm,
    act: Callable[[], Any],
    sheet: dict[str, Any],
    *,
    choice: Choice,
    done: str,
) -> HttpResponse:
    """Show a form of staff about a choice; posted and in order, do it and go back to the choice."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except PlanRefusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, done)
            return redirect("pick_show", choice.public_id)
    context = {"form": form, "back": reverse("pick_show", args=[choice.public_id]), "sheet": sheet}
    return render(request, "voice/form.html", context, status=422 if form.is_bound else 200)


def _seen(person: Person, choice_id: UUID) -> tuple[Choice, Standing]:
    found = access.choice_of(person, choice_id)
    if found is None:
        raise Http404
    return found


def _kept(person: Person, choice_id: UUID) -> tuple[Choice, Standing]:
    choice, who = _seen(person, choice_id)
    if not who.keeps:
        raise Http404
    return choice, who
