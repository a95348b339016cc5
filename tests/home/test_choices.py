"""Language and light: chosen at the foot of a page, kept with the person or on the phone, never mixed up."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.world import World, signed_in


def test_a_visitors_language_is_kept_on_the_phone(client: Client, db: None) -> None:
    response = client.post("/language/", {"language": "es", "back": "/help/"})
    assert response.status_code == 303
    assert response.headers["Location"] == "/help/"
    assert client.cookies["porch_language"].value == "es"
    page = client.get("/")
    assert page.headers["Content-Language"] == "es"
    assert '<html lang="es" dir="ltr"' in page.content.decode()


def test_a_persons_language_is_theirs_and_leaves_nothing_on_the_phone(world: World) -> None:
    client = signed_in(None, world.caregiver)
    client.post("/language/", {"language": "ar", "back": "/"})
    world.caregiver.refresh_from_db()
    assert world.caregiver.language == "ar"
    assert "porch_language" not in client.cookies
    assert '<html lang="ar" dir="rtl"' in client.get("/").content.decode()


def test_a_persons_language_wins_over_the_phones(world: World) -> None:
    client = signed_in(None, world.natural_support)
    client.cookies["porch_language"] = "vi"
    assert client.get("/", headers={"Accept-Language": "ar"}).headers["Content-Language"] == "es"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("vi", "vi"),
        ("ar-EG", "ar"),
        ("tlh, de;q=0.9, *;q=0.1", "en"),
        ("en-XA", "en"),
        ("", "en"),
        ("x" * 3000, "en"),
    ],
)
def test_the_phone_is_asked_when_nobody_chose(client: Client, db: None, asked: str, spoken: str) -> None:
    assert client.get("/", headers={"Accept-Language": asked}).headers["Content-Language"] == spoken


def test_the_pseudo_locale_is_for_who_chooses_it(client: Client, db: None) -> None:
    assert 'value="en-xa"' not in client.get("/").content.decode()
    client.post("/language/", {"language": "en-xa"})
    page = client.get("/").content.decode()
    assert '<html lang="en-xa"' in page
    assert 'value="en-xa"' in page
    assert "not yet checked by a qualified person" not in page


def test_a_language_nobody_offers_changes_nothing(client: Client, db: None) -> None:
    assert client.post("/language/", {"language": "tlh"}).headers["Location"] == "/"
    assert "porch_language" not in client.cookies
    client.cookies["porch_language"] = "../../etc"
    assert client.get("/").headers["Content-Language"] == "en"


def test_a_draft_translation_says_so_and_offers_english(client: Client, db: None) -> None:
    client.cookies["porch_language"] = "vi"
    page = client.get("/").content.decode()
    assert page.count('name="language" value="en"') == 2
    client.cookies["porch_language"] = "en"
    assert client.get("/").content.decode().count('name="language" value="en"') == 1


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "/\\evil.example"]
)
def test_the_way_back_stays_on_this_site(client: Client, db: None, back: str) -> None:
    assert client.post("/language/", {"language": "es", "back": back}).headers["Location"] == "/"


def test_light_or_dark_is_kept_with_the_person(world: World) -> None:
    client = signed_in(None, world.caregiver)
    client.post("/look/", {"theme": "dark", "back": "/"})
    world.caregiver.refresh_from_db()
    assert world.caregiver.theme == "dark"
    assert "porch_theme" not in client.cookies
    assert 'data-theme="dark"' in client.get("/").content.decode()


def test_a_visitors_light_is_kept_on_the_phone_and_can_go_back_to_the_phones_own(client: Client, db: None) -> None:
    client.post("/look/", {"theme": "light"})
    assert 'data-theme="light"' in client.get("/").content.decode()
    client.post("/look/", {"theme": ""})
    assert "data-theme" not in client.get("/").content.decode()
    client.post("/look/", {"theme": "purple"})
    assert "data-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/language/", "/look/"])
def test_looking_changes_nothing(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 405


def test_a_choice_without_the_pages_token_is_refused(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/language/", {"language": "es"}).status_code == 403
