"""Icons, dates and times for every template; built in, so no page has to load them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.home.context import frame_of
from portal.language import formats
from portal.language.content import offer_interpreter
from portal.language.middleware import PSEUDO

if TYPE_CHECKING:
    from portal.programs.schema import CrisisContact

register = template.Library()

ICONS = Path(__file__).resolve().parents[2] / "static" / "portal" / "icons.svg"
# Icons that point somewhere: mirrored where the page runs from right to left.
POINTING = frozenset({"messages", "plan", "say", "send", "leave"})
# English is the source; the pseudo-locale is for testing and claims nothing.
SETTLED = frozenset({settings.LANGUAGE_CODE, PSEUDO})
_USED = re.compile(r'href="#i-([a-z-]+)"')


@lru_cache(maxsize=1)
def symbols() -> dict[str, str]:
    """The one set of icons, by name."""
    found = re.findall(r'<symbol id="i-([a-z-]+)".*?</symbol>', ICONS.read_text(encoding="utf-8"), re.DOTALL)
    whole = re.findall(r"<symbol .*?</symbol>", ICONS.read_text(encoding="utf-8"), re.DOTALL)
    return dict(zip(found, whole, strict=True))


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """A picture beside a word; hidden from screen readers because the word says it."""
    if name not in symbols():
        raise template.TemplateSyntaxError(f'There is no icon "{name}" in icons.svg')
    every = " ".join(filter(None, ("icon", classes, "turn" if name in POINTING else "")))
    return format_html('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', every, name)


class DrawnOnce(Node):
    """Puts the symbols that its contents use in front of them, each once, wherever and however deep they are used."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        body = self.nodelist.render(context)
        known = symbols()
        used = [known[name] for name in dict.fromkeys(_USED.findall(body)) if name in known]
        drawn = f'<svg hidden xmlns="http://www.w3.org/2000/svg">{"".join(used)}</svg>' if used else ""
        return mark_safe(drawn + body)  # noqa: S308 our own file and what the template already escaped


@register.tag
def drawn_once(parser: Parser, token: Token) -> DrawnOnce:
    nodelist = parser.parse(("enddrawn_once",))
    parser.delete_first_token()
    return DrawnOnce(nodelist)


@register.simple_tag(takes_context=True)
def day(context: Context, date: dt.date) -> str:
    return formats.day(date, _language(), _zone(context))


@register.simple_tag(takes_context=True)
def moment(context: Context, at: dt.datetime) -> str:
    return formats.moment(at, _language(), _zone(context))


@register.simple_tag(takes_context=True)
def clock_time(context: Context, at: dt.datetime | dt.time) -> str:
    return formats.clock_time(at, _language(), _zone(context))


@register.filter
def language_name(code: str) -> str:
    """The language's name in the reader's own language."""
    return formats.language_name(code, _language())


@register.filter
def direction(code: str) -> str:
    return formats.direction(code)


@register.filter
def dial(number: str) -> str:
    """A phone number as `tel:` and `sms:` take it: "(504) 555-0142" is "+15045550142", "988" stays."""
    digits = re.sub(r"\D", "", number)
    return f"+{digits.removeprefix('1').rjust(11, '1')}" if len(digits) >= 10 else digits


@register.simple_tag(takes_context=True)
def now_day(context: Context) -> str:
    """Today, where the programme is."""
    return formats.day(timezone.now(), _language(), _zone(context))


@register.simple_tag
def reach(contact: CrisisContact) -> SafeString:
    """The link that calls or writes to a crisis contact, in words of the language it is answered in: "oprima 2"."""
    answered = contact.languages[0] if len(contact.languages) == 1 else _language()
    if answered not in dict(settings.LANGUAGES):
        answered = settings.LANGUAGE_CODE
    with translation.override(answered):
        words = _reach_words(contact)
    picture = icon({"call": "phone", "text": "messages", "chat": "language"}[contact.way])
    link = format_html('<a class="go" href="{}">{} {}</a>', _reach_url(contact), picture, words)
    if answered == _language():
        return link
    return format_html('<span lang="{}" dir="{}">{}</span>', answered, formats.direction(answered), link)


def _reach_words(contact: CrisisContact) -> str:
    named = {"to": contact.to, "word": contact.word or "", "key": contact.press or ""}
    if contact.way == "call":
        return _("Call %(to)s and press %(key)s") % named if contact.press else _("Call %(to)s") % named
    if contact.way == "text":
        return _("Text %(word)s to %(to)s") % named if contact.word else _("Text %(to)s") % named
    return _("Chat at %(to)s") % named


def _reach_url(contact: CrisisContact) -> str:
    if contact.way == "chat":
        return f"https://{contact.to}"
    scheme = "tel" if contact.way == "call" else "sms"
    body = f"?&body={contact.word}" if contact.word else ""
    return f"{scheme}:{dial(contact.to)}{body}"


@register.simple_tag(takes_context=True)
def free_interpreter(context: Context) -> SafeString:
    """The offer of a free interpreter, in the reader's language wherever we have it (45 CFR 92.11)."""
    desk = context.get("desk")
    phone = (desk.contact.phone or "") if desk and desk.contact else ""
    return format_html("{} {}", icon("language", "s"), offer_interpreter(_language(), phone))


@register.simple_tag
def reading() -> dict[str, Any]:
    """Language and direction of the page as its `html` element says them."""
    language = _language()
    return {"language": language, "direction": formats.direction(language), "is_draft": language not in SETTLED}


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _zone(context: Context) -> dt.tzinfo:
    request = context.get("request")
    return frame_of(request).zone if request is not None else timezone.get_default_timezone()
