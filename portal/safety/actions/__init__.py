"""Every write of this room, by its noun: the rota and one's own hours, reports of abuse."""

from portal.safety.actions.reports import (
    add_reference,
    drop_draft,
    finish_report,
    name_more,
    note_call,
    read_report,
    remind_reports,
    save_report,
    say_family,
    share_words,
)
from portal.safety.actions.rota import (
    MOST_WEEKS,
    Local,
    add_duty_hours,
    add_shift,
    cancel_shift,
    check_rota,
    fill_rota,
    remove_duty_hours,
    set_line,
)

__all__ = [
    "MOST_WEEKS",
    "Local",
    "add_duty_hours",
    "add_reference",
    "add_shift",
    "cancel_shift",
    "check_rota",
    "drop_draft",
    "fill_rota",
    "finish_report",
    "name_more",
    "note_call",
    "read_report",
    "remind_reports",
    "remove_duty_hours",
    "save_report",
    "say_family",
    "set_line",
    "share_words",
]
