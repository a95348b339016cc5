"""The pages of rights, complaints, appeals and letters, split by noun."""

from __future__ import annotations

from rights_grievances.views.reports import concern_report, lesson_withdraw
from rights_grievances.views.rights import right_answer, rights_booklet, rights_seen, rights_show
from rights_grievances.views.watches import watch_answer, watch_ask, watch_close, watch_list, watch_note, watch_show

__all__ = [
    "concern_report",
    "lesson_withdraw",
    "right_answer",
    "rights_booklet",
    "rights_seen",
    "rights_show",
    "watch_answer",
    "watch_ask",
    "watch_close",
    "watch_list",
    "watch_note",
    "watch_show",
]
