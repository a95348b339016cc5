"""What families tell a programme: numbers from which nobody can be told, and what was learned, for everyone to read."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
from django.utils import timezone

from portal.access import Refused
from rights_grievances import actions, codes, trends
from rights_grievances.models import Case, Lesson, RightsShown
from rights_grievances.refusals import CaseRefusal
from tests.rights_grievances.telling import tell
from tests.world import World, signed_in

PAGE = "/reports/concerns/"
LEAST = 11


def told(world: World, *, months: int, times: int = 1, reasons: tuple[str, ...] = (), **said: object) -> None:
    """So many complaints, each told so many months ago."""
    first = tell(world, **said)
    at = timezone.now() - dt.timedelta(days=30 * months + 15)
    Case.objects.filter(pk=first.pk).update(kind="grievance", filed_at=at, reasons=list(reasons))
    row = Case.objects.get(pk=first.pk)
    for _more in range(times - 1):
        row.pk, row.public_id = None, Case(program=world.program).public_id
        row.save(force_insert=True)


def test_coordinators_and_leads_read_the_numbers_and_nobody_else(world: World) -> None:
    for person in (world.coordinator, world.lead):
        assert signed_in(None, person).get(PAGE).status_code == 200
    for person in (world.liaison, world.peer, world.facilitator, world.caregiver, world.youth):
        assert signed_in(None, person).get(PAGE).status_code == 404


def test_many_are_shown_by_month_and_reason_and_few_are_hidden(world: World) -> None:
    told(world, months=2, times=30, reasons=("a", "d"))
    told(world, months=3, times=12, reasons=("e",))
    told(world, months=2, times=3, reasons=("g",))
    page = signed_in(None, world.coordinator).get(PAGE).content.decode()
    assert "45 complaints and appeals in twelve months." in page
    assert "How you were served" in page
    assert "uspected fraud" not in page


def test_few_altogether_are_not_shown_at_all(world: World) -> None:
    told(world, months=2, times=4, reasons=("a",))
    page = signed_in(None, world.coordinator).get(PAGE).content.decode()
    assert "All twelve months together are too few to show." in page
    assert "How you were served" not in page


def test_who_is_named_learns_of_it_by_no_number(world: World) -> None:
    told(world, months=2, times=15, reasons=("a",))
    told(world, months=2, times=1, reasons=("a",), against=[world.coordinator])
    assert "15 complaints" in signed_in(None, world.coordinator).get(PAGE).content.decode()
    assert "16 complaints" in signed_in(None, world.lead).get(PAGE).content.decode()


def test_how_many_saw_their_rights_is_a_number_only_where_it_is_none_or_many(world: World) -> None:
    browser = signed_in(None, world.coordinator)
    assert "0 people saw their rights" in browser.get(PAGE).content.decode()
    actions.keep_shown(person=world.caregiver, reads="en")
    assert "too small a number to show" in browser.get(PAGE).content.decode()
    assert RightsShown.objects.exists()


@pytest.mark.parametrize("seed", range(20))
def test_no_small_number_is_shown_or_left_over(seed: int) -> None:
    rng = random.Random(seed)
    today = dt.date(2027, 3, 17)
    rows = [
        (today - dt.timedelta(days=rng.randrange(420)), frozenset(rng.sample(sorted(codes.REASONS), rng.randrange(3))))
        for _case in range(rng.choice([3, 15, 60, 300]))
    ]
    found = trends.trend(rows, today, LEAST)
    inside = [(day, reasons) for day, reasons in rows if dt.date(2026, 3, 1) <= day < dt.date(2027, 3, 1)]
    by_month = Counter(day.replace(day=1) for day, _reasons in inside)
    shown = [one for one in found.months if one.count is not None]
    assert all(one.count == by_month[one.first] and (one.count == 0 or one.count >= LEAST) for one in shown)
    if found.total is not None:
        assert found.total == len(inside)
        left = found.total - sum(one.count or 0 for one in shown)
        assert left == 0 or left >= LEAST
    for code, count in found.reasons.items():
        assert count == sum(code in (reasons or {"k"}) for _day, reasons in inside)
        assert count >= LEAST
        assert len(inside) - count == 0 or len(inside) - count >= LEAST


def test_answers_to_a_right_are_shown_only_where_no_answer_is_of_few() -> None:
    many = [("respect", "yes")] * 20 + [("respect", "no")] * 11 + [("privacy", "no")] * 3 + [("privacy", "yes")] * 30
    assert trends.respected(many, ["respect", "privacy", "records"], LEAST) == {
        "respect": (20, 11, 0),
        "privacy": None,
        "records": None,
    }


def test_what_was_learned_is_read_by_families_and_can_be_taken_back(world: World) -> None:
    desk = signed_in(None, world.coordinator)
    assert desk.post(PAGE, {"text": "We now call back within one day."}).status_code == 302
    rights = signed_in(None, world.caregiver)
    assert "We now call back within one day." in rights.get("/rights/").content.decode()
    lesson = Lesson.objects.get()
    assert signed_in(None, world.liaison).post(f"{PAGE}lessons/{lesson.public_id}/withdraw/").status_code == 404
    desk.post(f"{PAGE}lessons/{lesson.public_id}/withdraw/")
    assert "We now call back" not in rights.get("/rights/").content.decode()


@pytest.mark.parametrize("text", ["odette  MARCHAND was right.", "We talked to Abel Nwosu."])
def test_nobody_is_named_in_what_everyone_reads_and_what_was_typed_stays(world: World, text: str) -> None:
    answer = signed_in(None, world.coordinator).post(PAGE, {"text": text})
    assert answer.status_code == 422
    assert "This names somebody." in answer.content.decode()
    assert text.rsplit(maxsplit=1)[-1] in answer.content.decode()
    assert not Lesson.objects.exists()


def test_an_empty_lesson_is_none_and_nobody_else_publishes(world: World) -> None:
    with pytest.raises(CaseRefusal, match="empty"):
        actions.publish_lesson(actor=world.lead, program=world.program, text=" \n ")
    with pytest.raises(Refused):
        actions.publish_lesson(actor=world.liaison, program=world.program, text="We learned.")
    with pytest.raises(Refused):
        actions.publish_lesson(actor=world.coordinator, program=world.other_program, text="We learned.")
