"""Doing the same for many rows in the background: one that fails is written down and holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)

Row = TypeVar("Row")


def one_by_one(rows: Iterable[Row], act: Callable[[Row], int], failure: str) -> int:
    """The sum of what `act` gives. `failure` says what could not be done, for the log; the next round tries it again.

    A database that is away, or busy, is no row's fault: that is raised.
    """
    count = 0
    for row in rows:
        try:
            count += act(row)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception(failure)
    return count
