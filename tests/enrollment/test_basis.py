"""Who agreed to the care a case is about: what a young person agreed to alone is theirs to show."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.access import Refused, record
from portal.access import enrollment as access
from portal.access.clocks import told_of, visible_clocks
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.enrollment import actions, refusals
from portal.enrollment.models import BasisChange, Decision, Enrollment, today_of
from portal.families.models import AccessBasis
from portal.growing import actions as growing
from portal.notices.models import Notice
from tests.enrollment.cases import agreed, all_agree, enrolled, keeper_of, manager_of, opened, recommend
from tests.enrollment.conftest import SetTime
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SUBSTANCE = AccessBasis.SUBSTANCE  # Missouri's law lets a minor agree alone to nothing else


def dates_of(case: Enrollment | Decision) -> set[int]:
    return set(Clock.objects.filter(subject_id=str(case.public_id)).values_list("pk", flat=True))


def sees(person: Person, case: Enrollment) -> list[bool]:
    """By each way: the page, the list of cases, the dates, who is told of them, the family's record of looks."""
    person = Person.objects.get(pk=person.pk)
    browser = signed_in(None, person)
    dates = Clock.objects.filter(pk__in=dates_of(case))
    entries = record.visible_entries(person, case.family)
    return [
        browser.get(case.get_absolute_url()).status_code == 200,
        case.get_absolute_url() in browser.get("/cases/").content.decode(),
        visible_clocks(person).filter(pk__in=dates).exists(),
        any(one.person == person for clock in dates for one in told_of(clock)),
        entries.filter(subject_id=str(case.public_id)).exists(),
    ]


def narrowed(world: World, case: Enrollment | Decision, basis: AccessBasis = SUBSTANCE) -> BasisChange:
    return actions.narrow_basis(actor=keeper_of(world), case=case, access_basis=basis, reason="He told me, alone.")


def at_home(world: World, basis: AccessBasis = AccessBasis.PARENT) -> Enrollment:
    """A time inside in Louisiana, where no agencies decide before it."""
    today = today_of(world.family)
    return actions.enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today,
        next_on=today + dt.timedelta(days=9),
        access_basis=basis,
    )


def first_day(world: World, basis: AccessBasis = AccessBasis.PARENT) -> Enrollment:
    """In Missouri, of whom the agencies agreed on before."""
    today = today_of(world.faraway_family)
    return actions.enroll(
        actor=keeper_of(world),
        family=world.faraway_family,
        youth=world.faraway_youth_member,
        care_manager=manager_of(world),
        enrolled_on=today + dt.timedelta(days=20),
        next_on=today + dt.timedelta(days=30),
        access_basis=basis,
    )


def test_a_case_that_a_parent_agreed_to_is_seen_by_both(world: World) -> None:
    case = enrolled(world)
    assert all(sees(world.faraway_caregiver, case))
    assert all(sees(world.faraway_youth, case))


def test_from_the_moment_it_is_written_down_no_parent_sees_any_of_it_and_old_notices_are_gone(
    world: World, at: SetTime
) -> None:
    at("2027-02-10T18:00")
    case = enrolled(world)
    at("2027-03-10T18:00")
    recommend(world, case, approves=True)
    owed = Clock.objects.filter(pk__in=dates_of(case)).values_list("public_id", flat=True)
    paths = [case.get_absolute_url(), "/owed/", *(f"/owed/{one}/" for one in owed)]
    hers = Notice.objects.filter(person=world.faraway_caregiver, path__in=paths)
    assert hers.filter(kind=Notice.Kind.CLOCK_STARTED).exists()
    own = Notice.objects.filter(person=world.faraway_youth, path__in=paths)
    before = own.count()
    narrowed(world, case)
    assert not any(sees(world.faraway_caregiver, case))
    assert all(sees(world.faraway_youth, case))
    assert not hers.exists()
    assert own.count() == before + 1, "the young person keeps theirs, and is told"
    ending = Decision.objects.get(enrollment=case)
    assert signed_in(None, world.faraway_caregiver).get(ending.get_absolute_url()).status_code == 404
    assert world.faraway_caregiver not in [member.person for member in access.speakers(case)]


def test_said_at_the_opening_it_is_told_to_no_parent_at_any_time(world: World, at: SetTime) -> None:
    at("2027-02-10T18:00")
    Notice.objects.all().delete()
    today = today_of(world.faraway_family)
    decision = actions.open_decision(
        actor=keeper_of(world),
        family=world.faraway_family,
        youth=world.faraway_youth_member,
        referred_on=today,
        meets_on=today + dt.timedelta(days=3),
        access_basis=SUBSTANCE,
    )
    assert decision.access_basis == SUBSTANCE
    all_agree(world, decision)
    actions.close_meeting(actor=keeper_of(world), decision=decision)
    case = first_day(world)
    assert case.access_basis == SUBSTANCE, "the time inside rests on what the decision rested on"
    assert set(Clock.objects.filter(pk__in=dates_of(case)).values_list("access_basis", flat=True)) == {SUBSTANCE}
    assert not any(sees(world.faraway_caregiver, case))
    assert not Notice.objects.filter(person=world.faraway_caregiver).exists()
    assert Notice.objects.filter(person=world.faraway_youth).exists()


def test_the_next_round_of_a_date_rests_on_the_same(world: World, at: SetTime) -> None:
    at("2027-02-10T18:00")
    case = enrolled(world)
    narrowed(world, case)
    at("2027-03-10T18:00")
    actions.record_review(
        actor=keeper_of(world),
        enrollment=case,
        on=today_of(case.family),
        next_on=today_of(case.family) + dt.timedelta(days=9),
    )
    assert set(Clock.objects.filter(pk__in=dates_of(case)).values_list("access_basis", flat=True)) == {SUBSTANCE}


def test_what_is_about_drugs_is_not_opened_by_letting_see_but_what_was_agreed_to_alone_is(world: World) -> None:
    """Louisiana lets a minor agree to medical care alone, so the young person there has both."""
    case = at_home(world)
    with pytest.raises(Refused):
        growing.let_see(actor=world.youth, adult=world.caregiver_member)  # nothing there to let see
    actions.narrow_basis(actor=world.facilitator, case=case, access_basis=AccessBasis.MINOR, reason="Told me alone")
    assert not any(sees(world.caregiver, case))
    growing.let_see(actor=world.youth, adult=world.caregiver_member)
    assert all(sees(world.caregiver, case))
    assert not any(sees(world.second_caregiver, case)), "each adult by name"
    page = signed_in(None, world.caregiver).get(case.get_absolute_url()).content.decode()
    assert "This young person lets you see it." in page
    assert "Told me alone" not in page
    actions.narrow_basis(actor=world.facilitator, case=case, access_basis=SUBSTANCE, reason="It is about pills")
    assert not any(sees(world.caregiver, case))
    growing.stop_seeing(actor=world.youth, adult=world.caregiver_member)


def test_staff_cannot_show_it_to_more_people_but_may_say_for_a_day_that_it_was_a_mistake(
    world: World, at: SetTime
) -> None:
    at("2027-02-10T18:00")
    case = enrolled(world)
    change = narrowed(world, case)
    with pytest.raises(refusals.NothingNarrower):
        narrowed(world, case)
    with pytest.raises(refusals.NothingNarrower):
        narrowed(world, case, AccessBasis.PARENT)
    with pytest.raises(refusals.StandsNow):
        actions.undo_basis(actor=world.faraway_liaison, case=case)  # another of the staff
    actions.undo_basis(actor=keeper_of(world), case=case)
    assert all(sees(world.faraway_caregiver, case))
    with pytest.raises(refusals.StandsNow):
        actions.undo_basis(actor=keeper_of(world), case=case)
    narrowed(world, case)
    with pytest.raises(refusals.StandsNow):
        actions.undo_basis(actor=world.faraway_liaison, case=case)
    at("2027-02-11T18:01")
    with pytest.raises(refusals.StandsNow):
        actions.undo_basis(actor=keeper_of(world), case=case)
    assert not any(sees(world.faraway_caregiver, case))
    assert list(BasisChange.objects.filter(case_id=case.public_id).order_by("pk").values_list("after", flat=True)) == [
        change.after,
        AccessBasis.PARENT,
        SUBSTANCE,
    ]


def test_from_the_page_of_a_decision_about_ending_the_whole_case_is_closed(world: World, at: SetTime) -> None:
    at("2027-02-10T18:00")
    case = enrolled(world)
    at("2027-03-10T18:00")
    recommend(world, case, approves=True)
    ending = Decision.objects.get(enrollment=case)
    keeper = signed_in(None, keeper_of(world))
    page = keeper.get(ending.get_absolute_url()).content.decode()
    assert f"/cases/{case.public_id}/basis/" in page
    assert keeper.get(f"/cases/{ending.public_id}/basis/").status_code == 404
    keeper.post(f"/cases/{case.public_id}/basis/", {"access_basis": "substance", "reason": "He told me."})
    assert not any(sees(world.faraway_caregiver, case))
    assert signed_in(None, world.faraway_caregiver).get(ending.get_absolute_url()).status_code == 404


def test_chosen_at_the_first_day_it_closes_the_decision_before_it_as_well(world: World) -> None:
    decision = agreed(world)
    case = first_day(world, SUBSTANCE)
    assert not any(sees(world.faraway_caregiver, case))
    assert signed_in(None, world.faraway_caregiver).get(decision.get_absolute_url()).status_code == 404
    assert not visible_clocks(world.faraway_caregiver).filter(pk__in=dates_of(decision)).exists()
    actions.undo_basis(actor=keeper_of(world), case=case)  # a wrong choice at the opening, within a day
    assert all(sees(world.faraway_caregiver, case))


def test_what_somebody_else_chose_is_not_opened_by_an_older_mistake(world: World) -> None:
    decision = agreed(world)
    actions.narrow_basis(actor=world.faraway_liaison, case=decision, access_basis=SUBSTANCE, reason="He told me")
    case = first_day(world, SUBSTANCE)
    with pytest.raises(refusals.StandsNow):
        actions.undo_basis(actor=world.faraway_liaison, case=case)
    assert not any(sees(world.faraway_caregiver, case))


def test_whom_they_let_see_one_thing_is_not_let_see_the_next(world: World) -> None:
    first = at_home(world, AccessBasis.MINOR)
    growing.let_see(actor=world.youth, adult=world.caregiver_member)
    assert all(sees(world.caregiver, first))
    Enrollment.objects.filter(pk=first.pk).update(ended_at=timezone.now())
    second = at_home(world, AccessBasis.MINOR)
    assert not any(sees(world.caregiver, second))
    assert "Let Odette see it" in signed_in(None, world.youth).get("/growing-up/").content.decode()


def test_let_in_to_see_is_not_let_in_to_say_no(world: World) -> None:
    case = at_home(world, AccessBasis.MINOR)
    growing.let_see(actor=world.youth, adult=world.caregiver_member)
    assert [member.person for member in access.speakers(case)] == [world.youth]


def test_a_parents_no_to_ending_is_heard_before_the_case_is_closed_to_them(world: World, at: SetTime) -> None:
    at("2027-02-10T18:00")
    case = enrolled(world)
    at("2027-03-10T18:00")
    recommend(world, case, approves=True, agrees=False)
    with pytest.raises(refusals.NoIsHeardFirst):
        narrowed(world, case)
    assert all(sees(world.faraway_caregiver, case))


def test_nothing_that_was_settled_meanwhile_is_called_a_mistake(world: World, at: SetTime) -> None:
    at("2027-02-10T18:00")
    decision = opened(world)
    narrowed(world, decision)
    at("2027-02-10T20:00")
    all_agree(world, decision)
    actions.close_meeting(actor=keeper_of(world), decision=decision)
    with pytest.raises(refusals.StandsNow):
        actions.undo_basis(actor=keeper_of(world), case=decision)


def test_who_is_too_young_to_sign_in_could_never_open_it_again(world: World) -> None:
    for born_on in (timezone.now().date() - dt.timedelta(days=12 * 365), None):
        Person.objects.filter(pk=world.youth.pk).update(born_on=born_on)
        world.youth_member.person.refresh_from_db()
        assert access.bases_for(world.youth_member) == [AccessBasis.PARENT]


def test_only_what_the_law_of_the_state_knows_is_offered(world: World) -> None:
    assert access.bases_for(world.faraway_youth_member) == [AccessBasis.PARENT, SUBSTANCE]
    assert access.bases_for(world.youth_member) == [AccessBasis.PARENT, AccessBasis.MINOR, SUBSTANCE]
    with pytest.raises(refusals.NotTheLawHere):
        narrowed(world, opened(world), AccessBasis.MINOR)
    Person.objects.filter(pk=world.youth.pk).update(born_on=timezone.now().date() - dt.timedelta(days=19 * 366))
    world.youth_member.person.refresh_from_db()
    assert access.bases_for(world.youth_member) == [AccessBasis.PARENT, SUBSTANCE], "grown up, nobody else agrees"


def test_only_who_keeps_the_case_writes_it_down(world: World) -> None:
    case = agreed(world)
    for person in (world.faraway_caregiver, world.faraway_youth, world.facilitator, world.lead):
        with pytest.raises(Refused):
            actions.narrow_basis(actor=person, case=case, access_basis=SUBSTANCE, reason="x")


def test_by_pages_staff_close_it_the_young_person_reads_why_and_it_is_taken_back(world: World) -> None:
    case = enrolled(world)
    keeper = signed_in(None, keeper_of(world))
    page = keeper.get(case.get_absolute_url()).content.decode()
    assert f"/cases/{case.public_id}/basis/" in page
    answer = keeper.post(f"/cases/{case.public_id}/basis/", {"access_basis": "substance", "reason": ""})
    assert answer.status_code == 422
    answer = keeper.post(f"/cases/{case.public_id}/basis/", {"access_basis": "minor", "reason": "so"})
    assert answer.status_code == 422
    answer = keeper.post(
        f"/cases/{case.public_id}/basis/", {"access_basis": "substance", "reason": "He told me, alone."}
    )
    assert answer.status_code == 302
    twice = keeper.post(
        f"/cases/{case.public_id}/basis/", {"access_basis": "substance", "reason": "He told me, alone."}
    )
    assert (twice.status_code, BasisChange.objects.count()) == (302, 1)
    assert "do not tell a parent" in keeper.get(case.get_absolute_url()).content.decode()
    own = signed_in(None, world.faraway_youth).get(case.get_absolute_url()).content.decode()
    assert "You said yes to this help on your own." in own
    assert "He told me, alone." in own
    assert signed_in(None, world.faraway_caregiver).get(case.get_absolute_url()).status_code == 404
    assert keeper.post(f"/cases/{case.public_id}/basis/undo/").status_code == 302
    assert signed_in(None, world.faraway_caregiver).get(case.get_absolute_url()).status_code == 200
    own = signed_in(None, world.faraway_youth).get(case.get_absolute_url()).content.decode()
    assert "What was written before was a mistake." in own
