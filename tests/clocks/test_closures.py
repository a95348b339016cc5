"""A programme lead writes down a closing or a disaster on a page, and what counts those days moves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.clocks import actions
from portal.clocks.models import Clock, Closure, Matter
from portal.notices.models import Notice
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def counted_in_working_days(world: World) -> Clock:
    """The first open promise of the family's programme that counts business days."""
    profile = world.program.profile
    rule = next(one for one in profile.clocks if one.unit == "business_days" and one.kind == "deadline")
    return actions.start_clock(
        actor=None,
        program=world.program,
        rule_id=rule.id,
        started_at=timezone.now(),
        trigger_key="a",
        matter=Matter(family=world.family),
    )


def said(world: World, **what: object) -> dict[str, object]:
    day = world.program.today() + DAY
    while day.weekday() > 4:
        day += DAY
    return {"name": "Ice on the roads", "kind": "closure", "first_on": day, "last_on": day} | what


def test_a_lead_writes_down_a_closing_and_dates_move_beside_the_old_ones(world: World) -> None:
    clock = counted_in_working_days(world)
    before = clock.due_on
    lead = signed_in(None, world.lead)
    Notice.objects.all().delete()
    page = lead.post("/closures/", said(world), follow=True).content.decode()
    clock.refresh_from_db()
    assert before is not None
    assert clock.due_on is not None
    assert clock.due_on > before
    assert "Ice on the roads" in page
    assert "1 date moved" in page
    assert clock.events.filter(old_due_on=before, new_due_on=clock.due_on).count() == 1
    assert Notice.objects.filter(person=world.caregiver, kind="clock_moved").count() == 1


def test_the_same_closing_written_twice_is_one(world: World) -> None:
    lead = signed_in(None, world.lead)
    for _twice in range(2):
        assert lead.post("/closures/", said(world)).status_code == 302
    assert Closure.objects.count() == 1


def test_days_that_cannot_be_are_questioned_and_stay_as_typed(world: World) -> None:
    lead = signed_in(None, world.lead)
    answer = lead.post("/closures/", said(world, last_on="2020-01-01"))
    assert answer.status_code == 422
    assert "The last day is before the first day" in answer.content.decode()
    assert "Ice on the roads" in answer.content.decode()
    assert not Closure.objects.exists()


def test_a_disaster_is_declared_for_some_places(world: World) -> None:
    place = world.program.profile.regions[0]
    page = signed_in(None, world.lead).post(
        "/closures/", said(world, kind="disaster", name="Storm", regions=[place.id]), follow=True
    )
    storm = Closure.objects.get()
    assert (storm.kind, storm.regions, storm.declared_by) == ("disaster", [place.id], world.lead)
    assert place.name in page.content.decode()


@pytest.mark.parametrize("viewer", ["liaison", "facilitator", "caregiver", "peer"])
def test_nobody_else_closes_offices(world: World, viewer: str) -> None:
    assert signed_in(None, getattr(world, viewer)).post("/closures/", said(world)).status_code == 404
    assert not Closure.objects.exists()
