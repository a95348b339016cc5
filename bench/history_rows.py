"""Fills a database with a long history, and says how it finds its way in one. Run with the site's environment:

    python -m bench.history_rows fill CAST --messages 10000000 --conversations 100000 [--long 50000]
    python -m bench.history_rows plans CAST

The conversations of the cast are whole: each body is sealed under its own key, so that their pages open. In the others one sealed
body stands for all: nobody reads them. Messages lie in the order in which they would have come, number n of every conversation
before number n + 1 of any, so that those of one conversation are spread over the whole table.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

AT_ONCE = 10_000
PER_PEER = 5  # conversations of each peer partner, the measured ones included
WORDS = "We talked about the school meeting and the bus in the morning. It went better than last week"
BEGAN = dt.datetime(2025, 3, 1, 12, tzinfo=dt.UTC)


def fill(cast: list[dict[str, Any]], *, messages: int, conversations: int, long: int) -> dict[str, Any]:
    """`messages` spread evenly over `conversations`, those of the cast among them; the last of the cast gets `long` more."""
    begin = time.perf_counter()
    each = messages // conversations
    known = _known(cast)
    _others(known, conversations - len(known))
    with _unhindered():
        for number in range(1, each + 1):
            _say(known, number)
            _say_elsewhere(number, [talk.pk for talk, _people in known])
        talk, people = known[-1]
        for number in range(each + 1, each + long + 1):
            _say([(talk, people[:1])], number)
    _settle(each, talk.pk, long)
    return {"seconds": round(time.perf_counter() - begin, 1), "each": each}


def _known(cast: list[dict[str, Any]]) -> list[tuple[Any, list[int]]]:
    from messaging.models import Conversation

    rows = Conversation.objects.prefetch_related("participants").in_bulk(
        [entry["conversation"] for entry in cast], field_name="public_id"
    )
    by_name = {str(public_id): talk for public_id, talk in rows.items()}
    talks = [by_name[entry["conversation"]] for entry in cast]
    return [(talk, [one.person_id for one in sorted(talk.participants.all(), key=_is_staff)]) for talk in talks]


def _is_staff(participant: Any) -> bool:
    return participant.staff_role_id is not None


def _others(known: list[tuple[Any, list[int]]], count: int) -> None:
    """Families, caregivers, peers and conversations beyond the cast. Peers of the cast get as many of them as any other peer."""
    from messaging.models import Conversation, Participant
    from portal import crypto
    from portal.accounts.models import Person
    from portal.families.models import Family, Member
    from portal.programs.models import StaffRole

    role = StaffRole.objects.filter(participations__conversation=known[0][0]).get()
    peers = list(StaffRole.objects.filter(participations__conversation__in=[talk for talk, _people in known]))
    places = [peer for peer in peers for _each in range(PER_PEER - 1)]
    more = max(0, -(-(count - len(places)) // PER_PEER))
    people = Person.objects.bulk_create((_person(f"Peer {n}") for n in range(more)), batch_size=AT_ONCE)
    roles = StaffRole.objects.bulk_create(
        (StaffRole(person=one, organization=role.organization, role=role.role) for one in people), batch_size=AT_ONCE
    )
    places += [peer for peer in roles for _each in range(PER_PEER)]
    key = crypto.new_data_key(b"of nobody")
    for start in range(0, count, AT_ONCE):
        some = range(start, min(count, start + AT_ONCE))
        families = Family.objects.bulk_create(Family(program=role.organization.program, name=f"Far {n}") for n in some)
        caregivers = Person.objects.bulk_create(_person(f"Caregiver {n}") for n in some)
        Member.objects.bulk_create(
            Member(family=family, person=one, role=Member.Role.CAREGIVER)
            for family, one in zip(families, caregivers, strict=True)
        )
        talks = Conversation.objects.bulk_create(Conversation(family=family, data_key=key) for family in families)
        Participant.objects.bulk_create(
            Participant(conversation=talk, person_id=person, staff_role=held)
            for talk, one, place in zip(talks, caregivers, places[some.start : some.stop], strict=True)
            for person, held in ((one.pk, None), (place.person_id, place))
        )


def _person(name: str) -> Any:
    from portal.accounts.models import Person

    return Person(display_name=name, is_demo=True, adult_confirmed_at=BEGAN, emails_wanted=False)


@contextmanager
def _unhindered() -> Iterator[None]:
    """Nothing is to be lost here: without waiting for the disk, and on PostgreSQL with constraints made at the end."""
    from django.db import connection

    from messaging.models import Message

    constraints = [one for one in Message._meta.constraints if one.name in {"message_seq", "message_key"}]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-4000000")
        else:
            cursor.execute("SET synchronous_commit=off")
            cursor.execute("SET maintenance_work_mem='1GB'")
            cursor.execute("ALTER TABLE messaging_message DISABLE TRIGGER ALL")
            with connection.schema_editor() as editor:
                for one in constraints:
                    editor.remove_constraint(Message, one)
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode=WAL")
        else:
            with connection.schema_editor() as editor:
                for one in constraints:
                    editor.add_constraint(Message, one)
            cursor.execute("ALTER TABLE messaging_message ENABLE TRIGGER ALL")


def _say(known: list[tuple[Any, list[int]]], number: int) -> None:
    """Message `number` of each conversation of the cast: the two take turns; one in twenty has the word to look for."""
    from messaging.models import Message, body_context

    rows = []
    for talk, people in known:
        key = uuid4()
        body = f"{WORDS}{', and we found the needle' if number % 20 == 0 else ''}. {number}"
        sealed = _cipher(talk).seal(body, body_context(talk.public_id, key))
        rows.append(
            Message(
                conversation=talk,
                seq=number,
                key=key,
                author_id=people[number % len(people)],
                body=sealed,
                sent_at=BEGAN + dt.timedelta(hours=number),
            )
        )
    Message.objects.bulk_create(rows)


_ciphers: dict[int, Any] = {}


def _cipher(talk: Any) -> Any:
    if talk.pk not in _ciphers:
        _ciphers[talk.pk] = talk.cipher()
    return _ciphers[talk.pk]


def _say_elsewhere(number: int, besides: list[int]) -> None:
    from django.db import connection

    is_sqlite = connection.vendor == "sqlite"
    key = "lower(hex(randomblob(16)))" if is_sqlite else "gen_random_uuid()"
    moment = connection.ops.adapt_datetimefield_value(BEGAN + dt.timedelta(hours=number))
    first_or_last = "MIN" if number % 2 else "MAX"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO messaging_message (conversation_id, seq, key, author_id, body, sent_at) "
            f"SELECT conversation_id, %s, {key}, {first_or_last}(person_id), %s, %s FROM messaging_participant "
            f"WHERE conversation_id > %s GROUP BY conversation_id ORDER BY conversation_id",
            [number, bytes(len(WORDS) + 32), moment, max(besides)],
        )


def _settle(each: int, long_pk: int, long: int) -> None:
    """Where conversations and readers stand: half of each is unread by the peer, nothing of the long one is read."""
    from django.db import connection
    from django.db.models import F

    from messaging.models import Conversation, Participant

    sent = BEGAN + dt.timedelta(hours=each)
    Conversation.objects.update(last_seq=each, announced_seq=each, last_sent_at=sent)
    Participant.objects.filter(staff_role=None).update(read_seq=each)
    Participant.objects.exclude(staff_role=None).update(read_seq=each // 2)
    if long:
        Conversation.objects.filter(pk=long_pk).update(
            last_seq=F("last_seq") + long, announced_seq=F("last_seq") + long
        )
        Participant.objects.filter(conversation=long_pk).update(read_seq=0)
    with connection.cursor() as cursor:
        if (
            connection.vendor == "postgresql"
        ):  # what its own background work would have done by the time there is so much
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def size() -> int:
    """Bytes of the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    return Path(connection.settings_dict["NAME"]).stat().st_size


def plans(cast: list[dict[str, Any]]) -> dict[str, list[str]]:
    """How the database answers what a page, the list and catching up ask of it about messages."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from messaging import history
    from messaging.models import Conversation
    from portal.access import conversations as access
    from portal.accounts.models import Person

    talk = Conversation.objects.get(public_id=cast[0]["conversation"])
    peer = Person.objects.get(public_id=cast[0]["people"][1]["id"])
    asks: dict[str, Callable[[], object]] = {
        "page": lambda: history.messages_before(talk),
        "older page": lambda: history.messages_before(talk, 60),
        "resume": lambda: history.messages_after(talk, 80),
        "unread list": lambda: list(access.inbox(peer)[:51]),
        "who is behind": lambda: list(access.behind(talk)),
    }
    found = {}
    connection.force_debug_cursor = True
    for what, ask in asks.items():
        with CaptureQueriesContext(connection) as asked:
            ask()
        found[what] = _explained(asked[-1]["sql"])
    return found


def _explained(query: str) -> list[str]:
    from django.db import connection

    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if is_sqlite else '(ANALYZE, BUFFERS, COSTS OFF)'} {query}")
        return [row[3] if is_sqlite else row[0] for row in cursor.fetchall()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["fill", "plans"])
    parser.add_argument("cast", type=Path)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--conversations", type=int, default=100)
    parser.add_argument("--long", type=int, default=0)
    options = parser.parse_args()
    django.setup()
    cast = json.loads(options.cast.read_text())
    if options.what == "plans":
        print(json.dumps(plans(cast)))
        return
    done = fill(cast, messages=options.messages, conversations=options.conversations, long=options.long)
    print(json.dumps(done | {"megabytes": round(size() / 1e6)}))


if __name__ == "__main__":
    main()
