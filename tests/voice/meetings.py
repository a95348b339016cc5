"""Agendas, preparations and answers of the Marchand family, made by the same actions that pages use."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from portal.accounts.models import Person
from portal.care import actions as care
from portal.care.models import Guest, Plan, TeamMeeting
from portal.voice import actions
from portal.voice.models import AgendaItem, PrepPoint, Pulse
from tests.care.meetings import again, confirmed, over
from tests.world import World


def brought(actor: Person, meeting: TeamMeeting, text: str) -> AgendaItem:
    return actions.add_agenda_item(actor=actor, meeting=meeting, key=uuid4(), text=text)


def written(actor: Person, meeting: TeamMeeting, text: str, kind: str = "say") -> PrepPoint:
    (point,) = actions.write_down(actor=actor, meeting=meeting, points=[actions.Words(uuid4(), kind, text)])
    return point


def given(actor: Person, meeting: TeamMeeting, text: str, fate: str, kind: str = "say") -> PrepPoint:
    point = written(actor, meeting, text, kind)
    actions.choose_for_point(actor=actor, point=point, fate=fate)
    point.refresh_from_db()
    return point


def held(world: World, plan: Plan, *came: Person, **more: Any) -> TeamMeeting:
    """A meeting that took place, with those of them there."""
    meeting = over(confirmed(world, plan, **more))
    there = set(Guest.objects.filter(meeting=meeting, seat__person__in=came).values_list("pk", flat=True))
    without = "" if came else "They were ill."
    care.hold_meeting(actor=world.facilitator, meeting=meeting, came=there, notes="We met.", without=without)
    return again(meeting)


def asked(world: World, plan: Plan) -> dict[str, Pulse]:
    """Everybody of the family was there and is asked; by who it is."""
    held(world, plan, world.caregiver, world.youth)
    actions.ask_pulses()
    return {"caregiver": Pulse.objects.get(person=world.caregiver), "youth": Pulse.objects.get(person=world.youth)}


def answered(pulse: Pulse, **said: Any) -> None:
    known: dict[str, Any] = {"heard": "yes", "changed": "no", "words": "", "reader": "nobody"}
    actions.answer_pulse(actor=pulse.person, pulse=pulse, **known | said)
