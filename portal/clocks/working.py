"""The working of a date: steps that can be stored, worked through again and put into words (words.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Says(StrEnum):
    """What one step of the working says; the sentences are in words.py."""

    HOLDS_ALWAYS = "holds_always"
    WAITS = "waits"
    FROM_DAY = "from_day"
    FROM_MOMENT = "from_moment"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    HOURS = "hours"
    MONTHS = "months"
    DAYS_BEFORE = "days_before"
    BUSINESS_DAYS_BEFORE = "business_days_before"
    HOURS_BEFORE = "hours_before"
    MONTHS_BEFORE = "months_before"
    CLOSED = "closed"
    STOOD_STILL = "stood_still"
    MONTH_END = "month_end"
    CLOCK_CHANGE = "clock_change"
    LATER_DAY = "later_day"
    NOT_LATER = "not_later"
    LATER_UNKNOWN = "later_unknown"
    MORE_DAYS = "more_days"
    MORE_BUSINESS_DAYS = "more_business_days"
    MORE_HOURS = "more_hours"
    MORE_MONTHS = "more_months"
    MORE_FROM_START = "more_from_start"
    STAYS_ON_WEEKEND = "stays_on_weekend"
    STAYS_ON_CLOSING = "stays_on_closing"
    WINDOW = "window"
    NO_MINIMUM = "no_minimum"
    AGAIN = "again"
    END_OF_DAY = "end_of_day"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working. Values are whole numbers and ISO dates or times with their offset, so it can be stored."""

    says: Says
    values: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"says": self.says.value, **self.values}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Step:
        return cls(Says(stored["says"]), {key: value for key, value in stored.items() if key != "says"})
