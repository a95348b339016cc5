"""A small stage on which families say something and are answered."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from peer_support.models import Pairing
from portal.clocks.models import Clock
from portal.families.models import Member
from portal.programs.models import StaffRole
from portal.voice.actions import statements as actions
from portal.voice.models import Statement, StatementFile
from tests.peer_support.mentored import mentored
from tests.world import World

WORDS = "  Nobody asked Theo before they changed his therapist.\n\nHe found out in the waiting room 😢 "


def said(
    world: World, member: Member | None = None, words: str = WORDS, audience: str = "team", **told: Any
) -> Statement:
    member = member or world.caregiver_member
    given: dict[str, Any] = {"key": uuid4(), "language": "en", "youth": world.youth_member} | told
    return actions.say(actor=member.person, member=member, said=actions.Say(words=words, audience=audience, **given))


def to_mentor(world: World, words: str = "Only you: Sundays at home are hard.") -> tuple[Statement, Pairing]:
    """By the young person, to the mentor alone."""
    pairing = mentored(world)
    return said(world, world.youth_member, words, "one", told_to=world.mentor_role), pairing


def spoken(world: World, **told: Any) -> Statement:
    """With a voice note that was made anew already."""
    key = told.pop("key", uuid4())
    waiting(world, key)
    return said(world, words=told.pop("words", ""), key=key, is_spoken=True, **told)


def waiting(world: World, key: UUID, data: bytes = b"made anew") -> StatementFile:
    file = StatementFile(person=world.caregiver, key=key, seconds=3, size=len(data))
    file.file = data
    file.save()
    return file


def answered(
    world: World, statement: Statement, words: str = "He meets her on Friday, and you come along."
) -> Statement:
    actions.answer_statement(actor=world.facilitator, statement=statement, answer=actions.Answer(words))
    return now(statement)


def now(statement: Statement) -> Statement:
    return Statement.objects.get(pk=statement.pk)


def clocks_of(statement: Statement) -> list[Clock]:
    return list(Clock.objects.filter(subject="statement", subject_id=str(statement.public_id)).order_by("pk"))


def in_days(world: World, days: int) -> dt.date:
    return world.program.today() + dt.timedelta(days=days)


def leave(role: StaffRole) -> None:
    """Their job here has ended."""
    StaffRole.objects.filter(pk=role.pk).update(ended_at=timezone.now())
