"""The order of the next steps: what only this person can begin comes before what can always be done."""

from __future__ import annotations

from peer_support import actions as peer_support
from tests.world import World, signed_in


def test_after_a_yes_the_first_step_is_to_write(world: World) -> None:
    peer_support.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    steps = signed_in(None, world.second_caregiver).get("/").context["steps"]
    assert [step.title for step in steps] == ["Write to Marcus", "Come in faster next time", "Know your rights"]
