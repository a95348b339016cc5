"""A small stage on which families have a say: what somebody wrote, a draft that is open or closed, a chance, a seat."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.community import actions
from portal.community.actions.comments import Draft
from portal.community.actions.opportunities import Offer
from portal.community.models import CommentPeriod, Interest, Opportunity, Seat, Suggestion
from portal.community.models.suggestions import SUBJECT
from portal.programs.models import Organization, Program
from tests.world import World, signed_in

HARD = "The form wants a father's signature. My son has none, so we waited four months for respite."


def get(person: Person | None, path: str) -> Any:
    return _browser(person).get(path)


def post(person: Person | None, path: str, **form: Any) -> Any:
    return _browser(person).post(path, form, follow=True)


def _browser(person: Person | None) -> Any:
    from django.test import Client

    return signed_in(None, person) if person is not None else Client()


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def suggest(
    person: Person, program: Program, words: str = HARD, *, leaves_trace: bool = True, may_quote: bool = False
) -> Suggestion:
    return actions.make_suggestion(
        actor=person, program=program, key=uuid4(), words=words, leaves_trace=leaves_trace, may_quote=may_quote
    )


def suggestion_form(words: str = HARD, **said: Any) -> dict[str, Any]:
    return {"key": uuid4(), "body": words, "trace": "page"} | said


def answer(
    world: World, suggestion: Suggestion, kind: str = "working", words: str = "We ask the state office."
) -> None:
    actions.answer_suggestion(actor=world.lead, suggestion=suggestion, key=uuid4(), kind=kind, words=words)


def clocks_of(suggestion: Suggestion) -> list[Clock]:
    return list(Clock.objects.filter(subject=SUBJECT, subject_id=str(suggestion.public_id)).order_by("period"))


def in_days(world: World, days: int) -> dt.date:
    return world.program.today() + dt.timedelta(days=days)


def draft(world: World, **said: Any) -> Draft:
    kept: dict[str, Any] = {
        "title": "Who can get respite",
        "summary": "Families would ask once a year, no more each time. Would that help you?",
        "text": "Section 4. Respite is granted for twelve months.",
        "opens_on": in_days(world, 0),
        "closes_on": in_days(world, 20),
    }
    return Draft(**kept | said)


def draft_form(world: World, **said: Any) -> dict[str, Any]:
    kept = draft(world)
    names = ("title", "summary", "text", "opens_on", "closes_on")
    return {"key": uuid4(), "link": ""} | {name: getattr(kept, name) for name in names} | said


def open_period(world: World, **said: Any) -> CommentPeriod:
    return actions.add_period(actor=world.lead, program=world.program, key=uuid4(), draft=draft(world, **said))


def closed_period(world: World) -> CommentPeriod:
    """Open for a month, and closed since yesterday."""
    period = open_period(world)
    days = {"opens_on": in_days(world, -30), "closes_on": in_days(world, -1)}
    CommentPeriod.objects.filter(pk=period.pk).update(**days)
    return CommentPeriod.objects.get(pk=period.pk)


def offer(**said: Any) -> Offer:
    kept: dict[str, Any] = {
        "kind": "board",
        "title": "The quality board",
        "about": "Six people look at what families say and what became of it.",
        "meets": "Second Tuesdays at 6 pm, library in Gretna, or by phone",
        "stipend": "$40 each time",
        "childcare": "At the library, free",
        "mentoring": "Ruth comes along the first three times",
        "languages": ["en", "es"],
    }
    return Offer(**kept | said)


def opportunity(world: World, **said: Any) -> Opportunity:
    return actions.post_opportunity(actor=world.lead, program=world.program, key=uuid4(), offer=offer(**said))


def interest(world: World, person: Person | None = None, **said: Any) -> Interest:
    return actions.register_interest(actor=person or world.caregiver, opportunity=opportunity(world, **said))


def body(world: World) -> Organization:
    return world.organization("governance")


def seat(world: World, **said: Any) -> Seat:
    kept: dict[str, Any] = {"kind": "family", "title": "First seat for families"}
    return actions.add_seat(actor=world.lead, organization=body(world), key=uuid4(), **kept | said)


def own_seat(world: World) -> Seat:
    """One that the caregiver has."""
    held = seat(world)
    asked = actions.apply_for_seat(actor=world.caregiver, seat=held)
    actions.record_outcome(actor=world.supervisor, interest=asked, outcome="took_seat")
    return Seat.objects.get(pk=held.pk)


def said_done(
    world: World, said: str = "The form asked for two parents.", did: str = "One signature is enough."
) -> Any:
    return actions.publish_said_done(
        actor=world.lead, program=world.program, key=uuid4(), said=said, did=did, source="suggestion"
    )
