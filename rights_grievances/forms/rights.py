"""What is said of a right, as it comes from its card."""

from __future__ import annotations

from django import forms

from rights_grievances.models import RightAnswer


class RightForm(forms.Form):
    """Two values that buttons send: nothing is typed, so nothing has to be said about a wrong one."""

    right = forms.SlugField(max_length=60)
    answer = forms.ChoiceField(choices=RightAnswer.Answer.choices)
