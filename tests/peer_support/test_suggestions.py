"""The liaison's plan for all who wait, confirmed or changed; and who must not be matched."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_support import actions, suggestions
from peer_support.matching import limits
from peer_support.models import Conflict, PeerProfile
from portal.access import Refused, matching, pairings
from portal.access.record import visible_entries
from portal.accounts import actions as accounts
from portal.audit.models import Entry
from portal.families import actions as families
from portal.families.models import Member
from tests.peer_support.choosing import ask, confirm_path, get, has, offer_both, post, set_up, spanish, speaks, text
from tests.peer_support.ready import ready
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def stage(world: World) -> World:
    return set_up(world)


# -- the liaison's plan ----------------------------------------------------------------------------------------------


def test_the_plan_is_best_for_all_within_the_free_places(stage: World) -> None:
    """Spanish is spoken by one with one place: who speaks only Spanish gets it, whoever waited longer."""
    speaks(stage.peer_role, "es", "en")
    has(stage.peer_role, capacity=1)
    ask(stage, languages=["es", "en"])
    spanish(stage)
    plan = {one.waiting.member: one for one in suggestions.plan_for(stage.liaison)}
    planned = {
        member.person.first_name: [choice.role for choice in one.choices if choice.is_planned]
        for member, one in plan.items()
    }
    assert planned == {"Odette": [stage.second_peer_role], "Lucien": [stage.peer_role]}
    assert [choice.is_ticked for choice in plan[stage.caregiver_member].choices] == [True, True]
    page = text(get(stage.liaison, "/suggestions/"))
    assert "2 people wait. The plan has someone for 2." in page
    assert "Race, faith and income are not used." in page


def test_who_never_asked_waits_too_with_the_language_they_read(stage: World) -> None:
    (only,) = matching.waiting_for(stage.liaison)
    assert (only.member, only.wish, only.seeker.languages) == (stage.caregiver_member, None, frozenset({"en"}))
    assert "They have not told us what matters to them." in text(get(stage.liaison, "/suggestions/"))


def test_the_liaison_confirms_or_changes_and_the_family_sees_who_and_why(stage: World) -> None:
    ask(stage, systems=["juvenile_justice"])
    answer = post(
        stage.liaison,
        confirm_path(stage.caregiver_member),
        peers=[stage.peer_role.public_id, stage.second_peer_role.public_id],
        reason="Both laugh a lot.",
    )
    assert "It is sent." in text(answer)
    assert "Nobody waits." in text(answer)
    page = text(get(stage.caregiver, "/wishes/choose/"))
    assert "Both laugh a lot." in page
    assert "Also raised a grandchild" in page


def test_confirming_nobody_or_somebody_who_cannot_be_sends_nothing(stage: World) -> None:
    ask(stage, languages=["vi"])
    for peers in ([], [stage.peer_role.public_id], [stage.stranger_peer_role.public_id]):
        answer = post(stage.liaison, confirm_path(stage.caregiver_member), peers=peers)
        assert "Nothing was sent." in text(answer)
    assert not pairings.offered_to(stage.caregiver).exists()


def test_what_came_between_is_said_by_name(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page was made a moment before the peer stopped taking families."""
    ask(stage)
    monkeypatch.setattr(suggestions, "choices_for", lambda *_who: [stage.peer_role])
    has(stage.peer_role, is_taking=False)
    answer = post(stage.liaison, confirm_path(stage.caregiver_member), peers=[stage.peer_role.public_id])
    assert "Nothing was sent: Joy Landrieu cannot take a new family today." in text(answer)


def test_a_second_liaison_who_confirms_the_same_changes_nothing(stage: World) -> None:
    first = offer_both(stage)
    again = actions.suggest_peers(actor=stage.liaison, member=stage.caregiver_member, peers=[stage.peer_role])
    assert again == []
    assert list(pairings.offered_to(stage.caregiver)) == first[::-1]


def test_somebody_without_a_profile_is_never_suggested(stage: World) -> None:
    PeerProfile.objects.get(staff_role=stage.peer_role).lived_systems.all().delete()
    PeerProfile.objects.get(staff_role=stage.peer_role).spoken_languages.all().delete()
    PeerProfile.objects.filter(staff_role=stage.peer_role).delete()
    with pytest.raises(actions.NoLongerFits) as refused:
        actions.suggest_peers(actor=stage.liaison, member=stage.caregiver_member, peers=[stage.peer_role])
    assert refused.value.codes == ("not_verified",)


@pytest.mark.parametrize("name", ["caregiver", "peer", "facilitator", "stranger_liaison", "supervisor"])
def test_only_the_familys_liaison_suggests(stage: World, name: str) -> None:
    with pytest.raises(Refused):
        actions.suggest_peers(actor=getattr(stage, name), member=stage.caregiver_member, peers=[stage.peer_role])


def test_the_liaisons_own_choice_comes_with_what_the_two_share(stage: World) -> None:
    ask(stage, systems=["medicaid"])
    offer = actions.propose_with_reasons(
        actor=stage.liaison, member=stage.caregiver_member, peer=stage.peer_role, reason="She is funny."
    )
    assert offer.shares_experience is False
    assert "Has not lived through the same as you" in text(get(stage.liaison, f"/pairings/{offer.public_id}/"))


def test_the_plan_knows_nobody_whom_the_policy_keeps_apart(stage: World) -> None:
    """What the plan leaves out is what `may_propose` refuses: own people, those kept apart, other organizations."""
    families.add_member(
        actor=stage.liaison, family=stage.family, person=stage.peer, role=Member.Role.NATURAL_SUPPORT, relation="aunt"
    )
    ready(stage.stranger_peer_role, stage.lead)
    (one,) = matching.waiting_for(stage.liaison)
    kept = {matching.key_of(role) for role in (stage.peer_role, stage.stranger_peer_role)}
    assert kept <= one.seeker.apart
    assert matching.key_of(stage.second_peer_role) not in one.seeker.apart
    second = Member.objects.create(family=stage.stranger_family, person=stage.second_peer, role="natural_support")
    families.set_no_contact(
        actor=stage.stranger_liaison,
        protected=stage.stranger_caregiver_member,
        hidden_from=second,
        reason="Order seen",
    )
    Member.objects.create(family=stage.family, person=stage.stranger_caregiver, role="natural_support")
    (one,) = matching.waiting_for(stage.liaison)
    assert matching.key_of(stage.second_peer_role) in one.seeker.apart
    for role in (stage.peer_role, stage.second_peer_role, stage.stranger_peer_role):
        assert not pairings.may_propose(stage.liaison, stage.caregiver_member, role)
        helper = next((each.helper for each in matching.helpers_for([stage.family]) if each.role == role), None)
        assert helper is None or "conflict" in limits(one.seeker, helper, None)


def test_the_plan_asks_the_same_number_of_questions_for_more_families(stage: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            suggestions.plan_for(stage.liaison)
        return len(found)

    _more_families(stage, 2)
    few = count()
    _more_families(stage, 4)
    assert count() == few
    assert len(suggestions.plan_for(stage.liaison)) == 7


def _more_families(world: World, number: int) -> None:
    for _one in range(number):
        family = families.open_family(actor=world.liaison, role=world.liaison_role, name="Reed")
        person = accounts.create_person(display_name="Ana Reed", is_adult_confirmed=True)
        families.add_member(actor=world.liaison, family=family, person=person, role=Member.Role.CAREGIVER)


def test_each_look_at_the_plan_is_written_down_for_the_families_in_it(stage: World) -> None:
    get(stage.liaison, "/suggestions/")
    assert Entry.objects.filter(
        actor=stage.liaison, verb=Entry.Verb.VIEWED, subject="family", family_id=stage.family.public_id
    ).exists()


# -- who must not be matched -----------------------------------------------------------------------------------------


def test_the_liaison_notes_a_conflict_and_ends_it(stage: World) -> None:
    path = f"/families/{stage.family.public_id}/conflicts/"
    answer = post(stage.liaison, path, peer=stage.peer_role.public_id, kind="former_case")
    assert "The two are not matched." in text(answer)
    assert "They once worked on our case" in text(answer)
    conflict = Conflict.objects.get()
    answer = post(stage.liaison, f"/conflicts/{conflict.public_id}/end/")
    assert "The two can be matched again." in text(answer)
    assert pairings.may_propose(stage.liaison, stage.caregiver_member, stage.peer_role)
    with pytest.raises(Refused):  # another liaison was quicker
        actions.end_conflict(actor=stage.liaison, conflict=conflict)


def test_a_conflict_without_a_choice_is_asked_for(stage: World) -> None:
    answer = post(stage.liaison, f"/families/{stage.family.public_id}/conflicts/")
    assert answer.status_code == 422


def test_noted_twice_it_stands_once_and_an_offer_said_yes_to_comes_too_late(stage: World) -> None:
    first, _second = offer_both(stage)
    for _time in range(2):
        actions.note_conflict(
            actor=stage.liaison, family=stage.family, peer=stage.peer_role, kind=Conflict.Kind.GRIEVANCE
        )
    assert Conflict.objects.count() == 1
    with pytest.raises(Refused):
        actions.accept_pairing(actor=stage.caregiver, pairing=first)


def test_a_conflict_between_offer_and_answer_stops_the_yes(stage: World) -> None:
    first, _second = offer_both(stage)
    Conflict.objects.create(family=stage.family, peer=stage.peer_role, kind="other", noted_by=stage.liaison)
    with pytest.raises(Refused):
        actions.accept_pairing(actor=stage.caregiver, pairing=first)


@pytest.mark.parametrize("name", ["second_caregiver", "youth", "natural_support", "facilitator", "stranger_liaison"])
def test_nobody_else_notes_or_ends_a_conflict(stage: World, name: str) -> None:
    person = getattr(stage, name)
    conflict = actions.note_conflict(
        actor=stage.liaison, family=stage.family, peer=stage.peer_role, kind=Conflict.Kind.OTHER
    )
    with pytest.raises(Refused):
        actions.note_conflict(actor=person, family=stage.family, peer=stage.mentor_role, kind=Conflict.Kind.OTHER)
    with pytest.raises(Refused):
        actions.end_conflict(actor=person, conflict=conflict)


def test_nobody_of_the_family_reads_in_the_record_that_a_conflict_was_noted(stage: World) -> None:
    actions.note_conflict(actor=stage.liaison, family=stage.family, peer=stage.peer_role, kind=Conflict.Kind.GRIEVANCE)
    assert Entry.objects.filter(subject="peer_conflict").exists()
    assert not visible_entries(stage.second_caregiver, stage.family).filter(subject="peer_conflict").exists()
