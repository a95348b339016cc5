"""Several workers at once, each with its own connection: everything leaves, and nothing leaves twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from portal.accounts import actions as accounts
from portal.notices import actions
from portal.notices.models import Delivery, Notice
from tests.notices.conftest import Mailbox


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("by_day")
def test_four_workers_send_each_message_once(mailbox: Mailbox) -> None:
    for number in range(20):
        person = accounts.create_person(display_name=f"Ana {number}", email=f"ana{number}@example.org")
        actions.notify(person=person, kind=Notice.Kind.MESSAGE, path="/", about="conversation:1")
    Delivery.objects.update(due_at=timezone.now())

    def work(_worker: int) -> int:
        try:
            return actions.deliver_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        sent = sum(workers.map(work, range(4)))
    assert sent == 20
    assert sorted(mail["to"] for mail in mailbox.mails) == sorted(f"ana{number}@example.org" for number in range(20))
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.SENT}
