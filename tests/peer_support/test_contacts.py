"""Contacts and their rhythm by their actions: what counts, what is refused and with which words, who sees what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from peer_support import actions, weeks
from peer_support import contact_refusals as refusals
from peer_support.models import Contact, ContactFelt, ContactPause, PlannedContact
from portal.access import Refused
from portal.access import clocks as clock_access
from portal.access import contacts as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks import actions as clocks
from portal.clocks import acts
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock, Happening
from portal.clocks.refusals import AlreadyOver, NotInTheRule
from portal.notices.models import Notice
from portal.programs.actions import end_role
from portal.programs.schema import Settings
from portal.programs.schema.settings import Switch
from portal.programs.vocabulary import Certainty
from portal.rewrapping import rewrap_words
from tests.access.table import hold
from tests.clocks.conftest import SetTime, at
from tests.peer_support.florida import START, Florida, moment
from tests.world import World

__all__ = ["at"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def florida(db: None, at: SetTime) -> Florida:
    at(START)
    return Florida()


def on_day(at: SetTime, day: int, hour: int = 18) -> None:
    at(moment(day, hour).isoformat())


def happened(event: str) -> list[dt.datetime]:
    return list(Happening.objects.filter(event=event).order_by("at").values_list("at", flat=True))


# -- the rhythm --------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-08")
def test_two_contacts_in_days_1_to_7_turn_the_week_red_and_alert_and_day_31_stops_the_rule(
    florida: Florida, at: SetTime
) -> None:
    florida.begin()
    for day in (2, 4):
        on_day(at, day)
        florida.log(moment(day))
    florida.log(moment(4, 13), outcome="attempt")
    shown = weeks.in_touch(florida.people["mother"], florida.mother)
    assert shown.week is not None
    assert (shown.week.done, shown.week.left, shown.week.is_red) == (2, 1, False)
    on_day(at, 8, hour=6)
    fire_due()
    shown = weeks.in_touch(florida.people["mother"], florida.mother)
    assert [week.is_red for week in shown.weeks] == [True, False]
    told = Notice.objects.filter(kind=Notice.Kind.CLOCK_MISSED)
    assert {notice.person for notice in told} == {florida.people["mother"], florida.people["coordinator"]}
    on_day(at, 31)
    fire_due()
    assert [(number, state) for number, state, _on in florida.weeks()] == [
        (number, "missed") for number in (1, 2, 3, 4)
    ]
    shown = weeks.in_touch(florida.people["mother"], florida.mother)
    assert shown.is_over
    assert shown.week is None
    florida.log(moment(31))
    assert len(florida.weeks()) == 4


@pytest.mark.promise("FL-08")
def test_the_family_sees_what_is_planned_what_was_done_and_the_next_one(florida: Florida, at: SetTime) -> None:
    florida.begin()
    coordinator, role = florida.people["coordinator"], florida.roles["coordinator"]
    later, sooner = (
        actions.plan_contact(
            actor=coordinator,
            role=role,
            member=florida.mother,
            way="visit",
            planned_at=moment(day),
            place="Her kitchen",
        )
        for day in (5, 3)
    )
    same = actions.plan_contact(
        actor=coordinator, role=role, member=florida.mother, way="visit", planned_at=moment(3), place="Her kitchen"
    )
    assert same == sooner
    shown = weeks.in_touch(florida.people["mother"], florida.mother)
    assert shown.plans == [sooner, later]
    assert shown.next_plan == sooner
    on_day(at, 3)
    shown = weeks.in_touch(florida.people["mother"], florida.mother)
    assert (shown.next_plan, shown.unwritten) == (later, [sooner])
    contact = florida.log(moment(3, 14), way="visit")
    sooner.refresh_from_db()
    assert sooner.kept_by == contact
    shown = weeks.in_touch(florida.people["mother"], florida.mother)
    assert ([line.contact for line in shown.met], shown.unwritten) == ([contact], [])
    actions.call_off(actor=florida.people["mother"], plan=later)
    actions_again = PlannedContact.objects.get(pk=later.pk)
    with pytest.raises(Refused):
        actions.call_off(actor=florida.people["mother"], plan=actions_again)
    assert weeks.in_touch(florida.people["mother"], florida.mother).plans == []
    assert Notice.objects.filter(person=coordinator, kind=Notice.Kind.CLOCK_MOVED).count() == 1


def test_one_may_not_plan_in_the_past_nor_into_a_break(florida: Florida) -> None:
    plan: dict[str, Any] = {
        "actor": florida.people["peer"],
        "role": florida.roles["peer"],
        "member": florida.mother,
        "way": "call",
    }
    for day in (0, 400):
        with pytest.raises(refusals.BehindUs):
            actions.plan_contact(**plan, planned_at=moment(day))
    before = actions.plan_contact(**plan, planned_at=moment(4))
    actions.say_not_now(
        actor=florida.people["mother"], member=florida.mother, channel="page", comes_back_on=moment(10).date()
    )
    before.refresh_from_db()
    assert before.called_off_at is not None
    with pytest.raises(refusals.TheyAskedToWait):
        actions.plan_contact(**plan, planned_at=moment(9))
    actions.plan_contact(**plan, planned_at=moment(10))


@pytest.mark.parametrize(("is_on", "state"), [(False, "open"), (True, "met")])
def test_a_chat_counts_only_where_the_profile_says_so(
    florida: Florida, at: SetTime, monkeypatch: pytest.MonkeyPatch, is_on: bool, state: str
) -> None:
    florida.begin()
    on_day(at, 4)
    switch = Switch(on=is_on, plain="A chat counts.", source="Test", certainty=Certainty.DESIGN)
    settings = florida.program.profile.settings
    changed = Settings.model_validate({**dict(settings), "chat_counts_as_contact": switch})
    monkeypatch.setattr(type(florida.program.profile), "settings", changed, raising=False)
    monkeypatch.setitem(florida.program.profile.__dict__, "settings", changed)
    for day in (1, 2, 3):
        contact = florida.log(moment(day), way="chat")
        assert contact.counts is is_on
    assert florida.weeks()[0][1] == state


def test_only_two_way_contacts_count_and_a_visit_always_is(florida: Florida, at: SetTime) -> None:
    florida.begin()
    on_day(at, 6)
    for day, way, outcome, two_way, counts in (
        (1, "text", "reached", False, False),
        (2, "call", "attempt", True, False),
        (3, "visit", "reached", False, True),
        (4, "video", "reached", True, True),
        (5, "text", "reached", True, True),
    ):
        contact = florida.log(moment(day), way=way, outcome=outcome, is_two_way=two_way)
        assert contact.counts is counts, way
    assert florida.weeks()[0][1] == "met"
    assert happened("first_contact_made") == [moment(1)]
    assert happened("met_face_to_face") == [moment(3)]
    florida.log(moment(1, 9), way="visit")  # heard of later
    assert happened("first_contact_made") == [moment(1, 9), moment(1)]
    assert happened("met_face_to_face") == [moment(1, 9), moment(3)]


@pytest.mark.promise("FL-28")
def test_a_contact_by_a_peer_counts_under_its_own_type(florida: Florida, at: SetTime) -> None:
    florida.begin()
    on_day(at, 6)
    florida.log(moment(2), by="peer")
    florida.log(moment(3), by="peer")
    florida.log(moment(4), by="coordinator")
    (week,) = weeks.weeks_of(florida.people["coordinator"], florida.mother)
    assert week.by_role == (("facilitator", 1), ("peer partner", 2))
    assert week.is_kept


@pytest.mark.promise("FL-05")
def test_two_weeks_without_seeing_each_other_prompt_an_offer_to_come(florida: Florida, at: SetTime) -> None:
    def offers() -> bool:
        return weeks.in_touch(florida.people["coordinator"], florida.mother).offers_visit

    on_day(at, 6)
    florida.log(moment(5))
    assert not offers()  # a week is not two
    on_day(at, 15)
    florida.log(moment(14), way="video")
    assert offers()
    actions.plan_contact(
        actor=florida.people["coordinator"],
        role=florida.roles["coordinator"],
        member=florida.mother,
        way="visit",
        planned_at=moment(17),
    )
    assert not offers()
    PlannedContact.objects.all().delete()
    florida.log(moment(15, 9), way="visit", setting="csu", place="Crisis unit, second floor")
    assert not offers()
    contact = Contact.objects.get(way="visit")
    assert (contact.setting, contact.place) == ("csu", "Crisis unit, second floor")
    assert b"Crisis" not in bytes(contact.sealed_place or b"")


def test_where_the_profile_names_no_number_no_visit_is_prompted(world: World, at: SetTime) -> None:
    now = timezone.now()
    for days in (1, 8):
        at((now + dt.timedelta(days=days)).isoformat())
        said = actions.Said(uuid4(), "call", "reached", timezone.now(), is_two_way=True, setting="home")
        actions.log_contact(actor=world.peer, role=world.peer_role, member=world.caregiver_member, said=said)
    assert not weeks.in_touch(world.peer, world.caregiver_member).offers_visit


def test_the_rhythm_begins_once_with_a_yes_of_these_days(florida: Florida) -> None:
    with pytest.raises(refusals.NotYetHappened):
        florida.begin(moment(2).date())
    with pytest.raises(refusals.TooLongAgo):
        florida.begin(moment(-40).date())
    florida.begin()
    with pytest.raises(refusals.RunsAlready):
        florida.begin()
    for who in ("peer", "mother"):
        with pytest.raises(Refused):
            actions.begin_rhythm(
                actor=florida.people[who],
                role=florida.roles["coordinator"],
                member=florida.mother,
                agreed_on=moment(1).date(),
            )


def test_a_programme_without_that_promise_begins_nothing(world: World) -> None:
    with pytest.raises(Refused):
        actions.begin_rhythm(
            actor=world.facilitator,
            role=world.facilitator_role,
            member=world.caregiver_member,
            agreed_on=world.program.today(),
        )


def test_the_weeks_are_one_persons_own(florida: Florida) -> None:
    florida.begin()
    sees = {who for who, person in florida.people.items() if clock_access.visible_clocks(person).exists()}
    assert sees == {"mother", "coordinator"}
    shown = {who for who, person in florida.people.items() if weeks.weeks_of(person, florida.mother)}
    assert shown == {"mother", "coordinator", "liaison"}


def test_staff_cannot_tick_a_week_off_nor_stop_it_without_a_word_of_the_family(florida: Florida) -> None:
    florida.begin()
    clock = Clock.objects.get(rule_id="FL-CONTACT")
    assert [choice.title for choice in acts.choices_for(clock, is_family=False)] == [acts.ACTS["excuse"].title]
    assert acts.choices_for(clock, is_family=True) == []  # their "not now" is said where the contacts are


# -- "not now" ---------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-09")
def test_a_refusal_is_kept_with_its_date_and_channel_and_the_clock_stands_still_until_the_day_set(
    florida: Florida, at: SetTime
) -> None:
    florida.begin()
    on_day(at, 3)
    florida.log(moment(2))
    back = moment(10).date()
    florida.log(moment(3, 15), outcome="refused", comes_back_on=back)
    pause = ContactPause.objects.get()
    assert (pause.channel, pause.said_at, pause.comes_back_on) == ("call", moment(3, 15), back)
    assert florida.weeks()[0][1] == "paused"
    for who in ("mother", "peer", "coordinator", "liaison"):
        shown = weeks.in_touch(florida.people[who], florida.mother)
        assert shown.pause == pause, who
    on_day(at, 10, hour=9)
    fire_due()
    assert access.pause_of(florida.mother) is None
    assert florida.weeks() == [(1, "open", moment(14).date())]  # days 3 to 9 are not counted


@pytest.mark.promise("FL-09")
def test_the_family_takes_a_break_by_itself_and_says_why_or_not(florida: Florida, at: SetTime) -> None:
    florida.begin()
    mother = florida.people["mother"]
    for day in (None, moment(1).date(), moment(400).date()):
        with pytest.raises(refusals.ComesBackMissing):
            actions.say_not_now(actor=mother, member=florida.mother, channel="page", comes_back_on=day)
    actions.say_not_now(
        actor=mother, member=florida.mother, channel="page", comes_back_on=moment(8).date(), reason="My sister is here."
    )
    told = Notice.objects.filter(kind=Notice.Kind.CLOCK_MOVED, path__startswith="/contacts/")
    assert {notice.person for notice in told} == {florida.people[who] for who in ("peer", "coordinator", "liaison")}
    on_day(at, 4)
    actions.say_not_now(actor=mother, member=florida.mother, channel="page", comes_back_on=moment(20).date())
    old, new = ContactPause.objects.order_by("pk")
    assert (old.reason, old.ended_at is None) == ("My sister is here.", False)
    assert new.reason == ""
    assert florida.weeks()[0][1] == "paused"
    on_day(at, 6)
    actions.come_again(actor=mother, pause=new)
    actions.come_again(actor=mother, pause=new)
    assert florida.weeks() == [(1, "open", moment(12).date())]  # days 1 to 5 are not counted
    assert access.pause_of(florida.mother) is None


@pytest.mark.parametrize(("back_early", "second_week"), [(None, 23), (6, 16)])
def test_a_week_that_is_kept_stands_still_too_so_that_the_next_begins_later(
    florida: Florida, at: SetTime, back_early: int | None, second_week: int
) -> None:
    florida.begin()
    on_day(at, 3)
    for day in (1, 2, 3):
        florida.log(moment(day, 10))
    assert florida.weeks() == [(1, "met", moment(7).date())]
    on_day(at, 4)
    mother = florida.people["mother"]
    pause = actions.say_not_now(actor=mother, member=florida.mother, channel="page", comes_back_on=moment(13).date())
    assert florida.weeks() == [(1, "met", moment(16).date())]  # days 4 to 12 are not counted
    if back_early:
        on_day(at, back_early)
        actions.come_again(actor=mother, pause=pause)
    on_day(at, 17 if back_early is None else 10)
    fire_due()
    assert florida.weeks()[1] == (2, "open", moment(second_week).date())


def test_a_week_kept_in_the_middle_of_a_break_lets_the_next_begin_after_it(florida: Florida, at: SetTime) -> None:
    florida.begin()
    on_day(at, 3)
    for day in (1, 2):
        florida.log(moment(day))
    florida.log(moment(3), outcome="refused", comes_back_on=moment(20).date())
    on_day(at, 5)
    florida.log(moment(5))  # she called the coordinator herself
    assert florida.weeks() == [(1, "met", moment(24).date())]  # days 3 to 19 are not counted
    on_day(at, 20)
    fire_due()
    assert florida.weeks() == [(1, "met", moment(24).date())]
    on_day(at, 25, hour=1)
    fire_due()
    assert florida.weeks()[1] == (2, "open", moment(31).date())


def test_a_break_before_the_yes_and_one_at_the_edge_of_a_week_hold_too(florida: Florida, at: SetTime) -> None:
    mother = florida.people["mother"]
    pause = actions.say_not_now(actor=mother, member=florida.mother, channel="page", comes_back_on=moment(3).date())
    florida.begin()
    assert florida.weeks()[0][1] == "paused"
    actions.come_again(actor=mother, pause=pause)
    on_day(at, 9)  # the worker is behind: nothing has fired
    actions.say_not_now(actor=mother, member=florida.mother, channel="page", comes_back_on=moment(12).date())
    assert [state for _number, state, _on in florida.weeks()] == ["missed", "paused"]


def test_a_break_longer_than_the_week_is_no_end_of_the_rhythm(florida: Florida, at: SetTime) -> None:
    florida.begin()
    actions.say_not_now(
        actor=florida.people["mother"], member=florida.mother, channel="page", comes_back_on=moment(90).date()
    )
    on_day(at, 50)
    shown = weeks.in_touch(florida.people["mother"], florida.mother)
    assert shown.week is not None
    assert shown.week.is_still
    assert not shown.is_over
    with pytest.raises(refusals.RunsAlready):
        florida.begin(moment(40).date())


def test_a_kept_week_is_held_only_for_a_reason_of_its_rule_and_only_while_it_lasts(
    florida: Florida, at: SetTime
) -> None:
    florida.begin()
    clock = Clock.objects.get(rule_id="FL-CONTACT")
    with pytest.raises(AlreadyOver):  # it is not kept yet
        clocks.hold_window(actor=None, clock=clock, reason="family_said_not_now", until=moment(9))
    on_day(at, 2)
    for hour in (9, 10, 11):
        florida.log(moment(1, hour))
    for reason, until in (("holiday", moment(9)), ("family_said_not_now", moment(1))):
        with pytest.raises(NotInTheRule):
            clocks.hold_window(actor=None, clock=clock, reason=reason, until=until)
    with pytest.raises(AlreadyOver):  # nothing was to be left out
        clocks.release_window(actor=None, clock=clock, reason="family_said_not_now")
    on_day(at, 8)
    with pytest.raises(AlreadyOver):
        clocks.hold_window(actor=None, clock=clock, reason="family_said_not_now", until=moment(9))


# -- what is refused, and how -------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-07")
def test_the_first_contact_says_where_they_were(florida: Florida, at: SetTime) -> None:
    on_day(at, 5)
    with pytest.raises(refusals.SettingMissing):
        florida.log(moment(4), setting="")
    florida.log(moment(3), outcome="attempt", setting="")
    first = florida.log(moment(4), setting="csu")
    assert first.get_setting_display() == "crisis unit"
    florida.log(moment(4, 15), setting="")
    with pytest.raises(refusals.SettingMissing):  # an earlier one that is heard of later is the first
        florida.log(moment(2), setting="")


def test_a_contact_recorded_twice_counts_once(florida: Florida, at: SetTime) -> None:
    on_day(at, 3)
    key = uuid4()
    first = florida.log(moment(2), way="visit", key=key)
    assert florida.log(moment(2), way="visit", key=key) == first
    for by, minute in (("coordinator", 0), ("peer", 10)):
        with pytest.raises(refusals.WrittenAlready):
            florida.log(moment(2, 12, minute), way="visit", by=by)
    with pytest.raises(Refused):  # another's key
        florida.log(moment(2), by="peer", key=key)
    florida.log(moment(2, 13), way="visit", by="peer")
    florida.log(moment(2), outcome="attempt")
    with pytest.raises(refusals.WrittenAlready):
        florida.log(moment(2), outcome="attempt")
    florida.log(moment(2, 12, 1), outcome="attempt")
    assert Contact.objects.count() == 4


def test_the_future_and_what_was_before_the_family_came_are_refused_in_plain_words(
    florida: Florida, at: SetTime
) -> None:
    with pytest.raises(refusals.NotYetHappened):
        florida.log(moment(2))
    with pytest.raises(refusals.BeforeTheyCame):
        florida.log(moment(-1))
    florida.begin(moment(-5).date())  # they said yes before their page was opened
    with pytest.raises(refusals.BeforeYouCame):
        florida.log(moment(-2))
    for refusal in vars(refusals).values():
        if isinstance(refusal, type) and issubclass(refusal, refusals.ContactRefusal) and hasattr(refusal, "message"):
            with translation.override("en"):
                assert str(refusal.message).endswith(".")
    assert not Contact.objects.exists()


def test_whose_role_ended_writes_nothing_down_and_comes_no_more(florida: Florida, at: SetTime) -> None:
    actions.plan_contact(
        actor=florida.people["coordinator"],
        role=florida.roles["coordinator"],
        member=florida.mother,
        way="visit",
        planned_at=moment(5),
    )
    on_day(at, 3)
    end_role(actor=None, role=florida.roles["coordinator"])
    on_day(at, 4)
    with pytest.raises(Refused):
        florida.log(moment(2))
    assert weeks.in_touch(florida.people["mother"], florida.mother).plans == []


def test_a_peer_whose_pairing_ended_sees_and_writes_nothing_more(florida: Florida, at: SetTime) -> None:
    on_day(at, 3)
    florida.log(moment(2), by="peer")
    assert access.visible_contacts(florida.people["peer"]).count() == 1
    florida.end_pairing()
    assert not access.visible_contacts(florida.people["peer"]).exists()
    assert access.visible_contacts(florida.people["mother"]).count() == 1
    with pytest.raises(Refused):
        florida.log(moment(3), by="peer")


# -- who sees what -----------------------------------------------------------------------------------------------------


def test_who_sees_a_contact_its_note_and_a_break_and_who_may_be_in_touch(world: World) -> None:
    said = actions.Said(uuid4(), "visit", "reached", timezone.now(), setting="home", note="We talked about school.")
    contact = actions.log_contact(actor=world.peer, role=world.peer_role, member=world.caregiver_member, said=said)
    call = actions.Said(uuid4(), "call", "reached", timezone.now(), is_two_way=True, note="Bus at 8.")
    by_staff = actions.log_contact(
        actor=world.facilitator, role=world.facilitator_role, member=world.caregiver_member, said=call
    )
    pause = actions.say_not_now(
        actor=world.caregiver,
        member=world.caregiver_member,
        channel="page",
        comes_back_on=world.program.today() + dt.timedelta(days=3),
    )

    def sees(person: Person, column: str) -> bool:
        seen = access.visible_contacts(person).filter(pk=(by_staff if column.startswith("staff") else contact).pk)
        answers: dict[str, Callable[[], bool]] = {
            "contact": seen.exists,
            "note": lambda: any(access.may_read_note(person, one) for one in seen),
            "staffs": seen.exists,
            "staffs_note": lambda: any(access.may_read_note(person, one) for one in seen),
            "break": access.visible_pauses(person).filter(pk=pause.pk).exists,
            "log": lambda: bool(access.roles_toward(person, world.caregiver_member)),
            "begin": lambda: access.may_begin_rhythm(person, world.caregiver_member),
        }
        return answers[column]()

    hold(
        world,
        """
                            contact note staffs staffs_note break log  begin
        caregiver           yes     yes  yes    yes         yes   -    -
        second_caregiver    -       -    -      -           -     -    -
        youth               -       -    -      -           -     -    -
        child               -       -    -      -           -     -    -
        natural_support     -       -    -      -           -     -    -
        peer                yes     yes  -      -           yes   yes  -
        second_peer         -       -    -      -           -     -    -
        mentor              -       -    -      -           -     -    -
        liaison             yes     -    yes    yes         yes   yes  yes
        facilitator         yes     -    yes    yes         yes   yes  yes
        coordinator         -       -    -      -           -     -    -
        lead                -       -    -      -           -     -    -
        supervisor          -       -    -      -           -     -    -
        stranger_caregiver  -       -    -      -           -     -    -
        stranger_youth      -       -    -      -           -     -    -
        stranger_peer       -       -    -      -           -     -    -
        stranger_liaison    -       -    -      -           -     -    -
        faraway_caregiver   -       -    -      -           -     -    -
        faraway_youth       -       -    -      -           -     -    -
        faraway_peer        -       -    -      -           -     -    -
        faraway_liaison     -       -    -      -           -     -    -
        """,
        sees,
    )
    assert not Entry.objects.filter(subject__startswith="contact").exclude(family_id=None).exists()


# -- how it felt -------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-05")
def test_only_the_person_says_how_it_felt_and_nobody_reads_whose_answer_it_was(florida: Florida, at: SetTime) -> None:
    on_day(at, 3)
    contact = florida.log(moment(2))
    tried = florida.log(moment(3), outcome="attempt")
    for who, which in (("coordinator", contact), ("father", contact), ("mother", tried)):
        with pytest.raises(Refused):
            actions.say_how_it_felt(actor=florida.people[who], contact=which, answer="yes")
    assert weeks.in_touch(florida.people["mother"], florida.mother).met[0].is_asked
    for answer in ("no", "partly"):
        actions.say_how_it_felt(actor=florida.people["mother"], contact=contact, answer=answer)
    assert ContactFelt.objects.get().answer == "partly"
    assert weeks.in_touch(florida.people["mother"], florida.mother).met[0].felt == "Partly"
    assert weeks.in_touch(florida.people["coordinator"], florida.mother).met[0].felt == ""


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"yes": 11}, {"yes": 11}),
        ({"yes": 12, "partly": 11}, {"yes": 12, "partly": 11}),
        ({"yes": 30, "no": 1}, None),
        ({"yes": 10}, None),
        ({}, None),
    ],
)
def test_a_liaison_reads_numbers_of_people_only_where_no_group_is_small(
    florida: Florida, at: SetTime, given: dict[str, int], shown: dict[str, int] | None
) -> None:
    on_day(at, 2)
    for answer, count in given.items():
        for number in range(count):
            member = florida._member(f"{answer} {number}", "Seen")
            contact = Contact.objects.create(
                family=florida.family,
                member=member,
                by=florida.roles["coordinator"],
                way="call",
                outcome="reached",
                is_two_way=True,
                happened_at=moment(1),
            )
            ContactFelt.objects.create(contact=contact, answer=answer, answered_at=moment(2))
    assert access.felt_counts(florida.people["liaison"]) is None  # this month is not over
    on_day(at, 40)
    found = access.felt_counts(florida.people["liaison"])
    assert (found and {answer: count for answer, count in found.items() if count}) == shown
    assert access.felt_counts(florida.people["coordinator"]) is None


def test_after_a_key_rotation_places_notes_and_reasons_open_under_the_new_key(florida: Florida, at: SetTime) -> None:
    on_day(at, 2)
    contact = florida.log(moment(1, 13), way="visit", place="The park", note="A good talk.")
    actions.plan_contact(
        actor=florida.people["peer"],
        role=florida.roles["peer"],
        member=florida.mother,
        way="call",
        planned_at=moment(30),
        place="By phone",
    )
    actions.say_not_now(
        actor=florida.people["mother"],
        member=florida.mother,
        channel="page",
        comes_back_on=moment(5).date(),
        reason="Tired",
    )
    before = bytes(contact.sealed_note or b"")
    assert rewrap_words() >= 3
    contact.refresh_from_db()
    assert bytes(contact.sealed_note or b"") != before
    assert (contact.place, contact.note) == ("The park", "A good talk.")
    assert (PlannedContact.objects.get().place, ContactPause.objects.get().reason) == ("By phone", "Tired")
