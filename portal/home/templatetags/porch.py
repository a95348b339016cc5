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
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
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
# In any of the languages here: a family is named once, whoever reads it later.
_SAYS_FAMILY = re.compile(r"\b(family|familia|gia đình|أسرة|عائلة)\b", re.IGNORECASE)
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


@register.simple_tag
def comma() -> str:
    """The comma between two parts that a template puts side by side: another one in Arabic."""
    return _(", ")


@register.filter
def unbroken(text: str) -> str:
    """The first number of a text stays on the line of the word after it."""
    return re.sub(r"(?<=[\d+]) (?=\w)", "\u00a0", text, count=1)


@register.filter
def capped(text: str) -> str:
    """A number above 99 stands as "99+": what is new is not counted further (access.conversations.inbox)."""
    return re.sub(r"\d{3,}", "99+", text, count=1)


@register.filter
def family_called(name: str) -> str:
    """'Family Guidry'; a name that says the word itself, such as 'the Guidry family', stands alone."""
    return name if _SAYS_FAMILY.search(name) else _("Family %(name)s") % {"name": name}


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
    """The link that calls or writes to a crisis contact, in the reader's words.

    Below it the language of a line that is another language's own ("press 2", AYUDA). Of a line that also answers in
    English nothing is said: that could keep someone from calling who will be helped with an interpreter.
    """
    picture = icon({"call": "phone", "text": "messages", "chat": "language"}[contact.way])
    words = _reach_words(contact)
    link = format_html('<a class="go" href="{}">{} <span>{}</span></a>', _reach_url(contact), picture, words)
    answered = {code.partition("-")[0] for code in contact.languages}
    if answered & {settings.LANGUAGE_CODE, _language().partition("-")[0]}:
        return link
    named = format_html_join(_(", "), "{}", ([_answered(code)] for code in contact.languages))
    note = _saying(_("They answer in %(languages)s."), languages=named)
    return format_html('{}<br><span class="soft">{}</span>', link, note)


def _answered(code: str) -> SafeString:
    """A language as the reader calls it and, for who speaks it and landed on a page in another, as it calls itself."""
    name = formats.language_name(code, _language())
    own = formats.language_name(code, code) if code in dict(settings.LANGUAGES) else name
    if own == name:
        return format_html("{}", name)
    return format_html('{} (<bdi lang="{}" dir="{}">{}</bdi>)', name, code, formats.direction(code), own)


def _saying(pattern: str, **parts: SafeString) -> SafeString:
    """A translated sentence with marked-up parts."""
    return mark_safe(escape(pattern) % parts)  # noqa: S308 the sentence is escaped here, the parts were before


def _reach_words(contact: CrisisContact) -> SafeString:
    named = {name: format_html('<bdi dir="ltr">{}</bdi>', part or "") for name, part in _parts(contact).items()}
    if contact.way == "call":
        return _saying(_("Call %(to)s and press %(key)s") if contact.press else _("Call %(to)s"), **named)
    if contact.way == "text":
        return _saying(_("Text %(word)s to %(to)s") if contact.word else _("Text %(to)s"), **named)
    return _saying(_("Chat at %(to)s"), **named)


def _parts(contact: CrisisContact) -> dict[str, str | None]:
    return {"to": contact.to, "word": contact.word, "key": contact.press}


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
