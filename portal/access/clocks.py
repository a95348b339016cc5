"""Who may see a clock, who is told of it, and who may start, stop and move one."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from portal.access import families
from portal.accounts.models import Person
from portal.clocks.models import APART, CalendarFeed, Clock, ClockEvent, Closure
from portal.families.models import AccessBasis, Family, LegalAuthority, Member, Sight, StaffAssignment
from portal.prepared import SOME_DAY, SOME_OTHER_DAY, SOME_TIME, Prepared
from portal.programs.models import Program, StaffRole
from portal.programs.vocabulary import Event

# What a family does itself: recording it, and starting what is owed because of it, needs nobody's leave.
OF_THE_FAMILY = frozenset(
    {
        *(Event.REFERRED, Event.TEAM_CHANGE_REQUESTED, Event.COMPLAINT_RECEIVED, Event.GRIEVANCE_FILED),
        *(Event.CONTINUATION_REQUESTED, Event.HEARING_REQUESTED, Event.PAPER_REQUESTED, Event.NEED_IDENTIFIED),
    }
)

# A reason to pause that is a family's own to give, such as family_said_not_now; others are only about the family.
FAMILY_SAID = "family_said_"

SETTLED = ("met", "excused", "cancelled")


def visible_clocks(person: Person) -> QuerySet[Clock]:
    """What is owed to the person's family, and what is owed by those who stand beside one; what comes first due, first.

    One person's own matter is seen by that person and by whoever is responsible for it; a young person's case by that
    young person, by caregivers until that person is 18, and by staff: never by brothers and sisters. An adult who may
    neither decide nor be told sees no clock of that family: that a clock runs can tell of a hospital or a doctor.
    What a complaint is owed stands on its own page alone (portal/access/grievances.py).
    """
    if not person.is_active:
        return Clock.objects.none()
    ours = Q(matter_of=None, family__in=families.visible_families(person)) & ~Exists(_bars(person))
    shared = ours & _whose_case(person)
    own = Q(matter_of=person, family__in=families.visible_families(person)) & Exists(_place(person))
    return (
        Clock.objects.exclude(subject__in=APART)
        .filter(shared | own | _as_responsible(person) | _of_programs_led(person))
        .select_related("program", "family")
        .order_by("due_at", "pk")
    )


def _whose_case(person: Person) -> Q:
    """About the family as a whole, or a case this person is told of (as `enrollment._told` says it of the case itself)."""
    raising = Exists(_place(person).filter(role=Member.Role.CAREGIVER))
    return (
        Q(youth=None)
        | Q(youth__person=person)
        | (Q(raising) & families.as_raising(person))
        | Q(family__in=families.assigned_families(person))
    )


def own_families(person: Person) -> QuerySet[Family]:
    """Those whose page of dates is the person's own."""
    place = Member.objects.filter(Member.in_force(timezone.now()), family=OuterRef("pk"), person=person)
    return families.visible_families(person).filter(Exists(place)).order_by("pk")


def own_clocks(person: Person) -> QuerySet[Clock]:
    """What is owed to the families the person belongs to."""
    return visible_clocks(person).filter(family__in=own_families(person)).select_related("responsible__person")


def settled_clocks(person: Person, since: dt.datetime) -> QuerySet[Clock]:
    """Of these, what was kept, excused or given up since then; what was settled last, first."""
    settled = ClockEvent.objects.filter(clock=OuterRef("pk"), kind__in=SETTLED).order_by("-at").values("at")[:1]
    found = own_clocks(person).filter(state__in=SETTLED).annotate(settled_at=Subquery(settled))
    return found.filter(settled_at__gte=since).order_by("-settled_at", "-pk")


def work_clocks(person: Person) -> QuerySet[Clock]:
    """What the person has a part in as staff: never a clock of a family they belong to, or once belonged to."""
    mine = Member.objects.filter(family=OuterRef("family"), person=person)
    return visible_clocks(person).exclude(Exists(mine)).select_related("responsible__person")


def history_of(clocks: QuerySet[Clock]) -> QuerySet[ClockEvent]:
    """What happened to clocks that somebody may see, newest first."""
    return (
        ClockEvent.objects.filter(clock__in=clocks.order_by().values("pk"))
        .select_related("clock__program")
        .order_by("-at", "-pk")
    )


def may_have_calendar(person: Person) -> bool:
    """Whoever has a page of dates here: a family's own people who may see its record, and those who work here."""
    works_here = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), person=person)
    return person.is_active and (own_families(person).exists() or works_here.exists())


def open_feed(token: str) -> CalendarFeed | None:
    """The calendar behind a secret address, while it is in use and its owner has an account."""
    feeds = CalendarFeed.objects.select_related("person")
    return feeds.filter(token_hash=CalendarFeed.hash_of(token), ended_at=None, person__is_active=True).first()


def has_feed(person: Person) -> bool:
    return CalendarFeed.objects.filter(person=person, ended_at=None).exists()


def _place(person: Person) -> QuerySet[Member]:
    """The person's place among the clock's own family."""
    return Member.objects.filter(Member.in_force(timezone.now()), family=OuterRef("family"), person=person)


def _bars(person: Person | OuterRef, *days: dt.date) -> QuerySet[LegalAuthority]:
    """Papers that keep this adult from being told about a young person of the family that the query outside is about.

    Our zones are behind UTC: today is one of two days, and either is enough.
    """
    today, yesterday = days or _today()
    held = LegalAuthority.in_force(today) | LegalAuthority.in_force(yesterday)
    household = Member.objects.filter(family=OuterRef(OuterRef("family"))).values("person")
    return LegalAuthority.objects.filter(
        held, adult__person=person, scope=LegalAuthority.Scope.NONE, youth__person__in=household
    )


def _today() -> tuple[dt.date, dt.date]:
    today = timezone.now().astimezone(dt.UTC).date()
    return today, today - dt.timedelta(days=1)


def _as_responsible(person: Person) -> Q:
    """Whoever has to act, while they hold that job; never about a family they belong to or once belonged to."""
    mine = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), person=person, pk=OuterRef("responsible"))
    return Q(Exists(mine)) & ~Q(Exists(Member.objects.filter(family=OuterRef("family"), person=person)))


def _of_programs_led(person: Person) -> Q:
    """What the programme as a whole has to do, for those who lead it; no family's clock by that role."""
    return Q(family=None, owner="programme", program__in=led_programs(person))


def led_programs(person: Person) -> QuerySet[Program]:
    roles = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()),
        person=person,
        person__is_active=True,
        role=StaffRole.Role.PROGRAMME_LEAD,
    )
    return Program.objects.filter(organizations__staff_roles__in=roles).distinct()


class Told(NamedTuple):
    person: Person
    is_own: bool  # of the family's own people: its page of dates is theirs; everybody else has the list of work


def told_of(clock: Clock) -> list[Told]:
    """Both sides: everyone who may see the clock and has a part in it. Agrees with `visible_clocks`, in fewer questions."""
    if clock.subject in APART:
        return []
    told: dict[int, bool] = {}
    if clock.family is not None and clock.family.closed_at is None:
        told |= dict.fromkeys(_beside(clock), False) | dict.fromkeys(_own_side(clock), True)
    elif clock.family is None and clock.owner == "programme":
        told |= dict.fromkeys(_leads(clock), False)
    for pk in _responsible(clock):
        told.setdefault(pk, False)
    people = Person.objects.filter(pk__in=told).order_by("pk")
    return [Told(person, told[person.pk]) for person in people]


def _own_side(clock: Clock) -> list[int]:
    now = timezone.now()
    if clock.matter_of_id is not None:
        own = Member.objects.filter(Member.in_force(now), family=clock.family, person=clock.matter_of_id)
        own = own.filter(person__is_active=True).exclude(role=Member.Role.NATURAL_SUPPORT)
        return list(own.values_list("person", flat=True))
    today, yesterday = _today()
    found = _OWN_SIDE.rows(family=clock.family_id, now=now, today=today, yesterday=yesterday)
    if clock.youth is None:
        return [pk for pk, _role in found]
    youth = clock.youth.person_id
    is_minor = Clock.objects.filter(families.youth_is_minor(), pk=clock.pk).exists()
    is_open = is_minor and clock.access_basis == AccessBasis.PARENT
    sights = Sight.objects.filter(Member.in_force(timezone.now(), "adult__"), youth=clock.youth_id, ended_at=None)
    let = set(sights.values_list("adult__person", flat=True))
    if clock.access_basis == AccessBasis.SUBSTANCE:
        let = set()
    return [pk for pk, role in found if pk == youth or (role == Member.Role.CAREGIVER and (is_open or pk in let))]


def _members_told(family: int, now: dt.datetime, today: dt.date, yesterday: dt.date) -> QuerySet[Member, Any]:
    members = Member.objects.filter(
        Member.in_force(now),
        ~Exists(_bars(OuterRef("person"), today, yesterday)),
        family=family,
        person__is_active=True,
        role__in=[Member.Role.YOUTH, Member.Role.CAREGIVER],
    )
    return members.order_by("pk").values_list("person", "role")


def _beside(clock: Clock) -> list[int]:
    if clock.matter_of_id is not None:
        return []
    return [pk for (pk,) in _BESIDE.rows(family=clock.family_id, now=timezone.now())]


def _staff_told(family: int, now: dt.datetime) -> QuerySet[StaffAssignment, Any]:
    return families.standing_beside(now).filter(family=family).order_by("pk").values_list("staff_role__person")


# Asked for everything that happens to a clock.
_OWN_SIDE = Prepared(_members_told, family=-1, now=SOME_TIME, today=SOME_DAY, yesterday=SOME_OTHER_DAY)
_BESIDE = Prepared(_staff_told, family=-1, now=SOME_TIME)


def _leads(clock: Clock) -> list[int]:
    roles = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()),
        role=StaffRole.Role.PROGRAMME_LEAD,
        organization__program=clock.program_id,
        person__is_active=True,
    )
    return list(roles.values_list("person", flat=True))


def _responsible(clock: Clock) -> list[int]:
    if clock.responsible_id is None:
        return []
    role = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()),
        ~Exists(Member.objects.filter(family=clock.family_id, person=OuterRef("person"))),
        pk=clock.responsible_id,
        person__is_active=True,
    )
    return list(role.values_list("person", flat=True))


def may_record(person: Person, program: Program, family: Family | None, event: str) -> bool:
    """Say that something happened: staff assigned to the family, a lead for the programme, a family what it did itself."""
    if family is None:
        return led_programs(person).filter(pk=program.pk).exists()
    if families.stands_beside(person, family.pk):
        return True
    return event in OF_THE_FAMILY and families.sees_family(person, family.pk)


def may_act(person: Person, clock: Clock) -> bool:
    """Meet, extend, excuse or cancel: those who see it as staff. A family does so by what it does."""
    return visible_clocks(person).filter(pk=clock.pk).exists() and not _belongs(person, clock)


def may_pause(person: Person, clock: Clock, reason: str) -> bool:
    """Let it stand still: staff, and the family itself where the reason is the family's own "not now"."""
    if not reason.startswith(FAMILY_SAID):
        return may_act(person, clock)
    return visible_clocks(person).filter(pk=clock.pk).exists()


def not_now_reason(clock: Clock) -> str | None:
    """The reason for which the family itself may let it stand still; None where its rule names none."""
    return next((reason for reason in clock.terms["pause"] if reason.startswith(FAMILY_SAID)), None)


def stands_still_for(clock: Clock) -> str:
    """The reason of the pause that runs; blank where none does."""
    return next((str(one["reason"]) for one in clock.pauses if not one.get("until")), "")


def may_resume(person: Person, clock: Clock) -> bool:
    """Let it go on: staff, and the family where it stands still because the family said so."""
    return may_pause(person, clock, stands_still_for(clock))


def may_close_offices(person: Person, program: Program) -> bool:
    """Add a closing or declare a disaster: those who lead the programme."""
    return led_programs(person).filter(pk=program.pk).exists()


def known_closures(person: Person) -> QuerySet[Closure]:
    """The closings and disasters of the programmes this person leads, the latest first."""
    return Closure.objects.filter(program__in=led_programs(person)).order_by("-first_on", "-pk")


def _belongs(person: Person, clock: Clock) -> bool:
    return clock.family_id is not None and Member.objects.filter(family=clock.family_id, person=person).exists()
