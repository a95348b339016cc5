"""The life of a pairing on the page: I am here, a break, a goodbye, who comes next, and what the next one may know."""

from __future__ import annotations

import datetime as dt

from peer_support import actions
from peer_support.models import Pairing
from portal.language import formats
from tests.peer_support.conftest import Later
from tests.peer_support.helping import again, day, paired
from tests.world import World, signed_in


def page_of(pairing: Pairing, rest: str = "") -> str:
    return f"/pairings/{pairing.public_id}/{rest}"


def named(world: World, days: int) -> str:
    return formats.day(day(world, days), "en", world.program.zone)


def test_the_peer_partner_says_i_am_here_from_the_first_page_on(world: World) -> None:
    actions.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    peer, family = signed_in(None, world.second_peer), signed_in(None, world.second_caregiver)
    assert page_of(world.offer) in peer.get("/").content.decode()
    assert "Marcus has not written yet." in family.get(page_of(world.offer)).content.decode()
    answer = peer.post(page_of(world.offer, "begin/"), follow=True).content.decode()
    assert "They see now that you are here." in answer
    assert "I am here</button>" not in answer
    assert page_of(world.offer) not in peer.get("/").content.decode()
    assert "Marcus has not written yet." not in family.get(page_of(world.offer)).content.decode()


def test_a_break_is_taken_and_both_read_the_day_everywhere(world: World) -> None:
    family, peer = signed_in(None, world.caregiver), signed_in(None, world.peer)
    assert "Take a break" in family.get(page_of(world.pairing)).content.decode()
    refused = family.post(page_of(world.pairing, "pause/"), {"until": day(world)})
    assert refused.status_code == 422
    assert "Please choose a day that is still to come." in refused.content.decode()
    family.post(page_of(world.pairing, "pause/"), {"until": day(world, 9)})
    for browser in (family, peer):
        assert named(world, 9) in browser.get(page_of(world.pairing)).content.decode()
        assert named(world, 9) in browser.get(f"/conversations/{world.conversation.public_id}/").content.decode()
    assert named(world, 9) in signed_in(None, world.liaison).get("/pairings/").content.decode()
    assert "Go on now" not in peer.get(page_of(world.pairing)).content.decode()
    assert "You can both write again." in family.post(page_of(world.pairing, "resume/"), follow=True).content.decode()


def test_a_goodbye_names_the_last_day_and_who_comes_next(world: World, later: Later) -> None:
    family = signed_in(None, world.caregiver)
    page = family.get(page_of(world.pairing)).content.decode()
    assert "You do not need a reason." in page
    page = family.post(page_of(world.pairing, "goodbye/"), {"next": "someone"}, follow=True).content.decode()
    assert f"You can both write until the end of {named(world, 7)}." in page
    assert "Your liaison is looking for someone for you." in page
    assert (
        f"until the end of {named(world, 7)}"
        in signed_in(None, world.peer).get(page_of(world.pairing)).content.decode()
    )
    new = paired(world)
    page = family.get(page_of(world.pairing)).content.decode()
    assert "is the next person for you." in page
    assert page_of(new) in page
    later(dt.timedelta(days=8))
    actions.keep_pairings()
    family = signed_in(None, world.caregiver)
    assert "You no longer write to each other here." in family.get(page_of(world.pairing)).content.decode()


def test_staff_begin_a_goodbye_and_end_at_once_only_where_someone_may_not_be_safe(world: World) -> None:
    liaison, peer = signed_in(None, world.liaison), signed_in(None, world.peer)
    page = liaison.get(page_of(world.pairing)).content.decode()
    assert page.index("Begin the goodbye") < page.index("Someone may not be safe") < page.index("End this pairing")
    page = peer.get(page_of(world.pairing)).content.decode()
    assert "Begin the goodbye" in page
    assert "End this pairing" not in page
    peer.post(page_of(world.pairing, "goodbye/"))
    assert again(world.pairing).ended_by == Pairing.Side.PEER
    assert "Go on after all" in peer.get(page_of(world.pairing)).content.decode()
    assert "Go on after all" not in liaison.get(page_of(world.pairing)).content.decode()


def test_nobody_for_now_and_someone_again(world: World) -> None:
    family = signed_in(None, world.caregiver)
    family.post(page_of(world.pairing, "goodbye/"), {"next": "nobody"})
    assert "You said: nobody for now." in family.get(page_of(world.pairing)).content.decode()
    page = family.post(page_of(world.pairing, "next/"), {"next": "someone"}, follow=True).content.decode()
    assert "Your liaison is looking for someone for you." in page


def test_when_a_peer_partner_leaves_in_the_middle_the_family_reads_it_plainly(world: World) -> None:
    actions.end_staff_role(actor=None, role=world.peer_role)
    page = signed_in(None, world.caregiver).get(page_of(world.pairing)).content.decode()
    assert "Joy does not work here any more. It has nothing to do with you." in page
    assert "Your liaison is looking for someone for you." in page
    assert "What was written stays with you" in page


def test_what_the_next_one_may_know_is_nothing_until_the_family_says_so(world: World) -> None:
    family = signed_in(None, world.caregiver)
    family.post(page_of(world.pairing, "goodbye/"))
    new = paired(world)
    assert "The next person reads nothing of this time." in family.get(page_of(world.pairing)).content.decode()
    next_peer = signed_in(None, world.second_peer)
    family.post(page_of(world.pairing, "share/"), {"summary": "Call before noon."})
    assert "Call before noon." not in next_peer.get(page_of(new)).content.decode()
    assert "Call before noon." in family.get(page_of(world.pairing, "share/")).content.decode()
    family.post(page_of(world.pairing, "share/"), {"summary": "Call before noon.", "shares_history": "on"})
    page = next_peer.get(page_of(new)).content.decode()
    assert "Call before noon." in page
    assert "Odette, about the time with Joy" in page
    for other in (world.liaison, world.peer):
        assert "Call before noon." not in signed_in(None, other).get(page_of(world.pairing)).content.decode()
    assert next_peer.get(f"/conversations/{world.conversation.public_id}/").status_code == 404


def test_the_liaison_plans_a_warm_hand_off_from_the_page_of_the_new_pairing(world: World) -> None:
    actions.say_goodbye(actor=world.caregiver, pairing=world.pairing)
    new = paired(world)
    liaison = signed_in(None, world.liaison)
    assert page_of(new, "hand-off/") in liaison.get(page_of(new)).content.decode()
    form = {"meets_on": day(world, 2), "way": "video", "setting": "home", "old": str(world.pairing.public_id)}
    liaison.post(page_of(new, "hand-off/"), form)
    for person in (world.caregiver, world.peer, world.second_peer):
        page = signed_in(None, person).get("/").content.decode()
        assert "From Joy Landrieu to Marcus Hebertson" in page
    assert "From Joy Landrieu to Marcus Hebertson" in liaison.get(page_of(new)).content.decode()
