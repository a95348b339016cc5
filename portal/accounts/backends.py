"""Loading who is signed in: in one query, with whether they work here."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.accounts.addresses import Address
from portal.accounts.models import Person


def _holding_a_role() -> QuerySet[Person]:
    """People with a staff role in force, asked through the reverse relation: programmes stand above accounts."""
    now = timezone.now()
    return Person.objects.filter(
        Q(staff_roles__ended_at=None) | Q(staff_roles__ended_at__gt=now), staff_roles__started_at__lte=now
    )


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Nobody has a password, so nobody is authenticated here: a session's person is only loaded."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: Any) -> Person | None:
        """The active person, with `works_here`; None ends the session's hold at the next request."""
        return (
            Person.objects.annotate(works_here=Exists(_holding_a_role().filter(pk=OuterRef("pk"))))
            .filter(pk=user_id, is_active=True)
            .first()
        )


def works_here(person: Person) -> bool:
    """Whether a staff role is in force: as loaded with the session, asked anew for a person loaded otherwise."""
    loaded: bool | None = getattr(person, "works_here", None)
    return _holding_a_role().filter(pk=person.pk).exists() if loaded is None else loaded


def person_at(address: Address) -> Person | None:
    """The active person with that address. One query, found or not."""
    return Person.objects.filter(**{address.kind: address.text}, is_active=True).first()
