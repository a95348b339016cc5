"""A family picks its facilitator, and asks for another one without a reason."""

from __future__ import annotations

import pytest

from portal.access import Refused, offered
from portal.access import families as family_access
from portal.care import actions as care
from portal.care.models import Seat, TeamAsk
from portal.clocks.models import Clock
from portal.enrollment import actions as enrollment
from portal.enrollment.models import Enrollment
from portal.families import actions as families
from portal.families.models import StaffAssignment
from portal.programs import actions as programs
from portal.programs.models import StaffRole
from portal.voice.actions import asking, choices, offers
from portal.voice.choice_refusals import LookedForMissing, NoteMissing, OptionGone, ShownAlready, TooFew
from portal.voice.models import Choice
from tests.care.plans import opened
from tests.voice.choosing import facilitators, now, option, page, path_of, pick, post, say, status
from tests.world import World, _person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def beside(world: World) -> set[str]:
    rows = offered.facilitators_beside(world.family)
    return {one.staff_role.person.display_name for one in rows}


def shown(world: World, roles: list[StaffRole], **said: object) -> Choice:
    return offers.offer_facilitators(
        actor=world.liaison,
        youth=world.youth_member,
        roles=roles,
        **said,  # type: ignore[arg-type]
    )


@pytest.mark.promise("LA-43")
def test_a_change_of_facilitator_asked_without_a_reason_has_a_clock_and_an_outcome(world: World) -> None:
    """ "Change request has a clock and outcome, no reason required": asked, answered by showing others, picked, done."""
    plan = opened(world)
    care.take_seats(plan)
    case = Enrollment.objects.create(
        family=world.family, youth=world.youth_member, care_manager=world.facilitator_role, created_by=world.liaison,
        enrolled_on=world.program.today(), next_review_on=world.program.today(),
    )  # fmt: skip
    first, second = facilitators(world)
    seat = Seat.objects.get(plan=plan, person=world.facilitator, state="in")
    post(world.caregiver, f"/plans/{plan.public_id}/team/{seat.public_id}/ask/", why="")
    ask = TeamAsk.objects.get()
    clock = Clock.objects.get(subject="team_ask", subject_id=str(ask.public_id))
    assert (clock.rule_id, clock.state) == ("LA-TEAM-CHANGE", "open")
    link = f"/families/{world.family.public_id}/facilitator/?ask={ask.public_id}"
    assert link in page(world.liaison, f"/team-asks/{ask.public_id}/")
    offer = page(world.liaison, link)
    assert "They asked for someone else" in offer
    assert "0 families now" in offer
    form = {
        "youth": world.youth.public_id,
        "roles": [first.public_id, second.public_id],
        "replaces": world.facilitator_role.public_id,
    }
    assert post(world.liaison, link, **form, note="").status_code == 422, "the answer to who asked is in words"
    post(world.liaison, link, **form, note="Here are two who have room for you.")
    clock.refresh_from_db()
    ask.refresh_from_db()
    assert (clock.state, ask.answer, ask.words) == ("met", "changes", "Here are two who have room for you.")
    choice = Choice.objects.get()
    assert choice.answers == ask
    assert path_of(choice) in page(world.caregiver, f"/team-asks/{ask.public_id}/")
    assert beside(world) == {world.facilitator.display_name}, "until the family picks, nobody is missing"
    post(world.caregiver, path_of(choice), answer=option(choice, 2).public_id, words="")
    assert beside(world) == {second.person.display_name}
    assert not family_access.visible_families(world.facilitator).exists()
    case.refresh_from_db()
    assert case.care_manager == second
    assert "chosen" in page(world.caregiver, f"/team-asks/{ask.public_id}/")


@pytest.mark.promise("LA-43")
def test_a_new_facilitator_stands_beside_a_family_only_by_its_choice(world: World) -> None:
    first, second = facilitators(world)
    with pytest.raises(families.NotChosen) as refused:
        families.assign(actor=world.liaison, family=world.family, staff_role=first)
    assert "The family has not chosen Fay Number1." in refused.value.message
    choice = shown(world, [first, second])
    with pytest.raises(families.NotChosen):  # shown is not chosen
        families.assign(actor=world.liaison, family=world.family, staff_role=first)
    pick(world.youth, choice)
    assert beside(world) == {world.facilitator.display_name, "Fay Number1"}, "one more came; nobody was to go"
    families.assign(actor=world.liaison, family=world.family, staff_role=first)
    with pytest.raises(families.NotChosen):
        families.assign(actor=world.liaison, family=world.family, staff_role=second)


@pytest.mark.promise("LA-43")
def test_the_first_day_and_a_case_go_only_to_whom_the_family_chose_and_the_page_says_so(world: World) -> None:
    first, _second = facilitators(world)
    today = world.program.today()
    path = f"/families/{world.family.public_id}/enrollments/new/"
    form = {
        "youth": world.youth.public_id,
        "access_basis": "parent",
        "care_manager": first.public_id,
        "enrolled_on": today,
        "next_on": today.replace(day=1) + (today - today.replace(year=today.year - 1)) / 12,
    }
    answer = post(world.liaison, path, **form)
    assert answer.status_code == 422
    assert "The family has not chosen Fay Number1." in answer.content.decode()
    assert not Enrollment.objects.exists()


@pytest.mark.promise("LA-43")
def test_the_only_one_there_is_comes_at_once_is_recorded_so_and_the_family_can_still_say_no(world: World) -> None:
    (only,) = facilitators(world, 1)
    with pytest.raises(LookedForMissing):
        shown(world, [only])
    choice = shown(world, [only], looked_for="All of the agency; the others have no room.")
    assert choice.is_only_one
    assert "Fay Number1" in beside(world)
    text = page(world.caregiver, path_of(choice))
    assert "Only one available" in text
    assert "the others have no room" in text
    assert "stands beside the family already" in text
    say(world.caregiver, choice, "none")
    assert "Fay Number1" in beside(world), "staff go on looking, and nobody is missing meanwhile"
    clock = Clock.objects.get(subject="choice", subject_id=str(choice.public_id))
    assert (clock.rule_id, clock.state) == ("LA-TEAM-CHANGE", "open")


def test_one_of_several_is_not_shown_alone(world: World) -> None:
    first, second = facilitators(world)
    with pytest.raises(TooFew):
        shown(world, [first], looked_for="x")
    shown(world, [first, second])
    with pytest.raises(ShownAlready):
        shown(world, [first, second])
    answer = post(
        world.liaison,
        f"/families/{world.family.public_id}/facilitator/",
        youth=world.youth.public_id,
        roles=[first.public_id, second.public_id],
    )
    assert answer.status_code == 422
    assert "The family has this before it already." in answer.content.decode()


def test_a_facilitator_who_leaves_between_showing_and_picking_is_gone_and_the_other_stays(world: World) -> None:
    first, second = facilitators(world)
    choice = shown(world, [first, second])
    programs.end_role(actor=None, role=first)
    with pytest.raises(OptionGone):
        pick(world.caregiver, choice)
    assert now(choice).state == "open"
    assert pick(world.caregiver, choice, 2) == "settled"
    assert "Fay Number2" in beside(world)


def test_another_staff_member_goes_on_where_who_showed_it_has_left(world: World) -> None:
    first, second = facilitators(world)
    choice = offers.offer_facilitators(actor=world.facilitator, youth=world.youth_member, roles=[first, second])
    programs.end_role(actor=None, role=world.facilitator_role)
    assert status(world.facilitator, path_of(choice)) == 404
    assert "They told me" in page(world.liaison, path_of(choice))
    assert pick(world.caregiver, choice) == "settled"
    assert "Fay Number1" in beside(world)


def test_before_a_plan_begins_another_facilitator_is_asked_for_on_the_page_of_choices(world: World) -> None:
    text = page(world.caregiver, "/choices/")
    assert "not chosen here yet" in text
    assert f'name="youth" value="{world.youth.public_id}"' in text
    answer = post(world.caregiver, "/choices/ask/", youth=world.youth.public_id)
    (choice,) = Choice.objects.all()
    assert answer["Location"] == path_of(choice)
    clock = Clock.objects.get(subject="choice", subject_id=str(choice.public_id))
    assert (clock.rule_id, clock.matter_of, clock.responsible) == (
        "LA-TEAM-CHANGE",
        world.caregiver,
        world.liaison_role,
    )
    post(world.caregiver, "/choices/ask/", youth=world.youth.public_id)
    assert Choice.objects.count() == 1
    assert status(world.youth, path_of(choice)) == 404
    assert status(world.second_caregiver, path_of(choice)) == 404
    filled = shown(world, facilitators(world))
    assert filled == choice
    clock.refresh_from_db()
    assert clock.state == "met"
    assert status(world.youth, path_of(choice)) == 200
    assert status(world.second_caregiver, path_of(choice)) == 404, "he decides about school alone"
    with pytest.raises(Refused):
        asking.ask_for_facilitator(actor=world.second_caregiver, youth=world.youth_member)


def test_changing_it_again_sends_off_whom_the_family_had_chosen(world: World) -> None:
    first, second = facilitators(world)
    choice = shown(world, [first, second])
    pick(world.caregiver, choice)
    again = choices.choose_again(actor=world.caregiver, choice=now(choice))
    assert again.state == "open"
    pick(world.caregiver, again, 2)
    assert beside(world) == {world.facilitator.display_name, "Fay Number2"}
    assert now(choice).state == "replaced"
    assert StaffAssignment.objects.get(staff_role=first).ended_at is not None


def test_an_answer_to_who_asked_needs_words_and_a_stay_shows_no_way_to_show_others(world: World) -> None:
    plan = opened(world)
    care.take_seats(plan)
    seat = Seat.objects.get(plan=plan, person=world.facilitator, state="in")
    ask = care.ask_change(actor=world.caregiver, seat=seat)
    roles = facilitators(world)
    with pytest.raises(NoteMissing):
        shown(world, roles, ask=ask)
    care.answer_ask(actor=world.liaison, ask=ask, answer="stays", words="We talk first.")
    assert "/facilitator/?ask=" not in page(world.liaison, f"/team-asks/{ask.public_id}/")


def test_a_lead_puts_somebody_there_where_nobody_stands_beside_a_family_any_more(world: World) -> None:
    """So that it is left with nobody for no hour; the family reads that it has not chosen them yet."""
    case = Enrollment.objects.create(
        family=world.family, youth=world.youth_member, care_manager=world.facilitator_role, created_by=world.liaison,
        enrolled_on=world.program.today(), next_review_on=world.program.today(),
    )  # fmt: skip
    (other,) = facilitators(world, 1)
    with pytest.raises(families.NotChosen):
        enrollment.give_owner(actor=world.lead, case=case, care_manager=other)
    programs.end_role(actor=None, role=world.facilitator_role)
    enrollment.give_owner(actor=world.lead, case=case, care_manager=other)
    assert beside(world) == {"Fay Number1"}
    assert "not chosen here yet" in page(world.caregiver, "/choices/")


def test_who_has_no_training_is_shown_only_with_a_reason(world: World) -> None:
    role = programs.appoint(
        actor=None,
        person=_person(world.program, "Noa Field"),
        organization=world.facilitator_role.organization,
        role=StaffRole.Role.FACILITATOR,
    )
    with pytest.raises(families.NotTrained):
        shown(world, [role], looked_for="Nobody else")
    shown(world, [role], looked_for="Nobody else", override_reason="Abel is ill.")
    assert StaffAssignment.objects.get(staff_role=role).override_reason == "Abel is ill."
