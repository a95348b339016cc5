"""From files to what they say in our words. Asks no database: what is known already is for the action to find out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from portal.care.fhir import around, items, people, plans
from portal.care.fhir.brought import Brought, Youth
from portal.care.fhir.context import Context, Refusal
from portal.care.fhir.node import Unusable
from portal.care.fhir.reading import Files, Key, Resource

TAKEN: Final[dict[str, Callable[[Context, Resource], None]]] = {
    "Patient": people.patient,
    "RelatedPerson": people.related,
    "CarePlan": plans.care_plan,
    "Goal": items.goal,
    "ServiceRequest": items.service,
    "Task": items.task,
    "Basic": items.basic,
    "CareTeam": around.care_team,
    "Appointment": around.appointment,
    "Consent": around.consent,
}
# Read for the names in them, where something that is taken refers to them.
LOOKED_UP: Final = frozenset({"Practitioner", "PractitionerRole", "Organization", "Location"})


def incoming(files: Files, today: dt.date) -> Brought:
    """Raises Unusable where nothing of it may be taken."""
    context = Context(files, today)
    context.brought.not_taken += files.skipped
    for kind, take in TAKEN.items():
        for resource in files.of(kind):
            try:
                take(context, resource)
            except Refusal as refusal:
                context.refuse(resource, str(refusal))
    for resource in files.every:
        if resource.kind not in TAKEN and resource.kind not in LOOKED_UP:
            context.brought.not_taken[resource.kind] += 1
    _check_twice(context.brought.youths)
    _only_named(context)
    return context.brought


def _check_twice(youths: list[Youth]) -> None:
    """One identifier belongs to one person."""
    holder: dict[Key, Youth] = {}
    for youth in youths:
        for key in youth.keys:
            other = holder.setdefault(key, youth)
            if other is not youth:
                raise Unusable(
                    f"{other.where} and {youth.where} have the same identifier ({key.system}, {key.id}): "
                    "two people cannot share one. Correct the file and try again."
                )


def _only_named(context: Context) -> None:
    """Young people others are about, whose own record is in none of the files."""
    known = {key for youth in context.brought.youths for key in youth.keys}
    for key, where in context.named.items():
        if key not in known:
            context.brought.youths.append(Youth(keys=[key], name=context.display(key), where=where))
