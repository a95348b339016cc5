"""Who agreed to the care a case is about. Where the law lets a young person agree alone, the case is theirs to show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.access import enrollment as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.enrollment import refusals
from portal.enrollment.actions.deciding import check_basis
from portal.enrollment.actions.enrolling import clocks_about
from portal.enrollment.models import CASE, BasisChange, Decision, Enrollment
from portal.families.models import AccessBasis, Family
from portal.notices import actions as notices
from portal.notices.models import Notice

# For so long whoever wrote down a narrower basis may say that it was a mistake. After that it stands: only the young
# person opens it, to each adult by name (access/growing.py).
MISTAKE = dt.timedelta(hours=24)


@transaction.atomic
def narrow_basis(*, actor: Person, case: Enrollment | Decision, access_basis: str, reason: str) -> BasisChange:
    """Write down that the young person agreed alone: from this moment no adult of the family sees the case or its dates.

    What they were told about it leaves their notices. Raises NotTheLawHere, NothingNarrower.
    """
    require(access.may_keep(actor, case.family))
    Family.objects.select_for_update().get(pk=case.family_id)
    case.refresh_from_db(fields=["access_basis"])
    check_basis(case.youth, access_basis)
    if access_basis not in access.narrower_for(case):
        raise refusals.NothingNarrower
    return _set(actor, case, access_basis, reason)


@transaction.atomic
def undo_basis(*, actor: Person, case: Enrollment | Decision) -> BasisChange:
    """It was a mistake, says whoever wrote it down, within a day: the case is as it was. Raises StandsNow."""
    require(access.may_keep(actor, case.family))
    Family.objects.select_for_update().get(pk=case.family_id)
    case.refresh_from_db(fields=["access_basis"])
    last = undoable(actor, case)
    if last is None:
        raise refusals.StandsNow
    return _set(actor, case, last.before, "")


def undoable(person: Person, case: Enrollment | Decision) -> BasisChange | None:
    """The change that person may still call a mistake."""
    last = BasisChange.objects.filter(case_id=case.public_id).order_by("-pk").first()
    is_own = last is not None and last.made_by_id == person.pk and last.after == case.access_basis
    is_fresh = last is not None and timezone.now() - last.made_at < MISTAKE
    # What was undone once is not done again by undoing that.
    return last if is_own and is_fresh and last is not None and last.reason else None


def _set(actor: Person, case: Enrollment | Decision, after: str, reason: str) -> BasisChange:
    change = BasisChange.objects.create(
        youth=case.youth,
        case_id=case.public_id,
        before=case.access_basis,
        after=after,
        reason=reason.strip(),
        made_by=actor,
        made_at=timezone.now(),
    )
    same = Q(public_id=case.public_id)
    Enrollment.objects.filter(same).update(access_basis=after)
    Decision.objects.filter(same | Q(enrollment__public_id=case.public_id)).update(access_basis=after)
    clocks_about(Enrollment.objects.filter(same).first() or case).update(access_basis=after)
    case.access_basis = after
    _unsay(case)
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject=CASE,
        subject_id=case.public_id,
        family=case.family,
        changed="access_basis",
    )
    if access.may_be_told(case.youth):
        about = f"basis:{change.pk}"
        notices.notify(person=case.youth.person, kind=Notice.Kind.SIGHT, path=case.get_absolute_url(), about=about)
    return change


def _unsay(case: Enrollment | Decision) -> None:
    """Notices of it leave those who see it no more, read or not: a list of old notices would tell what the page does not."""
    inside = Enrollment.objects.filter(public_id=case.public_id)
    rounds = Decision.objects.filter(Q(public_id=case.public_id) | Q(enrollment__public_id=case.public_id))
    paths = [one.get_absolute_url() for one in inside] + [one.get_absolute_url() for one in rounds]
    owed = clocks_about(inside.first() or case).values_list("public_id", flat=True)
    paths += [reverse("owed_show", args=[public_id]) for public_id in owed]
    hidden = [member.person for member in access.own_people(case) if not access.may_see(member.person, case)]
    notices.forget_pages(people=hidden, paths=paths)


@dataclass(frozen=True, slots=True)
class Shown:
    """On the page of a case: who sees it, what staff may still write down, and what was written down before."""

    is_own_word: bool
    is_about_substances: bool
    is_reader_its_own: bool
    may_keep: bool
    may_narrow: bool
    may_undo: bool
    changes: list[BasisChange]


def basis_of(person: Person, case: Enrollment | Decision, *, may_keep: bool) -> Shown:
    changes = BasisChange.objects.filter(case_id=case.public_id).select_related("made_by").order_by("pk")
    is_its_own = case.youth.person_id == person.pk
    return Shown(
        is_own_word=case.access_basis != AccessBasis.PARENT,
        is_about_substances=case.access_basis == AccessBasis.SUBSTANCE,
        is_reader_its_own=is_its_own,
        may_keep=may_keep,
        may_narrow=may_keep and bool(access.narrower_for(case)),
        may_undo=may_keep and undoable(person, case) is not None,
        changes=list(changes) if may_keep or is_its_own else [],
    )
