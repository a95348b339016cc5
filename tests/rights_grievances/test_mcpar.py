"""The yearly count for the federal form equals what somebody counts by hand, whatever happened to the cases."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import zoneinfo
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.clocks.models import Clock
from portal.programs.models import Program
from rights_grievances import codes, mcpar
from rights_grievances.models import SUBJECT, AdverseNotice, Appeal, Case, CaseStep
from tests.world import World

pytestmark = pytest.mark.both_databases

ZONE = zoneinfo.ZoneInfo("America/Chicago")
PLAN = "csoc-contractor"
YEARS = (2024, 2025)
Kind, Step = Case.Kind, CaseStep.Kind


def exported(program: Program, year: int, *more: str) -> dict[str, int]:
    out = io.StringIO()
    call_command(
        "export_mcpar", "--program", program.slug, "--year", str(year), *more, stdout=out, stderr=io.StringIO()
    )
    table = list(csv.reader(io.StringIO(out.getvalue())))
    assert table[0] == ["id", "label", "count"]
    ids = [row[0] for row in table[1:]]
    assert len(set(ids)) == len(ids)
    return {row[0]: int(row[2]) for row in table[1:]}


@dataclass
class Happened:
    """One case as somebody would write it on a card."""

    kind: str
    plan: str
    filed: dt.datetime
    turns: list[tuple[dt.datetime, str]] = field(default_factory=list)
    due: dt.datetime | None = None
    reasons: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    speed: str = "standard"
    result: str = ""
    hearing: str = "none"
    asked: dt.datetime | None = None
    decided: dt.datetime | None = None


def invented(rng: random.Random) -> Happened:
    start = dt.datetime(2023, 12, 20, tzinfo=dt.UTC)
    filed = start + dt.timedelta(minutes=rng.randrange(2 * 366 * 24 * 60))
    one = Happened(
        kind=rng.choice([Kind.GRIEVANCE, Kind.GRIEVANCE, Kind.APPEAL, Kind.APPEAL, Kind.QUESTION, Kind.UNSORTED]),
        plan=rng.choice([PLAN, PLAN, PLAN, ""]),
        filed=filed,
        reasons=rng.sample(sorted(codes.REASONS), rng.randrange(4)),
        services=rng.sample(sorted(codes.SERVICES), rng.randrange(3)),
    )
    moment = filed
    for turn in rng.choice(
        [
            *([], [], ["resolved"], ["resolved", "closed"], ["withdrawn"], ["resolved", "reopened"]),
            *(["resolved", "closed", "reopened", "resolved"], ["closed"]),
        ]
    ):
        moment += dt.timedelta(minutes=rng.randrange(1, 120 * 24 * 60))
        one.turns.append((moment, turn))
    if rng.random() < 0.8:
        one.due = filed + dt.timedelta(days=rng.randrange(1, 120))
    if one.kind == Kind.APPEAL:
        one.reasons = [rng.choice(sorted(AdverseNotice.What.values))]
        one.speed = rng.choice(["standard", "asked", "granted", "refused"])
        one.result = rng.choice(["upheld", "partly", "overturned"])
        one.hearing = rng.choice(["none", "requested", "won", "lost", "withdrawn"])
        if one.hearing != "none":
            one.asked = moment + dt.timedelta(days=rng.randrange(200))
        if one.asked and one.hearing != "requested":
            one.decided = one.asked + dt.timedelta(days=rng.randrange(200))
    return one


def filed(world: World, one: Happened, *, letter: bool) -> Case:
    """The rows such a case leaves behind."""
    case = Case(
        program=world.program,
        family=world.family,
        filed_by=world.caregiver,
        filed_as=Case.FiledAs.CAREGIVER,
        way=Case.Way.PAGE,
        kind=one.kind,
        language="en",
        plan=one.plan,
        filed_at=one.filed,
        received_by_plan_at=one.filed if one.plan else None,
        reasons=one.reasons,
        services=one.services,
    )
    case.words = "Something went wrong."
    case.save()
    for at, turn in one.turns:
        CaseStep.objects.create(case=case, kind=turn, at=at)
    if one.kind == Kind.APPEAL:
        _appeal(world, case, one, letter=letter)
    if one.due is not None and one.plan:
        _owed(world, case, one)
    return case


def _appeal(world: World, case: Case, one: Happened, *, letter: bool) -> None:
    notice = None
    if letter:
        notice = AdverseNotice.objects.create(
            program=world.program,
            family=world.family,
            youth=world.youth_member,
            plan=one.plan,
            what=one.reasons[0],
            service="Respite",
            reason="Not needed",
            dated_on=one.filed.date(),
        )
        Case.objects.filter(pk=case.pk).update(reasons=[])
    Appeal.objects.create(
        case=case,
        notice=notice,
        speed=one.speed,
        speed_asked_at=None if one.speed == "standard" else one.filed,
        result=one.result,
        hearing=one.hearing,
        hearing_requested_at=one.asked,
        hearing_decided_at=one.decided,
    )


def _owed(world: World, case: Case, one: Happened) -> None:
    assert one.due is not None
    done = next((at for at, turn in one.turns if turn == "resolved"), None)
    Clock.objects.create(
        program=world.program,
        family=world.family,
        zone=str(ZONE),
        plan=one.plan,
        rule_id="APPEAL-STANDARD" if one.kind == Kind.APPEAL else "GRIEVANCE-RESOLVE",
        rule_version=1,
        terms={},
        kind="deadline",
        owner="family",
        duty_of="plan",
        satisfied_by="appeal_resolved" if one.kind == Kind.APPEAL else "grievance_resolved",
        subject=SUBJECT,
        subject_id=str(case.public_id),
        trigger_key=str(uuid4()),
        started_at=one.filed,
        opens_at=one.filed,
        due_at=one.due - dt.timedelta(seconds=1),
        state=Clock.State.MET if done else Clock.State.OPEN,
        met_at=done,
    )


def counted(cases: list[Happened], year: int) -> dict[str, int]:
    """The same by hand, from the cards, one after the other."""
    found = Counter[str]()
    for one in cases:
        if one.plan and one.kind in {Kind.GRIEVANCE, Kind.APPEAL}:
            found.update(of_one(one, year))
    return {name: found[name] for name in EVERY_ID}


def of_one(one: Happened, year: int) -> Iterator[str]:
    """The boxes of the form in which this card is a stroke."""
    is_appeal = one.kind == Kind.APPEAL
    end = dt.datetime(year + 1, 1, 1, tzinfo=ZONE)
    over = [turn for at, turn in one.turns if at < end]
    if one.filed < end and (not over or over[-1] == "reopened"):
        yield "D1.IV.2" if is_appeal else "D1.IV.11"
    if within(one.asked, year):
        yield "D1.IV.8a"
    if within(one.decided, year):
        yield {"won": "D1.IV.8b", "lost": "D1.IV.8c", "withdrawn": "D1.IV.8d"}[one.hearing]
    answers = [at for at, turn in one.turns if turn == "resolved"]
    if any(within(at, year) for at in answers):
        timely = one.due is not None and answers[0] < one.due
        yield from of_appeal(one, timely=timely) if is_appeal else of_grievance(one, timely=timely)


def of_appeal(one: Happened, *, timely: bool) -> Iterator[str]:
    yield "D1.IV.1"
    yield {"upheld": "D1.IV.1a", "partly": "D1.IV.1b", "overturned": "D1.IV.1c"}[one.result]
    yield f"D1.IV.6{one.reasons[0]}"
    yield f"D1.IV.6{one.reasons[0]}.{one.result}"
    if timely:
        yield "D1.IV.5b" if one.speed == "granted" else "D1.IV.5a"


def of_grievance(one: Happened, *, timely: bool) -> Iterator[str]:
    yield "D1.IV.10"
    if timely:
        yield "D1.IV.14"
    for code in one.services or ["o"]:
        yield f"D1.IV.15{code}"
    for code in one.reasons or ["k"]:
        yield f"D1.IV.16{code}"


def within(at: dt.datetime | None, year: int) -> bool:
    return at is not None and at.astimezone(ZONE).year == year


OUTCOMES = ("upheld", "partly", "overturned")
EVERY_ID = [
    *("D1.IV.1", "D1.IV.1a", "D1.IV.1b", "D1.IV.1c", "D1.IV.2", "D1.IV.5a", "D1.IV.5b"),
    *(name for code in "abcdefg" for name in (f"D1.IV.6{code}", *(f"D1.IV.6{code}.{end}" for end in OUTCOMES))),
    *("D1.IV.8a", "D1.IV.8b", "D1.IV.8c", "D1.IV.8d", "D1.IV.10", "D1.IV.11", "D1.IV.14"),
    *(f"D1.IV.15{code}" for code in "abcdefghiklmno"),
    *(f"D1.IV.16{code}" for code in "abcdefghijk"),
]


@pytest.mark.parametrize("seed", range(6))
def test_the_count_equals_one_by_hand_over_random_cases(world: World, seed: int) -> None:
    rng = random.Random(seed)
    cards = [invented(rng) for _case in range(60)]
    for one in cards:
        filed(world, one, letter=rng.random() < 0.5)
    for year in YEARS:
        found = exported(world.program, year)
        assert list(found) == EVERY_ID
        assert found == counted(cards, year)
        assert sum(found[f"D1.IV.6{code}"] for code in "abcdefg") == found["D1.IV.1"]
        assert sum(found[f"D1.IV.16{code}"] for code in codes.REASONS) >= found["D1.IV.10"]
        assert exported(world.other_program, year) == dict.fromkeys(EVERY_ID, 0)


def test_the_codes_are_those_of_the_form(world: World) -> None:
    assert set(mcpar.REASONS) == set(codes.REASONS)
    assert set(mcpar.SERVICES) == set(codes.SERVICES)
    assert set(mcpar.APPEALS_ABOUT) == set(AdverseNotice.What.values)
    assert set(mcpar.RESULTS) == set(Appeal.Result.values)


def test_a_year_ends_where_the_programme_is(world: World) -> None:
    """Half past eleven on New Year's Eve in Louisiana is New Year's Day in UTC."""
    eve = dt.datetime(2024, 12, 31, 23, 30, tzinfo=ZONE)
    filed(
        world,
        Happened(Kind.GRIEVANCE, PLAN, eve - dt.timedelta(days=3), turns=[(eve, "resolved")], reasons=["a", "d"]),
        letter=False,
    )
    old, new = exported(world.program, 2024), exported(world.program, 2025)
    assert (old["D1.IV.10"], old["D1.IV.16a"], old["D1.IV.16d"], old["D1.IV.11"]) == (1, 1, 1, 0)
    assert new["D1.IV.10"] == 0


def test_a_case_that_binds_no_health_plan_is_in_no_federal_count(world: World) -> None:
    day = dt.datetime(2024, 5, 3, 12, tzinfo=ZONE)
    filed(world, Happened(Kind.GRIEVANCE, "", day, turns=[(day, "resolved")]), letter=False)
    assert not any(exported(world.program, 2024).values())


def test_one_health_plan_can_be_counted_alone(world: World) -> None:
    day = dt.datetime(2024, 5, 3, 12, tzinfo=ZONE)
    filed(world, Happened(Kind.GRIEVANCE, PLAN, day), letter=False)
    assert exported(world.program, 2024, "--plan", PLAN)["D1.IV.11"] == 1
    assert exported(world.program, 2024, "--plan", "medicaid-managed-care")["D1.IV.11"] == 0


def test_an_answered_appeal_without_a_reason_is_said_beside_the_table(world: World) -> None:
    day = dt.datetime(2024, 5, 3, 12, tzinfo=ZONE)
    case = Happened(Kind.APPEAL, PLAN, day, turns=[(day, "resolved")], reasons=["a"], result="upheld")
    Case.objects.filter(pk=filed(world, case, letter=False).pk).update(reasons=[])
    aside = io.StringIO()
    call_command("export_mcpar", "--program", world.program.slug, "--year", "2024", stdout=io.StringIO(), stderr=aside)
    assert aside.getvalue() == "D1.IV.6a to 6g do not add up to D1.IV.1: appeals without a reason: 1.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--program", "atlantis", "--year", "2024"), "There is no program atlantis here"),
        (("--program", "louisiana-csoc", "--year", "24"), "24 is no year to count"),
        (("--program", "louisiana-csoc", "--year", "MMXX"), "MMXX is no year to count"),
        (("--program", "louisiana-csoc", "--year", "1066"), "1066 is no year to count"),
        (("--program", "louisiana-csoc", "--year", "٢٠٢٤"), "is no year to count"),
        (("--program", "louisiana-csoc", "--year", "2024", "--plan", "nobodys"), "has no health plan nobodys"),
    ],
)
def test_what_cannot_be_counted_is_one_sentence(world: World, options: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("export_mcpar", *options)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 1


def test_a_year_to_come_is_not_counted(world: World) -> None:
    next_year: Any = timezone.now().year + 1
    with pytest.raises(CommandError, match="is no year to count"):
        call_command("export_mcpar", "--program", world.program.slug, "--year", str(next_year))
