"""Every write of what families say and decide."""

from __future__ import annotations

from portal.voice.actions.finals import explain_one_option, make_final, say_go_ahead
from portal.voice.actions.objections import answer_objection, object_to_plan
from portal.voice.actions.priorities import (
    ask_at_phase,
    ask_of_all,
    end_phase,
    rank,
    say_at_phase,
    take_back_preference,
)
from portal.voice.actions.proposals import answer_suggestion
from portal.voice.actions.rounds import (
    amend_round,
    answer_in_round,
    ask_in_round,
    close_round,
    give_reason,
    open_round,
    take_position,
)

__all__ = [
    "amend_round",
    "answer_in_round",
    "answer_objection",
    "answer_suggestion",
    "ask_at_phase",
    "ask_in_round",
    "ask_of_all",
    "close_round",
    "end_phase",
    "explain_one_option",
    "give_reason",
    "make_final",
    "object_to_plan",
    "open_round",
    "rank",
    "say_at_phase",
    "say_go_ahead",
    "take_back_preference",
    "take_position",
]
