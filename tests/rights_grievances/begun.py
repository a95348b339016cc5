"""A page on which somebody tells us something, as a browser goes through it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from portal.accounts.models import Person
from rights_grievances.models import Case, Draft
from tests.world import signed_in

STATE = "louisiana-csoc"
WORDS = "Nobody has called us back for three weeks."


@dataclass
class Teller:
    """Somebody with a browser, and the draft that is open in it."""

    client: Client
    id: UUID
    code: str

    @property
    def url(self) -> str:
        return f"/tell/{self.id}/"

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(public_id=self.id)

    @property
    def case(self) -> Case:
        case = self.draft.case
        assert case is not None
        return case

    def page(self, path: str = "") -> str:
        return text_of(self.client.get(self.url + path))

    def hidden(self) -> dict[str, str]:
        """What the page itself puts into its form."""
        page = self.page()
        found = (re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("token", "page", "seen"))
        return {match[0].split('"')[1]: match[1] for match in found if match}

    def post(self, button: str = "keep", **fields: Any) -> HttpResponse:
        hidden = {name: fields.pop(name) for name in ("token", "page", "seen") if name in fields}
        return answer_of(self.client.post(self.url, {**self.hidden(), **hidden, button: "1", **fields}))

    def save(self, seq: int, *, hidden: dict[str, str] | None = None, **fields: Any) -> HttpResponse:
        """As the page's script does it, every few seconds."""
        known = hidden or self.hidden()
        sent = {
            "token": known["token"],
            "page": known["page"],
            "seen": int(known["seen"]),
            "seq": seq,
            "fields": fields,
        }
        answer = self.client.post(f"{self.url}save/", json.dumps(sent), content_type="application/json")
        return answer_of(answer)

    def send(self) -> HttpResponse:
        return answer_of(self.client.post(f"{self.url}send/"))

    def tell(self, **fields: Any) -> Case:
        fields.setdefault("words", WORDS)
        assert self.post("go", **fields).status_code == 302
        answer = self.send()
        assert answer.status_code == 302, text_of(answer)
        return self.case


def answer_of(answer: Any) -> HttpResponse:
    return answer  # type: ignore[no-any-return]


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def begin(person: Person | None = None, client: Client | None = None, program: str = STATE) -> Teller:
    client = client or (signed_in(None, person) if person is not None else Client())
    answer = client.post("/tell/", {"program": program})
    assert answer.status_code == 302, answer.content.decode()[:400]
    draft_id = UUID(answer.headers["Location"].split("/")[2])
    found = re.search(r"data-code>([A-Z ]+)<", client.get(f"/tell/{draft_id}/").content.decode())
    assert found
    return Teller(client, draft_id, found[1])


def by_code(code: str) -> tuple[Client, HttpResponse]:
    """Another phone, on which the code is typed."""
    client = Client()
    return client, answer_of(client.post("/tell/code/", {"code": code}))
