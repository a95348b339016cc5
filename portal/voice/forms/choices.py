"""What comes in about a choice: what staff show, what a family says, what staff were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.access.team import BY_HAND
from portal.care.meeting_forms import MeetingForm
from portal.families.forms import PlainForm, override_reason_field
from portal.voice.forms.fields import words
from portal.voice.models import ChoiceWord

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.directory.models import Service
    from portal.families.models import Member, StaffAssignment
    from portal.programs.models import StaffRole
    from portal.voice.models import Option
    from portal.voice.options_shown import Shown

LINE, WORDS = 120, 1_000
TIMES = 3


def _line(**options: Any) -> forms.CharField:
    attrs = {"dir": "auto", "autocomplete": "off"}
    return forms.CharField(max_length=LINE, widget=forms.TextInput(attrs=attrs), required=False, **options)


def _words(**options: Any) -> forms.CharField:
    return words(rows=3, max_length=WORDS, required=False, **options)


def _note() -> forms.CharField:
    return _words(label=_("A word to the family"), help_text=_("They read it above the options."))


def _looked_for() -> forms.CharField:
    return _words(
        label=_("What you looked for, where only one is available"),
        help_text=_("The family reads it. Leave it open where you show two or more."),
    )


class KindForm(PlainForm):
    """In which part of the directory to look."""

    kind = forms.ChoiceField(label=_("What kind of service"), required=False)

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("kind", kinds)


class ServiceOfferForm(PlainForm):
    entries = forms.MultipleChoiceField(
        label=_("Who could give it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    other = _line(label=_("Somebody who is not in the directory"))
    another = _line(label=_("Somebody else who is not in the directory"))
    note = _note()
    looked_for = _looked_for()

    def __init__(self, *args: Any, entries: Sequence[tuple[Service, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.public_id): one for one, _words in entries}
        if entries:
            self.choose_from("entries", [(str(one.public_id), words) for one, words in entries])
        else:
            del self.fields["entries"]

    @property
    def chosen(self) -> list[Service]:
        return [self.known[one] for one in self.cleaned_data.get("entries", [])]

    @property
    def names(self) -> list[str]:
        return [one for name in ("other", "another") if (one := self.cleaned_data[name].strip())]


class FacilitatorOfferForm(PlainForm):
    youth = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(
        label=_("Who could be their facilitator"), widget=forms.CheckboxSelectMultiple, required=False
    )
    replaces = forms.ChoiceField(label=_("Who goes then"), widget=forms.RadioSelect, required=False)
    note = _note()
    looked_for = _looked_for()
    override_reason = override_reason_field()

    def __init__(
        self,
        *args: Any,
        young: Sequence[Member],
        roles: Sequence[tuple[StaffRole, str]],
        beside: Sequence[StaffAssignment],
        is_any_untrained: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.young = {str(one.person.public_id): one for one in young}
        self.choose_from("youth", [(key, str(one.person)) for key, one in self.young.items()], takes_the_only=True)
        self.known = {str(role.public_id): role for role, _words in roles}
        self.choose_from("roles", [(str(role.public_id), words) for role, words in roles])
        self.beside = {str(one.staff_role.public_id): one for one in beside}
        names = [(key, one.staff_role.person.display_name) for key, one in self.beside.items()]
        if names:
            self.choose_from("replaces", [("", _("nobody: one more comes")), *names])
        else:
            del self.fields["replaces"]
        if not is_any_untrained:
            del self.fields["override_reason"]

    @property
    def offer(self) -> dict[str, Any]:
        """As an action takes it."""
        kept = self.cleaned_data
        return {
            "youth": self.young[kept["youth"]],
            "roles": [self.known[one] for one in kept["roles"]],
            "replaces": self.beside.get(kept.get("replaces", "")),
            "note": kept["note"],
            "looked_for": kept["looked_for"],
            "override_reason": kept.get("override_reason", ""),
        }


class TeamOfferForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("In what part"), widget=forms.RadioSelect)
    name_1 = _line(label=_("The first one"))
    what_1 = _line(label=_("Where they work, or what is good to know"))
    name_2 = _line(label=_("The second one"))
    what_2 = _line(label=_("Where they work, or what is good to know"))
    name_3 = _line(label=_("A third one"))
    what_3 = _line(label=_("Where they work, or what is good to know"))
    note = _note()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        self.choose_from("role", [(role.value, role.label) for role in BY_HAND])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for name in ("name_1", "name_2"):
            if name not in self.errors and not kept.get(name, "").strip():
                self.add_error(name, _("Please write two names or more, so that the family can choose."))
        return kept

    @property
    def names(self) -> list[tuple[str, str]]:
        kept = self.cleaned_data
        both = ((kept[f"name_{place}"].strip(), kept[f"what_{place}"].strip()) for place in (1, 2, 3))
        return [(name, what) for name, what in both if name]


class TimeForm(MeetingForm):
    """One place and time of several; the clock is that of the place, and how long it takes is said once for all."""

    def __init__(self, *args: Any, zone: str, is_needed: bool, **kwargs: Any) -> None:
        more = {"empty_permitted": not is_needed, "use_required_attribute": is_needed}
        super().__init__(*args, zone=zone, is_staff=False, **more, **kwargs)
        for name in ("zone", "minutes", "about"):
            del self.fields[name]
        self.wall_zone = zone

    def has_changed(self) -> bool:
        """How they meet is chosen already: it alone is no time."""
        return any(self.data.get(self.add_prefix(name)) for name in ("day", "time", "place"))

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["zone"] = self.wall_zone
        return super().clean()


class TimesForm(PlainForm):
    """What is said once for all of the times."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    minutes = forms.IntegerField(label=_("How many minutes"), min_value=15, max_value=480, initial=60)
    note = _note()

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4(), "minutes": 60}, **kwargs)
        for limit in ("min_value", "max_value"):
            self.fields["minutes"].error_messages[limit] = _("Please choose between 15 minutes and 8 hours.")
        given = {"data": self.data} if self.is_bound else {}
        self.times = [
            TimeForm(zone=zone, is_needed=place < 2, prefix=f"time{place}", **given) for place in range(TIMES)
        ]

    def is_valid(self) -> bool:
        """Each is looked at, so that all that is missing stands on the page at once."""
        return all([super().is_valid(), *(one.is_valid() for one in self.times)])

    @property
    def said(self) -> list[tuple[dt.datetime, str, str]]:
        kept = [one.cleaned_data for one in self.times if one.has_changed()]
        return [(one["starts_at"], one["how"], one["place"]) for one in kept]


ANSWERS = (
    (ChoiceWord.Kind.NONE.value, _("None of these")),
    (ChoiceWord.Kind.TIME.value, pgettext_lazy("a family says", "We need time")),
    (ChoiceWord.Kind.YOU.value, _("You choose for us")),
)


class AnswerForm(PlainForm):
    """A button says which one, or one of the other answers; the words are up to the family."""

    answer = forms.ChoiceField(widget=forms.HiddenInput)
    words = _words(
        label=_("Anything you want to say to it"),
        help_text=_("Whoever decides with you and the staff beside you read it, just as you write it."),
    )

    def __init__(self, *args: Any, shown: Sequence[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = {str(one.option.public_id): one.option for one in shown}
        self.choose_from("answer", [*((key, key) for key in self.options), *ANSWERS])

    @property
    def said(self) -> tuple[str, Option | None, str]:
        """What kind of word it is, about which of them, and the words."""
        answer = self.cleaned_data["answer"]
        option = self.options.get(answer)
        return ("pick" if option is not None else answer), option, self.cleaned_data["words"]


class ToldForm(PlainForm):
    """What staff were told by word of mouth, or choose themselves where they were asked to."""

    who = forms.ChoiceField(label=_("Who said it"), widget=forms.RadioSelect)
    said = forms.ChoiceField(label=_("What they said"), widget=forms.RadioSelect)
    words = _words(label=_("In their words, or why you chose it"))

    def __init__(
        self, *args: Any, people: Sequence[Person], shown: Sequence[Shown], is_handed: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.public_id): one for one in people}
        handed = [("us", _("They asked us to choose: I choose"))] if is_handed else []
        self.choose_from("who", [*handed, *((key, one.display_name) for key, one in self.people.items())])
        options = [(str(one.option.public_id), one.name) for one in shown if not one.is_gone]
        self.choose_from("said", [*options, *ANSWERS[1:]])
        self.options = {str(one.option.public_id): one.option for one in shown}

    @property
    def by(self) -> Person | None:
        """None: staff choose, as they were asked to."""
        return self.people.get(self.cleaned_data["who"])

    @property
    def told(self) -> tuple[str, Option | None, str]:
        said = self.cleaned_data["said"]
        option = self.options.get(said)
        return ("pick" if option is not None else said), option, self.cleaned_data["words"]


class WhyForm(PlainForm):
    note = words(rows=3, max_length=WORDS, label=_("Why"), help_text=_("The family reads it."))
