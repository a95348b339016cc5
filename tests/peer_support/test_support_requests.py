"""What a family asks for: each of it tracked, answered by a promised day, and nobody else's to see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from peer_support import actions
from peer_support.models import RequestStep, SupportRequest
from peer_support.refusals import AlreadyAsked, ClassFull, DayBehind, DayTooFar, NotYetHeld, TooFewPlaces
from portal.access import Refused, clocks
from portal.access import support as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.families import actions as families
from portal.families.models import Family, Member, StaffAssignment
from portal.notices.models import Notice
from portal.programs.actions import appoint
from portal.programs.models import StaffRole
from portal.rewrapping import rewrap_words
from tests.peer_support.asking import a_class, ask, ask_to_come, clock_of, in_days, now
from tests.peer_support.choosing import get, post, set_up, text, wish_path
from tests.peer_support.conftest import Later
from tests.world import VIEWERS, World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def who_sees(world: World, request: SupportRequest) -> set[str]:
    return {name for name in VIEWERS if access.visible_requests(getattr(world, name)).filter(pk=request.pk).exists()}


def told(person: Person, kind: str) -> int:
    return Notice.objects.filter(person=person, kind=kind, about__startswith="request:").count()


# -- three ways in ---------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FSO-03")
def test_three_entry_buttons_each_produce_a_tracked_request(world: World) -> None:
    """Education, advocacy and peer support: the class list, someone who speaks up, someone who has been there."""
    world = set_up(world)
    held = a_class(world)
    page = text(get(world.caregiver, "/support/"))
    assert 'href="/support/classes/"' in page
    assert 'href="/support/advocate/"' in page
    assert f'href="{wish_path(world.caregiver_member)}"' in page
    assert "Your school meeting" in text(get(world.caregiver, "/support/classes/"))
    post(world.caregiver, f"/support/classes/{held.public_id}/", key=uuid4())
    post(world.caregiver, "/support/advocate/", key=uuid4(), words="They want to send him home again.")
    post(world.caregiver, wish_path(world.caregiver_member), languages=["en"])
    asked = {one.kind: one for one in access.own_requests(world.caregiver)}
    assert set(asked) == {"class", "advocate", "peer"}
    for request in asked.values():
        assert clock_of(request).state == Clock.State.OPEN
        assert request in access.requests_to_answer(world.liaison)


@pytest.mark.promise("LA-32")
def test_a_liaison_an_educator_class_a_mentor_and_a_companion_each_make_a_task_with_a_clock(world: World) -> None:
    """ "Choose a liaison, educator class, mentor; ask one to join a meeting": each is a task with a date for the liaison."""
    world = set_up(world)
    held = a_class(world)
    world.pairing = actions.propose_pairing(
        actor=world.liaison, member=world.caregiver_member, peer=world.peer_role, reason=""
    )
    actions.accept_pairing(actor=world.caregiver, pairing=world.pairing)
    day = in_days(world, 6)
    post(world.caregiver, "/support/liaison/", key=uuid4(), helper=world.supervisor_role.public_id)
    post(world.caregiver, f"/support/classes/{held.public_id}/", key=uuid4())
    post(world.caregiver, wish_path(world.youth_member), languages=["en"])
    post(world.caregiver, "/support/meeting/", key=uuid4(), meets_on=day, helper=world.peer_role.public_id)
    asked = {one.kind: one for one in access.own_requests(world.caregiver)}
    assert set(asked) == {"liaison", "class", "mentor", "meeting"}
    assert asked["liaison"].helper == world.supervisor_role
    assert (asked["meeting"].helper, asked["meeting"].meets_on) == (world.peer_role, day)
    assert asked["mentor"].for_member == world.youth_member
    listed = text(get(world.liaison, "/support/requests/"))
    for request in asked.values():
        clock = clock_of(request)
        assert (clock.rule_id, clock.responsible, clock.matter_of) == (
            "LA-REQUEST",
            world.liaison_role,
            world.caregiver,
        )
        assert clock in clocks.work_clocks(world.liaison)
        assert f"/support/{request.public_id}/" in listed
    assert "An answer to what you asked for" in text(get(world.caregiver, "/owed/"))


@pytest.mark.promise("FSO-02")
def test_a_mothers_peer_partner_leaves_the_way_to_a_mentor_open(world: World) -> None:
    """Her page says who stands by her and still offers him his, and her son finds his own."""
    world = set_up(world)
    offer = actions.propose_pairing(actor=world.liaison, member=world.caregiver_member, peer=world.peer_role, reason="")
    actions.accept_pairing(actor=world.caregiver, pairing=offer)
    page = text(get(world.caregiver, "/support/"))
    assert "stands by you" in page
    assert "Ask for a youth mentor" in page
    assert "A youth mentor for Theo" in page
    assert "A youth mentor for you" in text(get(world.youth, "/support/"))


def test_the_day_is_three_working_days_ahead_and_the_source_is_said(world: World) -> None:
    clock = clock_of(ask(world.caregiver_member))
    assert (clock.rule.length, clock.rule.unit, clock.rule.certainty) == (3, "business_days", "design")
    assert "Our own default" in text(get(world.caregiver, f"/owed/{clock.public_id}/"))


def test_the_same_form_sent_twice_is_one_request(world: World) -> None:
    key = uuid4()
    for _time in range(2):
        post(world.caregiver, "/support/advocate/", key=key, words="Once.")
    assert SupportRequest.objects.count() == 1
    with pytest.raises(Refused):
        ask(world.second_caregiver_member, key=key)


def test_a_class_and_a_liaison_are_asked_for_once_at_a_time(world: World) -> None:
    held = a_class(world)
    ask(world.caregiver_member, "class", educator_class=held)
    with pytest.raises(AlreadyAsked):
        ask(world.caregiver_member, "class", educator_class=held)
    again = post(world.caregiver, f"/support/classes/{held.public_id}/", key=uuid4())
    assert "You asked for this already." in text(again)
    assert "You asked for this one" in text(get(world.caregiver, "/support/classes/"))
    ask(world.second_caregiver_member, "class", educator_class=held)
    first = ask(world.caregiver_member, "liaison")
    with pytest.raises(AlreadyAsked):
        ask(world.caregiver_member, "liaison")
    actions.take_back_request(actor=world.caregiver, request=first)
    ask(world.caregiver_member, "liaison")


@pytest.mark.parametrize(
    ("days", "refusal", "said"),
    [
        (-1, DayBehind, "Please choose a day that is still to come."),
        (500, DayTooFar, "This date is too far away."),
    ],
)
def test_a_meeting_is_on_a_day_that_can_be_and_nothing_typed_is_lost(
    world: World, days: int, refusal: type[Exception], said: str
) -> None:
    with pytest.raises(refusal):
        ask_to_come(world, meets_on=in_days(world, days))
    answer = post(world.caregiver, "/support/meeting/", key=uuid4(), meets_on=in_days(world, days), words="Please.")
    assert answer.status_code == 422
    assert said in text(answer)
    assert "Please.</textarea>" in text(answer)
    assert "Please fill this in." in text(post(world.caregiver, "/support/meeting/", key=uuid4()))


def test_somebody_of_two_families_says_for_which_one(world: World) -> None:
    families.add_member(
        actor=world.stranger_liaison,
        family=world.stranger_family,
        person=world.caregiver,
        role=Member.Role.CAREGIVER,
        evidence="Seen",
    )
    assert "For which family?" in text(get(world.caregiver, "/support/advocate/"))
    assert "Please choose one of these." in text(post(world.caregiver, "/support/advocate/", key=uuid4()))
    post(world.caregiver, "/support/advocate/", key=uuid4(), family=world.stranger_family.public_id)
    assert SupportRequest.objects.get().family == world.stranger_family
    assert "For which family?" not in text(get(world.second_caregiver, "/support/advocate/"))


# -- who sees it -----------------------------------------------------------------------------------------------------------


def test_a_request_is_seen_by_who_asked_and_by_the_liaison_alone(world: World) -> None:
    """Not the other parent, not the facilitator, not even the peer partner; and no mother what her son asked for."""
    assert who_sees(world, ask(world.caregiver_member)) == {"caregiver", "liaison"}
    theirs = ask(world.youth_member, words="I do not want my mother to know.")
    assert who_sees(world, theirs) == {"youth", "liaison"}
    for person in (world.caregiver, world.facilitator, world.peer):
        assert clock_of(theirs) not in clocks.visible_clocks(person)
    assert not Entry.objects.filter(subject="support_request").exclude(family_id=None).exists()


def test_the_peer_asked_to_come_sees_the_meeting_while_the_two_are_in_touch(world: World) -> None:
    request = ask_to_come(world, world.peer_role, words="They talk over my head.")
    assert who_sees(world, request) == {"caregiver", "liaison", "peer"}
    assert "They talk over my head." in text(get(world.peer, f"/support/{request.public_id}/"))
    actions.end_pairing(actor=world.caregiver, pairing=world.pairing)
    assert who_sees(world, request) == {"caregiver", "liaison"}


def test_a_mentor_asked_to_come_reads_when_and_where_and_no_words_of_the_young_person(world: World) -> None:
    """Between a mentor and a young person no words go to and fro yet, by this way neither."""
    world = set_up(world)
    offer = actions.propose_pairing(actor=world.liaison, member=world.youth_member, peer=world.mentor_role, reason="")
    actions.accept_pairing(actor=world.youth, pairing=offer)
    request = ask_to_come(world, world.mentor_role, member=world.youth_member, words="Just us two.", place="School")
    page = text(get(world.mentor, f"/support/{request.public_id}/"))
    assert "School" in page
    assert "Just us two." not in page
    post(world.mentor, f"/support/{request.public_id}/come/", comes="yes")
    step = RequestStep.objects.get(request=request)
    assert (now(request).state, step.by, step.words) == ("arranged", world.mentor_role, "")


def test_nobody_names_a_helper_whom_they_were_not_shown(world: World) -> None:
    for helper in (world.stranger_peer_role, world.second_peer_role, world.stranger_liaison_role):
        with pytest.raises(Refused):
            ask_to_come(world, helper)
    with pytest.raises(Refused):
        ask(world.caregiver_member, "liaison", helper=world.stranger_liaison_role)
    shown = {role.person for role in access.companions(world.caregiver, world.caregiver_member)}
    assert shown == {world.peer, world.liaison, world.facilitator}


@pytest.mark.parametrize("name", ["natural_support", "liaison", "stranger_caregiver", "peer"])
def test_nobody_asks_in_the_place_of_another(world: World, name: str) -> None:
    with pytest.raises(Refused):
        actions.ask_for_support(
            actor=getattr(world, name), member=world.caregiver_member, ask=actions.Ask(key=uuid4(), kind="advocate")
        )


def test_peers_are_asked_for_by_a_wish_alone(world: World) -> None:
    with pytest.raises(Refused):
        ask(world.caregiver_member, "peer")


def test_who_left_the_family_has_no_requests_here(world: World) -> None:
    request = ask(world.caregiver_member)
    Member.objects.filter(pk=world.caregiver_member.pk).update(left_at=timezone.now())
    assert who_sees(world, request) == {"liaison"}
    Family.objects.filter(pk=world.family.pk).update(closed_at=timezone.now())
    assert who_sees(world, request) == set()


# -- who answers -----------------------------------------------------------------------------------------------------------


def test_a_family_without_a_liaison_is_answered_by_those_of_the_family_organization(world: World) -> None:
    StaffAssignment.objects.filter(pk=world.liaison_assignment.pk).update(ended_at=timezone.now())
    request = ask(world.caregiver_member)
    assert who_sees(world, request) == {"caregiver", "liaison", "supervisor"}
    assert {told(person, "support_asked") for person in (world.liaison, world.supervisor)} == {1}
    assert told(world.stranger_liaison, "support_asked") == 0


def test_where_nobody_at_all_could_answer_the_leads_are_told(world: World) -> None:
    StaffRole.objects.filter(role=StaffRole.Role.LIAISON).update(ended_at=timezone.now())
    request = ask(world.caregiver_member)
    assert who_sees(world, request) == {"caregiver"}
    assert told(world.lead, "no_coordinator") == 1
    assert clock_of(request).responsible is None


def test_a_liaison_never_answers_her_own_family(world: World) -> None:
    families.add_member(
        actor=world.facilitator,
        family=world.family,
        person=world.liaison,
        role=Member.Role.CAREGIVER,
        evidence="Seen",
    )
    request = ask(world.caregiver_member)
    assert not access.may_answer(world.liaison, request)
    assert access.may_answer(world.supervisor, request)


def test_an_open_date_goes_on_to_the_next_liaison(world: World) -> None:
    request, helping = (
        ask(world.caregiver_member),
        actions.offer_to_help(actor=world.caregiver, member=world.caregiver_member),
    )
    assert actions.keep_requests() == 0
    families.assign(actor=world.liaison, family=world.family, staff_role=world.supervisor_role)
    actions.end_staff_role(actor=None, role=world.liaison_role)
    assert actions.keep_requests() == 2
    assert actions.keep_requests() == 0
    assert clock_of(request).responsible == world.supervisor_role
    assert Clock.objects.get(subject="helping", subject_id=str(helping.public_id)).responsible == world.supervisor_role


def test_taking_it_up_keeps_the_promise_and_names_the_next_day(world: World) -> None:
    request = ask(world.caregiver_member)
    day = in_days(world, 4)
    assert "<h1>I take care of it</h1>" in get(world.liaison, f"/support/{request.public_id}/take-up/").content.decode()
    page = post(world.liaison, f"/support/{request.public_id}/take-up/", words="I call the school.", next_on=day)
    assert "They read it now." in text(page)
    assert clock_of(request).state == Clock.State.MET
    assert told(world.caregiver, "support") == 1
    shown = text(get(world.caregiver, f"/support/{request.public_id}/"))
    assert "Simone Picourt takes care of it." in shown
    assert "You hear more by" in shown
    assert "I call the school." in shown
    assert (now(request).state, now(request).next_on, now(request).taken_by) == ("taken_up", day, world.liaison_role)


def test_a_request_that_nobody_answered_is_late_on_both_pages(world: World, later: Later) -> None:
    request = ask(world.caregiver_member)
    later(dt.timedelta(days=9))
    fire_due()
    assert clock_of(request).state == Clock.State.MISSED
    assert "days late" in text(get(world.caregiver, "/support/"))
    assert "You do not have to chase it." in text(get(world.caregiver, f"/support/{request.public_id}/"))
    assert "days late" in text(get(world.liaison, "/support/requests/"))


def test_a_liaisons_own_day_that_has_passed_is_late_too(world: World, later: Later) -> None:
    request = ask(world.caregiver_member)
    actions.take_up_request(actor=world.liaison, request=request, words="Soon.", next_on=in_days(world, 2))
    later(dt.timedelta(days=4))
    assert "Late. You were to hear more by" in text(get(world.caregiver, "/support/"))
    actions.take_up_request(actor=world.liaison, request=request, words="Sorry.", next_on=in_days(world, 2))
    assert "Late." not in text(get(world.caregiver, "/support/"))


def test_the_list_is_by_what_is_due_first(world: World) -> None:
    first, second = ask(world.caregiver_member), ask(world.youth_member)
    actions.take_up_request(actor=world.liaison, request=first, words="Soon.", next_on=in_days(world, 30))
    listed = get(world.liaison, "/support/requests/").context["requests"]
    assert [one.request for one in listed] == [second, first]


def test_what_is_arranged_has_a_day_and_is_done_on_it_and_not_before(world: World, later: Later) -> None:
    request = ask_to_come(world)
    path = f"/support/{request.public_id}/"
    post(world.liaison, f"{path}arrange/", on=in_days(world, 5), at_time="10:30", words="I wait at the door.")
    shown = text(get(world.caregiver, path))
    assert "It is on" in shown
    assert "10:30" in shown
    with pytest.raises(NotYetHeld):
        actions.finish_request(actor=world.liaison, request=request)
    assert "The day has not come yet." in text(post(world.liaison, f"{path}done/"))
    later(dt.timedelta(days=6))
    assert "It was on" in text(get(world.liaison, path))
    post(world.liaison, f"{path}done/")
    assert (now(request).state, now(request).ended_at is None) == ("done", False)


def test_what_could_not_be_done_says_why_and_what_there_is_instead(world: World) -> None:
    request = ask(world.caregiver_member)
    path = f"/support/{request.public_id}/could-not/"
    short = post(world.liaison, path, words="The class is over.")
    assert short.status_code == 422
    assert "The class is over.</textarea>" in text(short)
    post(world.liaison, path, words="The class is over.", instead="It comes again in May.")
    shown = text(get(world.caregiver, f"/support/{request.public_id}/"))
    assert "What there is instead" in shown
    assert "It comes again in May." in shown
    assert clock_of(request).state == Clock.State.MET
    with pytest.raises(Refused):
        actions.decline_request(actor=world.liaison, request=now(request), words="a", instead=" ")


def test_a_peer_who_cannot_come_says_so_without_a_reason_and_the_search_goes_on(world: World) -> None:
    request = ask_to_come(world, world.peer_role)
    page = post(world.peer, f"/support/{request.public_id}/come/", comes="no")
    assert "Their liaison looks for someone else." in text(page)
    assert (now(request).state, now(request).helper) == ("asked", None)
    assert who_sees(world, request) == {"caregiver", "liaison"}
    assert clock_of(request).state == Clock.State.OPEN
    assert "cannot come" in text(get(world.caregiver, f"/support/{request.public_id}/"))


def test_who_is_named_and_comes_is_the_answer(world: World) -> None:
    request = ask_to_come(world, world.peer_role, meets_at=dt.time(9))
    post(world.peer, f"/support/{request.public_id}/come/", comes="yes")
    assert (now(request).state, now(request).next_on) == ("arranged", request.meets_on)
    assert clock_of(request).state == Clock.State.MET
    assert get(world.peer, f"/support/{request.public_id}/come/").status_code == 405
    with pytest.raises(Refused):
        actions.say_if_coming(actor=world.peer, request=now(request), comes=False)


def test_taken_back_without_a_reason_and_nothing_is_owed_any_more(world: World) -> None:
    request = ask(world.caregiver_member)
    page = post(world.caregiver, f"/support/{request.public_id}/back/")
    assert "Taken back." in text(page)
    assert clock_of(request).state == Clock.State.CANCELLED
    assert clock_of(request).pk not in {one.pk for one in clocks.work_clocks(world.liaison).filter(state="open")}
    acts: tuple[Callable[[], None], ...] = (
        lambda: actions.take_back_request(actor=world.caregiver, request=now(request)),
        lambda: actions.take_up_request(
            actor=world.liaison, request=now(request), words="a", next_on=in_days(world, 1)
        ),
        lambda: actions.finish_request(actor=world.liaison, request=now(request)),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert get(world.liaison, f"/support/{request.public_id}/take-up/").status_code == 404


@pytest.mark.parametrize("name", ["facilitator", "supervisor", "stranger_liaison", "lead", "peer", "caregiver"])
def test_nobody_else_answers(world: World, name: str) -> None:
    request = ask(world.caregiver_member)
    actor = getattr(world, name)
    acts: tuple[Callable[[], None], ...] = (
        lambda: actions.take_up_request(actor=actor, request=request, words="a", next_on=in_days(world, 1)),
        lambda: actions.arrange_request(actor=actor, request=request, on=in_days(world, 1)),
        lambda: actions.decline_request(actor=actor, request=request, words="a", instead="b"),
        lambda: actions.finish_request(actor=actor, request=request),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()


def test_the_date_of_a_request_is_kept_on_its_own_page(world: World) -> None:
    """Nobody ticks it off: who asked has to hear something."""
    request = ask(world.caregiver_member)
    clock = clock_of(request)
    page = text(get(world.liaison, f"/owed/{clock.public_id}/"))
    assert "Write down that it is done" not in page
    assert f'href="/support/{request.public_id}/"' in page


# -- wishes ----------------------------------------------------------------------------------------------------------------


def test_a_wish_is_tracked_from_the_asking_to_the_yes(world: World) -> None:
    world = set_up(world)
    actions.ask_for_peer(actor=world.caregiver, member=world.caregiver_member, languages=["en"])
    actions.ask_for_peer(actor=world.caregiver, member=world.caregiver_member, languages=["en", "es"])
    (request,) = SupportRequest.objects.all()
    offers = actions.suggest_peers(
        actor=world.liaison, member=world.caregiver_member, peers=[world.peer_role, world.second_peer_role]
    )
    assert (now(request).state, now(request).taken_by) == ("taken_up", world.liaison_role)
    assert clock_of(request).state == Clock.State.MET
    assert [step.kind for step in request.steps.all()] == ["offered"]
    actions.accept_pairing(actor=world.caregiver, pairing=offers[0])
    assert now(request).state == "done"


def test_who_wants_nobody_any_more_takes_the_request_back_with_the_wish(world: World) -> None:
    world = set_up(world)
    actions.ask_for_peer(actor=world.caregiver, member=world.caregiver_member, languages=["en"])
    (request,) = SupportRequest.objects.all()
    with pytest.raises(Refused):
        actions.take_back_request(actor=world.caregiver, request=request)
    actions.end_wish(actor=world.caregiver, member=world.caregiver_member)
    assert (now(request).state, clock_of(request).state) == ("taken_back", "cancelled")


def test_a_mentor_that_mother_and_son_asked_for_ends_both_requests(world: World) -> None:
    world = set_up(world)
    for actor in (world.caregiver, world.youth):
        actions.ask_for_peer(actor=actor, member=world.youth_member, languages=["en"])
    assert SupportRequest.objects.filter(kind="mentor").count() == 2
    (offer,) = actions.suggest_peers(actor=world.liaison, member=world.youth_member, peers=[world.mentor_role])
    actions.accept_pairing(actor=world.youth, pairing=offer)
    assert set(SupportRequest.objects.values_list("state", flat=True)) == {"done"}


def test_a_programme_that_promises_no_day_tracks_it_all_the_same(world: World) -> None:
    request = ask(world.faraway_caregiver_member)
    assert not Clock.objects.filter(subject_id=str(request.public_id)).exists()
    assert "Asked for" in text(get(world.faraway_caregiver, "/support/"))
    assert request in access.requests_to_answer(world.faraway_liaison)
    assert told(world.faraway_liaison, "support_asked") == 1


# -- classes ---------------------------------------------------------------------------------------------------------------


def test_a_liaison_keeps_the_list_of_her_own_organization(world: World) -> None:
    form: dict[str, Any] = {
        "title": "Your rights at school",
        "about": "Bring your papers.",
        "language": "es",
        "held_on": in_days(world, 9),
        "begins_at": "18:00",
        "place": "Parish library",
        "places": 8,
    }
    assert "It is on the list." in text(post(world.liaison, "/classes/new/", **form))
    (held,) = access.kept_classes(world.liaison)
    assert held in access.kept_classes(world.supervisor)
    assert held not in access.kept_classes(world.stranger_liaison)
    assert 'lang="es"' in text(get(world.caregiver, "/support/classes/"))
    assert held not in access.open_classes(world.stranger_caregiver, world.stranger_caregiver_member)
    wrong = post(world.liaison, f"/classes/{held.public_id}/", **form | {"places": 0})
    assert "Please give a number from 1 to 500." in text(wrong)
    post(world.liaison, f"/classes/{held.public_id}/", **form | {"place": "Town hall"})
    assert "Town hall" in text(get(world.caregiver, "/support/classes/"))
    with pytest.raises(Refused):
        actions.add_class(
            actor=world.peer, organization=world.organization("fhf-jefferson"), **form | {"begins_at": None}
        )


def test_a_class_with_all_places_taken_says_so_and_no_more_are_given(world: World) -> None:
    held = a_class(world, places=1)
    first, second = (
        ask(one, "class", educator_class=held) for one in (world.caregiver_member, world.second_caregiver_member)
    )
    actions.arrange_request(actor=world.liaison, request=first, on=held.held_on)
    assert "All places are taken" in text(get(world.youth, "/support/classes/"))
    with pytest.raises(ClassFull):
        actions.arrange_request(actor=world.liaison, request=second, on=held.held_on)
    refused = post(world.liaison, f"/support/{second.public_id}/arrange/", on=held.held_on, words="Come.")
    assert refused.status_code == 422
    assert "All places of this class are taken." in text(refused)
    assert "Come.</textarea>" in text(refused)
    actions.arrange_request(actor=world.liaison, request=first, on=held.held_on)  # whoever has a place keeps it
    actions.take_back_request(actor=world.caregiver, request=first)
    actions.arrange_request(actor=world.liaison, request=second, on=held.held_on)


def test_there_are_never_fewer_places_than_families_who_have_one(world: World) -> None:
    held = a_class(world, places=2)
    for member in (world.caregiver_member, world.second_caregiver_member):
        request = ask(member, "class", educator_class=held)
        actions.arrange_request(actor=world.liaison, request=request, on=held.held_on)
    kept = {
        name: getattr(held, name) for name in ("title", "about", "language", "held_on", "begins_at", "place", "places")
    }
    with pytest.raises(TooFewPlaces):
        actions.change_class(actor=world.liaison, held=held, **kept | {"places": 1})


def test_a_class_that_is_over_or_off_the_list_is_not_offered(world: World, later: Later) -> None:
    held, off = a_class(world), a_class(world, title="Called off")
    asked = ask(world.caregiver_member, "class", educator_class=off)
    actions.end_class(actor=world.liaison, held=off)
    assert set(access.open_classes(world.caregiver, world.caregiver_member)) == {held}
    assert now(asked).state == "asked"  # it still waits for an answer
    assert get(world.caregiver, f"/support/classes/{off.public_id}/").status_code == 404
    later(dt.timedelta(days=9))
    assert "No class is on the list right now." in text(get(world.caregiver, "/support/classes/"))


def test_words_are_sealed_and_read_after_new_keys(world: World) -> None:
    request = ask_to_come(world, words="They talk over my head.", place="Room 12")
    actions.decline_request(actor=world.liaison, request=request, words="I am away.", instead="Ruth comes.")
    assert rewrap_words() >= 2
    kept, step = now(request), RequestStep.objects.get()
    assert b"head" not in bytes(kept.sealed_words or b"")
    assert (kept.words, kept.place, step.words, step.instead) == (
        *("They talk over my head.", "Room 12"),
        *("I am away.", "Ruth comes."),
    )


def test_a_new_liaison_of_the_organization_sees_nothing_of_a_family_that_has_one(world: World) -> None:
    role = appoint(
        actor=None,
        person=world.natural_support,
        organization=world.organization("fhf-jefferson"),
        role=StaffRole.Role.LIAISON,
    )
    request = ask(world.stranger_caregiver_member)
    assert role.person_id == world.natural_support.pk
    assert request not in access.visible_requests(world.natural_support)
