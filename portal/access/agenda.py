"""Who adds to the agenda of a meeting, who orders it, and who adds to what was written down of it.

Whoever may see a meeting reads all of its agenda. The family's own people, peers and staff add to it; what the family wants to
talk about stands first, in the order the family gives it, and nobody else moves anything. What a peer adds, to the agenda or to
the record, stands beside what staff add and is read by the same people.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from portal.access import meetings, people
from portal.access.meetings import Standing
from portal.care.models import TeamMeeting
from portal.voice.models import AgendaConfirmation, AgendaItem, MeetingNote

Side = AgendaItem.Side


def agenda_of(meeting: TeamMeeting) -> list[AgendaItem]:
    """Of a meeting the reader may see: the family's own first, as the family ordered it; then all others as they came."""
    return list(items_of(meeting).select_related("by"))


def items_of(meeting: TeamMeeting) -> QuerySet[AgendaItem]:
    """What stands on it, in the order in which it is read."""
    return AgendaItem.objects.filter(meeting=meeting, removed_at=None).order_by("side", "place", "pk")


def item_of(meeting: TeamMeeting, public_id: UUID) -> AgendaItem | None:
    """One of that meeting, also where it was taken off."""
    return AgendaItem.objects.filter(meeting=meeting, public_id=public_id).select_related("meeting").first()


def mark_of(items: Iterable[AgendaItem]) -> str:
    """Which agenda it is: changes with every item that comes or goes, and with their order."""
    return sha256(" ".join(str(one.public_id) for one in items).encode()).hexdigest()[:20]


def confirmation_of(meeting: TeamMeeting, items: Iterable[AgendaItem]) -> AgendaConfirmation | None:
    """The word that this very agenda stands."""
    found: AgendaConfirmation | None = getattr(meeting, "agenda_confirmation", None)
    return found if found is not None and found.mark == mark_of(items) else None


def side_of(who: Standing) -> Side | None:
    """On which side of the agenda something of theirs stands; None: they only read it, as a natural support does."""
    if who.part is not None:
        return Side.TEAM if who.keeps else Side.FAMILY
    if who.guest is not None and meetings.is_one_of_them(who.guest):
        return Side.FAMILY
    return Side.TEAM if people.is_staff(who.person) else None


def may_add(who: Standing, meeting: TeamMeeting) -> bool:
    return meeting.is_planned and meeting.plan.is_open and side_of(who) is not None


def may_prepare(who: Standing, meeting: TeamMeeting) -> bool:
    """Get ready for it: the family's own people (`preparing.prepared_meetings` says the same of any meeting)."""
    return meeting.is_planned and meeting.plan.is_open and not who.keeps and side_of(who) == Side.FAMILY


def may_order(who: Standing, meeting: TeamMeeting) -> bool:
    """The family leads its planning (S3:25): the young person, and who decides for them. Never staff."""
    return who.decides and meeting.is_planned and meeting.plan.is_open


def may_remove(who: Standing, item: AgendaItem, meeting: TeamMeeting) -> bool:
    """One's own; and the family what others than the family brought. What another of the family brought stays."""
    if not meeting.is_planned:
        return False
    return item.by_id == who.person.pk or (item.side == Side.TEAM and may_order(who, meeting))


def may_confirm(who: Standing, meeting: TeamMeeting) -> bool:
    return who.keeps and meeting.is_planned and meeting.plan.is_open


# -- what was written down ---------------------------------------------------------------------------------------------------


def notes_of(who: Standing, meeting: TeamMeeting) -> list[MeetingNote]:
    """What was added to the record: for whoever reads the record."""
    if meeting.state != TeamMeeting.State.HELD or not who.reads_notes:
        return []
    return list(MeetingNote.objects.filter(meeting=meeting).select_related("by").order_by("pk"))


def may_add_note(who: Standing, meeting: TeamMeeting) -> bool:
    """Whoever reads the record and may add to the agenda: family, peers and staff alike."""
    return meeting.state == TeamMeeting.State.HELD and who.reads_notes and side_of(who) is not None
