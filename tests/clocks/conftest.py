"""Time that tests set, and a family with a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from portal.clocks.actions import happenings

NOW = timezone.now
SetTime = Callable[[str], dt.datetime]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> SetTime:
    """Says what time it is, in UTC unless it names an offset."""

    def set_time(text: str) -> dt.datetime:
        moment = dt.datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        for field in _dated():
            monkeypatch.setitem(field.__dict__, "_get_default", lambda: moment)
        return moment

    return set_time


@cache
def _dated() -> tuple[models.Field[Any, Any], ...]:
    """Fields that begin with the time there is: they hold the function itself, so it is set for each of them."""
    fields = (field for model in apps.get_models() for field in model._meta.concrete_fields)
    return tuple(field for field in fields if field.default is NOW)


@pytest.fixture
def at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events of the future may be told: for dates worked out on paper."""
    monkeypatch.setattr(happenings, "SLACK", dt.timedelta(days=10_000))
