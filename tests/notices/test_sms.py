"""Texts that come in: STOP at once, HELP with 988, and nothing from anyone who cannot sign."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.notices import actions
from portal.notices.channels import signature, twilio_signature
from tests.world import World

pytestmark = pytest.mark.django_db

PHONE = "+15045550142"


@pytest.fixture
def rosa() -> Person:
    return accounts.create_person(display_name="Rosa Delgado", language="es", phone=PHONE, texts_wanted=True)


def wants_texts(person: Person) -> bool:
    return Person.objects.get(pk=person.pk).texts_wanted


def by_webhook(client: Client, text: object, key: str = "key", ago: int = 0, **fields: Any) -> Any:
    body = json.dumps({"from": PHONE, "text": text, **fields}).encode()
    timestamp = str(int(time.time()) - ago)
    headers = {"X-Porchlight-Timestamp": timestamp, "X-Porchlight-Signature": signature(key, timestamp, body)}
    return client.post(reverse("sms_incoming"), body, content_type="application/json", headers=headers)


def by_twilio(client: Client, text: str, token: str = "token", address: str = "http://testserver") -> Any:
    fields = {"From": PHONE, "Body": text, "To": "+15045550100"}
    headers = {"X-Twilio-Signature": twilio_signature(token, address + reverse("sms_incoming"), fields)}
    return client.post(reverse("sms_incoming"), fields, headers=headers)


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        " Stop. ",
        "STOPALL",
        "Unsubscribe",
        "CANCEL",
        "End",
        "QUIT",
        "revoke",
        "opt out",
        "ALTO",
        "parar",
        "Stop texting me",
        "alto por favor",
        "dừng",
        "توقف",
    ],
)
def test_each_word_for_stop_stops_at_once(rosa: Person, text: str) -> None:
    reply = actions.answer_text(phone=PHONE, text=text)
    assert not wants_texts(rosa)
    assert "START" in reply


@pytest.mark.parametrize(
    "text",
    [
        "Can we end the week with a call?",
        "End of the week?",
        "I will not stop trying",
        "cancel my visit on Monday",
        "",
        "🙂",
    ],
)
def test_other_words_change_nothing_and_say_where_help_is(rosa: Person, text: str) -> None:
    reply = actions.answer_text(phone=PHONE, text=text)
    assert wants_texts(rosa)
    assert "911" in reply
    assert "988" in reply


def test_start_opts_in_again(rosa: Person) -> None:
    actions.answer_text(phone=PHONE, text="STOP")
    reply = actions.answer_text(phone=PHONE, text="start")
    assert wants_texts(rosa)
    assert "STOP" in reply


@pytest.mark.parametrize("text", ["HELP", "help", "info", "ayuda"])
def test_help_says_who_we_are_and_988(rosa: Person, text: str) -> None:
    reply = actions.answer_text(phone=PHONE, text=text)
    assert wants_texts(rosa)
    assert "Porch" in reply
    assert "988" in reply


def test_help_names_the_programmes_number_where_there_is_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Person.objects.filter(pk=world.caregiver.pk).update(phone=PHONE)
    number = actions._phone_of_program(world.caregiver)
    assert number in actions.answer_text(phone=PHONE, text="HELP")
    monkeypatch.setattr(actions, "_phone_of_program", lambda _person: "(504) 555-0142")
    assert "(504) 555-0142" in actions.answer_text(phone=PHONE, text="HELP")


def test_a_number_nobody_has_gets_the_same_answers() -> None:
    known = {text: actions.answer_text(phone=PHONE, text=text) for text in ("STOP", "START", "HELP", "hello")}
    accounts.create_person(display_name="Ana", phone=PHONE)
    assert known == {text: actions.answer_text(phone=PHONE, text=text) for text in known}


def test_a_signed_webhook_is_read_and_answered(rosa: Person, client: Client, settings: Settings) -> None:
    settings.SMS_URL = "https://example.org/hook#key"
    answer = by_webhook(client, "STOP")
    assert answer.status_code == 200
    assert "START" in json.loads(answer.content)["reply"]
    assert not wants_texts(rosa)


def test_twilio_is_read_and_answered_in_its_own_form(rosa: Person, client: Client, settings: Settings) -> None:
    settings.SMS_URL = "twilio://AC1:token@/+15045550100"
    answer = by_twilio(client, "STOP")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml"
    assert answer.content.decode().startswith("<Response><Message>Porch: ")
    assert not wants_texts(rosa)


def test_nobody_else_can_stop_or_start_texts(rosa: Person, client: Client, settings: Settings) -> None:
    settings.SMS_URL = "https://example.org/hook#key"
    refused = [
        by_webhook(client, "STOP", key="guess"),
        by_webhook(client, "STOP", ago=301),
        by_webhook(client, "STOP", ago=-301),
        client.post(reverse("sms_incoming"), b"{}", content_type="application/json"),
        by_twilio(client, "STOP"),
    ]
    settings.SMS_URL = "twilio://AC1:token@/+15045550100"
    refused += [
        by_twilio(client, "STOP", token="guess"),
        by_twilio(client, "STOP", address="http://elsewhere"),
        by_webhook(client, "STOP", key="token"),
    ]
    settings.SMS_URL = "console:"
    refused += [by_webhook(client, "STOP", key=""), by_twilio(client, "STOP", token="")]
    assert {answer.status_code for answer in refused} == {403}
    assert wants_texts(rosa)


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b'{"from": 1}', b"{", b"\xff\xfe"])
def test_a_signed_body_that_says_nothing_is_refused(client: Client, settings: Settings, body: bytes) -> None:
    settings.SMS_URL = "https://example.org/hook#key"
    timestamp = str(int(time.time()))
    headers = {"X-Porchlight-Timestamp": timestamp, "X-Porchlight-Signature": signature("key", timestamp, body)}
    answer = client.post(reverse("sms_incoming"), body, content_type="application/json", headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("address", ["https://sms.example/in", "twilio://SID:@/+15045550100"])
def test_without_a_secret_nobody_can_sign(rosa: Person, client: Client, settings: Settings, address: str) -> None:
    settings.SMS_URL = address
    assert by_webhook(client, "STOP", key="").status_code == 403
    assert by_twilio(client, "STOP", token="").status_code == 403
    assert wants_texts(rosa)


def test_a_time_of_a_thousand_digits_is_no_time(client: Client, settings: Settings) -> None:
    settings.SMS_URL = "https://sms.example/in#key"
    headers = {"X-Porchlight-Timestamp": "9" * 5_000, "X-Porchlight-Signature": "sha256="}
    response = client.post(reverse("sms_incoming"), b"{}", content_type="application/json", headers=headers)
    assert response.status_code == 403


def test_it_is_a_door_for_posts_only(client: Client) -> None:
    assert client.get(reverse("sms_incoming")).status_code == 405


def test_it_works_where_csrf_is_checked(rosa: Person, settings: Settings) -> None:
    settings.SMS_URL = "https://example.org/hook#key"
    assert by_webhook(Client(enforce_csrf_checks=True), "STOP").status_code == 200
