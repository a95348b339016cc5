"""What a young person reads after one tap: who sees it and who does not, by name, and when somebody comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from portal.access import concerns as access
from portal.access import on_call
from portal.safety import words

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole


def of(person: Person) -> dict[str, Any]:
    concern, now = access.open_unsafe(person), timezone.now()
    about = list(concern.about.values_list("pk", flat=True)) if concern is not None else []
    seen_by = access.unsafe_seen_by(person, about)
    here = [role for role in seen_by if _is_on_call(role)]
    context = {"concern": concern, "seen_by": seen_by, "on_call": here[:1], "is_mistake": False, "next_at": ""}
    place = access.young_places(person).first()
    if place is None:
        return context
    organization = concern.organization if concern is not None else access.organization_of(place)
    settings = organization.program.profile.settings.escalation
    coming = access.next_on_call(organization, now)
    if not here and coming is not None and coming > now:
        context["next_at"] = words.moment(coming, on_call.zone_of(organization))
    if concern is not None:
        context["is_mistake"] = concern.notes.filter(kind="mistake").exists()
    return context | {"minutes": settings.supervisor_minutes, "others": [one for one in seen_by if one not in here[:1]]}


def _is_on_call(role: StaffRole) -> bool:
    return any(one.pk == role.pk for one in on_call.on_call_now(role.organization, timezone.now()))


def could_be_about(person: Person) -> list[Person]:
    """Whom they may tick by name: who talks with them, and who would see it."""
    helpers = [role.person for role in access.helpers_of(person)]
    return list(dict.fromkeys([*helpers, *(role.person for role in access.unsafe_seen_by(person))]))
