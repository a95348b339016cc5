"""Every write of this room, by its noun: what is told, what is done with it, and how it ends."""

from __future__ import annotations

from rights_grievances.actions.common import locked, step
from rights_grievances.actions.extending import extend_case
from rights_grievances.actions.filing import file_case, keep_handled
from rights_grievances.actions.handling import (
    acknowledge_case,
    add_named,
    add_words,
    assign_decider,
    confirm_receipt,
    forward_case,
    give_consent,
    note_try,
    put_outside,
    refer_case,
    sort_case,
    take_note,
    withdraw_case,
)
from rights_grievances.actions.resolving import (
    ask_again_due,
    close_case,
    reopen_case,
    resolve_case,
    say_answered,
    say_fixed,
)

__all__ = [
    "acknowledge_case",
    "add_named",
    "add_words",
    "ask_again_due",
    "assign_decider",
    "close_case",
    "confirm_receipt",
    "extend_case",
    "file_case",
    "forward_case",
    "give_consent",
    "keep_handled",
    "locked",
    "note_try",
    "put_outside",
    "refer_case",
    "reopen_case",
    "resolve_case",
    "say_answered",
    "say_fixed",
    "sort_case",
    "step",
    "take_note",
    "withdraw_case",
]
