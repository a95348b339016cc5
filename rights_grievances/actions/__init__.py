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
from rights_grievances.actions.lessons import publish_lesson, withdraw_lesson
from rights_grievances.actions.resolving import (
    ask_again_due,
    close_case,
    reopen_case,
    resolve_case,
    say_answered,
    say_fixed,
)
from rights_grievances.actions.rights import answer_right, answer_step, keep_shown
from rights_grievances.actions.watching import answer_watch, ask_family, close_watch, note_word, watch_cases

__all__ = [
    "acknowledge_case",
    "add_named",
    "add_words",
    "answer_right",
    "answer_step",
    "answer_watch",
    "ask_again_due",
    "ask_family",
    "assign_decider",
    "close_case",
    "close_watch",
    "confirm_receipt",
    "extend_case",
    "file_case",
    "forward_case",
    "give_consent",
    "keep_handled",
    "keep_shown",
    "locked",
    "note_try",
    "note_word",
    "publish_lesson",
    "put_outside",
    "refer_case",
    "reopen_case",
    "resolve_case",
    "say_answered",
    "say_fixed",
    "sort_case",
    "step",
    "take_note",
    "watch_cases",
    "withdraw_case",
    "withdraw_lesson",
]
