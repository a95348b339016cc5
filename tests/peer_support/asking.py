"""A small stage on which families ask for support: who asks whom, and how it is answered."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from peer_support import actions
from peer_support.models import EducatorClass, SupportRequest
from portal.clocks.models import Clock
from portal.families.models import Member
from portal.programs.models import StaffRole
from tests.world import World


def in_days(world: World, days: int) -> dt.date:
    return world.program.today() + dt.timedelta(days=days)


def ask(member: Member, kind: str = "advocate", **told: Any) -> SupportRequest:
    return actions.ask_for_support(
        actor=member.person, member=member, ask=actions.Ask(key=told.pop("key", uuid4()), kind=kind, **told)
    )


def ask_to_come(world: World, helper: StaffRole | None = None, **told: Any) -> SupportRequest:
    told = {"meets_on": in_days(world, 5)} | told
    return ask(told.pop("member", world.caregiver_member), "meeting", helper=helper, **told)


def a_class(world: World, **changes: Any) -> EducatorClass:
    held: dict[str, Any] = {
        "title": "Your school meeting",
        "about": "What to ask for, and how.",
        "language": "en",
        "held_on": in_days(world, 7),
        "begins_at": dt.time(18),
        "place": "Parish library, Gretna",
        "places": 2,
    }
    return actions.add_class(actor=world.liaison, organization=world.organization("fhf-jefferson"), **held | changes)


def now(request: SupportRequest) -> SupportRequest:
    return SupportRequest.objects.get(pk=request.pk)


def clock_of(request: SupportRequest) -> Clock:
    return Clock.objects.get(subject="support_request", subject_id=str(request.public_id))
