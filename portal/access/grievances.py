"""Who sees a complaint or an appeal, who works on it, and who may decide it.

Whoever is named in one never sees it nor learns of it, nor do the people above and below them at work or close to them. It is
a queryset, so pages, counts, notices and letters all ask the same. Who may decide is a rule over the chart of who works
under whom (rights_grievances/independence.py); where that leaves nobody, nobody is what is answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import families, independence, moment, people
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.families.models import LegalAuthority, Member, NoContact
from portal.programs.models import Program, StaffRole
from rights_grievances.independence import Chart, kept_by
from rights_grievances.models import SUBJECT, Against, Case, CaseStep, Involved

Job = StaffRole.Role
# Who can be chosen to decide. Peers and mentors stay beside families, never above them.
DECIDERS = (Job.GRIEVANCE_COORDINATOR, Job.PROGRAMME_LEAD, Job.LIAISON, Job.FACILITATOR)
HANDLERS = (Job.GRIEVANCE_COORDINATOR,)
LEADS = (Job.PROGRAMME_LEAD,)
# What somebody still has to do something about: answered, too, until the letter is sent and what was decided is done.
AT_THE_DESK = Q(state__in=Case.OPEN) | Q(state__in=[Case.State.RESOLVED, Case.State.CLOSED], next_due_at__isnull=False)
THIRD_PARTY = (Case.FiledAs.REPRESENTATIVE, Case.FiledAs.PROVIDER, Case.FiledAs.OTHER, Case.FiledAs.ANONYMOUS)


# -- who sees it -----------------------------------------------------------------------------------------------------------


def visible_cases(person: Person) -> QuerySet[Case]:
    """Their own, their family's as far as papers go, and for coordinators and deciders those they have no part in."""
    if not person.is_active:
        return Case.objects.none()
    return _rows(Q(filed_by=person) | _of_family(person) | _as_staff(person))


def own_cases(person: Person) -> QuerySet[Case]:
    """What this person told us, or their family did and they may see."""
    if not person.is_active:
        return Case.objects.none()
    return _rows(Q(filed_by=person) | _of_family(person))


def desk_cases(person: Person) -> QuerySet[Case]:
    """What lies at a coordinator's desk, and what somebody was chosen to decide. Never their own."""
    if not person.is_active:
        return Case.objects.none()
    return _rows(_as_staff(person))


def lines_of(found: list[int]) -> list[Case]:
    """What was found at a desk, in that order, with what a line shows and no word of what was told."""
    lines = Case.objects.defer("sealed_words", "sealed_wish", "sealed_reach", "sealed_answer", "sealed_changed")
    known = lines.select_related("program", "filed_by", "decider__person").in_bulk(found)
    return [known[pk] for pk in found if pk in known]


def late_for_lead(person: Person) -> int:
    """How many promised answers are late in the programmes this person leads, of those they have no part in: a number alone."""
    led = people.staff_roles(person).filter(role=Job.PROGRAMME_LEAD).values("organization__program")
    if not person.is_active or not led.exists():
        return 0
    late = Case.objects.filter(_without_part(person, _kept_by(person)), program__in=led, state__in=Case.OPEN)
    return late.filter(promise_missed_at__isnull=False).count()


def may_have_desk(person: Person) -> bool:
    """Coordinators and leads, though it be empty; others while something is theirs to decide."""
    if not person.is_active:
        return False
    roles = people.staff_roles(person)
    return roles.filter(role__in=[*HANDLERS, Job.PROGRAMME_LEAD]).exists() or desk_cases(person).exists()


def _rows(which: Q) -> QuerySet[Case]:
    return (
        Case.objects.filter(which)
        .select_related("program", "family__program", "youth__person", "filed_by")
        .select_related("handler__person", "decider__person")
        .order_by("-filed_at", "-pk")
    )


def _of_family(person: Person) -> Q:
    """The young person it is about, and caregivers who may decide everything for that young person (or, where it names none,
    for one of the family's). Not whom it is against, nor who is kept away or barred from anybody of the household.
    """
    now = timezone.now()
    place = Member.objects.filter(Member.in_force(now), family=OuterRef("family"), person=person)
    full = LegalAuthority.objects.filter(
        LegalAuthority.in_force(now.date()),
        families.youth_is_minor(),
        Member.in_force(now, "adult__"),
        Member.in_force(now, "youth__"),
        adult__person=person,
        scope=LegalAuthority.Scope.FULL,
    )
    decides = Exists(place.filter(role=Member.Role.CAREGIVER)) & (
        Exists(full.filter(youth=OuterRef("youth")))
        | Q(Q(youth=None), Exists(full.filter(youth__family=OuterRef("family"))))
    )
    is_theirs = Exists(place.filter(role=Member.Role.YOUTH, pk=OuterRef("youth")))
    return (
        Q(is_own_matter=False, family__closed_at=None)
        & (is_theirs | decides)
        & ~Q(Exists(Against.objects.filter(case=OuterRef("pk"), person=person)))
        & ~Q(family__in=kept_from_families(person))
    )


def kept_from_families(person: Person) -> QuerySet[Member, Any]:
    """Families of whose people one is kept away from this person, or may not be told of."""
    today = timezone.now().date()
    flagged = families.flags().filter(hidden_from__person=person).values("protected__person")
    bars = LegalAuthority.objects.filter(
        LegalAuthority.in_force(today), adult__person=person, scope=LegalAuthority.Scope.NONE
    )
    kept = Q(person__in=flagged) | Q(person__in=bars.values("youth__person"))
    return Member.objects.filter(kept).order_by().values("family")


@dataclass(frozen=True, slots=True)
class Worker:
    """By what somebody meets cases as staff, all by id: programmes they coordinate for, their jobs, and who keeps them away."""

    person: Person
    programs: tuple[int, ...]
    jobs: tuple[int, ...]
    kept_by: tuple[int, ...]  # the people a case against whom is kept from this person


def worker_of(person: Person, held: Iterable[StaffRole]) -> Worker:
    """`held`: the person's jobs of now."""
    held = list(held)
    coordinates = {role.organization.program_id for role in held if role.role in HANDLERS}
    return Worker(person, tuple(sorted(coordinates)), tuple(role.pk for role in held), _kept_by(person))


def _kept_by(person: Person) -> tuple[int, ...]:
    chart, ties = Chart(independence.nodes()), independence.ties_of({person.pk})
    return tuple(sorted(kept_by(chart, person.pk, ties)))


def _as_staff(person: Person) -> Q:
    held = list(people.staff_roles(person))
    return reached_by(worker_of(person, held)) if held else Q(pk__in=[])


def reached_by(worker: Worker) -> Q:
    """By a job held now: coordinators of the programme, who handles it, who decides it; without those it keeps away."""
    reach = Q(program__in=worker.programs) | Q(handler__in=worker.jobs) | Q(decider__in=worker.jobs)
    return reach & _without_part(worker.person, worker.kept_by)


def _without_part(person: Person, keeping: tuple[int, ...]) -> Q:
    """Nobody sees as staff what they or theirs have a part in: in a few questions, however many cases there are."""
    houses = StaffRole.objects.filter(person__in=keeping).order_by().values("organization")
    # As sets found once, not as a question for each case.
    against = Against.objects.filter(Q(person__in=keeping) | Q(organization__in=houses)).values("case")
    unwanted = Involved.objects.filter(person=person, why=Involved.Why.NOT_WANTED).values("case")
    part = Q(pk__in=against) | Q(pk__in=unwanted) | Q(filed_by=person) | Q(family__in=families_with_ties(person))
    return ~part


def families_with_ties(person: Person) -> QuerySet[Member, Any]:
    """Those this person belongs or once belonged to, and those with somebody from whom they are kept apart, either way."""
    apart = NoContact.objects.filter(Q(ended_at=None) | Q(ended_at__gt=moment.now()))
    protected = apart.filter(hidden_from__person=person).values("protected__person")
    hidden = apart.filter(protected__person=person).values("hidden_from__person")
    tied = Q(person=person) | Q(person__in=protected) | Q(person__in=hidden)
    return Member.objects.filter(tied).order_by().values("family")


def is_staff_of(person: Person, case: Case) -> bool:
    """Whether this person meets the case as staff: the page then shows the desk's side of it."""
    return desk_cases(person).filter(pk=case.pk).exists()


def steps_for(person: Person | None, case: Case) -> QuerySet[CaseStep]:
    """What happened, oldest first. Who told us reads all but what staff noted among themselves. `None`: by receipt code."""
    steps = CaseStep.objects.filter(case=case).select_related("by").order_by("at", "pk")
    if person is not None and is_staff_of(person, case):
        return steps
    return steps.filter(for_staff=False)


def may_read_answer(person: Person | None, case: Case) -> bool:
    """Somebody who spoke for a family without its consent knows that it was answered, not what was found out about it."""
    if person is not None and (is_staff_of(person, case) or _is_of_family(person, case)):
        return True
    return case.consent not in {Case.Consent.PENDING, Case.Consent.REFUSED}


def _is_of_family(person: Person, case: Case) -> bool:
    return case.family_id is not None and Case.objects.filter(_of_family(person), pk=case.pk).exists()


def readers_of_case(case: Case) -> list[Person]:
    """Everybody who sees it now, for "who sees this"."""
    jobs = StaffRole.objects.filter(StaffRole.in_force(timezone.now()))
    reach = Q(role__in=HANDLERS, organization__program=case.program_id) | Q(pk__in=[case.handler_id, case.decider_id])
    near = Q(pk=case.filed_by_id) | Q(pk__in=jobs.filter(reach).values("person"))
    if case.family_id is not None and not case.is_own_matter:
        near |= Q(memberships__family=case.family_id)
    found = Person.objects.filter(near, is_active=True).distinct().order_by("display_name", "pk")
    return [person for person in found if visible_cases(person).filter(pk=case.pk).exists()]


def clocks_of(case: Case) -> QuerySet[Clock]:
    """Its dates. The only way to them: no list of dates, feed, count or search holds them."""
    clocks = Clock.objects.filter(program=case.program_id, subject=SUBJECT, subject_id=str(case.public_id))
    return clocks.select_related("program", "family").order_by("due_at", "pk")


def told_of(case: Case) -> list[Person]:
    """Who hears what becomes of it: who told us; and the family itself where somebody else spoke for it, unless it is about
    one of the family or about safety. What a young person told us alone is told to that young person alone.
    """
    told = [case.filed_by] if case.filed_by is not None and case.filed_by.is_active else []
    if case.filed_as in THIRD_PARTY and may_tell_family(case):
        told += [person for person in family_readers(case) if person not in told]
    return told


def may_tell_family(case: Case) -> bool:
    """A third party's word about somebody of the family, or about safety, is not announced to it."""
    if case.family_id is None or case.is_own_matter or case.kind == Case.Kind.SAFETY:
        return False
    named = Against.objects.filter(case=case, person__isnull=False).values("person")
    return not Member.objects.filter(family=case.family_id, person__in=named).exists()


def family_readers(case: Case) -> list[Person]:
    """Of the family's own people those who see it."""
    if case.family_id is None:
        return []
    members = Person.objects.filter(memberships__family=case.family_id, is_active=True).distinct().order_by("pk")
    return [person for person in members if _is_of_family(person, case)]


# -- who works on it -------------------------------------------------------------------------------------------------------


def may_file(person: Person, program: Program) -> bool:
    """Anybody with an account tells of what they like, wherever it was."""
    return person.is_active


def handling_role(person: Person, case: Case) -> StaffRole | None:
    """The job in which this person deals with it: a coordinator who may know of it and had no part in it before."""
    own = _jobs(person, HANDLERS).filter(organization__program=case.program_id)
    able = set(independence.able(case, HANDLERS, needs_clinician=False))
    return next((role for role in own if role.pk in able), None)


def may_handle(person: Person, case: Case) -> bool:
    return handling_role(person, case) is not None


def may_decide(person: Person, case: Case) -> bool:
    """Who was chosen, while nothing keeps them from it; what somebody outside decides a coordinator writes down."""
    if case.decider is None:
        return case.is_outside and may_handle(person, case)
    is_theirs = case.decider.person_id == person.pk and person.is_active
    return is_theirs and case.decider_id in independence.able(case, DECIDERS, needs_clinician=case.is_clinical)


def may_speak_as_filer(person: Person, case: Case) -> bool:
    """Take back, add words, open again: who told us; and of the family's matter its own people who see it."""
    return person.is_active and (case.filed_by_id == person.pk or _is_of_family(person, case))


def may_withdraw(person: Person, case: Case) -> bool:
    """Only who told us takes it back."""
    return person.is_active and case.filed_by_id == person.pk


def may_consent(person: Person, case: Case) -> bool:
    """For the family: its own people who see it, never who asks for that consent."""
    return case.filed_by_id != person.pk and _is_of_family(person, case)


def may_add_words(person: Person, case: Case) -> bool:
    return may_speak_as_filer(person, case) or may_handle(person, case)


# -- who may decide it -----------------------------------------------------------------------------------------------------


def eligible_deciders(case: Case) -> list[StaffRole]:
    """Who may decide it now. Empty: somebody outside does."""
    return independence.roles_of(independence.able(case, DECIDERS, needs_clinician=case.is_clinical))


def eligible_handlers(case: Case) -> list[StaffRole]:
    """Coordinators who may deal with it, who has the fewest open ones first."""
    held = Case.objects.filter(handler__isnull=False, state__in=Case.OPEN).order_by()
    busy = dict(held.values_list("handler").annotate(held=Count("pk")))
    return sorted(
        independence.roles_of(independence.able(case, HANDLERS, needs_clinician=False)),
        key=lambda role: (busy.get(role.pk, 0), role.pk),
    )


def eligible_leads(case: Case) -> list[StaffRole]:
    """Who leads the programme and has no part in it: told that an answer is late, and of no word of it."""
    return independence.roles_of(independence.able(case, (Job.PROGRAMME_LEAD,), needs_clinician=False))


def _jobs(person: Person, jobs: Iterable[str]) -> QuerySet[StaffRole]:
    return people.staff_roles(person).filter(role__in=list(jobs), person__is_active=True)


def hidden_cases(person: Person) -> QuerySet[Case]:
    """What this person may not learn of, not even by a number: they, or theirs, have a part in it."""
    return Case.objects.exclude(_without_part(person, _kept_by(person))).order_by()
