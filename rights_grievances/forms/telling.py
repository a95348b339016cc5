"""What is told to us: kept as typed whatever it is, and said kindly where something is in the way of sending it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.language.middleware import PSEUDO
from rights_grievances import receipts
from rights_grievances.told import ASKED, CHILD, KEPT, KEPT_LINE, MOST, OTHER, SELF, WORK, Typed, plain, too_long

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    Choices = list[tuple[str, _StrOrPromise]]

    from portal.accounts.models import Person
    from portal.families.models import Member
    from portal.programs.models import StaffRole


def _text(rows: int, **options: Any) -> forms.CharField:
    attrs = {"dir": "auto", "rows": rows, "autocomplete": "off"}
    return forms.CharField(widget=forms.Textarea(attrs=attrs), required=False, strip=False, **options)


def _line(**options: Any) -> forms.CharField:
    attrs = {"dir": "auto", "autocomplete": "off"} | options.pop("attrs", {})
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **{"required": False, **options})


def _some(**options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, **options)


def languages() -> list[tuple[str, _StrOrPromise]]:
    return [(code, name) for code, name in settings.LANGUAGES if code != PSEUDO]


WHO_UNKNOWN: Choices = [
    (CHILD, _("For myself, or for a child I take care of")),
    (SELF, _("For myself. I am the young person")),
    (ASKED, _("For a family that asked me to")),
    (WORK, _("For a family I help in my work")),
    (OTHER, _("For somebody else")),
]
WHO_CAREGIVER: Choices = [(CHILD, _("For myself, or for my child")), (OTHER, _("For somebody else"))]
WHO_YOUNG: Choices = [(SELF, _("For myself")), (OTHER, _("For somebody else"))]
WHO_OTHER: Choices = [(WORK, _("For a family I help in my work")), (OTHER, _("For somebody else"))]


class KeptForm(PlainForm):
    """What stands in it is kept as it is typed."""

    @classmethod
    def typed(cls, data: Mapping[str, Any]) -> Typed:
        """What stands in the boxes, safe to keep though it may not be right yet."""
        fields = cls.base_fields.items()
        return {name: _kept(field, name, data) for name, field in fields if not field.widget.is_hidden}


class TellForm(KeptForm):
    """One box; all else can stay empty."""

    words = _text(8, label=_("What happened, or what do you want to ask?"), label_suffix="")
    wish = _text(2, label=_("What should be different?"))
    who = forms.ChoiceField(label=_("For whom do you speak?"), required=False, widget=forms.RadioSelect)
    youth = forms.ChoiceField(label=_("Which young person is it about?"), required=False)
    about = _some(label=_("Is it about somebody who helps you here?"))
    about_names = _text(2, label=_("Who or what is it about?"), help_text=_("One name a line. You can leave it blank."))
    not_wanted = _some(label=_("Is there a person who should not decide it?"))
    not_wanted_names = _line(label=_("Who else should not decide it?"))
    reach = _line(
        label=_("How can we reach you?"),
        help_text=_("A phone number, an e-mail or an address. Say when it is safe. Blank: nobody can call you."),
    )
    language = forms.ChoiceField(label=_("In which language should we answer?"), required=False)
    needs_interpreter = forms.BooleanField(label=_("I want an interpreter. It is free."), required=False)
    alone = forms.BooleanField(required=False)
    unnamed = forms.BooleanField(
        label=_("I do not want to say who I am"),
        help_text=_("Then we write down no name. Nobody can write back to you but here, where your code opens it."),
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        person: Person | None = None,
        place: Member | None = None,
        young: Iterable[Member] = (),
        helpers: Iterable[StaffRole] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.place = place
        self.choose_from("language", languages())
        self.choose_from("who", self._who(person, place))
        self._choose_youth(list(young) if place is not None and place.role == "caregiver" else [])
        self._choose_helpers(list(helpers))
        self._say_alone(place)
        if person is not None:
            self.fields["reach"].label = _("Is there a better way to reach you than the one we have?")
            self.fields["reach"].help_text = _("A phone number, an e-mail or an address. Say when it is safe.")

    def _who(self, person: Person | None, place: Member | None) -> Choices:
        if person is None:
            return WHO_UNKNOWN
        if place is None:
            return WHO_OTHER
        return {"youth": WHO_YOUNG, "caregiver": WHO_CAREGIVER}.get(place.role, WHO_OTHER[1:])

    def _choose_youth(self, young: list[Member]) -> None:
        if len(young) < 2:
            del self.fields["youth"]
            return
        names = [(str(one.pk), one.person.first_name) for one in young]
        self.choose_from("youth", [("", _("All of them, or none")), *names])

    def _choose_helpers(self, helpers: list[StaffRole]) -> None:
        if not helpers:
            del self.fields["about"], self.fields["not_wanted"]
            return
        people = [(str(role.person.public_id), role.person.display_name) for role in helpers]
        houses = {role.organization.slug: role.organization.name for role in helpers}
        whole = _("All of %(name)s")
        self.choose_from("about", [*people, *((f"at:{slug}", whole % {"name": houses[slug]}) for slug in houses)])
        self.choose_from("not_wanted", people)
        self.fields["about_names"].label = _("Who or what else is it about?")

    def _say_alone(self, place: Member | None) -> None:
        if place is None or place.role == "natural_support":
            del self.fields["alone"]
        elif place.role == "youth":
            self.fields["alone"].label = _("Keep it from my parents and the rest of my family")
            self.fields["alone"].help_text = _("We do not tell your parents. This stays so unless you take it out.")
            self.fields["alone"].initial = True
        else:
            self.fields["alone"].label = _("Keep it from the others in my family")

    @property
    def is_more_open(self) -> bool:
        """Something stands in the part that is closed at first."""
        names = ("about", "about_names", "not_wanted", "not_wanted_names", "needs_interpreter", "unnamed")
        return any(self[name].value() for name in names if name in self.fields)


def _kept(field: forms.Field, name: str, data: Mapping[str, Any]) -> str | list[str]:
    if isinstance(field, forms.MultipleChoiceField):
        values = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
        return [plain(str(one), 80) for one in values][:50] if isinstance(values, list | tuple) else []
    value = data.get(name, "")
    if isinstance(field, forms.BooleanField):
        return "on" if str(value).lower() in {"on", "true", "1"} else ""
    limit = KEPT if name == "words" else KEPT_LINE
    return plain(value if isinstance(value, str) else "", limit)


class CodeForm(PlainForm):
    code = _line(
        label=_("Your code"),
        required=True,
        help_text=_("Fifteen letters, in three groups. Big or small letters do not matter."),
        attrs={"class": "code", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"},
    )

    def clean_code(self) -> str:
        code = receipts.parsed(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("We do not find this code. Please look at each letter again."))
        return code


class MoreForm(PlainForm):
    """A word added to what was told."""

    words = _text(4, label=_("What do you want to add?"), label_suffix="")

    def clean_words(self) -> str:
        words = plain(self.cleaned_data["words"])
        if not words.strip():
            raise forms.ValidationError(_("The box is empty. One line is enough."))
        if len(words) > MOST:
            raise forms.ValidationError(too_long(words))
        return words


class MessageForm(PlainForm):
    """What goes with a message that becomes a concern. Its words stay as they were written."""

    wish = _text(2, label=_("What should be different?"))
    about = _some(label=_("Is it about somebody who helps you here?"))
    not_wanted = _some(label=_("Is there a person who should not decide it?"))
    alone = forms.BooleanField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, helpers: Iterable[StaffRole] = (), **options: Any):
        place: Member | None = options.pop("place", None)
        super().__init__(data, **options)
        people = [(str(role.person.public_id), role.person.display_name) for role in helpers]
        for name in ("about", "not_wanted"):
            if people:
                self.choose_from(name, people)
            else:
                del self.fields[name]
        is_young = place is not None and place.role == "youth"
        self.fields["alone"].label = (
            _("Keep it from my parents and the rest of my family")
            if is_young
            else _("Keep it from the others in my family")
        )
        self.fields["alone"].initial = is_young


class PhoneForm(KeptForm):
    """What a caller says, in the order in which one hears it. Only the words are needed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = _text(6, label=_("What they say, in their own words"), label_suffix="")
    caller = forms.ChoiceField(label=_("Who calls?"), required=False)
    name = _line(label=_("First name of who calls"))
    family_name = _line(label=_("Name of their family"))
    who = forms.ChoiceField(label=_("For whom do they speak?"), required=False, choices=WHO_UNKNOWN)
    reach = _line(label=_("How can we reach them, and when is it safe?"))
    language = forms.ChoiceField(label=_("Their language"), required=False)
    needs_interpreter = forms.BooleanField(label=_("They want an interpreter"), required=False)
    about_names = _line(label=_("Who or what is it about?"))
    wish = _line(label=_("What should be different?"))
    day = forms.DateField(
        label=_("On which day did they call?"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Blank means now."),
    )
    time = forms.TimeField(
        label=_("At what time?"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        callers: Iterable[Member] = (),
        zone: dt.tzinfo | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.zone = zone or timezone.get_default_timezone()
        self.fields["key"].initial = self.initial.get("key") or uuid4()
        self.fields["words"].widget.attrs["autofocus"] = True
        self.choose_from("language", languages())
        known = [(str(one.pk), f"{one.person.display_name} ({one.family.name})") for one in callers]
        if known:
            self.choose_from("caller", [("", _("Somebody else")), *known])
        else:
            del self.fields["caller"]

    @property
    def call(self) -> UUID | None:
        """The call's own, as its page has it; None where what came is none."""
        if not self.is_bound:
            return UUID(str(self.fields["key"].initial))
        return None if "key" in self.errors else self.cleaned_data["key"]

    def clean_words(self) -> str:
        words = plain(self.cleaned_data["words"])
        if not words.strip():
            raise forms.ValidationError(_("Please write down what they said. One line is enough."))
        if len(words) > MOST:
            raise forms.ValidationError(too_long(words))
        return words

    def clean(self) -> dict[str, Any]:
        """`at`: the moment they called, by the programme's clock. A day alone is the end of it, or now where it is today."""
        said: dict[str, Any] = super().clean() or {}
        day, time = said.pop("day", None), said.pop("time", None)
        now = timezone.now()
        said["at"] = None
        if day is not None or time is not None:
            on = day or now.astimezone(self.zone).date()
            moment = dt.datetime.combine(on, time or dt.time(23, 59), self.zone)
            said["at"] = moment if time is not None else min(moment, now)
            if moment > now + dt.timedelta(minutes=1) and (time is not None or on > now.astimezone(self.zone).date()):
                self.add_error("day", _("This is still to come. Please look at the day and the time."))
        return said
