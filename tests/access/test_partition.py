"""Made-up families, what is a young person's own, and everyone else of them: each room shows what the one table says.

Asked of pages (lists and each thing's own page), of the socket's greeting, of notices, of the calendar a phone reads and of
the family's record. What an example changes is who may say what by which paper, and how old the young person is. Of a plan
of care, with what is printed of it, each item is asked about by itself.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from messaging import actions as messaging
from messaging.history import draft_of
from peer_support import actions as peer_support
from peer_support.models import CheckIn, Pairing
from portal.access import Refused, conversations, mentors, record
from portal.access.notices import visible_notices
from portal.access.partition import Age, Answer, answer, table
from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.care.models import Plan
from portal.clocks.actions import make_calendar, record_happening
from portal.clocks.models import Clock, Matter
from portal.enrollment.actions import enroll, narrow_basis
from portal.enrollment.models import Enrollment
from portal.families import actions as families
from portal.families.models import AccessBasis, Category, LegalAuthority, Member
from portal.growing import actions as growing
from portal.notices.models import Notice
from portal.programs.vocabulary import Event
from portal.safety import actions as safety
from portal.safety.models import Look
from tests.access.planned import Planned, Thing, all_of, planned
from tests.access.routes import request_for
from tests.care.meetings import proposed
from tests.families.releases import signed
from tests.media.filling import show_photo
from tests.peer_support.helping import again
from tests.peer_support.mentored import mentored, wrote
from tests.voice.meetings import written
from tests.voice.stage import said
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db

PAPERS = {
    "full": LegalAuthority.Scope.FULL,
    "health": LegalAuthority.Scope.HEALTH,
    "told": LegalAuthority.Scope.INFORMATION,
    "school": LegalAuthority.Scope.SCHOOL,
    "barred": LegalAuthority.Scope.NONE,
    "apart": LegalAuthority.Scope.FULL,
}
STANDINGS = sorted({*PAPERS, "none"})
YEARS = {Age.CHILD: (11, 12), Age.MINOR: (13, 14, 15, 16, 17), Age.ADULT: (18, 19, 20)}
RECORDED = {
    "pairing",
    "conversation",
    "permission",
    "look",
    "supervision",
    "concern",
    "abuse_report",
    "report",
    "media",
    "enrollment",
    "clock",
    "plan",
    "release",
    "disclosure",
}
LISTS = ("/", "/messages/", "/notices/", "/wishes/", "/wishes/choose/", "/support/", "/skills/", "/contacts/", "/owed/", "/record/",
         "/growing-up/", "/cases/", "/help/", "/plans/", "/sharing/", "/say/", "/given/", "/meetings/")  # fmt: skip


@dataclass(repr=False)
class House:
    """A family with one of everything that can be a young person's own; an aunt keeps the young person's sign-in open."""

    world: World
    things: dict[str, Thing]
    pairing: Pairing
    aunt: Person
    planned: Planned

    def viewers(self, first: str, second: str) -> list[tuple[Person, str]]:
        world = self.world
        return [
            (world.youth, "young"),
            (world.caregiver, first),
            (world.second_caregiver, second),
            (world.natural_support, "support"),
        ]


@pytest.fixture
def house(world: World) -> House:
    aunt = create_person(display_name="Ada Brous", email="ada@example.org", is_adult_confirmed=True)
    place = families.add_member(
        actor=world.liaison,
        family=world.family,
        person=aunt,
        role=Member.Role.CAREGIVER,
        relation="aunt",
        evidence="Court order seen",
    )
    _paper(world, place, LegalAuthority.Scope.FULL)
    pairing = mentored(world)
    things = _things(world, pairing)
    plan = planned(world, aunt)
    things |= _said_things(world, plan.plan)
    Notice.objects.all().delete()  # what somebody was told by a paper of before, they were told
    return House(world, things, pairing, aunt, plan)


def _paper(world: World, adult: Member, scope: LegalAuthority.Scope) -> None:
    families.record_authority(
        actor=world.liaison,
        adult=adult,
        youth=world.youth_member,
        scope=scope,
        evidence="Paper seen",
        starts_on=world.program.today() - dt.timedelta(days=1),
    )


def _things(world: World, pairing: Pairing) -> dict[str, Thing]:
    young, member = world.youth, world.youth_member
    conversation = pairing.conversation
    assert conversation is not None
    talk = f"/conversations/{conversation.public_id}/"
    wrote(pairing, pairing.proposed_at, "I saw a heron today")
    messaging.save_draft(person=young, conversation=conversation, body="Half a thought of mine")
    peer_support.ask_for_peer(actor=young, member=member, languages=["en"], words="Somebody who paints boats")
    asked = peer_support.ask_for_support(
        actor=young,
        member=member,
        ask=peer_support.Ask(key=uuid.uuid4(), kind="advocate", words="Come with me to the principal"),
    )
    skill = peer_support.choose_skill(actor=young, member=member, words="Speaking in front of a class")
    contact = peer_support.log_contact(
        actor=world.liaison,
        role=world.liaison_role,
        member=member,
        said=peer_support.Said(
            key=uuid.uuid4(),
            way="phone",
            setting="home",
            outcome="reached",
            happened_at=pairing.proposed_at,  # not an hour before, which in the first hour of a day is the day before
            is_two_way=True,
            note="We spoke about the bus",
        ),
    )
    check_in = CheckIn.objects.create(pairing=pairing, number=1)
    conversation.last_seq = 1
    conversation.save(update_fields=["last_seq"])
    shown = show_photo(conversation, young, "The heron by the bayou")
    Look.objects.create(
        conversation=conversation,
        staff_role=world.supervisor_role,
        why=Look.Why.SUPERVISION,
        from_seq=1,
        to_seq=1,
        at=pairing.proposed_at,
        shown_from=pairing.proposed_at,
    )
    safety.press_unsafe(actor=young)
    worry = safety.add_words(actor=young, text="He shouts at night", about=[world.second_caregiver])
    reported = request_for("report_show", world).path["report_id"]
    case, dates, own = _case(world)
    return {
        "conversation": Thing(
            [talk, f"{talk}search/?q=heron", f"{talk}messages/"], ["heron today"], [str(conversation.public_id)]
        ),
        "photo": Thing([talk, f"/media/{shown.public_id}/"], [str(shown.public_id), "heron by the bayou"]),
        "look": Thing(
            [f"{talk}looks/"], ["Ruth Castille read messages here", "read messages in a conversation of yours"]
        ),
        "concern": Thing([f"/safety/{worry.public_id}/", "/safety/"], ["He shouts at night", str(worry.public_id)]),
        "report": Thing([f"/reports/{reported}/", "/reports/"], [str(reported)]),
        "draft": Thing([talk], ["Half a thought of mine"]),
        "mentor": Thing(
            [f"/pairings/{pairing.public_id}/"], ["Both like to draw."], ["Dana Tran", str(pairing.public_id)]
        ),
        "wish": Thing([f"/families/{world.family.public_id}/wishes/{young.public_id}/"], ["Somebody who paints boats"]),
        "request": Thing([f"/support/{asked.public_id}/"], ["Come with me to the principal"], [str(asked.public_id)]),
        "skill": Thing([f"/skills/{skill.public_id}/"], ["Speaking in front of a class"], [str(skill.public_id)]),
        "contact": Thing([], ["We spoke about the bus"], [str(contact.public_id)]),
        "check_in": Thing([f"/check-ins/{check_in.public_id}/"], [f"/check-ins/{check_in.public_id}/"]),
        "case": Thing([case], [case, case.split("/")[2]]),
        "dates": Thing([f"/owed/{one}/" for one in dates[:2]], [f"/owed/{one}/" for one in dates] + dates),
        "own_dates": Thing([f"/owed/{own}/"], [f"/owed/{own}/"], [own]),
    }


def _said_things(world: World, plan: Plan) -> dict[str, Thing]:
    alone = said(world, world.youth_member, "The van comes when I am not up")
    to_all = said(world, world.youth_member, "I want to cook on Fridays", "family")
    meeting = proposed(world.facilitator, plan)
    written(world.youth, meeting, "Please let me sit by the door")
    return {
        "said": Thing([f"/say/{alone.public_id}/"], ["The van comes when I am not up"], [str(alone.public_id)]),
        "said_to_family": Thing([f"/say/{to_all.public_id}/"], ["I want to cook on Fridays"], [str(to_all.public_id)]),
        "prepared": Thing(
            [f"/meetings/{meeting.public_id}/{page}" for page in ("", "agenda/", "prepare/", "prepare/print/")],
            ["Please let me sit by the door"],
        ),
    }


def _case(world: World) -> tuple[str, list[str], str]:
    """The page of the young person's case, its clocks, and one clock that is the young person's own affair."""
    today = world.program.today()
    case = enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today,
        next_on=today + dt.timedelta(days=5),
    )
    (own,) = record_happening(
        actor=world.facilitator,
        program=world.program,
        event=Event.TEAM_CHANGE_REQUESTED,
        at=case.family.created_at,
        key="own",
        matter=Matter(family=world.family, matter_of=world.youth, responsible=world.facilitator_role),
    )
    dates = Clock.objects.filter(youth=world.youth_member).exclude(pk=own.pk).values_list("public_id", flat=True)
    return f"/enrollments/{case.public_id}/", [str(one) for one in dates], str(own.public_id)


# -- the table is whole ----------------------------------------------------------------------------------------------------------


def test_every_item_of_the_table_is_made_and_every_viewer_asked(house: House) -> None:
    assert {item for basis in AccessBasis for item in _by_basis(house, basis)} == set(table())
    assert {viewer for row in table().values() for viewer in row} == {"young", "support", *STANDINGS}


def test_from_the_18th_birthday_on_nobody_else_has_a_column() -> None:
    for item, row in table().items():
        for viewer in set(row) - {"young"}:
            assert answer(item, viewer, Age.ADULT) == Answer.NOTHING
        assert answer(item, "young", Age.CHILD) == Answer.NOTHING


# -- what the rooms show -----------------------------------------------------------------------------------------------------------


@settings(
    max_examples=6,
    phases=(Phase.generate,),  # an example takes seconds: the first that differs says enough
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(
    first=st.sampled_from(STANDINGS),
    second=st.sampled_from(STANDINGS),
    age=st.sampled_from([*Age, Age.MINOR]),
    years=st.integers(min_value=0, max_value=4),
    lets=st.booleans(),
    signs=st.booleans(),
    basis=st.sampled_from(AccessBasis),
)
def test_each_room_shows_what_the_table_says(
    house: House, first: str, second: str, age: Age, years: int, lets: bool, signs: bool, basis: AccessBasis
) -> None:
    with transaction.atomic():
        if basis == AccessBasis.MINOR and age == Age.ADULT:
            basis = AccessBasis.PARENT  # grown up, nobody's consent but their own is asked for
        if age == Age.CHILD:
            basis = AccessBasis.PARENT  # could not open it again
        may_be_let = age != Age.CHILD and first not in {"barred", "apart"}
        lets, signs = lets and may_be_let, signs and may_be_let
        _arrange(house, first, second, YEARS[age][years % len(YEARS[age])], basis, lets=lets, signs=signs)
        differences = [
            f"{item} for {viewer} ({age}): the table says {said}, the site shows {shown}"
            for person, viewer in house.viewers(first, second)
            for item, shown in _shown(house, person, basis).items()
            if shown != (said := _said(house, item, person, viewer, age, lets=lets, signs=signs))
        ]
        transaction.set_rollback(True)
    assert not differences, "\n".join(differences)


def _said(house: House, item: str, person: Person, viewer: str, age: Age, *, lets: bool, signs: bool) -> Answer:
    """What the young person lets somebody see, or signs that they may, is about the first caregiver."""
    is_first = person == house.world.caregiver
    return answer(item, viewer, age, is_let=lets and is_first, is_named=signs and is_first)


def _by_basis(house: House, basis: AccessBasis) -> dict[str, Thing]:
    """The case and its dates stand in the line of what the case rests on; the plan belongs to the case."""
    behind = {AccessBasis.PARENT: "", AccessBasis.MINOR: "_alone", AccessBasis.SUBSTANCE: "_drugs"}[basis]
    found = {f"{item}{behind}" if item in {"case", "dates"} else item: thing for item, thing in house.things.items()}
    plan = house.planned.things
    return (
        found | house.planned.beside | (plan if basis == AccessBasis.PARENT else {"plan_in_closed_case": all_of(plan)})
    )


def _arrange(house: House, first: str, second: str, years: int, basis: AccessBasis, *, lets: bool, signs: bool) -> None:
    world, today = house.world, house.world.program.today()
    places = [world.caregiver_member, world.second_caregiver_member]
    LegalAuthority.objects.filter(adult__in=places).update(ends_on=today - dt.timedelta(days=1))
    for place, standing in zip(places, (first, second), strict=True):
        if standing in PAPERS:
            _paper(world, place, PAPERS[standing])
        if standing == "apart":
            families.set_no_contact(
                actor=world.liaison, protected=world.child_member, hidden_from=place, reason="Order seen"
            )
    born = dt.date(today.year - years, today.month, min(today.day, 28)) - dt.timedelta(days=100)
    Person.objects.filter(pk=world.youth.pk).update(born_on=born)
    world.youth.refresh_from_db()
    pairing = again(house.pairing)  # with the birthday of now
    if mentors.may_decide(house.aunt, pairing):  # and it is told, by the papers of now
        peer_support.give_permission(actor=house.aunt, pairing=pairing)
    case = Enrollment.objects.select_related("family__program", "youth__person", "youth__family__program").get(
        youth=world.youth_member
    )
    if basis != AccessBasis.PARENT:
        narrow_basis(actor=world.facilitator, case=case, access_basis=basis, reason="Told me alone")
    if lets:
        growing.let_see(actor=world.youth, adult=world.caregiver_member)
    if signs:
        signed(world, world.youth, Category.SUBSTANCE, to_person=world.caregiver)
    house.planned.step_closed(world)


def _shown(house: House, person: Person, basis: AccessBasis) -> dict[str, Answer]:
    person = Person.objects.get(pk=person.pk)
    browser = signed_in(None, person)
    page = cache(lambda path: _page(browser, path))
    lists = "".join(map(page, (*LISTS, f"/families/{house.world.family.public_id}/")))
    lists += _feed(house, person) + _elsewhere(house, person)
    return {item: _answer(page, lists, thing) for item, thing in _by_basis(house, basis).items()}


def _answer(page: Callable[[str], str], lists: str, thing: Thing) -> Answer:
    text = lists + "".join(map(page, dict.fromkeys(thing.pages)))
    if any(words in text for words in thing.words):
        return Answer.SEES
    return Answer.KNOWS if any(trace in text for trace in thing.traces) else Answer.NOTHING


def _page(browser: Client, path: str) -> str:
    """What the person reads there, with its address before it; nothing where it is not for them."""
    page = browser.get(path)
    return f"{path} {page.content.decode(errors='replace')}" if page.status_code == 200 else ""


def _feed(house: House, person: Person) -> str:
    """The calendar on a phone: its entries by the clocks they are of. A child signs in nowhere, so makes no such address."""
    if person == house.world.youth and _is_child(house):
        return ""
    try:
        token = make_calendar(actor=person)
    except Refused:
        return ""
    text = _page(Client(), f"/calendar/{token}.ics")
    clocks = Clock.objects.values_list("public_id", flat=True)
    entries = [f"/owed/{one}/" for one in clocks if str(uuid.uuid5(one, str(person.public_id))) in text]
    return " ".join([text, *entries])


def _elsewhere(house: House, person: Person) -> str:
    """The socket's greeting, notices not read yet, and what the family's record says was done by staff.

    Whoever is too young for an account reads none of these.
    """
    if person == house.world.youth and _is_child(house):
        return ""
    greeted = [str(public_id) for _pk, public_id, *_numbers in conversations.standing(person.pk)]
    told = [f"{notice.path} {notice.about}" for notice in visible_notices(person)]
    entries = list(record.visible_entries(person, house.world.family))
    noted = [entry.subject_id for entry in entries if entry.subject in RECORDED]
    drafts = [draft_of(own) for own in conversations.participations(person)]  # also where nobody may write now
    return " ".join([*greeted, *told, *noted, *drafts, house.planned.told(entries)])


def _is_child(house: House) -> bool:
    age = house.world.youth.age_on(house.world.program.today())
    return age is not None and age < 13
