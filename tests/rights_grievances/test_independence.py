"""Whoever decides had no part in it: random charts of who works under whom, and random histories."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.access import grievances as access
from portal.programs.models import StaffRole
from portal.safety.models import StaffTie
from rights_grievances import actions
from rights_grievances.independence import Bars, Chart, Node, eligible, kept_by, kept_from
from rights_grievances.models import Involved
from rights_grievances.refusals import CaseRefusal
from tests.rights_grievances.telling import fresh, hire, tell
from tests.world import World

PEOPLE = st.integers(1, 8)
SOME = st.frozensets(PEOPLE, max_size=3)


@st.composite
def charts(draw: st.DrawFn) -> list[Node]:
    """Up to 12 jobs of 8 people; lines may cross, skip, and run in a circle."""
    count = draw(st.integers(1, 12))
    jobs = range(1, count + 1)
    return [
        Node(
            id=job,
            person=draw(PEOPLE),
            supervisor=draw(st.none() | st.sampled_from(jobs)),
            is_active=draw(st.booleans()),
            is_clinician=draw(st.booleans()),
            role=draw(st.sampled_from(["a", "b"])),
        )
        for job in jobs
    ]


def over(nodes: list[Node], person: int) -> set[int]:
    """Everybody above, found in the plainest way: step by step until nothing new comes."""
    found: set[int] = set()
    while True:
        below = found | {person}
        over_ids = {node.supervisor for node in nodes if node.person in below}
        new = {node.person for node in nodes if node.id in over_ids} - found
        if not new:
            return found - {person}
        found |= new


@given(
    charts(),
    SOME,
    SOME,
    SOME,
    SOME,
    st.frozensets(st.frozensets(PEOPLE, min_size=2, max_size=2), max_size=4),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_no_assignment_ever_breaks_a_rule(
    nodes: list[Node],
    named: frozenset[int],
    earlier: frozenset[int],
    unwanted: frozenset[int],
    own: frozenset[int],
    ties: frozenset[frozenset[int]],
    needs_clinician: bool,
) -> None:
    bars = Bars(named, earlier, unwanted, own, ties, needs_clinician)
    by_id = {node.id: node for node in nodes}
    chosen = eligible(nodes, bars, {"a"})
    for pk in chosen:
        node = by_id[pk]
        assert node.is_active
        assert node.role == "a"
        assert node.is_clinician or not needs_clinician
        assert node.person not in named | earlier | unwanted | own
        assert not over(nodes, node.person) & earlier, "works under somebody who had a part in it"
        assert not over(nodes, node.person) & named, "works under whom it is against"
        assert all(node.person not in over(nodes, one) for one in named), "stands over whom it is against"
        assert not any(node.person in tie and tie & named for tie in ties), "is close to whom it is against"
    left_out = [node for node in nodes if node.id not in chosen and node.is_active and node.role == "a"]
    for node in left_out:  # and nobody is left out without a reason
        has_reason = (
            node.person in named | earlier | unwanted | own
            or over(nodes, node.person) & (earlier | named)
            or any(node.person in over(nodes, one) for one in named)
            or any(node.person in tie and tie & named for tie in ties)
            or (needs_clinician and not node.is_clinician)
        )
        assert has_reason


@given(charts(), PEOPLE, PEOPLE, st.frozensets(st.frozensets(PEOPLE, min_size=2, max_size=2), max_size=4))
@settings(max_examples=300, deadline=None)
def test_both_sides_of_the_rule_agree(nodes: list[Node], one: int, other: int, ties: frozenset[frozenset[int]]) -> None:
    """A person's own list of whose cases they do not see says the same as a case's list of who does not see it."""
    chart = Chart(nodes)
    assert (one in kept_by(chart, other, ties)) == (other in kept_from(chart, Bars(named=frozenset({one}), ties=ties)))


def test_somebody_chosen_is_always_somebody_who_may(world: World) -> None:
    case = tell(world, against=[world.peer])
    able = access.eligible_deciders(case)
    assert world.supervisor_role not in able  # over the one it is about
    assert world.lead_role in able
    with pytest.raises(CaseRefusal) as refused:
        actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.supervisor_role)
    assert refused.value.code == "not_independent"


def test_who_works_under_somebody_who_had_a_part_does_not_decide(world: World) -> None:
    under = hire(world, "Lena Ortego", StaffRole.Role.GRIEVANCE_COORDINATOR, supervisor=world.lead_role)
    case = tell(world)
    assert under in access.eligible_deciders(case)
    Involved.objects.create(case=case, person=world.lead, why=Involved.Why.EARLIER)
    assert under not in access.eligible_deciders(case)
    assert world.lead_role not in access.eligible_deciders(case)


def test_where_care_itself_is_the_question_somebody_trained_for_it_decides(world: World) -> None:
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance", is_clinical=True)
    assert access.eligible_deciders(fresh(case)) == []
    doctor = hire(world, "Imani Clark", StaffRole.Role.PROGRAMME_LEAD, is_clinician=True)
    assert access.eligible_deciders(fresh(case)) == [doctor]


def test_whom_the_family_does_not_want_and_who_is_close_do_not_decide(world: World) -> None:
    StaffTie.objects.create(one=world.lead, other=world.peer, noted_by=world.lead)
    case = tell(world, against=[world.peer], not_wanted=[world.coordinator])
    assert case.handler is None
    assert case.is_outside
    able = {role.person_id for role in access.eligible_deciders(case)}
    assert not able & {world.lead.pk, world.coordinator.pk, world.peer.pk, world.supervisor.pk}


def test_with_nobody_left_it_goes_outside_and_never_back(world: World) -> None:
    other = hire(world, "Noor Haddad", StaffRole.Role.GRIEVANCE_COORDINATOR, organization="csoc-contractor")
    case = tell(world)
    for role in access.eligible_deciders(case):
        Involved.objects.create(case=case, person=role.person, why=Involved.Why.EARLIER)
    assert access.eligible_deciders(case) == []
    assert not access.may_handle(other.person, case)
    last = hire(world, "Sam Okoye", StaffRole.Role.GRIEVANCE_COORDINATOR, organization="csoc-contractor")
    Involved.objects.create(case=case, person=last.person, why=Involved.Why.NOT_WANTED)
    assert access.eligible_deciders(case) == []
    assert not access.eligible_handlers(case)


def test_a_second_look_is_another_persons(world: World) -> None:
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)
    actions.resolve_case(
        actor=world.lead,
        case=case,
        outcome="not_agreed",
        answer="We see it otherwise.",
        changed="Nothing, since it is law.",
    )
    actions.reopen_case(actor=world.caregiver, case=case)
    assert fresh(case).decider is None
    assert world.lead_role not in access.eligible_deciders(fresh(case))


def test_who_had_a_part_in_the_case_before_neither_handles_nor_decides_the_next(world: World) -> None:
    first = tell(world)
    second = hire(world, "Noor Haddad", StaffRole.Role.GRIEVANCE_COORDINATOR, organization="csoc-contractor")
    actions.sort_case(actor=world.coordinator, case=first, kind="grievance")
    actions.assign_decider(actor=world.coordinator, case=first, staff_role=world.lead_role)
    after = fresh(tell(world, before=fresh(first)))
    assert after.handler == second
    assert world.lead_role not in access.eligible_deciders(after)
