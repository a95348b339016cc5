"""What stands in the paths of choices and of the lead family partner, and forms that would be accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

from django.utils import timezone

from portal.care.models import Item
from portal.programs.models import StaffRole
from portal.voice.models import Choice, PartnerRequest
from tests.voice.choosing import a_service, facilitators, listed, offered, option, pick, plan_of
from tests.world import World

Facts = tuple[dict[str, object], dict[str, object]]


def _choice(world: World) -> Choice:
    """The same one however often it is asked for."""
    return Choice.objects.filter(family=world.family, about="service").first() or offered(world)


def _shown(world: World) -> Facts:
    choice = _choice(world)
    return {"choice_id": choice.public_id}, {"answer": option(choice).public_id}


def _made(world: World) -> Facts:
    choice = _choice(world)
    if choice.is_waiting:
        pick(world.caregiver, choice)
    return {"choice_id": choice.public_id}, {}


def _told(world: World) -> Facts:
    choice = _choice(world)
    form: dict[str, object] = {"who": world.caregiver.public_id, "said": option(choice).public_id}
    return {"choice_id": choice.public_id}, form


def _withdrawn(world: World) -> Facts:
    return {"choice_id": _choice(world).public_id}, {"note": "The first one has closed."}


def _asked(world: World) -> Facts:
    return {}, {"item": (Item.objects.filter(kind="service").first() or a_service(world)).public_id}


def _service(world: World) -> Facts:
    item = Item.objects.filter(plan=plan_of(world), kind="service").first() or a_service(world)
    listed(world)
    path: dict[str, object] = {"plan_id": item.plan.public_id, "item_id": item.public_id}
    return path, {"other": "Aunt Bea’s friend", "another": "The church"}


def _facilitator(world: World) -> Facts:
    free = StaffRole.objects.filter(person__display_name__startswith="Fay Number")
    first, second = list(free) or facilitators(world)
    form: dict[str, object] = {"youth": world.youth.public_id, "roles": [first.public_id, second.public_id]}
    return {"family_id": world.family.public_id}, form


def _seat(world: World) -> Facts:
    form = {"key": uuid4(), "role": "school", "name_1": "Ms. Reed", "name_2": "Mr. Ott"}
    return {"plan_id": plan_of(world).public_id}, form


def _times(world: World) -> Facts:
    day = (timezone.now() + dt.timedelta(days=5)).date()
    form: dict[str, object] = {"key": uuid4(), "minutes": 60}
    for place in range(2):
        form |= {
            f"time{place}-day": day + dt.timedelta(days=place),
            f"time{place}-time": "17:30",
            f"time{place}-how": "place",
            f"time{place}-place": "The library",
        }
    return {"plan_id": plan_of(world).public_id}, form


def _partner(world: World) -> Facts:
    """In Louisiana nobody is asked so: the page is there for nobody, whatever stands in its path."""
    request = PartnerRequest(member=world.caregiver_member)
    request.words = "How do I get a seat?"
    return {"request_id": request.public_id}, {"words": "x"}


CHOICES: dict[str, Callable[[World], Facts]] = {
    "pick_ask": _asked,
    "pick_show": _shown,
    "pick_again": _made,
    "pick_told": _told,
    "pick_withdraw": _withdrawn,
    "service_offer": _service,
    "facilitator_offer": _facilitator,
    "seat_offer": _seat,
    "time_offer": _times,
    "partner_request_show": _partner,
    "partner_request_take": _partner,
    "partner_request_end": _partner,
}
