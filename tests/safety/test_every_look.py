"""For every read of a young person's conversation by somebody who takes no part there is exactly one entry its people see.

Random walks of everybody who works here, through every address that can be asked for about that conversation, each answer
searched for words that were only ever written there.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging.models import HeldMessage
from portal.safety import actions
from portal.safety.models import Concern, LegalException, Look, Prompt
from tests.access.test_walk import every_route
from tests.safety.youth import Youth, talking
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db(transaction=True)]

SECRET = "marmalade"  # stands in no text of ours
HELD = "quince"
OUTSIDERS = ("supervisor", "lead", "peer", "caregiver")
ROUTES = [
    *("supervision_look", "held_look", "supervision_show", "conversation_show", "look_list"),
    *("concern_show", "concern_read", "prompt_read"),
]
# Whoever asks for these is signed out, or somebody else.
LEAVES = {"signout", "switch_person", "phone_share", "phone_lock", "demo_sign_in"}


@pytest.fixture
def youth(world_committed: World, monkeypatch: pytest.MonkeyPatch) -> Youth:
    monkeypatch.setattr("portal.programs.schema.settings.AdultHours.quiet_until", lambda self, here: None)
    youth = talking(world_committed)
    youth.say(f"I like {SECRET}")
    youth.say(f"Only for you: {SECRET}", youth.mentor)
    youth.say(f"{HELD}, call me at 504-555-0199", youth.mentor)
    youth.say(f"I want to kill myself, {SECRET}")
    actions.take_flags()
    Prompt.objects.create(conversation=youth.conversation, week=dt.date(2026, 1, 5), kind=Prompt.Kind.SAMPLE)
    return youth


def paths_of(youth: Youth) -> list[str]:
    """Every address that takes a conversation, a held message, an exception or nothing at all."""
    exception = LegalException.objects.first()
    known = {
        "conversation_id": youth.conversation.public_id,
        "held_id": HeldMessage.objects.get().public_id,
        "exception_id": exception.public_id if exception else youth.conversation.public_id,
        "concern_id": Concern.objects.get().public_id,
        "prompt_id": Prompt.objects.get().public_id,
        "family_id": youth.world.family.public_id,
        "pairing_id": youth.pairing.public_id,
        "role_id": youth.world.mentor_role.public_id,
        "seq": 1,
    }
    found = []
    for pattern in every_route():
        wanted = pattern.pattern.converters
        if pattern.name and pattern.name not in LEAVES and set(wanted) <= set(known):
            try:
                found.append(reverse(pattern.name, kwargs={name: known[name] for name in wanted}))
            except NoReverseMatch:
                continue
    return found


def asked(client: Client, method: str, path: str, form: dict[str, Any]) -> str:
    cache.clear()
    answer: Any = client.get(path) if method == "get" else client.post(path, form)
    return "" if answer.streaming else answer.content.decode("utf-8", "replace")


def test_no_address_gives_a_word_without_a_look(youth: Youth) -> None:
    """Each kind of outsider, every address, both methods: what gives a word away has written one look, and nothing else has."""
    paths = paths_of(youth)
    assert len(paths) > 100
    reads = 0
    for who in OUTSIDERS:
        client = signed_in(None, getattr(youth.world, who))
        for path in paths:
            for method in ("get", "post"):
                before = Look.objects.count()
                text = asked(client, method, path, {"query": SECRET, "body": "x", "reason": "Why"})
                has_words = SECRET in text or HELD in text
                assert Look.objects.count() - before == int(has_words), f"{who} {method} {path}"
                reads += has_words
        assert client.get("/messages/").status_code == 200, f"{who} was signed out on the way"
    # The supervisor's look, that at the message that waits, at what a worry is about, and at what chance picked.
    assert reads >= 4
    assert Look.objects.count() == reads


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(
        st.tuples(
            st.sampled_from(["supervisor", "liaison", "lead"]),
            st.sampled_from(["get", "post"]),
            st.sampled_from(ROUTES),
        ),
        max_size=8,
    )
)
def test_a_random_walk_leaves_one_line_for_each_read(youth: Youth, walk: list[tuple[str, str, str]]) -> None:
    kept = {
        "conversation_id": youth.conversation.public_id,
        "held_id": HeldMessage.objects.get().public_id,
        "concern_id": Concern.objects.get().public_id,
        "prompt_id": Prompt.objects.get().public_id,
    }
    before, reads = Look.objects.count(), 0
    for who, method, route in walk:
        name = f"{route.partition('_')[0]}_id"
        name = name if name in kept else "conversation_id"
        text = asked(signed_in(None, getattr(youth.world, who)), method, reverse(route, args=[kept[name]]), {})
        reads += SECRET in text or HELD in text
    assert Look.objects.count() - before == reads
    looks = f"/conversations/{youth.conversation.public_id}/looks/"
    for person in (youth.person, youth.mentor):
        page = signed_in(None, person).get(looks).content.decode()
        assert page.count("read messages here") == Look.objects.count()
