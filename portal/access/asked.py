"""Questions of the policy that are asked with nearly every page and step, prepared once.

`visible_...` says who sees what, as a queryset. Making such a queryset and its SQL takes Django up to a tenth of a second: where
the same question is asked again and again, about other people and at other times, it is kept as SQL with places in it for
these. An answer is never kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from portal.access import moment
from portal.access.moment import Moment
from portal.accounts.models import Person
from portal.prepared import SOME_TIME, Compiled

M = TypeVar("M", bound=Model)

# Whoever it will be. Of this person nothing is known but the number: a queryset that asked for more would be another one for
# each person, and fails here.
SOMEBODY = Person.from_db("default", ["id", "is_active"], [-1_000_001, True])
# Whatever row it will be, and whatever other one.
SOME_ROW, OTHER_ROW = -1_000_002, -1_000_003


class Asked(Generic[M]):
    """A queryset of rows, written as a function of what varies: `Asked(make, person=SOMEBODY)`, then `rows(person=person)`.

    The time need not be named: it is that of the asking, wherever the queryset takes it from `portal.access.moment`.
    """

    def __init__(self, make: Callable[..., QuerySet[M, Any]], **stand_ins: Any) -> None:
        self.make, self.stand_ins = make, stand_ins
        self._made: dict[object, Compiled] = {}

    def rows(self, **values: Any) -> list[M]:
        """What the queryset would give now."""
        made, given = self._prepared(values)
        return list(_instances(made, made.rows(given)))

    def first(self, **values: Any) -> M | None:
        """For a queryset of one row at most."""
        return next(iter(self.rows(**values)), None)

    def any(self, **values: Any) -> bool:
        """For a queryset of values, of one row at most: whether there is one."""
        made, given = self._prepared(values)
        return bool(made.rows(given))

    def values(self, **values: Any) -> list[tuple[Any, ...]]:
        """For a queryset of values."""
        made, given = self._prepared(values)
        return made.rows(given)

    def _prepared(self, values: dict[str, Any]) -> tuple[Compiled, dict[str, Any]]:
        now = moment.moment()
        form = connection.vendor, *(slugs for _born, slugs in now.minors)
        made = self._made.get(form)
        if made is None:
            made = self._made[form] = self._compiled(now)
        return made, values | _named(now)

    def _compiled(self, now: Moment) -> Compiled:
        days = (dt.date(1950, 1, 1 + number) for number in range(len(now.minors)))
        some = Moment(
            now=SOME_TIME,
            today=dt.date(1970, 2, 2),
            minors=tuple((day, slugs) for day, (_born, slugs) in zip(days, now.minors, strict=True)),
        )
        with moment.fixed(some):
            return Compiled(self.make(**self.stand_ins), self.stand_ins | _named(some))


def _named(moment: Moment) -> dict[str, Any]:
    born = {f"born {number}": day for number, (day, _slugs) in enumerate(moment.minors)}
    return {"now": moment.now, "today": moment.today, "yesterday": moment.yesterday} | born


def _instances(made: Compiled, rows: Iterable[Sequence[Any]]) -> Iterable[Any]:
    """As django.db.models.query.ModelIterable makes them."""
    compiler = made.compiler
    kind, fields = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    start, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    populators = get_related_populators(compiler.klass_info, compiler.select, "default")  # type: ignore[call-arg]
    for row in rows:
        found = kind.from_db("default", names, row[start:end])
        for populator in populators:
            populator.populate(row, found)
        for name, position in compiler.annotation_col_map.items():
            setattr(found, name, row[position])
        yield found
