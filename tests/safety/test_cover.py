"""What a family reads: who is on call now and the number that reaches them, or who is always there."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from messaging.models import Conversation
from peer_support import actions as peer_support
from portal.access import on_call as access
from portal.accounts.models import Person
from portal.families.models import Family, Member, NoContact
from portal.programs import registry
from portal.programs.models import StaffRole
from portal.programs.schema.organizations import OnCallNumber
from portal.programs.vocabulary import Certainty
from portal.safety import actions
from portal.safety.models import OnCallLine
from tests.clocks.conftest import SetTime
from tests.safety.conftest import NUMBER, Rota
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db

DIAL = 'href="tel:+18505550139"'


def page_of(person: Person, path: str = "/") -> str:
    answer = signed_in(None, person).get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def conversation(rota: Rota) -> str:
    return f"/conversations/{Conversation.objects.get(family=rota.florida.family).public_id}/"


def begin(rota: Rota) -> None:
    peer_support.begin_pairing(actor=rota.florida.people["peer"], pairing=rota.florida.pairing)


@pytest.mark.promise("FL-10")
def test_the_on_call_number_is_always_on_screen(rota: Rota) -> None:
    begin(rota)
    rota.set_number()
    rota.shift("2027-03-01T08:00", "2027-03-02T08:00")
    for path in ("/", "/help/", conversation(rota), "/messages/", "/owed/", "/rights/", "/contacts/"):
        page = page_of(rota.mother, path)
        assert DIAL in page, path
        assert NUMBER in page, path
    for path in ("/", "/help/"):
        main = main_of(page_of(rota.mother, path))
        assert "On call for you now" in main
        assert "Coordinator" in main


@pytest.mark.promise("FL-10")
def test_where_nobody_is_on_call_the_page_falls_back_to_988(rota: Rota, at: SetTime) -> None:
    begin(rota)
    rota.set_number()
    rota.shift("2027-03-01T08:00", "2027-03-01T20:00")
    at("2027-03-01T20:00-05:00")
    for path in ("/", "/help/"):
        page = page_of(rota.mother, path)
        assert NUMBER not in page
        section = main_of(page).partition('id="on-call"')[2].partition("</section>")[0]
        assert "Nobody from your program is on call right now" in section
        assert 'href="tel:988"' in section
        assert 'href="sms:988"' in section
    chat = page_of(rota.mother, conversation(rota))
    assert NUMBER not in chat
    assert 'href="tel:988"' in chat


@pytest.mark.parametrize(
    "change", ["no number", "number long unchecked", "account closed", "own family", "kept away", "protected"]
)
def test_nobody_is_named_who_cannot_be_reached(rota: Rota, at: SetTime, change: str) -> None:
    if change != "no number":
        rota.set_number()
    rota.shift("2027-03-01T08:00", "2027-03-02T08:00", "peer")
    if change == "number long unchecked":
        OnCallLine.objects.update(checked_on=dt.date(2026, 8, 1))
    elif change == "account closed":
        Person.objects.filter(pk=rota.florida.people["peer"].pk).update(is_active=False)
    elif change == "own family":
        Member.objects.create(
            family=rota.florida.family, person=rota.florida.people["peer"], role=Member.Role.NATURAL_SUPPORT
        )
    elif change in {"kept away", "protected"}:
        home = Family.objects.create(program=rota.florida.program, name="Elsewhere")
        peer = Member.objects.create(family=home, person=rota.florida.people["peer"], role=Member.Role.CAREGIVER)
        sides = (rota.florida.mother, peer) if change == "kept away" else (peer, rota.florida.mother)
        NoContact.objects.create(protected=sides[0], hidden_from=sides[1], reason="Order", recorded_by=rota.liaison)
    page = page_of(rota.mother)
    assert NUMBER not in page
    assert "Nobody from your program is on call right now" in page


def test_the_number_of_the_profile_stands_until_the_agency_writes_its_own_down(
    rota: Rota, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = rota.florida.program.profile
    known = OnCallNumber(
        phone="(850) 555-0111",
        verified_on=dt.date(2026, 11, 1),
        source="Call to the agency",
        certainty=Certainty.PUBLIC,
    )
    organizations = tuple(
        one.model_copy(update={"on_call": known}) if one.id == rota.organization.slug else one
        for one in profile.organizations
    )
    changed = registry.profiles() | {profile.slug: profile.model_copy(update={"organizations": organizations})}
    monkeypatch.setattr(registry, "profiles", lambda: changed)
    assert access.number_of(rota.organization) == "(850) 555-0111"
    rota.set_number()
    assert access.number_of(rota.role().organization) == NUMBER


def test_who_stands_beside_a_family_without_a_record_is_not_told_who_works_with_it(world: World) -> None:
    now = timezone.now()
    actions.set_line(actor=world.liaison, organization=world.peer_role.organization, phone=NUMBER)
    local = now.astimezone(world.program.zone)
    ends = local + dt.timedelta(hours=3)
    actions.add_shift(
        actor=world.liaison,
        role=world.second_peer_role,
        starts=actions.Local(local.date(), local.time()),
        ends=actions.Local(ends.date(), ends.time()),
    )
    assert NUMBER in main_of(page_of(world.caregiver))
    assert NUMBER in main_of(page_of(world.youth))
    assert NUMBER not in page_of(world.caregiver, "/rights/")  # only where it is promised the foot looks for it
    for person in (world.natural_support, world.stranger_caregiver, world.faraway_caregiver):
        page = page_of(person)
        assert NUMBER not in page
        assert "Nobody from your program is on call" not in page


def test_who_is_not_signed_in_reads_nothing_of_it(rota: Rota) -> None:
    from django.test import Client

    rota.set_number()
    rota.shift("2027-03-01T08:00", "2027-03-02T08:00")
    assert NUMBER not in Client().get("/help/").content.decode()


# -- when a peer answers ---------------------------------------------------------------------------------------------------------


def hours(rota: Rota, *weekdays: int, starts: int = 9, ends: int = 17) -> None:
    actions.add_duty_hours(
        actor=rota.florida.people["peer"],
        role=rota.role("peer"),
        weekdays=weekdays,
        starts=dt.time(starts),
        ends=dt.time(ends),
    )


def reply(rota: Rota) -> str:
    page = page_of(rota.mother, conversation(rota))
    label = re.search(r'<label for="body">(.*?)</label>', page, re.DOTALL)
    assert label is not None
    return re.sub(r"<[^>]+>", "", label[1]).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2027-03-01T10:00-05:00", "Peer answers now, until 5:00 pm."),
        ("2027-03-02T07:00-05:00", "Peer answers from 9:00 am today."),
        ("2027-03-01T18:00-05:00", "Peer answers again tomorrow from 9:00 am."),
        ("2027-03-06T12:00-05:00", "Peer answers: weekdays, 9 am to 5 pm. Next on Monday 8 March 9:00 am."),
    ],
)
def test_a_family_reads_when_its_peer_answers(rota: Rota, at: SetTime, moment: str, said: str) -> None:
    begin(rota)
    hours(rota, 0, 1, 2, 3, 4)
    at(moment)
    assert said in reply(rota)


def test_who_does_not_work_here_any_more_is_not_said_to_answer(rota: Rota) -> None:
    from messaging import page
    from messaging.models import Participant

    begin(rota)
    hours(rota, 0, 1)
    StaffRole.objects.filter(pk=rota.role("peer").pk).update(ended_at=timezone.now())
    members = list(Participant.objects.filter(staff_role=rota.role("peer")))
    assert page.expected_reply(members, rota.mother, timezone.now(), rota.florida.program.zone) == []


def test_days_with_the_same_hours_are_said_together(rota: Rota) -> None:
    from django.utils import translation

    from portal.safety import words

    hours(rota, *range(7), starts=20, ends=22)
    hours(rota, 0, 4)
    role = rota.role("peer")
    said = [one.replace("\u00a0", " ") for one in words.week(access.hours_of(role))]
    assert said == ["Monday and Friday, 9 am to 5 pm", "every day, 8 pm to 10 pm"]
    with translation.override("en-xa"):
        assert words.weekday(0) == "Monday"
    with translation.override("es"):
        assert words.weekday(0) == "lunes"


def test_a_peer_who_is_offered_shows_the_hours_they_wrote_down(world: World) -> None:
    actions.add_duty_hours(
        actor=world.second_peer, role=world.second_peer_role, weekdays=[0, 2], starts=dt.time(9), ends=dt.time(12)
    )
    page = page_of(world.second_caregiver, f"/pairings/{world.offer.public_id}/").replace("\u00a0", " ")
    assert "Monday and Wednesday, 9 am to 12 pm" in page
