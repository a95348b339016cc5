"""What everybody in a programme gets and one family does not have yet: somebody is told once, and the family reads it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.access import enrollment as access
from portal.access import objectives
from portal.enrollment.models import Enrollment
from portal.notices.actions import notify
from portal.notices.models import Notice


def check_basics() -> int:
    """For each open case in which something is still missing after its days: how many were told of now."""
    waiting = Enrollment.objects.filter(ended_at=None, basics_told_at=None)
    late = [one for one in objectives.basics_of(waiting, only_lacking=True) if one.is_late]
    return sum(_tell(one) for one in late)


@transaction.atomic
def _tell(basics: objectives.Basics) -> bool:
    """Whoever answers for the case, or who leads the programme where nobody does; and those of the family who see it."""
    case = basics.enrollment
    if not Enrollment.objects.filter(pk=case.pk, basics_told_at=None).update(basics_told_at=timezone.now()):
        return False
    page = reverse("enrollment_show", args=[case.public_id])
    about = f"basics:{case.public_id}"
    owner = access.owner_of(case)
    own = [member.person for member in access.own_people(case).select_related("person")]
    for person in [*([owner] if owner else []), *(one for one in own if access.may_see(one, case))]:
        notify(person=person, kind=Notice.Kind.CLOCK_MISSED, path=page, about=about)
    for lead in (
        [] if owner else access.leads_of(case.family.program)
    ):  # they see no family: only that a case lacks somebody
        notify(person=lead, kind=Notice.Kind.CLOCK_MISSED, path=reverse("case_list"), about=about)
    return True
