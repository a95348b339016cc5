"""Three questions after a meeting, and the words with which a year's result is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.care.kinds import TEXT
from portal.families.forms import PlainForm
from portal.voice.forms.fields import words as long_words

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class PulseForm(PlainForm):
    heard = forms.ChoiceField(label=_("Were you heard?"), widget=forms.RadioSelect)
    changed = forms.ChoiceField(label=_("Did the plan change because of you?"), widget=forms.RadioSelect)
    words = long_words(rows=3, label=_("Should we stop or change anything?"), required=False)
    reader = forms.ChoiceField(label=_("Who may read your answer"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        answers: Mapping[str, Sequence[tuple[str, _StrOrPromise]]],
        survey: Sequence[str],
        scale: Sequence[str],
        **kwargs: Any,
    ) -> None:
        """`answers`: for each question what can be chosen. `survey`, `scale`: a licensed survey's questions and its answers."""
        super().__init__(*args, **kwargs)
        for name, choices in answers.items():
            self.choose_from(name, choices)
        self._survey = [f"survey_{place}" for place in range(len(survey))]
        for name, question in zip(self._survey, survey, strict=True):
            self.fields[name] = forms.ChoiceField(label=question, widget=forms.RadioSelect)
            self.fields[name].error_messages["required"] = _("Please choose one of these.")
            self.choose_from(name, [(str(place), said) for place, said in enumerate(scale)])

    @property
    def said(self) -> dict[str, Any]:
        """As an action takes it."""
        kept = self.cleaned_data
        found: dict[str, Any] = {name: kept[name] for name in ("heard", "changed", "words", "reader")}
        return found | {"survey": [int(kept[name]) for name in self._survey]}


class ResultForm(PlainForm):
    year = forms.ChoiceField(label=_("Which year"), widget=forms.RadioSelect)
    words = long_words(
        label=_("What you learned, and what changes now"),
        rows=6,
        max_length=2 * TEXT,
        help_text=_("Everybody can read this. Plain words, and nobody by name."),
    )

    def __init__(self, *args: Any, years: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("year", years, takes_the_only=True)
