"""Who agreed to the care a case is about. Where the law lets a young person agree alone, the case is theirs to show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.access import care, growing, require
from portal.access import enrollment as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.models import Clock
from portal.enrollment import refusals
from portal.enrollment.closing import against
from portal.enrollment.models import CASE, DISCHARGE, BasisChange, Decision, Enrollment
from portal.families.models import AccessBasis, Family, Member, Sight
from portal.notices import actions as notices
from portal.notices.models import Notice

# For so long whoever wrote down a narrower basis may say that it was a mistake. After that it stands: only the young
# person opens it, to each adult by name (access/growing.py).
MISTAKE = dt.timedelta(hours=24)


def check_basis(youth: Member, basis: str) -> None:
    """Raises NotTheLawHere where the state's law lets nobody of that age agree to such care alone."""
    if basis not in access.bases_for(youth):
        raise refusals.NotTheLawHere


@transaction.atomic
def narrow_basis(*, actor: Person, case: Enrollment | Decision, access_basis: str, reason: str) -> BasisChange:
    """Write down that the young person agreed alone: from this moment no adult of the family sees the case or its dates.

    What they were told about it leaves their notices. A parent's "no" to ending is talked about first: closing the case
    would end it. Raises NotTheLawHere, NothingNarrower, NoIsHeardFirst.
    """
    require(access.may_keep(actor, case.family))
    case = lock_case(case)
    check_basis(case.youth, access_basis)
    if access_basis not in access.narrower_for(case):
        raise refusals.NothingNarrower
    if isinstance(case, Enrollment) and any(word.person.pk != case.youth.person_id for word in against(case)):
        raise refusals.NoIsHeardFirst
    return set_basis(actor=actor, case=case, access_basis=access_basis, reason=reason)


@transaction.atomic
def undo_basis(*, actor: Person, case: Enrollment | Decision) -> BasisChange:
    """It was a mistake, says whoever wrote it down, within a day: the case is as it was. Raises StandsNow."""
    require(access.may_keep(actor, case.family))
    case = lock_case(case)
    last = undoable(actor, case)
    if last is None:
        raise refusals.StandsNow
    return set_basis(actor=actor, case=case, access_basis=last.before, reason="", is_mistake=True)


def undoable(person: Person, case: Enrollment | Decision) -> BasisChange | None:
    """The change that person may still call a mistake: their own, the last one, and nothing was decided on it since."""
    last = BasisChange.objects.filter(case_id=case.public_id).order_by("-pk").first()
    if last is None or last.is_mistake or last.made_by_id != person.pk or timezone.now() - last.made_at >= MISTAKE:
        return None
    settled_at = case.ended_at if isinstance(case, Enrollment) else case.decided_at
    return None if settled_at is not None and settled_at > last.made_at else last


def lock_case(case: Enrollment | Decision) -> Enrollment | Decision:
    """The rows as they are now, held to the end of the transaction: the case, the family, then its dates, in the order in
    which whoever writes something down holds them. A worker holds a date alone; what it begins meanwhile is seen after it.
    """
    found: Enrollment | Decision
    if isinstance(case, Enrollment):
        inside = Enrollment.objects.select_for_update(of=("self",))
        found = inside.select_related("family__program", "youth__person", "youth__family__program").get(pk=case.pk)
    else:
        before = Decision.objects.select_for_update(of=("self",))
        found = before.select_related("family__program", "youth__person", "youth__family__program").get(pk=case.pk)
    Family.objects.select_for_update(no_key=True).get(pk=case.family_id)
    list(clocks_about(found).select_for_update(of=("self",)).order_by("pk"))
    return found


def set_basis(
    *, actor: Person, case: Enrollment | Decision, access_basis: str, reason: str, is_mistake: bool = False
) -> BasisChange:
    """Write it to all that is one case, for its caller, who checked it and holds the rows."""
    change = BasisChange.objects.create(
        youth=case.youth,
        case_id=case.public_id,
        before=case.access_basis,
        after=access_basis,
        reason=reason.strip(),
        is_mistake=is_mistake,
        made_by=actor,
        made_at=timezone.now(),
    )
    Enrollment.objects.filter(public_id=case.public_id).update(access_basis=access_basis)
    _rounds(case).update(access_basis=access_basis)
    clocks_about(case).update(access_basis=access_basis)
    case.access_basis = access_basis
    _unsay(case)
    # Whom the young person let see something before was let see that, not this.
    if access_basis == AccessBasis.MINOR or not growing.agreed_alone(case.youth):
        end_sights(case.youth)
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject=CASE,
        subject_id=case.public_id,
        family=case.family,
        changed="access_basis",
    )
    if growing.may_have_account(case.youth):
        notices.notify(
            person=case.youth.person,
            kind=Notice.Kind.SIGHT,
            path=case.get_absolute_url(),
            about=f"basis:{change.pk}",
        )
    return change


def end_sights(youth: Member) -> None:
    """Whom the young person let see something is let anew; after the 18th birthday what they let stands."""
    if growing.is_grown_up(youth):
        return
    Sight.objects.filter(youth=youth, ended_at=None).update(ended_at=timezone.now())


def _rounds(case: Enrollment | Decision) -> QuerySet[Decision]:
    """The decision before the time inside, and those about its end."""
    return Decision.objects.filter(Q(public_id=case.public_id) | Q(enrollment__public_id=case.public_id))


def clocks_about(case: Enrollment | Decision) -> QuerySet[Clock]:
    """All that is owed in it, after its hospital stays, too."""
    inside = Enrollment.objects.filter(public_id=case.public_id).first()
    left = inside.discharges.values_list("public_id", flat=True) if inside is not None else ()
    about = Q(subject=CASE, subject_id=str(case.public_id))
    about |= Q(subject=DISCHARGE, subject_id__in=[str(one) for one in left])
    return Clock.objects.filter(about, program=case.family.program_id)


def _unsay(case: Enrollment | Decision) -> None:
    """Notices of it leave those who see it no more, read or not: a list of old ones would tell what the page does not."""
    inside = Enrollment.objects.filter(public_id=case.public_id)
    pages = [one.get_absolute_url() for one in inside] + [one.get_absolute_url() for one in _rounds(case)]
    owed = list(clocks_about(case))
    members = Member.objects.filter(family=case.family_id).select_related("person")
    notices.forget_all(
        people=[member.person for member in members if not access.may_see(member.person, case)],
        pages=pages,
        abouts={clock.began_as for clock in owed},
        beginnings=[f"{clock.told_as}:" for clock in owed],
    )
    for plan in care.plans_about(case.youth):  # it belongs to the case, and is closed with it
        readers = {reader.person.pk for reader in care.readers_of(plan)}
        notices.forget_all(
            people=[member.person for member in members if member.person_id not in readers],
            pages=[plan.get_absolute_url()],
            abouts=[plan.told_as],
            beginnings=(),
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """On the page of a case: who sees it, what staff may still write down, and what was written down before."""

    case: Enrollment | Decision
    is_own_word: bool
    is_about_substances: bool
    is_reader_its_own: bool
    may_keep: bool
    may_narrow: bool
    may_undo: bool
    let: list[Person]
    changes: list[BasisChange]


def basis_of(person: Person, case: Enrollment | Decision, *, may_keep: bool) -> Shown:
    """What that page says; of a decision about ending, what its time inside rests on."""
    if isinstance(case, Decision) and case.enrollment is not None:
        case = case.enrollment
    changes = BasisChange.objects.filter(case_id=case.public_id).select_related("made_by").order_by("pk")
    is_its_own = case.youth.person_id == person.pk
    return Shown(
        case=case,
        is_own_word=case.access_basis != AccessBasis.PARENT,
        is_about_substances=case.access_basis == AccessBasis.SUBSTANCE,
        is_reader_its_own=is_its_own,
        may_keep=may_keep,
        may_narrow=may_keep and bool(access.narrower_for(case)),
        may_undo=may_keep and undoable(person, case) is not None,
        let=[adult.person for adult, does in growing.adults_to_let(person) if does] if is_its_own else [],
        changes=list(changes) if may_keep or is_its_own else [],
    )
