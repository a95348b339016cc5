"""Who said that a rule made it hard is told by no page, notice, record, clock, calendar, session, log or count."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection, models
from django.test import Client

from portal.access import clocks
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks.models import Clock, ClockEvent, Happening
from portal.community.models import Suggestion
from portal.notices.models import Delivery, Notice
from portal.programs.models import Program
from tests.community.stage import answer, get, open_period, post, suggest, suggestion_form, text
from tests.world import VIEWERS, World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ADD = "/community/suggestions/add/"
WORDS = "Quillfeather: the bus pass office opens when I am at work."
MARK = "Quillfeather"
PAGES = (
    *("/", "/community/", "/community/desk/", "/community/said-done/", "/community/seats/", "/work/", "/owed/"),
    *("/notices/", "/record/", "/help/", "/rights/"),
)


@pytest.fixture(params=["page", "code"])
def told(request: pytest.FixtureRequest, world: World) -> Suggestion:
    post(world.caregiver, ADD, **suggestion_form(WORDS, trace=request.param))
    return Suggestion.objects.get()


def test_on_pages_its_words_stand_for_who_may_read_them_and_its_writers_name_beside_them_for_nobody(
    world: World, told: Suggestion
) -> None:
    own = f"/community/suggestions/{told.public_id}/"
    reads = {"lead", "supervisor", *(["caregiver"] if told.author is not None else [])}
    for name in VIEWERS:
        if name == "child":
            continue
        person: Person = getattr(world, name)
        browser = signed_in(None, person)
        for path in (*PAGES, own, f"{own}answer/"):
            page = text(browser.get(path, follow=True))
            assert name in reads or MARK not in page, (name, path)
            if MARK in page and name != "caregiver":
                assert world.caregiver.first_name not in page, (name, path)
                assert world.family.name not in page, (name, path)


def test_for_who_is_not_signed_in_nothing_of_it_is_there(world: World, told: Suggestion) -> None:
    for path in (f"/community/?program={world.program.slug}", f"/community/said-done/?program={world.program.slug}"):
        page = text(Client().get(path))
        assert MARK not in page
        assert str(told.public_id) not in page


def test_the_record_and_the_clocks_name_nobody(world: World, told: Suggestion) -> None:
    about = Entry.objects.filter(subject__in=["policy_suggestion", "clock"], subject_id=told.public_id)
    (clock,) = Clock.objects.filter(subject_id=str(told.public_id))
    entries = [*about, *Entry.objects.filter(subject_id=clock.public_id)]
    assert len(entries) == 2
    for entry in entries:
        assert (entry.actor, entry.family_id) == (None, None)
        assert MARK not in str(entry.detail)
    assert (clock.family, clock.matter_of, clock.youth, clock.responsible) == (None, None, None, None)
    assert set(ClockEvent.objects.filter(clock=clock).values_list("actor", flat=True)) == {None}
    (happening,) = Happening.objects.filter(subject_id=str(told.public_id))
    assert (happening.recorded_by, happening.family) == (None, None)
    for name in VIEWERS:
        sees = clocks.visible_clocks(getattr(world, name)).filter(pk=clock.pk).exists()
        assert sees is (name == "lead"), name


def test_no_notice_says_whose_it_is_and_none_leaves_the_house(world: World, told: Suggestion) -> None:
    answer(world, told)
    for notice in Notice.objects.filter(kind="community"):
        assert notice.person in {world.supervisor, told.author}
        assert str(world.caregiver.public_id) not in notice.path + notice.about
    assert not Delivery.objects.filter(notice__kind="community").exists()
    told_people = set(Notice.objects.filter(about=f"suggestion:{told.public_id}").values_list("person", flat=True))
    assert (world.caregiver.pk in told_people) is (told.author is not None)


def test_a_lead_finds_it_in_no_calendar_by_more_than_its_day(world: World, told: Suggestion) -> None:
    browser = signed_in(None, world.lead)
    page = browser.post("/calendar/").content.decode()
    address = page.split("/calendar/")[1] if "/calendar/" in page else ""
    feed = text(Client().get("/calendar/" + address.split('"')[0].split("<")[0])) if address else ""
    assert MARK not in page + feed
    assert world.caregiver.first_name not in feed


def rows_of(person: Person) -> dict[str, int]:
    """How many rows of each model lead to that person."""
    found = {}
    for model in apps.get_models():
        if model is Session:
            continue
        names = [one.name for one in model._meta.concrete_fields if one.is_relation and one.related_model is Person]
        if names:
            leads = models.Q(*((name, person) for name in names), _connector=models.Q.OR)
            found[model._meta.label] = model._base_manager.filter(leads).count()
    return found


def test_who_wants_no_trace_leaves_none_in_any_row_nor_in_the_session_nor_in_what_is_counted(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    browser.get(ADD)
    form = suggestion_form(WORDS, trace="code")
    before, session = rows_of(world.caregiver), dict(browser.session.items())
    page = text(browser.post(ADD, form))
    assert "We cannot give it to you again." in page
    assert rows_of(world.caregiver) == before
    assert dict(browser.session.items()) == session
    assert "suggestion" in counted()
    assert "user" not in counted()
    assert str(world.caregiver.public_id) not in counted()
    found = Suggestion.objects.get()
    assert found.author is None
    for field in found._meta.concrete_fields:
        value = str(getattr(found, field.attname))
        assert str(world.caregiver.public_id) not in value
        assert MARK not in value


def counted() -> str:
    """Under which names tries are counted now."""
    table = caches["default"]._table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {connection.ops.quote_name(table)}")
        return " ".join(row[0] for row in cursor.fetchall())


def test_no_time_of_day_of_it_is_shown_to_anybody(world: World, told: Suggestion) -> None:
    assert not hasattr(told, "made_at")
    for person in (world.lead, world.supervisor):
        page = text(get(person, f"/community/suggestions/{told.public_id}/"))
        assert " am" not in page.split("Told on")[1].split("Nobody")[0].split("In their own words")[0]


def test_nothing_of_it_stands_in_a_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for trace in ("page", "code"):
            post(world.caregiver, ADD, **suggestion_form(WORDS, trace=trace))
            post(world.caregiver, ADD, **suggestion_form("", trace=trace))
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert MARK not in " ".join(record.getMessage() for record in ours)


def test_neither_one_nor_many_are_counted_for_anybody_but_those_who_answer(world: World) -> None:
    for _one in range(12):
        suggest(world.caregiver, world.program, WORDS)
    for person in (None, world.liaison, world.facilitator, world.youth):
        page = text(get(person, f"/community/?program={world.program.slug}"))
        assert MARK not in page
        assert "suggestion waits" not in page
        assert "suggestions wait" not in page


def test_a_comment_tells_nobody_its_writer_either(world: World) -> None:
    period = open_period(world)
    path = f"/community/comments/{period.public_id}/"
    form: dict[str, Any] = {"key": "7c1f1b52-7f0c-4d6e-9a0e-2f7f6f2b8f10", "body": WORDS}
    post(world.caregiver, path, **form)
    entry = Entry.objects.get(subject="comment")
    assert (entry.actor, entry.family_id, entry.detail) == (None, None, {})
    for person in (world.lead, world.supervisor):
        page = text(get(person, f"{path}read/"))
        assert MARK in page
        assert world.caregiver.first_name not in page
    assert Program.objects.filter(pk=period.program_id).exists()


def test_what_is_published_repeats_no_ones_words_without_their_yes(world: World, told: Suggestion) -> None:
    form = {"key": "0d4b8e5c-3d4e-4f5a-8c39-55a8e7b5a001", "did": "It opens on Saturdays.", "source": "suggestion"}
    form["said"] = "The bus pass office opens when I am at work."
    page = post(world.lead, "/community/said-done/add/", **form)
    assert page.status_code == 422
    assert "the very words of somebody who did not agree" in text(page)
    assert "when I am at work.</textarea>" in text(page)
    form["said"] = "Its hours do not fit people with jobs."
    assert post(world.lead, "/community/said-done/add/", **form).status_code == 200
    assert told.program.said_done.count() == 1
