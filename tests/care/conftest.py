"""Time that tests set, and plans filled without telling anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from portal.accounts import stay
from portal.care.actions import versions
from tests.clocks.conftest import SetTime, at

__all__ = ["SetTime", "StopTime", "at"]

StopTime = Callable[[dt.datetime], None]


@pytest.fixture
def stop_time(at: SetTime, monkeypatch: pytest.MonkeyPatch) -> StopTime:
    """Stands still at that moment, for the door as well: what it asks once a minute is not counted to a page."""

    def stand(moment: dt.datetime) -> None:
        at(moment.isoformat())
        monkeypatch.setattr(stay, "time", SimpleNamespace(time=moment.timestamp))

    return stand


@pytest.fixture
def told_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody gets a notice: who is told of each step is asked elsewhere, and takes most of the time of a long row of them."""
    monkeypatch.setattr(versions, "_tell", lambda *_all: None)
