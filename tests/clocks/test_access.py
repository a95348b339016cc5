"""Who may see, hear of and change a clock: viewer by viewer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.access import clocks as access
from portal.accounts.models import Person
from portal.clocks import actions
from portal.clocks.models import Clock, Matter
from portal.families.models import Family, LegalAuthority, StaffAssignment
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event
from tests.world import VIEWERS, World

pytestmark = pytest.mark.django_db


def viewers(world: World, sees: Callable[[Person], bool]) -> set[str]:
    return {viewer for viewer in VIEWERS if sees(getattr(world, viewer))}


def who_sees(world: World, clock: Clock) -> set[str]:
    """And whoever sees it is told of it: nobody else is."""
    seen = viewers(world, lambda person: access.visible_clocks(person).filter(pk=clock.pk).exists())
    told = {told.person.pk for told in access.told_of(clock)}
    assert viewers(world, lambda person: person.pk in told) == seen
    return seen


def of_family(world: World, **matter: Any) -> Clock:
    return actions.start_clock(
        actor=None,
        program=world.program,
        rule_id="LA-PLAN",
        started_at=timezone.now(),
        trigger_key=f"plan:{matter}",
        matter=Matter(family=world.family, **matter),
    )


def of_program(world: World, **matter: Any) -> Clock:
    actions.keep_program_clocks()
    clock = Clock.objects.filter(program=world.other_program, rule_id="MO-UTIL").order_by("-pk")[0]
    Clock.objects.filter(pk=clock.pk).update(program=world.program, trigger_key=uuid4(), **matter)
    clock.refresh_from_db()
    return clock


def test_a_familys_clock_is_seen_by_the_family_and_by_those_beside_it(world: World) -> None:
    both_sides = {"caregiver", "second_caregiver", "youth", "child", "liaison", "facilitator"}
    assert who_sees(world, of_family(world)) == both_sides


def test_ones_own_matter_is_seen_by_that_person_and_whoever_is_responsible(world: World) -> None:
    own = of_family(world, matter_of=world.youth, responsible=world.coordinator_role)
    assert who_sees(world, own) == {"youth", "coordinator"}
    assert who_sees(world, of_family(world, matter_of=world.natural_support)) == set()


def test_a_young_persons_case_is_not_for_brothers_and_sisters_nor_for_the_parents_of_a_grown_up(world: World) -> None:
    """As the case itself: that somebody left a hospital is told to nobody else by its dates."""
    case = of_family(world, subject="discharge", subject_id="1", youth=world.youth_member)
    staff = {"liaison", "facilitator"}
    assert who_sees(world, case) == {"caregiver", "second_caregiver", "youth"} | staff
    grown_up = timezone.now().date() - dt.timedelta(days=18 * 366)
    Person.objects.filter(pk=world.youth.pk).update(born_on=grown_up)
    assert who_sees(world, Clock.objects.get(pk=case.pk)) == {"youth"} | staff


def test_an_adult_who_may_not_be_told_sees_no_clock(world: World) -> None:
    LegalAuthority.objects.filter(pk=world.second_caregiver_authority.pk).update(scope=LegalAuthority.Scope.NONE)
    assert "second_caregiver" not in who_sees(world, of_family(world))


def test_nobody_is_told_as_staff_about_their_own_family(world: World) -> None:
    role = StaffRole.objects.create(
        person=world.caregiver, organization=world.organization("fhf-jefferson"), role=StaffRole.Role.LIAISON
    )
    StaffAssignment.objects.create(family=world.family, staff_role=role)
    own = of_family(world, matter_of=world.youth, responsible=role)
    assert who_sees(world, own) == {"youth"}


def test_a_role_that_has_ended_sees_nothing(world: World) -> None:
    clock = of_family(world, responsible=world.coordinator_role)
    StaffRole.objects.filter(pk__in=[world.coordinator_role.pk, world.liaison_role.pk]).update(ended_at=timezone.now())
    assert not {"coordinator", "liaison"} & who_sees(world, clock)
    Person.objects.filter(pk=world.facilitator.pk).update(is_active=False)
    world.facilitator.refresh_from_db()
    assert "facilitator" not in who_sees(world, clock)


def test_a_closed_family_is_told_nothing(world: World) -> None:
    clock = of_family(world)
    Family.objects.filter(pk=world.family.pk).update(closed_at=timezone.now())
    assert who_sees(world, Clock.objects.get(pk=clock.pk)) == set()


def test_the_programmes_own_clocks_are_its_leads(world: World) -> None:
    assert who_sees(world, of_program(world)) == {"lead"}
    assert who_sees(world, of_program(world, responsible=world.facilitator_role)) == {"lead", "facilitator"}
    # What is owed to somebody without a record here is not for everyone who leads.
    assert who_sees(world, of_program(world, owner="family", responsible=world.liaison_role)) == {"liaison"}


def test_who_may_say_that_something_happened(world: World) -> None:
    def may(event: Event, family: Family | None = world.family) -> set[str]:
        return viewers(world, lambda person: access.may_record(person, world.program, family, event))

    beside = {"liaison", "facilitator"}
    assert may(Event.PLAN_MADE) == beside
    own = {"caregiver", "second_caregiver", "youth", "child"}
    assert may(Event.TEAM_CHANGE_REQUESTED) == beside | own
    assert may(Event.REPORT_FILED, None) == {"lead"}


def test_who_may_act_on_a_clock(world: World) -> None:
    clock = of_family(world)
    assert viewers(world, lambda person: access.may_act(person, clock)) == {"liaison", "facilitator"}
    own = {"caregiver", "second_caregiver", "youth", "child"}
    not_now = viewers(world, lambda person: access.may_pause(person, clock, "family_said_not_now"))
    assert not_now == {"liaison", "facilitator"} | own
    for reason in ("storm", "family_had_not_asked_yet"):  # about the family, not said by it
        assert viewers(world, lambda person, why=reason: access.may_pause(person, clock, why)) == {  # type: ignore[misc]
            "liaison",
            "facilitator",
        }
    assert viewers(world, lambda person: access.may_act(person, of_program(world))) == {"lead"}


def test_who_may_close_the_offices(world: World) -> None:
    assert viewers(world, lambda person: access.may_close_offices(person, world.program)) == {"lead"}
    StaffRole.objects.filter(pk=world.lead_role.pk).update(ended_at=timezone.now() - dt.timedelta(days=1))
    assert viewers(world, lambda person: access.may_close_offices(person, world.program)) == set()


def test_what_comes_first_due_stands_first(world: World) -> None:
    later = of_family(world)
    Clock.objects.filter(pk=later.pk).update(due_at=timezone.now() + dt.timedelta(days=90))
    sooner = of_family(world, subject="again")
    assert list(access.visible_clocks(world.caregiver)) == [sooner, later]
