"""What stands against sending a letter, said to who writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from rights_grievances.letters.contents import say_missing
from rights_grievances.refusals import CaseRefusal

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

MESSAGES: dict[str, _StrOrPromise] = {
    "letter_not_for_it": _("This letter does not fit how the case stands now."),
    "letter_incomplete": _("Something the law wants said is still missing. The letter stays here until it is there."),
    "letter_sent": _("This letter was sent. It stays as it is: write another one to put something right."),
    "letter_language": _(
        "The language of the letter has changed since you wrote it. Look at it once more, then send it."
    ),
    "letter_not_sent": _("This letter has not been sent yet."),
    "letter_not_mailed": _("This letter did not go by mail."),
}


class LetterRefusal(CaseRefusal):
    def __init__(self, code: str) -> None:
        super().__init__(code, MESSAGES[code], field=None)


class LetterIncomplete(LetterRefusal):
    """`facts`: what is missing, by name; `sentences` says it."""

    def __init__(self, facts: list[str]) -> None:
        super().__init__("letter_incomplete")
        self.facts = facts

    @property
    def sentences(self) -> list[_StrOrPromise]:
        return say_missing(self.facts)
