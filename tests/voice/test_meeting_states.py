"""Whatever is chosen, taken back and chosen again: what one prepared is read by whom it was given to last, and nobody else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peer_support import actions as peer_support
from portal.access import Refused, meetings, preparing
from portal.access import agenda as agenda_access
from portal.care.models import TeamMeeting
from portal.voice import actions
from portal.voice.models import PrepPoint
from portal.voice.refusals import TakenBackMeanwhile, WithOthersNow
from tests.care.meetings import proposed
from tests.care.plans import opened
from tests.peer_support.mentored import mentored
from tests.voice.meetings import written
from tests.world import World

pytestmark = pytest.mark.both_databases
Fate, Kind = PrepPoint.Fate, PrepPoint.Kind
STEPS = st.lists(st.sampled_from([*Fate.values, "reword", "away"]), max_size=8)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(Kind.values), steps=STEPS)
def test_no_row_of_choices_shows_a_point_to_anybody_it_was_not_given_to_last(
    world: World, kind: str, steps: list[str]
) -> None:
    meeting = prepared_for(world)
    point = written(world.youth, meeting, "Ask me first", kind)
    fate, text = Fate.KEEP, "Ask me first"
    for number, step in enumerate(steps):
        if taken(world, point, kind, step, f"Other words {number}"):
            text = f"Other words {number}" if step == "reword" else text
            fate = {"away": Fate.KEEP, "reword": fate}.get(step) or Fate(step)
        point.refresh_from_db()
        assert (point.text, point.fate) == (text, fate)
        read_by(world, meeting, point, fate)


def prepared_for(world: World) -> TeamMeeting:
    """One meeting for all rows of steps, and a mentor with a guardian's yes."""
    meeting = TeamMeeting.objects.filter(plan__youth=world.youth_member).first()
    if meeting is None:
        peer_support.give_permission(actor=world.caregiver, pairing=mentored(world))
        meeting = proposed(world.caregiver, opened(world))
    return meeting


def taken(world: World, point: PrepPoint, kind: str, step: str, text: str) -> bool:
    """Whether the step could be taken; where it could not, for the right reason."""
    was_there, was_alone = point.removed_at is None, point.is_mine_alone
    try:
        if step == "away":
            actions.put_away(actor=world.youth, point=point)
        elif step == "reword":
            actions.choose_for_point(actor=world.youth, point=point, fate=point.fate, text=text)
        else:
            actions.choose_for_point(actor=world.youth, point=point, fate=step)
    except Refused:
        assert step not in PrepPoint.FATES[Kind(kind)]
        return False
    except WithOthersNow:
        assert not was_alone
        return False
    except TakenBackMeanwhile:
        assert not was_there
        return False
    return True


def read_by(world: World, meeting: TeamMeeting, point: PrepPoint, fate: PrepPoint.Fate) -> None:
    on_agenda = [one.pk for one in agenda_access.agenda_of(meeting)]
    assert (point.item_id in on_agenda) is (fate == Fate.MEETING)
    given_ = {one.pk for one, _by in preparing.given_points(preparing.stands_beside(world.mentor))}
    assert (point.pk in given_) is (fate in PrepPoint.TO_PEER)
    for who in (world.facilitator, world.liaison, world.caregiver):
        standing = meetings.standing_in(who, meeting)
        told = {one.pk for one in preparing.to_leave_out(standing, meeting)}
        assert (point.pk in told) is (fate in PrepPoint.TO_KEEPER and who == world.facilitator)
