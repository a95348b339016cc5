"""What is said to few no surface tells to others: page, notice, mail, calendar, export, pack, record, log, search, count."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.access import record
from portal.audit.models import Entry
from portal.care import actions as care
from portal.clocks.actions import make_calendar
from portal.clocks.models import Clock, ClockEvent
from portal.families.models import AccessBasis, Member
from portal.notices.actions import deliver_due
from portal.notices.models import Delivery, Notice
from portal.voice.actions import statements as actions
from portal.voice.models import Statement
from rights_grievances.actions.packing import make_pack
from tests.access.test_walk import CHANGING
from tests.care.meetings import proposed
from tests.care.plans import NEXT, goal, opened
from tests.messaging.filling import fill
from tests.notices.conftest import Mailbox
from tests.peer_support.mentored import mentored
from tests.rights_grievances.telling import tell
from tests.voice.choosing import a_service, offered, path_of
from tests.voice.deciding import ahead, asked_round
from tests.voice.meetings import answered as told_of_it
from tests.voice.meetings import asked, written
from tests.voice.stage import answered, now, said, spoken, to_mentor
from tests.world import VIEWERS, World, forgotten, signed_in

pytestmark = pytest.mark.django_db

SECRET = "zebrafinch"
ANSWER = "marigold"
WORDS = f"The {SECRET} is why I do not sleep."
FAMILY_PAGES = (
    *(
        "/",
        "/say/",
        "/say/?show=waiting",
        "/say/new/",
        "/messages/",
        "/plans/",
        "/owed/",
        "/notices/",
        "/record/",
        "/help/",
    ),
    *("/support/", "/sharing/", "/meetings/", "/say/cards/"),
)
STAFF_PAGES = (
    *(
        "/",
        "/answers/",
        "/answers/?show=done",
        "/answers/?show=late",
        "/worklist/",
        "/families/",
        "/notices/",
        "/support/requests/",
    ),
    *("/coordination/", "/cases/", "/safety/", "/pairings/", "/referrals/", "/desk/"),
)


@pytest.fixture
def secret(world: World) -> Statement:
    """The young person's, to the mentor alone, with an answer."""
    goal(world, opened(world))
    statement, _pairing = to_mentor(world, WORDS)
    actions.answer_statement(actor=world.mentor, statement=statement, answer=actions.Answer(f"I keep your {ANSWER}."))
    return statement


def others(world: World) -> list[str]:
    return [name for name in VIEWERS if name not in {"youth", "mentor", "child"}]


def test_no_page_of_anybody_else_tells_of_it(world: World, secret: Statement) -> None:
    traces = (SECRET, ANSWER, str(secret.public_id), "said 1 thing")
    found = []
    for name in others(world):
        browser = signed_in(None, getattr(world, name))
        pages = [*FAMILY_PAGES, *STAFF_PAGES, f"/families/{world.family.public_id}/"]
        for page in pages:
            text = browser.get(page, follow=True).content.decode(errors="replace")
            found += [f"{name} {page}: {trace}" for trace in traces if trace in text]
        for page in ("", "voice/", "open/", "text/"):
            assert browser.get(f"/say/{secret.public_id}/{page}").status_code == 404
        assert browser.get(f"/answers/{secret.public_id}/").status_code == 404
    assert not found
    assert SECRET in signed_in(None, world.mentor).get("/answers/?show=done").content.decode()


def test_no_notice_mail_or_calendar_of_anybody_else_comes_of_it(world: World, tmp_path: Path, settings: Any) -> None:
    settings.EMAIL_URL, settings.SMS_URL = f"file://{tmp_path}/email", f"file://{tmp_path}/sms"
    Notice.objects.all().delete()
    statement, _pairing = to_mentor(world, WORDS)
    actions.answer_statement(actor=world.mentor, statement=statement, answer=actions.Answer(ANSWER))
    about_it = Notice.objects.filter(kind__in=["voice", "answer_owed"])
    assert {one.person for one in about_it} == {world.youth, world.mentor}
    Delivery.objects.update(due_at=timezone.now())
    deliver_due()
    sent = Mailbox(tmp_path)
    assert sent.mails, "something was sent, and says nothing"
    for one in [*sent.mails, *sent.texts]:
        assert SECRET not in str(one)
        assert ANSWER not in str(one)
    for name in ("caregiver", "second_caregiver", "facilitator", "liaison"):
        person = getattr(world, name)
        feed = signed_in(None, person).get(f"/calendar/{make_calendar(actor=person)}.ics").content.decode()
        assert "BEGIN:VCALENDAR" in feed
        assert "what you said" not in feed


def test_a_notice_never_says_what_was_said(world: World) -> None:
    statement = said(world, words=WORDS)
    actions.decline(actor=world.facilitator, statement=statement, answer=actions.Answer(ANSWER))
    for row in Notice.objects.all():
        assert SECRET not in f"{row.path}{row.about}{row.get_kind_display()}"
    for name in ("caregiver", "facilitator"):
        assert SECRET not in signed_in(None, getattr(world, name)).get("/notices/").content.decode()


def test_no_export_or_pack_for_a_hearing_holds_it(world: World, secret: Statement) -> None:
    said(world, words=WORDS)
    for name in ("caregiver", "youth", "facilitator"):
        out = io.StringIO()
        person = str(getattr(world, name).public_id)
        call_command("export_fhir", f"--family={world.family.public_id}", f"--for={person}", stdout=out)
        assert SECRET not in out.getvalue()
    pack = make_pack(actor=world.caregiver, case=tell(world))
    with zipfile.ZipFile(io.BytesIO(pack.data)) as opened_pack:
        for name in opened_pack.namelist():
            text = opened_pack.read(name)
            assert SECRET.encode() not in text
            assert str(secret.public_id).encode() not in text


def test_the_record_holds_that_something_happened_and_no_word_of_it(world: World, secret: Statement) -> None:
    spoken(world)
    rows = Entry.objects.filter(subject__in=["statement", "transcript"])
    assert rows.exists()
    assert not rows.exclude(family_id=None).exists()
    for row in Entry.objects.all():
        assert SECRET not in json.dumps(row.detail)
        assert ANSWER not in json.dumps(row.detail)
    clocks = Clock.objects.filter(subject="statement")
    marks = {str(clock.public_id) for clock in clocks}
    assert not Entry.objects.filter(subject="clock", subject_id__in=marks).exclude(family_id=None).exists()
    for name in ("caregiver", "second_caregiver"):
        text = signed_in(None, getattr(world, name)).get("/record/").content.decode()
        assert str(secret.public_id) not in text
        assert not any(mark in text for mark in marks)
    assert not ClockEvent.objects.filter(reason__contains=SECRET).exists()


def test_a_parents_record_does_not_tell_of_a_choice_the_young_person_agreed_to_alone(world: World) -> None:
    item = a_service(world, opened(world), access_basis="minor")
    choice = offered(world, item)
    assert signed_in(None, world.facilitator).get(path_of(choice)).status_code == 200
    mark = str(choice.public_id)
    assert record.visible_entries(world.youth, world.family).filter(subject_id=mark).exists()
    assert not record.visible_entries(world.caregiver, world.family).filter(subject_id=mark).exists()


@pytest.mark.parametrize("basis", ["parent", "minor"])
def test_a_word_on_a_plan_stands_on_the_familys_record_only_where_a_parent_said_yes(world: World, basis: str) -> None:
    plan = care.open_plan(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        next_on=world.program.today() + NEXT,
        access_basis=AccessBasis(basis),
    )
    ahead(world, plan, world.youth)
    asked_round(world, plan)
    steps = Entry.objects.filter(subject="plan", detail__step="go_ahead") | Entry.objects.filter(subject="round")
    assert {row.family_id is not None for row in steps} == {basis == "parent"}


def test_nothing_is_written_to_a_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    browser = signed_in(None, world.youth)
    browser.post("/say/new/", {"words": WORDS, "about": "other", "audience": "team", "language": "en"})
    browser.post("/say/new/", {"words": WORDS, "about": "nothing", "audience": "nobody", "language": "xx"})
    to_mentor(world, WORDS + " I want to kill myself")
    assert SECRET not in caplog.text


def test_no_search_finds_it(world: World, secret: Statement) -> None:
    fill(world.conversation, [world.caregiver], ["Hello"])
    assert secret.words == WORDS
    found = {}
    for query in ("Hello", SECRET):
        page = signed_in(None, world.caregiver).post(
            f"/conversations/{world.conversation.public_id}/search/", {"query": query}
        )
        found[query] = [hit.seq for hit in page.context["hits"]]
    assert found == {"Hello": [1], SECRET: []}


def test_no_count_moves_by_it(world: World) -> None:
    """What others see is the same before and after: also of one."""
    pages: dict[str, tuple[str, ...]] = {name: ("/say/",) for name in ("caregiver", "second_caregiver")}
    pages |= {name: ("/", "/answers/") for name in ("facilitator", "liaison", "lead")}

    def seen() -> dict[str, str]:
        found = {}
        for name, paths in pages.items():
            browser = signed_in(None, getattr(world, name))
            for path in paths:
                found[f"{name} {path}"] = (
                    browser.get(path).content.decode().partition("<main")[2].partition("</main>")[0]
                )
        return found

    mentored(world)
    before = seen()
    to_mentor(world, WORDS)
    assert seen() == before


def test_a_childs_cards_for_the_helpers_alone_do_not_show_to_the_caregiver(world: World) -> None:
    statement = actions.say_with_cards(
        actor=world.caregiver, child=world.child_member, key=uuid4(), picked=["angry"], language="en", with_family=False
    )
    browser = signed_in(None, world.caregiver)
    for page in FAMILY_PAGES:
        text = browser.get(page, follow=True).content.decode()
        assert "I feel angry" not in text
        assert str(statement.public_id) not in text


def test_what_is_sealed_says_nothing_in_the_database(world: World) -> None:
    statement = said(world, words=WORDS)
    actions.decline(actor=world.facilitator, statement=statement, answer=actions.Answer(ANSWER))
    row = Statement.objects.get(pk=statement.pk)
    assert SECRET.encode() not in bytes(row.sealed_words or b"")
    assert all(ANSWER.encode() not in bytes(step.sealed_words or b"") for step in row.steps.all())


def test_who_has_left_the_family_reads_their_own_words_and_nothing_that_came_after(world: World) -> None:
    """A facilitator's name and an answer can tell where the others are now."""
    before = answered(world, said(world, words="Before I left."))
    after = said(world, words="Ask him first.")
    Member.objects.filter(pk=world.caregiver_member.pk).update(left_at=timezone.now())
    actions.answer_statement(actor=world.facilitator, statement=after, answer=actions.Answer(f"In Kenner: {ANSWER}."))
    browser = signed_in(None, world.caregiver)
    page = browser.get(f"/say/{after.public_id}/").content.decode()
    assert "Ask him first." in page
    assert "Waits for an answer" in page
    assert not [trace for trace in (ANSWER, "Abel", "Simone", "Was this an answer") if trace in page]
    assert "He meets her on Friday" in browser.get(f"/say/{before.public_id}/").content.decode(), "they had read it"
    for path, form in (("open/", {"audience": "family"}), ("answer/", {"was_one": "no"})):
        assert browser.post(f"/say/{before.public_id}/{path}", form).status_code == 404
    assert browser.post(f"/say/{after.public_id}/take-back/").status_code == 302, "their words stay theirs"
    assert ANSWER not in browser.get(f"/say/{after.public_id}/").content.decode()
    assert now(before).state == "answered"


def test_who_opens_something_to_more_people_reads_that_the_answers_go_along(world: World) -> None:
    statement, _pairing = to_mentor(world, WORDS)
    browser, path = signed_in(None, world.youth), f"/say/{statement.public_id}/open/"
    along = "They also read what was answered to it"
    assert along not in browser.get(path).content.decode()
    actions.answer_statement(actor=world.mentor, statement=statement, answer=actions.Answer(ANSWER))
    assert along in browser.get(path).content.decode()


def test_what_is_prepared_or_only_counted_changes_nothing_on_any_page_of_others(world: World) -> None:
    """Not even by one: not a number, not a mark, not a line more."""
    pulse = asked(world, opened(world))["youth"]
    meeting = proposed(world.caregiver, pulse.meeting.plan, minutes=90)
    one = asked_round(world, pulse.meeting.plan)
    plan = f"/plans/{pulse.meeting.plan.public_id}/"
    paths = [
        *("/", "/notices/", "/meetings/", "/owed/", "/record/", "/plans/", "/answers/", "/worklist/", "/choices/"),
        *(plan, f"{plan}timeline/", f"{plan}meetings/", f"{plan}deciding/", f"{plan}rounds/", f"{plan}preferences/"),
        *(f"/meetings/{row.public_id}/" for row in (meeting, pulse.meeting)),
        *(f"/meetings/{meeting.public_id}/agenda/", f"/meetings/{meeting.public_id}/prepare/", "/how-meetings-go/"),
        *(f"/rounds/{one.public_id}/", f"/families/{world.family.public_id}/", "/meeting-results/"),
    ]
    people = ("caregiver", "second_caregiver", "natural_support", "facilitator", "liaison", "peer", "lead")

    def seen() -> dict[str, str]:
        found = {}
        with forgotten():
            for name in people:
                browser = signed_in(None, getattr(world, name))
                for path in paths:
                    with forgotten():
                        found[f"{name} {path}"] = CHANGING.sub("", browser.get(path).content.decode())
        return found

    before = seen()
    written(world.youth, meeting, SECRET)
    written(world.youth, meeting, SECRET, "not_there")
    told_of_it(pulse, words=SECRET, reader="nobody")
    after = seen()
    assert [name for name in before if before[name] != after[name]] == []
