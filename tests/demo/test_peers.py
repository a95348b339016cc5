"""The demo's peers: three may take a new family, and the facilitator has his training."""

from __future__ import annotations

import pytest

from portal.access import peers as access
from portal.demo import cast, story
from portal.demo.actions import person_of
from portal.programs.models import StaffRole
from tests.world import signed_in


def role_of(slug: str) -> StaffRole:
    return access.with_profiles(StaffRole.objects.all()).get(person__public_id=cast.id_of(slug))


@pytest.mark.django_db(transaction=True)
def test_the_peers_of_the_demo_have_profiles() -> None:
    assert story.build()
    today = role_of("denise").organization.program.today()
    reasons = {slug: access.may_take_new(role_of(slug).peer_profile, today) for slug in ("denise", "lucia", "tre")}
    assert reasons == {"denise": (), "lucia": (), "tre": ()}
    assert access.is_trained(role_of("paul"))
    carla = person_of("carla")
    assert carla is not None
    page = signed_in(None, carla).get("/peers/").content.decode()
    assert "21 days left" in page
