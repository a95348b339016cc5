"""The queue of worries as its page shows it: the most serious and the oldest first, above it whether all is well with the watch."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from messaging import later
from portal.access import concerns as access
from portal.access import conversations, on_call
from portal.media.showing import with_files
from portal.safety import concern_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from messaging.history import Shown
    from messaging.models import Conversation
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole
    from portal.safety.models import Concern, ConcernStep, Prompt

LATELY = dt.timedelta(days=14)  # how long what was closed stays in the list


@dataclass(frozen=True, slots=True)
class Row:
    concern: Concern
    title: str
    kinds: str
    minutes: int  # that it has waited for somebody, or until somebody was on it


@dataclass(frozen=True, slots=True)
class Line:
    """One message as a look shows it: with what it said before it was changed, and the photo or voice note that goes with it."""

    name: str
    body: str
    sent_at: dt.datetime
    earlier: tuple[tuple[dt.datetime, str], ...] = ()
    media: tuple[dict[str, object], ...] = ()


def queue(person: Person) -> dict[str, Any]:
    now = timezone.now()
    which = Q(closed_at=None) | Q(closed_at__gte=now - LATELY)
    seen = list(access.visible_concerns(person, which).order_by("-severity", "made_at", "pk"))
    still_open = [row(one, now) for one in seen if one.closed_at is None]
    waiting = [one for one in still_open if one.concern.opened_at is None]
    prompts = list(access.visible_prompts(person))
    return {
        "open": still_open,
        "closed": [row(one, now) for one in seen if one.closed_at is not None],
        "oldest": max((one.minutes for one in waiting), default=None),
        "crisis_count": sum(one.concern.is_crisis for one in still_open),
        "duty": [(rota, on_call.on_call_now(rota, now)) for rota in on_call.visible_rotas(person)],
        "down_since": access.screener_down_since(),
        "prompts": [(one, concern_words.facts(one)) for one in prompts],
        "samples_due": sum(_is_sample(one) for one in prompts),
        "wish_to_talk": list(access.talks_wished(person)),
    }


def _is_sample(prompt: Prompt) -> bool:
    return prompt.kind == prompt.Kind.SAMPLE


def row(concern: Concern, now: dt.datetime) -> Row:
    until = concern.opened_at or concern.closed_at or now
    waited = int(max(until - concern.made_at, dt.timedelta()).total_seconds() // 60)
    return Row(concern, concern_words.title(concern), concern_words.kinds(concern), waited)


def page(person: Person, concern: Concern) -> dict[str, Any]:
    """What is known without a word of what was written in a conversation; what they wrote to us is theirs to be read."""
    role = access.role_toward(person, concern)
    return {
        "concern": concern,
        "row": row(concern, timezone.now()),
        "role": role,
        "is_mine": role is not None and concern.opened_by_id == role.pk,
        "steps": [(step, told_by(step)) for step in access.steps_of(concern)],
        "notes": list(concern.notes.select_related("staff_role__person", "given_to__person").order_by("at", "pk")),
        "may_read": access.may_look(person, concern),
        "may_stop": access.stoppable(person).filter(pk=concern.conversation_id or 0).exists(),
    }


def told_by(step: ConcernStep) -> str:
    roles: Iterable[StaffRole] = step.told.all()
    return concern_words.told_names(role.person.display_name for role in roles)


def lines(conversation: Conversation | None, shown: Iterable[Shown]) -> list[Line]:
    if conversation is None:
        return []
    shown = list(shown)
    names = {one.person_id: one.name for one in conversations.speakers(conversation)}
    media = with_files(conversation, shown)
    return [
        Line(
            names.get(one.author_id, ""),
            one.body,
            one.sent_at,
            tuple(later.earlier_words(conversation, one.seq)) if one.is_revised else (),
            tuple(media.get(one.seq, ())),
        )
        for one in shown
    ]
