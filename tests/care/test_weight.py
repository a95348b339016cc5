"""A full plan stays light: few questions to the database and a small page, for each kind of reader, on each page of it.

Counted is a second visit within the same minute. Once a minute the door writes down that the session is in use, and asks for a
young person whether they may still come in: how much that adds is counted apart.
"""

from __future__ import annotations

import datetime as dt
import gzip
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts import stay
from portal.care.models import Plan
from tests.care.conftest import StopTime
from tests.care.full import GOALS, another_plan, full_plan
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("told_nobody")]

QUESTIONS, DOOR, BYTES = 12, 6, 30 * 1024
# The liaison and the caregiver read what is about drugs by a consent; the last decides about school alone.
READERS = ("facilitator", "liaison", "caregiver", "youth", "second_caregiver")
PAGES = ("", "print/", "crisis/", "changes/", "timeline/", "team/", "meetings/", "differences/")
WHOLE = ("", "print/", "changes/")  # on these stand all the goals
AROUND = ("/plans/", "/meetings/", "/sharing/", "/sharing/for/{youth}/", "/sharing/for/{youth}/shared/")
# Staff answer no other system, and who decides about school alone is not asked; a young person's only plan opens at once.
ELSEWHERE = {(one, "differences/"): 404 for one in ("facilitator", "liaison", "second_caregiver")}
ELSEWHERE |= {("youth", page): 302 for page in ("/plans/", "/sharing/")}
CLOSED = "All pills stay with Aunt Bea"


def test_every_page_of_a_full_plan_is_light_for_everybody_who_reads_it(world: World, stop_time: StopTime) -> None:
    plan = full_plan(world, [getattr(world, who) for who in READERS if who != "facilitator"], closed=CLOSED)
    another_plan(world)
    now = timezone.now()  # after all that was made: what begins at a moment is not in force before it
    heavy = []
    for who in READERS:
        stop_time(now)
        browser = signed_in(None, getattr(world, who))
        for page in (*PAGES, *AROUND):
            heavy += _weighed(browser, plan, who, page)
        stop_time(now + dt.timedelta(seconds=stay.NOTE_EVERY))
        asked, _answer = _visit(browser, f"/plans/{plan.public_id}/")
        if len(asked) > QUESTIONS + DOOR:
            heavy.append(f"{who}, once a minute: {len(asked)} questions")
    assert not heavy, "\n\n".join(heavy)


def _weighed(browser: Client, plan: Plan, who: str, page: str) -> list[str]:
    """What is too heavy about that page, and by which questions."""
    path = page.format(youth=plan.youth.person.public_id) if page in AROUND else f"/plans/{plan.public_id}/{page}"
    browser.get(path)
    asked, answer = _visit(browser, path)
    assert answer.status_code == ELSEWHERE.get((who, page), 200), (who, path)
    if answer.status_code == 200:
        body = gzip.decompress(answer.content).decode()
        if page in WHOLE:
            assert body.count("Goal of ") >= GOALS, (who, page, "what is measured is the whole page")
            assert (CLOSED in body) == (who != "second_caregiver"), (who, page, "read by a consent")
    if len(asked) <= QUESTIONS and len(answer.content) <= BYTES:
        return []
    most = "\n".join(one["sql"][:160] for one in asked.captured_queries)
    return [f"{who} {page or 'show'}: {len(asked)} questions, {len(answer.content)} bytes\n{most}"]


def _visit(browser: Client, path: str) -> tuple[CaptureQueriesContext, SimpleNamespace]:
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(path, headers={"accept-encoding": "gzip"})
    return asked, SimpleNamespace(status_code=answer.status_code, content=answer.content)
