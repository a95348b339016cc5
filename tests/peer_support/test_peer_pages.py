"""The pages of peers: one's own, those one answers for, and the forms between, in each language."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peer_support import actions
from peer_support.models import Credential, LivedSystem, PeerProfile
from portal.accounts.models import Person
from portal.families import actions as families
from portal.families.models import Family, StaffAssignment
from portal.programs import actions as programs
from portal.programs.models import StaffRole
from tests.peer_support.ready import lived, ready, said_by, verified, with_papers
from tests.voice.chosen import chosen
from tests.world import World, _person, signed_in

FORM = {
    "about": "My niece lived with us.",
    "relation": "kin",
    "child_age_bands": ["6-12"],
    "ways": ["chat", "visit"],
    "free_at": ["weekend_day"],
    "interests": "cooking, , church  choir",
    "region": "jefferson",
    "capacity": "3",
    "is_taking": "on",
    "gender": "woman",
    "language_en": "good",
    "language_es": "native",
}


def at(role: StaffRole, rest: str = "") -> str:
    return f"/peers/{role.public_id}/{rest}"


def page_of(person: Person, path: str, language: str = "") -> str:
    client = signed_in(None, person)
    if language:
        Person.objects.filter(pk=person.pk).update(language=language)
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(person: Person, path: str, data: dict[str, Any] | None = None, *, status: int = 200) -> str:
    answer = signed_in(None, person).post(path, data or {}, follow=True)
    assert answer.status_code == status
    return str(answer.content.decode())


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


# -- one's own page ------------------------------------------------------------------------------------------------------


def test_a_peer_comes_to_their_own_page_and_it_lights_what_is_next(world: World) -> None:
    client = signed_in(None, world.peer)
    assert client.get("/peers/").headers["Location"] == at(world.peer_role)
    page = client.get(at(world.peer_role)).content.decode()
    assert "What families see of you" in page
    assert "Nobody has checked the years yet" in page
    assert 'class="btn lamp"' in main_of(page)
    assert "/peers/" in client.get("/").content.decode()


def test_a_peer_writes_about_themselves_and_families_read_it(world: World) -> None:
    page = post(world.peer, at(world.peer_role, "about/"), FORM)
    assert "It is kept." in page
    profile = PeerProfile.objects.get(staff_role=world.peer_role)
    assert (profile.interests, profile.gender, profile.is_taking) == (["cooking", "church choir"], "woman", True)
    assert StaffRole.objects.get(pk=world.peer_role.pk).languages == ["es", "en"]
    lived(world.peer_role, ("child_welfare", 900, None))
    with_papers(world.peer_role, world.lead)
    offer = page_of(world.caregiver, f"/pairings/{world.pairing.public_id}/")
    for words in (
        "Raised a grandchild",
        "Foster care and child protection",
        "Spanish (since childhood)",
        "church choir",
    ):
        assert words in offer
    assert "Peer support training" in offer
    for hidden in ("woman", "Background check", "Jefferson Parish"):
        assert hidden not in main_of(offer)


def test_kin_foster_and_justice_are_roles_and_systems_one_can_have_lived(world: World) -> None:
    page = page_of(world.peer, at(world.peer_role, "about/"))
    assert 'value="foster"' in page
    assert 'value="kin"' in page
    assert 'value="lived_it"' not in page
    assert 'value="lived_it"' in page_of(world.mentor, at(world.mentor_role, "about/"))
    systems = page_of(world.peer, at(world.peer_role, "lived/new/"))
    for system in ("child_welfare", "juvenile_justice", "courts"):
        assert f'value="{system}"' in systems


def test_what_was_typed_stays_and_what_is_missing_is_said(world: World) -> None:
    path = at(world.peer_role, "about/")
    without = {key: value for key, value in FORM.items() if not key.startswith("language")} | {"capacity": "16"}
    page = post(world.peer, path, without, status=422)
    assert "Please choose at least one language." in page
    assert "My niece lived with us." in page
    page = post(world.peer, path, FORM | {"capacity": "16"}, status=422)
    assert "15 families are the most" in page
    post(world.peer, path, FORM)
    again = page_of(world.peer, path)
    assert "cooking, church choir" in again


def test_years_are_added_ended_taken_out_and_said_to_be_true(world: World) -> None:
    said_by(world.peer_role)
    path = at(world.peer_role, "lived/new/")
    today = world.program.today()
    ahead = {"system": "courts", "from_on": today + dt.timedelta(days=1)}
    assert "This day has not come yet." in post(world.peer, path, ahead, status=422)
    since = {"system": "courts", "from_on": today - dt.timedelta(days=900)}
    assert "It is written down." in post(world.peer, path, since)
    post(world.peer, path, since | {"system": "medicaid", "until_on": today - dt.timedelta(days=20)})
    going_on = LivedSystem.objects.get(system="courts")
    end = at(world.peer_role, f"lived/{going_on.public_id}/end/")
    assert "The last day is before" in post(world.peer, end, {"until_on": today - dt.timedelta(days=901)}, status=422)
    page = post(world.peer, end, {"until_on": today - dt.timedelta(days=1)})
    assert "2 public systems" in page
    assert "900 days in all" in page
    page = post(world.peer, at(world.peer_role, "true/"))
    assert "Nobody has checked it yet." in page
    other = LivedSystem.objects.get(system="medicaid")
    page = post(world.peer, at(world.peer_role, f"lived/{other.public_id}/remove/"))
    assert "1 public system" in page
    assert "Yes, this is true" in page


def test_a_facilitator_sees_their_training(world: World) -> None:
    client = signed_in(None, world.facilitator)
    page = client.get("/peers/", follow=True).content.decode()
    assert "Your training" in page
    assert "System of Care core training" in page
    assert "About you" not in page
    assert client.get(at(world.facilitator_role, "about/")).status_code == 404


# -- whom one answers for --------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-29")
@pytest.mark.parametrize("name", ["liaison", "lead"])
def test_the_list_shows_who_may_take_a_family_who_checked_it_and_trainings_with_their_dates(
    world: World, name: str
) -> None:
    verified(world.peer_role, world.supervisor)
    with_papers(world.peer_role, world.supervisor, expires_in=12)
    page = page_of(getattr(world, name), "/peers/")
    assert "Can be offered to a new family" in page
    assert "Checked by Ruth Castille" in page
    assert "Peer support training" in page
    assert "12 days left" in page
    assert ("Facilitators" in page) is (name == "lead")
    one = page_of(getattr(world, name), at(world.peer_role))
    assert "40 hours" in one
    assert "good through" in one
    day = world.program.today() - dt.timedelta(days=300)
    assert f"{day.day} {day:%B}" in one


def test_a_lead_checks_what_waits_by_name_and_day(world: World) -> None:
    said_by(world.peer_role)
    lived(world.peer_role, ("courts", 900, None), ("medicaid", 900, None))
    actions.attest(actor=world.peer, role=world.peer_role)
    assert "Waits for your check" in page_of(world.lead, "/peers/")
    assert "Waits for your check" not in page_of(world.liaison, "/peers/")
    page = page_of(world.lead, at(world.peer_role))
    seen = PeerProfile.objects.get(staff_role=world.peer_role).attested_at
    assert seen is not None
    assert seen.isoformat() in page
    assert "I have checked it" not in page_of(world.liaison, at(world.peer_role))
    for stale in ("", "soon", (seen - dt.timedelta(days=1)).isoformat()):
        assert "This has changed" in post(world.lead, at(world.peer_role, "check/"), {"attested_at": stale})
    page = post(world.lead, at(world.peer_role, "check/"), {"attested_at": seen.isoformat()})
    assert "Checked by Gus Robich" in page


def test_a_year_that_is_too_short_cannot_be_checked_off(world: World) -> None:
    said_by(world.peer_role)
    lived(world.peer_role, ("courts", 363, None), ("medicaid", 363, None))
    actions.attest(actor=world.peer, role=world.peer_role)
    page = page_of(world.lead, at(world.peer_role))
    assert "364 days in all" in page
    assert "I have checked it" not in page
    seen = PeerProfile.objects.get(staff_role=world.peer_role).attested_at
    assert seen is not None
    page = post(world.lead, at(world.peer_role, "check/"), {"attested_at": seen.isoformat()})
    assert "are not enough yet" in page
    assert "Checked by" not in page


def test_papers_are_written_down_and_taken_back_by_who_has_seen_them(world: World) -> None:
    path = at(world.peer_role, "papers/new/")
    today = world.program.today()
    short = {"requirement": "peer-training", "hours": "39", "issued_on": today}
    assert "This training needs 40 hours or more." in post(world.lead, path, short, status=422)
    nameless = post(world.lead, path, {"requirement": "other", "issued_on": today}, status=422)
    assert [nameless.count(words) for words in ("Please choose one of these.", "Please fill this in.")] == [1, 1]
    ended = {"requirement": "background-check", "issued_on": today, "expires_on": today - dt.timedelta(days=1)}
    assert "The last day is before the first one." in post(world.lead, path, ended, status=422)
    ended["issued_on"] = today - dt.timedelta(days=400)
    assert "Ended. The last day was" in post(world.lead, path, ended)
    post(world.lead, path, {"requirement": "other", "kind": "training", "title": "First aid", "issued_on": today})
    own = page_of(world.peer, at(world.peer_role))
    assert "First aid" in own
    assert "This no longer holds" not in own
    check = Credential.objects.get(staff_role=world.peer_role, kind="clearance")
    page = post(world.lead, at(world.peer_role, f"papers/{check.public_id}/end/"))
    assert "It no longer counts." in page
    assert "Ended. The last day" not in page
    assert signed_in(None, world.lead).post(at(world.peer_role, f"papers/{check.public_id}/end/")).status_code == 404


@pytest.mark.parametrize("language", ["en", "es", "ar", "vi", "en-xa"])
def test_every_page_reads_in_every_language(world: World, language: str) -> None:
    ready(world.peer_role, world.lead)
    one = LivedSystem.objects.get(until_on=None)
    for path in ("", "about/", "lived/new/", f"lived/{one.public_id}/end/"):
        assert page_of(world.peer, at(world.peer_role, path), language).count("<h1>") == 1
    for path in ("/peers/", at(world.peer_role), at(world.peer_role, "papers/new/")):
        assert main_of(page_of(world.lead, path, language)).count('class="btn lamp"') <= 1
    assert f'lang="{language}"' in page_of(world.lead, "/peers/", language)


# -- a facilitator without training ---------------------------------------------------------------------------------------------


@pytest.fixture
def newcomer(world: World) -> StaffRole:
    """A second facilitator of Louisiana, without the training the programme asks for."""
    return programs.appoint(
        actor=None,
        person=_person(world.program, "Noa Field"),
        organization=world.facilitator_role.organization,
        role=StaffRole.Role.FACILITATOR,
    )


@pytest.mark.promise("LA-29")
def test_an_untrained_facilitator_is_assigned_only_for_a_reason_that_is_kept(world: World, newcomer: StaffRole) -> None:
    for reason in ("", "   "):
        with pytest.raises(families.NotTrained) as refused:
            families.assign(actor=world.liaison, family=world.family, staff_role=newcomer, override_reason=reason)
        assert "Noa Field" in refused.value.message
        assert "System of Care core training" in refused.value.message
    chosen(world.youth_member, newcomer)
    families.assign(
        actor=world.liaison, family=world.family, staff_role=newcomer, override_reason=" Nobody else is there. "
    )
    kept = StaffAssignment.objects.get(staff_role=newcomer)
    assert kept.override_reason == "Nobody else is there."
    families.assign(actor=world.liaison, family=world.family, staff_role=newcomer)  # who is there already, stays
    assert "Nobody else is there." in page_of(world.liaison, f"/families/{world.family.public_id}/")
    assert "Nobody else is there." not in page_of(world.caregiver, f"/families/{world.family.public_id}/")


def test_a_trained_facilitator_needs_no_reason_and_none_is_kept(world: World, newcomer: StaffRole) -> None:
    with_papers(newcomer, world.lead)
    chosen(world.youth_member, newcomer)
    families.assign(actor=world.liaison, family=world.family, staff_role=newcomer, override_reason="In a hurry")
    assert StaffAssignment.objects.get(staff_role=newcomer).override_reason == ""


def test_a_training_that_ended_is_no_training(world: World, newcomer: StaffRole) -> None:
    with_papers(newcomer, world.lead, expires_in=-1)
    with pytest.raises(families.NotTrained):
        families.assign(actor=world.liaison, family=world.family, staff_role=newcomer)


@pytest.mark.promise("LA-29")
def test_a_case_goes_to_an_untrained_facilitator_only_with_a_reason(world: World, newcomer: StaffRole) -> None:
    today = world.program.today()
    path = f"/families/{world.family.public_id}/enrollments/new/"
    form = {
        "youth": world.youth.public_id,
        "access_basis": "parent",
        "care_manager": newcomer.public_id,
        "enrolled_on": today,
        "next_on": today + dt.timedelta(days=9),
    }
    chosen(world.youth_member, newcomer)
    shown = page_of(world.liaison, path)
    assert f"Noa Field, {newcomer.organization} (training not finished)" in shown
    page = post(world.liaison, path, form, status=422)
    assert "has not finished: System of Care core training" in page
    assert not StaffAssignment.objects.filter(staff_role=newcomer).exists()
    post(world.liaison, path, form | {"override_reason": "Abel is ill."})
    assert StaffAssignment.objects.get(staff_role=newcomer).override_reason == "Abel is ill."


def test_an_untrained_facilitator_opens_a_family_only_with_a_reason(world: World, newcomer: StaffRole) -> None:
    form = {
        "display_name": "Nia Fortier",
        "email": "nia@example.org",
        "language": "en",
        "name": "Fortier",
        "role": str(newcomer.public_id),
    }
    assert 'name="override_reason"' in page_of(newcomer.person, "/families/new/")
    assert 'name="override_reason"' not in page_of(world.facilitator, "/families/new/")
    page = post(newcomer.person, "/families/new/", form, status=422)
    assert "Noa Field has not finished" in page
    assert not Family.objects.filter(name="Fortier").exists()
    post(newcomer.person, "/families/new/", form | {"override_reason": "She asked for me."})
    assert StaffAssignment.objects.get(staff_role=newcomer).override_reason == "She asked for me."
