"""What families and staff write about a referral: cleaned, checked, and kept as typed where something is wrong."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import email_of, phone_of
from portal.families.forms import PlainForm, override_reason_field
from portal.language.middleware import PSEUDO
from portal.referrals import codes
from portal.referrals.models import Finding, Referral, ReferralStep
from portal.text import one_line

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.programs.models import StaffRole
    from portal.programs.schema import Criterion, Region

LONGEST = 4_000  # letters of a text that is sent
KEPT = 100_000  # of one that is still being written: too long is said, not cut
KEPT_LINE = 2_000
A_YEAR = dt.timedelta(days=366)
OTHER = "other"


def plain(text: str, limit: int = KEPT) -> str:
    """What a person typed, without the characters nobody types."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    return "".join(kept).strip()[:limit]


def _line(**options: Any) -> forms.CharField:
    attrs = {"dir": "auto", "autocomplete": "off"} | options.pop("attrs", {})
    longest = options.pop("max_length", 120)
    field = forms.CharField(widget=forms.TextInput(attrs=attrs), **{"required": False, **options})
    field.validators.append(_not_longer_than(longest))
    return field


def _text(**options: Any) -> forms.CharField:
    # The limit is said, not enforced by the box: text that is pasted in is never cut off in silence.
    attrs = {"dir": "auto", "rows": options.pop("rows", 3), "autocomplete": "off"}
    longest = options.pop("max_length", 600)
    field = forms.CharField(widget=forms.Textarea(attrs=attrs), **{"required": False, **options})
    field.validators.append(_not_longer_than(longest))
    return field


class _NotLonger:
    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, text: str) -> None:
        if len(text) > self.longest:
            why = _(
                "This is longer than we can take. It has %(has)s letters, and %(most)s fit. Please make it shorter."
            )
            raise forms.ValidationError(why, params={"has": len(text), "most": self.longest})


def _not_longer_than(longest: int) -> _NotLonger:
    return _NotLonger(longest)


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def languages() -> list[tuple[str, _StrOrPromise]]:
    return [(code, name) for code, name in settings.LANGUAGES if code != PSEUDO]


# -- what a family writes: one short question a page --------------------------------------------------------------------


class AskForm(PlainForm):
    """A page of the questions. Nothing in it has to be filled in."""

    title: _StrOrPromise = ""
    lead: _StrOrPromise = ""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, regions: Iterable[Region] = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.regions = regions

    @classmethod
    def typed(cls, data: Mapping[str, Any]) -> dict[str, str]:
        """What stands in this page's boxes, safe to keep though it may not be right yet."""
        return {name: _kept(field, str(data.get(name, ""))) for name, field in cls.base_fields.items()}


def _kept(field: forms.Field, text: str) -> str:
    return plain(text) if isinstance(field.widget, forms.Textarea) else one_line(text, KEPT_LINE)


class WhoForm(AskForm):
    title = _("Who needs help?")
    lead = _("A first name is enough. You can leave it blank.")

    first_name = _line(label=_("First name of the child or young person"), max_length=60)
    asker = forms.ChoiceField(
        label=_("Who are you?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("guardian", _("I am the parent, or I take care of the child")),
            ("young", _("I am the young person")),
            ("other", _("I am someone else who cares")),
        ],
    )


class WhatForm(AskForm):
    title = _("What is going on?")
    lead = _("In your own words, as much or as little as you like. You can skip this.")

    body = _text(label=_("What is going on"), max_length=LONGEST, rows=6)


class ReachForm(AskForm):
    title = _("How can we reach you?")
    lead = _("We use only what you write here, and only when you say it is safe.")

    phone = _line(label=_("Phone"), max_length=30, attrs={"inputmode": "tel", "dir": "ltr"})
    email = _line(label=_("E-mail"), max_length=254, attrs={"inputmode": "email", "dir": "ltr"})
    other_way = _line(
        label=_("Another way"), max_length=200, help_text=_("For example: through my sister, or at school.")
    )
    safe_when = _text(label=_("When is it safe?"), max_length=600, help_text=_("For example: after 5, not on Sundays."))
    message = forms.BooleanField(label=_("You may leave a message"), required=False)
    region = forms.ChoiceField(label=_("Where do you live?"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, regions: Iterable[Region] = (), **options: Any
    ) -> None:
        super().__init__(data, regions=regions, **options)
        self.choose_from("region", [("", _("I do not want to say")), *((one.id, one.name) for one in regions)])

    def clean_phone(self) -> str:
        return _phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        return _email(self.cleaned_data["email"])


class SpeakForm(AskForm):
    title = _("Which language is best for you?")
    lead = _("An interpreter is free.")

    speaks = forms.ChoiceField(label=_("Language"), required=False)
    speaks_other = _line(label=_("Another language"), max_length=60)
    interpreter = forms.BooleanField(label=_("I want an interpreter when we talk"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.choose_from("speaks", [*languages(), (OTHER, _("Another language"))])


PAGES: dict[str, type[AskForm]] = {"who": WhoForm, "what": WhatForm, "reach": ReachForm, "speak": SpeakForm}


def _phone(typed: str) -> str:
    if typed and phone_of(typed) is None:
        raise forms.ValidationError(_("This does not look like a phone number. It has 10 digits."))
    return typed


def _email(typed: str) -> str:
    if typed and email_of(typed) is None:
        raise forms.ValidationError(_("This does not look like an e-mail address. It needs an @ and a dot."))
    return typed


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("Your code"),
        max_length=400,
        widget=forms.TextInput(
            attrs={"class": "code", "dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("12 letters in 3 groups. Big or small letters, with or without spaces."),
    )  # fmt: skip

    def clean_code(self) -> str:
        code = codes.parsed(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("The code has 12 letters. Please look at each one again."))
        return code


class TextMeForm(PlainForm):
    phone = _line(label=_("Your mobile phone"), required=True, max_length=30, attrs={"inputmode": "tel", "dir": "ltr"})

    def clean_phone(self) -> str:
        return phone_of(_phone(self.cleaned_data["phone"])) or ""


class QuestionForm(PlainForm):
    about = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    words = _text(label=_("What do you want to ask or tell us?"), required=True, max_length=2_000)

    def clean_words(self) -> str:
        return _some(self, "words")


# -- what staff write ---------------------------------------------------------------------------------------------------


class NextForm(PlainForm):
    """The next step and its day."""

    next_step = forms.ChoiceField(label=_("What comes next"), choices=Referral.Next.choices)
    next_on = _day(label=_("By which day"), help_text=_("The family sees it."))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_next_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["next_on"]
        if not self.today <= day <= self.today + A_YEAR:
            raise forms.ValidationError(_("Please choose a day from today on, within a year."))
        return day


class StepForm(NextForm):
    """What happened, and what comes next."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("What happened"), required=False)
    on = _day(label=_("On which day"), required=False, help_text=_("Leave it blank for today."))

    field_order: Sequence[str] = ["kind", "on"]
    HAPPENED = (ReferralStep.Kind.CONTACTED, ReferralStep.Kind.MET)
    OF_TEAMS = (ReferralStep.Kind.SCHEDULED, ReferralStep.Kind.DECIDED)

    def __init__(self, *args: Any, has_teams: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (*self.HAPPENED, *self.OF_TEAMS) if has_teams else self.HAPPENED
        self.choose_from("kind", [("", _("Nothing new")), *((kind.value, kind.label) for kind in kinds)])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        on, is_planned = kept.get("on"), kept.get("kind") == ReferralStep.Kind.SCHEDULED
        if is_planned and on is None and not self.has_error("on"):
            self.add_error("on", _("Please choose the day on which the agencies talk."))
        if on is not None and on > self.today and not is_planned:
            self.add_error("on", _("That day is still ahead."))
        if on is not None and on > self.today + A_YEAR and is_planned:
            self.add_error("on", _("Please choose a day from today on, within a year."))
        return kept


class PartnerForm(PlainForm):
    """What an agency, a provider, a court or a school asked for, as staff write it down."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    role = forms.ChoiceField(label=_("You take it on as"), widget=forms.HiddenInput)
    source = forms.ChoiceField(
        label=_("Who asks for help for the family"),
        choices=[one for one in Referral.Source.choices if one[0] != Referral.Source.FAMILY],
    )
    partner = _line(label=_("Name of the partner"), required=True, max_length=120)
    first_name = _line(label=_("First name of the child or young person"), required=True, max_length=60)
    body = _text(label=_("Why they ask"), max_length=LONGEST)
    consent = forms.ChoiceField(
        label=_("Does the guardian know of it?"), choices=Referral.Consent.choices, widget=forms.RadioSelect
    )
    phone = _line(label=_("Phone of the guardian"), max_length=30, attrs={"inputmode": "tel", "dir": "ltr"})
    email = _line(label=_("E-mail of the guardian"), max_length=254, attrs={"inputmode": "email", "dir": "ltr"})
    safe_when = _text(label=_("When is it safe to reach them?"))
    tell = forms.BooleanField(
        label=_("It is safe to write to the guardian now"),
        required=False,
        help_text=_("They get the code and a link, without any name or reason."),
    )
    language = forms.ChoiceField(label=_("Language they read best"))
    next_on = _day(
        label=_("When you reach out to them"),
        required=False,
        label_suffix="",
        help_text=_("Leave it blank to take the day the rules give."),
    )

    def __init__(self, *args: Any, roles: Sequence[StaffRole], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.choose_from(
            "role", [(str(one.public_id), f"{one.get_role_display()}, {one.organization}") for one in roles]
        )
        self.fields["role"].initial = str(roles[0].public_id)
        if len(roles) > 1:
            self.fields["role"].widget = forms.Select(choices=self.fields["role"].choices)  # type: ignore[attr-defined]
        self.choose_from("language", languages())

    def clean_phone(self) -> str:
        return phone_of(_phone(self.cleaned_data["phone"])) or ""

    def clean_email(self) -> str:
        return email_of(_email(self.cleaned_data["email"])) or ""

    def clean_next_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["next_on"]
        if day is not None and not self.today <= day <= self.today + A_YEAR:
            raise forms.ValidationError(_("Please choose a day from today on, within a year."))
        return day

    @property
    def answers(self) -> dict[str, Any]:
        names = ("partner", "first_name", "body", "phone", "email", "safe_when")
        return {name: plain(self.cleaned_data[name]) for name in names}


class ConsentForm(PlainForm):
    consent = forms.ChoiceField(
        label=_("What the guardian says"), choices=Referral.Consent.choices, widget=forms.RadioSelect
    )


class FindingForm(PlainForm):
    criterion = forms.ChoiceField(label=_("What you looked at"))
    result = forms.ChoiceField(label=_("What you found"), choices=Finding.Result.choices, widget=forms.RadioSelect)
    reason = _text(
        label=_("Why, in plain words"),
        required=True,
        max_length=1_000,
        help_text=_("The family reads it and can question it."),
    )

    def __init__(self, *args: Any, criteria: Sequence[tuple[str, _StrOrPromise]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("criterion", criteria)

    def clean_reason(self) -> str:
        return _some(self, "reason")


class AnswerForm(PlainForm):
    words = _text(label=_("Your answer, with the reason"), required=True, max_length=2_000)

    def clean_words(self) -> str:
        return _some(self, "words")


class JoinForm(PlainForm):
    name = _line(label=_("Name of the family"), required=True, max_length=80)
    region = forms.ChoiceField(label=_("Where they live"), required=False)
    override_reason = override_reason_field()

    def __init__(self, *args: Any, regions: Iterable[Region], needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["override_reason"]
        self.choose_from("region", [("", _("Not known yet")), *((one.id, one.name) for one in regions)])

    def clean_name(self) -> str:
        return one_line(_some(self, "name"), 80)


class FitForm(PlainForm):
    """The plain self-check: one question for each criterion of the profile, none of which has to be answered."""

    CHOICES = (("yes", _("Yes")), ("no", _("No")), ("unsure", _("I am not sure")))

    def __init__(self, data: Mapping[str, Any] | None = None, *, criteria: Iterable[tuple[Criterion, str]]) -> None:
        super().__init__(data)
        for criterion, words in criteria:
            self.fields[criterion.id] = forms.ChoiceField(
                label=words, choices=self.CHOICES, required=False, widget=forms.RadioSelect, label_suffix=""
            )


def _some(form: PlainForm, name: str) -> str:
    """What was typed, once all that nobody types is taken out of it."""
    text = plain(form.cleaned_data[name])
    if not text:
        raise forms.ValidationError(form.fields[name].error_messages["required"])
    return text
