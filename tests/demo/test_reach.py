"""The demo's check-ins are in mid-flow, and its report shows something and hides what is too small."""

from __future__ import annotations

import pytest

from portal.accounts.models import Person
from portal.demo import cast, story
from portal.notices.models import Notice
from tests.world import signed_in

pytestmark = pytest.mark.django_db(transaction=True)  # messages are stored on a connection of their own


def page_of(slug: str, path: str) -> str:
    person = Person.objects.get(public_id=cast.id_of(slug))
    return " ".join(signed_in(None, person).get(path).content.decode().split())


def test_a_question_waits_an_answer_prompts_a_call_and_the_report_hides_three_families() -> None:
    assert story.build()
    assert "How is it for you with Denise? One tap, or skip it." in page_of("renee", "/")
    assert Notice.objects.filter(kind=Notice.Kind.CHECK_IN, person__display_name="Renée Guidry").exists()
    assert "Marisol Paredes" in page_of("alma", "/pairings/")
    for who in ("alma", "carla"):
        page = page_of(who, "/reach/")
        assert "Of 61 families who asked, 35 had a peer partner or mentor (57%)." in page
        assert "22 of 34 families (65%)" in page
        assert "35 people answered. Yes, a lot: 13. Yes, a little: 11. Not yet: 11." in page
        assert "Vietnamese" not in page.split("<footer")[0]
        assert "Others, too few to show" in page
