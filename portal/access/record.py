"""Who may see the record of who looked: the family's own adults and youth, about their own family, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import (
    care,
    choices,
    clocks,
    conversations,
    disclosures,
    enrollment,
    hand_offs,
    mentors,
    pairings,
    rounds,
)
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks.models import Clock
from portal.enrollment.models import Decision, Discharge, Enrollment
from portal.families.models import Family, Member, StaffAssignment
from portal.programs.models import StaffRole

# Whose subject is one of these: that it exists is the affair of those who take part alone.
OF_THEIR_PEOPLE = (
    "pairing",
    "permission",
    "conversation",
    "old_messages",
    "hand_off",
    "waiting",
    "look",
    "supervision",
)


def visible_entries(person: Person, family: Family) -> QuerySet[Entry]:
    """What staff did with or saw of this family's record, newest first, and what this person did.

    Not what other members of the family did while they were members: a protected adult's visits would tell where and
    when to find them, and a youth's own steps are the youth's. What somebody did as staff stays shown if they join later.
    """
    if not _belongs(person, family):
        return Entry.objects.none()
    others = Member.objects.filter(
        Q(left_at=None) | Q(left_at__gt=OuterRef("at")),
        family=family,
        person=OuterRef("actor"),
        joined_at__lte=OuterRef("at"),
    ).exclude(person=person)
    return (
        Entry.objects.filter(family_id=family.public_id)
        .exclude(Exists(others))
        # Nobody in the family sees that one is set, or was; a conflict with a peer may be one member's own affair.
        .exclude(subject__in=["no_contact", "hold", "peer_conflict"])
        .exclude(_of_others(person))
        .exclude(_of_unseen_cases(person, family))
        .exclude(Q(subject="choice") & ~Q(subject_id__in=choices.readable_ids(person, family)))
        .exclude(Q(subject="round") & ~Q(subject_id__in=rounds.readable_ids(person, family)))
        .exclude(Q(subject__in=["plan", "team"]) & ~Q(subject_id__in=care.readable_ids(person, family)))
        .exclude(Q(subject__in=["release", "disclosure"]) & ~Q(subject_id__in=disclosures.readable_ids(person, family)))
        .select_related("actor")
        .order_by("-id")
    )


def jobs(entries: Sequence[Entry], family: Family) -> dict[int, str]:
    """By entry, the job its actor held in the family's programme at that time; one beside this family comes first.

    For entries that were written without it: who read the record needs to know in what part somebody acted.
    """
    beside = StaffAssignment.objects.filter(family=family, staff_role=OuterRef("pk"))
    roles: dict[int, list[StaffRole]] = {}
    for role in (
        StaffRole.objects.filter(
            person__in={entry.actor_id for entry in entries if entry.actor_id}, organization__program=family.program_id
        )
        .alias(is_beside=Exists(beside))
        .order_by("-is_beside", "pk")
    ):
        roles.setdefault(role.person_id, []).append(role)
    return {
        entry.pk: next((role.role for role in roles.get(entry.actor_id or 0, ()) if role.is_in_force(entry.at)), "")
        for entry in entries
    }


def _belongs(person: Person, family: Family) -> bool:
    return (
        person.is_active
        and Member.objects.filter(
            Member.in_force(timezone.now()),
            person=person,
            family=family,
            role__in=[Member.Role.YOUTH, Member.Role.CAREGIVER],
        ).exists()
    )


def _of_unseen_cases(person: Person, family: Family) -> Q:
    """Cases this person is not told of (a brother's, a barred parent's, what a young person agreed to alone), with their
    dates and stays. A look at "a case" names none: where one is hidden, such looks are, too.
    """
    cases = enrollment.visible_enrollments(person), enrollment.visible_decisions(person)
    seen = {public_id for rows in cases for public_id in rows.values_list("public_id", flat=True)}
    inside = [case for case in Enrollment.objects.filter(family=family) if case.public_id not in seen]
    rounds = [case for case in Decision.objects.filter(family=family) if case.public_id not in seen]
    if not (inside or rounds):
        return Q(pk__in=[])
    owed = Clock.objects.filter(family=family).exclude(youth=None)
    hidden = [
        *(case.public_id for case in inside),
        *(case.public_id for case in rounds),
        *owed.exclude(pk__in=clocks.visible_clocks(person).order_by().values("pk")).values_list("public_id", flat=True),
        *Discharge.objects.filter(enrollment__in=inside).values_list("public_id", flat=True),
    ]
    named = Q(subject_id__in=[str(public_id) for public_id in hidden])
    return named | Q(subject__in=["enrollment", "decision", "discharge", "clock"], subject_id="")


def _of_others(person: Person) -> Q:
    """Pairings, hand-offs and conversations the person has no part in: that they exist is their people's own affair.

    A guardian who is told of a young person's mentor reads what staff did with that match, never that there is a talk.
    """
    own = [
        *pairings.visible_pairings(person).values_list("public_id", flat=True),
        *conversations.visible_conversations(person).values_list("public_id", flat=True),
        *hand_offs.visible_hand_offs(person).values_list("public_id", flat=True),
    ]
    own += mentors.known_pairings(person).values_list("public_id", flat=True)
    return Q(subject__in=OF_THEIR_PEOPLE) & ~Q(subject_id__in=[str(public_id) for public_id in own])
