"""A case in Missouri, at each of its stations, made by the same actions that pages use."""

from __future__ import annotations

import datetime as dt

from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.enrollment import actions
from portal.enrollment.models import Decision, Enrollment, Objective, Position, Recommendation, today_of
from portal.enrollment.standing import agencies_of
from portal.families import actions as families
from portal.programs import actions as programs
from portal.programs.models import Organization, StaffRole
from tests.voice.chosen import chosen
from tests.world import World, _person

Stance = Position.Stance


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def manager_of(world: World) -> StaffRole:
    """Missouri's care manager, beside the family from the beginning."""
    known = StaffRole.objects.filter(organization__program=world.other_program, role=StaffRole.Role.FACILITATOR).first()
    if known is not None:
        return known
    person = _person(world.other_program, "Nora Field")
    role = programs.appoint(
        actor=None,
        person=person,
        organization=Organization.objects.get(program=world.other_program, slug="missouri-alliance"),
        role=StaffRole.Role.FACILITATOR,
    )
    chosen(world.faraway_youth_member, role)
    families.assign(actor=world.faraway_liaison, family=world.faraway_family, staff_role=role)
    return role


def keeper_of(world: World) -> Person:
    return manager_of(world).person


def opened(world: World, *, meets_in: int = 10) -> Decision:
    today = today_of(world.faraway_family)
    return actions.open_decision(
        actor=keeper_of(world),
        family=world.faraway_family,
        youth=world.faraway_youth_member,
        referred_on=today - dt.timedelta(days=3),
        meets_on=today + dt.timedelta(days=meets_in),
    )


def say(world: World, decision: Decision, agency: str, stance: str, reason: str = "") -> Position:
    return actions.say_position(
        actor=keeper_of(world),
        decision=decision,
        agency=next(one for one in agencies_of(decision) if one.slug == agency),
        stance=Stance(stance),
        reason=reason,
        spoken_by="Ms. Lark",
    )


def all_agree(world: World, decision: Decision) -> None:
    for agency in agencies_of(decision):
        say(world, decision, agency.slug, "agree")


def agreed(world: World) -> Decision:
    decision = opened(world)
    all_agree(world, decision)
    return actions.close_meeting(actor=keeper_of(world), decision=decision)


def enrolled(world: World, first_day: dt.date | None = None, *, lead_reason: str = "") -> Enrollment:
    """Agreed today, and the first day 20 days from now unless another is told."""
    agreed(world)
    today = today_of(world.faraway_family)
    first_day = first_day or today + dt.timedelta(days=20)
    return actions.enroll(
        actor=keeper_of(world),
        family=world.faraway_family,
        youth=world.faraway_youth_member,
        care_manager=manager_of(world),
        enrolled_on=first_day,
        next_on=today + dt.timedelta(days=30),
        lead_reason=lead_reason,
    )


def clock_of(enrollment: Enrollment | Decision, rule_id: str) -> Clock:
    return Clock.objects.get(rule_id=rule_id, subject_id=str(enrollment.public_id))


def add_goal(world: World, enrollment: Enrollment, text: str = "Eli goes to school four days a week") -> Objective:
    return actions.add_objective(actor=keeper_of(world), enrollment=enrollment, text=text)


def agencies_agree_to_end(world: World, enrollment: Enrollment) -> None:
    """The round about what the team proposed: all agencies agree."""
    pending = Decision.objects.get(enrollment=enrollment, state="pending")
    all_agree(world, pending)
    actions.close_meeting(actor=keeper_of(world), decision=pending)


def recommend(world: World, enrollment: Enrollment, *, approves: bool = True, agrees: bool = True) -> Recommendation:
    return actions.recommend_ending(
        actor=keeper_of(world),
        enrollment=enrollment,
        met_on=today_of(enrollment.family),
        who_met="Mae, Eli, Nora, his teacher",
        is_approved=approves,
        person=world.faraway_caregiver,
        family_agrees=agrees,
        family_words="" if agrees else "He is not ready.",
    )
