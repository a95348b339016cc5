"""Loading who is signed in: in one query, with whether they work here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.accounts.addresses import Address
from portal.accounts.models import Person
from portal.prepared import SOME_TIME, Prepared


def _holding_a_role(now: dt.datetime) -> QuerySet[Person]:
    """People with a staff role in force, asked through the reverse relation: programmes stand above accounts."""
    return Person.objects.filter(
        Q(staff_roles__ended_at=None) | Q(staff_roles__ended_at__gt=now), staff_roles__started_at__lte=now
    )


def _active(person: int, now: dt.datetime) -> QuerySet[Any, Any]:
    return (
        Person.objects.annotate(works_here=Exists(_holding_a_role(now).filter(pk=OuterRef("pk"))))
        .filter(pk=person, is_active=True)
        .values_list("works_here", *FIELDS)
    )


FIELDS = [field.attname for field in Person._meta.concrete_fields]
_ACTIVE = Prepared(_active, person=-1, now=SOME_TIME)


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Nobody has a password, so nobody is authenticated here: a session's person is only loaded."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: Any) -> Person | None:
        """The active person, with `works_here`; None ends the session's hold at the next request."""
        for works_here, *fields in _ACTIVE.rows(person=int(user_id), now=timezone.now()):
            person = Person.from_db("default", FIELDS, fields)
            person.works_here = works_here  # type: ignore[attr-defined]
            return person
        return None


def works_here(person: Person) -> bool:
    """Whether a staff role is in force: as loaded with the session, asked anew for a person loaded otherwise."""
    loaded: bool | None = getattr(person, "works_here", None)
    return _holding_a_role(timezone.now()).filter(pk=person.pk).exists() if loaded is None else loaded


def person_at(address: Address) -> Person | None:
    """The active person with that address. One query, found or not."""
    return Person.objects.filter(**{address.kind: address.text}, is_active=True).first()
