"""Who sees what there is to take part in, who may say that they would like to, and who learns that."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from portal.access import community
from portal.accounts.models import Person
from portal.community.models import Interest, Opportunity, Seat
from portal.programs.models import Program

State = Interest.State


def visible_opportunities(person: Person) -> QuerySet[Opportunity]:
    """Those of the programmes the person lives with or works for; what is over, too."""
    found = Opportunity.objects.filter(program__in=community.programs_of(person)).select_related("program")
    return found.order_by("closed_at", "register_by", "pk")


def open_opportunities(program: Program) -> QuerySet[Opportunity]:
    today = program.today()
    found = Opportunity.objects.filter(Q(register_by=None) | Q(register_by__gte=today), program=program, closed_at=None)
    return found.select_related("program").order_by("-posted_at", "-pk")


def opportunities_to_keep(person: Person) -> QuerySet[Opportunity]:
    """Those this person may change and close."""
    found = Opportunity.objects.filter(program__in=community.answered_programs(person)).select_related("program")
    return found.order_by("closed_at", "-posted_at", "-pk")


def may_post(person: Person, program: Program) -> bool:
    return community.answers_for(person, program)


def may_take_part(person: Person, program: Program) -> bool:
    return community.takes_part(person, program)


# -- who would like to ---------------------------------------------------------------------------------------------------


def own_interests(person: Person) -> QuerySet[Interest]:
    if not person.is_active:
        return Interest.objects.none()
    return _with_all(Interest.objects.filter(person=person))


def interests_to_keep(person: Person) -> QuerySet[Interest]:
    """For the family organization's lead alone, or where there is none, for those who lead the programme."""
    kept = community.kept_programs(person)
    found = Interest.objects.filter(Q(opportunity__program__in=kept) | Q(seat__organization__program__in=kept))
    return _with_all(found.exclude(state=State.TAKEN_BACK))


def may_keep(person: Person, interest: Interest) -> bool:
    return interests_to_keep(person).filter(pk=interest.pk).exists()


def _with_all(found: QuerySet[Interest]) -> QuerySet[Interest]:
    return found.select_related(
        "person", "opportunity__program", "seat__organization__program"
    ).order_by("at", "pk")  # fmt: skip


# -- seats ---------------------------------------------------------------------------------------------------------------


def seats_of(program: Program) -> QuerySet[Seat]:
    """Everyone may see which seats there are, for whom, and which are open."""
    found = Seat.objects.filter(organization__program=program, ended_at=None)
    return found.select_related("organization__program", "holder").order_by("organization__name", "kind", "title", "pk")


def visible_seats(person: Person) -> QuerySet[Seat]:
    found = Seat.objects.filter(organization__program__in=community.programs_of(person), ended_at=None)
    return found.select_related("organization__program")


def seats_to_keep(person: Person) -> QuerySet[Seat]:
    found = Seat.objects.filter(organization__program__in=community.answered_programs(person), ended_at=None)
    return found.select_related("organization__program", "holder")


def may_keep_seat(person: Person, seat: Seat) -> bool:
    return seats_to_keep(person).filter(pk=seat.pk).exists()


def held_seats(person: Person) -> QuerySet[Seat]:
    """The person's own."""
    if not person.is_active:
        return Seat.objects.none()
    return Seat.objects.filter(holder=person, ended_at=None).select_related("organization__program")


def known_holder(person: Person | None, seat: Seat) -> str:
    """The name that stands beside a seat: with its holder's own yes, or to the holder."""
    holder = seat.holder
    if holder is None or not (seat.named_at or (person is not None and person.pk == holder.pk)):
        return ""
    return holder.display_name
