"""Who is told that a family's message waits, who may see of it what, and what its sender learns.

None of them gets to read a conversation by it: they learn who waits, since when and for whom, and how to reach them.
Another person of the family learns nothing at all.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.models import Conversation, LadderStep, Message, Participant, UnreadStretch
from portal.access import conversations, families, on_call
from portal.accounts.models import Person
from portal.families.models import Member
from portal.programs.models import StaffRole

Job = StaffRole.Role
Step = UnreadStretch.Step


# -- who is told -----------------------------------------------------------------------------------------------------------


def backup_for(stretch: UnreadStretch, now: dt.datetime) -> StaffRole | None:
    """Who is on call in the reader's organization: the first who may know of this family, and not the reader."""
    if stretch.staff_role is None:
        return None
    on_shift = [role.pk for role in on_call.on_call_now(stretch.staff_role.organization, now)]
    able = {role.pk: role for role in _who_may_know(stretch, StaffRole.objects.filter(pk__in=on_shift))}
    return next((able[pk] for pk in on_shift if pk in able), None)


def liaisons_for(stretch: UnreadStretch) -> list[StaffRole]:
    """Who leads the reader; else the family's own liaisons; else those of the organization; else who leads the programme."""
    if stretch.staff_role is None:
        return []
    now = timezone.now()
    organization = stretch.staff_role.organization
    in_force = StaffRole.objects.filter(StaffRole.in_force(now))
    beside = families.standing_beside(now, [Job.LIAISON]).filter(family=stretch.conversation.family)
    for roles in (
        in_force.filter(supervises=stretch.staff_role),
        in_force.filter(pk__in=beside.values("staff_role")),
        in_force.filter(role=Job.LIAISON, organization=organization),
        in_force.filter(role=Job.PROGRAMME_LEAD, organization__program=organization.program_id),
    ):
        if found := list(_who_may_know(stretch, roles)):
            return found
    return []


def _who_may_know(stretch: UnreadStretch, roles: QuerySet[StaffRole]) -> QuerySet[StaffRole]:
    """Never the reader, and never somebody whom the family's own ties keep from it."""
    at_work = roles.filter(StaffRole.in_force(timezone.now()), person__is_active=True).exclude(person=stretch.reader_id)
    family = stretch.conversation.family
    able = at_work if family is None else families.without_ties(at_work, family)
    return able.select_related("person", "organization__program").order_by("pk")


# -- the page of who waits ---------------------------------------------------------------------------------------------------


def visible_waits(person: Person) -> QuerySet[UnreadStretch]:
    """The messages that wait and of which this person was told by name, or as a liaison of the reader's organization."""
    if not person.is_active:
        return UnreadStretch.objects.none()
    now = timezone.now()
    steps = LadderStep.objects.filter(stretch=OuterRef("pk"))
    told = steps.filter(StaffRole.in_force(now, "told__"), told__person=person)
    liaison_in = StaffRole.objects.filter(StaffRole.in_force(now), person=person, role=Job.LIAISON)
    as_liaison = Q(
        Exists(steps.filter(step=Step.LIAISON)), staff_role__organization__in=liaison_in.values("organization")
    )
    household = Member.objects.filter(family=OuterRef("conversation__family"), person=person)
    people = Member.objects.filter(family=OuterRef(OuterRef("conversation__family"))).values("person")
    apart = families.kept_away_from(people, now).filter(hidden_from__person=person)
    return (
        UnreadStretch.objects.filter(Exists(told) | as_liaison, ~Exists(household), ~Exists(apart))
        .exclude(reader=person)
        .select_related("reader", "family_author", "staff_role__organization", "called_by__person")
        .select_related("conversation__family__program")
        .order_by("family_since", "pk")
    )


def role_toward(person: Person, stretch: UnreadStretch) -> StaffRole | None:
    """The job in which the person was told of it, or the liaison's; None for anybody else."""
    if not visible_waits(person).filter(pk=stretch.pk).exists():
        return None
    own = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), person=person).select_related("person")
    told = own.filter(pk__in=LadderStep.objects.filter(stretch=stretch).values("told")).order_by("pk").first()
    return told or own.filter(role=Job.LIAISON).order_by("pk").first()


def is_waiting(stretch: UnreadStretch) -> bool:
    """Asked now: the reader has not opened it, and the conversation goes on."""
    conversation = stretch.conversation
    return (
        stretch.ended_at is None
        and conversation.state == Conversation.State.ACTIVE
        and (conversation.family is None or conversation.family.closed_at is None)
        and not Participant.objects.filter(
            conversation=stretch.conversation_id,
            person=stretch.reader_id,
            left_at=None,
            read_seq__gte=stretch.from_seq,
        ).exists()
    )


# -- what the ladder and the sender know --------------------------------------------------------------------------------------


def first_unread(conversation: Conversation, reader: Participant) -> Message | None:
    """The first word of others that waits for this reader.

    Where an earlier wait ended though nobody opened it, because the conversation stood still: the first one since then.
    """
    found = _above(conversation, reader).exclude(author=reader.person_id)
    stopped = UnreadStretch.objects.filter(
        conversation=conversation, reader=reader.person_id, from_seq__gt=reader.read_seq, ended_at__isnull=False
    )
    latest = stopped.order_by("-ended_at").first()
    if latest is not None and latest.ended_at is not None:
        found = found.filter(sent_at__gt=latest.ended_at)
    return found.order_by("seq").first()


def first_of_family(stretch: UnreadStretch, conversation: Conversation, reader: Participant) -> Message | None:
    """Where the reader is of staff: the first word of the family's own in this stretch.

    None in a group. Who is in one is for those who lead it: nobody else is called, and nobody's phone number shown, because a
    message to all of them waits.
    """
    if reader.staff_role_id is None or conversation.family_id is None:
        return None
    family = Participant.objects.filter(conversation=conversation, staff_role=None).values("person")
    found = _above(conversation, reader).filter(author__in=family, seq__gte=stretch.from_seq)
    return found.order_by("seq").first()


def _above(conversation: Conversation, reader: Participant) -> QuerySet[Message]:
    start = max(reader.read_seq, conversation.trimmed_seq)
    return Message.objects.filter(
        conversation=conversation, seq__gt=start, seq__lte=start + conversations.MOST_LOOKED_AT
    )


def may_follow(viewer: Participant, stretch: UnreadStretch) -> bool:
    """Learn how far the ladder was climbed: staff of all readers, the family's people of staff, never of one another."""
    return viewer.person_id != stretch.reader_id and (
        viewer.staff_role_id is not None or stretch.staff_role_id is not None
    )


def followed(conversation: Conversation, viewer: Participant) -> list[UnreadStretch]:
    """The ladders in this conversation that go on about this person's own words, with their steps. In a group: none."""
    own = Message.objects.filter(
        conversation=conversation,
        author=viewer.person_id,
        seq__gte=OuterRef("from_seq"),
        seq__lte=OuterRef("from_seq") + conversations.MOST_LOOKED_AT,
    )
    if conversation.state != Conversation.State.ACTIVE or conversation.family_id is None:
        return []
    read = Participant.objects.filter(
        conversation=OuterRef("conversation"),
        person=OuterRef("reader"),
        left_at=None,
        read_seq__gte=OuterRef("from_seq"),
    )
    stretches = (
        UnreadStretch.objects.filter(Exists(own), ~Exists(read), conversation=conversation, ended_at=None)
        .select_related("reader", "called_by__person")
        .prefetch_related("steps")
        .order_by("pk")
    )
    return [stretch for stretch in stretches if may_follow(viewer, stretch)]
