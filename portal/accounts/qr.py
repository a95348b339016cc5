"""QR codes as inline pictures: drawn by the server, no style attribute, dark on light in both themes."""

from __future__ import annotations

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

_EDGE = 4  # modules of quiet around it, by the standard


def svg(text: str, label: str) -> SafeString:
    """The picture, `label` being what a screen reader says instead."""
    code = qrcode.QRCode(border=0)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x + _EDGE} {y + _EDGE}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    size = len(rows) + 2 * _EDGE
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="240" height="240" shape-rendering="crispEdges">'
        '<rect width="100%" height="100%" fill="#fff"/><path d="{}" fill="#000"/></svg>',
        label,
        size,
        size,
        path,
    )
