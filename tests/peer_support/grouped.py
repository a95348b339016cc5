"""A group of Jefferson's caregivers, led by the liaison and a peer partner, for tests of groups."""

from __future__ import annotations

from typing import Any

from peer_support import actions
from peer_support.models import Group, GroupMembership
from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.families import actions as families
from portal.families.models import Family, Member
from tests.world import World


def opened(world: World, **said: Any) -> Group:
    fields: dict[str, Any] = {
        "name": "Tuesday porch",
        "about": "For anyone who raises a child with big needs.",
        "audience": "caregivers",
        "languages": ["en"],
        "region": "jefferson",
        "most": 4,
        "leads": [world.liaison_role, world.peer_role],
    }
    return actions.open_group(actor=world.liaison, role=world.liaison_role, said=actions.NewGroup(**fields | said))


def asked(group: Group, person: Person, name: str = "") -> GroupMembership:
    return actions.ask_to_join(actor=person, group=group, has_agreed=True, name=name)


def let_in(world: World, group: Group, person: Person, name: str = "") -> GroupMembership:
    place = asked(group, person, name)
    actions.admit(actor=world.liaison, membership=place)
    place.refresh_from_db()
    return place


def another(world: World, display_name: str, family: Family | None = None, **who: Any) -> Person:
    """One more caregiver of Jefferson, of a family of their own where no other is said."""
    person = accounts.create_person(
        display_name=display_name,
        email=f"{display_name.lower().replace(' ', '.')}@example.org",
        **{"is_adult_confirmed": True} | who,
    )
    surname = display_name.rsplit(maxsplit=1)[-1]
    home = family or families.open_family(
        actor=world.supervisor, role=world.supervisor_role, name=surname, region="jefferson"
    )
    families.add_member(
        actor=world.liaison if family else world.supervisor,
        family=home,
        person=person,
        role=Member.Role.CAREGIVER,
        evidence="Seen",
    )
    return person


def member_of(person: Person) -> Member:
    return Member.objects.get(person=person)
