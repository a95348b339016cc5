"""What the sender of an unopened message reads, and the page of whoever was told that somebody waits."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from messaging import ladder
from messaging.actions import mark_read
from messaging.models import Participant
from portal.access import Refused
from portal.access import ladder as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.notices import decide
from portal.notices.actions import deliver_due
from portal.notices.models import Delivery, Notice
from portal.programs.actions import end_role
from tests.messaging.climbing import Night, stretch_of
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db]

HEADING = "Someone waits for an answer"


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: object) -> Night:
    settings.EMAIL_URL = f"file://{tmp_path}/email"
    settings.SMS_URL = f"file://{tmp_path}/sms"
    monkeypatch.setattr(decide, "is_quiet", lambda _local: False)
    return Night(monkeypatch)


def talk(world: World, person: Person) -> str:
    page = signed_in(None, person).get(f"/conversations/{world.conversation.public_id}/")
    assert page.status_code == 200
    return page.content.decode()


def waiting_page(world: World) -> str:
    return f"/waiting/{stretch_of(world.peer).public_id}/"


def climbed(world: World, night: Night, **wait: float) -> None:
    """A caregiver wrote, and so much time has passed. On call is the second peer partner."""
    night.on_shift = [world.second_peer_role]
    night.said(world.conversation, world.caregiver, "Please call me about Theo")
    for hours in (0.1, 4, 24):
        if dt.timedelta(hours=hours) < dt.timedelta(**wait):
            night.after(hours=hours)
            deliver_due()
    night.after(**wait)


# -- what the sender reads ---------------------------------------------------------------------------------------------------


def test_the_sender_reads_what_was_done_when_and_what_comes_next(world: World, night: Night) -> None:
    climbed(world, night, hours=1)
    page = talk(world, world.caregiver)
    assert "Joy has not opened this yet." in page
    assert "We sent them an e-mail: " in page
    assert "If that stays so, we tell the person on call: " in page
    night.after(hours=4)
    page = talk(world, world.caregiver)
    assert "We told the person on call: " in page
    assert "If that stays so, we tell the family liaison: " in page
    night.after(hours=24)
    page = talk(world, world.caregiver)
    assert "We told the family liaison: " in page
    assert "If that stays so" not in page


def test_what_is_said_goes_by_what_left_not_by_what_was_planned(world: World, night: Night) -> None:
    night.said(world.conversation, world.caregiver)
    night.after(minutes=5)
    assert "A text or an e-mail goes out: " in talk(world, world.caregiver)
    Delivery.objects.update(state=Delivery.State.FAILED)
    page = talk(world, world.caregiver)
    assert "e-mail goes out" not in page
    assert "We sent" not in page


def test_staff_read_the_same_of_a_family_they_wrote_to(world: World, night: Night) -> None:
    night.said(world.conversation, world.peer)
    assert "Odette has not opened this yet." not in talk(world, world.peer)
    night.after(minutes=1)
    page = talk(world, world.peer)
    assert "Odette has not opened this yet." in page
    assert "A text or an e-mail goes out: " in page
    night.after(minutes=5)
    deliver_due()
    assert "We sent them an e-mail: " in talk(world, world.peer)


def test_it_is_gone_once_the_message_was_opened_and_while_nobody_can_write(world: World, night: Night) -> None:
    climbed(world, night, hours=1)
    type(world.conversation).objects.filter(pk=world.conversation.pk).update(state="paused")
    assert "has not opened this" not in talk(world, world.caregiver)
    type(world.conversation).objects.filter(pk=world.conversation.pk).update(state="active")
    assert "has not opened this" in talk(world, world.caregiver)
    mark_read(person=world.peer, conversation=world.conversation, seq=1)
    assert "has not opened this" not in talk(world, world.caregiver)


def test_of_two_of_the_family_neither_learns_what_the_other_has_not_opened(world: World, night: Night) -> None:
    Participant.objects.create(conversation=world.conversation, person=world.second_caregiver)
    night.said(world.conversation, world.caregiver)
    night.after(minutes=10)
    deliver_due()
    page = talk(world, world.caregiver)
    assert "Joy has not opened this yet." in page
    assert "Lucien has not" not in page
    assert "has not opened this" not in talk(world, world.second_caregiver)  # who wrote nothing


def test_who_has_nothing_unopened_costs_no_question(world: World, night: Night) -> None:
    seq = night.said(world.conversation, world.caregiver)
    night.after(minutes=10)
    mark_read(person=world.peer, conversation=world.conversation, seq=seq)
    talk(world, world.caregiver)
    with CaptureQueriesContext(connection) as asked:
        talk(world, world.caregiver)
    assert not any("unreadstretch" in query["sql"] for query in asked.captured_queries)


def test_the_open_page_gets_the_lines_alone_and_an_outsider_nothing(world: World, night: Night) -> None:
    climbed(world, night, hours=1)
    path = f"/conversations/{world.conversation.public_id}/ladder/"
    answer = signed_in(None, world.caregiver).get(path)
    assert "Joy has not opened this yet." in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "has not opened" not in signed_in(None, world.peer).get(path).content.decode()
    assert signed_in(None, world.second_caregiver).get(path).status_code == 404
    assert signed_in(None, world.second_peer).get(path).status_code == 404  # on call reads no conversation


# -- the page of who was told ---------------------------------------------------------------------------------------------------


def test_who_is_on_call_learns_who_waits_and_how_to_reach_them_and_never_what_was_written(
    world: World, night: Night
) -> None:
    Person.objects.filter(pk=world.caregiver.pk).update(phone="+15045550142")
    climbed(world, night, hours=5)
    page = signed_in(None, world.second_peer).get(waiting_page(world)).content.decode()
    assert HEADING in page
    for shown in ("Odette Marchand", "tel:+15045550142", "odette.marchand@example.org", "Joy Landrieu", "English"):
        assert shown in page
    assert "Please call me" not in page
    seen = Entry.objects.get(subject="waiting", verb=Entry.Verb.VIEWED)
    assert (seen.actor, seen.actor_role) == (world.second_peer, "peer_partner")


def test_nobody_else_finds_that_page(world: World, night: Night) -> None:
    climbed(world, night, hours=5)
    path = waiting_page(world)
    others = (
        "caregiver",
        "second_caregiver",
        "peer",
        "liaison",
        "supervisor",
        "facilitator",
        "stranger_liaison",
        "lead",
    )
    for name in others:  # the liaisons have not been told yet
        assert signed_in(None, getattr(world, name)).get(path).status_code == 404, name
    night.after(hours=24)
    for name in ("supervisor", "liaison"):
        assert signed_in(None, getattr(world, name)).get(path).status_code == 200, name
    for name in ("caregiver", "second_caregiver", "peer", "facilitator", "stranger_liaison", "lead", "mentor"):
        assert signed_in(None, getattr(world, name)).get(path).status_code == 404, name
    end_role(actor=None, role=world.second_peer_role)
    assert not access.visible_waits(world.second_peer).exists()
    Person.objects.filter(pk=world.supervisor.pk).update(is_active=False)
    world.supervisor.refresh_from_db()
    assert not access.visible_waits(world.supervisor).exists()


def test_i_called_them_is_read_by_the_sender_and_stops_the_ladder(world: World, night: Night) -> None:
    climbed(world, night, hours=5)
    path = waiting_page(world)
    browser = signed_in(None, world.second_peer)
    assert browser.post(f"{path}called/").status_code == 302
    page = browser.get(path).content.decode()
    assert "Thank you." in page
    assert "I called them" not in page
    assert "Marcus Hebertson called them: " in page
    page = talk(world, world.caregiver)
    assert "Marcus from the team is on it: " in page
    assert "If that stays so" not in page
    assert night.after(hours=25) == 0
    assert not Notice.objects.filter(kind=Notice.Kind.MESSAGE_WAITS, read_at=None).exists()
    night.said(world.conversation, world.caregiver, "Still there?")
    assert night.after(hours=60) == 0  # the same stretch: somebody is on it
    assert Entry.objects.filter(subject="waiting", verb=Entry.Verb.CHANGED, actor=world.second_peer).count() == 1


def test_the_second_who_calls_changes_nothing(world: World, night: Night) -> None:
    climbed(world, night, hours=25)
    path = waiting_page(world)
    signed_in(None, world.second_peer).post(f"{path}called/")
    browser = signed_in(None, world.supervisor)
    assert browser.post(f"{path}called/").status_code == 302
    assert "Thank you." not in browser.get(path).content.decode()
    stretch = stretch_of(world.peer)
    assert stretch.called_by == world.second_peer_role
    with pytest.raises(Refused):
        ladder.note_call(actor=world.caregiver, stretch=stretch)
    with pytest.raises(Refused):
        ladder.record_look(actor=world.peer, stretch=stretch)


def test_a_liaison_who_was_not_named_takes_care_of_it_as_a_liaison(world: World, night: Night) -> None:
    climbed(world, night, hours=25)
    signed_in(None, world.liaison).post(f"{waiting_page(world)}called/")
    assert stretch_of(world.peer).called_by == world.liaison_role


def test_once_it_was_opened_the_page_says_so_and_shows_no_address(world: World, night: Night) -> None:
    climbed(world, night, hours=5)
    path = waiting_page(world)
    mark_read(person=world.peer, conversation=world.conversation, seq=1)
    page = signed_in(None, world.second_peer).get(path).content.decode()
    assert "Nobody waits here any more" in page
    assert "odette.marchand@example.org" not in page
    assert not Notice.objects.filter(person=world.second_peer, read_at=None, kind="message_waits").exists()


def test_the_family_reads_in_its_record_who_looked_and_another_caregiver_does_not(world: World, night: Night) -> None:
    climbed(world, night, hours=5)
    signed_in(None, world.second_peer).get(waiting_page(world))
    path = "/record/"
    told = signed_in(None, world.caregiver).get(path)
    assert "looked at how to reach you, because your message waited" in told.content.decode()
    other = signed_in(None, world.second_caregiver).get(path).content.decode()
    assert "message" not in other.split("<main", 1)[1].split("</main>", 1)[0]
