"""The demo's families have asked for support, in mid-flow."""

from __future__ import annotations

import pytest

from portal.demo import story
from portal.demo.actions import person_of
from portal.programs.models import Program
from tests.world import signed_in


@pytest.mark.django_db(transaction=True)
def test_a_late_answer_an_arranged_meeting_a_step_and_one_who_wants_to_help() -> None:
    assert story.build()
    assert Program.objects.exists()

    def page(slug: str, path: str) -> str:
        person = person_of(slug)
        assert person is not None
        return " ".join(signed_in(None, person).get(path).content.decode().split())

    own = page("renee", "/support/")
    assert "late. It was due" in own
    assert "It is on" in own
    assert "Ask for it in writing" in page("renee", "/skills/")
    shared = page("denise", "/skills/")
    assert "Ask for it in writing" in shared
    assert "Sleep the night before" not in shared
    desk = page("alma", "/support/requests/")
    assert "Renée Guidry" in desk
    assert "We talked about it" in desk
    assert "Sus derechos en la escuela" in page("marisol", "/support/classes/")
