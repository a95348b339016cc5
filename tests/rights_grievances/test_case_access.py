"""Who sees a case: who told us, the family as far as papers go, who works on it; and nobody whom it is about, by anything."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from portal.access import clocks
from portal.access import grievances as access
from portal.access.retention import kept_families
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks import actions as clock_actions
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.families.models import Family
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from rights_grievances import actions
from rights_grievances.models import Case
from tests.rights_grievances.telling import clock_of, fresh, hire, tell
from tests.world import VIEWERS, World, signed_in

pytestmark = pytest.mark.both_databases


def seen_by(world: World, case: Case) -> set[str]:
    people = {name: getattr(world, name) for name in VIEWERS}
    return {name for name, person in people.items() if access.visible_cases(person).filter(pk=case.pk).exists()}


def test_a_parents_word_is_seen_by_the_parent_the_young_person_and_the_desk(world: World) -> None:
    assert seen_by(world, tell(world)) == {"caregiver", "youth", "coordinator"}


@pytest.mark.promise("LA-44")
def test_what_a_young_person_tells_us_alone_no_parent_ever_learns(world: World) -> None:
    before = Notice.objects.count()
    case = tell(world, filed_by=world.youth, filed_as="youth", is_own_matter=True)
    assert seen_by(world, case) == {"youth", "coordinator"}
    told = Notice.objects.order_by("pk")[before:].values_list("person", flat=True)
    assert set(told) == {world.coordinator.pk}
    assert not Entry.objects.filter(subject="case").exclude(family_id=None).exists()
    assert (
        not Entry.objects.filter(subject="clock", detail__rule__startswith="PROMISE").exclude(family_id=None).exists()
    )


def test_a_caregiver_without_full_authority_does_not_see_it(world: World) -> None:
    assert "second_caregiver" not in seen_by(world, tell(world))


def test_a_caregiver_who_is_kept_away_does_not_see_it(world: World) -> None:
    case = tell(world, filed_by=world.youth, filed_as="youth")
    assert "caregiver" in seen_by(world, case)
    world.second_caregiver_authority.delete()
    world.keep_apart()
    assert seen_by(world, case) == {"youth", "caregiver", "coordinator"}


def test_a_caregiver_whom_it_is_about_does_not_see_it(world: World) -> None:
    case = tell(world, filed_by=world.youth, filed_as="youth", against=[world.caregiver])
    assert seen_by(world, case) == {"youth", "coordinator"}


def test_who_gave_no_name_is_nowhere(world: World) -> None:
    case = tell(world, filed_as="anonymous", filed_by=world.caregiver, family=None, youth=None)
    assert case.filed_by is None
    assert seen_by(world, case) == {"coordinator"}
    assert not Entry.objects.filter(subject="case", actor=world.caregiver).exists()


def test_a_neighbors_word_waits_for_consent_and_is_told_to_the_family_the_same_day(world: World) -> None:
    case = tell(world, filed_by=world.natural_support, filed_as="other")
    assert (case.consent, case.state) == (Case.Consent.PENDING, Case.State.FILED)
    assert seen_by(world, case) == {"natural_support", "caregiver", "youth", "coordinator"}
    assert Notice.objects.filter(person=world.caregiver, kind=Notice.Kind.CASE).exists()
    actions.sort_case(actor=world.coordinator, case=case, kind="question")
    actions.give_consent(actor=world.caregiver, case=case, given=False)
    actions.resolve_case(actor=world.coordinator, case=case, outcome="answered", answer="About the child.")
    assert (
        "About the child." not in signed_in(None, world.natural_support).get(case.get_absolute_url()).content.decode()
    )
    assert "About the child." in signed_in(None, world.caregiver).get(case.get_absolute_url()).content.decode()


def test_a_neighbors_word_about_one_of_the_family_is_not_announced_to_it(world: World) -> None:
    tell(world, filed_by=world.natural_support, filed_as="other", against=[world.second_caregiver])
    assert not Notice.objects.filter(kind=Notice.Kind.CASE, person__memberships__family=world.family).exists()


def test_against_a_peer_nobody_over_under_or_close_to_them_sees_it(world: World) -> None:
    under = hire(world, "Noor Haddad", StaffRole.Role.GRIEVANCE_COORDINATOR, supervisor=world.peer_role)
    over = hire(world, "Sam Okoye", StaffRole.Role.GRIEVANCE_COORDINATOR)
    StaffRole.objects.filter(pk=world.supervisor_role.pk).update(supervisor=over)
    case = tell(world, against=[world.peer])
    assert not access.visible_cases(under.person).filter(pk=case.pk).exists()
    assert not access.visible_cases(over.person).filter(pk=case.pk).exists()
    assert seen_by(world, case) == {"caregiver", "youth", "coordinator"}


def test_against_an_organization_nobody_of_it_sees_it(world: World) -> None:
    inside = hire(world, "Noor Haddad", StaffRole.Role.GRIEVANCE_COORDINATOR, organization="fhf-jefferson")
    case = tell(world, against=[world.organization("fhf-jefferson")])
    assert not access.visible_cases(inside.person).filter(pk=case.pk).exists()
    assert case.handler == world.coordinator_role


def test_a_lead_sees_what_is_theirs_to_decide_and_nothing_else(world: World) -> None:
    case = tell(world)
    assert "lead" not in seen_by(world, case)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)
    assert "lead" in seen_by(world, case)
    StaffRole.objects.filter(pk=world.lead_role.pk).update(ended_at=timezone.now())
    assert "lead" not in seen_by(world, case)


PAGES = (
    "/",
    "/work/",
    "/families/",
    "/messages/",
    "/conversations/",
    "/help/",
    "/notices/",
    "/desk/",
    "/cases/",
    "/cases/yours/",
)


def shape(page: str) -> str:
    """What stands on a page without what differs from one opening to the next."""
    main = page[page.find("<main") : page.find("</main>")] if "<main" in page else page
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", main)


@pytest.mark.parametrize("name", ["mentor", "liaison", "supervisor", "peer", "lead"])
def test_the_pages_of_whom_it_is_about_show_no_trace(world: World, name: str) -> None:
    """The same pages before and after, opened by whom it is about, and late as well."""
    person: Person = getattr(world, name)
    browser = signed_in(None, person)
    pages = [*PAGES, f"/families/{world.family.public_id}/"]
    before = {page: browser.get(page) for page in pages}
    notices = Notice.objects.filter(person=person).count()
    case = tell(
        world, against=[person], filed_by=world.youth, filed_as="youth", at=timezone.now() - dt.timedelta(days=40)
    )
    fire_due()
    assert fresh(case).promise_missed_at is not None
    after = {page: browser.get(page) for page in pages}
    for page in pages:
        assert before[page].status_code == after[page].status_code, page
        assert shape(before[page].content.decode()) == shape(after[page].content.decode()), page
    assert Notice.objects.filter(person=person).count() == notices
    assert browser.get(case.get_absolute_url()).status_code == 404


def test_the_dates_of_a_case_stand_on_its_own_page_alone(world: World) -> None:
    case = tell(world)
    clock = clock_of(case, "PROMISE-ANSWER")
    for name in VIEWERS:
        assert not clocks.visible_clocks(getattr(world, name)).filter(subject="grievance").exists(), name
    assert clocks.told_of(clock) == []
    assert signed_in(None, world.caregiver).get(f"/owed/{clock.public_id}/").status_code == 404
    assert set(access.clocks_of(case).values_list("rule_id", flat=True)) == {"PROMISE-ACK", "PROMISE-ANSWER"}


def test_a_family_that_goes_to_another_program_keeps_its_answer(world: World) -> None:
    case = tell(world)
    clock_actions.leave_program(actor=None, family=world.family, program=world.program, reason="moved")
    assert clock_of(case, "PROMISE-ANSWER").state == Clock.State.OPEN


def test_the_record_of_a_complaint_keeps_the_familys_records(world: World) -> None:
    case = tell(world)
    long_ago = timezone.now() - dt.timedelta(days=365 * 9)
    Family.objects.filter(pk=world.family.pk).update(closed_at=long_ago)
    assert kept_families().filter(pk=world.family.pk).exists()
    Case.objects.filter(pk=case.pk).update(state="closed", ended_at=long_ago, resolved_at=long_ago)
    assert kept_families().filter(pk=world.family.pk).exists()
    Case.objects.filter(pk=case.pk).update(ended_at=timezone.now() - dt.timedelta(days=366 * 11))
    assert not kept_families().filter(pk=world.family.pk).exists()
