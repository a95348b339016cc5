"""The team around one young person, as its people use it: who is on it, who says so, which places are empty."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.access import Refused
from portal.access import care as care_access
from portal.access import team as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.care import actions, refusals
from portal.care.models import Plan, Seat, TeamRole
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.families import actions as families
from portal.families.models import LegalAuthority, Member
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.registry import profiles
from portal.programs.vocabulary import TeamPlace
from tests.care.conftest import SetTime, StopTime
from tests.care.plans import one_of_each, opened
from tests.voice.chosen import chosen
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def reader(person: Person, plan: Plan) -> care_access.Reader:
    found = care_access.reader_of(person, plan)
    assert found is not None
    return found


def names(person: Person, plan: Plan) -> list[str]:
    return [seat.called for seat in access.seats(reader(person, plan), plan)]


def asked_in(world: World, plan: Plan, role: str = "neighbor", name: str = "Bea", **more: Any) -> Seat:
    return actions.add_seat(actor=world.caregiver, plan=plan, role=role, name=name, **more)


def proposed(world: World, plan: Plan, name: str = "Ms. Reed", role: str = "school") -> Seat:
    return actions.add_seat(actor=world.facilitator, plan=plan, role=role, name=name)


def page(world: World, who: str, path: str, status: int = 200) -> str:
    answer = signed_in(None, getattr(world, who)).get(path)
    assert answer.status_code == status, (who, path)
    return answer.content.decode()


def test_family_and_staff_are_on_it_by_themselves_and_off_it_when_they_leave(world: World) -> None:
    plan = opened(world)
    assert names(world.youth, plan) == [
        world.youth.display_name,
        world.caregiver.display_name,
        world.second_caregiver.display_name,
        world.facilitator.display_name,
        world.liaison.display_name,
    ]
    families.end_assignment(actor=world.liaison, assignment=world.facilitator_assignment)
    LegalAuthority.objects.filter(pk=world.second_caregiver_authority.pk).delete()
    assert names(world.youth, plan) == [
        world.youth.display_name,
        world.caregiver.display_name,
        world.liaison.display_name,
    ]
    asked_in(world, plan, "peer", "Kim")
    chosen(world.youth_member, world.facilitator_role)
    families.assign(actor=world.liaison, family=world.family, staff_role=world.facilitator_role)
    assert world.facilitator.display_name in names(world.youth, plan)


def _seat(plan: Plan, person: Person) -> Seat:
    return next(seat for seat in access.everyone(plan) if seat.person_id == person.pk)


def test_who_comes_back_has_a_seat_again_and_the_earlier_one_stays_to_be_seen(world: World) -> None:
    plan = opened(world)
    families.end_assignment(actor=world.liaison, assignment=world.facilitator_assignment)
    actions.take_seats(plan)
    assert Seat.objects.get(plan=plan, person=world.facilitator).state == Seat.State.LEFT
    chosen(world.youth_member, world.facilitator_role)
    families.assign(actor=world.liaison, family=world.family, staff_role=world.facilitator_role)
    actions.take_seats(plan)
    assert Seat.objects.filter(plan=plan, person=world.facilitator).count() == 2
    assert Seat.objects.get(plan=plan, person=world.facilitator, state="in").by_itself


@pytest.mark.promise("MO-17", "LA-14")
def test_the_page_says_who_in_what_part_by_whom_and_since_when(world: World) -> None:
    plan = opened(world)
    asked_in(world, plan, reach="(504) 555-0170")
    shown = page(world, "youth", f"/plans/{plan.public_id}/team/")
    for words in ("Bea", "neighbor, relative or friend", f"Asked in by {world.caregiver.display_name}", "555-0170"):
        assert words in shown, words
    assert f"/plans/{plan.public_id}/team/" in page(world, "caregiver", f"/plans/{plan.public_id}/")


@pytest.mark.promise("MO-17")
def test_the_plan_shows_which_places_are_empty_and_why(world: World) -> None:
    plan = opened(world)
    assert access.missing_roles(plan) == [TeamRole.PEER, TeamRole.PROVIDER, TeamRole.NEIGHBOR, TeamRole.SCHOOL]
    asked_in(world, plan)
    assert TeamRole.NEIGHBOR not in access.missing_roles(plan)
    actions.explain_empty_place(actor=world.caregiver, plan=plan, role="school", why="He is taught at home")
    actions.explain_empty_place(actor=world.facilitator, plan=plan, role="school", why="He learns at home this year")
    for path in ("", "team/"):
        shown = page(world, "caregiver", f"/plans/{plan.public_id}/{path}")
        for words in ("someone from school", "He learns at home this year", "someone who gives a service"):
            assert words in shown, (path, words)
        assert "He is taught at home" not in shown
    with pytest.raises(refusals.ReasonMissing):
        actions.explain_empty_place(actor=world.caregiver, plan=plan, role="provider", why=" ")
    with pytest.raises(Refused):
        actions.explain_empty_place(actor=world.caregiver, plan=plan, role="neighbor", why="There is one")


def test_missouris_team_is_the_one_its_document_names() -> None:
    shape = profiles()["missouri-initiative"].team
    assert shape is not None
    assert list(shape.roles) == [
        *("care_manager", "caregiver", "youth", "provider", "neighbor", "school", "referrer", "court"),
    ]
    assert set(TeamPlace) == set(TeamRole.values)


@pytest.mark.promise("LA-14")
def test_whom_staff_propose_is_on_it_when_the_family_says_yes(world: World) -> None:
    plan = opened(world)
    seat = proposed(world, plan)
    assert "Ms. Reed" not in names(world.youth, plan)
    assert Notice.objects.filter(person=world.caregiver, about=f"team:{plan.public_id}").exists()
    team = f"/plans/{plan.public_id}/team/"
    assert "Ms. Reed" in page(world, "caregiver", team)
    assert "Ms. Reed" not in page(world, "second_caregiver", team)
    with pytest.raises(Refused):
        actions.answer_seat(actor=world.liaison, seat=seat, yes=True)
    with pytest.raises(Refused):
        actions.answer_seat(actor=world.second_caregiver, seat=seat, yes=True)
    browser = signed_in(None, world.caregiver)
    browser.post(f"{team}{seat.public_id}/answer/", {"yes": "yes"})
    assert "Ms. Reed" in names(world.youth, plan)
    again = browser.post(f"{team}{seat.public_id}/answer/", {"yes": "no"}, follow=True).content.decode()
    assert "changed in the meantime" in again
    assert "Ms. Reed" in names(world.youth, plan)


def test_a_no_needs_no_reason_and_stays_to_be_seen(world: World) -> None:
    plan = opened(world)
    seat = proposed(world, plan)
    actions.answer_seat(actor=world.youth, seat=seat, yes=False)
    seat.refresh_from_db()
    assert (seat.state, seat.ended_by) == ("declined", world.youth)


def test_the_family_takes_off_anyone_and_staff_only_whom_staff_put_there_and_say_why(world: World) -> None:
    plan = opened(world)
    bea, reed = asked_in(world, plan), proposed(world, plan)
    own = asked_in(world, plan, "provider", "Dr. Lane")
    neighbor = proposed(world, plan, "Mr. Hall", "neighbor")
    actions.answer_seat(actor=world.caregiver, seat=reed, yes=True)
    for theirs in (bea, own, neighbor):
        with pytest.raises(Refused):
            actions.end_seat(actor=world.facilitator, seat=theirs, why="Not needed")
    with pytest.raises(refusals.TeamReasonMissing):
        actions.end_seat(actor=world.facilitator, seat=reed)
    actions.end_seat(actor=world.facilitator, seat=reed, why="She changed schools")
    assert "She changed schools" in page(world, "caregiver", f"/plans/{plan.public_id}/team/")
    assert "She changed schools" not in page(world, "second_caregiver", f"/plans/{plan.public_id}/team/")
    with pytest.raises(refusals.AnsweredMeanwhile):
        actions.end_seat(actor=world.caregiver, seat=reed)
    actions.end_seat(actor=world.youth, seat=bea)
    assert {"Bea", "Ms. Reed"}.isdisjoint(names(world.youth, plan))
    for who in (world.caregiver, world.facilitator):
        with pytest.raises(Refused):
            actions.end_seat(actor=world.caregiver, seat=_seat(plan, who))
    form = {"why": ""}
    path = f"/plans/{plan.public_id}/team/{own.public_id}/off/"
    assert signed_in(None, world.caregiver).post(path, form).status_code == 302


@pytest.mark.promise("LA-10")
def test_each_change_is_one_row_of_the_record_and_both_sides_are_told(world: World) -> None:
    plan = opened(world)
    seat = asked_in(world, plan)
    actions.end_seat(actor=world.caregiver, seat=seat)
    rows = Entry.objects.filter(subject="team", family_id=world.family.public_id)
    assert [entry.verb for entry in rows.order_by("pk")] == [Entry.Verb.CREATED, Entry.Verb.ENDED]
    for person in (world.facilitator, world.liaison, world.youth):
        assert Notice.objects.filter(person=person, about=f"team:{plan.public_id}").count() == 1
    assert not Notice.objects.filter(person=world.caregiver, about=f"team:{plan.public_id}").exists()


@pytest.mark.promise("LA-14", "LA-43")
def test_asking_for_somebody_else_starts_the_clock_and_an_answer_keeps_it(world: World) -> None:
    plan = opened(world)
    seat = _seat(plan, world.facilitator)
    path = f"/plans/{plan.public_id}/team/{seat.public_id}/ask/"
    assert signed_in(None, world.caregiver).post(path, {"why": ""}).status_code == 302
    clock = Clock.objects.get(rule_id="LA-TEAM-CHANGE")
    assert clock.is_unmet
    ask = access.visible_asks(reader(world.facilitator, plan), plan).get()
    assert actions.ask_change(actor=world.caregiver, seat=seat) == ask, "asking twice is asking once"
    assert Notice.objects.filter(person=world.facilitator, about=f"team-ask:{ask.public_id}").exists()
    with pytest.raises(Refused):
        actions.answer_ask(actor=world.facilitator, ask=ask, answer="stays", words="I stay.")
    with pytest.raises(refusals.ReasonMissing):
        actions.answer_ask(actor=world.liaison, ask=ask, answer="stays", words=" ")
    actions.answer_ask(actor=world.liaison, ask=ask, answer="changes", words="Someone new calls you on Monday.")
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET
    assert "Someone new calls you" in page(world, "caregiver", f"/team-asks/{ask.public_id}/")
    with pytest.raises(refusals.AnsweredMeanwhile):
        actions.answer_ask(actor=world.liaison, ask=ask, answer="stays", words="No.")


@pytest.mark.promise("LA-14")
def test_a_request_that_is_not_answered_in_three_working_days_goes_one_step_up(world: World, at: SetTime) -> None:
    """The number is the programme's own: it stands in its profile, and can be changed there."""
    plan = opened(world)
    ask = actions.ask_change(actor=world.caregiver, seat=_seat(plan, world.facilitator), why="He never listens")
    assert Notice.objects.filter(person=world.facilitator, about=f"team-ask:{ask.public_id}").exists()
    clock = Clock.objects.get(rule_id="LA-TEAM-CHANGE")
    assert (clock.rule.length, clock.rule.unit) == (3, "business_days")
    fire_due()
    assert actions.escalate_asks() == 0
    _let_pass(clock, at)
    assert (actions.escalate_asks(), actions.escalate_asks()) == (1, 0)
    clock.refresh_from_db()
    assert clock.responsible == world.supervisor_role
    told = Notice.objects.get(about=f"team-ask-late:{ask.public_id}")
    assert (told.person, told.kind, told.path) == (world.supervisor, "clock_missed", "/worklist/")
    page(world, "supervisor", f"/team-asks/{ask.public_id}/", 404)
    assert "He never listens" not in page(world, "supervisor", "/worklist/")
    actions.answer_ask(actor=world.liaison, ask=ask, answer="changes", words="Someone new calls you on Monday.")
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET
    assert not Notice.objects.filter(person=world.supervisor, read_at=None).filter(about=told.about).exists()


def _let_pass(clock: Clock, at: SetTime) -> None:
    """Its last day is over, and the worker has been by."""
    assert clock.ends_at is not None
    at((clock.ends_at + dt.timedelta(hours=1)).isoformat())
    fire_due()


def test_where_nobody_leads_the_staff_who_leads_the_programme_hears_of_it(world: World, at: SetTime) -> None:
    StaffRole.objects.update(supervisor=None)
    ask = actions.ask_change(actor=world.youth, seat=_seat(opened(world), world.facilitator))
    _let_pass(Clock.objects.get(rule_id="LA-TEAM-CHANGE"), at)
    StaffRole.objects.filter(pk=world.lead_role.pk).update(ended_at=timezone.now())
    assert actions.escalate_asks() == 0, "nobody is there: it is tried again"
    StaffRole.objects.filter(pk=world.lead_role.pk).update(ended_at=None)
    assert actions.escalate_asks() == 1
    assert Notice.objects.get(about=f"team-ask-late:{ask.public_id}").person == world.lead


def test_what_a_young_person_asks_of_staff_no_adult_of_the_family_learns(world: World) -> None:
    plan = opened(world)
    ask = actions.ask_change(actor=world.youth, seat=_seat(plan, world.facilitator), why="He never listens")
    for who in ("caregiver", "second_caregiver"):
        page(world, who, f"/team-asks/{ask.public_id}/", 404)
        assert "no answer yet" not in page(world, who, f"/plans/{plan.public_id}/team/")
        assert "He never listens" not in page(world, who, "/owed/")
    assert list(access.visible_asks(reader(world.caregiver, plan), plan)) == []
    assert not Entry.objects.filter(subject="team_ask").exclude(family_id=None).exists()
    assert "He never listens" in page(world, "facilitator", f"/team-asks/{ask.public_id}/")


def test_who_is_there_for_a_closed_help_is_seen_with_it_alone_and_fills_no_place_for_the_others(world: World) -> None:
    plan = opened(world)
    seats = {}
    for basis in ("minor", "substance"):
        seats[basis] = actions.add_seat(
            actor=world.facilitator, plan=plan, role="provider", name=f"{basis} help", access_basis=basis
        )
        actions.answer_seat(actor=world.youth, seat=seats[basis], yes=True)
    assert {"minor help", "substance help"} <= set(names(world.youth, plan))
    assert {"minor help", "substance help"} <= set(names(world.facilitator, plan))
    assert "substance help" not in names(world.liaison, plan)
    for who in ("caregiver", "second_caregiver"):
        for path in ("", "team/", "changes/", "print/"):
            assert "minor help" not in page(world, who, f"/plans/{plan.public_id}/{path}")
            assert "substance help" not in page(world, who, f"/plans/{plan.public_id}/{path}")
    assert TeamRole.PROVIDER in access.missing_roles(plan, reader(world.caregiver, plan))
    assert TeamRole.PROVIDER in access.missing_roles(plan)
    assert TeamRole.PROVIDER not in access.missing_roles(plan, reader(world.youth, plan))
    assert not Entry.objects.filter(subject="team", family_id=world.family.public_id).exists()
    assert not Notice.objects.filter(person=world.caregiver, about=f"team:{plan.public_id}").exists()
    with pytest.raises(Refused):
        actions.end_seat(actor=world.caregiver, seat=seats["minor"])


def test_who_decides_about_school_alone_sees_the_schools_side_and_changes_nothing(world: World) -> None:
    plan = opened(world)
    asked_in(world, plan)
    asked_in(world, plan, "school", "Ms. Reed", reach="(504) 555-0171")
    assert names(world.second_caregiver, plan) == [
        world.youth.display_name,
        world.second_caregiver.display_name,
        world.facilitator.display_name,
        "Ms. Reed",
        world.liaison.display_name,
    ]
    shown = page(world, "second_caregiver", f"/plans/{plan.public_id}/team/")
    assert "555-0171" not in shown
    assert "Not on the team yet" not in shown
    with pytest.raises(Refused):
        actions.add_seat(actor=world.second_caregiver, plan=plan, role="neighbor", name="Cousin")


def test_a_kept_away_parent_has_no_seat_no_say_and_learns_of_nobodys_whereabouts(world: World) -> None:
    plan = opened(world)
    families.record_authority(
        actor=world.liaison,
        adult=world.second_caregiver_member,
        youth=world.youth_member,
        scope=LegalAuthority.Scope.FULL,
        evidence="Court order seen",
        starts_on=world.program.today(),
    )
    seat = asked_in(world, plan, reach="Lives next door to Odette")
    assert "Bea" in names(world.second_caregiver, plan)
    world.keep_apart()
    assert world.second_caregiver.display_name not in names(world.caregiver, plan)
    assert "Bea" not in names(world.second_caregiver, plan)
    assert "next door" not in page(world, "second_caregiver", f"/plans/{plan.public_id}/team/")
    assert access.missing_roles(plan, reader(world.second_caregiver, plan)) == []
    for act in (
        lambda: actions.end_seat(actor=world.second_caregiver, seat=seat),
        lambda: actions.add_seat(actor=world.second_caregiver, plan=plan, role="neighbor", name="X"),
    ):
        with pytest.raises(Refused):
            act()


def test_a_barred_parent_is_not_on_it(world: World) -> None:
    plan = opened(world)
    families.record_authority(
        actor=world.liaison,
        adult=world.second_caregiver_member,
        youth=world.youth_member,
        scope=LegalAuthority.Scope.NONE,
        evidence="Court order seen",
        starts_on=world.program.today(),
    )
    assert world.second_caregiver.display_name not in names(world.youth, plan)
    page(world, "second_caregiver", f"/plans/{plan.public_id}/team/", 404)


def test_a_natural_support_has_no_page_of_the_team_and_sees_no_other_seat(world: World) -> None:
    plan = opened(world)
    seat = actions.add_seat(actor=world.caregiver, plan=plan, role="neighbor", person=world.natural_support)
    item = one_of_each(world, plan)["goal"]
    actions.tick(actor=world.caregiver, item=item, member=world.natural_support_member)
    page(world, "natural_support", f"/plans/{plan.public_id}/")
    page(world, "natural_support", f"/plans/{plan.public_id}/team/", 404)
    assert names(world.natural_support, plan) == [world.natural_support.display_name]
    with pytest.raises(refusals.OnTheTeam):
        actions.add_seat(actor=world.youth, plan=plan, role="neighbor", person=world.natural_support)
    actions.end_seat(actor=world.caregiver, seat=seat)
    page(world, "natural_support", f"/plans/{plan.public_id}/", 404)
    assert Member.objects.get(pk=world.natural_support_member.pk).left_at is None, "staff had added her to the family"


def test_an_adult_asks_in_whom_they_choose_and_no_parent_is_missing(world: World) -> None:
    plan = opened(world)
    today = world.program.today()
    Person.objects.filter(pk=world.youth.pk).update(born_on=today.replace(year=today.year - 19, day=1))
    plan = Plan.objects.get(pk=plan.pk)
    grown = Person.objects.get(pk=world.youth.pk)
    assert world.caregiver.display_name not in names(grown, plan)
    assert TeamRole.CAREGIVER not in access.missing_roles(plan)
    actions.add_seat(actor=grown, plan=plan, role="other", name="Mom")
    assert "Mom" in names(grown, plan)


def test_what_was_typed_stays_when_the_plan_ends_meanwhile(world: World) -> None:
    plan = opened(world)
    actions.close_plan(actor=world.facilitator, plan=plan, reason="wish")
    answer = signed_in(None, world.caregiver).post(
        f"/plans/{plan.public_id}/team/add/", {"role": "neighbor", "name": "Bea from next door"}
    )
    assert answer.status_code == 422
    assert "Bea from next door" in answer.content.decode()


def test_a_plan_page_with_its_empty_places_asks_no_more_than_twelve_questions(
    world: World, stop_time: StopTime
) -> None:
    plan = opened(world)
    one_of_each(world, plan)
    for number in range(6):
        asked_in(world, plan, "other", f"Helper {number}")
    stop_time(timezone.now())
    for who, path in (("caregiver", ""), ("facilitator", ""), ("caregiver", "team/"), ("facilitator", "team/")):
        browser = signed_in(None, getattr(world, who))
        browser.get(f"/plans/{plan.public_id}/{path}")
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/plans/{plan.public_id}/{path}")
        assert len(asked) <= 12, (who, path, [query["sql"][:90] for query in asked])
