"""One person answers for a family: never two, never changed in silence, and never nobody without an alarm."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from peer_support import actions
from peer_support.models import Coordination, CoordinationCheck, Credential, HandOff
from peer_support.refusals import AlreadyCoordinated, HandOffMissing, NobodyToHandOver, PeerRefusal, WhyMissing
from portal import worker
from portal.access import Refused
from portal.access import coordination as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks.models import Clock
from portal.families import actions as families
from portal.families.models import Family, Member, StaffAssignment
from portal.notices.models import Notice
from portal.programs import actions as programs
from portal.programs.models import Organization, Program, StaffRole
from tests.peer_support.conftest import Later
from tests.peer_support.helping import confirmed, coordinated, handing_over, plan
from tests.voice.chosen import chosen
from tests.world import World, _person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def answering(world: World) -> list[Person]:
    return [one.coordinator.person for one in Coordination.objects.filter(family=world.family, ended_at=None)]


def alarms(person: Person) -> int:
    return Notice.objects.filter(person=person, kind=Notice.Kind.NO_COORDINATOR).count()


# -- exactly one -------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-01")
def test_a_second_coordinator_is_refused_with_a_plain_sentence(world: World) -> None:
    coordinated(world)
    with pytest.raises(AlreadyCoordinated) as refused:
        actions.start_coordination(actor=world.facilitator, family=world.family, coordinator=world.liaison_role)
    assert "Someone answers for this family already." in str(refused.value.message)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coordination.objects.create(family=world.family, coordinator=world.liaison_role)
    assert answering(world) == [world.facilitator]


@pytest.mark.promise("FL-01")
@pytest.mark.django_db(transaction=True)
def test_two_who_name_one_at_the_same_moment_name_one(world_committed: World) -> None:
    world = world_committed
    start = Barrier(2)

    def name(role: StaffRole) -> str:
        try:
            start.wait(timeout=10)
            actions.start_coordination(actor=world.liaison, family=world.family, coordinator=role)
        except PeerRefusal as refusal:
            return str(refusal.message)
        finally:
            connection.close()
        return "named"

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(name, [world.liaison_role, world.facilitator_role]))
    assert answers == [str(AlreadyCoordinated.message), "named"]
    assert len(answering(world)) == 1


def test_the_first_one_is_named_without_a_hand_off_and_the_family_is_told(world: World) -> None:
    coordinated(world)
    assert Notice.objects.filter(person=world.caregiver, about__startswith="coordinator:").count() == 1
    assert Entry.objects.filter(subject="coordination", verb="created", family_id=world.family.public_id).count() == 1


@pytest.mark.parametrize("who", ["caregiver", "peer", "lead", "stranger_liaison", "supervisor"])
def test_only_staff_beside_the_family_name_one(world: World, who: str) -> None:
    with pytest.raises(Refused):
        actions.start_coordination(actor=getattr(world, who), family=world.family, coordinator=world.facilitator_role)


def test_nobody_answers_for_their_own_people(world: World) -> None:
    families.add_member(
        actor=world.liaison, family=world.family, person=world.facilitator, role=Member.Role.NATURAL_SUPPORT
    )
    with pytest.raises(Refused):
        coordinated(world)


# -- no change without a hand-off --------------------------------------------------------------------------------------


@pytest.mark.promise("FL-02")
def test_a_new_one_without_a_hand_off_is_refused_also_after_the_old_one_left(world: World) -> None:
    coordinated(world)
    actions.end_staff_role(actor=None, role=world.facilitator_role)
    assert answering(world) == []
    with pytest.raises(HandOffMissing) as refused:
        actions.start_coordination(actor=world.liaison, family=world.family, coordinator=world.liaison_role)
    assert "only by a hand-off" in str(refused.value.message)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coordination.objects.create(family=world.family, coordinator=world.liaison_role)
    with pytest.raises(NobodyToHandOver):
        handing_over(world)


@pytest.mark.promise("FL-02")
def test_the_coordinator_changes_when_the_hand_off_is_warm_and_not_before(world: World) -> None:
    coordinated(world)
    hand_off = handing_over(world)
    assert answering(world) == [world.facilitator]
    assert confirmed(world, hand_off) == HandOff.State.WARM
    assert answering(world) == [world.liaison]
    assert access.current(world.family) == Coordination.objects.get(hand_off=hand_off)


@pytest.mark.promise("FL-02")
def test_an_emergency_override_is_logged_with_its_reason_and_shown_to_the_family(world: World) -> None:
    coordinated(world)
    with pytest.raises(WhyMissing):
        actions.override_coordinator(actor=world.liaison, family=world.family, receiver=world.liaison_role, reason="  ")
    assert answering(world) == [world.facilitator]
    made = actions.override_coordinator(
        actor=world.liaison, family=world.family, receiver=world.liaison_role, reason="Abel is in the hospital."
    )
    assert (made.state, answering(world)) == (HandOff.State.EMERGENCY, [world.liaison])
    logged = Entry.objects.get(subject="hand_off", subject_id=str(made.public_id))
    assert (logged.actor, logged.detail["state"]) == (world.liaison, "emergency")
    for person in (world.caregiver, world.second_caregiver, world.youth):
        page = signed_in(None, person).get(f"/families/{world.family.public_id}/coordinator/").content.decode()
        assert "Abel is in the hospital." in page
        assert "Changed without a meeting" in page
        assert Notice.objects.filter(person=person, kind=Notice.Kind.HAND_OFF).exists()


def test_an_override_ends_what_was_planned_with_somebody_else(world: World) -> None:
    coordinated(world)
    planned = handing_over(world)
    actions.override_coordinator(
        actor=world.liaison, family=world.family, receiver=world.supervisor_role, reason="Both are ill."
    )
    planned.refresh_from_db()
    assert planned.state == HandOff.State.NOT_WARM
    assert answering(world) == [world.supervisor]
    assert confirmed(world, planned) == HandOff.State.WARM  # they met after all: it changes nothing any more
    assert answering(world) == [world.supervisor]


def test_where_nobody_ever_answered_there_is_nothing_to_override(world: World) -> None:
    with pytest.raises(HandOffMissing):
        actions.override_coordinator(
            actor=world.liaison, family=world.family, receiver=world.liaison_role, reason="In a hurry."
        )
    with pytest.raises(NobodyToHandOver):
        handing_over(world)


# -- nobody raises an alarm --------------------------------------------------------------------------------------------


@pytest.fixture
def in_florida(world: World) -> tuple[Family, StaffRole, StaffRole]:
    """A family of the programme that promises each family one coordinator, its liaison, and who leads there."""
    program = Program.objects.get(slug="florida-care-coordination")
    organization = Organization.objects.filter(program=program).order_by("pk")[0]
    liaison, lead = (
        programs.appoint(actor=None, person=_person(program, name), organization=organization, role=role)
        for name, role in (
            ("Ana Prieto", StaffRole.Role.LIAISON),
            ("Ivy Stone", StaffRole.Role.PROGRAMME_LEAD),
        )
    )
    family = families.open_family(actor=liaison.person, role=liaison, name="Delgado")
    return family, liaison, lead


def test_naming_someone_counts_no_contacts_before_somebody_said_yes_to_them(
    in_florida: tuple[Family, StaffRole, StaffRole],
) -> None:
    family, liaison, _lead = in_florida
    actions.start_coordination(actor=liaison.person, family=family, coordinator=liaison)
    assert not Clock.objects.filter(family=family, rule_id="FL-CONTACT").exists()


def test_a_facilitator_without_training_answers_only_where_somebody_wrote_down_why(world: World) -> None:
    abel = world.facilitator_role
    Credential.objects.filter(staff_role=abel).update(withdrawn_at=timezone.now())
    assert abel in access.possible_coordinators(world.family)  # beside this family since before
    StaffAssignment.objects.filter(staff_role=abel).update(ended_at=timezone.now())
    assert abel not in access.possible_coordinators(world.family)
    chosen(world.youth_member, abel)
    families.assign(actor=world.liaison, family=world.family, staff_role=abel, override_reason="Nobody else is free.")
    assert abel in access.possible_coordinators(world.family)


@pytest.mark.promise("FL-01")
def test_a_family_with_nobody_is_found_that_night_and_staff_and_leads_are_told_once(
    in_florida: tuple[Family, StaffRole, StaffRole], later: Later
) -> None:
    family, liaison, lead = in_florida
    assert list(access.without_coordinator()) == [family]
    assert [actions.check_coordination(), actions.check_coordination()] == [1, 0]
    assert CoordinationCheck.objects.get(program=family.program).found == 1
    assert [alarms(liaison.person), alarms(lead.person)] == [1, 1]
    actions.start_coordination(actor=liaison.person, family=family, coordinator=liaison)
    later(dt.timedelta(days=1))
    assert worker.one_round()["alone"] == 0
    assert [alarms(liaison.person), alarms(lead.person)] == [1, 1]


@pytest.mark.promise("FL-01")
def test_when_the_coordinators_job_ends_the_family_is_told_and_the_alarm_is_raised_at_once_and_every_night(
    world: World, later: Later
) -> None:
    assert list(access.without_coordinator(world.program)) == []  # nothing is promised here, and nobody was named
    coordinated(world)
    actions.end_staff_role(actor=None, role=world.facilitator_role)
    assert alarms(world.liaison) == 1
    assert Notice.objects.filter(person=world.caregiver, about__endswith=":left").count() == 1
    later(dt.timedelta(days=1))
    assert actions.check_coordination() >= 1
    assert [alarms(world.liaison), alarms(world.lead)] == [2, 1]
    page = signed_in(None, world.caregiver).get(f"/families/{world.family.public_id}/coordinator/").content.decode()
    assert "Nobody answers right now. This is ours to put right." in page


def test_a_job_that_ended_by_another_way_is_found_as_well(world: World) -> None:
    coordinated(world)
    programs.end_role(actor=None, role=world.facilitator_role)
    assert list(access.without_coordinator(world.program)) == [world.family]
    with pytest.raises(NobodyToHandOver):
        actions.plan_coordinator_hand_off(
            actor=world.liaison,
            family=world.family,
            member=world.caregiver_member,
            receiver=world.liaison_role,
            plan=plan(world),
        )
    actions.override_coordinator(
        actor=world.liaison, family=world.family, receiver=world.liaison_role, reason="Abel has left."
    )
    assert list(access.without_coordinator(world.program)) == []


def test_a_lead_names_someone_where_nobody_answers_and_sees_no_name_of_the_family(
    in_florida: tuple[Family, StaffRole, StaffRole],
) -> None:
    family, liaison, lead = in_florida
    browser = signed_in(None, lead.person)
    page = browser.get("/coordination/").content.decode()
    way = f"/families/{family.public_id}/coordinator/give/"
    assert way in page
    assert "Delgado" not in page
    assert "Delgado" not in browser.get(way).content.decode()
    assert browser.post(way, {"coordinator": str(liaison.public_id)})["Location"] == "/coordination/"
    assert "Each family has someone who answers for it." in browser.get("/coordination/").content.decode()
    assert browser.get(way).status_code == 404
    named = signed_in(None, liaison.person).get("/coordination/").content.decode()
    assert "Each family has someone who answers for it." in named


# -- the card ----------------------------------------------------------------------------------------------------------


def test_the_family_reads_who_its_coordinator_is_on_its_first_page_and_its_own(world: World) -> None:
    for path in ("/", f"/families/{world.family.public_id}/"):
        assert "Your coordinator" not in signed_in(None, world.caregiver).get(path).content.decode()
    coordinated(world)
    for person in (world.caregiver, world.second_caregiver, world.youth):
        for path in ("/", f"/families/{world.family.public_id}/"):
            page = signed_in(None, person).get(path).content.decode()
            assert "Your coordinator" in page
            assert "Abel Nwosu" in page
    assert "Your coordinator" not in signed_in(None, world.natural_support).get("/").content.decode()


def test_staff_name_the_first_one_on_the_page(world: World) -> None:
    browser = signed_in(None, world.liaison)
    page = f"/families/{world.family.public_id}/coordinator/"
    assert "Name someone" in browser.get(page).content.decode()
    answer = browser.post(f"{page}give/", {"coordinator": str(world.facilitator_role.public_id)}, follow=True)
    assert "It is written down. The family is told." in answer.content.decode()
    again = browser.post(f"{page}give/", {"coordinator": str(world.liaison_role.public_id)})
    assert again.status_code == 422
    assert "Someone answers for this family already." in again.content.decode()
