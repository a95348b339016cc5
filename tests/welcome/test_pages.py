"""The first sign-in as a person goes through it: one step a page, without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts import stay
from portal.accounts.models import Acknowledgement, Person
from portal.accounts.welcome import steps
from portal.accounts.welcome.steps import Answer, Kind
from portal.language import content
from tests.welcome.test_steps import youth_of
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db
PATH = "/welcome/"


def newcomer(person: Person) -> Client:
    """Signed in for the first time: nothing answered."""
    client = Client()
    client.force_login(person)
    session = client.session
    stay.begin(session)
    session.save()
    return client


@pytest.fixture
def caregiver(world: World) -> Client:
    Acknowledgement.objects.all().delete()
    Person.objects.filter(pk=world.caregiver.pk).update(phone="+15045550142")
    return newcomer(world.caregiver)


def heading(page: Any) -> str:
    found = re.search(r"<h1>\s*(.*?)\s*</h1>", page.content.decode())
    assert found is not None
    return found[1]


def answer(client: Client, page: Any, value: str, **fields: str) -> Any:
    """Send the form that is on the page."""
    text = page.content.decode()
    hidden = re.findall(r'<input type="hidden" name="(step|next|version)" value="([^"]*)"', text)
    form = dict(reversed(hidden))  # the first of each: the one that locks the phone has a "next", too
    return client.post(PATH, {**form, "answer": value, **fields}, follow=True)


def test_every_page_leads_to_the_first_step_and_the_last_leads_back_to_it(caregiver: Client, world: World) -> None:
    goal = reverse("notice_list")
    page: Any = caregiver.get(goal, follow=True)
    seen = []
    values = {"Text messages": "no", "A parent&#x27;s or guardian&#x27;s permission": "yes"}
    while page.redirect_chain[-1][0] != goal:
        seen.append((heading(page), re.search(r"Step \d of \d", page.content.decode())[0]))  # type: ignore[index]
        page = answer(caregiver, page, values.get(heading(page), "seen"))
    assert seen == [
        ("What cannot stay private", "Step 1 of 6"),
        ("Your privacy", "Step 2 of 6"),
        ("Everyone is treated fairly", "Step 3 of 6"),
        ("Your rights", "Step 4 of 6"),
        ("Text messages", "Step 5 of 6"),
        ("A parent&#x27;s or guardian&#x27;s permission", "Step 6 of 6"),
    ]
    rows = Acknowledgement.objects.filter(person=world.caregiver).order_by("pk").values_list("kind", "answer", "about")
    assert list(rows) == [
        ("confidentiality", "seen", None),
        ("privacy", "seen", None),
        ("nondiscrimination", "seen", None),
        ("rights", "seen", None),
        ("texts", "no", None),
        ("guardian_permission", "yes", world.youth.pk),
    ]


def test_each_step_shows_what_was_kept_and_a_way_back_where_the_answer_can_be_changed(caregiver: Client) -> None:
    page: Any = answer(caregiver, caregiver.get(PATH), "seen")
    text = page.content.decode()
    assert "What we kept so far" in text
    assert "What cannot stay private: <b>seen</b>" in text
    back = re.search(r'href="([^"]*step=confidentiality[^"]*)"', text)
    assert back is not None
    page = caregiver.get(back[1].replace("&amp;", "&"))
    assert heading(page) == "What cannot stay private"
    assert "Step 1 of 6" in page.content.decode()
    assert "What we kept last time" in page.content.decode()


def test_rights_may_be_skipped_and_the_skip_is_kept(caregiver: Client, world: World) -> None:
    page: Any = caregiver.get(PATH)
    for _step in range(3):
        assert "Skip for now" not in page.content.decode()
        page = answer(caregiver, page, "seen")
    assert "Skip for now" in page.content.decode()
    answer(caregiver, page, "skipped")
    assert Acknowledgement.objects.get(person=world.caregiver, kind=Kind.RIGHTS).answer == Answer.SKIPPED


def test_no_to_texts_is_what_stands_there_before_one_chooses(caregiver: Client) -> None:
    page: Any = caregiver.get(PATH, {"step": "texts"}).content.decode()
    assert re.search(r'value="no"[^>]*checked', page)
    assert not re.search(r'value="yes"[^>]*checked', page)
    for word in ("STOP", "HELP", "charge"):
        assert word in page


def test_a_permission_has_no_answer_before_one_chooses_and_none_is_refused(caregiver: Client, world: World) -> None:
    step = next(step for step in steps.all_steps(world.caregiver) if step.kind == Kind.GUARDIAN_PERMISSION)
    page: Any = caregiver.get(PATH, {"step": step.name})
    assert 'type="radio"' in page.content.decode()
    assert " checked>" not in page.content.decode()
    assert world.youth.display_name in page.content.decode()
    page = answer(caregiver, page, "")
    assert page.status_code == 422
    assert "Please choose one." in page.content.decode()
    assert not Acknowledgement.objects.filter(kind=Kind.GUARDIAN_PERMISSION).exists()


@pytest.mark.parametrize("value", ["yes", "maybe", "skipped", "<script>"])
def test_only_the_answers_of_the_step_are_taken(caregiver: Client, value: str) -> None:
    page: Any = answer(caregiver, caregiver.get(PATH), value)
    assert page.status_code == 422
    assert not Acknowledgement.objects.exists()


def test_words_that_changed_while_they_were_read_are_shown_again(caregiver: Client) -> None:
    page: Any = answer(caregiver, caregiver.get(PATH), "seen", version="0" * 64)
    assert "have just changed" in page.content.decode()
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("name", ["", "nothing", "texts-7", "guardian_permission-7"])
def test_a_step_that_is_not_theirs_is_not_found(caregiver: Client, name: str) -> None:
    assert caregiver.post(PATH, {"step": name, "answer": "yes", "version": "v"}).status_code == 404
    if name:
        assert caregiver.get(PATH, {"step": name}).status_code == 404


@pytest.mark.parametrize("goal", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"])
def test_nobody_is_sent_to_another_site(world: World, goal: str) -> None:
    client = signed_in(None, world.caregiver)
    answer_page = client.get(PATH, {"next": goal})
    assert answer_page.headers["Location"] == reverse("home_show")


def test_where_one_was_going_is_kept_through_the_steps(caregiver: Client) -> None:
    page: Any = caregiver.get(PATH, {"next": "/notices/?a=b"})
    assert 'name="next" value="/notices/?a=b"' in page.content.decode()
    page = answer(caregiver, page, "seen")
    assert 'name="next" value="/notices/?a=b"' in page.content.decode()


def test_an_answer_given_earlier_can_be_looked_at_and_changed(world: World) -> None:
    client = signed_in(None, world.caregiver)
    step = next(step for step in steps.all_steps(world.caregiver) if step.kind == Kind.GUARDIAN_PERMISSION)
    page = client.get(PATH, {"step": step.name})
    assert "What we kept last time" in page.content.decode()
    assert "Not now" not in page.content.decode()
    answer(client, page, "no")
    assert Acknowledgement.objects.filter(about=world.youth).latest("at").answer == Answer.NO
    assert steps.open_steps(world.youth)[0].missing == "permission"


def test_a_young_person_without_a_permission_is_told_what_is_missing_and_nothing_else_opens(world: World) -> None:
    Acknowledgement.objects.all().delete()
    client = newcomer(world.youth)
    page = client.get(reverse("notice_list"), follow=True)
    text = page.content.decode()
    assert heading(page) == "One yes is missing"
    for part in ("tel:988", "sms:988", "tel:911", "Sign out", reverse("help_show"), "You did nothing wrong"):
        assert part in text
    assert client.get(reverse("help_show")).status_code == 200
    for name in ("home_show", "notice_list", "conversation_list", "account_show"):
        answer_page = client.get(reverse(name))
        assert (answer_page.status_code, answer_page.headers.get("Location", "")[:9]) == (302, PATH), name
    assert client.post(PATH, {"step": "guardian_permission", "answer": "yes", "version": ""}).status_code == 404


def test_a_young_person_who_may_agree_alone_is_asked_with_the_law_beside_it() -> None:
    youth = youth_of("north-carolina-soc", 14)
    client = newcomer(youth)
    page: Any = client.get(reverse("home_show"), follow=True)
    assert heading(page) == "Your own consent"
    assert "G.S. 90-21.5" in page.content.decode()
    page = answer(client, page, "skipped")
    assert "Nothing is decided" in page.content.decode()
    assert heading(page) == "Your own consent"
    page = answer(client, page, "yes")
    assert heading(page) == "What cannot stay private"


def test_under_13_the_page_says_that_an_adult_can_show_it(world: World) -> None:
    page = newcomer(world.child).get(PATH)
    assert heading(page) == "Look at this together"
    assert "An adult who looks after you can sign in" in page.content.decode()


def test_the_language_kept_is_the_one_that_was_shown(caregiver: Client, world: World) -> None:
    Person.objects.filter(pk=world.caregiver.pk).update(language="es")
    page: Any = caregiver.get(PATH)
    assert content.offer_interpreter("es")[:30] in page.content.decode()
    answer(caregiver, page, "seen")
    assert Acknowledgement.objects.get(person=world.caregiver).language == "en"


@pytest.mark.parametrize("language", ["es", "vi", "ar", "en-xa"])
def test_every_step_can_be_read_in_every_language(caregiver: Client, world: World, language: str) -> None:
    Person.objects.filter(pk=world.caregiver.pk).update(language=language)
    for step in steps.all_steps(Person.objects.get(pk=world.caregiver.pk)):
        page = caregiver.get(PATH, {"step": step.name})
        assert page.status_code == 200
        assert 'lang="en" dir="ltr"' in page.content.decode()


def test_nobody_gets_in_without_signing_in(client: Client) -> None:
    assert client.get(PATH).status_code == 302
    assert client.get(PATH).headers["Location"].startswith(reverse("signin_show"))
