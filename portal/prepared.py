"""Questions asked with every page and every socket, whose SQL is made once: Django compiles a queryset anew each time it runs,
which costs several times what the database takes to answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet


class Prepared:
    """A queryset of values, written as a function of what varies: `Prepared(make, person=-1)` then `rows(person=7)`.

    The stand-ins given here have the type of what varies, differ from each other, and occur nowhere else in the query. A
    value must not change the form of the SQL: no None, no list.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], **stand_ins: Any) -> None:
        self.make, self.stand_ins = make, stand_ins
        self._made: dict[str, Compiled] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What the queryset would give now, as tuples."""
        made = self._made.get(connection.vendor)
        if made is None:
            made = self._made[connection.vendor] = Compiled(self.make(**self.stand_ins), self.stand_ins)
        return made.rows(values)


class Compiled:
    """The SQL of one queryset, with places in it for what varies."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: Mapping[str, Any]) -> None:
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, given = self.compiler.as_sql()
        places = {adapted(value): Place(name) for name, value in stand_ins.items()}
        self.params = [places.get(param, param) for param in given]
        self.converters = self.compiler.get_converters([column[0] for column in self.compiler.select])
        if any(is_of_some_time(param) for param in self.params):
            raise ValueError(f"A time that would stay what it is now stands in the prepared question {self.sql}")

    def filled(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters, with these values in their places."""
        given = {name: adapted(value) for name, value in values.items()}
        return [given[param.name] if isinstance(param, Place) else param for param in self.params]

    def rows(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(values))
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return list(map(tuple, self.compiler.apply_converters(found, self.converters))) if self.converters else found


class Place:
    """Where in the parameters a value goes."""

    def __init__(self, name: str) -> None:
        self.name = name


def adapted(value: Any) -> Any:
    """As it stands among the parameters."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def is_of_some_time(param: Any) -> bool:
    """A date or a time, or one written as a text."""
    if isinstance(param, str):
        with suppress(ValueError):
            param = dt.datetime.fromisoformat(param)
    return isinstance(param, dt.date)


# A moment that stands for "now" in a prepared question, and two days that stand for "today".
SOME_DAY, SOME_OTHER_DAY = dt.date(1970, 1, 3), dt.date(1970, 1, 4)
SOME_TIME = dt.datetime(1970, 1, 2, 3, 4, 5, 678, tzinfo=dt.UTC)
