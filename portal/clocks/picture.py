"""Clocks as small pictures, drawn here: sizes are SVG attributes, and each state has a shape of its own beside its colour.

Hidden from screen readers: the words beside them say everything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from portal.clocks.shown import Shown

MOST_SEGMENTS = 60  # finer ones cannot be told apart
TICK = SafeString('<circle class="disc" cx="32" cy="32" r="27"/><path class="mark" d="m21 33 8 8 15-17"/>')
BARS = SafeString('<circle class="gone" cx="32" cy="32" r="26"/><path class="halt" d="M26 23v18M38 23v18"/>')
RING = SafeString('<circle class="gone" cx="32" cy="32" r="26"/>')


def dial(look: str, days: int, length: int, *, is_big: bool = False) -> SafeString:
    """Light left is days left, a segment a day, running clockwise in every language; late a solid disc, done a tick."""
    drawn = {"kept": TICK, "still": BARS, "late": _disc(days), "open": _ring(days, length)}.get(look, RING)
    return format_html(
        '<svg class="{}" viewBox="0 0 64 64" aria-hidden="true">{}</svg>', "dial xl" if is_big else "dial", drawn
    )


def _disc(days: int) -> SafeString:
    return format_html(
        '<circle class="disc" cx="32" cy="32" r="29"/><text x="32" y="32.5">{}</text>', str(days) if days else "!"
    )


def _ring(days: int, length: int) -> SafeString:
    total = min(max(length, days, 1), MOST_SEGMENTS)
    left = min(days, total)
    circle = 'cx="32" cy="32" r="26" pathLength="{}"'
    turned = 'transform="rotate(-90 32 32)"'
    return format_html(
        f'<circle class="gone" {circle}/>'
        f'<circle class="left" {circle} stroke-dasharray="{{}} {{}}" stroke-dashoffset="{{}}" {turned}/>'
        f'<circle class="cut" {circle} stroke-dasharray="0.19 0.81" {turned}/>'
        '<text x="32" y="32.5">{}</text>',
        *(total, total, left, total - left, left - total, total, days),
    )


# -- the line of days --------------------------------------------------------------------------------------------------

WIDTH, EDGE = 320, 20
ROW, LINE, FOOT = 18, 52, 76  # heights: the numbers, the line of days, the word under it
APART = 30  # what two numbers side by side need
LOOK_BACK, LOOK_AHEAD = 14, 60  # days: what lies beyond stands at the end


@dataclass(frozen=True, slots=True)
class Mark:
    number: int
    look: str
    at: int  # on the line
    label: int  # where the number stands


def line_of_days(shown: Sequence[Shown], today: dt.date, word: str, *, is_mirrored: bool) -> SafeString:
    """Today and the last days on one line, each with the number its row has in the list. Nothing without a date."""
    dated = [
        (place, one, (one.clock.due_on - today).days)
        for place, one in enumerate(shown, start=1)
        if one.clock.due_on is not None
    ]
    if not dated:
        return SafeString("")
    days = [_within(ahead) for _place, _one, ahead in dated]
    scale = _Scale(min([0, *days]), max([7, *days]), is_mirrored)
    marks = _spread([(place, one.look, scale.at(_within(ahead))) for place, one, ahead in dated])
    return format_html(
        '<svg class="when" viewBox="0 0 {} {}" aria-hidden="true"><path class="line" d="M4 {}H{}"/>{}'
        '<path class="now" d="M{} {}v12"/><text class="word" x="{}" y="{}">{}</text></svg>',
        WIDTH, FOOT + 12, LINE, WIDTH - 4, format_html_join("", "{}", ((_mark(mark),) for mark in marks)),
        scale.at(0), LINE - 6, min(max(scale.at(0), 2 * EDGE), WIDTH - 2 * EDGE), FOOT, word,
    )  # fmt: skip


def _within(ahead: int) -> int:
    return min(max(ahead, -LOOK_BACK), LOOK_AHEAD)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    is_mirrored: bool

    def at(self, ahead: int) -> int:
        along = round(EDGE + (WIDTH - 2 * EDGE) * (ahead - self.first) / (self.last - self.first))
        return WIDTH - along if self.is_mirrored else along


def _spread(found: list[tuple[int, str, int]]) -> list[Mark]:
    """Numbers of days that lie close are moved apart; their stems still lead to the day itself."""
    marks: list[Mark] = []
    free = EDGE
    for place, (number, look, at) in enumerate(sorted(found, key=lambda one: one[2])):
        room = WIDTH - EDGE - APART * (len(found) - place - 1)  # what the ones after it leave
        label = min(max(at, free), room)
        marks.append(Mark(number, look, at, label))
        free = label + APART
    return marks


def _mark(mark: Mark) -> SafeString:
    shape = {
        "late": '<rect class="late" x="{}" y="{}" width="24" height="24"/>',
        "kept": '<rect class="kept" x="{}" y="{}" width="24" height="24" rx="6"/>',
    }.get(mark.look, '<rect class="open" x="{}" y="{}" width="24" height="24" rx="12"/>')
    return format_html(
        '<path class="stem" d="M{} {}L{} {}"/>' + shape + '<text{} x="{}" y="{}">{}</text>',
        *(mark.label, ROW + 12, mark.at, LINE, mark.label - 12, ROW - 12),
        SafeString(' class="on"') if mark.look == "late" else "",
        *(mark.label, ROW + 1, mark.number),
    )
