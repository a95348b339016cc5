"""The same through pages, as a care manager, a parent and a young person use them; and what comes in that should not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from portal.access import enrollment as access
from portal.enrollment import actions
from portal.enrollment.models import Decision, Discharge, Enrollment, today_of
from portal.families.models import Family
from tests.enrollment.cases import (
    add_goal,
    all_agree,
    clock_of,
    day,
    enrolled,
    keeper_of,
    manager_of,
    opened,
    say,
)
from tests.enrollment.conftest import SetTime
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HUGE = "x" * 20_000


def read(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def iso(family: Family, days: int) -> str:
    return (today_of(family) + dt.timedelta(days=days)).isoformat()


@pytest.mark.promise("MO-06")
def test_the_family_sees_referred_scheduled_and_decided_each_with_its_date(world: World, at: SetTime) -> None:
    at("2027-02-10T18:00")
    decision = opened(world, meets_in=5)
    browser = signed_in(None, world.faraway_caregiver)
    page = read(browser, f"/decisions/{decision.public_id}/")
    for words in ("Referred on", "7 February", "The team meets on", "15 February", "Decided: not yet"):
        assert words in page, words
    actions.set_meeting(actor=keeper_of(world), decision=decision, meets_on=day("2027-02-18"))
    page = read(browser, f"/decisions/{decision.public_id}/")
    assert "15 February" in page  # the day that was set first stays to be seen
    assert "18 February" in page
    all_agree(world, decision)
    actions.close_meeting(actor=keeper_of(world), decision=decision)
    page = read(browser, f"/decisions/{decision.public_id}/")
    assert "Decided on" in page
    assert "Decided: not yet" not in page
    assert "All agree. The first day is set next." in read(browser, "/cases/")


@pytest.mark.promise("MO-07")
def test_the_family_reads_what_each_agency_says_and_why(world: World) -> None:
    decision = opened(world)
    say(world, decision, "health", "agree")
    say(world, decision, "education", "not_agree", "The school has no place yet.")
    page = read(signed_in(None, world.faraway_youth), f"/decisions/{decision.public_id}/")
    for words in (
        "Missouri Department of Mental Health",
        "Has not said anything yet",
        "Does not agree",
        "The school has no place yet.",
        "Nobody can turn you away.",
        "Not decided yet",
    ):
        assert words in page, words


@pytest.mark.promise("MO-12")
@pytest.mark.parametrize("who", ["keeper", "faraway_caregiver", "faraway_liaison"])
def test_turning_a_family_away_is_answered_409_with_the_promise(world: World, who: str) -> None:
    decision = opened(world)
    browser = signed_in(None, keeper_of(world) if who == "keeper" else getattr(world, who))
    way = f"/decisions/{decision.public_id}/reject/"
    answer = browser.post(way)
    assert answer.status_code == 409
    assert "MO-12" in answer.content.decode()
    assert "Set a new meeting" in answer.content.decode()
    spoken = browser.post(way, headers={"accept": "application/json"})
    assert (spoken.status_code, spoken.json()["rule"]) == (409, "MO-12")
    assert browser.get(way).status_code == 405
    decision.refresh_from_db()
    assert decision.state == "pending"


@pytest.mark.promise("MO-13")
def test_sending_a_family_out_is_answered_409_with_the_promise(world: World) -> None:
    enrollment = enrolled(world)
    add_goal(world, enrollment)
    browser = signed_in(None, keeper_of(world))
    for way in ("eject", "end"):
        answer = browser.post(f"/enrollments/{enrollment.public_id}/{way}/", headers={"accept": "application/json"})
        assert (answer.status_code, answer.json()["rule"]) == (409, "MO-13")
    enrollment.refresh_from_db()
    assert enrollment.is_open
    assert (
        signed_in(None, world.stranger_caregiver).post(f"/enrollments/{enrollment.public_id}/eject/").status_code == 404
    )


def test_a_family_reads_what_to_do_instead_and_no_code(world: World) -> None:
    way = f"/decisions/{opened(world).public_id}/reject/"
    words = "The promise that stands against it"
    told = signed_in(None, world.faraway_caregiver).post(way).content.decode()
    assert words not in told
    assert 'data-rule="MO-12"' in told
    assert words in signed_in(None, keeper_of(world)).post(way).content.decode()


def test_where_no_promise_names_it_there_is_no_such_page_at_all(world: World) -> None:
    decision = Decision.objects.create(
        family=world.family,
        youth=world.youth_member,
        owner=world.facilitator_role,
        referred_on=world.program.today(),
        meets_on=world.program.today(),
        opened_by=world.facilitator,
    )
    answer = signed_in(None, world.facilitator).post(f"/decisions/{decision.public_id}/reject/")
    assert answer.status_code == 404


@pytest.mark.promise("MO-10")
@pytest.mark.promise("MO-05")
def test_the_family_sees_from_which_day_who_answers_for_what_and_what_is_not_in_it(world: World, at: SetTime) -> None:
    at("2027-02-10T18:00")
    enrollment = enrolled(world, day("2027-03-01"))
    page = read(signed_in(None, world.faraway_caregiver), f"/enrollments/{enrollment.public_id}/")
    for words in (
        "1 March",
        "Missouri Alliance for Children and Families",
        "all of your child&#x27;s care",
        "Physical health care is not part of it.",
        "Nora Field",
    ):
        assert words in page, words


@pytest.mark.promise("MO-13")
def test_the_family_sees_what_is_left_until_it_ends(world: World) -> None:
    enrollment = enrolled(world)
    add_goal(world, enrollment)
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment, "Sleeps at home"))
    page = read(signed_in(None, world.faraway_caregiver), f"/enrollments/{enrollment.public_id}/")
    for words in ("Eli goes to school four days a week", "Still to reach", "Met on", "Nobody can send you out."):
        assert words in page, words
    assert "The team has not said anything about ending yet" in page


def test_the_whole_way_through_pages(world: World, at: SetTime) -> None:  # noqa: PLR0915 one story, told whole
    at("2027-02-10T18:00")
    family, manager = world.faraway_family, manager_of(world)
    staff, parent = signed_in(None, manager.person), signed_in(None, world.faraway_caregiver)
    home = f"/families/{family.public_id}/"
    assert "Ask the agencies" in read(staff, home)
    youth = str(world.faraway_youth.public_id)
    read(staff, f"{home}decisions/new/")
    asked = {"youth": youth, "access_basis": "parent", "referred_on": iso(family, -3), "meets_on": iso(family, 4)}
    assert staff.post(f"{home}decisions/new/", asked).status_code == 302
    decision = Decision.objects.get(family=family)
    at_decision = f"/decisions/{decision.public_id}/"
    assert at_decision in read(parent, home)
    for agency in ("social-services", "mental-health", "health", "education"):
        said = {"voice": f"agency-{agency}", "stance": "agree", "spoken_by": "Mr. Dove"}
        assert staff.post(f"{at_decision}positions/new/", said).status_code == 302
    own = {"stance": "not_agree", "reason": ""}
    refused = parent.post(f"{at_decision}positions/new/", own)
    assert refused.status_code == 422
    assert "Please write why." in refused.content.decode()
    assert parent.post(f"{at_decision}positions/new/", own | {"reason": "I am afraid."}).status_code == 302
    missing = staff.post(f"{at_decision}met/", {"next_on": ""})
    assert missing.status_code == 422
    assert "A case always has one." in missing.content.decode()
    assert staff.post(f"{at_decision}met/", {"next_on": iso(family, 7)}).status_code == 302
    assert staff.post(f"{at_decision}meeting/", {"meets_on": iso(family, 6)}).status_code == 302
    assert parent.post(f"{at_decision}positions/new/", {"stance": "agree"}).status_code == 302
    assert staff.post(f"{at_decision}met/", {"next_on": ""}).status_code == 302
    assert "All agree" in read(staff, at_decision)
    assert "Set the first day" in read(staff, at_decision)
    first = {
        "youth": youth,
        "access_basis": "parent",
        "care_manager": str(manager.public_id),
        "enrolled_on": "2027-03-01",
        "next_on": "2027-04-01",
    }
    read(staff, f"{home}enrollments/new/")
    assert staff.post(f"{home}enrollments/new/", first).status_code == 302
    enrollment = Enrollment.objects.get(family=family)
    inside = f"/enrollments/{enrollment.public_id}/"
    at("2027-03-08T18:00")
    for browser in (staff, parent):  # a month later they come in again
        browser.cookies.clear()
    staff, parent = signed_in(None, manager.person), signed_in(None, world.faraway_caregiver)
    for step in ("met-family/", "assessment/", "plan/", "review/", "goals/new/", "more-time/", "ending/"):
        read(staff, inside + step)
    assert staff.post(inside + "met-family/", {"on": "2027-02-14"}).status_code == 302
    covered = {"on": "2027-03-08", "parts": ["child", "family"]}
    assert staff.post(inside + "assessment/", covered).status_code == 302
    assert clock_of(enrollment, "MO-ASSESS").state == "met"
    assert staff.post(inside + "plan/", {"on": "2027-03-08", "parts": ["family"]}).status_code == 302
    assert "it does not count yet" in read(parent, inside)
    covered = {"on": "2027-03-08", "parts": ["family", "community", "team"]}
    assert staff.post(inside + "plan/", covered).status_code == 302
    assert staff.post(inside + "review/", {"on": "2027-03-08", "next_on": ""}).status_code == 422
    assert staff.post(inside + "review/", {"on": "2027-03-08", "next_on": "2027-04-08"}).status_code == 302
    assert staff.post(inside + "goals/new/", {"text": "Sleeps at home"}).status_code == 302
    read(parent, inside + "more-time/ask/")
    assert parent.post(inside + "more-time/ask/", {"words": "Until summer, please."}).status_code == 302
    assert "Until summer, please." in read(staff, inside)
    assert staff.post(inside + "more-time/", {"reason": "The goal needs it."}).status_code == 302
    assert "1 December" in read(parent, inside)
    again = staff.post(inside + "more-time/", {"reason": "Once more."}, headers={"accept": "application/json"})
    assert (again.status_code, again.json()["rule"]) == (409, "MO-EXT")
    goal = enrollment.objectives.get()
    assert staff.post(f"/goals/{goal.public_id}/met/").status_code == 302
    told = {
        "met_on": "2027-03-08",
        "who_met": "All of us",
        "approves": "yes",
        "person": str(world.faraway_caregiver.public_id),
        "agrees": "yes",
    }
    assert staff.post(inside + "ending/", told).status_code == 302
    read(parent, inside + "ending/answer/")
    assert parent.post(inside + "ending/answer/", {"agrees": "no", "words": "Not yet."}).status_code == 302
    page = read(parent, inside)
    assert "does not agree. The interagency team meets with the family first." in page
    assert staff.post(inside + "end/").status_code == 409
    ending = Decision.objects.get(family=family, about="ending")
    all_agree(world, ending)
    read(parent, inside + "ending/withdraw/")
    assert parent.post(inside + "ending/withdraw/", {"words": "We talk again in June."}).status_code == 302
    assert "We talk again in June." in read(staff, inside)
    assert "Taken back" in read(staff, f"/decisions/{ending.public_id}/")
    assert staff.post(inside + "ending/withdraw/", {}).status_code == 422
    assert staff.post(inside + "ending/", told).status_code == 302
    assert "nothing ends, and they meet again" in read(parent, f"/decisions/{ending.public_id}/")
    ending = Decision.objects.get(family=family, about="ending", state="pending")
    all_agree(world, ending)
    assert parent.post(inside + "ending/answer/", {"agrees": "yes"}).status_code == 302
    assert "End this time in the program" not in read(staff, inside)
    assert staff.post(f"/decisions/{ending.public_id}/met/", {}).status_code == 302
    read(staff, f"/decisions/{ending.public_id}/")
    assert "End this time in the program" in read(staff, inside)
    assert staff.post(inside + "end/").status_code == 302
    assert "Ended on" in read(parent, inside)
    assert "Ended on" in read(parent, "/cases/")


def test_a_discharge_through_pages(world: World) -> None:
    today = world.program.today()
    enrollment = actions.enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today,
        next_on=today,
    )
    browser = signed_in(None, world.facilitator)
    inside = f"/enrollments/{enrollment.public_id}/"
    read(browser, f"{inside}discharges/new/")
    sent = {"on": today.isoformat(), "medicine": "yes"}
    assert browser.post(f"{inside}discharges/new/", sent).status_code == 302
    discharge = Discharge.objects.get()
    way = f"/discharges/{discharge.public_id}/"
    assert "Nobody for the medicine yet" in read(signed_in(None, world.caregiver), inside)
    read(browser, f"{way}linked/")
    read(browser, f"{way}reason/")
    # Louisiana makes no such promise, so that there is no reason to write down.
    assert browser.post(f"{way}reason/", {"exception": "refused", "words": "No."}).status_code == 422
    assert browser.post(f"{way}linked/", {"on": today.isoformat()}).status_code == 302
    assert "Someone for the medicine since" in read(browser, inside)


def test_a_brother_or_sister_a_natural_support_and_a_stranger_see_nothing_of_it(world: World) -> None:
    today = world.program.today()
    enrollment = actions.enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today,
        next_on=today,
    )
    way = f"/enrollments/{enrollment.public_id}/"
    assert not access.visible_enrollments(world.child).exists()
    for who in (world.natural_support, world.stranger_caregiver, world.peer, world.lead):
        read(signed_in(None, who), way, 404)
    for who in (world.youth, world.caregiver, world.liaison):
        read(signed_in(None, who), way)


BAD_DATES = ["", "soon", "0000-00-00", "2027-02-30", "99999-01-01", "9999-12-31", "0001-01-01", "2027-01-01\x00", HUGE]


@pytest.mark.parametrize("bad", BAD_DATES)
def test_a_date_that_is_none_is_questioned_and_never_breaks_a_page(world: World, bad: str) -> None:
    enrollment = enrolled(world)
    decision = Decision.objects.get()
    browser = signed_in(None, keeper_of(world))
    inside, youth = f"/enrollments/{enrollment.public_id}/", str(world.faraway_youth.public_id)
    posts = {
        f"{inside}assessment/": {"on": bad, "parts": ["child", "family"]},
        f"{inside}plan/": {"on": bad},
        f"{inside}met-family/": {"on": bad},
        f"{inside}review/": {"on": bad, "next_on": bad},
        f"{inside}ending/": {"met_on": bad},
        f"{inside}discharges/new/": {"on": bad, "medicine": "yes"},
        f"/families/{enrollment.family.public_id}/decisions/new/": {
            "youth": youth,
            "referred_on": bad,
            "meets_on": bad,
        },
        f"/families/{enrollment.family.public_id}/enrollments/new/": {
            "youth": youth,
            "care_manager": str(manager_of(world).public_id),
            "enrolled_on": bad,
            "next_on": bad,
        },
    }
    for way, form in posts.items():
        assert browser.post(way, form).status_code == 422, way
    assert browser.post(f"/decisions/{decision.public_id}/met/", {"next_on": bad}).status_code in {302, 422}


@pytest.mark.parametrize(
    "bad", ["", "nobody", "agency-fhf-jefferson", "person-", "00000000-0000-0000-0000-000000000000"]
)
def test_a_choice_that_was_not_offered_is_questioned(world: World, bad: str) -> None:
    decision = opened(world)
    browser = signed_in(None, keeper_of(world))
    ways = {
        f"/decisions/{decision.public_id}/positions/new/": {"voice": bad, "stance": "agree"},
        f"/families/{decision.family.public_id}/decisions/new/": {"youth": bad, "meets_on": iso(decision.family, 3)},
        f"/cases/{decision.public_id}/owner/": {"care_manager": bad},
    }
    for way, form in ways.items():
        assert browser.post(way, form).status_code == 422, way
    refused = {"voice": "agency-health", "stance": bad, "reason": "So."}
    assert browser.post(f"/decisions/{decision.public_id}/positions/new/", refused).status_code == 422
    assert not decision.positions.exists()


def test_words_are_shown_as_words_and_too_many_are_questioned(world: World) -> None:
    decision = opened(world)
    browser = signed_in(None, world.faraway_caregiver)
    way = f"/decisions/{decision.public_id}/positions/new/"
    assert browser.post(way, {"stance": "not_agree", "reason": HUGE}).status_code == 422
    script = "<script>alert(1)</script> {{ 7 }} 😞 \u202e"
    assert browser.post(way, {"stance": "not_agree", "reason": script}).status_code == 302
    page = read(browser, f"/decisions/{decision.public_id}/")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_what_a_parent_posts_for_someone_else_is_only_ever_their_own(world: World) -> None:
    decision = opened(world)
    browser = signed_in(None, world.faraway_caregiver)
    way = f"/decisions/{decision.public_id}/positions/new/"
    forged = {"voice": "agency-health", "stance": "agree", "person": str(world.faraway_youth.public_id)}
    assert browser.post(way, forged).status_code == 302
    said = decision.positions.get()
    assert (said.person, said.agency) == (world.faraway_caregiver, None)


def test_each_look_of_staff_is_on_the_familys_record(world: World) -> None:
    enrollment = enrolled(world)
    read(signed_in(None, keeper_of(world)), f"/enrollments/{enrollment.public_id}/")
    page = read(signed_in(None, world.faraway_caregiver), "/record/")
    assert "Nora Field" in page


def test_the_list_says_what_will_be_here(world: World) -> None:
    assert "Nothing is under way yet." in read(signed_in(None, world.faraway_caregiver), "/cases/")


def test_the_page_asks_the_database_a_bounded_number_of_times(
    world: World, django_assert_max_num_queries: object
) -> None:
    enrollment = enrolled(world)
    for number in range(8):
        add_goal(world, enrollment, f"Goal {number}")
    browser = signed_in(None, world.faraway_caregiver)
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        read(browser, f"/enrollments/{enrollment.public_id}/")
