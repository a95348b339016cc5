"""What people trying to see too much, and people reading cold, once found in the rooms of a plan: each stays mended."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from peer_support.models import Pairing
from portal.access import Refused, reading, releases
from portal.access import care as access
from portal.access import meetings as meetings_access
from portal.care import actions
from portal.care.kinds import KINDS
from portal.care.models import Guest, Plan, Seat, Seen, Version
from portal.care.shown import said, title
from portal.families.models import Category, LegalAuthority
from portal.growing import actions as growing
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from tests.care.meetings import confirmed, proposed, seated
from tests.care.plans import added, goal, opened
from tests.families.releases import signed
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def shown_to(world: World, plan: Plan) -> bool:
    return access.reader_of(world.natural_support, plan) is not None


def test_news_of_a_meeting_reach_who_has_read_the_last_ones(world: World) -> None:
    meeting = proposed(world.facilitator, opened(world))
    about, browser = f"meeting:{meeting.public_id}", signed_in(None, world.caregiver)
    assert Notice.objects.filter(person=world.caregiver, about=about, read_at=None).exists()
    browser.get(f"/meetings/{meeting.public_id}/")
    assert not Notice.objects.filter(person=world.caregiver, about=about, read_at=None).exists()
    actions.call_off_meeting(actor=world.facilitator, meeting=meeting, why="The road is flooded.")
    assert Notice.objects.filter(person=world.caregiver, about=about, read_at=None).count() == 1


def test_news_of_a_meeting_reach_who_never_opened_the_last_ones(world: World) -> None:
    meeting = proposed(world.facilitator, opened(world))
    first = Notice.objects.get(person=world.caregiver, about=f"meeting:{meeting.public_id}")
    actions.call_off_meeting(actor=world.facilitator, meeting=meeting, why="The road is flooded.")
    assert Notice.objects.get(person=world.caregiver, about=first.about, read_at=None).pk > first.pk


def test_a_tick_of_who_has_no_say_any_more_makes_way_for_that_of_who_has(world: World) -> None:
    plan = opened(world)
    item, aunt = goal(world, plan), world.natural_support_member
    actions.tick(actor=world.caregiver, item=item, member=aunt)
    assert shown_to(world, plan)
    ended_on = world.program.today() - dt.timedelta(days=1)
    LegalAuthority.objects.filter(adult=world.caregiver_member).update(ends_on=ended_on)
    assert not shown_to(world, plan), "since this morning"
    assert access.ticked_people(plan, item) == [(aunt, False)]
    actions.tick(actor=world.youth, item=item, member=aunt)
    assert shown_to(world, plan)


def test_who_may_only_read_closed_help_writes_nothing_under_it(world: World) -> None:
    plan = opened(world)
    closed = goal(world, plan, "Talk with Dana alone", access_basis="minor")
    growing.let_see(actor=world.youth, adult=world.caregiver_member)
    browser = signed_in(None, world.caregiver)
    assert "Talk with Dana alone" in browser.get(f"/plans/{plan.public_id}/").content.decode()
    path = f"/plans/{plan.public_id}/add/task/?under={closed.public_id}"
    assert browser.get(path).status_code == 404
    with pytest.raises(Refused):
        added(world.caregiver, plan, "task", closed, text="Tell me", owner="Theo", agency="Home", due_on="2027-01-02")


def test_a_consent_to_an_office_is_none_to_the_mother_who_works_there(world: World) -> None:
    plan = opened(world)
    goal(world, plan, "Stay sober", access_basis="substance")
    office = world.peer_role.organization
    StaffRole.objects.create(person=world.caregiver, organization=office, role=StaffRole.Role.PEER_PARTNER)
    signed(world, world.youth, Category.SUBSTANCE, to_organization=office, signed_as="T. Marchand")
    assert releases.categories_for(world.peer, world.youth_member) == {Category.SUBSTANCE}
    assert releases.categories_for(world.caregiver, world.youth_member) == frozenset()


def test_a_peer_whose_time_with_the_family_is_over_is_no_guest_any_more(world: World) -> None:
    plan = opened(world)
    seated(world, plan, world.peer, "peer")
    before = confirmed(world, plan)
    assert meetings_access.standing(world.peer, before) is not None
    Pairing.objects.filter(peer__person=world.peer, family=world.family).update(state="ended", ended_at=timezone.now())
    after = proposed(world.facilitator, plan, place="The new library")
    assert not Guest.objects.filter(meeting=after, seat__person=world.peer).exists()
    for meeting in (before, after):
        assert meetings_access.standing(world.peer, meeting) is None


def test_who_came_back_to_the_team_is_a_guest_again(world: World) -> None:
    plan = opened(world)
    first = Seat.objects.get(plan=plan, person=world.caregiver)
    Seat.objects.filter(pk=first.pk).update(state="left", ended_at=timezone.now())
    meeting = proposed(world.facilitator, plan)
    assert Guest.objects.filter(meeting=meeting, seat__person=world.caregiver).exists()


def test_when_the_young_person_last_looked_does_not_tell_of_what_is_closed(world: World) -> None:
    plan = opened(world)
    goal(world, plan)
    plan.refresh_from_db()
    actions.confirm_seen(actor=world.youth, plan=plan, number=plan.last_number)
    open_number = plan.last_number
    goal(world, plan, "Alone", access_basis="minor")
    plan.refresh_from_db()
    actions.confirm_seen(actor=world.youth, plan=plan, number=plan.last_number)
    assert Seen.objects.filter(person=world.youth).count() == 2
    looks = {}
    for person in (world.caregiver, world.facilitator):
        reader = access.reader_of(person, plan)
        assert reader is not None
        newest = reading.newest_number(plan, access.visible_items(reader, plan, with_removed=True))
        looks[person] = next(
            one.number for one in reading.seen_by(reader, plan, newest) if one.person_id == world.youth.pk
        )
    assert looks == {world.caregiver: open_number, world.facilitator: plan.last_number}


def test_closing_something_further_is_a_step_with_who_and_why(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan)
    actions.change_item(
        actor=world.facilitator,
        item=item,
        mark=item.mark,
        data=item.data,
        why="He asked for it.",
        access_basis="minor",
    )
    last = Version.objects.filter(plan=plan).latest("number")
    assert (last.by, last.why) == (world.facilitator, "He asked for it.")
    assert not Notice.objects.filter(person=world.caregiver, kind="plan", created_at__gt=last.at).exists()


def test_nought_is_a_number_and_each_thing_has_its_own_name() -> None:
    parts = {part.name: part for part in KINDS["reading"].parts}
    assert said(parts["value"], 0.0, {}) == "0"
    assert title("reading", {"on": "2027-01-04", "value": 0.0, "note": ""}) == "0"
    benefit = {"benefit": "va", "answer": "no", "helper": "Paul"}
    assert title("benefit", benefit) == "help for families of veterans"
