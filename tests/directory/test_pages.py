"""Finding help: the list, one entry with its number first, and what staff write down about it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.access import Refused
from portal.access import directory as access
from portal.audit.models import Entry
from portal.directory.actions import note_entry
from portal.directory.finding import fold, words_of
from portal.directory.models import Service
from portal.directory.rows import HoursRow, PlaceRow
from portal.families.models import Family
from tests.access.table import hold
from tests.directory.filling import MARAIS, bring, listed, service
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


def names_on(page: str) -> list[str]:
    return re.findall(r"<h3><a [^>]*><bdi>([^<]*)</bdi>", page)


def find(client: Client, **asked: Any) -> str:
    answer = client.post("/directory/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def caregiver(world: World) -> Client:
    Family.objects.filter(pk=world.family.pk).update(region="jefferson")
    return signed_in(None, world.caregiver)


@pytest.fixture
def three(world: World) -> list[Service]:
    return bring(
        world.program,
        service("Respite weekends", MARAIS, category="respite-services", languages=("en", "es")),
        service("Crisis nurse", PlaceRow(id="1", is_statewide=True, phone="(504) 555-0162"), category="Nursing"),
        service("Bébé class", PlaceRow(id="1", region="orleans"), languages=("fr",), description="For new mothers."),
    )


# -- the list ------------------------------------------------------------------------------------------------------------


def test_a_family_finds_what_is_near_it_first(caregiver: Client, three: list[Service]) -> None:
    page = caregiver.get("/directory/").content.decode()
    assert names_on(page) == ["Respite weekends", "Bébé class", "Crisis nurse"]
    assert [*re.findall(r'<h2 id="step\d">([^<]*)<', page)] == [
        "In Jefferson",
        "Right next to Jefferson",
        "For the whole state",
    ]
    assert 'href="tel:+15045550161"' in page


@pytest.mark.parametrize(("asked", "found"), [
    ({"words": "BEBE mothers"}, ["Bébé class"]),
    ({"words": "harvey"}, ["Respite weekends"]),
    ({"words": "respite services"}, ["Respite weekends"]),
    ({"words": "marais family"}, ["Bébé class", "Crisis nurse", "Respite weekends"]),
    ({"category": "Nursing"}, ["Crisis nurse"]),
    ({"category": "respite-services", "language": "es"}, ["Respite weekends"]),
    ({"language": "fr"}, ["Bébé class"]),
    ({"words": "100%_'"}, []),
    ({"region": "orleans"}, ["Bébé class", "Respite weekends", "Crisis nurse"]),
])  # fmt: skip
def test_it_is_found_by_words_kind_language_and_place(
    caregiver: Client, three: list[Service], asked: dict[str, str], found: list[str]
) -> None:
    page = find(caregiver, **asked)
    assert names_on(page) == found
    assert ("Nothing found" in page) is (not found)


def test_an_empty_directory_says_what_will_be_here(caregiver: Client) -> None:
    assert "Nothing is on this list yet" in caregiver.get("/directory/").content.decode()


def test_where_the_profile_knows_no_neighbors_the_page_says_so(world: World, three: list[Service]) -> None:
    client = signed_in(None, world.caregiver)
    sentence = "We do not know which places are right next to you"
    assert sentence in find(client, region="acadia")
    assert sentence not in find(client, region="jefferson")
    assert sentence not in find(client, region="")


def test_what_is_looked_for_stays_on_the_page_when_it_cannot_be_read(caregiver: Client, three: list[Service]) -> None:
    answer = caregiver.post("/directory/", {"words": "nurse", "category": "no such"})
    assert answer.status_code == 422
    assert 'value="nurse"' in answer.content.decode()


def test_a_long_list_goes_on_by_a_button(world: World, caregiver: Client) -> None:
    bring(world.program, *(service(f"Class {number:02}") for number in range(25)))
    first = caregiver.get("/directory/").content.decode()
    assert len(names_on(first)) == 20
    assert 'name="start" value="20"' in first
    rest = find(caregiver, region="jefferson", start="20")
    assert (names_on(rest)[0], len(names_on(rest))) == ("Class 20", 5)
    assert 'name="start" value' not in rest


def test_the_pages_ask_the_database_little(
    world: World, caregiver: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    entries = bring(world.program, *(service(f"Class {number:02}", languages=("en",)) for number in range(25)))
    for _warm in range(2):
        caregiver.get("/directory/")
    with django_assert_max_num_queries(12):
        caregiver.get("/directory/")
    with django_assert_max_num_queries(12):
        find(caregiver, words="class", language="en", region="jefferson")
    with django_assert_max_num_queries(12):
        caregiver.get(f"/directory/{entries[0].public_id}/")


def test_home_and_today_lead_there(world: World) -> None:
    for person in (world.caregiver, world.peer):
        assert 'href="/directory/"' in signed_in(None, person).get("/").content.decode()


def test_words_are_folded_and_few() -> None:
    assert fold(" Đường  Métairie ") == "duong metairie"
    assert words_of("a b a") == ["a", "b"]
    assert len(words_of(" ".join(map(str, range(50))))) == 8


# -- one entry -----------------------------------------------------------------------------------------------------------


def test_an_entry_shows_all_that_is_known_with_the_number_first(world: World, caregiver: Client) -> None:
    place = PlaceRow(
        id="1", name="Marais House", region="jefferson", address="12 Pecan Street", phone="(504) 555-0161", extension="7",
        access="A ramp at the back.", directions="Bus 4.",
        hours=(HoursRow("MO,TU", dt.time(9), dt.time(17, 30)), HoursRow(words="Closed on holidays")),
    )  # fmt: skip
    (entry,) = bring(
        world.program,
        service(
            "Respite weekends", place, PlaceRow(id="2", region="orleans"), PlaceRow(id="3", is_statewide=True),
            setting="home", who_for="Ages 5 to 17", how_to_get_in="Call first", what_to_bring="A card", fees="Free",
            interpreter="By phone", alert="New house in May", languages=("es",), wait_words="some weeks",
            website="https://marais.example.org", email="hello@example.org", checked_on=world.program.today(),
        ),
    )  # fmt: skip
    page = caregiver.get(f"/directory/{entry.public_id}/").content.decode()
    words = (
        *("Marais House", "12 Pecan Street", "Then press", "A ramp at the back.", "Bus 4.", "Closed on holidays"),
        *(
            "Mon, Tue: 9 am to 5:30",
            "Serves Orleans",
            "For the whole state",
            "At your home",
            "Ages 5 to 17",
            "Call first",
        ),
        *("A card", "Free", "By phone", "New house in May", "Spanish", "some weeks", "In Jefferson", "Checked on"),
        *('href="https://marais.example.org"', "mailto:hello@example.org"),
    )
    assert [word for word in words if word not in page.replace("\u00a0", " ")] == []
    assert page.index("tel:+15045550161") < page.index("New house in May")
    assert "Write down" not in page


def test_an_entry_that_nobody_checked_lately_says_so(world: World, caregiver: Client) -> None:
    days = world.program.profile.settings.directory_days.value
    today = world.program.today()
    fresh, old, never = bring(
        world.program,
        service("Fresh", checked_on=today - dt.timedelta(days=days)),
        service("Old", checked_on=today - dt.timedelta(days=days + 1)),
        service("Never"),
    )
    pages = [caregiver.get(f"/directory/{one.public_id}/").content.decode() for one in (fresh, old, never)]
    assert ["Nobody has checked this since" in page for page in pages] == [False, True, False]
    assert "Nobody here has checked this yet" in pages[2]


def test_an_entry_without_a_number_or_address_says_whom_to_ask(world: World, caregiver: Client) -> None:
    (entry,) = bring(world.program, service("Quiet", PlaceRow()))
    page = caregiver.get(f"/directory/{entry.public_id}/").content.decode()
    assert "No phone number is known" in page
    assert "No address is known" in page


def test_hours_are_read_in_the_readers_language(world: World) -> None:
    entry = listed(world.program)
    world.caregiver.language = "es"
    world.caregiver.save(update_fields=["language"])
    page = signed_in(None, world.caregiver).get(f"/directory/{entry.public_id}/").content.decode()
    assert "lun, mar" in page


# -- who sees it, and who keeps it up ----------------------------------------------------------------------------------------


def test_who_sees_and_who_notes_an_entry(world: World) -> None:
    entry = listed(world.program)

    def answer(person: Any, column: str) -> bool:
        seen = access.visible_entries(person).filter(pk=entry.pk).exists()
        return seen if column == "sees" else access.may_note(person, entry)

    hold(world, WHO, answer)


WHO = """
                    sees  notes
caregiver           yes   -
second_caregiver    yes   -
youth               yes   -
child               yes   -
natural_support     yes   -
peer                yes   yes
second_peer         yes   yes
mentor              yes   -
liaison             yes   yes
facilitator         yes   yes
coordinator         yes   -
lead                yes   yes
supervisor          yes   yes
stranger_caregiver  yes   -
stranger_youth      yes   -
stranger_peer       yes   yes
stranger_liaison    yes   yes
faraway_caregiver   -     -
faraway_youth       -     -
faraway_peer        -     -
faraway_liaison     -     -
"""


def test_a_closed_service_and_a_closed_account(world: World, caregiver: Client) -> None:
    entry = listed(world.program)
    world.peer.is_active = False
    world.peer.save(update_fields=["is_active"])
    assert not access.visible_entries(world.peer).exists()
    assert access.own_place(world.peer) == (None, "")
    Service.objects.update(is_listed=False)
    assert caregiver.get(f"/directory/{entry.public_id}/").status_code == 404
    assert not access.may_note(world.liaison, entry)


def test_staff_write_down_the_wait_and_families_read_it_with_the_day(world: World, caregiver: Client) -> None:
    entry = listed(world.program)
    page = f"/directory/{entry.public_id}/note/"
    browser = signed_in(None, world.peer)
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"wait_days": "12", "is_checked": "on"}).status_code == 302
    entry.refresh_from_db()
    today = world.program.today()
    assert (entry.wait_days, entry.wait_said_on, entry.checked_on) == (12, today, today)
    assert "About 12 days of waiting." in caregiver.get(f"/directory/{entry.public_id}/").content.decode()
    (noted,) = Entry.objects.filter(subject="directory_entry")
    assert (noted.actor, noted.actor_role) == (world.peer, "peer_partner")
    browser.post(page, {"wait_days": "0"})
    assert "No wait." in caregiver.get("/directory/").content.decode()


@pytest.mark.parametrize("sent", [{}, {"wait_days": "-1"}, {"wait_days": "731"}, {"wait_days": "soon"}])
def test_an_empty_or_odd_note_is_questioned(world: World, sent: dict[str, str]) -> None:
    entry = listed(world.program)
    answer = signed_in(None, world.liaison).post(f"/directory/{entry.public_id}/note/", sent)
    assert answer.status_code == 422
    assert not Entry.objects.filter(subject="directory_entry").exists()


def test_nobody_notes_what_is_not_theirs_to_keep(world: World) -> None:
    entry = listed(world.program)
    for person in (world.caregiver, world.faraway_liaison):
        with pytest.raises(Refused):
            note_entry(actor=person, entry=entry, wait_days=1, is_checked=False)
