"""A plan is made final with the family's word, and with nothing passed over in silence."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.access import Refused
from portal.access import care as care_access
from portal.access import finals as access
from portal.care import actions as care
from portal.care.models import Item, Plan, Version
from portal.notices.models import Notice
from portal.voice import actions, refusals
from portal.voice.models import Decision, GoAhead, PhaseEnd, PlanObjection
from tests.care.conftest import StopTime
from tests.care.plans import added, agreed, goal, opened
from tests.voice.deciding import again, ahead, asked_round, page, says, step, suggested, with_agencies
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def blocks(world: World, plan: Plan) -> list[tuple[str, str]]:
    reader = care_access.reader_of(world.facilitator, plan)
    assert reader is not None
    found = access.blocks_of(reader, Plan.objects.get(pk=plan.pk))
    assert found == access.readiness(reader, plan).blocks
    return [(one.name, one.item.data["text"] if one.item is not None else "") for one in found]


def final(world: World, plan: Plan) -> Version:
    return actions.make_final(actor=world.facilitator, plan=plan)


@pytest.mark.promise("LA-13")
def test_finalising_with_an_unanswered_suggestion_is_blocked_by_its_name(world: World) -> None:
    plan = opened(world)
    item = suggested(world, plan)
    path = f"/plans/{plan.public_id}/"
    answer = signed_in(None, world.facilitator).post(f"{path}final/")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "The plan cannot be made final yet." in shown
    assert "No answer from the family yet:" in shown
    assert "Mornings without a fight" in shown
    assert not Version.objects.filter(step=Version.Step.FINAL).exists()
    says(world.caregiver, item, "later")
    ahead_form = {"without": f"{item.public_id} {again(item).suggestion_mark}"}
    assert blocks(world, plan)[0] == ("later", "Mornings without a fight")
    says(world.caregiver, item, "no")
    assert blocks(world, plan)[0] == ("no", "Mornings without a fight")
    browser = signed_in(None, world.caregiver)
    deciding = browser.get(f"{path}deciding/").content.decode()
    assert "Go ahead without these for now" in deciding
    assert f'<a class="btn lamp" href="{path}#suggested">Answer these first</a>' in deciding
    assert browser.post(f"{path}go-ahead/", ahead_form).status_code == 302
    assert blocks(world, plan) == []
    assert signed_in(None, world.facilitator).post(f"{path}final/").status_code == 302
    assert Version.objects.get(step=Version.Step.FINAL).by == world.facilitator
    assert not again(item).is_active, "going on without it is no yes to it"
    decision = Decision.objects.get(kind="final")
    assert (decision.family_party, list(decision.agreed_by.all())) == (world.caregiver, [world.caregiver])
    assert "Made final on" in page(world.youth, f"{path}deciding/")


def test_go_ahead_is_the_familys_alone_and_holds_for_what_it_names(world: World) -> None:
    plan = opened(world)
    item = suggested(world, plan)
    with pytest.raises(Refused):
        ahead(world, plan, world.facilitator, item)
    with pytest.raises(refusals.OtherWordsNow):
        ahead(world, plan)
    assert not GoAhead.objects.exists()
    ahead(world, plan, world.caregiver, item)
    ahead(world, plan, world.caregiver, item)
    assert GoAhead.objects.count() == 1, "pressed twice"
    care.change_item(
        actor=world.facilitator, item=item, mark=again(item).mark, data=item.data | {"text": "Other words"}
    )
    assert ("unanswered", "Other words") in blocks(world, plan)
    with pytest.raises(refusals.Unsettled):
        final(world, plan)


def test_without_the_familys_word_nothing_is_final_and_a_word_about_an_older_plan_is_none(world: World) -> None:
    plan = opened(world)
    agreed(goal(world, plan))
    assert blocks(world, plan) == [("word", "")]
    ahead(world, plan)
    added(world.facilitator, plan, "crisis", text="Call the office")
    assert blocks(world, plan) == [("word", "")], "staff changed something since"
    ahead(world, plan)
    added(world.youth, plan, "strength", text="I draw", source="youth")
    assert blocks(world, plan) == [], "what the family itself wrote since needs no new word"
    first = final(world, plan)
    assert final(world, plan) == first, "pressed twice, or by two of the staff"
    assert Decision.objects.filter(kind="final").count() == 1
    added(world.facilitator, plan, "crisis", text="Call Aunt Bea")
    with pytest.raises(refusals.Unsettled):
        final(world, plan)
    with pytest.raises(Refused):
        actions.make_final(actor=world.caregiver, plan=plan)


@pytest.mark.promise("FL-13")
def test_a_need_with_one_option_carries_a_reason(world: World) -> None:
    plan = opened(world)
    need = added(world.caregiver, plan, "need", text="Sleep", domain="health")
    above = agreed(goal(world, plan, "Seven nights a week", domain="health"))
    one = agreed(step(world, above, "No screens after nine"))
    ahead(world, plan)
    assert blocks(world, plan) == [("one_option", "Sleep")]
    path = f"/plans/{plan.public_id}/"
    answer = signed_in(None, world.facilitator).post(f"{path}final/")
    assert "Fewer than two ways to meet this need" in answer.content.decode()
    assert "Sleep" in answer.content.decode()
    assert (
        signed_in(None, world.facilitator).post(f"{path}needs/{need.public_id}/why/", {"words": " "}).status_code == 422
    )
    form = {"words": "There is one sleep clinic in the parish"}
    for _twice in range(2):
        assert signed_in(None, world.facilitator).post(f"{path}needs/{need.public_id}/why/", form).status_code == 302
    assert need.one_options.count() == 1
    assert blocks(world, plan) == []
    for person in (world.caregiver, world.youth):
        assert "There is one sleep clinic in the parish" in page(person, f"{path}deciding/"), "the family reads why"
    other = added(world.caregiver, plan, "need", text="Calm", domain="health", measure="x")
    assert blocks(world, plan) == [("one_option", "Calm")]
    second = step(world, above, "A walk after supper")
    says(world.caregiver, second, "no")
    ahead(world, plan, world.caregiver, second)
    assert blocks(world, plan) == [], f"{one} and what they said no to are two ways that were thought of for {other}"


@pytest.mark.promise("FL-12")
def test_no_part_of_the_way_is_over_without_a_word_of_the_family(world: World) -> None:
    plan = opened(world)
    path = f"/plans/{plan.public_id}/phases/"
    staff, parent = signed_in(None, world.facilitator), signed_in(None, world.caregiver)
    assert "How is this part for you?" in page(world.caregiver, path)
    staff.post(f"{path}end/", {"phase": "engagement"})
    assert "The family has not said anything about this part yet." in staff.get(path).content.decode()
    assert not PhaseEnd.objects.exists()
    assert staff.post(path, {"phase": "engagement", "rather_not": "on"}).status_code == 404, "it is the family's word"
    staff.post(f"{path}end/", {"phase": "engagement", "ask": "yes"})
    assert Notice.objects.filter(person=world.youth, about=f"phase:{plan.public_id}").exists()
    assert parent.post(path, {"phase": "engagement"}).status_code == 422
    assert parent.post(path, {"phase": "engagement", "rather_not": "on"}).status_code == 302
    for _twice in range(2):
        staff.post(f"{path}end/", {"phase": "engagement"})
    assert PhaseEnd.objects.get().phase == "engagement"
    with pytest.raises(refusals.NotNext):
        actions.end_phase(actor=world.facilitator, plan=plan, phase="moving_on")
    actions.say_at_phase(actor=world.youth, plan=plan, phase="plan", words="They asked me first")
    actions.end_phase(actor=world.facilitator, plan=plan, phase="plan")
    assert "They asked me first" in page(world.caregiver, path)
    log = page(world.caregiver, f"/plans/{plan.public_id}/decisions/")
    assert "Making the plan" in log
    with pytest.raises(Refused):
        actions.end_phase(actor=world.caregiver, plan=plan, phase="doing")


@pytest.mark.promise("FL-14")
def test_every_decision_says_who_proposed_and_who_agreed_and_has_somebody_of_the_family(world: World) -> None:
    plan = opened(world)
    item = suggested(world, plan)
    says(world.caregiver, item, "yes")
    says(world.youth, item, "yes")
    ahead(world, plan)
    ahead(world, plan, world.youth)
    final(world, plan)
    shown = page(world.caregiver, f"/plans/{plan.public_id}/decisions/")
    for words in (
        f"Proposed by {world.facilitator.display_name}.",
        world.caregiver.display_name,
        world.youth.display_name,
        "The plan was made final",
        "Mornings without a fight",
    ):
        assert words in shown, words
    assert Decision.objects.count() == 3
    assert set(Decision.objects.get(kind="final").agreed_by.all()) == {world.caregiver, world.youth}
    alone = Decision(plan=plan, kind="yes", proposed_by=world.facilitator)
    alone.about = "Something staff decide alone"
    with pytest.raises(IntegrityError), transaction.atomic():
        alone.save()


def test_an_objection_after_it_was_agreed_undoes_nothing_and_is_not_lost(world: World) -> None:
    plan = opened(world)
    item = says(world.caregiver, suggested(world, plan), "yes")
    path = f"/plans/{plan.public_id}/"
    with pytest.raises(refusals.NothingFinal):
        actions.object_to_plan(actor=world.youth, plan=plan, words="Not on Mondays")
    ahead(world, plan)
    final(world, plan)
    browser = signed_in(None, world.youth)
    for _twice in range(2):
        assert browser.post(f"{path}objections/new/", {"words": "Not on Mondays"}).status_code == 302
    objection = PlanObjection.objects.get()
    assert again(item).is_active, "the plan stays as it is"
    assert Notice.objects.filter(person=world.facilitator, kind=Notice.Kind.ANSWER_OWED).exists()
    assert "Not on Mondays" in page(world.facilitator, f"{path}deciding/")
    assert "Not on Mondays" not in page(world.caregiver, f"{path}deciding/"), (
        "what he says to staff is told to no other"
    )
    added(world.facilitator, plan, "crisis", text="Call Aunt Bea")
    ahead(world, plan)
    assert blocks(world, plan) == [("objection", "")]
    with pytest.raises(refusals.Unsettled):
        final(world, plan)
    form = {"words": "The team moves it to Tuesdays"}
    answer = signed_in(None, world.facilitator).post(f"{path}objections/{objection.public_id}/", form)
    assert answer.status_code == 302
    assert "The team moves it to Tuesdays" in page(world.youth, f"{path}deciding/")
    assert final(world, plan).step == Version.Step.FINAL


def test_a_no_after_it_was_made_final_is_a_question_for_the_next_version(world: World) -> None:
    plan = opened(world)
    item = says(world.caregiver, suggested(world, plan), "yes")
    ahead(world, plan)
    final(world, plan)
    item = says(world.youth, item, "no", "I never wanted that")
    assert item.standing == Item.Standing.AGREED, "never undone in silence"
    objection = PlanObjection.objects.get()
    assert (objection.by, objection.text, objection.answered_at) == (world.youth, "I never wanted that", None)


def test_what_rests_on_his_own_word_waits_for_him_and_his_mother_learns_nothing(world: World) -> None:
    plan = opened(world)
    item = added(
        world.facilitator, plan, "goal", text="Talks alone", whose="youth", domain="feelings", access_basis="minor"
    )
    ahead(world, plan)
    assert blocks(world, plan) == [("unanswered", "Talks alone")]
    assert "Talks alone" not in page(world.caregiver, f"/plans/{plan.public_id}/deciding/")
    ahead(world, plan, world.youth, item)
    assert blocks(world, plan) == []


def test_every_page_of_deciding_asks_few_questions(world: World, stop_time: StopTime) -> None:
    plan = opened(world)
    for number in range(12):
        item = suggested(world, plan, f"Goal {number}")
        says(world.caregiver, item, ("yes", "no", "later")[number % 3])
        step(world, item)
        added(world.caregiver, plan, "need", text=f"Need {number}", domain="fun")
        actions.ask_of_all(actor=world.caregiver, plan=plan, kind="do_not", words=f"Not {number}")
        actions.say_at_phase(actor=world.caregiver, plan=plan, phase="plan", words=f"Word {number}")
    open_ones = [one for one in Item.objects.filter(plan=plan) if not one.is_active]
    ahead(world, plan, world.caregiver, *open_ones)
    ahead(world, plan, world.youth, *open_ones)
    actions.rank(actor=world.caregiver, plan=plan, order=[])
    with_agencies(world, plan, "Gulf Breeze", "School", "Court")
    one = asked_round(world, plan)
    actions.take_position(actor=world.caregiver, one=one, wording=1, says="object", words="Not on Mondays")
    actions.take_position(actor=world.youth, one=one, wording=1, says="agree", told_to=world.liaison)
    path = f"/plans/{plan.public_id}/"
    pages = [
        path,
        *(f"{path}{rest}/" for rest in ("final", "deciding", "decisions", "order", "preferences", "phases", "rounds")),
    ]
    pages.append(f"/rounds/{one.public_id}/")
    heavy = []
    for who in (world.facilitator, world.liaison, world.caregiver, world.youth):
        stop_time(timezone.now().replace(second=0))
        browser = signed_in(None, who)
        for where in pages:
            browser.get(where)
            with CaptureQueriesContext(connection) as asked:
                answer = browser.get(where, headers={"accept-encoding": "gzip"})
            if len(asked) > 12 or len(answer.content) > 30 * 1024:
                questions = [query["sql"][:110] for query in asked.captured_queries]
                heavy.append(f"{who} {where}: {len(asked)}, {len(answer.content)}\n" + "\n".join(questions))
    assert not heavy, "\n\n".join(heavy)
