"""Who may see and do what: viewer x thing x operation, as tables that a person can read and argue with.

A dash means: not, and no sign that it exists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from messaging import actions as messaging
from messaging.models import Conversation, Participant
from peer_support import actions as peer_support
from peer_support.models import Pairing
from portal.access import (
    Refused,
    content,
    conversations,
    families,
    helping,
    notices,
    pairings,
    people,
    record,
    require,
    skills,
    support,
)
from portal.accounts.models import Person
from portal.audit.actions import record as write
from portal.audit.models import Entry
from portal.families import actions as family_actions
from portal.families.models import Family, LegalAuthority, Member, NoContact, StaffAssignment
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.programs.actions import appoint
from portal.programs.models import StaffRole
from tests.access.table import hold
from tests.world import VIEWERS, World

DAY = dt.timedelta(days=1)


def soon() -> dt.datetime:
    return timezone.now() + DAY


def lately() -> dt.datetime:
    return timezone.now() - DAY


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    """Lets a test say what time it is."""

    def set_clock(moment: dt.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


def names(world: World, people: Iterable[Person]) -> set[str]:
    by_pk = {getattr(world, viewer).pk: viewer for viewer in VIEWERS}
    return {by_pk[person.pk] for person in people}


def viewers(world: World, sees: Callable[[Person], bool]) -> set[str]:
    """Everyone of the cast for whom this is true."""
    return {viewer for viewer in VIEWERS if sees(getattr(world, viewer))}


def change(row: Any, **fields: Any) -> None:
    """Bring a row into a state for which there is no action (yet): a date in the future, a closed family."""
    type(row)._default_manager.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()


# -- a refusal ---------------------------------------------------------------------------------------------------------


def test_what_is_not_allowed_raises_a_refusal() -> None:
    require(True)
    with pytest.raises(Refused):
        require(False)


# -- families ----------------------------------------------------------------------------------------------------------

FAMILIES = """
                     family  stranger_family  faraway_family
caregiver            yes     -                -
second_caregiver     yes     -                -
youth                yes     -                -
child                yes     -                -
natural_support      -       -                -
peer                 -       -                -
second_peer          -       -                -
mentor               -       -                -
liaison              yes     -                -
facilitator          yes     -                -
coordinator          -       -                -
lead                 -       -                -
supervisor           -       -                -
stranger_caregiver   -       yes              -
stranger_youth       -       yes              -
stranger_peer        -       -                -
stranger_liaison     -       yes              -
faraway_caregiver    -       -                yes
faraway_youth        -       -                yes
faraway_peer         -       -                -
faraway_liaison      -       -                yes
"""

STAFF_OF_FAMILIES = """
                     family  stranger_family  faraway_family
caregiver            -       -                -
second_caregiver     -       -                -
youth                -       -                -
child                -       -                -
natural_support      -       -                -
peer                 -       -                -
second_peer          -       -                -
mentor               -       -                -
liaison              yes     -                -
facilitator          yes     -                -
coordinator          -       -                -
lead                 -       -                -
supervisor           -       -                -
stranger_caregiver   -       -                -
stranger_youth       -       -                -
stranger_peer        -       -                -
stranger_liaison     -       yes              -
faraway_caregiver    -       -                -
faraway_youth        -       -                -
faraway_peer         -       -                -
faraway_liaison      -       -                yes
"""

LIAISONS_OF_FAMILIES = STAFF_OF_FAMILIES.replace("facilitator          yes", "facilitator          -  ")


def test_who_sees_which_family(world: World) -> None:
    hold(world, FAMILIES, lambda viewer, name: getattr(world, name) in families.visible_families(viewer))


def test_who_stands_beside_which_family_as_staff(world: World) -> None:
    hold(world, STAFF_OF_FAMILIES, lambda viewer, name: getattr(world, name) in families.assigned_families(viewer))


def test_who_is_the_liaison_of_which_family(world: World) -> None:
    hold(world, LIAISONS_OF_FAMILIES, lambda viewer, name: getattr(world, name) in families.liaison_families(viewer))


def test_who_may_change_which_family(world: World) -> None:
    hold(world, STAFF_OF_FAMILIES, lambda viewer, name: families.may_change_family(viewer, getattr(world, name)))


MEMBERS = """
                     family   stranger_family  faraway_family
caregiver            everyone nobody           nobody
second_caregiver     everyone nobody           nobody
youth                everyone nobody           nobody
child                everyone nobody           nobody
natural_support      nobody   nobody           nobody
peer                 nobody   nobody           nobody
second_peer          nobody   nobody           nobody
mentor               nobody   nobody           nobody
liaison              everyone nobody           nobody
facilitator          everyone nobody           nobody
coordinator          nobody   nobody           nobody
lead                 nobody   nobody           nobody
supervisor           nobody   nobody           nobody
stranger_caregiver   nobody   everyone         nobody
stranger_youth       nobody   everyone         nobody
stranger_peer        nobody   nobody           nobody
stranger_liaison     nobody   everyone         nobody
faraway_caregiver    nobody   nobody           everyone
faraway_youth        nobody   nobody           everyone
faraway_peer         nobody   nobody           nobody
faraway_liaison      nobody   nobody           everyone
"""


def test_who_sees_the_people_of_which_family(world: World) -> None:
    def answer(viewer: Person, name: str) -> str:
        family = getattr(world, name)
        seen = set(families.visible_members(viewer, family))
        assert seen in (set(), set(family.members.all()))
        return "everyone" if seen else "nobody"

    hold(world, MEMBERS, answer)


def test_a_family_lists_its_people_in_the_order_they_came(world: World) -> None:
    seen = [member.person for member in families.visible_members(world.child, world.family)]
    assert seen == [world.caregiver, world.second_caregiver, world.youth, world.child, world.natural_support]


def test_who_left_a_family_neither_sees_it_nor_is_seen(world: World) -> None:
    change(world.second_caregiver_member, left_at=lately())
    assert not families.visible_families(world.second_caregiver)
    assert world.second_caregiver_member not in families.visible_members(world.caregiver, world.family)


def test_who_leaves_tomorrow_still_belongs_today(world: World) -> None:
    change(world.second_caregiver_member, left_at=soon())
    assert world.family in families.visible_families(world.second_caregiver)
    assert world.second_caregiver_member in families.visible_members(world.caregiver, world.family)


def test_who_joins_tomorrow_sees_nothing_today(world: World) -> None:
    change(world.second_caregiver_member, joined_at=soon())
    assert not families.visible_families(world.second_caregiver)
    assert world.second_caregiver_member not in families.visible_members(world.caregiver, world.family)


def test_a_closed_family_is_seen_by_nobody(world: World) -> None:
    change(world.family, closed_at=lately())
    assert viewers(world, lambda viewer: world.family in families.visible_families(viewer)) == set()
    assert viewers(world, lambda viewer: world.family in families.assigned_families(viewer)) == set()
    assert viewers(world, lambda viewer: families.visible_members(viewer, world.family).exists()) == set()
    assert viewers(world, lambda viewer: families.may_change_family(viewer, world.family)) == set()
    assert viewers(world, lambda viewer: families.may_see_whereabouts(viewer, world.youth_member)) == {"youth"}


@pytest.mark.parametrize("ends_on", ["liaison_assignment", "liaison_role"])
def test_a_liaison_sees_the_family_until_the_assignment_or_the_job_ends(world: World, ends_on: str) -> None:
    change(getattr(world, ends_on), ended_at=soon())
    assert world.family in families.visible_families(world.liaison)
    change(getattr(world, ends_on), ended_at=lately())
    assert not families.visible_families(world.liaison)
    assert not families.visible_members(world.liaison, world.family)
    assert not families.may_change_family(world.liaison, world.family)


@pytest.mark.parametrize("starts_with", ["liaison_assignment", "liaison_role"])
def test_a_liaison_who_starts_tomorrow_sees_nothing_today(world: World, starts_with: str) -> None:
    change(getattr(world, starts_with), started_at=soon())
    assert not families.visible_families(world.liaison)


@pytest.mark.parametrize("role", ["peer_role", "mentor_role", "coordinator_role", "lead_role"])
def test_other_jobs_do_not_open_a_family_even_when_assigned_to_it(world: World, role: str) -> None:
    held = getattr(world, role)
    family_actions.assign(actor=world.liaison, family=world.family, staff_role=held)
    assert not families.visible_families(held.person)
    assert not families.may_change_family(held.person, world.family)


def test_a_peer_partner_who_has_a_family_of_her_own_sees_that_one_and_no_other(world: World) -> None:
    family_actions.add_member(
        actor=world.stranger_liaison,
        family=world.stranger_family,
        person=world.peer,
        role=Member.Role.CAREGIVER,
        evidence="Seen",
    )
    assert list(families.visible_families(world.peer)) == [world.stranger_family]
    assert list(conversations.visible_conversations(world.peer)) == [world.conversation]
    assert list(pairings.visible_pairings(world.peer)) == [world.pairing]


@pytest.mark.parametrize("place", Member.Role.values)
def test_nobody_works_on_the_family_they_belong_to(world: World, place: str) -> None:
    """Whatever their place in it, and also when they have left it since."""
    mine = family_actions.add_member(
        actor=world.facilitator,
        family=world.family,
        person=world.liaison,
        role=Member.Role(place),
        evidence="Seen",
        relation="cousin",
    )
    for left_at in (None, lately()):
        change(mine, joined_at=lately() - DAY, left_at=left_at)
        assert not families.assigned_families(world.liaison)
        assert not families.may_change_family(world.liaison, world.family)
        assert (
            not families.may_see_whereabouts(world.liaison, world.natural_support_member) or place != "natural_support"
        )
        assert not pairings.may_propose(world.liaison, world.caregiver_member, world.second_peer_role)
        assert not pairings.may_end(world.liaison, world.pairing)
        assert not pairings.visible_pairings(world.liaison)
        assert not families.may_invite(world.liaison, world.caregiver)


# -- whereabouts -------------------------------------------------------------------------------------------------------

WHEREABOUTS = """
                     caregiver_member  second_caregiver_member  youth_member  natural_support_member  stranger_youth_member
caregiver            yes               yes                      yes           yes                     -
second_caregiver     yes               yes                      yes           yes                     -
youth                yes               yes                      yes           yes                     -
child                yes               yes                      yes           yes                     -
natural_support      -                 -                        -             yes                     -
peer                 -                 -                        -             -                       -
second_peer          -                 -                        -             -                       -
mentor               -                 -                        -             -                       -
liaison              yes               yes                      yes           yes                     -
facilitator          yes               yes                      yes           yes                     -
coordinator          -                 -                        -             -                       -
lead                 -                 -                        -             -                       -
supervisor           -                 -                        -             -                       -
stranger_caregiver   -                 -                        -             -                       yes
stranger_youth       -                 -                        -             -                       yes
stranger_peer        -                 -                        -             -                       -
stranger_liaison     -                 -                        -             -                       yes
faraway_caregiver    -                 -                        -             -                       -
faraway_youth        -                 -                        -             -                       -
faraway_peer         -                 -                        -             -                       -
faraway_liaison      -                 -                        -             -                       -
"""

# The second caregiver is kept away from the first: he learns nobody's whereabouts but his own, for the children or a
# neighbour may be where she is. For everybody else, her too, nothing changes.
WHEREABOUTS_KEPT_APART = WHEREABOUTS.replace(
    "second_caregiver     yes               yes                      yes           yes",
    "second_caregiver     -                 yes                      -             -  ",
)


def test_who_may_know_where_somebody_is(world: World) -> None:
    hold(world, WHEREABOUTS, lambda viewer, name: families.may_see_whereabouts(viewer, getattr(world, name)))


def test_a_no_contact_flag_hides_one_adult_and_her_household_from_the_other_and_not_him_from_her(world: World) -> None:
    world.keep_apart()
    hold(
        world,
        WHEREABOUTS_KEPT_APART,
        lambda viewer, name: families.may_see_whereabouts(viewer, getattr(world, name)),
    )


def test_a_no_contact_flag_holds_until_its_end_and_not_longer(world: World) -> None:
    flag = world.keep_apart()
    change(flag, ended_at=soon())
    assert not families.may_see_whereabouts(world.second_caregiver, world.caregiver_member)
    family_actions.end_no_contact(actor=world.liaison, flag=world.keep_apart())
    change(flag, ended_at=lately())
    assert families.may_see_whereabouts(world.second_caregiver, world.caregiver_member)


def test_a_flag_that_protects_the_youth_hides_also_the_parent_the_youth_may_live_with(world: World) -> None:
    family_actions.set_no_contact(
        actor=world.liaison,
        protected=world.youth_member,
        hidden_from=world.second_caregiver_member,
        reason="Court order",
    )
    seen = viewers(world, lambda viewer: families.may_see_whereabouts(viewer, world.caregiver_member))
    assert seen == {"caregiver", "youth", "child", "liaison", "facilitator"}


def test_a_flag_holds_in_every_family_the_two_have_a_child_in(world: World) -> None:
    """His household is a family of its own: the children in it are still the way to her."""
    world.keep_apart()
    _his_own, the_childs = (
        family_actions.add_member(
            actor=world.stranger_liaison, family=world.stranger_family, person=person, role=place, evidence="Seen"
        )
        for person, place in ((world.second_caregiver, Member.Role.CAREGIVER), (world.child, Member.Role.YOUTH))
    )
    assert not families.may_see_whereabouts(world.second_caregiver, the_childs)
    assert families.may_see_whereabouts(world.second_caregiver, world.stranger_caregiver_member)
    assert families.may_see_whereabouts(world.stranger_caregiver, the_childs)


def test_a_youth_can_be_kept_away_from_a_caregiver(world: World) -> None:
    family_actions.set_no_contact(
        actor=world.liaison, protected=world.second_caregiver_member, hidden_from=world.youth_member, reason="Order"
    )
    assert not families.may_see_whereabouts(world.youth, world.second_caregiver_member)
    assert families.may_see_whereabouts(world.child, world.second_caregiver_member)


def test_where_somebody_went_who_left_is_for_staff_and_themselves(world: World) -> None:
    change(world.caregiver_member, left_at=lately())
    seen = viewers(world, lambda viewer: families.may_see_whereabouts(viewer, world.caregiver_member))
    assert seen == {"caregiver", "liaison", "facilitator"}


def test_an_adult_whom_a_court_has_barred_does_not_learn_where_the_youth_is(world: World) -> None:
    bar(world, world.second_caregiver_member)
    seen = viewers(world, lambda viewer: families.may_see_whereabouts(viewer, world.youth_member))
    assert seen == {"caregiver", "youth", "child", "liaison", "facilitator"}
    assert families.may_see_whereabouts(world.second_caregiver, world.child_member)


def bar(world: World, adult: Member) -> LegalAuthority:
    return family_actions.record_authority(
        actor=world.liaison,
        adult=adult,
        youth=world.youth_member,
        scope=LegalAuthority.Scope.NONE,
        evidence="Court order seen",
        starts_on=world.program.today(),
    )


def test_from_the_eighteenth_birthday_on_a_youths_whereabouts_are_the_youths(
    world: World, at: Callable[[dt.datetime], None]
) -> None:
    change(world.youth, born_on=dt.date(2008, 5, 7))
    zone = ZoneInfo("America/Chicago")
    adults = {"caregiver", "second_caregiver", "child"}
    staff = {"youth", "liaison", "facilitator"}
    start_of_membership(world, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    for moment, expected in (
        (dt.datetime(2026, 5, 6, 23, 59, 59, tzinfo=zone), adults | staff),
        (dt.datetime(2026, 5, 7, 0, 0, tzinfo=zone), staff),
    ):
        at(moment)
        member = Member.objects.get(pk=world.youth_member.pk)
        assert viewers(world, lambda viewer, it=member: families.may_see_whereabouts(viewer, it)) == expected  # type: ignore[misc]


def start_of_membership(world: World, moment: dt.datetime) -> None:
    """As if everybody had come at that moment, for tests that turn the clock."""
    Member.objects.update(joined_at=moment)
    StaffRole.objects.update(started_at=moment)
    StaffAssignment.objects.update(started_at=moment)
    Participant.objects.update(joined_at=moment)


# -- legal authority ---------------------------------------------------------------------------------------------------

AUTHORITY = """
                     youth_member  child_member  stranger_youth_member
caregiver            full          none          none
second_caregiver     school        none          none
youth                none          none          none
child                none          none          none
natural_support      none          none          none
peer                 none          none          none
second_peer          none          none          none
mentor               none          none          none
liaison              none          none          none
facilitator          none          none          none
coordinator          none          none          none
lead                 none          none          none
supervisor           none          none          none
stranger_caregiver   none          none          full
stranger_youth       none          none          none
stranger_peer        none          none          none
stranger_liaison     none          none          none
faraway_caregiver    none          none          none
faraway_youth        none          none          none
faraway_peer         none          none          none
faraway_liaison      none          none          none
"""


def test_who_has_shown_what_authority_over_whom(world: World) -> None:
    """Living together gives none: nobody has shown a paper about the younger one."""

    def answer(viewer: Person, name: str) -> str:
        authority = families.authority_over(viewer, getattr(world, name))
        return authority.scope if authority else "none"

    hold(world, AUTHORITY, answer)


PERMISSION = """
                     youth_member  child_member  stranger_youth_member
caregiver            yes           -             -
second_caregiver     -             -             -
youth                -             -             -
child                -             -             -
natural_support      -             -             -
peer                 -             -             -
second_peer          -             -             -
mentor               -             -             -
liaison              -             -             -
facilitator          -             -             -
coordinator          -             -             -
lead                 -             -             -
supervisor           -             -             -
stranger_caregiver   -             -             yes
stranger_youth       -             -             -
stranger_peer        -             -             -
stranger_liaison     -             -             -
faraway_caregiver    -             -             -
faraway_youth        -             -             -
faraway_peer         -             -             -
faraway_liaison      -             -             -
"""


def test_who_may_sign_a_guardians_permission_for_whom(world: World) -> None:
    hold(world, PERMISSION, lambda viewer, name: families.may_give_permission(viewer, getattr(world, name)))


@pytest.mark.parametrize(
    ("scope", "may"), [("full", True), ("health", True), ("school", False), ("information", False), ("none", False)]
)
def test_which_authority_is_enough_to_sign_a_permission(world: World, scope: str, may: bool) -> None:
    change(world.caregiver_authority, scope=scope)
    assert families.may_give_permission(world.caregiver, world.youth_member) is may


def test_two_limited_authorities_count_both(world: World) -> None:
    family_actions.record_authority(
        actor=world.liaison,
        adult=world.second_caregiver_member,
        youth=world.youth_member,
        scope=LegalAuthority.Scope.HEALTH,
        evidence="Court order seen",
        starts_on=world.program.today(),
    )
    held = families.authorities_over(world.second_caregiver, world.youth_member)
    assert sorted(authority.scope for authority in held) == ["health", "school"]
    assert families.may_give_permission(world.second_caregiver, world.youth_member)


def test_a_court_that_bars_an_adult_outweighs_what_was_recorded_before(world: World) -> None:
    bar(world, world.caregiver_member)
    assert families.authority_over(world.caregiver, world.youth_member) is None
    assert not families.may_give_permission(world.caregiver, world.youth_member)


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False), (-9, 1, True)],
    ids=["from today", "from tomorrow", "last day today", "ended yesterday", "until tomorrow"],
)
def test_an_authority_holds_from_its_first_to_its_last_day(
    world: World, starts: int, ends: int | None, holds: bool
) -> None:
    today = world.program.today()
    change(
        world.caregiver_authority,
        starts_on=today + starts * DAY,
        ends_on=None if ends is None else today + ends * DAY,
    )
    assert (families.authority_over(world.caregiver, world.youth_member) is not None) is holds


def test_the_last_day_is_the_programmes_and_not_the_servers(world: World, at: Callable[[dt.datetime], None]) -> None:
    """It is the 8th in London and still the 7th in Louisiana."""
    start_of_membership(world, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    change(world.caregiver_authority, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 5, 7))
    at(dt.datetime(2026, 5, 8, 4, 59, tzinfo=dt.UTC))
    assert families.may_give_permission(world.caregiver, world.youth_member)
    at(dt.datetime(2026, 5, 8, 5, 0, tzinfo=dt.UTC))
    assert not families.may_give_permission(world.caregiver, world.youth_member)


def test_authority_ends_with_the_eighteenth_birthday(world: World) -> None:
    today = world.program.today()
    change(world.youth, born_on=today.replace(year=today.year - 18, day=min(today.day, 28)))
    assert families.authority_over(world.caregiver, world.youth_member) is None


@pytest.mark.parametrize("who", ["caregiver_member", "youth_member"])
def test_authority_ends_when_one_of_the_two_leaves_the_family(world: World, who: str) -> None:
    change(getattr(world, who), left_at=lately())
    assert families.authority_over(world.caregiver, world.youth_member) is None


# -- what is on record about a family, and who stands beside it ---------------------------------------------------------

ON_RECORD = """
                     authority_here  flags_here  authority_there  flags_there
caregiver            -               -           -                -
second_caregiver     -               -           -                -
youth                -               -           -                -
child                -               -           -                -
natural_support      -               -           -                -
peer                 -               -           -                -
second_peer          -               -           -                -
mentor               -               -           -                -
liaison              yes             yes         -                -
facilitator          yes             yes         -                -
coordinator          -               -           -                -
lead                 -               -           -                -
supervisor           -               -           -                -
stranger_caregiver   -               -           -                -
stranger_youth       -               -           -                -
stranger_peer        -               -           -                -
stranger_liaison     -               -           yes              yes
faraway_caregiver    -               -           -                -
faraway_youth        -               -           -                -
faraway_peer         -               -           -                -
faraway_liaison      -               -           -                -
"""


def test_who_sees_the_papers_on_record_and_the_flags(world: World) -> None:
    """Staff of that family, and none of its members: who is kept away must not learn of it from a page."""
    world.keep_apart()
    family_actions.set_no_contact(
        actor=world.stranger_liaison,
        protected=world.stranger_caregiver_member,
        hidden_from=world.stranger_youth_member,
        reason="Order seen",
    )
    columns = {
        "authority_here": lambda viewer: families.recorded_authorities(viewer, world.family).exists(),
        "flags_here": lambda viewer: families.no_contact_flags(viewer, world.family).exists(),
        "authority_there": lambda viewer: families.recorded_authorities(viewer, world.stranger_family).exists(),
        "flags_there": lambda viewer: families.no_contact_flags(viewer, world.stranger_family).exists(),
    }
    hold(world, ON_RECORD, lambda viewer, column: columns[column](viewer))


def test_a_paper_whose_time_is_over_and_a_flag_that_has_ended_are_not_on_record_any_more(world: World) -> None:
    flag = world.keep_apart()
    change(world.caregiver_authority, ends_on=world.program.today() - DAY)
    change(flag, ended_at=lately())
    assert list(families.recorded_authorities(world.liaison, world.family)) == [world.second_caregiver_authority]
    assert not families.no_contact_flags(world.liaison, world.family)


BESIDE = """
                     staff
caregiver            facilitator,liaison
second_caregiver     facilitator,liaison
youth                facilitator,liaison
child                facilitator,liaison
natural_support      -
peer                 -
second_peer          -
mentor               -
liaison              facilitator,liaison
facilitator          facilitator,liaison
coordinator          -
lead                 -
supervisor           -
stranger_caregiver   stranger_liaison
stranger_youth       stranger_liaison
stranger_peer        -
stranger_liaison     stranger_liaison
faraway_caregiver    faraway_liaison
faraway_youth        faraway_liaison
faraway_peer         -
faraway_liaison      faraway_liaison
"""


def test_who_knows_which_staff_stand_beside_a_family(world: World) -> None:
    def answer(viewer: Person, _column: str) -> str:
        beside = names(world, (row.staff_role.person for row in families.staff_beside(viewer)))
        return ",".join(sorted(beside)) or "-"

    hold(world, BESIDE, answer)


@pytest.mark.parametrize("what", ["facilitator_assignment", "facilitator_role", "facilitator"])
def test_staff_who_have_gone_do_not_stand_beside_a_family(world: World, what: str) -> None:
    gone = {"is_active": False} if what == "facilitator" else {"ended_at": lately()}
    change(getattr(world, what), **gone)
    assert [row.staff_role.person for row in families.staff_beside(world.caregiver)] == [world.liaison]


# -- opening families and inviting -------------------------------------------------------------------------------------

OPENING = """
                     own
caregiver            -
second_caregiver     -
youth                -
child                -
natural_support      -
peer                 -
second_peer          -
mentor               -
liaison              yes
facilitator          yes
coordinator          -
lead                 -
supervisor           yes
stranger_caregiver   -
stranger_youth       -
stranger_peer        -
stranger_liaison     yes
faraway_caregiver    -
faraway_youth        -
faraway_peer         -
faraway_liaison      yes
"""


def test_who_may_enrol_a_family_in_a_role_of_their_own(world: World) -> None:
    def answer(viewer: Person, _column: str) -> bool:
        role = people.staff_roles(viewer).first()
        return role is not None and families.may_open_family(viewer, role)

    hold(world, OPENING, answer)


def test_nobody_enrols_a_family_in_somebody_elses_role_or_in_one_that_has_ended(world: World) -> None:
    assert viewers(world, lambda viewer: families.may_open_family(viewer, world.liaison_role)) == {"liaison"}
    change(world.liaison_role, ended_at=lately())
    assert viewers(world, lambda viewer: families.may_open_family(viewer, world.liaison_role)) == set()


INVITING = """
                     caregiver  youth  natural_support  peer  stranger_caregiver  faraway_caregiver
caregiver            -          -      -                -     -                   -
second_caregiver     -          -      -                -     -                   -
youth                -          -      -                -     -                   -
child                -          -      -                -     -                   -
natural_support      -          -      -                -     -                   -
peer                 -          -      -                -     -                   -
second_peer          -          -      -                -     -                   -
mentor               -          -      -                -     -                   -
liaison              yes        yes    yes              -     -                   -
facilitator          yes        yes    yes              -     -                   -
coordinator          -          -      -                -     -                   -
lead                 -          -      -                -     -                   -
supervisor           -          -      -                -     -                   -
stranger_caregiver   -          -      -                -     -                   -
stranger_youth       -          -      -                -     -                   -
stranger_peer        -          -      -                -     -                   -
stranger_liaison     -          -      -                -     yes                 -
faraway_caregiver    -          -      -                -     -                   -
faraway_youth        -          -      -                -     -                   -
faraway_peer         -          -      -                -     -                   -
faraway_liaison      -          -      -                -     -                   yes
"""


def test_who_may_send_whom_a_way_in(world: World) -> None:
    hold(world, INVITING, lambda viewer, name: families.may_invite(viewer, getattr(world, name)))


def test_nobody_invites_themselves_a_colleague_or_a_closed_account(world: World) -> None:
    assert viewers(world, lambda viewer: families.may_invite(viewer, viewer)) == set()
    appoint(
        actor=None,
        person=world.caregiver,
        organization=world.organization("local-providers"),
        role=StaffRole.Role.LIAISON,
    )
    assert not families.may_invite(world.liaison, world.caregiver)
    change(world.youth, is_active=False)
    assert not families.may_invite(world.liaison, world.youth)


def test_who_left_the_family_is_not_invited_any_more(world: World) -> None:
    change(world.second_caregiver_member, left_at=lately())
    assert not families.may_invite(world.liaison, world.second_caregiver)


# -- conversations -----------------------------------------------------------------------------------------------------

CONVERSATIONS = """
                     conversation  stranger_conversation  faraway_conversation
caregiver            yes           -                      -
second_caregiver     -             -                      -
youth                -             -                      -
child                -             -                      -
natural_support      -             -                      -
peer                 yes           -                      -
second_peer          -             -                      -
mentor               -             -                      -
liaison              -             -                      -
facilitator          -             -                      -
coordinator          -             -                      -
lead                 -             -                      -
supervisor           -             -                      -
stranger_caregiver   -             yes                    -
stranger_youth       -             -                      -
stranger_peer        -             yes                    -
stranger_liaison     -             -                      -
faraway_caregiver    -             -                      yes
faraway_youth        -             -                      -
faraway_peer         -             -                      yes
faraway_liaison      -             -                      -
"""

EVERY_WAY_TO_A_CONVERSATION: dict[str, Callable[[Person, Conversation], bool]] = {
    "seeing it": lambda viewer, it: it in conversations.visible_conversations(viewer),
    "taking part": lambda viewer, it: conversations.own_participation(viewer, it) is not None,
    "having it in the list": lambda viewer, it: it in [row.conversation for row in conversations.inbox(viewer)],
    "getting it pushed": lambda viewer, it: viewer.pk in conversations.reader_ids(it),
    "being told how far it is": lambda viewer, it: it.pk in [row[1] for row in conversations.standings([viewer.pk])],
    "writing in it": conversations.may_post,
    "learning who is in it": lambda viewer, it: bool(conversations.people_in([it.pk], besides=viewer)),
}


@pytest.mark.parametrize("way", EVERY_WAY_TO_A_CONVERSATION)
def test_a_conversation_is_its_two_peoples_own(world: World, way: str) -> None:
    answer = EVERY_WAY_TO_A_CONVERSATION[way]
    hold(world, CONVERSATIONS, lambda viewer, name: answer(viewer, getattr(world, name)))


def ways_open_to(viewer: Person, conversation: Conversation) -> set[str]:
    conversation.refresh_from_db()
    return {way for way, answer in EVERY_WAY_TO_A_CONVERSATION.items() if answer(viewer, conversation)}


ALL = set(EVERY_WAY_TO_A_CONVERSATION)
READS = ALL - {"writing in it"}


def participation(world: World, person: Person) -> Participant:
    return Participant.objects.get(conversation=world.conversation, person=person)


def test_who_left_a_conversation_is_out_of_it_at_once(world: World) -> None:
    messaging.end_participation(conversation=world.conversation, person=world.peer)
    assert ways_open_to(world.peer, world.conversation) == set()
    assert ways_open_to(world.caregiver, world.conversation) == ALL - {"learning who is in it"}


def test_who_leaves_tomorrow_is_in_it_today(world: World) -> None:
    change(participation(world, world.peer), left_at=soon())
    assert ways_open_to(world.peer, world.conversation) == ALL


def test_who_joins_tomorrow_is_not_in_it_today(world: World) -> None:
    change(participation(world, world.peer), joined_at=soon())
    assert ways_open_to(world.peer, world.conversation) == set()


def test_a_peer_partner_is_in_it_for_as_long_as_the_job_lasts(world: World) -> None:
    change(world.peer_role, ended_at=soon())
    assert ways_open_to(world.peer, world.conversation) == ALL
    change(world.peer_role, ended_at=lately())
    assert ways_open_to(world.peer, world.conversation) == set()


def test_another_job_does_not_let_a_former_peer_partner_back_in(world: World) -> None:
    change(world.peer_role, ended_at=lately())
    appoint(
        actor=None, person=world.peer, organization=world.organization("fhf-jefferson"), role=StaffRole.Role.LIAISON
    )
    assert ways_open_to(world.peer, world.conversation) == set()


def test_a_closed_account_is_in_no_conversation(world: World) -> None:
    change(world.caregiver, is_active=False)
    assert ways_open_to(world.caregiver, world.conversation) == set()


@pytest.mark.parametrize("state", [Conversation.State.PAUSED, Conversation.State.ENDED])
def test_a_paused_or_ended_conversation_is_read_and_not_written(world: World, state: str) -> None:
    change(world.conversation, state=state)
    assert ways_open_to(world.caregiver, world.conversation) == READS
    assert ways_open_to(world.peer, world.conversation) == READS


def test_after_a_pairing_ends_the_family_keeps_the_history_and_the_peer_partner_does_not(world: World) -> None:
    peer_support.end_pairing(actor=world.caregiver, pairing=world.pairing)
    assert ways_open_to(world.caregiver, world.conversation) == READS - {"learning who is in it"}
    assert ways_open_to(world.peer, world.conversation) == set()


# A helper and someone under 18, or of unknown age, never write to each other.
ADULT = dt.date(1980, 1, 1)


@pytest.mark.parametrize(
    ("years", "confirmed", "may"),
    [(18, False, True), (17, False, False), (17, True, False), (None, True, True), (None, False, False)],
    ids=["18", "17", "17 whom staff called an adult", "no date, staff's word", "no date, no word"],
)
def test_a_helper_and_a_minor_do_not_write_to_each_other(
    world: World, years: int | None, confirmed: bool, may: bool
) -> None:
    today = world.program.today()
    change(
        world.caregiver,
        born_on=None if years is None else dt.date(today.year - years, today.month, min(today.day, 28)),
        adult_confirmed_at=lately() if confirmed else None,
    )
    expected = ALL if may else READS
    assert ways_open_to(world.caregiver, world.conversation) == expected
    assert ways_open_to(world.peer, world.conversation) == expected


def test_a_minor_may_write_from_midnight_of_the_eighteenth_birthday_in_the_programmes_zone(
    world: World, at: Callable[[dt.datetime], None]
) -> None:
    start_of_membership(world, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    change(world.caregiver, born_on=dt.date(2008, 5, 7), adult_confirmed_at=None)
    at(dt.datetime(2026, 5, 7, 4, 59, tzinfo=dt.UTC))
    assert not conversations.may_post(world.peer, world.conversation)
    at(dt.datetime(2026, 5, 7, 5, 0, tzinfo=dt.UTC))
    assert conversations.may_post(world.peer, world.conversation)


@pytest.mark.parametrize("young", ["youth", "child"])
@pytest.mark.parametrize("helper", ["peer_role", "mentor_role", "liaison_role", "facilitator_role"])
def test_no_conversation_between_a_helper_and_a_minor_can_be_opened(world: World, helper: str, young: str) -> None:
    role = getattr(world, helper)
    for members in (
        [(getattr(world, young), None), (role.person, role)],
        [(world.caregiver, None), (getattr(world, young), None), (role.person, role)],
    ):
        with pytest.raises(Refused):
            messaging.open_conversation(actor=world.liaison, family=world.family, members=members)


def test_no_minor_can_be_added_to_a_helpers_conversation_and_write_there(world: World) -> None:
    Participant.objects.create(conversation=world.conversation, person=world.youth)
    assert ways_open_to(world.peer, world.conversation) == READS
    assert ways_open_to(world.youth, world.conversation) == READS


def test_people_of_one_family_may_write_to_each_other_whatever_their_age(world: World) -> None:
    own = messaging.open_conversation(
        actor=world.caregiver, family=world.family, members=[(world.caregiver, None), (world.youth, None)]
    )
    assert viewers(world, lambda viewer: conversations.may_post(viewer, own)) == {"caregiver", "youth"}


def test_a_conversation_with_staff_that_belongs_to_no_family_is_not_written_in(world: World) -> None:
    """Without a programme there is no day on which somebody is 18."""
    change(world.conversation, family=None)
    assert ways_open_to(world.peer, world.conversation) == READS


def said(conversation: Conversation, *authors: Person) -> None:
    """Messages without their words, which nobody reads here."""
    for author in authors:
        conversation.last_seq += 1
        conversation.messages.create(
            seq=conversation.last_seq, key=uuid4(), author=author, body=b"", sent_at=timezone.now()
        )
    conversation.last_sent_at = timezone.now()
    conversation.save()


def test_unread_is_what_others_wrote_after_ones_reading_place_and_the_latest_conversation_is_first(
    world: World,
) -> None:
    own = messaging.open_conversation(
        actor=world.caregiver, family=world.family, members=[(world.caregiver, None), (world.second_caregiver, None)]
    )
    said(world.conversation, world.peer, world.peer, world.caregiver, world.peer)
    change(participation(world, world.caregiver), read_seq=1)
    rows = [(row.conversation, row.unread) for row in conversations.inbox(world.caregiver)]  # type: ignore[attr-defined]
    assert rows == [(world.conversation, 2), (own, 0)]


def test_only_who_has_something_of_others_to_read_and_still_takes_part_is_behind(world: World) -> None:
    said(world.conversation, world.peer)
    assert names(world, (row.person for row in conversations.behind(world.conversation))) == {"caregiver"}
    messaging.end_participation(conversation=world.conversation, person=world.caregiver)
    assert not conversations.behind(world.conversation)


def test_who_spoke_keeps_a_name_beside_it_and_gains_no_way_in(world: World) -> None:
    messaging.end_participation(conversation=world.conversation, person=world.peer)
    assert names(world, (row.person for row in conversations.speakers(world.conversation))) == {"caregiver", "peer"}
    assert names(world, (row.person for row in conversations.participants(world.conversation))) == {"caregiver"}


def test_the_others_in_my_conversations_are_named_and_never_in_anybody_elses(world: World) -> None:
    pks = list(Conversation.objects.values_list("pk", flat=True))
    found = conversations.people_in(pks, besides=world.caregiver)
    assert {pk: [row.person for row in rows] for pk, rows in found.items()} == {world.conversation.pk: [world.peer]}


def test_who_can_read_this_is_what_the_push_goes_by(world: World) -> None:
    shown = [row.person_id for row in conversations.participants(world.conversation)]
    assert shown == conversations.reader_ids(world.conversation)


@pytest.mark.parametrize("what", ["left_at", "role", "joined_at"])
def test_a_kept_answer_holds_no_longer_than_to_the_next_change_by_date(world: World, what: str) -> None:
    moment = timezone.now() + dt.timedelta(minutes=1)
    if what == "role":
        change(world.peer_role, ended_at=moment)
    else:
        change(participation(world, world.peer), **{what: moment})
    assert conversations.membership(world.conversation).valid_until == moment


def test_a_kept_answer_holds_five_minutes_at_most(world: World) -> None:
    answer = conversations.membership(world.conversation)
    assert answer.valid_until - timezone.now() <= conversations.LONGEST_KEPT
    assert answer.access_version == world.conversation.access_version


# -- pairings ----------------------------------------------------------------------------------------------------------

PAIRINGS = """
                     pairing  offer  stranger_pairing  faraway_pairing
caregiver            yes      -      -                 -
second_caregiver     -        yes    -                 -
youth                -        -      -                 -
child                -        -      -                 -
natural_support      -        -      -                 -
peer                 yes      -      -                 -
second_peer          -        -      -                 -
mentor               -        -      -                 -
liaison              yes      yes    -                 -
facilitator          -        -      -                 -
coordinator          -        -      -                 -
lead                 -        -      -                 -
supervisor           -        -      -                 -
stranger_caregiver   -        -      yes               -
stranger_youth       -        -      -                 -
stranger_peer        -        -      yes               -
stranger_liaison     -        -      yes               -
faraway_caregiver    -        -      -                 yes
faraway_youth        -        -      -                 -
faraway_peer         -        -      -                 yes
faraway_liaison      -        -      -                 yes
"""


def test_who_sees_which_pairing(world: World) -> None:
    """The second peer partner does not know yet that somebody thought of him."""
    hold(world, PAIRINGS, lambda viewer, name: getattr(world, name) in pairings.visible_pairings(viewer))


ANSWERS = """
                     pairing  offer  stranger_pairing  faraway_pairing
caregiver            yes      -      -                 -
second_caregiver     -        yes    -                 -
youth                -        -      -                 -
child                -        -      -                 -
natural_support      -        -      -                 -
peer                 -        -      -                 -
second_peer          -        -      -                 -
mentor               -        -      -                 -
liaison              -        -      -                 -
facilitator          -        -      -                 -
coordinator          -        -      -                 -
lead                 -        -      -                 -
supervisor           -        -      -                 -
stranger_caregiver   -        -      yes               -
stranger_youth       -        -      -                 -
stranger_peer        -        -      -                 -
stranger_liaison     -        -      -                 -
faraway_caregiver    -        -      -                 yes
faraway_youth        -        -      -                 -
faraway_peer         -        -      -                 -
faraway_liaison      -        -      -                 -
"""


def test_who_may_answer_which_pairing(world: World) -> None:
    hold(world, ANSWERS, lambda viewer, name: pairings.may_answer(viewer, getattr(world, name)))


def test_what_waits_for_an_answer_waits_for_that_person_alone(world: World) -> None:
    waiting = {viewer for viewer in VIEWERS if pairings.offered_to(getattr(world, viewer))}
    assert waiting == {"second_caregiver"}


ENDINGS = """
                     pairing  offer  stranger_pairing  faraway_pairing
caregiver            yes      -      -                 -
second_caregiver     -        yes    -                 -
youth                -        -      -                 -
child                -        -      -                 -
natural_support      -        -      -                 -
peer                 -        -      -                 -
second_peer          -        -      -                 -
mentor               -        -      -                 -
liaison              yes      yes    -                 -
facilitator          -        -      -                 -
coordinator          -        -      -                 -
lead                 -        -      -                 -
supervisor           -        -      -                 -
stranger_caregiver   -        -      yes               -
stranger_youth       -        -      -                 -
stranger_peer        -        -      -                 -
stranger_liaison     -        -      yes               -
faraway_caregiver    -        -      -                 yes
faraway_youth        -        -      -                 -
faraway_peer         -        -      -                 -
faraway_liaison      -        -      -                 yes
"""


def test_who_may_end_which_pairing(world: World) -> None:
    hold(world, ENDINGS, lambda viewer, name: pairings.may_end(viewer, getattr(world, name)))


def test_a_liaison_does_not_end_a_pairing_with_herself(world: World) -> None:
    change(world.pairing, peer=world.liaison_role)
    assert not pairings.may_end(world.liaison, Pairing.objects.get(pk=world.pairing.pk))


@pytest.mark.parametrize("state", Pairing.State.values)
def test_a_peer_partner_learns_of_a_family_when_it_has_said_yes(world: World, state: str) -> None:
    day = world.program.today()
    change(world.pairing, state=state, paused_until=day, goodbye_until=timezone.now())
    is_before = state in {"proposed", "declined", "withdrawn"}
    assert (world.pairing in pairings.visible_pairings(world.peer)) is not is_before


def test_a_peer_partner_whose_job_has_ended_sees_no_pairing(world: World) -> None:
    change(world.peer_role, ended_at=lately())
    assert not pairings.visible_pairings(world.peer)


def test_who_left_the_family_neither_sees_nor_answers_its_pairing(world: World) -> None:
    change(world.second_caregiver_member, left_at=lately())
    offer = Pairing.objects.get(pk=world.offer.pk)
    assert not pairings.visible_pairings(world.second_caregiver)
    assert not pairings.may_answer(world.second_caregiver, offer)


def test_a_liaison_whose_assignment_has_ended_sees_no_pairing(world: World) -> None:
    change(world.liaison_assignment, ended_at=lately())
    assert not pairings.visible_pairings(world.liaison)
    assert not pairings.may_end(world.liaison, world.pairing)


# To the caregiver: her peer partner's colleague; a peer partner of another organization; a mentor. And to others.
PROPOSING = """
                     colleague  other_organization  not_a_peer  to_youth  to_natural_support  to_stranger  by_stranger
caregiver            -          -                   -           -         -                   -            -
second_caregiver     -          -                   -           -         -                   -            -
youth                -          -                   -           -         -                   -            -
child                -          -                   -           -         -                   -            -
natural_support      -          -                   -           -         -                   -            -
peer                 -          -                   -           -         -                   -            -
second_peer          -          -                   -           -         -                   -            -
mentor               -          -                   -           -         -                   -            -
liaison              yes        -                   -           -         -                   -            -
facilitator          -          -                   -           -         -                   -            -
coordinator          -          -                   -           -         -                   -            -
lead                 -          -                   -           -         -                   -            -
supervisor           -          -                   -           -         -                   -            -
stranger_caregiver   -          -                   -           -         -                   -            -
stranger_youth       -          -                   -           -         -                   -            -
stranger_peer        -          -                   -           -         -                   -            -
stranger_liaison     -          -                   -           -         -                   -            yes
faraway_caregiver    -          -                   -           -         -                   -            -
faraway_youth        -          -                   -           -         -                   -            -
faraway_peer         -          -                   -           -         -                   -            -
faraway_liaison      -          -                   -           -         -                   -            -
"""


def test_who_may_propose_whom_to_whom(world: World) -> None:
    columns = {
        "colleague": (world.caregiver_member, world.second_peer_role),
        "other_organization": (world.caregiver_member, world.stranger_peer_role),
        "not_a_peer": (world.caregiver_member, world.mentor_role),
        "to_youth": (world.youth_member, world.second_peer_role),
        "to_natural_support": (world.natural_support_member, world.second_peer_role),
        "to_stranger": (world.stranger_caregiver_member, world.second_peer_role),
        "by_stranger": (world.stranger_caregiver_member, world.stranger_peer_role),
    }
    hold(world, PROPOSING, lambda viewer, column: pairings.may_propose(viewer, *columns[column]))


PROPOSABLE = """
                     family              stranger_family  faraway_family
caregiver            -                   -                -
second_caregiver     -                   -                -
youth                -                   -                -
child                -                   -                -
natural_support      -                   -                -
peer                 -                   -                -
second_peer          -                   -                -
mentor               -                   -                -
liaison              peer,second_peer    -                -
facilitator          -                   -                -
coordinator          -                   -                -
lead                 -                   -                -
supervisor           -                   -                -
stranger_caregiver   -                   -                -
stranger_youth       -                   -                -
stranger_peer        -                   -                -
stranger_liaison     -                   stranger_peer    -
faraway_caregiver    -                   -                -
faraway_youth        -                   -                -
faraway_peer         -                   -                -
faraway_liaison      -                   -                faraway_peer
"""


def proposable(world: World, viewer: Person, family: Family) -> str:
    found = names(world, (role.person for role in pairings.proposable_peers(viewer, family)))
    return ",".join(sorted(found)) or "-"


def test_whom_a_liaison_can_choose_from(world: World) -> None:
    hold(world, PROPOSABLE, lambda viewer, name: proposable(world, viewer, getattr(world, name)))


@pytest.mark.parametrize(
    "why",
    [
        "closed family",
        "no longer liaison",
        "peer's job ended",
        "peer's account closed",
        "age unknown",
        "left",
        "closed",
    ],
)
def test_when_a_liaison_may_not_propose_after_all(world: World, why: str) -> None:
    assert pairings.may_propose(world.liaison, world.caregiver_member, world.second_peer_role)
    changes: dict[str, tuple[Any, dict[str, Any]]] = {
        "closed family": (world.family, {"closed_at": lately()}),
        "no longer liaison": (world.liaison_assignment, {"ended_at": lately()}),
        "peer's job ended": (world.second_peer_role, {"ended_at": lately()}),
        "peer's account closed": (world.second_peer, {"is_active": False}),
        "age unknown": (world.caregiver, {"adult_confirmed_at": None}),
        "left": (world.caregiver_member, {"left_at": lately()}),
        "closed": (world.caregiver, {"is_active": False}),
    }
    row, fields = changes[why]
    change(row, **fields)
    member = Member.objects.get(pk=world.caregiver_member.pk)
    assert not pairings.may_propose(world.liaison, member, world.second_peer_role)


@pytest.mark.parametrize("left", [False, True], ids=["belongs", "belonged"])
def test_nobody_is_proposed_to_a_family_they_belong_or_once_belonged_to(world: World, left: bool) -> None:
    mine = family_actions.add_member(
        actor=world.liaison, family=world.family, person=world.second_peer, role=Member.Role.NATURAL_SUPPORT
    )
    if left:
        change(mine, left_at=timezone.now())
    assert not pairings.may_propose(world.liaison, world.caregiver_member, world.second_peer_role)
    assert proposable(world, world.liaison, world.family) == "peer"


def test_nobody_is_proposed_to_a_family_with_someone_they_are_kept_away_from(world: World) -> None:
    """They were a couple in another family; the flag is written there."""
    ours, theirs = (
        family_actions.add_member(
            actor=world.stranger_liaison,
            family=world.stranger_family,
            person=person,
            role=Member.Role.CAREGIVER,
            evidence="Seen",
        )
        for person in (world.caregiver, world.second_peer)
    )
    flag = family_actions.set_no_contact(
        actor=world.stranger_liaison, protected=ours, hidden_from=theirs, reason="Order seen"
    )
    assert proposable(world, world.liaison, world.family) == "peer"
    family_actions.end_no_contact(actor=world.stranger_liaison, flag=flag)
    assert proposable(world, world.liaison, world.family) == "peer,second_peer"


def _apart_elsewhere(world: World, protected: Person, hidden_from: Person) -> NoContact:
    """They were a couple in another family; the flag is written there."""
    places = [
        family_actions.add_member(
            actor=world.stranger_liaison,
            family=world.stranger_family,
            person=person,
            role=Member.Role.CAREGIVER,
            evidence="Seen",
        )
        for person in (protected, hidden_from)
    ]
    return family_actions.set_no_contact(
        actor=world.stranger_liaison, protected=places[0], hidden_from=places[1], reason="Order seen"
    )


def test_a_peer_who_is_protected_from_one_of_the_family_is_not_led_to_them(world: World) -> None:
    flag = _apart_elsewhere(world, protected=world.second_peer, hidden_from=world.caregiver)
    assert proposable(world, world.liaison, world.family) == "peer"
    assert not pairings.may_begin(world.offer)
    family_actions.end_no_contact(actor=world.stranger_liaison, flag=flag)
    assert proposable(world, world.liaison, world.family) == "peer,second_peer"
    assert pairings.may_begin(world.offer)


def test_staff_kept_away_from_one_of_a_family_see_nothing_of_it_though_assigned(world: World) -> None:
    flag = _apart_elsewhere(world, protected=world.caregiver, hidden_from=world.facilitator)
    assert not families.visible_families(world.facilitator).filter(pk=world.family.pk).exists()
    assert not families.may_see_whereabouts(world.facilitator, world.caregiver_member)
    assert families.visible_families(world.liaison).filter(pk=world.family.pk).exists()
    family_actions.end_no_contact(actor=world.stranger_liaison, flag=flag)
    assert families.may_see_whereabouts(world.facilitator, world.caregiver_member)


def test_a_family_waits_for_a_peer_partner_until_somebody_is_offered_and_its_liaison_alone_sees_it(
    world: World,
) -> None:
    assert viewers(world, lambda viewer: pairings.families_without_peer(viewer).exists()) == set()
    peer_support.end_pairing(actor=world.caregiver, pairing=world.pairing)
    assert list(pairings.families_without_peer(world.liaison)) == [world.family]  # for the next one
    peer_support.choose_next(actor=world.caregiver, pairing=world.pairing, wants_next=False)
    assert not pairings.families_without_peer(world.liaison)
    peer_support.decline_pairing(actor=world.second_caregiver, pairing=world.offer)
    assert list(pairings.families_without_peer(world.liaison)) == [world.family]
    assert viewers(world, lambda viewer: pairings.families_without_peer(viewer).exists()) == {"liaison"}


# -- who looked at the record ------------------------------------------------------------------------------------------

RECORDS = """
                     family  stranger_family  faraway_family
caregiver            yes     -                -
second_caregiver     yes     -                -
youth                yes     -                -
child                yes     -                -
natural_support      -       -                -
peer                 -       -                -
second_peer          -       -                -
mentor               -       -                -
liaison              -       -                -
facilitator          -       -                -
coordinator          -       -                -
lead                 -       -                -
supervisor           -       -                -
stranger_caregiver   -       yes              -
stranger_youth       -       yes              -
stranger_peer        -       -                -
stranger_liaison     -       -                -
faraway_caregiver    -       -                yes
faraway_youth        -       -                yes
faraway_peer         -       -                -
faraway_liaison      -       -                -
"""


def test_who_sees_who_looked_at_which_familys_record(world: World) -> None:
    hold(world, RECORDS, lambda viewer, name: record.visible_entries(viewer, getattr(world, name)).exists())


def looked(world: World, actor: Person | None, subject: str = "family", subject_id: object = "") -> Entry:
    return write(actor=actor, verb=Entry.Verb.VIEWED, subject=subject, subject_id=subject_id, family=world.family)


LOOKS = """
                     by_liaison  by_nobody  by_caregiver  by_second  by_youth  pairing  offer  conversation
caregiver            yes         yes        yes           -          -         yes      -      yes
second_caregiver     yes         yes        -             yes        -         -        yes    -
youth                yes         yes        -             -          yes       -        -      -
child                yes         yes        -             -          -         -        -      -
natural_support      -           -          -             -          -         -        -      -
peer                 -           -          -             -          -         -        -      -
second_peer          -           -          -             -          -         -        -      -
mentor               -           -          -             -          -         -        -      -
liaison              -           -          -             -          -         -        -      -
facilitator          -           -          -             -          -         -        -      -
coordinator          -           -          -             -          -         -        -      -
lead                 -           -          -             -          -         -        -      -
supervisor           -           -          -             -          -         -        -      -
stranger_caregiver   -           -          -             -          -         -        -      -
stranger_youth       -           -          -             -          -         -        -      -
stranger_peer        -           -          -             -          -         -        -      -
stranger_liaison     -           -          -             -          -         -        -      -
faraway_caregiver    -           -          -             -          -         -        -      -
faraway_youth        -           -          -             -          -         -        -      -
faraway_peer         -           -          -             -          -         -        -      -
faraway_liaison      -           -          -             -          -         -        -      -
"""


def test_what_each_sees_in_the_record(world: World) -> None:
    """What staff did, and one's own steps. Not another member's, and not another's pairing or conversation."""
    entries = {
        "by_liaison": looked(world, world.liaison),
        "by_nobody": looked(world, None),
        "by_caregiver": looked(world, world.caregiver),
        "by_second": looked(world, world.second_caregiver),
        "by_youth": looked(world, world.youth),
        "pairing": looked(world, world.liaison, "pairing", world.pairing.public_id),
        "offer": looked(world, world.liaison, "pairing", world.offer.public_id),
        "conversation": looked(world, world.liaison, "conversation", world.conversation.public_id),
    }
    hold(world, LOOKS, lambda viewer, name: entries[name] in record.visible_entries(viewer, world.family))


def test_the_record_is_shown_newest_first(world: World) -> None:
    first, second = looked(world, world.liaison), looked(world, world.liaison)
    assert list(record.visible_entries(world.youth, world.family)[:2]) == [second, first]


def test_nobody_of_the_family_learns_from_the_record_that_two_are_kept_apart(world: World) -> None:
    """Neither who is kept away, nor a child who could tell, nor whoever looks over her shoulder; and not afterwards."""
    family_actions.end_no_contact(actor=world.liaison, flag=world.keep_apart())
    shown = [record.visible_entries(getattr(world, viewer), world.family) for viewer in VIEWERS]
    assert not any(entries.filter(subject="no_contact").exists() for entries in shown)


def test_what_somebody_saw_as_staff_stays_in_the_record_when_they_join_the_family(world: World) -> None:
    before = looked(world, world.liaison)
    family_actions.add_member(
        actor=world.facilitator, family=world.family, person=world.liaison, role=Member.Role.NATURAL_SUPPORT
    )
    after = looked(world, world.liaison)
    shown = record.visible_entries(world.caregiver, world.family)
    assert before in shown
    assert after not in shown


def test_what_a_former_member_did_while_in_the_family_stays_their_own(world: World) -> None:
    during = looked(world, world.second_caregiver)
    change(world.second_caregiver_member, left_at=soon())
    assert during not in record.visible_entries(world.caregiver, world.family)


# -- notices, translations, people -------------------------------------------------------------------------------------


def test_each_sees_their_own_notices_and_nobody_elses(world: World) -> None:
    Notice.objects.all().delete()
    for viewer in VIEWERS:
        notify(person=getattr(world, viewer), kind=Notice.Kind.MESSAGE, path="/", about="test")
    for viewer in VIEWERS:
        assert [notice.person for notice in notices.visible_notices(getattr(world, viewer))] == [getattr(world, viewer)]


REVIEWING = """
                     translations
caregiver            -
second_caregiver     -
youth                -
child                -
natural_support      -
peer                 -
second_peer          -
mentor               -
liaison              -
facilitator          -
coordinator          -
lead                 yes
supervisor           -
stranger_caregiver   -
stranger_youth       -
stranger_peer        -
stranger_liaison     -
faraway_caregiver    -
faraway_youth        -
faraway_peer         -
faraway_liaison      -
"""


def test_who_may_say_that_a_translation_is_right(world: World) -> None:
    hold(world, REVIEWING, lambda viewer, _column: content.may_review_translations(viewer))


PEOPLE = """
                     staff  belongs  minor  programme
caregiver            -      yes      -      louisiana-csoc
second_caregiver     -      yes      -      louisiana-csoc
youth                -      yes      yes    louisiana-csoc
child                -      yes      yes    louisiana-csoc
natural_support      -      yes      -      louisiana-csoc
peer                 yes    -        -      louisiana-csoc
second_peer          yes    -        -      louisiana-csoc
mentor               yes    -        -      louisiana-csoc
liaison              yes    -        -      louisiana-csoc
facilitator          yes    -        -      louisiana-csoc
coordinator          yes    -        -      louisiana-csoc
lead                 yes    -        -      louisiana-csoc
supervisor           yes    -        -      louisiana-csoc
stranger_caregiver   -      yes      -      louisiana-csoc
stranger_youth       -      yes      yes    louisiana-csoc
stranger_peer        yes    -        -      louisiana-csoc
stranger_liaison     yes    -        -      louisiana-csoc
faraway_caregiver    -      yes      -      missouri-initiative
faraway_youth        -      yes      yes    missouri-initiative
faraway_peer         yes    -        -      missouri-initiative
faraway_liaison      yes    -        -      missouri-initiative
"""


def test_what_each_person_is_here(world: World) -> None:
    def answer(viewer: Person, column: str) -> bool | str:
        program = people.program_of(viewer)
        assert program is not None
        facts: dict[str, bool | str] = {
            "staff": people.is_staff(viewer),
            "belongs": people.memberships(viewer).exists(),
            "minor": people.is_minor(viewer, program),
            "programme": program.slug,
        }
        return facts[column]

    hold(world, PEOPLE, answer)


def test_someone_with_neither_family_nor_job_is_of_no_programme(world: World) -> None:
    change(world.peer_role, ended_at=lately())
    assert people.program_of(world.peer) is None
    assert not people.is_staff(world.peer)


def test_staff_who_have_a_family_read_pages_of_their_familys_programme(world: World) -> None:
    family_actions.add_member(
        actor=world.faraway_liaison, family=world.faraway_family, person=world.peer, role=Member.Role.NATURAL_SUPPORT
    )
    program = people.program_of(world.peer)
    assert program == world.other_program


# -- a closed account --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_closed_account_sees_and_may_do_nothing(world: World, viewer: str) -> None:
    person = getattr(world, viewer)
    change(person, is_active=False)
    seen: list[QuerySet[Any]] = [
        families.visible_families(person),
        families.assigned_families(person),
        families.liaison_families(person),
        conversations.visible_conversations(person),
        conversations.inbox(person),
        pairings.visible_pairings(person),
        pairings.offered_to(person),
        support.visible_requests(person),
        support.organizations_of(person),
        skills.visible_skills(person),
        helping.own_paths(person),
        helping.paths_to_keep(person),
        *(record.visible_entries(person, family) for family in Family.objects.all()),
        *(families.visible_members(person, family) for family in Family.objects.all()),
        *(pairings.proposable_peers(person, family) for family in Family.objects.all()),
    ]
    assert [list(rows) for rows in seen] == [[] for _rows in seen]
    assert not any(families.may_change_family(person, family) for family in Family.objects.all())
    assert not any(families.may_open_family(person, role) for role in StaffRole.objects.all())
    assert not any(conversations.may_post(person, it) for it in Conversation.objects.all())
    assert not content.may_review_translations(person)


# -- what it costs -----------------------------------------------------------------------------------------------------


def test_lists_cost_one_query_each_however_much_there_is(
    world: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    lists: list[QuerySet[Any]] = [
        families.visible_families(world.liaison),
        families.visible_members(world.liaison, world.family),
        conversations.visible_conversations(world.caregiver),
        conversations.inbox(world.caregiver),
        pairings.visible_pairings(world.liaison),
        pairings.proposable_peers(world.liaison, world.family),
    ]
    for rows in lists:
        with django_assert_num_queries(1):
            assert list(rows)


def test_the_answer_for_one_message_costs_one_query(
    world: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    seen = conversations.visible_conversations(world.caregiver).get()
    with django_assert_num_queries(1):
        assert conversations.membership(seen).posters == {world.caregiver.pk, world.peer.pk}
