"""Numbers and switches that a programme may change."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from portal.programs.facts import Fact, Flag, Name, ProblemsError, Strict, Text, Whole
from portal.programs.schema.matching import MatchingWeights, MentorAges
from portal.programs.schema.requirements import OUR_WARNINGS, Warnings
from portal.programs.vocabulary import Certainty


class Disaster(Fact):
    """What a declared disaster does. Its days are never business days; whose other clocks wait, is said here."""

    waits_for: tuple[Literal["programme", "plan", "state", "family"], ...] = ()  # whose duties stand still meanwhile
    plain: Text


class Number(Fact):
    value: Whole
    unit: Name
    plain: Text


class Switch(Fact):
    on: Flag
    plain: Text


OUR_DAY_AHEAD = Number(
    value=24,
    unit="hours",
    plain="If no one is set to be on call, our staff are told this long before.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)


class Ladder(Fact):
    """When the next one is told of a message that nobody opens, counted in plain hours from when it was sent."""

    first_minutes: Whole  # until an e-mail or a text, for who has no notices on a phone
    text_minutes: Whole  # for who has, or had the site open
    backup_hours: Whole  # a family's message that staff have not opened: until who is on call is told
    liaison_hours: Whole
    plain: Text

    @model_validator(mode="after")
    def _climbs(self) -> Self:
        if not self.first_minutes <= self.text_minutes < self.backup_hours * 60 < self.liaison_hours * 60:
            raise ProblemsError([(("liaison_hours",), "must be the longest: each wait is longer than the one before")])
        return self


OUR_LADDER = Ladder(
    first_minutes=2,
    text_minutes=15,
    backup_hours=4,
    liaison_hours=24,
    plain="If a message stays unread, we tell the person in other ways. Then we tell others on the team.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)

OUR_PERMISSION = Number(
    value=365,
    unit="days",
    plain="A parent's yes to a mentor holds this long. Then we ask again.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)


class Settings(Strict):
    """Numbers a programme may change. One that is absent is one this programme's sources do not give."""

    crisis_contact_days: Number
    small_cell_minimum: Number
    rights_again_days: Number
    matching_weights: MatchingWeights | None = None  # absent: each part counts the same, and waiting nothing
    mentor_ages: MentorAges | None = None  # absent: no young person is matched with a mentor
    grievance_record_years: Number | None = None
    # Messages are removed this long after their conversation has ended and the family's case was closed; absent: never.
    retention_years: Number | None = None
    qualification_systems: Number | None = None
    qualification_days: Number | None = None
    qualification_overlap: Switch | None = None  # on: only days count on which that many systems were there at once
    peer_capacity: Number | None = None  # the most families one peer may say they have room for
    credential_warnings: Warnings = OUR_WARNINGS
    ladder: Ladder = OUR_LADDER
    fiscal_year_start_month: Number | None = None
    chat_counts_as_contact: Switch | None = None
    # After so many weeks without seeing each other a meeting in person is offered; absent: never by itself.
    remote_weeks_before_visit: Number | None = None
    # How long both can still write after one of them said that it ends.
    goodbye_days: Number | None = None
    # Days from a pairing's first day to the question "Do you feel less alone?", and from one to the next; absent: never asked.
    check_in_first_days: Number | None = None
    check_in_every_days: Number | None = None
    # Whether the programme promises each family one coordinator: then a family without one raises an alert.
    one_coordinator: Switch | None = None
    # How long ahead of a stretch in which nobody is on call its organization is told, where somebody is promised.
    on_call_warning: Number = OUR_DAY_AHEAD
    # How long a guardian's yes to a young person's mentor holds.
    permission_days: Number = OUR_PERMISSION

    @model_validator(mode="after")
    def _keeps_for_years(self) -> Self:
        kept = self.retention_years
        if kept is not None and (kept.unit != "years" or kept.value > 100):
            raise ProblemsError([(("retention_years",), 'must be a number of "years", 100 at the most')])
        if self.on_call_warning.unit != "hours":
            raise ProblemsError([(("on_call_warning",), 'must be a number of "hours"')])
        if self.permission_days.unit != "days":
            raise ProblemsError([(("permission_days",), 'must be a number of "days"')])
        return self
