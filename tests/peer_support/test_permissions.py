"""A guardian's yes to a mentor: asked for, given, noted, taken back, run out; one no of two guardians is enough."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from peer_support import actions
from peer_support.models import Pairing, Permission
from portal.access import Refused, supervision
from portal.access import mentors as access
from portal.accounts.models import Person
from portal.notices.models import Notice
from tests.peer_support.conftest import Later
from tests.peer_support.mentored import mentored, offered_mentor, says
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told(person: Person, kind: str = "", about: str = "") -> int:
    return Notice.objects.filter(person=person, kind__contains=kind, about__contains=about).count()


def test_with_the_offer_the_guardian_is_asked_and_who_decides_about_school_is_not(world: World) -> None:
    pairing = offered_mentor(world)
    assert Notice.objects.get(person=world.caregiver, kind="mentor_asked").path == f"/mentors/{pairing.public_id}/"
    assert told(world.second_caregiver, "mentor") == 0
    assert not supervision.is_permitted(pairing)


def test_an_offer_to_an_adult_asks_nobody(world: World) -> None:
    assert not Notice.objects.filter(kind="mentor_asked").exists()
    assert not access.needs_permission(world.pairing)


def test_a_yes_opens_the_talk_for_a_year_and_is_told(world: World) -> None:
    pairing = mentored(world)
    assert pairing.conversation is not None
    before = pairing.conversation.access_version
    said = actions.give_permission(actor=world.caregiver, pairing=pairing)
    assert supervision.is_permitted(pairing)
    assert said.ends_on == pairing.today + dt.timedelta(days=365)
    pairing.conversation.refresh_from_db()
    assert pairing.conversation.access_version > before
    assert told(world.youth, "mentor", "ready") == told(world.mentor, "mentor", "ready") == 1
    assert told(world.liaison, "mentor", "permission:yes") == 1
    assert not Notice.objects.filter(person=world.caregiver, kind="mentor_asked", read_at=None).exists()


def test_the_young_person_may_say_yes_before_or_after(world: World) -> None:
    pairing = offered_mentor(world)
    actions.give_permission(actor=world.caregiver, pairing=pairing)
    assert told(world.mentor) == 0  # who is thought of for a family learns of it with the yes of its own people
    actions.accept_pairing(actor=world.youth, pairing=pairing)
    assert supervision.is_permitted(pairing)


def test_taken_back_it_closes_at_once(world: World) -> None:
    pairing = mentored(world)
    actions.give_permission(actor=world.caregiver, pairing=pairing)
    actions.withdraw_permission(actor=world.caregiver, pairing=pairing)
    assert not supervision.is_permitted(pairing)
    assert told(world.youth, "mentor", "waits") == told(world.mentor, "mentor", "waits") == 1
    actions.give_permission(actor=world.caregiver, pairing=pairing)
    assert supervision.is_permitted(pairing)
    assert Permission.objects.filter(pairing=pairing).count() == 3  # nothing that was said is overwritten


@pytest.mark.parametrize("no_first", [True, False])
def test_of_two_guardians_one_no_is_enough(world: World, no_first: bool) -> None:
    pairing = mentored(world)
    says(world, world.second_caregiver_member, "health")
    answers = [(actions.withdraw_permission, world.second_caregiver), (actions.give_permission, world.caregiver)]
    for say, guardian in answers if no_first else reversed(answers):
        say(actor=guardian, pairing=pairing)
    assert not supervision.is_permitted(pairing)
    assert told(world.liaison, "mentor", "permission:no") == 1
    assert told(world.caregiver, "mentor", ":no:") == 1
    actions.give_permission(actor=world.caregiver, pairing=pairing)
    assert not supervision.is_permitted(pairing)  # said louder, it counts no more
    actions.give_permission(actor=world.second_caregiver, pairing=pairing)
    assert supervision.is_permitted(pairing)


def test_a_no_counts_until_a_court_takes_that_guardians_say(world: World) -> None:
    pairing = mentored(world)
    says(world, world.second_caregiver_member, "full")
    actions.give_permission(actor=world.caregiver, pairing=pairing)
    actions.withdraw_permission(actor=world.second_caregiver, pairing=pairing)
    says(world, world.second_caregiver_member, "information")
    assert supervision.is_permitted(pairing)
    says(world, world.caregiver_member, "none")
    assert not supervision.is_permitted(pairing)


@pytest.mark.parametrize("who", ["second_caregiver", "youth", "natural_support", "mentor", "liaison", "lead"])
def test_nobody_else_gives_or_takes_it(world: World, who: str) -> None:
    pairing = mentored(world)
    for say in (actions.give_permission, actions.withdraw_permission):
        with pytest.raises(Refused):
            say(actor=getattr(world, who), pairing=pairing)


def test_the_liaison_notes_what_a_guardian_said_with_how_she_knows(world: World) -> None:
    pairing = mentored(world)
    note = {"pairing": pairing, "guardian": world.caregiver, "is_yes": True}
    for evidence, actor in (("", world.liaison), ("A call", world.mentor), ("A call", world.caregiver)):
        with pytest.raises(Refused):
            actions.note_permission(actor=actor, evidence=evidence, **note)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.note_permission(
            actor=world.liaison, pairing=pairing, guardian=world.second_caregiver, is_yes=True, evidence="A call"
        )
    actions.note_permission(actor=world.liaison, evidence="Signed paper of today", **note)  # type: ignore[arg-type]
    assert supervision.is_permitted(pairing)
    assert told(world.caregiver, "mentor", ":yes:") == 1  # whose word it is reads that it was written down


def test_it_runs_out_after_two_words_of_warning_and_one_at_the_end(world: World, later: Later) -> None:
    pairing = mentored(world)
    actions.give_permission(actor=world.caregiver, pairing=pairing)
    asked = [told(world.caregiver, "mentor_asked", "ends")]
    permitted = []
    for days in (334, 1, 22, 1, 7, 1, 30):  # day 334, 335, 357, 358, 365, 366, 396
        later(dt.timedelta(days=days))
        actions.warn_ending_permissions()
        actions.warn_ending_permissions()
        asked.append(told(world.caregiver, "mentor_asked", "ends"))
        permitted.append(supervision.is_permitted(pairing))
    assert asked == [0, 0, 1, 1, 2, 2, 3, 3]
    assert permitted == [True, True, True, True, True, False, False]
    assert told(world.youth, "mentor", "waits") == told(world.mentor, "mentor", "waits") == 1


def test_after_an_outage_only_the_word_that_fits_is_said(world: World, later: Later) -> None:
    pairing = mentored(world)
    actions.give_permission(actor=world.caregiver, pairing=pairing)
    later(dt.timedelta(days=360))
    assert actions.warn_ending_permissions() == 1
    assert told(world.caregiver, "mentor_asked", "ends") == 1
    actions.give_permission(actor=world.caregiver, pairing=pairing)
    assert actions.warn_ending_permissions() == 0


# -- pages -----------------------------------------------------------------------------------------------------------------


def press(client: Client, pairing: Pairing, what: str) -> str:
    page = client.post(f"/mentors/{pairing.public_id}/{what}/", follow=True)
    assert page.status_code == 200
    return page.content.decode()


def test_a_mother_reads_who_it_is_says_yes_and_takes_it_back(world: World) -> None:
    pairing = mentored(world)
    browser = signed_in(None, world.caregiver)
    home = browser.get("/").content.decode()
    assert f"/mentors/{pairing.public_id}/" in home
    page = browser.get(f"/mentors/{pairing.public_id}/").content.decode()
    assert "Dana Tran" in page
    assert "Without a guardian" in page
    assert "A guardian said yes" in press(browser, pairing, "yes")
    assert "You said no" in press(browser, pairing, "no")


def test_the_liaison_writes_down_a_call(world: World) -> None:
    pairing = mentored(world)
    browser = signed_in(None, world.liaison)
    path = f"/pairings/{pairing.public_id}/permission/"
    assert browser.post(path, {"guardian": world.caregiver.public_id, "is_yes": "yes"}).status_code == 422
    form = {"guardian": world.caregiver.public_id, "is_yes": "yes", "evidence": "A call to her number"}
    page = browser.post(path, form, follow=True).content.decode()
    assert "A call to her number" in page
    assert "Odette Marchand" in page
    mentor_page = signed_in(None, world.mentor).get(f"/pairings/{pairing.public_id}/").content.decode()
    assert "A guardian said yes" in mentor_page
    assert "Odette" not in mentor_page


def test_the_young_person_reads_that_we_wait_for_a_yes(world: World) -> None:
    pairing = mentored(world)
    page = signed_in(None, world.youth).get(f"/pairings/{pairing.public_id}/").content.decode()
    assert "has to say yes" in page
