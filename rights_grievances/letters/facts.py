"""What a letter states, gathered from where it stands: the case, its clocks, the profile, and the writer's own words.

No date is worked out here. Dates are those of the clocks of the case; one that begins with the letter itself is counted by the
same arithmetic for the preview, and read from its clock when the letter is sent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from portal.access import grievances as access
from portal.clocks import ledger, rules
from portal.programs.vocabulary import Event
from rights_grievances import plans
from rights_grievances.letters.contents import Situation
from rights_grievances.models import Appeal, Letter

if TYPE_CHECKING:
    from portal.clocks.models import Clock
    from portal.clocks.rules import Due
    from portal.programs.schema import Rule
    from rights_grievances.models import Case

Fact = str | dt.date | dt.datetime  # a day, or where hours count a moment
Kind = Letter.Kind

ANSWERS = (Event.GRIEVANCE_RESOLVED, Event.APPEAL_RESOLVED)
AS_RESULT = {"agreed": "overturned", "partly": "partly", "not_agreed": "upheld"}  # of an appeal answered as a case
# What a letter starts by being sent, so that its own dates are known when it is read.
BEGINS: dict[str, tuple[Event, ...]] = {
    Kind.DECISION: (
        Event.RESOLUTION_NOTICE_DATED,
        Event.RESOLUTION_NOTICE_MAILED,
        Event.RESOLUTION_NOTICE_SENT,
    ),
    Kind.LATE: (Event.ADVERSE_NOTICE_DATED, Event.ADVERSE_NOTICE_MAILED, Event.ADVERSE_NOTICE_SENT),
}


class Standing:
    """A case with its appeal and clocks, read once for one letter."""

    def __init__(self, case: Case, kind: str, at: dt.datetime | None = None) -> None:
        self.case, self.kind, self.at = case, kind, at or timezone.now()
        self.appeal: Appeal | None = Appeal.objects.select_related("notice").filter(case=case).first()
        self.clocks: list[Clock] = list(access.clocks_of(case))
        self.rules: dict[str, Rule] = plans.rules_of(case, self.at.astimezone(case.program.zone).date())
        self.is_appeal = case.kind == "appeal" and plans.opens_appeals(case)

    # -- how it stands -----------------------------------------------------------------------------------------------------

    @property
    def situation(self) -> Situation:
        case, appeal = self.case, self.appeal if self.is_appeal else None
        now = Situation(
            is_appeal=self.is_appeal,
            outcome=self._outcome(),
            gains=self._gains(),
            may_ask_hearing=self._gives(Event.HEARING_REQUESTED),
            may_keep_services=self._gives(Event.CONTINUATION_REQUESTED),
            has_changed=bool(case.changed),
            has_hearing_date=self.last_day(Event.HEARING_REQUESTED) is not None,
            has_keeping_date=self.last_day(Event.CONTINUATION_REQUESTED) is not None,
        )
        if appeal is None:
            return now
        by_delay = appeal.is_exhausted_by_delay
        return replace(now, speed=appeal.speed, continuing=appeal.continuing, is_exhausted_by_delay=by_delay)

    def _outcome(self) -> str:
        """What came out of it. Of a case that was opened again, nothing yet."""
        if self.is_appeal and self.appeal is not None and self.appeal.result:
            return self.appeal.result
        outcome = "" if self.case.is_open else self.case.outcome
        return AS_RESULT.get(outcome, "") if self.is_appeal else outcome

    def _gains(self) -> str:
        """What a missed date of the law gives; without a plan nothing does."""
        if not self.case.plan:
            return ""
        return next((str(gained) for clock in self._late() if (gained := clock.terms.get("if_missed"))), "")

    def _gives(self, event: Event) -> bool:
        return any(rule.satisfied_by == event for rule in self.rules.values())

    # -- its dates ---------------------------------------------------------------------------------------------------------

    def _of(self, *events: Event) -> list[Clock]:
        """Of the law first, then our own promise; what starts anew counts before what was settled long ago."""
        found = [clock for clock in self.clocks if clock.satisfied_by in events]
        return sorted(found, key=lambda clock: (clock.duty_of == "programme", -clock.pk))

    def _late(self) -> list[Clock]:
        return [clock for clock in self._of(*ANSWERS) if clock.is_late and clock.state != "met"]

    def answer(self) -> Clock | None:
        """By which clock the answer comes."""
        return next((clock for clock in self._of(*ANSWERS) if clock.is_unmet and clock.due_at), None)

    def last_day(self, event: Event) -> Fact | None:
        """The family's own last day: of its clock, or of the one this letter is to start."""
        clock = next((clock for clock in self._of(event) if clock.due_at), None)
        if clock is not None:
            return _due_of(clock)
        begins = self.begins()
        rule = next((one for one in self.rules.values() if one.satisfied_by == event and one.trigger in begins), None)
        return self._counted(rule)

    def begins(self) -> tuple[Event, ...]:
        """What sending it makes happen that starts the family's last days: an appeal decided, a delay that counts as a no."""
        is_due = self.is_appeal if self.kind == Kind.DECISION else self._gains() == "appeal"
        return BEGINS.get(self.kind, ()) if is_due else ()

    def _counted(self, rule: Rule | None) -> Fact | None:
        """As the clock will say it, were it started by a letter of this moment."""
        if rule is None:
            return None
        region = self.case.family.region if self.case.family is not None else ""
        due = rules.due_at(rule, self.at, ledger.calendar_for(self.case.program, region))
        return _day_or_moment(due)

    def longer(self) -> Fact | None:
        """The new date of the answer: of the clock that was given more time, else as it is once it is given."""
        clock = self.answer()
        more = clock.rule.extension if clock is not None else None
        if clock is None or more is None:
            return None
        if clock.extensions:
            return _due_of(clock)
        ahead = ledger.recounted(_with_more_time(clock))
        return _day_or_moment(ahead)

    # -- all of it ---------------------------------------------------------------------------------------------------------

    def facts(self, written: dict[str, str]) -> dict[str, Fact]:
        """Every fact known, by its name in the texts. Nobody writes over what the case, its clocks or the profile say."""
        found: dict[str, Fact | None] = {**self._of_the_case(), **self._of_the_clocks(), **self._of_the_profile()}
        known: dict[str, Fact] = {name: value for name, value in found.items() if value}
        return {name: _as_written(name, text) for name, text in written.items() if text.strip()} | known

    def _of_the_case(self) -> dict[str, Fact | None]:
        case, zone = self.case, self.case.program.zone
        received = case.received_by_plan_at or case.filed_at
        decided = self.appeal.resolution_dated_on if self.is_appeal and self.appeal is not None else None
        resolved = case.resolved_at.astimezone(zone).date() if case.resolved_at else None
        role = case.handler
        return {
            "told": case.filed_at.astimezone(zone).date(),
            "received": received.astimezone(zone).date(),
            "who": f"{role.person.display_name}, {role.organization.name}" if role is not None else None,
            "resolved": decided or resolved,
        }

    def _of_the_clocks(self) -> dict[str, Fact | None]:
        answer, late = self.answer(), next(iter(self._late()), None)
        due = _due_of(answer) if answer is not None else None
        is_ahead = answer is not None and not answer.is_late
        return {
            "due": due if is_ahead else None,
            "new_due": self.longer(),
            "answer_by": due if is_ahead else None,
            "missed": _due_of(late) if late is not None else None,
            "appeal_by": self.last_day(Event.APPEAL_RECEIVED_BY_PLAN),
            "hearing_by": self.last_day(Event.HEARING_REQUESTED),
            "continue_by": self.last_day(Event.CONTINUATION_REQUESTED),
        }

    def _of_the_profile(self) -> dict[str, Fact | None]:
        plan = plans.plan_of(self.case)
        slug = plan.hearing_office if plan is not None else None
        office = plans.organization(self.case, slug) if slug else None
        return {"office": office.name if office is not None else None}


def suggestions(standing: Standing) -> dict[str, str]:
    """What the writer finds filled in, to be looked at."""
    case, appeal = standing.case, standing.appeal
    notice = appeal.notice if appeal is not None else None
    return {
        "to": case.filed_by.display_name if case.filed_by is not None else "",
        "answer": case.answer,
        "changed": case.changed,
        "service": notice.service if notice is not None else "",
        "tty": "711",  # the relay number, nationwide (47 CFR 64.603)
    }


def _as_written(name: str, text: str) -> Fact:
    return dt.date.fromisoformat(text) if name == "answer_by" else text


def _with_more_time(clock: Clock) -> Clock:
    """A copy of the row, never saved."""
    copy = type(clock)(**{field.attname: getattr(clock, field.attname) for field in clock._meta.concrete_fields})
    copy.program = clock.program
    copy.extensions = clock.extensions + 1
    return copy


def _due_of(clock: Clock) -> Fact | None:
    if clock.due_at is None:
        return None
    return clock.due_on if clock.is_by_the_day else clock.due_at.astimezone(clock.tzinfo)


def _day_or_moment(due: Due) -> Fact | None:
    return due.due_at if due.is_exact else due.due_on
