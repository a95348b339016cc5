"""A file as it comes from a page: its shape only. What it is, its content says (kinds.py)."""

from __future__ import annotations

from django import forms

from messaging.forms import KeyField


class MediaForm(forms.Form):
    key = KeyField()
    file = forms.FileField(required=False, allow_empty_file=True, max_length=None)
    words = forms.CharField(required=False)
