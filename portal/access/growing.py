"""The birthdays on which who sees or decides something changes: whose, who is told, and whom a young adult lets go on seeing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import families, people
from portal.accounts.models import ADULT_AGE, Person
from portal.care.models import Item, Plan
from portal.enrollment.models import Decision, Enrollment
from portal.families.models import AccessBasis, AgeNotice, Family, LegalAuthority, Member, Sight
from portal.programs.models import Program

# How long after a birthday it is still told, and shown to those who are told no more of what came after it.
SHOWN_AFTER = 30
AHEAD = max(AgeNotice.STAGES)
OWN_ACCOUNT_AGE = 13  # 16 CFR part 312, where a profile names no other


@dataclass(frozen=True, slots=True)
class Birthday:
    """One on which something changes for one young person; `keys` name the content texts that say what."""

    member: Member
    age: int
    on: dt.date
    days_left: int
    keys: tuple[str, ...]
    is_own: bool = False

    @property
    def is_of_age(self) -> bool:
        return self.age == ADULT_AGE

    @property
    def is_after_program(self) -> bool:
        """The programme is for younger people than this."""
        groups = self.member.family.program.profile.target_population
        return any(group.maximum_age is not None and group.maximum_age < self.age for group in groups)

    @property
    def has_come(self) -> bool:
        return self.days_left <= 0


def marks(program: Program) -> dict[int, tuple[str, ...]]:
    """By age: what the profile says changes on that birthday. After the last age the programme is for, it is over, too."""
    profile, found = program.profile, defaultdict[int, list[str]](list)
    for mark in profile.minor_consent.ages:
        found[mark.age].append(f"ages.{profile.slug}.{mark.id}")
    named = {mark.id for mark in profile.minor_consent.ages}
    for rule in profile.minor_consent.rules:
        if rule.minimum_age is not None and rule.id not in named:
            found[rule.minimum_age].append(f"own_consent.{profile.slug}.{rule.id}")
    for criterion in profile.target_population:
        if criterion.maximum_age is not None:
            found[criterion.maximum_age + 1].append(f"ages.{profile.slug}.{criterion.id}")
    return {age: tuple(keys) for age, keys in sorted(found.items())}


def birthday(born_on: dt.date, age: int) -> dt.date:
    """The first day of that age. Born on 29 February: 1 March, where there is no such day (as `Person.age_on` counts)."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return dt.date(born_on.year + age, 3, 1)


def birthdays_of(member: Member, *, is_own: bool = False) -> list[Birthday]:
    """All that are to come, and the latest one for some days after."""
    born_on, program = member.person.born_on, member.family.program
    if born_on is None:
        return []
    today = program.today()
    found = [(age, birthday(born_on, age), keys) for age, keys in marks(program).items()]
    return [
        Birthday(member, age, on, (on - today).days, keys, is_own)
        for age, on, keys in found
        if (on - today).days > -SHOWN_AFTER
    ]


def visible_birthdays(person: Person) -> list[Birthday]:
    """A young person's own; and for an adult those of the young people they may be told of. Of what is behind the 18th only
    that day itself is shown to a parent, and for some days.
    """
    if not person.is_active:
        return []
    found: list[Birthday] = []
    for place in people.memberships(person).select_related("person"):
        if place.role == Member.Role.YOUTH:
            found += birthdays_of(place, is_own=True)
        elif place.role == Member.Role.CAREGIVER:
            for youth in _youths(place.family):
                if may_be_told(person, youth):
                    found += [one for one in birthdays_of(youth) if one.age <= ADULT_AGE]
    return found


def _youths(family: Family) -> QuerySet[Member]:
    found = Member.objects.filter(Member.in_force(timezone.now()), family=family, role=Member.Role.YOUTH)
    return found.select_related("person", "family__program").order_by("pk")


def may_be_told(adult: Person, youth: Member) -> bool:
    """On record as one who may decide something for that young person, or be told; until some days after the 18th birthday,
    so that nobody meets a closed door without a word (45 CFR 164.502(g)(3) ends what they see on the day itself).
    """
    born_on, today = youth.person.born_on, youth.family.program.today()
    if born_on is not None and (today - birthday(born_on, ADULT_AGE)).days >= SHOWN_AFTER:
        return False
    return adult.pk in {one.pk for one in told_adults(youth)}


def told_adults(youth: Member) -> list[Person]:
    """The caregivers on record with any say over this young person, none of them barred or kept away."""
    now, today = timezone.now(), youth.family.program.today()
    on_record = LegalAuthority.objects.filter(
        LegalAuthority.in_force(today), youth=youth, adult=OuterRef("pk")
    ).exclude(scope=LegalAuthority.Scope.NONE)
    places = Member.objects.filter(
        Exists(on_record),
        Member.in_force(now),
        family=youth.family_id,
        role=Member.Role.CAREGIVER,
        person__is_active=True,
    ).select_related("person")
    return [
        place.person
        for place in places.order_by("pk")
        if not families.is_barred(place.person, youth) and not families.is_kept_away(place.person, youth)
    ]


def may_have_account(member: Member) -> bool:
    """Old enough to sign in, and so to be told here."""
    program = member.family.program
    age = member.person.age_on(program.today())
    ages = program.profile.minor_consent.ages
    return age is not None and age >= next((one.age for one in ages if one.id == "own-account"), OWN_ACCOUNT_AGE)


# -- what is to be told ----------------------------------------------------------------------------------------------------


def untold(program: Program) -> list[tuple[Birthday, int]]:
    """The birthdays of this programme's young people that reached a stage, each with the stage that fits today."""
    today = program.today()
    reached = Q()
    for age in marks(program):
        first, last = (today + dt.timedelta(days=days) for days in (-SHOWN_AFTER, AHEAD))
        reached |= Q(person__born_on__range=(_years_before(first, age), _years_before(last, age)))
    members = Member.objects.filter(
        reached,
        Member.in_force(timezone.now()),
        role=Member.Role.YOUTH,
        family__program=program,
        family__closed_at=None,
    )
    told = set(AgeNotice.objects.filter(member__in=members).values_list("member", "age", "stage"))
    return [
        (one, stage)
        for member in members.select_related("person", "family__program").order_by("pk")
        for one in birthdays_of(member)
        if (stage := _stage(one.days_left)) is not None and (member.pk, one.age, stage) not in told
    ]


def _stage(days_left: int) -> int | None:
    """The nearest stage reached: after an outage only what still fits is told."""
    return min((stage for stage in AgeNotice.STAGES if max(days_left, 0) <= stage), default=None)


def _years_before(day: dt.date, years: int) -> dt.date:
    return dt.date(day.year - years, day.month, min(day.day, 28) if day.month == 2 else day.day)


# -- going on seeing ---------------------------------------------------------------------------------------------------------


def may_let_see(person: Person, adult: Member) -> bool:
    """A young person about one of their caregivers: from shortly before the 18th birthday on, and before it about what
    the young person agreed to alone. What is about alcohol or drugs is not shown by this (access/families.py).
    """
    own = own_place(person, adult)
    return (
        own is not None
        and adult.role == Member.Role.CAREGIVER
        and adult.left_at is None
        and adult.person_id != person.pk
        and (_comes_of_age(own) or agreed_alone(own))
        and not families.is_kept_away(adult.person, own)
        and not families.is_barred(adult.person, own)
    )


def is_grown_up(youth: Member) -> bool:
    """Then all is theirs to show, whatever it rested on before."""
    return not people.is_minor(youth.person, youth.family.program)


def own_places(person: Person) -> list[Member]:
    """The places a young person has in families of theirs."""
    return list(people.memberships(person).filter(role=Member.Role.YOUTH).select_related("person", "family__program"))


def agreed_alone(youth: Member) -> bool:
    """Some case of theirs rests on their own word, so that nobody who raises them sees it unless they let them."""
    own = {"youth": youth, "access_basis": AccessBasis.MINOR}
    planned = Item.objects.filter(plan__youth=youth, access_basis=AccessBasis.MINOR, removed_at=None)
    return any(
        rows.exists()
        for rows in (
            Enrollment.objects.filter(**own),
            Decision.objects.filter(**own),
            Plan.objects.filter(**own),
            planned,
        )
    )


def _comes_of_age(youth: Member) -> bool:
    born_on = youth.person.born_on
    return born_on is not None and (birthday(born_on, ADULT_AGE) - youth.family.program.today()).days <= AHEAD


def own_place(person: Person, adult: Member) -> Member | None:
    """The young person's own place in the family of that adult."""
    place = people.memberships(person).filter(family=adult.family_id, role=Member.Role.YOUTH)
    return place.select_related("person").first()


def adults_to_let(person: Person) -> list[tuple[Member, bool]]:
    """The caregivers a young person may let see their case, and those they do, each with whether they do."""
    let = set(Sight.objects.filter(youth__person=person, ended_at=None).values_list("adult", flat=True))
    known = caregivers_of(person).order_by("pk")
    return [(one, one.pk in let) for one in known if one.pk in let or may_let_see(person, one)]


def caregivers_of(person: Person) -> QuerySet[Member]:
    """The caregivers of this young person's own families, for the page on which they choose."""
    own = people.memberships(person).filter(role=Member.Role.YOUTH).values("family")
    found = Member.objects.filter(Member.in_force(timezone.now()), family__in=own, role=Member.Role.CAREGIVER)
    return found.select_related("person", "family__program")
