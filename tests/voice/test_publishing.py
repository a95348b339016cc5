"""The year's result: one for each year, in plain words and for everybody; a year without one is said to be late."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from peer_support.reach import Period
from portal.access import Refused
from portal.accounts.models import Person
from portal.care.models import TeamMeeting
from portal.clocks.actions import keep_program_clocks
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.programs.actions import appoint
from portal.programs.models import Organization, Program, StaffRole
from portal.voice import actions, yearly
from portal.voice.models import MeetingResult, Pulse, PulseAnswer
from portal.voice.results import settled_quarters
from tests.care.plans import opened
from tests.clocks.conftest import SetTime, at
from tests.voice.meetings import held
from tests.world import World, signed_in

pytestmark = pytest.mark.both_databases
__all__ = ["at"]

LEARNED = "More young people say that they are heard. From now on every meeting begins with their list."


@pytest.fixture
def carolina(world: World) -> Program:
    return Program.objects.get(slug="north-carolina-soc")


def lead_of(program: Program) -> Person:
    organization, _made = Organization.objects.get_or_create(
        program=program, slug="state-office", defaults={"name": "State office", "kind": "governance"}
    )
    person = Person.objects.create(display_name="Ana Whitfield", email="ana.whitfield@example.org")
    appoint(actor=None, person=person, organization=organization, role=StaffRole.Role.PROGRAMME_LEAD)
    return person


def settled(program: Program) -> Period:
    """The last quarter of which nothing changes any more."""
    return settled_quarters(program.today(), program.profile.settings.pulse_days.value, 1)[0]


def answers(world: World, count: int, heard: str = "yes", *, is_late: bool = False) -> None:
    """So many people of other families said how a meeting was, straight into the tables: in a settled quarter, or just now."""
    day = dt.datetime.combine(settled(world.program).first + dt.timedelta(days=40), dt.time(12), world.program.zone)
    asked_at = timezone.now() if is_late else day
    meeting = TeamMeeting.objects.filter(state="held").first() or held(world, opened(world), world.caregiver)
    known = Person.objects.filter(display_name__startswith="Somebody").count()
    for number in range(known, known + count):
        person = Person.objects.create(display_name=f"Somebody {number}", email=f"somebody.{number}@example.org")
        pulse = Pulse.objects.create(
            meeting=meeting,
            person=person,
            side="raising",
            asked_at=asked_at,
            closes_at=asked_at + dt.timedelta(days=14),
        )
        PulseAnswer.objects.create(pulse=pulse, heard=heard, changed="no", at=asked_at)


@pytest.mark.promise("NC-13")
def test_one_published_result_a_year_keeps_the_promise_and_everybody_reads_it(
    world: World, carolina: Program, at: SetTime
) -> None:
    at("2026-11-22T18:00")
    keep_program_clocks()
    lead = lead_of(carolina)
    clock = Clock.objects.get(rule_id="NC-CFTDATA")
    page = Client().get("/how-meetings-go/?of=north-carolina-soc").content.decode()
    assert "The next result is due by" in page
    assert "30" in page.split("due by")[1][:40]
    assert "June" in page.split("due by")[1][:40]
    assert "No result is out yet" in page
    browser = signed_in(None, lead)
    assert "July" in browser.get("/meeting-results/").content.decode(), "the window that is counted"
    form = {"year": "2026-07-01", "words": LEARNED}
    assert browser.post("/meeting-results/publish/", {"year": "2026-07-01", "words": ""}).status_code == 422
    assert browser.post("/meeting-results/publish/", form).status_code == 302
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET
    again = browser.post("/meeting-results/publish/", form | {"words": "Another word"})
    assert again.status_code == 422
    assert "is out already" in again.content.decode()
    assert "Another word" in again.content.decode()
    page = Client().get("/how-meetings-go/?of=north-carolina-soc").content.decode()
    assert LEARNED in page
    assert "The result of this year is out." in page
    assert "Not enough answers yet." in page, "no number where nobody answered"
    assert MeetingResult.objects.count() == 1
    at("2027-07-02T18:00")
    fire_due()
    page = Client().get("/how-meetings-go/?of=north-carolina-soc").content.decode()
    assert "A result is late" not in page
    assert "The next result is due by" in page


@pytest.mark.promise("NC-13")
def test_a_year_without_a_result_is_overdue_where_everybody_can_see_it(
    world: World, carolina: Program, at: SetTime
) -> None:
    at("2026-11-22T18:00")
    keep_program_clocks()
    at("2027-07-02T18:00")
    fire_due()
    assert Clock.objects.get(rule_id="NC-CFTDATA", period=1).state == Clock.State.MISSED
    lead = lead_of(carolina)
    for answer in (
        Client().get("/how-meetings-go/?of=north-carolina-soc"),
        signed_in(None, lead).get("/meeting-results/"),
    ):
        assert "A result is late. It was due by" in answer.content.decode()
    result = actions.publish_result(
        actor=lead, program=carolina, year=yearly.year_now(carolina).before, words="It comes late."
    )
    assert result.is_late
    running = Clock.objects.get(rule_id="NC-CFTDATA", period=2)
    assert running.state == Clock.State.OPEN, "what comes late keeps no promise of the year that runs"
    page = Client().get("/how-meetings-go/?of=north-carolina-soc").content.decode()
    assert "A result is late" not in page
    assert "It came late." in page


def test_a_programme_that_promises_no_result_names_no_date(world: World) -> None:
    page = Client().get("/how-meetings-go/?of=louisiana-csoc").content.decode()
    assert "due by" not in page
    assert "No result is out yet" in page
    choose = Client().get("/how-meetings-go/").content.decode()
    assert "?of=louisiana-csoc" in choose
    own = signed_in(None, world.youth).get("/how-meetings-go/").content.decode()
    assert world.program.name in own


@pytest.mark.promise("NC-12")
def test_the_leads_page_and_the_published_one_show_no_group_below_the_minimum(world: World) -> None:
    answers(world, 10)
    browser = signed_in(None, world.lead)
    page = browser.get("/meeting-results/").content.decode()
    assert "Not enough answers yet." in page
    assert ">10<" not in page
    answers(world, 1)
    answers(world, 12, "no")
    page = browser.get("/meeting-results/").content.decode()
    assert "Yes: 11 of 23 (48%)" in page
    assert 'class="bar"' in page
    assert "style=" not in page
    code = settled(world.program).code
    year = next(
        one
        for one in yearly.open_years(world.program)
        if code in {q.code for q in yearly.count(world.program, one).quarters}
    )
    actions.publish_result(actor=world.lead, program=world.program, year=year, words=LEARNED)
    assert "Yes: 11 of 23 (48%)" in Client().get("/how-meetings-go/?of=louisiana-csoc").content.decode()


def test_what_can_still_change_is_not_counted_yet(world: World) -> None:
    answers(world, 20, is_late=True)
    page = signed_in(None, world.lead).get("/meeting-results/").content.decode()
    assert "Yes: 20" not in page
    assert ">20<" not in page


def test_only_who_leads_the_programme_publishes_and_only_a_year_that_is_open(world: World) -> None:
    now = yearly.year_now(world.program)
    for who in (world.facilitator, world.liaison, world.caregiver, world.coordinator):
        with pytest.raises(Refused):
            actions.publish_result(actor=who, program=world.program, year=now, words=LEARNED)
    with pytest.raises(Refused):
        actions.publish_result(actor=world.lead, program=world.other_program, year=now, words=LEARNED)
    with pytest.raises(Refused):
        actions.publish_result(actor=world.lead, program=world.program, year=now.before.before, words=LEARNED)
    for year in (now, now.before):
        actions.publish_result(actor=world.lead, program=world.program, year=year, words=LEARNED)
    answer = signed_in(None, world.lead).get("/meeting-results/publish/", follow=True)
    assert "is out already" in answer.content.decode()


def test_who_leads_two_programmes_chooses_between_them(world: World, carolina: Program) -> None:
    organization = Organization.objects.create(program=carolina, slug="two", name="Two", kind="governance")
    appoint(actor=None, person=world.lead, organization=organization, role=StaffRole.Role.PROGRAMME_LEAD)
    page = signed_in(None, world.lead).get("/meeting-results/?of=north-carolina-soc").content.decode()
    assert 'aria-current="true"' in page
    assert carolina.name in page
