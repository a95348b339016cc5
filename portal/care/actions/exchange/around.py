"""The team, its meetings and consents to share, taken over from another system: nothing of it speaks for the family."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from portal.access import team as team_access
from portal.access.releases import BY_SCOPE, OWN
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care.actions.exchange.items import Plans
from portal.care.actions.exchange.known import Run
from portal.care.actions.exchange.people import People
from portal.care.actions.meetings import note, tell
from portal.care.fhir.brought import SaidMeeting, SaidRelease, SaidSeat
from portal.care.models import Plan, Seat, TeamMeeting
from portal.families.models import AccessBasis, Member, Release, Released
from portal.text import one_line

NAME, AGENCY = 80, 120
State = TeamMeeting.State


class Around:
    def __init__(self, run: Run, people: People, plans: Plans, *, is_new: set[int]) -> None:
        self.run = run
        self.people = people
        self.plans = plans
        self.is_new = is_new  # families that came into being with this run: nobody of them could be asked yet

    # -- the team --

    def seat(self, said: SaidSeat) -> None:
        youth = self.people.members[said.youth]
        known = self.run.find(said.key)
        if known is not None:
            self.run.check_youth(known, youth, "seat", said.where)
            if known.content_hash != said.digest:
                self._change_seat(Seat.objects.get(pk=known.row_id), said)
                self.run.remember(said.key, youth.family, Seat(pk=known.row_id), "seat", said.digest)
            return
        member = self.people.members.get(said.who) if said.who is not None else None
        if said.who is not None and member is None:
            self.run.refuse(said.where, "who it names is not taken")
            return
        own = self.run.own_id(said.key) or self._own_of(said)
        newest = self.plans.newest(youth)
        if newest is not None and self._is_there(newest, member, said, own):
            return
        seat = self._new_seat(self.plans.plan_of(youth), member, said)
        self.run.added["seats"] += 1
        self.run.remember(said.key, youth.family, seat, "seat", said.digest)

    def _own_of(self, said: SaidSeat) -> str:
        return said.key.id.rpartition("#")[2]

    def _is_there(self, plan: Plan, member: Member | None, said: SaidSeat, own: Any) -> bool:
        """The young person and who raises them sit there by themselves; and a seat of ours that comes back is known by its id."""
        seats = [*team_access.everyone(plan), *team_access.by_themselves(plan)]
        if member is not None and any(seat.person_id == member.person_id for seat in seats):
            return True
        return any(str(seat.public_id) == str(own) for seat in seats)

    def _new_seat(self, plan: Plan, member: Member | None, said: SaidSeat) -> Seat:
        now = timezone.now()
        since = _noon(said.since, self.run) or now
        is_in = plan.family_id in self.is_new
        seat = Seat(
            plan=plan,
            role=said.role,
            person=member.person if member is not None else None,
            agency=one_line(said.agency, AGENCY),
            access_basis=plan.access_basis if member is None else AccessBasis.PARENT,
            asked_by=self.run.actor,
            asked_at=now,
            state=Seat.State.IN if is_in else Seat.State.PROPOSED,
            joined_at=since if is_in else None,
        )
        if member is None:
            seat.name = one_line(said.name, NAME)
        seat.reach = said.reach
        if self._has_left(said):
            seat.state, seat.joined_at = Seat.State.LEFT, since
            seat.ended_at, seat.ended_by = _noon(said.until, self.run), self.run.actor
        seat.save()
        record(
            actor=self.run.actor,
            verb=Entry.Verb.CREATED,
            subject="plan",
            subject_id=plan.public_id,
            family=plan.family if plan.access_basis == AccessBasis.PARENT else None,
            step="team",
        )
        return seat

    def _has_left(self, said: SaidSeat) -> bool:
        return said.until is not None and said.until < self.run.program.today()

    def _change_seat(self, seat: Seat, said: SaidSeat) -> None:
        """Who left elsewhere has left here; all else about a seat is the family's to say."""
        if self._has_left(said) and seat.state in {Seat.State.IN, Seat.State.PROPOSED}:
            seat.state, seat.ended_by, seat.ended_at = Seat.State.LEFT, self.run.actor, timezone.now()
            seat.save(update_fields=["state", "ended_by", "ended_at"])
            self.run.changed["seats"] += 1
        else:
            self.run.kept["seat"] += 1

    # -- its meetings --

    def meeting(self, said: SaidMeeting) -> None:
        youth = self.people.members[said.youth]
        known = self.run.find(said.key)
        if known is not None:
            self.run.check_youth(known, youth, "meeting", said.where)
            if known.content_hash != said.digest:
                self._change_meeting(TeamMeeting.objects.get(pk=known.row_id), said)
                self.run.remember(said.key, youth.family, TeamMeeting(pk=known.row_id), "meeting", said.digest)
            return
        own = self.run.own_id(said.key)
        if own is not None and TeamMeeting.objects.filter(plan__youth=youth, public_id=own).exists():
            return
        plan = self.plans.plan_of(youth)
        meeting = TeamMeeting(plan=plan, proposed_by=self.run.actor, zone=str(self.run.program.zone))
        self._put(meeting, said, agreed_at=said.agreed_at if plan.family_id in self.is_new else None)
        meeting.save()
        self.run.added["meetings"] += 1
        self.run.remember(said.key, youth.family, meeting, "meeting", said.digest)
        note(self.run.actor, meeting)
        tell(meeting, but=self.run.actor)

    def _put(self, meeting: TeamMeeting, said: SaidMeeting, *, agreed_at: dt.datetime | None) -> None:
        """`agreed_at`: of a family that nobody here could ask yet, the yes they gave elsewhere."""
        meeting.starts_at, meeting.minutes, meeting.how = said.starts_at, said.minutes, said.how
        meeting.place, meeting.about, meeting.notes = said.place, said.about, said.notes
        if said.status == "cancelled":
            meeting.state, meeting.ended_at = State.CALLED_OFF, timezone.now()
        elif agreed_at is not None and said.status in {"booked", "fulfilled"}:
            meeting.place_agreed_at = agreed_at
            meeting.state = State.CONFIRMED
            meeting.confirmed_at = agreed_at
            if said.status == "fulfilled":
                meeting.state, meeting.ended_at = State.HELD, timezone.now()
        elif said.status in {"booked", "fulfilled", "arrived", "checked-in"}:
            # The place is the family's word, and no other system's.
            self.run.kept[f"Appointment.status {said.status}: it waits for the family's yes to the place"] += 1

    def _change_meeting(self, meeting: TeamMeeting, said: SaidMeeting) -> None:
        """Until one of the family has said anything of it; and no file says yes for them."""
        has_been_answered = meeting.place_agreed_at is not None or meeting.wishes.exists()
        if meeting.state != State.PROPOSED or has_been_answered:
            self.run.kept["meeting"] += 1
            return
        self._put(meeting, said, agreed_at=None)
        meeting.sequence += 1
        meeting.save()
        self.run.changed["meetings"] += 1
        note(self.run.actor, meeting)
        tell(meeting, but=self.run.actor)

    # -- consents to share --

    def release(self, said: SaidRelease) -> None:
        youth = self.people.members[said.youth]
        known = self.run.find(said.key)
        if known is not None:
            self.run.check_youth(known, youth, "release", said.where)
            if (
                known.content_hash != said.digest
            ):  # a signed text does not change: a new one is signed, or it is revoked here
                self.run.kept["release"] += 1
            return
        own = self.run.own_id(said.key)
        if own is not None and Release.objects.filter(youth=youth, public_id=own).exists():
            return
        signer = self.people.members.get(said.signed_by)
        if signer is None or signer.family_id != youth.family_id:
            self.run.refuse(said.where, "who signed it is not known here")
            return
        if not _may_claim(said.fields["authority"], is_own=signer.person_id == youth.person_id):
            self.run.refuse(said.where, "who signed it cannot have signed by the right it names")
            return
        terms = said.fields.pop("terms")
        signed_at = said.signed_at
        if not isinstance(signed_at, dt.datetime):  # a day alone names no hour
            signed_at = dt.datetime.combine(signed_at, dt.time(12), self.run.program.zone)
        release = Release(youth=youth, signed_by=signer.person, signed_at=signed_at, **said.fields)
        release.terms = terms if isinstance(terms, dict) else {}
        release.save()
        Released.objects.bulk_create(Released(release=release, category=one) for one in said.categories)
        self.run.added["releases"] += 1
        self.run.remember(said.key, youth.family, release, "release", said.digest)
        record(
            actor=self.run.actor,
            verb=Entry.Verb.CREATED,
            subject="release",
            subject_id=release.public_id,
            family=youth.family if release.authority != "self" else None,
        )


def _may_claim(authority: object, *, is_own: bool) -> bool:
    """The young person signs as themselves and nobody else does; a grown-up by a right there is."""
    return authority == OWN if is_own else authority in BY_SCOPE


def _noon(day: dt.date | None, run: Run) -> dt.datetime | None:
    return None if day is None else dt.datetime.combine(day, dt.time(12), run.program.zone)
