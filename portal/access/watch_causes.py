"""What happened to families that somebody independent should look at: changes after a complaint, and help that failed.

Facts of other rooms, read and not judged. Each has a short name of its row, so that it is looked at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import CharField, Exists, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from peer_support.models import Pairing
from peer_support.models.contacts import SUBJECT as CONTACTS
from portal.care.models import Change as PlanChange
from portal.care.models import Item
from portal.clocks.models import Clock
from portal.enrollment.models import DISCHARGE, Decision, Discharge, Enrollment
from portal.families.models import Family, Member, StaffAssignment
from rights_grievances.models import AdverseNotice, Case, Watch

Row = TypeVar("Row", bound=Model)
What = Watch.What
# For so long after it told us a family is watched over. No law gives a number; where a profile has a place for one, it goes there.
WATCHED = dt.timedelta(days=365)
# A worker that stood still for less than this loses nothing.
LOOK_BACK = dt.timedelta(days=90)
# A stay that ends within so many days of the one before it: the hospital took them back soon (programmes may count longer).
SOON_AGAIN = dt.timedelta(days=90)
OWN_WISH = (Pairing.Side.FAMILY, Pairing.Side.GUARDIAN)


@dataclass(frozen=True, slots=True)
class Cause:
    what: Watch.What
    about: str
    at: dt.datetime
    family: Family
    member: Member | None = None


def named(prefix: str, pk: object) -> str:
    """The short name of a row."""
    return f"{prefix}:{pk}"


# -- after a complaint -------------------------------------------------------------------------------------------------


def changes() -> Iterator[Cause]:
    """What was done to families that had told us something, and is not watched yet in one of their cases."""
    yield from _cuts()
    yield from _taken_out()
    yield from _pairings()
    yield from _assignments()
    yield from _endings()


def cases_before(cause: Cause) -> QuerySet[Case]:
    """What the family had told us by then, not longer ago than we watch; without those in which it is looked at already."""
    return (
        Case.objects.filter(family=cause.family, filed_at__lt=cause.at, filed_at__gte=cause.at - WATCHED)
        .exclude(watches__about=cause.about)
        .select_related("program", "family__program", "filed_by")
        .order_by("pk")
    )


def _unwatched(rows: QuerySet[Row], prefix: str, at: str, family: str = "family") -> QuerySet[Row]:
    """Of these rows the ones after which nobody looked, of families that had told us something before."""
    now = timezone.now()
    about = Concat(Value(f"{prefix}:"), Cast(OuterRef(OuterRef("pk")), CharField()), output_field=CharField())
    told = Case.objects.filter(
        family=OuterRef(family), filed_at__lt=OuterRef(at), filed_at__gte=now - WATCHED - LOOK_BACK
    ).exclude(Exists(Watch.objects.filter(case=OuterRef("pk"), about=about)))
    return rows.filter(Exists(told), **{f"{at}__gte": now - LOOK_BACK, f"{at}__lte": now}).order_by("pk")


def _there(at: dt.datetime | None) -> dt.datetime:
    assert at is not None  # noqa: S101 the rows are chosen by it
    return at


def _cuts() -> Iterator[Cause]:
    """A letter that cuts, stops or pauses a service; not the one whose appeal is the case itself."""
    rows = AdverseNotice.objects.filter(what=AdverseNotice.What.REDUCED, appeals=None).select_related("family__program")
    for row in _unwatched(rows, "notice", "recorded_at"):
        yield Cause(What.SERVICE_CUT, named("notice", row.pk), row.recorded_at, row.family)


def _taken_out() -> Iterator[Cause]:
    """Something was taken out of the plan of care, and not by one of the family."""
    own = Member.objects.filter(family=OuterRef("item__plan__family"), person=OuterRef("version__by"))
    by_family = PlanChange.objects.filter(Exists(own), item=OuterRef("pk"), sealed_after=None)
    rows = Item.objects.exclude(removed_at=None).exclude(Exists(by_family)).select_related("plan__family__program")
    for row in _unwatched(rows, "item", "removed_at", "plan__family"):
        yield Cause(What.SERVICE_CUT, named("item", row.pk), _there(row.removed_at), row.plan.family)


def _pairings() -> Iterator[Cause]:
    rows = Pairing.objects.filter(state=Pairing.State.ENDED).exclude(ended_by__in=OWN_WISH)
    for row in _unwatched(rows.select_related("family__program", "member"), "pairing", "ended_at"):
        yield Cause(What.WORKER_CHANGED, named("pairing", row.pk), _there(row.ended_at), row.family, row.member)


def _assignments() -> Iterator[Cause]:
    """Who stood beside the family does no more. Whose wish it was is on no record: the family is asked."""
    rows = StaffAssignment.objects.exclude(ended_at=None).select_related("family__program")
    for row in _unwatched(rows, "assignment", "ended_at"):
        yield Cause(What.WORKER_CHANGED, named("assignment", row.pk), _there(row.ended_at), row.family)


def _endings() -> Iterator[Cause]:
    """The time in the programme ended, or somebody who is not of the family asks for that."""
    ended = Enrollment.objects.exclude(ended_at=None).select_related("family__program", "youth")
    for row in _unwatched(ended, "enrollment", "ended_at"):
        yield Cause(What.DISCHARGE, named("enrollment", row.pk), _there(row.ended_at), row.family, row.youth)
    own = Member.objects.filter(family=OuterRef("family"), person=OuterRef("opened_by"))
    asked = Decision.objects.filter(about=Decision.About.ENDING, enrollment__ended_at=None).exclude(Exists(own))
    for round_ in _unwatched(asked.select_related("family__program", "youth"), "ending", "opened_at"):
        yield Cause(What.DISCHARGE, named("ending", round_.pk), round_.opened_at, round_.family, round_.youth)


# -- help that failed --------------------------------------------------------------------------------------------------


def failures() -> Iterator[Cause]:
    """Promises whose break calls for a look at its cause, with or without a complaint (Florida guidance, line 67)."""
    yield from _missed(CONTACTS, What.LOST_CONTACT)
    yield from _missed(DISCHARGE, What.NO_LINK)
    yield from _back_again()


def _missed(subject: str, what: Watch.What) -> Iterator[Cause]:
    """Dates of ours that passed. While one such break is being looked at, the next of the same person belongs to it."""
    now = timezone.now()
    watched = Watch.objects.filter(
        case=None, about=Concat(Value("clock:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    )
    rows = Clock.objects.filter(
        subject=subject,
        state=Clock.State.MISSED,
        family__isnull=False,
        due_at__gte=now - LOOK_BACK,
        duty_of="programme",
    )
    for row in rows.exclude(Exists(watched)).select_related("family__program", "youth").order_by("pk"):
        member = row.youth if row.youth is not None else _member(row)
        if row.family is not None and row.due_at is not None and not _is_looked_at(row.family, member, what):
            yield Cause(what, named("clock", row.pk), row.due_at, row.family, member)


def _member(clock: Clock) -> Member | None:
    """Whose contacts they are."""
    return Member.objects.filter(family=clock.family, person__public_id=clock.subject_id).order_by("-pk").first()


def _back_again() -> Iterator[Cause]:
    """Home from a hospital, and again soon after: in between they had to go back."""
    now = timezone.now()
    about = Concat(Value("discharge:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    earlier = Discharge.objects.filter(
        enrollment__youth=OuterRef("enrollment__youth"), on__lt=OuterRef("on"), on__gte=OuterRef("on") - SOON_AGAIN
    )
    rows = Discharge.objects.filter(Exists(earlier), recorded_at__gte=now - LOOK_BACK)
    rows = rows.exclude(Exists(Watch.objects.filter(case=None, about=about)))
    for row in rows.select_related("enrollment__family__program", "enrollment__youth").order_by("pk"):
        inside = row.enrollment
        if not _is_looked_at(inside.family, inside.youth, What.READMITTED):
            yield Cause(What.READMITTED, named("discharge", row.pk), row.recorded_at, inside.family, inside.youth)


def _is_looked_at(family: Family, member: Member | None, what: Watch.What) -> bool:
    return Watch.objects.filter(case=None, family=family, member=member, what=what, closed_at=None).exists()
