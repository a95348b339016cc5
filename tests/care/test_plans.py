"""What a plan keeps, refuses and shows, as the people around it use it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from portal.access import Refused
from portal.access import care as access
from portal.audit.models import Entry
from portal.care import actions, refusals
from portal.care.kinds import KINDS, NotGood
from portal.care.models import Change, Item, Version
from portal.notices.models import Notice
from tests.care.plans import added, agreed, goal, one_of_each, opened
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def page(world: World, who: str, path: str, status: int = 200) -> str:
    answer = signed_in(None, getattr(world, who)).get(path)
    assert answer.status_code == status, (who, path)
    return answer.content.decode()


def test_one_of_each_kind_is_on_the_page(world: World) -> None:
    plan = opened(world)
    made = one_of_each(world, plan)
    assert set(made) == set(KINDS)
    shown = page(world, "facilitator", f"/plans/{plan.public_id}/")
    for words in (
        *("I want people to ask me first.", "He draws for hours", "Calm mornings", "Mornings without a fight"),
        *("He picks the alarm song", "builds on", "Aunt Bea", "Gulf Breeze", "At home", "Move first period"),
        *("Applied for", "with a SOAR worker", "Help at home is enough", "It should be more."),
        *("Back in class three days a week", "Nights I slept", "not talked about yet"),
    ):
        assert words in shown, words


@pytest.mark.promise("LA-01")
def test_their_own_words_are_theirs_and_staff_are_refused_and_that_is_on_record(world: World) -> None:
    plan = opened(world)
    hers = added(world.caregiver, plan, "words", text="I want my son at my table every night.")
    his = added(world.youth, plan, "words", text="Ask me first. Por favor.")
    staff = signed_in(None, world.facilitator)
    for item in (hers, his):
        answer = staff.post(f"/plans/{plan.public_id}/items/{item.public_id}/", {"text": "He wants to behave."})
        assert answer.status_code == 403
        with pytest.raises(Refused):
            actions.change_item(actor=world.facilitator, item=item, mark=item.mark, data={"text": "No"})
    assert Entry.objects.filter(verb=Entry.Verb.REFUSED, subject="plan", actor=world.facilitator).count() == 2
    with pytest.raises(Refused):
        actions.change_item(actor=world.caregiver, item=his, mark=his.mark, data={"text": "Mine"})
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert shown.index("at my table every night") < shown.index("Ask me first. Por favor.") < shown.index("Our goals")


@pytest.mark.promise("LA-02", "FL-16", "MO-04")
@pytest.mark.parametrize("missing", ["reason", "ends_on", "steps_home"])
def test_away_from_home_is_not_kept_without_a_reason_an_end_and_the_steps_home(world: World, missing: str) -> None:
    plan, today = opened(world), world.program.today()
    service: dict[str, Any] = {
        "name": "Residential care",
        "provider": "Live Oak House",
        "setting": "away",
        "start_by": today,
        "reason": "Two runs in one week",
        "ends_on": today + dt.timedelta(days=60),
        "steps_home": "Weekends at home from the third week",
    }
    with pytest.raises(NotGood) as refused:
        added(world.facilitator, plan, "service", **{**service, missing: ""})
    assert refused.value.field == missing
    answer = signed_in(None, world.facilitator).post(
        f"/plans/{plan.public_id}/add/service/", {**service, missing: "", "access_basis": "parent"}
    )
    assert answer.status_code == 422
    assert "Live Oak House" in answer.content.decode(), "what was typed stays"
    added(world.facilitator, plan, "service", **service)
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert "Away from home, overnight" in shown
    assert "Weekends at home from the third week" in shown


@pytest.mark.promise("LA-05", "MO-01")
def test_each_agencys_task_stands_in_one_list_with_who_and_when(world: World) -> None:
    plan, today = opened(world), world.program.today()
    for owner, agency in (("Ms. Reed", "School"), ("Officer Lang", "Probation")):
        added(world.facilitator, plan, "task", text=f"{agency} does its part", owner=owner, agency=agency, due_on=today)
    for lacking in ("owner", "agency", "due_on"):
        task: dict[str, Any] = {"text": "x", "owner": "x", "agency": "x", "due_on": today, lacking: ""}
        with pytest.raises(NotGood):
            added(world.facilitator, plan, "task", **task)
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    tasks = shown[shown.index('id="does"') :]
    assert tasks.index("Probation does its part") > 0
    for words in ("Ms. Reed", "School", "Officer Lang", "Probation"):
        assert words in tasks


@pytest.mark.promise("LA-07")
def test_a_need_nobody_measures_is_flagged_and_one_with_numbers_shows_where_it_goes(world: World) -> None:
    plan, today = opened(world), world.program.today()
    added(world.facilitator, plan, "need", text="Sleep", domain="health")
    assert "Not measurable yet:" in page(world, "facilitator", f"/plans/{plan.public_id}/")
    assert "Nothing is counted for this yet." in page(world, "caregiver", f"/plans/{plan.public_id}/")
    need = added(
        world.facilitator, plan, "need", text="Calm", domain="home", measure="Calm days", start=1, target=4, better="up"
    )
    added(world.facilitator, plan, "reading", need, on=today, value=3)
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    for words in ("It gets better.", "At the start: 1.", "To reach: 4.", "Calm days"):
        assert words in shown, words


@pytest.mark.promise("FL-32")
def test_the_same_number_twice_asks_for_another_way(world: World) -> None:
    plan, today = opened(world), world.program.today()
    need = added(
        world.facilitator, plan, "need", text="Calm", domain="home", measure="Calm days", start=1, target=4, better="up"
    )
    added(world.facilitator, plan, "reading", need, on=today - dt.timedelta(days=30), value=2)
    assert "Maybe another way:" not in page(world, "facilitator", f"/plans/{plan.public_id}/")
    added(world.facilitator, plan, "reading", need, on=today, value=2)
    assert "Maybe another way:" in page(world, "facilitator", f"/plans/{plan.public_id}/")


@pytest.mark.promise("LA-09")
def test_a_caregivers_own_goal_needs_no_childs_goal(world: World) -> None:
    plan = opened(world)
    agreed(goal(world, plan, "I sleep five nights a week", whose="caregiver", domain="health"))
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert "I sleep five nights a week" in shown
    assert "A caregiver" in shown
    assert "I sleep five nights a week" in page(world, "facilitator", f"/plans/{plan.public_id}/print/")


@pytest.mark.promise("LA-10")
def test_every_change_is_on_the_page_of_changes_and_taking_out_needs_a_reason(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan)
    actions.change_item(
        actor=world.facilitator,
        item=item,
        mark=item.mark,
        data={"text": "Mornings he likes", "whose": "youth", "domain": "home"},
        why="Marcus said it better",
    )
    item.refresh_from_db()
    with pytest.raises(refusals.ReasonMissing):
        actions.remove_item(actor=world.facilitator, item=item, why=" ")
    actions.remove_item(actor=world.facilitator, item=item, why="It is reached")
    assert Change.objects.filter(item=item).count() == Version.objects.filter(plan=plan).count() == 3
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/changes/")
    for words in (
        "Taken out:",
        "It is reached",
        "Changed:",
        "Marcus said it better",
        "Mornings without a fight",
        "New:",
        world.facilitator.display_name,
    ):
        assert words in shown, words
    assert "Mornings he likes" not in page(world, "caregiver", f"/plans/{plan.public_id}/print/")


@pytest.mark.promise("LA-15")
def test_a_goal_with_services_alone_asks_the_facilitator_and_not_the_family(world: World) -> None:
    plan, today = opened(world), world.program.today()
    item = agreed(goal(world, plan))
    for name in ("Therapy", "Respite", "Tutor"):
        added(
            world.facilitator,
            plan,
            "service",
            name=name,
            provider="x",
            setting="home",
            start_by=today,
            goals=[str(item.public_id)],
        )
    asks = "Nobody of their own life helps with it yet."
    assert asks in page(world, "facilitator", f"/plans/{plan.public_id}/")
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert asks not in shown
    assert "3 services." in shown
    added(world.caregiver, plan, "support", name="Bea", relation="aunt", goals=[str(item.public_id)])
    assert asks not in page(world, "facilitator", f"/plans/{plan.public_id}/")


@pytest.mark.promise("LA-16")
def test_who_has_read_it_stands_on_the_page_with_the_day(world: World) -> None:
    plan = opened(world)
    goal(world, plan)
    browser = signed_in(None, world.caregiver)
    assert "Who has read it" not in page(world, "facilitator", f"/plans/{plan.public_id}/")
    mark = re.search(r'name="mark" value="([^"]+)"', page(world, "caregiver", f"/plans/{plan.public_id}/"))
    assert mark is not None
    assert browser.post(f"/plans/{plan.public_id}/seen/", {"mark": mark[1]}).status_code == 302
    assert browser.post(f"/plans/{plan.public_id}/seen/", {"mark": "1"}).status_code == 404
    shown = page(world, "facilitator", f"/plans/{plan.public_id}/")
    assert world.caregiver.display_name in shown[shown.index("Who has read it") :]


@pytest.mark.promise("LA-19", "FL-21")
def test_a_part_of_life_nobody_talked_about_is_not_one_without_needs(world: World) -> None:
    plan = opened(world)
    added(world.facilitator, plan, "domain", domain="fun", state="talked")
    added(world.facilitator, plan, "domain", domain="money", state="not_now")
    agreed(goal(world, plan, domain="school"))
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert shown.count("not talked about yet") == 9
    for words in ("talked about: nothing needed now", "not now"):
        assert words in shown


@pytest.mark.promise("LA-20")
def test_a_step_that_builds_on_no_strength_is_flagged(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan)
    step = agreed(added(world.facilitator, plan, "strategy", item, text="He picks the song"))
    assert "Builds on no strength yet:" in page(world, "facilitator", f"/plans/{plan.public_id}/")
    strength = added(world.caregiver, plan, "strength", text="Knows every song", source="family")
    actions.change_item(
        actor=world.facilitator,
        item=step,
        mark=step.mark,
        data={"text": "He picks the song", "strengths": [str(strength.public_id)]},
    )
    assert "Builds on no strength yet:" not in page(world, "facilitator", f"/plans/{plan.public_id}/")


@pytest.mark.promise("LA-21")
def test_a_setback_ends_nothing_and_the_team_meets_about_it(world: World) -> None:
    plan = opened(world)
    answer = signed_in(None, world.facilitator).post(f"/plans/{plan.public_id}/close/", {"reason": "setback"})
    assert answer.status_code == 422
    assert "A hard time is no reason to end a plan." in answer.content.decode()
    plan.refresh_from_db()
    assert plan.is_open
    (task,) = Item.objects.filter(plan=plan, kind="task")
    assert task.data["due_on"] == (world.program.today() + dt.timedelta(days=7)).isoformat()
    actions.close_plan(actor=world.facilitator, plan=plan, reason="reached")
    assert "Ended on" in page(world, "caregiver", f"/plans/{plan.public_id}/")
    with pytest.raises(refusals.PlanClosed):
        goal(world, plan)


@pytest.mark.promise("LA-48")
def test_how_the_caregiver_is_stands_beside_how_the_child_is(world: World) -> None:
    plan, today = opened(world), world.program.today()
    need = added(world.facilitator, plan, "need", text="Calm", domain="home", measure="Calm days", start=1, better="up")
    added(world.facilitator, plan, "reading", need, on=today, value=3)
    mine = added(world.caregiver, plan, "wellbeing", measure="Nights I slept", better="up")
    for value in (2, 4):
        added(world.caregiver, plan, "reading", mine, on=today, value=value)
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert shown.count("<polyline") == 2
    for words in ("Calm days", "Nights I slept", "How Odette is"):
        assert words in shown
    assert "Nights I slept" not in page(world, "youth", f"/plans/{plan.public_id}/")


@pytest.mark.promise("FL-11")
def test_a_tools_word_without_the_familys_view_is_not_whole(world: World) -> None:
    plan = opened(world)
    level = added(world.facilitator, plan, "level", tool="cans", on=world.program.today(), level="Help at home")
    assert "You can say what you think about it." in page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert "The family’s view is missing:" in page(world, "facilitator", f"/plans/{plan.public_id}/")
    added(world.caregiver, plan, "view", level, text="It should be more.")
    assert "It should be more." in page(world, "facilitator", f"/plans/{plan.public_id}/")


@pytest.mark.promise("FL-24")
def test_each_line_of_the_benefits_check_has_an_answer_with_its_day(world: World) -> None:
    plan, today = opened(world), world.program.today()
    with pytest.raises(NotGood):
        added(world.facilitator, plan, "benefit", benefit="ssi", answer="denied")
    added(
        world.facilitator,
        plan,
        "benefit",
        benefit="ssi",
        answer="denied",
        on=today,
        soar=True,
        documents="Birth certificate",
    )
    with pytest.raises(NotGood):
        added(world.facilitator, plan, "benefit", benefit="va", answer="no")
    added(world.facilitator, plan, "benefit", benefit="va", answer="no", on=today)
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    for words in ("Turned down", "with a SOAR worker", "Birth certificate", "Not for us", "not looked at yet"):
        assert words in shown, words


@pytest.mark.promise("FL-06")
def test_the_people_of_their_own_life_have_a_place_even_while_there_are_none(world: World) -> None:
    plan = opened(world)
    assert "People of our own life" in page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert "None yet." in page(world, "caregiver", f"/plans/{plan.public_id}/")


@pytest.mark.promise("LA-03")
def test_where_things_stand_is_said_with_its_day_and_who_wrote_it(world: World) -> None:
    plan = opened(world)
    since = dt.date(2026, 3, 5)
    added(world.facilitator, plan, "status", area="systems", text="Probation has ended", on=since)
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert "Probation has ended" in shown
    assert "5 March" in shown
    assert world.facilitator.display_name in page(world, "caregiver", f"/plans/{plan.public_id}/changes/")


@pytest.mark.promise("MO-20")
def test_a_service_that_did_not_start_is_named_and_can_be_complained_about(world: World) -> None:
    plan, today = opened(world), world.program.today()
    added(
        world.facilitator,
        plan,
        "service",
        name="Respite",
        provider="Gulf",
        setting="home",
        start_by=today - dt.timedelta(days=1),
    )
    shown = page(world, "caregiver", f"/plans/{plan.public_id}/")
    assert "Not started. It was promised for" in shown
    assert "Say that it has not started" in shown
    assert "Promised and not started:" in page(world, "facilitator", f"/plans/{plan.public_id}/")


def test_two_who_change_the_same_thing_lose_nothing(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan)
    path = f"/plans/{plan.public_id}/items/{item.public_id}/"
    first, second = signed_in(None, world.facilitator), signed_in(None, world.liaison)
    form = {"text": "Mornings he likes", "whose": "youth", "domain": "home", "mark": item.mark, "why": ""}
    assert first.post(path, form).status_code == 302
    late = second.post(path, {**form, "text": "Quiet mornings"})
    assert late.status_code == 422
    text = late.content.decode()
    for words in ("Somebody changed this while you were writing.", "Mornings he likes", "Quiet mornings"):
        assert words in text, words
    mark = Item.objects.get(pk=item.pk).mark
    assert second.post(path, {**form, "text": "Quiet mornings", "mark": mark}).status_code == 302
    assert Item.objects.get(pk=item.pk).data["text"] == "Quiet mornings"


def test_what_says_the_same_as_before_is_no_change(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan)
    actions.change_item(actor=world.facilitator, item=item, mark=item.mark, data=item.data)
    assert Version.objects.filter(plan=plan).count() == 1


def test_one_notice_stands_for_all_that_is_not_read(world: World) -> None:
    plan = opened(world)
    Notice.objects.all().delete()
    goal(world, plan)
    goal(world, plan, "Another")
    told = Notice.objects.filter(kind=Notice.Kind.PLAN)
    seeing = {reader.person.pk for reader in access.readers_of(plan) if access.visible_items(reader, plan)}
    assert sorted(told.values_list("person", flat=True)) == sorted(seeing - {world.facilitator.pk})
    assert world.second_caregiver.pk not in seeing, "who decides about school alone sees nothing about home"
    actions.confirm_seen(actor=world.caregiver, plan=plan, number=2)
    assert not told.filter(person=world.caregiver, read_at=None).exists()


def test_what_comes_in_crooked_is_said_plainly_and_stays(world: World) -> None:
    plan = opened(world)
    staff = signed_in(None, world.facilitator)
    for kind, form in (
        ("need", {"text": "Sleep", "domain": "moon", "start": "many"}),
        ("task", {"text": "x" * 5_000, "owner": "x", "agency": "x", "due_on": "0001-01-01"}),
        ("reading", {}),
        ("status", {"area": "home", "text": "x", "on": "9999-12-31"}),
    ):
        answer = staff.post(f"/plans/{plan.public_id}/add/{kind}/", form)
        assert answer.status_code == (404 if kind == "reading" else 422), kind
    assert staff.get(f"/plans/{plan.public_id}/add/nothing/").status_code == 404
    assert not Item.objects.filter(plan=plan).exists()


def test_what_it_refers_to_is_in_this_plan(world: World) -> None:
    plan = opened(world)
    strength = added(world.caregiver, plan, "strength", text="Songs", source="family")
    item = goal(world, plan)
    with pytest.raises(refusals.NotThere):
        added(world.facilitator, plan, "strategy", item, text="x", strengths=[str(item.public_id)])
    with pytest.raises(refusals.NotThere):
        added(world.facilitator, plan, "reading", strength, on=world.program.today(), value=1)
    with pytest.raises(refusals.NotThere):
        added(world.facilitator, plan, "reading", None, on=world.program.today(), value=1)


def test_a_plan_always_has_a_next_date_still_to_come(world: World) -> None:
    plan, today = opened(world), world.program.today()
    for next_on in (today, today - dt.timedelta(days=1), today + dt.timedelta(days=400)):
        with pytest.raises(refusals.DateBehind):
            actions.review_plan(actor=world.facilitator, plan=plan, next_on=next_on)
    with pytest.raises(refusals.AlreadyOpen):
        opened(world)
