"""Who is on call, who may be, who sees and changes a rota, and who is told where it has a gap.

A shift counts only as far as its person may be on call: from the day the job began, until it ends or a check of the
record has run out. So what ends in the middle of a shift leaves a gap from that moment on.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from peer_support.models import Credential, Pairing
from portal.access import families, peers, people
from portal.access.clocks import led_programs
from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.programs.models import Organization, Program, StaffRole
from portal.programs.vocabulary import Event
from portal.safety.gaps import DAY, Span, span_of, uncovered
from portal.safety.models import DutyHours, OnCallLine, OnCallShift

Job = StaffRole.Role
# Not a mentor, who talks with nobody here yet; not whoever receives the complaints about all the others.
JOBS = (Job.PEER_PARTNER, Job.FACILITATOR, Job.LIAISON, Job.PROGRAMME_LEAD)
# Where somebody on call is promised, it is by the organizations of those who stand beside families.
BESIDE = (Job.PEER_PARTNER, Job.FACILITATOR)
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
ALWAYS = dt.datetime.max.replace(tzinfo=dt.UTC)
LOOK_AHEAD = DAY * 3  # beyond the hours of warning: where most gaps end


# -- who sees and changes a rota -----------------------------------------------------------------------------------------


def visible_rotas(person: Person) -> QuerySet[Organization]:
    """A lead's, of the whole programme; everybody else's who may be on call, of their own organization."""
    if not person.is_active:
        return Organization.objects.none()
    own = people.staff_roles(person).filter(role__in=JOBS).values("organization")
    return (
        Organization.objects.filter(Q(pk__in=own) | _led_and_staffed(person))
        .select_related("program", "on_call_line")
        .order_by("program", "name", "pk")
    )


def changed_rotas(person: Person) -> QuerySet[Organization]:
    """Those the person keeps: a liaison of the organization, a lead of the programme."""
    if not person.is_active:
        return Organization.objects.none()
    as_liaison = people.staff_roles(person).filter(role=Job.LIAISON).values("organization")
    return (
        Organization.objects.filter(Q(pk__in=as_liaison) | _led_and_staffed(person))
        .select_related("program", "on_call_line")
        .order_by("program", "name", "pk")
    )


def _led_and_staffed(person: Person) -> Q:
    """Of programmes the person leads, the organizations in which somebody could be on call."""
    staffed = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), role__in=JOBS, organization=OuterRef("pk"))
    return Q(program__in=led_programs(person)) & Q(Exists(staffed))


def kept_rotas(person: Person) -> list[Organization]:
    """Of those, the ones in which a gap means something: somebody is promised there, or shifts are planned."""
    ahead = OnCallShift.objects.filter(organization=OuterRef("pk"), cancelled_at=None, ends_at__gt=timezone.now())
    found = changed_rotas(person).annotate(has_shifts=Exists(ahead), has_beside=Exists(_staff_beside()))
    return [one for one in found if one.has_shifts or (one.has_beside and promise_of(one.program))]


def may_change_rota(person: Person, organization: Organization) -> bool:
    return changed_rotas(person).filter(pk=organization.pk).exists()


def visible_shifts(person: Person) -> QuerySet[OnCallShift]:
    """Of the rotas the person sees, their own among them; those called off are gone."""
    return rota_shifts().filter(organization__in=visible_rotas(person).order_by().values("pk"))


def changed_shifts(person: Person) -> QuerySet[OnCallShift]:
    return rota_shifts().filter(organization__in=changed_rotas(person).order_by().values("pk"))


def rota_shifts() -> QuerySet[OnCallShift]:
    """With all that is asked of the one whose shift it is."""
    clearances = Credential.objects.filter(kind=Credential.Kind.CLEARANCE, withdrawn_at=None)
    return (
        OnCallShift.objects.filter(cancelled_at=None)
        .select_related("staff_role__person", "staff_role__organization__program", "organization__program")
        .prefetch_related(Prefetch("staff_role__credentials", queryset=clearances, to_attr="clearances"))
        .order_by("starts_at", "pk")
    )


def own_roles(person: Person) -> QuerySet[StaffRole]:
    """The jobs for which a person may say when they answer."""
    return people.staff_roles(person).filter(role__in=JOBS, person__is_active=True)


def own_hours(person: Person) -> QuerySet[DutyHours]:
    return (
        DutyHours.objects.filter(staff_role__in=own_roles(person).order_by().values("pk"))
        .select_related("staff_role__organization__program")
        .order_by("staff_role", "weekday", "starts")
    )


def zone_of(organization: Organization) -> zoneinfo.ZoneInfo:
    """Where it works, if all its regions share a zone; else the programme's."""
    profile = organization.program.profile
    known = next((one for one in profile.organizations if one.id == organization.slug), None)
    zones = {profile.time_zone_of(region) for region in known.regions} if known else set()
    return zoneinfo.ZoneInfo(zones.pop()) if len(zones) == 1 else organization.program.zone


# -- who may be on call --------------------------------------------------------------------------------------------------


def possible_roles(organization: Organization) -> list[StaffRole]:
    """Who may be on call there from now on."""
    now = timezone.now()
    roles = (
        StaffRole.objects.filter(StaffRole.in_force(now), organization=organization, role__in=JOBS)
        .select_related("person", "organization__program")
        .order_by("person__display_name", "pk")
    )
    return [role for role in roles if stops_at(role) > now]


def stops_at(role: StaffRole) -> dt.datetime:
    """The moment from which that person may not be on call, as far as is known today."""
    if not role.person.is_active or role.role not in JOBS or _lacks_clearance(role):
        return NEVER
    return min(role.ended_at or ALWAYS, _clearance_ends_at(role))


def _lacks_clearance(role: StaffRole) -> bool:
    """A check the programme asks for that was never there counts where peers are chosen by their profiles."""
    needed = {one.id for one in role.organization.program.profile.required_of(role.role, "clearance")}
    missing = needed - {paper.requirement for paper in _clearances(role)}
    return bool(missing) and peers.matches_by_profiles(role.organization)


def _clearance_ends_at(role: StaffRole) -> dt.datetime:
    """The midnight after the last day on which all checks of the record hold; a renewed one holds as long as the newest."""
    lasts: dict[tuple[str, str], dt.date] = defaultdict(lambda: dt.date.min)
    for paper in _clearances(role):
        about = peers.held(paper).about
        lasts[about] = max(lasts[about], paper.expires_on or dt.date.max)
    last = min(lasts.values(), default=dt.date.max)
    if last == dt.date.max:
        return ALWAYS
    return dt.datetime.combine(last + DAY, dt.time(), tzinfo=zone_of(role.organization)).astimezone(dt.UTC)


def _clearances(role: StaffRole) -> list[Credential]:
    found: list[Credential] | None = getattr(role, "clearances", None)
    if found is None:
        found = list(role.credentials.filter(kind=Credential.Kind.CLEARANCE, withdrawn_at=None))
        role.clearances = found  # type: ignore[attr-defined]
    return found


def counted(shift: OnCallShift) -> Span:
    """As much of a shift as counts; it may be nothing."""
    role = shift.staff_role
    return Span(max(shift.starts_at, role.started_at), min(shift.ends_at, stops_at(role)))


# -- who is on call now --------------------------------------------------------------------------------------------------


def on_call_now(organization: Organization, now: dt.datetime) -> list[StaffRole]:
    """Whose shift it is at that moment, the one who has it longest first; empty: nobody."""
    return [shift.staff_role for shift in running_shifts([organization], now)]


def running_shifts(organizations: Iterable[Organization], now: dt.datetime) -> list[OnCallShift]:
    running = rota_shifts().filter(organization__in=[one.pk for one in organizations])
    return [shift for shift in running.filter(starts_at__lte=now, ends_at__gt=now) if counted(shift).holds(now)]


def on_duty(role: StaffRole, now: dt.datetime) -> bool:
    """Whether somebody answers at that moment: inside the hours they gave, or while a shift of theirs runs.

    Who has given no hours answers only during their shifts.
    """
    return any(span.holds(now) for span in _spans_around(role, now))


def next_on_duty(role: StaffRole, now: dt.datetime) -> dt.datetime | None:
    """When they answer next: that moment itself where they do, None where nothing is known of the next 7 days."""
    ahead = [max(span.starts_at, now) for span in _spans_around(role, now) if span.ends_at > now]
    return min(ahead, default=None)


def duty_now(role: StaffRole, now: dt.datetime) -> Span | None:
    """The stretch in which they answer now, or the next one."""
    return min((span for span in _spans_around(role, now) if span.ends_at > now), default=None)


def hours_of(role: StaffRole) -> list[DutyHours]:
    return list(DutyHours.objects.filter(staff_role=role).order_by("weekday", "starts"))


def _spans_around(role: StaffRole, now: dt.datetime) -> list[Span]:
    """When the person answers, from yesterday to a week ahead."""
    if not (role.person.is_active and role.is_in_force(now)):
        return []
    until = now + DAY * 8
    shifts = rota_shifts().filter(staff_role=role, ends_at__gt=now, starts_at__lt=until)
    spans = [counted(shift) for shift in shifts]
    hours, zone = hours_of(role), zone_of(role.organization)
    first = now.astimezone(zone).date() - DAY
    for day in (first + DAY * ahead for ahead in range(9)):
        spans += [span_of(day, one.starts, one.ends, zone) for one in hours if one.weekday == day.weekday()]
    ends_at = role.ended_at or ALWAYS
    spans = [Span(span.starts_at, min(span.ends_at, ends_at)) for span in spans]
    return [span for span in spans if span.starts_at < span.ends_at]


# -- where nobody is -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody is on call from one moment to another; without an end no shift follows."""

    organization: Organization
    starts_at: dt.datetime
    ends_at: dt.datetime | None


def promise_of(program: Program) -> str:
    """The rule by which the programme promises somebody on call all the time; blank: it promises nothing of the kind."""
    rules = program.profile.rules(on=program.today()).values()
    return next((one.id for one in rules if one.satisfied_by == Event.ON_CALL_FILLED), "")


def promising(program: Program) -> QuerySet[Organization]:
    """In a programme that promises it, those whose rota may have no gap: their people stand beside families."""
    found = Organization.objects.filter(Exists(_staff_beside()), program=program)
    return found.select_related("program").order_by("pk")


def _staff_beside() -> QuerySet[StaffRole]:
    """Inside a query over organizations: whose work it is to stand beside families."""
    return StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()), role__in=BESIDE, organization=OuterRef("pk"), person__is_active=True
    )


def gaps_between(organization: Organization, since: dt.datetime, until: dt.datetime) -> list[Span]:
    return _uncovered([organization], since, until)[organization.pk]


def coming_gaps(organizations: Sequence[Organization], now: dt.datetime, hours: int) -> dict[int, list[Gap]]:
    """By organization, the gaps that run now or begin within so many hours, with their true ends."""
    soon = now + dt.timedelta(hours=hours)
    until = soon + LOOK_AHEAD
    found = _uncovered(organizations, now, until)
    return {
        one.pk: [
            Gap(one, gap.starts_at, gap.ends_at if gap.ends_at < until else _next_start(one, until))
            for gap in found[one.pk]
            if gap.starts_at < soon
        ]
        for one in organizations
    }


def _uncovered(organizations: Sequence[Organization], since: dt.datetime, until: dt.datetime) -> dict[int, list[Span]]:
    spans: dict[int, list[Span]] = {one.pk: [] for one in organizations}
    for shift in rota_shifts().filter(organization__in=spans, ends_at__gt=since, starts_at__lt=until):
        spans[shift.organization_id].append(counted(shift))
    return {pk: uncovered(found, since, until) for pk, found in spans.items()}


def _next_start(organization: Organization, after: dt.datetime) -> dt.datetime | None:
    """When somebody is on call again, where that is far ahead."""
    ahead = rota_shifts().filter(organization=organization, ends_at__gt=after)
    spans = [counted(shift) for shift in ahead]
    return min((span.starts_at for span in spans if span.starts_at < span.ends_at), default=None)


def told_of_gap(organization: Organization) -> list[Person]:
    """The liaisons of the organization and the leads of its programme."""
    liaisons = Q(role=Job.LIAISON, organization=organization)
    leads = Q(role=Job.PROGRAMME_LEAD, organization__program=organization.program_id)
    roles = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), liaisons | leads)
    return list(Person.objects.filter(is_active=True, pk__in=roles.values("person")).order_by("pk"))


# -- what a family reads ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody who is on call for a family, and the number that reaches them."""

    shift: OnCallShift
    phone: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Who is on call for a family now. Where it is promised and nobody can be reached, the crisis contacts stand in."""

    reached: list[Reachable] = field(default_factory=list)
    is_promised: bool = False

    @property
    def falls_back(self) -> bool:
        return self.is_promised and not self.reached


def cover_of(person: Person, own: Sequence[Family], now: dt.datetime) -> Cover:
    """For somebody of these families: on call is who works where their people work, never one of their own family nor
    anybody who is kept apart from one of them: where and when somebody works is not for who is kept away from them.

    Nobody is named without a number that somebody has checked lately: it would be a promise nobody keeps.
    """
    if not own:
        return Cover()
    organizations = list(_beside(person, own))
    phones = {one.pk: number_of(one) for one in organizations}
    shifts = running_shifts([one for one in organizations if phones[one.pk]], now)
    unnamed = _not_to_be_named(own) if shifts else set()
    shifts = [shift for shift in shifts if shift.staff_role.person_id not in unnamed]
    reached = {shift.organization_id: Reachable(shift, phones[shift.organization_id]) for shift in reversed(shifts)}
    return Cover(list(reached.values()), any(promise_of(family.program) for family in own))


def _not_to_be_named(own: Sequence[Family]) -> set[int]:
    relatives = Member.objects.filter(family__in=own).values("person")
    return {
        *relatives.values_list("person", flat=True),
        *families.kept_away_from(relatives).values_list("hidden_from__person", flat=True),
        *families.protected_from(relatives).values_list("protected__person", flat=True),
    }


def _beside(person: Person, own: Sequence[Family]) -> QuerySet[Organization]:
    """Where those work who stand beside these families, and the peers of that person."""
    now = timezone.now()
    assigned = families.standing_beside(now, JOBS).filter(family__in=own, staff_role__organization=OuterRef("pk"))
    paired = Pairing.objects.filter(
        StaffRole.in_force(now, "peer__"),
        member__person=person,
        family__in=own,
        state__in=Pairing.TAKES_PLACE,
        peer__organization=OuterRef("pk"),
    )
    return Organization.objects.filter(Exists(assigned) | Exists(paired)).select_related("program", "on_call_line")


def number_of(organization: Organization) -> str:
    """The number written down on the rota, else that of the profile; blank: none, or nobody has checked it for too long."""
    today, profile = organization.program.today(), organization.program.profile
    known = next((one.on_call for one in profile.organizations if one.id == organization.slug), None)
    line = line_of(organization)
    phone, checked_on = (known.phone, known.verified_on) if known else ("", dt.date.min)
    if line is not None:
        phone, checked_on = line.phone, line.checked_on
    is_fresh = (today - checked_on).days <= profile.settings.crisis_contact_days.value
    return phone if is_fresh else ""


def line_of(organization: Organization) -> OnCallLine | None:
    return getattr(organization, "on_call_line", None)
