"""Checks and trainings that end soon: their owner and who leads them are told some days before, each time once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from peer_support.models import Credential
from portal.access import peers as access
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.programs.models import Program, StaffRole
from portal.programs.registry import profiles

ENDED = 0  # what is told on the first day on which it no longer holds


def warn_expiring() -> int:
    """Tell of every check and training whose next warning has come; gives how many were told of.

    Any number of workers may run it, at any time: each takes a row by a conditional update, and after an outage only the
    warning that still fits is given.
    """
    return sum(_warn(program) for program in Program.objects.filter(slug__in=profiles()).order_by("pk"))


def _warn(program: Program) -> int:
    today = program.today()
    marks = sorted({*program.profile.settings.credential_warnings.days, ENDED})
    return sum(_tell(credential, marks, today) for credential in _due(program, marks, today))


def _due(program: Program, marks: list[int], today: dt.date) -> QuerySet[Credential]:
    """Those in force that nobody was told of since their last mark was reached."""
    reached = Q()
    for mark in marks:
        unsaid = Q(warned_at_days=None) | Q(warned_at_days__gt=mark)
        reached |= Q(expires_on__lte=_last_day_at(mark, today)) & unsaid
    return Credential.objects.filter(
        reached,
        StaffRole.in_force(timezone.now(), "staff_role__"),
        staff_role__organization__program=program,
        withdrawn_at=None,
    ).select_related("staff_role__person", "staff_role__organization", "staff_role__supervisor__person")


def _last_day_at(mark: int, today: dt.date) -> dt.date:
    """The last day of a credential that reaches that mark today; one that ended yesterday is over."""
    return today + dt.timedelta(days=mark) if mark else today - dt.timedelta(days=1)


@transaction.atomic
def _tell(credential: Credential, marks: list[int], today: dt.date) -> int:
    assert credential.expires_on is not None  # noqa: S101 asked for by date
    mark = next(one for one in marks if credential.expires_on <= _last_day_at(one, today))
    still_unsaid = Q(warned_at_days=None) | Q(warned_at_days__gt=mark)
    if not Credential.objects.filter(still_unsaid, pk=credential.pk).update(warned_at_days=mark):
        return 0
    if _is_renewed(credential):
        return 0
    role = credential.staff_role
    kind = Notice.Kind.CLOCK_NEAR if mark else Notice.Kind.CLOCK_MISSED
    for person in access.to_be_told(role):
        notify(
            person=person,
            kind=kind,
            path=f"/peers/{role.public_id}/",
            about=f"credential:{credential.public_id}:{mark}",
        )
    return 1


def _is_renewed(credential: Credential) -> bool:
    """Another one of the same holds longer: nobody has to do anything about this one."""
    own = access.held(credential)
    others = Credential.objects.filter(staff_role=credential.staff_role_id, withdrawn_at=None).exclude(pk=credential.pk)
    return any(
        access.held(other).about == own.about
        and (other.expires_on is None or other.expires_on > (credential.expires_on or dt.date.max))
        for other in others
    )
