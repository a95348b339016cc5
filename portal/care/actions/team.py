"""The team around one young person: who is asked in, answered, taken off; asking for somebody else of the staff."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.access import Refused, require
from portal.access import care as care_access
from portal.access import team as access
from portal.access.care import Reader
from portal.access.team_rows import OPEN
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care import refusals
from portal.care.actions.versions import locked
from portal.care.models import EmptyPlace, Plan, Seat, TeamAsk, TeamLink, Tick
from portal.clocks.actions import give_to_role, record_happening
from portal.clocks.models import Clock, Matter
from portal.families import actions as families
from portal.families.models import AccessBasis, Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.vocabulary import Event
from portal.text import one_line, says_nothing

NAME, AGENCY = 80, 120
State = Seat.State


@transaction.atomic
def add_seat(
    *,
    actor: Person,
    plan: Plan,
    role: str,
    person: Person | None = None,
    name: str = "",
    agency: str = "",
    reach: str = "",
    access_basis: str = AccessBasis.PARENT,
) -> Seat:
    """Ask somebody onto the team. Whom the family asks is on it; whom staff propose, when the family says yes.

    Raises NameMissing, OnTheTeam, PlanClosed.
    """
    plan = locked(plan)
    reader = _reader(actor, plan)
    is_familys = access.may_change(reader, plan)
    require((is_familys or access.may_propose(reader)) and role in access.BY_HAND)
    basis = AccessBasis(access_basis) if access_basis != AccessBasis.PARENT else access.bases_in(reader, plan)[0]
    require(basis in access.bases_in(reader, plan))
    name = one_line(name, NAME)
    if person is None and not name:
        raise refusals.NameMissing
    if person is not None:
        take_seats(plan)
        _check_person(reader, plan, person, basis)
    now = timezone.now()
    seat = Seat(plan=plan, role=role, person=person, agency=one_line(agency, AGENCY), access_basis=basis)
    seat.name, seat.reach = name, reach.strip()
    seat.asked_by, seat.asked_at = actor, now
    seat.state, seat.joined_at = (State.IN, now) if is_familys else (State.PROPOSED, None)
    seat.save()
    keep_seat(actor, seat, Entry.Verb.CREATED)
    return seat


def _check_person(reader: Reader, plan: Plan, person: Person, basis: AccessBasis) -> None:
    if Seat.objects.filter(plan=plan, person=person, state__in=OPEN).exists():
        raise refusals.OnTheTeam
    require(basis == AccessBasis.PARENT and person in access.candidates(reader, plan))


@transaction.atomic
def answer_seat(*, actor: Person, seat: Seat, yes: bool) -> None:
    """The family's yes or no to whom staff propose. Raises AnsweredMeanwhile, PlanClosed."""
    plan = locked(seat.plan)
    reader = _reader(actor, plan)
    require(access.may_change(reader, plan) and access.is_open_to(reader, seat))
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if seat.state != State.PROPOSED:
        raise refusals.AnsweredMeanwhile
    now = timezone.now()
    if yes:
        seat.state, seat.joined_at = State.IN, now
    else:
        seat.state, seat.ended_by, seat.ended_at = State.DECLINED, actor, now
    seat.save(update_fields=["state", "joined_at", "ended_by", "ended_at"])
    keep_seat(actor, seat, Entry.Verb.CHANGED)


@transaction.atomic
def end_seat(*, actor: Person, seat: Seat, why: str = "") -> None:
    """Off the team, from this commit on; what they were shown of the plan ends with it. Staff have to say why.

    Who came in by a link of the family leaves the family's own people, too, unless they are on another team of it.
    Raises TeamReasonMissing, AnsweredMeanwhile, PlanClosed.
    """
    plan = locked(seat.plan)
    reader = _reader(actor, plan)
    require(access.may_take_off(reader, plan, seat))
    seat = Seat.objects.select_for_update(of=("self",)).select_related("person").get(pk=seat.pk)
    if seat.state not in OPEN:
        raise refusals.AnsweredMeanwhile
    if reader.part == care_access.Part.STAFF and says_nothing(why):
        raise refusals.TeamReasonMissing
    now = timezone.now()
    seat.state, seat.ended_by, seat.ended_at, seat.why = State.LEFT, actor, now, why.strip()
    seat.save(update_fields=["state", "ended_by", "ended_at", "sealed_why"])
    TeamLink.objects.filter(seat=seat, used_at=None, ended_at=None).update(ended_at=now)
    if seat.person is not None:
        _close_to(actor, plan, seat, seat.person)
    keep_seat(actor, seat, Entry.Verb.ENDED)


def _close_to(actor: Person, plan: Plan, seat: Seat, person: Person) -> None:
    """Nothing of this plan is shown to them any more."""
    member = Member.objects.filter(
        Member.in_force(timezone.now()), family=plan.family, person=person, role=Member.Role.NATURAL_SUPPORT
    ).first()
    if member is None:
        return
    Tick.objects.filter(item__plan=plan, member=member, ended_at=None).update(ended_at=timezone.now())
    elsewhere = Seat.objects.filter(~Q(plan=plan), plan__family=plan.family, person=person, state__in=OPEN)
    if TeamLink.objects.filter(seat=seat).exclude(used_at=None).exists() and not elsewhere.exists():
        families.let_go(actor=actor, member=member)


@transaction.atomic
def set_reach(*, actor: Person, seat: Seat, reach: str) -> None:
    """How to reach them, as they want it. Raises PlanClosed."""
    plan = locked(seat.plan)
    require(access.may_set_reach(_reader(actor, plan), plan, seat))
    seat = _kept(plan, seat)
    seat.reach = reach.strip()
    seat.save(update_fields=["sealed_reach"])
    keep_seat(actor, seat, Entry.Verb.CHANGED)


@transaction.atomic
def explain_empty_place(*, actor: Person, plan: Plan, role: str, why: str) -> None:
    """Why nobody is there. The newest word counts, none is overwritten. Raises ReasonMissing, PlanClosed."""
    plan = locked(plan)
    reader = _reader(actor, plan)
    require(access.may_change(reader, plan) or access.may_propose(reader))
    require(role in access.missing_roles(plan, reader))
    if says_nothing(why):
        raise refusals.ReasonMissing
    place = EmptyPlace(plan=plan, role=role, by=actor)
    place.why = why.strip()
    place.save()
    record(
        actor=actor, verb=Entry.Verb.CHANGED, subject="team", subject_id=plan.public_id, family=plan.family, place=role
    )


# -- asking for somebody else ------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_change(*, actor: Person, seat: Seat, why: str = "") -> TeamAsk:
    """Ask for somebody else of the staff; no reason is needed. In a programme that promises an answer, its date begins.

    Asking twice is asking once. It is between the person who asks and the staff. Raises PlanClosed.
    """
    plan = locked(seat.plan)
    require(access.may_ask_change(_reader(actor, plan), plan, seat))
    seat = _kept(plan, seat)
    there = TeamAsk.objects.filter(seat=seat, asked_by=actor, answered_at=None).first()
    if there is not None:
        return there
    ask = TeamAsk(seat=seat, asked_by=actor)
    ask.why = why.strip()
    ask.save()
    _of_ask(actor, ask, Event.TEAM_CHANGE_REQUESTED, "asked")
    record(actor=actor, verb=Entry.Verb.CREATED, subject="team_ask", subject_id=ask.public_id)
    for reader in care_access.readers_of(plan):
        if reader.part == care_access.Part.STAFF:
            _notify_of_ask(reader.person, ask, Notice.Kind.SUPPORT_ASKED)
    return ask


@transaction.atomic
def answer_ask(*, actor: Person, ask: TeamAsk, answer: str, words: str) -> None:
    """What becomes of it, in words. Raises ReasonMissing, AnsweredMeanwhile."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("family__program").get(pk=ask.seat.plan_id)
    ask = TeamAsk.objects.select_for_update(of=("self",)).select_related("seat", "asked_by").get(pk=ask.pk)
    ask.seat.plan = plan
    require(access.may_answer_ask(_reader(actor, plan), ask))
    if ask.answered_at is not None:
        raise refusals.AnsweredMeanwhile
    if says_nothing(words):
        raise refusals.ReasonMissing
    ask.answer, ask.words = TeamAsk.Answer(answer), words.strip()
    ask.answered_by, ask.answered_at = actor, timezone.now()
    ask.save(update_fields=["answer", "sealed_words", "answered_by", "answered_at"])
    _of_ask(actor, ask, Event.TEAM_CHANGE_ANSWERED, "answered")
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="team_ask", subject_id=ask.public_id)
    for about in (_about_ask(ask), _late(ask)):
        notices.take_back(about=about)
    _notify_of_ask(ask.asked_by, ask, Notice.Kind.SUPPORT)


def escalate_asks() -> int:
    """What was asked for and not answered by its date goes one step up, once; how many went. For any number of workers."""
    return one_by_one(access.late_asks(), _escalate, "A late answer about the team could not be told of")


@transaction.atomic
def _escalate(clock: Clock) -> int:
    """The date stands on their list from now on; what was asked stays between who asked and the staff beside them."""
    ask = TeamAsk.objects.select_related("seat__plan__family").get(public_id=clock.subject_id)
    role = access.above_staff(ask)
    if role is None or not give_to_role(actor=None, subject="team_ask", subject_id=clock.subject_id, role=role):
        return 0
    notices.notify(person=role.person, kind=Notice.Kind.CLOCK_MISSED, path=reverse("work_list"), about=_late(ask))
    return 1


def see_ask(*, actor: Person, ask: TeamAsk) -> None:
    """They have its page open: what told them of it is read. Staff still have the date by which an answer is due."""
    notices.mark_read(person=actor, about=_about_ask(ask))


def _of_ask(actor: Person, ask: TeamAsk, event: Event, step: str) -> None:
    plan = ask.seat.plan
    matter = Matter(family=plan.family, subject="team_ask", subject_id=str(ask.public_id), matter_of=ask.asked_by)
    key = f"team-{step}:{ask.public_id}"
    record_happening(actor=actor, program=plan.family.program, event=event, at=timezone.now(), key=key, matter=matter)


def _about_ask(ask: TeamAsk) -> str:
    return f"team-ask:{ask.public_id}"


def _late(ask: TeamAsk) -> str:
    return f"team-ask-late:{ask.public_id}"


def _notify_of_ask(person: Person, ask: TeamAsk, kind: Notice.Kind) -> None:
    path = reverse("team_ask_show", args=[ask.public_id])
    notices.notify(person=person, kind=kind, path=path, about=_about_ask(ask))


# -- rows ------------------------------------------------------------------------------------------------------------------


def take_seats(plan: Plan) -> None:
    """Keep a row for each who is on the team by themselves, and end those of who is on it no more. The plan is locked."""
    found = access.everyone(plan)
    stays = [seat.pk for seat in found if not seat._state.adding]
    gone = Seat.objects.filter(plan=plan, state__in=OPEN).exclude(person=None).exclude(pk__in=stays)
    gone.update(state=State.LEFT, ended_at=timezone.now())
    for seat in found:
        if seat._state.adding:
            _save_once(seat)


def _save_once(seat: Seat) -> None:
    """Whoever left and came back on the same rows gets another id: the first one is that of the earlier stay."""
    try:
        with transaction.atomic():
            seat.save()
    except IntegrityError:
        seat.public_id = Seat().public_id
        seat.save()


def _kept(plan: Plan, seat: Seat) -> Seat:
    """The seat's row, held; made now for who is there by themselves."""
    take_seats(plan)
    rows = Seat.objects.select_for_update(of=("self",)).filter(plan=plan, state__in=OPEN)
    same = Q(person=seat.person_id) if seat.person_id is not None else Q(pk=seat.pk)
    found = rows.filter(same).first()
    if found is None:
        raise refusals.AnsweredMeanwhile
    found.plan = plan
    return found


def _reader(actor: Person, plan: Plan) -> Reader:
    reader = care_access.reader_of(actor, plan)
    if reader is None:
        raise Refused
    return reader


def keep_seat(actor: Person, seat: Seat, verb: Entry.Verb) -> None:
    """On the family's record where all of it may know, and told to whoever has to do with the team and sees it."""
    plan = seat.plan
    is_open = seat.access_basis == AccessBasis.PARENT
    record(
        actor=actor,
        verb=verb,
        subject="team",
        subject_id=plan.public_id,
        family=plan.family if is_open else None,
        place=str(seat.role) if is_open else "",
    )
    about = f"team:{plan.public_id}"
    notices.mark_read(person=actor, about=about)
    for reader in access.told_of(plan, seat):
        if reader.person != actor:
            notices.notify(
                person=reader.person,
                kind=Notice.Kind.PLAN,
                path=reverse("team_show", args=[plan.public_id]),
                about=about,
            )
