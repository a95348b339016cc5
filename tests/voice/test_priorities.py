"""What comes first, and what the family asks everybody to do and not to do."""

from __future__ import annotations

import pytest

from portal.access import Refused
from portal.notices.models import Notice
from portal.voice import actions
from portal.voice.models import Preference, Ranking
from tests.care.meetings import proposed
from tests.care.plans import added, agreed, goal, opened
from tests.voice.deciding import page, suggested
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.promise("LA-18")
def test_a_do_not_is_told_to_the_team_and_stands_at_the_top_of_the_meeting(world: World) -> None:
    plan = opened(world)
    meeting = proposed(world.facilitator, plan)
    path = f"/plans/{plan.public_id}/preferences/"
    browser = signed_in(None, world.caregiver)
    form = {"kind": "do_not", "words": "Please do not call after eight"}
    for _twice in range(2):
        assert browser.post(path, form).status_code == 302
    browser.post(path, {"kind": "do", "words": "Ask Theo first"})
    assert Preference.objects.count() == 2
    told = {one.person for one in Notice.objects.filter(about__startswith="preferences:", read_at=None)}
    assert told == {world.youth, world.facilitator, world.liaison}
    for who in (world.youth, world.facilitator, world.liaison):
        shown = page(who, path)
        assert shown.index("Please do not call after eight") < shown.index("Ask Theo first")
        shown = page(who, f"/meetings/{meeting.public_id}/")
        assert "Please do not call after eight" in shown.partition('<dl class="facts">')[0]
    for who in (world.second_caregiver, world.natural_support, world.stranger_caregiver):
        page(who, path, 404)


def test_what_he_asks_of_his_team_alone_no_parent_reads(world: World) -> None:
    plan = opened(world)
    meeting = proposed(world.facilitator, plan)
    path = f"/plans/{plan.public_id}/preferences/"
    form = {"kind": "do_not", "words": "Not in front of my mother", "is_for_staff_alone": "on"}
    assert signed_in(None, world.youth).post(path, form).status_code == 302
    for where in (path, f"/meetings/{meeting.public_id}/"):
        assert "Not in front of my mother" in page(world.facilitator, where)
        assert "Not in front of my mother" not in page(world.caregiver, where)
    assert not Notice.objects.filter(person=world.caregiver, about__startswith="preferences:").exists()
    assert "is_for_staff_alone" not in page(world.caregiver, path)
    with pytest.raises(Refused):
        actions.ask_of_all(actor=world.caregiver, plan=plan, kind="do", words="Not for Theo", is_for_staff_alone=True)


def test_only_who_asked_takes_it_off_the_list_and_it_is_not_deleted(world: World) -> None:
    plan = opened(world)
    made = actions.ask_of_all(actor=world.caregiver, plan=plan, kind="do_not", words="No calls at night")
    path = f"/plans/{plan.public_id}/preferences/"
    for who in (world.youth, world.facilitator):
        assert signed_in(None, who).post(f"{path}{made.public_id}/end/").status_code == 404
    with pytest.raises(Refused):
        actions.ask_of_all(actor=world.facilitator, plan=plan, kind="do", words="Be on time")
    for _twice in range(2):
        assert signed_in(None, world.caregiver).post(f"{path}{made.public_id}/end/").status_code == 302
    assert "No calls at night" not in page(world.facilitator, path)
    assert Preference.objects.get().text == "No calls at night"
    assert signed_in(None, world.caregiver).post(path, {"kind": "do", "words": ""}).status_code == 422


def test_each_puts_needs_and_goals_in_their_own_order_and_staff_change_none(world: World) -> None:
    plan = opened(world)
    sleep = added(world.caregiver, plan, "need", text="Sleep", domain="health")
    first = agreed(goal(world, plan, "Mornings"))
    drums = added(world.youth, plan, "goal", text="Drums", whose="youth", domain="fun")
    suggested(world, plan, "Only suggested")
    path = f"/plans/{plan.public_id}/order/"
    ids = [str(one.public_id) for one in (sleep, first, drums)]
    parent, young = signed_in(None, world.caregiver), signed_in(None, world.youth)
    assert parent.post(path, {ids[0]: "3", ids[1]: "1", ids[2]: "2"}).status_code == 302
    assert young.post(path, {"move": f"up {ids[2]}"}).status_code == 302
    assert young.post(path, {"move": f"up {ids[2]}"}).status_code == 302
    assert young.post(path, {"move": f"up {ids[2]}"}).status_code == 302, "higher than the top is no place"
    assert young.post(path, {ids[0]: "no number", "move": "sideways x"}).status_code == 302
    newest = {one.by: one.order for one in Ranking.objects.order_by("pk")}
    assert newest[world.caregiver] == [ids[1], ids[2], ids[0]]
    assert newest[world.youth] == [ids[2], ids[0], ids[1]]
    for who in (world.caregiver, world.youth, world.facilitator):
        side = page(who, path).partition('id="all"')[2]
        own, hers = (side.index(f"<h3><bdi>{one.display_name}") for one in (world.youth, world.caregiver))
        assert own < hers
        assert "Only suggested" not in side
    assert 'name="move"' not in page(world.facilitator, path)
    assert signed_in(None, world.facilitator).post(path, {"move": f"up {ids[0]}"}).status_code == 404
    with pytest.raises(Refused):
        actions.rank(actor=world.facilitator, plan=plan, order=ids)


def test_an_order_leaves_no_gap_where_the_reader_sees_nothing(world: World) -> None:
    plan = opened(world)
    secret = agreed(
        added(world.facilitator, plan, "goal", text="Talks alone", whose="youth", domain="home", access_basis="minor")
    )
    drums = added(world.youth, plan, "goal", text="Drums", whose="youth", domain="fun")
    actions.rank(actor=world.youth, plan=plan, order=[str(secret.public_id), str(drums.public_id)])
    side = page(world.caregiver, f"/plans/{plan.public_id}/order/").partition('id="all"')[2].partition("</section>")[0]
    assert "Talks alone" not in side
    assert side.count("<li>") == 1
    assert "Talks alone" in page(world.facilitator, f"/plans/{plan.public_id}/order/")
