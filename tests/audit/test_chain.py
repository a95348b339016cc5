"""The record: append-only by the database itself, sealed by the worker, and any tampering is found and named."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.audit.actions import BATCH, record, seal_entries, verify
from portal.audit.models import Entry, Seal
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def entries(count: int, *, age: dt.timedelta = dt.timedelta(hours=1)) -> list[Entry]:
    at = timezone.now() - age
    return Entry.objects.bulk_create(
        Entry(at=at, verb=Entry.Verb.VIEWED, subject="family", subject_id=f"{n}", detail={"n": n}) for n in range(count)
    )


def without_guards(statement: str, params: list[int]) -> None:
    """What someone with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending when a table is altered
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        else:
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS audit_entry_kept_{event}")
        cursor.execute(statement, params)


def test_the_database_refuses_to_change_or_delete_an_entry() -> None:
    (entry,) = entries(1)
    seal_entries()
    for act in (
        lambda: Entry.objects.filter(pk=entry.pk).update(subject="nothing"),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
        lambda: Seal.objects.update(entries=0),
        lambda: Seal.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert verify() is None


def test_sealing_covers_everything_once_in_batches() -> None:
    entries(BATCH + 3)
    assert seal_entries() == BATCH + 3
    assert seal_entries() == 0
    entries(2)
    assert seal_entries() == 2
    assert [seal.entries for seal in Seal.objects.order_by("pk")] == [BATCH, 3, 2]
    assert verify() is None


def test_a_young_entry_waits_for_transactions_that_began_before_it() -> None:
    entries(1, age=dt.timedelta(minutes=5))
    assert seal_entries() == 0


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE audit_entry SET subject = 'nothing' WHERE id = %s", "was changed"),
        ("UPDATE audit_entry SET detail = '{}' WHERE id = %s", "was changed"),
        ("DELETE FROM audit_entry WHERE id = %s", "entries were sealed"),
    ],
)
def test_tampering_is_found_and_the_batch_is_named(statement: str, what: str) -> None:
    made = entries(5)
    seal_entries()
    without_guards(statement, [made[2].pk])
    problem = verify()
    assert problem is not None
    assert what in problem
    assert f"{made[0].pk} to {made[-1].pk}" in problem


def test_a_seal_that_does_not_follow_the_one_before_is_found() -> None:
    (entry,) = entries(1)
    Seal.objects.create(
        first_entry=entry.pk,
        last_entry=entry.pk,
        entries=1,
        previous_hash="f" * 64,
        hash="e" * 64,
        sealed_at=timezone.now(),
    )
    assert "does not follow" in (verify() or "")


def test_the_command_says_whole_or_exits_with_the_sentence() -> None:
    made = entries(3)
    seal_entries()
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "Whole: 1 seals over 3 entries." in out.getvalue()
    without_guards("UPDATE audit_entry SET verb = 'changed' WHERE id = %s", [made[1].pk])
    with pytest.raises(CommandError, match="was changed"):
        call_command("verify_audit")


def test_an_entry_keeps_ids_and_never_what_a_family_wrote(world: World) -> None:
    entry = record(
        actor=world.facilitator,
        verb=Entry.Verb.VIEWED,
        subject="family",
        family=world.family,
        role="facilitator",
        fields=["language"],
    )
    assert entry.family_id == world.family.public_id
    assert entry.detail == {"fields": ["language"]}
    assert "facilitator" not in str(entry.subject_id)
