"""Choosing a skill, whom to share it with, and a step that was taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peer_support import skills
from peer_support.forms.requests import OwnPlaceForm
from portal.families.forms import PlainForm

if TYPE_CHECKING:
    from peer_support.models import Pairing

OWN = "own"


def _share_choices(pairings: dict[str, Pairing]) -> list[tuple[str, str]]:
    named = [
        (key, gettext("Share it with %(name)s") % {"name": one.peer.person.display_name})
        for key, one in pairings.items()
    ]
    return [("", gettext("Keep it to myself")), *named]


class ShareForm(PlainForm):
    """Nobody sees it, unless somebody is named."""

    share_with = forms.ChoiceField(label=_("Who may see it"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, pairings: Iterable[Pairing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairings = {str(one.public_id): one for one in pairings}
        self.choose_from("share_with", _share_choices(self.pairings))

    def clean_share_with(self) -> Pairing | None:
        return self.pairings.get(self.cleaned_data["share_with"])


class SkillForm(OwnPlaceForm, ShareForm):
    """One from the list, or one of their own."""

    field_order = ("family", "skill", "words", "share_with")

    skill = forms.ChoiceField(label=_("What do you want to get better at?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In my own words"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            code: one for member in self.members.values() for code, one in skills.offered_to(member.role).items()
        }
        listed = [(code, one.title) for code, one in offered.items()]
        self.choose_from("skill", [*listed, (OWN, _("Something else, in my own words"))])
        if not self.pairings:
            del self.fields["share_with"]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("skill") == OWN:
            told["skill"] = ""
            if not told.get("words", "").strip():
                self.add_error("words", _("Please write it in your own words, or choose one from the list."))
        else:
            told["words"] = ""
        return told


class StepForm(PlainForm):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    words = forms.CharField(
        label=_("What happened"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )

    def __init__(self, *args: Any, with_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_words:
            del self.fields["words"]
