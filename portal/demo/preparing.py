"""Around the meetings of Marcus's team: a list in the family's order, a preparation in progress, how the last one was.

Last quarter's answers are those of families that have left: rows for the result, and nobody signs in as one of them. Louisiana
has published its result; North Carolina owes one for last year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from peer_support.reach import quarters_before
from portal.access.agenda import items_of, mark_of
from portal.accounts.models import Person
from portal.care.actions import ask_to_come, hold_meeting, propose_meeting
from portal.care.models import Guest, Plan, Seat, TeamMeeting, TeamRole
from portal.clocks.actions import start_clock
from portal.clocks.firing import fire_due
from portal.demo import cast
from portal.families.models import Member
from portal.notices.models import Notice
from portal.programs.models import Program
from portal.voice import yearly
from portal.voice.actions import (
    Words,
    add_agenda_item,
    answer_pulse,
    ask_pulses,
    choose_for_point,
    confirm_agenda,
    publish_result,
    write_down,
)
from portal.voice.models import Pulse, PulseAnswer

BEFORE = dt.timedelta(days=24)  # before Marcus was in the program: it keeps no promise of it
LAST_YEARS = "NC-CFTDATA"
LEARNED = (
    "Most families felt heard. Many did not see the plan change because of them. "
    "From this spring on, every meeting begins with the family’s own list."
)


@dataclass(frozen=True)
class _Group:
    """So many families whose meeting went alike."""

    count: int
    side: str
    heard: str
    changed: str
    with_young: bool
    with_peer: bool


GROUPS = (
    _Group(22, "raising", "yes", "yes", with_young=True, with_peer=True),
    _Group(12, "young", "partly", "no", with_young=True, with_peer=False),
    _Group(11, "raising", "no", "no", with_young=False, with_peer=True),
    _Group(11, "raising", "yes", "unsure", with_young=False, with_peer=False),
)


def tell(people: dict[str, Person], *, now: dt.datetime) -> None:
    plan = Plan.objects.get(youth__person=people["marcus"])
    coming = TeamMeeting.objects.filter(plan=plan, state=TeamMeeting.State.CONFIRMED).earliest("starts_at")
    _prepare(people, coming)
    _was_held(people, plan, now)
    _last_quarter(plan)
    _publish(people["carla"], plan.family.program)
    _owe_last_year()


def _prepare(people: dict[str, Person], meeting: TeamMeeting) -> None:
    """Renée and Marcus have something on the list, Paul has, too; two things Marcus keeps, and one Paul alone reads."""
    renee, marcus, paul = people["renee"], people["marcus"], people["paul"]
    said = (
        ("renee", renee, "The bus: who waits with him in the morning?"),
        ("paul", paul, "Who does what until the next meeting"),
    )
    for name, actor, text in said:
        add_agenda_item(actor=actor, meeting=meeting, key=cast.id_of(f"agenda-{name}"), text=text)
    points = write_down(
        actor=marcus,
        meeting=meeting,
        points=[
            Words(cast.id_of("prep-1"), "say", "Ask me before you plan something for me."),
            Words(cast.id_of("prep-2"), "say", "I want to draw there while you talk."),
            Words(cast.id_of("prep-3"), "leave_out", "Please nothing about my dad."),
            Words(cast.id_of("prep-4"), "there", "Aunt Bea"),
        ],
    )
    for point, fate in zip(points[:3], ("meeting", "peer", "keeper"), strict=True):
        choose_for_point(actor=marcus, point=point, fate=fate)
    confirm_agenda(actor=paul, meeting=meeting, mark=mark_of(items_of(meeting)))
    ask_to_come(actor=renee, guest=Guest.objects.get(meeting=meeting, seat__person=people["alma"]))
    Notice.objects.filter(about=f"meeting:{meeting.public_id}").delete()


def _was_held(people: dict[str, Person], plan: Plan, now: dt.datetime) -> None:
    """Written down today: Renée has said how it was, and Marcus is asked."""
    renee, paul = people["renee"], people["paul"]
    meeting = propose_meeting(
        actor=renee,
        plan=plan,
        starts_at=now + dt.timedelta(days=60),
        minutes=60,
        how="place",
        place="At home, in the kitchen",
        about="Getting to know each other",
    )
    TeamMeeting.objects.filter(pk=meeting.pk).update(starts_at=now - BEFORE, proposed_at=now - 2 * BEFORE)
    family = Guest.objects.filter(meeting=meeting, seat__role__in=[TeamRole.YOUTH, TeamRole.CAREGIVER])
    came = {*family.values_list("pk", flat=True), Guest.objects.get(meeting=meeting, seat__person=paul).pk}
    hold_meeting(
        actor=paul, meeting=meeting, came=came, notes="We heard what mornings are like, and who helps already."
    )
    Notice.objects.filter(about__contains=str(meeting.public_id)).delete()
    ask_pulses()
    pulse = Pulse.objects.get(meeting=meeting, person=renee)
    words = "Please ask Marcus first, and me after him."
    answer_pulse(actor=renee, pulse=pulse, heard="partly", changed="yes", words=words, reader="team")


def _last_quarter(plan: Plan) -> None:
    """Each of them met once; the last quarter that nothing changes any more."""
    program = plan.family.program
    days = program.profile.settings.pulse_days.value
    quarter = quarters_before(program.today() - dt.timedelta(days=days), 1)[0]
    at = dt.datetime.combine(quarter.first, dt.time(17), program.zone) + dt.timedelta(days=40)
    left = list(
        Member.objects.filter(family__name="Left", family__program=program).select_related("family").order_by("pk")
    )
    for group in GROUPS:
        members, left = left[: group.count], left[group.count :]
        _met(group, members, plan.opened_by, at, dt.timedelta(days=days))


def _met(group: _Group, members: Sequence[Member], keeper: Person, at: dt.datetime, open_for: dt.timedelta) -> None:
    young = Person.objects.bulk_create(
        Person(display_name="Someone who left", is_demo=True, is_active=False) for _one in members
    )
    youths = Member.objects.bulk_create(
        Member(family=one.family, person=person, role=Member.Role.YOUTH, joined_at=one.joined_at)
        for one, person in zip(members, young, strict=True)
    )
    plans = Plan.objects.bulk_create(
        Plan(
            family=youth.family,
            youth=youth,
            next_review_on=at.date(),
            opened_by=keeper,
            opened_at=at,
            closed_at=at + open_for,
            closed_for=Plan.Closing.REACHED,
        )
        for youth in youths
    )
    meetings = [_meeting(plan, keeper, at) for plan in plans]
    TeamMeeting.objects.bulk_create(meetings)
    there = [(TeamRole.CAREGIVER, True), (TeamRole.YOUTH, group.with_young), (TeamRole.PEER, group.with_peer)]
    seats = Seat.objects.bulk_create(_seat(plan, role, keeper, at) for plan in plans for role, came in there if came)
    by_plan = {meeting.plan_id: meeting for meeting in meetings}
    Guest.objects.bulk_create(Guest(meeting=by_plan[seat.plan_id], seat=seat, came=True) for seat in seats)
    pulses = Pulse.objects.bulk_create(
        Pulse(
            meeting=meeting,
            person=person if group.side == "young" else member.person,
            side=group.side,
            asked_at=at,
            closes_at=at + open_for,
        )
        for meeting, member, person in zip(meetings, members, young, strict=True)
    )
    PulseAnswer.objects.bulk_create(
        PulseAnswer(pulse=pulse, at=at, heard=group.heard, changed=group.changed) for pulse in pulses
    )


def _seat(plan: Plan, role: TeamRole, keeper: Person, at: dt.datetime) -> Seat:
    seat = Seat(plan=plan, role=role, asked_by=keeper, asked_at=at, joined_at=at)
    seat.name = "Someone who left"
    return seat


def _meeting(plan: Plan, keeper: Person, at: dt.datetime) -> TeamMeeting:
    meeting = TeamMeeting(
        plan=plan,
        starts_at=at,
        zone=plan.family.program.profile.time_zone,
        state=TeamMeeting.State.HELD,
        proposed_by=keeper,
        proposed_at=at,
        place_agreed_by=keeper,
        place_agreed_at=at,
        ended_by=keeper,
        ended_at=at,
    )
    meeting.place = "At home"
    return meeting


def _publish(carla: Person, program: Program) -> None:
    for year in yearly.open_years(program):
        if yearly.count(program, year).quarters:
            publish_result(actor=carla, program=program, year=year, words=LEARNED)
            return


def _owe_last_year() -> None:
    """Its year went by, and nobody has told the collaborative how the teams work."""
    carolina = Program.objects.get(slug="north-carolina-soc")
    year = yearly.year_now(carolina).before
    at = dt.datetime.combine(year.first, dt.time(), carolina.zone)
    start_clock(actor=None, program=carolina, rule_id=LAST_YEARS, started_at=at, trigger_key="fiscal_year_started")
    fire_due()
