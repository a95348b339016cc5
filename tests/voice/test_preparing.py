"""Getting ready for a meeting: one's own until one chooses otherwise, and seen by nobody else on any page."""

from __future__ import annotations

from uuid import uuid4

import pytest

from peer_support import actions as peer_support
from peer_support.models import Pairing
from portal.access import Refused
from portal.access import preparing as access
from portal.audit.models import Entry
from portal.care import actions as care
from portal.care.models import TeamMeeting
from portal.families.models import AccessBasis
from portal.notices.models import Notice
from portal.voice import actions
from portal.voice.models import AgendaItem, PrepNote, PrepPoint
from portal.voice.refusals import TakenBackMeanwhile, WithOthersNow
from tests.care.meetings import over, proposed
from tests.care.plans import NEXT, opened
from tests.peer_support.mentored import mentored
from tests.voice.meetings import given, written
from tests.world import World, signed_in

pytestmark = pytest.mark.both_databases
SECRET = "Nobody talks about Uncle Ray"


def path_of(meeting: TeamMeeting) -> str:
    return f"/meetings/{meeting.public_id}/prepare/"


def page(world: World, who: str, path: str) -> str:
    answer = signed_in(None, getattr(world, who)).get(path, follow=True)
    return answer.content.decode() if answer.status_code == 200 else ""


def with_mentor(world: World) -> Pairing:
    pairing = mentored(world)
    peer_support.give_permission(actor=world.caregiver, pairing=pairing)
    return pairing


def test_what_is_written_down_is_there_again_and_only_for_who_wrote_it(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    browser, form = signed_in(None, world.youth), {"key": uuid4(), "say": "Ask me first", "leave_out": SECRET}
    for _twice in range(2):
        answer = browser.post(path_of(meeting), form)
        assert (answer.status_code, answer["Location"]) == (302, path_of(meeting))
    assert PrepPoint.objects.count() == 2, "sent twice, kept once"
    later = signed_in(None, world.youth).get(path_of(meeting)).content.decode()
    assert "Ask me first" in later
    assert later.count("Only you read it.") == 2
    paper = signed_in(None, world.youth).get(f"{path_of(meeting)}print/").content.decode()
    assert SECRET in paper
    for who in ("caregiver", "facilitator", "liaison", "mentor"):
        assert SECRET not in page(world, who, path_of(meeting)), who
    assert b"Ray" not in b"".join(bytes(one.sealed_text) for one in PrepPoint.objects.all())


def test_an_empty_page_is_asked_for_a_few_words_and_a_long_one_keeps_what_was_typed(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    browser = signed_in(None, world.youth)
    empty = browser.post(path_of(meeting), {"key": uuid4(), "say": " "})
    assert empty.status_code == 422
    assert "A few words are enough" in empty.content.decode()
    long = browser.post(path_of(meeting), {"key": uuid4(), "say": "x" * 5000, "there": "Bea"})
    assert long.status_code == 422
    assert "x" * 5000 in long.content.decode()
    assert not PrepPoint.objects.exists()


def test_one_thing_is_brought_and_one_is_kept(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    bring, keep = written(world.youth, meeting, "Ask me first"), written(world.youth, meeting, "I miss my dad")
    browser = signed_in(None, world.youth)
    path = f"/prepared/{bring.public_id}/"
    shown = browser.get(path).content.decode()
    assert "Everyone who is asked to come reads it" in shown
    assert browser.post(path, {"text": "Ask me first, always", "fate": "meeting"}).status_code == 302
    agenda = page(world, "caregiver", f"/meetings/{meeting.public_id}/agenda/")
    assert "Ask me first, always" in agenda
    assert "I miss my dad" not in agenda
    assert "I miss my dad" in browser.get(path_of(meeting)).content.decode()
    keep.refresh_from_db()
    assert keep.is_mine_alone
    again = browser.post(path, {"fate": "meeting"})
    assert again.status_code == 302
    assert AgendaItem.objects.count() == 1, "chosen twice, brought once"


def test_what_others_can_read_changes_only_after_it_was_taken_back(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    point = given(world.youth, meeting, "Ask me first", "meeting")
    with pytest.raises(WithOthersNow):
        actions.choose_for_point(actor=world.youth, point=point, fate="keep", text="Something else")
    actions.choose_for_point(actor=world.youth, point=point, fate="keep")
    assert AgendaItem.objects.get().removed_at is not None
    actions.choose_for_point(actor=world.youth, point=point, fate="meeting", text="Something else")
    assert [one.text for one in AgendaItem.objects.filter(removed_at=None)] == ["Something else"]
    for _twice in range(2):
        actions.put_away(actor=world.youth, point=point)
    assert not AgendaItem.objects.filter(removed_at=None).exists()
    assert PrepPoint.objects.get(pk=point.pk).text == "Something else", "kept, out of sight"
    with pytest.raises(TakenBackMeanwhile):
        actions.choose_for_point(actor=world.youth, point=point, fate="meeting")


def test_what_is_not_to_be_raised_goes_on_no_agenda(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    point = written(world.youth, meeting, SECRET, "leave_out")
    with pytest.raises(Refused):
        actions.choose_for_point(actor=world.youth, point=point, fate="meeting")
    for who in (world.caregiver, world.facilitator):
        with pytest.raises(Refused):
            actions.choose_for_point(actor=who, point=point, fate="keep")
        with pytest.raises(Refused):
            actions.put_away(actor=who, point=point)


def test_it_is_said_to_who_leads_the_meeting_alone_and_without_a_name(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    given(world.youth, meeting, SECRET, "keeper", "leave_out")
    shown = page(world, "facilitator", f"/meetings/{meeting.public_id}/")
    assert SECRET in shown
    said = shown[shown.index('id="leaveout"') : shown.index('id="agenda"')]
    assert "Theo" not in said
    assert "without saying that anyone asked" in said
    assert Notice.objects.filter(
        person=world.facilitator, about=f"meeting:{meeting.public_id}", kind="meeting"
    ).exists()
    assert "Abel Nwosu reads it" in page(world, "youth", path_of(meeting))
    over(meeting)
    care.hold_meeting(actor=world.facilitator, meeting=meeting, came=set(), notes="We met.", without="Ill")
    assert SECRET not in page(world, "facilitator", f"/meetings/{meeting.public_id}/"), "it was for that meeting"


SURFACES = (
    *("/", "/notices/", "/plans/", "/messages/", "/record/", "/owed/", "/sharing/", "/meetings/", "/given/", "/help/"),
    *("/meetings/{meeting}/", "/meetings/{meeting}/agenda/", "/meetings/{meeting}/prepare/", "/plans/{plan}/"),
    *("/meetings/{meeting}/prepare/print/", "/meetings/{meeting}/date.ics", "/plans/{plan}/meetings/", "/support/"),
    *("/plans/{plan}/print/", "/plans/{plan}/changes/", "/plans/{plan}/timeline/", "/plans/{plan}/team/"),
    *("/prepared/{point}/", "/given/{point}/", "/how-meetings-go/", "/meeting-results/", "/families/"),
)


@pytest.mark.parametrize("fate", ["keep", "keeper", "both"])
def test_what_a_young_person_does_not_want_raised_is_on_no_surface_for_anybody_it_was_not_given_to(
    world: World, fate: str
) -> None:
    with_mentor(world)
    plan = opened(world)
    meeting = proposed(world.caregiver, plan)
    point = given(world.youth, meeting, SECRET, fate, "leave_out")
    names = {"meeting": meeting.public_id, "plan": plan.public_id, "point": point.public_id}
    may = {"keep": set(), "keeper": {"facilitator"}, "both": {"facilitator", "mentor"}}[fate]
    leads_to = {"facilitator": "/meetings/{meeting}/", "mentor": "/given/"}
    for who in ("caregiver", "second_caregiver", "peer", "mentor", "liaison", "facilitator", "lead", "coordinator"):
        browser = signed_in(None, getattr(world, who))
        for surface in SURFACES:
            shown = browser.get(surface.format(**names), follow=True).content.decode(errors="replace")
            expected = who in may and leads_to[who] == surface
            assert ("Uncle Ray" in shown) is expected, (who, surface)
    caregivers = signed_in(None, world.caregiver).get(f"/meetings/{meeting.public_id}/").content.decode()
    assert "For you alone" not in caregivers, "not even that there is something"
    assert not Notice.objects.filter(person=world.caregiver, about__startswith="prep").exists()
    told = Notice.objects.filter(about__startswith="prep").values_list("person__display_name", flat=True)
    assert set(told) <= {"Dana Tran"}
    rows = Entry.objects.filter(subject="prep")
    assert rows.exists()
    assert not rows.exclude(family_id=None).exists(), "on no family's record"
    assert not any("Ray" in str(one.detail) for one in Entry.objects.all())


def test_the_phone_that_others_use_is_named_where_it_matters(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    written(world.youth, meeting, SECRET, "leave_out")
    browser = signed_in(None, world.youth)
    assert "Others use this phone" not in browser.get(path_of(meeting)).content.decode()
    browser.post("/this-phone/", {"shared": "yes"})
    assert "Others use this phone" in browser.get(path_of(meeting)).content.decode()
    browser.post("/sign-out/")
    browser.force_login(world.caregiver)
    caregiver = signed_in(browser, world.caregiver)
    assert caregiver.get(path_of(meeting)).status_code == 200
    assert "Uncle Ray" not in caregiver.get(path_of(meeting)).content.decode()


# -- the one beside them ---------------------------------------------------------------------------------------------------------


def test_a_peer_partner_writes_a_word_beside_what_she_was_given_and_never_in_it(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    point = given(world.caregiver, meeting, "I am tired", "peer")
    told = Notice.objects.get(person=world.peer, about="prep-given")
    assert (told.kind, told.path) == ("support_asked", "/given/")
    browser = signed_in(None, world.peer)
    assert "I am tired" in browser.get("/given/").content.decode()
    form = {"key": uuid4(), "text": "Say it as you said it to me."}
    for _twice in range(2):
        assert browser.post(f"/given/{point.public_id}/", form).status_code == 302
    assert PrepNote.objects.count() == 1
    point.refresh_from_db()
    assert point.text == "I am tired"
    own = page(world, "caregiver", path_of(meeting))
    assert "Say it as you said it to me." in own
    assert "I am tired" in own
    assert not Notice.objects.filter(person=world.caregiver, kind="voice", read_at=None).exists()
    assert signed_in(None, world.second_peer).get(f"/given/{point.public_id}/").status_code == 404


def test_what_is_taken_back_is_gone_from_the_peers_page_at_once(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    point = given(world.caregiver, meeting, "I am tired", "peer")
    stale = signed_in(None, world.peer)
    assert stale.get(f"/given/{point.public_id}/").status_code == 200
    actions.choose_for_point(actor=world.caregiver, point=point, fate="keep")
    assert "I am tired" not in page(world, "peer", "/given/")
    assert stale.post(f"/given/{point.public_id}/", {"key": uuid4(), "text": "A word"}).status_code == 404
    with pytest.raises(TakenBackMeanwhile):
        actions.write_beside(actor=world.peer, point=point, key=uuid4(), text="A word")
    again = given(world.caregiver, meeting, "I am still tired", "peer")
    Pairing.objects.filter(pk=world.pairing.pk).update(state="ended", ended_at=again.at)
    assert "still tired" not in page(world, "peer", "/given/"), "the pairing is over"
    with pytest.raises(Refused):
        actions.write_beside(actor=world.peer, point=again, key=uuid4(), text="A word")


def test_a_mentor_reads_what_a_young_person_gives_only_with_a_guardians_yes_and_answers_in_the_conversation(
    world: World,
) -> None:
    pairing = mentored(world)
    meeting = proposed(world.caregiver, opened(world))
    assert access.peer_beside(world.youth, meeting) is None, "nobody said yes yet"
    assert "Give it to" not in page(world, "youth", f"/prepared/{written(world.youth, meeting, 'x').public_id}/")
    peer_support.give_permission(actor=world.caregiver, pairing=pairing)
    point = given(world.youth, meeting, "Ask me first", "peer")
    shown = page(world, "mentor", "/given/")
    assert "Ask me first" in shown
    assert "Answer in your conversation" in shown
    assert "Write a word beside it" not in shown
    assert signed_in(None, world.mentor).get(f"/given/{point.public_id}/").status_code == 404
    with pytest.raises(Refused):
        actions.write_beside(actor=world.mentor, point=point, key=uuid4(), text="A word")


def test_who_has_nobody_beside_them_is_not_offered_to_give_it_to_somebody(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    point = written(world.youth, meeting, "Ask me first")
    shown = page(world, "youth", f"/prepared/{point.public_id}/")
    assert "Keep it for me" in shown
    assert 'value="peer"' not in shown
    with pytest.raises(Refused):
        actions.choose_for_point(actor=world.youth, point=point, fate="peer")


def test_who_is_no_peer_and_no_mentor_has_no_page_of_what_was_given(world: World) -> None:
    for who in ("caregiver", "facilitator", "lead"):
        assert signed_in(None, getattr(world, who)).get("/given/").status_code == 404


# -- a meeting that does not take place ------------------------------------------------------------------------------------------


def test_what_was_ready_for_a_meeting_that_is_called_off_is_kept_and_offered_for_the_next(world: World) -> None:
    plan = opened(world)
    first = proposed(world.caregiver, plan)
    kept = written(world.youth, first, "I miss my dad")
    told = given(world.youth, first, SECRET, "keeper", "leave_out")
    brought = given(world.youth, first, "Ask me first", "meeting")
    put_away = written(world.youth, first, "Never mind")
    actions.put_away(actor=world.youth, point=put_away)
    browser = signed_in(None, world.youth)
    care.call_off_meeting(actor=world.caregiver, meeting=first, why="Ill")
    late = browser.post(f"/prepared/{kept.public_id}/", {"text": "More", "fate": "keep"}, follow=True)
    assert "What you wrote is kept" in late.content.decode()
    second = proposed(world.caregiver, plan, minutes=90)
    shown = browser.get(path_of(second)).content.decode()
    assert "You wrote 3 things for the meeting that was called off" in shown
    assert "3 things are here now" in browser.post(f"{path_of(second)}bring/", follow=True).content.decode()
    for point in (kept, told, brought):
        point.refresh_from_db()
        assert (point.meeting, point.is_mine_alone, point.item) == (second, True, None)
    assert SECRET not in page(world, "facilitator", f"/meetings/{second.public_id}/"), "told anew only if she says so"
    assert "called off" not in browser.get(path_of(second)).content.decode()
    assert actions.bring_along(actor=world.youth, meeting=second) == 0


def test_nobody_prepares_for_a_meeting_that_is_not_theirs(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    for who in ("second_caregiver", "facilitator", "natural_support", "stranger_caregiver", "peer"):
        assert signed_in(None, getattr(world, who)).get(path_of(meeting)).status_code == 404, who
    with pytest.raises(Refused):
        actions.write_down(
            actor=world.facilitator, meeting=meeting, points=[actions.Words(uuid4(), "say", "For the family")]
        )
    own = written(world.youth, meeting, "Ask me first")
    with pytest.raises(Refused):
        actions.write_down(
            actor=world.caregiver, meeting=meeting, points=[actions.Words(own.public_id, "say", "Over it")]
        )
    with pytest.raises(Refused):
        actions.write_down(actor=world.youth, meeting=meeting, points=[actions.Words(uuid4(), "other", "x")])


def test_in_a_plan_closed_to_parents_the_young_person_prepares_and_who_leads_it_is_told(world: World) -> None:
    plan = care.open_plan(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        next_on=world.program.today() + NEXT,
        access_basis=AccessBasis.MINOR,
    )
    meeting = proposed(world.youth, plan)
    given(world.youth, meeting, SECRET, "keeper", "leave_out")
    assert SECRET in page(world, "facilitator", f"/meetings/{meeting.public_id}/")
    assert signed_in(None, world.caregiver).get(path_of(meeting)).status_code == 404
