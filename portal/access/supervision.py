"""Talk between adults and young people: whether its door is open, who watches over it, and who may look into it.

The door is an approved match, a guardian's permission that holds, and a named supervisor who is on the rota. Where one of
them is missing nobody writes; what was written stays to be read, and help in a crisis stays where it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.models import Conversation, Flag, HeldMessage, Participant
from peer_support.models import Pairing, Permission
from portal.access import families, moment, on_call, peers, people, ties
from portal.accounts.models import Person
from portal.programs.models import Program, StaffRole
from portal.safety.models import Concern, Freeze, Look, SecondHelper, Supervision

Job = StaffRole.Role
State = Pairing.State
# While these hold, the two may write: from the yes on, also while they say goodbye.
TALKS = (State.ACCEPTED, State.ACTIVE, State.ENDING)
# How long the card with help stands for who wrote something worrying, and the prompt for their helper.
CARD_STAYS = dt.timedelta(hours=24)
ANY = Q()
DANGER = (Flag.Level.CRISIS, Flag.Level.CONCERN)


# -- who is who ------------------------------------------------------------------------------------------------------------


def is_with_minor(members: Iterable[Participant], program: Program | None) -> bool:
    """True where staff and someone under 18 (or of unknown age) meet; where there is no programme, nobody is 18 on any day."""
    members = list(members)
    if not any(member.staff_role_id for member in members):
        return False
    return program is None or _has_minor(members, program)


def is_left_alone(conversation: Conversation, members: Sequence[Participant], program: Program | None) -> bool:
    """A young person whose adult of staff is gone from here: nobody could say for whom the door would be open."""
    if program is None or any(member.staff_role_id for member in members) or not _has_minor(members, program):
        return False
    return Participant.objects.filter(conversation=conversation, staff_role__isnull=False).exists()


def _has_minor(members: Iterable[Participant], program: Program) -> bool:
    return any(member.staff_role_id is None and people.is_minor(member.person, program) for member in members)


def without_conflict(
    roles: QuerySet[StaffRole], conversation: Conversation, besides: Iterable[int] = (), *, own_word: bool = True
) -> QuerySet[StaffRole]:
    """Of these, who may look into what is about this conversation: nobody who takes part or took part in it, nobody of the
    family or kept apart from it, nobody close to its staff outside work, and none of the persons `besides` (those a worry is
    about), nor anybody close to those.
    """
    took_part = Participant.objects.filter(conversation=conversation)
    subjects = {
        *besides,
        *_named_by_the_young(took_part),
        *took_part.exclude(staff_role=None).values_list("person", flat=True),
    }
    able = roles.filter(StaffRole.in_force(timezone.now()), person__is_active=True)
    able = able.exclude(person__in=took_part.values("person")).exclude(
        person__in=subjects | ties.close_to(subjects, own_word=own_word)
    )
    if conversation.family is not None:
        able = families.without_ties(able, conversation.family)
    return able.select_related("person", "organization__program")


def _named_by_the_young(took_part: QuerySet[Participant]) -> set[int]:
    """Who is named in an open worry of somebody who takes part: until it is closed they do not watch over them."""
    young = took_part.filter(staff_role=None).values("person")
    open_ones = Concern.objects.filter(person__in=young, closed_at=None)
    return set(open_ones.filter(about__isnull=False).values_list("about", flat=True))


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
    beside = families.standing_beside(moment.now(), [Job.LIAISON]).filter(family=conversation.family)
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
        and all(
            is_approved(one.staff_role) for one in members if one.staff_role and one.staff_role_id != pairing.peer_id
        )
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


# -- what those who watch may do ---------------------------------------------------------------------------------------------


def role_over(person: Person, conversation: Conversation) -> StaffRole | None:
    """The job in which this person watches over a conversation: named for it, or leading its programme. None: not at all."""
    named = supervisor_of(conversation)
    if named is not None and named.person_id == person.pk:
        return named
    program = program_of(conversation)
    led = StaffRole.objects.filter(person=person, role=Job.PROGRAMME_LEAD, organization__program=program)
    return without_conflict(led, conversation).order_by("pk").first() if program is not None else None


def program_of(conversation: Conversation) -> Program | None:
    """Of a family's conversation; a group's is asked of the group."""
    return conversation.family.program if conversation.family is not None else None


def may_look(person: Person, role: StaffRole, conversation: Conversation) -> bool:
    """Read what was written in a young person's conversation: who is named to watch over it, nobody else by this way."""
    return role.person_id == person.pk and supervised_conversations(person).filter(pk=conversation.pk).exists()


def watched_conversations(person: Person, which: Q = ANY) -> QuerySet[Conversation]:
    """Those on whose page of supervision this person may act: named for them, or leading their programme.

    `which` names the few that are asked for: each of them is held against everybody's ties.
    """
    now = timezone.now()
    led = StaffRole.objects.filter(
        StaffRole.in_force(now), person=person, person__is_active=True, role=Job.PROGRAMME_LEAD
    )
    took_part = Participant.objects.filter(conversation=OuterRef("pk"), person=person)
    watched = Supervision.objects.filter(conversation=OuterRef("pk"), ended_at=None)
    of_led = Conversation.objects.filter(
        Exists(watched), ~Exists(took_part), family__program__in=led.values("organization__program")
    )
    found = supervised_conversations(person).order_by() | of_led.order_by()
    able = [one.pk for one in found.filter(which).distinct() if role_over(person, one) is not None]
    return Conversation.objects.filter(pk__in=able).select_related("family__program").order_by("-last_sent_at", "pk")


def held_for(person: Person) -> QuerySet[HeldMessage]:
    """Messages that wait until this person, who is named to watch over their conversation, has looked."""
    return (
        HeldMessage.objects.filter(
            why=HeldMessage.Why.REVIEW,
            state=HeldMessage.State.WAITING,
            conversation__in=supervised_conversations(person).order_by().values("pk"),
        )
        .exclude(author=person)
        .select_related("conversation__family__program", "author")
        .order_by("written_at", "pk")
    )


def seen_held(person: Person) -> QuerySet[HeldMessage]:
    """Those among them that were decided already as well."""
    talks = supervised_conversations(person).order_by().values("pk")
    held = HeldMessage.objects.filter(why=HeldMessage.Why.REVIEW, conversation__in=talks)
    return held.exclude(author=person).select_related("conversation__family__program", "author")


def helpers_to_join(conversation: Conversation) -> list[StaffRole]:
    """Who could stand beside the helper of a young person: approved, of the same organization and job."""
    pairing = pairing_of(conversation)
    if pairing is None:
        return []
    same = StaffRole.objects.filter(organization=pairing.peer.organization_id, role=pairing.peer.role)
    able = without_conflict(same, conversation).order_by("person__display_name", "pk")
    return [role for role in able if is_approved(role)]


def talks_of_the_young() -> QuerySet[Conversation]:
    """The conversations of matches with young people that are not over: each needs somebody who watches over it."""
    matches = Pairing.objects.filter(conversation=OuterRef("pk"), state__in=Pairing.TAKES_PLACE, member__role="youth")
    return (
        Conversation.objects.filter(Exists(matches))
        .exclude(state=Conversation.State.ENDED)
        .select_related("family__program")
        .order_by("pk")
    )


# -- what the people of a conversation are told ------------------------------------------------------------------------------


def shown_looks(conversation: Conversation) -> QuerySet[Look]:
    """Every look at a conversation that its people may see by now: all but those of a legal exception not yet told."""
    return (
        Look.objects.filter(conversation=conversation, shown_from__lte=timezone.now())
        .select_related("staff_role__person", "exception")
        .order_by("at", "pk")
    )


def supervisions(conversation: Conversation) -> QuerySet[Supervision]:
    return Supervision.objects.filter(conversation=conversation).select_related("staff_role__person").order_by("pk")


def second_helpers(conversation: Conversation) -> QuerySet[SecondHelper]:
    return SecondHelper.objects.filter(conversation=conversation).select_related("staff_role__person").order_by("pk")


def freezes(conversation: Conversation) -> QuerySet[Freeze]:
    return Freeze.objects.filter(conversation=conversation).select_related("by__person").order_by("pk")


def dangers_of(person: Person, conversation: Conversation) -> bool:
    """Something this person wrote here lately may be about danger, and they have not put the card with help away."""
    since = timezone.now() - CARD_STAYS
    return Flag.objects.filter(
        conversation=conversation, author=person, at__gt=since, put_away_at=None, level__in=DANGER
    ).exists()


def may_be_hard(conversation: Conversation, helper: Participant) -> bool:
    """Somebody else of this conversation, not of staff, may be having a hard time: for the helper, as a prompt, never a label."""
    staff = Participant.objects.filter(conversation=conversation).exclude(staff_role=None).values("person")
    since = timezone.now() - CARD_STAYS
    flags = Flag.objects.filter(conversation=conversation, at__gt=since, level__in=DANGER)
    return helper.staff_role_id is not None and flags.exclude(author__in=staff).exists()


# -- how long it goes on ------------------------------------------------------------------------------------------------------


def is_match_paused(conversation: Conversation) -> bool:
    return Pairing.objects.filter(conversation=conversation, state=State.PAUSED).exists()


def is_still_needed(conversation: Conversation) -> bool:
    """Something that is looked at is not over: who watched over it goes on, also after an eighteenth birthday."""
    frozen = Freeze.objects.filter(conversation=conversation, lifted_at=None)
    worries = Concern.objects.filter(conversation=conversation, closed_at=None)
    held = HeldMessage.objects.filter(conversation=conversation, why=HeldMessage.Why.REVIEW)
    if held.filter(state=HeldMessage.State.WAITING).exists():  # without who watches over it nobody could let it on
        return True
    return frozen.exists() or worries.exists() or Flag.objects.filter(conversation=conversation, taken_at=None).exists()


def may_watch(person: Person) -> bool:
    """Has the page of supervision: whose job may be named to watch over a conversation."""
    return person.is_active and people.staff_roles(person).filter(role__in=on_call.JOBS).exists()
