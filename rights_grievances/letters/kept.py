"""What is kept with a letter, and how it would look if it went out now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from portal.language import content
from rights_grievances.letters.contents import WRITTEN, missing
from rights_grievances.letters.facts import Standing
from rights_grievances.letters.wording import paper

if TYPE_CHECKING:
    from rights_grievances.letters.contents import Situation
    from rights_grievances.letters.facts import Fact
    from rights_grievances.letters.wording import Paper
    from rights_grievances.models import Letter


class Kept(TypedDict):
    written: dict[str, str]  # by who wrote it
    replaces: str  # the letter in whose place it comes
    stated: dict[str, str]  # of a letter that was sent: every fact it states


def kept_of(letter: Letter) -> Kept:
    kept: Kept = json.loads(letter.fields)
    return kept


def stored(*, written: Mapping[str, str], replaces: str = "", stated: Mapping[str, str] | None = None) -> str:
    kept = Kept(written=dict(written), replaces=replaces, stated=dict(stated or {}))
    return json.dumps(kept, ensure_ascii=False)


def clean(fields: Mapping[str, str]) -> dict[str, str]:
    """Only what a writer fills in, and of that what is there."""
    return {name: str(fields[name]).strip() for name in WRITTEN if fields.get(name) and str(fields[name]).strip()}


def situation_of(letter: Letter, standing: Standing) -> Situation:
    return replace(standing.situation, wants_translation=letter.language != content.SOURCE)


def lacks(letter: Letter, now: Situation, facts: Mapping[str, Fact]) -> list[str]:
    """What the letter has to say and does not yet, by the names of the facts."""
    return missing(letter.kind, now, {name: str(value) for name, value in facts.items()})


def preview(letter: Letter) -> tuple[Paper, list[str]]:
    """As it would go out now, and what it lacks."""
    standing = Standing(letter.case, letter.kind)
    now, facts = situation_of(letter, standing), standing.facts(kept_of(letter)["written"])
    today = letter.case.program.today()
    made = paper(letter.case, letter.kind, now, facts, language=letter.language, dated_on=today)
    return made, lacks(letter, now, facts)
