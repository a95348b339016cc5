"""The writer's two statements, in the dialect of each database. Constant text; what varies is bound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

Row = tuple[int, int, UUID, int, bytes]  # conversation, seq, key, author, sealed body


class RepeatedKey(Exception):
    """Fewer rows went in than were given: a key was stored before."""


def raise_numbers(counts: dict[int, int], now: dt.datetime) -> dict[int, tuple[int, int]]:
    """Lock the conversations in ascending id, raise each `last_seq` by its count, and give `{id: (last_seq, access_version)}`.

    A conversation that does not exist is missing from the answer.
    """
    if connection.vendor == "postgresql":
        return _raise_numbers_postgresql(counts, now)
    return _raise_numbers_sqlite(counts, now)


def insert(rows: Sequence[Row], now: dt.datetime) -> None:
    """Insert all rows. Raises RepeatedKey when one of their keys is stored already; the caller's transaction then rolls back."""
    count = _insert_postgresql(rows, now) if connection.vendor == "postgresql" else _insert_sqlite(rows, now)
    if count != len(rows):
        raise RepeatedKey


# SQLite locks the whole database at BEGIN IMMEDIATE, so order among rows needs no care there.


def _raise_numbers_sqlite(counts: dict[int, int], now: dt.datetime) -> dict[int, tuple[int, int]]:
    values = ", ".join(["(%s, %s)"] * len(counts))
    params: list[Any] = [part for pair in counts.items() for part in pair]
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH v(cid, n) AS (VALUES {values}) UPDATE messaging_conversation "  # noqa: S608 - placeholders only
            "SET last_seq = last_seq + v.n, last_sent_at = %s FROM v WHERE id = v.cid "
            "RETURNING id, last_seq, access_version",
            [*params, moment],
        )
        return {pk: (last_seq, version) for pk, last_seq, version in cursor.fetchall()}


def _insert_sqlite(rows: Sequence[Row], now: dt.datetime) -> int:
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO messaging_message (conversation_id, seq, key, author_id, body, sent_at) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (conversation_id, key) DO NOTHING",
            [(pk, seq, key.hex, author, body, moment) for pk, seq, key, author, body in rows],
        )
        return int(cursor.rowcount)


_RAISE = """
WITH v AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS v(cid, n)),
     l AS (SELECT id FROM messaging_conversation WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE)
UPDATE messaging_conversation c SET last_seq = c.last_seq + v.n, last_sent_at = %s FROM v JOIN l ON l.id = v.cid
  WHERE c.id = l.id RETURNING c.id, c.last_seq, c.access_version
"""

_INSERT = """
INSERT INTO messaging_message (conversation_id, seq, key, author_id, body, sent_at)
  SELECT c, s, k, a, b, %s FROM unnest(%s::bigint[], %s::bigint[], %s::uuid[], %s::bigint[], %s::bytea[])
    AS t(c, s, k, a, b)
  ON CONFLICT (conversation_id, key) DO NOTHING
"""


def _postgresql(statement: str, params: Sequence[Any]) -> Any:
    """Run on Django's own connection and transaction with a plain psycopg cursor: values are bound by the server."""
    import psycopg

    connection.ensure_connection()
    with connection.wrap_database_errors:
        return psycopg.Cursor(connection.connection).execute(statement, params)


def _array(values: Iterable[object]) -> str:
    """As PostgreSQL writes an array. One text each: psycopg would adapt every element, which costs as much as the insert."""
    return "{" + ",".join(map(str, values)) + "}"


def _bytes_array(values: Iterable[bytes | None]) -> str:
    """A row without a body is the database's to refuse, alone."""
    return "{" + ",".join(["NULL" if value is None else f'"\\\\x{value.hex()}"' for value in values]) + "}"


def _raise_numbers_postgresql(counts: dict[int, int], now: dt.datetime) -> dict[int, tuple[int, int]]:
    pks = _array(counts)
    answer = _postgresql(_RAISE, [pks, _array(counts.values()), pks, now])
    return {pk: (last_seq, version) for pk, last_seq, version in answer.fetchall()}


def _insert_postgresql(rows: Sequence[Row], now: dt.datetime) -> int:
    pks, seqs, keys, authors, bodies = zip(*rows, strict=True)
    arrays = [_array(pks), _array(seqs), _array(keys), _array(authors), _bytes_array(bodies)]
    return int(_postgresql(_INSERT, [now, *arrays]).rowcount)
