"""What is written between a young person and a mentor: screened as it is stored, never held from the young, held from adults."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from messaging import writer
from messaging.actions import send_message
from messaging.later import edit_message, release_held
from messaging.models import Conversation, Flag, HeldMessage, Message, Revision
from messaging.sending import Held, Refusal, Stored
from portal.access import Refused
from portal.media.actions import send_media
from portal.programs.models import StaffRole
from portal.programs.schema.settings import AdultHours
from portal.safety import actions
from portal.safety.models import Freeze, Look
from tests.media.files import photo
from tests.safety.youth import Youth, talking
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db(transaction=True)]

NUMBER = "Call me at 504-555-0199"
DANGER = "I want to kill myself tonight"
NIGHT = dt.datetime(2027, 3, 2, 4, 0, tzinfo=dt.UTC)  # 10 in the evening there


@pytest.fixture
def youth(world_committed: World) -> Youth:
    return talking(world_committed)


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The hour at which the tests run is no part of them, but where a test says so."""
    if "at_night" not in request.fixturenames:
        monkeypatch.setattr(AdultHours, "quiet_until", lambda self, here: None)


@pytest.fixture
def at_night(monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    """Whatever the clock says it is night for adults, for another hour."""
    until = timezone.now() + dt.timedelta(hours=1)
    monkeypatch.setattr(AdultHours, "quiet_until", lambda self, here: until if here < until else None)
    return until


def page_of(youth: Youth, person: Any) -> str:
    return signed_in(None, person).get(f"/conversations/{youth.conversation.public_id}/").content.decode()


def words_of(page: str) -> str:
    return " ".join(strip_tags(page).split())


# -- the young person's own words ------------------------------------------------------------------------------------------


def test_a_worried_message_is_delivered_flagged_once_and_answered_with_help(youth: Youth) -> None:
    key = uuid4()
    stored = youth.say(DANGER, key=key)
    assert isinstance(stored, Stored)
    assert stored.is_danger
    assert stored.as_frame()["care"] is True
    assert youth.say(DANGER, key=key).key == key  # sent again by a page that heard no answer
    flag = Flag.objects.get()
    assert (flag.level, flag.key, flag.author, flag.taken_at) == ("crisis", key, youth.person, None)
    assert "988" in words_of(page_of(youth, youth.person))
    assert "This sounds like a very hard moment" in page_of(youth, youth.person)


def test_one_message_counts_as_one_though_the_helpers_page_is_told_too(youth: Youth) -> None:
    before = writer.writer.counts()["messages_stored"]
    youth.say(DANGER)
    assert writer.writer.counts()["messages_stored"] == before + 1


def test_the_helper_reads_a_calm_prompt_and_no_word_that_labels(youth: Youth) -> None:
    youth.say(DANGER)
    words = words_of(page_of(youth, youth.mentor))
    assert "This may be a hard hour for them" in words
    assert "suicide" not in words
    assert "This sounds like" not in words


def test_the_card_can_be_put_away_and_comes_back_for_another_reason(youth: Youth) -> None:
    youth.say(DANGER)
    client = signed_in(None, youth.person)
    client.post(f"/conversations/{youth.conversation.public_id}/card/")
    assert "very hard moment" not in page_of(youth, youth.person)
    youth.say("I hate myself")
    assert "very hard moment" in page_of(youth, youth.person)


def test_a_parent_sees_nothing_of_it(youth: Youth) -> None:
    youth.say(DANGER)
    for parent in (youth.world.caregiver, youth.world.second_caregiver):
        client = signed_in(None, parent)
        for path in ("/", "/messages/", "/notices/", "/record/", f"/conversations/{youth.conversation.public_id}/"):
            assert DANGER not in client.get(path, follow=True).content.decode()
        assert client.get(f"/conversations/{youth.conversation.public_id}/now/").status_code == 404
        assert client.get(f"/conversations/{youth.conversation.public_id}/looks/").status_code == 404


def test_what_the_young_write_is_never_held(youth: Youth, at_night: dt.datetime) -> None:
    assert isinstance(youth.say(NUMBER), Stored)
    assert isinstance(youth.say("this is our secret ok"), Stored)
    assert not HeldMessage.objects.exists()
    assert not Flag.objects.exists()  # a number of their own is no danger


def test_when_the_screener_fails_messages_flow_and_it_is_written_down(
    youth: Youth, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str, language: str = "") -> Any:
        raise ValueError("no lexicon")

    monkeypatch.setattr("portal.safety.screening.screen", broken)
    assert isinstance(youth.say(DANGER), Stored)
    assert Flag.objects.get().level == Flag.Level.UNSCREENED


def test_a_caregivers_words_are_looked_at_for_danger_alone(world_committed: World) -> None:
    world = world_committed

    def say(author: Any, body: str) -> Stored | Held:
        return send_message(author=author, conversation=world.conversation, key=uuid4(), body=body)

    assert isinstance(say(world.peer, NUMBER), Stored)
    assert isinstance(say(world.caregiver, "I hate myself"), Stored)
    assert isinstance(say(world.peer, "Do you want to kill myself"), Stored)
    assert not Flag.objects.exists()
    stored = say(world.caregiver, DANGER)
    assert isinstance(stored, Stored)
    assert stored.is_danger
    page = signed_in(None, world.caregiver).get(f"/conversations/{world.conversation.public_id}/").content.decode()
    assert "very hard moment" in page
    assert "A program looks at what the family writes for words about danger" in page


# -- the adult's words -----------------------------------------------------------------------------------------------------


def test_a_number_to_a_young_person_waits_and_nobody_else_finds_it(youth: Youth) -> None:
    held = youth.say(NUMBER, youth.mentor)
    assert held == Held(youth.conversation.public_id, held.key, None)
    assert not Message.objects.exists()
    assert "555-0199" not in page_of(youth, youth.person)
    assert "555-0199" in page_of(youth, youth.mentor)
    assert "Somebody looks at this before it goes on" in page_of(youth, youth.mentor)
    assert youth.say(NUMBER, youth.mentor, key=held.key) == held  # sent again: held once
    assert HeldMessage.objects.count() == 1
    client = signed_in(None, youth.person)
    answer = client.get(f"/conversations/{youth.conversation.public_id}/messages/?after=0").json()
    assert answer["messages"] == []


@pytest.mark.parametrize(
    ("what", "delivered"),
    [("as_is", NUMBER), ("without", "Call me at [...]"), ("stop", None)],
)
def test_the_supervisor_lets_it_on_without_the_detail_or_not_at_all(
    youth: Youth, what: str, delivered: str | None
) -> None:
    key = youth.say(NUMBER, youth.mentor).key
    assert actions.tell_of_held() == 1
    assert actions.tell_of_held() == 0
    held = HeldMessage.objects.get()
    client = signed_in(None, youth.supervisor)
    assert "Look at it" in client.get("/supervision/").content.decode()
    assert "555-0199" not in client.get("/supervision/").content.decode()
    assert "504-555-0199" in client.post(f"/supervision/held/{held.public_id}/look/").content.decode()
    assert Look.objects.get().why == Look.Why.HELD
    client.post(f"/supervision/held/{held.public_id}/settle/", {"what": what})
    if delivered is None:
        assert not Message.objects.exists()
        assert "This was not sent" in page_of(youth, youth.mentor)
    else:
        assert Message.objects.get().key == key
        assert delivered in page_of(youth, youth.person)
    assert release_held() == 0
    again = client.post(f"/supervision/held/{held.public_id}/settle/", {"what": "as_is"}, follow=True)
    assert "decided this already" in again.content.decode()


def test_only_who_watches_over_it_sees_what_waits(youth: Youth) -> None:
    youth.say(NUMBER, youth.mentor)
    held = HeldMessage.objects.get()
    world = youth.world
    for person in (world.liaison, world.lead, world.caregiver, world.youth, world.mentor, world.stranger_liaison):
        client = signed_in(None, person)
        assert client.post(f"/supervision/held/{held.public_id}/look/").status_code == 404
        client.post(f"/supervision/held/{held.public_id}/settle/", {"what": "as_is"})
        assert not Message.objects.exists()
    assert not Look.objects.exists()


def test_a_number_told_in_pieces_is_held_at_the_piece_that_makes_it(youth: Youth) -> None:
    for piece in ("five", "five", "five"):
        assert isinstance(youth.say(piece, youth.mentor), Stored)
    youth.say("haha what", youth.person)
    assert isinstance(youth.say("zero one nine nine", youth.mentor), Held)


def test_at_night_an_adults_words_wait_for_the_morning(youth: Youth, at_night: dt.datetime) -> None:
    held = youth.say("Sleep well", youth.mentor)
    assert isinstance(held, Held)
    assert held.until == at_night
    assert release_held() == 0
    assert "It is late for young people" in page_of(youth, youth.mentor)
    HeldMessage.objects.update(until=timezone.now())
    assert release_held() == 1
    assert release_held() == 0
    assert "Sleep well" in page_of(youth, youth.person)


def test_after_a_call_for_help_an_adult_answers_at_any_hour(youth: Youth, at_night: dt.datetime) -> None:
    youth.say(DANGER)
    assert isinstance(youth.say("I am here with you", youth.mentor), Stored)


def test_what_waits_when_the_match_ends_goes_nowhere(youth: Youth, at_night: dt.datetime) -> None:
    youth.say("See you", youth.mentor)
    from peer_support.actions import end_pairing

    end_pairing(actor=youth.person, pairing=youth.pairing)
    HeldMessage.objects.update(until=timezone.now())
    assert release_held() == 0
    assert HeldMessage.objects.get().state == HeldMessage.State.STOPPED
    assert not Message.objects.exists()


def test_a_worker_that_dies_between_sends_it_once(youth: Youth, monkeypatch: pytest.MonkeyPatch) -> None:
    youth.say(NUMBER, youth.mentor)
    held = HeldMessage.objects.get()
    from messaging import later

    later.settle_held(held=held, role=youth.world.supervisor_role, goes_on=True)
    sent = writer.send_and_wait

    def and_die(sending: Any) -> Any:
        sent(sending)
        raise KeyboardInterrupt

    monkeypatch.setattr("messaging.later.send_and_wait", and_die)
    with pytest.raises(KeyboardInterrupt):
        release_held()
    monkeypatch.undo()
    writer.writer._known.clear()
    assert release_held() == 1
    assert Message.objects.count() == 1


# -- changing one's words --------------------------------------------------------------------------------------------------


def test_a_change_keeps_what_was_said_and_all_who_read_it_see_both(youth: Youth) -> None:
    youth.say("first words")
    client = signed_in(None, youth.person)
    path = f"/conversations/{youth.conversation.public_id}/messages/1"
    assert "first words" in client.get(f"{path}/change/").content.decode()
    client.post(f"{path}/change/", {"body": "second words"})
    assert Revision.objects.count() == 1
    assert "second words" in page_of(youth, youth.mentor)
    assert "first words" not in page_of(youth, youth.mentor)
    before = signed_in(None, youth.mentor).get(f"{path}/before/").content.decode()
    assert "first words" in before
    assert youth.now().revisions == 1
    assert signed_in(None, youth.mentor).post(f"{path}/change/", {"body": "mine"}).status_code == 404
    assert client.post(f"{path}/change/", {"body": " "}).status_code == 422


def test_a_flagged_message_that_is_changed_stays_flagged_with_what_was_said(youth: Youth) -> None:
    youth.say(DANGER)
    edit_message(author=youth.person, conversation=youth.now(), seq=1, body="never mind, all fine")
    assert Flag.objects.filter(level="crisis").count() == 1
    before = signed_in(None, youth.mentor).get(f"/conversations/{youth.conversation.public_id}/messages/1/before/")
    assert DANGER in before.content.decode()


def test_a_change_into_something_worrying_is_flagged_too(youth: Youth) -> None:
    youth.say("all fine")
    edit_message(author=youth.person, conversation=youth.now(), seq=1, body=DANGER)
    assert Flag.objects.get().level == "crisis"


def test_an_adult_slips_no_number_in_by_a_change(youth: Youth) -> None:
    youth.say("See you Tuesday", youth.mentor)
    with pytest.raises(Refusal) as refused:
        edit_message(author=youth.mentor, conversation=youth.now(), seq=1, body=NUMBER)
    assert refused.value.code == "look_first"
    assert not Revision.objects.exists()
    answer = signed_in(None, youth.mentor).post(
        f"/conversations/{youth.conversation.public_id}/messages/1/change/", {"body": NUMBER}
    )
    assert answer.status_code == 422
    assert NUMBER in answer.content.decode()  # the words come back


def test_at_night_an_adult_changes_nothing_either(youth: Youth, monkeypatch: pytest.MonkeyPatch) -> None:
    youth.say("See you Tuesday", youth.mentor)
    youth.say("ok", youth.person)
    until = timezone.now() + dt.timedelta(hours=1)
    monkeypatch.setattr(AdultHours, "quiet_until", lambda self, here: until)
    with pytest.raises(Refusal) as refused:
        edit_message(author=youth.mentor, conversation=youth.now(), seq=1, body="Are you awake?")
    assert refused.value.code == "paused"
    edit_message(author=youth.person, conversation=youth.now(), seq=2, body="okay")
    assert Revision.objects.count() == 1


# -- stopping, and somebody who joins ----------------------------------------------------------------------------------------


def test_a_stop_takes_effect_at_once_and_a_false_alarm_is_repaired(youth: Youth) -> None:
    client = signed_in(None, youth.supervisor)
    path = f"/supervision/{youth.conversation.public_id}"
    client.post(f"{path}/stop/", {"reason": "Something a friend said about Dana"})
    for author in (youth.person, youth.mentor):
        with pytest.raises(Refusal) as refused:
            youth.say("Hello?", author)
        assert refused.value.code == "paused"
        page = page_of(youth, author)
        assert "Writing is stopped for now" in page
        assert "friend said" not in page
    client.post(f"{path}/go-on/", {"outcome": "false_alarm", "words": "Dana did everything right."})
    assert isinstance(youth.say("Glad you are back"), Stored)
    for person in (youth.person, youth.mentor):
        words = words_of(page_of(youth, person))
        assert "Nothing was wrong. We are sorry that this stopped you both." in words
        assert "Dana did everything right." in words
    assert Freeze.objects.get().outcome == Freeze.Outcome.FALSE_ALARM


def test_a_pause_that_ends_meanwhile_does_not_open_what_was_stopped(youth: Youth) -> None:
    actions.freeze(actor=youth.supervisor, conversation=youth.conversation, reason="Look first")
    from messaging.actions import resume_conversation

    resume_conversation(conversation=youth.conversation)
    assert youth.now().state == Conversation.State.FROZEN


def test_a_second_helper_joins_openly_reads_from_then_on_and_leaves(youth: Youth) -> None:
    from portal.programs import actions as programs
    from tests.world import _person

    youth.say("before they came")
    second = _person(youth.world.program, "Kim Delahoussaye")
    role = programs.appoint(
        actor=None, person=second, organization=youth.world.mentor_role.organization, role=StaffRole.Role.YOUTH_MENTOR
    )
    client = signed_in(None, youth.supervisor)
    path = f"/supervision/{youth.conversation.public_id}/second/"
    client.post(path, {"role": str(role.public_id)})
    assert isinstance(youth.say("and now three"), Stored)
    assert isinstance(youth.say("Hi Theo, I am Kim", second), Stored)
    assert "before they came" not in page_of(youth, second)
    assert "Kim Delahoussaye came in to help, too." in words_of(page_of(youth, youth.person))
    client.post(f"{path}{role.public_id}/leave/")
    with pytest.raises(Refusal):
        youth.say("one more", second)


# -- looking -----------------------------------------------------------------------------------------------------------------


def test_a_look_of_the_supervisor_is_one_entry_both_see(youth: Youth) -> None:
    youth.say("my words for Dana")
    client = signed_in(None, youth.supervisor)
    path = f"/supervision/{youth.conversation.public_id}"
    assert "my words" not in client.get(f"{path}/").content.decode()
    assert client.get(f"{path}/look/").status_code == 405
    assert not Look.objects.exists()
    assert "my words for Dana" in client.post(f"{path}/look/").content.decode()
    assert Look.objects.count() == 1
    client.post(f"{path}/look/")
    assert Look.objects.count() == 2
    for person in (youth.person, youth.mentor):
        page = signed_in(None, person).get(f"/conversations/{youth.conversation.public_id}/looks/").content.decode()
        assert page.count("Ruth Castille read messages here") == 2
    assert client.get(f"/conversations/{youth.conversation.public_id}/").status_code == 404
    assert client.get(f"/conversations/{youth.conversation.public_id}/messages/?after=0").status_code == 404


def test_a_look_shows_what_was_said_before_a_change_and_the_photo(youth: Youth) -> None:
    youth.say("be mine")
    edit_message(author=youth.person, conversation=youth.now(), seq=1, body="be well")
    send_media(author=youth.person, conversation=youth.now(), key=uuid4(), data=photo(size=(64, 48)))
    path = f"/supervision/{youth.conversation.public_id}/"
    answer = signed_in(None, youth.supervisor).post(f"{path}look/")
    page = answer.content.decode()
    assert "be well" in page
    assert "be mine" in page
    assert 'src="data:image/jpeg;base64,' in page
    assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]
    assert Look.objects.count() == 1
    assert "be mine" not in signed_in(None, youth.supervisor).get(path).content.decode()


def test_a_lead_who_is_not_named_acts_and_reads_no_word(youth: Youth) -> None:
    youth.say("only for Dana")
    client = signed_in(None, youth.world.lead)
    path = f"/supervision/{youth.conversation.public_id}"
    assert client.get(f"{path}/").status_code == 200
    assert client.post(f"{path}/look/").status_code == 404
    assert not Look.objects.exists()


def test_what_the_law_asks_takes_two_and_is_told_on_its_day(youth: Youth, monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.programs import actions as programs
    from tests.world import _person

    youth.say("words the court wants")
    world = youth.world
    second_lead = _person(world.program, "Ada Broussard")
    programs.appoint(
        actor=None, person=second_lead, organization=world.lead_role.organization, role=StaffRole.Role.PROGRAMME_LEAD
    )
    first, second = signed_in(None, world.lead), signed_in(None, second_lead)
    first.post(
        f"/supervision/{youth.conversation.public_id}/law/",
        {"ground": "court", "reason": "Order 12 of 1 March", "days": 30},
    )
    from portal.safety.models import LegalException

    asked = LegalException.objects.get()
    law = f"/supervision/law/{asked.public_id}"
    assert first.post(f"{law}/look/").status_code == 404  # not by one alone
    assert first.post(f"{law}/agree/").status_code == 404  # nor twice by the same
    assert second.post(f"{law}/agree/").status_code == 302
    assert "words the court wants" in second.post(f"{law}/look/").content.decode()
    looks = f"/conversations/{youth.conversation.public_id}/looks/"
    assert "Ada Broussard" not in signed_in(None, youth.person).get(looks).content.decode()
    assert actions.reveal_exceptions() == 0
    later = timezone.now() + dt.timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert signed_in(None, second_lead).post(f"{law}/look/").status_code == 404  # its last moment is over
    assert actions.reveal_exceptions() == 1
    assert actions.reveal_exceptions() == 0
    for person in (youth.person, youth.mentor):
        page = words_of(signed_in(None, person).get(looks).content.decode())
        assert "Ada Broussard read messages here" in page
        assert "We may tell you only now" in page
        assert "A court ordered it" in page


def test_nobody_looks_without_a_row(youth: Youth) -> None:
    """The function itself: refused it writes nothing and gives nothing."""
    from portal.safety.actions import look

    with pytest.raises(Refused):
        look(
            actor=youth.supervisor,
            role=youth.world.supervisor_role,
            conversation=youth.conversation,
            why=Look.Why.SUPERVISION,
            from_seq=1,
            to_seq=9,
            may=False,
        )
    assert not Look.objects.exists()


def test_the_page_says_who_can_read_it_before_the_first_word(youth: Youth) -> None:
    for person in (youth.person, youth.mentor):
        words = words_of(page_of(youth, person))
        assert "Ruth Castille" in words
        assert "Each time they read it, you see it here" in words
        assert "A program looks at each message" in words
        assert "A parent sees that you two talk and on which days" in words


def test_what_ends_by_the_supervisors_word_ends_the_match_and_frees_the_place(youth: Youth) -> None:
    from peer_support.actions import keep_pairings

    client = signed_in(None, youth.supervisor)
    path = f"/supervision/{youth.conversation.public_id}"
    client.post(f"{path}/stop/", {"reason": "It was not right"})
    client.post(f"{path}/go-on/", {"outcome": "ends", "words": ""})
    keep_pairings()
    youth.pairing.refresh_from_db()
    assert youth.pairing.state == "ended"
    assert keep_pairings() == 0


def test_what_rests_holds_up_no_other_message(youth: Youth, at_night: dt.datetime) -> None:
    youth.say("Sleep well", youth.mentor)
    HeldMessage.objects.update(until=timezone.now())
    actions.freeze(actor=youth.supervisor, conversation=youth.conversation, reason="Look first")
    assert release_held() == 0
    assert HeldMessage.objects.get().state == HeldMessage.State.WAITING
    actions.lift_freeze(
        actor=youth.supervisor, conversation=youth.conversation, outcome=Freeze.Outcome.GOES_ON, words=""
    )
    assert release_held() == 1


def test_a_guardian_sees_who_else_writes_with_their_child(youth: Youth) -> None:
    from portal.programs import actions as programs
    from tests.world import _person

    second = _person(youth.world.program, "Kim Delahoussaye")
    role = programs.appoint(
        actor=None,
        person=second,
        organization=youth.world.mentor_role.organization,
        role=StaffRole.Role.YOUTH_MENTOR,
    )
    actions.bring_in(actor=youth.supervisor, conversation=youth.conversation, role=role)
    mother = signed_in(None, youth.world.caregiver)
    assert "Kim Delahoussaye" in mother.get(f"/mentors/{youth.pairing.public_id}/").content.decode()
    assert "There is news about a mentor." in mother.get("/notices/").content.decode()


def test_a_supervisor_whom_the_young_person_names_watches_over_them_no_more(youth: Youth) -> None:
    from portal.access import supervision

    actions.add_words(actor=youth.person, text="She scares me", about=[youth.supervisor])
    assert supervision.supervisor_of(youth.now()) is None
    actions.keep_supervised()
    assert supervision.supervisor_of(youth.now()) == youth.world.liaison_role
