"""Who reads what somebody of a family said, who answers it, and who is counted on to do so.

Who said it decides who else may read it, and only ever widens that. It is theirs first: whatever its audience, another person
of the family sees neither the statement nor that there is one, unless it was said to the family as well, and then only
those who may be told about that young person and are kept away from nobody of the household. Who stands beside a family reads
what was said to that job; whom a thing was said to alone reads it while the two are paired, and nobody after them.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from messaging.models import Conversation, Message
from peer_support.models import Pairing
from portal.access import care, families, growing, meetings, moment, people, telling, ticks
from portal.accounts.models import Person
from portal.care.models import Item, TeamMeeting, Version
from portal.families.models import Family, LegalAuthority, Member
from portal.programs.models import StaffRole
from portal.voice.models import Statement, StatementFile, StatementStep, Transcript

Audience = Statement.Audience
State = Statement.State
Job = StaffRole.Role
READS_TEAM = (Audience.TEAM, Audience.FAMILY)
IS_TOLD = (LegalAuthority.Scope.FULL, LegalAuthority.Scope.HEALTH, LegalAuthority.Scope.INFORMATION)
PEERS = (Job.PEER_PARTNER, Job.YOUTH_MENTOR)
# What is read along with a statement.
WITH = (
    *("author__person", "author__family__program", "family__program", "youth__person", "youth__family__program"),
    *("told_to__person", "owed_by__person", "through"),
)


# -- who says something ----------------------------------------------------------------------------------------------------


def own_places(person: Person) -> list[Member]:
    """The person's own places in families, in which they may say something. A natural support has no record here."""
    if not person.is_active:
        return []
    return list(people.memberships(person).filter(role__in=people.AT_HOME).select_related("person"))


def may_say(person: Person, member: Member) -> bool:
    """Everybody for themselves."""
    return member.person_id == person.pk and any(one.pk == member.pk for one in own_places(person))


def young_of(member: Member) -> list[Member]:
    """The young people one of whom it may be about: of the caregiver's own family; for a young person, they themselves."""
    if member.role == Member.Role.YOUTH:
        return [member]
    rows = Member.objects.filter(Member.in_force(moment.now()), family=member.family_id, role=Member.Role.YOUTH)
    return list(rows.select_related("person", "family__program").order_by("pk"))


def children_with_cards(person: Person) -> list[Member]:
    """Those too young to sign in (16 CFR part 312), who can say something with cards on this caregiver's phone.

    Not on the phone of somebody whom a court bars, or who is kept away from one of the child's household.
    """
    own = [one.family_id for one in own_places(person) if one.role == Member.Role.CAREGIVER]
    rows = Member.objects.filter(Member.in_force(moment.now()), family__in=own, role=Member.Role.YOUTH)
    return [
        child
        for child in rows.select_related("person", "family__program").order_by("pk")
        if child.person.age_on(child.family.program.today()) is not None
        and not growing.may_have_account(child)
        and not families.is_barred(person, child)
        and not families.is_kept_away(person, child)
    ]


def child_with_cards(person: Person, public_id: UUID) -> Member | None:
    return next((one for one in children_with_cards(person) if one.person.public_id == public_id), None)


def said_to(member: Member) -> list[StaffRole]:
    """The peer partner or mentor to whom alone it can be said: those this person is paired with."""
    paired = Pairing.objects.filter(
        member__person=member.person_id, member__family=member.family_id, state__in=Pairing.TAKES_PLACE
    )
    roles = StaffRole.objects.filter(StaffRole.in_force(moment.now()), pk__in=paired.values("peer"))
    return list(roles.filter(person__is_active=True, role__in=PEERS).select_related("person").order_by("pk"))


def facilitators(staff: Iterable[StaffRole]) -> list[StaffRole]:
    """Of the staff beside a family those who are its facilitators."""
    return [role for role in staff if role.role == Job.FACILITATOR]


def staff_of_team(family: Family) -> list[StaffRole]:
    """The facilitator and the liaison who stand beside the family now, the facilitator first."""
    beside = families.standing_beside(moment.now()).filter(family=family)
    found = [one.staff_role for one in beside.select_related("staff_role__person", "staff_role__organization")]
    return sorted({role.pk: role for role in found}.values(), key=lambda role: (role.role != Job.FACILITATOR, role.pk))


def item_to_name(person: Person, public_id: UUID) -> Item | None:
    """A thing of a plan this person reads, which they want to say something about."""
    item = Item.objects.filter(public_id=public_id, removed_at=None).select_related("plan__youth__person").first()
    return item if item is not None and care.visible_item(person, item) is not None else None


def version_shown(person: Person, version: Version | None) -> Version | None:
    """How a plan stood, where this person reads that plan as a whole."""
    reader = care.reader_of(person, version.plan) if version is not None else None
    return version if reader is not None and reader.part not in {care.Part.SUPPORT, care.Part.SCHOOL} else None


def meeting_to_name(person: Person, public_id: UUID) -> TeamMeeting | None:
    return meetings.visible_meetings(person).filter(public_id=public_id).first()


def message_to_keep(person: Person, conversation: Conversation, seq: int) -> Message | None:
    """A message of their own, by somebody who belongs to a family."""
    return telling.own_message(person, conversation, seq)


def place_in(person: Person, conversation: Conversation) -> Member | None:
    return telling.place_in(person, conversation)


def said_in_message(conversation: Conversation, message: Message) -> Statement | None:
    """The statement that this message became; None: it is a message and nothing more."""
    return Statement.objects.filter(conversation=conversation, message_key=message.key).first()


# -- who reads it ----------------------------------------------------------------------------------------------------------


def visible_statements(person: Person) -> QuerySet[Statement]:
    """The newest first. What was taken back is there for whoever read it before, without a word of it."""
    if not person.is_active:
        return Statement.objects.none()
    found = Statement.objects.filter(_own(person) | said_to_staff(person) | _said_to_family(person))
    return with_all(found).order_by("-said_at", "-pk")


def own_statements(person: Person) -> QuerySet[Statement]:
    if not person.is_active:
        return Statement.objects.none()
    return with_all(Statement.objects.filter(_own(person))).order_by("-said_at", "-pk")


def family_statements(person: Person) -> QuerySet[Statement]:
    """Their own, and what others of the family let them read: what "My say" shows."""
    if not person.is_active:
        return Statement.objects.none()
    return with_all(Statement.objects.filter(_own(person) | _said_to_family(person))).order_by("-said_at", "-pk")


def _own(person: Person) -> Q:
    return Q(author__person=person)


def with_all(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    return rows.select_related(*WITH)


def said_to_staff(person: Person) -> Q:
    """What was said to the job in which they stand beside the family; what was said to them alone, while they are paired."""
    beside = families.standing_beside(moment.now()).filter(family=OuterRef("family"), staff_role__person=person)
    as_facilitator = beside.filter(staff_role__role=Job.FACILITATOR)
    to_staff = (Q(audience__in=READS_TEAM) & Exists(beside)) | (
        Q(audience=Audience.FACILITATOR) & Exists(as_facilitator)
    )
    return Q(family__closed_at=None) & (to_staff | _to_them_alone(person))


def _to_them_alone(person: Person) -> Q:
    role = StaffRole.objects.filter(StaffRole.in_force(moment.now()), pk=OuterRef("told_to"), person=person)
    return Q(told_to__person=person) & Exists(role) & Exists(_paired())


def _paired() -> QuerySet[Pairing]:
    return Pairing.objects.filter(
        member__person=OuterRef("author__person"),
        member__family=OuterRef("family"),
        peer=OuterRef("told_to"),
        state__in=Pairing.TAKES_PLACE,
    )


def _said_to_family(person: Person) -> Q:
    """What somebody else of the family lets the family read: the young person it is about, and who raises and may be told.

    By papers only until the 18th birthday; then only whom the young person lets see (45 CFR 164.502(g)(3)).
    """
    place = Member.objects.filter(
        Member.in_force(moment.now()), family=OuterRef("family"), person=person, family__closed_at=None
    )
    household = Member.objects.filter(family__members__person=OuterRef(OuterRef("author__person"))).values("person")
    kept_away = families.kept_away_from(household).filter(hidden_from__person=person)
    papers = LegalAuthority.objects.filter(
        ticks.held(), Member.in_force(moment.now(), "adult__"), adult__person=person, scope__in=IS_TOLD
    )
    by_papers = families.youth_is_minor() & Q(Exists(papers.filter(youth=OuterRef("youth"))))
    bars = ticks.bars_from(OuterRef("youth__person"), person)
    told = (by_papers | Q(Exists(families.lets_see(person)))) & ~Q(Exists(bars))
    barred = LegalAuthority.objects.filter(
        ticks.held(), adult__person=person, scope=LegalAuthority.Scope.NONE, youth__family=OuterRef("family")
    )
    of_all = Q(youth=None) & Exists(papers.filter(youth__family=OuterRef("family"))) & ~Q(Exists(barred))
    raising = Q(Exists(place.filter(role=Member.Role.CAREGIVER))) & (told | of_all)
    theirs = Q(youth__person=person) & Exists(place.filter(role=Member.Role.YOUTH))
    return Q(audience=Audience.FAMILY) & (raising | theirs) & ~Q(Exists(kept_away))


def count_by_state(statements: QuerySet[Statement]) -> dict[str, int]:
    """By state, how many: for the tally above "My say"."""
    rows = statements.order_by().values_list("state").annotate(count=Count("pk"))
    return {str(state): count for state, count in rows}


def is_own(person: Person, statement: Statement) -> bool:
    return statement.author.person_id == person.pk


def has_left(statement: Statement) -> bool:
    """Who said it belongs to the family no more: their words stay theirs, and nothing of what is said and done there since is."""
    author, now = statement.author, moment.now()
    if author.left_at is None or author.left_at > now:
        return False
    there = Member.objects.filter(Member.in_force(now), family=author.family_id, person=author.person_id)
    return not there.exists()


def reaches_author(step: StatementStep, statement: Statement) -> bool:
    """Of one who has left: what happened while they were there, and what they did themselves."""
    left_at = statement.author.left_at
    return step.by_id == statement.author.person_id or left_at is None or step.at < left_at


def may_read_words(person: Person, statement: Statement) -> bool:
    """Of one they may see: what was taken back only who said it reads."""
    return is_own(person, statement) or not statement.is_taken_back


def author_told(statement: Statement) -> Person | None:
    """Who learns what became of it: who said it. For a child without an account the grown-up who may read it, else nobody here."""
    author = statement.author
    if statement.way == Statement.Way.CARDS:
        reader = statement.through
        is_theirs = reader is not None and family_statements(reader).filter(pk=statement.pk).exists()
        return reader if is_theirs else None
    is_there = people.memberships(author.person).filter(pk=author.pk).exists()
    return author.person if is_there and author.person.is_active else None


def steps_of(statements: Iterable[Statement]) -> QuerySet[StatementStep]:
    """Of statements seen through here, oldest first."""
    rows = StatementStep.objects.filter(statement__in=[one.pk for one in statements])
    return rows.select_related("by", "role__person", "item__plan", "version__plan__family__program").order_by(
        "at", "pk"
    )


def voices_of(statements: Iterable[Statement]) -> QuerySet[StatementFile]:
    """Which of them have a voice note; without what is in it."""
    return StatementFile.objects.filter(statement__in=[one.pk for one in statements]).defer("sealed_file")


def transcripts_of(statements: Iterable[Statement]) -> QuerySet[Transcript]:
    """Their texts, the oldest first, without those that who spoke says are not right."""
    rows = Transcript.objects.filter(statement__in=[one.pk for one in statements]).exclude(is_right=False)
    return rows.select_related("by").order_by("at", "pk")


def whole_text(statement: Statement) -> str:
    """All that is written of it, for the screener."""
    return "\n".join([statement.words, *(one.text for one in transcripts_of([statement]))])


def voice_of(person: Person, statement: Statement) -> StatementFile | None:
    """The file itself, for who may read its words."""
    if not may_read_words(person, statement):
        return None
    return StatementFile.objects.filter(statement=statement).first()


def voice_waiting(person: Person, key: UUID) -> StatementFile | None:
    """A voice note that was taken and not sent yet: its maker's alone."""
    return StatementFile.objects.filter(person=person, key=key, statement=None).defer("sealed_file").first()


def item_shown(person: Person, item: Item | None) -> Item | None:
    """A thing of a plan, where this person reads it there."""
    return item if item is not None and care.visible_item(person, item) is not None else None


# -- what its author may do ------------------------------------------------------------------------------------------------


def wider(statement: Statement) -> list[str]:
    """To whom it can be opened beyond those who read it now."""
    order = [one.value for one in Statement.WIDER]
    return order[order.index(statement.audience) + 1 :]


def may_take_back(person: Person, statement: Statement) -> bool:
    return is_own(person, statement) and not statement.is_taken_back


def may_widen(person: Person, statement: Statement) -> bool:
    return may_take_back(person, statement) and bool(wider(statement)) and not has_left(statement)


def may_judge(person: Person, statement: Statement) -> bool:
    """Say whether the answer was one."""
    return is_own(person, statement) and statement.state in Statement.ANSWERS and not has_left(statement)


def is_left_alone(statement: Statement) -> bool:
    """It was said to one person alone, and the two are not paired any more: nobody else was given it."""
    return statement.audience == Audience.ONE and not still_paired().filter(pk=statement.pk).exists()


def still_paired() -> QuerySet[Statement]:
    """Said to one person alone, where that person is still paired with who said it and still works here."""
    role = StaffRole.objects.filter(StaffRole.in_force(moment.now()), pk=OuterRef("told_to"), person__is_active=True)
    return Statement.objects.filter(Exists(role), Exists(_paired()))


# -- who decides -----------------------------------------------------------------------------------------------------------


def deciders(statement: Statement) -> list[Person]:
    """Whose yes decides about the young person it is about, where that is not who said it; nobody where that is no question."""
    youth, author = statement.youth, statement.author
    if youth is None or author.role != Member.Role.CAREGIVER or not people.is_minor(youth.person, youth.family.program):
        return []
    papers = families.papers_over(youth).filter(scope__in=ticks.DECIDES).select_related("adult__person").order_by("pk")
    found = list({one.adult.person_id: one.adult.person for one in papers}.values())
    return [] if author.person_id in {one.pk for one in found} else found


def may_know_names(person: Person, statement: Statement) -> bool:
    """Whether the names of those who decide may stand on this person's page."""
    return not families.is_kept_away(person, statement.author) and (
        statement.youth is None or not families.is_kept_away(person, statement.youth)
    )


def decides_nothing(member: Member, youth: Member) -> bool:
    """A caregiver whose yes is not the one that decides about that young person."""
    return member.role == Member.Role.CAREGIVER and not families.may_give_permission(member.person, youth)
