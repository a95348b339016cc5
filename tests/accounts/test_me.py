"""A person's own page."""

from __future__ import annotations

from typing import Any

import pytest

from portal.accounts import actions
from portal.accounts.models import Person
from portal.audit.models import Entry
from tests.accounts.conftest import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_welcomed")]

FIELDS = {"display_name": "Rosa", "pronouns": "she/her", "language": "es", "theme": "dark", "emails_wanted": "on"}


def test_the_page_shows_what_is_kept_and_keeps_what_is_changed(person: Person) -> None:
    client = signed_in(person)
    page = client.get("/me/").content.decode()
    assert 'value="Rosa Melancon"' in page
    assert "+15045550142" in page
    response = client.post("/me/", FIELDS)
    assert response.url == "/me/"
    person.refresh_from_db()
    assert (person.display_name, person.pronouns, person.language, person.theme) == ("Rosa", "she/her", "es", "dark")
    entry = Entry.objects.get(verb=Entry.Verb.CHANGED)
    assert entry.detail == {"fields": ["display_name", "language", "pronouns", "theme"]}
    assert "Rosa" not in str(entry.detail)


@pytest.mark.parametrize(
    ("texts", "emails", "is_told"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_who_turns_everything_off_is_told_to_look_in(person: Person, texts: bool, emails: bool, is_told: bool) -> None:
    Person.objects.filter(pk=person.pk).update(texts_wanted=texts)
    fields = {**FIELDS, "language": "en", "emails_wanted": "on" if emails else ""}
    page = signed_in(person).post("/me/", fields, follow=True).content.decode()
    assert ("We will not tell you of new messages. Look in here now and then." in page) is is_told


def test_nothing_changed_writes_nothing(person: Person) -> None:
    actions.update_account(person=person, display_name="Rosa Melancon")
    assert not Entry.objects.filter(verb=Entry.Verb.CHANGED).exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Rosa \t M.\n", "Rosa M."),
        ("Ro\u202esa\u2066\u200f", "Rosa"),
        ("Ro\x07sa", "Ro sa"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\u0645\u0631\u064a\u0645", "\u0645\u0631\u064a\u0645"),
        ("\U0001f98b Rosa", "\U0001f98b Rosa"),
    ],
)
def test_a_name_of_any_script_is_kept_without_what_turns_or_breaks_the_line(
    person: Person, typed: str, kept: str
) -> None:
    client = signed_in(person)
    assert client.post("/me/", {**FIELDS, "display_name": typed}).status_code == 302
    person.refresh_from_db()
    assert person.display_name == kept
    assert "<script>alert" not in client.get("/me/").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"display_name": ""},
        {"display_name": "\u202e"},
        {"display_name": "x" * 81},
        {"language": "xx"},
        {"theme": "pink"},
    ],
)
def test_what_cannot_be_kept_stays_in_the_field_with_a_sentence(person: Person, change: dict[str, str]) -> None:
    response = signed_in(person).post("/me/", {**FIELDS, **change})
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    person.refresh_from_db()
    assert person.pronouns == ""


@pytest.mark.parametrize("field", ["email", "phone", "is_active", "born_on", "texts_wanted"])
def test_nobody_changes_through_this_what_is_not_theirs_to_change(person: Person, field: str) -> None:
    values: dict[str, Any] = {field: "x"}
    with pytest.raises(TypeError, match="not a person's own to change"):
        actions.update_account(person=person, **values)


def test_the_choice_about_texts_is_kept_with_where_it_was_made(person: Person) -> None:
    actions.set_text_choice(person=person, wanted=True, source="welcome")
    actions.set_text_choice(person=person, wanted=True, source="welcome")
    person.refresh_from_db()
    assert person.texts_wanted
    assert [entry.detail for entry in Entry.objects.filter(subject="texts")] == [{"wanted": True, "source": "welcome"}]
    page = signed_in(person).get("/me/").content.decode()
    assert "Text STOP at any time" in page
    assert "/welcome/?step=texts" in page


def test_whoever_has_no_way_back_is_told_to_add_a_passkey(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(email=None, phone=None)
    page = signed_in(person).get("/me/").content.decode()
    assert "Without one you cannot come back by yourself." in page
    assert "Text messages" not in page
