"""What is counted of one programme: the quarters its lead reads, and the year that is published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portal.access import pulse as access
from portal.voice import results
from portal.voice.results import PRESENCE, PULSE, Cut, Table, Year

if TYPE_CHECKING:
    from peer_support.reach import Period
    from portal.programs.models import Program
    from portal.programs.schema.settings import Settings

FIRST_MONTH = 7  # of a reporting year, where the profile names none


@dataclass(frozen=True, slots=True)
class Counted:
    quarters: list[Period]
    pulse: list[Table]
    presence: list[Table]
    until: dt.date  # the last day counted

    @property
    def numbers(self) -> dict[str, Any]:
        """As it is kept once it is published."""
        return {
            "pulse": [one.as_numbers() for one in self.pulse],
            "presence": [one.as_numbers() for one in self.presence],
        }


def year_now(program: Program) -> Year:
    """The reporting year that runs, by the month the profile names (else July)."""
    setting = _settings(program).fiscal_year_start_month
    return results.year_of(program.today(), setting.value if setting is not None else FIRST_MONTH)


def open_years(program: Program) -> list[Year]:
    """Those a result can still be published for: the one that runs, and the one before it."""
    now = year_now(program)
    return [now, now.before]


def count(program: Program, year: Year) -> Counted:
    """That year's settled quarters: what may be shown of them, and until when they are counted."""
    quarters = results.quarters_of(year, program.today(), _settings(program).pulse_days.value)
    return _count(program, quarters, year.first)


def count_lately(program: Program) -> Counted:
    """The last four quarters of which nothing changes any more."""
    quarters = results.settled_quarters(program.today(), _settings(program).pulse_days.value)
    return _count(program, quarters, quarters[0].first)


def _count(program: Program, quarters: list[Period], first: dt.date) -> Counted:
    settings = _settings(program)
    least = settings.small_cell_minimum.value
    end = quarters[-1].end if quarters else first
    answers, presence = access.answers_in(program, first, end), access.presence_in(program, first, end)
    return Counted(
        quarters=quarters,
        pulse=results.tables(answers, quarters, cuts_of(program), least),
        presence=results.tables(presence, quarters, PRESENCE, least),
        until=end - dt.timedelta(days=1),
    )


def cuts_of(program: Program) -> list[Cut]:
    """Our own questions, and those of a licensed survey where the programme brings one."""
    survey = _settings(program).meeting_survey
    added = (
        []
        if survey is None
        else [results.of_survey(place, len(survey.answers)) for place in range(len(survey.questions))]
    )
    return [*PULSE, *added]


def _settings(program: Program) -> Settings:
    settings: Settings = program.profile.settings
    return settings
