"""What leaves the house in words: no name, no content, no role, and a link to the front door only.

A phone lies on a table, and others read its lock screen.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal.language import formats
from portal.notices import channels
from portal.notices.models import Notice


class Mail(NamedTuple):
    subject: str
    text: str


def _news(kind: str) -> str:
    if kind == Notice.Kind.MESSAGE:
        return _("You have a message.")
    if kind == Notice.Kind.CLOCK_NEAR:
        return _("Something is due soon.")
    if kind == Notice.Kind.SAFETY:
        return _("Somebody may need you now.")
    return _("There is news for you.")


def mail(kind: str, language: str) -> Mail:
    with translation.override(language):
        text = _("%(news)s Sign in: %(link)s\n\nYou can turn these e-mails off on your own page.")
        return Mail(_news(kind), text % {"news": _news(kind), "link": settings.SITE_URL})


def text_message(kind: str, language: str) -> str:
    with translation.override(language):
        text = _("Porch: %(news)s Sign in: %(link)s Reply STOP to end these texts.")
        return text % {"news": _news(kind), "link": settings.SITE_URL}


def on_screen(kind: str, language: str, *, is_quiet: bool = False) -> dict[str, object]:
    """What a phone's screen shows: the same for everybody, in the reader's language. At night without a sound.

    The form is that of declarative Web Push, which the newest browsers show by themselves; in all others our service worker
    reads the same. It is encrypted on its way, so the service that carries it reads nothing.
    """
    with translation.override(language):
        shown = {
            "title": channels.SENDER,
            "body": _("%(news)s Sign in.") % {"news": _news(kind)},
            "lang": language,
            "dir": formats.direction(language),
            "tag": "porch",
            "silent": is_quiet and kind not in {Notice.Kind.MESSAGE_WAITS, Notice.Kind.SAFETY},
            "navigate": settings.SITE_URL,
        }
    return {"web_push": 8030, "notification": shown}


def stopped(language: str) -> str:
    """The one confirmation that may follow a STOP (47 CFR 64.1200(a)(12))."""
    with translation.override(language):
        return _("Porch: We stopped. You get no more texts from us. Text START if you want them again.")


def started(language: str) -> str:
    with translation.override(language):
        return _(
            "Porch: You get a text when something waits for you. How many depends on you and your people. "
            "Message and data rates may apply. Text HELP for help, STOP to end."
        )


def who_we_are(language: str, phone: str = "") -> str:
    """The answer to HELP, which must say who sends; whoever writes HELP may also mean it."""
    with translation.override(language):
        parts = [
            _("Porch sends texts for your family's program."),
            _("Call or text 988 to talk to someone now, day or night."),
        ]
        if phone:
            parts.append(_("To reach us, call %(phone)s.") % {"phone": phone})
        return " ".join([*parts, _("Text STOP to end these texts.")])


def nobody_reads_this(language: str) -> str:
    """The answer to anything else: silence could cost a life."""
    with translation.override(language):
        return _(
            "Porch: Nobody reads texts sent to this number. In danger, call 911. "
            "To talk to someone now, call or text 988. To write to your people, sign in: %(link)s"
        ) % {"link": settings.SITE_URL}
