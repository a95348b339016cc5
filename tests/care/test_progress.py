"""The picture of progress: what happened on which day, days at home, who is kept from what, what everybody gets, next steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.access import care as access
from portal.access import objectives, progress
from portal.access.care import Reader
from portal.accounts.models import Person
from portal.care import actions
from portal.care.models import Item, Plan, Seen, TeamMeeting
from portal.care.shown import Sheet
from portal.care.timeline import Home, days_at_home
from portal.enrollment import actions as enrollment
from portal.enrollment import refusals
from portal.enrollment.models import Enrollment
from portal.families import actions as families
from portal.families.models import LegalAuthority
from portal.growing import actions as growing
from portal.notices.models import Notice
from tests.care.conftest import StopTime
from tests.care.plans import NEXT, added, agreed, goal, one_of_each, opened
from tests.enrollment.cases import add_goal, agencies_agree_to_end, enrolled, keeper_of, recommend
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db]


def page(person: Person, path: str, status: int = 200) -> str:
    answer = signed_in(None, person).get(path)
    assert answer.status_code == status, (person, path)
    return answer.content.decode()


def reader_of(person: Person, plan: Plan) -> Reader:
    reader = access.reader_of(person, plan)
    assert reader is not None
    return reader


def kinds(person: Person, plan: Plan) -> set[str]:
    return {item.kind for item in access.visible_items(reader_of(person, plan), plan)}


def meeting(plan: Plan, by: Person, days: int, state: str = "proposed") -> TeamMeeting:
    agreed = timezone.now() if state in {"confirmed", "held"} else None
    made = TeamMeeting(
        plan=plan,
        starts_at=timezone.now() + dt.timedelta(days=days),
        zone=plan.family.program.profile.time_zone,
        state=state,
        proposed_by=by,
        place_agreed_at=agreed,
        place_agreed_by=by if agreed else None,
        ended_at=timezone.now() if state == "held" else None,
    )
    made.place = "The library on Canal Street"
    made.save()
    return made


# -- the timeline --------------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-03")
def test_what_happened_stands_on_its_day_with_who_wrote_it(world: World, stop_time: StopTime) -> None:
    plan, today = opened(world), world.program.today()
    made = one_of_each(world, plan)
    added(world.facilitator, plan, "status", area="systems", text="Probation has ended", on=dt.date(2026, 3, 5))
    added(
        *(world.facilitator, plan, "service"),
        name="Tutor",
        provider="Gulf Breeze",
        setting="home",
        start_by=today - dt.timedelta(days=9),
    )
    reached = made["goal"]
    data = reached.data | {"reached_on": today}
    actions.change_item(actor=world.facilitator, item=reached, mark=reached.mark, data=data)
    meeting(plan, world.facilitator, -3, "held")
    meeting(plan, world.facilitator, 5, "confirmed")
    meeting(plan, world.facilitator, 8)
    path = f"/plans/{plan.public_id}/timeline/"
    shown = page(world.caregiver, path)
    for words in ("Probation has ended", "5 March", world.facilitator.display_name, "Reached:", "Tutor"):
        assert words in shown, words
    assert "Promised for this day and not begun:" in shown
    assert (shown.count("The team met."), shown.count("The team meets.")) == (1, 1), (
        "one that waits for a yes is none yet"
    )
    assert "Canal Street" not in shown
    assert '<svg class="when"' in shown
    assert "days at home" not in shown, "nobody said where he sleeps"
    assert "Probation has ended" in page(world.caregiver, f"/plans/{plan.public_id}/print/").partition('id="time"')[2]
    stop_time(timezone.now())
    for who in ("youth", "facilitator"):
        for where in ("", "print/", "timeline/"):
            browser = signed_in(None, getattr(world, who))
            browser.get(f"/plans/{plan.public_id}/{where}")
            with CaptureQueriesContext(connection) as asked:
                browser.get(f"/plans/{plan.public_id}/{where}")
            assert len(asked) <= 12, (who, where, [one["sql"][:120] for one in asked.captured_queries])


@pytest.mark.promise("LA-48")
def test_how_a_caregiver_is_and_how_the_child_is_stand_on_one_page_for_whom_both_are(world: World) -> None:
    plan, today = opened(world), world.program.today()
    need = added(world.facilitator, plan, "need", text="Calm", domain="home", measure="Calm days", start=1, better="up")
    added(world.facilitator, plan, "reading", need, on=today, value=3)
    mine = added(world.caregiver, plan, "wellbeing", measure="Nights I slept", better="up")
    for value in (2, 4):
        added(world.caregiver, plan, "reading", mine, on=today, value=value)
    path = f"/plans/{plan.public_id}/timeline/"
    shown = page(world.caregiver, path)
    assert shown.count("<polyline") == 2
    assert "Only you and your team see this." in shown
    assert "Only Odette and the team see this." in page(world.facilitator, path)
    others = page(world.youth, path)
    assert "Calm days" in others
    assert "Nights I slept" not in others


def sheet(world: World, plan: Plan) -> Sheet:
    items = access.visible_items(reader_of(world.facilitator, plan), plan)
    return Sheet(items, world.program.today())


@pytest.mark.promise("MO-04")
def test_days_at_home_are_counted_from_what_somebody_said_and_never_guessed(world: World) -> None:
    plan, today = opened(world), world.program.today()

    def home(days: int, nights: str) -> Item:
        on = today - dt.timedelta(days=days)
        return added(world.facilitator, plan, "status", area="home", text=f"{nights} {days}", on=on, nights=nights)

    added(world.facilitator, plan, "status", area="home", text="With Odette", on=today - dt.timedelta(days=200))
    assert days_at_home(sheet(world, plan)) is None
    home(89, "home")
    assert days_at_home(sheet(world, plan)) == Home(90, 90)
    away: dict[str, Any] = {"name": "Unit", "provider": "Live Oak", "setting": "away", "reason": "x", "steps_home": "y"}
    began, ends = today - dt.timedelta(days=50), today - dt.timedelta(days=23)
    added(world.facilitator, plan, "service", **away, start_by=began, started_on=began, ends_on=ends)
    assert days_at_home(sheet(world, plan)) is None, "its planned last day is over, and nobody said what came then"
    home(22, "home")
    assert days_at_home(sheet(world, plan)) == Home(62, 90)
    assert "62 of 90 days at home" in page(world.caregiver, f"/plans/{plan.public_id}/timeline/")
    home(30, "home")  # came home a week before
    assert days_at_home(sheet(world, plan)) == Home(70, 90)
    home(1, "")
    assert days_at_home(sheet(world, plan)) is None


# -- who sees it ---------------------------------------------------------------------------------------------------------


def test_who_is_kept_away_from_the_household_learns_nothing_of_where_and_when(world: World) -> None:
    plan, today = opened(world), world.program.today()
    LegalAuthority.objects.filter(adult=world.second_caregiver_member).update(ends_on=today - dt.timedelta(days=2))
    families.record_authority(
        actor=world.liaison,
        adult=world.second_caregiver_member,
        youth=world.youth_member,
        scope=LegalAuthority.Scope.FULL,
        evidence="Paper seen",
        starts_on=today - dt.timedelta(days=1),
    )
    one_of_each(world, plan)
    goal(world, plan, "Sleeps through", domain="health")
    own = added(world.second_caregiver, plan, "words", text="I think of him.")
    meeting(plan, world.facilitator, 5, "confirmed")
    assert {"status", "service", "task", "crisis", "support"} <= kinds(world.second_caregiver, plan)
    actions.confirm_seen(actor=world.second_caregiver, plan=plan, number=plan.last_number)
    world.keep_apart()
    seen = access.visible_items(reader_of(world.second_caregiver, plan), plan)
    assert [item.kind for item in seen] == ["level", "goal", "words"]
    assert own in seen
    goal(world, plan, "Later", domain="health")
    path = f"/plans/{plan.public_id}/"
    for where in ("", "print/", "crisis/", "timeline/"):
        shown = page(world.second_caregiver, path + where)
        for words in ("Gulf Breeze", "Aunt Bea", "555-0131", "Move first period", "Back in class", "The team meets."):
            assert words not in shown, (where, words)
        assert "Who has read it" not in shown
        assert "New since you last read it" not in shown
    page(world.second_caregiver, f"{path}changes/", 404)
    page(world.second_caregiver, f"{path}items/{own.public_id}/people/", 404)
    assert progress.meetings_to_answer(reader_of(world.second_caregiver, plan), plan) == []


def test_what_opens_to_somebody_is_told_apart_from_what_others_changed(world: World) -> None:
    plan = opened(world)
    goal(world, plan, "Ours")
    mine = added(world.facilitator, plan, "goal", text="My own", whose="youth", domain="feelings", access_basis="minor")
    path = f"/plans/{plan.public_id}/"
    page(world.caregiver, path)
    actions.confirm_seen(actor=world.caregiver, plan=plan, number=Plan.objects.get(pk=plan.pk).last_number)
    assert Seen.objects.get(person=world.caregiver).shown == [Item.objects.get(pk=mine.pk - 1).pk]
    actions.change_item(actor=world.facilitator, item=mine, mark=mine.mark, data=mine.data | {"text": "My own talks"})
    growing.let_see(actor=world.youth, adult=world.caregiver_member)
    shown = page(world.caregiver, path)
    news = shown.partition('id="news"')[2].partition("</section>")[0]
    assert "Now open to you:" in news
    assert "My own talks" in news
    assert "Changed:" not in news
    assert "You see this because" in shown
    mark = shown.partition('name="mark" value="')[2].partition('"')[0]
    assert signed_in(None, world.caregiver).post(f"{path}seen/", {"mark": mark}).status_code == 302
    assert "Now open to you:" not in page(world.caregiver, path)
    assert "Seen by you, whom you let see it, and your team." in page(world.youth, path)


def test_each_reads_who_sees_what_not_everybody_sees(world: World) -> None:
    plan = opened(world)
    item = added(
        world.facilitator, plan, "goal", text="No pills", whose="youth", domain="health", access_basis="substance"
    )
    path = f"/plans/{plan.public_id}/"
    assert "Only you, who wrote it down, and those you share it with see this." in page(world.youth, path)
    assert f"Only {world.youth.first_name}, who wrote it down, and those" in page(world.facilitator, path)
    assert "see this" not in page(world.caregiver, path)
    assert f"items/{item.public_id}/people/" not in page(world.youth, path)
    task = added(
        *(world.facilitator, plan, "task", goal(world, plan)),
        text="x",
        owner="x",
        agency="x",
        due_on=world.program.today(),
    )
    form = page(world.facilitator, f"{path}items/{task.public_id}/")
    assert 'name="access_basis"' in form, "it can be closed further from its own page"


# -- one list of goals ---------------------------------------------------------------------------------------------------


@pytest.mark.promise("MO-13", "MO-18")
def test_the_goals_of_the_plan_are_the_goals_of_the_case(world: World) -> None:
    today = world.other_program.today()
    case = enrolled(world)
    Enrollment.objects.filter(pk=case.pk).update(enrolled_on=today)
    case.refresh_from_db()
    before, keeper = add_goal(world, case), keeper_of(world)
    plan = actions.open_plan(
        actor=keeper, family=world.faraway_family, youth=world.faraway_youth_member, next_on=today + NEXT
    )
    with pytest.raises(refusals.GoalsAreInThePlan):
        add_goal(world, case, "One more")
    path = f"/enrollments/{case.public_id}/"
    assert signed_in(None, keeper).get(f"{path}goals/new/").headers["Location"].endswith("/add/goal/")
    item = agreed(added(keeper, plan, "goal", text="Sleeps at home", whose="youth", domain="health"))
    secret = added(keeper, plan, "goal", text="Talks alone", whose="youth", domain="feelings", access_basis="substance")
    shown = page(world.faraway_caregiver, path)
    assert "Sleeps at home" in shown
    assert "Talks alone" not in shown
    assert "More goals stand" not in shown
    enrollment.meet_objective(actor=keeper, objective=before)
    recommend(world, case)
    agencies_agree_to_end(world, case)
    with pytest.raises(refusals.GoalsLeft):
        enrollment.end_enrollment(actor=keeper, enrollment=case)
    item.refresh_from_db()
    data = item.data | {"reached_on": today}
    actions.change_item(actor=keeper, item=item, mark=item.mark, data=data)
    assert enrollment.may_end(case), f"{secret} is not told of here, so it holds nothing"
    added(keeper, plan, "goal", text="Suggested", whose="youth", domain="school")
    assert enrollment.may_end(case), "what is only suggested holds nobody here"
    added(world.faraway_caregiver, plan, "goal", text="Another", whose="youth", domain="school")
    with pytest.raises(refusals.GoalsLeft):
        enrollment.end_enrollment(actor=keeper, enrollment=case)
    assert case.recommendation() is None, "what was said about ending was not about this goal"


# -- what everybody gets -------------------------------------------------------------------------------------------------


@pytest.mark.promise("MO-11")
def test_the_three_ticks_are_always_there_and_one_that_is_missing_after_14_days_is_told_once(world: World) -> None:
    today = world.other_program.today()
    case, keeper = enrolled(world), keeper_of(world)
    profile = world.other_program.profile
    assert profile.settings.basics_days.value == 14
    assert profile.enrollment is not None
    assert profile.enrollment.minimum is not None
    Enrollment.objects.filter(pk=case.pk).update(enrolled_on=today - dt.timedelta(days=14))

    def ticks() -> list[bool]:
        (basics,) = objectives.basics_of(Enrollment.objects.all())
        return list(basics.ticks.values())

    assert ticks() == [True, False, False]
    assert actions.check_basics() == 0, "day 14 is the last day"
    Enrollment.objects.filter(pk=case.pk).update(enrolled_on=today - dt.timedelta(days=15))
    assert [actions.check_basics(), actions.check_basics()] == [1, 0]
    told = Notice.objects.filter(about=f"basics:{case.public_id}")
    assert {one.person for one in told} >= {keeper, world.faraway_caregiver}
    for path in (f"/enrollments/{case.public_id}/", f"/families/{world.faraway_family.public_id}/"):
        for person in (world.faraway_caregiver, keeper):
            shown = page(person, path)
            for words in ("A care manager", "Team meetings", "not there yet", "You do not have to chase it."):
                assert words in shown, (path, words)
    plan = actions.open_plan(
        actor=keeper, family=world.faraway_family, youth=world.faraway_youth_member, next_on=today + NEXT
    )
    assert ticks() == [True, False, False], "an empty plan is none"
    added(keeper, plan, "goal", text="x", whose="youth", domain="home", access_basis="substance")
    assert ticks() == [True, False, False], "what is closed to others tells nothing here"
    added(keeper, plan, "goal", text="x", whose="youth", domain="home")
    meeting(plan, keeper, 3)
    assert ticks() == [True, False, True]
    meeting(plan, keeper, 4, "confirmed")
    assert ticks() == [True, True, True]
    shown = page(world.faraway_caregiver, f"/plans/{plan.public_id}/")
    assert "What everybody gets" in shown
    assert "not there yet" not in shown
    browser = signed_in(None, world.faraway_caregiver)
    browser.get(f"/plans/{plan.public_id}/")
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/plans/{plan.public_id}/")
    assert len(asked) <= 12, [one["sql"][:120] for one in asked.captured_queries]


# -- my next three steps --------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-50")
def test_nobody_of_an_active_family_is_ever_without_a_next_step_and_the_plan_is_among_them(world: World) -> None:
    plan, today = opened(world), world.program.today()
    everybody = (
        "caregiver",
        "second_caregiver",
        "youth",
        "natural_support",
        "facilitator",
        "liaison",
        "peer",
        "mentor",
    )

    def steps(name: str, language: str = "en") -> list[Any]:
        person = getattr(world, name)
        Person.objects.filter(pk=person.pk).update(language=language)
        context = signed_in(None, Person.objects.get(pk=person.pk)).get("/").context
        return list(context.get("steps") or context.get("work_steps") or [])

    for name in everybody:
        assert steps(name), (name, "with a plan that says nothing at all")
    own = added(
        *(world.facilitator, plan, "task"), text="Ask Aunt Bea", owner="odette", agency="The family", due_on=today
    )
    added(world.facilitator, plan, "task", text="Not hers", owner="Ms. Reed", agency="School", due_on=today)
    meeting(plan, world.facilitator, 5)
    late = today - dt.timedelta(days=1)
    added(world.facilitator, plan, "service", name="Respite", provider="Gulf", setting="home", start_by=late)
    assert [step.title for step in steps("caregiver")][-3:] == [
        "Say if this meeting suits you",
        "Ask Aunt Bea",
        "Respite",
    ]
    for name in everybody:
        found = steps(name, "es")
        assert found, name
        assert "Not hers" not in [step.title for step in found]
    actions.tick(actor=world.caregiver, item=own, member=world.natural_support_member)
    assert "Ask Aunt Bea" not in [step.title for step in steps("natural_support")]
    browser = signed_in(None, world.caregiver)
    browser.get("/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/")
    assert len(asked) <= 45, len(asked)
