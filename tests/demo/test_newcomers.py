"""What the demo invites you to do never locks you out of it: whom its people enroll is invented, too."""

from __future__ import annotations

import pytest

from portal.accounts.models import Person
from portal.demo import story
from portal.families.models import Family, Member
from tests.world import World, signed_in

NEW = {"display_name": "Nia Fortier", "email": "nia@example.org", "language": "en", "is_adult_confirmed": "on"}


@pytest.mark.parametrize("is_demo", [True, False])
def test_whom_an_invented_liaison_adds_is_invented_too(world: World, is_demo: bool) -> None:
    Person.objects.update(is_demo=is_demo)
    client = signed_in(None, world.liaison)
    enrolled = client.post("/families/new/", NEW | {"name": "Fortier", "role": str(world.liaison_role.public_id)})
    assert enrolled.status_code == 302
    family = Family.objects.get(name="Fortier")
    other = {"display_name": "Abel Fortier", "language": "en", "role": Member.Role.NATURAL_SUPPORT}
    assert client.post(f"/families/{family.public_id}/people/new/", other).status_code == 302
    assert set(family.members.values_list("person__is_demo", flat=True)) == {is_demo}
    assert story.is_demo_only() is is_demo
