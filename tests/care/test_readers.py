"""Who reads what of a plan: by papers, by whose consent it rests on, by what the family ticked."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.access import Refused, record
from portal.access import care as access
from portal.accounts.models import Person
from portal.care import actions, refusals
from portal.care.models import Item, Plan
from portal.enrollment.actions import enroll, narrow_basis
from portal.families import actions as families
from portal.families.models import LegalAuthority
from portal.growing import actions as growing
from portal.notices.models import Notice
from tests.care.plans import added, agreed, goal, one_of_each, opened
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def kinds(person: Person, plan: Plan) -> set[str]:
    reader = access.reader_of(person, plan)
    return set() if reader is None else {item.kind for item in access.visible_items(reader, plan)}


def paper(world: World, scope: LegalAuthority.Scope) -> None:
    """What the second caregiver's paper says from today on."""
    today = world.program.today()
    LegalAuthority.objects.filter(adult=world.second_caregiver_member).update(ends_on=today - dt.timedelta(days=2))
    families.record_authority(
        actor=world.liaison,
        adult=world.second_caregiver_member,
        youth=world.youth_member,
        scope=scope,
        evidence="Paper seen",
        starts_on=today - dt.timedelta(days=1),
    )


def test_by_papers(world: World) -> None:
    plan = opened(world)
    every = set(one_of_each(world, plan))
    mine = {"wellbeing"}
    assert kinds(world.facilitator, plan) == kinds(world.liaison, plan) == every
    assert kinds(world.caregiver, plan) == every
    assert kinds(world.youth, plan) == every - mine
    for scope in (LegalAuthority.Scope.FULL, LegalAuthority.Scope.HEALTH, LegalAuthority.Scope.INFORMATION):
        paper(world, scope)
        assert kinds(world.second_caregiver, plan) == every - mine, scope
    paper(world, LegalAuthority.Scope.SCHOOL)
    assert kinds(world.second_caregiver, plan) == {"need", "reading"}, "the one need about school, with its numbers"
    for scope in (LegalAuthority.Scope.NONE,):
        paper(world, scope)
        assert kinds(world.second_caregiver, plan) == set()
    LegalAuthority.objects.filter(adult=world.second_caregiver_member).delete()
    assert kinds(world.second_caregiver, plan) == set(), "living together gives no rights"
    for person in (world.peer, world.mentor, world.lead, world.stranger_caregiver, world.child, world.natural_support):
        assert kinds(person, plan) == set(), person


def test_who_may_only_be_told_writes_their_own_words_and_nothing_else(world: World) -> None:
    plan = opened(world)
    paper(world, LegalAuthority.Scope.INFORMATION)
    added(world.second_caregiver, plan, "words", text="I am here, too.")
    with pytest.raises(Refused):
        added(world.second_caregiver, plan, "goal", text="x", whose="youth", domain="home")


@pytest.mark.promise("LA-24")
def test_what_is_about_drugs_is_seen_by_the_young_person_and_who_wrote_it_alone(world: World) -> None:
    plan = opened(world)
    about = {"text": "No pills on weekends", "whose": "youth", "domain": "health", "access_basis": "substance"}
    item = added(world.facilitator, plan, "goal", **about)
    task = {"text": "Group on Tuesday", "owner": "Dr. Moe", "agency": "Clinic", "due_on": world.program.today()}
    added(world.facilitator, plan, "task", item, **task)
    for person, sees in (
        (world.youth, True),
        (world.facilitator, True),
        (world.liaison, False),
        (world.caregiver, False),
    ):
        for path in ("", "print/", "changes/", "crisis/"):
            text = signed_in(None, person).get(f"/plans/{plan.public_id}/{path}").content.decode()
            if path in {"", "print/", "changes/"}:
                assert ("No pills" in text) is sees, (person, path)
                assert ("Group on Tuesday" in text) is sees, (person, path)
    record = signed_in(None, world.caregiver).get("/record/").content.decode()
    assert str(item.public_id) not in record


def test_what_the_young_person_agreed_to_alone_is_shown_to_whom_they_let(world: World) -> None:
    plan = opened(world)
    item = added(
        world.facilitator, plan, "goal", text="My own talks", whose="youth", domain="feelings", access_basis="minor"
    )
    assert kinds(world.caregiver, plan) == set()
    assert kinds(world.youth, plan) == {"goal"}
    step = added(world.facilitator, plan, "strategy", item, text="Every Friday")
    assert step.access_basis == "minor", "what stands under it is closed with it"
    with pytest.raises(Refused):
        actions.tick(actor=world.youth, item=item, member=world.natural_support_member)
    growing.let_see(actor=world.youth, adult=world.caregiver_member)
    assert kinds(world.caregiver, plan) == {"goal", "strategy"}


@pytest.mark.promise("LA-06")
def test_a_natural_support_sees_what_the_family_ticked_and_nothing_else(world: World) -> None:
    plan = opened(world)
    made = one_of_each(world, plan)
    browser = signed_in(None, world.natural_support)
    assert browser.get(f"/plans/{plan.public_id}/").status_code == 404
    parent = signed_in(None, world.caregiver)
    ticks = f"/plans/{plan.public_id}/items/{made['task'].public_id}/people/"
    form = {"person": world.natural_support.public_id, "see": "yes"}
    assert parent.post(ticks, form).status_code == 302
    page = browser.get(f"/plans/{plan.public_id}/").content.decode()
    assert "Move first period" in page
    for hidden in (
        "I want people to ask me first.",
        "Calm mornings",
        "Mornings without a fight",
        "He draws",
        "Aunt Bea",
    ):
        assert hidden not in page, hidden
    assert "Who has read it" not in page
    assert parent.post(ticks, form | {"see": "no"}).status_code == 302
    assert browser.get(f"/plans/{plan.public_id}/").status_code == 404


def test_from_the_18th_birthday_on_it_is_theirs_alone_unless_they_let_somebody(world: World) -> None:
    plan = opened(world)
    one_of_each(world, plan)
    actions.tick(actor=world.caregiver, item=plan.items.get(kind="task"), member=world.natural_support_member)
    today = world.program.today()
    Person.objects.filter(pk=world.youth.pk).update(born_on=today.replace(year=today.year - 18, day=1))
    for person in (world.caregiver, world.second_caregiver, world.natural_support):
        assert kinds(Person.objects.get(pk=person.pk), plan) == set(), person
    plan = Plan.objects.get(pk=plan.pk)
    assert kinds(Person.objects.get(pk=world.youth.pk), plan)
    growing.let_see(actor=Person.objects.get(pk=world.youth.pk), adult=world.caregiver_member)
    assert "goal" in kinds(world.caregiver, plan)


def test_a_plan_for_a_case_closed_to_parents_is_as_closed_as_that(world: World) -> None:
    today = world.program.today()
    case = enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today,
        next_on=today + dt.timedelta(days=9),
    )
    plan = opened(world)
    item = goal(world, plan)
    actions.tick(actor=world.caregiver, item=item, member=world.natural_support_member)
    assert kinds(world.caregiver, plan) == kinds(world.natural_support, plan) == {"goal"}
    narrow_basis(actor=world.facilitator, case=case, access_basis="substance", reason="She told me alone")
    assert kinds(world.caregiver, plan) == kinds(world.natural_support, plan) == set()
    assert str(plan.public_id) not in {
        entry.subject_id for entry in record.visible_entries(world.caregiver, world.family)
    }
    assert not Notice.objects.filter(person=world.caregiver, about=plan.told_as).exists(), "an old notice would tell"
    assert Notice.objects.filter(person=world.youth, about=plan.told_as).exists()
    actions.close_plan(actor=world.facilitator, plan=plan, reason="wish")
    later = opened(world)
    assert later.access_basis == "substance", "what is begun for it later is closed from its first moment on"


def test_the_record_names_the_plan_to_nobody_for_whom_it_is_not(world: World) -> None:
    plan = opened(world)
    goal(world, plan)
    paper(world, LegalAuthority.Scope.NONE)
    for person, reads in ((world.caregiver, True), (world.youth, True), (world.second_caregiver, False)):
        entries = record.visible_entries(person, world.family)
        assert any(entry.subject == "plan" for entry in entries) is reads, person


def test_what_a_parent_showed_somebody_ends_with_that_parents_say(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan)
    paper(world, LegalAuthority.Scope.FULL)
    actions.tick(actor=world.second_caregiver, item=item, member=world.natural_support_member)
    assert kinds(world.natural_support, plan) == {"goal"}
    paper(world, LegalAuthority.Scope.NONE)
    assert kinds(world.natural_support, plan) == set()


def test_a_grown_up_who_shows_one_thing_shows_no_other(world: World) -> None:
    plan = opened(world)
    first, second = agreed(goal(world, plan)), agreed(goal(world, plan, "Second"))
    actions.tick(actor=world.caregiver, item=first, member=world.natural_support_member)
    today = world.program.today()
    Person.objects.filter(pk=world.youth.pk).update(born_on=today.replace(year=today.year - 19, day=1))
    grown = Person.objects.get(pk=world.youth.pk)
    actions.tick(actor=grown, item=Item.objects.get(pk=second.pk), member=world.natural_support_member)
    plan = Plan.objects.get(pk=plan.pk)
    reader = access.reader_of(world.natural_support, plan)
    assert reader is not None
    assert [item.pk for item in access.visible_items(reader, plan)] == [second.pk]
    browser = signed_in(None, world.natural_support)
    assert "Second" in browser.get(f"/plans/{plan.public_id}/").content.decode()
    for path in ("changes/", "print/", "crisis/"):
        assert browser.get(f"/plans/{plan.public_id}/{path}").status_code == 404, path


def test_what_is_closed_stands_on_its_own_so_that_the_open_can_be_taken_out(world: World) -> None:
    plan = opened(world)
    item = agreed(goal(world, plan))
    task = {"text": "x", "owner": "x", "agency": "x", "due_on": world.program.today()}
    with pytest.raises(refusals.StandsAlone):
        added(world.facilitator, plan, "task", item, **task, access_basis="substance")
    inside = added(world.facilitator, plan, "task", item, **task)
    actions.change_item(
        actor=world.facilitator, item=inside, mark=inside.mark, data=inside.data, access_basis="substance"
    )
    assert kinds(world.caregiver, plan) == {"goal"}
    assert "x" not in [one.data.get("text") for one in access.visible_items(_reader(world.caregiver, plan), plan)]
    actions.remove_item(actor=world.caregiver, item=Item.objects.get(pk=item.pk), why="Done")
    assert kinds(world.youth, plan) == {"task"}


def test_closed_later_it_leaves_the_page_of_changes_of_those_who_see_it_no_more(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan, "He uses pills")
    assert "He uses pills" in signed_in(None, world.caregiver).get(f"/plans/{plan.public_id}/changes/").content.decode()
    form = {"text": "He uses pills", "whose": "youth", "domain": "home", "mark": item.mark, "access_basis": "substance"}
    path = f"/plans/{plan.public_id}/items/{item.public_id}/"
    assert signed_in(None, world.facilitator).post(path, form).status_code == 302
    for page in ("", "changes/", "print/"):
        text = signed_in(None, world.caregiver).get(f"/plans/{plan.public_id}/{page}").content.decode()
        assert "He uses pills" not in text, page


def test_let_in_to_see_is_not_let_in_to_change(world: World) -> None:
    plan = opened(world)
    item = added(world.facilitator, plan, "goal", text="Mine", whose="youth", domain="home", access_basis="minor")
    growing.let_see(actor=world.youth, adult=world.caregiver_member)
    assert kinds(world.caregiver, plan) == {"goal"}
    with pytest.raises(Refused):
        actions.change_item(actor=world.caregiver, item=item, mark=item.mark, data=item.data | {"text": "Ours"})
    with pytest.raises(Refused):
        actions.remove_item(actor=world.caregiver, item=item, why="No")


def test_own_words_are_not_taken_out_with_what_they_stand_under(world: World) -> None:
    plan = opened(world)
    level = added(world.facilitator, plan, "level", tool="cans", on=world.program.today(), level="At home")
    added(world.caregiver, plan, "view", level, text="More, please.")
    with pytest.raises(refusals.OwnWordUnder):
        actions.remove_item(actor=world.facilitator, item=level, why="Old")


def test_an_address_that_is_none_and_a_thing_taken_out_meanwhile_are_answered_plainly(world: World) -> None:
    plan = opened(world)
    item = goal(world, plan)
    parent, path = signed_in(None, world.caregiver), f"/plans/{plan.public_id}/items/{item.public_id}/"
    assert parent.post(f"{path}people/", {"person": "x", "see": "yes"}).status_code == 404
    actions.remove_item(actor=world.facilitator, item=item, why="Reached")
    answer = parent.post(path, {"text": "All I typed", "whose": "youth", "domain": "home", "mark": item.mark})
    assert answer.status_code == 422
    assert "All I typed" in answer.content.decode()
    actions.close_plan(actor=world.facilitator, plan=plan, reason="wish")
    answer = parent.post(f"/plans/{plan.public_id}/add/strength/", {"text": "All I typed", "source": "family"})
    assert answer.status_code == 422
    assert "All I typed" in answer.content.decode()


def _reader(person: Person, plan: Plan) -> access.Reader:
    reader = access.reader_of(person, plan)
    assert reader is not None
    return reader
