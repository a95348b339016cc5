"""Who may see, plan, confirm and answer a hand-off, and who reads what the family wants the next one to know."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.models import Participant
from peer_support.models import HandOff, Pairing
from portal.access import coordination, families, moment, people
from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.programs.models import StaffRole

Kind = HandOff.Kind
State = HandOff.State
UNDONE = (State.PLANNED, State.NOT_WARM)


def visible_hand_offs(person: Person) -> QuerySet[HandOff]:
    """Between peer partners: the person whose peer it is, the two, the liaison. Of coordinators: all who see the family."""
    if not person.is_active:
        return HandOff.objects.none()
    now = timezone.now()
    as_member = Q(member__person=person) & Member.in_force(now, "member__")
    gives = Q(giver__person=person) & StaffRole.in_force(now, "giver__")
    receives = Q(receiver__person=person) & StaffRole.in_force(now, "receiver__")
    # An override names the two; it gives nobody a look at the family who had none.
    as_one_of_two = (gives | receives) & ~Q(state=State.EMERGENCY)
    as_liaison = Q(kind=Kind.PEER, family__in=families.liaison_families(person))
    as_family = Q(kind=Kind.COORDINATOR, family__in=families.visible_families(person))
    return (
        HandOff.objects.filter(as_member | as_one_of_two | as_liaison | as_family, family__closed_at=None)
        .select_related(
            *("family__program", "member__person", "member__family__program", "planned_by", "conversation"),
            *("giver__person", "giver__organization", "receiver__person", "receiver__organization"),
        )
        .order_by("-pk")
    )


def undone(person: Person) -> QuerySet[HandOff]:
    """What is planned, and what was not done as promised and can still be made good."""
    return visible_hand_offs(person).filter(state__in=UNDONE)


def to_confirm(person: Person) -> QuerySet[HandOff]:
    """Where this person is one of the two and has not said that they met."""
    hands_over = Q(giver__person=person, confirmed_by_giver_at=None)
    receives = Q(receiver__person=person, confirmed_by_receiver_at=None)
    return undone(person).filter(hands_over | receives)


def may_plan_for(person: Person, family: Family) -> bool:
    """Between coordinators: whoever stands beside the family as liaison or facilitator."""
    return families.may_change_family(person, family)


def may_plan_between(person: Person, old: Pairing, new: Pairing) -> bool:
    """From one peer partner of a person to the next: the family's liaison, for two pairings of the same person."""
    return (
        old.member_id == new.member_id
        and old.pk != new.pk
        and new.state in {Pairing.State.ACCEPTED, Pairing.State.ACTIVE}
        and families.is_liaison_of(person, new.family_id)
        and person.pk not in {old.member.person_id, old.peer.person_id, new.peer.person_id}
    )


def may_talk(member: Member) -> bool:
    """Whether the three can write to each other: two mentors and a young person meet, and do not (docs/decisions/0020)."""
    return not people.is_minor(member.person, member.family.program)


def may_override(person: Person, family: Family) -> bool:
    """Change the coordinator without a meeting: staff beside the family, or a lead where nobody answers for it."""
    return coordination.may_coordinate(person, family)


def earlier_pairings(new: Pairing) -> QuerySet[Pairing]:
    """Whose peer partner could hand the person over to the one of this pairing, the newest first."""
    known = [*Pairing.TAKES_PLACE, Pairing.State.ENDED]
    return (
        Pairing.objects.filter(member=new.member_id, state__in=known, pk__lt=new.pk)
        .exclude(peer=new.peer_id)
        .select_related("peer__person", "peer__organization", "member__person", "family__program")
        .order_by("-pk")
    )


def out_of_place() -> QuerySet[Participant]:
    """Staff in a conversation of three between coordinators who have no part in it any more.

    Whoever stands beside the family has, and the one who is to take over until it is settled.
    """
    beside = families.standing_beside(moment.now()).filter(family=OuterRef("conversation__family"))
    takes_over = Q(conversation__hand_off__state__in=UNDONE, staff_role=F("conversation__hand_off__receiver"))
    return (
        Participant.objects.filter(
            ~takes_over,
            ~Exists(beside.filter(staff_role=OuterRef("staff_role"))),
            conversation__hand_off__kind=Kind.COORDINATOR,
            staff_role__isnull=False,
            left_at=None,
        )
        .select_related("conversation", "person")
        .order_by("pk")
    )


def about_pairing(person: Person, pairing: Pairing) -> QuerySet[HandOff]:
    """The hand-offs of the person of this pairing in which its peer partner is one of the two."""
    of_them = visible_hand_offs(person).filter(kind=Kind.PEER, member=pairing.member_id)
    return of_them.filter(Q(giver=pairing.peer_id) | Q(receiver=pairing.peer_id))


def possible_members(person: Person, family: Family) -> list[Member]:
    """Who of the family can meet the two in a conversation of three: its adults. Staff and a minor write no messages."""
    return [
        member
        for member in families.visible_members(person, family)
        if member.role != Member.Role.NATURAL_SUPPORT and not people.is_minor(member.person, family.program)
    ]


def may_confirm(person: Person, hand_off: HandOff) -> bool:
    """The one who hands over and the one who receives, each for themselves, while it can still become warm."""
    return hand_off.is_undone and _role_of(person, hand_off) is not None


def is_giver(person: Person, hand_off: HandOff) -> bool:
    return hand_off.giver.person_id == person.pk


def may_answer(person: Person, hand_off: HandOff) -> bool:
    """Say whether it happened, and write what the next one should know: who of the family takes part."""
    return (
        hand_off.member is not None
        and hand_off.member.person_id == person.pk
        and hand_off.member.left_at is None
        and hand_off.state != State.EMERGENCY
    )


def may_read_words(person: Person, hand_off: HandOff) -> bool:
    """Whose words they are, and the one they are for, while that one is to come or is beside them."""
    is_theirs = hand_off.member is not None and hand_off.member.person_id == person.pk
    is_for = hand_off.receiver.person_id == person.pk and hand_off.receiver.is_in_force(timezone.now())
    return is_theirs or (is_for and _is_beside(person, hand_off))


def _is_beside(person: Person, hand_off: HandOff) -> bool:
    if hand_off.kind == Kind.PEER:
        paired = Pairing.objects.filter(member=hand_off.member_id, peer=hand_off.receiver_id)
        return paired.filter(state__in=Pairing.TAKES_PLACE).exists()
    return hand_off.is_undone or families.stands_beside(person, hand_off.family_id)


def brought_in(pairing: Pairing) -> QuerySet[HandOff]:
    """The hand-offs by which the peer partner of this pairing was to come to that person."""
    return HandOff.objects.filter(kind=Kind.PEER, member=pairing.member_id, receiver=pairing.peer_id).order_by("pk")


def may_see_meeting(person: Person, hand_off: HandOff) -> bool:
    """The day and the place tell where one of the family will be: not for who is kept away from them."""
    if _role_of(person, hand_off) is not None or hand_off.member is None:
        return True
    return families.may_see_whereabouts(person, hand_off.member)


def _role_of(person: Person, hand_off: HandOff) -> StaffRole | None:
    now = timezone.now()
    two = (hand_off.giver, hand_off.receiver)
    return next((role for role in two if role.person_id == person.pk and role.is_in_force(now)), None)


def overdue() -> list[HandOff]:
    """Planned ones whose day has passed, where the family's programme is."""
    latest = timezone.now().astimezone(dt.UTC).date() + dt.timedelta(days=1)
    planned = HandOff.objects.filter(state=State.PLANNED, meets_on__lt=latest).select_related("family__program")
    return [one for one in planned.order_by("pk") if one.meets_on and one.meets_on < one.family.program.today()]


def of_role(role: StaffRole) -> QuerySet[HandOff]:
    """Those planned in which this role is one of the two."""
    return HandOff.objects.filter(Q(giver=role) | Q(receiver=role), state=State.PLANNED).order_by("pk")
