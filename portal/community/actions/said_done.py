"""You said, we did: published in plain words, without a name and without anybody's own words unless they agreed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.access import community as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.community.actions.publishing import check_public
from portal.community.models import SaidDone
from portal.programs.models import Program

SUBJECT = "said_done"


@transaction.atomic
def publish_said_done(
    *, actor: Person, program: Program, key: UUID, said: str, did: str, source: str, how_many: int | None = None
) -> SaidDone:
    """Everyone can read it from now on. The same page twice is one.

    `how_many` people said so: kept only where it is no small number, so that it can never be shown. Raises CommunityRefusal.
    """
    require(access.answers_for(actor, program))
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    known = SaidDone.objects.filter(public_id=key, program=program).first()
    if known is not None:
        return known
    check_public(program, said=said, did=did)
    least = program.profile.settings.small_cell_minimum.value
    entry = SaidDone.objects.create(
        public_id=key,
        program=program,
        said=said.strip(),
        did=did.strip(),
        source=SaidDone.Source(source),
        how_many=how_many if how_many is not None and how_many >= least else None,
        published_by=actor,
    )
    record(actor=actor, verb=Entry.Verb.CREATED, subject=SUBJECT, subject_id=entry.public_id)
    return entry


@transaction.atomic
def withdraw_said_done(*, actor: Person, entry: SaidDone) -> None:
    """From now on nobody reads it here. The same twice is one."""
    require(access.answers_for(actor, entry.program))
    if SaidDone.objects.filter(pk=entry.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        record(actor=actor, verb=Entry.Verb.ENDED, subject=SUBJECT, subject_id=entry.public_id)
