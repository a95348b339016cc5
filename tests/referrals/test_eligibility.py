"""Who a programme is for: a plain self-check that never says no, and what staff found, which can be questioned."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.notices.models import Notice
from portal.programs.registry import profiles
from portal.referrals import actions, words
from portal.referrals.eligibility import Outcome, check
from portal.referrals.models import Question
from tests.referrals.stage import of_school, question, sent, text_of
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
    assert f'href="/refer/?program={LOUISIANA}"' in text_of(answer)


@pytest.mark.promise("LA-08")
def test_whatever_is_answered_it_is_never_a_no(world: World) -> None:
    for answer in ("yes", "no", "unsure"):
        form = {one.id: answer for one in profiles()[LOUISIANA].target_population} | {"program": LOUISIANA}
        page = text_of(Client().post("/refer/fit/", form))
        assert "Ask anyway" in page
        assert "denied" not in page
        assert "not eligible" not in page


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
    assert f'href="/refer/?program={MISSOURI}"' in page


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


def test_a_finding_needs_its_reason(world: World) -> None:
    referral, _code = of_school(world)
    staff = signed_in(None, world.liaison)
    for reason in ("", "  \x00 "):
        form = {"criterion": "age", "result": "not_yet", "reason": reason}
        assert staff.post(f"/referrals/{referral.public_id}/finding/", form).status_code == 422
    assert not referral.findings.exists()


@pytest.mark.promise("FL-03")
def test_source_and_priority_reason_are_shown_and_the_family_can_dispute_the_reason(world: World) -> None:
    referral, code = of_school(world)
    actions.record_finding(
        actor=world.liaison,
        referral=referral,
        criterion="priority",
        result="unsure",
        reason="Nia was sent home four times this month.",
    )
    from tests.referrals.stage import come_back

    phone = come_back(code)
    page = text_of(phone.get("/refer/where/"))
    assert "A school" in page
    assert "Cypress Middle School" in page
    assert "Nia was sent home four times this month." in page
    assert "?about=priority#ask" in page
    Notice.objects.all().delete()
    phone.post("/refer/ask/", question("It was twice.", about="priority"))
    assert Notice.objects.filter(person=world.liaison, kind="referral").exists()
    asked = Question.objects.get()
    actions.answer_question(actor=world.liaison, question=asked, words="You are right: twice. We changed it.")
    assert "You are right: twice." in text_of(phone.get("/refer/where/"))


def test_every_criterion_of_a_shipped_profile_is_there_for_the_translators() -> None:
    said = {one.plain for profile in profiles().values() for one in profile.target_population}
    assert said == set(words.CRITERIA)
