"""Who is counted on for an answer when people come and go, what the list shows, and what a caregiver of two families can say."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.utils import timezone

from messaging.models import Conversation, Message
from peer_support.models import Pairing
from portal.access import Refused, owed_answers
from portal.access import statements as access
from portal.accounts.models import Person
from portal.clocks.models import Clock, ClockEvent
from portal.families.models import Member, StaffAssignment
from portal.media.models import Attachment
from portal.notices.models import Notice
from portal.safety.models import Concern
from portal.voice.actions import danger
from portal.voice.actions import statements as actions
from portal.voice.actions.statements import consequences, keeping
from portal.voice.models import Statement
from portal.voice.statement_refusals import VoiceRefusal
from tests.care.meetings import proposed
from tests.care.plans import agreed, goal, opened
from tests.messaging.filling import fill
from tests.voice.stage import answered, clocks_of, leave, now, said, spoken, to_mentor
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def gone(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    person.refresh_from_db()


def test_where_there_is_no_facilitator_the_liaison_answers_until_there_is_one(world: World) -> None:
    assignment = StaffAssignment.objects.filter(pk=world.facilitator_assignment.pk)
    assignment.update(ended_at=timezone.now())
    statement = said(world)
    assert now(statement).owed_by == world.liaison_role
    assignment.update(ended_at=None)
    assert actions.keep_statements() == 1
    assert (now(statement).owed_by, clocks_of(statement)[0].responsible) == (world.facilitator_role,) * 2
    assert actions.keep_statements() == 0


def test_where_nobody_is_there_it_waits_and_names_nobody(world: World) -> None:
    alone, _pairing = to_mentor(world)
    leave(world.facilitator_role)
    leave(world.liaison_role)
    statement = said(world)
    assert now(statement).owed_by is None
    page = signed_in(None, world.caregiver).get(f"/say/{statement.public_id}/").content.decode()
    assert "An answer is owed by" in page
    with pytest.raises(VoiceRefusal, match="not_there"):
        actions.widen(actor=world.youth, statement=alone, audience="facilitator")


def test_nobody_reads_anything_without_an_account_in_use(world: World) -> None:
    said(world)
    for person in (world.caregiver, world.facilitator):
        gone(person)
        assert not access.visible_statements(person).exists()
        assert not access.own_statements(person).exists()
        assert not access.family_statements(person).exists()
        assert not owed_answers.statements_to_answer(person).exists()
        assert access.own_places(person) == []


def test_the_list_is_of_one_family_of_what_is_late_or_of_what_was_answered(world: World) -> None:
    statement = said(world, words="About mornings.")
    answered(world, said(world, words="About evenings."))
    browser = signed_in(None, world.facilitator)
    one = browser.get(f"/answers/?family={world.family.public_id}").content.decode()
    assert "About mornings." in one
    assert "About evenings." not in one
    assert "About evenings." in browser.get("/answers/?show=done").content.decode()
    assert "About mornings." not in browser.get("/answers/?show=late").content.decode()
    assert now(statement).waits


def test_a_long_list_goes_on_on_the_next_page(world: World) -> None:
    for number in range(21):
        said(world, words=f"Thing {number}.")
    for person, path in ((world.caregiver, "/say/"), (world.facilitator, "/answers/")):
        browser = signed_in(None, person)
        first, second = browser.get(path).content.decode(), browser.get(f"{path}?page=2").content.decode()
        assert "page=2" in first
        assert second.count("Thing ") >= 1
        assert "page=1" in second
        assert browser.get(f"{path}?page=x").status_code == 200


def test_long_words_are_whole_on_their_own_page(world: World) -> None:
    statement = said(world, words="start " + "word " * 200 + "end")
    browser = signed_in(None, world.caregiver)
    assert "end</p>" not in browser.get("/say/").content.decode()
    assert "word end</p>" in browser.get(f"/say/{statement.public_id}/").content.decode()


def test_a_peer_partner_answers_what_was_said_to_them_alone(world: World) -> None:
    statement = said(world, audience="one", told_to=world.peer_role)
    assert "What somebody said to you alone." in signed_in(None, world.peer).get("/answers/").content.decode()
    answer = signed_in(None, world.peer).post(
        f"/answers/{statement.public_id}/", {"outcome": "answered", "words": "I am with you."}
    )
    assert answer.status_code == 302
    assert now(statement).state == "answered"
    assert (
        "in_plan"
        not in signed_in(None, world.peer)
        .get(f"/answers/{said(world, audience='one', told_to=world.peer_role).public_id}/")
        .content.decode()
    )


def test_opened_to_the_team_the_mentor_still_reads_it_and_the_facilitator_is_counted_on(world: World) -> None:
    statement, _pairing = to_mentor(world)
    actions.widen(actor=world.youth, statement=statement, audience="team")
    assert now(statement).owed_by == world.facilitator_role
    for person in (world.mentor, world.facilitator, world.liaison):
        assert signed_in(None, person).get(f"/say/{statement.public_id}/").status_code == 200


def test_a_mentor_who_left_while_the_page_was_open_is_not_told(world: World) -> None:
    _statement, pairing = to_mentor(world)
    Pairing.objects.filter(pk=pairing.pk).update(state="ended", ended_at=pairing.proposed_at)
    with pytest.raises(VoiceRefusal, match="not_there"):
        said(world, world.youth_member, audience="one", told_to=world.mentor_role)


def test_only_what_the_person_was_shown_may_be_named(world: World) -> None:
    statement = said(world)
    item = goal(world, opened(world))
    for told in (
        {"youth": world.stranger_youth_member},
        {"follows": statement},
        {"audience": "everybody"},
        {"audience": "one"},
    ):
        with pytest.raises(Refused):
            said(world, world.second_caregiver_member, **{"youth": None} | told)
    with pytest.raises(Refused):
        said(world, world.stranger_caregiver_member, youth=None, item=item)
    with pytest.raises(Refused):
        said(world, world.second_caregiver_member, key=statement.public_id)
    with pytest.raises(VoiceRefusal, match="too_long"):
        said(world, words="x" * 20_001)
    with pytest.raises(VoiceRefusal, match="empty"):
        said(world, words=" ")
    with pytest.raises(VoiceRefusal, match="no_voice"):
        said(world, is_spoken=True)


def test_something_is_said_about_a_meeting(world: World) -> None:
    meeting = proposed(world.facilitator, opened(world))
    browser = signed_in(None, world.caregiver)
    assert "About the meeting:" in browser.get(f"/say/new/?meeting={meeting.public_id}").content.decode()
    form = {"key": uuid4(), "words": "After 5, please.", "about": "meeting", "audience": "team", "language": "en"}
    browser.post("/say/new/", form | {"meeting": meeting.public_id})
    assert Statement.objects.get().meeting == meeting


def test_who_belongs_to_two_families_says_for_which_one(world: World) -> None:
    place = Member.objects.create(
        family=world.stranger_family,
        person=world.caregiver,
        role=Member.Role.CAREGIVER,
        added_by=world.stranger_liaison,
    )
    browser = signed_in(None, world.caregiver)
    page = browser.get("/say/new/").content.decode()
    assert f"?family={world.stranger_family.public_id}" in page
    form = {"key": uuid4(), "words": "Hello.", "about": "other", "audience": "team", "language": "en"}
    browser.post("/say/new/", form | {"family": world.stranger_family.public_id})
    assert Statement.objects.get().author == place


def test_a_voice_note_in_a_message_goes_along_as_a_copy(world: World) -> None:
    talk = Conversation.objects.get(pk=world.conversation.pk)
    fill(talk, [world.caregiver], ["He came at nine."])
    message = Message.objects.get(conversation=talk)
    row = Attachment(
        conversation=talk, key=message.key, author=world.caregiver, kind="voice", scan="unscanned", size=4, seconds=2
    )
    row.sealed_file = talk.cipher().seal_bytes(b"note", row.context("file"))
    row.save()
    statement = actions.keep_message(actor=world.caregiver, conversation=talk, seq=message.seq, audience="team")
    assert statement.voice.file == b"note"
    assert actions.keep_message(actor=world.caregiver, conversation=talk, seq=message.seq, audience="team") == statement


def test_a_message_kept_for_a_facilitator_who_left_is_said_so(world: World) -> None:
    talk = Conversation.objects.get(pk=world.conversation.pk)
    fill(talk, [world.caregiver], ["He came at nine."])
    leave(world.facilitator_role)
    path = f"/conversations/{talk.public_id}/messages/{talk.last_seq}/say/"
    browser = signed_in(None, world.caregiver)
    assert browser.post(path, {"audience": "facilitator"}).status_code == 422
    assert not Statement.objects.exists()


def test_a_worry_that_cannot_be_raised_takes_nothing_with_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_told: object) -> None:
        raise RuntimeError("the rota is gone")

    with monkeypatch.context() as broken:
        broken.setattr(danger, "raise_concern", fail)
        statement = said(world, world.youth_member, "I want to kill myself tonight")
    assert (now(statement).is_hard, now(statement).screened_at) == (True, None)
    assert actions.keep_statements() == 1
    assert Concern.objects.count() == 1


def test_what_worries_little_is_looked_at_of_the_young_alone(world: World) -> None:
    words = "I hate myself so much"
    said(world, words=words)
    assert not Concern.objects.exists()
    said(world, world.youth_member, words)
    assert Concern.objects.count() == 1


def test_a_date_that_moves_moves_in_the_list_and_one_that_is_settled_tells_nobody(world: World) -> None:
    statement = said(world)
    (clock,) = clocks_of(statement)
    Notice.objects.all().delete()
    Clock.objects.filter(pk=clock.pk).update(due_at=clock.due_at and clock.due_at.replace(year=2030))
    clock.refresh_from_db()
    consequences.clock_fired(clock, ClockEvent(clock=clock, kind=ClockEvent.Kind.RECOMPUTED))
    assert now(statement).due_at == clock.due_at
    consequences.clock_fired(clock, ClockEvent(clock=clock, kind=ClockEvent.Kind.NEAR))
    assert {one.person for one in Notice.objects.all()} == {world.facilitator}
    actions.take_back(actor=world.caregiver, statement=statement)
    Notice.objects.all().delete()
    consequences.clock_fired(clock, ClockEvent(clock=clock, kind=ClockEvent.Kind.MISSED))
    assert not Notice.objects.exists()


# -- once more, by who came too late ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [actions.answer_statement, actions.decline])
def test_an_answer_without_words_is_refused_wherever_it_comes_from(world: World, act: Callable[..., None]) -> None:
    statement = said(world)
    with pytest.raises(VoiceRefusal):
        act(actor=world.facilitator, statement=statement, answer=actions.Answer("  "))
    with pytest.raises(VoiceRefusal, match="reason"):
        actions.say_not_now(
            actor=world.facilitator, statement=statement, answer=actions.Answer(), back_on=world.program.today()
        )
    assert now(statement).waits


def test_it_can_be_in_a_version_of_the_plan_as_a_whole_and_be_said_so_later(world: World) -> None:
    statement = answered(world, said(world))
    plan = opened(world)
    goal(world, plan)
    actions.put_in_plan(actor=world.facilitator, statement=statement, answer=actions.Answer(), plan=plan)
    assert now(statement).state == "in_plan"
    assert statement.steps.get(kind="in_plan").version == plan.versions.order_by("-number")[0]
    assert [clock.state for clock in clocks_of(statement)] == ["met"]
    other = said(world, world.stranger_caregiver_member, youth=None)
    with pytest.raises(Refused):
        actions.put_in_plan(actor=world.stranger_liaison, statement=other, answer=actions.Answer(), plan=plan)


def test_the_worker_leaves_alone_what_somebody_settled_in_that_very_moment(world: World) -> None:
    waits, alone = said(world), to_mentor(world)[0]
    assert keeping._bring_back(waits) is False
    assert keeping._hand_over(waits) is False
    assert keeping._say_left_alone(alone) is False


def test_yes_twice_is_yes_once(world: World) -> None:
    statement = answered(world, said(world))
    for _time in range(2):
        actions.judge_answer(actor=world.caregiver, statement=statement, was_one=True)
    assert statement.steps.filter(kind="was_answer").count() == 1


def test_what_was_answered_can_still_be_opened_to_more(world: World) -> None:
    statement = answered(world, said(world, audience="facilitator"))
    Notice.objects.all().delete()
    actions.widen(actor=world.caregiver, statement=statement, audience="team")
    assert now(statement).audience == "team"
    assert not Notice.objects.exists()


def test_a_voice_note_that_was_taken_back_is_heard_by_who_said_it_alone(world: World) -> None:
    statement = spoken(world)
    actions.take_back(actor=world.caregiver, statement=statement)
    path = f"/say/{statement.public_id}/voice/"
    assert signed_in(None, world.caregiver).get(path).status_code == 200
    assert signed_in(None, world.facilitator).get(path).status_code == 404


def test_a_text_of_a_voice_note_is_neither_empty_nor_endless(world: World) -> None:
    statement = spoken(world)
    for text, why in ((" ", "empty"), ("x" * 20_001, "too_long")):
        with pytest.raises(VoiceRefusal, match=why):
            actions.write_down(actor=world.caregiver, statement=statement, text=text)


def test_no_cards_are_no_statement(world: World) -> None:
    with pytest.raises(VoiceRefusal, match="no_cards"):
        actions.say_with_cards(
            actor=world.caregiver, child=world.child_member, key=uuid4(), picked=[], language="en", with_family=False
        )


def test_today_says_how_many_wait(world: World) -> None:
    said(world)
    page = signed_in(None, world.facilitator).get("/").content.decode()
    assert "Answer what a family said" in page
    assert 'href="/answers/"' in signed_in(None, world.lead).get("/").content.decode()


def test_who_answers_says_on_the_page_where_in_the_plan_it_is_and_the_family_sees_which_version(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan)
    statement, whole = said(world), said(world)
    staff = signed_in(None, world.facilitator)
    path = f"/answers/{statement.public_id}/"
    page = staff.get(path).content.decode()
    assert f'value="{item.public_id}"' in page
    assert f'value="whole-{plan.public_id}"' in page
    staff.post(path, {"outcome": "in_plan", "item": str(item.public_id), "words": "We wrote it down."})
    staff.post(f"/answers/{whole.public_id}/", {"outcome": "in_plan", "item": f"whole-{plan.public_id}"})
    newest = plan.versions.order_by("-number")[0]
    for one, linked in ((statement, item), (whole, None)):
        step = one.steps.get(kind="in_plan")
        assert (now(one).state, step.item, step.version) == ("in_plan", linked, newest)
        theirs = signed_in(None, world.caregiver).get(f"/say/{one.public_id}/").content.decode()
        assert f"/plans/{plan.public_id}/" in theirs
        assert f"(version {newest.number})" in theirs


def test_from_a_goal_or_a_meeting_one_says_something_about_it(world: World) -> None:
    plan = opened(world)
    item, meeting = goal(world, plan), proposed(world.facilitator, plan)
    caregiver, staff = signed_in(None, world.caregiver), signed_in(None, world.facilitator)
    suggested = caregiver.get(f"/plans/{plan.public_id}/").content.decode()
    assert "/say/new/" not in suggested  # what one thinks of a suggestion is said as the answer to it
    assert f"/suggestions/{item.public_id}/" in suggested
    agreed(item)
    for at, path in (
        (f"/plans/{plan.public_id}/", f"/say/new/?item={item.public_id}"),
        (f"/meetings/{meeting.public_id}/", f"/say/new/?meeting={meeting.public_id}"),
    ):
        assert f'href="{path}"' in caregiver.get(at).content.decode()
        assert "/say/new/" not in staff.get(at).content.decode()
        assert caregiver.get(path).status_code == 200
