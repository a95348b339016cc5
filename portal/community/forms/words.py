"""A field for somebody's own words: whatever they are, they stay in the box until they are kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MOST = 5000


class Words(forms.CharField):
    """Long text is never cut off by the browser: it is said how much too long it is, with all of it still there."""

    def __init__(self, *, most: int = MOST, rows: int = 6, **options: Any) -> None:
        self.most = most
        super().__init__(widget=forms.Textarea(attrs={"dir": "auto", "rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(str(value).replace("\x00", "") if value is not None else value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.most:
            said = gettext(
                "This has %(count)s letters. We can keep %(most)s. Please make it shorter, or send it in parts."
            )
            raise forms.ValidationError(said % {"count": len(value), "most": self.most})


def line(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}), **options)


def date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def may_quote() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("You may publish my words, without my name"),
        required=False,
        help_text=_("If you leave it blank, we only ever say it in our own words."),
    )
