"""Who sees a meeting of the team, who has a say in when and where, and who keeps it.

Whoever reads the plan as a whole sees its meetings. Everybody else sees one only as its guest: a natural support, a
caregiver who decides about school alone, who gives a service. When and where a meeting is tells where a family will be:
who is kept away from somebody of the household sees none, whatever else they may read, and makes no guest. Whom the family
asks to stay out of the room for once sees neither time, place nor notes of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from peer_support.models import Pairing
from portal.access import care, families, moment, people, ticks
from portal.access.asked import SOME_ROW, SOMEBODY, Asked
from portal.access.care import Part, Reader
from portal.access.enrollment import NARROWER
from portal.accounts.models import Person
from portal.care.models import Guest, Item, MeetingWish, Plan, Seat, TeamMeeting, TeamRole
from portal.enrollment.models import Enrollment
from portal.families.models import AccessBasis, Member
from portal.programs.models import StaffRole

LASTS = (Pairing.State.ACCEPTED, Pairing.State.ACTIVE, Pairing.State.ENDING)

State = TeamMeeting.State
PLANNED = (State.PROPOSED, State.CONFIRMED)
KEPT_IN_CALENDAR = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to one meeting. `part` is None for who is only asked to come."""

    person: Person
    part: Part | None
    guest: Guest | None
    decides: bool  # about when and where, and who is in the room
    reader: Reader | None = None  # of the plan, where it is for them

    @property
    def keeps(self) -> bool:
        return self.part == Part.STAFF

    @property
    def is_inside(self) -> bool:
        """Reads the plan as a whole: sees who else comes, and what was asked for."""
        return self.part in {Part.YOUNG, Part.RAISING, Part.TOLD, Part.STAFF}

    @property
    def reads_notes(self) -> bool:
        """Who reads the plan, and who was in the room."""
        return self.is_inside or (self.guest is not None and bool(self.guest.came))


# -- meetings --------------------------------------------------------------------------------------------------------------


def visible_meetings(person: Person) -> QuerySet[TeamMeeting]:
    """Those of the plans somebody reads as a whole, and those they are asked to come to; the earliest first."""
    if not person.is_active:
        return TeamMeeting.objects.none()
    # About alcohol or drugs: of the staff only who wrote it down, or whom the young person has on the team (42 CFR part 2).
    beside = Q(plan__family__in=families.assigned_families(person)) & (
        ~Q(plan__access_basis=AccessBasis.SUBSTANCE) | Q(proposed_by=person)
    )
    read = care.read_plans(person, _NOT_BESIDE.rows(person=person))
    whole = [plan.pk for plan, reader in read if _reads_whole(reader, plan)]
    readers = {plan.pk: reader for plan, reader in read}
    asked_to = _asked(person) & Q(plan__in=_plans_asked_to(person, whole, readers))
    return _but_kept_out(person, Q(plan__in=whole) | beside | asked_to)


def _plans_not_beside(person: Person) -> QuerySet[Plan]:
    return care.asked_plans(person).exclude(family__in=families.assigned_families(person))


_NOT_BESIDE = Asked(_plans_not_beside, person=SOMEBODY)


def _asked(person: Person) -> Q:
    own = Guest.objects.filter(meeting=OuterRef("pk"), seat__person=person)
    return Q(Exists(own.filter(seat__state=Seat.State.IN, kept_out_at=None)))


def _but_kept_out(person: Person, seen: Q) -> QuerySet[TeamMeeting]:
    out = Guest.objects.filter(meeting=OuterRef("pk"), seat__person=person).exclude(kept_out_at=None)
    return (
        TeamMeeting.objects.filter(seen, ~Exists(out))
        .select_related("plan__family__program", "plan__youth__person", "plan__youth__family__program", "proposed_by")
        .select_related("agenda_confirmation__by")
        .order_by("starts_at", "pk")
    )


def meetings_of(reader: Reader, plan: Plan) -> list[TeamMeeting]:
    return board_of(reader, plan)[0]


def board_of(reader: Reader, plan: Plan) -> tuple[list[TeamMeeting], bool]:
    """The meetings of a plan that are for this reader, and whether they may propose one. In fewer questions than one by one."""
    is_whole = _reads_whole(reader, plan)
    is_beside = reader.part == Part.STAFF and plan.access_basis != AccessBasis.SUBSTANCE
    may = plan.is_open and (reader.part == Part.STAFF or (is_whole and _decides(reader, plan)))
    if is_whole or is_beside:
        return list(_but_kept_out(reader.person, Q(plan=plan))), may
    if reader.part == Part.STAFF:
        return list(visible_meetings(reader.person).filter(plan=plan)), may
    if not any(may_come(seat, {plan.pk: reader}) for seat in _AT.rows(person=reader.person, plan=plan.pk)):
        return [], may
    return list(_but_kept_out(reader.person, _asked(reader.person) & Q(plan=plan))), may


def own_meetings(person: Person) -> QuerySet[TeamMeeting]:
    """Those this person is asked to come to, or belongs to: what stands in their own calendar."""
    own = Guest.objects.filter(meeting=OuterRef("pk"), seat__person=person, seat__state=Seat.State.IN)
    return visible_meetings(person).filter(Exists(own))


def in_calendar(person: Person) -> QuerySet[TeamMeeting]:
    """Of these what is not long over: what was called off stays for a while, so that a calendar takes it off."""
    return own_meetings(person).filter(starts_at__gte=moment.now() - KEPT_IN_CALENDAR)


def _reads_whole(reader: Reader | None, plan: Plan) -> bool:
    """Also when and where. A bar and a paper that ended have been asked already (`families.may_see_whereabouts`)."""
    if reader is None or reader.part == Part.YOUNG:
        return reader is not None
    return (
        reader.part in {Part.RAISING, Part.TOLD}
        and people.is_minor(plan.youth.person, plan.family.program)
        and not reader.is_apart
    )


Readers = Mapping[int, Reader]  # by plan: in what part somebody stands to it, where that was asked already


def _plans_asked_to(person: Person, known_already: list[int], readers: Readers) -> list[int]:
    return [
        seat.plan_id
        for seat in _NOT_SEEN_BESIDE.rows(person=person)
        if seat.plan_id not in known_already and may_come(seat, readers)
    ]


def _not_seen_beside(person: Person) -> QuerySet[Seat]:
    beside = Plan.objects.filter(family__in=families.assigned_families(person)).exclude(
        access_basis=AccessBasis.SUBSTANCE
    )  # of these staff see the meetings anyway, so that nobody asks for each of them
    return _seats_of(person).exclude(plan__in=beside)


def _seats_of(person: Person) -> QuerySet[Seat]:
    return _seats().filter(person=person, state=Seat.State.IN, plan__family__closed_at=None)


def _seats() -> QuerySet[Seat]:
    """Each with all that `may_come` asks about who sits there, in the one question."""
    now, their, plans = moment.now(), OuterRef("person"), OuterRef("plan__family")
    household = Member.objects.filter(family__members__person=OuterRef(OuterRef("plan__youth__person"))).values(
        "person"
    )
    belonged = Member.objects.filter(family=plans, person=their)
    works = StaffRole.objects.filter(person=their)
    pairings = Pairing.objects.filter(family=plans, peer__person=their)
    closed = Enrollment.objects.filter(youth=OuterRef("plan__youth"), ended_at=None)
    facts = {
        "is_away": families.kept_away_from(household).filter(hidden_from__person=their),
        "is_barred": ticks.bars_from(OuterRef("plan__youth__person"), their),
        "belonged": belonged,
        "belongs": belonged.filter(Member.in_force(now)),
        "is_beside": families.standing_beside(now).filter(family=plans, staff_role__person=their),
        "has_worked": works,
        "works": works.filter(StaffRole.in_force(now)),
        "was_paired": pairings,
        "is_paired": pairings.filter(state__in=LASTS),
        "is_closed": closed.exclude(access_basis=AccessBasis.PARENT),
    }
    rows = Seat.objects.annotate(**{name: Exists(rows) for name, rows in facts.items()})
    return rows.select_related("person", "plan__family__program", "plan__youth__person", "plan__youth__family__program")


_NOT_SEEN_BESIDE = Asked(_not_seen_beside, person=SOMEBODY)
_AT = Asked(lambda person, plan: _seats_of(person).filter(plan=plan), person=SOMEBODY, plan=SOME_ROW)
_SEAT = Asked(lambda seat: _seats().filter(pk=seat), seat=SOME_ROW)
_SEATS_IN = Asked(lambda plan: _seats().filter(plan=plan, state=Seat.State.IN).order_by("pk"), plan=SOME_ROW)


def may_come(seat: Seat, readers: Readers | None = None) -> bool:
    """Whether who sits there may be a guest and learn when and where. Without an account, nothing is told to them here."""
    person, plan = seat.person, seat.plan
    if person is None or person.pk == plan.youth.person_id:
        return True
    known: Any = seat if hasattr(seat, "is_away") else _SEAT.rows(seat=seat.pk)[0]
    if known.is_away or known.is_barred:
        return False
    if known.belonged:
        return known.belongs and _may_come_from_home(known, person, plan, readers or {})
    if seat.by_itself:
        return bool(known.is_beside)
    if not known.has_worked:
        return True
    # A peer partner or mentor whose pairing with the family is over: nobody asked them to go on coming.
    return known.works and (known.is_paired or not known.was_paired)


def _may_come_from_home(seat: Any, person: Person, plan: Plan, readers: Readers) -> bool:
    """The family's own people: not past what they may be told of, and as a guest of a grown-up only if that one asked them."""
    reader = readers.get(plan.pk) or care.reader_of(person, plan)
    if reader is not None and reader.part in {Part.RAISING, Part.TOLD}:
        return True
    if plan.access_basis != AccessBasis.PARENT or seat.is_closed:
        return False
    return people.is_minor(plan.youth.person, plan.family.program) or seat.asked_by_id == plan.youth.person_id


def standing(person: Person, meeting: TeamMeeting) -> Standing | None:
    """None where the meeting is not for them."""
    if not visible_meetings(person).filter(pk=meeting.pk).exists():
        return None
    return standing_in(person, meeting)


def standing_in(person: Person, meeting: TeamMeeting) -> Standing:
    """The same, of a meeting that came from `visible_meetings`."""
    reader = care.reader_of(person, meeting.plan)
    own = Guest.objects.filter(meeting=meeting, seat__person=person, seat__state=Seat.State.IN)
    guest = own.select_related("seat").first()
    if reader is None or reader.part in {Part.SCHOOL, Part.SUPPORT}:
        return Standing(person, None, guest, decides=False, reader=reader)
    return Standing(person, reader.part, guest, decides=_decides(reader, meeting.plan), reader=reader)


def _decides(reader: Reader, plan: Plan) -> bool:
    """The young person, and who decides for them: where that rests on a parent's consent."""
    return reader.part == Part.YOUNG or (reader.part == Part.RAISING and plan.access_basis == AccessBasis.PARENT)


def may_propose(reader: Reader, plan: Plan) -> bool:
    """Staff, and of the family who decides and may know where the others are."""
    if not plan.is_open:
        return False
    if reader.part == Part.STAFF:
        return True
    return _decides(reader, plan) and _reads_whole(reader, plan)


def agrees_by_itself(reader: Reader) -> bool:
    """What one of the family proposes, the family has said yes to."""
    return reader.part != Part.STAFF


# -- guests ----------------------------------------------------------------------------------------------------------------


def guests_of(who: Standing, meeting: TeamMeeting) -> list[Guest]:
    """All of them for who reads the plan; else their own place alone."""
    rows = Guest.objects.filter(meeting=meeting).select_related("seat__person", "wanted_by").order_by("pk")
    if not who.is_inside:
        return [guest for guest in rows if who.guest is not None and guest.pk == who.guest.pk]
    return [guest for guest in rows if guest.seat.state == Seat.State.IN or guest.came]


def is_of_family(guest: Guest, plan: Plan) -> bool:
    return guest.seat.person_id in family_ids(plan)


def family_ids(plan: Plan) -> set[int]:
    """Who lives with it every day: nobody of them can be asked to stay out."""
    rows = Member.objects.filter(Member.in_force(moment.now()), family=plan.family_id, role__in=people.AT_HOME)
    return set(rows.values_list("person", flat=True))


def expected(plan: Plan, actor: Person) -> list[Reader]:
    """Who is a guest without being asked onto the team first: the young person, who raises them, and the staff beside.

    Where it is about alcohol or drugs, of the staff only who writes it down.
    """
    found = []
    for reader in care.readers_of(plan):
        if reader.part == Part.STAFF:
            is_asked = plan.access_basis != AccessBasis.SUBSTANCE or reader.person == actor
        else:
            is_asked = _reads_whole(reader, plan)
        if is_asked:
            found.append(reader)
    return found


def seats_in(plan: Plan, expected_ids: set[int]) -> list[Seat]:
    """Whose place at the team is a place at its meetings. One that fewer people may know of than of the plan is none:
    who sits there would be met in the room.
    """
    is_closed = NARROWER.index(AccessBasis(plan.access_basis))
    return [
        seat
        for seat in _SEATS_IN.rows(plan=plan.pk)
        if (not seat.by_itself or seat.person_id in expected_ids)
        and NARROWER.index(AccessBasis(seat.access_basis)) <= is_closed
        and may_come(seat)
    ]


def may_answer_for(who: Standing, guest: Guest) -> bool:
    """One's own answer; and for somebody without an account, whoever keeps the meeting or decides in it."""
    if who.guest is not None and guest.pk == who.guest.pk:
        return True
    return guest.seat.person_id is None and (who.keeps or who.decides)


def may_see_to_interpreter(who: Standing, guest: Guest) -> bool:
    """Say who needs one and who comes: the guest, staff, and the family for anybody of it."""
    return who.keeps or who.decides or may_answer_for(who, guest)


def may_keep_out(who: Standing, guest: Guest, plan: Plan) -> bool:
    return who.decides and not is_of_family(guest, plan)


def liaison_ids(meeting: TeamMeeting) -> set[int]:
    """The persons who are liaison beside the family."""
    beside = families.standing_beside(moment.now(), [StaffRole.Role.LIAISON]).filter(family=meeting.plan.family_id)
    return set(beside.values_list("staff_role__person", flat=True))


def may_want(who: Standing, guest: Guest, meeting: TeamMeeting, liaisons: set[int]) -> bool:
    """Ask them by name to come: one of the family a liaison (`liaison_ids`) who is asked to come at all."""
    return who.decides and meeting.is_planned and guest.seat.person_id in liaisons


def told_when_alone(meeting: TeamMeeting) -> list[Person]:
    """Who speaks for families where a team met without one: the liaisons beside this one, where the meeting is for them."""
    ids = liaison_ids(meeting)
    return [person for person in told_of(meeting) if person.pk in ids]


def is_one_of_them(guest: Guest) -> bool:
    """Of the family itself: the young person, or who raises them."""
    return guest.seat.role in {TeamRole.YOUTH, TeamRole.CAREGIVER}


def keepers(meeting: TeamMeeting) -> set[int]:
    """The staff who can still keep this meeting."""
    beside = families.standing_beside(moment.now()).filter(family=meeting.plan.family_id)
    out = Guest.objects.filter(meeting=meeting).exclude(kept_out_at=None).values("seat__person")
    return set(beside.exclude(staff_role__person__in=out).values_list("staff_role__person", flat=True))


def told_of(meeting: TeamMeeting) -> list[Person]:
    """Everybody with an account who may see it and has a part in it."""
    guests = Guest.objects.filter(meeting=meeting, seat__state=Seat.State.IN, kept_out_at=None)
    beside = families.standing_beside(moment.now()).filter(family=meeting.plan.family_id)
    ids = {*guests.values_list("seat__person", flat=True), *beside.values_list("staff_role__person", flat=True)}
    known = Person.objects.filter(pk__in=ids - {None}).order_by("pk")
    return [person for person in known if visible_meetings(person).filter(pk=meeting.pk).exists()]


def left_out_of(person: Person) -> list[str]:
    """The first names of the young people whose team meets without this person for once. Not when, and not where."""
    out = Guest.objects.filter(
        seat__person=person,
        seat__state=Seat.State.IN,
        kept_out_at__isnull=False,
        meeting__state__in=PLANNED,
        meeting__starts_at__gte=moment.now(),
        meeting__plan__family__closed_at=None,
    )
    seats = _seats().filter(pk__in=out.values("seat"))
    return [seat.plan.youth.person.first_name for seat in seats.order_by("pk") if may_come(seat)]


def is_invited_anywhere(person: Person) -> bool:
    """Has or had a place on a team: for them there is a page of their meetings, even while there is none."""
    return person.is_active and Seat.objects.filter(person=person, state=Seat.State.IN).exists()


# -- what stands around one ------------------------------------------------------------------------------------------------


def wishes_of(who: Standing, meeting: TeamMeeting) -> list[MeetingWish]:
    """What the family asked for: for the family and the staff, as it was said."""
    if not who.is_inside:
        return []
    return list(MeetingWish.objects.filter(meeting=meeting).select_related("by").order_by("pk"))


def tasks_of(who: Standing, meeting: TeamMeeting) -> list[Item]:
    """What came out of it, of what this person sees of the plan."""
    reader = who.reader
    if reader is None or meeting.state != State.HELD:
        return []
    own = set(meeting.tasks.values_list("item", flat=True))
    return [item for item in care.visible_items(reader, meeting.plan) if item.pk in own]


def unended(meetings: Iterable[TeamMeeting]) -> list[TeamMeeting]:
    """Their time is over, and nobody has written down what became of them."""
    now = moment.now()
    return [one for one in meetings if one.state in PLANNED and one.ends_at < now]
