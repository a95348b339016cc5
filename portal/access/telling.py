"""Who may go on with what somebody has begun to tell, whom one can name there, and who may write down what a caller says.

Without an account it is the code: whoever holds it holds what was told. Who is signed in finds their own under their name.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from messaging.models import Conversation, Message, Participant
from peer_support.models import Pairing
from portal.access import conversations, families, grievances, independence, people
from portal.accounts.models import Person
from portal.families.models import Member
from portal.programs.models import Program, StaffRole
from portal.programs.registry import profiles
from rights_grievances.independence import Bars, eligible
from rights_grievances.models import Case, CaseFile, Draft, Letter

Job = StaffRole.Role
# Who may write down what somebody tells them by phone.
TAKES_CALLS = (Job.GRIEVANCE_COORDINATOR, Job.LIAISON, Job.FACILITATOR, Job.PEER_PARTNER)


def programs() -> list[Program]:
    """The programmes one can tell something."""
    return list(Program.objects.filter(slug__in=profiles()).order_by("name"))


# -- drafts --------------------------------------------------------------------------------------------------------------


def own_drafts(person: Person) -> QuerySet[Draft]:
    """What this person has begun and not sent, the newest first."""
    rows = Draft.objects.filter(person=person, person__is_active=True, case=None).select_related("program")
    return rows.order_by("-saved_at", "-pk")


def own_told(person: Person) -> QuerySet[Draft]:
    """The same with what was sent: each with its receipt. Nothing that was told without a name is among it."""
    rows = Draft.objects.filter(person=person, person__is_active=True)
    return rows.select_related("program", "case__family").order_by("-saved_at", "-pk")


def draft_held(public_id: str) -> Draft | None:
    """The one a browser holds by its code, by the id its session keeps."""
    try:
        UUID(public_id)
    except ValueError:
        return None
    return Draft.objects.filter(public_id=public_id).select_related("program", "case__family").first()


def draft_with_hash(hashes: Iterable[str]) -> Draft | None:
    rows = Draft.objects.filter(code_hash__in=list(hashes))
    return rows.select_related("program", "case__family").first()


def old_drafts(program: Program, before: object) -> QuerySet[Draft]:
    """Begun, not sent, and not touched since."""
    return Draft.objects.filter(program=program, case=None, saved_at__lt=before)


def files_of(draft: Draft) -> QuerySet[CaseFile]:
    """Without what is in them: a list needs none of it."""
    return CaseFile.objects.filter(draft=draft).defer("sealed_file").order_by("added_at", "pk")


def files_told(case: Case) -> QuerySet[CaseFile]:
    return CaseFile.objects.filter(case=case).defer("sealed_file").order_by("added_at", "pk")


def file_with(public_id: UUID) -> CaseFile | None:
    """By its id alone: who asks decides (`may_open_file`)."""
    return CaseFile.objects.filter(public_id=public_id).select_related("draft", "case__draft").first()


def may_open_file(person: Person | None, held: Draft | None, file: CaseFile) -> bool:
    """Who holds what it goes with, by name or by code. Who else may see the case is asked there."""
    draft = file.draft or getattr(file.case, "draft", None)
    if draft is None:
        return False
    return (held is not None and held.pk == draft.pk) or (person is not None and draft.person_id == person.pk)


# -- what became of it, for who holds the code -----------------------------------------------------------------------------


def letters_told(person: Person | None, case: Case) -> QuerySet[Letter]:
    """The letters that left, the newest first; without the family's consent only that we have their words."""
    sent = Letter.objects.filter(case=case, sent_at__isnull=False).order_by("-sent_at", "-pk")
    return sent if grievances.may_read_answer(person, case) else sent.filter(kind=Letter.Kind.ACKNOWLEDGMENT)


# -- whom one can name ---------------------------------------------------------------------------------------------------


def helpers_of(person: Person) -> list[StaffRole]:
    """Who of the staff this person knows here: beside the family, in a pairing of their own, in a talk of their own."""
    now = timezone.now()
    beside = families.staff_beside(person).values("staff_role")
    paired = Pairing.objects.filter(member__person=person, state__in=Pairing.TAKES_PLACE).values("peer")
    talks = conversations.visible_conversations(person).values("pk")
    talking = Participant.objects.filter(Participant.in_force(now), conversation__in=talks).values("staff_role")
    roles = StaffRole.objects.filter(
        StaffRole.in_force(now),
        Q(pk__in=beside) | Q(pk__in=paired) | Q(pk__in=talking),
        person__is_active=True,
    )
    found = roles.exclude(person=person).select_related("person", "organization").order_by("person__display_name", "pk")
    return list({role.person_id: role for role in found}.values())


def coordinators(
    program: Program, person: Person | None, named: Iterable[int], unwanted: Iterable[int]
) -> list[StaffRole]:
    """Who takes complaints there and may know of this one: by the same rule by which the case is kept from people later."""
    own = families_of(person)
    bars = Bars(
        named=frozenset(named),
        unwanted=frozenset(unwanted),
        own=frozenset(Member.objects.filter(family__in=own).values_list("person", flat=True)),
        ties=independence.ties_of(named),
    )
    able = eligible(independence.nodes(), bars, {Job.GRIEVANCE_COORDINATOR})
    roles = StaffRole.objects.filter(pk__in=able, organization__program=program, person__is_active=True)
    return list(roles.select_related("person").order_by("person__display_name", "pk"))


def staff_of(organizations: Iterable[int]) -> list[int]:
    """Everybody who works or worked there, as persons."""
    return list(StaffRole.objects.filter(organization__in=list(organizations)).values_list("person", flat=True))


def families_of(person: Person | None) -> list[int]:
    return list(people.memberships(person).values_list("family", flat=True)) if person is not None else []


def own_place(person: Person, program: Program | None = None) -> Member | None:
    """The place in a family by which this person tells us something."""
    places = people.memberships(person)
    return (places.filter(family__program=program) if program else places).first()


def own_young(person: Person) -> list[Member]:
    """The young people of the caregiver's own families now, one of whom it may be about."""
    own = people.memberships(person).filter(role=Member.Role.CAREGIVER).values("family")
    rows = Member.objects.filter(Member.in_force(timezone.now()), family__in=own, role=Member.Role.YOUTH)
    return list(rows.select_related("person", "family").order_by("pk"))


# -- who writes down what a caller says ------------------------------------------------------------------------------------


def call_roles(person: Person) -> list[StaffRole]:
    if not person.is_active:
        return []
    return list(people.staff_roles(person).filter(role__in=TAKES_CALLS))


def calls_begun(person: Person) -> QuerySet[Draft]:
    """The calls that this person began to write down and has not told yet, the newest first."""
    rows = Draft.objects.filter(taken_by__in=[role.pk for role in call_roles(person)], case=None)
    return rows.select_related("taken_by__organization__program").order_by("-saved_at", "-pk")


def call_role(pk: int) -> StaffRole | None:
    """The job by whose page something is handed in, while it may still take calls."""
    rows = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), role__in=TAKES_CALLS, person__is_active=True)
    return rows.filter(pk=pk).select_related("organization__program").first()


def callers_known(person: Person) -> list[Member]:
    """Of families this person helps: who may be calling. A coordinator helps no family, and types the name."""
    now = timezone.now()
    roles = people.staff_roles(person).values("pk")
    paired = Pairing.objects.filter(peer__in=roles, state__in=Pairing.TAKES_PLACE).values("member")
    rows = Member.objects.filter(
        Member.in_force(now),
        Q(family__in=families.assigned_families(person)) | Q(pk__in=paired),
        role__in=people.AT_HOME,
        family__closed_at=None,
    )
    return list(rows.select_related("person", "family__program").order_by("family__name", "joined_at", "pk"))


def caller_called(program: Program, first_name: str, family_name: str) -> Member | None:
    """The one person of the one family that is called so. Two of them, or none: nobody, and nobody is told which."""
    if not first_name.strip() or not family_name.strip():
        return None
    rows = Member.objects.filter(
        Member.in_force(timezone.now()),
        Q(person__display_name__iexact=first_name)
        | Q(person__display_name__istartswith=f"{first_name.split(maxsplit=1)[0]} "),
        family__program=program,
        family__name__iexact=family_name.strip(),
        family__closed_at=None,
        role__in=people.AT_HOME,
    ).select_related("person", "family")
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


# -- messages ------------------------------------------------------------------------------------------------------------


def own_message(person: Person, conversation: Conversation, seq: int) -> Message | None:
    """A message of their own, by somebody who belongs to a family: what they may make a concern of."""
    if not people.memberships(person).filter(role__in=people.AT_HOME).exists():
        return None
    return _readable(person, conversation, seq).filter(author=person).first()


def message_to_offer(person: Person, conversation: Conversation, seq: int) -> Message | None:
    """A message of somebody of a family, of which a liaison in that talk may say: this could be a concern."""
    own = conversations.own_participation(person, conversation)
    if own is None or own.staff_role is None or own.staff_role.role != Job.LIAISON:
        return None
    now = timezone.now()
    of_family = Member.objects.filter(Member.in_force(now), role__in=people.AT_HOME).values("person")
    still_there = Participant.objects.filter(Participant.in_force(now), conversation=conversation).values("person")
    rows = _readable(person, conversation, seq).filter(author__in=of_family)
    return rows.filter(author__in=still_there).exclude(author=person).first()


def _readable(person: Person, conversation: Conversation, seq: int) -> QuerySet[Message]:
    visible = conversations.visible_conversations(person).filter(pk=conversation.pk).first()
    floor = max(visible.trimmed_seq, getattr(visible, "came_after", 0) or 0) if visible else seq
    return Message.objects.filter(conversation=conversation, seq=seq, seq__gt=floor).select_related("author")


def place_in(person: Person, conversation: Conversation) -> Member | None:
    """By which place in a family they write there: that of the conversation's own family, else their first."""
    places = people.memberships(person).filter(role__in=people.AT_HOME)
    return places.filter(family=conversation.family_id).first() or places.first()


def case_of_message(conversation: Conversation, key: UUID) -> Case | None:
    return Case.objects.filter(conversation=conversation, message_key=key).first()
