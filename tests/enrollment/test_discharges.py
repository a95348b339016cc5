"""Florida: someone for the medicine within 7 days of leaving a hospital, or one of two reasons on record."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.enrollment import actions, refusals
from portal.enrollment.actions.discharges import clock_of
from portal.enrollment.models import Discharge, Enrollment
from portal.families import actions as families
from portal.families.models import Member
from portal.programs import actions as programs
from portal.programs.models import Organization, Program, StaffRole
from tests.enrollment.cases import day
from tests.enrollment.conftest import SetTime
from tests.voice.chosen import chosen
from tests.world import World, _person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def florida(world: World, at: SetTime) -> Enrollment:
    """A family in Florida, on the day a young person left the hospital: 1 March 2027."""
    program = Program.objects.get(slug="florida-care-coordination")
    role = programs.appoint(
        actor=None,
        person=_person(program, "Ada Wells"),
        organization=Organization.objects.get(program=program, slug="network-service-provider"),
        role=StaffRole.Role.FACILITATOR,
    )
    family = families.open_family(actor=role.person, role=role, name="Pine")
    youth = families.add_member(
        actor=role.person, family=family, person=_person(program, "Kit Pine", age=15), role=Member.Role.YOUTH
    )
    at("2027-03-01T20:00")
    return actions.enroll(
        actor=role.person,
        family=family,
        youth=youth,
        care_manager=role,
        enrolled_on=day("2027-02-01"),
        next_on=day("2027-03-20"),
    )


def left(florida: Enrollment, *, on: str = "2027-03-01", is_medicine_needed: bool = True) -> Discharge:
    return actions.record_discharge(
        actor=florida.care_manager.person,
        enrollment=florida,
        on=day(on),
        is_medicine_needed=is_medicine_needed,
    )


def clock(discharge: Discharge) -> Clock:
    found = clock_of(discharge)
    assert found is not None
    return found


@pytest.mark.promise("FL-23")
@pytest.mark.parametrize(("on", "is_late"), [("2027-03-08", False), ("2027-03-09", True)])
def test_a_link_on_day_7_is_in_time_and_on_day_8_late(florida: Enrollment, at: SetTime, on: str, is_late: bool) -> None:
    discharge = left(florida)
    assert (clock(discharge).rule_id, clock(discharge).due_on) == ("FL-PSY", day("2027-03-08"))
    at(f"{on}T20:00")
    fire_due()
    actions.link_psychiatry(actor=florida.care_manager.person, discharge=discharge, on=day(on))
    assert (clock(discharge).state, clock(discharge).is_late) == ("met", is_late)


@pytest.mark.promise("FL-23")
def test_no_appointment_counts_only_when_the_managing_entity_was_told(florida: Enrollment) -> None:
    discharge = left(florida)
    with pytest.raises(refusals.NoticeMissing):
        actions.document_exception(
            actor=florida.care_manager.person, discharge=discharge, exception="no_appointment", words="All full."
        )
    assert clock(discharge).state == "open"
    actions.document_exception(
        actor=florida.care_manager.person,
        discharge=discharge,
        exception="no_appointment",
        words="All full until April.",
        notice_sent_on=day("2027-03-01"),
    )
    assert clock(discharge).state == "excused"


@pytest.mark.promise("FL-23")
def test_a_refusal_on_record_settles_it(florida: Enrollment) -> None:
    discharge = left(florida)
    actions.document_exception(
        actor=florida.care_manager.person, discharge=discharge, exception="refused", words="Kit wants to wait."
    )
    assert clock(discharge).state == "excused"


@pytest.mark.promise("FL-23")
def test_without_either_it_is_late_and_a_reason_written_later_does_not_hide_that(
    florida: Enrollment, at: SetTime
) -> None:
    discharge = left(florida)
    at("2027-03-09T14:00")
    fire_due()
    assert clock(discharge).state == "missed"
    actions.document_exception(
        actor=florida.care_manager.person, discharge=discharge, exception="refused", words="Kit wants to wait."
    )
    discharge.refresh_from_db()
    assert (discharge.exception, clock(discharge).state) == ("refused", "missed")


@pytest.mark.promise("FL-23")
def test_the_page_of_the_date_is_no_way_around_the_notice_and_hides_nothing_that_is_late(
    florida: Enrollment, at: SetTime
) -> None:
    discharge = left(florida)
    staff = signed_in(None, florida.care_manager.person)
    path = f"/owed/{clock(discharge).public_id}/"
    reason = {"exception": "no_appointment", "reason": "All full."}
    for moment, state in (("2027-03-02T14:00", "open"), ("2027-03-09T14:00", "missed")):
        at(moment)
        fire_due()
        assert staff.post(f"{path}reason/", reason).status_code == 302
        assert staff.post(f"{path}done/", {"on": "2027-03-01"}).status_code == 302
        assert clock(discharge).state == state
    page = staff.get(path).content.decode()
    assert "reason/" not in page
    assert f"/families/{florida.family.public_id}/" in page  # from there the way leads to the case


def test_a_reason_after_the_day_does_not_count_as_in_time_before_the_worker_came(
    florida: Enrollment, at: SetTime
) -> None:
    discharge = left(florida)
    at("2027-03-09T14:00")
    actions.document_exception(
        actor=florida.care_manager.person, discharge=discharge, exception="refused", words="Kit wants to wait."
    )
    assert clock(discharge).state == "open"
    fire_due()
    assert clock(discharge).state == "missed"


def test_without_medicine_nothing_is_owed(florida: Enrollment) -> None:
    discharge = left(florida, is_medicine_needed=False)
    assert clock_of(discharge) is None
    with pytest.raises(refusals.NotInThisProgram):
        actions.document_exception(
            actor=florida.care_manager.person, discharge=discharge, exception="refused", words="Nothing."
        )


def test_two_discharges_have_a_date_each(florida: Enrollment) -> None:
    first, second = left(florida, on="2027-02-27"), left(florida)
    assert left(florida) == second  # a button pressed twice
    actions.link_psychiatry(actor=florida.care_manager.person, discharge=first, on=day("2027-03-01"))
    assert (clock(first).state, clock(second).state) == ("met", "open")


def test_dates_and_words_that_cannot_be_right_are_questioned(florida: Enrollment) -> None:
    actor, discharge = florida.care_manager.person, left(florida)
    with pytest.raises(refusals.DateAhead):
        actions.record_discharge(actor=actor, enrollment=florida, on=day("2027-03-02"), is_medicine_needed=True)
    with pytest.raises(refusals.DateTooFar):
        actions.record_discharge(actor=actor, enrollment=florida, on=dt.date(1, 1, 1), is_medicine_needed=True)
    with pytest.raises(refusals.DateAhead):
        actions.link_psychiatry(actor=actor, discharge=discharge, on=day("2027-03-02"))
    with pytest.raises(refusals.BeforeTheDischarge):
        actions.link_psychiatry(actor=actor, discharge=discharge, on=day("2027-02-28"))
    with pytest.raises(refusals.ReasonMissing):
        actions.document_exception(actor=actor, discharge=discharge, exception="refused", words=" ")
    with pytest.raises(refusals.NotInThisProgram):
        actions.document_exception(actor=actor, discharge=discharge, exception="holiday", words="Away.")
    for sent_on, refusal in (("2027-03-02", refusals.DateAhead), ("2027-02-28", refusals.BeforeTheDischarge)):
        with pytest.raises(refusal):
            actions.document_exception(
                actor=actor,
                discharge=discharge,
                exception="no_appointment",
                words="Full.",
                notice_sent_on=day(sent_on),
            )


@pytest.mark.promise("FL-23")
@pytest.mark.parametrize("act", ["reason", "done"])
def test_there_is_no_way_around_it_on_the_page_of_the_date(florida: Enrollment, at: SetTime, act: str) -> None:
    """There nobody asks whether the Managing Entity was told, nor since when there is somebody for the medicine."""
    discharge = left(florida)
    way = f"/owed/{clock(discharge).public_id}/"
    browser = signed_in(None, florida.care_manager.person)
    sent = {"exception": "no_appointment", "reason": "Full.", "on": "2027-03-01"}
    assert browser.post(f"{way}{act}/", sent).status_code == 302
    assert clock(discharge).state == "open"
    page = browser.get(way).content.decode()
    assert "See where we are" in page
    assert f"{way}{act}/" not in page


def test_who_takes_over_the_case_has_to_find_someone_for_the_medicine(florida: Enrollment) -> None:
    discharge = left(florida)
    organization = florida.care_manager.organization
    other = programs.appoint(
        actor=None,
        person=_person(organization.program, "Lee Marsh"),
        organization=organization,
        role=StaffRole.Role.FACILITATOR,
    )
    chosen(florida.youth, other)
    actions.give_owner(actor=florida.care_manager.person, case=florida, care_manager=other)
    assert clock(discharge).responsible == other


@pytest.mark.promise("FL-35")
def test_a_plan_in_florida_has_its_next_review_from_the_day_it_is_made(florida: Enrollment) -> None:
    actor = florida.care_manager.person
    actions.record_milestone(
        actor=actor,
        enrollment=florida,
        kind="plan",
        on=day("2027-03-01"),
        parts=["family", "community", "team"],
    )
    running = Clock.objects.filter(rule_id="FL-REVIEW", subject_id=str(florida.public_id), state="open")
    assert running.get().due_on == day("2027-03-31")
    with pytest.raises(refusals.DateMissing):
        actions.set_next_review(actor=actor, enrollment=florida, next_on=None)
