"""A draft with its days, a comment on it, and the answer to all of them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.community.actions.comments import Draft
from portal.community.forms.words import Words, date, line, may_quote
from portal.families.forms import PlainForm
from portal.text import one_line


class PeriodForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    title = line(label=_("What it is about"), max_length=120)
    summary = Words(
        label=_("In plain words"),
        most=2000,
        rows=4,
        help_text=_("What would change, for whom, and what you want to know from families."),
    )
    text = Words(label=_("The draft itself"), most=60_000, required=False)
    link = forms.URLField(
        label=_("Or the address where it stands"),
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )
    opens_on = date(label=_("Comments open on"))
    closes_on = date(label=_("Last day"), help_text=_("The whole day counts, by the clock of the program."))

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()} | (initial or {}), **kwargs)
        self.fields["link"].error_messages["invalid"] = _("This does not look like an address. It begins with https://")

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"], 120)
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(self.fields["link"].error_messages["invalid"])
        return link

    def draft(self) -> Draft:
        told = dict(self.cleaned_data)
        told.pop("key")
        return Draft(**told)


class CommentForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    body = Words(label=_("What do you say to it?"), help_text=_("Any words, any language."))
    signed_as = line(
        label=_("Your name"),
        max_length=80,
        required=False,
        help_text=_("Only if you want it to stand beside your words. They are read without it, too."),
    )
    may_quote = may_quote()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        self.fields["body"].error_messages["required"] = _("Nothing is written yet. A few words are enough.")

    def clean_signed_as(self) -> str:
        return one_line(self.cleaned_data["signed_as"], 80)


class PeriodAnswerForm(PlainForm):
    heard = Words(label=_("What we heard"), most=6000, help_text=_("In your own words, without anybody’s name."))
    changed = Words(
        label=_("What we changed"),
        most=6000,
        help_text=_("And what stays as it was, with the reason. Everyone reads it."),
    )
