"""A message nobody opens: each step once, in order, none after it was read, and nothing told to anybody it is no business of."""

from __future__ import annotations

import datetime as dt
import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import Settings

from messaging import ladder, rungs
from messaging.actions import (
    announce_unread,
    end_conversation,
    end_participation,
    mark_read,
    pause_conversation,
    resume_conversation,
)
from messaging.models import LadderStep, Participant, UnreadStretch
from messaging.rungs import Rung, Step
from peer_support import actions as peer_support
from peer_support.actions import end_staff_role
from portal import live
from portal.access import ladder as access
from portal.accounts.actions import update_account
from portal.accounts.models import Person
from portal.families.models import Member, NoContact
from portal.notices import decide
from portal.notices.actions import deliver_due, mark_all_read
from portal.notices.models import Delivery, Notice
from portal.programs.actions import end_role
from portal.programs.schema.settings import OUR_LADDER
from tests.messaging.climbing import KEY, Night, stretch_of, with_phone
from tests.messaging.climbing import steps as steps_of
from tests.peer_support.grouped import asked, opened
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ALL = ["page", "push", "text", "backup", "liaison"]
WAITS = Notice.Kind.MESSAGE_WAITS


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Night:
    settings.VAPID_PRIVATE_KEY = KEY
    monkeypatch.setattr(decide, "is_quiet", lambda _local: False)
    return Night(monkeypatch)


def told(kind: str = WAITS) -> set[Person]:
    return {notice.person for notice in Notice.objects.filter(kind=kind).select_related("person")}


# -- step by step ------------------------------------------------------------------------------------------------------------


def test_a_familys_message_climbs_step_by_step_each_step_once(world: World, night: Night) -> None:
    with_phone(world.peer)
    night.on_shift = [world.second_peer_role]
    night.said(world.conversation, world.caregiver)
    assert (night.after(seconds=20), steps_of(world.peer)) == (0, [])
    assert (night.after(seconds=31), steps_of(world.peer)) == (1, ALL[:2])
    assert (night.after(minutes=14, seconds=59), steps_of(world.peer)) == (0, ALL[:2])
    assert (night.after(minutes=15), steps_of(world.peer)) == (1, ALL[:3])
    assert (night.after(hours=3, minutes=59), told()) == (0, set())
    assert (night.after(hours=4), steps_of(world.peer), told()) == (1, ALL[:4], {world.second_peer})
    assert (night.after(hours=23, minutes=59), told()) == (0, {world.second_peer})
    assert (night.after(hours=24), steps_of(world.peer)) == (1, ALL)
    assert told() == {world.second_peer, world.supervisor}  # who leads the reader
    assert night.after(days=3) == 0
    assert told(Notice.Kind.MESSAGE) == {world.peer}
    notice = Notice.objects.get(person=world.second_peer, kind=WAITS)
    assert notice.path == f"/waiting/{stretch_of(world.peer).public_id}/"


def test_without_a_phones_screen_the_mail_goes_after_two_minutes(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    assert night.after(minutes=1) == 0
    assert (night.after(minutes=2), steps_of(world.peer)) == (1, ["page", "text"])
    left = Delivery.objects.filter(notice__kind=Notice.Kind.MESSAGE)
    assert list(left.values_list("notice__person", "channel")) == [(world.peer.pk, "email")]


def test_who_has_the_site_open_is_told_there_first(world: World, night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "has_open_page", lambda pk: pk == world.peer.pk)
    with_phone(world.peer)
    night.said(world.conversation, world.caregiver)
    assert (night.after(minutes=14), steps_of(world.peer)) == (0, ["page"])
    assert (night.after(minutes=15), steps_of(world.peer)) == (1, ["page", "push"])
    assert (night.after(minutes=30), steps_of(world.peer)) == (1, ["page", "push", "text"])


def test_who_closed_the_site_since_is_told_then(world: World, night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "has_open_page", lambda pk: pk == world.peer.pk)
    night.said(world.conversation, world.caregiver)
    night.after(minutes=1)
    monkeypatch.undo()
    night.__post_init__()
    assert (night.after(minutes=15), steps_of(world.peer)) == (1, ["page", "text"])


def test_a_message_of_staff_to_a_family_ends_with_a_mail(world: World, night: Night) -> None:
    night.on_shift = [world.second_peer_role]
    night.said(world.conversation, world.peer)
    assert [night.after(minutes=2), night.after(hours=5), night.after(days=4)] == [1, 0, 0]
    assert steps_of(world.caregiver) == ["page", "text"]
    assert told() == set()


def test_who_wants_neither_mail_nor_text_is_told_on_the_page_alone(world: World, night: Night) -> None:
    update_account(person=world.peer, emails_wanted=False)
    night.said(world.conversation, world.caregiver)
    night.after(hours=1)
    assert steps_of(world.peer) == ["page"]
    assert (night.after(hours=5), steps_of(world.peer)) == (1, ["page", "liaison"])  # nobody was on call


def test_staff_writing_first_does_not_hide_that_a_family_waits(world: World, night: Night) -> None:
    Participant.objects.create(
        conversation=world.conversation, person=world.second_peer, staff_role=world.second_peer_role
    )
    night.said(world.conversation, world.second_peer, "Welcome from me, too.")
    night.after(hours=1)
    assert stretch_of(world.peer).family_since is None
    night.said(world.conversation, world.caregiver)  # an hour later
    night.after(hours=2)
    assert night.after(hours=4, minutes=30) == 0
    night.on_shift = [world.facilitator_role]
    assert night.after(hours=5) == 2  # both of staff have not opened it
    assert told() == {world.facilitator}


# -- stopping ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [0.01, 1, 5])
def test_nothing_follows_once_it_was_opened(world: World, night: Night, hours: float) -> None:
    night.on_shift = [world.second_peer_role]
    seq = night.said(world.conversation, world.caregiver)
    night.after(hours=hours)
    taken = steps_of(world.peer)
    mark_read(person=world.peer, conversation=world.conversation, seq=seq)
    assert [night.after(hours=later) for later in (6, 25, 200)] == [0, 0, 0]
    assert steps_of(world.peer) == taken
    assert not Notice.objects.filter(read_at=None, kind__in=[WAITS, Notice.Kind.MESSAGE]).exists()
    assert deliver_due() == 0


def test_what_comes_after_it_was_opened_climbs_anew(world: World, night: Night) -> None:
    seq = night.said(world.conversation, world.caregiver)
    night.after(minutes=20)
    mark_read(person=world.peer, conversation=world.conversation, seq=seq)
    night.said(world.conversation, world.caregiver, "One more thing")
    night.after(hours=1)
    assert steps_of(world.peer) == ["page", "text", "page", "text"]
    assert UnreadStretch.objects.filter(ended_at=None).get().from_seq == seq + 1


def test_more_messages_before_it_was_opened_do_not_start_again(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    night.after(minutes=20)
    night.said(world.conversation, world.caregiver, "Hello?")
    night.after(hours=2)
    assert steps_of(world.peer) == ["page", "text"]


def test_who_opens_only_the_first_of_them_still_has_the_rest_to_open(world: World, night: Night) -> None:
    first = night.said(world.conversation, world.caregiver)
    night.after(minutes=1)
    night.said(world.conversation, world.caregiver, "And this")
    night.after(minutes=20)
    mark_read(person=world.peer, conversation=world.conversation, seq=first)
    assert stretch_of(world.peer).from_seq == first + 1
    assert Notice.objects.filter(person=world.peer, kind=Notice.Kind.MESSAGE, read_at=None).count() == 1
    assert night.after(hours=6) == 1


@pytest.mark.parametrize("how", ["pause", "end", "close"])
def test_a_conversation_that_stopped_climbs_no_further(world: World, night: Night, how: str) -> None:
    night.on_shift = [world.second_peer_role]
    night.said(world.conversation, world.caregiver)
    night.after(minutes=20)
    if how == "pause":
        pause_conversation(conversation=world.conversation)
    elif how == "end":
        end_conversation(actor=None, conversation=world.conversation)
    else:
        world.family.closed_at = night.now
        world.family.save(update_fields=["closed_at"])
    assert [night.after(hours=5), night.after(hours=30)] == [0, 0]
    assert told() == set()
    assert not UnreadStretch.objects.filter(ended_at=None).exists()


def test_a_conversation_that_goes_on_again_climbs_for_what_is_said_from_then_on(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    night.after(minutes=20)
    pause_conversation(conversation=world.conversation)
    night.after(days=2)
    resume_conversation(conversation=world.conversation)
    assert night.after(days=2, hours=1) == 0
    night.said(world.conversation, world.caregiver, "I am back")
    assert night.after(days=2, hours=1, minutes=5) == 1
    assert night.after(days=2, hours=4) == 0  # counted from what was said now
    assert night.after(days=2, hours=5) == 1
    assert steps_of(world.peer) == ["page", "text", "page", "text", "liaison"]


def test_a_place_that_moved_by_another_way_ends_the_stretch_too(world: World, night: Night) -> None:
    seq = night.said(world.conversation, world.caregiver)
    night.after(minutes=1)
    Participant.objects.filter(conversation=world.conversation, person=world.peer).update(read_seq=seq)
    night.said(world.conversation, world.caregiver, "And now?")
    night.after(minutes=3)
    assert stretch_of(world.peer).from_seq == seq + 1


def test_who_has_seen_all_notices_gets_no_mail_about_it(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    night.after(minutes=1)
    mark_all_read(person=world.peer)
    assert (night.after(minutes=20), steps_of(world.peer)) == (0, ["page"])
    assert night.after(hours=4) == 1  # but the family still waits


def test_a_reader_whose_job_ends_leaves_the_familys_words_to_the_liaison(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    night.after(minutes=20)
    end_role(actor=None, role=world.peer_role)  # the job alone: the conversation goes on
    assert (night.after(hours=4), steps_of(world.peer)) == (1, ["page", "text", "liaison"])
    assert told() == {world.supervisor}
    assert night.after(hours=30) == 0


def test_a_job_that_ends_with_all_that_hangs_on_it_ends_the_ladder(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    night.after(minutes=20)
    end_staff_role(actor=None, role=world.peer_role)  # the family is told who comes next
    assert [night.after(hours=5), night.after(hours=30)] == [0, 0]
    assert told() == set()


def test_a_caregiver_who_left_the_conversation_is_told_nothing_more(world: World, night: Night) -> None:
    night.said(world.conversation, world.peer)
    night.after(minutes=1)
    end_participation(conversation=world.conversation, person=world.caregiver)
    assert night.after(hours=1) == 0
    assert not UnreadStretch.objects.filter(ended_at=None).exists()


# -- late, and all at once -----------------------------------------------------------------------------------------------------


def test_after_a_week_without_a_worker_only_the_furthest_step_is_taken(world: World, night: Night) -> None:
    with_phone(world.peer)
    night.on_shift = [world.second_peer_role]
    night.said(world.conversation, world.caregiver)
    assert night.after(days=7) == 1
    assert steps_of(world.peer) == ["page", "liaison"]
    assert told() == {world.supervisor}
    assert night.after(days=8) == 0


def test_after_a_week_without_a_worker_a_family_gets_one_mail(world: World, night: Night) -> None:
    with_phone(world.caregiver)
    night.said(world.conversation, world.peer)
    assert (night.after(days=7), steps_of(world.caregiver)) == (1, ["page", "text"])
    assert Delivery.objects.filter(notice__kind=Notice.Kind.MESSAGE).count() == 1


def test_a_worker_that_was_away_in_the_middle_passes_over_what_it_missed(world: World, night: Night) -> None:
    with_phone(world.peer)
    night.on_shift = [world.second_peer_role]
    night.said(world.conversation, world.caregiver)
    night.after(minutes=1)
    assert night.after(hours=6) == 1
    assert steps_of(world.peer) == ["page", "push", "backup"]
    assert (night.after(days=1), steps_of(world.peer)) == (1, ["page", "push", "backup", "liaison"])


@pytest.mark.parametrize("seed", range(6))
def test_whenever_the_worker_comes_and_whenever_it_is_opened_the_steps_are_in_order(
    world: World, night: Night, seed: int
) -> None:
    dice = random.Random(seed)
    if dice.random() < 0.5:
        with_phone(world.peer)
    night.on_shift = [world.second_peer_role] if dice.random() < 0.7 else []
    seq = night.said(world.conversation, world.caregiver)
    minutes = sorted(dice.choice([dice.uniform(0, 30), dice.uniform(30, 3_000)]) for _round in range(8))
    opened_in, before = dice.randrange(9), [""]
    for number, minute in enumerate(minutes):
        if number == opened_in:
            before = steps_of(world.peer)
            mark_read(person=world.peer, conversation=world.conversation, seq=seq)
        night.after(minutes=minute)
        if number >= opened_in:
            assert steps_of(world.peer) == before
    taken = steps_of(world.peer)
    assert taken == sorted(set(taken), key=ALL.index)


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_take_each_step_once(world_committed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world, night = world_committed, Night(monkeypatch)
    night.on_shift = [world.second_peer_role]
    night.said(world.conversation, world.caregiver)
    night.said(world.stranger_conversation, world.stranger_caregiver)

    def work(start: Barrier) -> int:
        try:
            start.wait(timeout=20)
            announce_unread()
            return ladder.climb()
        finally:
            connection.close()

    for hours in (0.1, 4, 24):
        night.now = night.start + dt.timedelta(hours=hours)
        start = Barrier(4)
        with ThreadPoolExecutor(4) as workers:
            list(workers.map(work, [start] * 4))
        ladder.climb()
    assert steps_of(world.peer) == ["page", "text", "backup", "liaison"]
    assert LadderStep.objects.filter(stretch__reader=world.stranger_peer).count() >= 3
    assert Notice.objects.filter(person=world.second_peer, kind=WAITS, about=stretch_of(world.peer).about).count() == 1
    assert Notice.objects.filter(person=world.peer, kind=Notice.Kind.MESSAGE).count() == 1


def test_two_who_begin_the_same_stretch_begin_it_once(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    reader = Participant.objects.select_related("person", "staff_role").get(
        conversation=world.conversation, person=world.peer
    )
    assert ladder._open(world.conversation, reader) is not None
    assert ladder._open(world.conversation, reader) is None
    reader.read_seq = 99
    assert ladder._open(world.conversation, reader) is None


def test_a_worker_that_comes_second_leaves_it_alone(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    night.now += dt.timedelta(minutes=5)
    announce_unread()
    seen = stretch_of(world.peer)
    assert ladder.climb() == 1
    assert ladder._climb(seen) is False


# -- who is told ---------------------------------------------------------------------------------------------------------------


def test_where_nobody_is_on_call_the_liaison_is_told_in_their_place(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    night.after(minutes=5)
    assert (night.after(hours=4), steps_of(world.peer)) == (1, ["page", "text", "liaison"])
    assert night.after(hours=25) == 0


def test_on_call_is_never_the_reader_nor_somebody_of_the_family_nor_kept_away_from_it(
    world: World, night: Night
) -> None:
    place = {"role": Member.Role.NATURAL_SUPPORT, "left_at": night.now}
    Member.objects.create(family=world.family, person=world.mentor, **place)  # once one of the family's own
    elsewhere = Member.objects.create(family=world.stranger_family, person=world.facilitator, **place)
    NoContact.objects.create(
        protected=world.caregiver_member, hidden_from=elsewhere, reason="Order", recorded_by=world.liaison
    )
    night.on_shift = [world.peer_role, world.mentor_role, world.facilitator_role, world.second_peer_role]
    night.said(world.conversation, world.caregiver)
    night.after(hours=5)
    assert told() == {world.second_peer}


def test_nobody_is_left_out_where_no_one_leads_the_reader(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    night.after(minutes=1)
    stretch = stretch_of(world.peer)
    assert [role.person for role in access.liaisons_for(stretch)] == [world.supervisor]
    end_role(actor=None, role=world.supervisor_role)
    stretch = stretch_of(world.peer)
    assert [role.person for role in access.liaisons_for(stretch)] == [world.liaison]  # she stands beside the family
    world.liaison_assignment.ended_at = night.now
    world.liaison_assignment.save(update_fields=["ended_at"])
    assert [role.person for role in access.liaisons_for(stretch)] == [world.liaison]  # of the organization
    end_role(actor=None, role=world.liaison_role)
    assert [role.person for role in access.liaisons_for(stretch)] == [world.lead]
    end_role(actor=None, role=world.lead_role)
    assert access.liaisons_for(stretch) == []


def test_where_there_is_nobody_at_all_the_ladder_just_ends(world: World, night: Night) -> None:
    for role in (world.supervisor_role, world.liaison_role, world.lead_role):
        end_role(actor=None, role=role)
    night.said(world.conversation, world.caregiver)
    assert [night.after(minutes=5), night.after(hours=5), night.after(hours=30)] == [1, 0, 0]
    assert stretch_of(world.peer).due_at is None


def test_a_ladder_about_a_family_reader_has_no_backup_and_no_liaison(world: World, night: Night) -> None:
    night.said(world.conversation, world.peer)
    night.after(minutes=1)
    stretch = stretch_of(world.caregiver)
    assert access.backup_for(stretch, night.now) is None
    assert access.liaisons_for(stretch) == []


def test_open_pages_of_those_who_may_follow_are_rung_and_no_others(
    world: World,
    night: Night,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: pytest.FixtureRequest,
) -> None:
    Participant.objects.create(conversation=world.conversation, person=world.second_caregiver)
    rung: list[tuple[list[int], bytes]] = []
    monkeypatch.setattr(live, "push", lambda batch: rung.extend((who, frame.data) for who, frame, _page in batch))
    night.said(world.conversation, world.peer)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        night.after(minutes=5)
    name = str(world.conversation.public_id)
    assert {frame for _who, frame in rung} == {b'{"type":"ladder","conversation":"%s"}' % name.encode()}
    assert [who for who, _frame in rung] == [[world.peer.pk]] * 2  # of two of the family neither hears of the other


# -- the arithmetic --------------------------------------------------------------------------------------------------------------


def test_the_plan_of_a_familys_message() -> None:
    since = dt.datetime(2027, 2, 5, 14, 0, tzinfo=dt.UTC)
    later = since + dt.timedelta(hours=1)
    plan = rungs.plan(OUR_LADDER, since=since, family_since=later, has_push=True, has_text=True, has_open_page=False)
    assert [(rung.step, rung.at - since) for rung in plan] == [
        (Step.PUSH, dt.timedelta()),
        (Step.TEXT, dt.timedelta(minutes=15)),
        (Step.BACKUP, dt.timedelta(hours=5)),
        (Step.LIAISON, dt.timedelta(hours=25)),
    ]
    assert rungs.ahead(plan, {"page", "text"}) == plan[2:]
    assert rungs.to_try(plan, since + dt.timedelta(hours=6)) == [Step.BACKUP, Step.LIAISON, Step.TEXT, Step.PUSH]
    assert rungs.to_try(plan, since - dt.timedelta(hours=6)) == []
    assert rungs.next_rung(plan, {"page"}, since) == Rung(Step.TEXT, since + dt.timedelta(minutes=15))


def test_who_waits_in_a_group_is_told_to_nobody_outside_of_it(world: World, night: Night) -> None:
    """Its people chose the names they go by, and who is on call may be somebody they are kept away from."""
    group = opened(world, leads=[world.peer_role])
    place = asked(group, world.caregiver, "Sunny")
    peer_support.admit(actor=world.peer, membership=place)
    night.on_shift = [world.second_peer_role]
    assert group.conversation is not None
    night.said(group.conversation, world.caregiver)
    for hours in (1, 5, 25, 49):
        night.after(hours=hours)
    assert steps_of(world.peer) == ["page", "text"]
    assert told() == set()
    assert not access.visible_waits(world.second_peer).exists()


@pytest.mark.parametrize("how", ["left", "job ended"])
def test_nothing_leaves_any_more_to_who_is_out_of_the_conversation(
    world: World, night: Night, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """A text that waited for the morning would tell them that somebody wrote there."""
    monkeypatch.setattr(decide, "is_quiet", lambda _local: True)
    Person.objects.filter(pk=world.peer.pk).update(email=None, phone="+13145550188", texts_wanted=True)
    night.said(world.conversation, world.caregiver)
    night.after(minutes=5)
    deliver_due()
    if how == "left":
        end_participation(conversation=world.conversation, person=world.peer)
    else:
        end_staff_role(actor=None, role=world.peer_role)
    waits = Delivery.objects.filter(notice__person=world.peer, notice__kind=Notice.Kind.MESSAGE)
    assert {one.state for one in waits} == {Delivery.State.DROPPED}
