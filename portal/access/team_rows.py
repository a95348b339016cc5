"""What is asked of the database about a team: who is there by themselves, who was asked in, which places are empty and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BinaryField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from portal.access import families, moment, people
from portal.access.care import Part, Reader
from portal.care.models import EmptyPlace, Plan, Seat, TeamRole
from portal.families.models import AccessBasis, LegalAuthority, Member, NoContact, Sight, StaffAssignment
from portal.programs.models import StaffRole

State = Seat.State
OPEN = (State.PROPOSED, State.IN)
RAISING = frozenset({Part.RAISING, Part.TOLD, Part.SCHOOL})


def caregivers(plan: Plan) -> QuerySet[Member]:
    """Those with a paper for this young person, or whom a grown one lets see; nobody a court bars or who is kept away."""
    papers = LegalAuthority.objects.filter(
        LegalAuthority.in_force(plan.family.program.today()), adult=OuterRef("pk"), youth=plan.youth_id
    ).exclude(scope=LegalAuthority.Scope.NONE)
    let = Sight.objects.filter(adult=OuterRef("pk"), youth=plan.youth_id, ended_at=None)
    is_parents_plan = plan.access_basis == AccessBasis.PARENT and people.is_minor(
        plan.youth.person, plan.family.program
    )
    is_theirs = Q(Exists(papers)) if is_parents_plan else Q(Exists(let))
    return (
        Member.objects.filter(
            is_theirs,
            Member.in_force(timezone.now()),
            ~Exists(bars(plan)),
            ~Exists(kept_away(plan)),
            family=plan.family_id,
            role=Member.Role.CAREGIVER,
            person__is_active=True,
        )
        .select_related("person", "added_by")
        .order_by("joined_at", "pk")
    )


def bars(plan: Plan) -> QuerySet[LegalAuthority]:
    """A court lets that person neither decide for the young person nor be told."""
    return LegalAuthority.objects.filter(
        LegalAuthority.in_force(plan.family.program.today()),
        adult__person=OuterRef("person"),
        youth__person=plan.youth.person_id,
        scope=LegalAuthority.Scope.NONE,
    )


def kept_away(plan: Plan) -> QuerySet[NoContact]:
    return families.kept_away_from(household(plan)).filter(hidden_from__person=OuterRef("person"))


def household(plan: Plan) -> QuerySet[Member, Any]:
    return Member.objects.filter(family__members__person=plan.youth.person_id).values("person")


def staff(plan: Plan) -> QuerySet[StaffAssignment]:
    beside = families.standing_beside(moment.now()).filter(family=plan.family_id)
    return beside.select_related("staff_role__person", "staff_role__organization", "assigned_by").order_by(
        "staff_role__role", "started_at", "pk"
    )


def kept(plan: Plan) -> QuerySet[Seat]:
    """Those who are on it or proposed, with an account only while they belong to the family or work here and are not kept away;
    and those who were asked in once and are not on it any more.
    """
    now = timezone.now()
    belongs = Member.objects.filter(Member.in_force(now), family=plan.family_id, person=OuterRef("person"))
    works = StaffRole.objects.filter(StaffRole.in_force(now), person=OuterRef("person"))
    is_still = Q(Exists(belongs) | Exists(works)) & ~Q(Exists(bars(plan))) & ~Q(Exists(kept_away(plan)))
    is_on = Q(state__in=OPEN) & (Q(person=None) | (Q(person__is_active=True) & is_still))
    return (
        Seat.objects.filter(is_on | (Q(by_itself=False) & ~Q(state__in=OPEN)), plan=plan)
        .select_related("person", "asked_by", "ended_by")
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked of the database with every page that has to do with a team, in one question."""

    own: frozenset[int]  # the persons who are on it by themselves
    seats: list[tuple[str, str, int]]  # of each place that is filled: role, what it rests on, who asked
    reasons: dict[str, str]  # by empty place, the newest
    is_away: bool  # the reader is kept away from somebody of the household


def facts_of(plan: Plan, reader: Reader | None = None) -> Facts:
    own, seats, is_away = {plan.youth.person_id}, [], False
    reasons: dict[str, tuple[int, bytes]] = {}
    for what, role, basis, number, why in _rows(plan, reader):
        if what == "empty":
            reasons[role] = max(reasons.get(role, (0, b"")), (number, bytes(why)))
        elif what == "away":
            is_away = True
        else:
            seats.append((role, basis, number))
            own |= {number} if what == "own" else set()
    opened = {role: EmptyPlace(plan=plan, sealed_why=why).why for role, (_number, why) in reasons.items()}
    return Facts(frozenset(own), seats, opened, is_away)


def _rows(plan: Plan, reader: Reader | None) -> QuerySet[Any, Any]:
    """Rows of (what, role, basis, number, why): reasons, seats, who is there by themselves, whether the reader is kept away."""
    nothing, open_to_all = Value(None, output_field=BinaryField()), _text(AccessBasis.PARENT)
    staffs_place = Case(
        When(staff_role__role=StaffRole.Role.FACILITATOR, then=_text(TeamRole.CARE_MANAGER)),
        default=_text(TeamRole.OTHER),
    )
    by_hand = kept(plan).filter(by_itself=False, state=State.IN)
    found = [
        _as_rows(EmptyPlace.objects.filter(plan=plan), "empty", F("role"), open_to_all, F("pk"), F("sealed_why")),
        _as_rows(by_hand, "seat", F("role"), F("access_basis"), F("asked_by_id"), nothing),
        _as_rows(caregivers(plan), "own", _text(TeamRole.CAREGIVER), open_to_all, F("person_id"), nothing),
        _as_rows(staff(plan), "own", staffs_place, open_to_all, F("staff_role__person_id"), nothing),
    ]
    if reader is not None and reader.part in RAISING:
        away = families.kept_away_from(household(plan)).filter(hidden_from__person=reader.person)
        found.append(_as_rows(away, "away", _text(""), open_to_all, F("pk"), nothing))
    union: QuerySet[Any, Any] = found[0].union(*found[1:], all=True)
    return union


def _as_rows(query: QuerySet[Any], what: str, place: Any, basis: Any, number: Any, why: Any) -> QuerySet[Any, Any]:
    plain = query.order_by().select_related(None)
    rows: QuerySet[Any, Any] = plain.annotate(row=_text(what), place=place, basis=basis, number=number, said=why)
    return rows.values_list("row", "place", "basis", "number", "said")


def _text(words: str) -> Value:
    return Value(str(words), output_field=CharField())
