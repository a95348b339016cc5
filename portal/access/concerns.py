"""Who is told of a worry about somebody's safety, who sees it, and who works on it.

Never anybody who is named in it, nor who is close to them outside work; nobody of the family, or kept apart from it; nobody who
takes part in the conversation, and of what a young person says with one tap not their mentor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from messaging.models import Conversation, Flag, Message, Participant
from peer_support.models import Pairing
from portal.access import families, moment, on_call, people, supervision, ties
from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.programs.models import Organization, StaffRole
from portal.safety.models import Concern, ConcernStep, Debrief, Prompt, Repair, Supervision

Job = StaffRole.Role
Step = Concern.Step
ANY = Q()


# -- who may deal with it --------------------------------------------------------------------------------------------------


def able(concern: Concern, roles: QuerySet[StaffRole]) -> QuerySet[StaffRole]:
    """Of these, who may be told of it and work on it."""
    subjects = set(concern.about.values_list("pk", flat=True))
    if concern.conversation is not None:
        roles = supervision.without_conflict(roles, concern.conversation, besides=subjects, own_word=False)
    return _without_their_own(roles.filter(role__in=on_call.JOBS), concern.person, subjects)


def _without_their_own(roles: QuerySet[StaffRole], person: Person, subjects: Iterable[int]) -> QuerySet[StaffRole]:
    """Without the subjects and the person, a young person's helpers, who is close to any of these, and their families' people.

    A caregiver's liaison may help her though they talk elsewhere, too.
    """
    own = set(helpers_of(person).values_list("person", flat=True)) if young_places(person).exists() else set()
    helpers = own | set(subjects)
    roles = roles.filter(StaffRole.in_force(timezone.now()), person__is_active=True)
    roles = roles.exclude(person__in={person.pk} | helpers | ties.close_to({person.pk} | helpers, own_word=False))
    for family in Family.objects.filter(members__person=person).distinct():
        roles = families.without_ties(roles, family)
    return roles.select_related("person", "organization__program")


def helpers_of(person: Person) -> QuerySet[StaffRole]:
    """Who is matched with this person, and who of staff talks or talked with them where they still take part."""
    talks = Participant.objects.filter(person=person, staff_role=None, left_at=None, conversation__family__isnull=False)
    matched = Pairing.objects.filter(member__person=person, state__in=Pairing.TAKES_PLACE).values("peer")
    spoken = Participant.objects.filter(conversation__in=talks.values("conversation"), staff_role__isnull=False)
    found = StaffRole.objects.filter(Q(pk__in=matched) | Q(pk__in=spoken.values("staff_role")))
    return found.select_related("person").order_by("pk")


def could_take(concern: Concern, besides: Person) -> list[StaffRole]:
    """To whom it could be given, or who could be asked beside oneself: liaisons of the organization, leads, who is on call."""
    program = concern.organization.program_id
    shift = [role.pk for role in on_call.on_call_now(concern.organization, timezone.now())]
    roles = StaffRole.objects.filter(
        Q(pk__in=shift)
        | Q(role=Job.LIAISON, organization=concern.organization)
        | Q(role=Job.PROGRAMME_LEAD, organization__program=program)
    )
    return list(able(concern, roles).exclude(person=besides).order_by("person__display_name", "pk"))


# -- who is told -----------------------------------------------------------------------------------------------------------


def told_of(concern: Concern, step: str, now: dt.datetime) -> list[StaffRole]:
    """Whom this step tells. Nobody, where nobody may deal with it: then the next one comes at once."""
    if step == Step.ON_CALL:
        return _on_call(concern, [concern.organization], now)[:1]
    if step in {Step.SUPERVISOR, Step.WATCH}:
        return _supervisors(concern)
    leads = _leads(concern)
    if step == Step.EVERYONE:
        program = Organization.objects.filter(program=concern.organization.program_id)
        return _once([*_on_call(concern, program, now), *leads])
    return leads or _told_before(concern)


def _on_call(concern: Concern, organizations: Iterable[Organization], now: dt.datetime) -> list[StaffRole]:
    shift = [role.pk for one in organizations for role in on_call.on_call_now(one, now)]
    may = {role.pk: role for role in able(concern, StaffRole.objects.filter(pk__in=shift))}
    return [may[pk] for pk in dict.fromkeys(shift) if pk in may]


def _supervisors(concern: Concern) -> list[StaffRole]:
    """Who watches over the conversation; else who could; else the liaisons, beside the family first; else the leads."""
    for conversation in _talks_of(concern):
        named = supervision.supervisor_of(conversation)
        for line in ([named] if named else [], supervision.possible_supervisors(conversation)):
            may = set(able(concern, StaffRole.objects.filter(pk__in=[role.pk for role in line])))
            if found := [role for role in line if role in may]:
                return found[:1]
    return liaisons_of(concern) or _leads(concern)


def _talks_of(concern: Concern) -> list[Conversation]:
    """The conversation it is about; else that of the young person's match: who watches over it knows them."""
    if concern.conversation is not None:
        return [concern.conversation]
    matches = Pairing.objects.filter(
        member__person=concern.person, state__in=supervision.TALKS, conversation__isnull=False
    )
    return [one.conversation for one in matches.select_related("conversation__family__program") if one.conversation]


def liaisons_of(concern: Concern) -> list[StaffRole]:
    beside = families.standing_beside(moment.now(), [Job.LIAISON]).filter(family=concern.family)
    for roles in (
        StaffRole.objects.filter(pk__in=beside.values("staff_role")),
        StaffRole.objects.filter(role=Job.LIAISON, organization=concern.organization),
    ):
        if found := list(able(concern, roles).order_by("pk")):
            return found
    return []


def _leads(concern: Concern) -> list[StaffRole]:
    leads = StaffRole.objects.filter(role=Job.PROGRAMME_LEAD, organization__program=concern.organization.program_id)
    return list(able(concern, leads).order_by("pk"))


def _told_before(concern: Concern) -> list[StaffRole]:
    told = ConcernStep.objects.filter(concern=concern).values("told")
    return list(able(concern, StaffRole.objects.filter(pk__in=told)).order_by("pk"))


def _once(roles: Iterable[StaffRole]) -> list[StaffRole]:
    """Each person once, though they hold two jobs."""
    return list({role.person_id: role for role in reversed(list(roles))}.values())[::-1]


# -- who sees it -----------------------------------------------------------------------------------------------------------


def visible_concerns(person: Person, which: Q = ANY) -> QuerySet[Concern]:
    """Those this person was told of, and as a liaison those of their organization; never one in which they have a part.

    `which` names the few that are asked for: each of them is held against everybody's ties.
    """
    if not person.is_active:
        return Concern.objects.none()
    now = timezone.now()
    own = StaffRole.objects.filter(StaffRole.in_force(now), person=person, role__in=on_call.JOBS)
    told = ConcernStep.objects.filter(concern=OuterRef("pk"), told__in=own)
    liaison_in = own.filter(role=Job.LIAISON).values("organization")
    seen = (
        Concern.objects.filter(which, Exists(told) | Q(organization__in=liaison_in))
        .exclude(person=person)
        .select_related("person", "family", "organization__program", "conversation__family__program")
        .select_related("opened_by__person", "closed_by__person", "raised_by")
    )
    return seen.exclude(pk__in=[one.pk for one in seen.order_by() if not able(one, own).exists()])


def may_see_queue(person: Person) -> bool:
    """Whoever may be told of a worry has a list of them, though it be empty."""
    return person.is_active and people.staff_roles(person).filter(role__in=on_call.JOBS).exists()


def role_toward(person: Person, concern: Concern) -> StaffRole | None:
    """The job in which they work on it: the one that was told, else the one in its organization."""
    if not visible_concerns(person, Q(pk=concern.pk)).exists():
        return None
    own = able(concern, StaffRole.objects.filter(person=person))
    told = own.filter(pk__in=ConcernStep.objects.filter(concern=concern).values("told")).order_by("pk").first()
    return told or own.filter(organization=concern.organization, role=Job.LIAISON).order_by("pk").first()


def may_look(person: Person, concern: Concern) -> bool:
    """Read the messages around it: while it is open, and by whoever works on it."""
    return concern.conversation is not None and concern.closed_at is None and role_toward(person, concern) is not None


def stoppable(person: Person) -> QuerySet[Conversation]:
    """Young people's conversations in which writing may be stopped by whoever works on an open worry about them."""
    open_ones = visible_concerns(person, Q(closed_at=None, conversation__isnull=False))
    watched = Supervision.objects.filter(conversation=OuterRef("pk"), ended_at=None)
    return Conversation.objects.filter(Exists(watched), pk__in=[one.conversation_id for one in open_ones])


def role_to_stop(person: Person, conversation: Conversation) -> StaffRole | None:
    """The job in which they work on such a worry."""
    for concern in visible_concerns(person, Q(closed_at=None, conversation=conversation)):
        if role := role_toward(person, concern):
            return role
    return None


def steps_of(concern: Concern) -> QuerySet[ConcernStep]:
    return ConcernStep.objects.filter(concern=concern).prefetch_related("told__person").order_by("at", "pk")


def to_open(person: Person) -> QuerySet[Concern]:
    """What nobody is on yet, of those this person was told of by name."""
    told = ConcernStep.objects.filter(concern=OuterRef("pk"), told__person=person)
    which = Q(Exists(told), closed_at=None, opened_at=None)
    return visible_concerns(person, which).order_by("-severity", "made_at")


# -- a young person who is not safe ------------------------------------------------------------------------------------------


def young_places(person: Person) -> QuerySet[Member]:
    """Where somebody is a family's young person: they can say with one tap that they are not safe."""
    return people.memberships(person).filter(role=Member.Role.YOUTH)


def open_unsafe(person: Person) -> Concern | None:
    """What they said that way, while it is open."""
    found = Concern.objects.filter(person=person, source=Concern.Source.UNSAFE, closed_at=None)
    return found.select_related("opened_by__person", "organization__program").first()


def organization_of(member: Member) -> Organization:
    """Whose rota answers for a young person: their mentor's, else their liaison's, else the programme's first."""
    matched = Pairing.objects.filter(member__person=member.person_id, state__in=Pairing.TAKES_PLACE)
    beside = families.standing_beside(moment.now()).filter(family=member.family).order_by("-staff_role__role", "pk")
    role = StaffRole.objects.filter(pk__in=matched.values("peer")).select_related("organization__program").first()
    if role is not None:
        return role.organization
    assigned = beside.select_related("staff_role__organization__program").first()
    if assigned is not None:
        return assigned.staff_role.organization
    program = member.family.program
    slug = program.profile.fallback_organization
    return Organization.objects.select_related("program").get(program=program, slug=slug)


def unsafe_seen_by(person: Person, about: Iterable[int] = ()) -> list[StaffRole]:
    """Who would see it now if this person said that they are not safe: who is on call, and the liaisons there."""
    place = young_places(person).first()
    if place is None:
        return []
    organization = organization_of(place)
    shift = [role.pk for role in on_call.on_call_now(organization, timezone.now())]
    liaisons = StaffRole.objects.filter(role=Job.LIAISON, organization=organization)
    may = {
        role.pk: role
        for role in _without_their_own(StaffRole.objects.filter(role__in=on_call.JOBS), person, about).filter(
            Q(pk__in=shift) | Q(pk__in=liaisons.values("pk"))
        )
    }
    first = [may[pk] for pk in shift if pk in may][:1]
    return _once([*first, *(role for role in may.values() if role.role == Job.LIAISON)])


def next_on_call(organization: Organization, now: dt.datetime) -> dt.datetime | None:
    """When somebody is on call there again; None where nothing is planned."""
    ahead = (
        on_call.counted(shift) for shift in on_call.rota_shifts().filter(organization=organization, ends_at__gt=now)
    )
    return min((max(span.starts_at, now) for span in ahead if span.starts_at < span.ends_at), default=None)


# -- a word about somebody's message ------------------------------------------------------------------------------------------


def may_tell(person: Person, conversation: Conversation) -> bool:
    """Whoever takes part tells us about a message there, also once nobody writes there any more."""
    now = timezone.now()
    return Participant.objects.filter(Participant.in_force(now), conversation=conversation, person=person).exists()


def message_of_another(person: Person, conversation: Conversation, seq: int) -> Message | None:
    """That message, if somebody else wrote it and this person may read it."""
    floor = conversation.floor
    found = Message.objects.filter(conversation=conversation, seq=seq, seq__gt=floor).exclude(author=person)
    return found.select_related("author").first() if may_tell(person, conversation) else None


def young_of(conversation: Conversation) -> Person | None:
    """The young person with whom an adult of staff talks here."""
    program = conversation.family.program if conversation.family else None
    members = list(Participant.objects.filter(conversation=conversation).select_related("person"))
    if program is None or not supervision.is_with_minor(members, program):
        return None
    return next((one.person for one in members if one.staff_role_id is None), None)


# -- afterward ---------------------------------------------------------------------------------------------------------------


def own_repairs(person: Person) -> QuerySet[Repair]:
    return Repair.objects.filter(person=person, read_at=None).select_related("by__person").order_by("pk")


def may_be_told_so(concern: Concern) -> list[Person]:
    """To whom a word may go that nothing was wrong: the person it was for, and who was named in it.

    Who is named by somebody who turned to us does not learn of it by such a word.
    """
    if concern.source != Concern.Source.SCREENER:
        return [concern.person]
    named = concern.about.filter(is_active=True).exclude(pk=concern.person_id)
    return [concern.person, *named.order_by("pk")]


def helpers_asked(concern: Concern) -> QuerySet[StaffRole]:
    """Who is asked how they are after a hard talk: the helpers in it who are not named in the worry themselves."""
    talked = Participant.objects.filter(conversation=concern.conversation, staff_role__isnull=False, left_at=None)
    return StaffRole.objects.filter(StaffRole.in_force(timezone.now()), pk__in=talked.values("staff_role")).exclude(
        person__in=concern.about.values("pk")
    )


def own_debriefs(person: Person) -> QuerySet[Debrief]:
    """The questions that wait for this helper's answer."""
    own = people.staff_roles(person).values("pk")
    return Debrief.objects.filter(staff_role__in=own, answered_at=None).order_by("pk")


def talks_wished(person: Person) -> QuerySet[Debrief]:
    """Helpers this person leads, or watches over, who would like to talk."""
    own = people.staff_roles(person)
    led = Q(staff_role__supervisor__in=own.values("pk"))
    liaison = Q(
        staff_role__supervisor=None, staff_role__organization__in=own.filter(role=Job.LIAISON).values("organization")
    )
    return (
        Debrief.objects.filter(led | liaison, answer=Debrief.Answer.TALK, talked_at=None)
        .exclude(staff_role__person=person)
        .select_related("staff_role__person")
        .order_by("answered_at", "pk")
    )


# -- what stood out ----------------------------------------------------------------------------------------------------------


def visible_prompts(person: Person) -> QuerySet[Prompt]:
    """What stood out in the conversations this person watches over, and has not looked at yet."""
    watched = supervision.supervised_conversations(person).order_by().values("pk")
    return (
        Prompt.objects.filter(conversation__in=watched, settled_at=None)
        .select_related("conversation__family__program")
        .order_by("made_at", "pk")
    )


def role_over(person: Person, conversation: Conversation) -> StaffRole | None:
    """The job by which somebody watches over a conversation now."""
    role = supervision.supervisor_of(conversation)
    return role if role is not None and role.person_id == person.pk else None


def screener_down_since() -> dt.datetime | None:
    """Since when messages wait to be screened; None: all is well."""
    waiting = Flag.objects.filter(level=Flag.Level.UNSCREENED, taken_at=None).order_by("at").first()
    return waiting.at if waiting is not None else None
