"""Who may see, open, lead and be in a group, and who reads what was reported in one.

What is said in a group its conversation's people read (portal/access/conversations.py), and nobody else. Who asked to come in,
who is in it and by what name is for those who lead it. The liaisons of the organization see that a group is there, who leads
it and how many are in it, because they answer for its having somebody.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from peer_support.models import Group, GroupMembership, GroupModerator, GroupReport
from portal.access import apart, families, people
from portal.accounts.models import ADULT_AGE, Person
from portal.families.models import Member
from portal.programs.models import Organization, StaffRole
from portal.programs.vocabulary import OrganizationKind

Audience = Group.Audience
State = GroupMembership.State
LIVE = GroupMembership.LIVE

# The jobs of a family organization in which one leads a group.
LEADS = (StaffRole.Role.LIAISON, StaffRole.Role.PEER_PARTNER, StaffRole.Role.YOUTH_MENTOR)
# For whom a group is, by their place in a family.
PLACES = {Member.Role.CAREGIVER: Audience.CAREGIVERS, Member.Role.YOUTH: Audience.YOUTH}
# After these the person finds the group again though it is not offered any more: what became of their place stands there.
KEPT = (*LIVE, State.DECLINED, State.REMOVED)


# -- those who work with groups ----------------------------------------------------------------------------------------


def working_roles(person: Person, *jobs: str) -> QuerySet[StaffRole]:
    """The jobs this person holds now in family organizations, in which one works with groups."""
    return (
        StaffRole.objects.filter(
            StaffRole.in_force(timezone.now()),
            person=person,
            person__is_active=True,
            role__in=jobs or LEADS,
            organization__kind=OrganizationKind.FSO,
        )
        .select_related("organization__program")
        .order_by("pk")
    )


def may_open(person: Person, role: StaffRole) -> bool:
    """A liaison, in that role's own organization."""
    return working_roles(person, StaffRole.Role.LIAISON).filter(pk=role.pk).exists()


def possible_leads(organization: Organization) -> QuerySet[StaffRole]:
    return (
        StaffRole.objects.filter(
            StaffRole.in_force(timezone.now()), organization=organization, role__in=LEADS, person__is_active=True
        )
        .select_related("person", "organization")
        .order_by("person__display_name", "pk")
    )


def liaisons_of(organization: Organization) -> QuerySet[StaffRole]:
    return possible_leads(organization).filter(role=StaffRole.Role.LIAISON)


def moderators(group: Group) -> QuerySet[GroupModerator]:
    """Who leads it now: whoever sees the group may know them."""
    return (
        GroupModerator.objects.filter(GroupModerator.in_force(timezone.now()), group=group)
        .select_related("staff_role__person")
        .order_by("pk")
    )


def _led_by(person: Person, group: str) -> Exists:
    """Inside another query: that the person leads the group it names, now."""
    now = timezone.now()
    return Exists(
        GroupModerator.objects.filter(GroupModerator.in_force(now), group=OuterRef(group), staff_role__person=person)
    )


def may_lead(person: Person, group: Group) -> bool:
    """See who asked and who is in it, let them in or not, take them out."""
    return moderators(group).filter(staff_role__person=person).exists()


def is_liaison_of(person: Person, group: Group) -> bool:
    return working_roles(person, StaffRole.Role.LIAISON).filter(organization=group.organization_id).exists()


def may_keep(person: Person, group: Group) -> bool:
    """Pause it, let it go on, close it: who leads it, and the liaisons of its organization."""
    return may_lead(person, group) or is_liaison_of(person, group)


def may_end_lead(person: Person, moderator: GroupModerator) -> bool:
    """Step back oneself; or the organization's liaison."""
    return moderator.staff_role.person_id == person.pk or is_liaison_of(person, moderator.group)


def led_memberships(person: Person) -> QuerySet[GroupMembership]:
    """Who waits for a place or has one, in the groups this person leads; nobody from whom they are kept away."""
    return (
        GroupMembership.objects.filter(_led_by(person, "group"), state__in=LIVE)
        .exclude(person__in=apart.kept_from(person).values("person"))
        .select_related("person", "member", "group__organization__program", "group__conversation")
        .order_by("asked_at", "pk")
    )


def may_decide(person: Person, membership: GroupMembership) -> bool:
    """Nobody decides, as staff, about their own people."""
    return (
        led_memberships(person).filter(pk=membership.pk).exists()
        and membership.person_id != person.pk
        and not families.was_ever_in(person, membership.member.family)
    )


def to_do(person: Person) -> int | None:
    """How many people wait for an answer of this person, and messages for a look; None for who does not work with groups."""
    if not working_roles(person).exists():
        return None
    return led_memberships(person).filter(state=State.ASKED).count() + open_reports(person).count()


# -- families ----------------------------------------------------------------------------------------------------------


def visible_groups(person: Person) -> QuerySet[Group]:
    """Those offered to the person's own place in a family, those in which they had a place, those of their organization."""
    return _groups(person, _theirs(person) | _at_work(person))


def family_groups(person: Person) -> QuerySet[Group]:
    """Of these, the ones that are for the person themselves."""
    return _groups(person, _theirs(person))


def work_groups(person: Person) -> QuerySet[Group]:
    """Of these, the ones of their job."""
    return _groups(person, _at_work(person))


def led_groups(person: Person) -> QuerySet[Group]:
    return _groups(person, Q(_led_by(person, "pk")))


def _groups(person: Person, which: Q) -> QuerySet[Group]:
    if not person.is_active:
        return Group.objects.none()
    return Group.objects.filter(which).select_related("organization__program", "conversation").order_by("name", "pk")


def _theirs(person: Person) -> Q:
    mine = GroupMembership.objects.filter(group=OuterRef("pk"), person=person, state__in=KEPT)
    return (_offered(person) | Q(Exists(mine))) & ~Q(_led_by_protected(person))


def _led_by_protected(person: Person) -> Exists:
    """Inside a query over groups: somebody leads it from whom, or from whose family, the person is kept away.

    Its page says who leads it, when and where: it is not theirs to find.
    """
    leads = GroupModerator.objects.filter(GroupModerator.in_force(timezone.now()), group=OuterRef("pk"))
    return Exists(leads.filter(staff_role__person__in=apart.kept_from(person).values("person")))


def _at_work(person: Person) -> Q:
    return Q(organization__in=working_roles(person).values("organization")) | Q(_led_by(person, "pk"))


def _offered(person: Person) -> Q:
    """Not closed, of the family's own programme, for people like them, and not only for another region than theirs."""
    found = Q(pk__in=())
    for member in people.memberships(person):
        if member.role in PLACES:
            found |= Q(
                organization__program=member.family.program_id,
                audience=PLACES[Member.Role(member.role)],
                region__in=["", member.family.region],
            )
    return found & ~Q(state=Group.State.CLOSED)


def has_place(person: Person) -> bool:
    """A place in a family that groups are for."""
    return any(member.role in PLACES for member in people.memberships(person))


def has_groups(person: Person) -> bool:
    """Has a page of groups: such a place, a job with groups, or what became of a place in one."""
    return has_place(person) or working_roles(person).exists() or visible_groups(person).exists()


def place_for(person: Person, group: Group) -> Member | None:
    """The place in a family by which the person may be in this group: nothing where it is not for people like them."""
    for member in people.memberships(person):
        is_near = group.region in {"", member.family.region}
        if is_near and member.family.program_id == group.organization.program_id and fits(member, group):
            return member
    return None


def fits(member: Member, group: Group) -> bool:
    """A caregiver known to be an adult; a young person known to be under 18. In doubt about somebody's age: neither."""
    if PLACES.get(Member.Role(member.role)) != group.audience:
        return False
    today = group.organization.program.today()
    if group.audience == Audience.CAREGIVERS:
        return not member.person.is_minor_on(today)
    age = member.person.age_on(today)
    return age is not None and age < ADULT_AGE


def own_membership(person: Person, group: Group) -> GroupMembership | None:
    """How the person stands to this group: the latest row."""
    return GroupMembership.objects.filter(person=person, group=group).order_by("-pk").first()


def own_memberships(person: Person) -> dict[int, GroupMembership]:
    """The same for every group, by its key."""
    rows = GroupMembership.objects.filter(person=person).order_by("pk")
    return {row.group_id: row for row in rows}


def may_ask(person: Person, group: Group) -> bool:
    """Ask for a place: not who has one or waits, leads it, or was taken out of it by somebody."""
    if not person.is_active or group.state != Group.State.OPEN or may_lead(person, group):
        return False
    taken = GroupMembership.objects.filter(group=group, person=person)
    if taken.filter(Q(state__in=LIVE) | Q(removed_by__isnull=False)).exists():
        return False
    return place_for(person, group) is not None


def has_yet_to_ask(person: Person) -> bool:
    """There is a group they could ask for, and they never asked for any."""
    if GroupMembership.objects.filter(person=person).exists():
        return False
    return any(may_ask(person, group) for group in visible_groups(person).filter(state=Group.State.OPEN)[:5])


def may_report(person: Person, group: Group) -> bool:
    """Whoever has a place in it. Those who lead it can act themselves."""
    return group.conversation_id is not None and _in_it(group).filter(person=person, person__is_active=True).exists()


def visible_reports(person: Person) -> QuerySet[GroupReport]:
    """For those who lead the group, never for whoever wrote the message; about one of those who lead it also for the liaisons.

    Who reported it is shown to nobody.
    """
    leads_it = GroupModerator.objects.filter(group=OuterRef("group"), staff_role__person=OuterRef("author"))
    answers_for = Q(group__organization__in=working_roles(person, StaffRole.Role.LIAISON).values("organization"))
    return (
        GroupReport.objects.filter(_led_by(person, "group") | (answers_for & Exists(leads_it)))
        .exclude(author=person)
        .exclude(reported_by=person)
        .select_related("group__organization__program", "group__conversation")
        .order_by("reported_at", "pk")
    )


def open_reports(person: Person) -> QuerySet[GroupReport]:
    return visible_reports(person).filter(settled_at=None)


def own_reports(person: Person, group: Group) -> QuerySet[GroupReport]:
    return GroupReport.objects.filter(reported_by=person, group=group).order_by("-reported_at")


# -- places ------------------------------------------------------------------------------------------------------------


def _in_it(group: Group) -> QuerySet[GroupMembership]:
    return GroupMembership.objects.filter(group=group, state=State.ADMITTED)


def places_taken(group: Group) -> int:
    """Asked under a lock on the group, nobody can take one more meanwhile."""
    return _in_it(group).count()


def with_counts(groups: QuerySet[Group]) -> QuerySet[Group]:
    """Each with `waiting` and `within`, how many people."""
    return groups.annotate(
        waiting=Count("memberships", filter=Q(memberships__state=State.ASKED)),
        within=Count("memberships", filter=Q(memberships__state=State.ADMITTED)),
    )


def everyone_in(group: Group) -> set[int]:
    """Those with a place and those who lead it."""
    return {
        *_in_it(group).values_list("person_id", flat=True),
        *moderators(group).values_list("staff_role__person", flat=True),
    }


def may_meet(newcomers: set[int], group: Group) -> bool:
    """Whether these people can be in the group with all who are, as members or as leads. Why not is for nobody to know."""
    today = group.organization.program.today()
    pairs = apart.kept_apart(newcomers | everyone_in(group), today)
    return not any(newcomers & set(pair) for pair in pairs)


# -- what has to be done by itself -------------------------------------------------------------------------------------


def lacking_a_lead() -> QuerySet[Group]:
    """Open ones that nobody leads any more."""
    leads = GroupModerator.objects.filter(GroupModerator.in_force(timezone.now()), group=OuterRef("pk"))
    return Group.objects.filter(~Exists(leads), state=Group.State.OPEN).order_by("pk")


def no_longer_theirs() -> list[GroupMembership]:
    """Places of people who left the family or whose account or case was closed, and of whom the group is not for any more.

    Whose age turns out to be another than was thought is among them, and who came of age.
    """
    rows = (
        GroupMembership.objects.filter(_in_doubt(), state__in=LIVE)
        .select_related("person", "member__person", "member__family", "group__organization__program")
        .order_by("pk")
    )
    return [row for row in rows if not still_belongs(row)]


def _in_doubt() -> Q:
    """Wide enough for every zone of ours: what it finds is looked at closely."""
    now = timezone.now()
    birthday = (now - dt.timedelta(days=ADULT_AGE * 365)).date()  # some days before the 18th one, never after it
    young = Q(person__born_on__gt=birthday - dt.timedelta(days=10))
    unknown = Q(person__born_on=None)
    return (
        Q(person__is_active=False)
        | Q(member__left_at__lte=now)
        | Q(member__family__closed_at__isnull=False)
        | (Q(group__audience=Audience.CAREGIVERS) & (young | (unknown & Q(person__adult_confirmed_at=None))))
        | (Q(group__audience=Audience.YOUTH) & (unknown | Q(person__born_on__lte=birthday)))
    )


def still_belongs(membership: GroupMembership) -> bool:
    member, now = membership.member, timezone.now()
    return (
        membership.person.is_active
        and (member.left_at is None or member.left_at > now)
        and member.family.closed_at is None
        and fits(member, membership.group)
    )


def to_be_kept_apart() -> list[Group]:
    """Groups in which two meet who must not.

    Only groups that somebody is in who is kept away from anybody are looked at closely: they are few.
    """
    kept_away = apart.all_kept_away(timezone.now().astimezone(dt.UTC).date())
    if not kept_away:
        return []
    within = GroupMembership.objects.filter(person__in=kept_away, group=OuterRef("pk"), state=State.ADMITTED)
    leads = GroupModerator.objects.filter(
        GroupModerator.in_force(timezone.now()), staff_role__person__in=kept_away, group=OuterRef("pk")
    )
    groups = Group.objects.filter(Exists(within) | Exists(leads))
    return [one for one in groups.select_related("organization__program").order_by("pk") if kept_away_in(one)]


def kept_away_in(group: Group) -> set[int]:
    """Who of those in it is kept away from somebody else in it."""
    pairs = apart.kept_apart(everyone_in(group), group.organization.program.today())
    return {kept_away for kept_away, _protected in pairs}
