"""Birthdays on which who sees what changes: told beforehand to both sides, and nothing is lost by one."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from messaging.models import Conversation
from peer_support import actions as peer_support
from peer_support.models import Pairing, SupportRequest, Wish
from portal.access import Refused, clocks, conversations, enrollment, families, mentors, pairings, support
from portal.access import growing as access
from portal.accounts.models import Person
from portal.clocks.actions import record_happening
from portal.clocks.models import Matter
from portal.enrollment.actions import enroll
from portal.enrollment.models import Enrollment
from portal.families.models import AgeNotice, Member
from portal.growing import actions
from portal.notices.models import Notice
from portal.programs.models import Program
from portal.programs.vocabulary import Event
from tests.clocks.conftest import SetTime, at
from tests.peer_support.conftest import Later, later
from tests.peer_support.mentored import mentored, says
from tests.world import World, signed_in

__all__ = ["at", "later"]
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def turns(world: World, age: int, days: int, who: str = "youth") -> Person:
    """In so many days, where the programme is, this person is that old."""
    day = world.program.today() + dt.timedelta(days=days)
    person: Person = getattr(world, who)
    person.born_on = dt.date(day.year - age, day.month, day.day) if (day.month, day.day) != (2, 29) else None
    person.save()
    getattr(world, f"{who}_member").refresh_from_db()
    return person


def told(person: Person) -> list[str]:
    rows = Notice.objects.filter(person=person, kind=Notice.Kind.GROWING_UP).order_by("pk")
    return [notice.about.split(":", 2)[2] for notice in rows]


# -- when, and to whom ---------------------------------------------------------------------------------------------------------


def test_the_birthdays_that_count_are_those_of_the_profile(world: World) -> None:
    ages = {slug: set(access.marks(Program.objects.get(slug=slug))) for slug in
            ("louisiana-csoc", "missouri-initiative", "florida-care-coordination")}  # fmt: skip
    assert ages["louisiana-csoc"] == {13, 18, 21}  # for ages 5 to 20
    assert ages["missouri-initiative"] == {13, 16, 18, 19}
    assert ages["florida-care-coordination"] == {13, 18}


def test_both_sides_are_told_60_and_14_days_before_and_on_the_day_each_once(world: World, later: Later) -> None:
    turns(world, 18, 61)
    for days in (0, 1, 30, 16, 13, 1, 10):  # 61, 60, 30, 14, 1, 0 days before, 10 after
        later(dt.timedelta(days=days))
        actions.tell_of_birthdays()
        assert actions.tell_of_birthdays() == 0
    for person in (world.youth, world.caregiver, world.second_caregiver):
        assert told(person) == ["18:60", "18:14", "18:0"]
    assert told(world.natural_support) == told(world.child) == told(world.liaison) == []


def test_after_an_outage_only_what_still_fits_is_told(world: World, later: Later) -> None:
    turns(world, 18, 40)
    assert actions.tell_of_birthdays() >= 1
    later(dt.timedelta(days=45))
    assert actions.tell_of_birthdays() >= 1
    assert told(world.youth) == ["18:60", "18:0"]
    AgeNotice.objects.all().delete()
    later(dt.timedelta(days=40))
    actions.tell_of_birthdays()
    assert told(world.youth) == ["18:60", "18:0"]


def test_a_child_without_an_account_is_told_on_the_13th_birthday_the_parents_before(world: World, later: Later) -> None:
    turns(world, 13, 10, "child")
    says(world, world.caregiver_member, "full", world.child_member)
    actions.tell_of_birthdays()
    assert (told(world.child), told(world.caregiver)) == ([], ["13:14"])
    later(dt.timedelta(days=10))
    actions.tell_of_birthdays()
    assert (told(world.child), told(world.caregiver)) == (["13:0"], ["13:14", "13:0"])


def test_who_is_barred_kept_away_or_on_no_paper_is_not_told(world: World) -> None:
    turns(world, 18, 10)
    world.keep_apart()  # the second caregiver
    says(world, world.caregiver_member, "none")
    actions.tell_of_birthdays()
    assert told(world.caregiver) == told(world.second_caregiver) == []
    assert told(world.youth) == ["18:14"]


def test_what_comes_after_the_18th_is_the_young_adults_own(world: World) -> None:
    turns(world, 21, 10)
    actions.tell_of_birthdays()
    assert (told(world.youth), told(world.caregiver)) == (["21:14"], [])
    assert signed_in(None, world.caregiver).get("/growing-up/").status_code == 404
    assert signed_in(None, world.youth).get("/growing-up/").status_code == 200


# -- the page ----------------------------------------------------------------------------------------------------------------------


def test_the_page_says_what_changes_what_stays_and_what_to_do(world: World) -> None:
    turns(world, 18, 12)
    young = signed_in(None, world.youth).get("/growing-up/").content.decode()
    for words in ("You turn 18", "in 12 days", "What stays", "What ends", "Let Odette see it"):
        assert words in young
    mother = signed_in(None, world.caregiver).get("/growing-up/").content.decode()
    assert "Theo turns 18" in mother
    assert "unless Theo lets you" in mother
    assert "Let Odette" not in mother
    assert "Theo turns 21" not in mother


def test_a_parent_who_meets_a_closed_door_still_reads_why_for_some_days(world: World, later: Later) -> None:
    turns(world, 18, 0)
    assert "this day has come" in signed_in(None, world.caregiver).get("/growing-up/").content.decode()
    later(dt.timedelta(days=31))
    assert signed_in(None, world.caregiver).get("/growing-up/").status_code == 404


# -- the 18th birthday ---------------------------------------------------------------------------------------------------------


def case_of(world: World) -> Enrollment:
    today = world.program.today()
    return enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today,
        next_on=today + dt.timedelta(days=5),
    )


def sees_case(person: Person) -> bool:
    """The case, the clocks of it, and being told of these: three rooms, one answer."""
    cases = enrollment.visible_enrollments(person).exists()
    dates = clocks.visible_clocks(person).exclude(youth=None)
    assert dates.exists() == cases
    one = clocks.visible_clocks(person).model.objects.exclude(youth=None).first()
    assert one is not None
    assert (person in [told.person for told in clocks.told_of(one)]) == cases
    return cases


def test_parents_stop_seeing_at_midnight_where_the_programme_is(world: World, at: SetTime) -> None:
    central = ZoneInfo("America/Chicago")
    at("2027-03-10T12:00-06:00")
    case_of(world)
    mentor = mentored(world)
    Person.objects.filter(pk=world.youth.pk).update(born_on=dt.date(2009, 3, 20))
    for moment, seen in (("2027-03-19T23:59", True), ("2027-03-20T00:00", False)):
        at(dt.datetime.fromisoformat(moment).replace(tzinfo=central).isoformat())
        for parent in (world.caregiver, world.second_caregiver):
            assert sees_case(parent) is seen, moment
        assert mentors.known_pairings(world.caregiver).exists() is seen
        assert (families.authority_over(world.caregiver, again(world)) is not None) is seen
        assert sees_case(world.youth)
        assert sees_case(world.liaison)
    assert pairings.visible_pairings(world.youth).filter(pk=mentor.pk).exists()


def again(world: World) -> Member:
    return Member.objects.select_related("person", "family__program").get(pk=world.youth_member.pk)


def test_unless_the_young_adult_lets_one_of_them_go_on_seeing(world: World, later: Later) -> None:
    turns(world, 18, 5)
    case_of(world)
    browser = signed_in(None, world.youth)
    browser.post(f"/growing-up/{world.caregiver.public_id}/", {"let": "yes"})
    later(dt.timedelta(days=6))
    assert sees_case(world.caregiver)
    assert not sees_case(world.second_caregiver)
    assert not mentors.known_pairings(world.caregiver).exists()
    browser = signed_in(None, world.youth)
    assert "You let them see it" in browser.get("/growing-up/").content.decode()
    browser.post(f"/growing-up/{world.caregiver.public_id}/", {"let": "no"})
    assert not sees_case(world.caregiver)


def test_only_shortly_before_and_only_caregivers_who_are_not_kept_away(world: World) -> None:
    turns(world, 18, 100)
    with pytest.raises(Refused):
        actions.let_see(actor=world.youth, adult=world.caregiver_member)
    turns(world, 18, 20)
    world.keep_apart()
    for adult in (world.second_caregiver_member, world.natural_support_member, world.child_member):
        with pytest.raises(Refused):
            actions.let_see(actor=world.youth, adult=adult)
    for actor in (world.child, world.caregiver, world.stranger_youth, world.liaison):
        with pytest.raises(Refused):
            actions.let_see(actor=actor, adult=world.caregiver_member)
    actions.let_see(actor=world.youth, adult=world.caregiver_member)
    actions.let_see(actor=world.youth, adult=world.caregiver_member)


def test_a_guardians_pause_ends_with_the_guardians_say(world: World, later: Later) -> None:
    turns(world, 18, 5)
    pairing = mentored(world)
    peer_support.pause_as_guardian(actor=world.caregiver, pairing=pairing)
    assert peer_support.keep_pairings() == 0
    later(dt.timedelta(days=5))
    assert peer_support.keep_pairings() == 1
    assert Pairing.objects.get(pk=pairing.pk).state == Pairing.State.ACTIVE


# -- nothing is lost ---------------------------------------------------------------------------------------------------------------


def test_from_12_to_21_all_that_is_theirs_stays_theirs(world: World, at: SetTime) -> None:
    """The same rows on each side of each birthday, for the one whose they are; nothing without an owner."""
    today = timezone.now().astimezone(world.program.zone)
    pairing = mentored(world)
    peer_support.ask_for_peer(actor=world.youth, member=world.youth_member, languages=["en"])
    peer_support.ask_for_support(
        actor=world.youth, member=world.youth_member, ask=peer_support.Ask(key=pairing.public_id, kind="advocate")
    )
    record_happening(
        actor=world.liaison,
        program=world.program,
        event=Event.NEED_IDENTIFIED,
        at=today,
        key="need",
        matter=Matter(family=world.family, youth=world.youth_member),
    )
    at((today + dt.timedelta(minutes=5)).isoformat())
    had = theirs(world)
    assert set(had.values()) == {1, had["clocks"]}
    for age in (12, 13, 14, 16, 18, 21):
        for days in (-1, 0):
            day = today - dt.timedelta(days=days)
            born = dt.date(day.year - age, day.month, min(day.day, 28))
            Person.objects.filter(pk=world.youth.pk).update(born_on=born)
            world.youth.refresh_from_db()
            assert theirs(world) == had, (age, days)
    assert Wish.objects.filter(member=world.youth_member).exists()
    assert SupportRequest.objects.filter(member=world.youth_member).exists()
    assert Conversation.objects.filter(pairing=pairing).exists()


def theirs(world: World) -> dict[str, int]:
    young = world.youth
    return {
        "conversations": conversations.visible_conversations(young).count(),
        "pairings": pairings.visible_pairings(young).count(),
        "requests": support.own_requests(young).count(),
        "wishes": Wish.objects.filter(member__person=young, ended_at=None).count(),
        "clocks": clocks.own_clocks(young).count(),
        "answered": support.requests_to_answer(world.liaison).filter(member__person=young).count(),
    }
