"""Time that tests set."""

from __future__ import annotations

from tests.clocks.conftest import SetTime, at

__all__ = ["SetTime", "at"]
