"""What only the demo may do: come in as an invented person, with the second step taken for them."""

from __future__ import annotations

from typing import Any

from django_otp.plugins.otp_static.models import StaticDevice

from portal.accounts import stay
from portal.accounts.backends import works_here
from portal.accounts.models import Person
from portal.demo import cast


def person_of(slug: str) -> Person | None:
    """An invented person of the cast; nobody at all in a database that holds people the demo did not make."""
    if Person.objects.filter(is_demo=False).exists():
        return None
    return Person.objects.filter(public_id=cast.id_of(slug), is_demo=True).first()


def take_second_step(*, person: Person, session: Any) -> None:
    if works_here(person):
        device, _created = StaticDevice.objects.get_or_create(user=person, name="demo")
        stay.note_second_step(session, device)
