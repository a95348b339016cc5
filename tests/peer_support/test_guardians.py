"""What a guardian sees of a mentor, and never sees; a pause; and "no more of this one"."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from messaging.models import Conversation
from peer_support import actions
from peer_support.models import Conflict, Contact, Pairing
from portal.access import Refused, pairings
from portal.access import mentors as access
from portal.families import actions as families
from portal.families.models import LegalAuthority, Member
from portal.notices.models import Notice
from tests.peer_support.conftest import Later
from tests.peer_support.helping import again
from tests.peer_support.mentored import mentored, says, wrote
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

State = Pairing.State


def status(world: World, who: str, pairing: Pairing) -> int:
    return signed_in(None, getattr(world, who)).get(f"/mentors/{pairing.public_id}/").status_code


# -- who sees it -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "expected"), [("full", 200), ("health", 200), ("information", 200), ("school", 404), ("none", 404)]
)
def test_by_the_papers_that_were_seen(world: World, scope: str, expected: int) -> None:
    pairing = mentored(world)
    says(world, world.second_caregiver_member, scope)
    assert status(world, "second_caregiver", pairing) == expected
    assert status(world, "caregiver", pairing) == 200
    decides = scope in {"full", "health"}
    assert access.may_decide(world.second_caregiver, pairing) == decides
    assert access.may_pause(world.second_caregiver, pairing) == decides


@pytest.mark.parametrize("who", ["youth", "natural_support", "mentor", "liaison", "peer", "stranger_caregiver"])
def test_nobody_else_has_this_page(world: World, who: str) -> None:
    assert status(world, who, mentored(world)) == 404


def test_who_is_kept_away_from_somebody_of_the_house_sees_nothing(world: World) -> None:
    pairing = mentored(world)
    says(world, world.second_caregiver_member, "full")
    world.keep_apart()
    assert status(world, "second_caregiver", pairing) == 404
    assert not access.may_decide(world.second_caregiver, pairing)


def test_who_was_barred_sees_nothing_though_another_paper_says_otherwise(world: World) -> None:
    pairing = mentored(world)
    families.record_authority(
        actor=world.liaison,
        adult=world.caregiver_member,
        youth=world.youth_member,
        scope=LegalAuthority.Scope.NONE,
        evidence="Court order of today",
        starts_on=world.program.today(),
    )
    assert status(world, "caregiver", pairing) == 404


def test_who_left_the_family_sees_nothing(world: World) -> None:
    pairing = mentored(world)
    Member.objects.filter(pk=world.caregiver_member.pk).update(left_at=timezone.now())
    assert status(world, "caregiver", pairing) == 404


def test_a_parent_does_not_learn_that_the_young_person_said_no_to_somebody(world: World) -> None:
    pairing = actions.propose_pairing(
        actor=world.liaison, member=world.youth_member, peer=world.mentor_role, reason="Both like to draw."
    )
    actions.decline_pairing(actor=world.youth, pairing=pairing)
    assert status(world, "caregiver", pairing) == 404
    assert not Notice.objects.filter(person=world.caregiver, kind__startswith="mentor", read_at=None).exists()


# -- what they see ---------------------------------------------------------------------------------------------------------------


def test_days_and_no_words_no_counts_no_hours(world: World) -> None:
    pairing = mentored(world)
    actions.give_permission(actor=world.caregiver, pairing=pairing)
    zone = world.program.zone
    yesterday = dt.datetime.combine(world.program.today() - dt.timedelta(days=1), dt.time(3, 12), zone)
    for minutes in range(3):
        wrote(pairing, yesterday + dt.timedelta(minutes=minutes), "I feel low tonight")
    Contact.objects.create(
        family=world.family,
        member=world.youth_member,
        by=world.mentor_role,
        way="visit",
        happened_at=yesterday - dt.timedelta(days=2),
        outcome="reached",
    )
    days = access.days_in_touch(world.caregiver, pairing)
    assert days == [yesterday.date(), yesterday.date() - dt.timedelta(days=2)]
    assert access.days_in_touch(world.second_caregiver, pairing) == []
    page = signed_in(None, world.caregiver).get(f"/mentors/{pairing.public_id}/").content.decode()
    assert "I feel low" not in page
    assert "3:1" not in page
    assert ("Dana Tran" in page and "FHF" in page) or "Families Helping" in page


def test_below_the_age_of_own_accounts_it_is_the_same_page(world: World) -> None:
    """A child of 12 has no account and writes nothing here: nothing more than who and when is shown for them either."""
    pairing = mentored(world)
    born_on = world.child.born_on
    type(world.youth).objects.filter(pk=world.youth.pk).update(born_on=born_on)
    wrote(pairing, timezone.now(), "I drew a heron")
    page = signed_in(None, world.caregiver).get(f"/mentors/{pairing.public_id}/").content.decode()
    assert "heron" not in page


def test_from_the_18th_birthday_there_is_no_such_page(world: World) -> None:
    pairing = mentored(world)
    today = world.program.today()
    born_on = dt.date(today.year - 18, today.month, min(today.day, 28))
    type(world.youth).objects.filter(pk=world.youth.pk).update(born_on=born_on)
    assert status(world, "caregiver", pairing) == 404


# -- a pause ---------------------------------------------------------------------------------------------------------------


def test_a_guardians_pause_stops_their_talk_until_a_guardian_or_the_liaison_ends_it(world: World, later: Later) -> None:
    pairing = mentored(world)
    actions.pause_as_guardian(actor=world.caregiver, pairing=pairing)
    pairing = again(pairing)
    assert (pairing.state, pairing.paused_by, pairing.paused_until) == ("paused", "guardian", None)
    assert pairing.conversation is not None
    assert Conversation.objects.get(pairing=pairing).state == Conversation.State.PAUSED
    for person in (world.youth, world.mentor):
        assert Notice.objects.filter(person=person, about__endswith="paused:guardian").exists()
        for act in (actions.resume_pairing, actions.end_guardians_pause, actions.say_goodbye):
            with pytest.raises(Refused):
                act(actor=person, pairing=pairing)
    later(dt.timedelta(days=400))
    assert actions.keep_pairings() == 0
    actions.resume_pairing(actor=world.liaison, pairing=pairing)
    assert again(pairing).state == State.ACTIVE
    assert Conversation.objects.get(pairing=pairing).state == Conversation.State.ACTIVE


def test_it_takes_the_place_of_a_pause_of_the_two(world: World) -> None:
    pairing = mentored(world)
    actions.pause_pairing(actor=world.youth, pairing=pairing, until=world.program.today() + dt.timedelta(days=3))
    actions.pause_as_guardian(actor=world.caregiver, pairing=pairing)
    with pytest.raises(Refused):
        actions.resume_pairing(actor=world.youth, pairing=pairing)
    with pytest.raises(Refused):
        actions.pause_as_guardian(actor=world.caregiver, pairing=pairing)
    actions.end_guardians_pause(actor=world.caregiver, pairing=pairing)
    assert again(pairing).state == State.ACTIVE


def test_on_the_page_it_is_paused_and_goes_on_and_the_young_person_reads_it_kindly(world: World) -> None:
    pairing = mentored(world)
    mother, young = signed_in(None, world.caregiver), signed_in(None, world.youth)
    page = mother.post(f"/mentors/{pairing.public_id}/pause/", follow=True).content.decode()
    assert "Let it go on" in page
    page = young.get(f"/pairings/{pairing.public_id}/").content.decode()
    assert "It is not your fault" in page
    assert "Odette" not in page
    assert "Let it go on" in signed_in(None, world.liaison).get(f"/pairings/{pairing.public_id}/").content.decode()
    assert signed_in(None, world.mentor).get(f"/pairings/{pairing.public_id}/").status_code == 200
    assert signed_in(None, world.liaison).get("/pairings/").status_code == 200
    page = mother.post(f"/mentors/{pairing.public_id}/resume/", follow=True).content.decode()
    assert "Pause it" in page


# -- no more of this one -----------------------------------------------------------------------------------------------------------


def test_a_block_ends_it_at_once_and_the_mentor_reads_only_that_it_ended(world: World) -> None:
    pairing = mentored(world)
    page = signed_in(None, world.youth).get(f"/pairings/{pairing.public_id}/block/").content.decode()
    assert "You do not have to say why" in page
    signed_in(None, world.youth).post(f"/pairings/{pairing.public_id}/block/", {"next": "someone"})
    pairing = again(pairing)
    assert (pairing.state, pairing.ended_by, pairing.wants_next) == ("ended", "family", True)
    assert pairing.blocked_at is not None
    assert Conversation.objects.get(pairing=pairing).state == Conversation.State.ENDED
    told = Notice.objects.filter(person=world.mentor, about__startswith=f"pairing:{pairing.public_id}")
    assert {notice.about.rpartition(":")[2] for notice in told} & {"blocked", "next"} == set()
    mentor_page = signed_in(None, world.mentor).get(f"/pairings/{pairing.public_id}/").content.decode()
    assert "does not want" not in mentor_page
    assert Notice.objects.filter(person=world.liaison, about__endswith=":blocked").exists()
    liaison_page = signed_in(None, world.liaison).get(f"/pairings/{pairing.public_id}/").content.decode()
    assert "does not want to talk with" in liaison_page


def test_the_peer_is_never_offered_again_and_someone_else_is_waited_for_unless_they_say_no(world: World) -> None:
    for wants_next in (True, False):
        pairing = mentored(world) if wants_next else world.pairing
        whose = pairing.member.person
        actions.block_peer(actor=whose, pairing=pairing, wants_next=wants_next)
        assert again(pairing).wants_next is wants_next
        assert Conflict.objects.filter(family=world.family, peer=pairing.peer, kind="blocked").count() == 1
        assert not pairings.may_propose(world.liaison, pairing.member, pairing.peer)


def test_it_can_be_said_afterward_too_and_once(world: World) -> None:
    actions.end_pairing(actor=world.caregiver, pairing=world.pairing)
    actions.block_peer(actor=world.caregiver, pairing=again(world.pairing), wants_next=True)
    with pytest.raises(Refused):
        actions.block_peer(actor=world.caregiver, pairing=again(world.pairing), wants_next=True)


@pytest.mark.parametrize("who", ["peer", "liaison", "second_caregiver", "youth"])
def test_only_the_one_whose_pairing_it_is(world: World, who: str) -> None:
    with pytest.raises(Refused):
        actions.block_peer(actor=getattr(world, who), pairing=world.pairing, wants_next=True)


def test_a_guardian_who_paused_it_does_not_hold_the_young_person_in_it(world: World) -> None:
    pairing = mentored(world)
    actions.pause_as_guardian(actor=world.caregiver, pairing=pairing)
    actions.block_peer(actor=world.youth, pairing=again(pairing), wants_next=False)
    assert again(pairing).state == State.ENDED
