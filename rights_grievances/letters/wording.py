"""A letter as a list of blocks in one language, from which the page and the PDF are made alike."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from portal.language import content, formats
from rights_grievances.letters.contents import HELP, OWN_WORDS, elements
from rights_grievances.letters.taglines import Tagline, held_together, taglines

if TYPE_CHECKING:
    import zoneinfo
    from collections.abc import Iterable, Mapping

    from rights_grievances.letters.contents import Situation
    from rights_grievances.letters.facts import Fact
    from rights_grievances.models import Case

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"[\d\s()+./-]+")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff]")


@dataclass(frozen=True, slots=True)
class Block:
    """`is_own`: the writer's own words, in whatever language they are; all else is in the letter's."""

    text: str
    is_heading: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """All that stands on a letter, in its order."""

    language: str
    direction: str
    title: str
    sender: str
    to: str
    dated: str
    blocks: tuple[Block, ...]
    signed: str
    help: tuple[Block, ...]  # stands with the taglines
    taglines: tuple[Tagline, ...]

    def as_json(self) -> dict[str, Any]:
        found = asdict(self)
        found["taglines"] = [asdict(line) | {"direction": line.direction} for line in self.taglines]
        return found


def language_of(kind: str, now: Situation, wanted: str) -> str:
    """The wanted one where a person has reviewed every text of that letter in it (45 CFR 92.201(c)(3)); else English."""
    keys = [element.text for element in elements(kind, now)]
    return wanted if all(content.may_be_shown(key, wanted) for key in keys) else content.SOURCE


def paper(
    case: Case, kind: str, now: Situation, facts: Mapping[str, Fact], *, language: str, dated_on: dt.date
) -> Paper:
    """The whole letter. A fact that is not there stays a gap: who writes it is told, and it is not sent so."""
    zone = case.program.zone
    said = {name: say(fact, language, zone) for name, fact in facts.items()}
    texts = [content.show(element.text, language) for element in elements(kind, now) if element != HELP]
    blocks = [block for text in texts for block in _blocks(text, said)]
    found = taglines(case.program.profile, phone=said.get("phone", "…"), tty=said.get("tty", "…"))
    return Paper(
        language=language,
        direction=formats.direction(language),
        title=blocks[0].text,
        sender=case.program.name,
        to=said.get("to", ""),
        dated=formats.full_day(dated_on, language),
        blocks=tuple(blocks[1:]),
        signed=said.get("signed", ""),
        help=tuple(_blocks(content.show(HELP.text, language), said)),
        taglines=tuple(found),
    )


def say(fact: Fact, language: str, zone: zoneinfo.ZoneInfo) -> str:
    """A day with its weekday and year; where hours count also the time, and by whose clock."""
    if isinstance(fact, dt.datetime):
        time = formats.clock_time(fact, language, fact.tzinfo or zone)
        return f"{formats.full_day(fact.date(), language)}, {time}, {formats.zone_name(fact.tzinfo or zone, language)}"
    if isinstance(fact, dt.date):
        return formats.full_day(fact, language)
    text = _UNPRINTABLE.sub(" ", fact)
    is_turned = formats.direction(language) == "rtl" and _NUMBER.fullmatch(text)
    return held_together(text) if is_turned else text


def filled(text: str, said: Mapping[str, str]) -> str:
    """A text with its facts; a fact that is not there yet leaves a gap."""
    return _PLACEHOLDER.sub(lambda found: said.get(found[1], "…"), text)


def _blocks(shown: content.Shown, said: Mapping[str, str]) -> Iterable[Block]:
    if shown.title:
        yield Block(shown.title, is_heading=True)
    for paragraph in shown.paragraphs:
        alone = _PLACEHOLDER.fullmatch(paragraph)
        if alone is not None and alone[1] in OWN_WORDS:
            yield from _own(said.get(alone[1], "…"))
        else:
            yield Block(filled(paragraph, said))


def _own(text: str) -> Iterable[Block]:
    """What the writer wrote, a block for each line: their lists stay lists."""
    return (Block(line.strip(), is_own=True) for line in text.splitlines() if line.strip())
