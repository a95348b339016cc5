"""What may be removed once the programme's time for keeping it is over, and who may say that a family's records stay.

`kept_families` is the one place for reasons to keep: whatever else must not lose its records later (an open grievance, a
hearing) adds its condition there, and nothing that removes has to know of it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.models import Conversation
from portal.accounts.models import Person
from portal.families.models import Family, Hold, Member
from portal.programs.models import Program, StaffRole
from portal.programs.registry import profiles
from rights_grievances.models import Case

YEAR = dt.timedelta(days=366)


def kept_families() -> QuerySet[Family]:
    """Those of which nothing may be removed, whatever the rule says: the case is open, somebody holds the records, or a
    complaint of theirs is open or not yet as old as the law wants its record kept (42 CFR 438.416, 438.3(u)).
    """
    held = Hold.objects.filter(family=OuterRef("pk"), lifted_at=None)
    return Family.objects.filter(Q(closed_at=None) | Exists(held) | _told_us())


def _told_us() -> Q:
    """An open complaint keeps; an ended one for the years the programme says, and where it says none, always."""
    cases = Case.objects.filter(family=OuterRef("pk"))
    keeps = Q(Exists(cases.exclude(state__in=["closed", "withdrawn"])))
    years: defaultdict[int | None, list[str]] = defaultdict(list)
    for slug, profile in profiles().items():
        said = profile.settings.grievance_record_years
        years[said.value if said is not None else None].append(slug)
    for count, slugs in years.items():
        ended = cases if count is None else cases.filter(ended_at__gt=timezone.now() - YEAR * count)
        keeps |= Q(Exists(ended), program__slug__in=slugs)
    return keeps


def keeps_everything(family: Family) -> bool:
    return kept_families().filter(pk=family.pk).exists()


def removable_conversations(program: Program, before: dt.datetime) -> QuerySet[Conversation]:
    """Ended before that moment, of families whose case was closed before it, with messages that are still there."""
    return Conversation.objects.filter(
        ~Exists(kept_families().filter(pk=OuterRef("family"))),
        state=Conversation.State.ENDED,
        ended_at__lt=before,
        family__program=program,
        family__closed_at__lt=before,
        trimmed_seq__lt=F("last_seq"),
    )


def led_programs(person: Person) -> QuerySet[Program]:
    now = timezone.now()
    leads = StaffRole.objects.filter(
        StaffRole.in_force(now),
        person=person,
        person__is_active=True,
        role=StaffRole.Role.PROGRAMME_LEAD,
        organization__program=OuterRef("pk"),
    )
    return Program.objects.filter(Exists(leads)).order_by("pk")


def _families_led(person: Person) -> QuerySet[Family]:
    """Of the programmes the person leads, never their own: nobody decides, as staff, about their own people."""
    own = Member.objects.filter(family=OuterRef("pk"), person=person)
    return Family.objects.filter(~Exists(own), program__in=led_programs(person))


def families_named(person: Person, name: str) -> QuerySet[Family]:
    """Whom a lead can hold the records of. A lead sees no list of families: they name the one they were asked about."""
    return _families_led(person).filter(name__iexact=name).order_by("pk")


def may_hold(person: Person, family: Family) -> bool:
    """Place and lift a hold on a family's records: who leads its programme."""
    return _families_led(person).filter(pk=family.pk).exists()


def visible_holds(person: Person) -> QuerySet[Hold]:
    """Those in force, for leads alone: a hold may be part of a legal matter, of which nobody learns by this."""
    return (
        Hold.objects.filter(lifted_at=None, family__in=_families_led(person))
        .select_related("family__program", "placed_by")
        .order_by("-placed_at", "-pk")
    )
