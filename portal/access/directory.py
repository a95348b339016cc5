"""Who sees the directory of a programme: everybody who belongs to a family of it or works in it. Who keeps it up: its staff."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When

from portal.access import people
from portal.accounts.models import Person
from portal.directory.finding import words_of
from portal.directory.models import Place, Service
from portal.directory.near import Nearness, Spot, around
from portal.directory.near import nearness as _nearness
from portal.programs.models import Program, StaffRole

Job = StaffRole.Role
# Who is in touch with families and with those who help them, and hears how long one waits.
KEEPERS = (Job.PEER_PARTNER, Job.LIAISON, Job.FACILITATOR, Job.PROGRAMME_LEAD)


def visible_entries(person: Person) -> QuerySet[Service]:
    """Those of the person's programmes, and not what the directory says is closed."""
    if not person.is_active:
        return Service.objects.none()
    at_home = people.memberships(person).order_by().values("family__program")
    at_work = people.staff_roles(person).order_by().values("organization__program")
    return (
        Service.objects.filter(Q(provider__program__in=at_home) | Q(provider__program__in=at_work), is_listed=True)
        .select_related("provider__program")
        .order_by("name", "pk")
    )


def with_places(entries: QuerySet[Service]) -> QuerySet[Service]:
    places = Place.objects.prefetch_related("hours").select_related("service__provider__program")
    return entries.prefetch_related(Prefetch("places", queryset=places))


def own_place(person: Person) -> tuple[Program | None, str]:
    """Whose regions and kinds of service the person chooses from, and where their family lives, as far as it is known."""
    membership = people.memberships(person).first() if person.is_active else None
    if membership is not None:
        return membership.family.program, membership.family.region
    role = people.staff_roles(person).first() if person.is_active else None
    return (role.organization.program if role is not None else None), ""


def has_word(entries: QuerySet[Service], words: str) -> QuerySet[Service]:
    """Entries in which each of these words stands somewhere."""
    for word in words_of(words):
        entries = entries.filter(found_by__contains=word)
    return entries


def speaks(entries: QuerySet[Service], language: str) -> QuerySet[Service]:
    return entries.filter(language_codes__contains=f" {language} ")


def kinds_of(entries: QuerySet[Service]) -> tuple[set[str], set[str]]:
    """All their categories, and all languages that are spoken somewhere."""
    rows = list(entries.order_by().values_list("category", "language_codes").distinct())
    return {category for category, _codes in rows} - {""}, {code for _category, codes in rows for code in codes.split()}


def nearest_first(entries: QuerySet[Service], program: Program, region: str) -> QuerySet[Service]:
    """In the steps of `near.nearness`, each entry with its own as `step`."""
    own = Place.objects.filter(service=OuterRef("pk"), service__provider__program=program)
    steps = [
        When(Exists(own.filter(region__in=regions)), then=Value(int(step)))
        for step, regions in around(program.profile, region).items()
        if regions
    ]
    steps.append(When(Exists(own.filter(is_statewide=True)), then=Value(int(Nearness.STATE))))
    step = Case(*steps, default=Value(int(Nearness.FARTHER)), output_field=IntegerField())
    return entries.annotate(step=step).order_by("step", "name", "pk")


def nearness(entry: Service, region: str) -> Nearness:
    """How near an entry is to a region of its programme's profile, by its nearest place."""
    spots: Iterable[Spot] = (Spot(place.region, place.is_statewide) for place in entry.places.all())
    return _nearness(spots, entry.provider.program.profile, region)


def keeping_role(person: Person, entry: Service) -> StaffRole | None:
    """The job by which the person writes down what they heard of an entry."""
    own = people.staff_roles(person).filter(role__in=KEEPERS, person__is_active=True)
    return own.filter(organization__program=entry.provider.program_id).first()


def may_note(person: Person, entry: Service) -> bool:
    return keeping_role(person, entry) is not None and visible_entries(person).filter(pk=entry.pk).exists()
