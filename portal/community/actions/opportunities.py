"""What there is to take part in: posted, put right, and closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.access import require
from portal.access import taking_part as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.community.models import Opportunity
from portal.community.refusals import CommunityRefusal
from portal.programs.models import Program

SUBJECT = "opportunity"
FARTHEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody has to know before they say yes. Help is in words ("$25 each time"); blank: there is none."""

    kind: str
    title: str
    about: str
    meets: str
    stipend: str = ""
    childcare: str = ""
    mentoring: str = ""
    languages: list[str] = field(default_factory=list)
    register_by: dt.date | None = None


@transaction.atomic
def post_opportunity(*, actor: Person, program: Program, key: UUID, offer: Offer) -> Opportunity:
    """The same page twice is one. Raises CommunityRefusal."""
    require(access.may_post(actor, program))
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    known = Opportunity.objects.filter(public_id=key, program=program).first()
    if known is not None:
        return known
    _check_day(offer.register_by, program)
    made = Opportunity.objects.create(public_id=key, program=program, posted_by=actor, **asdict(offer))
    record(actor=actor, verb=Entry.Verb.CREATED, subject=SUBJECT, subject_id=made.public_id)
    return made


@transaction.atomic
def change_opportunity(*, actor: Person, opportunity: Opportunity, offer: Offer) -> Opportunity:
    """Raises CommunityRefusal; also once it is closed."""
    require(access.may_post(actor, opportunity.program))
    held = Opportunity.objects.select_for_update(of=("self",)).select_related("program").get(pk=opportunity.pk)
    if held.closed_at is not None:
        raise CommunityRefusal("closed", "title")
    if offer.register_by != held.register_by:
        _check_day(offer.register_by, held.program)
    for name, value in asdict(offer).items():
        setattr(held, name, value)
    held.save()
    record(actor=actor, verb=Entry.Verb.CHANGED, subject=SUBJECT, subject_id=held.public_id)
    return held


@transaction.atomic
def close_opportunity(*, actor: Person, opportunity: Opportunity) -> None:
    """Nobody can register any more; who did is still answered. The same twice is one."""
    require(access.may_post(actor, opportunity.program))
    if Opportunity.objects.filter(pk=opportunity.pk, closed_at=None).update(closed_at=timezone.now()):
        record(actor=actor, verb=Entry.Verb.ENDED, subject=SUBJECT, subject_id=opportunity.public_id)


def _check_day(day: dt.date | None, program: Program) -> None:
    today = program.today()
    if day is not None and day < today:
        raise CommunityRefusal("closes_behind", "register_by")
    if day is not None and day > today + FARTHEST:
        raise CommunityRefusal("too_far", "register_by")
