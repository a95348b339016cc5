"""The ladder of a message nobody opens, as plain arithmetic: which steps, when, and which of them is taken now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from messaging.models import UnreadStretch
from portal.programs.schema.settings import Ladder

Step = UnreadStretch.Step
ORDER = tuple(Step)


class Rung(NamedTuple):
    step: UnreadStretch.Step
    at: dt.datetime


def plan(
    waits: Ladder,
    *,
    since: dt.datetime,
    family_since: dt.datetime | None,
    has_push: bool,
    has_text: bool,
    has_open_page: bool,
) -> list[Rung]:
    """All steps after the page, in order. Without a `family_since` it ends with an e-mail or a text.

    Who has the site open is told there; if it is still unread after a while, they have walked away from it.
    """
    behind = dt.timedelta(minutes=waits.text_minutes)
    at = since + (behind if has_open_page else dt.timedelta())
    rungs = [Rung(Step.PUSH, at)] if has_push else []
    if has_text:
        first = dt.timedelta() if has_open_page else dt.timedelta(minutes=waits.first_minutes)
        rungs.append(Rung(Step.TEXT, at + (behind if has_push else first)))
    if family_since is not None:
        rungs.append(Rung(Step.BACKUP, family_since + dt.timedelta(hours=waits.backup_hours)))
        rungs.append(Rung(Step.LIAISON, family_since + dt.timedelta(hours=waits.liaison_hours)))
    return rungs


def ahead(rungs: Sequence[Rung], taken: Collection[str]) -> list[Rung]:
    """What is left above the highest step that was taken: what was passed over is not made up for."""
    highest = max((ORDER.index(Step(step)) for step in taken), default=-1)
    return [rung for rung in rungs if ORDER.index(rung.step) > highest]


def to_try(rungs: Sequence[Rung], now: dt.datetime) -> list[UnreadStretch.Step]:
    """Of the steps that are due, the furthest; the ones before it only where that cannot be taken.

    Where nobody is on call when it is their turn, nobody waits for the hour of the liaison.
    """
    due = [rung.step for rung in rungs if rung.at <= now][::-1]
    if due[:1] == [Step.BACKUP]:
        return [Step.BACKUP, Step.LIAISON, *due[1:]]
    return due


def next_rung(rungs: Sequence[Rung], taken: Collection[str], now: dt.datetime) -> Rung | None:
    return next((rung for rung in ahead(rungs, taken) if rung.at > now), None)
