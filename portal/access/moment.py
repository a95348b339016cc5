"""The moment a question is asked about: what it is now, which day that is, and who is under 18 then.

The parts of a query ask here what time it is, never the clock itself: so that a question can be prepared (portal/access/asked.py),
with something in it that stands for whatever time it will be when it is asked.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from portal.accounts.models import ADULT_AGE
from portal.programs.registry import profiles


@dataclass(frozen=True, slots=True)
class Moment:
    now: dt.datetime
    today: dt.date  # in UTC
    # Who was born after that day is under 18, in the programmes of these slugs: as they have one day or, for some hours, two.
    minors: tuple[tuple[dt.date, tuple[str, ...]], ...]

    @property
    def yesterday(self) -> dt.date:
        """Our zones are behind UTC: where a programme is, it is today or this."""
        return self.today - dt.timedelta(days=1)


_fixed: ContextVar[Moment | None] = ContextVar("moment", default=None)


def now() -> dt.datetime:
    fixed = _fixed.get()
    return timezone.now() if fixed is None else fixed.now


def moment() -> Moment:
    fixed = _fixed.get()
    return at(timezone.now()) if fixed is None else fixed


def at(now: dt.datetime) -> Moment:
    days: defaultdict[dt.date, list[str]] = defaultdict(list)
    for slug, profile in profiles().items():
        days[now.astimezone(ZoneInfo(profile.time_zone)).date()].append(slug)
    return Moment(
        now=now,
        today=now.astimezone(dt.UTC).date(),
        minors=tuple((_eighteen_years_before(day), tuple(slugs)) for day, slugs in days.items()),
    )


def _eighteen_years_before(day: dt.date) -> dt.date:
    return dt.date(day.year - ADULT_AGE, day.month, min(day.day, 28) if day.month == 2 else day.day)


@contextmanager
def fixed(moment: Moment) -> Iterator[None]:
    """Everything asked inside is asked about that moment."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
