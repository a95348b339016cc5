"""Every write of rights, complaints, appeals and letters, split by noun."""

from __future__ import annotations

from rights_grievances.actions.lessons import publish_lesson, withdraw_lesson
from rights_grievances.actions.rights import answer_right, answer_step, keep_shown
from rights_grievances.actions.watching import answer_watch, ask_family, close_watch, note_word, watch_cases

__all__ = [
    "answer_right",
    "answer_step",
    "answer_watch",
    "ask_family",
    "close_watch",
    "keep_shown",
    "note_word",
    "publish_lesson",
    "watch_cases",
    "withdraw_lesson",
]
