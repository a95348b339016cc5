"""People at the door, and the codes that left for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts import actions, adapter
from portal.accounts.models import Person
from portal.accounts.welcome import steps
from portal.notices import channels
from portal.programs.models import Organization, Program, StaffRole


@dataclass
class Mailbox:
    """What left: (to, text), in order."""

    texts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.texts[-1][1].split()[0]


class AtOnce:
    """The post office without its threads."""

    def submit(self, work: Callable[..., Any], *args: Any) -> Future[Any]:
        sent: Future[Any] = Future()
        try:
            sent.set_result(work(*args))
        except Exception as error:
            sent.set_exception(error)
        return sent


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    box = Mailbox()
    monkeypatch.setattr(adapter, "post_office", AtOnce())
    monkeypatch.setattr(channels, "send_email", lambda to, _subject, text: box.texts.append((to, text)))
    monkeypatch.setattr(channels, "send_sms", lambda to, text: box.texts.append((to, text)))
    return box


@pytest.fixture
def person(db: None) -> Person:
    return actions.create_person(
        display_name="Rosa Melancon", email="rosa@example.org", phone="(504) 555-0142", is_adult_confirmed=True
    )


@pytest.fixture
def organization(db: None) -> Organization:
    program, _created = Program.objects.get_or_create(slug="louisiana-csoc", defaults={"name": "Louisiana CSoC"})
    return Organization.objects.create(program=program, slug="porch-test", name="Porch Test", kind="fso")


@pytest.fixture
def worker(organization: Organization) -> Person:
    """Someone who works here and has not set up the second step."""
    someone = actions.create_person(display_name="Ana Worker", email="ana@example.org", is_adult_confirmed=True)
    StaffRole.objects.create(person=someone, organization=organization, role=StaffRole.Role.LIAISON)
    return someone


@pytest.fixture
def app(worker: Person) -> TOTPDevice:
    device: TOTPDevice = TOTPDevice.objects.create(user=worker, name="app")
    return device


@pytest.fixture
def _welcomed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first sign-in's steps are done."""
    monkeypatch.setattr(steps, "open_steps", lambda _person: [])


def code_of(key: bytes) -> str:
    return f"{totp(key):06d}"


def in_session(client: Any, **values: Any) -> None:
    session = client.session
    for name, value in values.items():
        session[name] = value
    session.save()


def new_browser() -> Any:
    return Client()


def signed_in(person: Person, **values: Any) -> Any:
    """A browser of that person, signed in a moment ago."""
    client = new_browser()
    client.force_login(person)
    now = int(time.time())
    in_session(client, **{"seen_at": now, "signed_in_at": now, **values})
    return client
