"""What somebody gets ready for a meeting: written down first, and one by one chosen for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.voice.actions import Words
from portal.voice.forms.fields import words
from portal.voice.models import PrepPoint

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Kind = PrepPoint.Kind


class PrepareForm(PlainForm):
    """One more of each, as many as they like: what is left empty is not asked for."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    say = words(rows=3, label=Kind.SAY.label, required=False, label_suffix="")
    leave_out = words(
        rows=3, label=Kind.LEAVE_OUT.label, required=False, label_suffix="", help_text=_("You do not have to say why.")
    )
    there = words(label=Kind.THERE.label, rows=2, required=False, label_suffix="")
    not_there = words(label=Kind.NOT_THERE.label, rows=2, required=False, label_suffix="")

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if not self.errors and not any(kept.get(kind) for kind in Kind.values):
            self.add_error("say", _("Nothing is written here yet. A few words are enough."))
        return kept

    @property
    def points(self) -> list[Words]:
        kept = self.cleaned_data
        return [Words(uuid5(kept["key"], kind), kind, kept[kind]) for kind in Kind.values if kept[kind]]


class PointForm(PlainForm):
    """Its words, while they are the writer's alone, and what becomes of it."""

    text = words(label=_("In my words"))
    fate = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, fates: Iterable[tuple[str, _StrOrPromise]], is_mine_alone: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("fate", list(fates))
        if not is_mine_alone:
            del self.fields["text"]


class BesideForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = words(rows=3, label=_("Your word beside it"), help_text=_("Only the one who wrote it reads your word."))
