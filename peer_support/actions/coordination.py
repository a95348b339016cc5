"""Who answers for a family: exactly one, changed by a hand-off only, and looked for every night where there is nobody."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from peer_support.models import Coordination, CoordinationCheck, HandOff
from peer_support.refusals import AlreadyCoordinated, HandOffMissing
from portal.access import coordination as access
from portal.access import enrollment, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Family, StaffAssignment
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.programs.models import Program, StaffRole
from portal.programs.registry import profiles


@transaction.atomic
def start_coordination(*, actor: Person, family: Family, coordinator: StaffRole) -> Coordination:
    """The first one who answers for a family. Raises AlreadyCoordinated, and HandOffMissing where somebody did before.

    Contacts are promised to one person and counted from their own yes, which `begin_rhythm` writes down: a second count for
    the whole family would be late though each of its people was reached.
    """
    require(access.may_coordinate(actor, family))
    require(access.possible_coordinators(family).filter(pk=coordinator.pk).exists())
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    if access.current(family) is not None:
        raise AlreadyCoordinated
    if access.latest(family) is not None:
        raise HandOffMissing
    return begin(actor, family, coordinator, None)


def begin(actor: Person | None, family: Family, coordinator: StaffRole, hand_off: HandOff | None) -> Coordination:
    """From now on this one answers, whoever did before. Nobody calls it for a second one without a hand-off."""
    before = access.current(family)
    if before is not None:
        _lay_down(actor, before)
    begun = Coordination.objects.create(family=family, coordinator=coordinator, hand_off=hand_off, started_by=actor)
    StaffAssignment.objects.get_or_create(
        family=family, staff_role=coordinator, ended_at=None, defaults={"assigned_by": actor}
    )
    _note(actor, Entry.Verb.CREATED, begun)
    tell_family(family, str(begun.public_id), besides=actor)
    return begun


def _lay_down(actor: Person | None, held: Coordination) -> None:
    Coordination.objects.filter(pk=held.pk, ended_at=None).update(ended_at=timezone.now())
    _note(actor, Entry.Verb.ENDED, held)


def release_role(actor: Person | None, role: StaffRole) -> None:
    """A job ended: the families it answered for are told, and whoever can find the next one is told at once."""
    for one in Coordination.objects.filter(coordinator=role, ended_at=None).select_related("family__program"):
        _lay_down(actor, one)
        tell_family(one.family, f"{one.public_id}:left", besides=actor)
        _alert_staff(one.family)


def tell_family(family: Family, what: str, *, besides: Person | None = None) -> None:
    """Everyone of the family who may know who works with it."""
    for person in access.told_of_family(family):
        if person != besides:
            notify(
                person=person,
                kind=Notice.Kind.HAND_OFF,
                path=f"/families/{family.public_id}/coordinator/",
                about=f"coordinator:{what}",
            )


# -- every night -------------------------------------------------------------------------------------------------------


def check_coordination() -> int:
    """The nightly look: once for each programme and day, by whichever worker is first; how many families have nobody."""
    return sum(_check(program) for program in Program.objects.filter(slug__in=profiles()).order_by("pk"))


@transaction.atomic
def _check(program: Program) -> int:
    check, is_new = CoordinationCheck.objects.get_or_create(program=program, on=program.today())
    if not is_new:
        return 0
    found = list(access.without_coordinator(program))
    CoordinationCheck.objects.filter(pk=check.pk).update(found=len(found))
    for family in found:
        _alert_staff(family)
    for lead in enrollment.leads_of(program) if found else ():
        notify(
            person=lead,
            kind=Notice.Kind.NO_COORDINATOR,
            path="/coordination/",
            about=f"coordination:{program.pk}:{check.on}",
        )
    return len(found)


def _alert_staff(family: Family) -> None:
    for person in access.staff_of_family(family):
        notify(
            person=person,
            kind=Notice.Kind.NO_COORDINATOR,
            path=f"/families/{family.public_id}/coordinator/",
            about=f"coordination:{family.public_id}:{family.program.today()}",
        )


def _note(actor: Person | None, verb: Entry.Verb, held: Coordination) -> None:
    record(actor=actor, verb=verb, subject="coordination", subject_id=held.public_id, family=held.family)
