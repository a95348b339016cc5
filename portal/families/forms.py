"""What staff write down about a family: parsed and checked, with what was typed kept and each problem said plainly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import email_of, phone_of
from portal.families.models import LegalAuthority, Member
from portal.language import formats
from portal.language.middleware import PSEUDO
from portal.text import one_line

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.families.models import Family
    from portal.programs.models import StaffRole
    from portal.programs.schema import Region

OLDEST = 120  # years


class PlainForm(forms.Form):
    """Says what is missing in our words, and takes the reader to the first place that needs a look."""

    first: _StrOrPromise = ""  # who has to be added before there is anyone to choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.error_messages["required"] = (
                _("Please choose one of these.") if is_choice else _("Please fill this in.")
            )
            field.error_messages["invalid"] = _("We cannot read this. Please look at it again.")
            field.error_messages["invalid_choice"] = _("Please choose one of these.")

    def choose_from(self, name: str, choices: Iterable[tuple[str, Any]], *, takes_the_only: bool = False) -> None:
        """What there is to choose from here; the only one there is can be chosen already."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 each form declares its own so
        field.choices = known = list(choices)
        if takes_the_only and len(known) == 1:
            field.initial = known[0][0]

    def is_valid(self) -> bool:
        if super().is_valid():
            return True
        self.look_at(next((name for name in self.fields if name in self.errors), None))
        return False

    def look_at(self, name: str | None) -> None:
        if name is not None:
            self.fields[name].widget.attrs["autofocus"] = True

    def refuse(self, name: str, why: Any) -> None:
        """A problem that came to light only when it was to be kept."""
        self.add_error(name, why)
        self.look_at(name)


def _line(**options: Any) -> forms.CharField:
    attrs = {"dir": "auto", "autocomplete": "off"} | options.pop("attrs", {})
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **options)


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}), **options)


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def override_reason_field() -> forms.CharField:
    """Asked only where somebody who could be assigned as facilitator has not finished the training."""
    return _text(
        label=_("Why it begins before the training is done"),
        label_suffix="",
        max_length=300,
        required=False,
        help_text=_("Needed only for a facilitator whose training is not finished. It stays on the record."),
    )


class PersonForm(PlainForm):
    """Someone who is to be able to sign in, and how a code reaches them."""

    display_name = _line(label=_("Name"), max_length=80, help_text=_("As they want to be called."))
    relation = _line(
        label=_("Who they are to the young person"),
        max_length=60,
        required=False,
        help_text=_("In their words: mother, grandfather, foster father, neighbor."),
    )
    email = _line(label=_("E-mail"), max_length=254, required=False, attrs={"inputmode": "email", "dir": "ltr"})
    phone = _line(label=_("Mobile phone"), max_length=30, required=False, attrs={"inputmode": "tel", "dir": "ltr"})
    language = forms.ChoiceField(label=_("Language they read best"))
    is_adult_confirmed = forms.BooleanField(
        label=_("This person is 18 or older"),
        required=False,
        help_text=_(
            "Leave it blank if you do not know. Then we treat them as under 18, and no peer partner can write."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("language", [(code, name) for code, name in settings.LANGUAGES if code != PSEUDO])

    def clean_display_name(self) -> str:
        name = one_line(self.cleaned_data["display_name"], 80)
        if not name:
            raise forms.ValidationError(self.fields["display_name"].error_messages["required"])
        return name

    def clean_email(self) -> str | None:
        typed = self.cleaned_data["email"]
        if typed and email_of(typed) is None:
            raise forms.ValidationError(_("This does not look like an e-mail address. It needs an @ and a dot."))
        return email_of(typed) if typed else None

    def clean_phone(self) -> str | None:
        typed = self.cleaned_data["phone"]
        if typed and phone_of(typed) is None:
            raise forms.ValidationError(_("This does not look like a phone number. It has 10 digits."))
        return phone_of(typed) if typed else None


class FamilyForm(PersonForm):
    """A new family and its first caregiver."""

    name = _line(
        label=_("Name of the family"),
        max_length=80,
        help_text=_("What you and the family call it. Others see it, too."),
    )
    region = forms.ChoiceField(label=_("Where they live"), required=False)
    role = forms.ChoiceField(label=_("You enroll them as"), widget=forms.HiddenInput)
    override_reason = override_reason_field()

    field_order: Sequence[str] = ["role", "name", "region"]

    def __init__(
        self, *args: Any, regions: Iterable[Region], roles: Sequence[StaffRole], needs_reason: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["override_reason"]
        self.fields["display_name"].label = _("Name of the first caregiver")
        for name in ("email", "phone"):
            self.fields[name].label_suffix = _("(one of the two)")  # type: ignore[assignment]
        self.fields["phone"].help_text = _("One of the two is needed: a code has to reach them.")
        self.choose_from("region", [("", _("Not known yet")), *((region.id, region.name) for region in regions)])
        self.choose_from(
            "role", [(str(one.public_id), f"{one.get_role_display()}, {one.organization}") for one in roles]
        )
        self.fields["role"].initial = str(roles[0].public_id)
        if len(roles) > 1:
            self.fields["role"].widget = forms.Select(choices=self.fields["role"].choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Without one of the two they could come in by the link, and never again."""
        kept = super().clean() or {}
        if not (kept.get("email") or kept.get("phone") or self.has_error("email") or self.has_error("phone")):
            self.add_error("email", _("Please write an e-mail or a mobile phone: a code has to reach them."))
        return kept


class MemberForm(PersonForm):
    """One more person of a family that is here already."""

    role = forms.ChoiceField(
        label=_("What they are in this family"), choices=Member.Role.choices, widget=forms.RadioSelect
    )
    # Needed of some: so neither is said to be only if one likes.
    born_on = _date(
        label=_("Date of birth"),
        label_suffix="",
        required=False,
        help_text=_("We need it for a young person: rights change with age."),
    )
    evidence = _text(
        label=_("What you saw"),
        label_suffix="",
        max_length=300,
        required=False,
        help_text=_(
            "For a second caregiver: the paper that shows their place, such as a court order or a birth certificate."
        ),
    )
    address = _text(
        label=_("Address"),
        max_length=300,
        required=False,
        help_text=_("Kept encrypted. It is hidden from anyone who must be kept away from this person."),
    )

    field_order: Sequence[str] = ["role"]

    def clean_born_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["born_on"]
        today = dt.datetime.now(tz=dt.UTC).date()
        if day is not None and (day > today or day.year < today.year - OLDEST):
            raise forms.ValidationError(_("This date cannot be right. Please look at the year."))
        return day

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("role") == Member.Role.YOUTH and not kept.get("born_on") and not self.has_error("born_on"):
            self.add_error("born_on", _("Please write the date of birth of the young person."))
        return kept


class AuthorityForm(PlainForm):
    adult = forms.ChoiceField(label=_("Who may decide"), widget=forms.RadioSelect)
    youth = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("What they may do"), choices=LegalAuthority.Scope.choices, widget=forms.RadioSelect
    )
    evidence = _text(
        label=_("What you saw"), max_length=300, help_text=_("For example: custody order of 4 May, page 2.")
    )
    starts_on = _date(label=_("From"))
    ends_on = _date(label=_("Last day"), required=False, help_text=_("Leave it blank if no end is set."))

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = _by_id(members)
        is_youth = {key: one.role == Member.Role.YOUTH for key, one in self.members.items()}
        if True not in is_youth.values():
            self.first = _("First add the young person.")
        elif False not in is_youth.values():
            self.first = _("First add the other person.")
        self.choose_from("adult", [(key, str(one.person)) for key, one in self.members.items() if not is_youth[key]])
        self.choose_from("youth", [(key, str(one.person)) for key, one in self.members.items() if is_youth[key]])

    def clean_adult(self) -> Member:
        return self.members[self.cleaned_data["adult"]]

    def clean_youth(self) -> Member:
        return self.members[self.cleaned_data["youth"]]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        starts_on, ends_on = kept.get("starts_on"), kept.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first one."))
        return kept


class NoContactForm(PlainForm):
    protected = forms.ChoiceField(label=_("Whom we protect"), widget=forms.RadioSelect)
    hidden_from = forms.ChoiceField(label=_("Who must not learn where they are"), widget=forms.RadioSelect)
    reason = _text(
        label=_("What you saw or were told"), max_length=300, help_text=_("For example: protective order of 4 May.")
    )

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = _by_id(members)
        if len(self.members) < 2:
            self.first = _("First add the other person.")
        everyone = [(key, str(one.person)) for key, one in self.members.items()]
        self.choose_from("protected", everyone)
        self.choose_from("hidden_from", everyone)

    def clean_protected(self) -> Member:
        return self.members[self.cleaned_data["protected"]]

    def clean_hidden_from(self) -> Member:
        return self.members[self.cleaned_data["hidden_from"]]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("protected") is not None and kept.get("protected") == kept.get("hidden_from"):
            self.add_error("hidden_from", _("Please choose two different people."))
        return kept


class HoldForm(PlainForm):
    """Whose records are to stay, by name: a lead has no list of families. Where several have it, they choose one."""

    name = _line(label=_("Name of the family"), max_length=80, help_text=_("As it stands on their page."))
    family = forms.ChoiceField(label=_("Which of these"), widget=forms.RadioSelect)
    reason = _text(label=_("Why"), max_length=300, help_text=_("For example: letter of the court of 4 May."))

    def __init__(self, *args: Any, families: Iterable[Family], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.families = {str(family.public_id): family for family in families}
        if len(self.families) < 2:
            del self.fields["family"]
        else:
            self.choose_from("family", [(key, _since(family)) for key, family in self.families.items()])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if not self.families and kept.get("name"):
            self.add_error(
                "name", _("We know no family of this name in your program. Please look at how it is written.")
            )
        elif len(self.families) == 1:
            kept["family"] = next(iter(self.families))
        return kept

    def chosen(self) -> Family:
        return self.families[self.cleaned_data["family"]]


def _since(family: Family) -> str:
    language = get_language() or settings.LANGUAGE_CODE
    words = {"name": family.name, "day": formats.day(family.created_at, language, family.program.zone)}
    return gettext("%(name)s, here since %(day)s") % words


def _by_id(members: Iterable[Member]) -> dict[str, Member]:
    return {str(member.person.public_id): member for member in members}
