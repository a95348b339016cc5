"""The report of whom an organization reaches in words: for the page, and as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from peer_support.models import CheckIn, LivedSystem
from portal.language.formats import language_name

if TYPE_CHECKING:
    from peer_support.reach import Line, Period, Report, Table, Told
    from portal.programs.models import Organization

# What a spreadsheet would take as the beginning of a formula, also in its wide forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Named:
    """A line with its group in the reader's language."""

    title: str
    line: Line


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    title: str
    lines: list[Named]
    hides_some: bool


def parts(report: Report, organization: Organization, language: str) -> list[Part]:
    regions = {one.id: one.name for one in organization.program.profile.regions}
    systems = {str(code): str(label) for code, label in LivedSystem.System.choices}
    return [
        _part("systems", _("What families went through"), report.systems, systems),
        _part(
            "languages",
            _("Languages"),
            report.languages,
            {one.name: language_name(one.name, language) for one in report.languages.lines if one.name},
        ),
        _part("regions", _("Where families live"), report.regions, regions),
    ]


def _part(key: str, title: str, table: Table, names: dict[str, str]) -> Part:
    lines = [Named(names.get(line.name) or line.name or _("Not said"), line) for line in table.lines]
    return Part(key, title, lines, table.hides_some)


def sentence(line: Line) -> str:
    """The working in words. Nothing where it is nobody, or too few."""
    if not line.asked:
        return ""
    if line.has_peer is None:
        return ngettext("%(asked)s family asked.", "%(asked)s families asked.", line.asked) % {"asked": line.asked}
    return ngettext(
        "Of %(asked)s family that asked, %(has)s had a peer partner or mentor (%(percent)s%%).",
        "Of %(asked)s families who asked, %(has)s had a peer partner or mentor (%(percent)s%%).",
        line.asked,
    ) % {"asked": line.asked, "has": line.has_peer, "percent": line.percent or 0}


def quarter_name(period: Period) -> str:
    if not period.quarter:
        return str(period.year)
    return _("%(year)s, quarter %(number)s") % {"year": period.year, "number": period.quarter}


# -- a file ------------------------------------------------------------------------------------------------------------


def as_csv(report: Report, told: Iterable[Told], organization: Organization, period: Period, language: str) -> str:
    """Numbers and words only; where a number is hidden, the word says so. No cell can run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    for row in _rows(report, told, organization, period, language):
        writer.writerow([harmless(cell) for cell in row])
    return "\ufeff" + text.getvalue()  # so that a spreadsheet reads it as UTF-8


def harmless(cell: str | int | None) -> str:
    """A text that a spreadsheet shows and does not run (OWASP, CSV injection)."""
    text = _("too few to show") if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _rows(
    report: Report, told: Iterable[Told], organization: Organization, period: Period, language: str
) -> Iterator[list[str | int | None]]:
    yield [organization.name, quarter_name(period)]
    yield [
        *("", pgettext("in a table", "Group"), pgettext("in a table", "Asked"), _("Had somebody"), _("Percent")),
        *(_("Said yes to another one"), _("Were in touch"), _("Half waited at most"), _("In words")),
    ]
    yield _row(pgettext("in a table", "All"), _("All families"), report.total)
    for part in parts(report, organization, language):
        for named in part.lines:
            yield _row(part.title, named.title, named.line)
        if part.hides_some:
            yield [part.title, pgettext("in a table", "Others"), *[None] * 6]
    yield []
    said = CheckIn.Answer
    yield [
        *(_("Do you feel less alone?"), _("People who answered"), str(said.A_LOT.label), str(said.A_LITTLE.label)),
        *(_("A lot or a little"), str(said.NOT_YET.label), str(said.UNSAID.label)),
    ]
    for one in told:
        numbers = (one.people, one.a_lot, one.a_little, one.less_alone, one.not_yet, one.unsaid)
        yield [quarter_name(one.period), *numbers]


def _row(kind: str, title: str, line: Line) -> list[str | int | None]:
    numbers = (line.asked, line.has_peer, line.percent, line.rematched, line.in_touch, line.days)
    return [kind, title, *numbers, sentence(line)]
