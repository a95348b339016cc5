"""What the team answers. The family reads every word of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.voice.actions.statements.answers import INTERPRETER, MYSELF, TOLD, TRANSLATION
from portal.voice.forms.fields import day, words
from portal.voice.models import Statement
from portal.voice.statement_refusals import REFUSALS

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

IN_PLAN, ANSWERED, NOT_NOW, DECLINED = (one.value for one in Statement.ANSWERS)
MOST_ANSWER = 4_000
UNDERSTOOD: list[tuple[str, _StrOrPromise]] = [
    (INTERPRETER, _("With an interpreter")),
    (TRANSLATION, _("With a translation in writing")),
    (TOLD, _("They told me in a language we share")),
    (MYSELF, _("I read this language myself")),
]


class AnswerForm(PlainForm):
    outcome = forms.ChoiceField(
        label=_("What comes of it?"),
        widget=forms.RadioSelect,
        choices=[
            (IN_PLAN, _("It is in the plan")),
            (ANSWERED, _("I answer it here")),
            (NOT_NOW, _("Not now, and on which day we look again")),
            (DECLINED, _("No, and why")),
        ],
    )
    item = forms.ChoiceField(
        label=_("Where in the plan is it? (if it is in the plan)"), required=False, label_suffix=""
    )
    words = words(
        label=_("What you answer, or why not"),
        required=False,
        label_suffix="",
        max_length=MOST_ANSWER,
        help_text=_("In plain words. The family reads it as it stands here."),
    )
    back_on = day(
        label=_("On which day do you look at it again? (if not now)"),
        required=False,
        label_suffix="",
        help_text=_("On that day it waits for an answer again, by itself."),
    )
    understood = forms.ChoiceField(
        label=_("How did you understand it?"), widget=forms.RadioSelect, required=False, choices=UNDERSTOOD
    )

    def __init__(
        self, *args: Any, places: Iterable[tuple[str, str]] = (), asks_how: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places = list(places)
        if places:
            self.choose_from("item", [("", _("Please choose")), *places])
        else:
            del self.fields["item"]
            known = [choice for choice in self.fields["outcome"].choices if choice[0] != IN_PLAN]  # type: ignore[attr-defined]
            self.choose_from("outcome", known)
        if asks_how:
            self.fields["understood"].required = True
        else:
            del self.fields["understood"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        outcome, words = said.get("outcome"), str(said.get("words", "")).strip()
        if outcome == IN_PLAN and not said.get("item"):
            self.add_error("item", str(REFUSALS["where"]))
        if outcome == ANSWERED and not words:
            self.add_error("words", str(REFUSALS["words"]))
        if outcome in {NOT_NOW, DECLINED} and not words:
            self.add_error("words", str(REFUSALS["reason"]))
        if outcome == NOT_NOW and "back_on" not in self.errors and said.get("back_on") is None:
            self.add_error("back_on", str(REFUSALS["day"]))
        return said
