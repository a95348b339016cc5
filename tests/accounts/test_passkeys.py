"""Passkeys: made, used and taken away, with a phone played by this file."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from portal.accounts.models import Person
from portal.audit.models import Entry
from tests.accounts.conftest import new_browser, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_welcomed")]

JSON = {"accept": "application/json"}
ADD, REMOVE, LIST, SIGN_IN = "/me/passkeys/add/", "/me/passkeys/remove/", "/me/passkeys/", "/sign-in/passkey/"
ORIGIN = "http://testserver"


class Phone:
    """An authenticator with one key, its owner's finger always on it."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.owner: str | None = None

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        wanted = options["publicKey"]
        self.owner = wanted["user"]["id"]
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AuthenticatorData.create(
            self._site(wanted["rp"]["id"]), flags, 0, AttestedCredentialData.create(b"\0" * 16, self.id, public)
        )
        return self._pack(
            clientDataJSON=self._client_data("webauthn.create", wanted["challenge"]),
            attestationObject=AttestationObject.create("none", data, {}),
        )

    def answer(self, options: dict[str, Any], **more: Any) -> dict[str, Any]:
        wanted = options["publicKey"]
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        data = AuthenticatorData.create(self._site(wanted["rpId"]), flags, 1)
        client_data = self._client_data("webauthn.get", wanted["challenge"])
        signature = self.key.sign(data + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        packed = self._pack(clientDataJSON=client_data, authenticatorData=data, signature=signature)
        packed["response"]["userHandle"] = self.owner
        return {**packed, **more}

    def _pack(self, **response: bytes) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": {name: websafe_encode(value) for name, value in response.items()},
        }

    @staticmethod
    def _site(rp_id: str) -> bytes:
        return sha256(rp_id.encode()).digest()

    @staticmethod
    def _client_data(kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, ORIGIN)


@pytest.fixture
def phone(person: Person) -> Phone:
    """A phone whose passkey is kept."""
    phone = Phone()
    client = signed_in(person)
    client.post(
        ADD, {"credential": json.dumps(phone.make(client.get(ADD, headers=JSON).json())), "name": "Mi telefono"}
    )
    return phone


def challenge(client: Any) -> dict[str, Any]:
    options: dict[str, Any] = client.get(SIGN_IN, headers=JSON).json()
    return options


def test_a_passkey_is_made_and_listed(person: Person, phone: Phone) -> None:
    kept = Authenticator.objects.get()
    assert (kept.user_id, kept.type, str(kept)) == (person.pk, "webauthn", "Mi telefono")
    assert "Mi telefono" in signed_in(person).get(LIST).content.decode()
    assert Entry.objects.filter(subject="passkey", verb=Entry.Verb.CREATED).exists()


def test_the_phones_list_shows_a_name_and_no_address(person: Person) -> None:
    options = signed_in(person).get(ADD, headers=JSON).json()["publicKey"]
    assert options["rp"]["name"] == "Porchlight"
    assert options["user"]["name"] == options["user"]["displayName"] == "Rosa Melancon"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"


def test_a_passkey_signs_in_without_a_code(client: Any, person: Person, phone: Phone) -> None:
    response = client.post(SIGN_IN, {"credential": json.dumps(phone.answer(challenge(client))), "next": "/me/"})
    assert response.url == "/me/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert Authenticator.objects.get().last_used_at is not None
    assert Entry.objects.get(verb=Entry.Verb.SIGNED_IN).detail == {"how": "passkey"}


def test_an_answer_works_once(person: Person, phone: Phone) -> None:
    client = new_browser()
    answer = json.dumps(phone.answer(challenge(client)))
    client.post(SIGN_IN, {"credential": answer})
    client.post("/sign-out/")
    response = client.post(SIGN_IN, {"credential": answer}, follow=True)
    assert "This passkey did not work." in response.content.decode()


def test_another_phone_does_not_sign_in(client: Any, phone: Phone) -> None:
    stranger = Phone()
    stranger.owner = phone.owner
    assert client.post(SIGN_IN, {"credential": json.dumps(stranger.answer(challenge(client)))}).url == "/sign-in/"
    stranger.id = phone.id
    assert client.post(SIGN_IN, {"credential": json.dumps(stranger.answer(challenge(client)))}).url == "/sign-in/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "x",
        "[]",
        "1",
        "null",
        '"x"',
        "{}",
        '{"id": 1}',
        '{"id": "eA", "rawId": "eA", "response": []}',
        '{"response": {"userHandle": 5}}',
    ],
)
@pytest.mark.parametrize("path", [SIGN_IN, ADD])
def test_nonsense_is_refused_with_a_sentence(person: Person, credential: str, path: str) -> None:
    client = signed_in(person) if path == ADD else new_browser()
    client.get(path, headers=JSON)
    page = client.post(path, {"credential": credential}, follow=True).content.decode()
    assert "This passkey did not work." in page
    assert not Authenticator.objects.exists()


def test_a_broken_answer_of_a_true_phone_is_refused(client: Any, phone: Phone) -> None:
    for name in ("authenticatorData", "clientDataJSON", "signature", "userHandle"):
        answer = phone.answer(challenge(client))
        answer["response"][name] = "eA"
        assert client.post(SIGN_IN, {"credential": json.dumps(answer)}).url == "/sign-in/"


def test_an_inactive_person_does_not_come_in_by_passkey(client: Any, person: Person, phone: Phone) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    response = client.post(SIGN_IN, {"credential": json.dumps(phone.answer(challenge(client)))}, follow=True)
    assert "_auth_user_id" not in client.session
    assert "ask the person who invited you" in response.content.decode()


def test_taking_a_passkey_away_ends_it(client: Any, person: Person, phone: Phone) -> None:
    response = signed_in(person).post(REMOVE, {"passkey": Authenticator.objects.get().pk}, follow=True)
    assert "does not work here any more" in response.content.decode()
    client.post(SIGN_IN, {"credential": json.dumps(phone.answer(challenge(client)))})
    assert "_auth_user_id" not in client.session


def test_nobody_takes_away_anothers_passkey(worker: Person, phone: Phone, organization: Any) -> None:
    organization.staff_roles.all().delete()
    for number in (Authenticator.objects.get().pk, "x", "", "9" * 30):
        assert signed_in(worker).post(REMOVE, {"passkey": number}).url == LIST
    assert Authenticator.objects.exists()


def test_opened_as_a_page_the_way_to_add_leads_to_the_list(person: Person) -> None:
    assert signed_in(person).get(ADD).url == LIST


def test_too_many_challenges_are_refused_with_a_sentence(client: Any, db: None) -> None:
    answers = [client.get(SIGN_IN, headers=JSON) for _ in range(41)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert "Wait a few minutes" in answers[-1].json()["message"]
