"""How a request reads, to who asked and to who answers: where it is, the next day, and whether that is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from peer_support.models.helping import SUBJECT as HELPING
from peer_support.models.requests import SUBJECT
from portal.access import support as access
from portal.clocks.shown import Look, Shown, show
from portal.language import formats

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from peer_support.models import HelpingPath, SupportRequest

LAST = dt.date.max
# How far somebody is on the way to help others, in the words of the liaison; the person reads the model's own.
STAGES: dict[str, _StrPromise] = {
    "interested": gettext_lazy("Waits for a talk with you"),
    "talk_held": gettext_lazy("We talked about it"),
    "training": gettext_lazy("They are in training"),
    "ready": gettext_lazy("They are ready to be a peer"),
    "later": gettext_lazy("Not now, maybe later"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    request: SupportRequest
    promise: Shown | None  # the clock of the answer, while nobody has answered yet

    @property
    def title(self) -> str:
        held = self.request.educator_class
        return held.title if held is not None else str(self.request.get_kind_display())

    @property
    def language(self) -> str:
        """Of the title, where it is not ours: a class is called as its organization calls it."""
        held = self.request.educator_class
        return held.language if held is not None else ""

    @property
    def day(self) -> dt.date | None:
        """The day that counts next: of the answer, of more news, or of what is arranged."""
        if self.promise is not None:
            return self.promise.clock.due_on
        return self.request.next_on

    @property
    def is_late(self) -> bool:
        """Nobody answered, or the liaison's own day has passed. What was arranged is over by then, not late."""
        if self.promise is not None:
            return self.promise.look is Look.LATE
        return self.request.state == "taken_up" and self._is_past

    @property
    def is_over(self) -> bool:
        """It was arranged for a day that has passed, and nobody has written down yet that it is done."""
        return self.request.state == "arranged" and self._is_past

    @property
    def _is_past(self) -> bool:
        day = self.request.next_on
        return day is not None and day < access.today_of(self.request.family)

    @property
    def line(self) -> str:
        """Where it is, in one sentence or two."""
        if self.promise is not None:
            return self.promise.due
        if self.request.next_on is None:
            return ""
        said = {"day": _day(self.request.next_on, self.request.family.program.zone)}
        if self.request.state == "arranged":
            return _("It was on %(day)s.") % said if self.is_over else _("It is on %(day)s.") % said
        return (
            _("Late. You were to hear more by %(day)s.") % said
            if self.is_late
            else _("You hear more by %(day)s.") % said
        )


@dataclass(frozen=True, slots=True)
class Helping:
    path: HelpingPath
    promise: Shown | None

    @property
    def stage(self) -> str:
        return str(STAGES[self.path.stage])

    @property
    def day(self) -> dt.date | None:
        return self.promise.clock.due_on if self.promise is not None else self.path.next_on

    @property
    def is_late(self) -> bool:
        if self.promise is not None:
            return self.promise.look is Look.LATE
        return self.path.next_on is not None and self.path.next_on < access.today_of(self.path.member.family)

    @property
    def line(self) -> str:
        if self.promise is not None:
            return self.promise.due
        if self.path.next_on is None:
            return ""
        said = {"day": _day(self.path.next_on, self.path.member.family.program.zone)}
        return _("Late. You were to go on by %(day)s.") % said if self.is_late else _("You go on by %(day)s.") % said


def asked(requests: Iterable[SupportRequest]) -> list[Asked]:
    """Of rows the reader may see, in their order."""
    rows = list(requests)
    waiting = [str(one.public_id) for one in rows if one.state == "asked"]
    clocks = access.clocks_about(SUBJECT, waiting)
    return [Asked(one, show(clocks[key]) if (key := str(one.public_id)) in clocks else None) for one in rows]


def by_day(requests: Iterable[SupportRequest]) -> list[Asked]:
    """What is due first, first; what has no day comes last."""
    return sorted(asked(requests), key=lambda one: (one.day or LAST, one.request.asked_at))


def helping(paths: Iterable[HelpingPath]) -> list[Helping]:
    rows = list(paths)
    waiting = [str(one.public_id) for one in rows if one.stage == "interested"]
    clocks = access.clocks_about(HELPING, waiting)
    found = [Helping(one, show(clocks[key]) if (key := str(one.public_id)) in clocks else None) for one in rows]
    return sorted(found, key=lambda one: (one.day or LAST, one.path.started_at))


def _day(day: dt.date, zone: dt.tzinfo) -> str:
    return formats.day(day, get_language() or "en", zone)
