"""Words of danger in what a family says or writes: help for them at once, a worry for who is on call. It holds nothing back."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from portal.access import concerns as access
from portal.access import preparing, pulse
from portal.families.models import Member
from portal.one_by_one import one_by_one
from portal.safety.actions import raise_concern
from portal.safety.models import Concern
from portal.safety.screened import screened
from portal.safety.screening import Level
from portal.voice.models import PrepPoint, PulseAnswer

logger = logging.getLogger(__name__)

UNSAFE = "unsafe"
AT_ONCE = 200


class Written(Protocol):
    """A row of somebody's words that knows whether they were looked at."""

    pk: Any
    is_hard: bool
    screened_at: datetime | None

    def save(self, *, update_fields: Iterable[str]) -> None: ...


def look_for_danger(row: Written, member: Member, text: str, language: str, *, is_unsafe: bool = False) -> None:
    """As with messages: a crisis always, and of a young person a worry, too. What cannot be looked at now is looked at again."""
    found = screened(text, language)
    kinds = {str(one) for one in set(found.matched) - set(found.boundaries)} if found is not None else set()
    is_crisis = found is not None and found.level is Level.CRISIS
    row.is_hard = is_crisis or is_unsafe
    try:
        with transaction.atomic():  # a worry that cannot be raised never takes what was said with it
            if kinds or is_unsafe:
                _raise(member, kinds | ({UNSAFE} if is_unsafe else set()), is_crisis=is_crisis)
            row.screened_at = timezone.now() if found is not None else None
            row.save(update_fields=["is_hard", "screened_at"])
    except Exception as error:
        row.screened_at = None
        row.save(update_fields=["is_hard", "screened_at"])
        logger.error("A worry about what was said could not be raised: %s", type(error).__name__)


def _raise(member: Member, kinds: set[str], *, is_crisis: bool) -> None:
    """About who said it; nobody learns by it what was said, nor that it was said here."""
    if not is_crisis and member.role != Member.Role.YOUTH:
        return
    raise_concern(
        joined_by=f"said:{member.person_id}",
        organization=access.organization_of(member),
        person=member.person,
        source=Concern.Source.WRITTEN,
        severity=Concern.Severity.CRISIS if is_crisis else Concern.Severity.CONCERN,
        kinds=sorted(kinds),
        family=member.family,
    )


def look_at_point(point: PrepPoint) -> None:
    """What somebody got ready for a meeting, also where nobody but they will ever read it."""
    look_for_danger(point, preparing.writer_of(point.by, point.meeting), point.text, point.by.language)


def look_at_pulse(answer: PulseAnswer) -> None:
    """What somebody wrote about how a meeting was, also where it is only counted."""
    pulse = answer.pulse
    look_for_danger(answer, preparing.writer_of(pulse.person, pulse.meeting), answer.words, pulse.person.language)


def look_again() -> int:
    """What could not be looked at when it was written. What the worker calls; how many were looked at now."""
    points, answers = preparing.unscreened()[:AT_ONCE], pulse.unscreened()[:AT_ONCE]
    return one_by_one(points, _point_again, "What was prepared could not be screened") + one_by_one(
        answers, _pulse_again, "What was said of a meeting could not be screened"
    )


def _point_again(point: PrepPoint) -> bool:
    look_at_point(point)
    return point.screened_at is not None


def _pulse_again(answer: PulseAnswer) -> bool:
    look_at_pulse(answer)
    return answer.screened_at is not None
