"""A small stage on which families choose: two peer partners and a mentor who may take new families, and who asks whom."""

from __future__ import annotations

from typing import Any

from peer_support import actions
from peer_support.models import Pairing, PeerProfile, Wish
from portal.access import matching
from portal.accounts.models import Person
from portal.families.models import Member
from portal.programs.models import StaffRole
from tests.peer_support.ready import ready
from tests.world import World, signed_in


def get(person: Person, path: str) -> Any:
    return signed_in(None, person).get(path)


def post(person: Person, path: str, **form: Any) -> Any:
    return signed_in(None, person).post(path, form, follow=True)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def wish_path(member: Member, rest: str = "") -> str:
    return f"/families/{member.family.public_id}/wishes/{member.person.public_id}/{rest}"


def confirm_path(member: Member) -> str:
    return f"/families/{member.family.public_id}/suggestions/{member.person.public_id}/"


def set_up(world: World) -> World:
    """Two peer partners and a mentor who may take new families; the first caregiver has nobody any more, the second asked
    for nobody yet and has no offer."""
    actions.end_pairing(actor=world.caregiver, pairing=world.pairing)
    actions.withdraw_pairing(actor=world.liaison, pairing=world.offer)
    Pairing.objects.filter(pk=world.pairing.pk).delete()
    for role in (world.peer_role, world.second_peer_role, world.mentor_role):
        ready(role, world.lead)
    return world


def speaks(role: StaffRole, *codes: str) -> None:
    profile = PeerProfile.objects.get(staff_role=role)
    profile.spoken_languages.all().delete()
    for code in codes:
        profile.spoken_languages.create(language=code, level="native")


def has(role: StaffRole, **facts: Any) -> None:
    PeerProfile.objects.filter(staff_role=role).update(**facts)


def ask(world: World, **told: Any) -> Wish:
    return actions.ask_for_peer(actor=world.caregiver, member=world.caregiver_member, **{"languages": ["en"]} | told)


def offer_both(world: World, **told: Any) -> list[Pairing]:
    ask(world, **told)
    return actions.suggest_peers(
        actor=world.liaison, member=world.caregiver_member, peers=[world.peer_role, world.second_peer_role]
    )


def outcome(world: World) -> str:
    return matching.outcome_for(Member.objects.get(pk=world.caregiver_member.pk))


def spanish(world: World) -> Member:
    """The second caregiver asks, and speaks Spanish only."""
    actions.ask_for_peer(actor=world.second_caregiver, member=world.second_caregiver_member, languages=["es"])
    return world.second_caregiver_member
