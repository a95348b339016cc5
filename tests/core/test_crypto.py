"""Encryption at rest: bound to its place, and keys can be changed without losing a word."""

from __future__ import annotations

import base64
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import BinaryField

from messaging.actions import send_message
from messaging.history import messages_after
from messaging.models import Conversation
from messaging.writer import writer
from portal import crypto
from portal.families.models import Member
from portal.rewrapping import sealed_names
from tests.world import World

OLD, NEW = (base64.urlsafe_b64encode(bytes([n]) * 32).decode() for n in (1, 2))


def test_a_value_opens_only_in_the_place_it_was_sealed_for() -> None:
    sealed = crypto.seal_text("12 Cypress Row", "member-address:1")
    assert b"Cypress" not in sealed
    assert crypto.open_text(sealed, "member-address:1") == "12 Cypress Row"
    with pytest.raises(crypto.CannotDecrypt):
        crypto.open_text(sealed, "member-address:2")


def test_one_changed_bit_is_noticed() -> None:
    cipher = crypto.Cipher(crypto.new_data_key(b"place"), b"place")
    sealed = bytearray(cipher.seal("hello", b"row"))
    sealed[-1] ^= 1
    with pytest.raises(crypto.CannotDecrypt):
        cipher.open(bytes(sealed), b"row")


def test_the_first_key_encrypts_and_all_decrypt(settings: Any) -> None:
    settings.ENCRYPTION_KEYS = [OLD]
    sealed = crypto.wrap(b"secret", b"place")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert crypto.unwrap(sealed, b"place") == b"secret"
    rewrapped = crypto.rewrap(sealed, b"place")
    settings.ENCRYPTION_KEYS = [NEW]
    assert crypto.unwrap(rewrapped, b"place") == b"secret"
    with pytest.raises(crypto.CannotDecrypt):
        crypto.unwrap(sealed, b"place")


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_after_rotate_keys_the_old_key_can_go_and_nothing_is_lost(world_committed: World, settings: Any) -> None:
    world = world_committed
    before, address = settings.ENCRYPTION_KEYS, world.caregiver_member.address
    send_message(author=world.caregiver, conversation=world.conversation, key=world.conversation.public_id, body="kept")
    settings.ENCRYPTION_KEYS = [NEW, *before]
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    assert f"{Conversation.objects.count()} conversations" in out.getvalue()
    settings.ENCRYPTION_KEYS = [NEW]
    writer._memberships.clear()
    conversation = Conversation.objects.get(pk=world.conversation.pk)
    assert [shown.body for shown in messages_after(conversation, 0)][-1:] == ["kept"]
    assert Member.objects.get(pk=world.caregiver_member.pk).address == address != ""


def test_what_any_model_seals_is_sealed_anew_but_for_what_lies_under_its_conversations_key() -> None:
    kept = {
        (model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name.startswith("sealed_") and isinstance(field, BinaryField)
    }
    anew = {(model.__name__, f"sealed_{name}") for model in apps.get_models() for name in sealed_names(model)}
    media = {("Attachment", f"sealed_{part}") for part in ("file", "original", "words")}
    assert kept - anew == {("Participant", "sealed_draft"), *media}
    assert len(anew) > 15
