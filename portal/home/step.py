"""One of the next three steps on a first page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: str
    url: str
    action: str
