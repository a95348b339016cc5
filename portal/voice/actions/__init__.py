"""Every write of what families say and decide."""

from __future__ import annotations

from portal.voice.actions.agenda import (
    add_agenda_item,
    add_meeting_note,
    confirm_agenda,
    move_agenda_item,
    remove_agenda_item,
)
from portal.voice.actions.danger import look_again
from portal.voice.actions.finals import explain_one_option, make_final, say_go_ahead
from portal.voice.actions.objections import answer_objection, object_to_plan
from portal.voice.actions.preparing import (
    Words,
    bring_along,
    choose_for_point,
    put_away,
    see_given,
    see_prepared,
    write_beside,
    write_down,
)
from portal.voice.actions.priorities import (
    ask_at_phase,
    ask_of_all,
    end_phase,
    rank,
    say_at_phase,
    take_back_preference,
)
from portal.voice.actions.proposals import answer_suggestion
from portal.voice.actions.pulse import answer_pulse, ask_pulses, publish_result, skip_pulse
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
    "Words",
    "add_agenda_item",
    "add_meeting_note",
    "amend_round",
    "answer_in_round",
    "answer_objection",
    "answer_pulse",
    "answer_suggestion",
    "ask_at_phase",
    "ask_in_round",
    "ask_of_all",
    "ask_pulses",
    "bring_along",
    "choose_for_point",
    "close_round",
    "confirm_agenda",
    "end_phase",
    "explain_one_option",
    "give_reason",
    "look_again",
    "make_final",
    "move_agenda_item",
    "object_to_plan",
    "open_round",
    "publish_result",
    "put_away",
    "rank",
    "remove_agenda_item",
    "say_at_phase",
    "say_go_ahead",
    "see_given",
    "see_prepared",
    "skip_pulse",
    "take_back_preference",
    "take_position",
    "write_beside",
    "write_down",
]
