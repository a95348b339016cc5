"""Bringing programmes in from their profiles, and appointing staff."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.programs.models import Organization, Program, StaffRole
from portal.programs.registry import profiles


@transaction.atomic
def sync_profiles() -> int:
    """A row for each profile and each of its organizations; changes what changed, deletes nothing; gives the number of profiles."""
    for slug, profile in profiles().items():
        program, _ = Program.objects.update_or_create(slug=slug, defaults={"name": profile.name})
        rows = {}
        for organization in profile.organizations:
            rows[organization.id], _ = Organization.objects.update_or_create(
                program=program,
                slug=organization.id,
                defaults={"name": organization.name, "kind": organization.kind},
            )
        for organization in profile.organizations:
            chief = rows[organization.reports_to] if organization.reports_to else None
            Organization.objects.filter(pk=rows[organization.id].pk).update(reports_to=chief)
    return len(profiles())


@transaction.atomic
def appoint(
    *,
    actor: Person | None,
    person: Person,
    organization: Organization,
    role: StaffRole.Role,
    supervisor: StaffRole | None = None,
    **fields: Any,
) -> StaffRole:
    """Give a person a job from now on. Called by commands and the set-up of a programme, not by any page yet."""
    appointed = StaffRole.objects.create(
        person=person, organization=organization, role=role, supervisor=supervisor, **fields
    )
    record(actor=actor, verb=Entry.Verb.CREATED, subject="staff_role", subject_id=appointed.public_id, role=role)
    return appointed


@transaction.atomic
def end_role(*, actor: Person | None, role: StaffRole) -> None:
    """The job itself ends now. What hangs on it (pairings, conversations) ends with peer_support.actions.end_staff_role."""
    StaffRole.objects.filter(pk=role.pk, ended_at=None).update(ended_at=timezone.now())
    role.refresh_from_db()
    record(actor=actor, verb=Entry.Verb.ENDED, subject="staff_role", subject_id=role.public_id, role=role.role)
