"""Who may see and write down who was in touch with whom.

As with conversations, a contact belongs to the two it is between, not to the family: another caregiver sees neither it
nor that it exists. The liaison and the facilitator beside the family see it, too, because the rhythm is theirs to keep.
What a peer partner noted stays between the peer and that person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from peer_support.models import Contact, ContactFelt, ContactPause, Pairing, PlannedContact
from peer_support.models.contacts import SUBJECT
from portal.access import families, people
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.enrollment.models import Enrollment
from portal.enrollment.models import today_of as _today_of
from portal.enrollment.models import zone_of as _zone_of
from portal.families.models import Family, Member, StaffAssignment
from portal.programs.models import StaffRole

# A pairing in which the two are in touch.
IN_TOUCH = Pairing.TAKES_PLACE
# Whom anybody promises to be in touch with; a natural support has no record here.
REACHABLE = (Member.Role.CAREGIVER, Member.Role.YOUTH)

# The jobs in which one is in touch with families.
BY_JOB = (*families.SEES_THE_FAMILY, StaffRole.Role.PEER_PARTNER, StaffRole.Role.YOUTH_MENTOR)


def reachable_members(person: Person) -> QuerySet[Member]:
    """Whom this person, as staff, may be in touch with: the people of assigned families, and who said yes to them as a peer."""
    now = timezone.now()
    paired = Pairing.objects.filter(
        StaffRole.in_force(now, "peer__"),
        member=OuterRef("pk"),
        peer__person=person,
        peer__person__is_active=True,
        state__in=IN_TOUCH,
    )
    return (
        Member.objects.filter(
            Member.in_force(now),
            Q(family__in=families.assigned_families(person)) | Exists(paired),
            role__in=REACHABLE,
            person__is_active=True,
            family__closed_at=None,
        )
        .exclude(person=person)
        .select_related("person", "family__program")
        .order_by("family__name", "joined_at", "pk")
    )


def is_in_touch(person: Person) -> bool:
    """Holds a job in which one is in touch with families, whether or not one is given to them yet."""
    return any(role.role in BY_JOB for role in people.staff_roles(person))


def roles_toward(person: Person, member: Member) -> list[StaffRole]:
    """The jobs in which this person is in touch with that member, the job beside the family first."""
    if not reachable_members(person).filter(pk=member.pk).exists():
        return []
    now = timezone.now()
    beside = StaffAssignment.objects.filter(
        StaffAssignment.in_force(now),
        family__in=families.assigned_families(person).filter(pk=member.family_id),
        staff_role__role__in=families.SEES_THE_FAMILY,
    ).values("staff_role")
    paired = Pairing.objects.filter(member=member, state__in=IN_TOUCH).values("peer")
    own = people.staff_roles(person)
    return [*own.filter(pk__in=beside), *own.filter(pk__in=paired)]


def own_places(person: Person) -> QuerySet[Member]:
    """The person's own places in families, where somebody may be in touch with them."""
    return people.memberships(person).filter(role__in=REACHABLE, person__is_active=True)


def visible_contacts(person: Person) -> QuerySet[Contact]:
    made = Q(by__person=person, member__in=reachable_members(person)) & StaffRole.in_force(timezone.now(), "by__")
    return (
        Contact.objects.filter(Q(member__in=own_places(person)) | _beside(person) | made)
        .select_related("member__person", "by__person", "family__program")
        .order_by("-happened_at", "-pk")
    )


def visible_plans(person: Person) -> QuerySet[PlannedContact]:
    """What is still planned, the next one first; also one whose time has passed and of which nothing was written down.

    Whoever no longer works with that person comes no more, and what they planned is not shown.
    """
    now = timezone.now()
    beside = StaffAssignment.objects.filter(
        StaffAssignment.in_force(now), family=OuterRef("family"), staff_role=OuterRef("by")
    )
    paired = Pairing.objects.filter(member=OuterRef("member"), peer=OuterRef("by"), state__in=IN_TOUCH)
    made = Q(by__person=person, member__in=reachable_members(person))
    return (
        PlannedContact.objects.filter(Q(member__in=own_places(person)) | _beside(person) | made)
        .filter(StaffRole.in_force(now, "by__"), Exists(beside) | Exists(paired), called_off_at=None, kept_by=None)
        .select_related("member__person", "by__person", "family__program")
        .order_by("planned_at", "pk")
    )


def visible_pauses(person: Person) -> QuerySet[ContactPause]:
    """Those that may still be in force, shown to both sides; `pause_of` says whether the day has come where the family is."""
    reached = Q(member__in=reachable_members(person)) | Q(member__in=own_places(person))
    return ContactPause.objects.filter(reached, ended_at=None, comes_back_on__gt=_today()).select_related(
        "member__person", "family__program"
    )


def _beside(person: Person) -> Q:
    return Q(family__in=families.assigned_families(person)) & ~Q(member__person=person)


def _today() -> dt.date:
    """The earliest day it may be in one of our zones, which are behind UTC."""
    return timezone.now().astimezone(dt.UTC).date() - dt.timedelta(days=1)


def zone_of(member: Member) -> dt.tzinfo:
    """Where the family lives: a day of contacts begins and ends there."""
    return _zone_of(member.family)


def today_of(member: Member) -> dt.date:
    return _today_of(member.family)


def pause_of(member: Member) -> ContactPause | None:
    """The "not now" that this member's day still falls into."""
    today = today_of(member)
    return ContactPause.objects.filter(member=member, ended_at=None, comes_back_on__gt=today).first()


def may_log(person: Person, member: Member, role: StaffRole) -> bool:
    """Write down, or plan, a contact of one's own with that member, by a job one holds now."""
    return role in roles_toward(person, member)


def may_call_off(person: Person, plan: PlannedContact) -> bool:
    """Both sides, without a reason: who planned it, and whom it was planned with."""
    return visible_plans(person).filter(pk=plan.pk).exists() and person.pk in {
        plan.by.person_id,
        plan.member.person_id,
    }


def may_write_note(member: Member, role: StaffRole) -> bool:
    """Words that the other reads: none from a mentor to a young person, for nobody but the two would read them
    (docs/decisions/0020)."""
    return role.role in families.SEES_THE_FAMILY or not people.is_minor(member.person, member.family.program)


def may_read_note(person: Person, contact: Contact) -> bool:
    """The two it is between; what a liaison or facilitator noted also those beside the family."""
    if person.pk in {contact.member.person_id, contact.by.person_id}:
        return True
    return contact.by.role in families.SEES_THE_FAMILY


def may_say_how_it_felt(person: Person, contact: Contact) -> bool:
    """The one it was with, if they reached each other."""
    return (
        contact.outcome == Contact.Outcome.REACHED
        and contact.member.person_id == person.pk
        and visible_contacts(person).filter(pk=contact.pk).exists()
    )


def may_begin_rhythm(person: Person, member: Member) -> bool:
    """Start counting what the programme promises: the staff beside the family."""
    return families.stands_beside(person, member.family_id) and bool(roles_toward(person, member))


def may_say_not_now(person: Person, member: Member) -> bool:
    """The person themselves; or whoever heard it from them."""
    return own_places(person).filter(pk=member.pk).exists() or bool(roles_toward(person, member))


def rhythm_clocks(person: Person, member: Member) -> QuerySet[Clock]:
    """The weeks promised to that member: for themselves and the staff beside the family, the first one first."""
    is_own = own_places(person).filter(pk=member.pk).exists()
    if not is_own and not families.stands_beside(person, member.family_id):
        return Clock.objects.none()
    return clocks_of(member).order_by("started_at", "period")


def clocks_of(member: Member) -> QuerySet[Clock]:
    return Clock.objects.filter(
        family=member.family_id, subject=SUBJECT, subject_id=str(member.person.public_id)
    ).select_related("program", "family")


def first_day(family: Family) -> dt.date:
    """The day from which there can be contacts: its page was opened, it was enrolled, or its rhythm began."""
    zone = _zone_of(family)
    began = Clock.objects.filter(family=family, subject=SUBJECT).aggregate(first=Min("started_at"))["first"]
    enrolled = Enrollment.objects.filter(family=family).aggregate(first=Min("enrolled_on"))["first"]
    days = [family.created_at.astimezone(zone).date()]
    days += [began.astimezone(zone).date()] if began else []
    days += [enrolled] if enrolled else []
    return min(days)


def felt_counts(person: Person) -> dict[str, int] | None:
    """How many people felt respected in the three months before this one, by their last answer, in a liaison's organizations.

    None: nobody is shown, because one of the groups is smaller than the profile's smallest cell. Whole months only, so that
    a number that moves does not tell whose answer came today.
    """
    roles = [role for role in people.staff_roles(person) if role.role == StaffRole.Role.LIAISON]
    if not roles or not person.is_active:
        return None
    program = roles[0].organization.program
    until = program.today().replace(day=1)
    since = (until - dt.timedelta(days=70)).replace(day=1)
    answers = ContactFelt.objects.filter(
        contact__by__organization__in=[role.organization_id for role in roles if role.organization.program == program],
        answered_at__gte=dt.datetime.combine(since, dt.time(), tzinfo=program.zone),
        answered_at__lt=dt.datetime.combine(until, dt.time(), tzinfo=program.zone),
    ).order_by("answered_at", "pk")
    last = dict(answers.values_list("contact__member__person", "answer"))
    counted = Counter(last.values())
    least = program.profile.settings.small_cell_minimum.value
    if not counted or min(counted.values()) < least:
        return None
    return {answer: counted[answer] for answer in ContactFelt.Answer.values}
