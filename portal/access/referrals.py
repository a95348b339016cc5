"""Who may open a referral, who only sees that it is there, and who may take it on.

The family's own way in is its code: whoever holds it holds the referral, signed in or not.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import families, people
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.families.models import Family, Member
from portal.programs.models import Program, StaffRole
from portal.programs.registry import profiles
from portal.referrals.models import Finding, Question, Referral

# Those who open families here receive the requests for help, too.
RECEIVES = frozenset({StaffRole.Role.LIAISON, StaffRole.Role.FACILITATOR})
OPEN = (Referral.State.SENT, Referral.State.WAITING)


def programs() -> list[Program]:
    """The programmes one can ask for help."""
    return list(Program.objects.filter(slug__in=profiles()).order_by("name"))


def receiving_roles(person: Person) -> QuerySet[StaffRole]:
    """The jobs in which that person takes on referrals now."""
    roles = people.staff_roles(person).filter(role__in=RECEIVES)
    return roles if person.is_active else roles.none()


def leading_roles(person: Person) -> QuerySet[StaffRole]:
    roles = people.staff_roles(person).filter(role=StaffRole.Role.PROGRAMME_LEAD)
    return roles if person.is_active else roles.none()


def has_owner() -> Q:
    """Someone who still works here is named for it."""
    held = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()), pk=OuterRef("owner"), person__is_active=True, role__in=RECEIVES
    )
    return Q(Exists(held))


def visible_referrals(person: Person) -> QuerySet[Referral]:
    """Those a person may open: open ones that nobody has, and what they or a colleague of their organization have or had.

    One that has become a family stays with that organization, whoever leaves it: others have no part in it any more. Never
    one that became a family they belong to or once belonged to. Without a date first, then by date.
    """
    roles = receiving_roles(person)
    own_family = Member.objects.filter(family=OuterRef("family"), person=person)
    return (
        Referral.objects.filter(
            Q(~has_owner(), state__in=OPEN) | Q(owner__organization__in=roles.values("organization")),
            ~Exists(own_family),
            program__in=roles.values("organization__program"),
        )
        .exclude(state=Referral.State.WRITING)
        .select_related("program", "owner__person", "owner__organization", "family")
        .order_by(F("next_on").asc(nulls_first=True), "sent_at", "pk")
    )


def led_referrals(person: Person) -> QuerySet[Referral]:
    """Open ones of the programmes a person leads: that each has an owner and a date, not what it says."""
    return (
        Referral.objects.filter(program__in=leading_roles(person).values("organization__program"), state__in=OPEN)
        .select_related("program", "owner__person")
        .order_by(F("next_on").asc(nulls_first=True), "sent_at", "pk")
    )


def is_owner_there(referral: Referral) -> bool:
    """Whoever has it still works here."""
    owner = referral.owner
    return owner is not None and owner.person.is_active and owner.is_in_force(timezone.now())


def without_owner_or_date() -> QuerySet[Referral]:
    """Open, and nobody is named for it, or no day ahead is set: what must not be. The database's day is far enough."""
    today = timezone.now().astimezone().date()
    return (
        Referral.objects.filter(~has_owner() | Q(next_on=None) | Q(next_on__lt=today), state__in=OPEN)
        .select_related("program", "owner__person")
        .order_by("sent_at", "pk")
    )


def to_be_alerted(program: Program) -> QuerySet[Person]:
    """Those who receive referrals of that programme, and those who lead it."""
    return _people(_roles_of(program).filter(role__in=[*RECEIVES, StaffRole.Role.PROGRAMME_LEAD]))


def to_be_told(referral: Referral) -> QuerySet[Person]:
    """Its owner; once that one is gone, everyone who could take it on, or the colleagues who opened the family's page."""
    owner = referral.owner
    if owner is not None and is_owner_there(referral):
        return Person.objects.filter(pk=owner.person_id)
    if owner is not None and not referral.is_open:
        return _people(_roles_of(referral.program).filter(role__in=RECEIVES, organization=owner.organization_id))
    return to_be_alerted(referral.program)


def _roles_of(program: Program) -> QuerySet[StaffRole]:
    return StaffRole.objects.filter(StaffRole.in_force(timezone.now()), organization__program=program)


def _people(roles: QuerySet[StaffRole]) -> QuerySet[Person]:
    return Person.objects.filter(is_active=True, pk__in=roles.values("person")).order_by("pk")


def referral_with_key(code_key: str) -> Referral | None:
    """By the one-way key of its code."""
    return Referral.objects.select_related("program", "owner__person").filter(code_key=code_key).first()


def referral_held(public_id: str) -> Referral | None:
    """The one whose code this phone has shown: `public_id` comes from its session, never from an address."""
    held = Referral.objects.select_related("program", "owner__person", "owner__organization")
    return held.filter(public_id=UUID(public_id)).first()


def has_on_list(person: Person, referrals: QuerySet[Referral]) -> bool:
    """Whether one of these stands on that person's list."""
    these = referrals.order_by().values("pk")
    return any(seen(person).filter(pk__in=these).exists() for seen in (visible_referrals, led_referrals))


def overdue_clocks(programs: QuerySet[Program] | list[Program]) -> QuerySet[Clock]:
    """What is owed because of referrals and questions of these programmes, and whose time is over."""
    return Clock.objects.filter(
        program__in=programs,
        subject__in=["referral", "question"],
        state__in=[Clock.State.OPEN, Clock.State.MISSED],
        due_at__lte=timezone.now(),
    )


def open_questions(referrals: QuerySet[Referral]) -> QuerySet[Question]:
    """Of these referrals, what the families asked and nobody has answered."""
    return Question.objects.filter(answered_at=None, referral__in=referrals.order_by().values("pk"))


def clocks_of(referral: Referral) -> QuerySet[Clock]:
    """What is owed because of it, also once it is the family's."""
    about = Clock.objects.filter(program=referral.program_id, subject="referral", subject_id=str(referral.public_id))
    return about.exclude(state=Clock.State.CANCELLED).order_by("due_at", "pk")


def findings_of(referral: Referral) -> dict[str, Finding]:
    """The newest of each criterion."""
    return {one.criterion: one for one in Finding.objects.filter(referral=referral).select_related("by__person")}


def questions_of(referral: Referral) -> QuerySet[Question]:
    return Question.objects.filter(referral=referral).select_related("referral", "answered_by__person")


def role_in(person: Person, referral: Referral) -> StaffRole | None:
    """In which job that person may work on it; None where they may not."""
    if not visible_referrals(person).filter(pk=referral.pk).exists():
        return None
    mine = receiving_roles(person).filter(organization__program=referral.program_id)
    colleagues = mine.filter(organization=referral.owner.organization_id) if referral.owner is not None else mine
    return mine.filter(pk=referral.owner_id or 0).first() or colleagues.first() or mine.first()


def role_by_code(person: Person, referral: Referral) -> StaffRole | None:
    """The family gave its code to this person, who receives referrals of that programme. What has become a family stays."""
    if not referral.is_open:
        return None
    return receiving_roles(person).filter(organization__program=referral.program_id).first()


def may_receive(person: Person, referral: Referral) -> bool:
    """Open it with its code: it is on their list, or they take on referrals of that programme."""
    return role_in(person, referral) is not None or role_by_code(person, referral) is not None


def clocks_of_question(question: Question) -> list[Clock]:
    """What is owed because of a question, where the profile says by when it is answered."""
    return list(Clock.objects.filter(subject="question", subject_id=str(question.public_id)).order_by("due_at", "pk"))


def may_open_family_page(person: Person, family: Family) -> bool:
    """Whether the page of the family that a referral became is open to them."""
    return families.sees_family(person, family.pk)
