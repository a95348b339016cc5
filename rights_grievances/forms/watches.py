"""What is said to a change after a complaint, and what came out of looking into it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from rights_grievances.models import Watch, WatchWord

WORDS = 4000  # characters


class WordForm(PlainForm):
    """A family's word: an answer to the question, words, or both."""

    answer = forms.ChoiceField(
        label=_("Do you think it is because of what you told us?"),
        choices=WatchWord.Answer.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label=_("Is there more we should know?"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        max_length=WORDS,
        required=False,
    )

    def __init__(self, watch: Watch, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if watch.is_failure:
            del self.fields["answer"]
            self.fields["words"].label = _("How was it for you? What went wrong?")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("answer") and not str(said.get("words", "")).strip() and not self.errors:
            self.add_error("words", _("Nothing is written yet. A few words are enough."))
        return said


class CloseForm(PlainForm):
    finding = forms.ChoiceField(label=_("What came out of it"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("How do you know?"),
        help_text=_("The family reads this. Name nobody."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        max_length=2000,
    )

    def __init__(self, watch: Watch, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("finding", watch.findings)


class LessonForm(PlainForm):
    text = forms.CharField(
        label=_("What did we learn, and what changed?"),
        help_text=_("Everyone can read this. Write it without names, and so that no one can tell whose story it was."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=600,
    )
