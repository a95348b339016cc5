"""The hours in which somebody answers, where a page tells of that person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from portal.access import on_call as access
from portal.safety import words

if TYPE_CHECKING:
    from portal.programs.models import StaffRole

register = template.Library()


@register.simple_tag
def usual_week(role: StaffRole) -> list[str]:
    """ "weekdays, 9 am to 5 pm"; empty where they wrote nothing down."""
    return words.week(access.hours_of(role))
