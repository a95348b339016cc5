"""Who reads the letters of a case, and who writes them. Asked of the case: whoever does not see it sees no letter of it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from portal.access import grievances
from portal.accounts.models import Person
from rights_grievances.models import Case, Letter


def visible_letters(person: Person) -> QuerySet[Letter]:
    """Of their own cases those that were sent; of cases at their desk also those still being written.

    Somebody who spoke for a family without its consent reads that we have their words, and nothing that was found out.
    """
    unheard = Q(
        case__filed_by=person,
        case__filed_as__in=grievances.THIRD_PARTY,
        case__consent__in=[Case.Consent.PENDING, Case.Consent.REFUSED],
    )
    own = Q(case__in=grievances.own_cases(person).order_by(), sent_at__isnull=False)
    own &= ~unheard | Q(kind=Letter.Kind.ACKNOWLEDGMENT)
    desk = Q(case__in=grievances.desk_cases(person).order_by())
    return _rows().filter(own | desk)


def may_write(person: Person, case: Case) -> bool:
    """Who deals with the case, or decides it."""
    return grievances.may_handle(person, case) or grievances.may_decide(person, case)


def is_addressed(person: Person, letter: Letter) -> bool:
    """Whether this person reads it as who it was written to, and not as staff."""
    return not grievances.is_staff_of(person, letter.case)


def _rows() -> QuerySet[Letter]:
    return Letter.objects.select_related(
        "case__program", "case__family__program", "case__filed_by", "case__handler__person", "replaced_by"
    ).order_by("-made_at", "-pk")
