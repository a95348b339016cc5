"""What an action of this room says when it cannot do what it was asked: the reason, and what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

MESSAGES: dict[str, _StrOrPromise] = {
    "empty": _("Nothing is written yet. A few words are enough."),
    "changed_meanwhile": _(
        "Somebody answered this since you opened the page. Read it first. Your words are still here."
    ),
    "over": _("This is answered for good."),
    "reversed": _("The last day is before the first one."),
    "closes_behind": _("This day has passed. Please choose a day that is still to come."),
    "opens_behind": _("This day has passed. Comments can open today at the earliest."),
    "too_far": _("This date is too far away. Please look at the year."),
    "no_text": _("Please write the draft here, or give the address where it stands."),
    "only_longer": _("People count on the day they were told. It can only get later."),
    "already_open": _("People have read it. What it says stays as it is; only the last day can get later."),
    "still_open": _("People can still comment. Answer when it has closed."),
    "already_answered": _("This is answered, and everyone can read it."),
    "names": _("This names somebody. Everyone can read it: please write it without names."),
    "quotes": _(
        "Some of these are the very words of somebody who did not agree to be quoted. Please say it in your own words."
    ),
    "comments_closed": _(
        "This closed on %(day)s, so nothing can be added any more. Your words are still below, so that you can copy them."
    ),
    "not_open_yet": _("Comments are not open yet."),
    "closed": _("This is closed by now. Nobody else can register."),
    "seat_taken": _("Somebody has this seat by now."),
    "no_seat": _("There is no seat here that somebody could take."),
    "why": _("Please write why it could not be, and what there is instead. They read it as you write it."),
}


class CommunityRefusal(Exception):
    """`code` says which; `field` is the field of the form it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code, self.field = code, field
        self.message = MESSAGES[code]
