"""The desk and the pages of a case: what each side reads, and what each can do there."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.access import desk, people
from portal.access import grievances as access
from portal.clocks.firing import fire_due
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from rights_grievances import actions
from rights_grievances.models import AdverseNotice, Against, Case
from tests.rights_grievances.appealing import clock
from tests.rights_grievances.telling import WORDS, fresh, hire, sent_letter, tell
from tests.world import World, signed_in

MEDICAID = ("Medicaid", "appeal", "hearing", "health plan")


def page_of(case: Case, act: str = "") -> str:
    return f"/cases/{case.public_id}/{act}"


def today(case: Case) -> dict[str, str]:
    now = timezone.now().astimezone(case.program.zone)
    return {"on": now.date().isoformat(), "at_time": ""}


def test_a_coordinator_takes_a_case_from_the_first_word_to_the_answer_by_pages(world: World) -> None:
    case = tell(world)
    desk, home = signed_in(None, world.coordinator), signed_in(None, world.caregiver)
    assert "Odette Marchand" in desk.get("/desk/").content.decode()
    assert WORDS not in desk.get("/desk/").content.decode()
    assert WORDS in desk.get(page_of(case)).content.decode()
    said = {
        "kind": "grievance",
        "reasons": ["a", "b"],
        "services": ["d"],
        "plan": "csoc-contractor",
        "mark": "Call back.",
    }
    steps = [
        ("sort/", said),
        ("acknowledge/", {**today(case), "text": "By phone."}),
        ("forward/", {**today(case), "plan": "csoc-contractor"}),
        ("receipt/", today(case)),
        ("decider/", {"decider": str(world.lead_role.public_id)}),
        ("note/", {"text": "Read the file."}),
        ("call/", {**today(case), "reached": "on"}),
    ]
    for act, form in steps:
        assert desk.get(page_of(case, act)).status_code == 200, act
        assert desk.post(page_of(case, act), form).status_code == 302, act
    decider = signed_in(None, world.lead)
    answer = {"outcome": "agreed", "answer": "You were right to tell us.", "changed": "We call back in a day."}
    assert decider.post(page_of(case, "answer/"), answer).status_code == 302
    read = home.get(page_of(case)).content.decode()
    assert "You were right to tell us." in read
    assert "We call back in a day." in read
    assert "Call back." not in read
    assert "Is it really fixed?" in read
    assert home.post(page_of(case, "fixed/"), {"fixed": "no"}).status_code == 302
    assert fresh(case).state == Case.State.UNDER_REVIEW


def test_what_was_typed_stays_and_what_stands_against_it_is_said(world: World) -> None:
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.forward_case(actor=world.coordinator, case=case)
    actions.confirm_receipt(actor=world.coordinator, case=case)
    desk = signed_in(None, world.coordinator)
    answer = desk.post(page_of(case, "more-time/"), {"reason": "The doctor is away."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The doctor is away." in page
    assert "by voice first" in page
    actions.note_try(actor=world.coordinator, case=case)
    sent_letter(case)
    assert desk.post(page_of(case, "more-time/"), {"reason": "The doctor is away."}).status_code == 302
    assert "The doctor is away." in signed_in(None, world.caregiver).get(page_of(case)).content.decode()


def test_both_dates_stand_on_the_familys_page_with_their_working(world: World) -> None:
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.forward_case(actor=world.coordinator, case=case)
    actions.confirm_receipt(actor=world.coordinator, case=case)
    page = signed_in(None, world.caregiver).get(page_of(case)).content.decode()
    assert "What we promise you" in page
    assert "What the law asks for" in page
    assert page.count("How we get to this date") == 5
    assert "Priya Raman" in page


@pytest.mark.promise("LA-45")
def test_without_a_plan_no_page_of_a_case_knows_medicaid_or_appeals(world: World) -> None:
    case = tell(
        world,
        program=world.other_program,
        filed_by=world.faraway_caregiver,
        family=world.faraway_family,
        youth=world.faraway_youth_member,
        at=timezone.now() - dt.timedelta(days=60),
    )
    fire_due()
    page = signed_in(None, world.faraway_caregiver).get(page_of(case)).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert fresh(case).promise_missed_at is not None
    assert not [word for word in MEDICAID if word.lower() in main.lower()]


def test_on_the_day_it_is_late_the_page_says_what_can_be_done(world: World) -> None:
    case = tell(world, at=timezone.now() - dt.timedelta(days=40))
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.forward_case(actor=world.coordinator, case=case, at=timezone.now() - dt.timedelta(days=39))
    actions.confirm_receipt(actor=world.coordinator, case=case, at=timezone.now() - dt.timedelta(days=38))
    fire_due()
    page = signed_in(None, world.caregiver).get(page_of(case)).content.decode()
    assert "Because it is late, you may appeal now." in page
    assert "late" in signed_in(None, world.coordinator).get("/desk/?show=late").content.decode()
    assert clock(AdverseNotice.objects.get(case=case), "APPEAL-FILE").duty_of == "family"


def test_the_desk_lists_and_filters_in_ten_questions(world: World) -> None:
    for _ in range(12):
        tell(world)
    desk = signed_in(None, world.coordinator)
    for show in ("", "?show=late", "?show=mine", "?show=plan"):
        desk.get(f"/desk/{show}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert desk.get(f"/desk/{show}").status_code == 200
        assert len(asked) <= 10, "\n".join(one["sql"][:150] + " ... " + one["sql"][-300:] for one in asked)


def test_the_desk_puts_what_is_due_next_on_top_and_counts_what_is_late(world: World) -> None:
    tell(world, words="new")
    old = tell(world, words="old", at=timezone.now() - dt.timedelta(days=31))
    page = signed_in(None, world.coordinator).get("/desk/").content.decode()
    assert page.index(str(old.public_id)) < page.index("days left") if "days left" in page else True
    assert "Late: 1" in page
    assert "All: 2" in page


def test_a_lead_reads_how_many_answers_are_late_and_no_case(world: World) -> None:
    case = tell(world, at=timezone.now() - dt.timedelta(days=40))
    fire_due()
    page = signed_in(None, world.lead).get("/desk/").content.decode()
    assert "1 promised answer is late" in page
    assert str(case.public_id) not in page
    assert signed_in(None, world.lead).get(page_of(case)).status_code == 404


def test_a_case_that_went_outside_says_to_whom_and_ends_in_the_familys_words(world: World) -> None:
    case = tell(world, against=[world.coordinator])
    home = signed_in(None, world.caregiver)
    page = home.get(page_of(case)).content.decode()
    assert "Nobody here may decide this one" in page
    assert home.post(page_of(case, "outside-answer/"), {"text": "They called me back."}).status_code == 302
    assert "They called me back." in home.get(page_of(case)).content.decode()


def test_taking_back_asks_whether_somebody_pressed_for_it(world: World) -> None:
    case = tell(world)
    home = signed_in(None, world.caregiver)
    assert home.post(page_of(case, "take-back/"), {"text": "x"}).status_code == 422
    assert home.post(page_of(case, "take-back/"), {"was_pressed": "yes"}).status_code == 302
    assert fresh(case).is_open
    assert home.post(page_of(case, "take-back/"), {"was_pressed": "no"}).status_code == 302
    assert fresh(case).state == Case.State.WITHDRAWN
    assert home.post(page_of(case, "reopen/")).status_code == 302
    assert fresh(case).is_open


def test_somebody_who_turns_out_to_be_named_loses_it_at_once(world: World) -> None:
    case = tell(world)
    other = hire(world, "Noor Haddad", StaffRole.Role.GRIEVANCE_COORDINATOR, organization="csoc-contractor")
    desk = signed_in(None, world.coordinator)
    assert desk.post(page_of(case, "named/"), {"person": str(world.coordinator.public_id)}).status_code == 302
    assert fresh(case).handler == other
    assert desk.get(page_of(case)).status_code == 404
    assert not Notice.objects.filter(person=world.coordinator, about=case.told_as).exists()
    assert str(case.public_id) not in desk.get("/desk/").content.decode()


def test_weeks_later_we_ask_once_whether_it_is_fixed(world: World) -> None:
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="question")
    actions.resolve_case(actor=world.coordinator, case=case, outcome="answered", answer="On Monday.")
    assert fresh(case).ask_again_on == world.program.today() + dt.timedelta(days=28)
    Case.objects.filter(pk=case.pk).update(ask_again_on=world.program.today())
    assert actions.ask_again_due() == 1
    assert actions.ask_again_due() == 0
    assert Notice.objects.filter(person=world.caregiver, kind=Notice.Kind.CASE_FIXED).count() == 1


def test_what_is_answered_and_done_stands_under_answered_alone(world: World) -> None:
    case, other = tell(world), tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="question")
    actions.resolve_case(actor=world.coordinator, case=case, outcome="answered", answer="On Monday.")
    desk = signed_in(None, world.coordinator)
    every, answered = (desk.get(f"/desk/{show}").content.decode() for show in ("", "?show=answered"))
    assert str(case.public_id) not in every
    assert str(other.public_id) in every
    assert "All: 1" in every
    assert "Answered: 1" in every
    assert str(case.public_id) in answered
    assert str(other.public_id) not in answered


def test_a_missed_date_says_what_was_due_and_is_as_late_for_the_family_as_for_the_desk(world: World) -> None:
    case = tell(world, at=timezone.now() - dt.timedelta(days=33))
    fire_due()
    family = signed_in(None, world.caregiver)
    page = family.get(f"/cases/{case.public_id}/").content.decode()
    assert "We are late with this, and we are sorry." in page
    assert "What was due: Word that your complaint arrived" in page
    assert "What was due: An answer to your complaint" in page
    late = re.search(r"\d+ days late\. It was due [^.<]+\.", page)
    assert late
    assert late[0] in signed_in(None, world.coordinator).get("/desk/").content.decode()
    assert late[0] in family.get("/cases/yours/").content.decode()


@pytest.mark.both_databases
def test_a_desk_kept_as_sql_is_the_cases_of_that_desk_for_everybody_and_always(world: World) -> None:
    late = tell(world, at=timezone.now() - dt.timedelta(days=31))
    Against.objects.create(case=tell(world), person=world.peer)
    ours = tell(world)
    for again in range(2):  # the second time from what was kept
        for person in (world.coordinator, world.lead, world.liaison, world.peer, world.caregiver):
            worker = access.worker_of(person, people.staff_roles(person))
            cases = set(access.desk_cases(person).values_list("pk", flat=True))
            assert set(desk.page_of(worker, "all", 1)) == cases
            assert desk.counts_of(worker)["all"] == len(cases)
            assert desk.page_of(worker, "late", 1) == ([late.pk] if late.pk in cases else [])
            assert desk.page_of(worker, "all", 2) == []
        assert ours.pk in desk.page_of(
            access.worker_of(world.coordinator, people.staff_roles(world.coordinator)), "all", 1
        )
        if not again:
            Against.objects.create(case=ours, person=world.coordinator)
            ours = tell(world)
