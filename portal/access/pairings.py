"""Who may propose, see and answer a pairing."""

from __future__ import annotations

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from peer_support.models import Pairing
from portal.access import families, peers, people, wishes
from portal.accounts.models import Person
from portal.families.models import Family, Member, StaffAssignment
from portal.programs.models import StaffRole

OPEN = (Pairing.State.PROPOSED, Pairing.State.ACTIVE)


def visible_pairings(person: Person) -> QuerySet[Pairing]:
    """Pairings offered to this person, those that name them as peer, and those of families they are liaison for."""
    now = timezone.now()
    as_member = Q(member__person=person, member__person__is_active=True) & Member.in_force(now, "member__")
    # A peer learns of a family when it has said yes, not when someone thought of them.
    as_peer = Q(
        peer__person=person, peer__person__is_active=True, state__in=[Pairing.State.ACTIVE, Pairing.State.ENDED]
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
    return Pairing.objects.filter(member=member, state__in=OPEN).exclude(state=Pairing.State.PROPOSED).exists()


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
    own_people = Member.objects.filter(family=pairing.family_id).values("person")
    peer = pairing.peer
    return (
        pairing.family.closed_at is None
        and peer.is_in_force(timezone.now())
        and peer.person.is_active
        and not {*peers.reasons_against(peer)} - {"full", "not_taking"}
        and not own_people.filter(person=peer.person_id).exists()
        and not families.kept_away_from(own_people).filter(hidden_from__person=peer.person_id).exists()
        and not families.protected_from(own_people).filter(protected__person=peer.person_id).exists()
        and not wishes.conflicts_in_force(pairing.family).filter(peer=peer).exists()
    )


def may_talk(pairing: Pairing) -> bool:
    """Whether a conversation opens with a yes: not between a mentor and a young person (docs/decisions/0010)."""
    return not people.is_minor(pairing.member.person, pairing.family.program)


def may_end(person: Person, pairing: Pairing) -> bool:
    """The person it was offered to, without a reason; or a liaison of the family."""
    if pairing.member.person_id == person.pk:
        return True
    return (
        families.liaison_families(person).filter(pk=pairing.family_id).exists() and pairing.peer.person_id != person.pk
    )


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
    own_people = Member.objects.filter(family=family).values("person")
    at_work = StaffRole.objects.filter(
        StaffRole.in_force(now),
        role=job,
        organization__in=organizations,
        person__is_active=True,
    )
    return (
        at_work.exclude(pk__in=peers.not_to_offer(at_work))
        .exclude(person__in=own_people)
        .exclude(person__in=families.kept_away_from(own_people).values("hidden_from__person"))
        .exclude(person__in=families.protected_from(own_people).values("protected__person"))
        .exclude(pk__in=wishes.conflicts_in_force(family).values("peer"))
        .select_related("person", "organization")
        .order_by("person__display_name")
    )


def active_pairings(family: Family) -> QuerySet[Pairing]:
    return Pairing.objects.filter(family=family, state=Pairing.State.ACTIVE)


def families_without_peer(person: Person) -> QuerySet[Family]:
    """The families this person is liaison for in which someone waits for a peer partner, longest (`waits_since`) first.

    A family waits until one of its adults has a peer partner or an offer (a young person's mentor is none); and whoever
    asked for someone else waits again, even where another adult of the family has a peer partner.
    """
    paired = Pairing.objects.filter(family=OuterRef("pk"), member__role=Member.Role.CAREGIVER, state__in=OPEN)
    asked = asked_for_another(OuterRef("pk")).values("answered_at")[:1]
    return (
        families.liaison_families(person)
        .annotate(is_paired=Exists(paired), asked_at=Subquery(asked))
        .filter(Q(is_paired=False) | Q(asked_at__isnull=False))
        .annotate(waits_since=Case(When(is_paired=True, then=F("asked_at")), default=F("created_at")))
        .select_related("program")
        .order_by("waits_since", "pk")
    )


def asked_for_another(family: Family | OuterRef) -> QuerySet[Pairing]:
    """The declined offers of a family whose adult still waits for someone else, the longest wait first."""
    of_them = Pairing.objects.filter(member=OuterRef("member"))
    later = Q(pk__gt=OuterRef("pk"), state__in=[Pairing.State.DECLINED, Pairing.State.ENDED])
    return (
        Pairing.objects.filter(
            Member.in_force(timezone.now(), "member__"),
            family=family,
            state=Pairing.State.DECLINED,
            member__person__is_active=True,
        )
        .exclude(Exists(of_them.filter(Q(state__in=OPEN) | later)))
        .order_by("answered_at", "pk")
    )
