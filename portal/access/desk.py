"""The desk of who works on complaints and appeals: how many cases of each sort lie there, and which are on one page.

It is `grievances.desk_cases`, asked twice with each page. Among thousands of cases most of the time went into making the same
SQL anew, so it is kept (portal/access/asked.py), for each number of jobs and of people somebody is kept away for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from portal.access import grievances, moment
from portal.access.asked import SOMEBODY, Asked
from portal.access.grievances import Worker
from portal.accounts.models import Person
from rights_grievances.models import Case

A_PAGE = 25
ANSWERED = Q(state="resolved")
# Of what is shown here at all (open, or with something still to do, or answered): all but what is answered and done.
WAITING = ~ANSWERED | Q(next_due_at__isnull=False)
WAITS_FOR_PLAN = Q(forwarded_at__isnull=False, received_by_plan_at=None)
SORTS = ("all", "late", "unsorted", "plan", "undecided", "mine", "appeals", "answered")
FORMS = 256  # kept at most
# Whatever numbers they will be: of programmes, of jobs, and of people.
SOME = {"program": -2_000_000, "job": -3_000_000, "kept": -4_000_000}


def counts_of(worker: Worker) -> dict[str, int]:
    """How many cases of each of `SORTS` lie at that person's desk."""
    if not worker.jobs:
        return dict.fromkeys(SORTS, 0)
    rows = _counts(_form(worker)).values(person=worker.person, **_numbers(worker))
    return dict(zip(SORTS, rows[0], strict=True)) if rows else dict.fromkeys(SORTS, 0)


def page_of(worker: Worker, sort: str, number: int) -> list[int]:
    """The cases, by id, on one page of a sort: soonest first, and the newest answer first. `number`: from 1."""
    if not worker.jobs:
        return []
    return [pk for (pk,) in _page(_form(worker), sort, number).values(person=worker.person, **_numbers(worker))]


def _sorts(worker: Worker) -> dict[str, Q]:
    own = Q(handler__in=worker.jobs) | Q(decider__in=worker.jobs)
    return {
        "all": WAITING,
        "late": Q(next_due_at__lt=moment.now()),
        "unsorted": WAITING & Q(kind="unsorted"),
        "plan": WAITING & WAITS_FOR_PLAN,
        "undecided": WAITING & Q(decider=None, is_outside=False) & ~Q(kind__in=["unsorted", "question"]),
        "mine": WAITING & own,
        "appeals": WAITING & Q(kind="appeal"),
        "answered": ANSWERED,
    }


def _cases(worker: Worker) -> QuerySet[Case]:
    shown = grievances.AT_THE_DESK | ANSWERED
    return Case.objects.filter(grievances.reached_by(worker), shown).order_by()


# -- kept as SQL ---------------------------------------------------------------------------------------------------------


def _form(worker: Worker) -> tuple[int, int, int]:
    return len(worker.programs), len(worker.jobs), len(worker.kept_by)


def _numbers(worker: Worker) -> dict[str, int]:
    every = {"program": worker.programs, "job": worker.jobs, "kept": worker.kept_by}
    return {f"{kind} {place}": number for kind, found in every.items() for place, number in enumerate(found)}


def _some(form: tuple[int, int, int]) -> dict[str, int]:
    return {
        f"{kind} {place}": SOME[kind] - place for kind, count in zip(SOME, form, strict=True) for place in range(count)
    }


def _worker(person: Person, numbers: dict[str, int]) -> Worker:
    def of(kind: str) -> tuple[int, ...]:
        return tuple(number for name, number in numbers.items() if name.startswith(kind))

    return Worker(person, programs=of("program"), jobs=of("job"), kept_by=of("kept"))


@lru_cache(maxsize=FORMS)
def _counts(form: tuple[int, int, int]) -> Asked[Case]:
    def make(person: Person, **numbers: int) -> QuerySet[Case, Any]:
        worker = _worker(person, numbers)
        counts = {f"of_{name}": Count("pk", filter=which) for name, which in _sorts(worker).items()}
        return _cases(worker).values(whole=Value(1)).annotate(**counts).values_list(*counts)

    return Asked(make, person=SOMEBODY, **_some(form))


@lru_cache(maxsize=FORMS)
def _page(form: tuple[int, int, int], sort: str, number: int) -> Asked[Case]:
    def make(person: Person, **numbers: int) -> QuerySet[Case, Any]:
        worker = _worker(person, numbers)
        order = ("-resolved_at", "-pk") if sort == "answered" else ("next_due_at", "pk")
        first = (number - 1) * A_PAGE
        return _cases(worker).filter(_sorts(worker)[sort]).order_by(*order).values_list("pk")[first : first + A_PAGE]

    return Asked(make, person=SOMEBODY, **_some(form))
