"""Time that tests set, and a family with a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from portal.clocks.actions import happenings

SetTime = Callable[[str], dt.datetime]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> SetTime:
    """Says what time it is, in UTC unless it names an offset."""

    def set_time(text: str) -> dt.datetime:
        moment = dt.datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return set_time


@pytest.fixture
def at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events of the future may be told: for dates worked out on paper."""
    monkeypatch.setattr(happenings, "SLACK", dt.timedelta(days=10_000))
