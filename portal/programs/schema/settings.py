"""Numbers and switches that a programme may change."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

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


OUR_ADULT_PHOTOS = Switch(
    on=False,
    plain="Adults on the team do not send photos or voice notes to young people.",
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


OUR_BASICS = Number(
    value=14,
    unit="days",
    plain="If part of what everybody gets is still missing after this long, your care manager is told.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)


class Escalation(Fact):
    """When the next one is told of a worry about danger that nobody is on yet, in minutes from when it came."""

    supervisor_minutes: Whole  # after who is on call
    on_call_minutes: Whole  # everyone on call in the programme, and its leads
    again_minutes: Whole  # from then on, again and again
    concern_hours: Whole  # what is to be looked at without danger: until the leads are told
    plain: Text

    @model_validator(mode="after")
    def _climbs(self) -> Self:
        if not 0 < self.supervisor_minutes < self.on_call_minutes or not self.again_minutes:
            raise ProblemsError([(("on_call_minutes",), "must be later: each wait is longer than the one before")])
        return self


OUR_ESCALATION = Escalation(
    supervisor_minutes=5,
    on_call_minutes=10,
    again_minutes=30,
    concern_hours=24,
    plain="If somebody may be in danger, we tell the person on call at once. If they are not there, we tell others.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)

OUR_SAMPLES = Number(
    value=5,
    unit="talks",
    plain="Each week we look into one in so many talks between a mentor and a young person. Chance picks them.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)


class AdultHours(Fact):
    """Between which hours, where the programme is, adults write to young people. Earlier and later their words wait."""

    from_hour: Annotated[int, Field(strict=True, ge=0, le=23)]
    until_hour: Annotated[int, Field(strict=True, ge=1, le=24)]
    plain: Text

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.from_hour >= self.until_hour:
            raise ProblemsError([(("until_hour",), "must be later than from_hour")])
        return self

    def quiet_until(self, here: dt.datetime) -> dt.datetime | None:
        """When adults may write again; None: they may now. `here` is the local time."""
        if self.from_hour <= here.hour < self.until_hour:
            return None
        day = here.date() + dt.timedelta(days=here.hour >= self.until_hour)
        return dt.datetime.combine(day, dt.time(self.from_hour), tzinfo=here.tzinfo)


OUR_ADULT_HOURS = AdultHours(
    from_hour=7,
    until_hour=21,
    plain="Staff write to young people by day. What they write at night arrives in the morning.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)


class Holding(Fact):
    """What, found in an adult's words to a young person, waits until the supervisor has looked at it."""

    kinds: tuple[
        Literal["contact_details", "other_apps", "secret_meeting", "gifts", "money", "secrecy", "romance"], ...
    ]
    plain: Text


OUR_HOLDING = Holding(
    kinds=("contact_details", "other_apps", "secret_meeting", "money", "secrecy", "romance"),
    plain="Phone numbers, other apps, money or secrets from an adult wait until the supervisor has looked.",
    source="Written rules of youth-serving bodies on messages between adults and minors; our own default",
    certainty=Certainty.DESIGN,
)


OUR_DRAFTS = Number(
    value=30,
    unit="days",
    plain="What somebody began to tell us and did not send is removed after this long.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)


OUR_PULSE = Number(
    value=14,
    unit="days",
    plain="After a meeting we ask each of the family three short questions. They can answer for this long.",
    source="Our own default",
    certainty=Certainty.DESIGN,
)


class Survey(Fact):
    """Questions of a survey that others hold the rights to, as the programme brings them. None comes with the product."""

    name: Name
    owner: Name  # who holds the rights
    licence: Text  # by which leave the programme uses it
    questions: Annotated[tuple[Text, ...], Field(min_length=1, max_length=12)]
    answers: Annotated[tuple[Name, ...], Field(min_length=2, max_length=7)]  # the same for each question

    @model_validator(mode="after")
    def _says_each_once(self) -> Self:
        for key in ("questions", "answers"):
            said = getattr(self, key)
            if len(set(said)) < len(said):
                raise ProblemsError([((key,), "says the same twice")])
        return self


OUR_DIRECTORY_CHECK = Number(
    value=180,
    unit="days",
    plain="If nobody has checked an entry of the directory for this long, the page says so.",
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
    # Days from an answer to the question whether it is really fixed; absent: never asked.
    complaint_ask_again_days: Number | None = None
    # Messages are removed this long after their conversation has ended and the family's case was closed; absent: never.
    retention_years: Number | None = None
    qualification_systems: Number | None = None
    qualification_days: Number | None = None
    qualification_overlap: Switch | None = None  # on: only days count on which that many systems were there at once
    peer_capacity: Number | None = None  # the most families one peer may say they have room for
    credential_warnings: Warnings = OUR_WARNINGS
    ladder: Ladder = OUR_LADDER
    escalation: Escalation = OUR_ESCALATION
    one_sample_in: Number = OUR_SAMPLES
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
    # Whether staff may send photos and voice notes to a young person (portal/access/media.py).
    adult_photos_to_youth: Switch = OUR_ADULT_PHOTOS
    # How long ahead of a stretch in which nobody is on call its organization is told, where somebody is promised.
    on_call_warning: Number = OUR_DAY_AHEAD
    adult_hours: AdultHours = OUR_ADULT_HOURS
    holding: Holding = OUR_HOLDING
    # How long a guardian's yes to a young person's mentor holds.
    permission_days: Number = OUR_PERMISSION
    # After how long an entry of the directory that nobody checked says so.
    directory_days: Number = OUR_DIRECTORY_CHECK
    # By how many days from the first one on all that everybody gets is there (`enrollment.minimum`), before somebody is told.
    basics_days: Number = OUR_BASICS
    # After how long without a word what somebody began to tell us, and did not send, is removed.
    draft_days: Number = OUR_DRAFTS
    # For how many days after a meeting the family can say how it was, and change what it said.
    pulse_days: Number = OUR_PULSE
    # Asked beside our own three questions, where the programme has leave to; absent: only those.
    meeting_survey: Survey | None = None

    @model_validator(mode="after")
    def _keeps_for_years(self) -> Self:
        kept = self.retention_years
        if kept is not None and (kept.unit != "years" or kept.value > 100):
            raise ProblemsError([(("retention_years",), 'must be a number of "years", 100 at the most')])
        if self.on_call_warning.unit != "hours":
            raise ProblemsError([(("on_call_warning",), 'must be a number of "hours"')])
        if self.one_sample_in.unit != "talks" or self.one_sample_in.value < 1:
            raise ProblemsError([(("one_sample_in",), 'must be a number of "talks", 1 at the least')])
        for name in ("permission_days", "directory_days", "basics_days", "draft_days", "pulse_days"):
            if getattr(self, name).unit != "days":
                raise ProblemsError([((name,), 'must be a number of "days"')])
        return self
