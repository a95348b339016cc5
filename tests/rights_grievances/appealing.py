"""Letters of a plan and appeals for tests, made by the same actions that pages use; and another day than today."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any
from unittest import mock

from django.utils import timezone

from portal.clocks.models import Clock
from rights_grievances import actions
from rights_grievances.actions import adverse, appeals
from rights_grievances.models import AdverseNotice, Appeal, Case
from tests.world import World

DAY = dt.timedelta(days=1)


def on(moment: dt.datetime) -> AbstractContextManager[Any]:
    """While it lasts, it is that moment."""
    return mock.patch.object(timezone, "now", return_value=moment)


def letter(world: World, **said: Any) -> AdverseNotice:
    """The plan cuts a service that was approved, in two weeks; whatever is said otherwise replaces it."""
    today = world.program.today()
    written: dict[str, Any] = {
        "actor": world.caregiver,
        "youth": world.youth_member,
        "what": AdverseNotice.What.REDUCED,
        "service": "Respite at home",
        "reason": "The letter says it is not needed any more.",
        "dated_on": today - 2 * DAY,
        "sent_on": today - 2 * DAY,
        "effective_on": today + 14 * DAY,
        "was_authorized": True,
        "ordered_by_provider": True,
        "authorized_until": today + 90 * DAY,
    }
    return adverse.record_adverse_notice(**(written | said))


def appealed(world: World, notice: AdverseNotice | None = None, **said: Any) -> Case:
    return appeals.file_appeal(**({"actor": world.caregiver, "notice": notice or letter(world)} | said))


def at_plan(world: World, case: Case, at: dt.datetime | None = None) -> Case:
    actions.forward_case(actor=world.coordinator, case=case, at=at)
    return actions.confirm_receipt(actor=world.coordinator, case=case, at=at)


def given_to_lead(world: World, case: Case) -> Case:
    return actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)


def answered(world: World, result: str = "upheld", case: Case | None = None, **said: Any) -> Case:
    """From the letter to the plan's answer, dated and sent today."""
    case = at_plan(world, case or appealed(world))
    given_to_lead(world, case)
    today = world.program.today()
    what: dict[str, Any] = {"answer": "We looked at all of it.", "dated_on": today, "sent_on": today} | said
    return appeals.resolve_appeal(actor=world.lead, case=case, result=result, **what)


def appeal_of(case: Case) -> Appeal:
    return Appeal.objects.select_related("notice").get(case=case)


def clock(about: Case | AdverseNotice, rule: str) -> Clock:
    """The newest one by that rule."""
    return Clock.objects.filter(subject="grievance", subject_id=str(about.public_id), rule_id=rule).latest("pk")


def rules_of(about: Case | AdverseNotice) -> dict[str, str]:
    found = Clock.objects.filter(subject="grievance", subject_id=str(about.public_id)).order_by("pk")
    return dict(found.values_list("rule_id", "state"))
