"""Walks every route and every socket frame as everybody of the cast, and holds the answers to the tables."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from messaging import actions as messaging
from messaging.socket import HANDLERS
from tests.access import routes
from tests.access.routes import COLUMNS, Request, expected, request_for
from tests.world import World, cookies_of, signed_in

METHODS = ("GET", "POST")


def every_route(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from every_route(entry)
        else:
            yield entry


def every_name() -> list[str]:
    return [pattern.name or str(pattern.pattern) for pattern in every_route()]


# -- the table is whole ------------------------------------------------------------------------------------------------


def test_every_route_has_a_name_and_a_row_for_each_method_and_no_row_is_left_over() -> None:
    names = every_name()
    assert len(set(names)) == len(names), "two routes share a name"
    assert set(expected()) == {(name, method) for name in names for method in METHODS}


def test_what_stands_in_paths_cannot_be_guessed() -> None:
    """A number only below a family that staff must be assigned to, or a conversation one takes part in; everything else by public
    id, or by a secret.
    """
    guessable = {
        (pattern.name, name)
        for pattern in every_route()
        for name, converter in pattern.pattern.converters.items()
        if type(converter).__name__ != "UUIDConverter"
    }
    secrets = {("invitation_show", "token"), ("calendar_feed", "token"), ("team_link_open", "token")}
    below_what_one_sees = {
        ("no_contact_end", "flag_id"),
        ("message_change", "seq"),
        ("message_before", "seq"),
        ("concern_raise", "seq"),
        ("tell_message", "seq"),
        ("item_add", "kind"),
        ("letter_write", "kind"),
        ("team_empty", "role"),
    }
    assert guessable == secrets | below_what_one_sees


# -- pages -------------------------------------------------------------------------------------------------------------


def client_of(world: World, viewer: str | None) -> Client:
    """A browser in which they have opened a page already: the door keeps a yes, and asks once for all that follows."""
    if viewer is None:
        return Client()
    client = signed_in(None, getattr(world, viewer))
    client.get(reverse("account_show"))
    return client


def ask(client: Client, method: str, route: str, request: Request) -> HttpResponse:
    """One request from a browser as it was: what the answer does to cookies is forgotten again."""
    cache.clear()  # counts of tries
    cookies = copy.deepcopy(client.cookies)
    path = reverse(route, kwargs=request.path)
    answer: Any = client.get(path) if method == "GET" else client.post(path, request.form)
    client.cookies = cookies
    return answer  # type: ignore[no-any-return]


def word_for(answer: HttpResponse) -> str:
    """How the table says it."""
    if not 300 <= answer.status_code < 400:
        return str(answer.status_code)
    return {"/sign-in/": "in", "/welcome/": "hi"}.get(urlsplit(answer["Location"]).path, "go")


def test_each_person_gets_on_each_page_what_the_table_says(world: World) -> None:
    clients = {column: client_of(world, viewer) for column, viewer in COLUMNS.items()}
    table = expected()
    differences = []
    for route in pages():
        with alone(route, world) as request:
            for method in METHODS:
                words = table[route, method]
                for column, client in asking(words, clients).items():
                    with forgotten():
                        found = word_for(ask(client, method, route, request))
                    if found != words[column]:
                        said = f"the table says {words[column]}, the site says {found}"
                        differences.append(f"{method} {route} as {column}: {said}")
    assert not differences, "\n".join(differences)


def pages() -> list[str]:
    """The routes whose answers can be undone; the others have a test of their own."""
    return [route for route in every_name() if route not in routes.COMMITS]


def asking(words: dict[str, str], clients: dict[str, Client]) -> dict[str, Client]:
    """Who asks. That a page knows no such method is said before it looks at who they are: a few of them are enough for it."""
    if set(words.values()) - {"in", "hi", "405"}:
        return clients
    return {column: clients[column] for column in ("none", "chil", "care", "liai")}


@contextmanager
def alone(route: str, world: World) -> Iterator[Request]:
    """A page's facts, forgotten afterward with all that was done to them: no page meets what another one left."""
    with forgotten():
        yield request_for(route, world)


@contextmanager
def forgotten() -> Iterator[None]:
    """What is done within is undone: nobody meets what the one before did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("route", sorted(routes.COMMITS))
@pytest.mark.django_db(transaction=True)
def test_each_person_gets_what_the_table_says_also_where_the_page_commits(world_committed: World, route: str) -> None:
    world = world_committed
    found = {}
    for column in COLUMNS:
        client = client_of(world, COLUMNS[column])
        for method in METHODS:
            found[column, method] = word_for(ask(client, method, route, request_for(route, world)))
    table = expected()
    assert found == {(column, method): table[route, method][column] for column in COLUMNS for method in METHODS}


OUTSIDERS = ["stranger_caregiver", "stranger_liaison", "faraway_liaison", "lead", "natural_support"]
# A hold is the lead's own doing: they named the family themselves. A case is one they were told nobody answers for, and
# the programme's peers and rotas are theirs to check, and that staff made a report they may be told; none of it names a family.
LEADS = (
    "hold_lift",
    "owner_give",
    "peer_show",
    "peer_verify",
    "credential_add",
    "credential_withdraw",
    "shift_cancel",
    "report_facts",
    # Young people's talks with mentors, which they have watched over; no word of them.
    *("supervision_show", "talk_freeze", "talk_lift", "helper_bring_in", "helper_let_go", "supervisor_name"),
    # What was learned, in their own words.
    "lesson_withdraw",
    *("tie_end", "exception_ask", "exception_agree", "exception_look"),
    # An appeal that they were chosen to decide, and what follows from their answer.
    *("appeal_answer", "appeal_carried_out", "hearing_form", "hearing_show"),
)
OWN = {("lead", route) for route in LEADS}
# The directory is the whole programme's, and no family's.
OF_NO_FAMILY = {"entry_show", "entry_note", "lesson_withdraw"}
# A code opens these: everybody else is led to where a code is typed, whether there is something or not.
BY_CODE = {"tell_show", "tell_save", "tell_file", "tell_send", "tell_drop", "tell_receipt", "tell_letter"}
CHANGING = re.compile(
    r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|/no-contact/\d+/|value="/[^"]*"'
)


def test_an_outsider_cannot_tell_a_family_that_exists_from_one_that_does_not(world: World) -> None:
    """The same status, the same page: nothing tells that a family, pairing, conversation or person is there."""
    clients = {viewer: client_of(world, viewer) for viewer in OUTSIDERS}
    table = expected()
    for route in every_name():
        with alone(route, world) as real:
            if route in OF_NO_FAMILY | BY_CODE or not any(isinstance(value, UUID) for value in real.path.values()):
                continue
            known = [method for method in METHODS if set(table[route, method].values()) - {"in", "hi", "405"}]
            for viewer, method in product(OUTSIDERS, known):
                if (viewer, route) not in OWN:
                    with forgotten():
                        assert_hides(clients[viewer], viewer, method, route, real)


def test_an_outsider_cannot_tell_something_told_to_us_from_nothing(world: World) -> None:
    clients = {viewer: client_of(world, viewer) for viewer in OUTSIDERS}
    for route in sorted(BY_CODE):
        with alone(route, world) as real:
            invented: dict[str, object] = dict.fromkeys(real.path, uuid4())
            for viewer, method in product(OUTSIDERS, METHODS):
                both = [Request(path, real.form) for path in (real.path, invented)]
                with forgotten():
                    answers = [ask(clients[viewer], method, route, one) for one in both]
                assert answers[0].status_code == answers[1].status_code in {302, 400, 405}, (viewer, route, method)
                assert answers[0].get("Location") == answers[1].get("Location"), (viewer, route, method)


def assert_hides(client: Client, viewer: str, method: str, route: str, real: Request) -> None:
    invented: dict[str, object] = {
        name: uuid4() if isinstance(value, UUID) else 999_999 for name, value in real.path.items()
    }
    answers = [ask(client, method, route, Request(path, real.form)) for path in (real.path, invented)]
    assert answers[0].status_code == answers[1].status_code in {404, 405}, (viewer, route, method)
    said = [CHANGING.sub("", answer.content.decode()) for answer in answers]
    assert said[0] == said[1], (viewer, route, method)


def test_no_page_takes_another_method(world: World) -> None:
    client = client_of(world, "liaison")
    taken = []
    for route in every_name():
        with alone(route, world) as request:
            path = reverse(route, kwargs=request.path)
            for method in ("PUT", "PATCH", "DELETE", "TRACE"):
                with forgotten():
                    answer = client.generic(method, path)
                if answer.status_code != 405:
                    taken.append((method, route, answer.status_code))
    assert taken == []


def test_the_demos_doors_do_not_exist_outside_the_demo(client: Client, db: None) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in/liaison/").status_code == 404


# -- before the second step, before the first-visit pages ---------------------------------------------------------------


def test_staff_without_their_second_step_see_nothing_of_any_family(world: World) -> None:
    assert_sees_nobody(world, ["peer", "liaison", "facilitator", "lead"])


def test_who_has_not_been_through_the_first_visit_sees_nobody_else(world: World) -> None:
    assert_sees_nobody(world, ["caregiver", "youth", "child"])


def assert_sees_nobody(world: World, viewers: list[str]) -> None:
    """No page names anybody but who looks at it, to somebody who is signed in and no further."""
    people = [world.caregiver, world.second_caregiver, world.youth, world.natural_support, world.peer, world.liaison]
    names = {world.family.name, *(person.first_name for person in people)}
    clients = {viewer: Client() for viewer in viewers}
    for viewer, client in clients.items():
        client.force_login(getattr(world, viewer))
    for route in pages():
        if route == "invitation_show":  # which names who is invited
            continue
        with alone(route, world) as request:
            for viewer, client in clients.items():
                with forgotten():
                    page = ask(client, "GET", route, request).content.decode(errors="replace")  # or a photo
                others = names - set(getattr(world, viewer).display_name.split())
                assert not [name for name in others if re.search(rf"\b{name}\b", page)], (viewer, route)


# -- the socket --------------------------------------------------------------------------------------------------------

# What a person outside a conversation gets for each frame, where it can name one.
FRAMES = {
    "hello": "not_found",
    "send": "not_found",
    "read": "not_found",
    "typing": "not_found",
    "ping": "pong",
}
STRANGERS = [name for name in COLUMNS.values() if name not in {None, "caregiver", "peer", "child"}]


def test_every_frame_a_client_may_send_has_a_row() -> None:
    assert set(FRAMES) == {*HANDLERS, "send"}


def frame_about(conversation: UUID, kind: str) -> dict[str, object]:
    name = str(conversation)
    frames: dict[str, dict[str, object]] = {
        "hello": {"type": "hello", "after": {name: 0}},
        "send": {"type": "send", "conversation": name, "key": str(uuid4()), "body": "Let me in"},
        "read": {"type": "read", "conversation": name, "seq": 1},
        "typing": {"type": "typing", "conversation": name},
        "ping": {"type": "ping"},
    }
    return frames[kind]


class Phone:
    """A page's socket, as a browser opens it."""

    def __init__(self, cookies: str) -> None:
        from portal.asgi import application

        headers = [(b"origin", b"http://localhost"), (b"host", b"localhost"), (b"cookie", cookies.encode())]
        self.line = WebsocketCommunicator(application, "/ws/", headers=headers)

    async def open(self) -> bool:
        opened, _code = await self.line.connect(timeout=15)
        return bool(opened)

    async def say(self, frame: dict[str, object]) -> None:
        await self.line.send_to(text_data=json.dumps(frame))

    async def hear(self) -> dict[str, Any]:
        return json.loads(await self.line.receive_from(timeout=15))  # type: ignore[no-any-return]

    async def hears_nothing(self) -> bool:
        return bool(await self.line.receive_nothing(timeout=0.3))

    async def hang_up(self) -> None:
        await self.line.disconnect(timeout=15)


async def phone_of(world: World, name: str) -> Phone:
    """That person's page, with its socket open."""
    phone = Phone(await sync_to_async(cookies_of)(getattr(world, name)))
    assert await phone.open()
    return phone


@pytest.mark.django_db(transaction=True)
async def test_on_the_socket_a_conversation_of_others_is_not_there(world_committed: World) -> None:
    """For each frame: `not_found`, nothing of it is stored or shown, and what its people write is not heard."""
    world = world_committed
    phones = {viewer: await phone_of(world, viewer) for viewer in STRANGERS}
    for viewer, phone in phones.items():
        for kind, expected_answer in FRAMES.items():
            frame = frame_about(world.conversation.public_id, kind)
            await phone.say(frame)
            answer = await phone.hear()
            if kind == "hello":
                assert answer["type"] == "welcome"
                assert str(world.conversation.public_id) not in json.dumps(answer), viewer
                answer = await phone.hear()
            if expected_answer == "pong":
                assert answer == {"type": "pong"}
            else:
                assert answer | {"message": ""} == refused(expected_answer, frame.get("key")), (viewer, kind)
    await sync_to_async(talk)(world)
    heard = [viewer for viewer, phone in phones.items() if not await phone.hears_nothing()]
    assert heard == []
    for phone in phones.values():
        await phone.hang_up()


def refused(code: str, key: object = None) -> dict[str, object]:
    return {"type": "refused", "key": key, "code": code, "message": ""}


def talk(world: World) -> None:
    """What the two whose conversation it is do: write, read, begin to write."""
    messaging.send_message(author=world.caregiver, conversation=world.conversation, key=uuid4(), body="Are you there?")
    messaging.mark_read(person=world.peer, conversation=world.conversation, seq=1)
    messaging.show_typing(person=world.caregiver, conversation=world.conversation)
    world.conversation.refresh_from_db()
    assert world.conversation.last_seq == 1


@pytest.mark.django_db(transaction=True)
async def test_the_two_themselves_hear_each_other(world_committed: World) -> None:
    """What the test above is measured by: the same frames, from who may."""
    world = world_committed
    phone = await phone_of(world, "peer")
    await phone.say(frame_about(world.conversation.public_id, "hello"))
    welcome = await phone.hear()
    assert [talk["id"] for talk in welcome["conversations"]] == [str(world.conversation.public_id)]
    await sync_to_async(talk)(world)
    assert [(await phone.hear())["type"] for _frame in range(3)] == ["message", "read", "typing"]
    await phone.say(frame_about(world.conversation.public_id, "send"))
    assert (await phone.hear())["type"] == "stored"
    await phone.hang_up()


@pytest.mark.django_db(transaction=True)
async def test_a_key_stored_by_others_tells_a_stranger_nothing(world_committed: World) -> None:
    world = world_committed
    key = uuid4()
    send = sync_to_async(messaging.send_message)
    await send(author=world.caregiver, conversation=world.conversation, key=key, body="Only for you")
    phone = await phone_of(world, "stranger_caregiver")
    await phone.say({"type": "hello", "after": {}})
    await phone.hear()
    await phone.say(frame_about(world.conversation.public_id, "send") | {"key": str(key)})
    assert await phone.hear() | {"message": ""} == refused("not_found", str(key))
    await phone.hang_up()


@pytest.mark.django_db(transaction=True)
async def test_who_is_taken_out_of_a_conversation_hears_nothing_more_at_once(world_committed: World) -> None:
    world = world_committed
    phone = await phone_of(world, "caregiver")
    await phone.say({"type": "hello", "after": {}})
    await phone.hear()
    await sync_to_async(messaging.end_participation)(conversation=world.conversation, person=world.caregiver)
    send = sync_to_async(messaging.send_message)
    await send(author=world.peer, conversation=world.conversation, key=uuid4(), body="Is anybody there?")
    assert await phone.hears_nothing()
    await phone.hang_up()


@pytest.mark.parametrize("session", ["none", "signed out", "no second step", "a child of 12", "first visit not done"])
@pytest.mark.django_db(transaction=True)
async def test_the_socket_is_closed_to_who_may_not_act(world_committed: World, session: str) -> None:
    phone = Phone(await sync_to_async(_half_session)(world_committed, session))
    assert not await phone.open()


def _half_session(world: World, session: str) -> str:
    client = Client()
    if session == "signed out":
        client = signed_in(None, world.caregiver)
        key = client.cookies["porch"].value
        client.post(reverse("signout"))
        return f"porch={key}"
    if session == "a child of 12":
        return cookies_of(world.child)
    if session == "no second step":
        client.force_login(world.peer)
    elif session == "first visit not done":
        client.force_login(world.caregiver)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
