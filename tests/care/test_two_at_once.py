"""One plan, two people: two facilitators on one goal, two caregivers with different papers, and the night somebody turns 18."""

from __future__ import annotations

import datetime as dt
import html
import re
import uuid

import pytest
from django.test import Client

from portal.accounts.models import Person
from portal.care import actions
from portal.care.models import Item, Plan, Version
from portal.clocks.actions import make_calendar
from portal.clocks.models import Clock
from portal.enrollment.actions import enroll
from portal.families import actions as families
from portal.families.models import LegalAuthority
from portal.notices.models import Notice
from portal.programs.actions import appoint
from portal.programs.models import StaffRole
from tests.care.conftest import SetTime
from tests.care.plans import added, goal, one_of_each, opened
from tests.voice.chosen import chosen
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PAGES = ("", "print/", "crisis/", "changes/")
GOAL = {"whose": "youth", "domain": "home", "why": ""}


def path_of(plan: Plan, rest: str = "") -> str:
    return f"/plans/{plan.public_id}/{rest}"


def text_of(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, path
    return html.unescape(answer.content.decode())


def mark_in(text: str) -> str:
    found = re.search(r'name="mark" value="([^"]+)"', text)
    assert found is not None
    return found[1]


# -- two facilitators ------------------------------------------------------------------------------------------------------------


def second_facilitator(world: World) -> Person:
    role = appoint(
        actor=None,
        person=world.coordinator,
        organization=world.facilitator_role.organization,
        role=StaffRole.Role.FACILITATOR,
    )
    chosen(world.youth_member, role)
    families.assign(actor=world.liaison, family=world.family, staff_role=role, override_reason="Stands in this month")
    return world.coordinator


def test_two_facilitators_on_one_goal_lose_no_word(world: World) -> None:
    plan = opened(world)
    page = path_of(plan, f"items/{goal(world, plan).public_id}/")
    first, second = signed_in(None, world.facilitator), signed_in(None, second_facilitator(world))
    marks = [mark_in(text_of(browser, page)) for browser in (first, second)]
    early = {**GOAL, "text": "Mornings he likes", "why": "Said at breakfast", "mark": marks[0]}
    late = {**GOAL, "text": "Mornings with music", "why": "Said on the phone", "mark": marks[1]}
    assert first.post(page, early).status_code == 302

    answer = second.post(page, late)
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    for words in ("Somebody changed this while you were writing.", "Mornings he likes"):
        assert words in shown, words
    for words in ("Mornings with music", "Said on the phone"):
        assert f'value="{words}"' in shown, words
    assert Item.objects.get(plan=plan).data["text"] == "Mornings he likes", "nothing is written over"

    assert second.post(page, late | {"mark": mark_in(shown)}).status_code == 302
    changes = text_of(first, path_of(plan, "changes/"))
    for words in ("Mornings with music", "Mornings he likes", "Mornings without a fight", "Said at breakfast"):
        assert words in changes, words
    assert Version.objects.filter(plan=plan).count() == 3


def test_the_same_form_sent_twice_is_one_change(world: World) -> None:
    plan = opened(world)
    page = path_of(plan, f"items/{goal(world, plan).public_id}/")
    browser = signed_in(None, world.facilitator)
    form = {**GOAL, "text": "Mornings he likes", "mark": mark_in(text_of(browser, page))}
    assert [browser.post(page, form).status_code for _again in range(2)] == [302, 302]
    assert Version.objects.filter(plan=plan).count() == 2


def test_a_goal_taken_out_while_somebody_writes_keeps_what_they_wrote(world: World) -> None:
    plan = opened(world)
    page = path_of(plan, f"items/{goal(world, plan).public_id}/")
    first, second = signed_in(None, world.facilitator), signed_in(None, second_facilitator(world))
    mark = mark_in(text_of(second, page))
    assert first.post(f"{page}remove/", {"why": "It is reached"}).status_code == 302
    answer = second.post(page, {**GOAL, "text": "Mornings with music", "mark": mark})
    assert answer.status_code == 422
    assert 'value="Mornings with music"' in answer.content.decode()
    assert not Item.objects.filter(plan=plan, removed_at=None).exists()


# -- two caregivers ----------------------------------------------------------------------------------------------------------------


def test_two_caregivers_with_different_papers_read_two_plans_on_one_address(world: World) -> None:
    plan = opened(world)
    made = one_of_each(world, plan)
    school = goal(world, plan, "Two friends in his class", domain="school")
    mother, uncle = signed_in(None, world.caregiver), signed_in(None, world.second_caregiver)
    about_home = ("Mornings without a fight", "Call Aunt Bea", "Nights I slept", "Gulf Breeze", "Ms. Reed", "He draws")
    for page in PAGES:
        hers, his = text_of(mother, path_of(plan, page)), text_of(uncle, path_of(plan, page))
        assert not [words for words in about_home if words in his], page
        assert [words for words in about_home if words in hers], page
        if page != "crisis/":
            assert "Two friends in his class" in hers, page
            assert "Two friends in his class" in his, page
    for rest in (f"items/{made['goal'].public_id}/", f"items/{made['goal'].public_id}/people/", "add/goal/"):
        assert uncle.get(path_of(plan, rest)).status_code == 404, rest
        assert mother.get(path_of(plan, rest)).status_code == 200, rest
    assert uncle.get(path_of(plan, f"items/{school.public_id}/")).status_code == 404, (
        "he reads about school, and no more"
    )

    # When the one has read it is none of the other's affair.
    assert uncle.post(path_of(plan, "seen/"), {"mark": mark_in(text_of(uncle, path_of(plan)))}).status_code == 302
    assert "Who has read it" not in text_of(mother, path_of(plan))
    # A mark opens the version on one's own page, and nobody else's.
    mark = mark_in(text_of(mother, path_of(plan)))
    assert uncle.post(path_of(plan, "seen/"), {"mark": mark}).status_code == 404


def test_a_paper_that_ends_between_two_clicks_ends_all_of_it(world: World) -> None:
    plan = opened(world)
    one_of_each(world, plan)
    browser = signed_in(None, world.caregiver)
    mark = mark_in(text_of(browser, path_of(plan)))
    today = world.program.today()
    LegalAuthority.objects.filter(adult=world.caregiver_member).update(ends_on=today - dt.timedelta(days=1))
    for page in PAGES:
        assert browser.get(path_of(plan, page)).status_code == 404, page
    assert browser.post(path_of(plan, "seen/"), {"mark": mark}).status_code == 404
    form = {"text": "More room", "source": "family"}
    assert browser.post(path_of(plan, "add/strength/"), form).status_code == 404
    assert path_of(plan) not in text_of(browser, "/plans/")


# -- the night of the 18th birthday --------------------------------------------------------------------------------


def test_at_midnight_where_the_programme_is_the_plan_is_theirs_alone(world: World, at: SetTime) -> None:
    """Born on 4 March 2009, in Louisiana: the 18th birthday begins at 06:00 UTC of 4 March 2027 (45 CFR 164.502(g)(3))."""
    at("2027-03-03T18:00:00")
    Person.objects.filter(pk=world.youth.pk).update(born_on=dt.date(2009, 3, 4))
    today = world.program.today()
    enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today,
        next_on=today + dt.timedelta(days=5),
    )
    plan = opened(world)
    one_of_each(world, plan)
    shown = added(world.caregiver, plan, "strength", text="A good sister", source="family")
    actions.tick(
        actor=world.caregiver, item=Item.objects.get(plan=plan, kind="task"), member=world.natural_support_member
    )
    mother = Person.objects.get(pk=world.caregiver.pk)
    calendar = f"/calendar/{make_calendar(actor=mother)}.ics"
    entries = {str(uuid.uuid5(one, str(mother.public_id))) for one in _owed(world)}

    at("2027-03-04T05:59:59")
    browser = signed_in(None, mother)
    for page in PAGES:
        text_of(browser, path_of(plan, page))
    assert _listed(browser, calendar, entries)
    assert browser.get(path_of(plan, f"items/{shown.public_id}/")).status_code == 200
    assert "Move first period" in text_of(signed_in(None, world.natural_support), path_of(plan))

    at("2027-03-04T06:00:00")
    for page in PAGES:
        text_of(browser, path_of(plan, page), 404)
    assert browser.get(path_of(plan, f"items/{shown.public_id}/")).status_code == 404
    form = {"text": "One more", "source": "family"}
    assert browser.post(path_of(plan, "add/strength/"), form).status_code == 404
    assert not _listed(browser, calendar, entries)
    assert path_of(plan) not in text_of(browser, "/plans/")
    told = Notice.objects.filter(person=mother)
    before = told.count()
    goal(world, Plan.objects.get(pk=plan.pk), "The first one of his own")
    assert told.count() == before
    text_of(signed_in(None, world.natural_support), path_of(plan), 404)
    own = signed_in(None, Person.objects.get(pk=world.youth.pk))
    assert "Mornings without a fight" in text_of(own, path_of(plan))


def _owed(world: World) -> list[uuid.UUID]:
    return list(Clock.objects.filter(youth=world.youth_member).values_list("public_id", flat=True))


def _listed(browser: Client, calendar: str, entries: set[str]) -> set[str]:
    feed = text_of(browser, calendar)
    return {one for one in entries if one in feed}
