"""Who may read and write a conversation: its participants, and nobody else by any route."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from messaging.models import Conversation, Flag, Message, Participant
from peer_support.models import Group
from portal import crypto
from portal.access import supervision
from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.prepared import SOME_TIME, Prepared
from portal.programs.models import Program, StaffRole
from portal.programs.schema.settings import OUR_HOLDING, AdultHours, Holding

# A list says "99+" above this; nobody needs the number, and counting it is what would cost.
MOST_UNREAD = 100
# How many messages above a reading position are looked at to find those that others wrote.
MOST_LOOKED_AT = 1_000


def visible_conversations(person: Person) -> QuerySet[Conversation]:
    """The conversations the person takes part in now. Another caregiver of the family sees neither them nor that they exist.

    Each with `came_after`: who came into a group later reads what was written since.
    """
    place = _own_place(person, "pk")
    return (
        Conversation.objects.filter(Exists(place))
        .annotate(came_after=Subquery(place.values("from_seq")[:1]))
        .select_related("family__program")
    )


def _own_place(person: Person, conversation: str) -> QuerySet[Participant]:
    """Inside another query: that the person takes part in the conversation it names, now."""
    now = timezone.now()
    return Participant.objects.filter(Participant.in_force(now), conversation=OuterRef(conversation), person=person)


def participants(conversation: Conversation) -> QuerySet[Participant]:
    """Who takes part now: the answer to "who can read this", from the policy that enforces it."""
    return (
        Participant.objects.filter(Participant.in_force(timezone.now()), conversation=conversation)
        .select_related("person", "staff_role__organization")
        .annotate(family_role=_family_role())
        .order_by("pk")
    )


def speakers(conversation: Conversation) -> QuerySet[Participant]:
    """All who take part or once did: whose names stand beside what they said. It decides nothing about reading."""
    return Participant.objects.filter(conversation=conversation).select_related("person").order_by("pk")


def _family_role() -> Subquery:
    """What the participant is in the conversation's family now, for the line that says who is who."""
    return Subquery(
        Member.objects.filter(
            Member.in_force(timezone.now()), family=OuterRef("conversation__family"), person=OuterRef("person")
        ).values("role")[:1]
    )


def own_participation(person: Person, conversation: Conversation) -> Participant | None:
    return participants(conversation).filter(person=person).first()


def participations(person: Person) -> QuerySet[Participant]:
    """Where the person takes part now, each with its conversation; the latest one first."""
    return (
        Participant.objects.filter(Participant.in_force(timezone.now()), person=person)
        .select_related("conversation")
        .order_by(F("conversation__last_sent_at").desc(nulls_last=True), "-conversation_id")
    )


_STANDING = Prepared(
    lambda person, now: (
        Participant.objects.filter(Participant.in_force(now), person=person)
        .order_by("conversation_id")
        .values_list(
            "conversation_id",
            "conversation__public_id",
            "conversation__last_seq",
            "read_seq",
            "conversation__revisions",
        )
    ),
    person=-1,
    now=SOME_TIME,
)


def standing(person: int) -> list[tuple[int, UUID, int, int, int]]:
    """(conversation, public id, last_seq, read_seq, revisions) of all this person takes part in: what a socket is greeted with."""
    return _STANDING.rows(person=person, now=timezone.now())


def inbox(person: Person) -> QuerySet[Participant]:
    """The person's conversations, latest first, each with `unread`: what others wrote above the reading position.

    Numbers have no gaps, so how many messages lie above it is a subtraction; whose they are is not. Moving the position when
    somebody writes would call messages "seen" that nobody has seen, so it is left where it is and the messages above it are
    looked at instead, by the index on (conversation, seq): no more than `MOST_LOOKED_AT`, and no further than `MOST_UNREAD`
    by others, however many there are. `MOST_UNREAD` therefore means "at least as many".
    """
    few = _unread(person).order_by("seq").values("pk")[:MOST_UNREAD]
    return participations(person).annotate(unread=_CountOf(few))


class _CountOf(Subquery):
    """How many rows a query with a limit gives. (Django's own count over a correlated query drops the limit.)"""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS few)"
    output_field = IntegerField()


def _unread(person: Person | OuterRef) -> QuerySet[Message]:
    """Inside a query over participants: what others wrote above the reading position and was not removed since."""
    start = Greatest(OuterRef("read_seq"), OuterRef("conversation__trimmed_seq"))
    above = Message.objects.filter(
        conversation=OuterRef("conversation"), seq__gt=start, seq__lte=start + MOST_LOOKED_AT
    )
    return above.exclude(author=person)


def may_take_part(person: Person, role: StaffRole | None, family: Family) -> bool:
    """Be let into a conversation of this family: by a staff role of one's own, or as one of its people."""
    if role is not None:
        return role.person_id == person.pk and role.is_in_force(timezone.now()) and person.is_active
    belongs = Member.objects.filter(Member.in_force(timezone.now()), family=family, person=person)
    return person.is_active and belongs.exists()


def standings(people: Iterable[int]) -> list[tuple[int, int, int]]:
    """(person, conversation, last_seq) for all that these people take part in now, in one query."""
    current = Participant.objects.filter(Participant.in_force(timezone.now()), person__in=list(people))
    return list(current.values_list("person_id", "conversation_id", "conversation__last_seq"))


def people_in(conversation_pks: Iterable[int], besides: Person) -> dict[int, list[Participant]]:
    """The others in each of these conversations, in one query, for lists of conversations the person takes part in."""
    others: dict[int, list[Participant]] = {}
    for participant in (
        Participant.objects.filter(Participant.in_force(timezone.now()), conversation__in=list(conversation_pks))
        .filter(Exists(_own_place(besides, "conversation")))
        .exclude(person=besides)
        .select_related("person", "staff_role")
        .annotate(family_role=_family_role())
        .order_by("pk")
    ):
        others.setdefault(participant.conversation_id, []).append(participant)
    return others


def behind(conversation: Conversation) -> QuerySet[Participant]:
    """Who takes part and has not read all that others wrote.

    The first such message answers, and is asked for as a value: "exists" PostgreSQL turns into a join with the whole conversation.
    """
    first = _unread(OuterRef("person")).order_by("seq").values("seq")[:1]
    return participants(conversation).alias(first=Subquery(first)).filter(first__isnull=False)


def group_of(conversation: Conversation) -> Group | None:
    """The group whose conversation it is."""
    if conversation.family_id is not None:
        return None
    return groups_of([conversation]).get(conversation.pk)


def groups_of(conversations: Iterable[Conversation]) -> dict[int, Group]:
    """By conversation; nothing is asked where each belongs to a family."""
    alone = [conversation.pk for conversation in conversations if conversation.family_id is None]
    if not alone:
        return {}
    groups = Group.objects.filter(conversation__in=alone).select_related("organization__program")
    return {group.conversation_id: group for group in groups if group.conversation_id is not None}


def stands_still(conversation: Conversation, members: Iterable[Participant], group: Group | None) -> bool:
    """Where nobody may write, whatever its own state: a helper and a minor whose door is not open, or a group that nobody leads.

    What belongs neither to a family nor to a group is no programme's, and without a programme there is no day on which
    somebody is 18.
    """
    members = list(members)
    program = _program_of(conversation, group)
    if group is not None:
        is_led = any(member.staff_role_id for member in members)
        is_open = group.state == Group.State.OPEN and group.audience == Group.Audience.CAREGIVERS
        return not (is_led and is_open) or supervision.is_with_minor(members, program)
    if supervision.is_left_alone(conversation, members, program):
        return True
    return supervision.is_with_minor(members, program) and not supervision.is_door_open(conversation, members)


def _program_of(conversation: Conversation, group: Group | None) -> Program | None:
    if conversation.family is not None:
        return conversation.family.program
    return group.organization.program if group is not None else None


# What raises no access_version (an eighteenth birthday, an account closed) takes effect within this time at the latest.
LONGEST_KEPT = dt.timedelta(minutes=5)


# So long after a young person wrote of danger, what adults write to them does not wait for the morning.
NIGHT_OPEN = dt.timedelta(hours=12)
# A young person's conversation hangs on more than its people: a permission, a rota, a check that runs out.
YOUTH_KEPT = dt.timedelta(minutes=1)


class Watch(StrEnum):
    """What is looked for in the words of a conversation, and said on its page."""

    NOTHING = ""  # no staff in it: nobody reads along
    CRISIS = "crisis"  # a family's own words, for danger
    YOUTH = "youth"  # everything written where an adult of staff and a young person talk


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an adult's words go to a young person."""

    hours: AdultHours | None  # None: they may be written at any hour just now
    zone: dt.tzinfo
    holding: Holding = OUR_HOLDING

    def quiet_until(self, now: dt.datetime) -> dt.datetime | None:
        return self.hours.quiet_until(now.astimezone(self.zone)) if self.hours else None


@dataclass(frozen=True, slots=True)
class Membership:
    """Who may read and write one conversation, as the writer and the socket keep it between events that change it."""

    pk: int
    public_id: UUID
    access_version: int
    state: str
    cipher: crypto.Cipher
    readers: tuple[int, ...]
    posters: frozenset[int]
    # The next moment at which the answer may change by itself (a role or participation that ends on a date).
    valid_until: dt.datetime
    watch: Watch = Watch.NOTHING
    staff: frozenset[int] = field(default_factory=frozenset)
    terms: Terms | None = None  # only where `watch` is YOUTH


def membership(conversation: Conversation) -> Membership:
    """The policy's answer for one conversation at this moment; `readers` and `posters` hold person keys."""
    return memberships([conversation])[conversation.pk]


def memberships(conversations: Sequence[Conversation]) -> dict[int, Membership]:
    """The same for several, by their keys, in one query: after a restart every conversation is asked about at once."""
    now = timezone.now()
    everyone: dict[int, list[Participant]] = {conversation.pk: [] for conversation in conversations}
    for participant in Participant.objects.filter(conversation__in=everyone).select_related(
        "person", "staff_role__organization__program"
    ):
        if participant.left_at is None or participant.left_at > now:
            everyone[participant.conversation_id].append(participant)
    groups = groups_of(conversations)
    return {
        conversation.pk: _membership(conversation, everyone[conversation.pk], now, groups.get(conversation.pk))
        for conversation in conversations
    }


def _membership(
    conversation: Conversation, everyone: list[Participant], now: dt.datetime, group: Group | None
) -> Membership:
    current = [participant for participant in everyone if _takes_part(participant, now)]
    program = _program_of(conversation, group)
    watch = watch_of(current, program)
    kept = YOUTH_KEPT if watch is Watch.YOUTH else LONGEST_KEPT
    is_open = conversation.family is None or conversation.family.closed_at is None
    may_write = (
        conversation.state == Conversation.State.ACTIVE and is_open and not stands_still(conversation, current, group)
    )
    return Membership(
        pk=conversation.pk,
        public_id=conversation.public_id,
        access_version=conversation.access_version,
        state=conversation.state,
        cipher=conversation.cipher(),
        readers=tuple(participant.person_id for participant in current),
        posters=frozenset(participant.person_id for participant in current) if may_write else frozenset(),
        valid_until=min([now + kept, *_changes_after(everyone, now)]),
        watch=watch,
        staff=frozenset(participant.person_id for participant in current if participant.staff_role_id),
        terms=_terms(conversation, program, now) if program is not None and watch is Watch.YOUTH else None,
    )


def watch_in(conversation: Conversation, members: Iterable[Participant], group: Group | None) -> Watch:
    """What is looked for in this conversation: what its page says of it."""
    return watch_of(members, _program_of(conversation, group))


def watch_of(members: Iterable[Participant], program: Program | None) -> Watch:
    """What is looked for where these people talk."""
    members = list(members)
    if supervision.is_with_minor(members, program):
        return Watch.YOUTH
    return Watch.CRISIS if any(member.staff_role_id for member in members) else Watch.NOTHING


def is_watched(conversation: Conversation) -> bool:
    """An adult of staff and a young person talk here."""
    return watch_of(participants(conversation), _program_of(conversation, None)) is Watch.YOUTH


def _terms(conversation: Conversation, program: Program, now: dt.datetime) -> Terms:
    settings = program.profile.settings
    staff = Participant.objects.filter(conversation=conversation).exclude(staff_role=None).values("person")
    crisis = Flag.objects.filter(conversation=conversation, level=Flag.Level.CRISIS, at__gt=now - NIGHT_OPEN)
    is_needed = crisis.exclude(author__in=staff).exists()
    return Terms(None if is_needed else settings.adult_hours, program.zone, settings.holding)


def _takes_part(participant: Participant, now: dt.datetime) -> bool:
    role = participant.staff_role
    return (
        participant.joined_at <= now
        and participant.person.is_active
        and (role is None or role.ended_at is None or role.ended_at > now)
    )


def _changes_after(everyone: list[Participant], now: dt.datetime) -> list[dt.datetime]:
    moments = []
    for participant in everyone:
        role_end = participant.staff_role.ended_at if participant.staff_role else None
        moments += [
            moment for moment in (participant.joined_at, participant.left_at, role_end) if moment and moment > now
        ]
    return moments


def reader_ids(conversation: Conversation) -> list[int]:
    """Computed at send time: the people whose open pages a message is pushed to."""
    return list(membership(conversation).readers)


def may_post(person: Person, conversation: Conversation) -> bool:
    return person.pk in membership(conversation).posters
