"""A meeting as a page shows it: by the clock of its place, with where it stands in words. Asks the database nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.care.models import Guest, TeamMeeting
from portal.language import formats

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True, slots=True)
class Shown:
    meeting: TeamMeeting

    @property
    def day(self) -> str:
        return formats.day(self._local.date(), self._language)

    @property
    def time(self) -> str:
        return formats.clock_time(self.meeting.starts_at, self._language, self.meeting.tzinfo)

    @property
    def until(self) -> str:
        return formats.clock_time(self.meeting.ends_at, self._language, self.meeting.tzinfo)

    @property
    def zone(self) -> str:
        return formats.zone_name(self.meeting.tzinfo, self._language)

    @property
    def is_unended(self) -> bool:
        """Its time is over, and nobody has said what became of it."""
        return self.meeting.is_planned and self.meeting.ends_at < timezone.now()

    @property
    def has_begun(self) -> bool:
        return self.meeting.starts_at <= timezone.now()

    @property
    def stands(self) -> _StrOrPromise:
        if self.meeting.state == TeamMeeting.State.PROPOSED:
            if self.meeting.place_agreed_at is None:
                return _("A proposal: the family has not said yes to it yet.")
            return _("The family says yes. Staff still have to confirm it.")
        return {
            TeamMeeting.State.CONFIRMED: _("It takes place."),
            TeamMeeting.State.HELD: _("It took place."),
            TeamMeeting.State.CALLED_OFF: _("It is called off."),
        }[TeamMeeting.State(self.meeting.state)]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What it says now, for somebody whose form is older."""
        place = self.meeting.place
        return [(_("Day"), self.day), (_("Time"), f"{self.time}, {self.zone}"), (_("Where, or how to call in"), place)]

    @property
    def _local(self) -> dt.datetime:
        return self.meeting.starts_at.astimezone(self.meeting.tzinfo)

    @property
    def _language(self) -> str:
        return get_language() or "en"


@dataclass(slots=True)
class GuestRow:
    """One who is asked to come, and what the reader can do about them."""

    guest: Guest
    is_own: bool
    may_answer: bool
    may_see_to_language: bool
    may_keep_out: bool
    may_want: bool = False

    @property
    def called(self) -> str:
        return self.guest.seat.called

    @property
    def is_out(self) -> bool:
        return self.guest.kept_out_at is not None

    @property
    def lacks_interpreter(self) -> bool:
        return self.guest.interpreter == Guest.Interpreter.NEEDED

    @property
    def language(self) -> str:
        code = self.guest.language
        if not code and self.guest.seat.person is not None:
            code = self.guest.seat.person.language
        return formats.language_name(code, get_language() or "en") if code else ""


@dataclass(slots=True)
class Sorted:
    """The meetings of one list: what is to come, what waits for a word about how it ended, and what is over."""

    ahead: list[Shown] = field(default_factory=list)
    unended: list[Shown] = field(default_factory=list)
    past: list[Shown] = field(default_factory=list)


def in_order(meetings: Iterable[TeamMeeting]) -> Sorted:
    """To come: the next first. Over: the last first. What was called off is over once its time is."""
    found, now = Sorted(), timezone.now()
    for shown in map(Shown, meetings):
        if shown.is_unended:
            found.unended.append(shown)
        elif shown.meeting.state == TeamMeeting.State.HELD or shown.meeting.ends_at < now:
            found.past.insert(0, shown)
        else:
            found.ahead.append(shown)
    return found
