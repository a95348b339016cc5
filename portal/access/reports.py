"""Who may see a report of abuse: who makes it, and of its bare facts one who leads them. Never anyone it names.

Whoever is named, is close to somebody named, or belongs to the child's family or is kept apart from it, sees neither the report nor
that there is one, whatever their job. Nobody approves, changes or closes a report but the person who makes it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.models import Conversation, Participant
from portal.access import conversations, families, people, ties
from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.programs.models import StaffRole
from portal.safety.models import AbuseReport, StaffTie

Job = StaffRole.Role


# -- the reporter's own ----------------------------------------------------------------------------------------------------


def reporting_roles(person: Person) -> QuerySet[StaffRole]:
    """The jobs in which this person may make a report: any of staff, whatever their part."""
    return people.staff_roles(person).filter(person__is_active=True)


def own_reports(person: Person) -> QuerySet[AbuseReport]:
    """The reports this person makes, drafts among them, the newest first."""
    return (
        AbuseReport.objects.filter(Exists(reporting_roles(person)), reporter=person)
        .select_related("staff_role__organization__program", "child", "told__person")
        .prefetch_related("calls")
        .order_by("-started_at", "-pk")
    )


def may_change(person: Person, report: AbuseReport) -> bool:
    """Only who makes it, and only until somebody has taken it: what was read aloud stays as it was."""
    return own_reports(person).filter(pk=report.pk, called_at=None).exists()


def may_write(person: Person, role: StaffRole) -> bool:
    return reporting_roles(person).filter(pk=role.pk).exists()


# -- who leads the reporter --------------------------------------------------------------------------------------------------


def told_reports(person: Person) -> QuerySet[AbuseReport]:
    """Of which this person was told, and may still know: asked anew each time, so that who is named later is out at once."""
    told = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), person=person, person__is_active=True)
    noted = StaffTie.objects.filter(Q(one=person) | Q(other=person), ended_at=None)
    near = {pk for tie in noted for pk in (tie.one_id, tie.other_id)} - {person.pk}
    close = [pk for pk in near if person.pk in ties.close_to([pk], own_word=False)]
    found = (
        AbuseReport.objects.filter(Exists(told.filter(pk=OuterRef("told"))), ready_at__isnull=False)
        .exclude(reporter=person)
        .exclude(_is_named([person.pk, *close]))
    )
    return (
        found.exclude(pk__in=[report.pk for report in found if _is_of_childs_people(person, report)])
        .select_related("staff_role__organization__program", "reporter")
        .prefetch_related("calls")
        .order_by("-ready_at", "-pk")
    )


def visible_reports(person: Person) -> QuerySet[AbuseReport]:
    """All of which this person may know at all."""
    seen = [*own_reports(person).values_list("pk", flat=True), *told_reports(person).values_list("pk", flat=True)]
    return AbuseReport.objects.filter(pk__in=seen).order_by("-started_at", "-pk")


def possible_told(report: AbuseReport) -> list[StaffRole]:
    """Who could be told that there is a report, the nearest first: those who lead the reporter, then who leads the programme."""
    line: list[StaffRole] = []
    above = report.staff_role.supervisor
    while above is not None and above not in line:
        line.append(above)
        above = above.supervisor
    leads = StaffRole.objects.filter(
        role=Job.PROGRAMME_LEAD, organization__program=report.staff_role.organization.program_id
    )
    named = set(report.named.values_list("pk", flat=True))
    barred = named | ties.close_to(named, own_word=False) | {report.reporter_id}
    now = timezone.now()
    able = [
        role
        for role in (*line, *leads.select_related("person").order_by("pk"))
        if role.is_in_force(now) and role.person.is_active and role.person_id not in barred
    ]
    return [role for role in able if not _is_of_childs_people(role.person, report)]


def _is_named(people: Iterable[int]) -> Exists:
    return Exists(AbuseReport.named.through.objects.filter(abusereport=OuterRef("pk"), person__in=list(people)))


def _is_of_childs_people(person: Person, report: AbuseReport) -> bool:
    """Is the child, belongs or once belonged to its family, or is kept apart from one of its people."""
    roles = StaffRole.objects.filter(person=person)
    homes = Family.objects.filter(
        Q(members__person=report.child_id) | Q(conversations=report.conversation_id)
    ).distinct()
    return person.pk == report.child_id or any(not families.without_ties(roles, home).exists() for home in homes)


# -- whom a report may be about ------------------------------------------------------------------------------------------------


def known_children(person: Person) -> QuerySet[Member]:
    """The young people whom this person meets at work: of the families they stand beside, and of their conversations."""
    beside = Q(family__in=families.assigned_families(person))
    return (
        Member.objects.filter(Member.in_force(timezone.now()), role=Member.Role.YOUTH)
        .filter(beside | Q(person__in=_talked_with(person)))
        .select_related("person", "family__program")
        .order_by("person__display_name", "pk")
    )


def known_people(person: Person) -> QuerySet[Person]:
    """Whom this person can name by a tick: the people of those families and conversations, who works in their organization,
    leads them, or answers for the programme. Anybody else by name, in words.
    """
    roles = reporting_roles(person)
    near = Q(organization__in=roles.values("organization")) | Q(supervises__in=roles)
    above = Q(role__in=[Job.PROGRAMME_LEAD, Job.GRIEVANCE_COORDINATOR])
    above &= Q(organization__program__in=roles.values("organization__program"))
    colleagues = StaffRole.objects.filter(StaffRole.in_force(timezone.now())).filter(near | above)
    members = Member.objects.filter(Member.in_force(timezone.now()), family__in=families.assigned_families(person))
    known = Q(pk__in=colleagues.values("person")) | Q(pk__in=members.values("person")) | Q(pk__in=_talked_with(person))
    return Person.objects.filter(known).exclude(pk=person.pk).order_by("display_name", "pk")


def _talked_with(person: Person) -> QuerySet[Participant, int]:
    """Of groups nobody: there people go by a name they chose."""
    own = conversations.visible_conversations(person).filter(group=None)
    others = Participant.objects.filter(conversation__in=own.values("pk")).exclude(person=person)
    return others.values_list("person", flat=True)


def named_in_words(role: StaffRole, texts: Iterable[str]) -> set[int]:
    """Who of the programme's staff stands in these words by their whole name: fails closed, though nobody ticked them."""
    staff = Person.objects.filter(
        staff_roles__in=StaffRole.objects.filter(organization__program=role.organization.program_id)
    ).distinct()
    return {one.pk for one in people.named_in(" ".join(texts), staff) if one.pk != role.person_id}


def child_of(person: Person, public_id: str) -> Member | None:
    return next((one for one in known_children(person) if str(one.person.public_id) == public_id), None)


def address_of(person: Person, child: Member) -> str:
    """Where the child lives, for those who may see it."""
    return child.address if families.may_see_whereabouts(person, child) else ""


def conversation_for(person: Person, public_id: str) -> Conversation | None:
    """The one a report begins with, where the reporter takes part in it."""
    found = conversations.visible_conversations(person).select_related("family")
    return next((one for one in found if str(one.public_id) == public_id), None)


def due_reports() -> QuerySet[AbuseReport]:
    """Where the worker has to remind somebody now."""
    return AbuseReport.objects.filter(next_at__lte=timezone.now(), called_at=None).order_by("next_at", "pk")
