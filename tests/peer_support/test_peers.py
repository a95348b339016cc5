"""Peers: what they say, who stands for it, and who may take a new family today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_support import actions, refusals
from peer_support.models import Credential, LivedSystem, Pairing, PeerProfile
from portal.access import Refused
from portal.access import pairings as pairing_access
from portal.access import peers as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.programs.models import StaffRole
from tests.peer_support.ready import SAID, checked, lived, ready, said_by, verified, with_papers
from tests.world import VIEWERS, World

pytestmark = pytest.mark.both_databases


def profile_of(role: StaffRole) -> PeerProfile:
    return PeerProfile.objects.get(staff_role=role)


def reasons(role: StaffRole, today: dt.date | None = None) -> tuple[str, ...]:
    role = StaffRole.objects.get(pk=role.pk)
    return access.may_take_new(access.profile_of(role), today or role.organization.program.today())


# -- their own word ------------------------------------------------------------------------------------------------------


def test_a_peer_says_who_they_are_and_families_pages_speak_their_languages(world: World) -> None:
    said_by(world.peer_role)
    profile, role = profile_of(world.peer_role), StaffRole.objects.get(pk=world.peer_role.pk)
    assert (profile.relation, profile.capacity, profile.child_age_bands) == ("kin", 3, ["6-12", "13-17"])
    assert [(one.language, one.level) for one in profile.spoken_languages.order_by("pk")] == [
        ("en", "native"),
        ("es", "basic"),
    ]
    assert (role.languages, role.about) == (["en", "es"], SAID["about"])


def test_languages_are_kept_from_the_best_to_the_least(world: World) -> None:
    said_by(world.peer_role, languages=[("en", "basic"), ("vi", "native"), ("es", "good"), ("fr", "fluent")])
    assert StaffRole.objects.get(pk=world.peer_role.pk).languages == ["vi", "es", "en"]


def test_codes_nobody_offered_and_interests_without_end_are_left_out(world: World) -> None:
    said_by(world.peer_role, ways=["letter", "chat"], interests=["a", "a", "", *map(str, range(30))])
    profile = profile_of(world.peer_role)
    assert profile.ways == ["chat"]
    assert len(profile.interests) == 10


def test_nobody_says_that_they_were_checked(world: World) -> None:
    with pytest.raises(TypeError):
        said_by(world.peer_role, verified_by=world.lead, verified_on=world.program.today())
    assert not PeerProfile.objects.exists()


def test_room_for_more_families_than_the_programme_allows_is_refused(world: World) -> None:
    with pytest.raises(refusals.TooManyFamilies) as refused:
        said_by(world.peer_role, capacity=16)
    assert "15" in str(refused.value.message)
    assert not PeerProfile.objects.exists()
    said_by(world.faraway_peer_role, capacity=16)  # Missouri names no number
    assert profile_of(world.faraway_peer_role).capacity == 16


@pytest.mark.parametrize("name", [name for name in VIEWERS if name != "peer"])
def test_nobody_writes_on_anothers_page(world: World, name: str) -> None:
    verified(world.peer_role, world.supervisor)
    actor: Person = getattr(world, name)
    role = world.peer_role
    one = LivedSystem.objects.filter(profile__staff_role=role, until_on=None).get()
    today = world.program.today()
    attempts: list[Any] = [
        lambda: actions.keep_profile(actor=actor, role=role, **SAID),
        lambda: actions.add_lived_system(actor=actor, role=role, system="courts", from_on=today),
        lambda: actions.end_lived_system(actor=actor, role=role, lived=one, until_on=today),
        lambda: actions.remove_lived_system(actor=actor, role=role, lived=one),
        lambda: actions.attest(actor=actor, role=role),
    ]
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()
    assert reasons(role) == ("clearance_missing", "training_missing")


def test_only_peers_and_mentors_in_their_job_have_a_profile(world: World) -> None:
    with pytest.raises(Refused):
        said_by(world.facilitator_role)
    StaffRole.objects.filter(pk=world.peer_role.pk).update(ended_at=timezone.now())
    world.peer_role.refresh_from_db()
    with pytest.raises(Refused):
        said_by(world.peer_role)


@pytest.mark.parametrize(
    ("began", "ended", "code"), [(-1, None, "ahead"), (10, -1, "until_ahead"), (10, 11, "reversed")]
)
def test_days_that_cannot_be_are_refused(world: World, began: int, ended: int | None, code: str) -> None:
    with pytest.raises(refusals.DaysCannotBe) as refused:
        lived(world.peer_role, ("courts", began, ended))
    assert refused.value.code == code
    assert not LivedSystem.objects.exists()


def test_an_end_before_the_beginning_is_refused_by_the_database_too(world: World) -> None:
    lived(world.peer_role, ("courts", 10, None))
    with pytest.raises(IntegrityError), transaction.atomic():
        LivedSystem.objects.update(until_on=world.program.today() - dt.timedelta(days=11))


def test_what_ended_ends_once_and_belongs_to_its_own_page(world: World) -> None:
    lived(world.peer_role, ("courts", 100, None))
    lived(world.second_peer_role, ("courts", 100, None))
    mine, theirs = LivedSystem.objects.order_by("pk")
    today = world.program.today()
    with pytest.raises(Refused):
        actions.end_lived_system(actor=world.peer, role=world.peer_role, lived=theirs, until_on=today)
    with pytest.raises(Refused):
        actions.remove_lived_system(actor=world.peer, role=world.peer_role, lived=theirs)
    with pytest.raises(refusals.DaysCannotBe):
        actions.end_lived_system(
            actor=world.peer, role=world.peer_role, lived=mine, until_on=today - dt.timedelta(days=101)
        )
    actions.end_lived_system(actor=world.peer, role=world.peer_role, lived=mine, until_on=today)
    with pytest.raises(Refused):
        actions.end_lived_system(actor=world.peer, role=world.peer_role, lived=mine, until_on=today)


def test_nobody_gives_their_word_on_an_empty_page(world: World) -> None:
    said_by(world.peer_role)
    with pytest.raises(Refused):
        actions.attest(actor=world.peer, role=world.peer_role)


# -- who stands for it -----------------------------------------------------------------------------------------------------


@pytest.mark.promise("FSO-12")
@pytest.mark.parametrize("name", ["supervisor", "lead"])
def test_a_check_keeps_who_made_it_and_when(world: World, name: str) -> None:
    profile = verified(world.peer_role, getattr(world, name))
    assert (profile.verified_by, profile.verified_on) == (getattr(world, name), world.program.today())
    other = world.lead if name == "supervisor" else world.supervisor
    assert checked(world.peer_role, other).verified_by == getattr(world, name)  # once is enough: the first name stays
    verdict = access.verdict_of(profile_of(world.peer_role), world.program.today())
    assert (verdict.passes, verdict.verified_by) == (True, getattr(world, name))
    assert Entry.objects.filter(subject="peer_profile", actor=getattr(world, name)).count() == 1


@pytest.mark.promise("FSO-12")
@pytest.mark.parametrize(
    "spans",
    [
        [("courts", 363, None), ("medicaid", 363, None)],  # 364 days with today
        [("courts", 2000, None)],
    ],
)
def test_364_days_or_one_system_cannot_be_checked_off(world: World, spans: list[tuple[str, int, int | None]]) -> None:
    said_by(world.peer_role)
    lived(world.peer_role, *spans)
    with pytest.raises(refusals.NotLivedEnough):
        checked(world.peer_role, world.supervisor)
    assert "not_verified" in reasons(world.peer_role)
    lived(world.peer_role, ("education", 364, None))
    assert checked(world.peer_role, world.supervisor).verified_by == world.supervisor


def test_nobody_checks_themselves_though_they_lead_or_supervise(world: World) -> None:
    StaffRole.objects.create(person=world.lead, organization=world.peer_role.organization, role="peer_partner")
    own = StaffRole.objects.get(person=world.lead, role="peer_partner")
    with pytest.raises(Refused):
        verified(own, world.lead)
    StaffRole.objects.filter(pk=world.second_peer_role.pk).update(person=world.supervisor)
    world.second_peer_role.refresh_from_db()
    assert not access.may_verify(world.supervisor, world.second_peer_role)
    with pytest.raises(Refused):
        with_papers(own, world.lead)


@pytest.mark.parametrize("name", [name for name in VIEWERS if name not in {"supervisor", "lead"}])
def test_only_a_supervisor_or_a_lead_stands_for_it(world: World, name: str) -> None:
    said_by(world.peer_role)
    lived(world.peer_role, ("courts", 900, None), ("medicaid", 900, None))
    with pytest.raises(Refused):
        checked(world.peer_role, getattr(world, name))
    with pytest.raises(Refused):
        with_papers(world.peer_role, getattr(world, name))
    paper = Credential.objects.get(staff_role=world.facilitator_role)
    with pytest.raises(Refused):
        actions.withdraw_credential(actor=getattr(world, name), credential=paper)
    assert not access.kept_credentials(getattr(world, name), world.facilitator_role)


def test_a_supervisor_whose_job_ended_stands_for_nobody(world: World) -> None:
    StaffRole.objects.filter(pk=world.supervisor_role.pk).update(ended_at=timezone.now())
    role = StaffRole.objects.get(pk=world.peer_role.pk)
    assert not access.may_verify(world.supervisor, role)
    assert access.may_verify(world.lead, role)
    Person.objects.filter(pk=world.lead.pk).update(is_active=False)
    world.lead.refresh_from_db()
    assert not access.may_verify(world.lead, role)


def test_what_changed_after_it_was_read_is_not_checked_off(world: World) -> None:
    said_by(world.peer_role)
    lived(world.peer_role, ("courts", 900, None), ("medicaid", 900, None))
    actions.attest(actor=world.peer, role=world.peer_role)
    seen = profile_of(world.peer_role).attested_at
    assert seen is not None
    lived(world.peer_role, ("education", 50, None))
    actions.attest(actor=world.peer, role=world.peer_role)
    with pytest.raises(refusals.ChangedMeanwhile):
        actions.verify(actor=world.supervisor, role=world.peer_role, attested_at=seen)
    assert profile_of(world.peer_role).verified_on is None


@pytest.mark.parametrize("what", ["add", "end", "remove", "relation"])
def test_a_change_to_the_years_takes_word_and_check_back(world: World, what: str) -> None:
    ready(world.peer_role, world.supervisor)
    assert reasons(world.peer_role) == ()
    one = LivedSystem.objects.filter(until_on=None).get()
    change: dict[str, Callable[[], object]] = {
        "add": lambda: lived(world.peer_role, ("medicaid", 5, None)),
        "end": lambda: actions.end_lived_system(
            actor=world.peer, role=world.peer_role, lived=one, until_on=world.program.today()
        ),
        "remove": lambda: actions.remove_lived_system(actor=world.peer, role=world.peer_role, lived=one),
        "relation": lambda: said_by(world.peer_role, relation="foster"),
    }
    change[what]()
    assert reasons(world.peer_role)[0] == "not_verified"
    profile = profile_of(world.peer_role)
    assert (profile.attested_at, profile.verified_by, profile.verified_on) == (None, None, None)


def test_other_words_leave_the_check_alone(world: World) -> None:
    ready(world.peer_role, world.supervisor)
    said_by(world.peer_role, interests=["fishing"], about="New words")
    actions.attest(actor=world.peer, role=world.peer_role)  # once more changes nothing
    assert reasons(world.peer_role) == ()


def test_a_check_without_a_day_or_a_word_is_refused_by_the_database(world: World) -> None:
    said_by(world.peer_role)
    with pytest.raises(IntegrityError), transaction.atomic():
        PeerProfile.objects.update(verified_on=world.program.today())


# -- checks and trainings ----------------------------------------------------------------------------------------------------


def test_a_paper_the_programme_asks_for_has_its_title_from_the_programme(world: World) -> None:
    with_papers(world.peer_role, world.lead)
    papers = Credential.objects.filter(staff_role=world.peer_role).order_by("pk")
    assert [(one.kind, one.title, one.hours) for one in papers] == [
        ("training", "System of Care core training", None),
        ("training", "Peer support training", 40),
        ("clearance", "Background check", None),
    ]


def test_papers_that_cannot_be_are_refused(world: World) -> None:
    today = world.program.today()
    tomorrow, yesterday = today + dt.timedelta(days=1), today - dt.timedelta(days=1)
    add: Any = lambda **paper: actions.add_credential(actor=world.lead, role=world.peer_role, **paper)  # noqa: E731
    with pytest.raises(refusals.DaysCannotBe):
        add(requirement="core-training", issued_on=tomorrow)
    with pytest.raises(refusals.DaysCannotBe):
        add(requirement="core-training", issued_on=today, expires_on=yesterday)
    with pytest.raises(refusals.TooFewHours):
        add(requirement="peer-training", issued_on=today, hours=39)
    with pytest.raises(Refused):
        add(requirement="astrology", issued_on=today)
    assert not Credential.objects.filter(staff_role=world.peer_role).exists()
    add(kind="training", title=" First aid ", issued_on=today)
    assert Credential.objects.get(staff_role=world.peer_role).title == "First aid"


def test_what_is_withdrawn_counts_no_more_and_is_withdrawn_once(world: World) -> None:
    ready(world.peer_role, world.lead)
    check = Credential.objects.get(staff_role=world.peer_role, kind="clearance")
    actions.withdraw_credential(actor=world.supervisor, credential=check)
    actions.withdraw_credential(actor=world.lead, credential=check)
    assert reasons(world.peer_role) == ("clearance_missing",)
    check.refresh_from_db()
    assert check.withdrawn_by == world.supervisor


# -- a new family today -------------------------------------------------------------------------------------------------------


def test_a_peer_who_has_all_may_take_a_new_family(world: World) -> None:
    profile = ready(world.peer_role, world.supervisor)
    assert access.may_take_new(profile, world.program.today()) == ()
    assert access.may_take_new(None, world.program.today()) == ("not_verified",)


def test_rows_say_what_they_are(world: World) -> None:
    profile = ready(world.peer_role, world.supervisor)
    lived_one = LivedSystem.objects.order_by("pk")[0]
    paper = Credential.objects.filter(kind="clearance").get()
    spoken = profile.spoken_languages.order_by("pk")[0]
    words = [str(one) for one in (profile, lived_one, spoken, paper)]
    role = world.peer_role.pk
    assert words[0] == f"profile of {role}"
    assert words[1].startswith("child_welfare from ")
    assert words[2:] == ["en native", f"Background check of {role}"]


def test_every_reason_is_told_in_its_order(world: World) -> None:
    said_by(world.peer_role, capacity=1, is_taking=False)  # the world's own pairing takes the place
    Person.objects.filter(pk=world.peer.pk).update(is_active=False)
    assert reasons(world.peer_role) == (
        *("not_verified", "not_qualified", "clearance_missing", "training_missing"),
        *("full", "not_taking", "role_ended"),
    )


def test_an_expired_check_or_training_stops_new_families_the_same_day(world: World) -> None:
    verified(world.peer_role, world.supervisor)
    with_papers(world.peer_role, world.supervisor, expires_in=5)
    today = world.program.today()
    assert reasons(world.peer_role, today + dt.timedelta(days=5)) == ()
    assert reasons(world.peer_role, today + dt.timedelta(days=6)) == ("clearance_expired", "training_expired")


@pytest.mark.parametrize(
    ("state", "takes"),
    [
        *((state, True) for state in ("accepted", "active", "paused", "ending")),
        *((state, False) for state in ("proposed", "declined", "withdrawn", "ended")),
    ],
)
def test_a_place_is_taken_from_the_yes_to_the_end(world: World, state: str, takes: bool) -> None:
    Pairing.objects.filter(pk=world.pairing.pk).update(
        state=state, paused_until=world.program.today(), goodbye_until=timezone.now()
    )
    assert access.places_taken(world.peer_role) == takes
    ready(world.peer_role, world.supervisor, capacity=1)
    assert reasons(world.peer_role) == (("full",) if takes else ())


def test_without_numbers_in_the_profile_word_and_check_are_enough_but_papers_are_not_waived(world: World) -> None:
    lead = StaffRole.objects.create(
        person=world.faraway_liaison, organization=world.faraway_peer_role.organization, role="programme_lead"
    )
    said_by(world.faraway_peer_role)
    lived(world.faraway_peer_role, ("courts", 3, None))
    checked(world.faraway_peer_role, lead.person)
    assert reasons(world.faraway_peer_role) == ("clearance_missing", "training_missing")
    with_papers(world.faraway_peer_role, lead.person)
    assert reasons(world.faraway_peer_role) == ()


# -- who is offered --------------------------------------------------------------------------------------------------------------


def offered(world: World) -> set[StaffRole]:
    return set(pairing_access.proposable_peers(world.liaison, world.family))


def test_before_the_first_check_a_liaison_proposes_whom_she_knows(world: World) -> None:
    said_by(world.peer_role)
    assert offered(world) == {world.peer_role, world.second_peer_role}
    assert pairing_access.may_begin(world.offer)


def test_from_the_first_check_on_nobody_unverified_is_offered_or_begins(world: World) -> None:
    ready(world.peer_role, world.supervisor)
    assert offered(world) == {world.peer_role}
    assert not pairing_access.may_propose(world.liaison, world.caregiver_member, world.second_peer_role)
    assert not pairing_access.may_begin(world.offer)
    with pytest.raises(Refused):
        actions.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    ready(world.second_peer_role, world.supervisor)
    assert offered(world) == {world.peer_role, world.second_peer_role}
    assert pairing_access.may_begin(world.offer)


def test_a_check_that_is_taken_back_does_not_bring_the_time_before_back(world: World) -> None:
    ready(world.peer_role, world.supervisor)
    lived(world.peer_role, ("medicaid", 5, None))
    assert offered(world) == set()
    assert access.matches_by_profiles(world.peer_role.organization)
    assert not access.matches_by_profiles(world.stranger_peer_role.organization)


def test_an_offer_stands_though_the_peer_stopped_taking_families_since(world: World) -> None:
    ready(world.second_peer_role, world.supervisor)
    said_by(world.second_peer_role, is_taking=False)
    assert offered(world) == set()
    assert pairing_access.may_begin(world.offer)


def test_the_number_of_questions_does_not_grow_with_the_peers(world: World) -> None:
    ready(world.peer_role, world.supervisor)
    with CaptureQueriesContext(connection) as one:
        assert len(offered(world)) == 1
    ready(world.second_peer_role, world.supervisor)
    with CaptureQueriesContext(connection) as two:
        assert len(offered(world)) == 2
    assert len(two) == len(one)


# -- who sees whom ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("peer", {"peer_role"}),
        ("mentor", {"mentor_role"}),
        ("facilitator", {"facilitator_role"}),
        ("liaison", {"peer_role", "second_peer_role", "mentor_role"}),
        ("supervisor", {"peer_role", "second_peer_role", "mentor_role"}),
        (
            "lead",
            {"peer_role", "second_peer_role", "mentor_role", "facilitator_role", "stranger_peer_role"},
        ),
        ("stranger_liaison", {"stranger_peer_role"}),
        ("faraway_liaison", {"faraway_peer_role"}),
        *((name, set()) for name in ("caregiver", "youth", "natural_support", "coordinator", "stranger_caregiver")),
    ],
)
def test_everybody_sees_only_whom_they_answer_for(world: World, name: str, seen: set[str]) -> None:
    viewer: Person = getattr(world, name)
    assert set(access.visible_staff(viewer)) == {getattr(world, one) for one in seen}
    assert set(access.visible_peers(viewer)) == {getattr(world, one) for one in seen - {"facilitator_role"}}
    viewer.is_active = False
    assert not access.visible_staff(viewer)
