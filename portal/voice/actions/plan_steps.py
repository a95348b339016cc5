"""What every step of deciding about a plan shares: that it stands on the plan's record, and that the staff are told."""

from __future__ import annotations

from portal.access import care as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care.models import Plan
from portal.families.models import AccessBasis
from portal.notices import actions as notices
from portal.notices.models import Notice


def note_on_plan(actor: Person, plan: Plan, *, is_open: bool = True, **what: str) -> None:
    """On the plan's record: that something was said or changed, in a code, never what. `is_open`: all who read the plan may know.

    On the family's record only where all of the plan rests on a parent's yes (45 CFR 164.502(g)(3)).
    """
    is_shown = is_open and plan.access_basis == AccessBasis.PARENT
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="plan",
        subject_id=plan.public_id,
        family=plan.family if is_shown else None,
        **what,
    )


def tell_keepers(plan: Plan, kind: Notice.Kind, path: str, about: str) -> None:
    """The staff beside the family who keep this plan."""
    for reader in access.readers_of(plan):
        if access.may_keep(reader):
            notices.notify(person=reader.person, kind=kind, path=path, about=about)
