"""What is written about a worry: by who works on it, by a young person, and by who tells us of a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.safety.actions import IN_DANGER, TOLD_KINDS
from portal.safety.concern_words import KINDS
from portal.safety.forms.of_one import OfOneForm
from portal.safety.models import Concern, Debrief

if TYPE_CHECKING:
    from portal.accounts.models import Person

LONGEST = 4_000
AT_HOME, SOMEBODY_ELSE = "home", "somebody_else"


def _words(*, rows: int = 3, most: int | None = LONGEST, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"dir": "auto", "rows": rows})
    return forms.CharField(max_length=most, widget=widget, **options)


class _AnyTicked(forms.MultipleChoiceField):
    """What was ticked on a page that is old by now stands in nobody's way."""

    def valid_value(self, value: str) -> bool:
        return True


class NoteForm(PlainForm):
    text = _words(label=_("What you did, and what comes next"))


class GiveForm(OfOneForm):
    """To somebody else, or to somebody beside oneself."""

    text = _words(label=_("What they need to know"), required=False)


class CloseForm(PlainForm):
    outcome = forms.ChoiceField(label=_("How it ended"), choices=Concern.Outcome.choices, widget=forms.RadioSelect)
    text = _words(label=_("What was done"))
    repair = _words(
        label=_("If nothing was wrong: a word to the person who was worried about"),
        required=False,
        help_text=_("They read it on their first page. Do not say who was worried, or why."),
    )
    to = forms.ChoiceField(
        label=_("Who reads this word"),
        required=False,
        help_text=_("Somebody who was named reads it only if you have talked with them about it already."),
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.public_id): one for one in people}
        self.choose_from("to", [("", _("Nobody")), *((key, one.display_name) for key, one in self.people.items())])
        self.fields["repair"].initial = _(
            "Nothing was wrong. We are sorry if we worried you. We asked because you matter."
        )

    def clean_to(self) -> Person | None:
        return self.people.get(self.cleaned_data["to"])


class UnsafeForm(PlainForm):
    """Nothing in it has to be filled in."""

    body = _words(label=_("Your words"), required=False, rows=4, most=None)
    about = _AnyTicked(
        label=_("It is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever you tick does not see it."),
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.public_id): one for one in people}
        field = cast(forms.MultipleChoiceField, self.fields["about"])
        field.choices = [
            *((key, one.display_name) for key, one in self.people.items()),
            (AT_HOME, _("Someone at home")),
            (SOMEBODY_ELSE, _("Someone else")),
        ]

    def said(self) -> dict[str, Any]:
        ticked = self.cleaned_data["about"]
        return {
            "text": self.cleaned_data["body"].strip(),
            "about": [self.people[key] for key in ticked if key in self.people],
            "kinds": [key for key in ticked if key in {AT_HOME, SOMEBODY_ELSE}],
        }


class TellForm(PlainForm):
    kinds = forms.MultipleChoiceField(label=_("What it is about"), widget=forms.CheckboxSelectMultiple)
    text = _words(label=_("Your words"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["kinds"])
        field.choices = [(kind, KINDS[kind]) for kind in (*(one for one in TOLD_KINDS if one != IN_DANGER), IN_DANGER)]


class DebriefForm(PlainForm):
    answer = forms.ChoiceField(
        label=_("How are you?"),
        choices=Debrief.Answer.choices,
        widget=forms.RadioSelect,
    )
