"""Who may propose, see and answer a pairing."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from messaging.models import Conversation, Message
from peer_support.models import Pairing
from portal.access import families, peers, people, wishes
from portal.accounts.models import Person
from portal.families.models import Family, Member, StaffAssignment
from portal.programs.models import StaffRole

State = Pairing.State
Side = Pairing.Side
TAKES_PLACE = Pairing.TAKES_PLACE
OPEN = Pairing.OPEN
# After these the person may wait for someone else.
CLOSED_BY_CHOICE = (State.DECLINED, State.ENDING, State.ENDED)


def visible_pairings(person: Person) -> QuerySet[Pairing]:
    """Pairings offered to this person, those that name them as peer, and those of families they are liaison for."""
    now = timezone.now()
    as_member = Q(member__person=person, member__person__is_active=True) & Member.in_force(now, "member__")
    # A peer learns of a family when it has said yes, not when someone thought of them.
    as_peer = Q(
        peer__person=person, peer__person__is_active=True, state__in=[*TAKES_PLACE, State.ENDED]
    ) & StaffRole.in_force(now, "peer__")
    as_liaison = Q(family__in=families.liaison_families(person))
    return (
        Pairing.objects.filter(as_member | as_peer | as_liaison)
        .select_related("member__person", "peer__person", "peer__organization", "family__program", "conversation")
        .order_by("-pk")
    )


def offered_to(person: Person) -> QuerySet[Pairing]:
    """What waits for this person's own answer."""
    return visible_pairings(person).filter(member__person=person, state=Pairing.State.PROPOSED)


def has_someone(member: Member) -> bool:
    """Somebody stands by this person already, whatever else was offered."""
    return Pairing.objects.filter(member=member, state__in=TAKES_PLACE).exists()


def said_yes(person: Person) -> QuerySet[Pairing]:
    """The families that said yes to this peer partner and wait for a first word."""
    return visible_pairings(person).filter(peer__person=person, state=State.ACCEPTED)


def may_propose(person: Person, member: Member, peer: StaffRole) -> bool:
    """A liaison of the family proposes a peer partner of her own organization to an adult of the family, a mentor to a youth.

    Never a peer partner to a person under 18 or of unknown age.
    """
    job = wishes.job_for(member)
    return job is not None and proposable_peers(person, member.family, job).filter(pk=peer.pk).exists()


def may_answer(person: Person, pairing: Pairing) -> bool:
    """Only the person it was offered to. A yes also needs the peer still to be in their role."""
    return pairing.member.person_id == person.pk and pairing.member.left_at is None


def may_begin(pairing: Pairing) -> bool:
    """What may have changed since it was proposed: the peer still holds the role, the family is open, and the peer
    neither came to belong to the family nor is kept apart from one of its people, in whichever direction.

    What a peer has to have, they still have; that there is room is counted where the place is taken, and an offer made
    before they stopped taking new families stands.
    """
    peer = pairing.peer
    return (
        pairing.family.closed_at is None
        and peer.is_in_force(timezone.now())
        and peer.person.is_active
        and not {*peers.reasons_against(peer)} - {"full", "not_taking"}
        and families.without_ties(StaffRole.objects.filter(pk=peer.pk), pairing.family).exists()
        and not wishes.conflicts_in_force(pairing.family).filter(peer=peer).exists()
    )


def may_talk(pairing: Pairing) -> bool:
    """Whether words of the two may stand anywhere but in their conversation: not between a mentor and a young person, whose
    words stand where somebody watches over them (docs/decisions/0020).
    """
    return not people.is_minor(pairing.member.person, pairing.family.program)


def side_of(person: Person, pairing: Pairing) -> Side | None:
    """On which side of a pairing somebody stands: whose it is, the peer partner, or a liaison of the family."""
    if pairing.member.person_id == person.pk:
        return Side.FAMILY
    if pairing.peer.person_id == person.pk:
        holds_it = person.is_active and pairing.peer.is_in_force(timezone.now())
        return Side.PEER if holds_it and pairing.state in TAKES_PLACE else None
    return Side.LIAISON if families.is_liaison_of(person, pairing.family_id) else None


def may_end(person: Person, pairing: Pairing) -> bool:
    """Take it back or end it at once: the person it was offered to, without a reason; or a liaison of the family."""
    return side_of(person, pairing) in {Side.FAMILY, Side.LIAISON}


def may_begin_talk(person: Person, pairing: Pairing) -> bool:
    """Say "I am here" to a family that said yes: the peer partner."""
    return pairing.state == State.ACCEPTED and side_of(person, pairing) == Side.PEER


def may_pause(person: Person, pairing: Pairing) -> bool:
    """Either of the two; whoever paused it may also choose another day to come back."""
    side = side_of(person, pairing)
    if pairing.state == State.PAUSED:
        return side == pairing.paused_by
    return pairing.state == State.ACTIVE and side in {Side.FAMILY, Side.PEER}


def may_resume(person: Person, pairing: Pairing) -> bool:
    """Before the day: only the one who paused it. A guardian's pause the family's liaison can end, too."""
    if pairing.is_paused_by_guardian:
        return side_of(person, pairing) == Side.LIAISON
    return pairing.state == State.PAUSED and side_of(person, pairing) == pairing.paused_by


def may_say_goodbye(person: Person, pairing: Pairing) -> bool:
    """End it with time for last words: either of the two, or the liaison. No reason is asked for.

    Not while a guardian has paused it: last words would be words. Each of the two can still end it at once.
    """
    if pairing.is_paused_by_guardian:
        return False
    return pairing.state in {State.ACTIVE, State.PAUSED} and side_of(person, pairing) is not None


def may_stay(person: Person, pairing: Pairing) -> bool:
    """Go on after all: only the side that asked for the end."""
    return pairing.state == State.ENDING and side_of(person, pairing) == pairing.ended_by


def may_choose_next(person: Person, pairing: Pairing) -> bool:
    """Say whether one waits for someone else, and what the next one may read: the person whose pairing it was."""
    return side_of(person, pairing) == Side.FAMILY and pairing.state in {State.ENDING, State.ENDED, State.DECLINED}


def may_block(person: Person, pairing: Pairing) -> bool:
    """Say "no more of this one, ever", at any time after the yes: the person whose pairing it is, without a reason."""
    is_theirs = side_of(person, pairing) == Side.FAMILY and pairing.member.left_at is None
    return is_theirs and pairing.blocked_at is None and pairing.state in {*TAKES_PLACE, State.ENDED}


def next_of(pairing: Pairing) -> Pairing | None:
    """The next person named for whoever is saying goodbye here: proposed since, or talking with them already."""
    later = Pairing.objects.filter(member=pairing.member_id, pk__gt=pairing.pk, state__in=OPEN)
    return later.select_related("peer__person").exclude(state=State.ENDING).order_by("pk").first()


def handed_down(pairing: Pairing) -> list[Pairing]:
    """What the person wrote for their next peer partner about the times before this one, where they share it."""
    before = Pairing.objects.filter(
        member=pairing.member_id, pk__lt=pairing.pk, shares_history=True, sealed_summary__isnull=False
    )
    return list(before.select_related("peer__person").order_by("-pk"))


def may_read_handed_down(person: Person, pairing: Pairing) -> bool:
    """Whose words they are, and the peer partner of now. Not the liaison."""
    side = side_of(person, pairing)
    return side == Side.FAMILY or (side == Side.PEER and pairing.state in TAKES_PLACE)


def pause_of(conversation: Conversation) -> dt.date | None:
    """The day on which a paused conversation goes on, if a pairing is what pauses it."""
    paused = Pairing.objects.filter(conversation=conversation, state=State.PAUSED)
    return paused.values_list("paused_until", flat=True).first()


# -- places ------------------------------------------------------------------------------------------------------------


def capacity_of(role: StaffRole) -> int | None:
    """How many there may be, where the peer's profile says it."""
    profile = getattr(role, "peer_profile", None)
    return None if profile is None else int(profile.capacity)


def has_place(role: StaffRole) -> bool:
    capacity = capacity_of(role)
    return capacity is None or peers.places_taken(role) < capacity


# -- what is to be done by itself --------------------------------------------------------------------------------------


def spoken_to() -> QuerySet[Pairing]:
    """Those in which the peer partner has written a first word since the family's yes."""
    first = Message.objects.filter(conversation=OuterRef("conversation"), author=OuterRef("peer__person"))
    return Pairing.objects.filter(Exists(first), state=State.ACCEPTED).order_by("pk")


def without_talk() -> QuerySet[Pairing]:
    """Those that take a place and have no conversation: a yes of before there were supervised ones."""
    found = Pairing.objects.filter(
        Member.in_force(timezone.now(), "member__"),
        conversation=None,
        state__in=TAKES_PLACE,
        family__closed_at=None,
    )
    return found.select_related("member__person", "peer__person", "family__program").order_by("pk")


def stopped_for_good() -> QuerySet[Pairing]:
    """Open ones whose conversation was ended by who watches over it."""
    over = Conversation.State.ENDED
    return Pairing.objects.filter(state__in=TAKES_PLACE, conversation__state=over).order_by("pk")


def back_today() -> list[Pairing]:
    """Paused ones whose day to come back is here, where the family's programme is."""
    latest = timezone.now().astimezone(dt.UTC).date() + dt.timedelta(days=1)
    paused = Pairing.objects.filter(state=State.PAUSED, paused_until__lte=latest).select_related("family__program")
    return [one for one in paused.order_by("pk") if one.paused_until and one.paused_until <= one.today]


def goodbyes_over() -> QuerySet[Pairing]:
    return Pairing.objects.filter(state=State.ENDING, goodbye_until__lte=timezone.now()).order_by("pk")


# -- proposing ---------------------------------------------------------------------------------------------------------


def proposable_peers(
    person: Person, family: Family, job: StaffRole.Role = StaffRole.Role.PEER_PARTNER
) -> QuerySet[StaffRole]:
    """Peer partners, or mentors, of the organizations in which this person is the family's liaison.

    Nobody who belongs or once belonged to the family, nobody who and one of its people are kept apart, nobody of whom it was
    noted that they must not be matched, and nobody who may not take a new family today.
    """
    now = timezone.now()
    organizations = StaffAssignment.objects.filter(
        StaffAssignment.in_force(now),
        StaffRole.in_force(now, "staff_role__"),
        family__in=families.liaison_families(person).filter(pk=family.pk),
        staff_role__person=person,
        staff_role__role=StaffRole.Role.LIAISON,
    ).values("staff_role__organization")
    at_work = StaffRole.objects.filter(
        StaffRole.in_force(now),
        role=job,
        organization__in=organizations,
        person__is_active=True,
    )
    return (
        families.without_ties(at_work.exclude(pk__in=peers.not_to_offer(at_work)), family)
        .exclude(pk__in=wishes.conflicts_in_force(family).values("peer"))
        .select_related("person", "organization")
        .order_by("person__display_name")
    )


def families_without_peer(person: Person) -> QuerySet[Family]:
    """The families this person is liaison for in which someone waits for a peer partner, longest (`waits_since`) first.

    A family waits until one of its adults has a peer partner or an offer (a young person's mentor is none); and whoever asked
    for someone else, or is saying goodbye, waits again, even where another adult of the family has a peer partner. Nobody
    waits who said: nobody for now.
    """
    pairings = Pairing.objects.filter(family=OuterRef("pk"), member__role=Member.Role.CAREGIVER)
    asked = asked_for_another(OuterRef("pk")).values("asked_at")[:1]  # type: ignore[misc] # annotated
    nobody_now = pairings.filter(state__in=CLOSED_BY_CHOICE, wants_next=False)
    return (
        families.liaison_families(person)
        .annotate(
            is_paired=Exists(pairings.filter(state__in=OPEN)),
            had_someone=Exists(pairings.filter(state__in=[*TAKES_PLACE, State.ENDED])),
            said_nobody=Exists(nobody_now),
            asked_at=Subquery(asked),
        )
        .filter(Q(is_paired=False, said_nobody=False) | Q(asked_at__isnull=False))
        .annotate(
            waits_since=Case(
                When(Q(is_paired=True) | Q(had_someone=True), then=Coalesce("asked_at", "created_at")),
                default=F("created_at"),
            )
        )
        .select_related("program")
        .order_by("waits_since", "pk")
    )


def asked_for_another(family: Family | OuterRef) -> QuerySet[Pairing]:
    """The offers declined and pairings ended of a family whose adult still waits for someone else, the longest first."""
    of_them = Pairing.objects.filter(member=OuterRef("member"))
    goes_on = Q(state__in=[one for one in OPEN if one != State.ENDING])
    later = Q(pk__gt=OuterRef("pk"), state__in=CLOSED_BY_CHOICE)
    return (
        Pairing.objects.filter(
            Member.in_force(timezone.now(), "member__"),
            family=family,
            state__in=CLOSED_BY_CHOICE,
            wants_next=True,
            member__person__is_active=True,
        )
        .exclude(Exists(of_them.filter(goes_on | later)))
        .annotate(asked_at=Coalesce("ending_at", "ended_at", "answered_at"))
        .order_by("asked_at", "pk")
    )
