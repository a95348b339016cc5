"""The worked dates, asked of the command and of clocks that run."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from portal.clocks import actions
from portal.clocks.models import Clock, Matter
from portal.programs.actions import sync_profiles
from portal.programs.models import Program

CENTRAL = ZoneInfo("America/Chicago")
LOUISIANA, MISSOURI, FLORIDA = "louisiana-csoc", "missouri-initiative", "florida-care-coordination"


def explain(rule: str, program: str, start: str, *rest: str) -> dict[str, Any]:
    said = io.StringIO()
    call_command("explain_clock", rule, "--program", program, "--start", start, *rest, stdout=said)
    return json.loads(said.getvalue())  # type: ignore[no-any-return]


class Worked(NamedTuple):
    rule: str
    program: str
    start: str
    due: str  # a day, or a time in Central
    plan: str = ""
    effective: str = ""
    extend: bool = False
    closures: tuple[str, ...] = ()

    def options(self) -> list[str]:
        options = ["--plan", self.plan] if self.plan else []
        options += ["--effective", self.effective] if self.effective else []
        options += ["--extend"] if self.extend else []
        return [*options, *(word for day in self.closures for word in ("--closure", day))]


WORKED = [
    Worked("GRIEVANCE-RESOLVE", LOUISIANA, "2027-02-05", "2027-03-07"),
    Worked("GRIEVANCE-RESOLVE", LOUISIANA, "2027-02-05", "2027-03-21", extend=True),
    Worked("GRIEVANCE-ACK", LOUISIANA, "2027-02-05", "2027-02-11"),
    Worked("GRIEVANCE-RESOLVE", LOUISIANA, "2027-02-05", "2027-02-16", plan="hcbs-agency"),
    Worked("APPEAL-EXPEDITED", LOUISIANA, "2027-03-12T20:00-06:00", "2027-03-15T21:00"),
    Worked("APPEAL-EXPEDITED", FLORIDA, "2027-03-12T20:00-06:00", "2027-03-14T21:00", plan="sunshine"),
    Worked("APPEAL-EXPEDITED", LOUISIANA, "2026-10-30T20:00-05:00", "2026-11-02T19:00"),
    Worked("APPEAL-EXPEDITED", LOUISIANA, "2027-03-12T20:00-06:00", "2027-03-29T21:00", extend=True),
    Worked("APPEAL-FILE", LOUISIANA, "2027-01-04", "2027-03-05"),
    Worked("CONTINUE-SERVICES", LOUISIANA, "2027-01-04", "2027-01-20", effective="2027-01-20"),
    Worked("CONTINUE-SERVICES", LOUISIANA, "2027-01-04", "2027-01-14", effective="2027-01-10"),
    Worked("SFH-REQUEST", LOUISIANA, "2027-04-01", "2027-06-30", plan="fee-for-service"),
    Worked("SFH-REQUEST", LOUISIANA, "2027-04-01", "2027-07-30"),
    Worked("MO-TERM", MISSOURI, "2026-08-31", "2027-02-28"),
    Worked("MO-TERM", MISSOURI, "2026-08-31", "2027-05-31", extend=True),
    Worked("MO-ASSESS", MISSOURI, "2027-03-01", "2027-03-08"),
    Worked("MO-PLAN", MISSOURI, "2027-03-01", "2027-03-15"),
    Worked("MO-LEAD", MISSOURI, "2027-02-01", "2027-02-15", effective="2027-03-01"),
    Worked("FL-PSY", FLORIDA, "2027-03-01", "2027-03-08"),
    Worked("MO-TERM", MISSOURI, "2027-08-31", "2028-02-29"),  # a leap year
    Worked("GRIEVANCE-ACK", LOUISIANA, "2027-02-05", "2027-02-12", closures=("2027-02-10",)),
    Worked("GRIEVANCE-RESOLVE", LOUISIANA, "2027-02-05", "2027-03-07", closures=("2027-02-10", "2027-03-05")),
    Worked("APPEAL-EXPEDITED", LOUISIANA, "2027-03-12T20:00-06:00", "2027-03-15T21:00", closures=("2027-03-15",)),
    Worked("ADVANCE-NOTICE", LOUISIANA, "2027-01-20", "2027-01-10"),
    Worked("FL-CONTACT", FLORIDA, "2027-03-01", "2027-03-07"),
    Worked("NC-REPORT", "north-carolina-soc", "2026-07-01", "2027-06-30"),
    Worked("MO-EXT", MISSOURI, "2026-08-31", "2027-05-31"),
]


def is_due(worked: Worked, due_at: dt.datetime, due_on: dt.date) -> bool:
    """At the time said, or at the end of the day said, and on that day where the programme is."""
    if "T" in worked.due:
        return due_at == dt.datetime.fromisoformat(worked.due).replace(tzinfo=CENTRAL)
    return due_on.isoformat() == worked.due


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: f"{worked.rule}-{worked.due}")
def test_the_command_gives_each_worked_date(worked: Worked) -> None:
    told = explain(worked.rule, worked.program, worked.start, *worked.options())
    assert set(told) == {"rule", "kind", "due_at", "due_on", "working", "source"}
    assert is_due(worked, dt.datetime.fromisoformat(told["due_at"]), dt.date.fromisoformat(told["due_on"]))
    assert told["rule"] == worked.rule
    assert all(sentence.endswith(".") and "%" not in sentence for sentence in told["working"])
    assert told["source"]


@pytest.mark.django_db
@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: f"{worked.rule}-{worked.due}")
def test_a_clock_that_runs_gives_each_worked_date(worked: Worked, at_any_time: None) -> None:
    sync_profiles()
    program = Program.objects.get(slug=worked.program)
    clock = started(worked, program)
    for day in worked.closures:
        actions.add_closure(actor=None, program=program, name="Storm", first_on=dt.date.fromisoformat(day))
    if worked.extend:
        clock = actions.extend_clock(actor=None, clock=clock, reason="We asked for one more letter.")
    clock.refresh_from_db()
    assert clock.due_at is not None
    assert clock.due_on is not None
    assert is_due(worked, clock.due_at, clock.due_on)


def started(worked: Worked, program: Program) -> Clock:
    effective = worked.effective or (worked.start if worked.rule == "MO-EXT" else "")
    return actions.start_clock(
        actor=None,
        program=program,
        rule_id=worked.rule,
        started_at=moment(worked.start, program),
        trigger_key="t",
        matter=Matter(plan=worked.plan),
        effective_at=moment(effective, program) if effective else None,
    )


def moment(text: str, program: Program) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=program.zone)


# -- the rest of what the command says ---------------------------------------------------------------------------------


def test_due_times_are_utc_and_days_end_with_their_last_second() -> None:
    assert explain("MO-PLAN", MISSOURI, "2027-03-01")["due_at"] == "2027-03-16T04:59:59Z"
    assert explain("APPEAL-EXPEDITED", LOUISIANA, "2027-03-12T20:00")["due_at"] == "2027-03-16T02:00:00Z"


def test_the_working_is_told_in_words() -> None:
    assert explain("GRIEVANCE-ACK", LOUISIANA, "2027-02-05")["working"] == [
        "We count from Friday 5 February 2027.",
        "Tuesday 9 February 2027 does not count: Mardi Gras.",
        "Saturdays and Sundays do not count. Working day 3 is Thursday 11 February 2027.",
        "It is due by the end of that day.",
    ]


def test_a_promise_that_always_holds_has_no_date() -> None:
    told = explain("FL-ONCALL", FLORIDA, "2027-03-01")
    assert (told["kind"], told["due_at"], told["due_on"]) == ("standing", None, None)


def test_four_weeks_of_contacts_and_two_days_without_a_number() -> None:
    told = explain("FL-CONTACT", FLORIDA, "2027-03-01")["working"]
    assert [sentence.startswith(f"Part {n} goes") for n, sentence in enumerate(told[1:5], 1)] == [True] * 4
    assert told[5] == "From Monday 29 March 2027 to Tuesday 30 March 2027 there is no number to reach."


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("GRIEVANCE-RESOLVE", FLORIDA, "2027-03-01"), "has no rule GRIEVANCE-RESOLVE"),
        (("NOTHING", LOUISIANA, "2027-03-01"), "has no rule NOTHING, so nothing is due by it."),
        (("NOTHING", LOUISIANA, "2027-03-01", "--plan", "hcbs-agency"), "under the plan hcbs-agency"),
        (("MO-PLAN", "nowhere", "2027-03-01"), 'no programme "nowhere"'),
        (("MO-PLAN", MISSOURI, "2027-03-01", "--plan", "x"), 'no plan "x"'),
        (("MO-PLAN", MISSOURI, "2027-02-30"), "--start '2027-02-30' is not a date"),
        (("MO-PLAN", MISSOURI, "soon"), "is not a date"),
        (("MO-PLAN", MISSOURI, "2027-03-01", "--closure", "x"), "--closure 'x' is not a date"),
        (("MO-LEAD", MISSOURI, "2027-03-01", "--effective", "x"), "--effective 'x' is not a date"),
        (("MO-PLAN", MISSOURI, "1990-01-01"), "not yet on 1990-01-01"),
        (("MO-PLAN", MISSOURI, "9999-12-31"), "too far away"),
        (("MO-PLAN", MISSOURI, "0001-01-01"), "too far away"),
        (("MO-PLAN", MISSOURI, "2027-03-01", "--extend"), "cannot be extended"),
        (("MO-PLAN", MISSOURI, "2027-03-01", "--effective", "2027-04-01"), "has no second date"),
    ],
)
def test_what_cannot_be_explained_is_said_in_one_sentence(arguments: tuple[str, ...], says: str) -> None:
    rule, program, start, *rest = arguments
    with pytest.raises(CommandError) as refused:
        explain(rule, program, start, *rest)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 1


def test_a_rule_of_a_new_version_counts_from_its_day_on() -> None:
    assert explain("AUTH-STANDARD", LOUISIANA, "2025-12-31")["due_on"] == "2026-01-14"
    assert explain("AUTH-STANDARD", LOUISIANA, "2026-01-01")["due_on"] == "2026-01-08"
