"""Old messages go by the programme's rule alone: little by little, never what is held, open or young, and nobody waits for them."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from itertools import islice
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from messaging import retention
from messaging.actions import end_conversation, open_conversation, save_draft
from messaging.history import messages_after, messages_before
from messaging.models import Conversation, Message, Participant, SharedEntry
from portal import worker
from portal.access import conversations as access
from portal.access import record as record_access
from portal.access.retention import keeps_everything
from portal.audit.models import Entry
from portal.families.actions import lift_hold, place_hold
from portal.families.models import Family
from portal.programs import registry
from portal.programs.schema import Number, Profile
from portal.programs.vocabulary import Certainty
from tests.directory.filling import listed, share
from tests.messaging.filling import fill
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

YEARS = 6
LONG_AGO = dt.timedelta(days=366 * YEARS + 1)
RULE = Number(
    value=YEARS, unit="years", plain="How long messages stay.", source="A contract", certainty=Certainty.DESIGN
)


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Louisiana keeps messages for six years; Missouri has no rule."""
    known = registry.profiles()

    def profile_of(slug: str) -> Profile:
        profile = known[slug]
        if slug != "louisiana-csoc":
            return profile
        return profile.model_copy(update={"settings": profile.settings.model_copy(update={"retention_years": RULE})})

    monkeypatch.setattr(registry, "profile_of", profile_of)
    monkeypatch.setattr(retention, "BATCH", 10)


def end(conversation: Conversation, ago: dt.timedelta = LONG_AGO) -> None:
    end_conversation(actor=None, conversation=conversation)
    Conversation.objects.filter(pk=conversation.pk).update(ended_at=timezone.now() - ago)
    assert conversation.family is not None
    Family.objects.filter(pk=conversation.family.pk).update(closed_at=timezone.now() - ago)


@pytest.fixture
def old(world: World, rule: None) -> Conversation:
    """25 messages of a conversation and a case that ended more than six years ago."""
    fill(world.conversation, [world.peer, world.caregiver], (f"line {number}" for number in range(1, 26)))
    end(world.conversation)
    return world.conversation


def left(conversation: Conversation) -> list[int]:
    return list(Message.objects.filter(conversation=conversation).order_by("seq").values_list("seq", flat=True))


# -- what goes ----------------------------------------------------------------------------------------------------------


def test_by_the_profiles_as_they_are_nothing_ever_goes(world: World) -> None:
    fill(world.conversation, [world.peer], ["kept for good"])
    end(world.conversation, dt.timedelta(days=40_000))
    assert all(profile.settings.retention_years is None for profile in registry.profiles().values())
    assert (retention.count_old(), retention.remove_old()) == (0, 0)
    assert left(world.conversation) == [1]


def test_the_oldest_go_first_and_the_number_goes_with_them(old: Conversation) -> None:
    assert retention.count_old() == 25
    assert retention.remove_old(batches=1) == 10
    old.refresh_from_db()
    assert (old.trimmed_seq, left(old)) == (10, list(range(11, 26)))
    assert retention.count_old() == 15
    assert retention.remove_old() == 15
    old.refresh_from_db()
    assert (old.trimmed_seq, old.last_seq, left(old)) == (25, 25, [])
    assert retention.remove_old() == 0


def test_what_was_never_sent_goes_too(world: World, old: Conversation) -> None:
    save_draft(person=world.caregiver, conversation=old, body="never sent")
    retention.remove_old()
    assert not Participant.objects.exclude(sealed_draft=None).exists()


def test_what_was_shared_goes_with_its_message(world: World, old: Conversation) -> None:
    share(old, world.peer, listed(world.program))
    retention.remove_old()
    assert not SharedEntry.objects.exists()


def test_each_batch_is_written_down_without_a_word_of_it(world: World, old: Conversation) -> None:
    retention.remove_old()
    entries = list(Entry.objects.filter(subject="old_messages").order_by("pk"))
    assert [(entry.detail["removed"], entry.detail["up_to"]) for entry in entries] == [(10, 10), (10, 20), (5, 25)]
    for entry in entries:
        assert (entry.subject_id, entry.family_id) == (str(old.public_id), world.family.public_id)
        assert (entry.actor, entry.verb) == (None, Entry.Verb.ENDED)
        assert entry.detail["rule"] == "settings.retention_years of louisiana-csoc"
        assert "line" not in json.dumps(entry.detail)


def test_the_rule_counts_from_the_day_where_the_programme_is_also_on_29_february(
    world: World, rule: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(world.program), "today", lambda _program: dt.date(2028, 2, 29))
    before = retention.kept_from(world.program)
    assert before is not None
    assert before.astimezone(dt.UTC) == dt.datetime(2022, 2, 28, 6, tzinfo=dt.UTC)
    assert retention.kept_from(world.other_program) is None


# -- what stays -----------------------------------------------------------------------------------------------------------


def _ended_lately(world: World) -> None:
    Conversation.objects.update(ended_at=timezone.now() - dt.timedelta(days=365 * YEARS - 1))


def _closed_lately(world: World) -> None:
    Family.objects.update(closed_at=timezone.now() - dt.timedelta(days=30))


def _case_open(world: World) -> None:
    Family.objects.update(closed_at=None)


def _still_going_on(world: World) -> None:
    Conversation.objects.update(state=Conversation.State.ACTIVE)


def _of_no_family(world: World) -> None:
    Conversation.objects.update(family=None)


def _held(world: World) -> None:
    place_hold(actor=world.lead, family=world.family, reason="Letter of a court")


def _other_programme(world: World) -> None:
    Family.objects.filter(pk=world.family.pk).update(program=world.other_program)


STAYS: list[Callable[[World], None]] = [
    *(_ended_lately, _closed_lately, _case_open, _still_going_on, _of_no_family, _held, _other_programme)
]


@pytest.mark.parametrize("change", STAYS)
def test_what_is_young_open_held_or_under_no_rule_stays(
    world: World, old: Conversation, change: Callable[[World], None]
) -> None:
    change(world)
    assert (retention.count_old(), retention.remove_old()) == (0, 0)
    assert len(left(old)) == 25


def test_one_place_says_what_keeps_a_familys_records(world: World, old: Conversation) -> None:
    assert not keeps_everything(Family.objects.get(pk=world.family.pk))
    hold = place_hold(actor=world.lead, family=world.family, reason="Letter of a court")
    assert keeps_everything(world.family)
    lift_hold(actor=world.lead, hold=hold)
    assert not keeps_everything(world.family)
    assert keeps_everything(world.stranger_family)


def test_a_hold_between_two_batches_stops_it_and_lifting_it_lets_it_go_on(world: World, old: Conversation) -> None:
    removals = retention._removals()
    assert next(removals) == 10
    hold = place_hold(actor=world.lead, family=world.family, reason="Letter of a court")
    assert list(removals) == []
    assert left(old)[0] == 11
    lift_hold(actor=world.lead, hold=hold)
    assert retention.remove_old() == 15


# -- what readers meet ----------------------------------------------------------------------------------------------------


def test_the_page_says_what_was_removed_when_and_why(world: World, old: Conversation) -> None:
    client = signed_in(None, world.caregiver)
    chat = f"/conversations/{old.public_id}/"
    assert "Older messages were removed" not in client.get(chat).content.decode()
    retention.remove_old(batches=1)
    text = client.get(chat).content.decode()
    assert "Older messages were removed on" in text
    assert "as the rule of your program says." in text
    assert "line 11<" in text
    assert "Earlier messages" not in text
    assert "Older messages were removed on" in client.get(f"{chat}?before=5").content.decode()
    retention.remove_old()
    text = client.get(chat).content.decode()
    assert "Older messages were removed on" in text
    assert "Before the first message" not in text


def test_who_comes_back_after_years_waits_for_nothing(world: World, old: Conversation) -> None:
    retention.remove_old(batches=2)
    old.refresh_from_db()
    client = signed_in(None, world.caregiver)
    answer = client.get(f"/conversations/{old.public_id}/messages/?after=3", headers={"accept": "application/json"})
    told = answer.json()
    assert [message["seq"] for message in told["messages"]] == [21, 22, 23, 24, 25]
    assert (told["removed_up_to"], told["last_seq"], told["more"]) == (20, 25, False)
    assert [message.seq for message in messages_after(old, 0, 3)] == [21, 22, 23]
    assert [message.seq for message in messages_before(old)] == [21, 22, 23, 24, 25]
    assert [row.unread for row in access.inbox(world.caregiver)] == [3]  # type: ignore[attr-defined]


def test_a_family_reads_that_it_happened_only_about_its_own_conversations_and_never_of_a_hold(
    world: World, old: Conversation
) -> None:
    place = place_hold(actor=world.lead, family=world.family, reason="Letter of a court")
    lift_hold(actor=world.lead, hold=place)
    retention.remove_old()
    Family.objects.update(closed_at=None)
    for person, subjects in ((world.caregiver, {"old_messages"}), (world.second_caregiver, set())):
        seen = {entry.subject for entry in record_access.visible_entries(person, world.family)}
        assert seen & {"hold", "old_messages"} == subjects
    page = signed_in(None, world.caregiver).get("/record/").content.decode()
    assert "removed old messages, as the rule of your program says" in page
    assert Entry.objects.filter(subject="hold").count() == 2


# -- the command and the worker ---------------------------------------------------------------------------------------------


def test_the_command_says_how_many_and_can_only_count(old: Conversation, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("run_retention", "--once", "--dry-run")
    assert json.loads(capsys.readouterr().out) == {"removed": 25}
    assert len(left(old)) == 25
    call_command("run_retention", "--once")
    assert json.loads(capsys.readouterr().out) == {"removed": 25}
    assert left(old) == []
    with pytest.raises(CommandError, match="--once"):
        call_command("run_retention")


def test_a_piece_of_the_round_that_fails_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise ValueError

    def away() -> int:
        raise OperationalError

    monkeypatch.setattr(worker, "EACH_ROUND", {"broken": fail, "sent": lambda: 2})
    assert worker.one_round(looks=False) == {"broken": 0, "sent": 2}
    monkeypatch.setattr(worker, "EACH_ROUND", {"broken": away, "sent": lambda: 2})
    with pytest.raises(OperationalError):
        worker.one_round(looks=False)


def test_the_worker_takes_a_little_each_round_and_then_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, asked, left_over = threading.Event(), [], iter([20, 7, 0])
    rounds = iter(range(6))

    def remove_old(*, batches: int) -> int:
        asked.append(batches)
        return next(left_over)

    def one_round(*, looks: bool) -> None:
        if next(rounds) == 5:
            stop.set()

    monkeypatch.setattr(worker, "EVERY", 0)
    monkeypatch.setattr(worker, "one_round", one_round)
    monkeypatch.setattr(worker, "connection", Mock())
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(retention, "remove_old", remove_old)
    worker.run(stop)
    assert asked == [retention.A_ROUND] * 3


# -- several at once --------------------------------------------------------------------------------------------------------


def in_thread(work: Callable[[], Any], results: list[Any]) -> threading.Thread:
    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # told in the assertion
            results.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.fixture
def many_old(world_committed: World, rule: None) -> World:
    """Eight more conversations of that family, 15 messages each."""
    world = world_committed
    for _each in range(8):
        talk = open_conversation(
            actor=world.liaison, family=world.family, members=[(world.caregiver, None), (world.peer, world.peer_role)]
        )
        fill(talk, [world.peer], ["old"] * 15)
        end(talk)
    return world


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remove_each_message_once(many_old: World) -> None:
    results: list[Any] = []
    for thread in [in_thread(retention.remove_old, results) for _each in range(2)]:
        thread.join(60)
    # One may have passed by what the other held; nothing is done twice, and another pass finds the rest.
    assert sum(results) + retention.remove_old() == 120
    details = Entry.objects.filter(subject="old_messages").values_list("subject_id", "detail__up_to")
    assert len(set(details)) == len(details) == 16


@pytest.mark.django_db(transaction=True)
def test_a_hold_that_is_just_being_placed_is_waited_for_and_counts(many_old: World) -> None:
    world, placed, go_on = many_old, threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            place_hold(actor=world.lead, family=world.family, reason="Letter of a court")
            placed.set()
            go_on.wait(10)

    results: list[Any] = []
    thread = in_thread(hold, results)
    assert placed.wait(20)
    timer = threading.Timer(0.5, go_on.set)
    timer.start()
    assert retention.remove_old() == 0
    thread.join(20)
    assert results == [None]
    assert Message.objects.count() == 120


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_a_conversation_somebody_else_holds_is_passed_by_and_not_waited_for(many_old: World) -> None:
    first = Conversation.objects.filter(ended_at__isnull=False).order_by("pk")[0]
    locked, go_on = threading.Event(), threading.Event()

    def lock() -> None:
        with transaction.atomic():
            Conversation.objects.select_for_update().get(pk=first.pk)
            locked.set()
            go_on.wait(20)

    thread = in_thread(lock, [])
    assert locked.wait(20)
    assert sum(islice(retention._removals(), 100)) == 105
    go_on.set()
    thread.join(20)
    assert left(first) == list(range(1, 16))
    assert retention.remove_old() == 15
