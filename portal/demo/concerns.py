"""Worries of the demo: one a few minutes old that nobody is on yet, and one that was closed, whose helper is asked how they are."""

from __future__ import annotations

import datetime as dt

from messaging.models import Conversation, Message
from portal.accounts.models import Person
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.safety.actions import close_concern, open_concern, raise_concern
from portal.safety.models import Concern, ConcernMessage, ConcernStep

FRESH, CLOSED = dt.timedelta(minutes=3), dt.timedelta(days=2)


def tell(*, conversation: Conversation, young: Person, mentor: StaffRole, liaison: Person, now: dt.datetime) -> None:
    """`conversation`: of the young person and the mentor; the liaison watches over it or works where the mentor does."""
    closed = _worry(conversation, young, mentor, "demo:closed")
    open_concern(actor=liaison, concern=closed)
    close_concern(
        actor=liaison,
        concern=closed,
        outcome=Concern.Outcome.HELPED,
        text="I called him. He was with his grandmother and had calmed down. We look at it again on Thursday.",
    )
    _began(closed, now - CLOSED)
    Concern.objects.filter(pk=closed.pk).update(
        opened_at=now - CLOSED + FRESH, closed_at=now - CLOSED + dt.timedelta(hours=1)
    )
    closed.notes.update(at=now - CLOSED + FRESH)
    fresh = _worry(conversation, young, mentor, "demo:open")
    _began(fresh, now - FRESH)
    Concern.objects.filter(pk=fresh.pk).update(climbs_from=now - FRESH)
    Notice.objects.filter(about__startswith=closed.tells).update(read_at=now - CLOSED)


def _worry(conversation: Conversation, young: Person, mentor: StaffRole, key: str) -> Concern:
    concern = raise_concern(
        joined_by=key,
        organization=mentor.organization,
        person=young,
        source=Concern.Source.SCREENER,
        severity=Concern.Severity.CRISIS,
        kinds=["self_harm"],
        family=conversation.family,
        conversation=conversation,
    )
    written = Message.objects.filter(conversation=conversation, author=young).order_by("-seq").first()
    if written is not None:
        ConcernMessage.objects.create(concern=concern, key=written.key)
    return concern


def _began(concern: Concern, at: dt.datetime) -> None:
    Concern.objects.filter(pk=concern.pk).update(made_at=at)
    ConcernStep.objects.filter(concern=concern).update(at=at)
