"""Time that tests set, as in the tests of plans."""

from __future__ import annotations

from tests.care.conftest import at, stop_time

__all__ = ["at", "stop_time"]
