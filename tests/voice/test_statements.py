"""What a family says: kept to the letter, answered by a day, theirs to open, to take back and to judge. Nobody else touches it."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messaging.models import Conversation, Message
from peer_support.models import Pairing
from portal.access import Refused, owed_answers
from portal.access import statements as access
from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.clocks import firing
from portal.clocks.models import Clock
from portal.families import actions as families
from portal.families.models import LegalAuthority
from portal.notices.models import Notice
from portal.programs import actions as programs
from portal.programs.models import StaffRole
from portal.safety import screening
from portal.safety.models import Concern
from portal.voice.actions import statements as actions
from portal.voice.models import Statement, StatementStep
from portal.voice.statement_refusals import VoiceRefusal
from tests.care.plans import goal, opened
from tests.messaging.filling import fill
from tests.voice.chosen import chosen
from tests.voice.stage import WORDS, answered, clocks_of, in_days, leave, now, said, to_mentor
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CRISIS = "I want to kill myself tonight"


def page_of(person: Person, path: str) -> str:
    answer = signed_in(None, person).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def form(**told: object) -> dict[str, object]:
    return {"key": uuid4(), "words": WORDS, "about": "service", "audience": "team", "language": "en"} | told


# -- said --------------------------------------------------------------------------------------------------------------------


def test_a_caregiver_says_something_and_it_stands_there_to_the_letter_with_a_day(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    page = browser.get("/say/new/").content.decode()
    assert "Abel Nwosu, Simone Picourt" in page  # who reads it, by name, before it is sent
    assert "the law makes those who read it report that" in page
    answer = browser.post("/say/new/", form())
    statement = Statement.objects.get()
    assert answer.headers["Location"] == f"/say/{statement.public_id}/"
    assert statement.words == WORDS
    assert statement.state == "heard"
    (clock,) = clocks_of(statement)
    assert (clock.rule_id, clock.responsible, clock.matter_of) == (
        "PROMISE-VOICE",
        world.facilitator_role,
        world.caregiver,
    )
    assert statement.due_at == clock.due_at
    shown = browser.get(answer.headers["Location"]).content.decode()
    assert "Nobody asked Theo before they changed his therapist." in shown
    assert "Said today" in shown
    assert "Abel owes an answer by" in shown


def test_the_same_form_sent_twice_is_one_statement(world: World) -> None:
    browser, told = signed_in(None, world.caregiver), form()
    assert {browser.post("/say/new/", told).status_code for _time in range(2)} == {302}
    assert Statement.objects.count() == 1


def test_an_empty_box_is_said_plainly_and_nothing_chosen_is_lost(world: World) -> None:
    answer = signed_in(None, world.caregiver).post(
        "/say/new/", form(words="  ", about="meeting", audience="facilitator")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The box is still empty. One line is enough." in page
    assert re.search(r'value="meeting"[^>]*checked', page)
    assert re.search(r'value="facilitator"[^>]*checked', page)


def test_what_is_too_long_stays_in_the_box(world: World) -> None:
    long = "word " * 5_000
    answer = signed_in(None, world.caregiver).post("/say/new/", form(words=long))
    assert answer.status_code == 422
    assert "This is longer than what fits in one." in answer.content.decode()
    assert long.strip()[:2_000] in answer.content.decode()


def test_a_natural_support_and_staff_have_no_say_here(world: World) -> None:
    for person in (world.natural_support, world.peer, world.facilitator, world.lead):
        assert signed_in(None, person).get("/say/").status_code == 404
        assert signed_in(None, person).post("/say/new/", form()).status_code == 404
    assert not Statement.objects.exists()


def test_nobody_says_something_under_another_persons_name(world: World) -> None:
    with pytest.raises(Refused):
        actions.say(
            actor=world.second_caregiver,
            member=world.caregiver_member,
            said=actions.Say(key=uuid4(), audience="team", language="en", words="x"),
        )


def test_ten_things_said_in_a_minute_are_all_kept_and_one_notice(world: World) -> None:
    Notice.objects.all().delete()
    browser = signed_in(None, world.caregiver)
    for number in range(10):
        assert browser.post("/say/new/", form(words=f"Number {number}: nobody calls back!")).status_code == 302
    assert Statement.objects.count() == 10
    told = Notice.objects.filter(person=world.facilitator)
    assert [(one.kind, one.path) for one in told] == [("answer_owed", "/answers/")]
    assert not Notice.objects.filter(person=world.caregiver).exists()
    page = page_of(world.facilitator, "/answers/")
    assert "Odette Marchand said 10 things one after the other" in page
    assert page.count("Number ") == 10
    assert not Notice.objects.filter(person=world.facilitator, read_at=None).exists()
    assert "10 things you said one after the other" in page_of(world.caregiver, "/say/")


def test_a_facilitator_who_is_not_there_any_more_is_not_told_and_the_words_stay(world: World) -> None:
    leave(world.facilitator_role)
    answer = signed_in(None, world.caregiver).post("/say/new/", form(audience="facilitator"))
    assert answer.status_code == 422
    assert "Nobody asked Theo" in answer.content.decode()
    assert not Statement.objects.exists()


# -- words of danger ---------------------------------------------------------------------------------------------------------


def test_words_of_danger_bring_help_at_once_and_a_worry_and_are_never_held_back(world: World) -> None:
    browser = signed_in(None, world.youth)
    answer = browser.post("/say/new/", form(words=CRISIS))
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Help right now" in page
    assert 'href="tel:988"' in page
    assert Statement.objects.get().words == CRISIS
    concern = Concern.objects.get()
    assert (concern.person, concern.source, concern.severity) == (world.youth, "written", "crisis")
    assert CRISIS not in str(concern.kinds)


def test_the_help_is_there_before_anything_is_sent_when_something_else_is_missing(world: World) -> None:
    answer = signed_in(None, world.youth).post("/say/new/", form(words=CRISIS, audience=""))
    assert answer.status_code == 422
    assert "Help right now" in answer.content.decode()


def test_where_the_screener_fails_it_is_kept_and_looked_at_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_text: str, _language: str) -> screening.Finding:
        raise RuntimeError(CRISIS)

    with monkeypatch.context() as broken:
        broken.setattr(screening, "screen", fail)
        statement = said(world, world.youth_member, CRISIS, youth=world.youth_member)
    assert now(statement).screened_at is None
    assert not Concern.objects.exists()
    assert actions.keep_statements() == 1
    assert Concern.objects.get().severity == "crisis"
    assert now(statement).is_hard
    assert actions.keep_statements() == 0


# -- who reads it ------------------------------------------------------------------------------------------------------------


EVERYBODY = (
    *("caregiver", "second_caregiver", "youth", "natural_support", "peer", "second_peer", "mentor"),
    *("liaison", "facilitator", "coordinator", "lead", "supervisor", "stranger_caregiver", "stranger_liaison"),
    "faraway_liaison",
)


def readers(world: World, statement: Statement) -> set[str]:
    return {
        name
        for name in EVERYBODY
        if signed_in(None, getattr(world, name)).get(f"/say/{statement.public_id}/").status_code == 200
    }


def test_each_audience_is_read_by_those_and_nobody_else(world: World) -> None:
    mine = world.caregiver_member
    assert readers(world, said(world, mine, audience="facilitator")) == {"caregiver", "facilitator"}
    assert readers(world, said(world, mine, audience="team")) == {"caregiver", "facilitator", "liaison"}
    # The father decides about school alone: what is said to those who may be told is not for him.
    assert readers(world, said(world, mine, audience="family")) == {"caregiver", "facilitator", "liaison", "youth"}
    theirs = said(world, world.youth_member, audience="family")
    assert readers(world, theirs) == {"youth", "caregiver", "facilitator", "liaison"}
    assert readers(world, said(world, world.youth_member)) == {"youth", "facilitator", "liaison"}


def test_what_a_young_person_says_to_the_mentor_alone_is_nobody_elses(world: World) -> None:
    statement, pairing = to_mentor(world)
    assert readers(world, statement) == {"youth", "mentor"}
    assert "Sundays at home" in page_of(world.mentor, "/answers/")
    for person in (world.caregiver, world.second_caregiver):
        assert "thing that was said" not in page_of(person, "/say/")
    assert "0 answers are owed" in page_of(world.facilitator, "/answers/")
    assert "Wherever a family waits for an answer" in page_of(world.lead, "/answers/")
    Pairing.objects.filter(pk=pairing.pk).update(state="ended", ended_at=timezone.now())
    assert readers(world, statement) == {"youth"}


def test_when_the_mentor_leaves_the_young_person_is_told_once_and_nobody_is_given_it(world: World) -> None:
    statement, pairing = to_mentor(world)
    Pairing.objects.filter(pk=pairing.pk).update(state="ended", ended_at=timezone.now())
    Notice.objects.all().delete()
    assert actions.keep_statements() == 1
    assert [(one.person, one.kind) for one in Notice.objects.all()] == [(world.youth, "voice")]
    assert "Nobody else was given it" in page_of(world.youth, f"/say/{statement.public_id}/")
    assert actions.keep_statements() == 0
    browser = signed_in(None, world.youth)
    assert browser.post(f"/say/{statement.public_id}/open/", {"audience": "facilitator"}).status_code == 302
    assert readers(world, statement) == {"youth", "facilitator"}
    assert clocks_of(statement)[0].responsible == world.facilitator_role


def test_it_opens_to_more_people_and_never_to_fewer(world: World) -> None:
    statement = said(world, audience="team")
    page = page_of(world.caregiver, f"/say/{statement.public_id}/open/")
    assert 'value="family"' in page
    assert 'value="facilitator"' not in page
    browser = signed_in(None, world.caregiver)
    assert browser.post(f"/say/{statement.public_id}/open/", {"audience": "facilitator"}).status_code == 422
    with pytest.raises(Refused):
        actions.widen(actor=world.caregiver, statement=statement, audience="one")
    with pytest.raises(Refused):
        actions.widen(actor=world.facilitator, statement=statement, audience="family")
    assert now(statement).audience == "team"


def test_who_is_kept_away_reads_nothing_that_is_said_to_the_family(world: World) -> None:
    families.record_authority(
        actor=world.liaison,
        adult=world.second_caregiver_member,
        youth=world.youth_member,
        scope=LegalAuthority.Scope.FULL,
        evidence="Court order seen",
        starts_on=in_days(world, -3),
    )
    statement = said(world, audience="family")
    assert "second_caregiver" in readers(world, statement)
    world.keep_apart()
    assert "second_caregiver" not in readers(world, statement)


def test_two_caregivers_who_disagree_each_stand_under_their_own_name_and_read_whose_yes_decides(world: World) -> None:
    hers = said(world, words="He should see the new doctor.")
    his = said(world, world.second_caregiver_member, "He should not see the new doctor.")
    page = page_of(world.second_caregiver, f"/say/{his.public_id}/")
    assert "About this young person, the yes of Odette Marchand decides" in page
    assert "He should see" not in page
    assert "decides, by the papers" not in page_of(world.caregiver, f"/say/{hers.public_id}/")
    desk = page_of(world.facilitator, "/answers/")
    assert "He should see the new doctor." in desk
    assert "He should not see the new doctor." in desk
    assert "the yes of Odette Marchand decides" in page_of(world.facilitator, f"/answers/{his.public_id}/")
    assert now(answered(world, his, "We heard you. His mother decides here.")).state == "answered"
    assert "another person’s yes decides" in page_of(world.second_caregiver, "/say/new/")


def test_whose_yes_decides_is_not_named_to_who_is_kept_away(world: World) -> None:
    world.keep_apart()
    his = said(world, world.second_caregiver_member, "No.")
    page = page_of(world.second_caregiver, f"/say/{his.public_id}/")
    assert "somebody else’s yes decides" in page
    assert "Odette" not in page


# -- answered ----------------------------------------------------------------------------------------------------------------


def test_every_state_is_reached_with_what_it_needs_and_the_family_reads_it(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan, "He knows before anything changes")
    browser = signed_in(None, world.facilitator)
    day = in_days(world, 20)
    answers = [
        ({"outcome": "in_plan", "item": item.public_id, "words": "It is a goal now."}, "in_plan", "See it in the plan"),
        ({"outcome": "answered", "words": "You are right."}, "answered", "You are right."),
        ({"outcome": "not_now", "words": "No worker yet.", "back_on": day}, "not_now", "We look at it again on"),
        ({"outcome": "declined", "words": "The law does not allow it."}, "declined", "The law does not allow it."),
    ]
    for told, state, shown in answers:
        statement = said(world)
        assert browser.post(f"/answers/{statement.public_id}/", told).status_code == 302
        assert now(statement).state == state
        assert shown in page_of(world.caregiver, f"/say/{statement.public_id}/")
        assert clocks_of(statement)[0].state == "met"
        assert Notice.objects.filter(person=world.caregiver, kind="voice", about=statement.told_as).count() == 1


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"outcome": "declined", "words": " "}, "Please write why, in plain words."),
        ({"outcome": "not_now", "words": "No worker yet."}, "Please choose a day after today."),
        (
            {"outcome": "not_now", "words": "No worker yet.", "back_on": "2020-01-01"},
            "Please choose a day after today.",
        ),
        ({"outcome": "not_now", "words": "No worker yet.", "back_on": "2199-01-01"}, "more than a year away"),
        ({"outcome": "not_now", "back_on": "2199-01-01"}, "Please write why"),
        ({"outcome": "answered"}, "Please write the answer."),
        ({"outcome": ""}, "Please choose one of these."),
    ],
)
def test_what_an_answer_lacks_is_said_and_what_was_typed_stays(
    world: World, told: dict[str, str], sentence: str
) -> None:
    statement = said(world)
    answer = signed_in(None, world.facilitator).post(f"/answers/{statement.public_id}/", told)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert str(answer.context["form"]["words"].value() or "") == told.get("words", "")
    assert now(statement).state == "heard"


def test_in_the_plan_names_a_thing_the_answerer_reads_there(world: World) -> None:
    statement = said(world)
    item = goal(world, opened(world))
    with pytest.raises(VoiceRefusal):
        actions.put_in_plan(actor=world.facilitator, statement=statement, answer=actions.Answer())
    page = page_of(world.facilitator, f"/answers/{statement.public_id}/")
    assert str(item.public_id) in page
    answer = signed_in(None, world.facilitator).post(
        f"/answers/{statement.public_id}/", {"outcome": "in_plan", "item": ""}
    )
    assert "Please choose where in the plan it is." in answer.content.decode()


def test_who_may_not_read_it_may_not_answer_it(world: World) -> None:
    statement = said(world, audience="facilitator")
    for person in (world.liaison, world.peer, world.lead, world.caregiver, world.stranger_liaison):
        assert signed_in(None, person).post(f"/answers/{statement.public_id}/", {}).status_code == 404
        with pytest.raises(Refused):
            actions.decline(actor=person, statement=statement, answer=actions.Answer("No."))


def test_two_who_answer_at_once_are_told_and_the_first_answer_stands(world: World) -> None:
    statement = said(world)
    answered(world, statement, "The first.")
    answer = signed_in(None, world.liaison).post(
        f"/answers/{statement.public_id}/", {"outcome": "declined", "words": "The second."}
    )
    assert answer.status_code == 422
    assert "Somebody answered this" in answer.content.decode()
    assert "The second." in answer.content.decode()
    assert now(statement).state == "answered"


def test_the_family_says_whether_it_was_an_answer_and_a_no_starts_the_clock_again(world: World) -> None:
    statement = answered(world, said(world))
    browser = signed_in(None, world.caregiver)
    assert "Was this an answer?" in browser.get(f"/say/{statement.public_id}/").content.decode()
    browser.post(f"/say/{statement.public_id}/answer/", {"was_one": "yes"})
    assert now(statement).is_answer is True
    for _time in range(2):
        browser.post(f"/say/{statement.public_id}/answer/", {"was_one": "no"})
    assert (now(statement).state, now(statement).is_answer) == ("heard", False)
    first, second = clocks_of(statement)
    assert (first.state, second.state) == ("met", "open")
    assert now(statement).due_at == second.due_at
    answered(world, statement, "Now really.")
    assert [clock.state for clock in clocks_of(statement)] == ["met", "met"]
    kinds = list(statement.steps.values_list("kind", flat=True))
    assert kinds == ["said", "answered", "was_answer", "was_none", "answered"]


def test_nobody_else_says_that_it_was_an_answer(world: World) -> None:
    statement = answered(world, said(world))
    for person in (world.facilitator, world.second_caregiver, world.youth):
        with pytest.raises(Refused):
            actions.judge_answer(actor=person, statement=statement, was_one=True)


def test_a_not_now_comes_back_by_itself_on_its_day(world: World) -> None:
    statement = said(world)
    actions.say_not_now(
        actor=world.facilitator, statement=statement, answer=actions.Answer("No worker yet."), back_on=in_days(world, 5)
    )
    Notice.objects.all().delete()
    assert actions.keep_statements() == 0
    Statement.objects.filter(pk=statement.pk).update(back_on=world.program.today())
    assert actions.keep_statements() == 1
    back = now(statement)
    assert (back.state, back.back_on) == ("heard", None)
    assert clocks_of(statement)[-1].state == "open"
    assert {(one.person, one.kind) for one in Notice.objects.all()} == {
        (world.facilitator, "answer_owed"),
        (world.caregiver, "voice"),
    }
    assert actions.keep_statements() == 0


def test_taken_back_it_stays_to_be_seen_without_a_word_but_for_who_said_it(world: World) -> None:
    statement = said(world)
    assert signed_in(None, world.caregiver).post(f"/say/{statement.public_id}/take-back/").status_code == 302
    assert clocks_of(statement)[0].state == "cancelled"
    assert "therapist" in page_of(world.caregiver, f"/say/{statement.public_id}/")
    page = page_of(world.facilitator, f"/say/{statement.public_id}/")
    assert "therapist" not in page
    assert "Taken back by who said it" in page
    assert signed_in(None, world.facilitator).get(f"/answers/{statement.public_id}/").status_code == 404
    actions.take_back(actor=world.caregiver, statement=statement)
    assert statement.steps.filter(kind="taken_back").count() == 1


def test_to_add_something_is_to_say_something_new(world: World) -> None:
    statement = said(world)
    browser = signed_in(None, world.caregiver)
    assert (
        "You add this to what you said before"
        in browser.get(f"/say/new/?follows={statement.public_id}").content.decode()
    )
    browser.post("/say/new/", form(words="And on Friday again.", follows=statement.public_id))
    assert Statement.objects.get(follows=statement).words == "And on Friday again."
    assert now(statement).words == WORDS
    other = signed_in(None, world.second_caregiver).get(f"/say/new/?follows={statement.public_id}").content.decode()
    assert "You add this" not in other


def test_something_is_said_about_a_goal_or_a_meeting_one_reads(world: World) -> None:
    item = goal(world, opened(world))
    browser = signed_in(None, world.caregiver)
    page = browser.get(f"/say/new/?item={item.public_id}").content.decode()
    assert "Mornings without a fight" in page
    (spoken,) = re.findall(r'href="(/say/speak/[^"]+)"', page)
    assert "Mornings without a fight" in browser.get(unescape(spoken)).content.decode(), "also where it is spoken"
    browser.post("/say/new/", form(item=item.public_id))
    assert Statement.objects.get().item == item
    assert "Mornings without a fight" in page_of(world.facilitator, f"/say/{Statement.objects.get().public_id}/")
    stranger = signed_in(None, world.stranger_caregiver)
    assert "Mornings" not in stranger.get(f"/say/new/?item={item.public_id}").content.decode()


# -- by when -----------------------------------------------------------------------------------------------------------------


def let_pass(statement: Statement, days: int = 12) -> None:
    """As if it had been said so many days ago."""
    gone = dt.timedelta(days=days)
    for clock in Clock.objects.filter(subject="statement", subject_id=str(statement.public_id)):
        Clock.objects.filter(pk=clock.pk).update(
            due_at=clock.due_at and clock.due_at - gone,
            due_on=clock.due_on and clock.due_on - gone,
            next_fire_at=timezone.now() - dt.timedelta(minutes=1),
        )
        Statement.objects.filter(pk=statement.pk).update(due_at=clock.due_at and clock.due_at - gone)
    Statement.objects.filter(pk=statement.pk).update(said_at=timezone.now() - gone)


def test_what_is_late_says_so_on_both_sides_with_the_days(world: World) -> None:
    statement = said(world)
    let_pass(statement)
    Notice.objects.all().delete()
    firing.fire_due()
    assert {(one.person, one.kind) for one in Notice.objects.all()} == {
        (world.caregiver, "voice"),
        (world.facilitator, "answer_owed"),
    }
    for person, path in ((world.caregiver, "/say/"), (world.facilitator, "/answers/?show=late")):
        page = page_of(person, path)
        assert "No answer yet, 2 days late" in page
        assert "Said 12 days ago" in page


def test_the_dates_of_answers_stand_on_their_own_pages_alone(world: World) -> None:
    said(world)
    assert "An answer to what you said" not in page_of(world.caregiver, "/owed/")
    assert "An answer to what you said" not in page_of(world.facilitator, "/worklist/")


def test_forty_answers_of_a_facilitator_who_leaves_are_the_next_ones(world: World) -> None:
    made = [said(world, words=f"Thing {number}.", audience="facilitator") for number in range(40)]
    leave(world.facilitator_role)
    assert signed_in(None, world.facilitator).get("/answers/").status_code == 404
    page = page_of(world.lead, "/answers/")
    assert "40 answers are owed where nobody is there to give them." in page
    assert "Thing" not in page
    assert actions.keep_statements() == 0
    role = another_facilitator(world)
    chosen(world.youth_member, role)
    families.assign(actor=world.liaison, family=world.family, staff_role=role, override_reason="He is new.")
    assert actions.keep_statements() == 40
    assert "40 answers are owed" in page_of(role.person, "/answers/")
    assert {clock.responsible for one in made for clock in clocks_of(one)} == {role}
    assert now(made[0]).owed_by == role
    assert Notice.objects.filter(person=role.person, kind="answer_owed").count() == 1
    assert "Wherever a family waits" in page_of(world.lead, "/answers/")


def another_facilitator(world: World) -> StaffRole:
    person = accounts.create_person(display_name="Inez Falgout", email="inez@example.org", is_adult_confirmed=True)
    house = world.organization("care-management-entity")
    return programs.appoint(actor=None, person=person, organization=house, role=StaffRole.Role.FACILITATOR)


def test_a_few_answers_without_anybody_are_said_without_a_number(world: World) -> None:
    said(world, audience="facilitator")
    leave(world.facilitator_role)
    page = page_of(world.lead, "/answers/")
    assert "A few answers are owed where nobody is there to give them." in page


def test_the_share_answered_in_time_comes_from_what_happened(world: World) -> None:
    since = timezone.now() - dt.timedelta(days=91)
    for _time in range(3):
        answered(world, said(world))
    late = said(world)
    let_pass(late)
    answered(world, late)
    waiting = said(world)
    let_pass(waiting)
    answered(world, said(world, audience="facilitator"))
    statement, _pairing = to_mentor(world)
    let_pass(statement)
    assert owed_answers.kept_and_late(
        owed_answers.of_program(world.program), since, owed_answers.late_in(world.program)
    ) == (4, 2)
    again = [clock for one in Statement.objects.exclude(audience="one") for clock in clocks_of(one)]
    in_time = [one for one in again if one.state == "met" and not one.is_late]
    assert len(in_time) == 4
    assert len([one for one in again if one.is_late]) == 2
    for person in (world.facilitator, world.lead):
        page = page_of(person, "/answers/")
        assert "Too few for a number that tells of nobody in particular." in page


def test_enough_answers_are_shown_as_a_share(world: World) -> None:
    for _time in range(11):
        answered(world, said(world))
    for person in (world.facilitator, world.lead):
        assert "11 of 11 answers in the last 91 days came by their day." in page_of(person, "/answers/")


# -- languages ---------------------------------------------------------------------------------------------------------------


def test_words_nobody_on_the_team_reads_stand_in_their_language_with_a_way_to_ask(world: World) -> None:
    words = "لم يسألنا أحد"
    signed_in(None, world.caregiver).post("/say/new/", form(words=words, language="ar"))
    statement = Statement.objects.get()
    page = page_of(world.facilitator, f"/answers/{statement.public_id}/")
    assert 'lang="ar" dir="auto"' in page
    assert "Nobody who may read it reads this language" in page
    browser = signed_in(None, world.facilitator)
    answer = browser.post(f"/answers/{statement.public_id}/", {"outcome": "answered", "words": "Yes."})
    assert answer.status_code == 422
    with pytest.raises(VoiceRefusal, match="understood"):
        actions.answer_statement(actor=world.facilitator, statement=statement, answer=actions.Answer("Yes."))
    for _time in range(2):
        browser.post(f"/answers/{statement.public_id}/interpreter/")
    assert statement.steps.filter(kind="interpreter").count() == 1
    assert "Abel Nwosu asked for an interpreter" in page_of(world.caregiver, f"/say/{statement.public_id}/")
    told = {"outcome": "answered", "words": "Yes.", "understood": "interpreter"}
    assert browser.post(f"/answers/{statement.public_id}/", told).status_code == 302
    assert StatementStep.objects.get(kind="answered").understood == "interpreter"
    assert now(statement).words == words


# -- a message -----------------------------------------------------------------------------------------------------------------


def test_a_message_becomes_a_statement_as_of_when_it_was_written(world: World) -> None:
    then = timezone.now() - dt.timedelta(days=3)
    talk = Conversation.objects.get(pk=world.conversation.pk)
    fill(talk, [world.caregiver, world.peer], [WORDS, "I am with you."], at=then)
    message, theirs = Message.objects.filter(conversation=talk).order_by("seq")
    path = f"/conversations/{talk.public_id}/messages/{message.seq}/say/"
    page = page_of(world.caregiver, f"/conversations/{talk.public_id}/")
    assert path in page
    assert f"/messages/{theirs.seq}/say/" not in page
    browser = signed_in(None, world.caregiver)
    assert "Not a letter of it changes" in browser.get(path).content.decode()
    places = {browser.post(path, {"audience": "team"}).headers["Location"] for _time in range(2)}
    statement = Statement.objects.get()
    assert places == {f"/say/{statement.public_id}/"}
    assert (statement.words, statement.said_at, statement.way) == (WORDS, then, "chat")
    assert "Said 3 days ago" in page_of(world.facilitator, "/answers/")
    (clock,) = clocks_of(statement)
    assert clock.started_at >= timezone.now() - dt.timedelta(minutes=1)  # the team could not know before
    for other in (world.peer, world.youth, world.liaison, world.stranger_caregiver):
        assert signed_in(None, other).get(path).status_code == 404
        assert signed_in(None, other).post(path, {"audience": "team"}).status_code == 404


# -- what holds it -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": ""},
        {"state": "lost"},
        {"state": "not_now"},
        {"back_on": dt.date(2030, 1, 1)},
        {"audience": "one"},
        {"sealed_words": None},
        {"way": "cards"},
    ],
)
def test_the_database_itself_refuses_a_statement_without_a_state_a_day_or_words(
    world: World, wrong: dict[str, object]
) -> None:
    statement = said(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "declined", "state": "declined"},
        {"kind": "not_now", "state": "not_now", "sealed_words": b"x"},
        {"kind": "not_now", "state": "not_now", "back_on": dt.date(2030, 1, 1)},
        {"kind": "in_plan", "state": "in_plan"},
        {"kind": "answered", "state": ""},
    ],
)
def test_the_database_itself_refuses_an_answer_without_its_reason(world: World, wrong: dict[str, object]) -> None:
    statement = said(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementStep.objects.create(statement=statement, **wrong)


def test_a_ledger_of_two_thousand_statements_opens_light(world: World) -> None:
    goal(world, opened(world))
    first = said(world)
    rows = []
    for number in range(1_999):
        row = Statement(
            family=world.family,
            author=world.caregiver_member if number % 3 else world.youth_member,
            youth=world.youth_member,
            language="en",
            audience="family",
            said_at=timezone.now() - dt.timedelta(hours=number),
            state="answered" if number % 2 else "heard",
            due_at=first.due_at,
        )
        row.words = f"{number} " + "We said this before and nobody wrote it down so we say it again. " * 12
        rows.append(row)
    Statement.objects.bulk_create(rows)
    StatementStep.objects.bulk_create(
        StatementStep(statement=one, kind="said", state="heard", by=one.author.person) for one in rows
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself, a minute later
    for person, path in (
        (world.caregiver, "/say/"),
        (world.caregiver, "/say/?show=waiting&page=3"),
        (world.youth, "/say/"),
        (world.facilitator, "/answers/"),
        (world.facilitator, "/answers/?show=late"),
    ):
        browser = signed_in(None, person)
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(path)
        assert len(asked) <= 12, "\n".join(query["sql"][:300] for query in asked)
        assert len(gzip.compress(answer.content)) < 30 * 1024, path
    for person, path in (
        (world.caregiver, f"/say/{first.public_id}/"),
        (world.facilitator, f"/say/{first.public_id}/"),
        (world.facilitator, f"/answers/{first.public_id}/"),
        (world.caregiver, "/say/new/"),
        (world.youth, "/say/new/"),
        (world.caregiver, "/say/speak/"),
        (world.caregiver, f"/say/cards/{world.child.public_id}/"),
        (world.lead, "/answers/"),
    ):
        browser = signed_in(None, person)
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        assert len(asked) <= 12, path + "\n".join(query["sql"][:300] for query in asked)
    assert "2000 things that were said" in page_of(world.caregiver, "/say/").replace(",", "")
    assert access.family_statements(world.caregiver).count() == 2_000
