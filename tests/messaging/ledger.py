"""What was written, acknowledged, stored and heard, held against each other."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

import psycopg


@dataclass
class Written:
    conversation: str
    author: str
    body: str


@dataclass
class Connection:
    """One socket from its hello to its end: the number it asked from, and each (kind, seq, key) it was told, in order."""

    after: int
    told: list[tuple[str, int, str]] = field(default_factory=list)

    def numbers(self, kind: str) -> list[int]:
        return [seq for told, seq, _key in self.told if told == kind]


@dataclass
class Reader:
    """One page of one person in one conversation, through all its connections."""

    name: str
    conversation: str
    connections: list[Connection] = field(default_factory=list)
    after: int = 0  # below and at this number nothing is missing here
    early: set[int] = field(default_factory=set)
    went_back: bool = False  # asked for what it had heard before, so it heard some of it again

    def connect(self, back: int = 0) -> int:
        """The number to ask from."""
        after = max(0, self.after - back)
        self.went_back = self.went_back or after < self.after
        self.connections.append(Connection(after))
        return after

    def hear(self, kind: str, seq: int, key: str) -> None:
        self.connections[-1].told.append((kind, seq, key))
        self.early.add(seq)
        while self.after + 1 in self.early:
            self.after += 1
            self.early.discard(self.after)


@dataclass
class Ledger:
    written: dict[str, Written] = field(default_factory=dict)  # by key, in the order they were written
    acknowledged: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    stored: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # (seq, key) by conversation, ordered by seq
    readers: list[Reader] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # what was seen to be wrong while it happened

    def write(self, key: str, conversation: str, author: str, body: str) -> None:
        self.written[key] = Written(conversation, author, body)

    def hear(self, reader: Reader, frame: dict[str, str], seq: int) -> None:
        """A `message` or `stored` that came to a page."""
        key = frame["key"]
        if frame["type"] == "stored":
            self.acknowledged[key].add(seq)
        elif key not in self.written or frame["body"] != self.written[key].body:
            self.told.append(f"{reader.name} heard {key} with another text than was written")
        if frame["conversation"] != reader.conversation:
            self.told.append(f"{reader.name} heard of {frame['conversation']}")
        reader.hear(frame["type"], seq, key)

    def faults(self, *, given_up: Container[str] = ()) -> list[str]:
        """Everything that is wrong, in words; empty when all is right.

        Asked when all is at rest: every message but those given up was sent until it was acknowledged, and every reader has
        read to the end.
        """
        faults = [*self.told, *self._of_the_store(), *self._of_the_acknowledgements()]
        for reader in self.readers:
            stored = dict(self.stored[reader.conversation])
            faults += [f"{reader.name}: {fault}" for fault in _of_a_reader(reader, stored)]
        known = {key for rows in self.stored.values() for _seq, key in rows}
        missing = [key for key in self.written if key not in known and key not in given_up]
        return faults + [f"{key} was sent until it was acknowledged and is not stored" for key in missing]

    def out_of_turn(self, authors: Iterable[str]) -> list[str]:
        """For those who send one message after the other: their order is the conversation's order."""
        numbers = {key: seq for rows in self.stored.values() for seq, key in rows}
        lines: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for key, written in self.written.items():
            if key in numbers and written.author in authors:
                lines[written.author, written.conversation].append(numbers[key])
        return [f"{author} wrote in another order" for (author, _), line in lines.items() if line != sorted(line)]

    def _of_the_store(self) -> list[str]:
        faults = []
        for conversation, rows in self.stored.items():
            if [seq for seq, _key in rows] != list(range(1, len(rows) + 1)):
                faults.append(f"{conversation} is not numbered 1 to {len(rows)}")
        times = Counter(key for rows in self.stored.values() for _seq, key in rows)
        faults += [f"{key} is stored {count} times" for key, count in times.items() if count > 1]
        faults += [f"{key} is stored and nobody wrote it" for key in times if key not in self.written]
        return faults

    def _of_the_acknowledgements(self) -> list[str]:
        numbers = {(conversation, key): seq for conversation, rows in self.stored.items() for seq, key in rows}
        faults = []
        for key, told in self.acknowledged.items():
            seq = numbers.get((self.written[key].conversation, key)) if key in self.written else None
            if seq is None:
                faults.append(f"{key} was acknowledged and is not stored")
            elif told != {seq}:
                faults.append(f"{key} was acknowledged as {sorted(told)} and is stored as {seq}")
        return faults


def _of_a_reader(reader: Reader, stored: dict[int, str]) -> list[str]:
    faults = []
    for connection in reader.connections:
        faults += _of_a_connection(connection, stored)
    heard = {seq for connection in reader.connections for _kind, seq, _key in connection.told}
    if heard != set(stored):
        faults.append(f"never heard {_some(set(stored) - heard)}")
    if reader.connections and (missing := _gaps(reader.connections[-1])):
        faults.append(f"came to rest without {_some(missing)}")
    if not reader.went_back and not any(connection.numbers("stored") for connection in reader.connections):
        # Who only reads has one history, made of all its connections: as the database has it, each once.
        whole = [seq for connection in reader.connections for seq in connection.numbers("message")]
        if whole != list(range(1, len(whole) + 1)):
            faults.append(f"did not hear 1 to {len(whole)} in order, each once")
    return faults


def _of_a_connection(connection: Connection, stored: dict[int, str]) -> list[str]:
    """Messages rise from the number asked for; the page's own are answered instead, and never sent back as well."""
    faults = [
        f"was told {kind} {seq} of {key}, which is not what is stored"
        for kind, seq, key in connection.told
        if stored.get(seq) != key
    ]
    messages = connection.numbers("message")
    faults += [
        f"heard {later} after {earlier}"
        for earlier, later in pairwise([connection.after, *messages])
        if later <= earlier
    ]
    own: set[int] = set()
    for kind, seq, _key in connection.told:
        if kind == "stored":
            own.add(seq)
        elif seq in own:
            faults.append(f"was sent its own {seq} back")
    return faults


def _gaps(connection: Connection) -> set[int]:
    """Numbers that a connection which has come to rest was never told of, between what it asked for and its last."""
    told = {seq for _kind, seq, _key in connection.told}
    return set(range(connection.after + 1, max(told, default=0) + 1)) - told


def _some(numbers: set[int]) -> str:
    first = sorted(numbers)[:5]
    return f"{', '.join(map(str, first))}{' ...' if len(numbers) > 5 else ''}"


# -- what the database holds ------------------------------------------------------------------------------------------------

IN_ORDER = """
SELECT c.public_id, c.last_seq, m.seq, m.key FROM messaging_conversation c
  LEFT JOIN messaging_message m ON m.conversation_id = c.id ORDER BY c.id, m.seq
"""


def read_store(database: str, conversations: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """(seq, key) of each of these conversations, ordered by seq, asked of the database itself: a PostgreSQL URL or a file."""
    if database.startswith("postgresql:"):
        with psycopg.connect(database) as server:
            rows = server.execute(IN_ORDER).fetchall()
    else:
        with closing(sqlite3.connect(database)) as file:
            rows = file.execute(IN_ORDER).fetchall()
    stored: dict[str, list[tuple[int, str]]] = {conversation: [] for conversation in conversations}
    last: dict[str, int] = {}
    for public_id, last_seq, seq, key in rows:
        conversation = str(UUID(str(public_id)))
        if conversation in stored:
            last[conversation] = last_seq
            stored[conversation] += [(seq, str(UUID(str(key))))] if seq is not None else []
    for conversation, known in stored.items():
        assert last[conversation] == len(known), f"{conversation} says {last[conversation]} and holds {len(known)}"
    return stored
