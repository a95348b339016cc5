"""Every clock of the law for every programme and plan, absence included; and the dates worked out on paper."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from portal.clocks import actions as clock_actions
from portal.clocks.models import Clock, Matter
from portal.clocks.refusals import NoSuchPromise
from portal.programs.actions import sync_profiles
from portal.programs.models import Program
from portal.programs.registry import profiles
from rights_grievances import actions
from rights_grievances.models import Appeal, Case
from rights_grievances.refusals import CaseRefusal
from tests.clocks.conftest import SetTime
from tests.rights_grievances.telling import clock_of, fresh, rules_running, sent_letter, tell
from tests.world import World

# d: calendar days, b: business days, h: hours; after the plus what an extension adds; "any": at any time; "-": not promised.
TABLE = """
                         fl-none sunshine la-rule csoc    hcbs ffs     mo-none mo-plan mo-private nc-tailored nc-standard nc-family
GRIEVANCE-FILE           -      any     any     any     any -       -      any     -         any        any        any
GRIEVANCE-ACK            -      5b      -       3b      -   -       -      10b     10b       5d         5d         5d
GRIEVANCE-INVESTIGATE    -      -       -       -       -   -       -      -       20b       -          -          -
GRIEVANCE-RESOLVE        -      90d+14d 30d+14d 30d+14d 5b  90d+14d -      30d+14d 5b        30d+14d    30d+14d    30d+14d
COMPLAINT-SETTLE         -      1b      -       -       -   -       -      -       -         -          -          -
APPEAL-FILE              -      60d     60d     60d     -   -       -      60d     -         60d        60d        60d
APPEAL-ACK               -      -       -       3d      -   -       -      -       -         -          -          -
APPEAL-STANDARD          -      30d+14d 30d+14d 30d+14d -   -       -      30d+14d -         30d+14d    30d+14d    30d+14d
APPEAL-EXPEDITED         -      48h+14d 72h+14d 72h+14d -   -       -      72h+14d -         72h+14d    72h+14d    72h+14d
EXTENSION-NOTICE         -      2d      2d      2d      -   -       -      2d      -         2d         2d         2d
EXPEDITE-REFUSED-NOTICE  -      2d      2d      2d      -   -       -      2d      -         2d         2d         2d
SFH-REQUEST              -      120d    120d    120d    -   90d     -      120d    -         120d       120d       120d
CONTINUE-SERVICES        -      10d     10d     10d     -   -       -      10d     -         10d        10d        10d
CONTINUE-HEARING         -      10d     10d     10d     -   -       -      10d     -         10d        10d        10d
ADVANCE-NOTICE           -      10d     10d     10d     -   -       -      10d     -         10d        10d        10d
AUTH-STANDARD            -      7d+14d  7d+14d  7d+14d  -   -       -      7d+14d  -         7d+14d     7d+14d     7d+14d
AUTH-EXPEDITED           -      72h+14d 72h+14d 72h+14d -   -       -      72h+14d -         72h+14d    72h+14d    72h+14d
EFFECTUATE               -      72h     72h     72h     -   -       -      72h     -         72h        72h        72h
SFH-DECISION             -      90d     90d     90d     -   -       -      90d     -         90d        90d        90d
PAPER-COPY               -      5b      5b      5b      -   -       -      5b      -         5b         5b         5b
PROMISE-ACK              2b     2b      2b      2b      2b  2b      2b     2b      2b        2b         2b         2b
PROMISE-CONFIRM          2b     2b      2b      2b      2b  2b      2b     2b      2b        2b         2b         2b
PROMISE-ANSWER           30d    30d     30d     30d     30d 30d     30d    30d     30d       30d        30d        30d
"""
BODIES = {
    "fl-none": ("florida-care-coordination", ""),
    "sunshine": ("florida-care-coordination", "sunshine"),
    "la-rule": ("louisiana-csoc", "medicaid-managed-care"),
    "csoc": ("louisiana-csoc", "csoc-contractor"),
    "hcbs": ("louisiana-csoc", "hcbs-agency"),
    "ffs": ("louisiana-csoc", "fee-for-service"),
    "mo-none": ("missouri-initiative", ""),
    "mo-plan": ("missouri-initiative", "mo-healthnet"),
    "mo-private": ("missouri-initiative", "private-insurance"),
    "nc-tailored": ("north-carolina-soc", "tailored-plan"),
    "nc-standard": ("north-carolina-soc", "standard-plan"),
    "nc-family": ("north-carolina-soc", "children-and-families-plan"),
}
UNITS = {"calendar_days": "d", "business_days": "b", "hours": "h"}
ON = dt.date(2027, 1, 4)


class Cell(NamedTuple):
    body: str
    rule: str
    length: str


def cells() -> list[Cell]:
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return [Cell(body, rule, length) for rule, *lengths in rows for body, length in zip(head, lengths, strict=True)]


@pytest.mark.parametrize("cell", cells(), ids=lambda cell: f"{cell.body}-{cell.rule}")
def test_each_body_promises_exactly_this(cell: Cell) -> None:
    slug, plan = BODIES[cell.body]
    rule = profiles()[slug].rule(cell.rule, plan=plan or None, on=ON)
    if rule is None:
        said = "-"
    elif rule.length is None or rule.unit is None:
        said = "any"
    else:
        more = rule.extension
        said = f"{rule.length}{UNITS[rule.unit]}" + (f"+{more.length}{UNITS[more.unit]}" if more else "")
    assert said == cell.length


def test_the_table_holds_every_program_and_plan() -> None:
    known = {(slug, plan) for slug, profile in profiles().items() for plan in profile.plans}
    known |= {(slug, "") for slug, profile in profiles().items() if profile.default_plan is None}
    assert set(BODIES.values()) == known


@pytest.mark.django_db
def test_what_is_not_promised_is_refused_and_never_borrowed() -> None:
    sync_profiles()
    for cell in cells():
        slug, plan = BODIES[cell.body]
        program = Program.objects.get(slug=slug)
        if cell.length == "-":
            with pytest.raises(NoSuchPromise):
                clock_actions.start_clock(
                    actor=None,
                    program=program,
                    rule_id=cell.rule,
                    started_at=timezone.now() - dt.timedelta(days=1),
                    trigger_key=f"t:{cell.body}:{cell.rule}",
                    matter=Matter(plan=plan),
                )


# -- through the pages' own actions ------------------------------------------------------------------------------------------


def at_the_plan(world: World, plan: str = "", **said: object) -> Case:
    case = tell(world, **said)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.forward_case(actor=world.coordinator, case=case, plan=plan)
    return actions.confirm_receipt(actor=world.coordinator, case=case)


def due(case: Case, rule: str) -> dt.date | None:
    return clock_of(case, rule).due_on


def test_told_on_a_friday_before_mardi_gras(world: World, at: SetTime) -> None:
    at("2027-02-05T10:00-06:00")
    case = at_the_plan(world)
    assert due(case, "GRIEVANCE-RESOLVE") == dt.date(2027, 3, 7)  # a Sunday: it does not move
    assert due(case, "GRIEVANCE-ACK") == dt.date(2027, 2, 11)
    assert due(case, "PROMISE-ACK") == dt.date(2027, 2, 10)
    assert due(case, "PROMISE-ANSWER") == dt.date(2027, 3, 7)
    at("2027-03-01T10:00-06:00")
    actions.note_try(actor=world.coordinator, case=case)
    sent_letter(case)
    actions.extend_case(actor=world.coordinator, case=case, reason="One more letter is on its way.")
    assert due(case, "GRIEVANCE-RESOLVE") == dt.date(2027, 3, 21)
    assert due(case, "PROMISE-ANSWER") == dt.date(2027, 3, 7)
    assert clock_of(case, "EXTENSION-NOTICE").state == Clock.State.MET


def test_told_to_a_licensed_agency_the_answer_comes_in_five_working_days_and_no_appeal_follows(
    world: World, at: SetTime
) -> None:
    at("2027-02-05T10:00-06:00")
    case = at_the_plan(world, "hcbs-agency")
    assert due(case, "GRIEVANCE-RESOLVE") == dt.date(2027, 2, 16)
    assert "GRIEVANCE-ACK" not in rules_running(case)
    actions.note_try(actor=world.coordinator, case=case)
    sent_letter(case)
    with pytest.raises(CaseRefusal) as refused:
        actions.extend_case(actor=world.coordinator, case=case, reason="Too much to read.")
    assert refused.value.code == "no_extension"


@pytest.mark.parametrize(
    ("received", "ends"),
    [("2027-03-12T20:00-06:00", "2027-03-15T21:00"), ("2027-11-05T20:00-05:00", "2027-11-08T19:00")],
)
def test_a_fast_appeal_counts_hours_through_the_night_clocks_change(
    world: World, at: SetTime, received: str, ends: str
) -> None:
    at(received)
    case = tell(world, kind="appeal")
    moment = timezone.now()
    Appeal.objects.create(case=case, speed="granted", speed_asked_at=moment, is_backed_by_provider=True)
    actions.forward_case(actor=world.coordinator, case=case)
    actions.confirm_receipt(actor=world.coordinator, case=case)
    clock = clock_of(case, "APPEAL-EXPEDITED")
    assert clock.due_at == dt.datetime.fromisoformat(ends).replace(tzinfo=ZoneInfo("America/Chicago"))
    assert "APPEAL-STANDARD" not in rules_running(case)


def test_our_promise_runs_from_when_it_was_told_and_the_law_from_when_the_plan_had_it(
    world: World, at: SetTime
) -> None:
    at("2027-04-12T09:00-05:00")
    case = tell(world, at=dt.datetime.fromisoformat("2027-04-01T23:59:59-05:00"))
    actions.forward_case(actor=world.coordinator, case=case)
    actions.confirm_receipt(
        actor=world.coordinator, case=case, at=dt.datetime.fromisoformat("2027-04-10T00:00:00-05:00")
    )
    assert due(case, "PROMISE-ANSWER") == dt.date(2027, 5, 1)
    assert due(case, "GRIEVANCE-RESOLVE") == dt.date(2027, 5, 10)


def test_a_hurricane_on_day_29_moves_what_counts_working_days_and_nothing_else(world: World, at: SetTime) -> None:
    at("2027-08-02T10:00-05:00")
    case = at_the_plan(world, at=timezone.now())
    at("2027-08-31T10:00-05:00")
    later = fresh(tell(world, words="A second thing."))
    clock_actions.declare_disaster(
        actor=world.lead,
        program=world.program,
        name="Hurricane",
        first_on=dt.date(2027, 8, 31),
        last_on=dt.date(2027, 9, 2),
    )
    assert due(case, "GRIEVANCE-RESOLVE") == dt.date(2027, 9, 1)
    assert due(case, "PROMISE-ANSWER") == dt.date(2027, 9, 1)
    assert due(later, "PROMISE-ACK") == dt.date(2027, 9, 7)  # Friday is day 1, Labor Day closed, Tuesday day 2


def test_without_a_plan_nothing_can_be_sent_on_and_no_clock_of_the_law_runs(world: World) -> None:
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance", plan="")
    for act in (actions.forward_case, actions.confirm_receipt):
        with pytest.raises(CaseRefusal) as refused:
            act(actor=world.coordinator, case=case)
        assert refused.value.code == "no_plan"
    assert rules_running(case) == {"PROMISE-ACK", "PROMISE-ANSWER"}
