"""What is in the paths of families in policy for the walk over all routes, and forms that would be accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from uuid import uuid4

from tests.community import stage
from tests.world import World

Made = tuple[dict[str, object], dict[str, object]]


def _suggestion(world: World, **form: object) -> Made:
    return {"suggestion_id": stage.suggest(world.caregiver, world.program).public_id}, form


def _period(world: World, **form: object) -> Made:
    return {"period_id": stage.open_period(world).public_id}, form


def _closed(world: World, **form: object) -> Made:
    return {"period_id": stage.closed_period(world).public_id}, form


def _opportunity(world: World, **form: object) -> Made:
    return {"opportunity_id": stage.opportunity(world).public_id}, form


def _interest(world: World, **form: object) -> Made:
    return {"interest_id": stage.interest(world).public_id}, form


def _seat(world: World, **form: object) -> Made:
    return {"seat_id": stage.seat(world).public_id}, form


def _offer() -> dict[str, object]:
    return asdict(stage.offer()) | {"key": str(uuid4()), "register_by": ""}


ROUTES: dict[str, Callable[[World], Made]] = {
    "policy_suggestion_add": lambda _world: ({}, stage.suggestion_form()),
    "policy_suggestion_open": lambda _world: ({}, {"code": "BCDF GHJK MNPR"}),
    "policy_suggestion_show": _suggestion,
    "policy_suggestion_answer": lambda world: _suggestion(
        world, key=str(uuid4()), seen=0, kind="working", body="We ask the state office."
    ),
    "comment_period_add": lambda world: ({}, stage.draft_form(world)),
    "comment_period_show": lambda world: _period(world, key=str(uuid4()), body="Once a year is enough."),
    "comment_period_change": lambda world: _period(world, **stage.draft_form(world)),
    "comment_period_withdraw": _period,
    "comment_period_read": _period,
    "comment_period_answer": lambda world: _closed(world, heard="Once a year is enough.", changed="Once a year."),
    "said_done_add": lambda _world: (
        {},
        {"key": str(uuid4()), "said": "Too many forms.", "did": "One form is left.", "source": "suggestion"},
    ),
    "said_done_withdraw": lambda world: ({"entry_id": stage.said_done(world).public_id}, {}),
    "opportunity_add": lambda _world: ({}, _offer()),
    "opportunity_show": _opportunity,
    "opportunity_join": _opportunity,
    "opportunity_change": lambda world: _opportunity(world, **_offer()),
    "opportunity_close": _opportunity,
    "interest_leave": _interest,
    "interest_outcome": lambda world: _interest(world, outcome="came", body=""),
    "seat_add": lambda _world: (
        {},
        {"key": str(uuid4()), "organization": "governance", "title": "Second seat", "kind": "youth", "held_since": ""},
    ),
    "seat_apply": _seat,
    "seat_name": lambda world: ({"seat_id": stage.own_seat(world).public_id}, {"named": "yes"}),
    "seat_set": lambda world: _seat(world, state="held"),
}
