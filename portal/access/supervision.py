"""Talk between adults and young people: whether its door is open, who watches over it, and who may look into it.

The door is an approved match, a guardian's permission that holds, and a named supervisor who is on the rota. Where one of
them is missing nobody writes; what was written stays to be read, and help in a crisis stays where it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.models import Conversation, Participant
from peer_support.models import Pairing, Permission
from portal.access import families, on_call, peers, people
from portal.accounts.models import Person
from portal.programs.models import Program, StaffRole
from portal.safety.models import SecondHelper, StaffTie, Supervision

Job = StaffRole.Role
State = Pairing.State
# While these hold, the two may write: from the yes on, also while they say goodbye.
TALKS = (State.ACCEPTED, State.ACTIVE, State.ENDING)
# Who is asked to watch over a conversation, where nobody is named by the reporting line.
WATCHES = (Job.LIAISON, Job.PROGRAMME_LEAD)


# -- who is who ------------------------------------------------------------------------------------------------------------


def is_with_minor(members: Iterable[Participant], program: Program | None) -> bool:
    """True where staff and someone under 18 (or of unknown age) meet."""
    members = list(members)
    if not any(member.staff_role_id for member in members):
        return False
    if program is None:
        return True
    return any(member.staff_role_id is None and people.is_minor(member.person, program) for member in members)


def without_conflict(
    roles: QuerySet[StaffRole], conversation: Conversation, besides: Iterable[int] = ()
) -> QuerySet[StaffRole]:
    """Of these, who may look into what is about this conversation: nobody who takes part or took part in it, nobody of the
    family or kept apart from it, nobody close to its staff outside work, and none of the persons `besides` (those a worry is
    about), nor anybody close to those.
    """
    took_part = Participant.objects.filter(conversation=conversation)
    subjects = {*besides, *took_part.exclude(staff_role=None).values_list("person", flat=True)}
    able = roles.filter(StaffRole.in_force(timezone.now()), person__is_active=True)
    able = able.exclude(person__in=took_part.values("person")).exclude(person__in=subjects | close_to(subjects))
    if conversation.family is not None:
        able = families.without_ties(able, conversation.family)
    return able.select_related("person", "organization__program")


def close_to(persons: Iterable[int]) -> set[int]:
    """Who of staff is close outside work to any of these people, as was written down."""
    persons = set(persons)
    ties = StaffTie.objects.filter(Q(one__in=persons) | Q(other__in=persons), ended_at=None)
    return {pk for tie in ties for pk in (tie.one_id, tie.other_id)} - persons


# -- the supervisor ----------------------------------------------------------------------------------------------------------


def supervisor_of(conversation: Conversation) -> StaffRole | None:
    """Who watches over it now: named, still in the job, on the rota, and with no tie to its people."""
    named = Supervision.objects.filter(conversation=conversation, ended_at=None)
    role = StaffRole.objects.filter(pk__in=named.values("staff_role"))
    return next((one for one in without_conflict(role, conversation) if is_on_rota(one)), None)


def is_on_rota(role: StaffRole) -> bool:
    """Answers now or at a known hour of the next 7 days, and nothing of theirs has run out."""
    now = timezone.now()
    return on_call.stops_at(role) > now and on_call.next_on_duty(role, now) is not None


def possible_supervisors(conversation: Conversation) -> list[StaffRole]:
    """Who could be named, the best first: who leads the helper, then the liaisons beside the family, the other liaisons of
    the organization, and who leads the programme.
    """
    helpers = Participant.objects.filter(conversation=conversation, left_at=None, staff_role__isnull=False)
    roles = [one.staff_role for one in helpers.select_related("staff_role__organization") if one.staff_role]
    organizations = {role.organization_id for role in roles}
    programs = {role.organization.program_id for role in roles}
    beside = families.standing_beside(timezone.now(), [Job.LIAISON]).filter(family=conversation.family)
    lines = (
        StaffRole.objects.filter(supervises__in=[role.pk for role in roles]),
        StaffRole.objects.filter(pk__in=beside.values("staff_role")),
        StaffRole.objects.filter(role=Job.LIAISON, organization__in=organizations),
        StaffRole.objects.filter(role=Job.PROGRAMME_LEAD, organization__program__in=programs),
    )
    found: dict[int, StaffRole] = {}
    for line in lines:
        for role in without_conflict(line, conversation).order_by("pk"):
            if role.role in on_call.JOBS and is_on_rota(role):
                found.setdefault(role.pk, role)
    return list(found.values())


def supervised_conversations(person: Person) -> QuerySet[Conversation]:
    """Those this person is named to watch over. To read one, they say why, and its people see it (`safety.actions.look`)."""
    own = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), person=person, person__is_active=True)
    named = Supervision.objects.filter(conversation=OuterRef("pk"), staff_role__in=own, ended_at=None)
    took_part = Participant.objects.filter(conversation=OuterRef("pk"), person=person)
    return (
        Conversation.objects.filter(Exists(named), ~Exists(took_part))
        .select_related("family__program")
        .order_by("-last_sent_at", "pk")
    )


# -- the door ----------------------------------------------------------------------------------------------------------------


def is_door_open(conversation: Conversation, members: Sequence[Participant]) -> bool:
    """Whether an adult of staff and a young person may write to each other here, now. Asked where `is_with_minor`."""
    family = conversation.family
    pairing = pairing_of(conversation)
    if family is None or pairing is None or pairing.state not in TALKS:
        return False
    return (
        _are_of_the_match(conversation, members, pairing)
        and is_permitted(pairing)
        and is_approved(pairing.peer)
        and supervisor_of(conversation) is not None
    )


def pairing_of(conversation: Conversation) -> Pairing | None:
    """The match whose conversation it is."""
    found = Pairing.objects.filter(conversation=conversation)
    return found.select_related(
        "member__person", "peer__person", "peer__organization__program", "family__program"
    ).first()


def _are_of_the_match(conversation: Conversation, members: Sequence[Participant], pairing: Pairing) -> bool:
    """Every one of staff is the matched helper or one who joined openly; everyone else is the young person it is for."""
    second = set(
        SecondHelper.objects.filter(conversation=conversation, left_at=None).values_list("staff_role", flat=True)
    )
    staff = {member.staff_role_id for member in members if member.staff_role_id}
    others = {member.person_id for member in members if member.staff_role_id is None}
    return (
        pairing.peer_id in staff
        and staff <= second | {pairing.peer_id}
        and others == {pairing.member.person_id}
        and pairing.member.left_at is None
    )


def is_approved(role: StaffRole) -> bool:
    """The helper's job, checks, trainings and years hold today; that there is no room for another is no reason to stop."""
    is_at_work = role.is_in_force(timezone.now()) and role.person.is_active
    return is_at_work and not {*peers.reasons_against(role)} - {"full", "not_taking"}


def is_permitted(pairing: Pairing) -> bool:
    """A guardian who may decide today said yes to this match, it has not run out, and no other such guardian says no.

    Where two who may decide disagree, the no holds: until that guardian says otherwise, or the record of who may decide
    changes (a court). Nobody here weighs one parent against the other.
    """
    today = Permission.in_force(pairing.today) | Q(is_yes=False, withdrawn_at=None)
    said = {
        one.is_yes
        for one in Permission.objects.filter(today, pairing=pairing).select_related("given_by")
        if families.may_give_permission(one.given_by, pairing.member)
    }
    return said == {True}


def permissions(pairing: Pairing) -> QuerySet[Permission]:
    """Those that hold today, where the programme is."""
    return Permission.objects.filter(Permission.in_force(pairing.today), pairing=pairing).order_by("pk")


def changes_at(conversation: Conversation, now: dt.datetime) -> dt.datetime:
    """Until when the answer of `is_door_open` may be kept: the soonest of what ends by itself is looked at again each minute."""
    return now + dt.timedelta(minutes=1)
