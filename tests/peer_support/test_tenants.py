"""Two family organizations in one programme: nothing of one's inside reaches the families or staff of the other."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import URLPattern
from django.utils import timezone

from peer_support import actions, suggestions
from peer_support.models import CheckIn, Pairing
from peer_support.reach import Period
from peer_support.urls import urlpatterns
from portal.access import coordination, matching, pairings, peers, reach
from portal.accounts.models import Person
from portal.families import actions as families
from portal.families.models import StaffAssignment
from portal.programs.models import StaffRole
from tests.access.routes import expected
from tests.peer_support.ready import ready
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db

# What stands in one organization and must stand on no page of the other.
INSIDE = (
    *("Odette", "Lucien", "Marchand", "Theo"),  # who waits, who has somebody, who was asked
    *("Joy Landrieu", "Marcus Hebertson", "Dana Tran", "Simone Picourt", "Ruth Castille"),  # its people
    *("INNER-WISH", "INNER-NOTE", "INNER-PAPER", "INNER-HELP", "INNER-ABOUT", "INNER-REASON"),
)
OTHERS = ("stranger_caregiver", "stranger_youth", "stranger_peer", "stranger_liaison")
EVERYWHERE = ("/", "/notices/", "/families/", "/worklist/", "/referrals/", "/conversations/", "/help/", "/record/")


@pytest.fixture
def both(world: World) -> World:
    """Both organizations match by profiles; in the first one there is something of everything."""
    ready(world.peer_role, world.lead, about="INNER-ABOUT")
    ready(world.second_peer_role, world.lead)
    ready(world.stranger_peer_role, world.lead)
    actions.ask_for_peer(
        actor=world.second_caregiver, member=world.second_caregiver_member, languages=["en"], words="INNER-WISH"
    )
    actions.propose_with_reasons(
        actor=world.liaison, member=world.second_caregiver_member, peer=world.peer_role, reason="INNER-REASON"
    )
    actions.add_credential(
        actor=world.lead,
        role=world.peer_role,
        kind="training",
        title="INNER-PAPER",
        issued_on=world.program.today(),
    )
    actions.log_contact(
        actor=world.peer,
        role=world.peer_role,
        member=world.caregiver_member,
        said=actions.Said(uuid4(), "call", "reached", timezone.now(), setting="home", note="INNER-NOTE"),
    )
    check_in = CheckIn.objects.create(pairing=world.pairing, number=1)
    actions.answer_check_in(actor=world.caregiver, check_in=check_in, answer="not_yet", help="INNER-HELP")
    return world


def open_paths() -> list[str]:
    """The pages of this room whose address names nothing."""
    return [f"/{one.pattern}" for one in urlpatterns if isinstance(one, URLPattern) and "<" not in str(one.pattern)]


def text_of(person: Person, path: str) -> str:
    answer = signed_in(None, person).get(path)
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


@pytest.mark.promise("FSO-11")
@pytest.mark.parametrize("who", OTHERS)
def test_a_family_never_sees_another_organizations_inside_and_neither_does_its_staff(both: World, who: str) -> None:
    person = getattr(both, who)
    for path in (*open_paths(), *EVERYWHERE):
        page = text_of(person, path)
        assert [word for word in INSIDE if word in page] == [], path


def test_the_same_pages_do_show_it_to_those_whose_it_is(both: World) -> None:
    """Else the test above would find nothing for another reason."""
    pages = {
        name: "".join(text_of(getattr(both, name), path) for path in (*open_paths(), *EVERYWHERE))
        for name in ("liaison", "caregiver", "second_caregiver")
    }
    for name, words in {
        "liaison": ("Odette", "Joy Landrieu", "INNER-PAPER", "Marchand"),
        "caregiver": ("INNER-NOTE", "Joy Landrieu"),
        "second_caregiver": ("INNER-REASON",),
    }.items():
        for word in words:
            assert word in pages[name], (name, word)


@pytest.mark.promise("FSO-11")
def test_whatever_names_a_thing_of_one_organization_is_not_there_for_the_other() -> None:
    """The table of `tests/access/routes.py`, which the suite walks: its objects are the first organization's."""
    named = {str(one.name) for one in urlpatterns if "<" in str(one.pattern)}
    assert len(named) > 40
    answers = {
        (route, method, column): words[column]
        for (route, method), words in expected().items()
        if route in named
        for column in ("scar", "spee", "slia")
    }
    assert {key: answer for key, answer in answers.items() if answer not in {"404", "405"}} == {}


@pytest.mark.promise("FSO-11")
def test_each_organization_has_its_own_peers_waits_hours_and_report(both: World) -> None:
    assert set(pairings.proposable_peers(both.stranger_liaison, both.stranger_family)) == {both.stranger_peer_role}
    assert [one.member.family for one in matching.waiting_for(both.stranger_liaison)] == []
    assert {one.organization for one in peers.visible_peers(both.stranger_liaison)} == {
        both.stranger_peer_role.organization
    }
    assert list(reach.visible_organizations(both.stranger_liaison)) == [both.stranger_liaison_role.organization]
    both.stranger_peer_role.answers_from = dt.time(7)
    both.stranger_peer_role.save()
    both.peer_role.refresh_from_db()
    assert both.peer_role.answers_from is None


# -- a family beside which both stand ----------------------------------------------------------------------------------


@pytest.fixture
def shared(both: World) -> World:
    """The first family's caregiver has nobody, and a liaison of the other organization stands beside it, too."""
    families.assign(actor=both.liaison, family=both.family, staff_role=both.stranger_liaison_role)
    Pairing.objects.filter(family=both.family).update(state="withdrawn")
    return both


@pytest.mark.promise("FSO-11")
def test_the_plan_of_a_liaison_names_nobody_of_the_other_organization(shared: World) -> None:
    """Neither as a choice nor among those who are left out, with what stands against them."""
    for liaison, organization in (
        (shared.liaison, shared.peer_role.organization),
        (shared.stranger_liaison, shared.stranger_peer_role.organization),
    ):
        plan = suggestions.plan_for(liaison)
        named = [choice.role for one in plan for choice in one.choices]
        named += [left.role for one in plan for left in one.left_out]
        assert named
        assert {role.organization for role in named} == {organization}
    member = shared.second_caregiver_member
    assert shared.stranger_peer_role not in suggestions.choices_for(shared.liaison, member.pk)
    with pytest.raises(actions.NoLongerFits) as refused:
        actions.suggest_peers(actor=shared.liaison, member=member, peers=[shared.stranger_peer_role])
    assert refused.value.codes == ("not_verified",)  # as for somebody who is not there


@pytest.mark.promise("FSO-11")
def test_the_report_of_one_counts_nothing_of_the_other(shared: World) -> None:
    """The other's liaison stands beside the family; whom it was paired with before is not hers to count."""
    period = reach_period(shared)
    Pairing.objects.filter(pk=shared.pairing.pk).update(state="active", answered_at=timezone.now())
    StaffAssignment.objects.filter(family=shared.family).update(started_at=timezone.now() - dt.timedelta(days=1))
    own = reach.reached(shared.peer_role.organization, period)
    other = reach.reached(shared.stranger_peer_role.organization, period)
    assert sorted(one.has_peer for one in own) == [True]
    assert sorted(one.has_peer for one in other) == [False, True]  # its own family, and one that only asked


def reach_period(world: World) -> Period:
    """The year that runs: a page does not offer it, and the counting is the same."""
    return Period(world.program.today().year)


@pytest.mark.promise("FSO-11")
def test_who_may_answer_for_a_family_is_of_an_organization_beside_it(both: World) -> None:
    found = set(coordination.possible_coordinators(both.family))
    assert both.liaison_role in found
    assert both.facilitator_role in found
    assert both.stranger_liaison_role not in found
    families.assign(actor=both.liaison, family=both.family, staff_role=both.stranger_liaison_role)
    assert both.stranger_liaison_role in coordination.possible_coordinators(both.family)
    StaffAssignment.objects.filter(staff_role__role=StaffRole.Role.LIAISON).update(ended_at=timezone.now())
    assert both.liaison_role in coordination.possible_coordinators(
        both.stranger_family
    )  # nobody is left: the lead decides
