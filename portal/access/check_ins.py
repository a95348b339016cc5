"""Who is asked whether they feel less alone, who may answer, and which liaison reads what.

The question belongs to one person. The peer, the rest of the family and every other organization see neither an answer
nor that there was a question. Of what was said, the liaisons of the peer's own organization who stand beside the family
read "not yet" and words about what would help; anything else is counted and nothing more.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from peer_support.models import CheckIn, ContactPause, Pairing
from peer_support.models.check_ins import ASKS_FOR_TALK
from portal.access import families, moment
from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.programs.models import Program, StaffRole

MAY_CHANGE = dt.timedelta(days=1)
# Nobody is asked in the middle of the night: from this hour on, where the programme is.
ASKED_FROM = dt.timedelta(hours=8)
ABOUT = ("pairing__member__person", "pairing__peer__person", "pairing__peer__organization", "pairing__family__program")


def own_check_ins(person: Person) -> QuerySet[CheckIn]:
    """The questions to this person, the newest first."""
    return (
        CheckIn.objects.filter(
            Member.in_force(timezone.now(), "pairing__member__"),
            pairing__member__person=person,
            pairing__member__person__is_active=True,
            pairing__family__closed_at=None,
        )
        .select_related(*ABOUT)
        .order_by("-pk")
    )


def waiting_for_answer(person: Person) -> QuerySet[CheckIn]:
    """What this person is asked now; nothing about a pairing that stands still, is ending or over."""
    return own_check_ins(person).filter(answered_at=None, skipped_at=None, pairing__state=Pairing.State.ACTIVE)


def may_answer(person: Person, check_in: CheckIn) -> bool:
    """The person it is asked of, while it waits; and for a day they may say it anew."""
    return waiting_for_answer(person).filter(pk=check_in.pk).exists() or may_take_back(person, check_in)


def may_skip(person: Person, check_in: CheckIn) -> bool:
    return waiting_for_answer(person).filter(pk=check_in.pk).exists()


def may_take_back(person: Person, check_in: CheckIn) -> bool:
    since = timezone.now() - MAY_CHANGE
    return own_check_ins(person).filter(pk=check_in.pk, answered_at__gt=since).exists()


def changes_until(check_in: CheckIn) -> dt.datetime | None:
    """The moment after which an answer stays as it is."""
    return check_in.answered_at + MAY_CHANGE if check_in.answered_at is not None else None


# -- who reads it ------------------------------------------------------------------------------------------------------


def told_to(person: Person) -> QuerySet[CheckIn]:
    """What people said to this liaison by their answers, the oldest first: "not yet", and what would help."""
    beside = families.standing_beside(moment.now(), [StaffRole.Role.LIAISON]).filter(
        staff_role__person=person,
        staff_role__organization=OuterRef("pairing__peer__organization"),
        family=OuterRef("pairing__family"),
    )
    return (
        CheckIn.objects.filter(ASKS_FOR_TALK, Exists(beside), answered_at__isnull=False)
        .filter(pairing__family__closed_at=None)
        .exclude(Q(pairing__peer__person=person) | Q(pairing__member__person=person))
        .select_related(*ABOUT)
        .order_by("answered_at", "pk")
    )


def perhaps_a_call(person: Person) -> QuerySet[CheckIn]:
    """Those nobody has talked about yet, while the person still belongs to the family."""
    return told_to(person).filter(Member.in_force(timezone.now(), "pairing__member__"), talked_at=None)


def may_say_talked(person: Person, check_in: CheckIn) -> bool:
    return told_to(person).filter(pk=check_in.pk, talked_at=None).exists()


def readers_of(pairing: Pairing) -> list[Person]:
    """The liaisons who read what is said to them, by name on the page before anybody says anything."""
    beside = families.standing_beside(moment.now(), [StaffRole.Role.LIAISON]).filter(
        staff_role__organization=pairing.peer.organization_id, family=pairing.family_id
    )
    readers = Person.objects.filter(pk__in=beside.values("staff_role__person"))
    return list(readers.exclude(pk__in=[pairing.peer.person_id, pairing.member.person_id]).order_by("pk"))


# -- who is asked ------------------------------------------------------------------------------------------------------


def due(program: Program) -> QuerySet[Pairing]:
    """Pairings whose person is to be asked today, with `asked_before` (how often) and nothing for a "not now".

    One question for all of the time that nobody asked, however long that was.
    """
    first, every = program.profile.settings.check_in_first_days, program.profile.settings.check_in_every_days
    if first is None:
        return Pairing.objects.none()
    now = timezone.now()
    today = (now.astimezone(program.zone) - ASKED_FROM).date()
    last = CheckIn.objects.filter(pairing=OuterRef("pk")).order_by("-number")
    is_due = Q(asked_before=None, began_at__lt=_end_of(today, first.value, program))
    if every is not None:
        is_due |= Q(last_asked_at__lt=_end_of(today, every.value, program))
    not_now = ContactPause.objects.filter(member=OuterRef("member"), ended_at=None, comes_back_on__gt=today)
    return (
        Pairing.objects.annotate(
            asked_before=Subquery(last.values("number")[:1]), last_asked_at=Subquery(last.values("asked_at")[:1])
        )
        .filter(
            is_due,
            ~Exists(not_now),
            Member.in_force(now, "member__"),
            StaffRole.in_force(now, "peer__"),
            state=Pairing.State.ACTIVE,
            member__person__is_active=True,
            family__in=Family.objects.filter(program=program, closed_at=None),
        )
        .order_by("pk")
    )


def _end_of(today: dt.date, days: int, program: Program) -> dt.datetime:
    """Midnight after the day so many days ago, where the programme is."""
    return dt.datetime.combine(today - dt.timedelta(days=days - 1), dt.time(), program.zone)
