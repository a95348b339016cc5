"""Questions asked with every page and every socket, whose SQL is made once: Django compiles a queryset anew each time it runs,
which costs several times what the database takes to answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """A queryset of values, written as a function of what varies: `Prepared(make, person=-1)` then `rows(person=7)`.

    The stand-ins given here have the type of what varies, differ from each other, and occur nowhere else in the query. A
    value must not change the form of the SQL: no None, no list.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], **stand_ins: Any) -> None:
        self.make, self.stand_ins = make, stand_ins
        self._made: dict[str, tuple[str, list[Any], Any]] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What the queryset would give now, as tuples."""
        sql, params, converted = self._made.get(connection.vendor) or self._compile()
        given = {name: _adapted(value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[param.name] if isinstance(param, _Place) else param for param in params])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        answer: list[tuple[Any, ...]] = converted(found)
        return answer

    def _compile(self) -> tuple[str, list[Any], Any]:
        compiler = self.make(**self.stand_ins).query.get_compiler(connection=connection)
        sql, given = compiler.as_sql()
        places = {_adapted(value): _Place(name) for name, value in self.stand_ins.items()}
        params = [places.get(param, param) for param in given]
        converters = compiler.get_converters([column[0] for column in compiler.select])

        def converted(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
            return list(map(tuple, compiler.apply_converters(rows, converters))) if converters else rows

        made = self._made[connection.vendor] = sql, params, converted
        return made


class _Place:
    """Where in the parameters a value goes."""

    def __init__(self, name: str) -> None:
        self.name = name


def _adapted(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


# A moment that stands for "now" in a prepared question, and two days that stand for "today".
SOME_DAY, SOME_OTHER_DAY = dt.date(1970, 1, 3), dt.date(1970, 1, 4)
SOME_TIME = dt.datetime(1970, 1, 2, 3, 4, 5, 678, tzinfo=dt.UTC)
