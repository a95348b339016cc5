"""The pages of families: who gets which, what is kept when something is not right, and what is written down."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts import actions as accounts
from portal.accounts.models import Invitation, Person
from portal.audit.models import Entry
from portal.families import actions as families
from portal.families.models import Family, LegalAuthority, Member, NoContact
from tests.world import VIEWERS, World, signed_in

STAFF = ("liaison", "facilitator")
OWN = ("caregiver", "second_caregiver", "youth")
OUTSIDERS = tuple(name for name in VIEWERS if name not in {*STAFF, *OWN, "child"})

ENROL = {
    "name": "Boudreaux",
    "region": "orleans",
    "display_name": "Nora Boudreaux",
    "relation": "grandmother",
    "email": "nora@example.org",
    "phone": "",
    "language": "es",
    "is_adult_confirmed": "on",
}


def path(world: World, rest: str = "") -> str:
    return f"/families/{world.family.public_id}/{rest}"


def ask(person: Person, path: str) -> Any:
    return signed_in(None, person).get(path)


def enrolment(world: World, **changes: str) -> dict[str, str]:
    return ENROL | {"role": str(world.liaison_role.public_id)} | changes


# -- who gets which page --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OUTSIDERS)
def test_outsiders_cannot_tell_that_a_family_exists(world: World, name: str) -> None:
    client = signed_in(None, getattr(world, name))
    invite = f"people/{world.youth.public_id}/invite/"
    for rest in ("", "people/new/", "authority/new/", "no-contact/new/", invite):
        assert client.get(path(world, rest)).status_code == 404
        assert client.post(path(world, rest)).status_code in {404, 405}


@pytest.mark.parametrize("name", OWN)
def test_the_family_reads_its_own_page_and_changes_nothing_there(world: World, name: str) -> None:
    client = signed_in(None, getattr(world, name))
    page = client.get(path(world)).content.decode()
    assert "Who stands beside you" in page
    assert "Who may decide" not in page
    assert "Kept apart" not in page
    assert "Court order seen" not in page
    for rest in ("people/new/", "authority/new/", "no-contact/new/", f"people/{world.youth.public_id}/invite/"):
        assert client.get(path(world, rest)).status_code == 404


@pytest.mark.parametrize("name", STAFF)
def test_staff_of_the_family_see_authority_and_who_is_kept_apart(world: World, name: str) -> None:
    world.keep_apart()
    page = ask(getattr(world, name), path(world)).content.decode()
    assert "Court order seen" in page
    assert "Lucien Marchand must not learn where Odette Marchand is" in page
    assert "Protective order seen on paper" in page
    assert ("Propose a peer partner" in page) == (name == "liaison")


def test_an_address_is_hidden_from_who_is_kept_away(world: World) -> None:
    address = world.caregiver_member.address
    assert address in ask(world.second_caregiver, path(world)).content.decode()
    world.keep_apart()
    page = ask(world.second_caregiver, path(world)).content.decode()
    assert address not in page
    assert "Kept apart" not in page
    assert "must not learn" not in page
    assert address in ask(world.caregiver, path(world)).content.decode()
    assert address in ask(world.liaison, path(world)).content.decode()


def test_one_caregivers_offer_is_not_on_the_others_page(world: World) -> None:
    assert "Marcus Hebertson" in ask(world.second_caregiver, path(world)).content.decode()
    assert "Marcus Hebertson" not in ask(world.caregiver, path(world)).content.decode()


@pytest.mark.parametrize("name", ["peer", "mentor", "coordinator", "lead", "caregiver", "natural_support"])
def test_the_list_of_families_is_for_who_stands_beside_some(world: World, name: str) -> None:
    client = signed_in(None, getattr(world, name))
    assert client.get("/families/").status_code == 404
    assert client.get("/families/new/").status_code == 404
    assert client.post("/families/new/", enrolment(world)).status_code == 404
    assert not Family.objects.filter(name="Boudreaux").exists()


def test_a_liaison_without_families_learns_what_will_be_here(world: World) -> None:
    page = ask(world.supervisor, "/families/").content.decode()
    assert "No family is given to you yet" in page
    assert 'href="/families/new/"' in page


def test_each_look_is_written_down_with_the_job(world: World) -> None:
    ask(world.facilitator, path(world))
    ask(world.caregiver, path(world))
    looks = Entry.objects.filter(verb=Entry.Verb.VIEWED, family_id=world.family.public_id).order_by("pk")
    assert [(look.actor, look.actor_role) for look in looks] == [
        (world.facilitator, "facilitator"),
        (world.caregiver, ""),
    ]


# -- enrolling a family -----------------------------------------------------------------------------------------------


def test_a_liaison_enrols_a_family_and_goes_on_to_the_link(world: World) -> None:
    client = signed_in(None, world.liaison)
    response = client.post("/families/new/", enrolment(world))
    family = Family.objects.get(name="Boudreaux")
    caregiver = family.members.get()
    assert response.headers["Location"].endswith(f"/people/{caregiver.person.public_id}/invite/")
    assert (family.region, family.program) == ("orleans", world.program)
    assert (caregiver.role, caregiver.relation) == ("caregiver", "grandmother")
    assert caregiver.person.email == "nora@example.org"
    assert caregiver.person.language == "es"
    assert caregiver.person.adult_confirmed_at is not None
    assert client.get(response.headers["Location"]).status_code == 200


def test_nobody_is_made_an_adult_by_silence(world: World) -> None:
    data = enrolment(world)
    del data["is_adult_confirmed"]
    signed_in(None, world.facilitator).post("/families/new/", data | {"role": str(world.facilitator_role.public_id)})
    assert Family.objects.get(name="Boudreaux").members.get().person.adult_confirmed_at is None


@pytest.mark.parametrize(
    ("changes", "said", "field"),
    [
        ({"name": ""}, "Please fill this in.", "name"),
        ({"display_name": " \u202e "}, "Please fill this in.", "display_name"),
        ({"email": "", "phone": ""}, "a code has to reach them", "email"),
        ({"email": "nora"}, "does not look like an e-mail address", "email"),
        ({"phone": "12"}, "does not look like a phone number", "phone"),
        ({"region": "atlantis"}, "Please choose one of these.", "region"),
        ({"language": "tlh"}, "Please choose one of these.", "language"),
        ({"email": "odette.marchand@example.org"}, "Someone here comes in with this already", "email"),
    ],
)
def test_what_is_not_right_is_said_and_what_was_typed_stays(
    world: World, changes: dict[str, str], said: str, field: str
) -> None:
    response = signed_in(None, world.liaison).post("/families/new/", enrolment(world, relation="aunt <3", **changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert "aunt &lt;3" in page
    assert f'id="id_{field}_error"' in page
    described = re.search(rf'id="id_{field}"[^>]*', page)
    assert described is not None
    widget = re.search(rf'<(?:input|select)[^>]*name="{field}"[^>]*>', page)
    assert widget is not None
    assert f"id_{field}_error" in widget[0]
    assert 'aria-invalid="true"' in widget[0]
    assert "autofocus" in widget[0]
    assert not Family.objects.filter(name="Boudreaux").exists()


def test_a_phone_that_someone_has_already_is_named_as_the_problem(world: World) -> None:
    Person.objects.filter(pk=world.caregiver.pk).update(phone="+15045550142")
    response = signed_in(None, world.liaison).post("/families/new/", enrolment(world, phone="(504) 555-0142"))
    assert 'id="id_phone_error"' in response.content.decode()
    assert not Family.objects.filter(name="Boudreaux").exists()


def test_a_role_of_someone_else_cannot_be_used(world: World) -> None:
    data = enrolment(world, role=str(world.supervisor_role.public_id))
    assert signed_in(None, world.liaison).post("/families/new/", data).status_code == 422


def test_who_has_two_jobs_chooses_which(world: World) -> None:
    from portal.programs import actions as programs
    from portal.programs.models import StaffRole

    second = programs.appoint(
        actor=None,
        person=world.liaison,
        organization=world.organization("care-management-entity"),
        role=StaffRole.Role.FACILITATOR,
    )
    client = signed_in(None, world.liaison)
    assert str(second.public_id) in client.get("/families/new/").content.decode()
    as_second = enrolment(world, role=str(second.public_id)) | {"override_reason": "The training begins in May"}
    client.post("/families/new/", as_second)
    assert Family.objects.get(name="Boudreaux").assignments.get().staff_role == second


# -- adding people ----------------------------------------------------------------------------------------------------


def member(**changes: str) -> dict[str, str]:
    plain = {"role": "natural_support", "display_name": "Bea Guidry", "relation": "aunt", "language": "en"}
    return plain | changes


def test_a_person_is_added(world: World) -> None:
    client = signed_in(None, world.liaison)
    data = member(address="12 Example Street\nGretna", phone="504-555-0199")
    response = client.post(path(world, "people/new/"), data, follow=True)
    assert "Bea Guidry is now part of this family here." in response.content.decode()
    added = Member.objects.get(person__display_name="Bea Guidry")
    assert added.role == "natural_support"
    assert added.person.phone == "+15045550199"
    assert "12 Example Street" in added.address


def test_a_second_caregiver_needs_evidence_and_nothing_is_kept_without(world: World) -> None:
    client = signed_in(None, world.liaison)
    response = client.post(path(world, "people/new/"), member(role="caregiver"))
    assert response.status_code == 422
    page = response.content.decode()
    assert 'id="id_evidence_error"' in page
    assert "Bea Guidry" in page
    assert not Person.objects.filter(display_name="Bea Guidry").exists()
    client.post(path(world, "people/new/"), member(role="caregiver", evidence="Custody order of 4 May"))
    assert Member.objects.get(person__display_name="Bea Guidry").evidence == "Custody order of 4 May"


def test_a_young_person_needs_a_date_of_birth(world: World) -> None:
    client = signed_in(None, world.liaison)
    assert 'id="id_born_on_error"' in client.post(path(world, "people/new/"), member(role="youth")).content.decode()
    for born_on in ("2099-01-01", "1800-01-01", "soon"):
        response = client.post(path(world, "people/new/"), member(role="youth", born_on=born_on))
        assert response.status_code == 422
        assert response.content.decode().count('id="id_born_on_error"') == 1
    client.post(path(world, "people/new/"), member(role="youth", born_on="2013-02-03"))
    assert Member.objects.get(person__display_name="Bea Guidry").person.born_on == dt.date(2013, 2, 3)


def test_an_address_that_someone_has_already_is_said(world: World) -> None:
    response = signed_in(None, world.liaison).post(
        path(world, "people/new/"), member(email="Theo.Marchand@example.org")
    )
    assert 'id="id_email_error"' in response.content.decode()


# -- authority and no contact -----------------------------------------------------------------------------------------


def test_authority_is_written_down_with_what_was_seen(world: World) -> None:
    client = signed_in(None, world.facilitator)
    page = client.get(path(world, "authority/new/")).content.decode()
    assert page.count(f'value="{world.youth.public_id}"') == 1
    data = {
        "adult": str(world.natural_support.public_id),
        "youth": str(world.child.public_id),
        "scope": "school",
        "evidence": "Letter of the school",
        "starts_on": "2026-01-05",
        "ends_on": "",
    }
    assert client.post(path(world, "authority/new/"), data).status_code == 302
    assert LegalAuthority.objects.filter(adult=world.natural_support_member, youth=world.child_member).exists()
    response = client.post(path(world, "authority/new/"), data | {"ends_on": "2025-01-01", "evidence": " "})
    page = response.content.decode()
    assert 'id="id_ends_on_error"' in page
    assert 'id="id_evidence_error"' in page
    assert 'value="2026-01-05"' in page


def test_authority_only_of_an_adult_over_a_young_person(world: World) -> None:
    client = signed_in(None, world.liaison)
    data = {
        "adult": str(world.youth.public_id),
        "youth": str(world.caregiver.public_id),
        "scope": "full",
        "evidence": "x",
        "starts_on": "2026-01-05",
    }
    assert client.post(path(world, "authority/new/"), data).status_code == 422
    stranger = data | {"adult": str(world.stranger_caregiver.public_id), "youth": str(world.youth.public_id)}
    assert client.post(path(world, "authority/new/"), stranger).status_code == 422


def test_two_people_are_kept_apart_and_no_longer(world: World) -> None:
    client = signed_in(None, world.liaison)
    data = {
        "protected": str(world.caregiver.public_id),
        "hidden_from": str(world.caregiver.public_id),
        "reason": "Protective order",
    }
    assert 'id="id_hidden_from_error"' in client.post(path(world, "no-contact/new/"), data).content.decode()
    data["hidden_from"] = str(world.second_caregiver.public_id)
    assert client.post(path(world, "no-contact/new/"), data).status_code == 302
    flag = NoContact.objects.get()
    assert client.get(path(world, f"no-contact/{flag.pk}/end/")).status_code == 405
    assert client.post(path(world, f"no-contact/{flag.pk}/end/")).status_code == 302
    flag.refresh_from_db()
    assert flag.ended_at is not None
    assert client.post(path(world, f"no-contact/{flag.pk}/end/")).status_code == 404


@pytest.mark.parametrize(
    ("rest", "first"),
    [("authority/new/", "First add the young person."), ("no-contact/new/", "First add the other person.")],
)
def test_a_form_nobody_could_fill_says_whom_to_add_first(world: World, rest: str, first: str) -> None:
    assert first not in ask(world.liaison, path(world, rest)).content.decode()
    Member.objects.filter(family=world.family).exclude(person=world.caregiver).update(left_at=timezone.now())
    for answer in (ask(world.liaison, path(world, rest)), signed_in(None, world.liaison).post(path(world, rest))):
        page = answer.content.decode()
        assert first in page
        assert f'href="{path(world, "people/new/")}"' in page
        assert "<textarea" not in page


def test_what_is_needed_of_some_is_not_called_optional(world: World) -> None:
    def beside(page: str, name: str) -> str:
        return page.partition(f'for="id_{name}">')[2].partition("</label>")[0]

    added = ask(world.liaison, path(world, "people/new/")).content.decode()
    assert [beside(added, name) for name in ("born_on", "evidence")] == ["Date of birth", "What you saw"]
    assert "(if you like)" in beside(added, "relation")
    enrolled = ask(world.liaison, "/families/new/").content.decode()
    assert all("(one of the two)" in beside(enrolled, name) for name in ("email", "phone"))


def test_another_familys_flag_cannot_be_ended(world: World) -> None:
    flag = world.keep_apart()
    client = signed_in(None, world.stranger_liaison)
    own = f"/families/{world.stranger_family.public_id}/no-contact/{flag.pk}/end/"
    assert client.post(own).status_code == 404
    assert client.post(path(world, f"no-contact/{flag.pk}/end/")).status_code == 404
    flag.refresh_from_db()
    assert flag.ended_at is None


# -- the link ---------------------------------------------------------------------------------------------------------


def test_the_link_is_made_by_the_button_and_shown_once(world: World) -> None:
    client = signed_in(None, world.liaison)
    invite = path(world, f"people/{world.youth.public_id}/invite/")
    client.get(invite)
    assert not Invitation.objects.exists()
    page = client.post(invite).content.decode()
    link = re.search(r"http://testserver(/come-in/[\w-]+/)", page)
    assert link is not None
    assert '<svg role="img"' in page
    assert "7 days" in page
    assert "/come-in/" not in client.get(invite).content.decode()
    assert Client().get(link[1]).status_code == 200
    client.post(invite)
    assert Invitation.objects.filter(revoked_at=None).count() == 1


def test_who_has_been_here_gets_no_link(world: World) -> None:
    signed_in(None, world.caregiver)
    client = signed_in(None, world.liaison)
    invite = path(world, f"people/{world.caregiver.public_id}/invite/")
    page = client.get(invite).content.decode()
    assert "has been here before" in page
    client.post(invite)
    assert not Invitation.objects.exists()


def test_a_child_under_13_gets_no_link(world: World) -> None:
    client = signed_in(None, world.liaison)
    invite = path(world, f"people/{world.child.public_id}/invite/")
    assert "is under 13" in client.get(invite).content.decode()
    client.post(invite)
    assert not Invitation.objects.exists()
    assert invite not in client.get(path(world)).content.decode()


def test_someone_of_another_family_cannot_be_invited_through_this_one(world: World) -> None:
    client = signed_in(None, world.liaison)
    assert client.post(path(world, f"people/{world.stranger_youth.public_id}/invite/")).status_code == 404


# -- who looked -------------------------------------------------------------------------------------------------------


def test_the_family_reads_who_looked_in_plain_words(world: World) -> None:
    ask(world.facilitator, path(world))
    ask(world.caregiver, path(world))
    page = ask(world.caregiver, "/record/").content.decode()
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "Abel Nwosu, facilitator: looked at your family page" in plain
    assert "You looked at your family page" in plain
    assert "Simone Picourt" in plain
    assert "viewed" not in plain


def test_the_record_tells_the_job_also_where_the_entry_does_not(world: World) -> None:
    families.record_view(actor=world.liaison, family=world.family)
    page = ask(world.caregiver, "/record/").content.decode()
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "Simone Picourt, family liaison: looked at your family page" in plain


def test_a_long_record_goes_back_page_by_page(world: World) -> None:
    for _ in range(60):
        families.record_view(actor=world.facilitator, family=world.family, role="facilitator")
    client = signed_in(None, world.youth)
    page = client.get("/record/").content.decode()
    older = re.search(r'href="(/record/\?before=\d+)"', page)
    assert older is not None
    assert page.count("<li>\n      <p>") == 50
    assert "Abel Nwosu" in client.get(older[1]).content.decode()
    assert "Nothing earlier." in client.get("/record/?before=1").content.decode()
    for odd in ("x", "-1", "9" * 40, "٣"):
        assert client.get("/record/", {"before": odd}).status_code == 200


def test_what_the_site_did_itself_is_said_so(world: World) -> None:
    Entry.objects.create(
        at=world.family.created_at, verb=Entry.Verb.ENDED, subject="something new", family_id=world.family.public_id
    )
    page = ask(world.caregiver, "/record/").content.decode()
    assert "The site itself" in page
    assert "ended something in your record" in page


@pytest.mark.parametrize("name", ["liaison", "peer", "natural_support", "lead"])
def test_who_has_no_family_record_here_gets_no_such_page(world: World, name: str) -> None:
    assert ask(getattr(world, name), "/record/").status_code == 404


def test_a_record_nobody_looked_at_says_what_will_be_here(world: World) -> None:
    world.stranger_family.program = world.program
    person = accounts.create_person(display_name="Ida New", email="ida@example.org", is_adult_confirmed=True)
    family = Family.objects.create(program=world.program, name="New")
    Member.objects.create(family=family, person=person, role=Member.Role.CAREGIVER)
    assert "Nobody has looked yet" in ask(person, "/record/").content.decode()


# -- how much it asks -------------------------------------------------------------------------------------------------


def queries_of(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as context:
        assert client.get(where).status_code == 200
    return len(context)


def test_lists_ask_the_same_number_of_questions_however_long(world: World) -> None:
    client = signed_in(None, world.liaison)
    reader = signed_in(None, world.caregiver)
    for where in ("/families/", path(world)):
        client.get(where)
    reader.get("/record/")
    few = {where: queries_of(client, where) for where in ("/families/", path(world))}
    record = queries_of(reader, "/record/")
    for number in range(5):
        families.open_family(actor=world.liaison, role=world.liaison_role, name=f"More {number}")
        support = accounts.create_person(display_name=f"Support {number}", is_adult_confirmed=True)
        families.add_member(actor=world.liaison, family=world.family, person=support, role=Member.Role.NATURAL_SUPPORT)
        families.record_view(actor=world.facilitator, family=world.family)
    assert queries_of(client, "/families/") == few["/families/"]
    assert queries_of(client, path(world)) == few[path(world)]
    assert queries_of(reader, "/record/") == record
