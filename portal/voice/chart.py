"""Parts of a whole as one bar. Sizes are SVG attributes; hidden from screen readers, as the numbers stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 300, 14
LOOKS = ("a", "b", "c", "d")  # of base.css, the first part first


def bar(parts: Sequence[int]) -> SafeString:
    """`parts`: how many each, at least one of them more than none. As wide as its share; what is nobody's has no width."""
    whole = sum(parts)
    edges = [round(WIDTH * sum(parts[:place]) / whole) for place in range(len(parts) + 1)]
    drawn = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="{}"/>',
        (
            (LOOKS[place % len(LOOKS)], left, right - left, HEIGHT)
            for place, (left, right) in enumerate(pairwise(edges))
            if right > left
        ),
    )
    return format_html(
        '<svg class="bar" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        WIDTH,
        HEIGHT,
        drawn,
    )
