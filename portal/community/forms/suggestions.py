"""What made it hard, and what is answered to it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.community.forms.words import Words, may_quote
from portal.families.forms import PlainForm

ANSWERS = [
    ("working", _("We are still working on it. They hear more within 30 days.")),
    ("answered", _("This is the answer")),
    ("changed", _("We changed something because of it")),
]


class SuggestionForm(PlainForm):
    """Any words, any language."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    body = Words(
        label=_("Which rule made it hard, and how?"),
        help_text=_("Any words, any language. What would be easier? It does not have to be well written."),
    )
    trace = forms.ChoiceField(
        label=_("How do you want to find the answer?"),
        choices=[
            ("page", _("On my page here. Nobody who works here sees that it is mine.")),
            ("code", _("With a code, and nothing else. Not even this site keeps who wrote it.")),
        ],
        initial="page",
        widget=forms.RadioSelect,
    )
    may_quote = may_quote()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        self.fields["body"].error_messages["required"] = _("Nothing is written yet. A few words are enough.")


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("Your code"),
        max_length=300,
        widget=forms.TextInput(
            attrs={"class": "code", "dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )


class AnswerForm(PlainForm):
    """Still working, an answer, or what changed: the words go to who wrote it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(
        label=_("What do you tell them?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
    )
    body = Words(
        label=_("In your words"), help_text=_("They read it as you write it. You do not learn who they are."), rows=4
    )

    def __init__(self, *args: Any, seen: int, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4(), "seen": seen}, **kwargs)
        self.choose_from("kind", [(code, label) for code, label in ANSWERS if code in kinds], takes_the_only=True)
