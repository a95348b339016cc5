"""Walks every route and every socket frame as everybody of the cast, and holds the answers to the tables."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from messaging import actions as messaging
from messaging.socket import HANDLERS
from tests.access import routes
from tests.access.routes import COLUMNS, Request, expected, request_for
from tests.world import World, cookies_of, forgotten, signed_in

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
        ("say_message", "seq"),
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


@contextmanager
def alone(route: str, world: World) -> Iterator[Request]:
    """A page's facts, forgotten afterward with all that was done to them: no page meets what another one left."""
    with forgotten():
        yield request_for(route, world)


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
    # What made it hard: its words, never whose they are.
    *("policy_suggestion_show", "policy_suggestion_answer"),
)
OWN = {("lead", route) for route in LEADS}
# The directory is the whole programme's, and no family's.
OF_NO_FAMILY = {"entry_show", "entry_note", "lesson_withdraw"}
# So are drafts, chances, seats and what was done.
OF_NO_FAMILY |= {f"comment_period_{verb}" for verb in ("show", "change", "withdraw", "read", "answer")}
OF_NO_FAMILY |= {f"opportunity_{verb}" for verb in ("show", "join", "change", "close")}
OF_NO_FAMILY |= {"said_done_withdraw", "seat_apply", "seat_set"}
# A code opens these: everybody else is led to where a code is typed, whether there is something or not.
BY_CODE = {"tell_show", "tell_save", "tell_file", "tell_send", "tell_drop", "tell_receipt", "tell_letter"}
BY_CODE |= {"tell_fixed", "tell_withdraw"}
CHANGING = re.compile(
    r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|/no-contact/\d+/|value="/[^"]*"'
)
# Made to be kept: they are the same for everybody and say nothing of anybody.
KEPT = {"manifest", "service_worker", "healthz", "readyz", "metrics"}
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
COLUMN_OF = {viewer: column for column, viewer in COLUMNS.items()}
HALF = ("peer", "liaison", "facilitator", "lead")
NAMED = (
    *("caregiver", "second_caregiver", "youth", "child", "natural_support"),
    *("peer", "second_peer", "mentor", "liaison", "facilitator"),
)


PARTS = 4  # of a walk, so that several cores share it


@dataclass
class Walk:
    """Everybody of the cast at one route, one after the other, and what is wrong with what they got."""

    world: World
    clients: dict[str, Client]  # of who stands in a column of the table
    half: dict[str, Client]  # signed in and no further: without their second step, or before their first visit
    wrong: list[str] = field(default_factory=list)

    def visit(self, route: str) -> None:
        """What a route is asked about, with its facts made once: making them takes longer than any answer."""
        with alone(route, self.world) as request:
            answers = self.what_the_table_says(route, request)
            self.leaves_nothing_on_a_phone(route, answers)
            self.hides_from_outsiders(route, request, answers)
            self.takes_no_other_method(route, request)
            self.names_nobody_to_who_is_half_in(route, request)

    def what_the_table_says(self, route: str, request: Request) -> dict[tuple[str, str], HttpResponse]:
        """What each person gets with each method is what their column says."""
        table, answers = expected(), {}
        for method in METHODS:
            words = table[route, method]
            for column, client in asking(words, self.clients).items():
                if route in routes.COMMITS and not is_kept_out(COLUMNS[column], route):  # they have a test of their own
                    continue
                with forgotten():
                    answer = ask(client, method, route, request)
                answers[column, method] = answer
                found = word_for(answer)
                if found != words[column]:
                    self.say(route, f"{method} as {column}: the table says {words[column]}, the site says {found}")
        return answers

    def leaves_nothing_on_a_phone(self, route: str, answers: dict[tuple[str, str], HttpResponse]) -> None:
        """Nothing in a cache, no place somebody came from, and nobody's name in the list of places visited."""
        for (column, method), answer in answers.items():
            if method != "GET" and route not in {"phone_lock", "signout"}:
                continue
            said = answer.headers.get("Cache-Control", "")
            if route not in KEPT and "no-store" not in said:
                self.say(route, f"{column}: Cache-Control {said}")
            if answer.headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
                self.say(route, f"{column}: Referrer-Policy")
            if "frame-ancestors 'none'" not in answer.headers.get("Content-Security-Policy", ""):
                self.say(route, f"{column}: Content-Security-Policy")
            title = TITLE.search(text_of(answer)) if method == "GET" and column in {"care", "yout"} else None
            if title and route != "invitation_show" and any(re.search(rf"\b{name}\b", title[1]) for name in self.names):
                self.say(route, f"{column}: the title names somebody: {title[1]}")

    def hides_from_outsiders(self, route: str, real: Request, answers: dict[tuple[str, str], HttpResponse]) -> None:
        """The same status, the same page: nothing tells that a family, pairing, conversation or person is there."""
        if not any(isinstance(value, UUID) for value in real.path.values()):
            return
        table = expected()
        invented: dict[str, object] = {
            name: uuid4() if isinstance(value, UUID) else 999_999 for name, value in real.path.items()
        }
        for viewer, method in product(OUTSIDERS, METHODS):
            column = COLUMN_OF[viewer]
            if not is_kept_out(viewer, route) or not set(table[route, method].values()) - {"in", "hi", "405"}:
                continue
            with forgotten():
                nothing = ask(self.clients[column], method, route, Request(invented, real.form))
            there = answers[column, method]
            same = CHANGING.sub("", text_of(there)) == CHANGING.sub("", text_of(nothing))
            if not (there.status_code == nothing.status_code and nothing.status_code in {404, 405} and same):
                self.say(route, f"{method} tells {viewer} that it is there: {there.status_code}, {nothing.status_code}")

    def takes_no_other_method(self, route: str, request: Request) -> None:
        path = reverse(route, kwargs=request.path)
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            with forgotten():
                answer = self.clients["liai"].generic(method, path)
            if answer.status_code != 405:
                self.say(route, f"{method} is answered with {answer.status_code}")

    def names_nobody_to_who_is_half_in(self, route: str, request: Request) -> None:
        """No page names anybody but who looks at it, to staff without their second step or before a first visit."""
        if route == "invitation_show" or route in routes.COMMITS:  # the first names who is invited
            return
        for viewer, client in self.half.items():
            with forgotten():
                page = text_of(ask(client, "GET", route, request))
            others = self.names - set(getattr(self.world, viewer).display_name.split())
            if any(re.search(rf"\b{name}\b", page) for name in others):
                self.say(route, f"names somebody to {viewer}, who is half in")

    @property
    def names(self) -> set[str]:
        return {self.world.family.name, *(getattr(self.world, one).first_name for one in NAMED)}

    def say(self, route: str, what: str) -> None:
        self.wrong.append(f"{route}: {what}")


@pytest.mark.parametrize("part", range(PARTS))
def test_each_route_gives_each_person_what_the_policy_says_and_no_more(world: World, part: int) -> None:
    walk = Walk(
        world,
        {column: client_of(world, viewer) for column, viewer in COLUMNS.items()},
        {viewer: half_in(world, viewer) for viewer in HALF},
    )
    for route in every_name()[part::PARTS]:
        walk.visit(route)
    assert not walk.wrong, "\n".join(walk.wrong)


def test_who_has_not_been_through_the_first_visit_sees_nobody_else(world: World) -> None:
    walk = Walk(world, {}, {viewer: half_in(world, viewer) for viewer in ("caregiver", "youth", "child")})
    for route in every_name():
        with alone(route, world) as request:
            walk.names_nobody_to_who_is_half_in(route, request)
    assert not walk.wrong, "\n".join(walk.wrong)


def is_kept_out(viewer: str | None, route: str) -> bool:
    return viewer in OUTSIDERS and (viewer, route) not in OWN and route not in OF_NO_FAMILY | BY_CODE


def half_in(world: World, viewer: str) -> Client:
    client = Client()
    client.force_login(getattr(world, viewer))
    return client


def text_of(answer: HttpResponse) -> str:
    return "" if answer.streaming else answer.content.decode(errors="replace")  # or a photo


def asking(words: dict[str, str], clients: dict[str, Client]) -> dict[str, Client]:
    """Who asks. That a page knows no such method is said before it looks at who they are: a few of them are enough for it."""
    if set(words.values()) - {"in", "hi", "405"}:
        return clients
    return {column: clients[column] for column in ("none", "chil", "care", "liai")}


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


def test_the_demos_doors_do_not_exist_outside_the_demo(client: Client, db: None) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in/liaison/").status_code == 404


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
