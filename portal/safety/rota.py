"""A week of a rota as its page shows it, and what a first page says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.http import urlencode

from portal.access import on_call as access
from portal.safety import words
from portal.safety.gaps import DAY, moment_of

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import Organization
    from portal.safety.gaps import Span
    from portal.safety.models import OnCallShift

A_WEEK = 7
MIDNIGHT = dt.time()


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a shift, or a stretch in which nobody is on call."""

    at: dt.datetime
    when: str
    shift: OnCallShift | None = None
    is_short: bool = False  # not all of the shift counts
    is_now: bool = False
    fill: str = ""  # what the form is to be filled in with, as the end of an address

    @property
    def is_gap(self) -> bool:
        return self.shift is None


@dataclass(frozen=True, slots=True)
class Day:
    on: dt.date
    rows: list[Row]


def week(person: Person, organization: Organization, first: dt.date) -> dict[str, Any]:
    """Seven days from that one: each day's shifts and gaps in the order in which they begin."""
    zone, now = access.zone_of(organization), timezone.now()
    since, until = moment_of(first, MIDNIGHT, zone), moment_of(first + DAY * A_WEEK, MIDNIGHT, zone)
    shifts = access.visible_shifts(person).filter(organization=organization, ends_at__gt=since, starts_at__lt=until)
    rows = [_shift_row(shift, zone, now) for shift in shifts]
    gaps = [_gap_row(organization, gap, zone, now) for gap in access.gaps_between(organization, max(since, now), until)]
    return {"days": list(_by_day([*rows, *gaps], first, zone)), "gaps": gaps, "has_shifts": bool(rows)}


def _shift_row(shift: OnCallShift, zone: dt.tzinfo, now: dt.datetime) -> Row:
    held = access.counted(shift)
    is_short = held.starts_at > shift.starts_at or held.ends_at < shift.ends_at
    when = words.stretch(shift.starts_at, shift.ends_at, zone)
    return Row(shift.starts_at, when, shift, is_short, held.holds(now))


def _gap_row(organization: Organization, gap: Span, zone: dt.tzinfo, now: dt.datetime) -> Row:
    """One shift fills a day of it at the most."""
    starts = gap.starts_at.astimezone(zone).replace(tzinfo=None)
    ends = min(gap.ends_at.astimezone(zone).replace(tzinfo=None), starts + DAY)
    asked: dict[str, str | int] = {
        "of": organization.pk,
        "on": f"{starts:%Y-%m-%d}",
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "ends_on": f"{ends:%Y-%m-%d}",
    }
    when = words.stretch(gap.starts_at, gap.ends_at, zone)
    return Row(gap.starts_at, when, is_now=gap.starts_at <= now < gap.ends_at, fill=urlencode(asked))


def _by_day(rows: Iterable[Row], first: dt.date, zone: dt.tzinfo) -> Iterable[Day]:
    """What began before the first day stands on it."""
    by_day: dict[dt.date, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.at, not row.is_gap)):
        by_day.setdefault(max(row.at.astimezone(zone).date(), first), []).append(row)
    return [Day(on, found) for on, found in sorted(by_day.items())]


def first_page(person: Person) -> dict[str, Any]:
    """For whoever is on call here or keeps a rota: their own next shift, and where somebody is missing soon."""
    rotas = list(access.visible_rotas(person))
    if not rotas:
        return {}
    own = access.visible_shifts(person).filter(staff_role__person=person, ends_at__gt=timezone.now()).first()
    zone = access.zone_of(own.organization) if own else None
    return {
        "has_rota": True,
        "own_shift": words.stretch(own.starts_at, own.ends_at, zone) if own and zone else "",
        "rota_gaps": coming(person),
    }


def coming(person: Person) -> list[dict[str, Any]]:
    """The gaps that run now or begin within a week, of the rotas a person keeps: long before anybody is warned."""
    now = timezone.now()
    found = access.coming_gaps(access.kept_rotas(person), now, hours=A_WEEK * 24)
    return [_said(gap, now) for gaps in found.values() for gap in gaps]


def _said(gap: access.Gap, now: dt.datetime) -> dict[str, Any]:
    zone = access.zone_of(gap.organization)
    when = words.stretch(gap.starts_at, gap.ends_at, zone)
    return {"organization": gap.organization, "when": when, "is_now": gap.starts_at <= now}
