"""What is said of a group, by those who open and lead it, and by who wants to be in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peer_support.models import Group, GroupReport
from portal.families.forms import PlainForm
from portal.language.formats import language_name
from portal.text import one_line

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.programs.models import StaffRole
    from portal.programs.schema import Region

USUAL, LEAST, MOST = 8, 2, 30  # people in one group: what is proposed, and what can be chosen
MOST_RULES = 10


def _line(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}), **options)


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}), **options)


class GroupForm(PlainForm):
    name = _line(label=_("Name of the group"), max_length=80)
    about = _text(label=_("What it is for"), max_length=600, help_text=_("Families read this before they ask."))
    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=Group.Audience.choices,
        initial=Group.Audience.CAREGIVERS,
        widget=forms.RadioSelect,
        help_text=_("Young people can ask for a place. Writing in their groups opens later."),
    )
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)
    region = forms.ChoiceField(label=_("Where they live"), required=False, label_suffix="")
    way = forms.ChoiceField(
        label=_("How you meet"), choices=Group.Way.choices, initial=Group.Way.CHAT, widget=forms.RadioSelect
    )
    meets = _line(label=_("When and where"), max_length=200, required=False)
    most = forms.IntegerField(
        label=_("Places"),
        min_value=LEAST,
        max_value=MOST,
        initial=USUAL,
        help_text=_("From 2 to 30. Those who lead it come on top."),
        error_messages=dict.fromkeys(("min_value", "max_value"), _("Please choose a number from 2 to 30.")),
    )
    leads = forms.MultipleChoiceField(
        label=_("Who leads it"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They read all that is written. Families see their names."),
    )
    rules = _text(
        label=_("Your own rules"), max_length=2000, required=False, help_text=_("One line each. They come below ours.")
    )

    def __init__(
        self, *args: Any, languages: Iterable[str], regions: Iterable[Region], leads: Iterable[StaffRole], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or settings.LANGUAGE_CODE
        self.roles = {str(one.public_id): one for one in leads}
        self.choose_from("languages", [(code, language_name(code, reader)) for code in languages])
        self.choose_from("region", [("", _("Anywhere")), *((region.id, region.name) for region in regions)])
        self.choose_from("leads", [(key, _who(one)) for key, one in self.roles.items()])

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"], 80)
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean_leads(self) -> list[StaffRole]:
        return [self.roles[key] for key in self.cleaned_data["leads"]]

    def clean_rules(self) -> list[str]:
        lines = [one_line(line, 200) for line in self.cleaned_data["rules"].splitlines()]
        return [line for line in lines if line][:MOST_RULES]


def _who(role: StaffRole) -> str:
    return f"{role.person.display_name}, {role.get_role_display()}"


class NameForm(PlainForm):
    """By which name the others know one: nothing else of a person or a family is shown to them."""

    called = forms.ChoiceField(label=_("What the others call you"), widget=forms.RadioSelect)
    name = _line(label=_("The other name"), max_length=30, required=False, label_suffix="")

    def __init__(self, *args: Any, first_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = _("By my first name: %(name)s") % {"name": first_name}
        self.choose_from("called", [("first", first), ("other", _("By another name"))])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        name = one_line(said.get("name") or "", 30)
        if said.get("called") == "other" and not name and "name" not in self.errors:
            self.add_error("name", _("Please write the name."))
        return said | {"name": name if said.get("called") == "other" else ""}


class AskForm(NameForm):
    agreed = forms.BooleanField(label=_("I have read the rules and keep to them"), required=False)


class DeclineForm(PlainForm):
    words = _text(
        label=_("A kind word from you"), max_length=600, required=False, help_text=_("They read it with our own words.")
    )


class RemoveForm(PlainForm):
    reason = _text(label=_("Why"), max_length=600, help_text=_("They read it. Write it as you would say it to them."))


class CloseForm(PlainForm):
    goodbye = _text(label=_("Your last words to the group"), max_length=600)


class LeadForm(PlainForm):
    leads = forms.ChoiceField(label=_("Who leads it, too"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, leads: Iterable[StaffRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = {str(one.public_id): one for one in leads}
        self.choose_from("leads", [(key, _who(one)) for key, one in self.roles.items()])

    def clean_leads(self) -> StaffRole:
        return self.roles[self.cleaned_data["leads"]]


class ReportForm(PlainForm):
    seq = forms.ChoiceField(label=_("Which message?"), widget=forms.RadioSelect)
    words = _text(label=_("What is wrong with it?"), max_length=600, required=False)

    def __init__(self, *args: Any, messages: Sequence[tuple[int, _StrOrPromise]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("seq", [(str(seq), label) for seq, label in messages])

    def clean_seq(self) -> int:
        return int(self.cleaned_data["seq"])


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(choices=GroupReport.Outcome.choices)
