"""Every write of this room, by its noun: the rota, one's own hours, and who looks at what."""

from portal.safety.actions.looking import look
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
    "add_shift",
    "cancel_shift",
    "check_rota",
    "fill_rota",
    "look",
    "remove_duty_hours",
    "set_line",
]
