"""Letters as a page shows them: those of a case, what can be written now, and what one still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings

from portal.access import letters as access
from portal.access import people
from portal.language import content
from portal.language.middleware import PSEUDO
from rights_grievances.letters.contents import OWN_WORDS, WRITTEN, elements, may_be_written, needed, say_missing
from rights_grievances.letters.facts import Standing, suggestions
from rights_grievances.letters.kept import kept_of
from rights_grievances.letters.wording import filled, language_of, say
from rights_grievances.models import Letter

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.accounts.models import Person
    from rights_grievances.letters.contents import Element
    from rights_grievances.letters.facts import Fact
    from rights_grievances.models import Case


@dataclass(frozen=True, slots=True)
class Choice:
    """A letter that can be written now, or goes on being written."""

    kind: str
    name: _StrOrPromise
    is_begun: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """Those of one case, newest first, for `rights_grievances/_letters.html`."""

    case: Case
    sent: tuple[Letter, ...]
    to_write: tuple[Choice, ...]  # empty for who may write none
    is_staff: bool


def letters_for(person: Person, case: Case) -> Letters:
    """What this person reads of them. Give it to the page as `letters` and include `rights_grievances/_letters.html`."""
    known = list(access.visible_letters(person).filter(case=case).defer("sealed_html", "sealed_pdf"))
    sent = tuple(letter for letter in known if letter.sent_at is not None)
    is_writer = access.may_write(person, case)
    begun = {letter.kind for letter in known if letter.sent_at is None}
    return Letters(case, sent, _choices(case, begun) if is_writer else (), is_writer)


def _choices(case: Case, begun: set[str]) -> tuple[Choice, ...]:
    now = Standing(case, "").situation
    kinds = [kind for kind in Letter.Kind if may_be_written(kind, now)]
    return tuple(Choice(kind.value, kind.label, kind.value in begun) for kind in kinds)


# -- writing one -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """One thing the letter has to say, and whether it can."""

    title: str
    law: str
    missing: tuple[_StrOrPromise, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page of a letter in the making shows."""

    kind: str
    name: _StrOrPromise
    asked: frozenset[str]  # the fields its writer fills in
    initial: dict[str, str]
    languages: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]


def desk(person: Person, case: Case, kind: str) -> Desk | None:
    """None where such a letter is not to be written by this person, or not now."""
    if kind not in set(Letter.Kind) or not access.may_write(person, case):
        return None
    standing = Standing(case, kind)
    now = standing.situation
    if not may_be_written(kind, now):
        return None
    letter = access.visible_letters(person).filter(case=case, kind=kind, sent_at=None).first()
    written = kept_of(letter)["written"] if letter is not None else _suggested(person, case, standing)
    wanted = letter.wanted_language if letter is not None else case.language
    language = language_of(kind, now, wanted)
    now = replace(now, wants_translation=language != content.SOURCE)
    facts = standing.facts(written)
    asked = frozenset(needed(kind, now)) & (frozenset(WRITTEN) - standing.facts({}).keys())
    if OWN_WORDS & asked:
        asked |= {"translator"}
    return Desk(
        kind=kind,
        name=Letter.Kind(kind).label,
        asked=asked,
        initial=written | {"language": wanted},
        languages=_languages(case, wanted),
        said=tuple(_said(element, facts, case) for element in elements(kind, now)),
    )


def sentences(lacking: list[str]) -> list[_StrOrPromise]:
    return say_missing(lacking)


def _said(element: Element, facts: Mapping[str, Fact], case: Case) -> Said:
    gaps = [name for name in element.needs if not facts.get(name)]
    source, zone = content.source_of(element.text), case.program.zone
    known = {name: say(facts[name], content.SOURCE, zone) for name in element.needs if name in facts}
    return Said(source.title or filled(source.text, known), element.law, tuple(say_missing(gaps)))


def _suggested(person: Person, case: Case, standing: Standing) -> dict[str, str]:
    """What is known already, and the numbers and name as on the last letter of this writer here."""
    last = (
        Letter.objects.filter(case__program=case.program, made_by=person, sent_at__isnull=False).order_by("-pk").first()
    )
    before = kept_of(last)["written"] if last is not None else {}
    role = people.staff_roles(person).filter(organization__program=case.program).first()
    found = suggestions(standing)
    found["signed"] = f"{person.display_name}\n{role.organization.name}" if role is not None else person.display_name
    again = {name: before[name] for name in ("phone", "tty", "signed", "hearing_how") if before.get(name)}
    return {name: text for name, text in {**found, **again}.items() if text}


def _languages(case: Case, wanted: str) -> tuple[tuple[str, str], ...]:
    """Those letters can be in, each under its own name; the one they told us in first."""
    offered = {code: name for code, name in settings.LANGUAGES if code != PSEUDO}
    codes = dict.fromkeys([wanted, case.language, content.SOURCE, *offered])
    return tuple((code, offered.get(code, code)) for code in codes if code in offered or code == wanted)
