"""Who reads a referral and who hears of it: nobody of another house, nobody who has left, and always somebody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.access import Refused
from portal.access import referrals as access
from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.programs import actions as programs
from portal.programs.models import Organization, StaffRole
from portal.referrals import actions
from portal.referrals.actions import keeping
from portal.referrals.models import Question, Referral, ReferralStep
from tests.referrals.stage import come_back, days_ahead, of_school, question, sent, text_of
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


def joined(world: World) -> tuple[Referral, str]:
    referral, code = of_school(world, consent="yes")
    actions.join(actor=world.liaison, role=world.liaison_role, referral=referral, name="Reed")
    referral.refresh_from_db()
    return referral, code


def leaves(role: StaffRole) -> None:
    StaffRole.objects.filter(pk=role.pk).update(ended_at=timezone.now())


# -- other houses -------------------------------------------------------------------------------------------------------


def test_what_became_a_family_stays_with_its_house_when_its_owner_leaves(world: World) -> None:
    referral, code = joined(world)
    leaves(world.liaison_role)
    assert access.visible_referrals(world.supervisor).filter(pk=referral.pk).exists()
    for stranger in (world.stranger_liaison, world.facilitator):
        assert not access.visible_referrals(stranger).filter(pk=referral.pk).exists()
    cache.clear()
    outside = signed_in(None, world.stranger_liaison)
    assert outside.post("/referrals/find/", {"code": code}).status_code == 422
    assert outside.get(f"/referrals/{referral.public_id}/").status_code == 404
    with pytest.raises(Refused):
        actions.receive_by_code(actor=world.stranger_liaison, referral=referral)


def test_whose_own_family_it_became_is_told_nothing_by_its_code(world: World) -> None:
    from portal.families.actions import add_member
    from portal.families.models import Member

    referral, code = joined(world)
    assert referral.family is not None
    add_member(actor=world.liaison, family=referral.family, person=world.supervisor, role=Member.Role.CAREGIVER)
    assert signed_in(None, world.supervisor).post("/referrals/find/", {"code": code}).status_code == 422


@pytest.mark.parametrize("who", ["peer", "mentor", "coordinator", "caregiver", "youth", "natural_support"])
def test_who_takes_on_no_referrals_finds_no_room_for_them(world: World, who: str) -> None:
    referral, code = of_school(world)
    browser = signed_in(None, getattr(world, who))
    for path in ("/referrals/", "/referrals/add/", f"/referrals/{referral.public_id}/"):
        assert browser.get(path).status_code == 404, path
    assert browser.post("/referrals/find/", {"code": code}).status_code == 404
    assert "/referrals/" not in text_of(browser.get("/"))


def test_who_both_leads_and_receives_sees_that_those_of_other_houses_have_an_owner_and_no_more(world: World) -> None:
    referral, _code = of_school(world)
    programs.appoint(
        actor=None,
        person=world.lead,
        organization=Organization.objects.get(program=world.program, slug="local-providers"),
        role=StaffRole.Role.LIAISON,
    )
    page = text_of(signed_in(None, world.lead).get("/referrals/"))
    assert str(referral.public_id) in page
    assert f'href="/referrals/{referral.public_id}/"' not in page
    assert "Nia" not in page


# -- the guardian -------------------------------------------------------------------------------------------------------


def test_a_yes_that_staff_wrote_down_bears_their_name_for_the_family(world: World) -> None:
    referral, code = of_school(world)
    actions.record_consent(actor=world.liaison, referral=referral, consent="yes")
    page = text_of(come_back(code).get("/refer/where/"))
    agreed = page.split('data-step="agreed"')[1].split("</li>")[0]
    assert world.liaison.display_name in agreed


def test_the_record_names_who_was_signed_in_when_the_yes_was_said_by_code(world: World) -> None:
    referral, code = of_school(world)
    cache.clear()
    browser = signed_in(None, world.liaison)
    browser.post("/refer/return/", {"code": code})
    browser.post("/refer/answer/", {"answer": "yes"})
    entry = Entry.objects.filter(subject="referral", subject_id=referral.public_id, verb="changed").latest("pk")
    assert entry.actor == world.liaison


# -- somebody always hears of it ----------------------------------------------------------------------------------------


def test_a_question_reaches_somebody_also_after_its_owner_has_left(world: World) -> None:
    for referral, code in (joined(world), of_school(world)):
        StaffRole.objects.filter(pk=world.liaison_role.pk).update(ended_at=None)
        phone = come_back(code)
        leaves(world.liaison_role)
        Notice.objects.all().delete()
        phone.post("/refer/ask/", question("Is anybody there?"))
        told = {one.person for one in Notice.objects.filter(about=f"referral:{referral.public_id}")}
        assert world.supervisor in told
        assert world.liaison not in told
        assert (world.stranger_liaison in told) == referral.is_open


def test_whoever_writes_the_next_step_of_one_that_nobody_has_has_it(world: World) -> None:
    referral, _code = of_school(world)
    leaves(world.liaison_role)
    actions.note_step(
        actor=world.supervisor, referral=referral, kind="", on=None, next_step="call", next_on=days_ahead(2)
    )
    referral.refresh_from_db()
    assert referral.owner == world.supervisor_role
    assert not access.without_owner_or_date().exists()
    assert {one.responsible for one in access.clocks_of(referral)} == {world.supervisor_role}


def test_of_a_lost_one_those_are_told_who_find_it_on_their_list(world: World) -> None:
    referral, _code = of_school(world)
    Referral.objects.filter(pk=referral.pk).update(next_on=days_ahead(-2))
    cache.clear()
    Notice.objects.all().delete()
    assert actions.alert_lost() == 1
    told = {one.person for one in Notice.objects.filter(kind="referral_lost")}
    assert told == {world.liaison, world.supervisor, world.lead}
    for person in told:
        assert "data-lost" in text_of(signed_in(None, person).get("/referrals/"))


def test_a_look_that_failed_is_taken_again_in_the_next_round(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sent()
    Notice.objects.all().delete()
    cache.clear()

    def away(**_told: Any) -> None:
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(keeping, "notify", away)
        with pytest.raises(DatabaseError):
            actions.alert_lost()
    assert actions.alert_lost() == 1
    assert Notice.objects.filter(kind="referral_lost", person=world.lead).count() == 1


def test_the_second_answer_is_not_lost_without_a_word(world: World) -> None:
    referral, code = of_school(world)
    come_back(code).post("/refer/ask/", question())
    path = f"/referrals/{referral.public_id}/questions/{Question.objects.get().public_id}/"
    assert signed_in(None, world.liaison).post(path, {"words": "On Monday."}).status_code == 302
    page = signed_in(None, world.supervisor).post(path, {"words": "On Tuesday, I think."})
    assert page.status_code == 409
    assert "On Tuesday, I think." in text_of(page)
    assert signed_in(None, world.liaison).post(path, {"words": "On Monday."}).status_code == 302  # one click twice


def test_an_answer_that_needs_another_look_stays_with_its_own_question(world: World) -> None:
    referral, code = of_school(world)
    phone = come_back(code)
    for words in ("First?", "Second?"):
        phone.post("/refer/ask/", question(words))
    first = Question.objects.first()
    assert first
    long = "y" * 2_100
    page = text_of(
        signed_in(None, world.liaison).post(
            f"/referrals/{referral.public_id}/questions/{first.public_id}/", {"words": long}
        )
    )
    assert page.count(long) == 1


def test_the_list_asks_as_much_for_many_as_for_one_and_shows_all_on_its_pages(world: World) -> None:
    staff = signed_in(None, world.liaison)

    def questions_asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert staff.get("/referrals/").status_code == 200
        return len(asked)

    first, code = of_school(world)
    come_back(code).post("/refer/ask/", question())
    questions_asked()  # what is asked once a process
    few = questions_asked()
    rows = [
        first,
        *(Referral(program=first.program, source="court", state="waiting", language="en") for _ in range(60)),
    ]
    for number, row in enumerate(rows[1:]):
        row.code_key, row.sent_at, row.owner, row.next_on = f"k{number}", timezone.now(), first.owner, days_ahead(9)
    Referral.objects.bulk_create(rows[1:])
    assert questions_asked() == few
    pages = [text_of(staff.get("/referrals/", {"page": number})) for number in (1, 2)]
    assert [page.count("data-referral=") for page in pages] == [50, 11]
    assert "?page=2" in pages[0]


# -- what happened stands -----------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_what_happened(world: World, change: str) -> None:
    referral, _code = of_school(world)
    steps = ReferralStep.objects.filter(referral=referral)
    changes = {
        "update": lambda: steps.update(at=timezone.now() - dt.timedelta(days=9)),
        "delete": lambda: steps._raw_delete(steps.db),
    }
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        changes[change]()
    assert steps.count() == 1
