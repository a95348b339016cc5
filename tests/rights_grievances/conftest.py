"""Time that tests set."""

from __future__ import annotations

from tests.clocks.conftest import at

__all__ = ["at"]
