"""A birthday that changes who sees what: told beforehand to both sides; and whom a young adult lets go on seeing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal.access import Refused, require
from portal.access import growing as access
from portal.access.growing import Birthday
from portal.accounts.models import ADULT_AGE, Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import AgeNotice, Member, Sight
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.models import Program
from portal.programs.registry import profiles

PATH = "/growing-up/"


def tell_of_birthdays() -> int:
    """Tell each family of a birthday that changes something, at each stage once; gives of how many.

    Any number of workers may run it, at any time: the row that says "told" is written with the notices, and only once.
    """
    programs = Program.objects.filter(slug__in=profiles()).order_by("pk")
    untold = [each for program in programs for each in access.untold(program)]
    return one_by_one(untold, lambda each: _tell(*each), "A birthday could not be told")


@transaction.atomic
def _tell(one: Birthday, stage: int) -> int:
    Member.objects.select_for_update(no_key=True).get(pk=one.member.pk)
    _row, is_new = AgeNotice.objects.get_or_create(member=one.member, age=one.age, stage=stage)
    if not is_new:
        return 0
    told = access.told_adults(one.member)
    if one.age > ADULT_AGE:  # what comes after the 18th is the young adult's own
        told = []
    if access.may_have_account(one.member):
        told.append(one.member.person)
    for person in told:
        about = f"birthday:{one.member.person.public_id}:{one.age}:{stage}"
        notify(person=person, kind=Notice.Kind.GROWING_UP, path=PATH, about=about)
    return 1


@transaction.atomic
def let_see(*, actor: Person, adult: Member) -> None:
    """A young person lets one caregiver go on seeing their case after the 18th birthday. Saying it twice changes nothing."""
    require(access.may_let_see(actor, adult))
    own = _own(actor, adult)
    _sight, is_new = Sight.objects.get_or_create(youth=own, adult=adult, ended_at=None)
    if is_new:
        _record(actor, Entry.Verb.CREATED, own)


@transaction.atomic
def stop_seeing(*, actor: Person, adult: Member) -> None:
    """They do not want it any more: it ends with this, and nobody has to say why."""
    own = _own(actor, adult)
    if Sight.objects.filter(youth=own, adult=adult, ended_at=None).update(ended_at=timezone.now()):
        _record(actor, Entry.Verb.ENDED, own)


def _own(actor: Person, adult: Member) -> Member:
    own = access.own_place(actor, adult)
    if own is None:
        raise Refused
    return Member.objects.select_for_update(no_key=True).select_related("family", "person").get(pk=own.pk)


def _record(actor: Person, verb: Entry.Verb, youth: Member) -> None:
    record(actor=actor, verb=verb, subject="sight", subject_id=youth.person.public_id, family=youth.family)
