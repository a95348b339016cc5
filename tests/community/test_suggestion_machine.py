"""Whatever happens to suggestions over months, with workers running or not: a month without a word is late, until there is one."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from portal.access import Refused
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.community import actions
from portal.community.models import Suggestion, SuggestionStep
from portal.community.models.suggestions import SUBJECT
from portal.community.refusals import CommunityRefusal
from portal.community.shown import suggestions_shown
from tests.community.stage import HARD, suggest
from tests.world import World

State = Suggestion.State
MONTH = 30


def machine_for(world: World, monkeypatch: pytest.MonkeyPatch) -> type[RuleBasedStateMachine]:  # noqa: C901
    real = timezone.now

    class Months(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.outer = transaction.atomic()
            self.outer.__enter__()
            self.gone = dt.timedelta()
            self.seen: dict[UUID, str] = {}
            monkeypatch.setattr(timezone, "now", lambda: real() + self.gone)

        def teardown(self) -> None:
            monkeypatch.setattr(timezone, "now", real)
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

        @rule(leaves_trace=st.booleans())
        def somebody_says_it(self, leaves_trace: bool) -> None:
            if len(self.seen) < 3:
                suggest(world.caregiver, world.program, leaves_trace=leaves_trace)

        @rule(
            who=st.sampled_from(["lead", "supervisor", "liaison", "caregiver"]),
            kind=st.sampled_from(["working", "working", "answered", "changed"]),
            words=st.sampled_from(["We ask the state.", "  "]),
            which=st.integers(0, 2),
        )
        def somebody_answers(self, who: str, kind: str, words: str, which: int) -> None:
            rows = list(Suggestion.objects.order_by("pk"))
            if rows:
                held = rows[which % len(rows)]
                with suppress(CommunityRefusal, Refused), transaction.atomic():
                    actions.answer_suggestion(
                        actor=getattr(world, who), suggestion=held, key=uuid4(), kind=kind, words=words
                    )

        @rule(days=st.sampled_from([1, 12, 29, 31, 65]), works=st.booleans())
        def time_goes_by(self, days: int, works: bool) -> None:
            self.gone += dt.timedelta(days=days)
            if works:
                fire_due()

        @rule()
        def the_worker_runs(self) -> None:
            fire_due()
            fire_due()

        @invariant()
        def the_states_follow_their_table_and_the_words_never_change(self) -> None:
            for one in Suggestion.objects.all():
                before = self.seen.get(one.public_id, State.WAITING)
                if before != one.state:
                    reached = Suggestion.NEXT[State(before)]
                    assert State(one.state) in reached, (before, one.state)
                self.seen[one.public_id] = one.state
                assert one.words == HARD

        @invariant()
        def an_answer_always_has_words_and_a_name(self) -> None:
            for step in SuggestionStep.objects.select_related("by__person"):
                assert step.words.strip()
                assert step.by.person in {world.lead, world.supervisor}

        @invariant()
        def late_is_who_had_no_word_for_a_month_and_nobody_else(self) -> None:
            """For both sides: the day on the page is 30 days after the last word, or after it was told."""
            today = world.program.today()
            rows = list(Suggestion.objects.all())
            for one in suggestions_shown(rows):
                suggestion = one.suggestion
                if not suggestion.is_open:
                    assert one.promise is None
                    assert not Clock.objects.filter(
                        subject=SUBJECT, subject_id=str(suggestion.public_id), state__in=Clock.UNMET
                    ).exists()
                    continue
                last = suggestion.steps.last()
                since = last.at.astimezone(world.program.zone).date() if last is not None else suggestion.made_on
                assert one.promise is not None
                assert one.promise.clock.due_on == since + dt.timedelta(days=MONTH)
                assert one.is_late is (today > since + dt.timedelta(days=MONTH))

    return Months


@pytest.mark.slow
@pytest.mark.django_db
def test_over_months_no_suggestion_is_forgotten_and_none_is_late_that_was_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_state_machine_as_test(
        machine_for(world, monkeypatch),
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
