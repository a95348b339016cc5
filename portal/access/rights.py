"""Whose rights are shown to whom, what each person said of them, and what of it is only counted."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from portal.access import people
from portal.accounts.models import Person
from portal.families.models import Member
from portal.programs.models import Program
from rights_grievances.models import RightAnswer, RightsShown

IN_FAMILY = (Member.Role.YOUTH, Member.Role.CAREGIVER)


def program_of_rights(person: Person) -> Program | None:
    """The programme whose rights are theirs: that of their family. Staff and natural supports read them as anybody does."""
    if not person.is_active:
        return None
    place = people.memberships(person).filter(role__in=IN_FAMILY).first()
    return place.family.program if place is not None else None


def may_answer(person: Person, program: Program, right: str) -> bool:
    """Say whether a right of one's own programme was respected."""
    own = program_of_rights(person)
    return own is not None and own.pk == program.pk and right in {one.id for one in program.profile.rights}


def own_shown(person: Person) -> QuerySet[RightsShown]:
    """What this person was shown, the newest first. Nobody else reads it."""
    return RightsShown.objects.filter(person=person).select_related("program").order_by("-shown_at", "pk")


def own_answers(person: Person) -> QuerySet[RightAnswer]:
    """What this person said to "was this respected?", the newest first. Nobody else reads it."""
    return RightAnswer.objects.filter(person=person).order_by("-at", "-pk")


def last_answers(person: Person, program: Program) -> dict[str, str]:
    """By right, the last word."""
    return {one.right: one.answer for one in own_answers(person).filter(program=program).order_by("at", "pk")}


def people_shown(program: Program, since: dt.datetime) -> int:
    """How many people saw their rights since then, a number without names; who skipped them did not."""
    rows = RightsShown.objects.filter(program=program, shown_at__gte=since, was_skipped=False)
    return rows.values("person").distinct().count()
