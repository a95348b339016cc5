"""Rights are shown before anything else, at the first sign-in and each year; "not now" is free, and written down."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts import stay
from portal.accounts.door import WELCOMED
from portal.accounts.models import Acknowledgement, Person
from portal.accounts.welcome import steps
from portal.accounts.welcome.steps import Answer, Kind
from portal.language import content
from portal.programs.registry import profiles
from rights_grievances.cards import cards
from rights_grievances.models import RightsShown
from tests.world import World, answer_welcome, signed_in

PATH = "/welcome/"


def ago(person: Person, **since: int) -> None:
    """The rights were answered then."""
    rows = Acknowledgement.objects.filter(person=person, kind=Kind.RIGHTS)
    rows.update(at=timezone.now() - dt.timedelta(**since))


def browser_of(person: Person) -> Client:
    """Signed in; what was not answered is still to come."""
    browser = Client()
    browser.force_login(person)
    session = browser.session
    stay.begin(session)
    session.save()
    return browser


def due(world: World) -> Client:
    answer_welcome(world.caregiver)
    ago(world.caregiver, days=366)
    return browser_of(world.caregiver)


def say(browser: Client, person: Person, answer: str) -> Any:
    step = next(step for step in steps.all_steps(person) if step.kind == Kind.RIGHTS)
    form = {"step": step.name, "version": step.version, "answer": answer, "next": reverse("notice_list")}
    return browser.post(PATH, form)


@pytest.mark.promise("LA-46")
def test_a_year_later_the_rights_come_before_any_other_page_and_then_the_page_asked_for(world: World) -> None:
    browser = due(world)
    page: Any = browser.get(reverse("notice_list"))
    assert page.headers["Location"] == f"{PATH}?next=%2Fnotices%2F"
    text = browser.get(page.headers["Location"]).content.decode()
    for right in world.program.profile.rights:
        assert right.title.split("'")[0] in text
    answered = say(browser, world.caregiver, "seen")
    assert browser.get(answered.headers["Location"]).headers["Location"] == reverse("notice_list")
    assert browser.get(reverse("notice_list")).status_code == 200


@pytest.mark.promise("LA-46")
@pytest.mark.parametrize(("answer", "was_skipped"), [("seen", False), ("skipped", True)])
def test_what_was_shown_is_kept_right_by_right_with_language_and_words_also_when_skipped(
    world: World, answer: str, was_skipped: bool
) -> None:
    Person.objects.filter(pk=world.caregiver.pk).update(language="vi")
    browser = due(world)
    say(browser, world.caregiver, answer)
    rows = RightsShown.objects.filter(person=world.caregiver)
    found = {(row.right, row.language, row.version, row.was_skipped) for row in rows}
    assert found == {
        (card.id, "en", content.source_of(card.key).hash, was_skipped) for card in cards(world.program.profile, "vi")
    }
    assert Acknowledgement.objects.filter(person=world.caregiver, kind=Kind.RIGHTS).latest("pk").answer == answer


@pytest.mark.promise("LA-46")
@pytest.mark.parametrize("slug", sorted(profiles()))
def test_every_programme_shows_them_again_after_365_days(slug: str) -> None:
    assert profiles()[slug].settings.rights_again_days.value == 365


@pytest.mark.promise("LA-46")
def test_they_are_shown_at_the_first_sign_in(world: World) -> None:
    browser = browser_of(world.caregiver)
    assert browser.get(reverse("home_show")).headers["Location"].startswith(PATH)
    assert Kind.RIGHTS in {step.kind for step in steps.open_steps(world.caregiver)}
    for _step in range(3):
        page = browser.get(PATH)
        step = page.context["step"]
        browser.post(PATH, {"step": step.name, "version": step.version, "answer": "seen"})
    assert "Skip for now" in browser.get(PATH).content.decode()


def test_not_now_says_when_it_comes_again_and_it_comes_on_another_day(world: World) -> None:
    browser = due(world)
    assert "not before tomorrow" in browser.get(PATH).content.decode()
    say(browser, world.caregiver, "skipped")
    assert browser.get(reverse("notice_list")).status_code == 200
    ago(world.caregiver, hours=23)
    assert steps.open_steps(world.caregiver) == []
    ago(world.caregiver, hours=25)
    assert [step.kind for step in steps.open_steps(world.caregiver)] == [Kind.RIGHTS]


def test_who_has_seen_them_is_left_in_peace_for_a_year(world: World) -> None:
    answer_welcome(world.caregiver)
    ago(world.caregiver, days=364)
    assert steps.open_steps(world.caregiver) == []


@pytest.mark.parametrize("name", ["help_show", "rights_show", "rights_booklet", "healthz", "manifest"])
def test_help_and_rights_themselves_wait_for_nothing(world: World, name: str) -> None:
    assert due(world).get(reverse(name)).status_code == 200


def test_leaving_and_calling_for_help_wait_for_nothing(world: World) -> None:
    browser = due(world)
    text = browser.get(PATH).content.decode()
    for part in ("tel:988", "tel:911", reverse("signout"), reverse("phone_lock")):
        assert part in text
    for name in ("phone_share", "phone_lock", "signout"):
        answer = due(world).post(reverse(name))
        assert not answer.headers.get("Location", "").startswith(PATH), name


def test_where_nothing_is_due_no_page_asks_the_database_for_it(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    browser.get(reverse("account_show"))
    assert WELCOMED in browser.session
    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse("account_show"))
    assert not [one for one in asked if "rightsshown" in one["sql"] or "acknowledgement" in one["sql"]]


def test_only_the_person_sees_when_rights_were_shown_to_them(world: World) -> None:
    browser = due(world)
    say(browser, world.caregiver, "seen")
    assert "Mark of the words shown:" in browser.get("/rights/seen/").content.decode()
    assert "Not yet." in signed_in(None, world.youth).get("/rights/seen/").content.decode()


def test_skipping_is_on_ones_own_page(world: World) -> None:
    browser = due(world)
    say(browser, world.caregiver, Answer.SKIPPED)
    assert "you said: not now" in browser.get("/rights/seen/").content.decode()
