"""The demo's group: four people in it, one who waits, one message that somebody reported."""

from __future__ import annotations

import pytest

from peer_support.models import Group
from portal.access import groups as access
from portal.demo import story
from portal.demo.actions import person_of
from tests.world import signed_in


@pytest.mark.django_db(transaction=True)
def test_the_group_of_the_demo_is_in_mid_flow() -> None:
    assert story.build()
    (group,) = Group.objects.all()
    alma, renee, odile = (person_of(slug) for slug in ("alma", "renee", "odile"))
    assert alma is not None
    assert renee is not None
    assert odile is not None
    assert access.places_taken(group) == 4
    page = signed_in(None, alma).get(f"/groups/{group.public_id}/").content.decode()
    for words in ("Yvonne Picard", "called Papa G here", "Ten dollars a box.", "We agreed: no selling."):
        assert words in page
    chat = signed_in(None, renee).get(f"/conversations/{group.conversation.public_id}/").content.decode()  # type: ignore[union-attr]
    assert "Papa G" in chat
    assert "Arceneaux" not in chat
    home = signed_in(None, renee).get("/").content.decode()
    assert "Read what Denise wrote" in home
    assert access.may_ask(odile, group)
    assert not access.may_meet({odile.pk}, group)
