"""The whole file of a case for who may see it: free, at any time, as often as they like (42 CFR 438.406(b)(5))."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction

from portal.access import grievances as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from rights_grievances import pack
from rights_grievances.models import Case


@transaction.atomic
def make_pack(
    *, actor: Person, case: Case, conversations: Collection[UUID] = (), plans: Collection[UUID] = ()
) -> pack.Pack:
    """Make it of what this person sees now, with the messages and plans they ticked and no others.

    The record keeps the chain's last value: by it this pack can be told from every other one, years from now.
    """
    require(access.visible_cases(actor).filter(pk=case.pk).exists())
    talks = [one for one, _names in pack.conversations_for(actor) if _is_in(one.public_id, conversations)]
    of_care = [one for one in pack.plans_for(actor, case) if _is_in(one.public_id, plans)]
    made = pack.build(actor, case, talks=talks, plans=of_care)
    record(
        actor=actor,
        verb=Entry.Verb.VIEWED,
        subject="case",
        subject_id=case.public_id,
        pack=made.head,
        conversations=len(talks),
        plans=len(of_care),
    )
    return made


def _is_in(one: UUID, chosen: Iterable[UUID]) -> bool:
    return one in set(chosen)
