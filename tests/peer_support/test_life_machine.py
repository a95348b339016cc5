"""Whatever is tried, by whomever, in whatever order: no way around the life of a pairing, and nobody disappears."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from messaging.models import Conversation, Participant
from peer_support import actions
from peer_support.models import Pairing
from peer_support.refusals import PeerRefusal
from portal.access import Refused
from portal.access import pairings as access
from portal.access.peers import places_taken
from portal.notices.models import Notice
from tests.peer_support.helping import day
from tests.world import World

State = Pairing.State
WHO = st.sampled_from(["second_caregiver", "second_peer", "liaison", "caregiver", "stranger_liaison"])
CAPACITY = 1
WRITABLE = {State.ACCEPTED, State.ACTIVE, State.ENDING}


def machine_for(world: World, monkeypatch: pytest.MonkeyPatch) -> type[RuleBasedStateMachine]:  # noqa: C901
    real = timezone.now

    class Lives(RuleBasedStateMachine):
        """Two people, one peer partner with one place. Each step tries something; a refusal is an answer."""

        def __init__(self) -> None:
            super().__init__()
            self.outer = transaction.atomic()
            self.outer.__enter__()
            self.gone = dt.timedelta()
            self.seen: dict[int, str] = {}
            monkeypatch.setattr(timezone, "now", lambda: real() + self.gone)
            self.watch()

        def teardown(self) -> None:
            monkeypatch.setattr(timezone, "now", real)
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

        def tries(self, act: Callable[..., Any], **what: Any) -> None:
            with suppress(PeerRefusal, Refused, actions.AlreadyPaired), transaction.atomic():
                act(**what)
            self.watch()

        def watch(self) -> None:
            """One step of one call is one transition of the table."""
            for pairing in Pairing.objects.filter(family=world.family):
                before = self.seen.get(pairing.pk)
                if before is not None and before != pairing.state:
                    assert State(pairing.state) in Pairing.NEXT[State(before)], (before, pairing.state)
                self.seen[pairing.pk] = pairing.state

        def newest(self) -> Pairing:
            found = Pairing.objects.filter(member=world.second_caregiver_member, peer=world.second_peer_role)
            return found.select_related("member__person", "peer__person", "family__program").latest("pk")

        @rule()
        def propose(self) -> None:
            for member in (world.second_caregiver_member, world.caregiver_member):
                self.tries(
                    actions.propose_pairing,
                    actor=world.liaison,
                    member=member,
                    peer=world.second_peer_role,
                    reason="They fit.",
                )

        @rule(who=WHO)
        def accept(self, who: str) -> None:
            self.tries(actions.accept_pairing, actor=getattr(world, who), pairing=self.newest())

        @rule()
        def the_other_one_accepts(self) -> None:
            other = Pairing.objects.filter(member=world.caregiver_member, peer=world.second_peer_role).last()
            if other is not None:
                self.tries(actions.accept_pairing, actor=world.caregiver, pairing=other)

        @rule()
        def the_other_one_ends_it(self) -> None:
            other = Pairing.objects.filter(member=world.caregiver_member, peer=world.second_peer_role).last()
            if other is not None:
                self.tries(actions.end_pairing, actor=world.caregiver, pairing=other)

        @rule(
            who=WHO,
            act=st.sampled_from(
                [
                    *(actions.decline_pairing, actions.withdraw_pairing, actions.begin_pairing, actions.end_pairing),
                    *(actions.resume_pairing, actions.say_goodbye, actions.say_goodbye, actions.stay_paired),
                ]
            ),
        )
        def somebody_does(self, who: str, act: Callable[..., None]) -> None:
            self.tries(act, actor=getattr(world, who), pairing=self.newest())

        @rule(who=WHO, days=st.sampled_from([-1, 0, 1, 5, 500]))
        def pause(self, who: str, days: int) -> None:
            self.tries(actions.pause_pairing, actor=getattr(world, who), pairing=self.newest(), until=day(world, days))

        @rule(who=WHO, wants=st.booleans())
        def choose_next(self, who: str, wants: bool) -> None:
            self.tries(actions.choose_next, actor=getattr(world, who), pairing=self.newest(), wants_next=wants)

        @rule(days=st.sampled_from([1, 3, 9]))
        def time_goes_by(self, days: int) -> None:
            self.gone += dt.timedelta(days=days)
            self.tries(actions.keep_pairings)

        @invariant()
        def a_place_is_never_given_twice(self) -> None:
            assert places_taken(world.second_peer_role) <= CAPACITY

        @invariant()
        def a_pause_names_its_day_and_a_goodbye_its_last_moment(self) -> None:
            for pairing in Pairing.objects.filter(family=world.family):
                assert (pairing.state == State.PAUSED) is (pairing.paused_until is not None)
                assert pairing.state != State.ENDING or pairing.goodbye_until is not None

        @invariant()
        def the_conversation_goes_with_the_pairing_and_the_history_stays_with_the_family(self) -> None:
            for pairing in Pairing.objects.filter(family=world.family).select_related("conversation"):
                talk = pairing.conversation
                assert (talk is not None) is (pairing.takes_place or pairing.state == State.ENDED)
                if talk is None:
                    continue
                assert (talk.state == Conversation.State.ACTIVE) is (pairing.state in WRITABLE)
                inside = set(
                    Participant.objects.filter(conversation=talk, left_at=None).values_list("person", flat=True)
                )
                assert pairing.member.person_id in inside
                assert (pairing.peer.person_id in inside) is pairing.takes_place

        @invariant()
        def nobody_disappears_the_family_is_told_and_waits_unless_it_said_no(self) -> None:
            waiting = set(access.asked_for_another(world.family).values_list("member", flat=True))
            for member in (world.second_caregiver_member, world.caregiver_member):
                last = Pairing.objects.filter(member=member).order_by("pk").last()
                if last is None or last.state not in {State.ENDING, State.ENDED}:
                    continue
                has_other = Pairing.objects.filter(member=member, state__in=Pairing.OPEN).exclude(pk=last.pk).exists()
                assert has_other or not last.wants_next or member.pk in waiting
                if last.state == State.ENDED and last.ended_by != Pairing.Side.FAMILY:
                    assert Notice.objects.filter(person=member.person, about__startswith=f"pairing:{last.public_id}:")

    return Lives


@pytest.mark.slow
@pytest.mark.django_db
def test_no_order_of_steps_gets_round_the_life_of_a_pairing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "capacity_of", lambda _role: CAPACITY)
    run_state_machine_as_test(
        machine_for(world, monkeypatch),
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
