"""Who reads how many families an organization reaches, and the nameless rows that are counted for it.

Only those who answer for that organization: its liaisons and its own lead. Another organization of the same programme,
its staff and every family are told nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from peer_support.models import CheckIn, Contact, Pairing, Wish
from peer_support.reach import Period, Reached
from portal.accounts.models import Person
from portal.families.models import Family, StaffAssignment
from portal.programs.models import Organization, Program, StaffRole

SAID_YES = (*Pairing.TAKES_PLACE, Pairing.State.ENDED)
READERS = (StaffRole.Role.LIAISON, StaffRole.Role.PROGRAMME_LEAD)


def visible_organizations(person: Person) -> QuerySet[Organization]:
    """Those that bring families and peers together, and for which this person is liaison or lead now."""
    now = timezone.now()
    at_work = StaffRole.objects.filter(StaffRole.in_force(now), organization=OuterRef("pk"))
    return (
        Organization.objects.filter(
            Exists(at_work.filter(person=person, person__is_active=True, role__in=READERS)),
            Exists(at_work.filter(role=StaffRole.Role.LIAISON)),
        )
        .select_related("program")
        .order_by("name", "pk")
    )


@dataclass(slots=True)
class _Known:
    """What is on record about one family, in the order in which it happened."""

    region: str
    created_at: dt.datetime
    wishes: list[Wish] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)


def reached(organization: Organization, period: Period) -> list[Reached]:
    """One for each family that asked, had an offer or had somebody in the period, in a fixed number of questions.

    By what is on record now: a family that changed its wish since is counted with what it says today.
    """
    since, until = _span(organization.program, period)
    families = _families(organization, since, until)
    known = {
        pk: _Known(region, created_at) for pk, region, created_at in families.values_list("pk", "region", "created_at")
    }
    wishes = Wish.objects.filter(member__family__in=families, asked_at__lt=until).select_related("member__person")
    for wish in wishes.order_by("asked_at", "pk"):
        known[wish.member.family_id].wishes.append(wish)
    pairings = Pairing.objects.filter(family__in=families, peer__organization=organization, proposed_at__lt=until)
    for pairing in pairings.select_related("member__person").order_by("proposed_at", "pk"):
        known[pairing.family_id].pairings.append(pairing)
    contacts = Contact.objects.filter(
        family__in=families,
        by__organization=organization,
        outcome=Contact.Outcome.REACHED,
        happened_at__gte=since,
        happened_at__lt=until,
    )
    in_touch = set(contacts.values_list("family", flat=True))
    return [_reached(one, since, until, pk in in_touch) for pk, one in known.items() if _asked(one, since, until)]


def _families(organization: Organization, since: dt.datetime, until: dt.datetime) -> QuerySet[Family]:
    """Beside which a liaison of this organization stood at some time in between."""
    beside = StaffAssignment.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=since),
        family=OuterRef("pk"),
        staff_role__organization=organization,
        staff_role__role=StaffRole.Role.LIAISON,
        started_at__lt=until,
    )
    return Family.objects.filter(Exists(beside)).order_by("pk")


def _asked(one: _Known, since: dt.datetime, until: dt.datetime) -> bool:
    wished = any(wish.ended_at is None or wish.ended_at >= since for wish in one.wishes)
    return wished or any(_stood(pairing, since) for pairing in one.pairings)


def _stood(pairing: Pairing, since: dt.datetime) -> bool:
    """As an offer or more; one that was taken back counts for nothing."""
    if pairing.state == Pairing.State.WITHDRAWN:
        return False
    over = pairing.answered_at if pairing.state == Pairing.State.DECLINED else pairing.ended_at
    return over is None or over >= since


def _reached(one: _Known, since: dt.datetime, until: dt.datetime, was_in_touch: bool) -> Reached:
    said_yes = [each for each in one.pairings if _said_yes_before(each, until)]
    fresh = [each for each in said_yes if each.answered_at is not None and each.answered_at >= since]
    return Reached(
        language=_language(one),
        region=one.region,
        systems=frozenset(system for wish in one.wishes for system in wish.systems),
        has_peer=any(_stood(each, since) for each in said_yes),
        is_rematched=any(_is_another(each, said_yes) for each in fresh),
        was_in_touch=was_in_touch,
        days=_days(one, fresh[0]) if fresh else None,
    )


def _said_yes_before(pairing: Pairing, until: dt.datetime) -> bool:
    return pairing.state in SAID_YES and pairing.answered_at is not None and pairing.answered_at < until


def _is_another(pairing: Pairing, said_yes: Sequence[Pairing]) -> bool:
    return any(
        one.member_id == pairing.member_id and one.peer_id != pairing.peer_id and one.pk < pairing.pk
        for one in said_yes
    )


def _days(one: _Known, pairing: Pairing) -> int:
    """From asking, or from the last goodbye, to the yes; who never asked has waited from the family's first day."""
    assert pairing.answered_at is not None  # noqa: S101 a yes has its moment
    moments: list[dt.datetime | None] = [wish.asked_at for wish in one.wishes if wish.member_id == pairing.member_id]
    moments += [each.ending_at or each.ended_at for each in one.pairings if each.member_id == pairing.member_id]
    before = [moment for moment in moments if moment is not None and moment <= pairing.answered_at]
    return max((pairing.answered_at - max(before, default=one.created_at)).days, 0)


def _language(one: _Known) -> str:
    """That of the one who asked first, or was the first to have an offer: what they want to talk in."""
    if one.wishes:
        wish = one.wishes[0]
        own = wish.member.person.language
        return own if own in wish.languages or not wish.languages else str(wish.languages[0])
    return one.pairings[0].member.person.language


def check_in_answers(organization: Organization, quarters: Iterable[Period]) -> list[tuple[dt.date, int, str]]:
    """Day, person and answer, the oldest first: what was said about the peers of this organization."""
    program, spans = organization.program, [_span(organization.program, quarter) for quarter in quarters]
    answers = CheckIn.objects.filter(
        pairing__peer__organization=organization,
        answered_at__gte=min(since for since, _until in spans),
        answered_at__lt=max(until for _since, until in spans),
    ).order_by("answered_at", "pk")
    return [
        (at.astimezone(program.zone).date(), person, answer)
        for at, person, answer in answers.values_list("answered_at", "pairing__member__person", "answer")
        if at is not None
    ]


def _span(program: Program, period: Period) -> tuple[dt.datetime, dt.datetime]:
    first, end = (dt.datetime.combine(day, dt.time(), program.zone) for day in (period.first, period.end))
    return first, end
