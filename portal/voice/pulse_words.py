"""The answers to the three questions after a meeting, in words, and what a published table says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.voice import chart
from portal.voice.models import PulseAnswer
from portal.voice.results import CHANGED, FAMILY, HEARD, PEER, SIDE, Line, Table

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise
    from django.utils.safestring import SafeString

    from portal.programs.schema.settings import Survey

Heard, Changed, Reader = PulseAnswer.Heard, PulseAnswer.Changed, PulseAnswer.Reader


def answers(readers: Iterable[PulseAnswer.Reader], peer: str) -> dict[str, Sequence[tuple[str, _StrOrPromise]]]:
    """What can be chosen, with the one beside them by name."""
    names: dict[str, _StrOrPromise] = {
        Reader.NOBODY: _("Nobody. Just count it, with many others"),
        Reader.PEER: _("%(peer)s. Nobody else") % {"peer": peer},
        Reader.TEAM: _("The staff of my team, with my name. Nobody in my family"),
    }
    return {
        "heard": list(Heard.choices),
        "changed": list(Changed.choices),
        "reader": [(one.value, names[one]) for one in readers],
    }


TITLES: dict[str, _StrOrPromise] = {
    HEARD.name: gettext_lazy("Were you heard?"),
    CHANGED.name: gettext_lazy("Did the plan change because of you?"),
    SIDE.name: gettext_lazy("Who answered?"),
    FAMILY.name: gettext_lazy("Was the family there?"),
    PEER.name: gettext_lazy("Was a peer partner or mentor there?"),
}
PARTS: dict[str, tuple[tuple[_StrOrPromise, ...], ...]] = {
    HEARD.name: (
        (gettext_lazy("Yes"), gettext_lazy("Partly"), gettext_lazy("No")),
        (gettext_lazy("Yes"), gettext_lazy("Partly or no")),
        (gettext_lazy("People who answered"),),
    ),
    CHANGED.name: (
        (gettext_lazy("Yes"), gettext_lazy("No"), gettext_lazy("I do not know")),
        (gettext_lazy("Yes"), gettext_lazy("No, or not known")),
        (gettext_lazy("People who answered"),),
    ),
    SIDE.name: (
        (gettext_lazy("Young people"), gettext_lazy("Parents and caregivers")),
        (gettext_lazy("People who answered"),),
    ),
    FAMILY.name: (
        (
            gettext_lazy("The young person was there"),
            gettext_lazy("A parent or caregiver was there, the young person was not"),
            gettext_lazy("Nobody of the family was there"),
        ),
        (gettext_lazy("Someone of the family was there"), gettext_lazy("Nobody of the family was there")),
    ),
    PEER.name: ((gettext_lazy("Was there"), gettext_lazy("Was not there")),),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One quarter as a picture and as numbers. `cells` is empty where it is too small to show."""

    name: str
    cells: list[tuple[str, int]]
    drawing: SafeString | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One question as a page shows it."""

    name: str
    title: str
    heads: list[str]
    bars: list[Bar]
    total: Bar
    is_empty: bool


def show(tables: Iterable[Table], survey: Survey | None = None) -> list[Shown]:
    return [_shown(one, survey) for one in tables]


def _shown(table: Table, survey: Survey | None) -> Shown:
    heads = [] if table.level is None else [str(one) for one in _heads(table, survey)]
    return Shown(
        name=table.name,
        title=_title(table, survey),
        heads=heads,
        bars=[_bar(line, heads, _quarter(line.code)) for line in table.lines],
        total=_bar(table.total, heads, _("All together")),
        is_empty=table.is_empty,
    )


def _title(table: Table, survey: Survey | None) -> str:
    if table.name in TITLES:
        return str(TITLES[table.name])
    return survey.questions[int(table.name.removeprefix("survey-"))] if survey is not None else ""


def _heads(table: Table, survey: Survey | None) -> Sequence[_StrOrPromise]:
    level = table.level or 0
    if table.name in PARTS:
        return PARTS[table.name][level]
    return survey.answers if survey is not None and level == 0 else (_("People who answered"),)


def _bar(line: Line, heads: Sequence[str], name: str) -> Bar:
    if line.parts is None:
        return Bar(name, [], None, _("Not enough answers yet."))
    cells = list(zip(heads, line.parts, strict=True))
    drawing = chart.bar(line.parts) if len(line.parts) > 1 and any(line.parts) else None
    return Bar(name, cells, drawing, _sentence(line, heads))


def _sentence(line: Line, heads: Sequence[str]) -> str:
    if line.percent is None or line.parts is None:
        return ""
    words = {"head": heads[0], "part": line.parts[0], "all": sum(line.parts), "percent": line.percent}
    return _("%(head)s: %(part)s of %(all)s (%(percent)s%%)") % words


def _quarter(code: str) -> str:
    year, number = code.split("-q")
    return _("%(year)s, quarter %(number)s") % {"year": year, "number": number}
