"""Time that tests set, and plans filled without telling anybody."""

from __future__ import annotations

import pytest

from portal.care.actions import versions
from tests.clocks.conftest import SetTime, at

__all__ = ["SetTime", "at"]


@pytest.fixture
def told_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody gets a notice: who is told of each step is asked elsewhere, and takes most of the time of a long row of them."""
    monkeypatch.setattr(versions, "_tell", lambda *_all: None)
