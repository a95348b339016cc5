"""No case without somebody who answers for it and a next date: looked at every night."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from portal import worker
from portal.access import enrollment as access
from portal.clocks.models import Clock
from portal.enrollment import actions
from portal.enrollment.models import CaseCheck, Decision, Enrollment
from portal.families import actions as families
from portal.families.models import StaffAssignment
from portal.notices.models import Notice
from portal.programs import actions as programs
from portal.programs.models import Organization, StaffRole
from tests.enrollment.cases import agreed, enrolled, manager_of, opened, recommend
from tests.enrollment.conftest import SetTime
from tests.voice.chosen import chosen
from tests.world import World, _person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def lead(world: World) -> StaffRole:
    return programs.appoint(
        actor=None,
        person=_person(world.other_program, "Ivy Stone"),
        organization=Organization.objects.get(program=world.other_program, slug="management-team"),
        role=StaffRole.Role.PROGRAMME_LEAD,
    )


def told(lead: StaffRole) -> int:
    return Notice.objects.filter(person=lead.person, about__startswith="cases:").count()


@pytest.mark.promise("MO-03")
def test_the_nightly_look_finds_nothing_where_each_case_has_an_owner_and_a_date(world: World, lead: StaffRole) -> None:
    enrolled(world)
    assert actions.without_owner_or_date() == []
    assert actions.check_cases() == 0
    assert CaseCheck.objects.get(program=world.other_program).found == 0
    assert told(lead) == 0


@pytest.mark.promise("MO-03")
def test_a_case_whose_owner_left_is_found_that_night_and_the_lead_is_told_once(
    world: World, lead: StaffRole, at: SetTime
) -> None:
    enrollment = enrolled(world)
    programs.end_role(actor=None, role=manager_of(world))
    (gap,) = actions.without_owner_or_date()
    assert (gap.case, gap.has_owner, gap.has_date, gap.is_enrollment) == (enrollment, False, True, True)
    assert [actions.check_cases(), actions.check_cases()] == [1, 0]
    assert told(lead) == 1
    tomorrow = timezone.now() + dt.timedelta(days=1)
    at(tomorrow.isoformat())
    actions.check_cases()
    assert told(lead) == 2


@pytest.mark.promise("MO-03")
def test_a_date_that_passed_is_no_next_date(world: World, lead: StaffRole, at: SetTime) -> None:
    decision = opened(world, meets_in=2)
    later = timezone.now() + dt.timedelta(days=4)
    at(later.isoformat())
    (gap,) = actions.without_owner_or_date(world.other_program)
    assert (gap.case, gap.has_owner, gap.has_date, gap.is_enrollment) == (decision, True, False, False)
    assert actions.without_owner_or_date(world.program) == []
    assert worker.one_round()["gaps"] == 1
    assert told(lead) == 1


@pytest.mark.promise("MO-03")
def test_an_owner_who_was_taken_off_the_family_is_none(world: World, lead: StaffRole) -> None:
    """They still work here, but the family's page is closed to them."""
    enrolled(world)
    assignment = StaffAssignment.objects.get(staff_role=manager_of(world), ended_at=None)
    families.end_assignment(actor=world.faraway_liaison, assignment=assignment)
    (gap,) = actions.without_owner_or_date()
    assert (gap.has_owner, gap.is_enrollment) == (False, True)
    assert actions.check_cases() == 1
    assert told(lead) == 1


@pytest.mark.promise("MO-03")
def test_one_whom_all_agree_on_and_who_gets_no_first_day_is_found(world: World, lead: StaffRole, at: SetTime) -> None:
    decision = agreed(world)
    assert actions.without_owner_or_date() == []  # the meeting's day is still to come
    later = timezone.now() + dt.timedelta(days=12)
    at(later.isoformat())
    (gap,) = actions.without_owner_or_date()
    assert (gap.case, gap.has_date) == (decision, False)
    browser = signed_in(None, lead.person)
    page = browser.get("/cases/").content.decode()
    assert "A family that waits for its first day" in page
    way = f"/cases/{decision.public_id}/owner/"
    assert browser.post(way, {"care_manager": str(manager_of(world).public_id)}).status_code == 302


def test_where_nobody_leads_the_operators_read_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    enrolled(world)
    programs.end_role(actor=None, role=manager_of(world))
    assert actions.check_cases() == 1
    assert "nobody leads it who could be told" in caplog.text


def test_who_takes_over_a_case_takes_over_all_that_is_owed_in_it(world: World) -> None:
    enrollment = enrolled(world)
    recommend_now(world, enrollment)
    other = programs.appoint(
        actor=None,
        person=_person(world.other_program, "Max Rowe"),
        organization=Organization.objects.get(program=world.other_program, slug="missouri-alliance"),
        role=StaffRole.Role.FACILITATOR,
    )
    chosen(world.faraway_youth_member, other)
    actions.give_owner(actor=world.faraway_liaison, case=enrollment, care_manager=other)
    assert Decision.objects.get(enrollment=enrollment).owner == other
    owed = Clock.objects.filter(subject_id=str(enrollment.public_id), state="open")
    assert {clock.responsible for clock in owed} == {other}


def recommend_now(world: World, enrollment: Enrollment) -> None:
    Enrollment.objects.filter(pk=enrollment.pk).update(enrolled_on=world.other_program.today())
    recommend(world, enrollment)


def test_a_lead_gives_the_case_to_somebody_and_sees_no_name_of_the_family(world: World, lead: StaffRole) -> None:
    enrollment = enrolled(world)
    programs.end_role(actor=None, role=manager_of(world))
    other = programs.appoint(
        actor=None,
        person=_person(world.other_program, "Max Rowe"),
        organization=Organization.objects.get(program=world.other_program, slug="missouri-alliance"),
        role=StaffRole.Role.FACILITATOR,
    )
    browser = signed_in(None, lead.person)
    page = browser.get("/cases/").content.decode()
    assert "Nobody answers for it now." in page
    assert "Okafor" not in page
    way = f"/cases/{enrollment.public_id}/owner/"
    assert way in page
    form = browser.get(way).content.decode()
    assert "Max Rowe" in form
    assert "Okafor" not in form
    assert browser.post(way, {"care_manager": str(other.public_id)}).status_code == 302
    assert actions.without_owner_or_date() == []
    assert "Each case has someone who answers for it" in browser.get("/cases/").content.decode()
    assert not access.visible_enrollments(lead.person).exists()


def test_a_decision_gets_another_owner_too(world: World, lead: StaffRole) -> None:
    decision = opened(world)
    Decision.objects.filter(pk=decision.pk).update(owner=world.faraway_liaison_role)
    browser = signed_in(None, lead.person)
    way = f"/cases/{decision.public_id}/owner/"
    assert browser.post(way, {"care_manager": str(manager_of(world).public_id)}).status_code == 302
    decision.refresh_from_db()
    assert decision.owner == manager_of(world)
    assert signed_in(None, world.lead).get(way).status_code == 404  # leads another programme


@pytest.mark.promise("MO-03")
@pytest.mark.promise("FL-35")
def test_the_database_keeps_no_enrollment_without_owner_or_date(world: World) -> None:
    enrollment = enrolled(world)
    for field in ("care_manager", "next_review_on"):
        with pytest.raises(Exception, match=field), transaction.atomic():
            Enrollment.objects.filter(pk=enrollment.pk).update(**{field: None})
