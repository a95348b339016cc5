"""The ladder of a worry that nobody is on yet: who is on call, the supervisor, everyone on call and the leads, and these again.

Each step is taken once. What is due is claimed by a conditional update in the transaction that writes the step and its notices, so
any number of workers may climb, and one that is killed leaves either all of a step or nothing of it.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from portal.access import concerns as access
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.models import StaffRole
from portal.safety.models import Concern, ConcernStep

logger = logging.getLogger(__name__)

Step = Concern.Step
AT_ONCE = 500


class Rung(NamedTuple):
    step: str
    turn: int
    at: dt.datetime


def page_of(concern: Concern) -> str:
    return f"/safety/{concern.public_id}/"


def climb_concerns() -> int:
    """Take what is due of every worry that nobody is on; what the worker calls. Gives the number of steps taken.

    One that fails holds up no other, and is tried again in the next round.
    """
    due = Concern.objects.filter(closed_at=None, opened_at=None, due_at__lte=timezone.now()).order_by("due_at", "pk")
    return one_by_one(list(due[:AT_ONCE]), climb, "A worry could not climb")


@transaction.atomic
def climb(concern: Concern) -> int:
    """All the steps of one that are due now: after an outage each of them, so that nobody who could help is passed over."""
    free = Concern.objects.filter(pk=concern.pk, closed_at=None, opened_at=None, due_at=concern.due_at)
    if concern.due_at is None or not free.update(due_at=None, due_step=""):
        return 0
    concern = Concern.objects.select_related("organization__program", "person", "family", "conversation").get(
        pk=concern.pk
    )
    now, count, is_passed_on = timezone.now(), 0, False
    for rung in _ahead(concern):
        if rung.at > now and not is_passed_on:
            return _wait(concern, rung, count)
        told = access.told_of(concern, rung.step, now)
        if told:
            _take(concern, rung, told, now)
            count += 1
        is_passed_on = not told
        if rung.step == Step.AGAIN and concern.is_crisis:
            return _wait(concern, Rung(Step.AGAIN, rung.turn + 1, now + _pause(concern)), count)
    if is_passed_on:  # there was nobody at all: it is looked again
        return _wait(concern, Rung(Step.WATCH, 0, now + _pause(concern)), count)
    return count


def _wait(concern: Concern, rung: Rung, count: int) -> int:
    Concern.objects.filter(pk=concern.pk).update(due_step=rung.step, due_at=rung.at)
    return count


def _ahead(concern: Concern) -> Iterator[Rung]:
    """The steps that were not taken yet, in order; the last of a crisis comes again and again.

    Of what is no danger it comes once after it was given to somebody who is not on it either.
    """
    taken = set(ConcernStep.objects.filter(concern=concern).values_list("step", "turn"))
    settings, since = concern.organization.program.profile.settings.escalation, concern.climbs_from
    if not concern.is_crisis:
        waits: tuple[tuple[str, dt.timedelta], ...] = (
            (Step.WATCH, dt.timedelta()),
            (Step.LEADS, dt.timedelta(hours=settings.concern_hours)),
        )
    else:
        waits = (
            (Step.ON_CALL, dt.timedelta()),
            (Step.SUPERVISOR, dt.timedelta(minutes=settings.supervisor_minutes)),
            (Step.EVERYONE, dt.timedelta(minutes=settings.on_call_minutes)),
        )
    for step, wait in waits:
        if (step, 0) not in taken:
            yield Rung(step, 0, since + wait)
    turn = max((turn for step, turn in taken if step == Step.AGAIN), default=0) + 1
    if concern.is_crisis:
        yield Rung(Step.AGAIN, turn, _again_at(concern, since))
    elif (Step.LEADS, 0) in taken and ConcernStep.objects.filter(concern=concern, step=Step.HANDED, at__gte=since):
        yield Rung(Step.AGAIN, turn, hand_over_ends(concern, since))


def _again_at(concern: Concern, since: dt.datetime) -> dt.datetime:
    """So long after the last time; sooner, where it was given to somebody since who is not on it either."""
    settings = concern.organization.program.profile.settings.escalation
    last = ConcernStep.objects.filter(concern=concern, step__in=[Step.EVERYONE, Step.AGAIN]).order_by("-at").first()
    if last is None:
        return since + dt.timedelta(minutes=settings.on_call_minutes) + _pause(concern)
    return last.at + _pause(concern) if last.at >= since else hand_over_ends(concern, since)


def hand_over_ends(concern: Concern, since: dt.datetime) -> dt.datetime:
    """How long somebody to whom it was given has, before the others are told again."""
    settings = concern.organization.program.profile.settings.escalation
    wait = dt.timedelta(minutes=settings.supervisor_minutes)
    return since + (wait if concern.is_crisis else dt.timedelta(hours=settings.concern_hours))


def _pause(concern: Concern) -> dt.timedelta:
    return dt.timedelta(minutes=concern.organization.program.profile.settings.escalation.again_minutes)


def _take(concern: Concern, rung: Rung, told: list[StaffRole], now: dt.datetime) -> None:
    taken = ConcernStep.objects.create(concern=concern, step=rung.step, turn=rung.turn, at=now)
    tell(concern, taken, told)


def tell_now(concern: Concern, told: Iterable[StaffRole]) -> None:
    """Somebody is told out of turn: it was given to them, or they were asked beside somebody."""
    turn = ConcernStep.objects.filter(concern=concern, step=Step.HANDED).count()
    given = ConcernStep.objects.create(concern=concern, step=Step.HANDED, turn=turn, at=timezone.now())
    tell(concern, given, list(told))


def tell(concern: Concern, taken: ConcernStep, told: list[StaffRole]) -> None:
    """Nothing of what it is about leaves the house. In the record it belongs to no family: nobody of it reads there that it was."""
    taken.told.set(told)
    leaves = notices.alert if concern.is_crisis else notices.notify
    for role in told:
        leaves(
            person=role.person,
            kind=Notice.Kind.SAFETY if concern.is_crisis else Notice.Kind.CONCERN,
            path=page_of(concern),
            about=about_of(concern, taken),
        )
    record(
        actor=None,
        verb=Entry.Verb.CHANGED,
        subject="concern",
        subject_id=concern.public_id,
        step=taken.step,
        told=[str(role.public_id) for role in told],
    )


def about_of(concern: Concern, taken: ConcernStep) -> str:
    """One notice for one step: who is told again is told anew."""
    return f"{concern.tells}:{taken.pk}"


def more_about(concern: Concern) -> str:
    """What tells whoever is on it that more came in."""
    return f"{concern.tells}:more"


def give(concern: Concern, told: list[StaffRole]) -> None:
    """It is theirs now: they have a while before the others are told again."""
    now = timezone.now()
    Concern.objects.filter(pk=concern.pk).update(
        opened_at=None, opened_by=None, climbs_from=now, due_at=hand_over_ends(concern, now), due_step=Step.HANDED
    )
    tell_now(concern, told)


def tell_others(concern: Concern) -> None:
    """Whoever had it may not have it any more: the next who may is told now; where nobody may, its ladder begins anew."""
    others = access.told_of(concern, Step.SUPERVISOR, timezone.now())
    if others:
        give(concern, others)
    else:
        start(concern, timezone.now())


def stop_telling(concern: Concern) -> None:
    """Somebody is on it: what still waits to leave is dropped, and nobody else needs to look."""
    for taken in ConcernStep.objects.filter(concern=concern):
        notices.take_back(about=about_of(concern, taken))


def start(concern: Concern, now: dt.datetime) -> None:
    """Its ladder begins, and its first steps are taken in this very transaction."""
    Concern.objects.filter(pk=concern.pk).update(climbs_from=now, due_at=now, opened_at=None, opened_by=None)
    concern.climbs_from, concern.due_at, concern.opened_at, concern.opened_by = now, now, None, None
    climb(concern)
