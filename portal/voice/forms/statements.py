"""What somebody says and to whom, as it is typed, spoken or picked. Whatever is wrong, nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.language.middleware import PSEUDO
from portal.text import says_nothing
from portal.voice.forms.fields import words
from portal.voice.models import Statement
from portal.voice.models.statements import UNKNOWN_LANGUAGE
from portal.voice.statement_refusals import MOST_WORDS, REFUSALS

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.families.models import Member
    from portal.programs.models import StaffRole

Audience = Statement.Audience
ONE = "one:"  # before the public id of whom it is said to alone
Choices = list[tuple[str, "_StrOrPromise"]]


def audiences(
    *, staff: Iterable[StaffRole], facilitators: Iterable[StaffRole], alone: Iterable[StaffRole], is_young: bool
) -> Choices:
    """To whom it can be said, each by name: only who is there."""
    names = ", ".join(role.person.display_name for role in staff)
    found: Choices = [
        (Audience.TEAM, _("The staff of my team: %(names)s") % {"names": names} if names else _("My team"))
    ]
    leading = ", ".join(role.person.display_name for role in facilitators)
    if leading:
        found.append((Audience.FACILITATOR, _("My facilitator alone: %(names)s") % {"names": leading}))
    found += [(f"{ONE}{role.public_id}", _("%(name)s alone") % {"name": role.person.display_name}) for role in alone]
    found.append(
        (
            Audience.FAMILY,
            _("The staff of my team, and those who raise me")
            if is_young
            else _("The staff of my team, and my family: the young person, and who else may be told about them"),
        )
    )
    return found


def languages() -> Choices:
    return [
        *((code, name) for code, name in settings.LANGUAGES if code != PSEUDO),
        (UNKNOWN_LANGUAGE, _("Another language")),
    ]


class _SaidForm(PlainForm):
    audience = forms.ChoiceField(label=_("Who may read it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, to: Choices = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.choose_from("audience", to)
        self.fields["audience"].initial = Audience.TEAM


class SayForm(_SaidForm):
    """Typed words, or what a voice note says. `is_spoken`: the words may be left out."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = words(
        rows=5,
        max_length=None,
        label=_("In your own words"),
        required=False,
        label_suffix="",
        strip=False,
    )
    about = forms.ChoiceField(
        label=_("What is it about?"), widget=forms.RadioSelect, choices=Statement.About.choices, initial="other"
    )
    youth = forms.ChoiceField(label=_("Whom is it about?"), required=False, label_suffix="")
    language = forms.ChoiceField(label=_("The language of these words"))

    field_order = ("key", "words", "about", "youth", "audience", "language")

    def __init__(self, *args: Any, young: Iterable[Member] = (), is_spoken: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_spoken = is_spoken
        self.fields["key"].initial = uuid4()
        self.choose_from("language", languages())
        self.fields["language"].initial = get_language()
        if is_spoken:
            self.fields["words"].label = _("Write down what you say")
            self.fields["words"].label_suffix = str(_("(if you like)"))
            self.fields["words"].help_text = _(
                "Or leave it. Somebody of the team can write it down, and asks you whether it is right."
            )
        young = list(young)
        if len(young) > 1:
            self.choose_from(
                "youth", [("", _("All of them, or none")), *((str(one.pk), one.person.first_name) for one in young)]
            )
        else:
            del self.fields["youth"]

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"]).replace("\r\n", "\n")
        if not self.is_spoken and says_nothing(words):
            raise forms.ValidationError(REFUSALS["empty"])
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(REFUSALS["too_long"])
        return words


class KeepMessageForm(_SaidForm):
    """With a message that is kept as a statement. Its words stay as they were written."""


class WidenForm(PlainForm):
    audience = forms.ChoiceField(label=_("Who may read it from now on?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, to: Choices = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.choose_from("audience", to, takes_the_only=True)


class TextForm(PlainForm):
    """What a voice note says."""

    text = words(
        rows=5,
        label=_("What it says, word for word"),
        strip=False,
        max_length=MOST_WORDS,
    )
