"""What a team talks about: the family's own first and in its own order, a peer's beside those of staff."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.access import Refused
from portal.access import agenda as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.care import actions as care
from portal.care.models import Plan, TeamMeeting, TeamRole
from portal.care.refusals import MeetingOver
from portal.families.models import Member
from portal.notices.models import Notice
from portal.voice import actions
from portal.voice.models import AgendaConfirmation, AgendaItem, MeetingNote
from portal.voice.refusals import OrderChanged
from tests.care.meetings import again, confirmed, guest, over, proposed, seated
from tests.care.plans import opened
from tests.voice.meetings import brought, held
from tests.world import World, signed_in

pytestmark = pytest.mark.both_databases


def texts(meeting: TeamMeeting) -> list[str]:
    return [one.text for one in access.agenda_of(meeting)]


def show(world: World, who: str, meeting: TeamMeeting, page: str = "") -> str:
    answer = signed_in(None, getattr(world, who)).get(f"/meetings/{meeting.public_id}/{page}")
    assert answer.status_code == 200, (who, page)
    return answer.content.decode()


def in_order(page: str, *said: str) -> bool:
    places = [page.index(one) for one in said]
    return places == sorted(places)


@pytest.mark.promise("FSO-08")
def test_the_agenda_shows_what_the_family_brought_first(world: World) -> None:
    meeting = proposed(world.facilitator, opened(world))
    brought(world.facilitator, meeting, "Review of the plan")
    brought(world.caregiver, meeting, "Nights without sleep")
    brought(world.youth, meeting, "Ask me before you plan")
    assert texts(meeting) == ["Nights without sleep", "Ask me before you plan", "Review of the plan"]
    for who in ("caregiver", "youth", "facilitator", "liaison"):
        for page in ("", "agenda/"):
            shown = show(world, who, meeting, page)
            assert in_order(shown, "Nights without sleep", "Ask me before you plan", "Review of the plan"), (who, page)


@pytest.mark.promise("FSO-08")
def test_an_invitation_goes_to_the_liaison_whom_the_family_asks_to_come(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    browser, seat = signed_in(None, world.caregiver), guest(meeting, world.liaison).seat
    path = f"/meetings/{meeting.public_id}/"
    assert "Ask them to come with you" in browser.get(path).content.decode()
    for _twice in range(2):
        assert browser.post(f"{path}guests/{seat.public_id}/want/").status_code == 302
    told = Notice.objects.filter(person=world.liaison, about=f"meeting-wanted:{meeting.public_id}")
    assert [(one.kind, one.path) for one in told] == [("meeting", path)]
    for who in ("caregiver", "youth", "facilitator", "liaison"):
        assert "Odette asked them to come" in show(world, who, meeting)
    assert not told.filter(read_at=None).exists(), "the liaison has opened it"
    care.answer_meeting(actor=world.liaison, guest=guest(meeting, world.liaison), says="yes")
    assert "Comes" in show(world, "caregiver", meeting)


def test_a_liaison_who_was_out_of_the_room_is_in_it_again_when_asked_to_come(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    care.keep_out(actor=world.caregiver, guest=guest(meeting, world.liaison))
    care.ask_to_come(actor=world.youth, guest=guest(meeting, world.liaison))
    assert guest(meeting, world.liaison).kept_out_at is None
    with pytest.raises(Refused):
        care.ask_to_come(actor=world.facilitator, guest=guest(meeting, world.liaison))
    with pytest.raises(Refused):
        care.ask_to_come(actor=world.caregiver, guest=guest(meeting, world.facilitator))
    care.call_off_meeting(actor=world.caregiver, meeting=meeting, why="Ill")
    with pytest.raises(Refused):
        care.ask_to_come(actor=world.caregiver, guest=guest(meeting, world.liaison))


@pytest.mark.promise("NC-08")
def test_the_family_sets_agenda_place_invitees_and_order_and_the_facilitator_confirms(world: World) -> None:
    plan = opened(world)
    meeting = proposed(world.caregiver, plan, place="Our kitchen table")
    first, second = brought(world.caregiver, meeting, "Nights"), brought(world.youth, meeting, "School")
    assert meeting.place_agreed_by == world.caregiver
    care.keep_out(actor=world.caregiver, guest=guest(meeting, world.liaison))
    path = f"/meetings/{meeting.public_id}/agenda/"
    family, staff = signed_in(None, world.caregiver), signed_in(None, world.facilitator)
    answer = family.post(f"{path}{second.public_id}/move/", {"past": first.public_id})
    assert answer.status_code == 302
    assert texts(meeting) == ["School", "Nights"]
    shown = staff.get(path).content.decode()
    assert "/move/" not in shown
    assert "/move/" in family.get(path).content.decode()
    assert staff.post(f"{path}{first.public_id}/move/", {"past": second.public_id}).status_code == 404
    with pytest.raises(Refused):
        actions.move_agenda_item(actor=world.facilitator, item=first, past=second.public_id)
    with pytest.raises(Refused):
        actions.remove_agenda_item(actor=world.facilitator, item=first)
    mark = access.mark_of(access.items_of(meeting))
    assert staff.post(f"{path}confirm/", {"mark": mark}).status_code == 302
    assert texts(meeting) == ["School", "Nights"], "confirming moves nothing"
    assert "Abel Nwosu confirmed this list" in family.get(path).content.decode()
    with pytest.raises(Refused):
        actions.confirm_agenda(actor=world.caregiver, meeting=meeting, mark=mark)


def test_a_change_after_the_word_of_staff_makes_it_a_word_about_an_older_list(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    brought(world.caregiver, meeting, "Nights")
    old = access.mark_of(access.items_of(meeting))
    actions.confirm_agenda(actor=world.facilitator, meeting=meeting, mark=old)
    brought(world.youth, meeting, "School")
    assert "confirmed this list" not in show(world, "caregiver", meeting, "agenda/")
    answer = signed_in(None, world.facilitator).post(f"/meetings/{meeting.public_id}/agenda/confirm/", {"mark": old})
    assert answer.status_code == 422
    assert "The list changed meanwhile" in answer.content.decode()
    assert AgendaConfirmation.objects.get().mark == old


def test_a_thing_typed_while_another_changes_the_order_is_kept_and_stands_last(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    first, second = brought(world.caregiver, meeting, "Nights"), brought(world.caregiver, meeting, "School")
    page = signed_in(None, world.youth)
    assert page.get(f"/meetings/{meeting.public_id}/agenda/").status_code == 200
    actions.move_agenda_item(actor=world.caregiver, item=second, past=first.public_id)
    page.post(f"/meetings/{meeting.public_id}/agenda/", {"key": uuid4(), "text": "The bus"})
    assert texts(meeting) == ["School", "Nights", "The bus"]
    stale = page.post(f"/meetings/{meeting.public_id}/agenda/{second.public_id}/move/", {"past": uuid4()})
    assert stale.status_code == 422
    assert "The list changed meanwhile" in stale.content.decode()


def test_moving_twice_from_an_old_page_moves_once(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    one, two, three = (brought(world.caregiver, meeting, text) for text in ("1", "2", "3"))
    actions.move_agenda_item(actor=world.caregiver, item=three, past=two.public_id)
    assert texts(meeting) == ["1", "3", "2"]
    with pytest.raises(OrderChanged):
        actions.move_agenda_item(actor=world.caregiver, item=two, past=one.public_id)
    actions.remove_agenda_item(actor=world.caregiver, item=three)
    with pytest.raises(OrderChanged):
        actions.move_agenda_item(actor=world.caregiver, item=three, past=one.public_id)
    assert texts(meeting) == ["1", "2"]


def test_the_same_form_sent_twice_is_one_thing_and_another_persons_key_is_refused(world: World) -> None:
    meeting, key = proposed(world.caregiver, opened(world)), uuid4()
    browser, form = signed_in(None, world.caregiver), {"key": key, "text": "Nights"}
    for _twice in range(2):
        assert browser.post(f"/meetings/{meeting.public_id}/agenda/", form).status_code == 302
    assert texts(meeting) == ["Nights"]
    with pytest.raises(Refused):
        actions.add_agenda_item(actor=world.youth, meeting=meeting, key=key, text="Nights")


def test_nothing_is_lost_where_nothing_was_written_or_the_meeting_is_over(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    browser, path = signed_in(None, world.caregiver), f"/meetings/{meeting.public_id}/agenda/"
    assert "Please fill this in" in browser.post(path, {"key": uuid4(), "text": "  "}).content.decode()
    long = browser.post(path, {"key": uuid4(), "text": "x" * 5000})
    assert long.status_code == 422
    assert "x" * 5000 in long.content.decode()
    item = brought(world.caregiver, meeting, "Nights")
    care.call_off_meeting(actor=world.caregiver, meeting=meeting, why="Ill")
    late = browser.post(path, {"key": uuid4(), "text": "The bus"})
    assert late.status_code == 422
    assert "over or called off" in late.content.decode()
    assert "The bus" in late.content.decode()
    with pytest.raises(MeetingOver):
        actions.remove_agenda_item(actor=world.caregiver, item=item)
    with pytest.raises(MeetingOver):
        actions.move_agenda_item(actor=world.caregiver, item=item, past=item.public_id)


def test_nothing_is_added_after_the_plan_has_ended(world: World) -> None:
    plan = opened(world)
    meeting = proposed(world.caregiver, plan)
    care.close_plan(actor=world.facilitator, plan=plan, reason="wish")
    late = signed_in(None, world.caregiver).post(
        f"/meetings/{meeting.public_id}/agenda/", {"key": uuid4(), "text": "The bus"}
    )
    assert late.status_code == 422
    assert "This plan has ended" in late.content.decode()


def test_a_caregiver_takes_no_young_persons_point_off_and_the_family_takes_off_what_staff_brought(
    world: World,
) -> None:
    meeting = proposed(world.caregiver, opened(world))
    own, staffs = brought(world.youth, meeting, "Ask me first"), brought(world.facilitator, meeting, "Forms")
    with pytest.raises(Refused):
        actions.remove_agenda_item(actor=world.caregiver, item=own)
    for _twice in range(2):
        actions.remove_agenda_item(actor=world.caregiver, item=staffs)
    assert texts(meeting) == ["Ask me first"]
    assert AgendaItem.objects.get(pk=staffs.pk).text == "Forms", "what was written stays written"


def test_a_natural_support_reads_the_agenda_and_adds_nothing(world: World) -> None:
    plan = opened(world)
    seated(world, plan, world.natural_support)
    meeting = proposed(world.caregiver, plan)
    brought(world.caregiver, meeting, "Nights")
    browser, path = signed_in(None, world.natural_support), f"/meetings/{meeting.public_id}/agenda/"
    shown = browser.get(path).content.decode()
    assert "Nights" in shown
    assert "Add something" not in shown
    assert browser.post(path, {"key": uuid4(), "text": "Mine"}).status_code == 404


def test_who_is_asked_to_stay_out_of_the_room_reads_no_agenda(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    brought(world.caregiver, meeting, "Nights")
    care.keep_out(actor=world.caregiver, guest=guest(meeting, world.liaison))
    assert signed_in(None, world.liaison).get(f"/meetings/{meeting.public_id}/agenda/").status_code == 404


def test_what_a_family_wrote_stands_in_no_notice_and_no_record(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    brought(world.caregiver, meeting, "Nights without sleep")
    assert Notice.objects.filter(person=world.facilitator, about=f"meeting:{meeting.public_id}").exists()
    written = [str(one.detail) for one in Entry.objects.all()] + [one.path for one in Notice.objects.all()]
    assert not any("sleep" in one for one in written)
    assert b"sleep" not in bytes(AgendaItem.objects.get().sealed_text)


# -- a peer --------------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FSO-13")
def test_what_a_peer_brings_and_writes_down_is_read_by_the_same_people_as_what_staff_do(world: World) -> None:
    plan = opened(world)
    seated(world, plan, world.peer, TeamRole.PEER)
    seated(world, plan, world.natural_support)
    meeting = proposed(world.caregiver, plan)
    brought(world.peer, meeting, "From the peer partner")
    brought(world.facilitator, meeting, "From the facilitator")
    assert access.agenda_of(meeting)[0].side == access.agenda_of(meeting)[1].side
    readers = ("caregiver", "youth", "facilitator", "liaison", "peer", "natural_support")
    for who in readers:
        shown = show(world, who, meeting, "agenda/")
        assert ("From the peer partner" in shown, "From the facilitator" in shown) == (True, True), who
    over(meeting)
    there = {guest(meeting, one).pk for one in (world.caregiver, world.peer)}
    care.hold_meeting(actor=world.facilitator, meeting=again(meeting), came=there, notes="We met.")
    for who, said in (("peer", "As the peer saw it"), ("facilitator", "As staff saw it")):
        browser = signed_in(None, getattr(world, who))
        form = {"key": uuid4(), "text": said}
        for _twice in range(2):
            assert browser.post(f"/meetings/{meeting.public_id}/notes/add/", form).status_code == 302, who
    assert MeetingNote.objects.count() == 2
    for who in readers:
        shown = show(world, who, meeting)
        both = ("As the peer saw it" in shown, "As staff saw it" in shown)
        assert both == ((who != "natural_support"),) * 2, who
    plan_page = signed_in(None, world.peer).get(f"/plans/{plan.public_id}/")
    assert plan_page.status_code == 404, "the record of the team, not the clinical one"


def test_a_note_for_the_record_needs_words_and_somebody_who_reads_the_record(world: World) -> None:
    plan = opened(world)
    seated(world, plan, world.peer, TeamRole.PEER)
    meeting = held(world, plan, world.caregiver)
    away = signed_in(None, world.peer).get(f"/meetings/{meeting.public_id}/notes/add/")
    assert away.status_code == 404, "was not there"
    browser, path = signed_in(None, world.youth), f"/meetings/{meeting.public_id}/notes/add/"
    assert browser.post(path, {"key": uuid4(), "text": ""}).status_code == 422
    key = uuid4()
    actions.add_meeting_note(actor=world.youth, meeting=meeting, key=key, text="I said no to the bus.")
    with pytest.raises(Refused):
        actions.add_meeting_note(actor=world.caregiver, meeting=meeting, key=key, text="Mine")
    assert "I said no to the bus." in show(world, "caregiver", meeting)


# -- the order, whatever happens ---------------------------------------------------------------------------------------------


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["caregiver", "youth", "facilitator", "liaison"]),
        st.sampled_from(["add", "move", "remove", "confirm"]),
        st.integers(0, 7),
        st.integers(0, 7),
    ),
    max_size=14,
)


@pytest.mark.promise("NC-08")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=MOVES)
def test_no_row_of_steps_lets_staff_change_the_familys_order(
    world: World, steps: list[tuple[str, str, int, int]]
) -> None:
    plan = Plan.objects.filter(youth=world.youth_member).first() or opened(world)
    TeamMeeting.objects.filter(plan=plan).update(state="called_off", ended_at=timezone.now())
    meeting = proposed(world.caregiver, plan)
    for who, what, one, other in steps:
        before = familys(meeting)
        step(getattr(world, who), meeting, what, one, other)
        after = familys(meeting)
        if who in {"facilitator", "liaison"}:
            assert before == after, (who, what)
        items = access.agenda_of(meeting)
        sides = [item.side for item in items]
        assert sides == sorted(sides), "the family first"
        assert len({(item.side, item.place) for item in items}) == len(items)


def familys(meeting: TeamMeeting) -> list[UUID]:
    return [one.public_id for one in access.agenda_of(meeting) if one.side == AgendaItem.Side.FAMILY]


def step(actor: Person, meeting: TeamMeeting, what: str, one: int, other: int) -> None:
    items = access.agenda_of(meeting)
    try:
        if what == "add":
            brought(actor, meeting, "Something")
        elif what == "confirm":
            actions.confirm_agenda(actor=actor, meeting=meeting, mark=access.mark_of(items))
        elif items:
            item = items[one % len(items)]
            if what == "move":
                actions.move_agenda_item(actor=actor, item=item, past=items[other % len(items)].public_id)
            else:
                actions.remove_agenda_item(actor=actor, item=item)
    except (Refused, OrderChanged):
        pass


def test_everybody_of_the_family_who_sees_a_meeting_adds_and_only_who_decides_orders(world: World) -> None:
    plan = opened(world)
    seated(world, plan, world.second_caregiver, TeamRole.CAREGIVER)
    meeting = confirmed(world, plan)
    assert Member.objects.get(person=world.second_caregiver).role == Member.Role.CAREGIVER
    item = brought(world.second_caregiver, meeting, "The bus")
    other = brought(world.caregiver, meeting, "Nights")
    assert texts(meeting) == ["The bus", "Nights"]
    with pytest.raises(Refused):
        actions.move_agenda_item(actor=world.second_caregiver, item=other, past=item.public_id)
