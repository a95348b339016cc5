"""What somebody asks for in a peer: short, and all of it optional but the language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peer_support.models import Conflict, LivedSystem, PeerProfile, Wish
from portal.families.forms import PlainForm
from portal.language.formats import language_name
from portal.text import one_line

if TYPE_CHECKING:
    from portal.programs.models import StaffRole

MOST_INTERESTS = 12
# How somebody knows a peer; that a person wants no more of one is said on a page of its own.
NOTED = [choice for choice in Conflict.Kind.choices if choice[0] != Conflict.Kind.BLOCKED]
NOT_FOR_YOUTH = ("relation",)
FOR_ADULTS_ONLY = {"same_relation", "child_age"}  # codes that make no sense in a young person's own wish


def _several(**options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False, **options)


class WishForm(PlainForm):
    """The first two are all that is needed; the others open below."""

    NEEDED = ("languages", "interpreter_is_fine")

    languages = forms.MultipleChoiceField(label=_("Languages you want to talk in"), widget=forms.CheckboxSelectMultiple)
    interpreter_is_fine = forms.BooleanField(
        label=_("An interpreter is fine for me"), required=False, help_text=_("It is free, also for every later talk.")
    )
    systems = _several(label=_("What have you been through?"), choices=LivedSystem.System.choices)
    relation = forms.ChoiceField(
        label=_("How do you raise the young person?"), required=False, widget=forms.RadioSelect
    )
    matters = _several(label=_("What matters most to you?"), choices=Wish.Matter.choices)
    must = _several(
        label=_("It must be"),
        choices=Wish.Must.choices,
        help_text=_("Tick only what you cannot do without. Each tick means fewer people."),
    )
    must_not = _several(label=_("It must not be"), choices=Wish.MustNot.choices)
    free_at = _several(label=_("When are you free?"), choices=PeerProfile.FreeAt.choices)
    ways = _several(label=_("How do you like to talk?"), choices=PeerProfile.Way.choices)
    interests = forms.CharField(
        label=_("What do you like?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("A few words, with commas between them: cooking, basketball, church choir."),
    )
    words = forms.CharField(
        label=_("Anything else your liaison should know"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        help_text=_("Your liaison reads this. The people you may meet do not."),
    )

    def __init__(self, *args: Any, languages: Iterable[str], is_young: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or settings.LANGUAGE_CODE
        self.choose_from("languages", [(code, language_name(code, reader)) for code in languages])
        self.choose_from("relation", [one for one in PeerProfile.Relation.choices if one[0] != "lived_it"])
        if is_young:
            for name in NOT_FOR_YOUTH:
                del self.fields[name]
            for name in ("must", "matters"):
                self.choose_from(name, [one for one in self._choices(name) if one[0] not in FOR_ADULTS_ONLY])

    def _choices(self, name: str) -> list[tuple[str, Any]]:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 declared so above
        return list(field.choices)  # type: ignore[arg-type] # pairs, as declared above

    @property
    def opens(self) -> bool:
        """Whether the part below is open: something in it was said, or needs a look."""
        below = [name for name in self.fields if name not in self.NEEDED]
        return any(name in self.errors for name in below) or any(self[name].value() for name in below)

    def needed(self) -> list[forms.BoundField]:
        return [self[name] for name in self.NEEDED]

    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.NEEDED]

    def clean_interests(self) -> list[str]:
        typed = re.split(r"[,;،、]", self.cleaned_data["interests"])
        return [one_line(one, 40) for one in typed if one.strip()][:MOST_INTERESTS]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        must, must_not = set(told.get("must", ())), set(told.get("must_not", ()))
        if must & must_not:
            self.add_error("must_not", _("You ticked the same thing under “must be”. Please take one of them away."))
        if {"woman", "man"} <= must or {"woman", "man"} <= must_not:
            name = "must" if {"woman", "man"} <= must else "must_not"
            self.add_error(name, _("Please tick only one of these: a woman or a man."))
        return told


class KnownForm(PlainForm):
    """ "I know this person": how, so that nobody suggests them again."""

    kind = forms.ChoiceField(label=_("How do you know each other?"), choices=NOTED)


class ConflictForm(PlainForm):
    """A liaison notes that a peer must not be matched with a family."""

    peer = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Why not with this family"), choices=NOTED, widget=forms.RadioSelect)

    def __init__(self, *args: Any, peers: Iterable[StaffRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.peers = {str(one.public_id): one for one in peers}
        self.choose_from("peer", [(key, one.person.display_name) for key, one in self.peers.items()])

    def clean_peer(self) -> StaffRole:
        return self.peers[self.cleaned_data["peer"]]


class SuggestionForm(PlainForm):
    """Whom of those who fit a liaison offers, and what she adds in her own words."""

    peers = forms.MultipleChoiceField(label=_("Whom you offer"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("A word from you to the family"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
    )

    def __init__(self, *args: Any, roles: Iterable[StaffRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = {str(one.public_id): one for one in roles}
        self.choose_from("peers", [(key, one.person.display_name) for key, one in self.roles.items()])

    def clean_peers(self) -> list[StaffRole]:
        return [self.roles[key] for key in self.cleaned_data["peers"]]
