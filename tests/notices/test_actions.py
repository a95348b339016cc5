"""Telling people once, by the ways they chose, and sending what is due exactly as often as it must be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from portal import live
from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.notices import actions, channels, decide
from portal.notices.channels import CannotSend
from portal.notices.models import Delivery, Notice
from tests.notices.conftest import Mailbox

State = Delivery.State
Kind = Notice.Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_day")]


@pytest.fixture
def rosa() -> Person:
    return accounts.create_person(
        display_name="Rosa Delgado",
        language="es",
        email="rosa@example.org",
        phone="+15045550142",
        is_adult_confirmed=True,
        texts_wanted=True,
    )


def tell(person: Person, kind: str = Kind.MESSAGE, about: str = "conversation:1") -> None:
    actions.notify(person=person, kind=kind, path="/conversations/1/", about=about)


def make_due() -> None:
    Delivery.objects.filter(state=State.WAITING).update(due_at=timezone.now())


def states() -> dict[str, str]:
    return dict(Delivery.objects.values_list("channel", "state"))


def test_what_is_told_leaves_by_mail_and_text_at_once(rosa: Person, mailbox: Mailbox) -> None:
    tell(rosa)
    waits = {delivery.due_at - delivery.notice.created_at for delivery in Delivery.objects.select_related("notice")}
    assert waits == {dt.timedelta()}
    assert actions.deliver_due() == 2
    assert states() == {"email": "sent", "sms": "sent"}
    assert actions.deliver_due() == 0
    assert len(mailbox.mails) == len(mailbox.texts) == 1


def test_what_leaves_carries_no_name_no_content_no_role_and_only_the_front_door(
    rosa: Person, mailbox: Mailbox, settings: Settings
) -> None:
    settings.SITE_URL = "https://porch.example.org/"
    Person.objects.filter(pk=rosa.pk).update(language="en")
    for number, kind in enumerate(Kind):
        tell(Person.objects.get(pk=rosa.pk), kind, f"thing:{number}")
    make_due()
    actions.deliver_due()
    everything = str(mailbox.mails + mailbox.texts).replace(str(mailbox.mails[0]["to"]), "")
    assert "https://porch.example.org/" in everything
    for word in ("Rosa", "Delgado", "/conversations/", "peer", "family", "liaison", "someone for you", "said yes"):
        assert word not in everything
    assert mailbox.mails[0]["subject"] == "You have a message."
    assert mailbox.texts[0]["text"].startswith("Porch: You have a message. Sign in: https://porch.example.org/")
    assert "STOP" in mailbox.texts[0]["text"]


def test_the_same_thing_is_told_once_while_it_is_unread(
    rosa: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tell(rosa)
    with django_assert_num_queries(3):  # one question, between the two ends of a savepoint
        tell(rosa)
    tell(rosa, about="conversation:2")
    assert Notice.objects.count() == 2
    actions.mark_read(person=rosa, about="conversation:1")
    tell(rosa)
    assert Notice.objects.filter(about="conversation:1").count() == 2


def test_two_who_tell_the_same_at_the_same_moment_tell_it_once(rosa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(rosa)

    class Unseen:
        def exists(self) -> bool:
            return False

    monkeypatch.setattr(Notice.objects, "filter", lambda **_fields: Unseen())
    tell(rosa)
    monkeypatch.undo()
    assert Notice.objects.count() == 1
    assert Delivery.objects.count() == 2


def test_several_are_told_the_same_thing_each_once_also_at_the_same_moment(
    rosa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = accounts.create_person(
        display_name="Sam Lee", language="en", email="sam@example.org", is_adult_confirmed=True
    )
    told = [(rosa, "/owed/"), (sam, "/worklist/")]
    tell(rosa, Kind.CLOCK_MISSED, "clock:1")
    for _time in range(2):
        actions.notify_all(told=told, kind=Kind.CLOCK_MISSED, about="clock:1")
    assert sorted(Notice.objects.values_list("person", "path")) == [
        (rosa.pk, "/conversations/1/"),
        (sam.pk, "/worklist/"),
    ]

    def taken(_rows: Any) -> None:
        raise IntegrityError("told_once")

    monkeypatch.setattr(Notice.objects, "bulk_create", taken)
    actions.notify_all(told=told, kind=Kind.CLOCK_MISSED, about="clock:2")
    assert Notice.objects.filter(about="clock:2").count() == 2
    assert Delivery.objects.filter(notice__about="clock:2").count() == 3


def test_reading_it_drops_what_has_not_left(rosa: Person, mailbox: Mailbox) -> None:
    tell(rosa)
    tell(rosa, about="conversation:2")
    actions.mark_read(person=rosa, about="conversation:1")
    make_due()
    assert actions.deliver_due() == 2
    assert Delivery.objects.filter(notice__about="conversation:1", state=State.DROPPED).count() == 2
    actions.mark_all_read(person=rosa)
    assert not Notice.objects.filter(read_at=None).exists()


def test_reading_touches_nobody_elses_notices(rosa: Person) -> None:
    other = accounts.create_person(display_name="Ana", email="ana@example.org")
    tell(rosa)
    tell(other)
    actions.mark_read(person=rosa, about="conversation:1")
    assert Notice.objects.get(person=other).read_at is None


def test_somebody_with_the_page_open_gets_nothing_at_once_and_a_mail_if_it_stays_unread(
    rosa: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "has_open_page", lambda pk: pk == rosa.pk)
    tell(rosa)
    waits = {delivery.due_at - delivery.notice.created_at for delivery in Delivery.objects.select_related("notice")}
    assert waits == {actions.OPEN_PAGE_WAIT}
    make_due()
    assert actions.deliver_due() == 2


def test_nobody_who_did_not_say_yes_is_texted(mailbox: Mailbox) -> None:
    silent = accounts.create_person(display_name="Ana", email="ana@example.org", phone="+15045550143")
    tell(silent)
    make_due()
    actions.deliver_due()
    assert mailbox.texts == []
    assert len(mailbox.mails) == 1


def test_a_stop_counts_to_the_last_moment(rosa: Person, mailbox: Mailbox) -> None:
    tell(rosa)
    make_due()
    actions.answer_text(phone=rosa.phone or "", text="STOP")
    assert actions.deliver_due() == 1
    assert states() == {"email": "sent", "sms": "dropped"}
    assert mailbox.texts == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": None, "phone": None}])
def test_an_account_that_ended_or_lost_its_address_gets_nothing(
    rosa: Person, mailbox: Mailbox, change: dict[str, Any]
) -> None:
    tell(rosa)
    make_due()
    Person.objects.filter(pk=rosa.pk).update(**change)
    assert actions.deliver_due() == 0
    assert states() == {"email": "dropped", "sms": "dropped"}


def test_a_text_waits_for_the_morning_and_a_mail_does_not(
    rosa: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = timezone.now() + dt.timedelta(hours=9)
    monkeypatch.setattr(decide, "is_quiet", lambda _local: True)
    monkeypatch.setattr(decide, "quiet_ends", lambda _local: morning)
    tell(rosa)
    make_due()
    assert actions.deliver_due() == 1
    text = Delivery.objects.get(channel="sms")
    assert (text.state, text.attempts, text.due_at) == (State.WAITING, 0, morning)


def test_after_an_outage_nobody_is_flooded_with_old_news(rosa: Person, mailbox: Mailbox) -> None:
    tell(rosa)
    make_due()
    Notice.objects.update(created_at=timezone.now() - dt.timedelta(days=4))
    assert actions.deliver_due() == 0
    assert states() == {"email": "dropped", "sms": "dropped"}


def test_what_cannot_be_sent_is_tried_again_after_1_5_and_30_minutes_and_then_failed(
    rosa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: str) -> None:
        raise CannotSend("The mail server is away.")

    monkeypatch.setattr(channels, "send_email", refuse)
    Person.objects.filter(pk=rosa.pk).update(texts_wanted=False)
    tell(Person.objects.get(pk=rosa.pk))
    waits = []
    for _attempt in range(3):
        make_due()
        before = timezone.now()
        assert actions.deliver_due() == 0
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.problem) == (State.WAITING, "The mail server is away.")
        waits.append(round((delivery.due_at - before).total_seconds() / 60))
    assert waits == [1, 5, 30]
    make_due()
    actions.deliver_due()
    assert states() == {"email": "failed"}
    make_due()
    assert actions.deliver_due() == 0


def test_one_that_fails_does_not_keep_the_others(rosa: Person, mailbox: Mailbox, settings: Settings) -> None:
    settings.EMAIL_URL = "file:///proc/nowhere"
    tell(rosa)
    make_due()
    assert actions.deliver_due() == 1
    assert states() == {"email": "waiting", "sms": "sent"}


def test_two_workers_with_the_same_list_send_each_row_once(rosa: Person, mailbox: Mailbox) -> None:
    tell(rosa)
    make_due()
    seen_by_both = list(Delivery.objects.all())
    assert [actions._claim(delivery) for delivery in seen_by_both] == [True, True]
    again = [Delivery(pk=row.pk, state=State.WAITING, attempts=0) for row in seen_by_both]
    assert [actions._claim(delivery) for delivery in again] == [False, False]
    assert actions.deliver_due() == 0  # taken, and not long ago


def test_a_row_whose_worker_died_is_taken_again_after_five_minutes(rosa: Person, mailbox: Mailbox) -> None:
    tell(rosa)
    make_due()
    for delivery in Delivery.objects.all():
        actions._claim(delivery)
    assert actions.deliver_due() == 0
    Delivery.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=5, seconds=1))
    assert actions.deliver_due() == 2


def test_a_row_that_every_worker_dies_on_is_failed_in_the_end(rosa: Person, mailbox: Mailbox) -> None:
    tell(rosa)
    Delivery.objects.update(
        state=State.SENDING, attempts=4, claimed_at=timezone.now() - dt.timedelta(minutes=6), due_at=timezone.now()
    )
    assert actions.deliver_due() == 0
    assert states() == {"email": "failed", "sms": "failed"}
    assert mailbox.mails == []


def test_a_worker_that_was_too_slow_does_not_write_over_the_next_ones_result(rosa: Person, mailbox: Mailbox) -> None:
    tell(rosa)
    slow = Delivery.objects.get(channel="email")
    actions._claim(slow)
    Delivery.objects.filter(pk=slow.pk).update(claimed_at=timezone.now() + dt.timedelta(seconds=1))
    actions._try_again(slow, slow.notice, "too late")
    assert Delivery.objects.get(pk=slow.pk).state == State.SENDING


def test_at_most_so_many_leave_in_one_go_the_oldest_first(rosa: Person, mailbox: Mailbox) -> None:
    for number in range(3):
        tell(rosa, about=f"conversation:{number}")
    make_due()
    assert actions.deliver_due(limit=4) == 4
    assert actions.deliver_due(limit=4) == 2
