"""A clock that tests may set."""

from __future__ import annotations

from tests.peer_support.conftest import later

__all__ = ["later"]
