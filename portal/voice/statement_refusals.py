"""Why something cannot be kept as it stands, in sentences that say what to do next. What was typed stays in every case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_WORDS = 20_000  # letters

REFUSALS: dict[str, _StrPromise] = {
    "empty": _("The box is still empty. One line is enough."),
    "no_voice": _("There is no voice note here yet. Record one, or choose a sound file."),
    "empty_voice": _("This voice note is empty. Please record it again, or choose another one."),
    "not_voice": _("This is not a voice note. Please choose a sound file, or write it down instead."),
    "too_long": _(
        "This is longer than what fits in one. Please send the first half, then say the rest in a second one."
    ),
    "not_there": _("Whom you wanted to tell is not there any more. Please choose again. Nothing was sent yet."),
    "no_cards": _("No card is picked yet. Tap one or more."),
    "moved": _(
        "Somebody answered this, or it was taken back, while you were writing. Look at it again, then send yours."
    ),
    "reason": _("Please write why, in plain words. The family reads it."),
    "words": _("Please write the answer. The family reads it."),
    "day": _("Please choose a day after today. Then we look at it again."),
    "far": _("This is more than a year away. Please choose an earlier day."),
    "where": _("Please choose where in the plan it is."),
    "understood": _("Please say how you understood it."),
    "written": _("There is a text for this voice note already."),
}


class VoiceRefusal(Exception):
    """`message` is a plain sentence in the reader's language; `field` is where on the form it stands."""

    def __init__(self, code: str, field: str | None = None) -> None:
        super().__init__(code)
        self.code, self.field = code, field

    @property
    def message(self) -> str:
        return str(REFUSALS[self.code])
