"""What refuses a photo or a voice note, in sentences that say what to do next."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "missing": _("Choose a photo or a voice note first."),
    "not_media": _("This is not a photo or a voice note that we can send. Please choose another file."),
    "too_big": _("This file is too large. A photo can have up to 12 MB, a voice note up to 8 MB."),
    "too_long": _("This voice note is longer than 5 minutes. You can send it in two parts."),
    "broken": _("We could not open this file. Part of it may be missing. Please choose it again, or another one."),
    "unsafe": _("We cannot pass this file on. Our safety check found something in it. Please send another one."),
    "day_full": _("That is all we can take for one day. Please send this one tomorrow."),
    "busy": _("Many people are sending photos right now. Wait a minute, then try again."),
    "long_words": _("Please say it in fewer words, 500 letters at most."),
}
STATUS = {"busy": 503, "day_full": 429}


class MediaRefusal(Exception):
    """Why a file was not taken; `message` is a plain sentence in the reader's language."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        return str(REFUSALS[self.code])

    @property
    def status(self) -> int:
        return STATUS.get(self.code, 422)
