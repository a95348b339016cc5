"""Spanish of Mexico, the Caribbean and Central America, with Spanglish."""

from __future__ import annotations

WORDS = {}
CRISIS = {}
CONCERN = {}
EVERYDAY = ""
