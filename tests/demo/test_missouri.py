"""The demo's second programme, whatever day it is begun: what its people are invited to try is there."""

from __future__ import annotations

import pytest

from portal.access import enrollment as access
from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.clocks.models import Clock, ClockEvent
from portal.demo import cast, missouri
from portal.enrollment import actions
from portal.enrollment.models import Enrollment
from portal.enrollment.standing import standing_of
from portal.programs.actions import sync_profiles
from tests.clocks.conftest import SetTime, at
from tests.world import signed_in

__all__ = ["at"]
pytestmark = pytest.mark.django_db
People = dict[str, Person]


@pytest.fixture(params=["2026-11-22T18:00", "2027-08-31T23:30", "2028-02-29T12:00"])
def people(request: pytest.FixtureRequest, at: SetTime) -> People:
    now = at(request.param)
    sync_profiles()
    made = {
        part.slug: create_person(
            display_name=part.name,
            email=part.email,
            is_adult_confirmed=part.age is None,
            born_on=None if part.age is None else now.date().replace(day=1, year=now.year - part.age),
            public_id=part.public_id,
            is_demo=True,
        )
        for part in cast.CAST
        if part.program == cast.SECOND_PROGRAM
    }
    missouri.Missouri(made).tell()
    return made


def test_one_family_waits_for_the_agencies_and_one_of_them_does_not_agree(people: People) -> None:
    decision = access.visible_decisions(people["ruthie"]).get()
    assert decision.is_pending
    assert [voice.name for voice in standing_of(decision).against] == [
        "Missouri Department of Elementary and Secondary Education"
    ]
    page = signed_in(None, people["ruthie"]).get(f"/decisions/{decision.public_id}/").content.decode()
    assert "His school has no one who can be with him in class" in page


def test_one_child_comes_near_the_60_day_notice_and_one_has_a_late_date(people: People) -> None:
    caleb, june = access.visible_enrollments(people["dana"])
    term = actions.term_of(caleb)
    assert term is not None
    assert term.due_on is not None
    assert missouri.NEAR <= (term.due_on - caleb.family.program.today()).days <= missouri.NEAR + 3
    late = Clock.objects.filter(state="missed", family=caleb.family)
    assert [(clock.rule_id, clock.subject_id) for clock in late] == [("MO-ASSESS", str(june.public_id))]
    assert not ClockEvent.objects.filter(kind="missed").exclude(clock__in=late).exists()
    assert list(access.visible_enrollments(people["caleb"])) == [caleb]


def test_no_case_of_it_lacks_somebody_or_a_date(people: People) -> None:
    assert Enrollment.objects.count() == 2
    assert actions.without_owner_or_date() == []
    assert all(one.is_demo for one in Person.objects.all())


def test_everyone_of_the_demo_has_three_things_to_try() -> None:
    assert {part.program for part in cast.CAST} == {cast.PROGRAM, cast.SECOND_PROGRAM, cast.FLORIDA}
    assert all(len(part.try_this) == 3 and all(map(str, part.try_this)) for part in cast.CAST)
