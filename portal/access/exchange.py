"""What may leave for another system, for whom; and who answers where another system says something else than the family wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from portal.access import care, covering, enrollment, families, people, proposals, releases
from portal.access import meetings as meetings_access
from portal.access import team as team_access
from portal.access.care import Part, Reader
from portal.accounts.models import Person
from portal.care.kinds import KINDS
from portal.care.models import Change, Difference, ForeignRecord, Item, Plan, Seat, TeamMeeting
from portal.families.models import AccessBasis, Category, Family, LegalAuthority, Member, Release
from portal.programs.models import Program, StaffRole

BESIDE = (StaffRole.Role.LIAISON, StaffRole.Role.FACILITATOR)


# -- out -----------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Sheet:
    """All of one plan that one reader, or one release, lets leave."""

    plan: Plan
    items: list[Item]
    seats: list[Seat]
    meetings: list[TeamMeeting]
    releases: list[Release]
    members: list[Member]  # of the family, the young person among them
    knows_days: frozenset[int]  # of these, whose day of birth goes with it
    knows_places: frozenset[int]  # whose address does
    papers: list[LegalAuthority]
    sees_reach: bool
    identifiers: list[tuple[str, str]]  # by which other systems know the young person
    left_out: dict[str, int]  # what FHIR has no place for, of what this reader sees
    by_release: Release | None = None


def family_with(public_id: UUID) -> Family | None:
    return Family.objects.select_related("program").filter(public_id=public_id).first()


def person_with(text: str) -> Person | None:
    """By public id or e-mail address."""
    try:
        return Person.objects.filter(public_id=UUID(text)).first()
    except ValueError:
        return Person.objects.filter(email=text.strip().lower()).first()


def role_beside(person: Person, program: Program) -> StaffRole | None:
    """As what somebody brings records in: a liaison or facilitator of that programme, who then stands beside the family."""
    rows = people.staff_roles(person).filter(organization__program=program, role__in=BESIDE, person__is_active=True)
    return rows.first()


def readable_sheets(person: Person, family: Family) -> list[Sheet]:
    """For each young person whose plan that person reads: the open plan, else the newest."""
    found: dict[int, Sheet] = {}
    plans = care.asked_plans(person).filter(family=family).order_by("youth", "closed_at", "-pk")
    for plan, reader in care.read_plans(person, plans):
        known = found.get(plan.youth_id)
        if known is None or (plan.is_open and not known.plan.is_open):
            found[plan.youth_id] = _for_reader(reader, plan)
    return list(found.values())


def _for_reader(reader: Reader, plan: Plan) -> Sheet:
    person = reader.person
    whole = reader.part != Part.SUPPORT
    team = team_access.team_of(reader, plan)
    members = [one for one in families.visible_members(person, plan.family) if _is_of(one, plan)] if whole else []
    if plan.youth not in members:
        members.insert(0, plan.youth)
    is_staff = reader.part == Part.STAFF
    items = care.visible_items(reader, plan)
    return Sheet(
        plan=plan,
        items=items,
        seats=[seat for seat in team.everyone if seat.access_basis == AccessBasis.PARENT],
        meetings=meetings_access.meetings_of(reader, plan),
        releases=releases.visible_releases(person, plan.youth) if whole else [],
        members=members,
        knows_days=frozenset(
            one.pk for one in members if is_staff or one.person_id == person.pk or (whole and one.pk == plan.youth_id)
        ),
        knows_places=frozenset(one.pk for one in members if families.may_see_whereabouts(person, one)),
        papers=_papers(plan) if is_staff else [],
        sees_reach=team.sees_reach,
        identifiers=_identifiers(plan.youth) if is_staff or reader.part == Part.YOUNG else [],
        left_out=_left_out(items),
    )


def _is_of(member: Member, plan: Plan) -> bool:
    return member.role != Member.Role.YOUTH or member.pk == plan.youth_id


def _papers(plan: Plan) -> list[LegalAuthority]:
    today = plan.family.program.today()
    rows = LegalAuthority.objects.filter(LegalAuthority.in_force(today), youth=plan.youth_id)
    return list(rows.select_related("adult").order_by("pk"))


def _identifiers(youth: Member) -> list[tuple[str, str]]:
    rows = ForeignRecord.objects.filter(kind="Patient", row_kind="member", row_id=youth.pk).order_by("pk")
    return list(rows.values_list("system", "foreign_id"))


def _left_out(items: list[Item]) -> dict[str, int]:
    """Counted of what leaves alone: a count of what stays closed would tell that it is there."""
    versions = Change.objects.filter(item__in=[item.pk for item in items]).count()
    return {"what items said before": max(versions - len(items), 0)}


def covered_sheet(family: Family, public_id: UUID) -> Sheet | None:
    """What a consent to share lets leave at this moment; None where none of that id holds for this family."""
    release = releases.release_in_force(public_id)
    if release is None or release.youth.family_id != family.pk:
        return None
    plan = releases.plan_of(release.youth)
    if plan is None:
        return None
    covers_team = Category.TEAM in releases.categories_of(release)
    seats, meetings = _open_team(plan) if covers_team else ([], [])
    items = covering.covered_items(release, plan)
    return Sheet(
        plan=plan,
        items=items,
        seats=seats,
        meetings=meetings,
        releases=[release],
        members=[plan.youth],
        knows_days=frozenset({plan.youth_id}),
        knows_places=frozenset(),
        papers=[],
        sees_reach=False,
        identifiers=[],  # a number of another system opens that system's record, which no consent here covers
        left_out=_left_out(items),
        by_release=release,
    )


def hold(sheet: Sheet) -> None:
    """Until the transaction ends nobody takes the consent back: whoever tries, waits, and it counts from then on."""
    if sheet.by_release is not None:
        Release.objects.select_for_update().get(pk=sheet.by_release.pk)


def _open_team(plan: Plan) -> tuple[list[Seat], list[TeamMeeting]]:
    """Of a plan and seats that rest on a parent's consent alone: a tick for the team opens no closed help."""
    if plan.access_basis != "parent" or enrollment.basis_of_cases(plan.youth) != "parent":
        return [], []
    seats = [seat for seat in team_access.everyone(plan) if seat.is_in and seat.access_basis == "parent"]
    return seats, list(TeamMeeting.objects.filter(plan=plan).order_by("starts_at", "pk"))


# -- where another system says something else ----------------------------------------------------------------------------


def is_the_familys(item: Item) -> bool:
    """Their own words, or last changed by one of them: nobody else's word takes its place."""
    if KINDS[item.kind].is_own_word or item.standing == Item.Standing.AGREED:
        return True
    last = Change.objects.filter(item=item).order_by("-version__number").values_list("version__by", flat=True).first()
    return Member.objects.filter(family=item.plan.family_id, person=last).exists()


def asked_about(item: Item) -> list[Person]:
    """Who picks: of the family whoever may change it; of somebody's own words they alone."""
    return [reader.person for reader in care.readers_of(item.plan) if may_answer(reader, item)]


def may_answer(reader: Reader, item: Item, seen: Iterable[Item] | None = None) -> bool:
    """`seen`: what that reader sees of the plan, where it is at hand."""
    if reader.part not in {Part.YOUNG, Part.RAISING, Part.TOLD}:
        return False
    known = {one.pk for one in (care.visible_items(reader, item.plan) if seen is None else seen)}
    may = care.may_change(reader, item) or (item.is_asked_about and proposals.may_decide(reader, item))
    return item.pk in known and item.plan.is_open and may


def open_differences(reader: Reader, plan: Plan, seen: Iterable[Item]) -> list[Difference]:
    """Those this reader can answer, the oldest first. `seen`: what they see of the plan."""
    here = list(seen)
    rows: QuerySet[Difference] = Difference.objects.filter(item__plan=plan, item__removed_at=None, answer="")
    found = rows.select_related("item__plan__family__program", "item__plan__youth", "item__parent", "record")
    return [one for one in found.order_by("pk") if may_answer(reader, one.item, here)]


def has_open_differences(reader: Reader, plan: Plan, seen: Iterable[Item]) -> bool:
    """Of a plan that came with it (`care.asked_plans`): a plan's page has few questions to spend."""
    could_be_asked = reader.part in {Part.YOUNG, Part.RAISING, Part.TOLD}
    return could_be_asked and getattr(plan, "has_differences", True) and bool(open_differences(reader, plan, seen))


def difference_for(reader: Reader, plan: Plan, public_id: UUID) -> Difference | None:
    """One of those this reader can answer or could have: answered meanwhile, it is still found."""
    row = Difference.objects.filter(item__plan=plan, public_id=public_id).select_related("item__plan", "item__parent")
    found = row.first()
    return found if found is not None and may_answer(reader, found.item) else None
