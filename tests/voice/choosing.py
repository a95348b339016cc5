"""Things for the Marchand family to choose, made by the same actions that pages use; and the pages themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.utils import timezone

from peer_support.actions import add_credential
from portal.accounts.models import Person
from portal.care.models import Item, Plan
from portal.directory.models import Service
from portal.programs import actions as programs
from portal.programs.models import StaffRole
from portal.voice.actions import choices, offers
from portal.voice.models import Choice, Option
from tests.care.plans import added, opened
from tests.directory.filling import MARAIS, bring, service
from tests.world import World, _person, signed_in

RESPITE = "respite-services"


def plan_of(world: World) -> Plan:
    return Plan.objects.filter(youth=world.youth_member, closed_at=None).first() or opened(world)


def a_service(world: World, plan: Plan | None = None, **data: Any) -> Item:
    """A service of the plan that nobody gives yet."""
    plan = plan or plan_of(world)
    soon = world.program.today() + dt.timedelta(days=6)
    return added(world.facilitator, plan, "service", name="Respite", setting="home", start_by=soon, **data)


def listed(world: World, count: int = 3) -> list[Service]:
    """So many entries of one kind for where the family lives, each of another provider."""
    found = []
    for number in range(1, count + 1):
        row = service(
            f"Weekends {number}",
            MARAIS,
            category=RESPITE,
            languages=("en", "es")[:number],
            wait_words="Ask them",
        )
        found += bring(world.program, row, provider=f"House {number}")
    return found


def offered(world: World, item: Item | None = None, count: int = 3, **said: Any) -> Choice:
    item = item or a_service(world)
    entries = listed(world, count)
    return offers.offer_service(actor=world.facilitator, item=item, category=RESPITE, entries=entries[:2], **said)


def option(choice: Choice, place: int = 1) -> Option:
    return choice.options.get(place=place)


def pick(person: Person, choice: Choice, place: int = 1, text: str = "") -> choices.Heard:
    return choices.say(actor=person, choice=choice, said=choices.Said("pick", option(choice, place), text))


def say(person: Person, choice: Choice, kind: str, text: str = "") -> choices.Heard:
    return choices.say(actor=person, choice=choice, said=choices.Said(kind, None, text))


def now(choice: Choice) -> Choice:
    return Choice.objects.get(pk=choice.pk)


def facilitators(world: World, count: int = 2) -> list[StaffRole]:
    """So many more who are trained and could stand beside the family."""
    made = []
    for number in range(1, count + 1):
        role = programs.appoint(
            actor=None,
            person=_person(world.program, f"Fay Number{number}"),
            organization=world.facilitator_role.organization,
            role=StaffRole.Role.FACILITATOR,
        )
        add_credential(  # without it nobody may begin but for a reason
            actor=world.lead,
            role=role,
            requirement="core-training",
            issued_on=world.program.today() - dt.timedelta(days=400),
        )
        made.append(role)
    return made


def times(world: World) -> list[offers.Time]:
    first = timezone.now().replace(microsecond=0) + dt.timedelta(days=5)
    return [
        offers.Time(first, "place", "The library, room 2"),
        offers.Time(first + dt.timedelta(days=1), "video", "A link comes by message"),
    ]


def timed(world: World, plan: Plan | None = None) -> Choice:
    return offers.offer_times(
        actor=world.facilitator, plan=plan or plan_of(world), key=uuid4(), times=times(world), minutes=60
    )


def page(person: Person, path: str) -> str:
    answer = signed_in(None, person).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def status(person: Person, path: str) -> int:
    return signed_in(None, person).get(path).status_code


def post(person: Person, path: str, **form: Any) -> HttpResponse:
    answer: Any = signed_in(None, person).post(path, form)
    return answer  # type: ignore[no-any-return]


def path_of(choice: Choice, tail: str = "") -> str:
    return f"/choices/{choice.public_id}/{tail}"
