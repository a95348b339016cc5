"""The two fields that nearly every form of this room has: some lines in one's own words, and a day."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.care.kinds import TEXT


def words(*, rows: int = 4, max_length: int | None = TEXT, **options: Any) -> forms.CharField:
    """Written from the side where their language begins; nothing of it is kept by the browser."""
    widget = forms.Textarea(attrs={"dir": "auto", "rows": rows, "autocomplete": "off"})
    return forms.CharField(max_length=max_length, widget=widget, **options)


def day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)
