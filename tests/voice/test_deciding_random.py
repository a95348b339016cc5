"""Whatever people do in whatever order: nothing is decided over silence, over an objection, or without the family.

What came about is held against what was done, kept beside it here; the rules that are asked decide nothing of what they should be.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.access import Refused
from portal.access import rounds as access
from portal.care import actions as care
from portal.care.models import Item, Seat, TeamRole, Version
from portal.care.refusals import PlanRefusal
from portal.voice import actions
from portal.voice.models import Decision, GoAheadItem, Position, ProposalAnswer, Round, RoundText
from tests.care.meetings import seated
from tests.care.plans import goal, opened
from tests.voice.deciding import asked_round
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("told_nobody")]

RANDOM = settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),  # an example takes a second or more: the first that differs says enough
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FAMILY = ("caregiver", "youth")


@pytest.fixture
def told_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is told of each step is asked elsewhere, and takes most of the time."""
    monkeypatch.setattr("portal.care.actions.versions._tell", lambda *_all: None)
    monkeypatch.setattr("portal.voice.actions.proposals._tell", lambda *_all: None)
    monkeypatch.setattr("portal.care.actions.items._ask_family", lambda *_all: None)


def tries(act: Callable[[], Any]) -> bool:
    """Whether it was taken: what people may not do, or not now, is refused and changes nothing."""
    try:
        with transaction.atomic():
            act()
    except (Refused, PlanRefusal):
        return False
    return True


# -- suggestions and making final ------------------------------------------------------------------------------------------------

VERBS = (
    "suggest",
    "amend",
    "yes",
    "yes",
    "change",
    "no",
    "later",
    "ahead",
    "ahead",
    "final",
    "final",
    "staff_says_yes",
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 3), st.sampled_from(FAMILY)), min_size=5, max_size=18)


@RANDOM
@given(steps=STEPS)
def test_no_path_finalises_over_silence_or_makes_a_suggestion_active_by_itself(
    world: World, steps: list[tuple[str, int, str]]
) -> None:
    with transaction.atomic():
        plan = opened(world)
        items: list[Item] = [goal(world, plan)]
        for verb, place, who in steps:
            item = Item.objects.select_related("plan").get(pk=items[place % len(items)].pk)
            _suggestion_step(world, items, item, verb, getattr(world, who))
        transaction.set_rollback(True)


def _suggestion_step(world: World, items: list[Item], item: Item, verb: str, who: Any) -> None:
    plan, staff = item.plan, world.facilitator
    if verb == "suggest":
        items.append(goal(world, plan, f"Goal {len(items)}"))
    elif verb == "amend":
        said = item.data | {"text": f"{item.data['text']}."}
        tries(lambda: care.change_item(actor=staff, item=item, mark=item.mark, data=said))
    elif verb == "ahead":
        open_ones = [one for one in Item.objects.filter(plan=plan) if not one.is_active or one.sealed_offer]
        named = {str(one.public_id): one.suggestion_mark for one in open_ones}
        assert tries(lambda: actions.say_go_ahead(actor=who, plan=plan, without=named))
    elif verb == "final":
        if tries(lambda: actions.make_final(actor=staff, plan=plan)):
            _nothing_was_passed_over(plan)
    else:
        actor = staff if verb == "staff_says_yes" else who
        says = "yes" if verb == "staff_says_yes" else verb
        words = "In our words" if says == "change" else ""
        taken = tries(
            lambda: actions.answer_suggestion(actor=actor, item=item, mark=item.suggestion_mark, says=says, words=words)
        )
        assert actor != staff or not taken
    _is_sound(world, plan)


def _nothing_was_passed_over(plan: Any) -> None:
    final = Version.objects.filter(plan=plan, step=Version.Step.FINAL).latest("number")
    named = set(GoAheadItem.objects.filter(go_ahead__plan=plan).values_list("item", "suggested_in"))
    is_newest = Version.objects.filter(plan=plan).latest("number") == final
    for one in Item.objects.filter(plan=plan):
        if is_newest and not one.is_active and one.suggested_in <= final.number:
            assert (one.pk, one.suggested_in) in named, "a suggestion nobody answered was passed over"
    assert Decision.objects.filter(plan=plan, kind="final", at__lte=timezone.now()).exists()


def _is_sound(world: World, plan: Any) -> None:
    family = {world.caregiver.pk, world.youth.pk}
    for one in Item.objects.filter(plan=plan, standing=Item.Standing.AGREED):
        said = ProposalAnswer.objects.filter(item=one, says__in=["yes", "change"])
        assert said.exists(), "agreed to by nobody"
        assert {answer.by_id for answer in said} <= family
    assert {decision.family_party_id for decision in Decision.objects.all()} <= family


# -- rounds ------------------------------------------------------------------------------------------------------------------------

DEEDS = (
    "agree",
    "agree",
    "agree",
    "aside",
    "object",
    "private",
    "join",
    "leave",
    "reason",
    "amend",
    "close",
    "close",
    "refuse",
)
DONE = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 5)), min_size=6, max_size=24)


@RANDOM
@given(done=DONE)
def test_no_path_closes_a_round_over_an_objection_or_without_the_family(
    world: World, done: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        plan = opened(world)
        one = asked_round(world, plan)
        for deed, place in done:
            _round_step(world, Round.objects.select_related("plan").get(pk=one.pk), deed, place)
            _round_is_sound(world, one)
        transaction.set_rollback(True)


def _round_step(world: World, one: Round, deed: str, place: int) -> None:
    people = [world.caregiver, world.second_caregiver, world.youth]
    who, staff = people[place % 3], (world.facilitator, world.liaison)[place % 2]
    if deed in {"agree", "aside", "object"}:
        voices = access.without_account(access.voices(one.plan))
        by_mouth = place > 2 and voices
        tries(
            lambda: actions.take_position(
                actor=staff if by_mouth else who,
                one=one,
                wording=one.wording,
                says=deed,
                words="Because" if deed == "object" else "",
                voice=voices[place % len(voices)].key if by_mouth else "",
            )
        )
    elif deed == "private":
        says = ("agree", "aside", "object")[place % 3]
        tries(
            lambda: actions.take_position(
                actor=world.youth, one=one, wording=one.wording, says=says, words="Psst", told_to=staff
            )
        )
    elif deed == "join":
        seated(world, one.plan, None, TeamRole.PROVIDER, name="Somebody", agency=f"Agency {place}")
    elif deed == "leave":
        Seat.objects.filter(plan=one.plan, by_itself=False, state="in", agency=f"Agency {place}").update(
            state="left", ended_at=timezone.now()
        )
    elif deed == "reason":
        for position in Position.objects.filter(round=one, says="object", reason_at=None):
            tries(partial(actions.give_reason, actor=staff, position=position, text="So it is"))
    elif deed == "amend":
        tries(lambda: actions.amend_round(actor=staff, one=one, wording=one.wording, text=f"Text {one.wording + 1}"))
    else:
        tries(
            lambda: actions.close_round(
                actor=staff, one=one, wording=one.wording, is_agreed=deed == "close", why="It does not work"
            )
        )


def _round_is_sound(world: World, one: Round) -> None:
    now = Round.objects.get(pk=one.pk)
    assert RoundText.objects.filter(round=now).count() == now.wording, "no wording is lost"
    decisions = Decision.objects.filter(plan=now.plan_id)
    if now.is_open:
        assert not decisions.exists()
        return
    last: dict[str, Position] = {}
    for position in Position.objects.filter(round=now, wording=now.wording).order_by("pk"):
        last[position.voice] = position
    assert not [said for said in last.values() if said.says == "object" and said.reason_at is None]
    decision = decisions.get()
    assert decision.family_party in (world.caregiver, world.youth)
    assert any(said.by == decision.family_party and not said.is_private for said in last.values())
    for says, number in (now.totals or {}).items():  # what was said alone is in none of them
        assert number <= sum(said.says == says and not said.is_private for said in last.values())
