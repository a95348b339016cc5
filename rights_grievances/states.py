"""From where to where a case may go. A plain table: what is not in it does not happen. Who takes it there, its action asks.

        told ─> filed ─> received ─> acknowledged ─> under review ─> (extended) ─> resolved ─> closed
                  │         │             │               │              │            │          │
                  └─────────┴─────────────┴───────────────┴──────────────┴─> withdrawn │          │
                  ... handed on (referred) and back: its dates run on                  └─ opened again

"Received" is the plan's word and is left out where no plan is bound. That it is late is no state: dates run beside.
"""

from __future__ import annotations

from rights_grievances.models import Case

State = Case.State


# Beside these, an answer, being taken back and being handed on are there wherever a case is open.
_ENDS = frozenset({State.RESOLVED, State.WITHDRAWN, State.REFERRED})

TRANSITIONS: dict[State, frozenset[State]] = {
    State.FILED: _ENDS | {State.RECEIVED, State.ACKNOWLEDGED, State.UNDER_REVIEW},
    State.RECEIVED: _ENDS | {State.ACKNOWLEDGED, State.UNDER_REVIEW, State.EXTENDED},
    State.ACKNOWLEDGED: _ENDS | {State.UNDER_REVIEW, State.EXTENDED},
    State.UNDER_REVIEW: _ENDS | {State.EXTENDED},
    State.EXTENDED: _ENDS,
    State.REFERRED: (_ENDS - {State.REFERRED})
    | {State.RECEIVED, State.ACKNOWLEDGED, State.UNDER_REVIEW, State.EXTENDED},
    State.RESOLVED: frozenset({State.CLOSED, State.UNDER_REVIEW}),
    State.CLOSED: frozenset({State.UNDER_REVIEW}),
    State.WITHDRAWN: frozenset({State.UNDER_REVIEW}),
}

OVER = frozenset({State.CLOSED, State.WITHDRAWN})
ANSWERED = frozenset({State.RESOLVED, State.CLOSED})
# Which the case keeps when a later step is done first: a receipt that is confirmed after we wrote takes nothing back.
ORDER = (State.FILED, State.RECEIVED, State.ACKNOWLEDGED, State.UNDER_REVIEW, State.EXTENDED)


def can_go(state: str, to: str) -> bool:
    return State(to) in TRANSITIONS[State(state)]


def is_behind(state: str, other: str) -> bool:
    """Whether the first comes before the second on the way; handed on is before all of it."""
    order = {one: place for place, one in enumerate(ORDER)}
    return order.get(State(state), -1) < order.get(State(other), len(ORDER))
