"""No case without somebody who answers for it and a next date: looked at each night, and the leads are told."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction

from portal.access import enrollment as access
from portal.enrollment.models import CaseCheck, Decision, Enrollment, today_of
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.programs.models import Program
from portal.programs.registry import profiles

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gap:
    """A case that somebody could fall through."""

    case: Enrollment | Decision
    has_owner: bool
    has_date: bool

    @property
    def is_enrollment(self) -> bool:
        return isinstance(self.case, Enrollment)


def without_owner_or_date(program: Program | None = None) -> list[Gap]:
    """Open enrollments, and decisions that wait for the agencies or for a first day, that lack one of the two.

    An owner who left, or was taken off the family, is none; a date that has passed is none.
    """
    enrollments, decisions = access.open_enrollments(), access.unsettled_decisions()
    if program is not None:
        enrollments = enrollments.filter(family__program=program)
        decisions = decisions.filter(family__program=program)
    found = [Gap(one, one.has_owner, one.next_review_on >= today_of(one.family)) for one in enrollments]
    found += [Gap(one, one.has_owner, one.meets_on >= today_of(one.family)) for one in decisions]
    return [gap for gap in found if not (gap.has_owner and gap.has_date)]


def check_cases() -> int:
    """The nightly look: once for each programme and day, by whichever worker is first; how many cases lack something."""
    return sum(_check(program) for program in Program.objects.filter(slug__in=profiles()).order_by("pk"))


@transaction.atomic
def _check(program: Program) -> int:
    check, is_new = CaseCheck.objects.get_or_create(program=program, on=program.today())
    if not is_new:
        return 0
    gaps = without_owner_or_date(program)
    CaseCheck.objects.filter(pk=check.pk).update(found=len(gaps))
    leads = list(access.leads_of(program)) if gaps else []
    if gaps and not leads:
        logger.error("%s: %s cases lack somebody or a date, and nobody leads it who could be told", program, len(gaps))
    for lead in leads:
        notify(person=lead, kind=Notice.Kind.CLOCK_MISSED, path="/cases/", about=f"cases:{program.pk}:{check.on}")
    return len(gaps)
