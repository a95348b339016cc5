"""Cases for tests, told through the same action that pages use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.clocks.models import Clock
from portal.programs import actions as programs
from portal.programs.models import Organization, StaffRole
from rights_grievances import actions
from rights_grievances.models import Case, Letter
from tests.world import World, _person

WORDS = "Nobody has called us back for three weeks."


def tell(world: World, **said: Any) -> Case:
    """The caregiver tells us of something; whatever is said otherwise replaces it."""
    told: dict[str, Any] = {
        "program": world.program,
        "words": WORDS,
        "filed_as": Case.FiledAs.CAREGIVER,
        "way": Case.Way.PAGE,
        "language": "en",
        "filed_by": world.caregiver,
        "family": world.family,
        "youth": world.youth_member,
    }
    return actions.file_case(**(told | said))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def clock_of(case: Case, rule: str) -> Clock:
    return Clock.objects.get(subject="grievance", subject_id=str(case.public_id), rule_id=rule)


def rules_running(case: Case) -> set[str]:
    return set(
        Clock.objects.filter(subject="grievance", subject_id=str(case.public_id)).values_list("rule_id", flat=True)
    )


def hire(
    world: World,
    name: str,
    role: StaffRole.Role,
    *,
    organization: str = "governance",
    supervisor: StaffRole | None = None,
    is_clinician: bool = False,
) -> StaffRole:
    """One more person who works for the programme."""
    made = programs.appoint(
        actor=None,
        person=_person(world.program, name),
        organization=Organization.objects.get(program=world.program, slug=organization),
        role=role,
        supervisor=supervisor,
    )
    if is_clinician:
        StaffRole.objects.filter(pk=made.pk).update(is_clinician=True)
        made.refresh_from_db()
    return made


def sent_letter(case: Case, kind: str = Letter.Kind.EXTENSION, at: dt.datetime | None = None) -> Letter:
    """A letter of that kind that has left the house."""
    from django.utils import timezone

    letter = Letter(case=case, kind=kind, language="en", wanted_language="en", way=Letter.Way.SITE)
    letter.fields, letter.html = "{}", "<p>letter</p>"
    letter.sent_at = at or timezone.now()
    letter.dated_on = letter.sent_at.date()
    letter.save()
    return letter
