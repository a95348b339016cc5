"""Every write to clocks: what starts and settles them, what moves one, and what moves many."""

from __future__ import annotations

from portal.clocks.actions.closures import add_closure, declare_disaster
from portal.clocks.actions.done import record_done
from portal.clocks.actions.feeds import end_calendar, make_calendar
from portal.clocks.actions.happenings import (
    give_to_family,
    give_to_role,
    hold,
    keep_program_clocks,
    leave_program,
    record_happening,
    set_aside,
    start_clock,
)
from portal.clocks.actions.not_now import say_not_now
from portal.clocks.actions.single import (
    break_promise,
    cancel_all_about,
    cancel_clock,
    excuse_clock,
    extend_clock,
    hold_window,
    meet_clock,
    pause_clock,
    release_window,
    resume_clock,
)

__all__ = [
    "add_closure",
    "break_promise",
    "cancel_all_about",
    "cancel_clock",
    "declare_disaster",
    "end_calendar",
    "excuse_clock",
    "extend_clock",
    "give_to_family",
    "give_to_role",
    "hold",
    "hold_window",
    "keep_program_clocks",
    "leave_program",
    "make_calendar",
    "meet_clock",
    "pause_clock",
    "record_done",
    "record_happening",
    "release_window",
    "resume_clock",
    "say_not_now",
    "set_aside",
    "start_clock",
]
