"""The team meets where and when the family says, and nobody is left without a language in which to take part."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from portal.access import Refused
from portal.access import meetings as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.care import actions, refusals
from portal.care.kinds import NotGood
from portal.care.models import Guest, MeetingTask, TeamMeeting
from portal.clocks.models import Clock
from portal.enrollment.actions import enroll
from portal.families.models import AccessBasis
from portal.notices.models import Notice
from tests.care.meetings import WHERE, again, confirmed, guest, over, proposed, seated
from tests.care.plans import added, opened
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def page(person: Person, path: str, status: int = 200) -> str:
    answer = signed_in(None, person).get(path)
    assert answer.status_code == status, (person, path)
    return answer.content.decode()


def path_of(meeting: TeamMeeting) -> str:
    return f"/meetings/{meeting.public_id}/"


def form(world: World, **changed: object) -> dict[str, object]:
    day = world.program.today() + dt.timedelta(days=5)
    said = {"day": day, "time": "17:30", "zone": "America/Chicago", "minutes": 60, "how": "place", "place": WHERE}
    return said | changed


@pytest.mark.promise("LA-17")
def test_a_place_staff_propose_is_a_proposal_until_the_family_says_yes(world: World) -> None:
    plan = opened(world)
    staff, mother = signed_in(None, world.facilitator), signed_in(None, world.caregiver)
    assert staff.post(f"/plans/{plan.public_id}/meetings/new/", form(world)).status_code == 302
    meeting = TeamMeeting.objects.get()
    path = path_of(meeting)
    assert (meeting.state, meeting.place_agreed_at) == ("proposed", None)
    refused = staff.post(f"{path}confirm/", {"mark": 0})
    assert refused.status_code == 422
    assert "The family has not said yes to this place and time yet." in refused.content.decode()
    assert again(meeting).state == "proposed"
    assert "the family has not said yes to it yet" in mother.get(path).content.decode()
    assert mother.post(f"{path}confirm/", {"mark": 0}).status_code == 404, "confirming is the staff's"
    assert staff.post(f"{path}agree/", {"mark": 0}).status_code == 404, "and agreeing is not"
    assert mother.post(f"{path}agree/", {"mark": 0}).status_code == 302
    assert again(meeting).place_agreed_by == world.caregiver
    assert staff.post(f"{path}confirm/", {"mark": 0}).status_code == 302
    assert again(meeting).state == "confirmed"


def test_what_the_family_proposes_is_agreed_at_once(world: World) -> None:
    plan = opened(world)
    for person in (world.caregiver, world.youth):
        meeting = proposed(person, plan, place=f"At {person.first_name}’s")
        assert meeting.place_agreed_by == person
        assert guest(meeting, person).says == "yes"
        assert Notice.objects.filter(person=world.facilitator, path=path_of(meeting)).count() == 1
    assert Notice.objects.filter(person=world.youth, kind="meeting").count() == 1


def test_the_same_proposal_sent_twice_is_one_meeting(world: World) -> None:
    plan = opened(world)
    at = timezone.now() + dt.timedelta(days=4)
    first = proposed(world.facilitator, plan, starts_at=at)
    assert proposed(world.facilitator, plan, starts_at=at) == first
    assert proposed(world.caregiver, plan, starts_at=at) == first
    assert again(first).place_agreed_by == world.caregiver, "what one of the family proposes, too, they have agreed to"


def test_the_family_asks_for_another_place_in_its_own_words_and_they_stay(world: World) -> None:
    plan = opened(world)
    meeting = confirmed(world, plan)
    path = path_of(meeting)
    words = "Not there. People know us there. Our kitchen?"
    son, staff = signed_in(None, world.youth), signed_in(None, world.facilitator)
    Notice.objects.all().delete()
    assert son.post(f"{path}other/", {"text": "", "mark": 0}).status_code == 422
    assert son.post(f"{path}other/", {"text": words, "mark": 0}).status_code == 302
    meeting = again(meeting)
    assert (meeting.state, meeting.place_agreed_at, meeting.confirmed_at) == ("proposed", None, None)
    assert Notice.objects.filter(person=world.facilitator, kind="meeting").exists()
    assert words in staff.get(path).content.decode()
    assert staff.post(f"{path}change/", form(world, place="Their kitchen", mark=0)).status_code == 302
    assert again(meeting).sequence == 1
    actions.agree_to_meeting(actor=world.caregiver, meeting=meeting, mark="1")
    actions.call_off_meeting(actor=world.caregiver, meeting=meeting, why="We are all ill.")
    for person in (world.caregiver, world.youth, world.facilitator):
        shown = page(person, path)
        assert words in shown
        assert "We are all ill." in shown


@pytest.mark.promise("LA-04")
def test_nobody_is_left_without_a_language(world: World) -> None:
    plan = opened(world)
    Person.objects.filter(pk=world.caregiver.pk).update(language="vi")
    mother = Person.objects.get(pk=world.caregiver.pk)
    note = "We keep the new year with our grandparents"
    added(mother, plan, "domain", domain="culture", state="talked", note=note)
    meeting = proposed(world.facilitator, plan)
    actions.agree_to_meeting(actor=mother, meeting=meeting, mark="0")
    hers = guest(meeting, mother)
    assert (hers.interpreter, hers.language) == ("needed", "vi"), "as she reads these pages"
    staff, path = signed_in(None, world.facilitator), path_of(meeting)
    refused = staff.post(f"{path}confirm/", {"mark": 0})
    assert refused.status_code == 422
    assert "Odette Marchand" in refused.content.decode()
    shown = staff.get(path).content.decode()
    assert "Vietnamese" in shown
    assert note in shown, "what the family wrote about its culture is read before the meeting"

    place = f"{path}guests/{hers.seat.public_id}/language/"
    assert staff.post(place, {"do": "waive"}).status_code == 404, "nobody does without for somebody else"
    with pytest.raises(refusals.NotInTheirLanguage):
        actions.waive_interpreter(actor=mother, guest=hers, read_in="en")
    child = staff.post(place, {"do": "assign", "helper": "ines marchand"})
    assert child.status_code == 422
    assert "A child of the family never interprets." in child.content.decode()
    assert staff.post(place, {"do": "assign", "helper": "Lan Pham, River Interpreting"}).status_code == 302
    actions.confirm_meeting(actor=world.facilitator, meeting=meeting, mark="0")
    assert again(meeting).state == "confirmed"


@pytest.mark.promise("LA-04")
def test_she_does_without_an_interpreter_in_her_own_language_and_by_her_own_hand(world: World) -> None:
    plan = opened(world)
    Person.objects.filter(pk=world.caregiver.pk).update(language="es")
    mother = Person.objects.get(pk=world.caregiver.pk)
    meeting = proposed(mother, plan)
    hers = guest(meeting, mother)
    with pytest.raises(refusals.InterpreterMissing):
        actions.confirm_meeting(actor=world.facilitator, meeting=meeting, mark="0")
    browser = signed_in(None, mother)
    place = f"{path_of(meeting)}guests/{hers.seat.public_id}/language/"
    assert 'lang="es"' in browser.get(place).content.decode()
    assert browser.post(place, {"do": "waive"}).status_code == 302
    hers.refresh_from_db()
    assert (hers.interpreter, hers.waived_language) == ("waived", "es")
    assert hers.waived_at is not None
    actions.confirm_meeting(actor=world.facilitator, meeting=meeting, mark="0")
    # She may change her mind: then it waits again.
    assert browser.post(place, {"do": "ask", "language": "es"}).status_code == 302
    assert again(meeting).state == "proposed"
    hers.refresh_from_db()
    assert (hers.interpreter, hers.waived_language) == ("needed", "")
    assert Guest.objects.get(pk=hers.pk).waived_at is None


def test_a_need_once_said_is_asked_for_at_the_next_meeting_too(world: World) -> None:
    plan = opened(world)
    seat = seated(world, plan, None, name="Grandmother Thi")
    first = proposed(world.facilitator, plan)
    hers = Guest.objects.get(meeting=first, seat=seat)
    actions.ask_for_interpreter(actor=world.caregiver, guest=hers, language="vi")
    second = proposed(world.facilitator, plan, place="Somewhere else")
    theirs = Guest.objects.get(meeting=second, seat=seat)
    assert (theirs.interpreter, theirs.language) == ("needed", "vi")
    actions.take_back_need(actor=world.facilitator, guest=theirs)
    theirs.refresh_from_db()
    assert theirs.interpreter == "not_needed"
    own = guest(second, world.caregiver)
    actions.ask_for_interpreter(actor=world.caregiver, guest=own, language="ase")
    with pytest.raises(Refused):
        actions.take_back_need(actor=world.facilitator, guest=own)


def test_another_time_asks_everybody_anew_and_the_interpreter_too(world: World) -> None:
    plan = opened(world)
    meeting = confirmed(world, plan)
    own = guest(meeting, world.caregiver)
    actions.ask_for_interpreter(actor=world.caregiver, guest=own, language="es")
    actions.assign_interpreter(actor=world.facilitator, guest=own, helper="Lan Pham")
    actions.confirm_meeting(actor=world.facilitator, meeting=meeting, mark="0")
    changed: dict[str, Any] = {"minutes": 60, "how": "place", "place": WHERE, "about": "", "mark": "0"}
    with pytest.raises(refusals.ChangedMeanwhile):
        actions.change_meeting(
            actor=world.facilitator, meeting=meeting, starts_at=meeting.starts_at, **changed | {"mark": "7"}
        )
    actions.change_meeting(actor=world.facilitator, meeting=meeting, starts_at=meeting.starts_at, **changed)
    assert again(meeting).state == "confirmed", "other words alone move nothing"
    later = meeting.starts_at + dt.timedelta(days=1)
    actions.change_meeting(actor=world.facilitator, meeting=meeting, starts_at=later, **changed)
    meeting = again(meeting)
    assert (meeting.state, meeting.sequence, meeting.place_agreed_at) == ("proposed", 1, None)
    own.refresh_from_db()
    assert (own.says, own.interpreter, own.helper) == ("", "needed", "")
    # Who says yes to what stood there before is shown what stands there now.
    stale = signed_in(None, world.caregiver).post(f"{path_of(meeting)}agree/", {"mark": 0})
    assert stale.status_code == 422
    assert "Somebody changed this meanwhile." in stale.content.decode()
    assert again(meeting).place_agreed_at is None
    words = "All I typed"
    stale = signed_in(None, world.caregiver).post(f"{path_of(meeting)}other/", {"text": words, "mark": 0})
    assert stale.status_code == 422
    assert words in stale.content.decode()


def test_who_has_an_account_answers_alone_and_for_others_somebody_may(world: World) -> None:
    plan = opened(world)
    seat = seated(world, plan, None, name="Aunt Bea")
    meeting = proposed(world.facilitator, plan)
    browser = signed_in(None, world.caregiver)
    aunt, son = f"{path_of(meeting)}guests/{seat.public_id}/answer/", guest(meeting, world.youth)
    assert browser.post(aunt, {"says": "maybe"}).status_code == 302
    assert Guest.objects.get(seat=seat).says == "maybe"
    his = f"{path_of(meeting)}guests/{son.seat.public_id}/answer/"
    assert browser.post(his, {"says": "no"}).status_code == 404
    assert browser.post(aunt, {"says": "perhaps"}).status_code == 404


def test_after_it_who_came_what_was_said_and_who_does_what(world: World) -> None:
    plan = opened(world)
    seat = seated(world, plan, None, name="Aunt Bea")
    meeting = confirmed(world, plan)
    path, staff = path_of(meeting), signed_in(None, world.facilitator)
    early = staff.post(f"{path}held/", {"notes": "We talked", "came": []})
    assert early.status_code == 422
    assert "We talked" in early.content.decode()
    meeting = over(meeting)
    came = [guest(meeting, world.youth).pk, Guest.objects.get(meeting=meeting, seat=seat).pk]
    assert staff.post(f"{path}held/", {"notes": "", "came": came}).status_code == 422
    assert (
        staff.post(f"{path}held/", {"notes": "Mornings go well. Theo asks for later buses.", "came": came}).status_code
        == 302
    )
    assert again(meeting).state == "held"
    assert {row.seat.called for row in Guest.objects.filter(meeting=meeting, came=True)} == {
        "Theo Marchand",
        "Aunt Bea",
    }
    task = {"text": "Ask about the bus", "owner": "Ms. Reed", "agency": "School", "due_on": world.program.today()}
    assert staff.post(f"{path}task/", task | {"access_basis": "parent"}).status_code == 302
    secret = task | {"text": "Talk about pills", "access_basis": "minor"}
    assert staff.post(f"{path}task/", secret).status_code == 302
    assert MeetingTask.objects.filter(meeting=meeting).count() == 2
    for person, sees in ((world.caregiver, False), (world.youth, True), (world.facilitator, True)):
        shown = page(person, path)
        assert "Theo asks for later buses." in shown
        assert "Ask about the bus" in shown
        assert ("Talk about pills" in shown) is sees, person
    again_ = staff.post(f"{path}held/", {"notes": "Another word", "came": []})
    assert again_.status_code == 422
    assert "Another word" in again_.content.decode()


def test_a_meeting_keeps_the_promise_that_the_team_meets(world: World) -> None:
    today = world.program.today()
    enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today - dt.timedelta(days=9),
        next_on=today + dt.timedelta(days=9),
    )
    plan = opened(world)
    review = plan.next_review_on
    meeting = over(confirmed(world, plan))
    clock = Clock.objects.get(rule_id="LA-TEAM", state="open")
    actions.hold_meeting(
        actor=world.facilitator, meeting=meeting, came=set(), notes="We met.", without="The bus was late."
    )
    clock.refresh_from_db()
    assert clock.state == "met"
    plan.refresh_from_db()
    assert plan.next_review_on == review


def test_a_meeting_of_a_plan_closed_to_parents_keeps_no_promise_they_read(world: World) -> None:
    today = world.program.today()
    enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today - dt.timedelta(days=9),
        next_on=today + dt.timedelta(days=9),
    )
    plan = actions.open_plan(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        next_on=today + dt.timedelta(days=9),
        access_basis=AccessBasis.MINOR,
    )
    meeting = proposed(world.youth, plan)
    actions.confirm_meeting(actor=world.facilitator, meeting=meeting, mark="0")
    actions.hold_meeting(
        actor=world.facilitator, meeting=over(meeting), came=set(), notes="We met.", without="The bus was late."
    )
    assert Clock.objects.get(rule_id="LA-TEAM").state == "open"
    assert not Entry.objects.filter(subject="plan", family_id=world.family.public_id, detail__step="meeting").exists()
    assert not access.visible_meetings(world.caregiver).exists()
    assert not Notice.objects.filter(person=world.caregiver, kind="meeting").exists()


def test_a_time_that_does_not_exist_or_comes_twice_is_asked_about(world: World) -> None:
    plan = opened(world)
    browser, path = signed_in(None, world.caregiver), f"/plans/{plan.public_id}/meetings/new/"
    spring, autumn = _clock_changes(world.program.today())
    gap = browser.post(path, form(world, day=spring, time="02:30"))
    assert gap.status_code == 422
    shown = gap.content.decode()
    assert "The clocks are set forward that night" in shown
    assert "3:30" in shown
    assert WHERE in shown
    twice = browser.post(path, form(world, day=autumn, time="01:30"))
    assert twice.status_code == 422
    assert "this time comes twice" in twice.content.decode()
    assert TeamMeeting.objects.count() == 0
    assert browser.post(path, form(world, day=autumn, time="01:30", which="second")).status_code == 302
    meeting = TeamMeeting.objects.get()
    assert meeting.starts_at == dt.datetime.combine(autumn, dt.time(7, 30), dt.UTC)
    # And the same form, opened again, means the same time.
    assert (
        browser.post(
            f"{path_of(meeting)}change/", form(world, day=autumn, time="01:30", which="second", mark=0)
        ).status_code
        == 302
    )
    assert again(meeting).sequence == 0


def _clock_changes(today: dt.date) -> tuple[dt.date, dt.date]:
    """The next day on which Chicago sets its clocks forward, and the next on which it sets them back."""
    zone = ZoneInfo("America/Chicago")
    found = {}
    for days in range(1, 366):
        day = today + dt.timedelta(days=days)
        before, after = (dt.datetime.combine(day, dt.time(hour), zone).utcoffset() for hour in (0, 12))
        assert before is not None
        assert after is not None
        if before != after:
            found[before < after] = day
    return found[True], found[False]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"day": "2020-01-01"}, "This time has passed."),
        ({"day": "2099-01-01"}, "more than a year away"),
        ({"day": "soon"}, "We cannot read this."),
        ({"minutes": 5}, "between 15 minutes and 8 hours"),
        ({"place": " "}, "Please fill this in."),
        ({"zone": "Europe/Paris"}, "Please choose one of these."),
        ({"place": "x" * 2001}, "xxx"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(world: World, wrong: dict[str, object], says: str) -> None:
    plan = opened(world)
    sent = form(world, about="The bus") | wrong
    answer = signed_in(None, world.caregiver).post(f"/plans/{plan.public_id}/meetings/new/", sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "The bus" in answer.content.decode()
    assert not TeamMeeting.objects.exists()


def test_an_action_checks_what_a_form_would(world: World) -> None:
    plan = opened(world)
    for wrong in ({"minutes": 0}, {"how": "fax"}, {"place": ""}):
        with pytest.raises(NotGood):
            proposed(world.caregiver, plan, **wrong)
    with pytest.raises(refusals.TimeBehind):
        proposed(world.caregiver, plan, starts_at=timezone.now())


def test_who_comes_is_told_once_the_day_before(world: World) -> None:
    plan = opened(world)
    meeting = confirmed(world, plan)
    actions.answer_meeting(actor=world.youth, guest=guest(meeting, world.youth), says="no")
    assert actions.remind_of_meetings() == 0
    TeamMeeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + dt.timedelta(hours=23))
    Notice.objects.all().delete()
    assert actions.remind_of_meetings() == 1
    assert actions.remind_of_meetings() == 0
    told = set(Notice.objects.filter(about__startswith="meeting-soon").values_list("person", flat=True))
    assert world.caregiver.pk in told
    assert world.facilitator.pk in told
    assert world.youth.pk not in told
    shown = page(world.caregiver, "/notices/")
    assert "There is news about a meeting." in shown
    assert WHERE not in shown


def test_one_that_only_waits_for_a_yes_reminds_nobody(world: World) -> None:
    plan = opened(world)
    proposed(world.facilitator, plan, starts_at=timezone.now() + dt.timedelta(hours=5))
    assert actions.remind_of_meetings() == 0


def test_a_meeting_without_an_end_is_named_to_who_keeps_it(world: World) -> None:
    plan = opened(world)
    meeting = over(confirmed(world, plan))
    Notice.objects.all().delete()
    assert actions.name_unended() == 1
    assert actions.name_unended() == 0
    told = Notice.objects.filter(about__startswith=f"meeting-late:{meeting.public_id}")
    assert {notice.person for notice in told} == {world.facilitator, world.liaison}
    assert "Please write down what came of them" in page(world.facilitator, f"/plans/{plan.public_id}/meetings/")
    assert "Your team still has to write down" in page(world.caregiver, f"/plans/{plan.public_id}/meetings/")
    actions.call_off_meeting(actor=world.facilitator, meeting=meeting, why="The road was flooded.")
    assert not Notice.objects.filter(about__startswith=f"meeting-late:{meeting.public_id}", read_at=None).exists()


def test_an_ended_plan_has_no_new_meetings_but_its_last_one_gets_an_end(world: World) -> None:
    plan = opened(world)
    meeting = over(confirmed(world, plan))
    actions.close_plan(actor=world.facilitator, plan=plan, reason="wish")
    assert signed_in(None, world.caregiver).get(f"/plans/{plan.public_id}/meetings/new/").status_code == 404
    late = signed_in(None, world.caregiver).post(f"/plans/{plan.public_id}/meetings/new/", form(world, about="The bus"))
    assert late.status_code == 422
    assert "The bus" in late.content.decode()
    actions.hold_meeting(
        actor=world.facilitator, meeting=meeting, came=set(), notes="We said goodbye.", without="They had moved."
    )
    assert again(meeting).state == "held"
