"""The arithmetic by itself: its hard days, and that whoever has only the working arrives at the same date."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from portal.clocks import rules, words
from portal.clocks.calendar import Calendar, Counted, calendar_of, is_weekend
from portal.clocks.rules import DAY, Pause, due_at, warnings, windows
from portal.clocks.working import Says, Step
from portal.programs.profiles import all_profiles
from portal.programs.schema import Rule

CENTRAL = ZoneInfo("America/Chicago")
LOUISIANA = all_profiles()["louisiana-csoc"]
CALENDAR = calendar_of(LOUISIANA)


def rule_of(**parts: Any) -> Rule:
    given = {"kind": "deadline", "trigger": "enrolled", "unit": "calendar_days", "length": 10} | parts
    said = {"owner": "family", "duty_of": "programme", "plain": "It is.", "source": "A test", "certainty": "design"}
    made = {"id": "A-RULE", "version": 1, "effective_from": dt.date(2000, 1, 1), **said, **given}
    return Rule.model_validate({key: value for key, value in made.items() if value is not None})


def more(length: int, unit: str, anchor: str = "due_date") -> dict[str, Any]:
    return {"length": length, "unit": unit, "anchor": anchor, "at_most": 1, "source": "A test", "certainty": "design"}


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=CENTRAL)


def said(due: rules.Due) -> list[Says]:
    return [step.says for step in due.working]


def when(rule: Rule, start: str, calendar: Calendar = CALENDAR, **more: Any) -> str:
    """The day, or the local time, it is due."""
    due = due_at(rule, moment(start), calendar, **more)
    assert due.due_at is not None
    assert due.due_on is not None
    if due.is_exact:
        return due.due_at.astimezone(CENTRAL).isoformat()[:16]
    assert due.due_at == moment(f"{due.due_on}T23:59:59").astimezone(dt.UTC)
    return due.due_on.isoformat()


# -- hard days ---------------------------------------------------------------------------------------------------------


def test_months_are_held_back_to_the_end_of_a_shorter_one() -> None:
    month = rule_of(unit="months", length=1)
    assert when(month, "2027-01-31") == "2027-02-28"
    assert when(month, "2028-01-31") == "2028-02-29"
    assert when(month, "2027-01-28") == "2027-02-28"
    assert when(rule_of(unit="months", length=12), "2028-02-29") == "2029-02-28"
    assert when(rule_of(unit="months", length=48), "2028-02-29") == "2032-02-29"


def test_months_never_drift_however_often_they_come_round() -> None:
    slots = rule_of(kind="recurring", unit="months", length=1)
    dates = [when(slots, "2027-01-31", multiple=number) for number in (1, 2, 3)]
    assert dates == ["2027-02-28", "2027-03-31", "2027-04-30"]


def test_a_day_is_a_day_where_the_programme_is() -> None:
    late = dt.datetime(2027, 3, 2, 4, tzinfo=dt.UTC)  # ten in the evening of the first
    due = due_at(rule_of(length=7), late, CALENDAR)
    assert due.due_on == dt.date(2027, 3, 8)


def test_one_state_has_two_zones() -> None:
    florida = all_profiles()["florida-care-coordination"]
    psychiatry = florida.rule("FL-PSY")
    assert psychiatry is not None
    start = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    ends = {
        region: due_at(psychiatry, start, calendar_of(florida, region=region)).due_at
        for region in ("escambia", "miami-dade")
    }
    assert ends["escambia"] == dt.datetime(2027, 3, 9, 5, 59, 59, tzinfo=dt.UTC)
    assert ends["miami-dade"] == dt.datetime(2027, 3, 9, 4, 59, 59, tzinfo=dt.UTC)


def test_hours_run_through_both_clock_changes() -> None:
    hours = rule_of(unit="hours", length=72)
    assert when(hours, "2027-03-12T20:00") == "2027-03-15T21:00"
    assert when(hours, "2026-10-30T20:00") == "2026-11-02T19:00"
    assert when(hours, "2027-07-01T20:00") == "2027-07-04T20:00"
    assert Says.CLOCK_CHANGE in said(due_at(hours, moment("2027-03-12T20:00"), CALENDAR))


def test_days_do_not_notice_a_clock_change() -> None:
    assert when(rule_of(length=3), "2027-03-12T20:00") == "2027-03-15"


def test_business_days_leave_out_weekends_and_closings_and_those_added_later() -> None:
    contact = rule_of(unit="business_days", length=3)
    assert when(contact, "2027-02-05") == "2027-02-11"
    storm = calendar_of(LOUISIANA, added={dt.date(2027, 2, 10): "Storm"})
    assert when(contact, "2027-02-05", storm) == "2027-02-12"


def test_what_a_running_clock_has_counted_stays_counted() -> None:
    counted = Counted(dt.date(2027, 2, 5), dt.date(2027, 2, 10), {})  # counted when Mardi Gras was no closing
    calendar = Calendar(CENTRAL, LOUISIANA, counted=counted)
    assert when(rule_of(unit="business_days", length=3), "2027-02-05", calendar) == "2027-02-10"
    assert calendar.closing(dt.date(2027, 2, 15)) == "Washington's Birthday"


def test_a_date_is_not_moved_off_a_weekend_or_a_holiday() -> None:
    assert said(due_at(rule_of(length=30), moment("2027-02-05"), CALENDAR))[-2] == Says.STAYS_ON_WEEKEND
    assert said(due_at(rule_of(length=4), moment("2027-02-05"), CALENDAR))[-2] == Says.STAYS_ON_CLOSING


def test_notice_is_counted_back_in_every_unit() -> None:
    back = {"kind": "backward", "anchor": "change_effective", "trigger": "adverse_notice_sent"}
    effective: dict[str, Any] = {"effective_at": moment("2027-02-16T12:00")}
    assert when(rule_of(**back, length=10), "2027-01-01", **effective) == "2027-02-06"
    assert when(rule_of(**back, unit="business_days", length=3), "2027-01-01", **effective) == "2027-02-10"
    assert when(rule_of(**back, unit="hours", length=24), "2027-01-01", **effective) == "2027-02-15T12:00"
    assert when(rule_of(**back, unit="months", length=1), "2027-01-01", **effective) == "2027-01-16"
    monday: dict[str, Any] = {
        "effective_at": moment("2027-02-15")
    }  # itself a closing: it is not counted, so nothing is said of it
    steps = due_at(rule_of(**back, unit="business_days", length=1), moment("2027-01-01"), CALENDAR, **monday)
    assert steps.due_on == dt.date(2027, 2, 12)
    assert Says.CLOSED not in said(steps)


def test_without_the_other_date_it_waits() -> None:
    back = rule_of(kind="backward", anchor="enrolled", trigger="interagency_decided", length=14)
    due = due_at(back, moment("2027-02-01"), CALENDAR)
    assert (due.due_at, due.due_on, said(due)) == (None, None, [Says.WAITS])
    assert not due.is_exact
    own_anchor = rule_of(kind="backward", anchor="enrolled", trigger="enrolled", length=14)
    assert when(own_anchor, "2027-03-15") == "2027-03-01"


def test_the_later_of_two_dates_counts() -> None:
    keep = rule_of(length=10, later_of="change_effective")
    assert when(keep, "2027-01-04") == "2027-01-14"
    assert when(keep, "2027-01-04", effective_at=moment("2027-01-20")) == "2027-01-20"
    assert when(keep, "2027-01-04", effective_at=moment("2027-01-14")) == "2027-01-14"
    in_hours = rule_of(unit="hours", length=24, later_of="change_effective")
    assert when(in_hours, "2027-01-04T10:00", effective_at=moment("2027-01-05T09:00")) == "2027-01-05T10:00"
    assert when(in_hours, "2027-01-04T10:00", effective_at=moment("2027-01-06")) == "2027-01-06"


def test_more_time_is_added_to_the_due_date_in_every_unit() -> None:
    def extended(unit: str, length: int, added: dict[str, Any], start: str) -> str:
        return when(rule_of(unit=unit, length=length, extension=added), start, extensions=1)

    assert extended("calendar_days", 30, more(14, "calendar_days"), "2027-02-05") == "2027-03-21"
    assert extended("calendar_days", 30, more(2, "business_days"), "2027-02-05") == "2027-03-09"
    assert extended("calendar_days", 30, more(1, "months"), "2027-02-05") == "2027-04-07"
    assert extended("calendar_days", 1, more(1, "hours"), "2027-02-05") == "2027-02-07T00:59"
    assert extended("hours", 72, more(14, "calendar_days"), "2027-03-12T20:00") == "2027-03-29T21:00"
    assert extended("hours", 24, more(24, "hours"), "2027-03-12T20:00") == "2027-03-14T21:00"
    # Not the same unit: it cannot be counted together, so it is added at the end.
    assert extended("months", 1, more(3, "calendar_days", "trigger"), "2027-01-31") == "2027-03-03"


def test_missouris_nine_months_are_counted_from_the_start() -> None:
    term = rule_of(unit="months", length=6, extension=more(3, "months", "trigger"))
    assert when(term, "2026-08-31") == "2027-02-28"
    assert when(term, "2026-08-31", extensions=1) == "2027-05-31"
    days = rule_of(length=10, extension=more(5, "calendar_days", "trigger"))
    assert when(days, "2027-02-05", extensions=1) == "2027-02-20"


def test_days_on_which_it_stood_still_do_not_count() -> None:
    pause = Pause(moment("2027-02-08T15:00"), moment("2027-02-11T09:00"))
    hours = Pause(moment("2027-02-08T15:00"), moment("2027-02-08T18:00"))
    assert when(rule_of(length=10), "2027-02-05", pauses=[pause]) == "2027-02-18"
    assert when(rule_of(length=10), "2027-02-05", pauses=[hours]) == "2027-02-15"
    assert when(rule_of(unit="business_days", length=3), "2027-02-05", pauses=[pause]) == "2027-02-16"
    assert when(rule_of(unit="months", length=1), "2027-02-05", pauses=[pause]) == "2027-03-08"
    assert when(rule_of(unit="hours", length=72), "2027-02-08T12:00", pauses=[hours]) == "2027-02-11T15:00"
    after = Pause(moment("2027-09-01"), moment("2027-09-05"))
    for unit in ("calendar_days", "hours", "months"):
        rule = rule_of(unit=unit, length=2)
        assert when(rule, "2027-02-08T12:00", pauses=[after]) == when(rule, "2027-02-08T12:00")


def test_pauses_that_overlap_count_once() -> None:
    pauses = [Pause(moment("2027-02-08"), moment("2027-02-11")), Pause(moment("2027-02-09"), moment("2027-02-12"))]
    inside = [*pauses, Pause(moment("2027-02-09"), moment("2027-02-10"))]
    assert when(rule_of(length=10), "2027-02-05", pauses=inside) == "2027-02-19"
    assert when(rule_of(unit="months", length=1), "2027-02-05", pauses=inside) == "2027-03-09"
    assert when(rule_of(unit="hours", length=120), "2027-02-05T00:00", pauses=inside) == "2027-02-14T00:00"


def test_windows_begin_with_the_day_itself() -> None:
    weeks = rule_of(kind="window", length=7, count=3, window_count=4, period=30)
    dates = [when(weeks, "2027-03-01T15:00", multiple=number) for number in (1, 2, 3, 4)]
    assert dates == ["2027-03-07", "2027-03-14", "2027-03-21", "2027-03-28"]
    third = due_at(weeks, moment("2027-03-01T15:00"), CALENDAR, multiple=3)
    assert third.opens_at == moment("2027-03-15").astimezone(dt.UTC)
    pause = Pause(moment("2027-03-03"), moment("2027-03-05"))
    assert when(weeks, "2027-03-01", pauses=[pause]) == "2027-03-09"
    assert when(weeks, "2027-03-01", pauses=[pause], multiple=2) == "2027-03-16"


def test_windows_come_in_every_unit() -> None:
    def window(unit: str, length: int) -> Rule:
        return rule_of(kind="window", unit=unit, length=length, count=1)

    assert when(window("months", 12), "2026-07-01") == "2027-06-30"
    assert when(window("months", 1), "2027-01-31", multiple=2) == "2027-03-30"
    assert when(window("business_days", 5), "2027-02-08") == "2027-02-16"
    hours = window("hours", 24)
    assert when(hours, "2027-03-13T20:00") == "2027-03-14T21:00"
    assert due_at(hours, moment("2027-03-13T20:00"), CALENDAR, multiple=2).opens_at == dt.datetime(
        2027, 3, 15, 2, tzinfo=dt.UTC
    )


def test_the_windows_of_a_rule_are_told_together() -> None:
    start = moment("2027-03-01")
    four = windows(rule_of(kind="window", length=7, count=3, window_count=4, period=30), start, CALENDAR)
    assert [step.says for step in four] == [Says.FROM_DAY, *[Says.WINDOW] * 4, Says.NO_MINIMUM]
    even = windows(rule_of(kind="window", length=7, count=3, window_count=4, period=28), start, CALENDAR)
    assert even[-1].says is Says.WINDOW
    endless = windows(rule_of(kind="window", unit="months", length=12, count=2), start, CALENDAR)
    assert [step.says for step in endless] == [Says.FROM_DAY, Says.WINDOW, Says.AGAIN]


def test_a_round_opens_when_the_one_before_was_due() -> None:
    review = rule_of(kind="recurring", length=30)
    second = due_at(review, moment("2027-03-01"), CALENDAR, multiple=2)
    assert second.due_on == dt.date(2027, 4, 30)
    assert second.opens_at == moment("2027-03-31T23:59:59").astimezone(dt.UTC)
    in_hours = due_at(
        rule_of(kind="recurring", unit="hours", length=24), moment("2027-03-01T10:00"), CALENDAR, multiple=2
    )
    assert in_hours.opens_at == moment("2027-03-02T10:00").astimezone(dt.UTC)


# -- warnings ----------------------------------------------------------------------------------------------------------


def told_ahead(rule: Rule, start: str, **more: Any) -> list[str]:
    due = due_at(rule, moment(start), CALENDAR, **more)
    return [moment.astimezone(CENTRAL).isoformat()[:16] for moment in warnings(rule, due, CENTRAL)]


def test_both_sides_are_warned_when_a_quarter_of_the_time_is_left() -> None:
    assert told_ahead(rule_of(length=14), "2027-03-01") == ["2027-03-12T08:00"]
    assert told_ahead(rule_of(length=7), "2027-03-01") == ["2027-03-07T08:00"]
    assert told_ahead(rule_of(length=90), "2027-03-01") == ["2027-05-23T08:00"]  # never more than a week ahead
    assert told_ahead(rule_of(length=1), "2027-03-01T12:00") == []
    assert told_ahead(rule_of(unit="hours", length=72), "2027-04-01T12:00") == ["2027-04-03T18:00"]
    assert told_ahead(rule_of(kind="standing", length=None, unit=None), "2027-03-01") == []


def test_a_rule_may_name_its_own_warnings() -> None:
    term = rule_of(unit="months", length=6, warn_days=(30, 60))
    assert told_ahead(term, "2027-03-01") == ["2027-07-03T08:00", "2027-08-02T08:00"]
    back = rule_of(kind="backward", anchor="enrolled", trigger="enrolled", length=14)
    assert told_ahead(back, "2027-03-15") == ["2027-02-28T08:00"]


# -- whoever has only the working ----------------------------------------------------------------------------------------

UNITS = ("calendar_days", "business_days", "hours", "months")
STARTS = st.integers(0, 15 * 365 * 24 * 60).map(
    lambda minutes: dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
)


@st.composite
def pauses(draw: st.DrawFn, start: dt.datetime) -> list[Pause]:
    found = []
    for _number in range(draw(st.integers(0, 3))):
        begins = start + dt.timedelta(hours=draw(st.integers(0, 24 * 30)))
        found.append(Pause(begins, begins + dt.timedelta(hours=draw(st.integers(1, 24 * 10)))))
    return found


@st.composite
def sums(draw: st.DrawFn) -> rules.Due:
    kind = draw(st.sampled_from(["deadline", "backward", "recurring", "window"]))
    unit = draw(st.sampled_from(UNITS))
    length = draw(st.integers(1, 14 if unit == "months" else 90))
    start = draw(STARTS)
    parts: dict[str, Any] = {"kind": kind, "unit": unit, "length": length}
    asked: dict[str, Any] = {}
    if kind == "backward":
        parts["anchor"] = "enrolled"
    else:
        asked["pauses"] = [] if (kind, unit) == ("window", "months") else draw(pauses(start))
        asked["multiple"] = draw(st.integers(1, 4)) if kind in {"recurring", "window"} else 1
    if kind == "window":
        parts["count"] = 2
    if kind == "deadline" and draw(st.booleans()):
        parts["later_of"] = "change_effective"
        asked["effective_at"] = start + dt.timedelta(days=draw(st.integers(-10, 200)))
    if kind == "deadline" and draw(st.booleans()):
        parts["extension"] = more(
            draw(st.integers(1, 12)), draw(st.sampled_from(UNITS)), draw(st.sampled_from(["due_date", "trigger"]))
        )
        asked["extensions"] = 1
    added = {dt.date(2027, 1, 1) + draw(st.integers(-2000, 2000)) * DAY: "Storm" for _number in range(3)}
    return due_at(rule_of(**parts), start, calendar_of(LOUISIANA, added=added), **asked)


@given(sums())
def test_the_working_alone_leads_to_the_same_date(due: rules.Due) -> None:
    stored = [step.as_json() for step in due.working]
    steps = [Step.from_json(step) for step in stored]
    assert steps == list(due.working)
    reached = Reader().read(steps)
    assert reached == (due.due_at.astimezone(CENTRAL) if due.is_exact and due.due_at else due.due_on)


@given(sums())
def test_every_working_can_be_told(due: rules.Due) -> None:
    for sentence in words.sentences(due.working, "en"):
        assert sentence.endswith(".")
        assert "%" not in sentence


@given(STARTS, st.integers(1, 60), st.integers(0, 60))
def test_a_closing_never_brings_a_date_forward(start: dt.datetime, length: int, ahead: int) -> None:
    rule = rule_of(unit="business_days", length=length)
    day = start.astimezone(CENTRAL).date() + ahead * DAY
    assume(not is_weekend(day))
    plain, closed = due_at(rule, start, CALENDAR), due_at(rule, start, calendar_of(LOUISIANA, added={day: "Storm"}))
    assert plain.due_on is not None
    assert closed.due_on is not None
    assert closed.due_on >= plain.due_on
    inside = plain.opens_at.astimezone(CENTRAL).date() < day <= plain.due_on and CALENDAR.closing(day) is None
    assert (closed.due_on > plain.due_on) == inside


class Reader:
    """Somebody with the working and a wall calendar: walks day by day, and knows no rule and no profile."""

    def __init__(self) -> None:
        self.closings: set[dt.date] = set()
        self.still: list[tuple[dt.datetime | dt.date, dt.datetime | dt.date]] = []
        self.at: dt.date | dt.datetime = dt.date.min

    def read(self, steps: list[Step]) -> dt.date | dt.datetime:
        for step in steps:
            getattr(self, step.says.value, self.nothing)(step.values)
        return self.at

    def nothing(self, values: dict[str, Any]) -> None:
        """Said for the family; nothing to count."""

    def from_day(self, values: dict[str, Any]) -> None:
        self.at = dt.date.fromisoformat(values["on"])

    later_day = from_day

    def from_moment(self, values: dict[str, Any]) -> None:
        self.at = dt.datetime.fromisoformat(values["at"])

    def closed(self, values: dict[str, Any]) -> None:
        self.closings.add(dt.date.fromisoformat(values["on"]))

    def stood_still(self, values: dict[str, Any]) -> None:
        read = dt.datetime.fromisoformat if "T" in values["start"] else dt.date.fromisoformat
        start, until = read(values["start"]), read(values["until"])
        if "to" in values:  # months: the days are added to the date there is
            self.at = self.day() + (until - start)
            assert values["to"].startswith(self.at.isoformat())
            self.at = dt.datetime.fromisoformat(values["to"]) if "T" in values["to"] else self.at
        else:
            self.still.append((start, until))

    def day(self) -> dt.date:
        """Adding days to a time of day leaves the time."""
        return self.at.date() if isinstance(self.at, dt.datetime) else self.at

    def walk(self, values: dict[str, Any], step: dt.timedelta, *, business: bool) -> None:
        day = self.day()
        left = values["length"]
        while left:
            day += step
            paused = any(start <= day < until for start, until in self.still)
            left -= not paused and not (business and (is_weekend(day) or day in self.closings))
        self.still.clear()
        if "T" in values["to"]:
            time = dt.datetime.fromisoformat(values["to"])
            assert time.date() == day
            self.at = time
        else:
            assert day.isoformat() == values["to"]
            self.at = day

    def days(self, values: dict[str, Any]) -> None:
        self.walk(values, DAY, business=False)

    def business_days(self, values: dict[str, Any]) -> None:
        self.walk(values, DAY, business=True)

    def days_before(self, values: dict[str, Any]) -> None:
        self.walk(values, -DAY, business=False)

    def business_days_before(self, values: dict[str, Any]) -> None:
        self.walk(values, -DAY, business=True)

    def hours(self, values: dict[str, Any], way: int = 1) -> None:
        self.at = self.reach(way * values["length"])
        self.still.clear()
        assert self.at.isoformat() == values["to"]

    def reach(self, length: int) -> dt.datetime:
        at = self.at
        if not isinstance(at, dt.datetime):
            at = dt.datetime.combine(at, dt.time(23, 59, 59), tzinfo=CENTRAL)
        end = at.astimezone(dt.UTC) + dt.timedelta(hours=length)
        for start, until in self.still:
            assert isinstance(start, dt.datetime)
            assert isinstance(until, dt.datetime)
            end += until - start if start < end else dt.timedelta()
        return end.astimezone(CENTRAL)

    def hours_before(self, values: dict[str, Any]) -> None:
        self.hours(values, -1)

    def months(self, values: dict[str, Any], way: int = 1) -> None:
        self.at = month_later(self.day(), way * values["length"])
        if "T" in values["to"]:  # the time of day stays
            assert values["to"].startswith(self.at.isoformat())
            self.at = dt.datetime.fromisoformat(values["to"])
        assert self.at.isoformat() == values["to"]

    def months_before(self, values: dict[str, Any]) -> None:
        self.months(values, -1)

    more_days, more_business_days, more_hours, more_months = days, business_days, hours, months

    def window(self, values: dict[str, Any]) -> None:
        """The end of so many lengths, from a start that is itself the first day; the window begins where the last one ended."""
        ends = [self.window_end(values, values["number"] - 1), self.window_end(values, values["number"])]
        first = ends[0] if isinstance(ends[0], dt.datetime) else ends[0] + DAY
        assert [first.isoformat(), ends[1].isoformat()] == [values["first"], values["last"]]
        self.at = ends[1]

    def window_end(self, values: dict[str, Any], number: int) -> dt.date | dt.datetime:
        length = values["length"] * number
        if values["unit"] == "hours":
            return self.reach(length)
        if values["unit"] == "months":
            return month_later(self.day(), length) - DAY
        day = self.day() - DAY
        while length:
            day += DAY
            paused = any(start <= day < until for start, until in self.still)
            business = values["unit"] == "business_days"
            length -= not paused and not (business and (is_weekend(day) or day in self.closings))
        return day


def month_later(day: dt.date, count: int) -> dt.date:
    month = day.month - 1 + count
    first = dt.date(day.year + month // 12, month % 12 + 1, 1)
    last = (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    return first.replace(day=min(day.day, last.day))
