"""The inbox, the chat page and plain requests: what they show, what they refuse, and that no text is ever lost."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging import actions, page
from messaging.history import messages_after
from messaging.models import Conversation, Message, Participant
from messaging.sending import Refusal
from portal.accounts import actions as accounts
from portal.accounts.models import Person
from tests.world import World, signed_in

ACCEPT = {"accept": "application/json"}
NASTY = [
    "plain",
    "  spaces and\ttabs kept  ",
    "\n\nfirst lines empty",
    "a\r\nb\nc\rd",
    "\x00\x07\x1b control \x7f",
    "\u202eright to left override\u202c \u2066isolate",
    "שלום, مرحبا, 你好, Xin chào, ሰላም",
    "👩🏽‍🚀 z̸̢̛a̶l̵g̷o̶ é e\u0301 \ufeff \ufffe \U0010ffff",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; {{ key }} {% url 'x' %}",
    "'; DROP TABLE messaging_message; --",
    "😀" * 4_000,
    "é" * 3_999 + "\r\n",
]


def url(conversation: Conversation, end: str = "") -> str:
    return f"/conversations/{conversation.public_id}/{end}"


def body_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def post_json(client: Client, conversation: Conversation, fields: object) -> Any:
    return client.post(
        url(conversation, "messages/"), json.dumps(fields), content_type="application/json", headers=ACCEPT
    )


def post_form(client: Client, conversation: Conversation, **fields: object) -> Any:
    return client.post(
        url(conversation, "messages/"), {"key": str(uuid4()), **fields}, headers={"accept": "text/html,*/*;q=0.8"}
    )


def kept_text(response: Any) -> str:
    """What stands in the text box of the answer, as a browser reads it."""
    found = re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", response.content.decode(), re.DOTALL)
    assert found, response.content.decode()[:2_000]
    return unescape(found[1])


def say(conversation: Conversation, author: Person, *bodies: str) -> None:
    for body in bodies:
        actions.send_message(author=author, conversation=conversation, key=uuid4(), body=body)


@pytest.fixture
def caregiver(world: World) -> Client:
    return signed_in(None, world.caregiver)


@pytest.fixture
def writer_caregiver(world_committed: World) -> Client:
    return signed_in(None, world_committed.caregiver)


# -- the inbox ---------------------------------------------------------------------------------------------------------


def test_the_inbox_says_who_and_in_what_role_and_what_to_do_first(world: World, caregiver: Client) -> None:
    text = body_of(caregiver, "/messages/")
    assert "Joy Landrieu" in text
    assert "peer partner" in text
    assert "No messages yet. You can write the first one." in text
    peers_page = body_of(signed_in(None, world.peer), "/messages/")
    assert "Odette Marchand" in peers_page
    assert "caregiver" in peers_page


def test_an_empty_inbox_says_what_will_be_here_and_what_to_do_now(world: World) -> None:
    text = body_of(signed_in(None, world.second_caregiver), "/messages/")
    assert "No messages yet" in text
    assert "Here you will talk with your peer partner" in text
    assert "See your next step" in text
    assert "the families you stand beside" in body_of(signed_in(None, world.mentor), "/messages/")


def test_a_young_person_reads_of_a_mentor_and_who_to_call_until_then(world: World) -> None:
    text = body_of(signed_in(None, world.youth), "/messages/")
    assert "write with a youth mentor, someone who has been through this" in text
    assert "peer partner" not in text
    assert 'href="/help/">' in text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db(transaction=True)
def test_new_messages_are_counted_from_what_was_read(world_committed: World) -> None:
    world = world_committed
    client = signed_in(None, world.caregiver)
    say(world.conversation, world.peer, "one")
    say(world.conversation, world.caregiver, "my own is not new to me")
    assert "1\u00a0new message" in body_of(client, "/messages/")
    say(world.conversation, world.peer, "three")
    assert "2\u00a0new messages" in body_of(client, "/messages/")
    body_of(client, url(world.conversation))
    assert "new message" not in body_of(client, "/messages/")


def test_a_longer_inbox_goes_on_behind_a_link(world: World, caregiver: Client) -> None:
    with patch("messaging.views.INBOX", 1):
        actions.open_conversation(actor=world.liaison, family=world.family, members=[(world.caregiver, None)])
        first = body_of(caregiver, "/messages/")
        assert "/messages/?after=1" in first
        assert "Older conversations" not in body_of(caregiver, "/messages/?after=1")
    assert caregiver.get("/messages/?after=x").status_code == 404


def test_the_inbox_asks_as_many_questions_for_one_conversation_as_for_ten(world: World, caregiver: Client) -> None:
    caregiver.get("/messages/")
    with CaptureQueriesContext(connection) as few:
        caregiver.get("/messages/")
    for _each in range(9):
        actions.open_conversation(
            actor=world.liaison,
            family=world.family,
            members=[(world.caregiver, None), (world.second_peer, world.second_peer_role)],
        )
    with CaptureQueriesContext(connection) as many:
        assert body_of(caregiver, "/messages/").count("Marcus Hebertson") == 9
    assert len(many) == len(few) <= 12


# -- the chat page -----------------------------------------------------------------------------------------------------


def test_before_the_first_message_the_page_says_what_it_is_not_and_where_help_is(
    caregiver: Client, world: World
) -> None:
    text = body_of(caregiver, url(world.conversation))
    assert "This is not an emergency line" in text
    assert 'href="tel:988"' in text
    assert 'href="sms:988"' in text
    assert 'href="tel:911"' in text
    assert 'dir="auto"' in text


def test_who_can_read_this_comes_from_those_who_take_part(world: World, caregiver: Client) -> None:
    assert "You and Joy can read this" in body_of(caregiver, url(world.conversation))
    Participant.objects.create(conversation=world.conversation, person=world.liaison, staff_role=world.liaison_role)
    text = body_of(caregiver, url(world.conversation))
    assert "You, Joy, and Simone can read this" in text
    assert "family liaison" in text
    actions.end_participation(conversation=world.conversation, person=world.peer)
    actions.end_participation(conversation=world.conversation, person=world.liaison)
    assert "Only you can read this" in body_of(caregiver, url(world.conversation))


def test_nobody_else_learns_that_the_conversation_exists(world: World) -> None:
    for stranger in (world.second_caregiver, world.youth, world.facilitator, world.liaison, world.stranger_caregiver):
        client = signed_in(None, stranger)
        assert client.get(url(world.conversation)).status_code == 404
        assert client.get(url(world.conversation, "messages/"), headers=ACCEPT).status_code == 404
        refused = post_json(client, world.conversation, {"key": str(uuid4()), "body": "hi"})
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
        assert client.post(url(world.conversation, "draft/"), {"body": "x"}).status_code == 404
        assert client.post(url(world.conversation, "read/"), {"seq": 1}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_page_shows_the_last_fifty_by_day_and_older_ones_on_demand(world_committed: World) -> None:
    world = world_committed
    client = signed_in(None, world.caregiver)
    say(world.conversation, world.peer, *(f"Line {number}." for number in range(1, 61)))
    # 11:30 pm and half an hour past midnight where the programme is: two days there, one day in UTC.
    late = dt.datetime(2026, 2, 17, 5, 30, tzinfo=dt.UTC)
    Message.objects.filter(seq__lte=55).update(sent_at=late)
    Message.objects.filter(seq__gt=55).update(sent_at=late + dt.timedelta(hours=1))
    text = body_of(client, url(world.conversation))
    assert "Line 10." not in text
    assert "Line 11." in text
    assert "Monday 16 February" in text
    assert "Tuesday 17 February" in text
    assert f"{url(world.conversation)}?before=11" in text
    older = body_of(client, url(world.conversation) + "?before=11")
    assert "Line 1." in older
    assert "Line 11." not in older
    assert "Go to the newest messages" in older
    part = body_of(client, url(world.conversation) + "?before=11&part=1")
    assert part.strip().startswith("<section")
    assert "<html" not in part
    assert client.get(url(world.conversation) + "?before=soon").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_opening_the_conversation_marks_as_read_what_it_showed(world_committed: World) -> None:
    world = world_committed
    client = signed_in(None, world.caregiver)
    say(world.conversation, world.peer, "one", "two")
    mine = Participant.objects.filter(conversation=world.conversation, person=world.caregiver)
    client.get(url(world.conversation), headers={"sec-purpose": "prefetch;prerender"})
    client.get(url(world.conversation) + "?before=2")
    client.head("/messages/")
    assert mine.get().read_seq == 0
    client.get(url(world.conversation))
    assert mine.get().read_seq == 2
    theirs = signed_in(None, world.peer)
    assert "Seen" in body_of(theirs, url(world.conversation)).partition("<template")[0]
    say(world.conversation, world.peer, "three")
    assert body_of(theirs, url(world.conversation)).partition("<template")[0].count('data-state="sent"') == 1


@pytest.mark.django_db(transaction=True)
def test_who_has_left_is_still_named_beside_what_they_said(world_committed: World) -> None:
    world = world_committed
    say(world.conversation, world.peer, "I was here")
    actions.end_participation(conversation=world.conversation, person=world.peer)
    text = body_of(signed_in(None, world.caregiver), url(world.conversation))
    assert "I was here" in text
    assert ">Joy</bdi>" in text


@pytest.mark.django_db(transaction=True)
def test_the_page_asks_as_many_questions_for_one_message_as_for_fifty(world_committed: World) -> None:
    world = world_committed
    client = signed_in(None, world.caregiver)

    def count() -> int:
        client.get(url(world.conversation))  # this one marks as read
        with CaptureQueriesContext(connection) as asked:
            client.get(url(world.conversation))
        return len(asked)

    say(world.conversation, world.peer, "one")
    few = count()
    say(world.conversation, world.peer, *(f"Line {number}." for number in range(60)))
    assert count() == few <= 16


@pytest.mark.parametrize(
    ("state", "sentence", "code"),
    [("ended", "This conversation has ended", "ended"), ("paused", "This conversation is paused", "paused")],
)
@pytest.mark.django_db(transaction=True)
def test_a_closed_conversation_says_so_in_place_of_the_composer(
    world_committed: World, state: str, sentence: str, code: str
) -> None:
    world = world_committed
    client = signed_in(None, world.caregiver)
    Conversation.objects.update(state=state, access_version=7)
    text = body_of(client, url(world.conversation))
    assert sentence in text
    assert "<textarea" not in text
    assert 'href="tel:988"' in text
    refused = post_json(client, world.conversation, {"key": str(uuid4()), "body": "still here"})
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert not Message.objects.exists()


def test_nobody_writes_where_a_helper_would_meet_a_minor_and_no_age_is_told(world: World) -> None:
    Person.objects.filter(pk=world.caregiver.pk).update(adult_confirmed_at=None)
    text = body_of(signed_in(None, world.peer), url(world.conversation))
    assert "Nobody can write here yet" in text
    assert "<textarea" not in text
    assert not re.search(r"\b(18|age|minor|young)\b", text.partition("<main")[2].partition("</main>")[0])


@pytest.mark.parametrize(
    ("hour", "hours", "within", "sentences"),
    [
        (10, (9, 20), 2, ["Joy answers now, until 8\u00a0pm.", "Most often within 2 hours."]),
        (10, (9, 20), 1, ["Joy answers now, until 8\u00a0pm.", "Most often within 1 hour."]),
        (7, (9, 20), None, ["Joy answers from 9\u00a0am today."]),
        (21, (9, 20), None, ["Joy answers again tomorrow from 9\u00a0am."]),
        (1, (18, 2), None, ["Joy answers now, until 2\u00a0am."]),
        (12, (18, 2), None, ["Joy answers from 6\u00a0pm today."]),
        (12, None, 4, ["Most often within 4 hours."]),
        (12, None, None, []),
    ],
)
def test_when_an_answer_can_be_expected_follows_the_hours_where_the_programme_is(
    world: World, hour: int, hours: tuple[int, int] | None, within: int | None, sentences: list[str]
) -> None:
    role = world.peer_role
    role.answers_from, role.answers_until = (dt.time(hours[0]), dt.time(hours[1])) if hours else (None, None)
    role.answers_within_hours = within
    role.save()
    members = list(Participant.objects.filter(conversation=world.conversation))
    here = dt.datetime(2026, 2, 17, hour, tzinfo=world.program.zone)
    with translation.override("en"):
        assert page.expected_reply(members, world.caregiver, here, world.program.zone) == sentences
        assert page.expected_reply(members, world.peer, here, world.program.zone) == []


def test_the_page_reads_from_right_to_left_for_who_reads_so(world: World) -> None:
    accounts.update_account(person=world.caregiver, language="ar")
    text = body_of(signed_in(None, world.caregiver), url(world.conversation))
    assert '<html lang="ar" dir="rtl"' in text
    assert '<li class="soft">' in text


# -- sending -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_message_is_answered_with_its_number_and_the_same_key_with_the_same(
    world_committed: World, writer_caregiver: Client
) -> None:
    world, key = world_committed, str(uuid4())
    first = post_json(writer_caregiver, world.conversation, {"key": key, "body": "hello"})
    assert first.status_code == 201
    assert first.json().keys() == {"seq", "key", "sent_at"}
    assert (first.json()["seq"], first.json()["key"]) == (1, key)
    again = post_json(writer_caregiver, world.conversation, {"key": key, "body": "hello"})
    assert (again.status_code, again.json()) == (201, first.json())
    by_form = writer_caregiver.post(url(world.conversation, "messages/"), {"key": key, "body": "hello"}, headers=ACCEPT)
    assert by_form.json() == first.json()
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_plain_form_leads_back_to_the_newest_message_and_clears_the_draft(
    world_committed: World, writer_caregiver: Client
) -> None:
    world = world_committed
    writer_caregiver.post(url(world.conversation, "draft/"), {"body": "Hel"})
    text = body_of(writer_caregiver, url(world.conversation))
    key = re.search(r'name="key" value="([^"]+)"', text)
    assert key
    sent = post_form(writer_caregiver, world.conversation, key=key[1], body="Hello")
    assert (sent.status_code, sent["Location"]) == (303, url(world.conversation) + "#latest")
    assert kept_text(writer_caregiver.get(url(world.conversation))) == ""


@pytest.mark.django_db(transaction=True)
def test_the_stored_text_is_the_sent_text_to_the_byte(world_committed: World, writer_caregiver: Client) -> None:
    conversation = world_committed.conversation
    for body in NASTY:
        assert post_json(writer_caregiver, conversation, {"key": str(uuid4()), "body": body}).status_code == 201
        assert post_form(writer_caregiver, conversation, body=body).status_code == 303
    sent = [body for body in NASTY for _way in range(2)]
    assert [shown.body.encode() for shown in messages_after(conversation, 0)] == [body.encode() for body in sent]
    listed = writer_caregiver.get(url(conversation, "messages/"), headers=ACCEPT).json()["messages"]
    assert [message["body"] for message in listed] == sent
    assert writer_caregiver.get(url(conversation)).status_code == 200


@pytest.mark.django_db(transaction=True)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_unicode_text_that_is_accepted_comes_back_the_same(
    world_committed: World, writer_caregiver: Client, body: str
) -> None:
    conversation = world_committed.conversation
    answer = post_json(writer_caregiver, conversation, {"key": str(uuid4()), "body": body})
    if body.strip():
        seq = answer.json()["seq"]
        assert messages_after(conversation, seq - 1)[0].body.encode() == body.encode()
    else:
        assert (answer.status_code, answer.json()["code"]) == (422, "empty")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"[1, 2]", 400, "bad_frame"),
        (b"null", 400, "bad_frame"),
        (b'"text"', 400, "bad_frame"),
        (b"{", 400, "bad_frame"),
        (b"", 400, "bad_frame"),
        (b"\xff\xfe\x00", 400, "bad_frame"),
        (b'{"key": "%(key)s"}', 400, "bad_frame"),
        (b'{"body": "no key"}', 400, "bad_frame"),
        (b'{"key": "%(key)s", "body": 7}', 400, "bad_frame"),
        (b'{"key": "%(key)s", "body": null}', 400, "bad_frame"),
        (b'{"key": "%(key)s", "body": ["a"]}', 400, "bad_frame"),
        (b'{"key": "not-a-key", "body": "a"}', 400, "bad_frame"),
        (b'{"key": "{00000000-0000-4000-8000-000000000000}", "body": "a"}', 400, "bad_frame"),
        (b'{"key": 4, "body": "a"}', 400, "bad_frame"),
        (b'{"key": "%(key)s", "body": "half \\ud83d a pair"}', 400, "bad_frame"),
        (b'{"key": "%(key)s", "body": "%(huge)s"}', 400, "bad_frame"),
        (b'{"key": "%(key)s", "body": ""}', 422, "empty"),
        (b'{"key": "%(key)s", "body": " \\n\\u2003 "}', 422, "empty"),
        (b'{"key": "%(key)s", "body": "%(long)s"}', 422, "too_long"),
    ],
)
def test_what_cannot_be_sent_gets_its_code_and_a_sentence(
    world: World, caregiver: Client, sent: bytes, status: int, code: str
) -> None:
    values = {b"key": str(uuid4()).encode(), b"long": b"x" * 4_001, b"huge": b"x" * 1_100_000}
    content = sent % values if b"%(" in sent else sent
    with patch("messaging.actions.connection.in_atomic_block", False):
        answer = caregiver.post(
            url(world.conversation, "messages/"), content, content_type="application/json", headers=ACCEPT
        )
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"] == Refusal(code).message
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("too_long", 422),
        ("paused", 422),
        ("ended", 422),
        ("rate_limited", 429),
        ("unavailable", 503),
        ("bad_frame", 400),
    ],
)
def test_without_scripts_a_refusal_keeps_the_text_and_says_why(
    world: World, caregiver: Client, code: str, status: int
) -> None:
    text, key = "\n  <b>what I wrote</b> & more\r\n", str(uuid4())
    with patch("messaging.actions.send_message", side_effect=Refusal(code)):
        answer = post_form(caregiver, world.conversation, body=text, key=key)
    assert answer.status_code == status
    assert kept_text(answer) == text
    assert Refusal(code).message in unescape(answer.content.decode())
    assert f'name="key" value="{key}"' in answer.content.decode()


def test_a_key_that_is_none_is_replaced_and_the_text_kept(world: World, caregiver: Client) -> None:
    answer = post_form(caregiver, world.conversation, body="my words", key="nonsense")
    assert answer.status_code == 400
    assert kept_text(answer) == "my words"
    assert "nonsense" not in answer.content.decode()


@pytest.mark.parametrize(
    "gone", ["messaging.actions.send_message", "portal.access.conversations.visible_conversations"]
)
def test_a_locked_or_lost_database_never_costs_the_text(world: World, caregiver: Client, gone: str) -> None:
    with patch(gone, side_effect=OperationalError("database is locked")):
        answer = post_form(caregiver, world.conversation, body="my words")
        by_script = post_json(caregiver, world.conversation, {"key": str(uuid4()), "body": "my words"})
    assert answer.status_code == 503
    assert kept_text(answer) == "my words"
    assert (by_script.status_code, by_script.json()["code"]) == (503, "unavailable")


def test_a_session_that_ended_a_second_ago_hands_the_text_back(world: World, caregiver: Client) -> None:
    caregiver.logout()
    answer = post_form(caregiver, world.conversation, body="my words")
    assert answer.status_code == 401
    assert kept_text(answer) == "my words"
    assert "/sign-in/" in answer.content.decode()
    by_script = post_json(caregiver, world.conversation, {"key": str(uuid4()), "body": "my words"})
    assert (by_script.status_code, by_script.json()["code"]) == (401, "signed_out")
    assert caregiver.get(url(world.conversation, "messages/"), headers=ACCEPT).status_code == 401
    assert not Message.objects.exists()


def test_a_session_without_its_second_step_may_not_send(world: World) -> None:
    client = Client()
    client.force_login(world.peer)
    refused = post_json(client, world.conversation, {"key": str(uuid4()), "body": "hi"})
    assert refused.status_code == 401


def test_a_conversation_of_strangers_is_not_found_and_the_text_kept(world: World, caregiver: Client) -> None:
    answer = post_form(caregiver, world.stranger_conversation, body="my words")
    assert answer.status_code == 404
    assert kept_text(answer) == "my words"


def test_a_page_left_open_by_one_person_never_speaks_as_the_next(world: World) -> None:
    client = signed_in(None, world.peer)
    fields = {"key": str(uuid4()), "body": "from Odette's page", "person": str(world.caregiver.public_id)}
    assert post_json(client, world.conversation, fields).status_code == 401
    answer = post_form(client, world.conversation, **fields)
    assert answer.status_code == 401
    assert not Message.objects.exists()


def test_a_message_needs_the_token_of_our_own_page(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    signed_in(client, world.caregiver)
    assert post_json(client, world.conversation, {"key": str(uuid4()), "body": "hi"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_sending_asks_as_many_questions_the_sixtieth_time_as_the_first(
    world_committed: World, writer_caregiver: Client
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            post_json(writer_caregiver, world_committed.conversation, {"key": str(uuid4()), "body": "hi"})
        return len(asked)

    count()
    first = count()
    say(world_committed.conversation, world_committed.peer, *("more" for _each in range(58)))
    assert count() == first <= 8


# -- reading by request ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_came_after_a_number_is_given_in_pages_of_at_most_100(
    world_committed: World, writer_caregiver: Client
) -> None:
    world = world_committed
    say(world.conversation, world.peer, *(str(number) for number in range(1, 106)))

    def after(seq: object) -> Any:
        return writer_caregiver.get(url(world.conversation, f"messages/?after={seq}"), headers=ACCEPT)

    first = after(0).json()
    assert (len(first["messages"]), first["last_seq"], first["more"]) == (100, 105, True)
    rest = after(100).json()
    assert ([message["body"] for message in rest["messages"]], rest["more"]) == (
        [str(n) for n in range(101, 106)],
        False,
    )
    assert after(105).json() == {"messages": [], "last_seq": 105, "more": False}
    assert first["messages"][0]["author"] == str(world.peer.public_id)
    for bad in ("x", -1, "1e3", "9" * 20, ""):
        assert (after(bad).status_code, after(bad).json()["code"]) == (400, "bad_frame")


# -- drafts and reading marks ------------------------------------------------------------------------------------------


def test_a_draft_is_kept_for_its_writer_alone(world: World, caregiver: Client) -> None:
    text = "\nHalf a thought, <b>with</b> marks"
    saved = caregiver.post(
        url(world.conversation, "draft/"), json.dumps({"body": text}), content_type="application/json"
    )
    assert dt.datetime.fromisoformat(saved.json()["saved_at"]) <= timezone.now()
    again = caregiver.get(url(world.conversation))
    assert kept_text(again) == text
    assert "Nothing is sent yet" in again.content.decode()
    assert kept_text(signed_in(None, world.peer).get(url(world.conversation))) == ""
    caregiver.post(url(world.conversation, "draft/"), {"body": ""})
    assert kept_text(caregiver.get(url(world.conversation))) == ""


@pytest.mark.parametrize(("end", "fields"), [("draft/", {"body": "not yours"}), ("read/", {"seq": 1})])
def test_a_page_left_open_by_somebody_else_keeps_no_words_as_the_one_who_is_signed_in(
    world: World, caregiver: Client, end: str, fields: dict[str, Any]
) -> None:
    for person, status in ((world.peer, 401), (world.caregiver, 200)):
        sent = fields | {"person": str(person.public_id)}
        assert caregiver.post(url(world.conversation, end), sent).status_code == status
        if status == 401:
            assert "not yours" not in body_of(caregiver, url(world.conversation))


def test_a_draft_may_be_longer_than_a_message(world: World, caregiver: Client) -> None:
    caregiver.post(url(world.conversation, "draft/"), {"body": "x" * 9_000})
    assert len(kept_text(caregiver.get(url(world.conversation)))) == 9_000


def test_a_draft_too_long_to_keep_is_said_to_be_so_and_not_cut_short(world: World, caregiver: Client) -> None:
    caregiver.post(url(world.conversation, "draft/"), {"body": "as before"})
    answer = caregiver.post(url(world.conversation, "draft/"), {"body": "x" * 16_001})
    assert (answer.status_code, answer.json()["code"]) == (422, "too_long")
    assert kept_text(caregiver.get(url(world.conversation))) == "as before"


@pytest.mark.parametrize(
    ("kept", "was", "body", "then"),
    [
        ("Half", ["Half"], "Half a thought", "Half a thought"),
        ("Half a", ["Half", "Half a"], "Other", "Other"),  # tried before, and the answer was lost
        ("Sent from here", ["Sent from here"], "", ""),
        ("On the other phone", [""], "Here", "On the other phone\nHere"),
        ("On the other phone", [""], "", "On the other phone"),  # sent from here: the other phone's words stay
        ("On the other phone\nHere", ["Here"], "Here, too", "On the other phone\nHere, too"),
        ("On the other phone\nHere", ["Here"], "", "On the other phone"),
        ("It was", ["I"], "I am", "It was\nI am"),  # a word that begins like mine is not mine
        ("", ["Half"], "Half a thought", "Half a thought"),
    ],
)
def test_words_kept_by_another_phone_stay_beside_the_draft_of_this_one(
    world: World, caregiver: Client, kept: str, was: list[str], body: str, then: str
) -> None:
    draft = url(world.conversation, "draft/")
    caregiver.post(draft, {"body": kept})
    assert caregiver.post(draft, {"body": body, "was": json.dumps(was)}).status_code == 200
    assert kept_text(caregiver.get(url(world.conversation))) == then


@pytest.mark.django_db(transaction=True)
def test_reading_moves_forward_only_and_never_past_the_end(world_committed: World, writer_caregiver: Client) -> None:
    world = world_committed
    say(world.conversation, world.peer, "one", "two", "three")

    def read(seq: int) -> int:
        answer: int = writer_caregiver.post(url(world.conversation, "read/"), {"seq": seq}).json()["read_seq"]
        return answer

    assert [read(2), read(1), read(99)] == [2, 2, 3]


@pytest.mark.parametrize(
    ("end", "fields"),
    [
        ("draft/", {}),
        ("draft/", {"body": 3}),
        ("draft/", {"body": "", "was": "x"}),
        ("draft/", {"body": "", "was": 3}),
        ("read/", {"seq": "x"}),
        ("read/", []),
    ],
)
def test_a_draft_or_mark_that_cannot_be_read_gets_its_code(
    world: World, caregiver: Client, end: str, fields: object
) -> None:
    answer = caregiver.post(url(world.conversation, end), json.dumps(fields), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_frame")


@pytest.mark.parametrize(
    ("method", "end"),
    [("post", ""), ("put", "messages/"), ("delete", "messages/"), ("get", "draft/"), ("get", "read/")],
)
def test_other_methods_are_not_allowed(world: World, caregiver: Client, method: str, end: str) -> None:
    ask: Callable[[str], Any] = getattr(caregiver, method)
    assert ask(url(world.conversation, end)).status_code == 405
