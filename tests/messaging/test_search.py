"""Finding an old message: in one's own conversation, whatever the accents, and without a trace of what was looked for."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from messaging import search
from messaging.models import Conversation, Participant
from portal.audit.models import Entry
from tests.messaging.filling import fill
from tests.world import World, signed_in


@pytest.fixture
def caregiver(world: World) -> Client:
    return signed_in(None, world.caregiver)


def path(conversation: Conversation) -> str:
    return f"/conversations/{conversation.public_id}/search/"


def look(client: Client, conversation: Conversation, query: str, **more: Any) -> Any:
    return client.post(path(conversation), {"query": query, **more})


def shown(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def marked(text: str) -> list[str]:
    return [unescape(word) for word in re.findall(r"<mark>(.*?)</mark>", text, re.DOTALL)]


# -- what is found ------------------------------------------------------------------------------------------------------


def test_a_message_is_found_with_who_when_and_a_way_to_it(world: World, caregiver: Client) -> None:
    evening = dt.datetime(2025, 3, 4, 1, 30, tzinfo=dt.UTC)  # the evening before, where the programme is
    fill(world.conversation, [world.peer], ["The school meeting is on Friday", "See you"], at=evening)
    text = shown(look(caregiver, world.conversation, "SCHOOL"))
    assert marked(text) == ["school"]
    assert "<bdi>Joy</bdi>" in text
    assert "Monday 3 March 2025" in text
    assert "7:30\u00a0pm" in text
    assert "1\u00a0message found" in text
    link = unescape(re.findall(r'href="([^"]*#m1)"', text)[0])
    page = shown(caregiver.get(link.partition("#")[0]))
    assert 'id="m1"' in page
    assert "The school meeting is on Friday" in page


@pytest.mark.parametrize(
    ("body", "query", "found"),
    [
        ("Nos vemos mañana", "manana", ["mañana"]),
        ("Nos vemos man\u0303ana", "mañana", ["man\u0303ana"]),
        ("Hẹn gặp lại ở trường", "truong", ["trường"]),
        ("Đi đâu đó", "di dau", ["Đi", "đâu"]),
        ("مَدْرَسَة كبيرة", "مدرسه", ["مَدْرَسَة"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("I don’t know", "don't", ["don’t"]),
        ("later we meet at school", "school meet", ["meet", "school"]),
        ("ver mañana a Ana", "ana manana", ["mañana", "Ana"]),
        ("we need 药 today", "药", ["药"]),
        ("a b & <b>c</b>", "<b>", ["<b>"]),
        ("50% off_ \\ here", "50%", ["50%"]),
    ],
)
def test_neither_capitals_nor_accents_matter(
    world: World, caregiver: Client, body: str, query: str, found: list[str]
) -> None:
    fill(world.conversation, [world.peer], [body])
    assert marked(shown(look(caregiver, world.conversation, query))) == found


def test_what_was_written_is_never_part_of_the_page_itself(world: World, caregiver: Client) -> None:
    fill(world.conversation, [world.peer], ["hello <script>alert(1)</script> <mark>x</mark>"])
    text = shown(look(caregiver, world.conversation, "script"))
    assert "alert(1)</script>" not in text
    assert marked(text) == ["script", "script"]
    assert 'value="&quot;&gt;&lt;b&gt;"' in shown(look(caregiver, world.conversation, '"><b>'))


def test_a_long_message_is_shown_around_the_word(world: World, caregiver: Client) -> None:
    fill(world.conversation, [world.peer], ["before " * 100 + "needle" + " after" * 100])
    text = shown(look(caregiver, world.conversation, "needle"))
    words = re.findall(r'<p class="words theirs" dir="auto">(.*?)</p>', text, re.DOTALL)[0]
    assert words.startswith("…before ")
    assert words.endswith(" after…")
    assert len(words) < 300


def test_all_of_the_words_have_to_be_there(world: World, caregiver: Client) -> None:
    fill(world.conversation, [world.peer], ["school", "school bus", "bus"])
    assert "1\u00a0message found" in shown(look(caregiver, world.conversation, "bus school"))


# -- a long conversation ------------------------------------------------------------------------------------------------


def test_a_page_shows_twenty_and_goes_on_below_them(world: World, caregiver: Client) -> None:
    fill(world.conversation, [world.peer, world.caregiver], (f"school {number}" for number in range(1, 46)))
    below, seen, text = None, [], ""
    for count in (20, 20, 5):
        text = shown(look(caregiver, world.conversation, "school", **({"below": below} if below else {})))
        numbers = [int(number) for number in re.findall(r"#m(\d+)", text)]
        assert len(numbers) == count
        seen += numbers
        found = re.search(r'name="below" value="(\d+)"', text)
        below = int(found[1]) if found else None
    assert seen == list(range(45, 0, -1))
    assert below is None
    assert "These are all." in text


def test_one_request_looks_at_a_bounded_piece_and_says_how_far(world: World, caregiver: Client) -> None:
    long_ago = dt.datetime(2024, 5, 1, 18, tzinfo=dt.UTC)
    fill(world.conversation, [world.peer], ["needle", *["hay"] * 30], at=long_ago)
    with patch("messaging.search.LOOKED_AT", 10):
        text = shown(look(caregiver, world.conversation, "needle"))
        assert "Nothing found" in text
        assert "We looked back to Wednesday 1 May 2024." in text
        assert 'name="below" value="22"' in text
        assert "Nothing further back" in shown(look(caregiver, world.conversation, "needle", below=22))
    with patch("messaging.search.LETTERS", 6):
        assert 'name="below" value="30"' in shown(look(caregiver, world.conversation, "needle"))
    text = shown(look(caregiver, world.conversation, "needle", below=12))
    assert marked(text) == ["needle"]
    assert "We looked back to the first message." in text


def test_looking_costs_as_many_questions_in_a_long_conversation_as_in_a_short_one(
    world: World, caregiver: Client
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(look(caregiver, world.conversation, "school"))
        return len(asked)

    fill(world.conversation, [world.peer], ["school"] * 20)
    count()
    few = count()
    fill(world.conversation, [world.peer], ["school"] * 150)
    assert count() == few <= 21  # six of them count how often this person looked in the last minute


def test_what_was_removed_is_said_and_not_waited_for(world: World, caregiver: Client) -> None:
    fill(world.conversation, [world.peer], ["hay"] * 5)
    world.conversation.messages.filter(seq__lte=3).delete()
    Conversation.objects.update(trimmed_seq=3, trimmed_at=timezone.now())
    text = shown(look(caregiver, world.conversation, "needle"))
    assert "Look further back" not in text
    assert "Older messages were removed on" in text


# -- words that cannot be looked for ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "There is nothing to look for yet."),
        (" \n ", "There is nothing to look for yet."),
        ("\u0301\u200d", "There is nothing to look for yet."),
        ("a", "One letter is too little"),
        ("é", "One letter is too little"),
        ("x" * 4_000, "This is too long to look for."),
    ],
)
def test_what_cannot_be_looked_for_is_said_plainly_and_kept(
    world: World, caregiver: Client, query: str, sentence: str
) -> None:
    fill(world.conversation, [world.peer], ["a x é"])
    answer = look(caregiver, world.conversation, query)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert f'value="{query.strip()}"' in text
    assert "<mark>" not in text


def test_no_hit_in_an_empty_and_in_an_ended_conversation(world: World, caregiver: Client) -> None:
    assert "We looked at every message here." in shown(look(caregiver, world.conversation, "anything"))
    fill(world.conversation, [world.peer], ["still here"])
    Conversation.objects.update(state="ended", access_version=9)
    assert marked(shown(look(caregiver, world.conversation, "still"))) == ["still"]
    assert "Nothing found" in shown(look(caregiver, world.conversation, "else"))


@pytest.mark.parametrize("below", ["x", "-1", "1e3", "", "9" * 17])
def test_a_place_that_is_none_is_not_there(world: World, caregiver: Client, below: str) -> None:
    assert look(caregiver, world.conversation, "hello", below=below).status_code == 404


# -- whose it is --------------------------------------------------------------------------------------------------------


def test_nobody_else_looks_into_it_and_the_form_says_nothing(world: World) -> None:
    fill(world.conversation, [world.peer], ["school"])
    for stranger in (world.second_caregiver, world.youth, world.liaison, world.facilitator, world.stranger_caregiver):
        client = signed_in(None, stranger)
        assert client.get(path(world.conversation)).status_code == 404
        assert look(client, world.conversation, "school").status_code == 404


def test_what_is_looked_for_is_not_in_an_address_and_needs_our_own_page(world: World, caregiver: Client) -> None:
    fill(world.conversation, [world.peer], ["school"])
    text = shown(caregiver.get(path(world.conversation) + "?query=school"))
    assert "<mark>" not in text
    assert 'autocomplete="off"' in text
    strict = signed_in(Client(enforce_csrf_checks=True), world.caregiver)
    assert look(strict, world.conversation, "school").status_code == 403


def test_nothing_is_kept_of_it_and_nothing_counts_as_read(world: World, caregiver: Client) -> None:
    fill(world.conversation, [world.peer], (f"school {number}" for number in range(120)))
    entries = Entry.objects.count()
    text = shown(look(caregiver, world.conversation, "school 100"))
    link = unescape(re.findall(r'href="([^"]*)#m101"', text)[0])
    page = shown(caregiver.get(link))
    mine = Participant.objects.get(conversation=world.conversation, person=world.caregiver)
    assert (mine.read_seq, mine.sealed_draft) == (0, None)
    assert Entry.objects.count() == entries
    # Live, the page would fetch all that came since, and count it as read.
    assert "messages.js" not in page
    assert "<textarea" not in page
    assert "Go to the newest messages" in page


def test_from_a_place_found_one_reads_on_both_ways(world: World, caregiver: Client) -> None:
    fill(world.conversation, [world.peer], (f"line {number}" for number in range(1, 201)))
    chat = f"/conversations/{world.conversation.public_id}/"
    text = shown(caregiver.get(f"{chat}?before=75"))
    assert f'{chat}?before=25"' in text
    assert f'{chat}?before=125"' in text
    assert "Later messages" in text
    assert "Later messages" not in shown(caregiver.get(f"{chat}?before=175"))
    assert path(world.conversation) in shown(caregiver.get(chat))


# -- letters ------------------------------------------------------------------------------------------------------------


@given(st.text(max_size=40))
def test_letter_by_letter_folds_as_all_at_once(text: str) -> None:
    assert search.fold(text) == "".join(search.fold(letter) for letter in text)


@given(st.text(alphabet="aAáä\u0301\u200d \nß日", max_size=300), st.text(alphabet="aAß日", min_size=1, max_size=3))
def test_an_excerpt_is_a_piece_of_the_message_with_the_words_marked(body: str, query: str) -> None:
    words = search.words_of(query)
    parts = search.excerpt(body, words)
    assert bool(parts) == all(word in search.fold(body) for word in words)
    assert "".join(part.text for part in parts).strip("…") in body
    marks = [search.fold(part.text) for part in parts if part.is_hit]
    assert all(any(word in mark for word in words) for mark in marks)
    assert not parts or marks
