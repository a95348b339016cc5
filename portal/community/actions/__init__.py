"""Every write of families in policy."""

from __future__ import annotations

from portal.community.actions.comments import (
    add_period,
    answer_period,
    change_period,
    leave_comment,
    withdraw_period,
)
from portal.community.actions.interests import (
    apply_for_seat,
    record_outcome,
    register_interest,
    take_back_interest,
)
from portal.community.actions.opportunities import change_opportunity, close_opportunity, post_opportunity
from portal.community.actions.said_done import publish_said_done, withdraw_said_done
from portal.community.actions.seats import add_seat, end_seat, name_holder, set_seat
from portal.community.actions.suggestions import answer_suggestion, make_suggestion

__all__ = [
    "add_period",
    "add_seat",
    "answer_period",
    "answer_suggestion",
    "apply_for_seat",
    "change_opportunity",
    "change_period",
    "close_opportunity",
    "end_seat",
    "leave_comment",
    "make_suggestion",
    "name_holder",
    "post_opportunity",
    "publish_said_done",
    "record_outcome",
    "register_interest",
    "set_seat",
    "take_back_interest",
    "withdraw_period",
    "withdraw_said_done",
]
