"""Somebody on a phone without an account, and the staff who answer."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal.referrals import actions, codes
from portal.referrals.models import Referral
from tests.world import World

LETTERS = "Mi hijo no duerme. <b>¿Qué hago?</b>"


def begin(program: str = "louisiana-csoc") -> tuple[Client, str]:
    """A phone on which somebody began, and the code it showed."""
    cache.clear()
    phone = Client()
    assert phone.post("/refer/", {"program": program}).headers["Location"] == "/refer/code/"
    page = phone.get("/refer/code/").content.decode()
    found = re.search(r"data-code>([A-Z]{4} [A-Z]{4} [A-Z]{4})<", page)
    assert found
    return phone, found[1]


def write(browser: Client, at: str, **fields: Any) -> Any:
    seen = re.search(r'name="seen" value="(\d+)"', browser.get("/refer/write/", {"at": at}).content.decode())
    return browser.post("/refer/write/", {"at": at, "seen": seen[1] if seen else 0} | fields)


def come_back(code: str) -> Client:
    """Another phone, on which the code is typed."""
    cache.clear()
    other = Client()
    answer = other.post("/refer/return/", {"code": code})
    assert answer.status_code == 302, answer.content.decode()
    return other


def sent(program: str = "louisiana-csoc") -> tuple[Client, str, Referral]:
    phone, code = begin(program)
    write(phone, "who", first_name="Leo", asker="guardian")
    write(phone, "what", body=LETTERS)
    assert phone.post("/refer/send/").headers["Location"] == "/refer/where/"
    return phone, code, held(code)


def held(code: str) -> Referral:
    parsed = codes.parsed(code)
    assert parsed
    return Referral.objects.get(code_key=codes.key_of(parsed))


def of_school(world: World, consent: str = "unknown", **more: Any) -> tuple[Referral, str]:
    return actions.record_partner_referral(
        actor=world.liaison,
        role=world.liaison_role,
        source="school",
        answers={"first_name": "Nia", "partner": "Cypress Middle School", "phone": "5045550188"},
        consent=consent,
        language="es",
        **more,
    )


def question(words: str = "She lives in Gretna.", about: str = "") -> dict[str, Any]:
    return {"words": words, "about": about, "key": uuid4()}


def days_ahead(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def text_of(page: Any) -> str:
    return str(page.content.decode())
