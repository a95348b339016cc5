"""What browser tests find in their database, made in a process of its own: the cast, and a signed-in session for each of them.

Run as `python -m tests.browser.stage [SCENE]` with the `DATABASE_URL` of one that has its tables; prints one JSON object.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.world import World


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from tests.world import VIEWERS, build, cookies_of

    world = build()
    set_hours(world)
    be_on_call(world)
    scene = (sys.argv[1:] or [""])[0]
    if scene == "choosing":
        let_choose(world)
    for person in (world.stranger_caregiver, world.stranger_peer):
        person.language = "es"
        person.save(update_fields=["language"])
    people = {name: {"id": str(getattr(world, name).public_id)} for name in VIEWERS}
    for name, facts in people.items():
        if name != "child":  # nobody under 13 has an account of their own
            facts["session"] = cookies_of(getattr(world, name)).partition("=")[2]
    talks = {
        "marchand": str(world.conversation.public_id),
        "stranger": str(world.stranger_conversation.public_id),
        "faraway": str(world.faraway_conversation.public_id),
    }
    if scene == "at_home":
        talks["home"] = talk_at_home(world)
    elif scene == "young":
        talks["young"] = let_talk(world)
    made = {
        "pages": paths,
        "plan": lambda world: {"plan": have_a_plan(world)},
        "preparing": meet_soon,
        "deciding": ask_the_team,
    }
    shown = made[scene](world) if scene in made else {}
    json.dump({"people": people, "conversations": talks, "paths": shown}, sys.stdout)


def paths(world: World) -> dict[str, str]:
    """Where each page is that somebody of this cast may open. Making them makes words, worries and files as well."""
    from django.urls import reverse

    from tests.access.routes import expected, request_for

    pages = {route for (route, method), answers in expected().items() if method == "GET" and "200" in answers.values()}
    return {route: reverse(route, kwargs=request_for(route, world).path) for route in sorted(pages)}


def meet_soon(world: World) -> dict[str, str]:
    """The team of the young person of 14 meets in some days, where his aunt wants it."""
    from portal.care.actions import open_plan
    from tests.care.meetings import proposed

    plan = open_plan(
        actor=world.stranger_liaison,
        family=world.stranger_family,
        youth=world.stranger_youth_member,
        next_on=world.program.today() + dt.timedelta(days=30),
    )
    meeting = proposed(world.stranger_caregiver, plan)
    return {"meeting": f"/meetings/{meeting.public_id}/", "plan": f"/plans/{plan.public_id}/"}


def talk_at_home(world: World) -> str:
    """The young person and the caregiver have a conversation of their own."""
    from messaging.actions import open_conversation

    talk = open_conversation(
        actor=world.liaison, family=world.family, members=[(world.youth, None), (world.caregiver, None)]
    )
    return str(talk.public_id)


def set_hours(world: World) -> None:
    """The peer partner says when she answers, all day long, so that no test depends on the time of day."""
    world.peer_role.answers_from = dt.time(0, 0)
    world.peer_role.answers_until = dt.time(23, 59, 59)
    world.peer_role.answers_within_hours = 2
    world.peer_role.save()


def be_on_call(world: World) -> None:
    """Somebody is on call for the families, with a number: their first pages and Help carry it."""
    from django.utils import timezone

    from portal.safety import actions
    from portal.safety.models import OnCallShift

    organization = world.liaison_role.organization
    actions.set_line(actor=world.liaison, organization=organization, phone="(504) 555-0162")
    now = timezone.now()
    OnCallShift.objects.create(
        organization=organization,
        staff_role=world.liaison_role,
        starts_at=now - dt.timedelta(hours=1),
        ends_at=now + dt.timedelta(hours=12),
        made_by=world.liaison,
    )


def let_choose(world: World) -> None:
    """Two peer partners may take new families, and the second caregiver has no offer yet."""
    from peer_support import actions
    from tests.peer_support.ready import ready

    actions.withdraw_pairing(actor=world.liaison, pairing=world.offer)
    for role in (world.peer_role, world.second_peer_role):
        ready(role, world.lead, languages=[("en", "native"), ("es", "good")])


def have_a_plan(world: World) -> str:
    """The young person has a plan of care with one of everything in it, which a caregiver has read before its last change."""
    from portal.care.actions import confirm_seen
    from tests.care.plans import goal, one_of_each, opened

    plan = opened(world)
    one_of_each(world, plan)
    plan.refresh_from_db()
    confirm_seen(actor=world.caregiver, plan=plan, number=plan.last_number)
    goal(world, plan, "Two friends in his class", domain="school")
    return f"/plans/{plan.public_id}/"


def ask_the_team(world: World) -> dict[str, str]:
    """A suggestion and a proposal to the team wait for a caregiver who reads in Spanish."""
    from tests.care.plans import goal, opened
    from tests.voice.deciding import asked_round

    world.caregiver.language = "es"
    world.caregiver.save(update_fields=["language"])
    plan = opened(world)
    goal(world, plan, "Mornings without a fight")
    one = asked_round(world, plan, "The team meets on Mondays")
    return {"plan": f"/plans/{plan.public_id}/", "round": f"/rounds/{one.public_id}/"}


def let_talk(world: World) -> str:
    """The young person and the mentor may write to each other."""
    from tests.safety.youth import talking

    return str(talking(world).conversation.public_id)


if __name__ == "__main__":
    main()
