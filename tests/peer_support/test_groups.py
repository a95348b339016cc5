"""Groups by their actions: who comes in and who does not, what is read by whom, and who is out of it at once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from messaging import actions as messaging
from messaging.history import messages_after, messages_before
from messaging.models import Conversation, Participant
from messaging.search import look
from peer_support import actions
from peer_support.group_refusals import (
    CannotBeIn,
    GroupFull,
    LastLead,
    NobodyLeads,
    NothingToReport,
    NotOpen,
    ReasonMissing,
    RulesFirst,
)
from peer_support.models import Conflict, Group, GroupMembership, GroupReport
from portal.access import Refused, conversations
from portal.access import groups as access
from portal.access import record as record_access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.families import actions as families
from portal.families.models import LegalAuthority, Member, NoContact
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.rewrapping import rewrap_words
from tests.access.table import hold
from tests.messaging.filling import fill
from tests.peer_support.grouped import another, asked, let_in, member_of, opened
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db

State = GroupMembership.State


def talk_of(group: Group) -> Conversation:
    return Conversation.objects.get(group=group)


def readers(group: Group) -> set[int]:
    return set(conversations.reader_ids(talk_of(group)))


def told(person: Person) -> list[str]:
    return [
        one.about.rpartition(":")[2]
        for one in Notice.objects.filter(person=person, kind=Notice.Kind.GROUP).order_by("pk")
    ]


def seen_by(person: Person, group: Group) -> Conversation:
    return conversations.visible_conversations(person).get(group=group)


# -- opening -----------------------------------------------------------------------------------------------------------


def test_a_liaison_opens_a_group_and_those_who_lead_it_talk_in_it(world: World) -> None:
    group = opened(world, rules=["Cameras may stay off.", " "])
    assert readers(group) == {world.liaison.pk, world.peer.pk}
    assert [rule.text for rule in group.rules.order_by("place")][-2:] == [
        "Nobody has to share a phone number or meet outside of here.",
        "Cameras may stay off.",
    ]
    entry = Entry.objects.get(subject="group", verb="created", detail__has_key="state")
    assert (entry.actor, entry.family_id) == (world.liaison, None)


def test_nobody_else_opens_one_nor_one_without_a_lead_nor_by_a_lead_from_elsewhere(world: World) -> None:
    said = actions.NewGroup("Porch", "About", "caregivers", 4, [world.peer_role])
    for person, role in ((world.peer, world.peer_role), (world.liaison, world.supervisor_role)):
        with pytest.raises(Refused):
            actions.open_group(actor=person, role=role, said=said)
    with pytest.raises(Refused):  # not a family organization
        actions.open_group(actor=world.stranger_liaison, role=world.stranger_liaison_role, said=said)
    with pytest.raises(NobodyLeads):
        opened(world, leads=[])
    with pytest.raises(Refused):
        opened(world, leads=[world.facilitator_role])


# -- coming in ---------------------------------------------------------------------------------------------------------


def test_the_rules_are_agreed_to_first(world: World) -> None:
    group = opened(world)
    with pytest.raises(RulesFirst):
        actions.ask_to_join(actor=world.caregiver, group=group, has_agreed=False)
    assert not GroupMembership.objects.exists()
    place = asked(group, world.caregiver)
    assert place.rules_agreed_at is not None
    assert place.name == "Odette"
    assert world.caregiver.pk not in readers(group)
    assert asked(group, world.caregiver) == place
    assert told(world.peer) == ["ask"]


def test_who_leads_it_lets_people_in_and_nobody_else_does(world: World) -> None:
    group = opened(world)
    place = asked(group, world.caregiver)
    for person in (world.supervisor, world.second_peer, world.caregiver, world.lead):
        with pytest.raises(Refused):
            actions.admit(actor=person, membership=place)
    actions.admit(actor=world.peer, membership=place)
    actions.admit(actor=world.liaison, membership=place)
    assert world.caregiver.pk in readers(group)
    assert conversations.may_post(world.caregiver, talk_of(group))
    assert told(world.caregiver) == ["in"]
    assert Participant.objects.filter(person=world.caregiver, conversation=talk_of(group)).count() == 1


def test_nobody_decides_as_staff_about_their_own_people(world: World) -> None:
    families.add_member(actor=world.liaison, family=world.family, person=world.peer, role=Member.Role.NATURAL_SUPPORT)
    place = asked(opened(world), world.caregiver)
    with pytest.raises(Refused):
        actions.admit(actor=world.peer, membership=place)


def test_a_no_is_kind_and_one_can_ask_again(world: World) -> None:
    group = opened(world)
    place = asked(group, world.caregiver)
    actions.decline(actor=world.peer, membership=place, words="We are many right now.")
    place.refresh_from_db()
    assert (place.state, place.words) == (State.DECLINED, "We are many right now.")
    assert told(world.caregiver) == ["no"]
    assert asked(group, world.caregiver) != place


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_who_are_let_in_at_once_to_the_last_place_are_one_and_one_plain_sentence(world_committed: World) -> None:
    world = world_committed
    group = opened(world, most=2)
    let_in(world, group, another(world, "Ana Reyes"))
    places = [(world.peer, asked(group, world.caregiver)), (world.liaison, asked(group, another(world, "Bo Lane")))]
    start = Barrier(2)

    def admit(lead: Person, place: GroupMembership) -> str:
        try:
            start.wait(timeout=10)
            actions.admit(actor=lead, membership=place)
        except GroupFull as full:
            return str(full.message)
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(lambda one: admit(*one), places))
    assert answers == [str(GroupFull.message), "in"]
    assert access.places_taken(group) == 2
    assert len(readers(group)) == 4
    assert sorted(
        GroupMembership.objects.filter(pk__in=[one.pk for _lead, one in places]).values_list("state", flat=True)
    ) == [
        State.ADMITTED,
        State.ASKED,
    ]


# -- going -------------------------------------------------------------------------------------------------------------


def test_leaving_needs_no_reason_and_takes_effect_at_once(world: World) -> None:
    group = opened(world)
    let_in(world, group, world.caregiver)
    kept = conversations.membership(talk_of(group))
    actions.leave_group(actor=world.caregiver, group=group)
    assert talk_of(group).access_version > kept.access_version
    assert world.caregiver.pk not in readers(group)
    assert not conversations.visible_conversations(world.caregiver).filter(group=group)
    assert told(world.liaison) == ["ask"]
    assert let_in(world, group, world.caregiver).state == State.ADMITTED
    with pytest.raises(Refused):
        actions.leave_group(actor=world.second_caregiver, group=group)


def test_taking_back_that_one_asked_is_leaving(world: World) -> None:
    group = opened(world)
    place = asked(group, world.caregiver)
    actions.leave_group(actor=world.caregiver, group=group)
    with pytest.raises(Refused):
        actions.admit(actor=world.peer, membership=place)


def test_who_is_taken_out_reads_why_and_nothing_more_of_the_group(world: World) -> None:
    group = opened(world)
    place = let_in(world, group, world.caregiver)
    with pytest.raises(ReasonMissing):
        actions.remove_from_group(actor=world.peer, membership=place, reason="  ")
    with pytest.raises(Refused):
        actions.remove_from_group(actor=world.supervisor, membership=place, reason="I do not lead it.")
    version = talk_of(group).access_version
    actions.remove_from_group(actor=world.peer, membership=place, reason="You shared a picture.")
    place.refresh_from_db()
    assert (place.state, place.removed_by, place.words) == (State.REMOVED, world.peer, "You shared a picture.")
    assert talk_of(group).access_version > version
    assert not conversations.may_post(world.caregiver, talk_of(group))
    assert told(world.caregiver) == ["in", "out"]
    assert access.visible_groups(world.caregiver).filter(pk=group.pk).exists()
    with pytest.raises(Refused):
        asked(group, world.caregiver)


# -- what is read ------------------------------------------------------------------------------------------------------


def test_who_comes_later_reads_what_is_written_from_then_on_by_every_way(world: World) -> None:
    group = opened(world)
    let_in(world, group, another(world, "Ana Reyes"))
    fill(talk_of(group), [world.peer], ["before"] * 3)
    let_in(world, group, world.caregiver)
    talk = seen_by(world.caregiver, group)
    assert (messages_before(talk), messages_after(talk, 0), look(talk, ["before"]).hits) == ([], [], [])
    fill(talk_of(group), [world.peer], ["after"])
    talk = seen_by(world.caregiver, group)
    for found in (messages_before(talk), messages_before(talk, 5), messages_after(talk, 0)):
        assert [one.seq for one in found] == [4]
    assert messages_before(talk, 4) == []
    assert [row.unread for row in conversations.inbox(world.caregiver).filter(conversation=talk)] == [1]  # type: ignore[attr-defined]
    assert [one.seq for one in messages_after(seen_by(world.peer, group), 0)] == [1, 2, 3, 4]


def test_who_comes_back_begins_anew(world: World) -> None:
    group = opened(world)
    let_in(world, group, world.caregiver)
    fill(talk_of(group), [world.peer], ["first"])
    actions.leave_group(actor=world.caregiver, group=group)
    fill(talk_of(group), [world.peer], ["away"])
    let_in(world, group, world.caregiver)
    fill(talk_of(group), [world.peer], ["again"])
    assert [one.body for one in messages_after(seen_by(world.caregiver, group), 0)] == ["again"]


def test_a_lead_who_comes_later_reads_no_more_than_others_do(world: World) -> None:
    group = opened(world)
    fill(talk_of(group), [world.peer], ["before"])
    actions.add_lead(actor=world.supervisor, group=group, role=world.second_peer_role)
    assert messages_after(seen_by(world.second_peer, group), 0) == []


def test_nobody_of_the_family_learns_from_the_record_that_one_is_in_a_group(world: World) -> None:
    group = opened(world)
    place = let_in(world, group, world.caregiver)
    actions.remove_from_group(actor=world.peer, membership=place, reason="Why")
    for person in (world.second_caregiver, world.caregiver, world.youth):
        subjects = {entry.subject for entry in record_access.visible_entries(person, world.family)}
        assert not subjects & {"group", "group_place", "group_report"}


def test_a_name_in_a_group_is_the_one_chosen_and_nobody_elses(world: World) -> None:
    group = opened(world)
    assert let_in(world, group, world.caregiver, name="  Mama   Bear ").name == "Mama Bear"
    assert let_in(world, group, another(world, "Ana Reyes"), name="mama bear").name == "mama bear 2"
    assert (
        let_in(world, group, another(world, "Bo Lane"), name="Joy Landrieu").name == "Joy Landrieu 2"
    )  # a lead's name
    actions.rename_in_group(actor=world.caregiver, group=group, name="")
    shown = {one.name for one in conversations.participants(talk_of(group))}
    assert shown == {"Simone Picourt", "Joy Landrieu", "Odette", "mama bear 2", "Joy Landrieu 2"}


# -- adults and young people -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["youth", "child", "natural_support", "faraway_caregiver", "facilitator", "liaison"])
def test_for_whom_a_group_of_caregivers_is_not(world: World, who: str) -> None:
    with pytest.raises(Refused):
        asked(opened(world), getattr(world, who))


@pytest.mark.parametrize("who", ["caregiver", "natural_support", "mentor", "peer"])
def test_for_whom_a_group_of_young_people_is_not(world: World, who: str) -> None:
    with pytest.raises(Refused):
        asked(opened(world, audience="youth", leads=[world.mentor_role]), getattr(world, who))


def test_a_group_of_young_people_can_be_asked_for_and_has_no_conversation(world: World) -> None:
    group = opened(world, audience="youth", leads=[world.mentor_role])
    place = asked(group, world.youth)
    actions.admit(actor=world.mentor, membership=place)
    assert group.conversation is None
    assert not conversations.visible_conversations(world.youth)
    other = opened(world).conversation
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.filter(pk=group.pk).update(conversation=other)


@pytest.mark.parametrize("age", [{"born_on": dt.date(2000, 1, 1)}, {"born_on": None}])
def test_only_who_is_known_to_be_under_18_asks_for_a_young_peoples_group(world: World, age: dict[str, Any]) -> None:
    Person.objects.filter(pk=world.youth.pk).update(**age)
    world.youth.refresh_from_db()
    with pytest.raises(Refused):
        asked(opened(world, audience="youth", leads=[world.mentor_role]), world.youth)


def test_a_caregiver_whose_age_nobody_knows_is_not_let_in(world: World) -> None:
    group = opened(world)
    unknown = another(world, "Ana Reyes", is_adult_confirmed=False)
    with pytest.raises(Refused):
        asked(group, unknown)
    place = asked(group, world.caregiver)
    Person.objects.filter(pk=world.caregiver.pk).update(adult_confirmed_at=None)
    with pytest.raises(CannotBeIn):
        actions.admit(actor=world.peer, membership=place)


def test_where_somebody_turns_out_to_be_a_minor_nobody_writes_until_they_are_out_of_it(world: World) -> None:
    group = opened(world)
    ana = another(world, "Ana Reyes")
    for person in (world.caregiver, ana):
        let_in(world, group, person)
    Person.objects.filter(pk=ana.pk).update(born_on=world.program.today() - dt.timedelta(days=17 * 365))
    assert not conversations.membership(talk_of(group)).posters
    assert actions.keep_groups() == 1
    assert ana.pk not in readers(group)
    assert conversations.may_post(world.caregiver, talk_of(group))
    assert told(ana) == ["in", "over"]


def test_a_conversation_lets_in_no_minor_nor_anybody_where_it_is_no_groups(world: World) -> None:
    group = opened(world)
    talk = talk_of(group)
    with pytest.raises(Refused):
        messaging.let_in(conversation=talk, person=world.youth, shown_as="Theo")
    with pytest.raises(Refused):
        messaging.let_in(conversation=talk, person=world.caregiver)  # without the name she chose
    with pytest.raises(Refused):
        messaging.let_in(conversation=talk, person=world.second_peer, role=world.peer_role)
    for conversation in (world.conversation, messaging.open_group_conversation(actor=world.liaison)):
        with pytest.raises(Refused):
            messaging.let_in(conversation=conversation, person=world.second_caregiver, shown_as="Lucien")


def test_who_left_the_family_or_came_of_age_is_out_of_it(world: World) -> None:
    group = opened(world)
    young = opened(world, audience="youth", leads=[world.mentor_role], name="Young porch")
    let_in(world, group, world.caregiver)
    place = asked(young, world.youth)
    assert actions.keep_groups() == 0
    Member.objects.filter(person=world.caregiver).update(left_at=timezone.now())
    Person.objects.filter(pk=world.youth.pk).update(born_on=world.program.today() - dt.timedelta(days=19 * 365))
    assert actions.keep_groups() == 2
    place.refresh_from_db()
    assert (place.state, place.removed_by) == (State.REMOVED, None)
    assert world.caregiver.pk not in readers(group)


# -- who must not meet -------------------------------------------------------------------------------------------------


def bar(world: World) -> None:
    """A court lets the father neither decide for the younger child nor be told of her."""
    families.record_authority(
        actor=world.liaison,
        adult=world.second_caregiver_member,
        youth=world.child_member,
        scope=LegalAuthority.Scope.NONE,
        evidence="Court order seen",
        starts_on=world.program.today(),
    )


@pytest.mark.parametrize("first", ["caregiver", "second_caregiver"])
@pytest.mark.parametrize("why", ["flag", "court"])
def test_two_who_must_not_meet_are_never_in_one_group_and_nobody_is_told_why(
    world: World, first: str, why: str
) -> None:
    world.keep_apart() if why == "flag" else bar(world)
    group = opened(world)
    second = "second_caregiver" if first == "caregiver" else "caregiver"
    let_in(world, group, getattr(world, first))
    place = asked(group, getattr(world, second))
    with pytest.raises(CannotBeIn) as refused:
        actions.admit(actor=world.peer, membership=place)
    words = str(refused.value.message)
    assert words == "This person cannot be in this group. We cannot tell you more. Please offer them another group."
    other = opened(world, name="Thursday porch")
    let_in(world, other, getattr(world, second))


@pytest.mark.parametrize("was_in", [False, True])
def test_who_is_kept_away_does_not_find_the_group_that_the_protected_one_leads(world: World, was_in: bool) -> None:
    """Its page says who leads it, when and where."""
    group = opened(world, meets="Tuesdays at 6, in the library")
    if was_in:
        let_in(world, group, world.caregiver)
    home = Member.objects.create(
        family=world.stranger_family, person=world.peer, role=Member.Role.CAREGIVER, joined_at=timezone.now()
    )
    NoContact.objects.create(
        protected=home, hidden_from=world.caregiver_member, reason="Order", recorded_by=world.liaison
    )
    assert group not in access.visible_groups(world.caregiver)
    assert signed_in(None, world.caregiver).get(f"/groups/{group.public_id}/").status_code == 404
    assert "library" not in signed_in(None, world.caregiver).get("/groups/").content.decode()
    assert group in access.visible_groups(world.second_caregiver)
    assert group in access.visible_groups(world.liaison)


@pytest.mark.parametrize("why", ["flag", "conflict"])
def test_who_leads_a_group_does_not_read_that_somebody_asks_from_whom_they_are_kept_away(
    world: World, why: str
) -> None:
    group = opened(world)
    asked(group, world.caregiver)
    asked(group, another(world, "Nan Robicheaux"))
    if why == "flag":
        home = Member.objects.create(
            family=world.stranger_family, person=world.peer, role=Member.Role.CAREGIVER, joined_at=timezone.now()
        )
        NoContact.objects.create(
            protected=world.caregiver_member, hidden_from=home, reason="Order", recorded_by=world.liaison
        )
    else:
        actions.note_conflict(
            actor=world.liaison, family=world.family, peer=world.peer_role, kind=Conflict.Kind.NEIGHBOUR
        )
    page = signed_in(None, world.peer).get(f"/groups/{group.public_id}/").content.decode()
    assert world.caregiver.display_name not in page
    assert "Nan Robicheaux" in page
    assert (
        world.caregiver.display_name
        in signed_in(None, world.liaison).get(f"/groups/{group.public_id}/").content.decode()
    )


def test_nor_somebody_who_shares_the_protected_ones_family(world: World) -> None:
    world.keep_apart()
    group = opened(world)
    let_in(world, group, another(world, "Nan Marchand", family=world.family))
    with pytest.raises(CannotBeIn):
        actions.admit(actor=world.peer, membership=asked(group, world.second_caregiver))


def test_a_family_is_not_with_a_peer_it_must_not_be_matched_with_neither_as_lead_nor_in_it(world: World) -> None:
    group = opened(world)
    actions.note_conflict(actor=world.liaison, family=world.family, peer=world.peer_role, kind=Conflict.Kind.NEIGHBOUR)
    with pytest.raises(CannotBeIn):
        actions.admit(actor=world.liaison, membership=asked(group, world.caregiver))
    other = opened(world, leads=[world.liaison_role])
    let_in(world, other, world.caregiver)
    with pytest.raises(CannotBeIn):
        actions.add_lead(actor=world.supervisor, group=other, role=world.peer_role)


@pytest.mark.parametrize("order", [("caregiver", "second_caregiver"), ("second_caregiver", "caregiver")])
@pytest.mark.parametrize("why", ["flag", "court"])
def test_when_it_comes_up_later_the_one_kept_away_leaves_whoever_came_first(
    world: World, order: tuple[str, str], why: str
) -> None:
    group = opened(world)
    for name in order:
        let_in(world, group, getattr(world, name))
    assert actions.keep_groups() == 0
    world.keep_apart() if why == "flag" else bar(world)
    assert actions.keep_groups() == 1
    assert world.caregiver.pk in readers(group)
    assert world.second_caregiver.pk not in readers(group)
    assert told(world.caregiver) == ["in"]
    assert told(world.second_caregiver) == ["in", "over"]
    assert not GroupMembership.objects.get(person=world.second_caregiver).words
    assert actions.keep_groups() == 0


def test_a_lead_whom_a_family_must_not_meet_steps_out_and_the_group_stands_still_if_nobody_is_left(
    world: World,
) -> None:
    group = opened(world, leads=[world.peer_role])
    place = asked(group, world.caregiver)
    actions.admit(actor=world.peer, membership=place)
    actions.note_conflict(actor=world.liaison, family=world.family, peer=world.peer_role, kind=Conflict.Kind.GRIEVANCE)
    assert actions.keep_groups() == 1
    group.refresh_from_db()
    assert group.state == Group.State.PAUSED
    assert readers(group) == {world.caregiver.pk}
    assert "alone" in told(world.liaison)


# -- who leads it ------------------------------------------------------------------------------------------------------


def test_with_the_last_leads_job_a_group_stands_still_at_once_and_the_liaisons_are_told(world: World) -> None:
    group = opened(world, leads=[world.peer_role])
    actions.admit(actor=world.peer, membership=asked(group, world.caregiver))
    waiting = asked(group, another(world, "Ana Reyes"))
    actions.end_staff_role(actor=None, role=world.peer_role)
    group.refresh_from_db()
    assert group.state == Group.State.PAUSED
    assert not conversations.may_post(world.caregiver, talk_of(group))
    assert readers(group) == {world.caregiver.pk}
    assert (told(world.liaison), told(world.supervisor)) == (["alone"], ["alone"])
    assert told(world.caregiver) == ["in", "paused"]
    with pytest.raises(NobodyLeads):
        actions.resume_group(actor=world.liaison, group=group)
    actions.add_lead(actor=world.liaison, group=group, role=world.second_peer_role)
    with pytest.raises(NotOpen):
        actions.admit(actor=world.second_peer, membership=waiting)
    actions.resume_group(actor=world.liaison, group=group)
    assert conversations.may_post(world.caregiver, talk_of(group))


def test_a_job_that_ends_on_a_date_lets_nobody_write_from_that_moment(world: World) -> None:
    group = opened(world, leads=[world.peer_role])
    actions.admit(actor=world.peer, membership=asked(group, world.caregiver))
    StaffRole.objects.filter(pk=world.peer_role.pk).update(ended_at=timezone.now())
    assert not conversations.membership(talk_of(group)).posters
    assert actions.keep_groups() == 1
    assert Group.objects.get(pk=group.pk).state == Group.State.PAUSED
    StaffRole.objects.filter(pk=world.peer_role.pk).update(ended_at=None)  # back in the same job
    actions.add_lead(actor=world.liaison, group=group, role=world.peer_role)
    assert world.peer.pk in readers(group)


def test_the_last_one_does_not_step_back_from_a_group_that_goes_on(world: World) -> None:
    group = opened(world)
    by_role = {one.staff_role_id: one for one in access.moderators(group)}
    actions.end_lead(actor=world.peer, moderator=by_role[world.peer_role.pk])
    assert world.peer.pk not in readers(group)
    with pytest.raises(LastLead):
        actions.end_lead(actor=world.liaison, moderator=by_role[world.liaison_role.pk])
    with pytest.raises(Refused):
        actions.add_lead(actor=world.peer, group=group, role=world.second_peer_role)


# -- pausing and closing -----------------------------------------------------------------------------------------------


def test_a_closed_group_is_read_by_those_who_were_in_it_and_whoever_waits_is_told(world: World) -> None:
    group = opened(world)
    let_in(world, group, world.caregiver)
    waiting = asked(group, another(world, "Ana Reyes"))
    fill(talk_of(group), [world.peer], ["hello"])
    with pytest.raises(Refused):
        actions.close_group(actor=world.second_peer, group=group, goodbye="Bye")
    actions.close_group(actor=world.peer, group=group, goodbye="Thank you all.")
    waiting.refresh_from_db()
    assert waiting.state == State.DECLINED
    assert told(waiting.person) == ["closed"]
    assert told(world.caregiver) == ["in", "closed"]
    assert [one.body for one in messages_after(seen_by(world.caregiver, group), 0)] == ["hello"]
    assert not conversations.may_post(world.peer, talk_of(group))
    with pytest.raises(Refused):
        asked(group, world.second_caregiver)
    with pytest.raises(Refused):
        actions.resume_group(actor=world.peer, group=group)


def test_a_paused_group_is_read_and_not_written_and_lets_nobody_in(world: World) -> None:
    group = opened(world)
    let_in(world, group, world.caregiver)
    place = asked(group, world.second_caregiver)
    actions.pause_group(actor=world.supervisor, group=group)  # a liaison of the organization, without being in it
    assert not conversations.may_post(world.caregiver, talk_of(group))
    with pytest.raises(NotOpen):
        actions.admit(actor=world.peer, membership=place)
    actions.resume_group(actor=world.peer, group=group)
    actions.admit(actor=world.peer, membership=place)


# -- reports -----------------------------------------------------------------------------------------------------------


def reported(world: World, author: Person, reporter: Person) -> tuple[Group, GroupReport]:
    group = opened(world)
    for person in (world.caregiver, world.second_caregiver):
        let_in(world, group, person)
    fill(talk_of(group), [author], ["Buy my oils."])
    return group, actions.report_message(actor=reporter, group=group, seq=1, words="She sells.")


def test_a_reported_message_is_looked_at_by_those_who_lead_it_and_by_nobody_else(world: World) -> None:
    group, report = reported(world, world.second_caregiver, world.caregiver)
    assert actions.report_message(actor=world.caregiver, group=group, seq=1) == report
    everyone = [getattr(world, name) for name in ("peer", "liaison", "supervisor", "second_peer", "caregiver", "lead")]
    assert [person for person in everyone if access.open_reports(person)] == [world.peer, world.liaison]
    assert "report" in told(world.peer)
    with pytest.raises(Refused):
        actions.settle_report(actor=world.supervisor, report=report, outcome="fine")
    actions.settle_report(actor=world.peer, report=report, outcome="talked")
    actions.settle_report(actor=world.liaison, report=report, outcome="fine")
    report.refresh_from_db()
    assert (report.outcome, report.settled_by) == ("talked", world.peer)
    assert told(world.caregiver) == ["in", "looked-at"]
    assert messages_after(seen_by(world.caregiver, group), 0)[0].body == "Buy my oils."


def test_a_report_about_one_who_leads_it_goes_to_the_others_and_the_liaisons(world: World) -> None:
    _group, report = reported(world, world.liaison, world.caregiver)
    assert list(access.open_reports(world.liaison)) == []
    for person in (world.peer, world.supervisor):
        assert list(access.open_reports(person)) == [report]
        assert "report" in told(person)
    assert "report" not in told(world.liaison)


def test_one_reports_what_one_has_read_and_somebody_else_wrote(world: World) -> None:
    group, _report = reported(world, world.second_caregiver, world.caregiver)
    with pytest.raises(NothingToReport):
        actions.report_message(actor=world.second_caregiver, group=group, seq=1)
    late = another(world, "Ana Reyes")
    let_in(world, group, late)
    for seq in (1, 2, 0, -5):
        with pytest.raises(NothingToReport):
            actions.report_message(actor=late, group=group, seq=seq)
    for person in (world.peer, world.youth, world.stranger_caregiver):
        with pytest.raises(Refused):
            actions.report_message(actor=person, group=group, seq=1)


# -- the policy as a table ---------------------------------------------------------------------------------------------


def test_who_sees_leads_keeps_and_is_in_a_group(world: World) -> None:
    """`sees` its page, `asks` for a place, `leads` it, `keeps` it going, `reads` and `writes` in it."""
    group = opened(world)
    let_in(world, group, world.caregiver)
    talk = talk_of(group)
    ways = {
        "sees": lambda who: access.visible_groups(who).filter(pk=group.pk).exists(),
        "asks": lambda who: access.may_ask(who, group),
        "leads": lambda who: access.may_lead(who, group),
        "keeps": lambda who: access.may_keep(who, group),
        "reads": lambda who: conversations.visible_conversations(who).filter(pk=talk.pk).exists(),
        "writes": lambda who: conversations.may_post(who, talk),
    }
    hold(
        world,
        """
                            sees asks leads keeps reads writes
        caregiver           yes  -    -     -     yes   yes
        second_caregiver    yes  yes  -     -     -     -
        youth               -    -    -     -     -     -
        child               -    -    -     -     -     -
        natural_support     -    -    -     -     -     -
        peer                yes  -    yes   yes   yes   yes
        second_peer         yes  -    -     -     -     -
        mentor              yes  -    -     -     -     -
        liaison             yes  -    yes   yes   yes   yes
        facilitator         -    -    -     -     -     -
        coordinator         -    -    -     -     -     -
        lead                -    -    -     -     -     -
        supervisor          yes  -    -     yes   -     -
        stranger_caregiver  -    -    -     -     -     -
        stranger_youth      -    -    -     -     -     -
        stranger_peer       -    -    -     -     -     -
        stranger_liaison    -    -    -     -     -     -
        faraway_caregiver   -    -    -     -     -     -
        faraway_youth       -    -    -     -     -     -
        faraway_peer        -    -    -     -     -     -
        faraway_liaison     -    -    -     -     -     -
        """,
        lambda who, way: ways[way](who),
    )


def test_a_group_of_one_region_is_offered_to_those_who_live_there_and_one_of_none_to_everybody(world: World) -> None:
    orleans, everywhere = opened(world, region="orleans"), opened(world, region="", name="Everywhere")
    for person in (world.caregiver, world.stranger_caregiver):  # one lives in Jefferson, of the other nobody knows
        assert set(access.visible_groups(person)) == {everywhere}
        with pytest.raises(Refused):
            asked(orleans, person)
    assert not access.visible_groups(world.faraway_caregiver)


def test_words_about_places_and_reports_are_sealed_and_wrapped_anew(world: World) -> None:
    group, report = reported(world, world.second_caregiver, world.caregiver)
    place = GroupMembership.objects.get(group=group, person=world.second_caregiver)
    actions.remove_from_group(actor=world.peer, membership=place, reason="She sells oils.")
    place.refresh_from_db()
    assert b"oils" not in bytes(place.sealed_words or b"")
    assert rewrap_words() >= 2
    place.refresh_from_db()
    report.refresh_from_db()
    assert (place.words, report.words) == ("She sells oils.", "She sells.")


def test_a_person_asks_as_a_member_of_their_own_family(world: World) -> None:
    assert asked(opened(world), world.caregiver).member == member_of(world.caregiver)


def test_a_message_of_a_group_costs_two_questions_however_many_are_in_it(
    world: World, django_assert_num_queries: Any
) -> None:
    group = opened(world, most=8)
    for name in ("Ana Reyes", "Bo Lane", "Cy Moss"):
        let_in(world, group, another(world, name))
    talk = Conversation.objects.select_related("family__program").get(group=group)
    with django_assert_num_queries(2):  # its people and its group, and not again until one of these changes
        assert len(conversations.membership(talk).posters) == 5
