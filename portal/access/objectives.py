"""What has to be reached before a time in the programme ends, and what a programme promises everybody in it.

The goals of the plan are the goals of the case: one list. What was written down in the case before there was a plan stays in it
until it is met. Only what is as open as the case counts, so that nobody who is told of the case learns from it of anything else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.access import care
from portal.access.enrollment import NARROWER, open_enrollments, visible_enrollments
from portal.accounts.models import Person
from portal.care.models import Item, Plan, TeamMeeting
from portal.enrollment.models import Enrollment, Objective, today_of
from portal.families.models import AccessBasis
from portal.programs.registry import profiles


@dataclass(frozen=True, slots=True)
class Goal:
    text: str
    met_at: dt.date | dt.datetime | None
    objective: Objective | None = None  # written down in the case, before there was a plan


def plan_of(enrollment: Enrollment) -> Plan | None:
    """The newest plan of that time in the programme; one that has ended, too: its open goals do not end with it."""
    during = Q(closed_at=None) | Q(closed_at__gte=enrollment.created_at)
    plans = Plan.objects.filter(during, youth=enrollment.youth_id, access_basis__in=_as_open_as(enrollment))
    return plans.order_by("-pk").first()


def open_plan_of(enrollment: Enrollment) -> Plan | None:
    plan = plan_of(enrollment)
    return plan if plan is not None and plan.is_open else None


def goals_of(enrollment: Enrollment) -> list[Goal]:
    """All of them, met or not, whoever asks: for the question whether a case may end."""
    return [*_written_in_the_case(enrollment), *(_of_the_plan(enrollment, one) for one in _goal_items(enrollment))]


def goals_shown(person: Person, enrollment: Enrollment) -> tuple[list[Goal], bool]:
    """Those this person sees, of a case they see; and whether the plan has some that they do not."""
    items = _goal_items(enrollment)
    plan = items[0].plan if items else None
    reader = care.reader_of(person, plan) if plan is not None else None
    seen = {one.pk for one in care.visible_items(reader, plan)} if reader is not None and plan is not None else set()
    shown = [_of_the_plan(enrollment, one) for one in items if one.pk in seen]
    return [*_written_in_the_case(enrollment), *shown], len(shown) < len(items)


def _written_in_the_case(enrollment: Enrollment) -> list[Goal]:
    return [Goal(one.text, one.met_at, one) for one in enrollment.objectives.order_by("pk")]


def _goal_items(enrollment: Enrollment) -> list[Item]:
    plan = plan_of(enrollment)
    goals = Item.objects.filter(
        plan=plan,
        kind="goal",
        removed_at=None,
        standing__in=["", Item.Standing.AGREED],  # what is only suggested holds nobody here
        access_basis__in=_as_open_as(enrollment),
    )
    return list(goals.select_related("plan").order_by("pk")) if plan is not None else []


def _of_the_plan(enrollment: Enrollment, item: Item) -> Goal:
    said = item.data.get("reached_on")
    reached = dt.date.fromisoformat(said) if said else None
    return Goal(item.data["text"], reached if reached and reached <= today_of(enrollment.family) else None)


def _as_open_as(enrollment: Enrollment) -> tuple[AccessBasis, ...]:
    return NARROWER[: NARROWER.index(AccessBasis(enrollment.access_basis)) + 1]


# -- what everybody in the programme gets ----------------------------------------------------------------------------------

HAS = {"care_management": "has_owner", "team_meetings": "has_meeting", "plan": "has_plan"}


@dataclass(frozen=True, slots=True)
class Basics:
    """The ticks of one case, in the profile's order."""

    enrollment: Enrollment
    ticks: dict[str, bool]
    by_on: dt.date  # the last day by which all of them are there

    @property
    def is_late(self) -> bool:
        return not all(self.ticks.values()) and today_of(self.enrollment.family) > self.by_on


def basics_beside(person: Person, plan: Plan) -> list[Basics]:
    """Those of the case that this plan is for, where that person sees it and the programme says so."""
    joining = plan.family.program.profile.enrollment
    if joining is None or joining.minimum is None:
        return []
    return basics_of(visible_enrollments(person).filter(youth=plan.youth_id))


def basics_of(cases: QuerySet[Enrollment], *, only_lacking: bool = False) -> list[Basics]:
    """Of those of these cases that are open, where the programme says that everybody gets them. In one question."""
    asking = [slug for slug, profile in profiles().items() if profile.enrollment and profile.enrollment.minimum]
    found_in = open_enrollments().filter(pk__in=cases.order_by().values("pk"), family__program__slug__in=asking)
    known = _with_basics(found_in)
    if only_lacking:
        known = known.exclude(**dict.fromkeys(HAS.values(), True))
    found = ((one, one.family.program.profile) for one in known.select_related("youth__person"))
    return [
        Basics(
            one,
            {part: getattr(one, HAS[part]) for part in profile.enrollment.minimum.parts},
            one.enrolled_on + dt.timedelta(days=profile.settings.basics_days.value),
        )
        for one, profile in found
        if profile.enrollment is not None and profile.enrollment.minimum is not None
    ]


def _with_basics(cases: QuerySet[Enrollment, Any]) -> QuerySet[Enrollment, Any]:
    """Each with whether somebody answers for it, whether its team met or has a day to, whether its plan says something."""
    held = [TeamMeeting.State.CONFIRMED, TeamMeeting.State.HELD]
    meetings = TeamMeeting.objects.filter(plan__youth=OuterRef("youth"), plan__closed_at=None, state__in=held)
    items = Item.objects.filter(plan__youth=OuterRef("youth"), plan__closed_at=None, removed_at=None)
    has_meeting, has_plan = Q(), Q()
    for place, basis in enumerate(NARROWER):
        as_open = NARROWER[: place + 1]
        case = Q(access_basis=basis)
        has_meeting |= case & Q(Exists(meetings.filter(plan__access_basis__in=as_open)))
        has_plan |= case & Q(Exists(items.filter(access_basis__in=as_open)))
    return cases.annotate(has_meeting=Exists(_same(has_meeting)), has_plan=Exists(_same(has_plan)))


def _same(condition: Q) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(condition, pk=OuterRef("pk"))
