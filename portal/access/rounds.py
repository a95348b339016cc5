"""Who decides together: whose voice counts in a round, who sees it, and what of it may be known to whom.

Each agency, each caregiver on the team and the young person have one voice. Staff who coordinate keep the round and have none
(equal voice: coordinators take no position, NC-04). Who says what is shown as numbers; an objection is said openly.
What a young person says to one of the staff or to their mentor alone is shown to nobody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q

from peer_support.models import Pairing
from portal.access import care, families, moment, proposals, team
from portal.access.care import Part, Reader
from portal.access.enrollment import NARROWER
from portal.accounts.models import Person
from portal.care.models import Plan, Seat, TeamRole
from portal.families.models import AccessBasis, Family
from portal.programs.models import StaffRole
from portal.voice.models import Position, Round

Says = Position.Says
COORDINATES = (StaffRole.Role.FACILITATOR, StaffRole.Role.LIAISON)
# Who gives or orders something; people of the family's own life have a say in the room, and no vote of their own.
SPEAKS_FOR_AN_AGENCY = frozenset(
    {TeamRole.PEER, TeamRole.PROVIDER, TeamRole.SCHOOL, TeamRole.REFERRER, TeamRole.COURT, TeamRole.OTHER}
)
LASTS = (Pairing.State.ACCEPTED, Pairing.State.ACTIVE, Pairing.State.ENDING)


@dataclass(frozen=True, slots=True)
class Voice:
    """One that counts once: a person of the family, or an agency with everybody who speaks for it."""

    key: str
    name: str
    seats: tuple[Seat, ...]
    is_family: bool = False
    is_young: bool = False

    @property
    def people(self) -> list[Person]:
        return [seat.person for seat in self.seats if seat.person is not None]


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to one round."""

    person: Person
    reader: Reader | None
    voice: Voice | None
    is_told: bool  # a young person said something to them alone
    voices: list[Voice]  # of the whole team

    @property
    def keeps(self) -> bool:
        return self.reader is not None and self.reader.part == Part.STAFF


# -- whose voice counts --------------------------------------------------------------------------------------------------------


def voices(plan: Plan) -> list[Voice]:
    """On the team now: who joins has a voice from that moment, who leaves has none. In the order of the team."""
    seats = [seat for seat in team.everyone(plan) if seat.is_in and _is_as_open(plan, seat)]
    jobs = _jobs([seat.person for seat in seats if seat.person is not None and not seat.by_itself])
    found: dict[str, list[Seat]] = {}
    for seat in seats:
        key = _key_of(seat, jobs)
        if key:
            found.setdefault(key, []).append(seat)
    return [_voice(key, own) for key, own in found.items()]


def _is_as_open(plan: Plan, seat: Seat) -> bool:
    """Whose place not everybody knows of would be told of by a count."""
    return NARROWER.index(AccessBasis(seat.access_basis)) <= NARROWER.index(AccessBasis(plan.access_basis))


def _jobs(people: Sequence[Person]) -> dict[int, list[StaffRole]]:
    found: dict[int, list[StaffRole]] = {}
    if not people:  # most agencies have nobody with an account
        return found
    rows = StaffRole.objects.filter(StaffRole.in_force(moment.now()), person__in=people)
    for role in rows.select_related("organization").order_by("pk"):
        found.setdefault(role.person_id, []).append(role)
    return found


def _key_of(seat: Seat, jobs: dict[int, list[StaffRole]]) -> str:
    if seat.role in {TeamRole.YOUTH, TeamRole.CAREGIVER}:
        return f"person:{seat.person.public_id}" if seat.person is not None else f"seat:{seat.public_id}"
    own = jobs.get(seat.person_id or 0, [])
    if seat.by_itself or seat.role not in SPEAKS_FOR_AN_AGENCY or any(one.role in COORDINATES for one in own):
        return ""
    name = seat.agency or (own[0].organization.name if own else "")
    if not name:
        return f"seat:{seat.public_id}"
    return "agency:" + hashlib.sha256(" ".join(name.casefold().split()).encode()).hexdigest()[:32]


def _voice(key: str, seats: list[Seat]) -> Voice:
    first, is_family = seats[0], key.startswith("person:")
    name = first.called if is_family or not first.agency else first.agency
    return Voice(key, name, tuple(seats), is_family, first.role == TeamRole.YOUTH)


def voice_of(person: Person, known: Iterable[Voice]) -> Voice | None:
    return next((one for one in known if person.pk in {seat.person_id for seat in one.seats}), None)


def without_account(known: Iterable[Voice]) -> list[Voice]:
    """For whom staff write down what they said by mouth."""
    return [one for one in known if not one.people]


# -- who sees one ----------------------------------------------------------------------------------------------------------------


def rounds_of(reader: Reader, plan: Plan) -> list[Round]:
    """Those of a plan, the newest first, for who reads it as a whole."""
    if not proposals.reads_whole(reader):
        return []
    rows = Round.objects.filter(plan=plan).select_related("opened_by").prefetch_related("texts").order_by("-pk")
    return [one for one in rows if _is_open_to(reader, one)]


def _is_open_to(reader: Reader, one: Round) -> bool:
    """About alcohol or drugs: of the staff only who wrote it down (42 CFR part 2)."""
    is_closed = one.plan.access_basis == AccessBasis.SUBSTANCE and reader.part == Part.STAFF
    return not is_closed or one.opened_by_id == reader.person.pk


def readable_ids(person: Person, family: Family) -> list[str]:
    """The public ids of what was put to the teams of that family, for who reads those plans as a whole."""
    plans = care.read_plans(person, care.asked_plans(person).filter(family=family))
    return [str(one.public_id) for plan, reader in plans for one in rounds_of(reader, plan)]


def round_for(person: Person, public_id: UUID) -> tuple[Round, Standing] | None:
    """One that this person may see: who reads the plan, whose voice counts, or whom a young person told something of it."""
    rows = Round.objects.select_related(
        "plan__family__program", "plan__youth__person", "plan__youth__family__program", "opened_by", "closed_by"
    )
    said = Position.objects.select_related("by", "told_to", "reason_by").order_by("pk")
    beside = care.visible_plans(person).filter(family__in=families.assigned_families(person), pk=OuterRef("plan"))
    found = rows.prefetch_related(Prefetch("positions", said)).annotate(is_beside=Exists(beside))
    one = found.filter(public_id=public_id).first()
    if one is None or not person.is_active:
        return None
    reader = Reader(person, Part.STAFF) if getattr(one, "is_beside", False) else care.reader_of(person, one.plan)
    who = _standing(person, reader, one)
    is_seen = who.voice is not None or who.is_told or who.reader is not None
    return (one, who) if is_seen else None


def standing_in(person: Person, one: Round) -> Standing:
    """How that person stands to it now, whether they may see it or not: for actions, which ask on."""
    return _standing(person, care.reader_of(person, one.plan), one)


def _standing(person: Person, reader: Reader | None, one: Round) -> Standing:
    if reader is not None and not (proposals.reads_whole(reader) and _is_open_to(reader, one)):
        reader = None
    known = voices(one.plan)
    told = person.pk in {position.told_to_id for position in one.positions.all()}
    is_told = told and ((reader is not None and reader.part == Part.STAFF) or person in confidants(one.plan))
    return Standing(person, reader, voice_of(person, known), is_told, known)


def confidants(plan: Plan) -> list[Person]:
    """To whom the young person can say it alone: the staff beside the family, and a mentor of their own."""
    beside = families.standing_beside(moment.now()).filter(family=plan.family_id).values("staff_role__person")
    mentors = Pairing.objects.filter(
        member=plan.youth_id, state__in=LASTS, peer__role=StaffRole.Role.YOUTH_MENTOR, blocked_at=None
    ).values("peer__person")
    return list(Person.objects.filter(Q(pk__in=beside) | Q(pk__in=mentors), is_active=True).order_by("pk"))


def told_of(one: Round) -> list[Person]:
    """Whose voice counts, where they have an account."""
    return [person for voice in voices(one.plan) for person in voice.people]


# -- who may do what -------------------------------------------------------------------------------------------------------------


def may_open(reader: Reader, plan: Plan) -> bool:
    """Staff, and of the family who decides."""
    if not plan.is_open or not proposals.reads_whole(reader):
        return False
    return reader.part == Part.STAFF or proposals.decides(reader, plan)


def may_amend(who: Standing, one: Round) -> bool:
    """Staff who keep the plan, and whoever proposed it."""
    return who.keeps or (who.reader is not None and one.opened_by_id == who.person.pk)


def may_ask(who: Standing) -> bool:
    """Whose voice counts, and who reads the plan as a whole; not who was only told something in private."""
    return who.voice is not None or who.reader is not None


def may_give_reason(who: Standing, position: Position) -> bool:
    """Staff, in the open; to what was said in private whoever it was said to."""
    if position.says != Says.OBJECT:
        return False
    return position.told_to_id == who.person.pk if position.is_private else who.keeps


def may_read(who: Standing, position: Position) -> bool:
    """What somebody said: they themselves, who wrote it down for them, and who speaks for the same agency; an objection everybody.

    What was said in private: who said it and who was told. Staff see no more: else a number would tell them the rest.
    """
    if position.is_private:
        return who.person.pk in {position.by_id, position.told_to_id}
    if position.says == Says.OBJECT:
        return may_ask(who)
    return position.by_id == who.person.pk or (who.voice is not None and who.voice.key == position.voice)


# -- what it comes to ------------------------------------------------------------------------------------------------------------


def newest(positions: Iterable[Position], wording: int) -> dict[str, Position]:
    """The last word of each voice to that wording, whoever of an agency said it."""
    rows = sorted((one for one in positions if one.wording == wording), key=lambda one: one.pk)
    return {one.voice: one for one in rows}


def unanswered(positions: Iterable[Position], wording: int) -> list[Position]:
    """Objections that still hold and that no reason answers; of who has left the team since, too."""
    return [one for one in newest(positions, wording).values() if one.says == Says.OBJECT and one.reason_at is None]


def totals(positions: Sequence[Position]) -> dict[str, int]:
    """How many voices say what, as everybody may know it; one position for each voice.

    A private voice is in no number. Everybody sees how many have spoken: were it counted in some cases and left out in others, that
    would tell what it said.
    """
    return {says.value: sum(one.says == says and not one.is_private for one in positions) for says in Says}
