"""The demo's plan of care is in mid-flow, and each of its people reads their own part of it."""

from __future__ import annotations

import html

import pytest

from portal.care.models import Plan
from portal.demo import cast, story
from portal.demo.actions import person_of
from tests.world import signed_in


@pytest.mark.django_db(transaction=True)
def test_a_plan_with_good_news_a_no_a_late_task_and_a_service_not_started() -> None:
    assert story.build()
    plan = Plan.objects.get(youth__person__public_id=cast.id_of("marcus"))

    def page(slug: str, rest: str = "") -> str:
        person = person_of(slug)
        assert person is not None
        answer = signed_in(None, person).get(f"/plans/{plan.public_id}/{rest}")
        assert answer.status_code == 200, (slug, rest)
        return html.unescape(answer.content.decode())

    own = page("renee")
    for words in (
        *("New since you last read it", "Marcus gets ready to three songs he picks", "Calm school mornings in a week"),
        *("Still open. It was planned for", "Not started. It was promised for", "I want people to ask me first."),
    ):
        assert words in own, words
    assert "Marcus joins the Monday group" not in own
    changes = page("renee", "changes/")
    for words in ("Taken out:", "Marcus joins the Monday group", "I said no. I like to be with my cousins"):
        assert words in changes, words
    for words in ("Still open:", "Promised and not started:", "Maybe another way:"):
        assert words in page("paul"), words
    assert "Call Aunt Bea" in page("marcus", "crisis/")
    hers = page("odile")
    for words in ("Marcus gets ready", "Call Aunt Bea", "Respite worker", "every night"):
        assert words not in hers, "she decides about school alone"


def test_what_to_try_speaks_of_the_plan_its_team_its_meetings_and_what_is_shared() -> None:
    """By the young person, who raises him and who keeps the plan."""
    said = {slug: " ".join(map(str, cast.BY_SLUG[slug].try_this)) for slug in ("renee", "marcus", "paul")}
    assert all("lan: " in words for words in said.values()), said
    for word in ("on your team", "propose a meeting", "what is shared with whom"):
        assert any(word in words for words in said.values()), word
