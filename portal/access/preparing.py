"""Who prepares for a meeting, and who reads what they prepared: they alone, and by each point whom they chose for it.

The one beside them reads what they were given while the pairing goes on. To an adult they may write a note beside it; what a
mentor answers a young person belongs into their conversation, where somebody watches over it (docs/decisions/0020). Who leads
the meeting reads what is to be left out, until the meeting is over. No other person of the family ever learns of any of it,
and a caregiver not even that a young person has prepared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from peer_support.models import Pairing
from portal.access import families, meetings, moment, pairings, people, supervision
from portal.access.meetings import Standing
from portal.accounts.models import Person
from portal.care.models import Guest, Plan, TeamMeeting
from portal.families.models import AccessBasis, Member, StaffAssignment
from portal.programs.models import StaffRole
from portal.voice.models import PrepPoint

Fate, Kind = PrepPoint.Fate, PrepPoint.Kind
PLANNED = meetings.PLANNED


# -- one's own -------------------------------------------------------------------------------------------------------------


def prepared_meetings(person: Person) -> QuerySet[TeamMeeting]:
    """Those still to come for which this person, of the family itself, can get ready."""
    home = Member.objects.filter(Member.in_force(moment.now()), person=person, role__in=people.AT_HOME)
    found = meetings.visible_meetings(person).filter(state__in=PLANNED, plan__closed_at=None)
    return found.filter(plan__family__in=home.values("family"))


def next_to_prepare(person: Person, within: dt.timedelta) -> TeamMeeting | None:
    """The next one that is near. Asked on the first page: nearly always one question says that there is none."""
    now = moment.now()
    near = Q(starts_at__gt=now, starts_at__lte=now + within)
    asked_to = Guest.objects.filter(seat__person=person, kept_out_at=None, meeting__state__in=PLANNED)
    if not TeamMeeting.objects.filter(near, pk__in=asked_to.values("meeting")).exists():
        return None
    return prepared_meetings(person).filter(near).first()


def may_prepare(person: Person, meeting: TeamMeeting) -> bool:
    return prepared_meetings(person).filter(pk=meeting.pk).exists()


def own_points(person: Person) -> QuerySet[PrepPoint]:
    """All that this person has prepared and not put away, whatever became of the meeting."""
    rows = PrepPoint.objects.filter(by=person, by__is_active=True, removed_at=None)
    return rows.select_related(
        "by", "item", "meeting__plan__family__program", "meeting__plan__youth__person", "meeting__plan__youth__family"
    ).order_by("pk")


def own_point(person: Person, public_id: UUID) -> PrepPoint | None:
    """One of them, also where it was put away: who presses the button twice has done it."""
    return PrepPoint.objects.filter(by=person, public_id=public_id).select_related("meeting").first()


def points_of(person: Person, plan: Plan) -> list[PrepPoint]:
    """The same of one team, for whichever of its meetings."""
    return list(own_points(person).filter(meeting__plan=plan).prefetch_related("notes__by"))


def left_from_before(points: Iterable[PrepPoint], meeting: TeamMeeting) -> list[PrepPoint]:
    """Of these what was prepared for a meeting that was called off: it is offered for this one.

    What was told to somebody then is told anew only if its writer says so.
    """
    gone = TeamMeeting.State.CALLED_OFF
    return [one for one in points if one.meeting_id != meeting.pk and one.meeting.state == gone]


def may_change(person: Person, point: PrepPoint) -> bool:
    """While the meeting is still to come; its words only while nobody else can read them."""
    return point.by_id == person.pk and point.removed_at is None and may_prepare(person, point.meeting)


def writer_of(person: Person, meeting: TeamMeeting) -> Member:
    """Their place in the family for which the team meets, the last one they had."""
    places = Member.objects.filter(person=person, family=meeting.plan.family_id, role__in=people.AT_HOME)
    return places.select_related("person", "family__program").latest("pk")


def unscreened() -> QuerySet[PrepPoint]:
    """What was written down and not yet looked at for words of danger."""
    rows = PrepPoint.objects.filter(screened_at=None, removed_at=None)
    return rows.select_related("by", "meeting__plan").order_by("pk")


# -- whom they can choose ----------------------------------------------------------------------------------------------------


def peer_beside(person: Person, meeting: TeamMeeting) -> Pairing | None:
    """The peer partner or mentor with whom this person is in touch now; a mentor only by a guardian's yes that holds."""
    found = Pairing.objects.filter(
        StaffRole.in_force(moment.now(), "peer__"),
        family=meeting.plan.family_id,
        member__person=person,
        state=Pairing.State.ACTIVE,
        peer__person__is_active=True,
    )
    rows = found.select_related("peer__person", "member__person", "family__program").order_by("-began_at", "pk")
    return next((one for one in rows if may_read(one)), None)


def may_read(pairing: Pairing) -> bool:
    """A mentor reads a young person's words only while a guardian's yes holds."""
    return not people.is_minor(pairing.member.person, pairing.family.program) or supervision.is_permitted(pairing)


def keepers(meeting: TeamMeeting) -> list[Person]:
    """Who leads the meeting: the facilitators beside the family for whom it is. Nobody else of the staff."""
    out = Guest.objects.filter(meeting=meeting, seat__person=OuterRef("staff_role__person"), kept_out_at__isnull=False)
    rows = (
        _facilitators(meeting).filter(~Exists(out)).select_related("staff_role__person").order_by("staff_role__person")
    )
    found = list(dict.fromkeys(one.staff_role.person for one in rows))
    if meeting.plan.access_basis != AccessBasis.SUBSTANCE:
        return found
    # About alcohol or drugs: not every one of them (42 CFR part 2).
    return [one for one in found if meetings.visible_meetings(one).filter(pk=meeting.pk).exists()]


def _facilitators(meeting: TeamMeeting) -> QuerySet[StaffAssignment]:
    beside = families.standing_beside(moment.now(), [StaffRole.Role.FACILITATOR])
    return beside.filter(family=meeting.plan.family_id)


def fates_for(point: PrepPoint, pairing: Pairing | None) -> list[PrepPoint.Fate]:
    """What this writer can choose for it now."""
    found = list(PrepPoint.FATES[Kind(point.kind)])
    return found if pairing is not None else [one for one in found if one not in PrepPoint.TO_PEER]


# -- whom it was given to ----------------------------------------------------------------------------------------------------


Beside = dict[tuple[int, int], Pairing]  # by person and family


def stands_beside(person: Person) -> Beside:
    """Whom this peer partner or mentor is in touch with now, and may read what they give."""
    mine = pairings.visible_pairings(person).filter(peer__person=person, state=Pairing.State.ACTIVE)
    return {(one.member.person_id, one.family_id): one for one in mine if may_read(one)}


def given_points(beside: Beside) -> list[tuple[PrepPoint, Pairing]]:
    """What these people gave to the one beside them and have not taken back, of meetings still to come."""
    rows = PrepPoint.objects.filter(
        by__in=[writer for writer, _family in beside],
        fate__in=PrepPoint.TO_PEER,
        removed_at=None,
        meeting__state__in=PLANNED,
    )
    rows = rows.select_related("by", "meeting__plan").prefetch_related("notes").order_by("meeting__starts_at", "pk")
    return [(one, beside[key]) for one in rows if (key := (one.by_id, one.meeting.plan.family_id)) in beside]


def is_given_anything(person: Person) -> bool:
    """Works as a peer partner or mentor: for them there is a page of what they were given, even while it is empty."""
    jobs = {StaffRole.Role.PEER_PARTNER, StaffRole.Role.YOUTH_MENTOR}
    return person.is_active and any(role.role in jobs for role in people.staff_roles(person))


def may_talk(pairing: Pairing) -> bool:
    """Whether a word of the peer may stand beside what they were given: not between a mentor and a young person."""
    return pairings.may_talk(pairing)


def may_note(person: Person, point: PrepPoint) -> bool:
    return any(one.pk == point.pk and may_talk(pairing) for one, pairing in given_points(stands_beside(person)))


def to_leave_out(who: Standing, meeting: TeamMeeting) -> list[PrepPoint]:
    """What somebody of the family asks to be left out, and whom they want there or not: for who leads the meeting alone.

    `who`: as they stand to a meeting they see.
    """
    if not (who.keeps and meeting.is_planned):
        return []
    rows = PrepPoint.objects.filter(meeting=meeting, fate__in=PrepPoint.TO_KEEPER, removed_at=None)
    found = list(rows.order_by("kind", "pk"))
    return found if found and _facilitators(meeting).filter(staff_role__person=who.person).exists() else []
