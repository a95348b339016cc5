"""Who a programme is for: a plain self-check that never says no, and what staff found, which can be questioned."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from portal.notices.models import Notice
from portal.programs import actions as programs
from portal.programs.models import Organization, StaffRole
from portal.programs.registry import profiles
from portal.referrals import actions, words
from portal.referrals.eligibility import Outcome, check
from portal.referrals.models import Question
from tests.referrals.stage import begin, come_back, held, of_school, question, sent, text_of, write
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db
LOUISIANA, MISSOURI = "louisiana-csoc", "missouri-initiative"


@pytest.mark.promise("LA-08")
def test_all_nine_settings_are_listed_and_answering_none_still_offers_to_ask(world: World) -> None:
    settings = [one for one in profiles()[LOUISIANA].target_population if one.kind == "setting"]
    assert len(settings) == 9
    page = text_of(Client().get("/refer/fit/", {"program": LOUISIANA}))
    for one in settings:
        assert one.plain.replace("'", "&#x27;") in page
        assert "may" in one.plain  # at risk counts
    answer = Client().post("/refer/fit/", {"program": LOUISIANA})
    assert answer.status_code == 200
    assert 'data-outcome="open"' in text_of(answer)
    assert f'href="/refer/?program={LOUISIANA}"' in text_of(answer)
    assert f'value="{LOUISIANA}" checked' in text_of(Client().get("/refer/", {"program": LOUISIANA}))


@pytest.mark.promise("LA-08")
def test_whatever_is_answered_it_is_never_a_no_and_one_can_still_ask(world: World) -> None:
    phone, code = begin(LOUISIANA)
    for answer, outcome in (("yes", "likely"), ("no", "not_yet"), ("unsure", "open")):
        form = {one.id: answer for one in profiles()[LOUISIANA].target_population} | {"program": LOUISIANA}
        page = text_of(phone.post("/refer/fit/", form))
        assert f'data-outcome="{outcome}"' in page
        assert "Ask anyway" in page
        assert not re.search(r"denied|not eligible|cannot join|rejected", page, re.IGNORECASE)
    write(phone, "who", first_name="Leo", asker="guardian")
    phone.post("/refer/send/")
    assert held(code).state == "sent"  # what the self-check said stands nowhere in its way


def test_one_setting_is_enough_and_the_others_need_no_answer() -> None:
    profile = profiles()[LOUISIANA]
    rest = {one.id: "yes" for one in profile.target_population if one.kind != "setting"}
    assert check(profile, rest | {"homeless": "yes"}).outcome == Outcome.LIKELY
    assert check(profile, rest).outcome == Outcome.OPEN
    assert check(profile, rest | {"age": "no", "homeless": "yes"}).outcome == Outcome.NOT_YET


def test_an_answer_that_is_none_of_the_choices_is_asked_again(world: World) -> None:
    answer = Client().post("/refer/fit/", {"program": MISSOURI, "age": "<script>"})
    assert answer.status_code == 422


@pytest.mark.promise("MO-02")
def test_what_does_not_fit_is_named_and_how_to_ask_again(world: World) -> None:
    form = {"program": MISSOURI, "age": "no", "residence": "yes", "placement": "yes", "needs": "unsure"}
    page = text_of(Client().post("/refer/fit/", form))
    assert page.count("data-criterion") == 1
    assert "<li data-criterion>Your child is between 4 and 18.</li>" in page
    assert "question it" in page
    assert "Ask anyway" in page
    assert f'href="/refer/?program={MISSOURI}"' in page


@pytest.mark.promise("MO-02")
@pytest.mark.parametrize("criterion", [one.id for one in profiles()[MISSOURI].target_population])
def test_each_line_of_the_list_can_be_the_one_that_does_not_fit_and_the_rest_is_not_named(
    world: World, criterion: str
) -> None:
    every = profiles()[MISSOURI].target_population
    assert {one.id for one in every} == {"age", "residence", "placement", "needs"}
    form = {one.id: "no" if one.id == criterion else "yes" for one in every} | {"program": MISSOURI}
    page = text_of(Client().post("/refer/fit/", form))
    (said,) = [one.plain for one in every if one.id == criterion]
    assert re.findall(r"<li data-criterion>(.*?)</li>", page) == [said.replace("'", "&#x27;")]


@pytest.mark.promise("MO-02")
def test_the_result_stands_with_its_reason_can_be_questioned_and_is_answered(world: World) -> None:
    phone, _code, referral = sent(MISSOURI)
    staff = signed_in(None, world.faraway_liaison)
    path = f"/referrals/{referral.public_id}/"
    found = {"criterion": "residence", "result": "not_yet", "reason": "The address we have is in Kansas City."}
    assert staff.post(f"{path}finding/", found).status_code == 302
    page = text_of(phone.get("/refer/where/"))
    assert "Your child lives in the eastern or the central region." in page
    assert 'data-result="not_yet"' in page
    assert "The address we have is in Kansas City." in page
    assert "?about=residence#ask" in page
    assert "ask again at any time" in page
    phone.post("/refer/ask/", question("We moved to St. Louis.", about="residence"))
    assert Question.objects.get().about == "residence"
    assert "We moved to St. Louis." in text_of(staff.get(path))
    reply = {"words": "Then you live in the eastern region. Thank you."}
    staff.post(f"{path}questions/{Question.objects.get().public_id}/", reply)
    staff.post(f"{path}finding/", found | {"result": "fits", "reason": "St. Louis is in the eastern region."})
    page = text_of(phone.get("/refer/where/"))
    assert "Then you live in the eastern region." in page
    assert 'data-result="fits"' in page
    assert 'data-result="not_yet"' not in page
    phone.post("/refer/ask/", question("And if we move back?", about="residence"))  # one can always ask again
    referral.refresh_from_db()
    assert (referral.state, Question.objects.filter(about="residence").count()) == ("sent", 2)


def test_a_finding_needs_its_reason(world: World) -> None:
    referral, _code = of_school(world)
    staff = signed_in(None, world.liaison)
    for reason in ("", "  \x00 "):
        form = {"criterion": "age", "result": "not_yet", "reason": reason}
        assert staff.post(f"/referrals/{referral.public_id}/finding/", form).status_code == 422
    assert not referral.findings.exists()


@pytest.mark.promise("FL-03")
def test_source_and_priority_reason_are_shown_and_the_family_can_dispute_the_reason(world: World) -> None:
    role = coordinator_in_florida(world)
    referral, code = actions.record_partner_referral(
        actor=world.coordinator,
        role=role,
        source="provider",
        answers={"first_name": "Nia", "partner": "Gulf Detox"},
        consent="unknown",
        language="en",
    )
    why = "Nia was in a detox unit three times this year, so the Managing Entity put her first."
    found = {"criterion": "priority", "result": "fits", "reason": why}
    staff = signed_in(None, world.coordinator)
    staff.post(f"/referrals/{referral.public_id}/finding/", found)
    phone = come_back(code)
    page = text_of(phone.get("/refer/where/"))
    assert "A care provider: <bdi>Gulf Detox</bdi>" in page
    place = page.split('data-about="priority"')[1].split("</li>")[0]
    assert "put you first in line for help" in place  # here it is a criterion of its own, named once
    assert page.count('data-about="priority"') == 1
    assert 'data-result="fits"' in place
    assert why in place
    assert "?about=priority#ask" in place
    assert "?about=source#ask" in page
    assert "put you first" in text_of(phone.get("/refer/where/", {"about": "priority"})).split('id="ask"')[1]
    Notice.objects.all().delete()
    phone.post("/refer/ask/", question("It was twice.", about="priority"))
    assert Notice.objects.filter(person=world.coordinator, kind="referral").exists()
    asked = Question.objects.get()
    assert (asked.about, asked.words) == ("priority", "It was twice.")
    assert "It was twice." in text_of(staff.get(f"/referrals/{referral.public_id}/"))
    reply = {"words": "You are right: twice. We changed it."}
    staff.post(f"/referrals/{referral.public_id}/questions/{asked.public_id}/", reply)
    staff.post(
        f"/referrals/{referral.public_id}/finding/", found | {"reason": "Nia was in a detox unit twice this year."}
    )
    place = text_of(phone.get("/refer/where/")).split('data-about="priority"')[1].split("</li>")[0]
    assert "You are right: twice." in place
    assert "twice this year" in place
    assert "three times" not in place


@pytest.mark.promise("FL-03")
def test_where_the_place_in_line_is_no_criterion_its_reason_can_be_disputed_all_the_same(world: World) -> None:
    referral, code = of_school(world)
    why = "Nia was sent home four times this month."
    found = {"criterion": "priority", "result": "unsure", "reason": why}
    signed_in(None, world.liaison).post(f"/referrals/{referral.public_id}/finding/", found)
    page = text_of(come_back(code).get("/refer/where/"))
    assert "A school: <bdi>Cypress Middle School</bdi>" in page
    place = page.split('data-about="priority"')[1].split("</li>")[0]
    assert "Your place in line, and why" in place
    assert why in place
    assert "?about=priority#ask" in place
    assert "data-result" not in place


@pytest.mark.parametrize("slug", sorted(profiles()))
def test_each_thing_that_can_be_found_is_offered_once(slug: str) -> None:
    names = [name for name, _said in words.to_be_found(profiles()[slug])]
    assert len(names) == len(set(names))
    assert all(said for _name, said in words.to_be_found(profiles()[slug]))


def coordinator_in_florida(world: World) -> StaffRole:
    """Somebody who takes on referrals of the Florida programme."""
    florida = Organization.objects.filter(program__slug="florida-care-coordination").order_by("pk")
    return programs.appoint(
        actor=None, person=world.coordinator, organization=florida[0], role=StaffRole.Role.FACILITATOR
    )


def test_every_criterion_of_a_shipped_profile_is_there_for_the_translators() -> None:
    said = {one.plain for profile in profiles().values() for one in profile.target_population}
    assert said == set(words.CRITERIA)
