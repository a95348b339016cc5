"""Phones and computers on whose screens notices may show: adding one, taking it away, and reaching those of one person.

Called below the other actions, because coming in and leaving end what a device had.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import push
from portal.notices.channels import CannotSend
from portal.notices.models import PushSubscription

logger = logging.getLogger(__name__)

# A phone, a tablet, a computer at work; more than that are old ones that nobody took away.
MOST = 5


def is_reachable(person: Person) -> bool:
    return push.is_on() and PushSubscription.objects.filter(person=person).exists()


@transaction.atomic
def subscribe(*, person: Person, device: str, where: Mapping[str, str]) -> None:
    """This device may show this person's notices. Whoever had the same address or device before has it no more.

    Of more than `MOST` the oldest goes. `where` has passed `PushForm`.
    """
    endpoint_hash, device_hash = (PushSubscription.hash_of(text) for text in (where["endpoint"], device))
    PushSubscription.objects.filter(endpoint_hash=endpoint_hash).delete()
    PushSubscription.objects.filter(device_hash=device_hash).delete()
    try:
        with transaction.atomic():
            PushSubscription.objects.create(
                person=person,
                endpoint_hash=endpoint_hash,
                device_hash=device_hash,
                sealed=PushSubscription.seal(where),
            )
    except IntegrityError:  # the same page, twice at the same moment
        return
    kept = PushSubscription.objects.filter(person=person).order_by("-made_at", "-pk").values_list("pk", flat=True)
    PushSubscription.objects.filter(pk__in=list(kept[MOST:])).delete()
    record(actor=person, verb=Entry.Verb.CREATED, subject="phone_notices", subject_id=person.public_id)


def is_known(*, person: Person, endpoint: str) -> bool:
    return PushSubscription.objects.filter(person=person, endpoint_hash=PushSubscription.hash_of(endpoint)).exists()


@transaction.atomic
def remove(*, person: Person, public_id: str) -> bool:
    """One of the person's own, by its public id; False where there is none."""
    return _remove(person, PushSubscription.objects.filter(person=person, public_id=public_id).delete()[0])


@transaction.atomic
def forget_device(*, person: Person | None, device: str) -> None:
    """Nothing shows on this device any more, whoever's it was."""
    device_hash = PushSubscription.hash_of(device)
    _remove(person, PushSubscription.objects.filter(device_hash=device_hash).delete()[0])


def _remove(person: Person | None, removed: int) -> bool:
    if removed:
        subject_id = person.public_id if person is not None else ""
        record(actor=person, verb=Entry.Verb.ENDED, subject="phone_notices", subject_id=subject_id)
    return bool(removed)


def show(person: Person, said: Mapping[str, object], *, device: str | None = None) -> None:
    """Send to all of the person's phones, or to one device. One that took it is enough; what a service does not know is removed.

    Not atomic: it waits for other people's servers. Raises push.Gone where no phone is left, CannotSend where none took it.
    """
    phones = PushSubscription.objects.filter(person=person).order_by("pk")
    if device is not None:
        phones = phones.filter(device_hash=PushSubscription.hash_of(device))
    is_shown = False
    problem: CannotSend = push.Gone("No phone is left that would show it.")
    for phone in phones:
        try:
            push.send(phone.where, said)
        except push.Gone:
            phone.delete()
        except CannotSend as error:
            problem = error
        else:
            is_shown = True
            PushSubscription.objects.filter(pk=phone.pk).update(last_ok_at=timezone.now())
    if not is_shown:
        raise problem


def rewrap_phones() -> int:
    """After a key rotation: every phone's address under today's first key; gives the count."""
    count = 0
    for pk in PushSubscription.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            phone = PushSubscription.objects.select_for_update().filter(pk=pk).first()
            if phone is not None:
                phone.sealed = PushSubscription.seal(phone.where)
                phone.save(update_fields=["sealed"])
                count += 1
    return count
