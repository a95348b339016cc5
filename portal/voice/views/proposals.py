"""A suggestion and the answers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.access import care as access
from portal.access import proposals
from portal.care.kinds import NotGood
from portal.care.refusals import PlanRefusal
from portal.care.shown import Row
from portal.care.views.answers import note_look, read
from portal.views import posted, show_or_post
from portal.voice import actions
from portal.voice.forms.proposals import AnswerForm

if TYPE_CHECKING:
    from portal.access.care import Reader
    from portal.care.models import Item, Plan


@show_or_post
def proposal_answer(request: HttpRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
    """The four answers with words beside them; the buttons on the plan's page come here, too. Staff read what was said."""
    plan, reader = read(request, plan_id)
    item = _suggestion(reader, plan, item_id)
    answered = proposals.answered(reader, plan, [item])[item.pk]
    if reader.part == access.Part.STAFF and request.method != "POST":
        note_look(reader, plan, [item])
        context = {"plan": plan, "row": Row(item, item.data), "answers": answered}
        return render(request, "voice/proposal_answer.html", context)
    if not answered.may_speak and (request.method != "POST" or plan.is_open):
        raise Http404
    decides = proposals.may_decide(reader, item)
    form = AnswerForm(posted(request), decides=decides, initial={"words": ""})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer_suggestion(
                actor=reader.person,
                item=item,
                mark=request.POST.get("mark", ""),
                says=said["says"],
                words=said["words"],
                until_on=said.get("until_on"),
            )
        except NotGood as problem:
            form.refuse("words", problem.message)
        except PlanRefusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _done(said["says"]))
            return redirect(reverse("plan_show", args=[plan.public_id]) + "#suggested")
    context = {"plan": plan, "row": Row(item, item.data), "answers": answered, "form": form, "decides": decides}
    return render(request, "voice/proposal_answer.html", context, status=422 if form.is_bound else 200)


def _suggestion(reader: Reader, plan: Plan, item_id: UUID) -> Item:
    """One this reader sees and staff once suggested; what is settled meanwhile is still found for what was posted."""
    for item in access.visible_items(reader, plan):
        if item.public_id == item_id and item.suggested_in:
            item.plan = plan
            return item
    raise Http404


def _done(says: str) -> str:
    return {
        "yes": _("You said yes. Your team is told."),
        "change": _("You said yes, in your own words. Your team is told."),
        "no": _("You said no. That is fine. Your team is told."),
        "later": _("Take your time. Your team is told."),
        "thinks": _("Thank you. Everyone who reads it sees what you think."),
    }[says]
