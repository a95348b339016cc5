"""What staff write into a plan as a goal or a step is a suggestion until the family has answered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.access import Refused
from portal.access import care as access
from portal.care import actions as care
from portal.care import refusals as care_refusals
from portal.care.models import Change, Item
from portal.families.models import LegalAuthority
from portal.notices.models import Notice
from portal.voice import actions, refusals
from portal.voice.models import Decision, ProposalAnswer
from tests.care.plans import added, agreed, opened
from tests.voice.deciding import again, page, says, second_caregiver_may, step, suggested
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

Standing = Item.Standing


@pytest.mark.promise("FL-15")
def test_a_goal_of_staff_is_not_active_until_the_family_says_yes(world: World) -> None:
    plan = opened(world)
    own = added(world.caregiver, plan, "goal", text="One evening to myself", whose="caregiver", domain="social")
    item = suggested(world, plan)
    path = f"/plans/{plan.public_id}/"
    assert (again(own).is_active, again(item).is_active) == (True, False)
    for where in ("", "print/"):
        shown = page(world.caregiver, path + where)
        goals, _heading, rest = shown.partition('id="suggested"')
        goals = goals.partition('id="goals"')[2]
        assert "One evening to myself" in goals, where
        assert "Mornings without a fight" not in goals, where
        assert "Mornings without a fight" in rest, where
    assert "Waits for the family’s yes." in page(world.facilitator, path)
    assert "No answer yet." in page(world.facilitator, f"{path}suggestions/{item.public_id}/")
    waiting = Notice.objects.filter(kind=Notice.Kind.PROPOSAL, read_at=None)
    assert {one.person for one in waiting} == {world.caregiver, world.youth}
    answer = signed_in(None, world.caregiver).post(
        f"{path}suggestions/{item.public_id}/", {"says": "yes", "mark": again(item).suggestion_mark}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}#suggested")
    assert again(item).standing == Standing.AGREED
    goals = page(world.caregiver, path).partition('id="goals"')[2].partition('id="suggested"')[0]
    assert "Mornings without a fight" in goals
    assert not waiting.filter(person=world.caregiver).exists()


def test_a_step_of_staff_is_a_suggestion_too_and_what_was_there_before_is_agreed(world: World) -> None:
    before = agreed(suggested(world))
    one = step(world, before)
    assert not again(one).is_active
    Item.objects.filter(pk=before.pk).update(standing="", suggested_in=0)  # as a plan of last year has it
    assert again(before).is_active
    shown = page(world.youth, f"/plans/{before.plan.public_id}/")
    assert "He picks the song" in shown.partition('id="suggested"')[2]
    assert "Mornings without a fight" in shown.partition('id="goals"')[2].partition('id="suggested"')[0]


def test_the_four_answers_stand_on_the_plan_with_one_tap_each_for_who_decides(world: World) -> None:
    item = suggested(world)
    path = f"/plans/{item.plan.public_id}/"
    for who in (world.caregiver, world.youth):
        shown = page(who, path)
        for value in ("yes", "no", "later"):
            assert f'name="says" value="{value}"' in shown
        assert "Change it" in shown
    assert 'name="says"' not in page(world.facilitator, path)
    words = page(world.caregiver, f"{path}suggestions/{item.public_id}/")
    assert words.count('name="says"') == 4


def test_a_change_puts_the_familys_own_words_into_the_plan(world: World) -> None:
    item = says(world.youth, suggested(world), "change", "I choose the music in the morning")
    assert (item.data["text"], item.standing) == ("I choose the music in the morning", Standing.AGREED)
    change = Change.objects.filter(item=item).latest("pk")
    assert change.version.by == world.youth
    assert (change.before or {})["text"] == "Mornings without a fight", "what staff wrote stays to be seen"
    decision = Decision.objects.get()
    assert (decision.kind, decision.proposed_by, decision.family_party) == ("change", world.facilitator, world.youth)


def test_time_is_given_until_a_day_and_a_day_that_has_passed_is_asked_again(world: World) -> None:
    item, today = suggested(world), world.program.today()
    says(world.caregiver, item, "later")
    answer = ProposalAnswer.objects.get()
    assert answer.until_on == today + dt.timedelta(days=14)
    assert again(item).standing == Standing.SUGGESTED
    path = f"/plans/{item.plan.public_id}/suggestions/{item.public_id}/"
    form = {"says": "later", "words": "All I typed", "until_on": str(today), "mark": again(item).suggestion_mark}
    back = signed_in(None, world.caregiver).post(path, form)
    assert back.status_code == 422
    assert "All I typed" in back.content.decode()
    form["until_on"] = str(today + dt.timedelta(days=3))
    assert signed_in(None, world.caregiver).post(path, form).status_code == 302
    assert "needs time" in page(world.facilitator, path)


def test_a_change_without_words_is_asked_for_them(world: World) -> None:
    item = suggested(world)
    path = f"/plans/{item.plan.public_id}/suggestions/{item.public_id}/"
    mark = again(item).suggestion_mark
    back = signed_in(None, world.caregiver).post(path, {"says": "change", "mark": mark})
    assert back.status_code == 422
    assert "Please write it in your own words." in back.content.decode()
    back = signed_in(None, world.caregiver).post(path, {"says": "change", "words": "x" * 300, "mark": mark})
    assert back.status_code == 422
    assert "too long" in back.content.decode()


def test_what_mother_and_son_say_is_kept_apart_and_a_difference_goes_to_the_team(world: World) -> None:
    item = says(world.caregiver, suggested(world), "yes")
    assert item.standing == Standing.AGREED
    item = says(world.youth, item, "no", "I get up alone")
    assert item.standing == Standing.SUGGESTED
    assert {(one.by, one.says) for one in ProposalAnswer.objects.all()} == {
        (world.caregiver, "yes"),
        (world.youth, "no"),
    }
    shown = page(world.caregiver, f"/plans/{item.plan.public_id}/")
    assert "You see this in different ways. That is all right" in shown
    assert "I get up alone" in shown
    owed = Notice.objects.filter(kind=Notice.Kind.ANSWER_OWED)
    assert world.facilitator in {one.person for one in owed}
    assert world.caregiver not in {one.person for one in owed}
    assert says(world.youth, item, "yes").standing == Standing.AGREED, "the newest word counts"


def test_a_no_stays_when_somebody_else_says_it_in_other_words(world: World) -> None:
    item = says(world.youth, suggested(world), "no")
    assert item.standing == Standing.DECLINED
    item = says(world.caregiver, item, "change", "Calm mornings")
    assert (item.data["text"], item.standing) == ("Calm mornings", Standing.SUGGESTED), "his no still stands"
    assert says(world.youth, item, "yes").standing == Standing.AGREED


def test_a_yes_to_the_old_words_is_none_to_the_new_ones(world: World) -> None:
    item = says(world.youth, suggested(world), "yes")
    item = says(world.caregiver, item, "change", "Calm mornings")
    assert item.standing == Standing.AGREED
    shown = page(world.youth, f"/plans/{item.plan.public_id}/").partition('id="suggested"')[2]
    assert f"{world.caregiver.display_name}</bdi>: yes, in our own words" in shown
    assert f"{world.youth.display_name}</bdi>: yes" not in shown


def test_amended_by_staff_it_is_a_new_suggestion_that_nobody_has_answered(world: World) -> None:
    item = says(world.caregiver, suggested(world), "no", "Not like this")
    old = item.suggestion_mark
    care.change_item(
        actor=world.facilitator, item=item, mark=item.mark, data=item.data | {"text": "Two calm mornings a week"}
    )
    item = again(item)
    assert item.standing == Standing.SUGGESTED
    shown = page(world.caregiver, f"/plans/{item.plan.public_id}/").partition('id="suggested"')[2]
    assert "Two calm mornings a week" in shown
    assert "Not like this" not in shown, "that was about other words"
    with pytest.raises(refusals.OtherWordsNow):
        actions.answer_suggestion(actor=world.caregiver, item=item, mark=old, says="yes")
    assert not again(item).is_active, "an old page agrees to nothing"
    assert says(world.caregiver, item, "yes").is_active


def test_other_words_of_staff_for_what_is_agreed_wait_beside_it(world: World) -> None:
    plan = opened(world)
    item = added(world.caregiver, plan, "goal", text="One evening to myself", whose="caregiver", domain="social")
    said = item.data | {"text": "Respite once a week", "by_on": world.program.today()}
    care.change_item(actor=world.facilitator, item=item, mark=item.mark, data=said)
    item = again(item)
    assert (item.data["text"], item.is_active) == ("One evening to myself", True)
    assert item.data["by_on"] == str(world.program.today()), "only the words wait"
    shown = page(world.caregiver, f"/plans/{plan.public_id}/")
    assert "One evening to myself" in shown.partition('id="goals"')[2].partition('id="suggested"')[0]
    assert "Respite once a week" in shown.partition('id="suggested"')[2]
    number = plan.versions.count()
    care.change_item(actor=world.facilitator, item=item, mark=item.mark, data=said)
    assert plan.versions.count() == number, "pressed twice"
    item = says(world.caregiver, item, "no")
    assert (item.data["text"], item.is_active, item.sealed_offer) == ("One evening to myself", True, None)
    care.change_item(
        actor=world.facilitator, item=item, mark=item.mark, data=item.data | {"text": "Two evenings a week"}
    )
    item = says(world.caregiver, item, "yes")
    assert (item.data["text"], item.is_active) == ("Two evenings a week", True)
    care.change_item(actor=world.facilitator, item=item, mark=item.mark, data=item.data | {"text": "Three evenings"})
    item = says(world.caregiver, item, "change", "Two and a half")
    assert (item.data["text"], item.is_active, item.offer) == ("Two and a half", True, None)


def test_who_does_not_decide_says_what_they_think_and_decides_nothing(world: World) -> None:
    second_caregiver_may(world, LegalAuthority.Scope.INFORMATION)
    item = suggested(world)
    father, path = world.second_caregiver, f"/plans/{item.plan.public_id}/suggestions/{item.public_id}/"
    assert "Say what I think" in page(father, f"/plans/{item.plan.public_id}/")
    with pytest.raises(Refused):
        says(father, item, "yes")
    assert signed_in(None, father).post(path, {"says": "yes", "mark": "x"}).status_code == 422
    form = {"says": "thinks", "words": "He needs sleep first", "mark": item.suggestion_mark}
    assert signed_in(None, father).post(path, form).status_code == 302
    assert again(item).standing == Standing.SUGGESTED
    assert "He needs sleep first" in page(world.caregiver, f"/plans/{item.plan.public_id}/")
    assert not Decision.objects.exists()
    with pytest.raises(Refused):
        says(world.facilitator, item, "yes")


def test_what_rests_on_his_own_word_is_his_to_answer_and_no_parent_learns_of_it(world: World) -> None:
    plan = opened(world)
    item = added(
        world.facilitator, plan, "goal", text="Talks alone", whose="youth", domain="feelings", access_basis="minor"
    )
    with pytest.raises(Refused):
        says(world.caregiver, item, "yes")
    assert not Notice.objects.filter(person=world.caregiver, kind=Notice.Kind.PROPOSAL).exists()
    before = Notice.objects.filter(person=world.caregiver).count()
    assert says(world.youth, item, "yes").is_active
    assert Notice.objects.filter(person=world.caregiver).count() == before
    assert "Talks alone" not in page(world.caregiver, f"/plans/{plan.public_id}/decisions/")
    assert "Talks alone" in page(world.youth, f"/plans/{plan.public_id}/decisions/")


def test_who_is_kept_away_from_the_household_decides_nothing(world: World) -> None:
    plan = opened(world)
    second_caregiver_may(world, LegalAuthority.Scope.FULL)
    item = added(world.facilitator, plan, "goal", text="A doctor he likes", whose="youth", domain="health")
    world.keep_apart()
    says(world.caregiver, item, "later", "I ask my sister first")
    with pytest.raises(Refused):
        says(world.second_caregiver, item, "yes")
    shown = page(world.second_caregiver, f"/plans/{plan.public_id}/")
    assert "A doctor he likes" in shown
    assert "I ask my sister first" not in shown
    for where in ("deciding/", "decisions/", "order/", "preferences/", "phases/", "rounds/"):
        page(world.second_caregiver, f"/plans/{plan.public_id}/{where}", 404)


def test_the_same_answer_in_two_tabs_is_one_and_a_closed_plan_takes_none(world: World) -> None:
    item = suggested(world)
    path = f"/plans/{item.plan.public_id}/suggestions/{item.public_id}/"
    browser, form = signed_in(None, world.caregiver), {"says": "change", "words": "Ours", "mark": item.suggestion_mark}
    assert [browser.post(path, form).status_code for _twice in range(2)] == [302, 302]
    assert ProposalAnswer.objects.count() == Decision.objects.count() == 1
    care.close_plan(actor=world.facilitator, plan=item.plan, reason="wish")
    with pytest.raises(care_refusals.PlanClosed):
        says(world.youth, item, "no")
    assert signed_in(None, world.youth).post(path, {"says": "no", "mark": "x"}).status_code == 422


def test_the_family_does_not_change_a_suggestion_in_place_but_answers_it(world: World) -> None:
    item = suggested(world)
    with pytest.raises(Refused):
        care.change_item(actor=world.caregiver, item=item, mark=item.mark, data=item.data | {"text": "Ours"})
    path = f"/plans/{item.plan.public_id}/"
    answer = signed_in(None, world.caregiver).get(f"{path}items/{item.public_id}/")
    assert answer.headers["Location"] == f"{path}suggestions/{item.public_id}/"
    own = added(world.caregiver, item.plan, "goal", text="Mine", whose="caregiver", domain="home")
    page(world.caregiver, f"{path}suggestions/{own.public_id}/", 404)


def test_a_suggestion_is_shown_to_no_natural_support_and_leaves_as_proposed(world: World) -> None:
    item = suggested(world)
    care.tick(actor=world.caregiver, item=item, member=world.natural_support_member)
    assert "Mornings without a fight" not in page(world.natural_support, f"/plans/{item.plan.public_id}/")
    says(world.caregiver, item, "yes")
    assert "Mornings without a fight" in page(world.natural_support, f"/plans/{item.plan.public_id}/")


def test_who_lost_the_say_since_holds_nothing_up(world: World) -> None:
    item = says(world.caregiver, suggested(world), "no")
    LegalAuthority.objects.filter(pk=world.caregiver_authority.pk).update(
        ends_on=world.program.today() - dt.timedelta(days=1)
    )
    assert says(world.youth, item, "yes").is_active
    reader = access.reader_of(world.youth, item.plan)
    assert reader is not None
    assert timezone.now() > ProposalAnswer.objects.earliest("pk").at
