"""A clock that tests may set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

Later = Callable[[dt.timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """So much time goes by, for everything that asks what time it is."""

    def wait(time: dt.timedelta) -> None:
        moment = timezone.now() + time
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return wait
