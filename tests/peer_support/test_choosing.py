"""A family compares who is offered, chooses, asks for others or waits, and is told the truth where nobody is there."""

from __future__ import annotations

import datetime as dt

import pytest

from peer_support import actions, reasons, suggestions
from peer_support.matching import Reason
from peer_support.models import Conflict, Pairing, PeerProfile, Wish
from portal.access import Refused, matching, pairings, wishes
from portal.notices.models import Notice
from tests.peer_support.choosing import (
    ask,
    get,
    has,
    offer_both,
    outcome,
    post,
    set_up,
    spanish,
    speaks,
    text,
    wish_path,
)
from tests.peer_support.ready import said_by
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def stage(world: World) -> World:
    return set_up(world)


# -- comparing and choosing ------------------------------------------------------------------------------------------


def test_two_people_stand_side_by_side_with_their_reasons(stage: World) -> None:
    speaks(stage.peer_role, "es")
    has(stage.second_peer_role, free_at=["weekday_morning"])
    offer_both(stage, languages=["es", "en"], systems=["juvenile_justice"], free_at=["weekday_evening"])
    page = text(get(stage.caregiver, "/wishes/choose/"))
    assert "Whom would you like?" in page
    assert page.count("I choose ") == 2
    assert "Also raised a grandchild or another child of the family, through juvenile justice" in page
    assert "Speaks Spanish" in page
    assert "Free on weekday evenings" in page
    assert "Nothing the same here" in page
    assert "points" not in page


def test_home_leads_to_the_comparison(stage: World) -> None:
    offer_both(stage)
    step = get(stage.caregiver, "/").context["steps"][0]
    assert (step.title, step.url) == ("Choose one of 2 people", "/wishes/choose/")


def test_home_offers_asking_to_whoever_never_did(stage: World) -> None:
    assert get(stage.caregiver, "/").context["steps"][0].url == "/wishes/"
    ask(stage)
    assert get(stage.caregiver, "/").context["steps"][0].url != "/wishes/"


@pytest.mark.promise("FSO-06")
def test_somebody_who_shares_no_experience_is_labelled_so(stage: World) -> None:
    """The other, who does, is not."""
    long_ago = stage.program.today() - dt.timedelta(days=900)
    PeerProfile.objects.get(staff_role=stage.peer_role).lived_systems.create(system="education", from_on=long_ago)
    shares, shares_not = offer_both(stage, systems=["education"])
    assert (shares.shares_experience, shares_not.shares_experience) == (True, False)
    page = text(get(stage.caregiver, "/wishes/choose/"))
    assert "through special education" in page
    assert page.count("Has not lived through the same as you") == 1
    for offer, is_labelled in ((shares, False), (shares_not, True)):
        page = text(get(stage.caregiver, f"/pairings/{offer.public_id}/"))
        assert ("Has not lived through the same as you" in page) == is_labelled


def test_a_shared_system_is_a_reason_and_takes_the_label_away(stage: World) -> None:
    offers = offer_both(stage, systems=["juvenile_justice"])
    assert [one.shares_experience for one in offers] == [True, True]
    assert "Has not lived through" not in text(get(stage.caregiver, "/wishes/choose/"))


def test_what_was_never_told_cannot_be_known(stage: World) -> None:
    (first, _second) = offer_both(stage)
    assert first.shares_experience is None
    assert "You have not told us what you lived through" in text(get(stage.caregiver, "/wishes/choose/"))


def test_choosing_one_takes_the_others_back_and_tells_none_of_them(stage: World) -> None:
    first, second = offer_both(stage)
    post(stage.caregiver, f"/pairings/{first.public_id}/accept/")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (Pairing.State.ACCEPTED, Pairing.State.WITHDRAWN)
    assert not Notice.objects.filter(person=stage.second_peer).exists()
    assert not Notice.objects.filter(person=stage.caregiver, about=f"pairing:{second.public_id}", read_at=None).exists()
    assert "You chose someone else." in text(get(stage.caregiver, f"/pairings/{second.public_id}/"))
    with pytest.raises(Refused):
        actions.accept_pairing(actor=stage.caregiver, pairing=second)


def test_choosing_leaves_the_offers_of_others_alone(stage: World) -> None:
    first, _second = offer_both(stage)
    (theirs,) = actions.suggest_peers(
        actor=stage.liaison, member=stage.second_caregiver_member, peers=[stage.second_peer_role]
    )
    actions.accept_pairing(actor=stage.caregiver, pairing=first)
    theirs.refresh_from_db()
    assert theirs.state == Pairing.State.PROPOSED


def test_taking_time_keeps_every_offer_and_tells_nobody(stage: World) -> None:
    offers = offer_both(stage)
    told = Notice.objects.count()
    page = post(stage.caregiver, "/wishes/wait/")
    assert "Take your time." in text(page)
    assert "You are taking your time." in text(page)
    assert list(pairings.offered_to(stage.caregiver)) == offers[::-1]
    assert Notice.objects.count() == told


def test_taking_time_also_goes_without_a_wish(world: World) -> None:
    actions.take_time(actor=world.second_caregiver)
    assert Wish.objects.get(member=world.second_caregiver_member).thinking_at is not None


def test_one_offer_of_several_is_declined_and_the_others_stay(stage: World) -> None:
    first, second = offer_both(stage)
    page = post(stage.caregiver, f"/pairings/{first.public_id}/decline/")
    assert page.redirect_chain[-1][0] == "/wishes/choose/"
    assert list(pairings.offered_to(stage.caregiver)) == [second]


def test_without_an_offer_there_is_nothing_to_compare_and_a_way_on(stage: World) -> None:
    assert get(stage.caregiver, "/wishes/choose/").headers["Location"] == "/wishes/"
    for path in ("/wishes/others/", "/wishes/wait/"):
        assert post(stage.caregiver, path).redirect_chain[-1][0] == "/wishes/"


# -- never a dead end ------------------------------------------------------------------------------------------------


def test_who_declines_everyone_waits_in_sight_and_may_look_again(stage: World) -> None:
    offer_both(stage)
    page = text(post(stage.caregiver, "/wishes/others/"))
    assert "You have seen everyone who could fit now. That is fine." in page
    assert "Show me those I met once more" in page
    assert outcome(stage) == "declined_all"
    (waiting,) = suggestions.plan_for(stage.liaison)
    assert waiting.choices == []
    assert "They said no to everyone who could fit." in waiting.why_nobody
    assert "Nobody minds." in text(post(stage.caregiver, wish_path(stage.caregiver_member, "again/")))
    assert outcome(stage) == "some"


def test_nobody_qualified_is_said_to_both(stage: World) -> None:
    PeerProfile.objects.update(verified_by=None, verified_on=None)
    ask(stage)
    assert outcome(stage) == "nobody_qualified"
    assert "still being checked and trained" in text(get(stage.caregiver, "/wishes/"))
    assert "No one has a checked profile" in text(get(stage.liaison, "/suggestions/"))


def test_the_only_one_who_speaks_spanish_is_full(stage: World) -> None:
    """The truth, the list, and what one can do; the others with free places cannot talk with her."""
    speaks(stage.peer_role, "es")
    has(stage.peer_role, capacity=1)
    (theirs,) = actions.suggest_peers(
        actor=stage.liaison, member=spanish(stage), peers=[stage.peer_role], reason="Spanish"
    )
    actions.accept_pairing(actor=stage.second_caregiver, pairing=theirs)
    ask(stage, languages=["es"])
    assert outcome(stage) == "full"
    assert "the next free place is offered to you" in text(get(stage.caregiver, "/wishes/"))
    assert "Everyone who could fit is full." in text(get(stage.liaison, "/suggestions/"))
    ask(stage, languages=["es"], interpreter_is_fine=True)
    assert outcome(stage) == "some"
    actions.end_pairing(actor=stage.second_caregiver, pairing=theirs)
    ask(stage, languages=["es"])
    assert outcome(stage) == "some"


def test_nobody_speaks_the_language_and_an_interpreter_is_free(stage: World) -> None:
    ask(stage, languages=["vi"])
    assert outcome(stage) == "no_language"
    assert "You can say that an interpreter is fine. It is free." in text(get(stage.caregiver, "/wishes/"))


def test_a_relative_or_neighbour_is_not_offered_again_and_does_not_learn_of_it(stage: World) -> None:
    first, second = offer_both(stage)
    answer = post(stage.caregiver, f"/pairings/{first.public_id}/known/", kind="relative")
    assert "We do not offer you this person again" in text(answer)
    first.refresh_from_db()
    assert first.state == Pairing.State.WITHDRAWN
    assert not Notice.objects.filter(person=stage.peer, about=f"pairing:{first.public_id}").exists()
    assert list(pairings.offered_to(stage.caregiver)) == [second]
    assert stage.peer_role not in pairings.proposable_peers(stage.liaison, stage.family)
    post(stage.caregiver, f"/pairings/{second.public_id}/known/", kind="neighbour")
    assert outcome(stage) == "only_known"
    assert "The only people left know you or your family." in text(get(stage.caregiver, "/wishes/"))
    assert "knows them, or must not be matched with them" in text(get(stage.liaison, "/suggestions/"))


def test_how_one_knows_somebody_must_be_said(stage: World) -> None:
    first, _second = offer_both(stage)
    answer = post(stage.caregiver, f"/pairings/{first.public_id}/known/", kind="enemy")
    assert "Please say how you know each other." in text(answer)
    assert not Conflict.objects.exists()


def test_too_many_musts_leave_nobody_and_can_be_changed(stage: World) -> None:
    ask(stage, must=["woman"])
    assert outcome(stage) == "wishes"
    assert "You can change what must be, or wait." in text(get(stage.caregiver, "/wishes/"))
    has(stage.peer_role, gender=" Woman ")
    assert outcome(stage) == "some"


def test_an_organization_without_such_people_says_so(stage: World) -> None:
    for role in (stage.peer_role, stage.second_peer_role):
        actions.end_staff_role(actor=None, role=role)
    ask(stage)
    assert outcome(stage) == "nobody_here"
    page = text(get(stage.liaison, "/suggestions/"))
    assert "No one in your organization does this work yet." in page


# -- words -----------------------------------------------------------------------------------------------------------


def test_reasons_are_one_plain_sentence() -> None:
    told: list[Reason] = [
        {"code": "same_systems", "systems": ["juvenile_justice", "medicaid"], "relation": "kin"},
        {"code": "same_relation", "relation": "kin"},
        {"code": "child_age", "values": ["13-17"]},
        {"code": "language", "values": ["es", "en"]},
        {"code": "free_at", "values": ["weekday_evening", "weekend_day"]},
        {"code": "ways", "values": ["phone"]},
        {"code": "interests", "values": ["fishing"]},
        {"code": "near"},
        {"code": "of another version"},
    ]
    assert reasons.sentence(told) == (
        "Also raised a grandchild or another child of the family, through juvenile justice, Medicaid; "
        "raised a child the way you do; knows children of that age: 13 to 17 years; speaks Spanish, English; "
        "free on weekday evenings, weekend days; ways to meet: phone; also likes fishing; lives where you live."
    )
    assert reasons.sentence([]) == ""
    assert reasons.sentence([{"code": "interpreter"}]) == "Talks with you with a free interpreter."
    unsaid = [{"code": "same_systems", "systems": ["courts"], "relation": ""}]
    assert reasons.sentence(unsaid) == "Knows court from their own life."


def test_a_profile_without_weights_counts_each_part_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = world.program.profile.settings
    bare = world.program.profile.model_copy(
        update={"settings": settings.model_copy(update={"matching_weights": None, "mentor_ages": None})}
    )
    monkeypatch.setattr("portal.programs.registry.profile_of", lambda _slug: bare)
    weights = matching.weights_of(world.program)
    assert (weights.same_systems, weights.near, weights.waiting) == (1, 1, 0)
    assert matching.ages_of(world.program) is None
    assert wishes.job_for(world.youth_member) is None


def test_a_draft_of_a_profile_closes_its_peer(stage: World) -> None:
    said_by(stage.peer_role, capacity=0)
    there = {one.role: one.helper for one in matching.helpers_for([stage.family])}
    assert there[stage.peer_role].room == 0
    assert there[stage.second_peer_role].room == 3
