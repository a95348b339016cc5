"""You said, we did: for everyone to read, in our words; and what counts as a quote."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from portal.access import Refused
from portal.community import actions
from portal.community.models import SaidDone
from portal.community.quoting import quotes
from portal.community.refusals import CommunityRefusal
from tests.community.stage import get, post, said_done, suggest, text
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ADD = "/community/said-done/add/"


def form(**said: object) -> dict[str, object]:
    kept: dict[str, object] = {"key": uuid4(), "said": "Too many forms.", "did": "One is left.", "source": "comments"}
    return kept | said


def test_an_entry_is_read_by_families_and_by_everyone_and_can_be_taken_back(world: World) -> None:
    once = form()
    for _time in range(2):
        assert post(world.lead, ADD, **once).status_code == 200
    entry = SaidDone.objects.get()
    public = f"/community/said-done/?program={world.program.slug}"
    for person, path in ((world.caregiver, "/community/said-done/"), (None, public), (world.youth, "/community/")):
        page = text(get(person, path))
        assert "Too many forms." in page
        assert "One is left." in page
    assert "Too many forms." not in text(get(world.faraway_caregiver, "/community/said-done/"))
    assert get(world.liaison, ADD).status_code == 404
    post(world.lead, f"/community/said-done/{entry.public_id}/withdraw/")
    assert "Too many forms." not in text(get(None, public))
    actions.withdraw_said_done(actor=world.lead, entry=entry)
    for person in (world.caregiver, world.faraway_liaison):
        with pytest.raises(Refused):
            actions.withdraw_said_done(actor=person, entry=entry)
        with pytest.raises(Refused):
            actions.publish_said_done(
                actor=person, program=world.program, key=uuid4(), said="A", did="B", source="other"
            )


def test_nobody_is_named_nothing_is_empty_and_what_was_typed_stays(world: World) -> None:
    page = post(world.lead, ADD, **form(said="Theo Marchand asked for it."))
    assert page.status_code == 422
    assert "This names somebody." in text(page)
    assert "Theo Marchand asked for it.</textarea>" in text(page)
    with pytest.raises(CommunityRefusal, match="empty"):
        said_done(world, did="  ")
    assert "This has 601 letters." in text(post(world.lead, ADD, **form(did="x" * 601)))


def test_a_small_number_of_people_is_not_even_kept(world: World) -> None:
    """What a survey after meetings hands in, of few and of many."""
    for how_many in (1, 10, 11):
        actions.publish_said_done(
            actor=world.lead,
            program=world.program,
            key=uuid4(),
            said=f"We were not heard ({how_many}).",
            did="The family speaks first.",
            source="pulse",
            how_many=how_many,
        )
    assert list(SaidDone.objects.order_by("pk").values_list("how_many", flat=True)) == [None, None, 11]
    page = text(get(None, f"/community/said-done/?program={world.program.slug}"))
    assert "said by 11 people" in page
    assert "From questions after meetings" in page
    assert "said by 1 " not in page


def test_who_agreed_to_be_quoted_may_be(world: World) -> None:
    suggest(world.caregiver, world.program, "The bus pass office opens when I am at work.", may_quote=True)
    said_done(world, said="“The bus pass office opens when I am at work.”")


def test_where_it_came_from_can_be_chosen_by_the_way_in(world: World) -> None:
    page = text(get(world.lead, f"{ADD}?from=comments"))
    assert re.search(r'value="comments"[^>]* checked', page)
    assert get(world.lead, f"{ADD}?from=nonsense&of=nowhere").status_code == 200
    assert get(None, "/community/said-done/?program=nowhere").headers["Location"] == "/community/"
    assert get(None, "/community/seats/").headers["Location"] == "/community/"


@pytest.mark.parametrize(
    ("text_of_all", "source", "is_quote"),
    [
        ("They wait too long.", "We wait too long.", False),
        ("One said: the FORM wants a father’s signature, again.", "The form wants a father’s signature, and...", True),
        ("Somebody said that nobody ever called back.", "Nobody ever called back.", True),
        ("It is hard.", "It is hard.", False),
        ("", "", False),
        ("有人说 每次都要走两个小时才能签一张表格。", "每次都要走两个小时才能签一张表格，真难。", True),
        ("有人说要走很久。", "每次都要走两个小时才能签一张表格。", False),
    ],
)
def test_what_counts_as_somebodys_own_words(text_of_all: str, source: str, is_quote: bool) -> None:
    assert quotes(text_of_all, [source]) is is_quote


def test_the_public_page_asks_for_the_state_and_then_speaks_for_it(world: World) -> None:
    assert "Which one is yours?" in text(get(None, "/community/"))
    assert "Which one is yours?" in text(get(None, "/community/?program=nowhere"))
    page = text(get(None, f"/community/?program={world.program.slug}"))
    assert "No draft is open right now." in page
    assert "Nothing yet." in page
    assert "Tell us what made it hard" not in page


@pytest.mark.parametrize("who", ["caregiver", "youth", "peer"])
def test_home_and_help_lead_there(world: World, who: str) -> None:
    assert 'href="/community/"' in text(get(getattr(world, who), "/"))
    assert 'href="/community/"' in text(get(getattr(world, who), "/help/"))
    assert 'href="/community/desk/"' in text(get(world.lead, "/"))
