"""Every write to plans of care."""

from __future__ import annotations

from portal.care.actions.attending import (
    answer_meeting,
    ask_for_interpreter,
    ask_to_come,
    assign_interpreter,
    keep_out,
    let_in,
    see_meeting,
    take_back_need,
    waive_interpreter,
)
from portal.care.actions.basics import check_basics
from portal.care.actions.ended import (
    add_meeting_task,
    call_off_meeting,
    hold_meeting,
    name_unended,
    remind_of_meetings,
)
from portal.care.actions.items import (
    add_item,
    change_item,
    refuse_change,
    remove_item,
    set_provider,
    tick,
    untick,
)
from portal.care.actions.meetings import (
    agree_to_meeting,
    ask_for_other,
    change_meeting,
    confirm_meeting,
    propose_meeting,
)
from portal.care.actions.plans import close_plan, confirm_seen, open_plan, review_plan
from portal.care.actions.settling import finish_plan, settle_item
from portal.care.actions.team import (
    add_seat,
    answer_ask,
    answer_seat,
    ask_change,
    end_seat,
    escalate_asks,
    explain_empty_place,
    see_ask,
    set_reach,
    take_seats,
)
from portal.care.actions.team_links import begin_account, check_link, come_in, end_link, is_proven, make_link, try_word

__all__ = [
    "add_item",
    "add_meeting_task",
    "add_seat",
    "agree_to_meeting",
    "answer_ask",
    "answer_meeting",
    "answer_seat",
    "ask_change",
    "ask_for_interpreter",
    "ask_for_other",
    "ask_to_come",
    "assign_interpreter",
    "begin_account",
    "call_off_meeting",
    "change_item",
    "change_meeting",
    "check_basics",
    "check_link",
    "close_plan",
    "come_in",
    "confirm_meeting",
    "confirm_seen",
    "end_link",
    "end_seat",
    "escalate_asks",
    "explain_empty_place",
    "finish_plan",
    "hold_meeting",
    "is_proven",
    "keep_out",
    "let_in",
    "make_link",
    "name_unended",
    "open_plan",
    "propose_meeting",
    "refuse_change",
    "remind_of_meetings",
    "remove_item",
    "review_plan",
    "see_ask",
    "see_meeting",
    "set_provider",
    "set_reach",
    "settle_item",
    "take_back_need",
    "take_seats",
    "tick",
    "try_word",
    "untick",
    "waive_interpreter",
]
