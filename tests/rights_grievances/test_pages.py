"""The rights page: open to everyone, of one's own programme first."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.programs.registry import profiles
from tests.world import World, signed_in


def test_a_visitor_chooses_a_state_first(client: Client, db: None) -> None:
    page = client.get("/rights/").content.decode()
    for slug, profile in profiles().items():
        assert f'href="?program={slug}"' in page
        assert profile.name in page


@pytest.mark.parametrize("slug", sorted(profiles()))
def test_every_right_of_a_programme_is_on_its_page(client: Client, db: None, slug: str) -> None:
    page = client.get("/rights/", {"program": slug}).content.decode()
    for right in profiles()[slug].rights:
        assert right.title.split("'")[0] in page
    assert "I live in another state" in page


def test_an_unknown_programme_leads_to_the_choice(client: Client, db: None) -> None:
    assert "Which one is yours?" in client.get("/rights/", {"program": "atlantis"}).content.decode()


def test_ones_own_programme_comes_first(world: World) -> None:
    page = signed_in(None, world.caregiver).get("/rights/", {"program": "missouri-initiative"}).content.decode()
    assert world.program.profile.name in page
    assert "I live in another state" not in page


def test_rights_that_nobody_reviewed_are_shown_in_english_with_the_way_to_an_interpreter(
    client: Client, db: None
) -> None:
    client.cookies["porch_language"] = "vi"
    page = client.get("/rights/", {"program": "louisiana-csoc"}).content.decode()
    assert 'lang="en" dir="ltr"' in page
    assert 'lang="vi"' in page
