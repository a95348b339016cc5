"""From where to where a case may go, and who takes it there. A plain table: what is not in it does not happen.

        told ─> filed ─> received ─> acknowledged ─> under review ─> (extended) ─> resolved ─> closed
                  │         │             │               │              │            │          │
                  └─────────┴─────────────┴───────────────┴──────────────┴─> withdrawn │          │
                  ... handed on (referred) and back: its dates run on                  └─ opened again

"Received" is the plan's word and is left out where no plan is bound. That it is late is no state: dates run beside.
"""

from __future__ import annotations

from enum import StrEnum

from rights_grievances.models import Case

State = Case.State


class Who(StrEnum):
    FILER = "filer"  # who told us, by account or by receipt code
    HANDLER = "handler"  # a coordinator who may deal with it
    DECIDER = "decider"  # who was chosen to decide, or the coordinator for somebody outside
    HOUSE = "house"  # by itself, on a day


_HANDLER = frozenset({Who.HANDLER})
_FILER = frozenset({Who.FILER})
_ANSWER = frozenset({Who.DECIDER, Who.FILER})  # who told us says so only of what somebody outside answered
_LONGER = frozenset({Who.HANDLER, Who.DECIDER})

# Beside an answer, these hold wherever a case is open.
_ENDS: dict[State, frozenset[Who]] = {State.RESOLVED: _ANSWER, State.WITHDRAWN: _FILER, State.REFERRED: _HANDLER}

TRANSITIONS: dict[State, dict[State, frozenset[Who]]] = {
    State.FILED: _ENDS | {State.RECEIVED: _HANDLER, State.ACKNOWLEDGED: _HANDLER, State.UNDER_REVIEW: _HANDLER},
    State.RECEIVED: _ENDS | {State.ACKNOWLEDGED: _HANDLER, State.UNDER_REVIEW: _HANDLER, State.EXTENDED: _LONGER},
    State.ACKNOWLEDGED: _ENDS | {State.UNDER_REVIEW: _HANDLER, State.EXTENDED: _LONGER},
    State.UNDER_REVIEW: _ENDS | {State.EXTENDED: _LONGER},
    State.EXTENDED: dict(_ENDS),
    State.REFERRED: {
        State.RESOLVED: _ANSWER,
        State.WITHDRAWN: _FILER,
        State.RECEIVED: _HANDLER,
        State.ACKNOWLEDGED: _HANDLER,
        State.UNDER_REVIEW: _HANDLER,
        State.EXTENDED: _LONGER,
    },
    State.RESOLVED: {
        State.CLOSED: frozenset({Who.HANDLER, Who.FILER, Who.HOUSE}),
        State.UNDER_REVIEW: frozenset({Who.FILER, Who.HANDLER}),
    },
    State.CLOSED: {State.UNDER_REVIEW: frozenset({Who.FILER, Who.HANDLER})},
    State.WITHDRAWN: {State.UNDER_REVIEW: _FILER},
}

OVER = frozenset({State.CLOSED, State.WITHDRAWN})
ANSWERED = frozenset({State.RESOLVED, State.CLOSED})
# Which the case keeps when a later step is done first: a receipt that is confirmed after we wrote takes nothing back.
ORDER = (State.FILED, State.RECEIVED, State.ACKNOWLEDGED, State.UNDER_REVIEW, State.EXTENDED)


def may_go(state: str, to: str, who: Who) -> bool:
    return who in TRANSITIONS[State(state)].get(State(to), frozenset())


def can_go(state: str, to: str) -> bool:
    return State(to) in TRANSITIONS[State(state)]


def is_behind(state: str, other: str) -> bool:
    """Whether the first comes before the second on the way; handed on is before all of it."""
    order = {one: place for place, one in enumerate(ORDER)}
    return order.get(State(state), -1) < order.get(State(other), len(ORDER))
