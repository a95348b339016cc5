"""How one clock reads and looks to a person: the days in a number, the rest in words, the same for both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from portal.clocks import names, picture
from portal.language import content, formats

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from portal.clocks.models import Clock


_RIGHTS: dict[str, _StrPromise] = {
    "appeal": gettext_lazy("Because it is late, you may appeal now."),
    "fair_hearing": gettext_lazy("Because it is late, you may ask the state for a hearing now."),
}


class Look(StrEnum):
    LATE = "late"
    PASSED = "passed"  # the family's own last day, for what it could do or leave: never called late
    OPEN = "open"
    STILL = "still"
    KEPT = "kept"
    OVER = "over"  # excused, or no longer owed
    UNDATED = "undated"


@dataclass(frozen=True)
class Shown:
    clock: Clock
    look: Look
    days: int  # left, or late by
    due: str  # how it stands, in one or two sentences

    @property
    def title(self) -> str:
        return names.title(self.clock) if self.has_title else self.rule.text

    @property
    def has_title(self) -> bool:
        """Else it is called by the profile's own sentence."""
        return names.has_title(self.clock)

    @property
    def is_english(self) -> bool:
        """The title is the profile's own sentence, and nobody has yet read its translation."""
        return not self.has_title and self.rule.language == content.SOURCE

    @cached_property
    def rule(self) -> content.Shown:
        """The profile's own sentence; in English until a translation is reviewed."""
        return content.rule_sentence(names.plain(self.clock), _language())

    @property
    def rule_direction(self) -> str:
        return formats.direction(self.rule.language)

    @property
    def who(self) -> str:
        return names.who(self.clock)

    @property
    def is_theirs(self) -> bool:
        """The family itself has to act, if it wants to."""
        return self.clock.is_theirs

    @property
    def right(self) -> str:
        """What the family gains because it is late (42 CFR 438.400(b), 438.408(c)(3) and (f)(1)(i)); blank: nothing."""
        gained = str(self.clock.terms.get("if_missed") or "")
        return str(_RIGHTS[gained]) if gained and self.look is Look.LATE else ""

    @property
    def url(self) -> str:
        return reverse("owed_show", args=[self.clock.public_id])

    @property
    def classes(self) -> str:
        marks = {Look.LATE: "clock is-late", Look.KEPT: "clock is-kept"}
        return marks.get(self.look, "clock")

    @property
    def dial(self) -> SafeString:
        return picture.dial(self.look, self.days, _length(self.clock))

    @property
    def big_dial(self) -> SafeString:
        return picture.dial(self.look, self.days, _length(self.clock), is_big=True)


def show(clock: Clock, now: dt.datetime | None = None) -> Shown:
    now = now or timezone.now()
    look = look_of(clock, now)
    days = _days(clock, look, now)
    return Shown(clock, look, days, _sentence(clock, look, days))


def show_all(clocks: Iterable[Clock]) -> list[Shown]:
    now = timezone.now()
    return [show(clock, now) for clock in clocks]


def look_of(clock: Clock, now: dt.datetime) -> Look:
    """A date that has passed is late at once, also before a pass has written it down."""
    past = Look.PASSED if clock.is_theirs else Look.LATE
    settled = {"met": Look.KEPT, "excused": Look.OVER, "cancelled": Look.OVER, "missed": past}
    if clock.state in settled:
        return settled[clock.state]
    if clock.ends_at is None:
        return Look.UNDATED
    if clock.state == "paused":
        return Look.STILL
    return past if clock.ends_at <= now else Look.OPEN


def _days(clock: Clock, look: Look, now: dt.datetime) -> int:
    if clock.due_on is None or look not in {Look.LATE, Look.OPEN}:
        return 0
    return abs((clock.due_on - now.astimezone(clock.tzinfo).date()).days)


def _length(clock: Clock) -> int:
    """How many days it has in all: one segment of the dial each."""
    if clock.due_on is None:
        return 1
    return max(1, (clock.due_on - clock.opens_at.astimezone(clock.tzinfo).date()).days)


def due_words(clock: Clock) -> str:
    """The last day, or the last moment; nothing without a date."""
    if clock.due_at is None or clock.due_on is None:
        return ""
    if clock.is_by_the_day:
        return formats.day(clock.due_on, _language(), clock.tzinfo)
    return moment_words(clock.due_at, clock.tzinfo)


def day_words(at: dt.datetime, zone: dt.tzinfo) -> str:
    return formats.day(at, _language(), zone)


def moment_words(at: dt.datetime, zone: dt.tzinfo) -> str:
    parts = {"day": day_words(at, zone), "time": formats.clock_time(at, _language(), zone)}
    return _("%(day)s %(time)s") % parts


def _language() -> str:
    return get_language() or "en"


def _sentence(clock: Clock, look: Look, days: int) -> str:
    said = {"due": due_words(clock), "count": days}
    return _SENTENCES[look](clock, said, days)


def _late(clock: Clock, said: dict[str, object], days: int) -> str:
    if clock.due_at is None:
        return _("This does not hold right now. It is late until it does.")
    if not days:
        return _("Late. It was due %(due)s.") % said
    text = ngettext("%(count)s day late. It was due %(due)s.", "%(count)s days late. It was due %(due)s.", days)
    return text % said


def _passed(_clock: Clock, said: dict[str, object], _days: int) -> str:
    return _("The last day was %(due)s.") % said


def _open(_clock: Clock, said: dict[str, object], days: int) -> str:
    if not days:
        return _("Due today: %(due)s.") % said
    return ngettext("%(count)s day left. By %(due)s.", "%(count)s days left. By %(due)s.", days) % said


def _still(clock: Clock, said: dict[str, object], _days: int) -> str:
    if clock.next_fire_at is None:
        return _("It stands still for now. Without that it is due %(due)s.") % said
    said["day"] = day_words(clock.next_fire_at, clock.tzinfo)
    return _("It stands still until %(day)s. Without that it is due %(due)s.") % said


def _undated(clock: Clock, _said: dict[str, object], _days: int) -> str:
    if clock.kind == "standing":
        return _("This holds all the time. It has no last day.")
    return _("This is counted from another date. We do not know that date yet.")


def _over(clock: Clock, _said: dict[str, object], _days: int) -> str:
    words = clock.get_state_display()
    return words[:1].upper() + words[1:]


def _kept(clock: Clock, said: dict[str, object], _days: int) -> str:
    assert clock.met_at is not None  # noqa: S101 - the database holds a met clock to it
    said["day"] = day_words(clock.met_at, clock.tzinfo)
    if clock.is_late and not clock.is_theirs:
        return _("Done on %(day)s, late. It was due %(due)s.") % said
    is_in_time = said["due"] and not clock.is_late
    return _("Done on %(day)s, in time.") % said if is_in_time else _("Done on %(day)s.") % said


_SENTENCES: dict[Look, Callable[[Clock, dict[str, object], int], str]] = {
    Look.LATE: _late,
    Look.PASSED: _passed,
    Look.OPEN: _open,
    Look.STILL: _still,
    Look.KEPT: _kept,
    Look.UNDATED: _undated,
    Look.OVER: _over,
}
