"""What a guardian said elsewhere, and whether somebody waits for someone else after a block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm

if TYPE_CHECKING:
    from portal.accounts.models import Person


class NoteForm(PlainForm):
    guardian = forms.ChoiceField(label=_("Who said it"), widget=forms.RadioSelect)
    is_yes = forms.TypedChoiceField(
        label=_("What they said"),
        choices=[("yes", _("Yes to this mentor")), ("no", _("No to this mentor"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=_("How you know"),
        max_length=300,
        help_text=_("For example: signed paper of 3 May, or a call to the number we have on file."),
    )

    def __init__(self, *args: Any, guardians: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(one.public_id): one for one in guardians}
        known = [(key, one.display_name) for key, one in self.guardians.items()]
        self.choose_from("guardian", known, takes_the_only=True)

    def clean_guardian(self) -> Person:
        return self.guardians[self.cleaned_data["guardian"]]


class BlockForm(PlainForm):
    next = forms.ChoiceField(choices=[("someone", ""), ("nobody", "")])
