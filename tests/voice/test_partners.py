"""The lead family partner of North Carolina's collaboratives: who it is, and help that is asked for, routed and answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.access import Refused, clocks
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.families import actions as families
from portal.families.models import Member
from portal.notices.models import Notice
from portal.programs import actions as programs
from portal.programs.models import Organization, Program, StaffRole
from portal.voice.actions import partners
from portal.voice.choice_refusals import SettledMeanwhile
from portal.voice.models import PartnerRequest
from tests.clocks.conftest import SetTime, at
from tests.voice.choosing import page, post, status
from tests.world import World, _person

__all__ = ["at"]

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@dataclass
class Carolina:
    program: Program
    partner_role: StaffRole
    partner: Person
    lead: Person
    mother: Person
    member: Member
    youth: Person


@pytest.fixture
def carolina(world: World) -> Carolina:
    """A lead family partner, the coordinator of the collaborative, and a family."""
    program = Program.objects.get(slug="north-carolina-soc")
    organization = Organization.objects.get(program=program, slug="community-collaborative")
    partner = _person(program, "Ruth Avery")
    role = programs.appoint(
        actor=None,
        person=partner,
        organization=organization,
        role=StaffRole.Role.LIAISON,
        about="I raised two sons here.",
        languages=["en", "es"],
    )
    lead = _person(program, "Lou Camden")
    programs.appoint(actor=None, person=lead, organization=organization, role=StaffRole.Role.PROGRAMME_LEAD)
    family = families.open_family(actor=partner, role=role, name="Wake", region="wake")
    mother, youth = _person(program, "Ada Wake"), _person(program, "Bo Wake", age=15)
    member = families.add_member(actor=partner, family=family, person=mother, role=Member.Role.CAREGIVER)
    families.add_member(actor=partner, family=family, person=youth, role=Member.Role.YOUTH)
    return Carolina(program, role, partner, lead, mother, member, youth)


def asked(carolina: Carolina, words: str = "How do I get a seat?") -> PartnerRequest:
    return partners.ask_partner(actor=carolina.mother, member=carolina.member, key=uuid4(), words=words)


def clock_of(request: PartnerRequest) -> Clock:
    return Clock.objects.get(subject="partner_request", subject_id=str(request.public_id))


@pytest.mark.promise("NC-10")
def test_a_request_is_routed_and_answered_within_its_clock(carolina: Carolina) -> None:
    """ "Request routed and answered clock": asked, taken, answered, each seen by who asked and by whom it went to."""
    key = uuid4()
    for _time in range(2):
        answer = post(carolina.mother, "/partner/ask/", key=key, words="The team does not listen.")
        assert answer.status_code == 302
    (request,) = PartnerRequest.objects.all()
    path = f"/partner/requests/{request.public_id}/"
    clock = clock_of(request)
    assert (clock.rule_id, clock.state, clock.responsible, clock.matter_of) == (
        "NC-PARTNER",
        "open",
        carolina.partner_role,
        carolina.mother,
    )
    assert (clock.rule.length, clock.rule.unit, clock.rule.certainty) == (3, "business_days", "design")
    assert Notice.objects.filter(person=carolina.partner, kind="support_asked", path=path).count() == 1
    assert path in page(carolina.partner, "/partner/requests/")
    assert "The team does not listen." in page(carolina.partner, path)
    assert "The answer comes next." in page(carolina.mother, path)
    post(carolina.partner, f"{path}take/")
    assert "Ruth Avery takes care of it" in page(carolina.mother, path)
    post(carolina.partner, path, words="I come with you on Monday.")
    clock.refresh_from_db()
    assert clock.state == "met"
    shown = page(carolina.mother, path)
    assert "I come with you on Monday." in shown
    assert "Answered" in shown
    assert status(carolina.youth, path) == 404, "nobody else of the family sees that she asked"
    assert not clocks.visible_clocks(carolina.youth).filter(pk=clock.pk).exists()


@pytest.mark.promise("NC-10")
def test_the_partners_page_names_the_job_and_the_way_and_the_name_only_with_their_yes(carolina: Carolina) -> None:
    shown = page(carolina.mother, "/partner/")
    assert "Lead family partner" in shown
    assert "Community collaborative" in shown
    assert "ncdhhs.gov" in shown, "until the collaborative's own number is known, the way of the program"
    assert "Ruth Avery" not in shown.split("<main")[1].split("</main")[0]
    assert "Show my name to families" in page(carolina.partner, "/partner/")
    for _time in range(2):
        post(carolina.partner, "/partner/name/", shows="yes")
    shown = page(carolina.mother, "/partner/")
    assert "Ruth Avery" in shown
    assert "I raised two sons here." in shown
    assert "Spanish" in shown
    post(carolina.partner, "/partner/name/", shows="no")
    assert "I raised two sons here." not in page(carolina.mother, "/partner/")
    assert post(carolina.mother, "/partner/name/", shows="yes").status_code == 404


@pytest.mark.promise("NC-10")
def test_an_answer_that_is_late_is_said_to_be_late(carolina: Carolina, at: SetTime) -> None:
    request = asked(carolina)
    at((timezone.now() + dt.timedelta(days=9)).isoformat())
    fire_due()
    assert clock_of(request).state == "missed"
    assert "late" in page(carolina.mother, f"/partner/requests/{request.public_id}/")


def test_without_a_partner_it_goes_to_who_leads_the_program(carolina: Carolina) -> None:
    programs.end_role(actor=None, role=carolina.partner_role)
    request = asked(carolina)
    path = f"/partner/requests/{request.public_id}/"
    assert status(carolina.partner, path) == 404
    assert path in page(carolina.lead, "/partner/requests/")
    post(carolina.lead, f"{path}take/")
    assert "Someone takes care of it" in page(carolina.mother, path)
    post(carolina.lead, path, words="I look for someone.")
    assert "I look for someone." in page(carolina.mother, path)


def test_taken_back_it_is_owed_no_more_and_settled_it_stays(carolina: Carolina) -> None:
    request = asked(carolina)
    path = f"/partner/requests/{request.public_id}/"
    post(carolina.mother, f"{path}end/")
    assert clock_of(request).state == "cancelled"
    answer = post(carolina.partner, path, words="A long answer")
    assert answer.status_code == 422
    assert "A long answer" in answer.content.decode()
    with pytest.raises(SettledMeanwhile):
        partners.take_request(actor=carolina.partner, request=request)
    post(carolina.partner, f"{path}take/")
    post(carolina.mother, f"{path}end/")
    assert "Taken back" in page(carolina.mother, path)


def test_words_are_asked_for_sealed_and_stand_in_no_record(carolina: Carolina) -> None:
    answer = post(carolina.mother, "/partner/ask/", key=uuid4(), words="  ")
    assert answer.status_code == 422
    asked(carolina, "SECRET")
    assert "SECRET" not in str(list(PartnerRequest.objects.values()))
    assert "SECRET" not in str([one.detail for one in Entry.objects.all()])
    with pytest.raises(Refused):
        partners.ask_partner(actor=carolina.youth, member=carolina.member, key=uuid4(), words="x")
    for who in (carolina.lead, carolina.youth):
        assert status(who, f"/partner/requests/{PartnerRequest.objects.get().public_id}/") == 404


def test_a_program_that_names_no_partner_has_no_such_page(world: World) -> None:
    assert status(world.caregiver, "/partner/") == 404
    assert post(world.caregiver, "/partner/ask/", key=uuid4(), words="x").status_code == 404
    assert status(world.liaison, "/partner/requests/") == 404
