"""Boards, work groups, surveys and trainings in two taps, the seats that families hold, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any
from uuid import uuid4

import pytest

from portal.access import Refused
from portal.access import taking_part as access
from portal.community import actions
from portal.community.models import Interest, Opportunity, Seat
from portal.community.refusals import CommunityRefusal
from portal.notices.models import Notice
from portal.programs.actions import appoint
from portal.programs.models import Program, StaffRole
from tests.community.stage import (
    body,
    get,
    in_days,
    interest,
    offer,
    opportunity,
    own_seat,
    post,
    seat,
    text,
)
from tests.peer_support.conftest import Later
from tests.world import VIEWERS, World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def page_of(found: Opportunity) -> str:
    return f"/community/opportunities/{found.public_id}/"


def who_learns(world: World, found: Interest) -> set[str]:
    return {name for name in VIEWERS if access.interests_to_keep(getattr(world, name)).filter(pk=found.pk).exists()}


@pytest.mark.promise("LA-11")
def test_a_family_registers_interest_in_two_taps_and_only_the_family_organizations_lead_learns_it(world: World) -> None:
    """One tap opens it, one says yes. Neither the programme's lead nor the family or its team is told."""
    found = opportunity(world)
    assert f'href="{page_of(found)}"' in text(get(world.caregiver, "/community/"))
    page = text(get(world.caregiver, page_of(found)))
    for fact in ("$40 each time", "At the library, free", "English, Spanish", "Ruth comes along", "Second Tuesdays"):
        assert fact in page
    assert f'action="{page_of(found)}join/"' in page
    assert "you said you are interested" in text(post(world.caregiver, f"{page_of(found)}join/")).lower()
    assert who_learns(world, Interest.objects.get()) == {"supervisor"}
    assert world.caregiver.display_name in text(get(world.supervisor, "/community/desk/"))
    for person in (world.lead, world.liaison, world.facilitator, world.youth, world.second_caregiver, world.peer):
        for path in ("/community/", page_of(found), "/"):
            assert "Odette Marchand</bdi></a></h3>" not in text(get(person, path))
    assert "Odette" not in text(get(world.lead, "/community/desk/"))


@pytest.mark.promise("NC-09")
def test_who_signed_up_and_what_came_of_it_is_recorded(world: World) -> None:
    """Came, took the seat, or could not be: then with a reason. Both sides read it."""
    found = [interest(world, person) for person in (world.caregiver, world.youth, world.peer)]
    for one, outcome, words in zip(
        found, ("came", "took_seat", "could_not"), ("", "Welcome!", "It is full. The next one is in May."), strict=True
    ):
        page = f"/community/interests/{one.public_id}/outcome/"
        assert post(world.supervisor, page, outcome=outcome, body=words).status_code == 200
    assert [Interest.objects.get(pk=one.pk).state for one in found] == ["came", "took_seat", "could_not"]
    assert "You took part" in text(get(world.caregiver, "/community/"))
    assert "Welcome!" in text(get(world.youth, "/community/"))
    assert "It is full. The next one is in May." in text(get(world.peer, "/community/"))
    assert Notice.objects.filter(person=world.peer, kind="community").count() == 1
    assert "Welcome!" not in text(get(world.caregiver, "/community/"))


@pytest.mark.promise("NC-07")
def test_the_share_of_seats_that_family_and_youth_hold_is_shown_and_open_ones_can_be_applied_for(world: World) -> None:
    open_seat = seat(world)
    for kind, title in (("family", "Second seat for families"), ("youth", "Youth seat"), ("other", "Schools")):
        seat(world, kind=kind, title=title, held_since=in_days(world, -9))
    for person in (None, world.caregiver):
        page = text(get(person, f"/community/seats/?program={world.program.slug}"))
        assert "Families and young people hold 2 of 4 seats." in page
        assert "50%" in page
        assert "1 seat is open." in page
        assert page.count("<rect ") >= 4
    assert "I would like this seat" in text(get(world.caregiver, "/community/seats/"))
    post(world.caregiver, f"/community/seats/{open_seat.public_id}/apply/")
    asked = Interest.objects.get()
    assert who_learns(world, asked) == {"supervisor"}
    page = f"/community/interests/{asked.public_id}/outcome/"
    post(world.supervisor, page, outcome="took_seat", body="")
    assert "hold 3 of 4 seats." in text(get(None, f"/community/seats/?program={world.program.slug}"))


def test_a_program_without_a_family_organization_has_its_lead_learn_it(world: World) -> None:
    carolina = Program.objects.get(slug="north-carolina-soc")
    collaborative = carolina.organizations.get(slug="community-collaborative")
    appoint(actor=None, person=world.mentor, organization=collaborative, role=StaffRole.Role.PROGRAMME_LEAD)
    appoint(actor=None, person=world.second_peer, organization=collaborative, role=StaffRole.Role.PEER_PARTNER)
    made = actions.add_seat(
        actor=world.mentor, organization=collaborative, key=uuid4(), kind="family", title="Family seat"
    )
    asked = actions.apply_for_seat(actor=world.second_peer, seat=made)
    assert who_learns(world, asked) == {"mentor"}


def test_it_is_taken_back_without_a_reason_and_can_be_said_anew(world: World) -> None:
    asked = interest(world)
    assert Notice.objects.filter(person=world.supervisor, kind="community", read_at=None).exists()
    post(world.caregiver, f"/community/interests/{asked.public_id}/leave/")
    assert who_learns(world, asked) == set()
    assert not Notice.objects.filter(person=world.supervisor, kind="community", read_at=None).exists()
    found = asked.opportunity
    assert found is not None
    post(world.caregiver, f"{page_of(found)}join/")
    assert Interest.objects.get().state == "registered"
    actions.record_outcome(actor=world.supervisor, interest=asked, outcome="came")
    actions.take_back_interest(actor=world.caregiver, interest=asked)
    assert Interest.objects.get().state == "came"
    with pytest.raises(Refused):
        actions.take_back_interest(actor=world.youth, interest=asked)


def test_twice_is_once_and_closed_is_closed(world: World, later: Later) -> None:
    found = opportunity(world, register_by=in_days(world, 2))
    for _time in range(2):
        post(world.caregiver, f"{page_of(found)}join/")
    assert Interest.objects.count() == 1
    assert Notice.objects.filter(person=world.supervisor, kind="community").count() == 1
    later(dt.timedelta(days=4))
    page = text(post(world.youth, f"{page_of(found)}join/"))
    assert "Nobody else can register." in page
    assert "I am interested" not in page
    assert f'href="{page_of(found)}"' not in text(get(world.youth, "/community/"))
    other = opportunity(world)
    post(world.lead, f"{page_of(other)}close/")
    with pytest.raises(CommunityRefusal, match="closed"):
        actions.register_interest(actor=world.youth, opportunity=other)


def test_who_may_not_take_part_does_not(world: World) -> None:
    found = opportunity(world)
    for person in (world.liaison, world.lead, world.faraway_caregiver):
        with pytest.raises(Refused):
            actions.register_interest(actor=person, opportunity=found)
    held = seat(world)
    for person in (world.liaison, world.faraway_caregiver):
        with pytest.raises(Refused):
            actions.apply_for_seat(actor=person, seat=held)


# -- posting ---------------------------------------------------------------------------------------------------------------


def offered(**said: Any) -> dict[str, Any]:
    return asdict(offer()) | {"key": uuid4(), "register_by": ""} | said


def test_a_lead_posts_changes_and_closes_what_there_is(world: World) -> None:
    form = offered()
    for _time in range(2):
        post(world.lead, "/community/opportunities/add/", **form)
    found = Opportunity.objects.get()
    assert found.languages == ["en", "es"]
    post(world.supervisor, f"{page_of(found)}change/", **offered(stipend="$50 each time", languages=[]))
    changed = text(get(world.caregiver, page_of(found)))
    assert "$50 each time" in changed
    assert "An interpreter costs you nothing." in changed
    post(world.lead, f"{page_of(found)}close/")
    again = post(world.lead, f"{page_of(found)}change/", **offered())
    assert "This is closed by now." in text(again)
    for person in (world.caregiver, world.liaison, world.faraway_liaison):
        with pytest.raises(Refused):
            actions.post_opportunity(actor=person, program=world.program, key=uuid4(), offer=offer())
        with pytest.raises(Refused):
            actions.change_opportunity(actor=person, opportunity=found, offer=offer())
        with pytest.raises(Refused):
            actions.close_opportunity(actor=person, opportunity=found)


def test_a_last_day_that_cannot_be_is_questioned_and_what_was_typed_stays(world: World) -> None:
    add = "/community/opportunities/add/"
    behind = post(world.lead, add, **offered(register_by=in_days(world, -1)))
    assert behind.status_code == 422
    assert "This day has passed." in text(behind)
    assert "Second Tuesdays" in text(behind)
    assert "Please look at the year." in text(post(world.lead, add, **offered(register_by=in_days(world, 900))))
    assert "Please fill this in." in text(post(world.lead, add, **offered(title=" \n ")))
    found = opportunity(world, register_by=in_days(world, 2))
    Opportunity.objects.update(register_by=in_days(world, -2))
    kept = offered(register_by=in_days(world, -2), title="The same board")
    assert post(world.lead, f"{page_of(found)}change/", **kept).status_code == 200


# -- outcomes --------------------------------------------------------------------------------------------------------------


def test_a_no_needs_a_reason_and_the_page_keeps_what_was_typed(world: World) -> None:
    asked = interest(world)
    page = f"/community/interests/{asked.public_id}/outcome/"
    assert "Please write why it could not be" in text(post(world.supervisor, page, outcome="could_not", body=" "))
    assert Interest.objects.get().state == "registered"
    for _time in range(2):
        actions.record_outcome(actor=world.supervisor, interest=asked, outcome="could_not", words="It is full.")
    with pytest.raises(CommunityRefusal, match="changed_meanwhile"):
        actions.record_outcome(actor=world.supervisor, interest=asked, outcome="came")
    for person in (world.lead, world.liaison, world.caregiver):
        with pytest.raises(Refused):
            actions.record_outcome(actor=person, interest=asked, outcome="came")
    found = asked.opportunity
    assert found is not None
    actions.register_interest(actor=world.caregiver, opportunity=found)
    assert (Interest.objects.get().state, Interest.objects.get().words) == ("registered", "")


def test_a_survey_and_a_training_have_no_seat_to_take(world: World) -> None:
    asked = interest(world, kind="survey")
    page = f"/community/interests/{asked.public_id}/outcome/"
    assert "They took the seat" not in text(get(world.supervisor, page))
    with pytest.raises(CommunityRefusal, match="no_seat"):
        actions.record_outcome(actor=world.supervisor, interest=asked, outcome="took_seat")


# -- seats -----------------------------------------------------------------------------------------------------------------


def test_two_who_would_like_the_same_seat_do_not_both_get_it(world: World) -> None:
    held = seat(world)
    asked = [actions.apply_for_seat(actor=person, seat=held) for person in (world.caregiver, world.youth)]
    actions.record_outcome(actor=world.supervisor, interest=asked[0], outcome="took_seat")
    page = post(
        world.supervisor, f"/community/interests/{asked[1].public_id}/outcome/", outcome="took_seat", body="Yes."
    )
    assert "Somebody has this seat by now." in text(page)
    assert " Yes.</textarea>" in text(page)
    assert Seat.objects.get().holder == world.caregiver
    assert "Somebody has this seat by now." in text(post(world.peer, f"/community/seats/{held.public_id}/apply/"))


def test_a_holder_is_named_only_by_their_own_yes(world: World) -> None:
    held = own_seat(world)
    everyone = f"/community/seats/?program={world.program.slug}"
    name = world.caregiver.display_name
    for person in (None, world.lead, world.youth, world.liaison):
        assert name not in text(get(person, everyone))
    assert "Only you see your name here." in text(get(world.caregiver, everyone))
    with pytest.raises(Refused):
        actions.name_holder(actor=world.lead, seat=held, is_named=True)
    post(world.caregiver, f"/community/seats/{held.public_id}/name/", named="yes")
    assert name in text(get(None, everyone))
    post(world.caregiver, f"/community/seats/{held.public_id}/name/", named="no")
    assert name not in text(get(None, everyone))


def test_a_seat_opens_again_and_nobody_is_named_at_it_any_more(world: World) -> None:
    held = own_seat(world)
    actions.name_holder(actor=world.caregiver, seat=held, is_named=True)
    page = f"/community/seats/{held.public_id}/set/"
    for _time in range(2):
        post(world.lead, page, state="open")
    held.refresh_from_db()
    assert (held.is_open, held.holder, held.named_at) == (True, None, None)
    again = actions.apply_for_seat(actor=world.caregiver, seat=held)
    assert again.state == "registered"
    assert actions.apply_for_seat(actor=world.caregiver, seat=held) == again
    post(world.lead, page, state="held")
    assert not Seat.objects.get().is_open
    post(world.lead, page, state="gone")
    assert "First seat for families" not in text(get(None, f"/community/seats/?program={world.program.slug}"))


def test_a_seat_is_added_once_for_a_body_that_decides(world: World) -> None:
    form = {"key": uuid4(), "organization": "governance", "title": "Youth seat", "kind": "youth"}
    for _time in range(2):
        assert post(world.lead, "/community/seats/add/", **form).status_code == 200
    assert Seat.objects.get().is_open
    ahead = form | {"key": uuid4(), "held_since": in_days(world, 5)}
    assert "This date is too far away." in text(post(world.lead, "/community/seats/add/", **ahead))
    other = world.organization("fhf-jefferson")  # gives help, and decides for nobody
    with pytest.raises(Refused):
        actions.add_seat(actor=world.lead, organization=other, key=uuid4(), kind="family", title="Seat")
    with pytest.raises(Refused):
        actions.add_seat(actor=world.liaison, organization=body(world), key=uuid4(), kind="family", title="Seat")
    assert "Please fill this in." in text(post(world.lead, "/community/seats/add/", **form | {"title": " \n"}))


def test_only_those_who_lead_set_a_seat(world: World) -> None:
    held = seat(world)
    for person in (world.caregiver, world.liaison, world.faraway_liaison):
        with pytest.raises(Refused):
            actions.set_seat(actor=person, seat=held, is_held=True)
        with pytest.raises(Refused):
            actions.end_seat(actor=person, seat=held)
