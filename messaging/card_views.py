"""Sharing an entry of the directory into a conversation, and one tap that says whether it worked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from messaging import cards, forms
from messaging import page as shown
from messaging.sending import Refusal
from portal.access import cards as access
from portal.access import conversations, directory
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    from messaging.models import Conversation
    from portal.accounts.models import Person


@show_or_post
def entry_share(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    person = person_of(request)
    entry = get_object_or_404(directory.with_places(directory.visible_entries(person)), public_id=entry_id)
    talks = access.sharing_conversations(person, entry)
    if not talks:
        raise Http404
    form = forms.ShareForm(request.POST or None, talks=_named(talks, person), initial={"key": uuid4()})
    context: dict[str, Any] = {"form": form, "entry": entry, "words": cards.words_of(entry, person.language)}
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in talks if str(one.public_id) == form.cleaned_data["conversation"])
        try:
            cards.share_entry(actor=person, conversation=chosen, entry=entry, key=form.cleaned_data["key"])
        except Refusal as refusal:
            form.refuse("conversation", refusal.message)
        else:
            return redirect(reverse("conversation_show", args=[chosen.public_id]) + "#latest")
    return render(request, "messaging/entry_share.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def card_answer(request: HttpRequest, card_id: UUID) -> HttpResponse:
    person = person_of(request)
    shared = get_object_or_404(access.answerable_cards(person), public_id=card_id)
    outcome = request.POST.get("outcome", "")
    if outcome not in shared.Outcome.values:
        raise Http404
    cards.answer_card(actor=person, shared=shared, outcome=outcome)
    return redirect(reverse("conversation_show", args=[shared.conversation.public_id]) + f"#card-{card_id}")


def _named(talks: list[Conversation], person: Person) -> list[tuple[str, str]]:
    others = conversations.people_in([one.pk for one in talks], person)
    return [(str(one.public_id), shown.names([who.name for who in others.get(one.pk, [])])) for one in talks]
