"""The page of one's own notices."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Person
from portal.notices import actions
from portal.notices.models import Notice
from tests.care.plans import goal, opened
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


def test_a_person_sees_their_own_notices_and_nobody_elses(world: World) -> None:
    actions.mark_all_read(person=world.caregiver)
    actions.notify(person=world.caregiver, kind=Notice.Kind.MESSAGE, path="/conversations/mine/", about="mine")
    actions.notify(
        person=world.stranger_caregiver, kind=Notice.Kind.MESSAGE, path="/conversations/theirs/", about="theirs"
    )
    page = signed_in(None, world.caregiver).get(reverse("notice_list"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "You have a message." in text
    assert "/conversations/mine/" in text
    assert "theirs" not in text


def test_one_button_says_that_all_were_seen(world: World) -> None:
    actions.notify(person=world.caregiver, kind=Notice.Kind.MESSAGE, path="/conversations/mine/", about="mine")
    client = signed_in(None, world.caregiver)
    assert "I have seen all of these" in client.get(reverse("notice_list")).content.decode()
    answer = client.post(reverse("notice_list"))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("notice_list"))
    assert not Notice.objects.filter(person=world.caregiver, read_at=None).exists()
    assert "I have seen all of these" not in client.get(reverse("notice_list")).content.decode()


def test_an_old_notice_of_a_plan_leads_nowhere_once_the_young_person_is_18(world: World) -> None:
    plan = opened(world)
    goal(world, plan)
    path = plan.get_absolute_url()
    assert f'href="{path}"' in signed_in(None, world.caregiver).get(reverse("notice_list")).content.decode()
    today = world.program.today()
    Person.objects.filter(pk=world.youth.pk).update(born_on=today.replace(year=today.year - 18, day=1))
    browser = signed_in(None, world.caregiver)
    page = browser.get(reverse("notice_list")).content.decode()
    assert browser.get(path).status_code == 404
    assert path not in page
    assert "You do not see this plan any more. The care manager can answer your questions." in page
    assert f'href="{path}"' in signed_in(None, world.youth).get(reverse("notice_list")).content.decode()


def test_the_empty_page_says_what_will_be_here(world: World) -> None:
    Notice.objects.all().delete()
    page = signed_in(None, world.natural_support).get(reverse("notice_list"))
    assert page.status_code == 200
    assert "btn" in page.content.decode()


def test_nobody_gets_in_without_signing_in(client: Client) -> None:
    assert client.get(reverse("notice_list")).status_code == 302


def test_other_methods_are_refused(world: World) -> None:
    assert signed_in(None, world.caregiver).put(reverse("notice_list")).status_code == 405
