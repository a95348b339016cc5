"""Why what was told cannot be sent as it stands; what was typed stays in every case."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "empty": _("The box is still empty. One line is enough. A voice note or a photo is enough, too."),
    "too_long": _("This is longer than what fits in one. Nothing is lost: all of it is kept here."),
    "sent": _("This was sent before."),
    "full": _("Thirty photos and voice notes fit. This one did not. Your words and the others are kept."),
}


class TellRefusal(Exception):
    """`message` is a plain sentence in the reader's language."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self._message = message

    @property
    def message(self) -> str:
        return self._message or str(REFUSALS[self.code])
