"""The writer's statements, in the dialect of each database. Constant text; what varies is bound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

Row = tuple[int, int, UUID, int, bytes]  # conversation, which of this batch there (1 and up), key, author, sealed body
Numbers = dict[int, tuple[int, int]]  # conversation: its last_seq, its access_version


def make_ready() -> None:
    """Before a transaction begins: what is set inside one is unset again where it is rolled back.

    On PostgreSQL the statement below is planned once for each connection: planning costs more than running it for a few rows.
    So that the plan holds when a young table has grown, this connection never reads a whole table where an index will do.
    """
    if connection.vendor != "postgresql":
        return
    connection.ensure_connection()
    raw = connection.connection
    if raw.prepare_threshold is None:  # as Django opens it
        with connection.wrap_database_errors:
            raw.execute("SET enable_seqscan = off")
        raw.prepare_threshold = 0


def store(rows: Sequence[Row], now: dt.datetime) -> tuple[Numbers, int]:
    """Lock the conversations in ascending id, raise each `last_seq` by its rows, and insert them with the numbers so gained.

    Gives the conversations as they stand now, where one that does not exist is missing, and how many rows went in: fewer than
    given where a key is stored already. The caller holds both against what it expects and rolls its transaction back otherwise.
    """
    counts: dict[int, int] = {}
    for row in rows:
        counts[row[0]] = counts.get(row[0], 0) + 1
    if connection.vendor == "postgresql":
        return _store_postgresql(rows, counts, now)
    return _store_sqlite(rows, counts, now)


# SQLite locks the whole database at BEGIN IMMEDIATE, so order among rows needs no care there.


def _store_sqlite(rows: Sequence[Row], counts: dict[int, int], now: dt.datetime) -> tuple[Numbers, int]:
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
        numbers = {pk: (last_seq, version) for pk, last_seq, version in cursor.fetchall()}
        below = {pk: last_seq - counts[pk] for pk, (last_seq, _version) in numbers.items()}
        cursor.executemany(
            "INSERT INTO messaging_message (conversation_id, seq, key, author_id, body, sent_at) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (conversation_id, key) DO NOTHING",
            [
                (pk, below[pk] + nth, key.hex, author, body, moment)
                for pk, nth, key, author, body in rows
                if pk in below
            ],
        )
        return numbers, int(cursor.rowcount)


_STORE = """
WITH v AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS v(cid, n)),
     l AS (SELECT id FROM messaging_conversation WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE),
     u AS (UPDATE messaging_conversation c SET last_seq = c.last_seq + v.n, last_sent_at = %s FROM v JOIN l ON l.id = v.cid
           WHERE c.id = l.id RETURNING c.id, c.last_seq, c.access_version, c.last_seq - v.n AS below),
     i AS (INSERT INTO messaging_message (conversation_id, seq, key, author_id, body, sent_at)
           SELECT c, u.below + t.nth, k, a, b, %s
             FROM unnest(%s::bigint[], %s::bigint[], %s::uuid[], %s::bigint[], %s::bytea[]) AS t(c, nth, k, a, b)
             JOIN u ON u.id = t.c
           ON CONFLICT (conversation_id, key) DO NOTHING RETURNING 1)
SELECT id, last_seq, access_version, (SELECT count(*) FROM i) FROM u
"""


def _store_postgresql(rows: Sequence[Row], counts: dict[int, int], now: dt.datetime) -> tuple[Numbers, int]:
    """One round trip, on Django's own connection and transaction, with a plain psycopg cursor: values are bound by the server."""
    import psycopg

    raw = connection.connection
    with connection.wrap_database_errors:
        conversations, nths, keys, authors, bodies = zip(*rows, strict=True)
        pks = _array(counts)
        arrays = [_array(conversations), _array(nths), _array(keys), _array(authors), _bytes_array(bodies)]
        answer = psycopg.Cursor(raw).execute(_STORE, [pks, _array(counts.values()), pks, now, now, *arrays]).fetchall()
    return {pk: (last_seq, version) for pk, last_seq, version, _count in answer}, answer[0][3] if answer else 0


def _array(values: Iterable[object]) -> str:
    """As PostgreSQL writes an array. One text each: psycopg would adapt every element, which costs as much as the insert."""
    return "{" + ",".join(map(str, values)) + "}"


def _bytes_array(values: Iterable[bytes | None]) -> str:
    """A row without a body is the database's to refuse, alone."""
    return "{" + ",".join(["NULL" if value is None else f'"\\\\x{value.hex()}"' for value in values]) + "}"
