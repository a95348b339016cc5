"""What a clock on the wall says, and when that is: twice a year a time does not exist, or comes twice. Knows no database."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


class Skipped(Exception):
    """The clocks are set forward over it. `instead`: what they say at that moment."""

    def __init__(self, instead: dt.time) -> None:
        super().__init__(instead)
        self.instead = instead


class ComesTwice(Exception):
    """The clocks are set back over it: somebody has to say which of the two is meant."""


def moment_of(day: dt.date, time: dt.time, zone: ZoneInfo, *, is_second: bool | None = None) -> dt.datetime:
    """The moment, in UTC. `is_second`: which of two, where there are two. Raises Skipped, ComesTwice."""
    first, second = (dt.datetime.combine(day, time, zone).replace(fold=fold) for fold in (0, 1))
    if is_skipped(first):
        raise Skipped(first.astimezone(dt.UTC).astimezone(zone).time())
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(dt.UTC)
    if is_second is None:
        raise ComesTwice
    return (second if is_second else first).astimezone(dt.UTC)


def is_skipped(local: dt.datetime) -> bool:
    there_and_back = local.astimezone(dt.UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None, fold=0) != local.replace(tzinfo=None, fold=0)


def comes_twice(local: dt.datetime) -> bool:
    return not is_skipped(local) and local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
