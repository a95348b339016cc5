"""A plan's timeline as one small picture: a lane for each part of life, today across them. Sizes are SVG attributes.

Hidden from screen readers: the list beside it says everything, with who and when. The words stand in the middle of their lane,
so that they need no turning where the page runs from right to left.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.care.timeline import Lane

if TYPE_CHECKING:
    from portal.care.timeline import Event, Span, Timeline

WIDTH, EDGE = 320, 12
LANE, WORD, LINE, FOOT = 46, 12, 34, 22  # heights: of a lane, its word, its line; of the foot
BACK, AHEAD = 120, 30  # days: what lies beyond stands in the list alone
SHAPES = {
    "late": '<rect class="late" x="{}" y="{}" width="12" height="12"/>',
    "kept": '<rect class="kept" x="{}" y="{}" width="12" height="12" rx="3"/>',
    "open": '<rect class="open" x="{}" y="{}" width="12" height="12" rx="6"/>',
}


@dataclass(frozen=True, slots=True)
class _Days:
    today: dt.date
    is_mirrored: bool

    def holds(self, on: dt.date) -> bool:
        return -BACK <= (on - self.today).days <= AHEAD

    def at(self, on: dt.date) -> int:
        past = min(max((on - self.today).days, -BACK), AHEAD) + BACK
        along = round(EDGE + (WIDTH - 2 * EDGE) * past / (BACK + AHEAD))
        return WIDTH - along if self.is_mirrored else along


def lanes(timeline: Timeline, word: str, *, is_mirrored: bool) -> SafeString:
    """`word`: today, in the reader's language. Nothing where no day of it is near."""
    days = _Days(timeline.today, is_mirrored)
    events = [one for one in timeline.events if days.holds(one.on)]
    spans = [one for one in timeline.spans if one.ends is None or days.holds(one.ends) or one.ends > timeline.today]
    lit = {one.lane for one in events} | {one.lane for one in spans}
    used = [lane for lane in Lane if lane in lit]
    if not used:
        return SafeString("")
    high = LANE * len(used) + FOOT
    drawn = format_html_join(
        "", "{}", ((_lane(lane, place * LANE, events, spans, days),) for place, lane in enumerate(used))
    )
    now = days.at(timeline.today)
    return format_html(
        '<svg class="when" viewBox="0 0 {} {}" aria-hidden="true"><path class="stem" d="M{} 22V{}"/>'
        '{}<text x="{}" y="{}">{}</text></svg>',
        *(WIDTH, high, now, high - FOOT, drawn, min(max(now, 40), WIDTH - 40), high - FOOT // 2, word),
    )


def _lane(lane: Lane, top: int, events: list[Event], spans: list[Span], days: _Days) -> SafeString:
    line = top + LINE
    lasting = format_html_join(
        "",
        '<path class="now" d="M{} {}H{}"/>',
        (
            (days.at(one.begins), line, days.at(min(one.ends or days.today, days.today)))
            for one in spans
            if one.lane == lane
        ),
    )
    spots = format_html_join(
        "",
        "{}",
        (
            (format_html(SHAPES[one.look], days.at(one.on) - 6, line - 6),)
            for one in sorted(events, key=lambda one: one.on)
            if one.lane == lane
        ),
    )
    label = str(lane.label)
    return format_html(
        '<text x="{}" y="{}">{}</text><path class="line" d="M4 {}H{}"/>{}{}',
        *(WIDTH // 2, top + WORD, label[:1].upper() + label[1:], line, WIDTH - 4, lasting, spots),
    )
