"""Whether a service goes on while an appeal or a hearing runs: each condition of 42 CFR 438.420(b) by itself, with its reason.

Pure: no database, no question of what time it is. Last days come from the family's own clocks, never from here. What is not known
is None: then a person looks, and nothing is refused for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

CUTS_A_SERVICE = "b"  # AdverseNotice.What.REDUCED: ends, suspends or reduces (MCPAR D1.IV.6 b)


class Condition(StrEnum):
    ASKED_IN_TIME = "asked_in_time"  # (a) and (b)(5): the later of 10 days after it was sent, or the day of the change
    APPEALED_IN_TIME = "appealed_in_time"  # (b)(1)
    CUTS_AUTHORIZED = "cuts_authorized"  # (b)(2)
    ORDERED = "ordered"  # (b)(3)
    STILL_AUTHORIZED = "still_authorized"  # (b)(4)
    ASKED_BY_FAMILY = "asked_by_family"  # 438.402(c)(1)(ii): a provider may not ask for it


class AskedBy(StrEnum):
    FAMILY = "family"
    REPRESENTATIVE = "representative"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Facts:
    asked_on: dt.date
    last_day_to_ask: dt.date | None
    appealed_on: dt.date | None
    last_day_to_appeal: dt.date | None
    what: str  # AdverseNotice.What
    was_authorized: bool | None = None
    ordered_by_provider: bool | None = None
    authorized_until: dt.date | None = None
    asked_by: AskedBy = AskedBy.FAMILY
    has_family_word: bool | None = None  # of a representative: the family's written yes


@dataclass(frozen=True, slots=True)
class Check:
    id: Condition
    holds: bool | None
    reason: str  # a key of REASONS
    values: Mapping[str, dt.date] = field(default_factory=dict)

    @property
    def asks(self) -> _StrOrPromise:
        return CONDITIONS[self.id]

    @property
    def why(self) -> _StrOrPromise:
        return REASONS[self.reason]

    @property
    def last_on(self) -> dt.date | None:
        return self.values.get("last_on")

    def as_json(self) -> dict[str, Any]:
        days = {name: day.isoformat() for name, day in self.values.items()}
        return {"id": self.id.value, "holds": self.holds, "why": self.reason, "values": days}

    @staticmethod
    def from_json(kept: Mapping[str, Any]) -> Check:
        days = {name: dt.date.fromisoformat(day) for name, day in kept.get("values", {}).items()}
        return Check(Condition(kept["id"]), kept["holds"], kept["why"], days)


CONDITIONS: dict[Condition, _StrOrPromise] = {
    Condition.ASKED_IN_TIME: _("You asked in time to keep it going."),
    Condition.APPEALED_IN_TIME: _("You asked in time to look at the decision again."),
    Condition.CUTS_AUTHORIZED: _("A service that was approved is cut, paused or stopped."),
    Condition.ORDERED: _("A provider who may do so ordered the service."),
    Condition.STILL_AUTHORIZED: _("The time it was approved for is not over."),
    Condition.ASKED_BY_FAMILY: _("The family asked, or somebody with the family’s word."),
}

REASONS: dict[str, _StrOrPromise] = {
    "in_time": _("This was on time."),
    "late": _("This came after the last day."),
    "last_day_unknown": _("We do not know yet when the letter was sent, so we do not know the last day."),
    "no_appeal_yet": _("The decision has not been appealed yet."),
    "cut": _("The letter cuts, pauses or stops a service that was approved."),
    "nothing_cut": _("The letter is not about cutting a service that was running."),
    "not_approved_before": _("The service was not approved before."),
    "approved_unknown": _("We do not know yet if the service was approved before."),
    "ordered": _("A provider ordered it."),
    "not_ordered": _("No provider who may do so ordered it."),
    "order_unknown": _("We do not know yet who ordered it."),
    "period_runs": _("The service was approved for longer than this."),
    "period_over": _("The time it was approved for was over before you asked."),
    "period_unknown": _("We do not know yet until when it was approved."),
    "family": _("The family asked."),
    "with_word": _("Somebody asked with the family’s written word."),
    "word_missing": _("The family’s written word is still to come."),
    "word_refused": _("The family did not agree to this."),
    "provider": _("Only the family can ask for this, or somebody with its word. A provider alone cannot."),
    "person_yes": _("A person looked at this and said yes."),
    "person_no": _("A person looked at this and said no."),
}


def check(facts: Facts) -> tuple[Check, ...]:
    """The conditions one by one, in the order of the law. All must hold."""
    return (
        _in_time(Condition.ASKED_IN_TIME, facts.asked_on, facts.last_day_to_ask),
        _appealed(facts),
        _cuts(facts),
        _ordered(facts),
        _runs(facts),
        _by_whom(facts),
    )


def verdict(checks: Iterable[Check]) -> bool | None:
    """True: all hold. False: one does not. None: a person has to look first."""
    held = [one.holds for one in checks]
    if False in held:
        return False
    return None if None in held else True


def judged(checks: Sequence[Check], said: Mapping[str, bool]) -> tuple[Check, ...]:
    """The same after a person looked at what was not known. What is known is not for a person to turn round."""
    return tuple(_judged(one, said.get(one.id.value)) for one in checks)


def _judged(one: Check, said: bool | None) -> Check:
    if one.holds is not None or said is None:
        return one
    return Check(one.id, said, "person_yes" if said else "person_no", one.values)


def _in_time(which: Condition, on: dt.date, last_on: dt.date | None) -> Check:
    if last_on is None:
        return Check(which, None, "last_day_unknown")
    is_in_time = on <= last_on
    return Check(which, is_in_time, "in_time" if is_in_time else "late", {"last_on": last_on})


def _appealed(facts: Facts) -> Check:
    if facts.appealed_on is None:
        return Check(Condition.APPEALED_IN_TIME, None, "no_appeal_yet")
    return _in_time(Condition.APPEALED_IN_TIME, facts.appealed_on, facts.last_day_to_appeal)


def _cuts(facts: Facts) -> Check:
    which = Condition.CUTS_AUTHORIZED
    if facts.what != CUTS_A_SERVICE:
        return Check(which, False, "nothing_cut")
    return Check(
        which, facts.was_authorized, _by(facts.was_authorized, "cut", "not_approved_before", "approved_unknown")
    )


def _ordered(facts: Facts) -> Check:
    held = facts.ordered_by_provider
    return Check(Condition.ORDERED, held, _by(held, "ordered", "not_ordered", "order_unknown"))


def _runs(facts: Facts) -> Check:
    which = Condition.STILL_AUTHORIZED
    if facts.authorized_until is None:
        return Check(which, None, "period_unknown")
    held = facts.asked_on <= facts.authorized_until
    return Check(which, held, "period_runs" if held else "period_over", {"last_on": facts.authorized_until})


def _by_whom(facts: Facts) -> Check:
    which = Condition.ASKED_BY_FAMILY
    if facts.asked_by is AskedBy.FAMILY:
        return Check(which, True, "family")
    if facts.has_family_word:
        return Check(which, True, "with_word")
    if facts.asked_by is AskedBy.PROVIDER:
        return Check(which, False, "provider")
    return Check(which, facts.has_family_word, _by(facts.has_family_word, "with_word", "word_refused", "word_missing"))


def _by(held: bool | None, yes: str, no: str, unknown: str) -> str:
    if held is None:
        return unknown
    return yes if held else no


class Stop(StrEnum):
    WITHDRAWN = "withdrawn"
    NOT_ASKED_AGAIN = "not_asked_again"
    HEARING_LOST = "hearing_lost"


STOPS: dict[Stop, _StrOrPromise] = {
    Stop.WITHDRAWN: _("You take the appeal or the hearing back."),
    Stop.NOT_ASKED_AGAIN: _(
        "The plan still says no, and you do not ask for a hearing and to keep the service in the days after its letter."
    ),
    Stop.HEARING_LOST: _("The state says no at the hearing."),
}

MAY_HAVE_TO_PAY: _StrOrPromise = _(
    "If the last answer is no, the plan may ask you to pay for what you got in that time. Ask us first if you are not sure."
)


@dataclass(frozen=True, slots=True)
class Since:
    """What came after a service was let go on."""

    is_withdrawn: bool = False
    is_adverse: bool = False  # the plan's answer is not wholly for the family
    last_day_after_answer: dt.date | None = None  # to ask for the hearing and to keep the service
    hearing_asked_on: dt.date | None = None
    asked_again_on: dt.date | None = None
    is_hearing_lost: bool = False


def stops(since: Since, today: dt.date) -> Stop | None:
    """Why it goes on no longer; None while it does (42 CFR 438.420(c))."""
    if since.is_withdrawn:
        return Stop.WITHDRAWN
    if since.is_hearing_lost:
        return Stop.HEARING_LOST
    last_on = since.last_day_after_answer
    if not since.is_adverse or last_on is None:
        return None
    both = (since.hearing_asked_on, since.asked_again_on)
    if all(on is not None and on <= last_on for on in both):
        return None
    return Stop.NOT_ASKED_AGAIN if today > last_on else None
