"""Every write to what families say and decide."""

from __future__ import annotations

from portal.voice.actions.agenda import (
    add_agenda_item,
    add_meeting_note,
    confirm_agenda,
    move_agenda_item,
    remove_agenda_item,
)
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
from portal.voice.actions.pulse import answer_pulse, ask_pulses, publish_result, skip_pulse

__all__ = [
    "Words",
    "add_agenda_item",
    "add_meeting_note",
    "answer_pulse",
    "ask_pulses",
    "bring_along",
    "choose_for_point",
    "confirm_agenda",
    "move_agenda_item",
    "publish_result",
    "put_away",
    "remove_agenda_item",
    "see_given",
    "see_prepared",
    "skip_pulse",
    "write_beside",
    "write_down",
]
