"""A full plan stays light: few questions to the database and a small page, for each kind of reader, on each page of it."""

from __future__ import annotations

import datetime as dt
import gzip
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.care import actions
from portal.care.models import Item, Plan, Version
from tests.care.plans import added, goal, one_of_each, opened
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("told_nobody")]

GOALS, VERSIONS = 40, 100
QUESTIONS, BYTES = 12, 30 * 1024
READERS = ("facilitator", "liaison", "caregiver", "youth", "second_caregiver")  # the last decides about school alone
PAGES = ("", "print/", "crisis/", "changes/")
WORDS = """
morning bus teacher cousin song drum kitchen quiet walk phone letter river garden story paint
window friend bench porch lunch neighbor coach library ticket jacket supper grandmother weekend
homework corner music bicycle promise notebook hallway breath bedtime blanket market church
saturday practice museum call visit answer question choir swim cook read draw plan rest talk listen
sleep wake help ask share laugh build carry borrow return begin finish
"""


def test_every_page_of_a_full_plan_is_light_for_everybody_who_reads_it(world: World) -> None:
    plan = _full(world)
    heavy = []
    for who in READERS:
        browser = signed_in(None, getattr(world, who))
        for page in PAGES:
            path = f"/plans/{plan.public_id}/{page}"
            browser.get(path)
            with CaptureQueriesContext(connection) as asked:
                answer = browser.get(path, headers={"accept-encoding": "gzip"})
            assert answer.status_code == 200, (who, path)
            body = gzip.decompress(answer.content).decode()
            if page != "crisis/":
                assert body.count("Goal of ") >= GOALS, (who, page, "what is measured is the whole page")
            if len(asked) > QUESTIONS or len(answer.content) > BYTES:
                most = "\n".join(one["sql"][:160] for one in asked.captured_queries)
                heavy.append(f"{who} {page or 'show'}: {len(asked)} questions, {len(answer.content)} bytes\n{most}")
    assert not heavy, "\n\n".join(heavy)


def _full(world: World) -> Plan:
    """40 goals about school with a step each, one of all else, many of some, and some of it changed since it was read."""
    plan, chance, today = opened(world), random.Random(7), world.program.today()
    one_of_each(world, plan)
    goals = []
    for _number in range(GOALS):
        text = f"Goal of {_sentence(chance)}"
        goals.append(goal(world, plan, text, domain="school", by_on=today + dt.timedelta(days=90)))
        added(world.facilitator, plan, "strategy", goals[-1], text=_sentence(chance))
    for who in READERS:
        if who != "facilitator":
            actions.confirm_seen(actor=getattr(world, who), plan=plan, number=40)
    for item in goals[:3]:
        now = Item.objects.select_related("plan").get(pk=item.pk)
        said = now.data | {"text": f"Goal of {_sentence(chance)}"}
        actions.change_item(actor=world.facilitator, item=now, mark=now.mark, data=said, why=_sentence(chance))
    while Version.objects.filter(plan=plan).count() < VERSIONS:
        task = {"text": _sentence(chance), "owner": _sentence(chance, 2), "agency": "School", "due_on": today}
        added(world.facilitator, plan, "task", goals[chance.randrange(GOALS)], **task)
    return plan


def _sentence(chance: random.Random, length: int = 8) -> str:
    return " ".join(chance.choices(WORDS.split(), k=length))
