"""How suggestions, drafts, chances and seats read to people: where each is, by when, and how late that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from portal.access import policy_suggestions, taking_part
from portal.clocks.shown import Look, Shown, show
from portal.language import formats

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.safestring import SafeString

    from portal.accounts.models import Person
    from portal.community.models import CommentPeriod, Opportunity, Seat, Suggestion
    from portal.programs.models import Organization, Program

WIDTH, HEIGHT = 320, 16  # of the picture of seats


@dataclass(frozen=True, slots=True)
class Waiting:
    suggestion: Suggestion
    promise: Shown | None  # what is owed to it, while it waits for a word

    @property
    def is_late(self) -> bool:
        return self.promise is not None and self.promise.look is Look.LATE


def suggestions_shown(suggestions: Iterable[Suggestion]) -> list[Waiting]:
    """Of rows the reader may see, in their order."""
    rows = list(suggestions)
    clocks = policy_suggestions.clocks_of(rows)
    return [Waiting(one, show(clocks[key]) if (key := str(one.public_id)) in clocks else None) for one in rows]


def by_day(suggestions: Iterable[Suggestion]) -> list[Waiting]:
    """What is due first, first; what waits for no word any more comes last, the newest first."""

    def due(one: Waiting) -> tuple[bool, int]:
        on = one.promise.clock.due_on if one.promise is not None else None
        return (on is None, on.toordinal() if on is not None else -one.suggestion.made_on.toordinal())

    return sorted(suggestions_shown(suggestions), key=due)


def day_words(day: dt.date, program: Program) -> str:
    return formats.day(day, get_language() or "en", program.zone)


def languages_of(opportunity: Opportunity) -> list[str]:
    reader = get_language() or "en"
    return [formats.language_name(code, reader) for code in opportunity.languages]


@dataclass(frozen=True, slots=True)
class PeriodShown:
    period: CommentPeriod

    @property
    def state(self) -> str:
        """The word by which pages tell its four states apart."""
        if self.period.is_ahead:
            return "ahead"
        if self.period.is_open:
            return "open"
        return "answered" if self.period.answered_at is not None else "closed"


# -- seats ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeatShown:
    seat: Seat
    name: str  # of its holder, with their own yes
    is_own: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The seats of one body. The share counts those that families and young people hold, of all there are."""

    body: Organization
    seats: list[SeatShown]

    @property
    def total(self) -> int:
        return len(self.seats)

    @property
    def held(self) -> int:
        """By families and young people."""
        return sum(one.seat.held_since is not None and one.seat.kind in one.seat.OF_FAMILIES for one in self.seats)

    @property
    def open_count(self) -> int:
        return sum(one.seat.is_open for one in self.seats)

    @property
    def percent(self) -> int:
        return round(100 * self.held / self.total)

    @property
    def picture(self) -> SafeString:
        """A box for each seat: full where families hold it, empty where nobody does. The words beside it say the same."""
        each = WIDTH // max(1, self.total)
        boxes = [(place * each + 1, each - 3, _class_of(one.seat)) for place, one in enumerate(self._in_order())]
        return format_html(
            '<svg class="bar" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
            *(WIDTH, HEIGHT),
            format_html_join("", '<rect x="{}" y="1" width="{}" height="14" class="{}"/>', boxes),
        )

    def _in_order(self) -> list[SeatShown]:
        return sorted(self.seats, key=lambda one: "adc".index(_class_of(one.seat)))


def _class_of(seat: Seat) -> str:
    if seat.is_open:
        return "c"
    return "a" if seat.kind in seat.OF_FAMILIES else "d"


def boards_of(seats: Iterable[Seat], person: Person | None) -> list[Board]:
    """Of seats in the order of their bodies."""
    return [
        Board(body, [_seat_shown(seat, person) for seat in group])
        for body, group in groupby(seats, key=lambda seat: seat.organization)
    ]


def _seat_shown(seat: Seat, person: Person | None) -> SeatShown:
    is_own = person is not None and seat.holder_id == person.pk
    return SeatShown(seat, taking_part.known_holder(person, seat), is_own)
