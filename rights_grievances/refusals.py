"""What an action of this room says when it cannot do what it was asked: the reason, and what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

MESSAGES: dict[str, _StrOrPromise] = {
    "empty": _("Nothing is written yet. A few words are enough."),
    "not_now": _("This does not fit where it stands now. Look at the page again: somebody may have been quicker."),
    "over": _("This is closed. It can be opened again."),
    "sort_first": _("Say first what it is: a question, a complaint, an appeal, or about safety."),
    "unknown_code": _("Choose from the list."),
    "no_such_plan": _("Choose the health plan or agency from the list."),
    "no_plan": _("No health plan is bound here, so there is nothing to send on."),
    "already_received": _("The plan’s receipt is written down already. It stays as it is, since dates rest on it."),
    "ahead": _("This is still to come. Write it down when it has happened."),
    "before_it_was_told": _("This is before it was told to us. Please look at the date."),
    "already_acknowledged": _("They were told already that we have it."),
    "not_independent": _("This person may not decide it. Choose somebody from the list."),
    "somebody_is_there": _("Somebody here may decide it. It goes outside only where nobody may."),
    "reason_missing": _("Please write down the reason. The family reads it."),
    "try_first": _("Try to reach them by voice first, and write down when you tried."),
    "letter_first": _("Send the letter first that says why it takes longer, and that they may complain about it."),
    "only_once": _("It was given more time before. The law allows it only once."),
    "no_extension": _("No rule here gives more time."),
    "too_late_for_more": _("Its last day has passed. More time can be taken only before that."),
    "answer_missing": _("Please write the answer in plain words."),
    "changed_missing": _(
        "Please write what changed because they told us, or why nothing can change. The family reads it."
    ),
    "outcome_missing": _("Choose what came out of it."),
    "not_the_decider": _("Somebody has to be chosen first who may decide it."),
    "not_asked": _("No consent is waited for here."),
    "where_missing": _("Write down to whom it goes."),
    "no_appeal": _("No health plan is bound here that looks at its decisions again."),
    "look_first": _("Some of it is not known yet. Look at each line first, and say yes or no."),
    "condition_fails": _("One of the lines says no, so the service cannot go on by this rule."),
    "all_hold": _("All the lines say yes. Then it goes on."),
    "backed": _("A provider says that waiting could do harm. Then it goes fast, and nobody may say no."),
}
FIELDS = {
    "empty": "words",
    "unknown_code": "reasons",
    "no_such_plan": "plan",
    "ahead": "at",
    "before_it_was_told": "at",
    "not_independent": "decider",
    "reason_missing": "reason",
    "answer_missing": "answer",
    "changed_missing": "changed",
    "outcome_missing": "outcome",
    "where_missing": "to",
}


class CaseRefusal(Exception):
    """An action was refused. `code` says which rule stands against it; `message` says it to people."""

    def __init__(self, code: str, message: _StrOrPromise | None = None, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message: _StrOrPromise = message if message is not None else MESSAGES[code]
        self.field = field if field is not None else FIELDS.get(code)
