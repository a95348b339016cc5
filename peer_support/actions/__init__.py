"""Every write of peer support, split by noun."""

from __future__ import annotations

from peer_support.actions.coordination import check_coordination, start_coordination
from peer_support.actions.hand_offs import (
    Meeting,
    Plan,
    answer_hand_off,
    confirm_hand_off,
    override_coordinator,
    override_peer,
    plan_coordinator_hand_off,
    plan_peer_hand_off,
    rewrap_words,
    settle_overdue,
    write_words,
)
from peer_support.actions.lives import (
    begin_pairing,
    choose_next,
    end_pairing,
    keep_pairings,
    pause_pairing,
    resume_pairing,
    rewrap_summaries,
    say_goodbye,
    share_history,
    stay_paired,
)
from peer_support.actions.pairings import (
    AlreadyPaired,
    accept_pairing,
    decline_pairing,
    propose_pairing,
    withdraw_pairing,
)
from peer_support.actions.roles import end_staff_role

__all__ = [
    "AlreadyPaired",
    "Meeting",
    "Plan",
    "accept_pairing",
    "answer_hand_off",
    "begin_pairing",
    "check_coordination",
    "choose_next",
    "confirm_hand_off",
    "decline_pairing",
    "end_pairing",
    "end_staff_role",
    "keep_pairings",
    "override_coordinator",
    "override_peer",
    "pause_pairing",
    "plan_coordinator_hand_off",
    "plan_peer_hand_off",
    "propose_pairing",
    "resume_pairing",
    "rewrap_summaries",
    "rewrap_words",
    "say_goodbye",
    "settle_overdue",
    "share_history",
    "start_coordination",
    "stay_paired",
    "withdraw_pairing",
    "write_words",
]
