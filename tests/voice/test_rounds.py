"""Deciding together: each voice counts once, an objection is answered, and what is said in private stays there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from portal.access import Refused
from portal.access import rounds as access
from portal.care.models import Plan, Seat, TeamRole
from portal.families.models import Member, StaffAssignment
from portal.notices.models import Notice
from portal.voice import actions, refusals
from portal.voice.models import Decision, Position, Round
from tests.care.meetings import seated
from tests.care.plans import opened
from tests.voice.deciding import asked_round, page, with_agencies
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def begun(world: World, *agencies: str, days: int = 7) -> Round:
    plan = opened(world)
    with_agencies(world, plan, *agencies)
    return asked_round(world, plan, days=days)


def fresh(one: Round) -> Round:
    return Round.objects.select_related("plan").get(pk=one.pk)


def take(one: Round, actor: Any, says: str, words: str = "", **more: Any) -> Position:
    wording = more.pop("wording", fresh(one).wording)
    return actions.take_position(actor=actor, one=one, wording=wording, says=says, words=words, **more)


def close(world: World, one: Round, *, is_agreed: bool = True, why: str = "", by: Any = None) -> Round:
    return actions.close_round(
        actor=by or world.facilitator, one=one, wording=fresh(one).wording, is_agreed=is_agreed, why=why
    )


def all_agree(world: World, one: Round) -> None:
    for who in (world.caregiver, world.second_caregiver, world.youth):
        take(one, who, "agree")
    for voice in access.without_account(access.voices(one.plan)):
        take(one, world.facilitator, "agree", voice=voice.key)


def keys(plan: Plan) -> list[str]:
    return [one.name for one in access.voices(Plan.objects.get(pk=plan.pk))]


# -- whose voice counts ------------------------------------------------------------------------------------------------------


def test_each_agency_each_caregiver_and_the_young_person_count_once_and_staff_do_not(world: World) -> None:
    plan = opened(world)
    with_agencies(world, plan, "Gulf Breeze", "gulf  breeze", "Gretna Middle School")
    seated(world, plan, None, TeamRole.NEIGHBOR, name="Aunt Bea")
    names = keys(plan)
    assert len(names) == 5
    assert world.youth.display_name in names
    assert names.count("Gulf Breeze") == 1, "two people of one agency have one voice"
    assert world.facilitator.display_name not in names
    assert world.liaison.display_name not in names
    one = asked_round(world, plan)
    with pytest.raises(Refused):
        take(one, world.facilitator, "agree")


def test_a_coordinator_who_was_asked_onto_the_team_has_no_voice_either(world: World) -> None:
    plan = opened(world)
    before = keys(plan)
    StaffAssignment.objects.filter(pk=world.liaison_assignment.pk).update(ended_at=timezone.now())
    seated(world, plan, world.liaison, TeamRole.OTHER)
    seated(world, plan, world.peer, TeamRole.PEER)
    added = [one for one in keys(plan) if one not in before]
    assert len(added) == 1, "the peer partner speaks for the family organization, the coordinator for nobody"


def test_a_place_not_everybody_knows_of_is_no_voice(world: World) -> None:
    plan = opened(world)
    before = keys(plan)
    seated(world, plan, None, TeamRole.PROVIDER, name="Dr. Quiet", agency="Quiet Clinic", access_basis="minor")
    assert keys(plan) == before


def test_somebody_with_two_places_for_one_agency_counts_once(world: World) -> None:
    plan = opened(world)
    one = asked_round(world, plan)
    before = len(access.voices(plan))
    seated(world, plan, world.peer, TeamRole.PEER, agency="Families Helping Families")
    seated(world, plan, world.second_peer, TeamRole.PROVIDER, agency="families helping families")
    assert len(access.voices(plan)) == before + 1
    take(one, world.peer, "agree")
    take(one, world.second_peer, "aside")
    last = access.newest(one.positions.all(), 1)
    assert [position.says for position in last.values()] == ["aside"], "one voice: the newest word counts"


# -- objections ----------------------------------------------------------------------------------------------------------------


def test_an_objection_is_answered_by_a_change_and_everybody_is_asked_anew(world: World) -> None:
    one = begun(world)
    for who in (world.second_caregiver, world.youth):
        take(one, who, "agree")
    take(one, world.caregiver, "object", "I work on Mondays")
    assert Notice.objects.filter(person=world.facilitator, kind=Notice.Kind.ANSWER_OWED).exists()
    with pytest.raises(refusals.ObjectionOpen):
        close(world, one)
    with pytest.raises(refusals.ObjectionOpen):
        close(world, one, is_agreed=False, why="No time")
    for _twice in range(2):
        actions.amend_round(actor=world.facilitator, one=one, wording=1, text="We meet every second Friday")
    assert fresh(one).wording == 2, "pressed twice"
    with pytest.raises(refusals.OtherWordsNow):
        take(one, world.youth, "aside", wording=1)
    with pytest.raises(refusals.VoiceMissing):
        close(world, one)
    shown = page(world.caregiver, f"/rounds/{one.public_id}/")
    assert "We meet every second Friday" in shown
    assert "Answered by changing the proposal." in shown
    all_agree(world, one)
    assert close(world, one).state == "amended"
    decision = Decision.objects.get()
    assert decision.kind == "amended"
    assert {*decision.agreed_by.all()} == {world.caregiver, world.youth}, (
        "who decides for the family, and agreed openly"
    )


def test_an_objection_is_answered_by_a_reason_and_one_of_the_family_is_not_overruled(world: World) -> None:
    one = begun(world, "Gulf Breeze")
    voice = access.without_account(access.voices(one.plan))[0]
    for who in (world.caregiver, world.second_caregiver, world.youth):
        take(one, who, "agree")
    agency = take(one, world.facilitator, "object", "We have no car", voice=voice.key)
    page_of_it = f"/rounds/{one.public_id}/objections/{agency.public_id}/"
    staff = signed_in(None, world.facilitator)
    assert staff.post(page_of_it, {"reason": " "}).status_code == 422
    assert signed_in(None, world.caregiver).post(page_of_it, {"reason": "x"}).status_code == 404
    for _twice in range(2):
        assert staff.post(page_of_it, {"reason": "The county lends one"}).status_code == 302
    assert close(world, one).state == "agreed"
    other = begun_again(world, one)
    mine = take(other, world.caregiver, "object", "I cannot come")
    for who in (world.second_caregiver, world.youth):
        take(other, who, "agree")
    take(other, world.facilitator, "agree", voice=voice.key)
    actions.give_reason(actor=world.facilitator, position=mine, text="There is no other day")
    with pytest.raises(refusals.FamilyObjects):
        close(world, other)
    with pytest.raises(refusals.ReasonNeeded):
        close(world, other, is_agreed=False)
    assert close(world, other, is_agreed=False, why="We look for another way").state == "not_agreed"
    assert "We look for another way" in page(world.caregiver, f"/rounds/{other.public_id}/")


def begun_again(world: World, one: Round) -> Round:
    return asked_round(world, one.plan, "We meet on Mondays")


def test_who_objects_can_change_their_mind_and_an_objection_has_words(world: World) -> None:
    one = begun(world)
    browser = signed_in(None, world.caregiver)
    path = f"/rounds/{one.public_id}/position/"
    back = browser.post(path, {"wording": "1", "says": "object", "words": ""})
    assert back.status_code == 422
    assert "Please write it in your own words." in back.content.decode()
    assert browser.post(path, {"wording": "1", "says": "object", "words": "Too far"}).status_code == 302
    for _twice in range(2):
        assert browser.post(path, {"wording": "1", "says": "agree", "words": ""}).status_code == 302
    assert [one.says for one in Position.objects.order_by("pk")] == ["object", "agree"]
    for who in (world.second_caregiver, world.youth):
        take(one, who, "agree")
    assert close(world, one).state == "agreed"


def test_questions_are_asked_and_answered_before_anybody_says_yes(world: World) -> None:
    one = begun(world)
    path = f"/rounds/{one.public_id}/"
    browser, staff = signed_in(None, world.caregiver), signed_in(None, world.facilitator)
    assert browser.post(f"{path}ask/", {"question": ""}).status_code == 422
    for _twice in range(2):
        assert browser.post(f"{path}ask/", {"question": "Where do we meet?"}).status_code == 302
    question = one.questions.get()
    for _twice in range(2):
        assert staff.post(f"{path}questions/{question.public_id}/", {"answer": "At the library"}).status_code == 302
    shown = page(world.second_caregiver, path)
    assert "Where do we meet?" in shown
    assert "At the library" in shown
    assert Notice.objects.filter(person=world.caregiver, kind=Notice.Kind.VOICE).exists()
    assert browser.post(f"{path}ask/", {"question": "x" * 3000}).status_code == 422


# -- how it ends -----------------------------------------------------------------------------------------------------------------


def test_nothing_is_decided_without_somebody_of_the_family(world: World) -> None:
    one = begun(world, "Gulf Breeze")
    take(one, world.facilitator, "agree", voice=access.without_account(access.voices(one.plan))[0].key)
    Round.objects.filter(pk=one.pk).update(answer_by_on=world.program.today() - dt.timedelta(days=1))
    for is_agreed in (True, False):
        with pytest.raises(refusals.FamilyMissing):
            close(world, one, is_agreed=is_agreed, why="Nobody answers")
    take(one, world.second_caregiver, "agree")
    with pytest.raises(refusals.FamilyMissing):
        close(world, one)  # he decides about school alone
    take(one, world.youth, "agree")
    assert close(world, one).state == "agreed"
    assert Decision.objects.get().family_party == world.youth


def test_two_facilitators_close_it_once_and_neither_says_otherwise_afterwards(world: World) -> None:
    one = begun(world)
    all_agree(world, one)
    close(world, one)
    assert close(world, one, by=world.liaison).state == "agreed"
    assert Decision.objects.count() == 1
    with pytest.raises(refusals.RoundOver):
        close(world, one, by=world.liaison, is_agreed=False, why="I see it otherwise")
    with pytest.raises(refusals.RoundOver):
        take(one, world.caregiver, "object", "Too late")
    path = f"/rounds/{one.public_id}/"
    back = signed_in(None, world.caregiver).post(
        f"{path}position/", {"wording": "1", "says": "object", "words": "Typed"}
    )
    assert back.status_code == 422
    assert "This is decided already." in back.content.decode()
    answer = signed_in(None, world.facilitator).post(f"{path}close/", {"wording": "1", "outcome": "not_agreed"})
    assert answer.status_code == 422


def test_who_closes_an_old_text_is_told_that_it_changed(world: World) -> None:
    one = begun(world)
    all_agree(world, one)
    actions.amend_round(actor=world.liaison, one=one, wording=1, text="We meet on Fridays")
    with pytest.raises(refusals.OtherWordsNow):
        actions.close_round(actor=world.facilitator, one=one, wording=1, is_agreed=True)
    with pytest.raises(refusals.OtherWordsNow):
        actions.amend_round(actor=world.facilitator, one=one, wording=1, text="We meet on Sundays")


def test_who_joins_has_a_voice_and_the_objection_of_who_left_stays_to_be_answered(world: World) -> None:
    one = begun(world)
    take(one, world.second_caregiver, "object", "Not without a ride")
    for who in (world.caregiver, world.youth):
        take(one, who, "agree")
    Member.objects.filter(pk=world.second_caregiver_member.pk).update(left_at=timezone.now())
    with pytest.raises(refusals.ObjectionOpen):
        close(world, one)
    position = Position.objects.get(says="object")
    actions.give_reason(actor=world.facilitator, position=position, text="The agency drives everybody")
    seated(world, one.plan, None, TeamRole.SCHOOL, name="Ms. Reed", agency="School")
    with pytest.raises(refusals.VoiceMissing):
        close(world, one)
    take(one, world.facilitator, "aside", voice=access.without_account(access.voices(one.plan))[0].key)
    done = close(world, one)
    assert (done.state, done.totals) == ("agreed", {"agree": 2, "aside": 1, "object": 0})
    page(world.second_caregiver, f"/rounds/{one.public_id}/", 404)


def test_sent_twice_it_is_one_round_and_the_day_is_still_to_come(world: World) -> None:
    plan = opened(world)
    assert asked_round(world, plan) == asked_round(world, plan)
    with pytest.raises(refusals.DayMissing):
        asked_round(world, plan, "Another", days=-1)
    asked = {one.person for one in Notice.objects.filter(kind=Notice.Kind.PROPOSAL, about__startswith="round:")}
    assert asked == {world.caregiver, world.second_caregiver, world.youth}


# -- in private ------------------------------------------------------------------------------------------------------------------


def test_what_he_says_to_one_person_alone_nobody_else_learns(world: World) -> None:
    one = begun(world)
    for who in (world.caregiver, world.second_caregiver):
        take(one, who, "agree")
    take(one, world.youth, "aside", "I only say this to you", told_to=world.liaison)
    path = f"/rounds/{one.public_id}/"
    assert "I only say this to you" in page(world.liaison, path)
    assert "I only say this to you" in page(world.youth, path)
    for who in (world.caregiver, world.second_caregiver, world.facilitator):
        assert "I only say this to you" not in page(who, path)
    assert "said something in private" in page(world.facilitator, path)
    told = Notice.objects.filter(about__startswith="position:")
    assert {one.person for one in told} == {world.liaison}
    done = close(world, one)
    assert done.totals == {"agree": 2, "aside": 0, "object": 0}, "as a count of one it would be told"
    assert {*Decision.objects.get().agreed_by.all()} == {world.caregiver}
    for who in (world.caregiver, world.facilitator):
        assert "I only say this to you" not in page(who, f"/plans/{one.plan.public_id}/decisions/")


def test_a_private_objection_holds_it_until_whoever_was_told_has_answered(world: World) -> None:
    one = begun(world)
    for who in (world.caregiver, world.second_caregiver):
        take(one, who, "agree")
    said = take(one, world.youth, "object", "He shouts at me", told_to=world.liaison)
    with pytest.raises(refusals.PrivateObjectionOpen):
        close(world, one)
    with pytest.raises(Refused):
        actions.give_reason(actor=world.facilitator, position=said, text="I guess")
    actions.give_reason(actor=world.liaison, position=said, text="He will not be in the room")
    assert "He will not be in the room" in page(world.youth, f"/rounds/{one.public_id}/")
    assert "He will not be in the room" not in page(world.caregiver, f"/rounds/{one.public_id}/")
    done = close(world, one)
    assert done.totals == {"agree": 2, "aside": 0, "object": 0}


def test_only_the_young_person_speaks_in_private_and_only_to_who_stands_beside_them(world: World) -> None:
    one = begun(world)
    with pytest.raises(Refused):
        take(one, world.caregiver, "agree", told_to=world.liaison)
    with pytest.raises(Refused):
        take(one, world.youth, "agree", told_to=world.stranger_liaison)
    path = f"/rounds/{one.public_id}/position/"
    form = {"wording": "1", "says": "agree", "told_to": str(world.stranger_liaison.public_id)}
    assert signed_in(None, world.youth).post(path, form).status_code == 404
    assert signed_in(None, world.youth).post(path, {"wording": "1", "says": "maybe"}).status_code == 404


def test_whom_he_chose_to_tell_alone_stays_chosen(world: World) -> None:
    """After a refusal, and when he is asked anew: else the next press would tell it to the whole team."""
    one = begun(world)
    chosen = f'<option value="{world.liaison.public_id}" selected>'
    form = {"wording": "1", "says": "object", "words": "", "told_to": str(world.liaison.public_id)}
    again = signed_in(None, world.youth).post(f"/rounds/{one.public_id}/position/", form)
    assert again.status_code == 422
    assert chosen in again.content.decode()
    assert not Position.objects.exists()
    take(one, world.youth, "object", "He shouts at me", told_to=world.liaison)
    assert chosen in page(world.youth, f"/rounds/{one.public_id}/")
    actions.amend_round(actor=world.facilitator, one=fresh(one), wording=1, text="We meet every third week")
    assert chosen in page(world.youth, f"/rounds/{one.public_id}/"), "other words, the same listener"
    now = form | {"wording": "2", "told_to": ""}
    open_again = signed_in(None, world.youth).post(f"/rounds/{one.public_id}/position/", now)
    assert open_again.status_code == 422
    assert chosen not in open_again.content.decode(), "what he chose last counts"


def test_what_was_typed_comes_back_where_it_was_typed_and_nowhere_else(world: World) -> None:
    one = begun(world, "DCFS")
    said = [take(one, who, "object", f"Not for {who}") for who in (world.caregiver, world.second_caregiver)]
    much = "x" * 3000
    desk = signed_in(None, world.facilitator)
    again = desk.post(f"/rounds/{one.public_id}/objections/{said[0].public_id}/", {"reason": much})
    assert (again.status_code, again.content.decode().count(much)) == (422, 1)
    (voice,) = access.without_account(access.voices(one.plan))
    by_mouth = {"wording": "1", "voice": voice.key, "says": "object", "words": much}
    again = desk.post(f"/rounds/{one.public_id}/position/", by_mouth)
    assert (again.status_code, again.content.decode().count(much)) == (422, 1)


@pytest.mark.parametrize(
    ("open_ones", "private", "shown"),
    [
        ("agree agree", "agree", {"agree": 2, "aside": 0, "object": 0}),
        ("agree agree aside", "aside", {"agree": 2, "aside": 1, "object": 0}),
        ("agree agree aside aside", "aside", {"agree": 2, "aside": 2, "object": 0}),
        ("agree agree aside aside", "agree", {"agree": 2, "aside": 2, "object": 0}),
        ("agree agree aside aside", "object", {"agree": 2, "aside": 2, "object": 0}),
        ("agree agree aside aside object", "object", {"agree": 2, "aside": 2, "object": 1}),
        ("", "agree", {"agree": 0, "aside": 0, "object": 0}),
    ],
)
def test_a_private_voice_is_in_no_number_whatever_it_said(open_ones: str, private: str, shown: dict[str, int]) -> None:
    positions = [Position(says=says) for says in open_ones.split()]
    assert access.totals([*positions, Position(says=private, told_to_id=1)]) == shown


def test_who_gives_a_service_sees_the_proposal_and_nothing_else_of_the_plan(world: World) -> None:
    plan = opened(world)
    seated(world, plan, world.second_peer, TeamRole.PROVIDER, agency="Gulf Breeze")
    one = asked_round(world, plan)
    assert "We meet every second week" in page(world.second_peer, f"/rounds/{one.public_id}/")
    for where in ("", "rounds/", "deciding/", "decisions/"):
        page(world.second_peer, f"/plans/{plan.public_id}/{where}", 404)
    Seat.objects.filter(plan=plan, person=world.second_peer).update(state="left", ended_at=timezone.now())
    page(world.second_peer, f"/rounds/{one.public_id}/", 404)
