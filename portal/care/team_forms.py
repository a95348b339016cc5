"""What comes in about a team, and from whoever opens a link to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import address_of, digits_of
from portal.care.models import TeamAsk, TeamRole
from portal.families.forms import PlainForm
from portal.families.models import AccessBasis
from portal.text import one_line

if TYPE_CHECKING:
    from portal.accounts.addresses import Address
    from portal.accounts.models import Person

WHY, REACH = 300, 200


def _line(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}), **options)


class SeatForm(PlainForm):
    role = forms.ChoiceField(label=_("In what part"), widget=forms.RadioSelect)
    who = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect, required=False)
    name = _line(
        label=_("Name"), max_length=80, required=False, help_text=_("What you call them. They need no account here.")
    )
    agency = _line(label=_("Where they work, if it matters"), max_length=120, required=False)
    reach = _line(
        label=_("How to reach them"),
        max_length=REACH,
        required=False,
        help_text=_("The young person, whoever decides for them and your staff see it."),
    )

    def __init__(
        self,
        *args: Any,
        roles: Iterable[TeamRole],
        people: Sequence[Person],
        bases: Sequence[AccessBasis],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("role", [(role.value, role.label) for role in roles])
        self.people = {str(one.public_id): one for one in people}
        if people:
            known = [(key, one.display_name) for key, one in self.people.items()]
            self.choose_from("who", [*known, ("", _("Someone else"))])
        else:
            del self.fields["who"]
        if len(bases) > 1:
            self.fields["access_basis"] = forms.ChoiceField(
                label=_("Who agreed to this help"),
                choices=[(one.value, one.label) for one in bases],
                widget=forms.RadioSelect,
                required=False,  # nothing chosen: as the plan is
                initial=bases[0].value,
                help_text=_("It decides who of the family sees it."),
            )

    @property
    def seat(self) -> dict[str, Any]:
        kept = dict(self.cleaned_data)
        kept["person"] = self.people.get(kept.pop("who", ""))
        kept["access_basis"] = kept.get("access_basis") or AccessBasis.PARENT
        return kept


class WhyForm(PlainForm):
    why = _line(label=_("Why"), max_length=WHY, required=False)

    def __init__(self, *args: Any, is_needed: bool, help_text: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = is_needed
        self.fields["why"].help_text = help_text


class ReachForm(PlainForm):
    reach = _line(label=_("How to reach them"), max_length=REACH, required=False)


class AskAnswerForm(PlainForm):
    answer = forms.ChoiceField(label=_("What becomes of it"), choices=TeamAsk.Answer.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What you tell them"), max_length=1_000, widget=forms.Textarea(attrs={"dir": "auto", "rows": 4})
    )


class WordForm(PlainForm):
    """For who is signed in: the link and the word are enough."""

    word = forms.CharField(
        label=_("The 6 numbers you were told"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_word(self) -> str:
        return digits_of(self.cleaned_data["word"])


class ComeInForm(WordForm):
    name = forms.CharField(
        label=_("What people here call you"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    address = forms.CharField(
        label=_("E-mail or phone number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("We send a code there, now and each time you come back."),
    )
    adult = forms.BooleanField(label=_("I am 18 or older"))

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"], 80)
        if not name:
            raise forms.ValidationError(_("Write a name. It can be a first name."))
        return name

    def clean_address(self) -> Address:
        address = address_of(self.cleaned_data["address"])
        if address is None:
            raise forms.ValidationError(
                _("We cannot read this. Write an e-mail address, or a phone number like (504) 555-0142.")
            )
        return address
