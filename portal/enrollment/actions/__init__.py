"""Every write to cases: deciding together, the first day, the time inside, the ending, and the nightly look."""

from __future__ import annotations

from portal.enrollment.actions.basis import basis_of, narrow_basis, undo_basis
from portal.enrollment.actions.deciding import close_meeting, open_decision, say_position, set_meeting
from portal.enrollment.actions.discharges import document_exception, link_psychiatry, record_discharge
from portal.enrollment.actions.ending import (
    answer_ending,
    end_enrollment,
    may_end,
    recommend_ending,
    refuse_sending_out,
    refuse_turning_away,
    withdraw_ending,
)
from portal.enrollment.actions.enrolling import enroll, term_of
from portal.enrollment.actions.keeping import (
    add_objective,
    ask_more_time,
    give_more_time,
    give_owner,
    hand_on_cases,
    may_have_more_time,
    meet_objective,
    record_milestone,
    record_review,
    set_next_review,
)
from portal.enrollment.actions.watch import check_cases, without_owner_or_date

__all__ = [
    "add_objective",
    "answer_ending",
    "ask_more_time",
    "basis_of",
    "check_cases",
    "close_meeting",
    "document_exception",
    "end_enrollment",
    "enroll",
    "give_more_time",
    "give_owner",
    "hand_on_cases",
    "link_psychiatry",
    "may_end",
    "may_have_more_time",
    "meet_objective",
    "narrow_basis",
    "open_decision",
    "recommend_ending",
    "record_discharge",
    "record_milestone",
    "record_review",
    "refuse_sending_out",
    "refuse_turning_away",
    "say_position",
    "set_meeting",
    "set_next_review",
    "term_of",
    "undo_basis",
    "withdraw_ending",
    "without_owner_or_date",
]
