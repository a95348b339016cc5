"""A meeting of the team: proposed, agreed to by the family, moved, confirmed.

Where and when is the family's word: what staff propose stays a proposal until one of the family says yes, and what is moved is
one again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import Refused, granted, people, require
from portal.access import care as care_access
from portal.access import meetings as access
from portal.access.meetings import Standing
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care import refusals
from portal.care.actions.team import take_seats
from portal.care.actions.versions import locked
from portal.care.kinds import TEXT, NotGood
from portal.care.models import Guest, MeetingWish, Plan, Seat, TeamMeeting
from portal.families.models import AccessBasis
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.text import says_nothing

State, Needs = TeamMeeting.State, Guest.Interpreter
FARTHEST = dt.timedelta(days=366)
SHORTEST, LONGEST = 15, 480  # minutes


@transaction.atomic
def propose_meeting(
    *,
    actor: Person,
    plan: Plan,
    starts_at: dt.datetime,
    minutes: int,
    how: str,
    place: str,
    about: str = "",
    zone: str = "",
) -> TeamMeeting:
    """Say when and where the team could meet. What the family proposes is agreed at once; sent twice it is one meeting.

    `zone`: in which the time is read, the region's unless told. Raises TimeBehind, TooFarAhead, NotGood, PlanClosed.
    """
    plan = locked(plan)
    reader = care_access.reader_of(actor, plan)
    if reader is None or not access.may_propose(reader, plan):
        raise Refused
    meeting = TeamMeeting(plan=plan, proposed_by=actor, proposed_at=timezone.now())
    _put(meeting, starts_at, minutes, zone or _zone_of(plan), how, place, about)
    same = _same(actor, meeting)
    if same is not None:
        if access.agrees_by_itself(reader):
            agree_to_meeting(actor=actor, meeting=same, mark=str(same.sequence))
        return same
    if access.agrees_by_itself(reader):
        _agree(meeting, actor)
    meeting.save()
    gather(meeting, actor)
    _comes(meeting, actor)
    note(actor, meeting)
    tell(meeting, but=actor)
    return meeting


@transaction.atomic
def change_meeting(
    *,
    actor: Person,
    meeting: TeamMeeting,
    mark: str,
    starts_at: dt.datetime,
    minutes: int,
    how: str,
    place: str,
    about: str = "",
    zone: str = "",
) -> TeamMeeting:
    """Another time or place is a new proposal: everybody is asked anew, and so is whoever was to interpret.

    `mark`: the state the writer had before them. Raises MeetingOver, ChangedMeanwhile, and what proposing raises.
    """
    meeting, who = held(actor, meeting)
    require(who.keeps or who.decides)
    _check(meeting, mark)
    before, old_time = _when_and_where(meeting), (meeting.starts_at, meeting.minutes)
    _put(meeting, starts_at, minutes, zone or meeting.zone, how, place, about)
    if _when_and_where(meeting) != before:
        notices.take_back(about=about_of(meeting))  # what was told before is no more so: it is told anew
        _is_new_proposal(meeting, actor if who.decides else None)
        Guest.objects.filter(meeting=meeting).update(says="")
        if (meeting.starts_at, meeting.minutes) != old_time:
            Guest.objects.filter(meeting=meeting, interpreter=Needs.ASSIGNED).update(
                interpreter=Needs.NEEDED, sealed_helper=None
            )
        gather(meeting, actor)
        _comes(meeting, actor)
    meeting.save()
    note(actor, meeting)
    tell(meeting, but=actor)
    return meeting


@transaction.atomic
def agree_to_meeting(*, actor: Person, meeting: TeamMeeting, mark: str) -> None:
    """One of the family says yes to when and where. Saying it twice changes nothing. Raises MeetingOver, ChangedMeanwhile."""
    meeting, who = held(actor, meeting)
    require(who.decides)
    _check(meeting, mark)
    if meeting.place_agreed_at is None:
        _agree(meeting, actor)
        meeting.save(update_fields=["place_agreed_by", "place_agreed_at"])
        _comes(meeting, actor)
        note(actor, meeting)
        tell(meeting, but=actor)


@transaction.atomic
def ask_for_other(*, actor: Person, meeting: TeamMeeting, mark: str, text: str) -> None:
    """The family would rather meet elsewhere or at another time, in their words. Until that is settled, nothing is agreed."""
    meeting, who = held(actor, meeting)
    require(who.decides)
    _check(meeting, mark)
    wish = MeetingWish(meeting=meeting, by=actor, at=timezone.now())
    wish.text = words_of("text", text, TEXT)
    wish.save()
    meeting.place_agreed_by = meeting.place_agreed_at = None
    unconfirm(meeting)
    meeting.save()
    note(actor, meeting)
    tell(meeting, but=actor)


def confirm_meeting(*, actor: Person, meeting: TeamMeeting, mark: str) -> None:
    """It takes place: after the family's yes, and with help for everybody who needs it to understand and be understood.

    Who came onto the team since is a guest from now on, also where it cannot be confirmed yet. Raises NotAgreed,
    InterpreterMissing, TimeBehind, MeetingOver, ChangedMeanwhile.
    """
    with transaction.atomic():
        meeting, who = held(actor, meeting)
        require(who.keeps)
        _check(meeting, mark)
        gather(meeting, actor)
    with transaction.atomic():
        _confirm(actor, meeting, mark)


def _confirm(actor: Person, meeting: TeamMeeting, mark: str) -> None:
    meeting, who = held(actor, meeting)
    require(who.keeps)
    _check(meeting, mark)
    if meeting.starts_at <= timezone.now():
        raise refusals.TimeBehind
    if meeting.place_agreed_at is None:
        raise refusals.NotAgreed
    missing = without_interpreter(meeting)
    if missing:
        raise refusals.InterpreterMissing(", ".join(guest.seat.called for guest in missing))
    if meeting.state != State.CONFIRMED:
        meeting.state, meeting.confirmed_by, meeting.confirmed_at = State.CONFIRMED, actor, timezone.now()
        meeting.save(update_fields=["state", "confirmed_by", "confirmed_at"])
        note(actor, meeting)
        tell(meeting, but=actor)


def without_interpreter(meeting: TeamMeeting) -> list[Guest]:
    """Who of those asked to come needs one, has none and has not done without in their own word."""
    rows = Guest.objects.filter(meeting=meeting, kept_out_at=None, seat__state=Seat.State.IN, interpreter=Needs.NEEDED)
    return list(rows.select_related("seat__person").order_by("pk"))


# -- shared with the other steps of a meeting -------------------------------------------------------------------------------


def held(actor: Person, meeting: TeamMeeting) -> tuple[TeamMeeting, Standing]:
    """The meeting as it is now, to the end of the transaction, after its plan; and how the actor stands to it.

    A plan that has ended still lets what was planned be called off or written down.
    """
    Plan.objects.select_for_update(of=("self",)).get(pk=meeting.plan_id)
    now = TeamMeeting.objects.select_for_update(of=("self",)).select_related(
        "plan__family__program", "plan__youth__person", "plan__youth__family__program"
    )
    found = now.get(pk=meeting.pk)
    return found, granted(access.standing(actor, found))


def unconfirm(meeting: TeamMeeting) -> None:
    """What it was confirmed on holds no more."""
    meeting.state, meeting.confirmed_by, meeting.confirmed_at = State.PROPOSED, None, None
    meeting.reminded_at = None


def note(actor: Person, meeting: TeamMeeting) -> None:
    """On the plan's record: that a meeting changed, never when or where."""
    plan = meeting.plan
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="plan",
        subject_id=plan.public_id,
        family=plan.family if plan.access_basis == AccessBasis.PARENT else None,
        step="meeting",
    )


def tell(meeting: TeamMeeting, *, but: Person, only: Sequence[Person] | None = None) -> None:
    """One notice stands for all news of a meeting that is not read yet. It says neither what nor when."""
    for person in access.told_of(meeting) if only is None else only:
        if person != but:
            notices.notify(person=person, kind=Notice.Kind.MEETING, path=page_of(meeting), about=about_of(meeting))


def page_of(meeting: TeamMeeting) -> str:
    return reverse("meeting_show", args=[meeting.public_id])


def about_of(meeting: TeamMeeting) -> str:
    return f"meeting:{meeting.public_id}"


def gather(meeting: TeamMeeting, actor: Person) -> None:
    """Everybody on the team is a guest, and so is who raises the young person and who stands beside the family."""
    take_seats(meeting.plan)
    expected = {reader.person.pk for reader in access.expected(meeting.plan, actor)}
    known = set(Guest.objects.filter(meeting=meeting).values_list("seat", flat=True))
    for seat in access.seats_in(meeting.plan, expected):
        if seat.pk not in known:
            language = _needed_language(seat)
            need = Needs.NEEDED if language else Needs.NOT_NEEDED
            Guest.objects.create(meeting=meeting, seat=seat, interpreter=need, language=language)


def _needed_language(seat: Seat) -> str:
    """What they said for the last meeting; before that, the language in which they read these pages, where it is not English."""
    last = Guest.objects.filter(seat=seat).order_by("-pk").first()
    if last is not None:
        return last.language
    person = seat.person
    if person is None or person.language.startswith("en") or people.is_staff(person):
        return ""
    return person.language


def _put(
    meeting: TeamMeeting, starts_at: dt.datetime, minutes: int, zone: str, how: str, place: str, about: str
) -> None:
    """When, where and what about, checked: by whatever way it comes in."""
    if (starts_at, minutes) != (meeting.starts_at, meeting.minutes):
        _check_time(starts_at)
    if not SHORTEST <= minutes <= LONGEST:
        raise NotGood("minutes", _("Please choose between 15 minutes and 8 hours."))
    if how not in TeamMeeting.How.values:
        raise NotGood("how", _("Please choose one of these."))
    meeting.starts_at, meeting.minutes, meeting.zone, meeting.how = starts_at, minutes, zone, how
    meeting.place = words_of("place", place, TEXT)
    meeting.about = words_of("about", about, TEXT, required=False)


def _check_time(starts_at: dt.datetime) -> None:
    now = timezone.now()
    if starts_at <= now:
        raise refusals.TimeBehind
    if starts_at > now + FARTHEST:
        raise refusals.TooFarAhead


def words_of(name: str, text: str, longest: int, *, required: bool = True) -> str:
    text = text.strip()
    if required and says_nothing(text):
        raise NotGood(name, _("Please fill this in."))
    if len(text) > longest:
        raise NotGood(name, _("This is too long. Please say it shorter."))
    return text


def _check(meeting: TeamMeeting, mark: str) -> None:
    if not meeting.is_planned:
        raise refusals.MeetingOver
    if not meeting.plan.is_open:
        raise refusals.PlanClosed
    if mark != str(meeting.sequence):
        raise refusals.ChangedMeanwhile


def _is_new_proposal(meeting: TeamMeeting, agreed_by: Person | None) -> None:
    meeting.sequence += 1
    unconfirm(meeting)
    meeting.place_agreed_by = meeting.place_agreed_at = None
    if agreed_by is not None:
        _agree(meeting, agreed_by)


def _agree(meeting: TeamMeeting, actor: Person) -> None:
    meeting.place_agreed_by, meeting.place_agreed_at = actor, timezone.now()


def _comes(meeting: TeamMeeting, actor: Person) -> None:
    """Who says when and where they meet will be there, until they say otherwise."""
    Guest.objects.filter(meeting=meeting, seat__person=actor, says="").update(says=Guest.Says.YES)


def _when_and_where(meeting: TeamMeeting) -> tuple[object, ...]:
    return meeting.starts_at, meeting.minutes, meeting.zone, meeting.how, meeting.place


def _zone_of(plan: Plan) -> str:
    return plan.family.program.profile.time_zone_of(plan.family.region or None)


def _same(actor: Person, meeting: TeamMeeting) -> TeamMeeting | None:
    """The same asked for twice: a page sent again, or two people at once."""
    rows = access.visible_meetings(actor).filter(plan=meeting.plan, state__in=access.PLANNED)
    rows = rows.filter(starts_at=meeting.starts_at)
    return next((row for row in rows if _when_and_where(row) == _when_and_where(meeting)), None)
