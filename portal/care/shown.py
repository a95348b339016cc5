"""A plan as a page shows it: what stands where, what is missing, how numbers move, what is next. Asks the database nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from portal.care.kinds import KINDS, Area, Benefit, Better, Domain, Going, Part, Setting

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.care.models import Item

FLAT_AFTER = 2  # readings in a row that moved nothing: the plan may need another way
NEXT_STEPS = 3
OVER = frozenset({Going.REACHED, Going.LASTING, Going.NOT_REACHED, Going.DONE, Going.STOPPED})
SETTLED = OVER | {Going.UNDER_WAY, Going.PAUSED}
WIDE, HIGH, EDGE = 170, 52, 8  # of a drawing


@dataclass(slots=True)
class Row:
    """One item with what stands under it, its words opened once."""

    item: Item
    data: dict[str, Any]
    under: list[Row] = field(default_factory=list)
    strong: list[Row] = field(default_factory=list)  # of a step: the strengths it builds on
    audience: str = ""  # who sees it, where that is not everybody who reads the plan
    above: str = ""  # of a step: what it leads to, where the reader sees that
    answers: Any = None  # of a suggestion: what the family said to it, as this reader may know it

    @property
    def kind(self) -> str:
        return self.item.kind

    @property
    def public_id(self) -> str:
        return str(self.item.public_id)

    @property
    def said_by(self) -> Person:
        return self.item.said_by

    def day(self, name: str) -> dt.date | None:
        said = self.data.get(name)
        return dt.date.fromisoformat(said) if said else None

    def of(self, kind: str) -> list[Row]:
        return [one for one in self.under if one.kind == kind]

    @property
    def title(self) -> str:
        """Its words in one line, for lists and for who cannot see where it stands."""
        return title(self.kind, self.data)

    # -- days --

    @property
    def trend(self) -> Trend:
        return trend_of(self)

    @property
    def is_own_word(self) -> bool:
        return KINDS[self.kind].is_own_word

    @property
    def numbers(self) -> list[Row]:
        """The newest first."""
        return sorted(self.of("reading"), key=lambda one: (one.data["on"], one.item.pk), reverse=True)

    @property
    def steps(self) -> list[Row]:
        """What the family wants or has agreed to; what is only suggested stands apart."""
        return [one for one in self.of("strategy") if one.item.is_active]

    @property
    def suggested(self) -> dict[str, Any]:
        """What it says by the words that wait for an answer."""
        return self.data | (self.item.offer or {})

    @property
    def views(self) -> list[Row]:
        return self.of("view")

    @property
    def due(self) -> dt.date | None:
        return self.day("due_on")

    @property
    def done(self) -> dt.date | None:
        return self.day("done_on")

    @property
    def by(self) -> dt.date | None:
        return self.day("by_on")

    @property
    def reached(self) -> dt.date | None:
        return self.day("reached_on")

    @property
    def on(self) -> dt.date | None:
        return self.day("on")

    @property
    def start_by(self) -> dt.date | None:
        return self.day("start_by")

    @property
    def started(self) -> dt.date | None:
        return self.day("started_on")

    @property
    def ends(self) -> dt.date | None:
        return self.day("ends_on")

    # -- a choice in words --

    @property
    def labels(self) -> dict[str, Any]:
        """What was chosen, in the reader's words, by part."""
        return {
            part.name: part.choices(self.data[part.name]).label
            for part in KINDS[self.kind].parts
            if part.choices is not None and self.data.get(part.name)
        }

    @property
    def going(self) -> str:
        """How it goes, as another system says it; shown where it says more than the days do."""
        return str(self.labels.get("going", ""))

    @property
    def is_under_way(self) -> bool:
        """Known to have begun or to be over, on whatever day."""
        return self.started is not None or self.data.get("going") in SETTLED

    @property
    def is_settled(self) -> bool:
        """Nothing is to do about it any more, on whatever day that came about."""
        return self.done is not None or self.data.get("going") in OVER

    @property
    def is_away(self) -> bool:
        return self.data.get("setting") == Setting.AWAY


def title(kind: str, data: dict[str, Any]) -> str:
    """What says which one it is: as a rule its words, and where it has none, what was chosen."""
    parts = KINDS[kind].parts
    named = [said(part, data.get(part.name), {}) for part in parts if part.name == KINDS[kind].named_by]
    if any(named):
        return str(named[0])
    words = [str(data[part.name]) for part in parts if part.sort in {"line", "text"} and data.get(part.name)]
    chosen = [str(part.choices(data[part.name]).label) for part in parts if part.choices and data.get(part.name)]
    return (words + chosen + [str(KINDS[kind].label)])[0]


def said(part: Part, value: Any, titles: Mapping[str, str]) -> str | dt.date:
    """One part of an item as a reader reads it. What it refers to and the reader does not see is left out."""
    if value is None or value is False or (not value and part.sort != "number"):  # nought is a number like any other
        return ""
    if part.sort == "day":
        return dt.date.fromisoformat(value)
    if part.choices is not None:
        return str(part.choices(value).label)
    if part.sort == "items":
        return ", ".join(titles[one] for one in value if one in titles)
    if part.sort == "number":
        return f"{value:g}"
    return gettext("yes") if part.sort == "yes" else str(value)


def all_said(kind: str, data: dict[str, Any], titles: Mapping[str, str]) -> list[tuple[Any, str | dt.date]]:
    """Every part that says something, with its label."""
    known = (
        (part.label, said(part, data.get(part.name), titles) or (gettext("not said yet") if part.may_be_unsaid else ""))
        for part in KINDS[kind].parts
    )
    return [(label, words) for label, words in known if words]


def changed(kind: str, before: dict[str, Any], after: dict[str, Any], titles: Mapping[str, str]) -> list[Moved]:
    """The parts that say something else now, each with both."""
    return [
        Moved(part.label, said(part, before.get(part.name), titles), said(part, after.get(part.name), titles))
        for part in KINDS[kind].parts
        if before.get(part.name) != after.get(part.name)
    ]


@dataclass(frozen=True, slots=True)
class Moved:
    label: Any
    before: str | dt.date
    after: str | dt.date


@dataclass(frozen=True, slots=True)
class Drawing:
    """Numbers for a picture `WIDE` by `HIGH`: the line, its last spot, the height of the goal."""

    points: str
    x: str
    y: str
    goal: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A need's numbers, oldest first, with where it began and where it shall go."""

    days: list[dt.date]
    values: list[float]
    start: float | None
    target: float | None
    better: str

    @property
    def latest(self) -> float | None:
        return self.values[-1] if self.values else self.start

    @property
    def way(self) -> str:
        """In one word: `reached`, `better`, `worse`, `same`, or `unknown` while there is nothing to compare."""
        first = self.start if self.start is not None else (self.values[0] if len(self.values) > 1 else None)
        now = self.values[-1] if self.values else None
        up = self.is_up
        if first is None or now is None or up is None:
            return "unknown"
        if self.target is not None and (now >= self.target if up else now <= self.target):
            return "reached"
        if now == first:
            return "same"
        return "better" if (now > first) == up else "worse"

    @property
    def is_up(self) -> bool | None:
        """Whether more is better: as it was said, else as start and target lie. None: nobody knows, so nothing is claimed."""
        if self.better:
            return self.better == Better.UP
        if self.start is None or self.target is None or self.start == self.target:
            return None
        return self.target > self.start

    @property
    def is_flat(self) -> bool:
        """The same number twice in a row and not there yet: time for another way (Florida's promise to revise)."""
        last = self.values[-FLAT_AFTER:]
        return len(last) == FLAT_AFTER and len(set(last)) == 1 and self.way != "reached"

    @property
    def drawing(self) -> Drawing | None:
        """The same numbers as a line; nothing to draw while there is only one."""
        run = [*([self.start] if self.start is not None else []), *self.values]
        if len(run) < 2:
            return None
        every = [*run, *([self.target] if self.target is not None else [])]
        low, reach = min(every), (max(every) - min(every)) or 1
        step = (WIDE - 2 * EDGE) / (len(run) - 1)
        spots = [
            (EDGE + n * step, HIGH - EDGE - (value - low) / reach * (HIGH - 2 * EDGE)) for n, value in enumerate(run)
        ]
        goal = None if self.target is None else HIGH - EDGE - (self.target - low) / reach * (HIGH - 2 * EDGE)
        return Drawing(
            points=" ".join(f"{x:.0f},{y:.0f}" for x, y in spots),
            x=f"{spots[-1][0]:.0f}",
            y=f"{spots[-1][1]:.0f}",
            goal="" if goal is None else f"{goal:.0f}",
        )


def trend_of(need: Row) -> Trend:
    readings = sorted((one for one in need.of("reading") if one.on), key=lambda one: (one.on, one.item.pk))
    return Trend(
        days=[one.on for one in readings if one.on],
        values=[one.data["value"] for one in readings],
        start=need.data.get("start"),
        target=need.data.get("target"),
        better=need.data.get("better", ""),
    )


def tree(items: Iterable[Item]) -> list[Row]:
    """Rows that stand alone, each with what stands under it. What stands under something the reader does not see stands alone."""
    rows: dict[int, Row] = {}
    tops: list[Row] = []
    for item in items:
        row = rows[item.pk] = Row(item, item.data)
        above = rows.get(item.parent_id or 0)
        (above.under if above is not None else tops).append(row)
    return tops


@dataclass(frozen=True, slots=True)
class PartOfLife:
    """One domain: what was said about it. Nothing yet is not "no need"."""

    domain: Domain
    rows: list[Row]
    state: str  # "" while nobody talked about it

    @property
    def is_open(self) -> bool:
        return not self.rows and not self.state


@dataclass(frozen=True, slots=True)
class Balance:
    """Who helps with a goal: people of the family's own life, and services."""

    natural: int
    formal: int

    @property
    def lacks_natural(self) -> bool:
        return self.natural == 0 and self.formal > 0


class Sheet:
    """All of a plan that one reader sees, by kind."""

    def __init__(self, items: Sequence[Item], today: dt.date, next_on: dt.date | None = None) -> None:
        self.today = today
        self.is_review_late = next_on is not None and next_on < today
        self.tops = tree(items)
        self.every: list[Row] = []
        stack = list(reversed(self.tops))
        while stack:
            row = stack.pop()
            self.every.append(row)
            stack += reversed(row.under)
        self.by_kind: dict[str, list[Row]] = defaultdict(list)
        for row in self.every:
            self.by_kind[row.kind].append(row)
        by_id = {row.public_id: row for row in self.every}
        self.titles = {row.public_id: row.title for row in self.every}
        for above in self.every:
            for row in above.of("strategy"):
                row.above = self.titles[above.public_id]
        for row in self.by_kind["strategy"]:
            row.strong = [by_id[one] for one in row.data["strengths"] if one in by_id]

    def of(self, kind: str) -> list[Row]:
        return self.by_kind.get(kind, [])

    @property
    def words(self) -> list[Row]:
        return self.of("words")

    @property
    def strengths(self) -> list[Row]:
        return self.of("strength")

    @property
    def goals(self) -> list[Row]:
        return [row for row in self.of("goal") if row.item.is_active]

    @property
    def suggestions(self) -> list[Row]:
        """What staff suggest and the family has not settled: a goal before what stands under it."""
        return [row for kind in ("goal", "strategy") for row in self.of(kind) if row.item.is_open_suggestion]

    @property
    def answered(self) -> list[Row]:
        """Suggestions the family has said yes or no to."""
        rows = [row for kind in ("goal", "strategy") for row in self.of(kind)]
        return [row for row in rows if row.item.is_asked_about and not row.item.is_open_suggestion]

    @property
    def all_needs(self) -> list[Row]:
        return self.of("need")

    @property
    def all_wellbeing(self) -> list[Row]:
        return self.of("wellbeing")

    @property
    def supports(self) -> list[Row]:
        return self.of("support")

    @property
    def services(self) -> list[Row]:
        return self.of("service")

    @property
    def levels(self) -> list[Row]:
        return self.of("level")

    @property
    def crisis(self) -> list[Row]:
        return self.of("crisis")

    @property
    def benefits(self) -> list[tuple[Benefit, Row | None]]:
        """Each line of the check, with what was said about it last."""
        said = {row.data["benefit"]: row for row in self.of("benefit")}
        return [(benefit, said.get(benefit)) for benefit in Benefit]

    @property
    def tasks(self) -> list[Row]:
        """What is still to do, the nearest day first; then what is done."""
        return sorted(self.of("task"), key=lambda row: (row.done is not None, row.due or dt.date.max, row.item.pk))

    @property
    def parts_of_life(self) -> list[PartOfLife]:
        said = {
            row.data["domain"]: "; ".join(filter(None, (str(row.labels["state"]), row.data.get("note"))))
            for row in self.of("domain")
        }
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in [*self.of("need"), *self.goals]:
            rows[row.data["domain"]].append(row)
        return [PartOfLife(domain, rows[domain], said.get(domain, "")) for domain in Domain]

    def balance(self, goal: Row) -> Balance:
        natural = sum(goal.public_id in row.data["goals"] for row in self.of("support"))
        formal = sum(goal.public_id in row.data["goals"] for row in self.of("service"))
        return Balance(natural, formal)

    @property
    def standing(self) -> list[tuple[Area, list[Row]]]:
        """Where things stand in each area, what was said last first."""
        rows = sorted(self.of("status"), key=lambda row: (row.data["on"], row.item.pk), reverse=True)
        return [(area, [row for row in rows if row.data["area"] == area]) for area in Area]

    @property
    def helped(self) -> list[tuple[Row, Balance]]:
        return [(row, self.balance(row)) for row in self.goals]

    @property
    def late(self) -> set[str]:
        """Ids of what should have been done or started by now."""
        tasks = (row for row in self.tasks if not row.is_settled and row.due and row.due < self.today)
        return {row.public_id for row in [*tasks, *(one for one in self.of("service") if self.is_missed(one))]}

    @property
    def missing(self) -> list[tuple[str, Row | None]]:
        """What a facilitator has to see to, as words of the page's own and the row it is about."""
        found: list[tuple[str, Row | None]] = [("late_review", None)] if self.is_review_late else []
        found += [("no_measure", row) for row in self.of("need") if not row.data["measure"]]
        found += [("flat", row) for row in self.of("need") if row.trend.is_flat]
        found += [("no_strength", row) for row in self.of("strategy") if not row.strong and row.item.is_active]
        found += [("no_natural", row) for row in self.goals if self.balance(row).lacks_natural]
        found += [("late_task", row) for row in self.tasks if not row.is_settled and row.due and row.due < self.today]
        found += [("late_service", row) for row in self.of("service") if self.is_missed(row)]
        found += [("no_view", row) for row in self.of("level") if not row.of("view")]
        found += [(name, None) for name, kind in (("no_crisis", "crisis"), ("no_words", "words")) if not self.of(kind)]
        return found

    def is_missed(self, service: Row) -> bool:
        return not service.is_under_way and service.start_by is not None and service.start_by < self.today

    @property
    def next_steps(self) -> list[Row]:
        """The next three things somebody does: open tasks by day, then services still to start."""
        tasks = [row for row in self.tasks if not row.is_settled]
        waiting = [row for row in self.of("service") if not row.is_under_way]
        days = [(row.due or row.start_by or dt.date.max, row.item.pk, row) for row in [*tasks, *waiting]]
        return [row for _day, _pk, row in sorted(days, key=lambda one: one[:2])][:NEXT_STEPS]
