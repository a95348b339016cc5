"""Whoever tells us what went wrong is looked after: what changes afterwards is looked into, unseen by whom it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from peer_support import actions as peer_support
from peer_support.models import Pairing
from portal.access import Refused, independence
from portal.access import watches as access
from portal.access.watch_causes import WATCHED
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.care import actions as care
from portal.clocks.models import Clock
from portal.enrollment.models import DISCHARGE, Discharge
from portal.families import actions as families
from portal.notices.models import Notice
from portal.programs import actions as programs
from portal.programs.models import StaffRole
from portal.worker import NOW_AND_THEN, one_round
from rights_grievances import actions
from rights_grievances.models import AdverseNotice, Case, Watch
from rights_grievances.refusals import CaseRefusal
from tests.care.plans import agreed, goal
from tests.care.plans import opened as plan_of
from tests.enrollment.cases import enrolled
from tests.rights_grievances.telling import fresh, hire, tell
from tests.world import World, signed_in

What = Watch.What


def told(world: World, *, days: int = 10, **said: Any) -> Case:
    """Told so many days ago."""
    return tell(world, at=timezone.now() - dt.timedelta(days=days), **said)


def about_liaison(world: World, **said: Any) -> Case:
    return told(world, against=[world.liaison], **said)


def end_peer(world: World) -> Watch:
    """The peer partner ends it, not the family."""
    pairing = world.pairing
    peer_support.say_goodbye(actor=world.peer, pairing=pairing)
    pairing.refresh_from_db()
    Pairing.objects.filter(pk=pairing.pk).update(state=Pairing.State.ENDED, ended_at=timezone.now(), ended_by="peer")
    actions.watch_cases()
    return Watch.objects.get()


def kinds() -> list[tuple[str, str]]:
    return list(Watch.objects.order_by("pk").values_list("what", "about"))


def refused(act: Any, **said: Any) -> str:
    with pytest.raises(CaseRefusal) as caught:
        act(**said)
    assert str(caught.value.message)
    return caught.value.code


# -- what opens one ------------------------------------------------------------------------------------------------------


def test_a_peer_who_leaves_after_a_complaint_is_looked_into_by_the_coordinator(world: World) -> None:
    case = told(world)
    watch = end_peer(world)
    assert (watch.case, watch.what, watch.reviewer) == (case, What.WORKER_CHANGED, world.coordinator_role)
    assert watch.about == f"pairing:{world.pairing.pk}"
    notice = Notice.objects.get(about=watch.told_as)
    assert (notice.person, notice.path) == (world.coordinator, f"/watch/{watch.public_id}/")


def test_nothing_is_watched_where_the_family_itself_wished_it(world: World) -> None:
    told(world)
    peer_support.end_pairing(actor=world.caregiver, pairing=world.pairing)
    assert actions.watch_cases() == 0


def test_who_stood_beside_them_and_does_no_more_is_looked_into(world: World) -> None:
    told(world)
    families.end_assignment(actor=world.liaison, assignment=world.facilitator_assignment)
    assert actions.watch_cases() == 1
    assert kinds() == [(What.WORKER_CHANGED, f"assignment:{world.facilitator_assignment.pk}")]


def test_a_letter_that_cuts_a_service_is_looked_into_and_one_that_denies_a_new_one_is_not(world: World) -> None:
    told(world)
    for what in (AdverseNotice.What.REDUCED, AdverseNotice.What.DENIED):
        AdverseNotice.objects.create(
            program=world.program,
            family=world.family,
            youth=world.youth_member,
            what=what,
            service="Respite",
            reason="Budget",
            dated_on=world.program.today(),
        )
    assert actions.watch_cases() == 1
    assert Watch.objects.get().what == What.SERVICE_CUT


def test_what_staff_takes_out_of_the_plan_is_looked_into_and_what_the_family_takes_out_is_not(world: World) -> None:
    plan = plan_of(world)
    of_staff, of_family = agreed(goal(world, plan, "Respite on Fridays")), agreed(goal(world, plan, "A swim club"))
    told(world)
    care.remove_item(actor=world.caregiver, item=of_family, why="We stopped.")
    assert actions.watch_cases() == 0
    care.remove_item(actor=world.facilitator, item=of_staff, why="No money for it.")
    assert actions.watch_cases() == 1
    assert kinds() == [(What.SERVICE_CUT, f"item:{of_staff.pk}")]


def test_a_family_that_is_to_leave_the_program_is_looked_after(world: World) -> None:
    inside = enrolled(world)
    tell(
        world,
        program=world.other_program,
        filed_by=world.faraway_caregiver,
        family=world.faraway_family,
        youth=world.faraway_youth_member,
        at=timezone.now() - dt.timedelta(days=3),
    )
    type(inside).objects.filter(pk=inside.pk).update(ended_at=timezone.now())
    assert actions.watch_cases() == 1
    watch = Watch.objects.get()
    assert (watch.what, watch.about) == (What.DISCHARGE, f"enrollment:{inside.pk}")
    assert watch.is_outside  # nobody in that programme could look into it


def test_what_changed_before_they_told_us_or_long_after_is_not_watched(world: World) -> None:
    families.end_assignment(actor=world.liaison, assignment=world.facilitator_assignment)
    told(world, days=0)
    case = told(world)
    Case.objects.filter(pk=case.pk).update(filed_at=timezone.now() - WATCHED - dt.timedelta(hours=1))
    assert actions.watch_cases() == 0


def test_looking_twice_opens_nothing_twice_and_two_complaints_are_two_reviews(world: World) -> None:
    first, second = told(world), told(world, days=5)
    families.end_assignment(actor=world.liaison, assignment=world.facilitator_assignment)
    assert actions.watch_cases() == 2
    assert actions.watch_cases() == 0
    assert set(Watch.objects.values_list("case", flat=True)) == {first.pk, second.pk}


def test_the_worker_looks_every_minute_in_few_questions(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert NOW_AND_THEN["looked_after"] is actions.watch_cases
    told(world)
    families.end_assignment(actor=world.liaison, assignment=world.facilitator_assignment)
    assert one_round()["looked_after"] == 1
    Watch.objects.all().delete()
    Case.objects.update(filed_at=timezone.now())
    with django_assert_max_num_queries(16):
        actions.watch_cases()


# -- who looks into it ---------------------------------------------------------------------------------------------------


def test_who_is_complained_of_finds_no_trace(world: World) -> None:
    about_liaison(world)
    watch = end_peer(world)
    for person in (world.liaison, world.supervisor, world.peer):
        browser = signed_in(None, person)
        assert not Notice.objects.filter(person=person, about__contains=str(watch.public_id)).exists()
        assert not Notice.objects.filter(person=person, path__startswith="/watch/").exists()
        assert browser.get("/watch/").status_code == 404
        assert browser.get(f"/watch/{watch.public_id}/").status_code == 404
        assert browser.get(f"/watch/{watch.public_id}/answer/").status_code == 404
    # Nothing of it is in the family's record, which staff beside it may be shown.
    assert not Entry.objects.filter(subject="watch").exclude(family_id=None).exists()


def test_whoever_stands_beside_the_family_or_is_named_is_not_chosen(world: World) -> None:
    told(world, against=[world.coordinator])
    assert end_peer(world).reviewer == world.lead_role


def test_where_nobody_is_independent_it_goes_outside_and_the_family_hears_whom_to_call(world: World) -> None:
    StaffRole.objects.filter(pk=world.lead_role.pk).update(supervisor=world.supervisor_role)
    told(world, against=[world.coordinator, world.supervisor])
    watch = end_peer(world)
    assert (watch.reviewer, watch.is_outside) == (None, True)
    assert Notice.objects.filter(person=world.caregiver, about=watch.asked_as).exists()
    page = signed_in(None, world.caregiver).get(f"/watch/{watch.public_id}/answer/").content.decode()
    assert "Everyone here is too close to it." in page


def test_a_reviewer_who_is_named_later_knows_nothing_more_of_it_and_the_next_takes_over(world: World) -> None:
    case = told(world)
    watch = end_peer(world)
    actions.add_named(actor=world.coordinator, case=fresh(case), named=world.coordinator)
    assert signed_in(None, world.coordinator).get(f"/watch/{watch.public_id}/").status_code == 404
    actions.watch_cases()
    watch.refresh_from_db()
    assert watch.reviewer == world.lead_role
    assert not Notice.objects.filter(person=world.coordinator, about=watch.told_as).exists()


def test_a_new_coordinator_takes_over_from_one_who_left(world: World) -> None:
    told(world)
    watch = end_peer(world)
    fresh_one = hire(world, "Tess Aucoin", StaffRole.Role.GRIEVANCE_COORDINATOR)
    programs.end_role(actor=None, role=world.coordinator_role)
    actions.watch_cases()
    watch.refresh_from_db()
    assert watch.reviewer == fresh_one


def test_no_reviewer_is_ever_named_beside_the_family_or_over_or_under_one_of_these(world: World) -> None:
    for against in ([], [world.liaison], [world.coordinator], [world.lead], [world.supervisor]):
        told(world, against=against)
    end_of = families.end_assignment
    end_of(actor=world.liaison, assignment=world.facilitator_assignment)
    actions.watch_cases()
    for watch in Watch.objects.exclude(reviewer=None):
        assert watch.reviewer is not None
        assert watch.case is not None
        assert watch.reviewer.person_id not in independence.kept_from_case(watch.case)
        assert watch.reviewer.person_id not in access.kept_from(watch)


# -- the family is asked -------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-34")
def test_a_review_cannot_close_without_asking_the_family(world: World) -> None:
    told(world)
    watch = end_peer(world)
    close: dict[str, Any] = {
        "actor": world.coordinator,
        "watch": watch,
        "finding": "not_linked",
        "reason": "She moved away.",
    }
    assert refused(actions.close_watch, **close) == "ask_first"
    actions.ask_family(actor=world.coordinator, watch=watch)
    assert refused(actions.close_watch, **close) == "wait"
    actions.answer_watch(actor=world.caregiver, watch=watch, answer="no", words="She told us herself.")
    actions.close_watch(**close)
    watch.refresh_from_db()
    assert (watch.finding, watch.is_open) == ("not_linked", False)
    with pytest.raises(Refused):
        actions.close_watch(**close)


@pytest.mark.promise("FL-34")
def test_who_does_not_answer_within_a_week_holds_nothing_up(world: World) -> None:
    told(world)
    watch = end_peer(world)
    actions.ask_family(actor=world.coordinator, watch=watch)
    Watch.objects.update(asked_family_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    actions.close_watch(actor=world.coordinator, watch=watch, finding="linked", reason="The dates fit.")
    assert not Watch.objects.get().is_open


@pytest.mark.parametrize(("finding", "reason", "code"), [("ours", "x", "finding"), ("linked", "  ", "reason")])
def test_a_review_closes_with_a_finding_of_its_kind_and_a_reason(
    world: World, finding: str, reason: str, code: str
) -> None:
    told(world)
    watch = end_peer(world)
    actions.note_word(actor=world.coordinator, watch=watch, answer="yes", words="")
    assert refused(actions.close_watch, actor=world.coordinator, watch=watch, finding=finding, reason=reason) == code


@pytest.mark.promise("FL-34")
def test_the_family_adds_its_account_on_its_own_page_and_reads_what_came_out_of_it(world: World) -> None:
    told(world)
    watch = end_peer(world)
    reviewer, mother = signed_in(None, world.coordinator), signed_in(None, world.caregiver)
    question = f"/watch/{watch.public_id}/answer/"
    assert mother.get(question).status_code == 404  # not asked yet
    page = reviewer.get(f"/watch/{watch.public_id}/").content.decode()
    assert "Joy Landrieu" in page
    assert "First the family is asked." in page
    reviewer.post(f"/watch/{watch.public_id}/ask/")
    assert Notice.objects.filter(person=world.caregiver, path=question).exists()
    assert watch.case is not None
    assert question in mother.get(watch.case.get_absolute_url()).content.decode()
    assert "Something changed after you told us" in mother.get(question).content.decode()
    empty = mother.post(question, {"words": " "})
    assert empty.status_code == 422
    mother.post(question, {"answer": "yes", "words": "It was the week after."})
    page = reviewer.get(f"/watch/{watch.public_id}/").content.decode()
    assert "It was the week after." in page
    answered = reviewer.post(f"/watch/{watch.public_id}/close/", {"finding": "linked", "reason": "The dates fit."})
    assert answered.status_code == 302
    page = mother.get(question).content.decode()
    assert "The dates fit." in page
    assert "<form class=" not in page[page.index("<main") : page.index("</main>")]
    assert mother.post(question, {"words": "More"}).status_code == 404


def test_only_who_may_know_of_it_is_asked(world: World) -> None:
    """Who the mother's peer partner was is her own affair: not her son's, nor the other parent's."""
    told(world)
    watch = end_peer(world)
    actions.ask_family(actor=world.coordinator, watch=watch)
    assert access.asked_of(watch) == [world.caregiver]
    for person in (world.youth, world.second_caregiver, world.natural_support, world.stranger_caregiver):
        assert not access.own_watches(person).exists()
        with pytest.raises(Refused):
            actions.answer_watch(actor=person, watch=watch, answer="yes", words="")


def test_what_a_young_person_told_us_alone_is_asked_of_nobody_else(world: World) -> None:
    told(world, filed_by=world.youth, filed_as=Case.FiledAs.YOUTH, is_own_matter=True)
    families.end_assignment(actor=world.liaison, assignment=world.facilitator_assignment)
    actions.watch_cases()
    watch = Watch.objects.get()
    actions.ask_family(actor=world.coordinator, watch=watch)
    assert access.asked_of(watch) == [world.youth]
    assert not Notice.objects.filter(person=world.caregiver, about=watch.asked_as).exists()
    assert signed_in(None, world.caregiver).get(f"/watch/{watch.public_id}/answer/").status_code == 404


def test_who_has_no_account_is_asked_by_voice(world: World) -> None:
    told(world, filed_by=None, filed_as=Case.FiledAs.ANONYMOUS, youth=None)
    watch = end_peer(world)
    Person.objects.filter(pk=world.caregiver.pk).update(is_active=False)
    assert refused(actions.ask_family, actor=world.coordinator, watch=watch) == "nobody_to_ask"
    reviewer = signed_in(None, world.coordinator)
    assert reviewer.post(f"/watch/{watch.public_id}/note/", {"words": ""}).status_code == 422
    assert reviewer.post(f"/watch/{watch.public_id}/note/", {"words": "She is fine with it."}).status_code == 302
    assert "Said by voice" in reviewer.get(f"/watch/{watch.public_id}/").content.decode()
    actions.close_watch(actor=world.coordinator, watch=watch, finding="not_linked", reason="Her own word.")


def test_nobody_but_the_reviewer_asks_notes_or_closes(world: World) -> None:
    told(world)
    watch = end_peer(world)
    for person in (world.lead, world.liaison, world.peer, world.caregiver, world.supervisor):
        with pytest.raises(Refused):
            actions.ask_family(actor=person, watch=watch)
        with pytest.raises(Refused):
            actions.note_word(actor=person, watch=watch, answer="yes", words="")
        with pytest.raises(Refused):
            actions.close_watch(actor=person, watch=watch, finding="linked", reason="x")


# -- help that failed ----------------------------------------------------------------------------------------------------


def missed(world: World, subject: str, subject_id: str, **more: Any) -> Clock:
    """A date of ours that passed unmet."""
    due = timezone.now() - dt.timedelta(days=1)
    return Clock.objects.create(
        program=world.program,
        family=world.family,
        zone="America/Chicago",
        rule_id="ANY",
        rule_version=1,
        terms={},
        kind="deadline",
        owner="family",
        duty_of="programme",
        subject=subject,
        subject_id=subject_id,
        trigger_key=str(uuid4()),
        started_at=due - dt.timedelta(days=7),
        opens_at=due - dt.timedelta(days=7),
        due_at=due,
        state=Clock.State.MISSED,
        **more,
    )


@pytest.mark.promise("FL-34")
def test_lost_contact_opens_a_review_without_any_complaint(world: World) -> None:
    clock = missed(world, "contacts", str(world.caregiver.public_id))
    assert actions.watch_cases() == 1
    watch = Watch.objects.get()
    assert (watch.case, watch.what, watch.about) == (None, What.LOST_CONTACT, f"clock:{clock.pk}")
    assert (watch.member, watch.reviewer) == (world.caregiver_member, world.coordinator_role)
    assert access.asked_of(watch) == [world.caregiver]
    missed(world, "contacts", str(world.caregiver.public_id))  # the week after belongs to the same look
    assert actions.watch_cases() == 0


@pytest.mark.promise("FL-34")
def test_nobody_found_in_time_after_a_hospital_opens_a_review(world: World) -> None:
    missed(world, DISCHARGE, str(uuid4()), youth=world.youth_member)
    assert actions.watch_cases() == 1
    watch = Watch.objects.get()
    assert (watch.what, watch.member) == (What.NO_LINK, world.youth_member)
    actions.ask_family(actor=world.coordinator, watch=watch)
    page = signed_in(None, world.youth).get(f"/watch/{watch.public_id}/answer/").content.decode()
    assert "Help did not come as it was promised" in page
    assert "because of what you told us" not in page
    actions.answer_watch(actor=world.youth, watch=watch, answer="", words="Nobody called.")
    actions.close_watch(actor=world.coordinator, watch=watch, finding="ours", reason="The list was old.")


@pytest.mark.promise("FL-34")
@pytest.mark.parametrize(("days", "opens"), [(30, 1), (200, 0)])
def test_having_to_go_back_to_a_hospital_soon_opens_a_review(world: World, days: int, opens: int) -> None:
    inside = enrolled(world, lead_reason="At once")
    today = world.other_program.today()
    for back in (days, 0):
        Discharge.objects.create(
            enrollment=inside, on=today - dt.timedelta(days=back), is_medicine_needed=False, recorded_by=world.lead
        )
    assert actions.watch_cases() == opens
    assert [what for what, _about in kinds()] == [What.READMITTED] * opens


# -- what changed by it ----------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-33")
def test_a_complaint_is_not_answered_without_saying_what_changed(world: World) -> None:
    case = told(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance", reasons=["a"], services=[])
    actions.assign_decider(actor=world.coordinator, case=fresh(case), staff_role=world.lead_role)
    answer: dict[str, Any] = {
        "actor": world.lead,
        "case": fresh(case),
        "outcome": "agreed",
        "answer": "You were right.",
    }
    assert refused(actions.resolve_case, **answer) == "changed_missing"
    assert refused(actions.resolve_case, **answer, changed=" ") == "changed_missing"
    actions.resolve_case(**answer, changed="We call back within a day.")
    assert fresh(case).changed == "We call back within a day."
