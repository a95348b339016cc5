"""That something left for another system: on the record, and where a consent let it, among what was shared by it."""

from __future__ import annotations

from portal.access import releases
from portal.access.exchange import Sheet
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import AccessBasis, Disclosure


def keep_export(*, by: Person, sheet: Sheet, what: str) -> None:
    """Inside the transaction in which the export asked what may leave (45 CFR 164.528)."""
    plan, release = sheet.plan, sheet.by_release
    record(
        actor=by,
        verb=Entry.Verb.VIEWED,
        subject="plan",
        subject_id=plan.public_id,
        family=plan.family if plan.access_basis == AccessBasis.PARENT else None,
        step="export",
    )
    if release is None:
        return
    disclosure = Disclosure(
        youth=release.youth,
        release=release,
        to_name=releases.recipient_of(release),
        categories=" ".join(sorted(releases.categories_of(release))),
        by=by,
    )
    disclosure.what = what
    disclosure.save()
