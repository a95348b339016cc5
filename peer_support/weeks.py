"""How two people are in touch, as a page shows it: the weeks that were promised, what comes next, what was and what was tried."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from portal.access import contacts as access
from portal.clocks.rules import DAY
from portal.clocks.shown import Look, look_of

if TYPE_CHECKING:
    from peer_support.models import Contact, ContactPause, PlannedContact
    from portal.accounts.models import Person
    from portal.clocks.models import Clock
    from portal.families.models import Member

MOST = 50
ASKED_FOR = dt.timedelta(days=14)  # how long we ask how a contact felt


@dataclass(frozen=True, slots=True)
class Week:
    """One part of the rhythm, as its clock counts it."""

    number: int
    first: dt.date
    last: dt.date
    needed: int
    done: int
    by_role: tuple[tuple[str, int], ...]  # how many of them by which job: a peer's contact counts under its own
    look: Look

    @property
    def left(self) -> int:
        return max(0, self.needed - self.done)

    @property
    def is_red(self) -> bool:
        return self.look is Look.LATE

    @property
    def is_kept(self) -> bool:
        return self.look is Look.KEPT

    @property
    def is_still(self) -> bool:
        return self.look is Look.STILL


@dataclass(frozen=True, slots=True)
class Line:
    """One contact; `note` only where this reader may read it."""

    contact: Contact
    note: str
    felt: str
    is_asked: bool  # whether the reader may still say how it felt


@dataclass(frozen=True, slots=True)
class InTouch:
    member: Member
    plans: list[PlannedContact]  # ahead, the next one first
    unwritten: list[PlannedContact]  # planned, over, and nothing was written down
    pause: ContactPause | None
    weeks: list[Week]
    met: list[Line]
    tried: list[Line]
    offers_visit: bool

    @property
    def next_plan(self) -> PlannedContact | None:
        return self.plans[0] if self.plans else None

    @property
    def week(self) -> Week | None:
        return _running(self.weeks, self.member)

    @property
    def is_over(self) -> bool:
        """All weeks that were promised have passed."""
        return bool(self.weeks) and self.week is None


@dataclass(frozen=True, slots=True)
class Glance:
    """The same in two lines, for the first page."""

    pause: ContactPause | None
    next_plan: PlannedContact | None
    week: Week | None


def glance(person: Person, members: list[Member]) -> Glance | None:
    """Of the person's first place in a family where anything is planned, promised or paused."""
    for member in members:
        if member.role not in access.REACHABLE:
            continue
        plans = access.visible_plans(person).filter(member=member, planned_at__gt=timezone.now())
        found = Glance(access.pause_of(member), plans.first(), _running(weeks_of(person, member), member))
        if found.pause or found.next_plan or found.week:
            return found
    return None


def _running(weeks: list[Week], member: Member) -> Week | None:
    """The week that has not ended; one that stands still has not, whatever its date says until it goes on."""
    running = [week for week in weeks if week.is_still or week.last >= access.today_of(member)]
    return running[-1] if running else None


def in_touch(person: Person, member: Member) -> InTouch:
    now = timezone.now()
    contacts = list(access.visible_contacts(person).filter(member=member).select_related("felt")[:MOST])
    plans = list(access.visible_plans(person).filter(member=member)[:MOST])
    lines = [_line(person, contact, now) for contact in contacts]
    pause = access.pause_of(member)
    ahead = [plan for plan in plans if plan.planned_at > now]
    return InTouch(
        member=member,
        plans=ahead,
        unwritten=[plan for plan in plans if plan.planned_at <= now],
        pause=pause,
        weeks=weeks_of(person, member),
        met=[line for line in lines if line.contact.outcome == "reached"],
        tried=[line for line in lines if line.contact.outcome != "reached"],
        offers_visit=pause is None and _is_remote_only(contacts, member, now) and not _comes_by(ahead),
    )


def reachable(person: Person) -> list[tuple[Member, ContactPause | None]]:
    """Whom this person, as staff, is in touch with, and who asked for a break."""
    members = list(access.reachable_members(person))
    pauses = {pause.member_id: pause for pause in access.visible_pauses(person)} if members else {}
    return [(member, _in_force(pauses.get(member.pk), member)) for member in members]


def _in_force(pause: ContactPause | None, member: Member) -> ContactPause | None:
    return pause if pause is not None and pause.comes_back_on > access.today_of(member) else None


def weeks_of(person: Person, member: Member) -> list[Week]:
    clocks = list(access.rhythm_clocks(person, member))
    if not clocks:
        return []
    counted = [
        (contact.happened_at, contact.by.get_role_display())
        for contact in access.visible_contacts(person).filter(member=member, counts=True)
    ]
    now = timezone.now()
    return [_week(clock, counted, now) for clock in clocks if clock.due_on is not None and clock.state != "cancelled"]


def _week(clock: Clock, counted: list[tuple[dt.datetime, str]], now: dt.datetime) -> Week:
    assert clock.ends_at is not None and clock.due_on is not None  # noqa: S101, PT018 - windows have dates
    within = [role for at, role in counted if clock.opens_at <= at < clock.ends_at]
    return Week(
        number=clock.period,
        first=clock.opens_at.astimezone(clock.tzinfo).date(),
        last=clock.due_on,
        needed=clock.terms["count"] or 1,
        done=len(within),
        by_role=tuple(sorted(Counter(within).items())),
        look=look_of(clock, now),
    )


def _line(person: Person, contact: Contact, now: dt.datetime) -> Line:
    """How it felt is shown to the person who said it, and to nobody else."""
    is_own = contact.member.person_id == person.pk
    felt = getattr(contact, "felt", None) if is_own else None
    is_asked = is_own and contact.outcome == "reached" and felt is None and now - contact.happened_at < ASKED_FOR
    return Line(
        contact,
        contact.note if access.may_read_note(person, contact) else "",
        felt.get_answer_display() if felt is not None else "",
        is_asked,
    )


def _is_remote_only(contacts: list[Contact], member: Member, now: dt.datetime) -> bool:
    """So many weeks, as the profile says, in each of which they were in touch and never saw each other."""
    weeks = member.family.program.profile.settings.remote_weeks_before_visit
    if weeks is None:
        return False
    reached = [contact for contact in contacts if contact.outcome == "reached"]
    ago = [((now - contact.happened_at) // (7 * DAY), contact.way) for contact in reached]
    lately = {week for week, _way in ago if week < weeks.value}
    return len(lately) == weeks.value and not any(way == "visit" and week < weeks.value for week, way in ago)


def _comes_by(plans: list[PlannedContact]) -> bool:
    return any(plan.way == "visit" for plan in plans)
