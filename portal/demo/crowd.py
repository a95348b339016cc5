"""Pairs for load drivers: caregivers and peers with an open conversation each, signed in, in few statements."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.middleware.csrf import _get_new_csrf_string  # the form Django's own cookie has
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice

from messaging.models import Conversation, Participant, data_key_context
from portal import crypto
from portal.accounts import door, stay
from portal.accounts.models import Person
from portal.accounts.welcome import steps
from portal.demo import cast
from portal.families.models import Family
from portal.programs.actions import sync_profiles
from portal.programs.models import Organization, Program, StaffRole

SIGNED_IN_FOR = dt.timedelta(hours=12)


def make(pairs: int) -> list[dict[str, Any]]:
    """Make `pairs` pairs and give what CONTRACT's `make_cast` writes: conversation and, for each person, cookie and token."""
    sync_profiles()
    program = Program.objects.get(slug=cast.PROGRAM)
    organization, _created = Organization.objects.get_or_create(
        program=program, slug="crowd", defaults={"name": "Crowd", "kind": "fso"}
    )
    caregivers = _people(pairs, "Caregiver")
    peers = _people(pairs, "Peer")
    roles = StaffRole.objects.bulk_create(
        StaffRole(person=peer, organization=organization, role=StaffRole.Role.PEER_PARTNER) for peer in peers
    )
    families = Family.objects.bulk_create(Family(program=program, name=f"Crowd {n}") for n in range(pairs))
    conversations = Conversation.objects.bulk_create([_conversation(family) for family in families])
    Participant.objects.bulk_create(
        Participant(conversation=conversation, person=person, staff_role=held)
        for conversation, caregiver, role in zip(conversations, caregivers, roles, strict=True)
        for person, held in ((caregiver, None), (role.person, role))
    )
    devices = StaticDevice.objects.bulk_create(StaticDevice(user=peer, name="demo") for peer in peers)
    signed_in = _sign_in([*((person, None) for person in caregivers), *zip(peers, devices, strict=True)])
    return [
        {
            "conversation": str(conversation.public_id),
            "people": [signed_in[caregiver.pk], signed_in[peer.pk]],
        }
        for conversation, caregiver, peer in zip(conversations, caregivers, peers, strict=True)
    ]


def _people(count: int, name: str) -> list[Person]:
    now = timezone.now()
    people = [
        Person(display_name=f"{name} {n + 1}", is_demo=True, adult_confirmed_at=now, emails_wanted=False)
        for n in range(count)
    ]
    return Person.objects.bulk_create(people)


def _conversation(family: Family) -> Conversation:
    public_id = uuid.uuid4()
    return Conversation(public_id=public_id, family=family, data_key=crypto.new_data_key(data_key_context(public_id)))


def _sign_in(people: list[tuple[Person, StaticDevice | None]]) -> dict[int, dict[str, str]]:
    """Sessions as the demo's sign-in page makes them, with the first steps done."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    now, made, answer = int(time.time()), [], {}
    for person, device in people:
        session_key = uuid.uuid4().hex
        session = store()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session[door.WELCOMED] = f"{person.pk} {steps.version(person)}"
        # Drivers may run for hours without a page being opened.
        session[stay.SIGNED_IN_AT] = now
        session[stay.SEEN_AT] = now + int(SIGNED_IN_FOR.total_seconds())
        if device is not None:
            stay.note_second_step(session, device)
        made.append(
            Session(
                session_key=session_key,
                session_data=session.encode(dict(session.items())),
                expire_date=timezone.now() + SIGNED_IN_FOR,
            )
        )
        token = _get_new_csrf_string()
        answer[person.pk] = {
            "id": str(person.public_id),
            "cookie": f"{settings.SESSION_COOKIE_NAME}={session_key}; {settings.CSRF_COOKIE_NAME}={token}",
            "csrf": token,
        }
    Session.objects.bulk_create(made)
    return answer
