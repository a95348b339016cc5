"""Who may decide about a complaint or an appeal: a rule over the chart of who works under whom. It knows no database.

42 CFR 438.406(b)(2)(i): whoever decides had no part in what was decided before, and does not work under somebody who had. Our own
rule beside it: nor may anybody named, anybody above or below them, anybody close to them, or whom the one who told us
does not want. Where nobody is left the answer is nobody: it goes to somebody outside, and never back to one of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Node:
    """One job of one person. Somebody may hold several, also under different people."""

    id: int
    person: int
    supervisor: int | None  # the id of the job it works under
    is_active: bool = True
    is_clinician: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """What keeps people from one case, as persons."""

    named: frozenset[int] = NOBODY  # whom it is against; of an organization everybody who works or worked there
    earlier: frozenset[int] = NOBODY  # had a part in what was decided before
    unwanted: frozenset[int] = NOBODY
    own: frozenset[int] = NOBODY  # told us, or belongs to the family
    ties: frozenset[frozenset[int]] = field(default_factory=frozenset)  # pairs who are close outside work
    needs_clinician: bool = False


def eligible(nodes: Collection[Node], bars: Bars, roles: Collection[str] | None = None) -> list[int]:
    """The jobs in which this may be decided, in the order given. Empty: somebody outside decides."""
    out = barred(nodes, bars)
    return [
        node.id
        for node in nodes
        if node.is_active
        and node.person not in out
        and (roles is None or node.role in roles)
        and (node.is_clinician or not bars.needs_clinician)
    ]


def barred(nodes: Collection[Node], bars: Bars) -> frozenset[int]:
    """The people who may not decide it."""
    chart = Chart(nodes)
    out = kept_from(chart, bars) | bars.earlier
    for person in bars.earlier:
        out |= chart.below(person)
    return out


def kept_from(chart: Chart, bars: Bars) -> frozenset[int]:
    """The people who may not even know of it."""
    out = bars.named | bars.unwanted | bars.own
    for person in bars.named:
        out |= chart.above(person) | chart.below(person) | _close_to(person, bars.ties)
    return out


def kept_by(chart: Chart, person: int, ties: Iterable[frozenset[int]]) -> frozenset[int]:
    """The same from the other side: the people who, when they are named, keep this one from a case."""
    return frozenset({person}) | chart.above(person) | chart.below(person) | _close_to(person, ties)


def _close_to(person: int, ties: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset(other for tie in ties if person in tie for other in tie if other != person)


class Chart:
    """Who works under whom, as people. Jobs that have ended count: who worked under somebody was under them."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        known = {node.id: node for node in nodes}
        up: defaultdict[int, set[int]] = defaultdict(set)
        down: defaultdict[int, set[int]] = defaultdict(set)
        for node in known.values():
            over = known.get(node.supervisor) if node.supervisor is not None else None
            if over is not None and over.person != node.person:
                up[node.person].add(over.person)
                down[over.person].add(node.person)
        self._up, self._down = dict(up), dict(down)

    def above(self, person: int) -> frozenset[int]:
        return _reach(self._up, person)

    def below(self, person: int) -> frozenset[int]:
        return _reach(self._down, person)


def _reach(steps: Mapping[int, set[int]], start: int) -> frozenset[int]:
    """Everybody along the lines from there; charts with a circle in them end, too."""
    found: set[int] = set()
    ahead = list(steps.get(start, ()))
    while ahead:
        person = ahead.pop()
        if person not in found:
            found.add(person)
            ahead.extend(steps.get(person, ()))
    return frozenset(found - {start})
