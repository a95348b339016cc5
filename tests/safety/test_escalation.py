"""A worry about danger: each step once, to nobody who is named in it or close to them, until somebody is on it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import DataError, connection
from django.utils import timezone

from messaging.models import Flag, Message, Revision
from portal.access import concerns as access
from portal.access import supervision
from portal.accounts.models import Person
from portal.notices import decide
from portal.notices.models import Delivery, Notice
from portal.programs.models import StaffRole
from portal.safety import actions
from portal.safety.actions import raising
from portal.safety.models import Concern, ConcernStep, StaffTie
from tests.safety.worried import Talk, steps, told
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def talk(world: World, monkeypatch: pytest.MonkeyPatch) -> Talk:
    return Talk(world, monkeypatch)


# -- the ladder --------------------------------------------------------------------------------------------------------------


def test_a_crisis_goes_to_who_is_on_call_and_climbs_until_somebody_is_on_it(world: World, talk: Talk) -> None:
    talk.on_shift = [world.second_peer_role]
    talk.said(world.youth)
    talk.after()
    assert steps(talk.concern) == [("on_call", ["Marcus"])]
    assert told() == {world.second_peer}
    assert talk.after(minutes=4, seconds=59) == 0
    assert talk.after(minutes=5) == 1
    assert steps(talk.concern)[1:] == [("supervisor", ["Ruth"])]
    assert talk.after(minutes=10) == 1
    assert steps(talk.concern)[2:] == [("everyone", ["Gus", "Marcus"])]
    assert [talk.after(minutes=later) for later in (39, 40, 69, 70)] == [0, 1, 0, 1]
    assert steps(talk.concern)[3:] == [("again", ["Gus"]), ("again", ["Gus"])]


def test_whoever_is_on_it_ends_the_climbing_and_nothing_more_leaves(world: World, talk: Talk) -> None:
    talk.on_shift = [world.second_peer_role]
    talk.said(world.youth)
    talk.after()
    assert actions.open_concern(actor=world.second_peer, concern=talk.concern)
    assert not actions.open_concern(actor=world.supervisor, concern=talk.concern)
    assert [talk.after(hours=hours) for hours in (1, 5)] == [0, 0]
    assert told() == set()
    assert not Delivery.objects.filter(notice__kind=Notice.Kind.SAFETY, state=Delivery.State.WAITING).exists()


def test_its_notice_leaves_at_once_by_every_way_also_at_night(
    world: World, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person.objects.filter(pk=world.second_peer.pk).update(phone="+12255550147", texts_wanted=True)
    talk.on_shift = [world.second_peer_role]
    talk.said(world.youth)
    talk.after()
    left = Delivery.objects.filter(notice__person=world.second_peer, notice__kind=Notice.Kind.SAFETY)
    assert {(one.channel, one.due_at) for one in left} == {("email", talk.now), ("sms", talk.now)}
    always = {"wants_email": True, "wants_texts": True, "has_email": True, "has_phone": True, "has_open_page": False}
    assert decide.Channel.SMS in decide.channels_for(Notice.Kind.SAFETY, **always, is_quiet_hours=True)
    assert decide.Channel.SMS not in decide.channels_for(Notice.Kind.MESSAGE, **always, is_quiet_hours=True)


def test_at_3_in_the_morning_on_a_holiday_with_nobody_on_the_rota_the_next_one_is_told_at_once(
    world: World, talk: Talk
) -> None:
    talk.said(world.youth)
    talk.after()
    assert steps(talk.concern) == [("supervisor", ["Ruth"])]
    talk.after(minutes=10)
    assert steps(talk.concern)[1:] == [("everyone", ["Gus"])]


def test_after_an_outage_everybody_who_could_help_is_told_each_once(world: World, talk: Talk) -> None:
    talk.on_shift = [world.second_peer_role]
    talk.said(world.youth)
    assert talk.after(minutes=0) == 0  # it was told as it was taken
    talk.after(hours=3)
    assert [step for step, _names in steps(talk.concern)] == ["on_call", "supervisor", "everyone"]
    assert [talk.after(hours=3, minutes=later) for later in (29, 30)] == [0, 1]


def test_what_is_no_danger_goes_to_the_supervisor_and_after_a_day_to_the_leads(world: World, talk: Talk) -> None:
    talk.on_shift = [world.second_peer_role]
    talk.said(world.mentor, "Keep this between us.", "concern", "secrecy")
    talk.after()
    concern = talk.concern
    assert (concern.severity, concern.person, list(concern.about.all())) == ("concern", world.youth, [world.mentor])
    assert steps(concern) == [("watch", ["Ruth"])]
    assert [talk.after(hours=23), talk.after(hours=24), talk.after(days=9)] == [0, 1, 0]
    assert steps(concern)[1:] == [("leads", ["Gus"])]
    assert told() == set()
    assert told(Notice.Kind.CONCERN) == {world.supervisor, world.lead}


def test_it_only_becomes_more_serious_and_then_its_ladder_begins_anew(world: World, talk: Talk) -> None:
    talk.said(world.youth, "I hate it here.", "concern", "running_away")
    talk.after()
    actions.open_concern(actor=world.supervisor, concern=talk.concern)
    talk.said(world.youth, "I will do it tonight.")
    talk.after(minutes=1)
    concern = talk.concern
    assert (concern.severity, concern.kinds, concern.opened_by) == ("crisis", ["running_away", "suicide"], None)
    assert steps(concern)[1:] == [("supervisor", ["Ruth"])]
    talk.said(world.youth, "Nobody here likes me.", "concern", "running_away")
    talk.after(minutes=2)
    assert talk.concern.severity == "crisis"


def test_a_worry_given_on_is_told_again_if_nobody_takes_it(world: World, talk: Talk) -> None:
    talk.said(world.youth)
    talk.after()
    actions.open_concern(actor=world.supervisor, concern=talk.concern)
    actions.hand_concern(actor=world.supervisor, concern=talk.concern, role=world.liaison_role, text="I am on a plane.")
    assert told() == {world.liaison}
    assert (talk.after(minutes=4), talk.after(minutes=5)) == (0, 1)
    assert told() == {world.liaison, world.lead}


# -- many at once ------------------------------------------------------------------------------------------------------------


def test_twenty_flags_in_a_minute_are_one_worry_one_ladder_and_one_set_of_notices(world: World, talk: Talk) -> None:
    talk.on_shift = [world.second_peer_role]
    for number in range(20):
        talk.said(world.youth, f"Please answer {number}")
        if number % 5 == 0:
            talk.after(seconds=number * 3)
    talk.after(seconds=60)
    assert (Concern.objects.count(), ConcernStep.objects.count()) == (1, 1)
    assert Notice.objects.filter(kind=Notice.Kind.SAFETY).count() == 1
    assert talk.concern.messages.count() == 20
    assert not Flag.objects.filter(taken_at=None).exists()


def test_who_is_on_it_hears_once_that_more_came_in(world: World, talk: Talk) -> None:
    talk.said(world.youth)
    talk.after()
    actions.open_concern(actor=world.supervisor, concern=talk.concern)
    for _again in range(3):
        talk.said(world.youth)
        talk.after(minutes=1)
    assert Notice.objects.filter(person=world.supervisor, kind=Notice.Kind.SAFETY, read_at=None).count() == 1


def test_what_comes_after_it_was_closed_is_another_worry(world: World, talk: Talk) -> None:
    talk.said(world.youth)
    talk.after()
    actions.close_concern(
        actor=world.supervisor, concern=talk.concern, outcome=Concern.Outcome.HELPED, text="We spoke."
    )
    talk.said(world.youth)
    talk.after(minutes=1)
    assert Concern.objects.count() == 2
    assert Concern.objects.filter(closed_at=None).count() == 1


def test_a_flagged_message_that_was_changed_stays_what_it_was_about(world: World, talk: Talk) -> None:
    flag = talk.said(world.youth, "I want to die.")
    message = Message.objects.get(key=flag.key)
    Revision.objects.create(message=message, body=message.body)
    Message.objects.filter(pk=message.pk).update(body=b"changed")
    talk.after()
    concern = talk.concern
    assert (concern.kinds, concern.messages.get().key) == (["suicide"], flag.key)
    assert message.revisions.count() == 1


def test_what_is_no_danger_and_was_given_on_after_the_leads_heard_is_told_once_more(world: World, talk: Talk) -> None:
    talk.said(world.youth, "They laugh at me.", "concern", "bullying")
    talk.after()
    talk.after(hours=24)
    assert actions.open_concern(actor=world.supervisor, concern=talk.concern)
    actions.hand_concern(actor=world.supervisor, concern=talk.concern, role=world.liaison_role)
    assert [talk.after(hours=hours) for hours in (47, 48, 49, 100)] == [0, 1, 0, 0]
    assert steps(talk.concern)[-1] == ("again", ["Gus"])


# -- who is left out ---------------------------------------------------------------------------------------------------------


def test_where_the_supervisor_is_the_subject_somebody_else_gets_it_and_they_see_nothing(
    world: World, talk: Talk
) -> None:
    concern = actions.raise_concern(
        joined_by="staff:1",
        organization=world.mentor_role.organization,
        person=world.youth,
        source=Concern.Source.STAFF,
        severity=Concern.Severity.CRISIS,
        kinds=["other"],
        family=world.family,
        conversation=talk.conversation,
        about=[world.supervisor],
    )
    concern.refresh_from_db()
    talk.after(minutes=30)
    assert world.supervisor not in told()
    assert steps(concern)[0] == ("supervisor", ["Simone"])
    assert not access.visible_concerns(world.supervisor).exists()
    assert access.visible_concerns(world.liaison).get() == concern


def test_where_only_the_mentors_wife_is_on_duty_she_is_passed_over(world: World, talk: Talk) -> None:
    StaffTie.objects.create(one=world.second_peer, other=world.mentor, noted_by=world.lead)
    talk.on_shift = [world.second_peer_role]
    talk.said(world.youth)
    talk.after()
    assert steps(talk.concern) == [("supervisor", ["Ruth"])]
    assert not access.visible_concerns(world.second_peer).exists()


def test_nobody_in_the_talk_nor_of_the_family_ever_sees_one(world: World, talk: Talk) -> None:
    talk.said(world.youth)
    talk.after(hours=1)
    seen_by = {viewer for viewer in (world.mentor, world.caregiver, world.second_caregiver, world.youth, world.peer,
                                     world.stranger_liaison, world.faraway_liaison, world.coordinator)
               if access.visible_concerns(viewer).exists()}  # fmt: skip
    assert seen_by == set()


def test_a_youth_who_turns_18_in_the_middle_of_it_is_not_left_alone(world: World, talk: Talk) -> None:
    talk.said(world.youth)
    talk.after()
    Person.objects.filter(pk=world.youth.pk).update(born_on=world.program.today() - dt.timedelta(days=366 * 18 + 10))
    assert not supervision.is_with_minor(list(talk.conversation.participants.all()), world.program)
    assert talk.after(minutes=10) == 1
    assert access.visible_concerns(world.supervisor).get() == talk.concern
    actions.open_concern(actor=world.supervisor, concern=talk.concern)
    talk.said(world.youth)
    talk.after(minutes=11)
    assert Concern.objects.count() == 1


def test_of_a_caregivers_words_only_danger_becomes_a_worry(world: World, talk: Talk) -> None:
    talk.conversation = world.conversation
    talk.said(world.caregiver, "He runs off again.", "concern", "running_away")
    talk.after()
    assert not Concern.objects.exists()
    talk.said(world.caregiver)
    talk.after()
    assert (talk.concern.person, talk.concern.severity) == (world.caregiver, "crisis")
    assert steps(talk.concern)[0][0] == "supervisor"


# -- several workers, and a screener that is away ------------------------------------------------------------------------------


def test_while_the_screener_is_away_flags_wait_and_the_board_says_since_when(
    world: World, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag = talk.said(world.youth, "I want to die.", "unscreened")
    since = talk.now

    def fails(_flag: Flag) -> bool:
        raise RuntimeError("no lexicon")

    monkeypatch.setattr(raising, "_screen_again", fails)
    talk.after(minutes=3)
    assert access.screener_down_since() == since
    assert not Concern.objects.exists()

    def finds(one: Flag) -> bool:
        one.level, one.kinds = Flag.Level.CRISIS, ["suicide"]
        one.save()
        return True

    monkeypatch.setattr(raising, "_screen_again", finds)
    talk.after(minutes=4)
    assert access.screener_down_since() is None
    assert (talk.concern.kinds, talk.concern.messages.get().key) == (["suicide"], flag.key)


@pytest.mark.django_db(transaction=True)
def test_four_workers_take_each_step_once(world_committed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = world_committed
    talk = Talk(world, monkeypatch)
    talk.on_shift = [world.second_peer_role]
    for _number in range(8):
        talk.said(world.youth)
    start = Barrier(4)

    def work(_worker: int) -> None:
        try:
            start.wait()
            actions.take_flags()
            actions.climb_concerns()
        finally:
            connection.close()

    for minutes in (0, 5, 10):
        talk.now = talk.start + dt.timedelta(minutes=minutes)
        with ThreadPoolExecutor(4) as workers:
            list(workers.map(work, range(4)))
    assert [step for step, _names in steps(talk.concern)] == ["on_call", "supervisor", "everyone"]
    assert Notice.objects.filter(kind=Notice.Kind.SAFETY).count() == 4
    assert timezone.now() == talk.now


def test_a_worry_that_cannot_climb_holds_up_no_other(world: World, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.on_shift = [world.second_peer_role]
    talk.said(world.youth)
    talk.after()
    first = talk.concern
    talk.said(world.mentor, "You are mine alone.", "crisis", "romance")
    talk.after()
    told_of = access.told_of

    def fails(concern: Concern, step: str, now: dt.datetime) -> list[StaffRole]:
        if concern == first:
            raise ValueError
        return told_of(concern, step, now)

    monkeypatch.setattr(access, "told_of", fails)
    assert talk.after(minutes=5) == 1
    first.refresh_from_db()
    assert first.due_at == talk.now  # and is tried again in the next round


def test_a_flag_the_database_refuses_holds_up_no_other(
    world: World, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = talk.said(world.youth), talk.said(world.youth)
    note = raising._note_message

    def refuses(concern: Concern, key: UUID) -> None:
        if key == first.key:
            raise DataError
        note(concern, key)

    monkeypatch.setattr(raising, "_note_message", refuses)
    assert actions.take_flags() == 1
    assert talk.concern.messages.get().key == second.key
    first.refresh_from_db()
    assert first.taken_at is None
