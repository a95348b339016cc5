"""Files that would open what is closed, speak for somebody, or give one child's record to another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from portal.care.fhir.terms import ACT_CODE, CONFIDENTIALITY, URI, codes, own
from portal.care.models import ForeignRecord, Item, MeetingWish, Plan, Seat, TeamMeeting, Version
from portal.families.models import Member
from tests.care.fhir import bundles
from tests.care.fhir.bundles import GOAL, MAYA, PLAN, ROSA, TEAM, Json, bring, kept, of_kind, write
from tests.care.fhir.test_export import signed
from tests.care.plans import opened
from tests.world import World

pytestmark = [pytest.mark.django_db]

MEETING = "urn:uuid:66666666-6666-4666-8666-666666666666"
NICO = "urn:uuid:77777777-7777-4777-8777-777777777777"
CONSENT = "urn:uuid:88888888-8888-4888-8888-888888888888"
PART_2 = {"security": [{"system": ACT_CODE, "code": "42CFRPart2"}]}
LABELS = {
    "restricted": {"security": [{"system": CONFIDENTIALITY, "code": "R"}]},
    "substance": PART_2,
    "minor": {"security": [{"system": codes("consent"), "code": "minor"}]},
}


def meeting(*, about: str = MAYA, agreed: bool = True, **more: Any) -> Json:
    said = [{"url": own("place"), "valueString": "The library"}]
    said += [{"url": own("place-agreed"), "valueDateTime": "2026-11-01T10:00:00-06:00"}] if agreed else []
    return {
        "resourceType": "Appointment",
        "id": "m1",
        "extension": said,
        "status": "booked",
        "start": "2099-01-05T10:00:00-06:00",
        "participant": [{"actor": {"reference": about}, "status": "accepted"}],
    } | more


def nico(**more: Any) -> Json:
    numbers = [{"system": "https://clinic.example/mrn", "value": "12"}]
    return bundles.patient(id="nico", identifier=numbers, name=[{"text": "Nico Ruiz"}], **more)


# -- closed ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LABELS)
def test_a_team_a_meeting_and_kin_that_are_closed_elsewhere_stay_out(world: World, tmp_path: Path, name: str) -> None:
    meta = LABELS[name]
    closed = ((ROSA, bundles.rosa(meta=meta)), (TEAM, bundles.team(meta=meta)), (MEETING, meeting(meta=meta)))
    answer = bring(kept(tmp_path, bundles.of((MAYA, bundles.patient()), *closed)))
    assert not any(answer["added"][one] for one in ("relatives", "seats", "meetings"))
    assert len(answer["refused"]) == 3


def test_a_seat_for_closed_help_does_not_leave_in_an_open_team(world: World) -> None:
    plan = opened(world)
    seat = Seat(plan=plan, role="provider", access_basis="minor", asked_by=world.youth, joined_at=timezone.now())
    seat.name = "Dr. Closed"
    seat.save()
    whole = write(world.family.public_id, person=str(world.youth.public_id))
    assert of_kind(whole, "CareTeam")
    assert "Dr. Closed" not in json.dumps(whole)


def test_the_team_and_meetings_of_a_closed_plan_carry_its_labels(world: World) -> None:
    plan = opened(world)
    said = TeamMeeting(plan=plan, proposed_by=world.youth, zone="America/Chicago", starts_at=timezone.now())
    said.place = "The library"
    said.save()
    Plan.objects.filter(pk=plan.pk).update(access_basis="substance")
    whole = write(world.family.public_id, person=str(world.youth.public_id))
    for kind in ("CarePlan", "CareTeam", "Appointment"):
        assert {one["code"] for one in of_kind(whole, kind)[0]["meta"]["security"]} == {"R", "42CFRPart2"}
    assert "42 CFR part 2 prohibits" in whole["meta"]["security"][0]["display"]


def holding(**more: Any) -> Json:
    """A plan of another system with the goal inside it."""
    inside = bundles.goal(id="c")
    return bundles.of(
        (MAYA, bundles.patient()), (PLAN, bundles.plan(contained=[inside], goal=[{"reference": "#c"}], **more))
    )


def test_what_is_contained_is_as_closed_as_what_holds_it(world: World, tmp_path: Path) -> None:
    bring(kept(tmp_path, holding(meta=PART_2)))
    assert set(Item.objects.filter(kind="goal").values_list("access_basis", flat=True)) == {"substance"}


def test_what_is_contained_is_closed_when_what_holds_it_is(world: World, tmp_path: Path) -> None:
    bring(kept(tmp_path, holding()))
    bring(kept(tmp_path, holding(meta=PART_2)))
    assert set(Item.objects.filter(kind="goal").values_list("access_basis", flat=True)) == {"substance"}


@pytest.mark.parametrize("never", [{"status": "entered-in-error"}, {"modifierExtension": [{"url": "x:not"}]}])
def test_what_is_contained_is_no_truer_than_what_holds_it(world: World, tmp_path: Path, never: Json) -> None:
    answer = bring(kept(tmp_path, holding(**never)))
    assert answer["added"]["goals"] == 0
    assert any("what holds it" in one["why"] for one in answer["refused"])


def test_a_consent_for_the_team_tells_that_it_meets_and_not_where_or_of_what(world: World) -> None:
    plan = opened(world)
    said = TeamMeeting(plan=plan, proposed_by=world.facilitator, zone="America/Chicago", starts_at=timezone.now())
    said.place, said.about, said.notes = "The library", "The arrest", "He told us"
    said.save()
    whole = write(world.family.public_id, release=str(signed(world, "team").public_id))
    assert len(of_kind(whole, "Appointment")) == 1
    text = json.dumps(whole)
    assert not [words for words in ("The library", "The arrest", "He told us") if words in text]
    assert "The library" in json.dumps(write(world.family.public_id, person=str(world.facilitator.public_id)))


def test_numbers_of_other_systems_leave_for_staff_and_the_young_person_alone(world: World) -> None:
    opened(world)
    ForeignRecord.objects.create(
        program=world.program,
        system="https://clinic.example/mrn",
        kind="Patient",
        foreign_id="MRN-4711",
        family=world.family,
        row_kind="member",
        row_id=world.youth_member.pk,
    )

    def leaves(**whom: str) -> bool:
        return "MRN-4711" in json.dumps(write(world.family.public_id, **whom))

    assert leaves(person=str(world.youth.public_id))
    assert leaves(person=str(world.facilitator.public_id))
    assert not leaves(person=str(world.caregiver.public_id))
    assert not leaves(release=str(signed(world, "plan", "services").public_id))


# -- whose it is -----------------------------------------------------------------------------------------------------------


def test_another_number_in_the_same_system_is_another_child(world: World, tmp_path: Path) -> None:
    bring(kept(tmp_path, bundles.small()))
    other = bundles.patient(identifier=[{"system": "https://clinic.example/mrn", "value": "4712"}])
    before = ForeignRecord.objects.count()
    with pytest.raises(CommandError, match="has another number"):
        bring(kept(tmp_path, bundles.of((MAYA, other), (GOAL, bundles.goal(startDate="2026-02-02")))))
    assert (before, Item.objects.filter(kind="goal").count()) == (ForeignRecord.objects.count(), 1)


def test_a_number_more_is_the_same_child(world: World, tmp_path: Path) -> None:
    bring(kept(tmp_path, bundles.small()))
    more = [*bundles.patient()["identifier"], {"system": "https://clinic.example/mrn", "value": "4712"}]
    answer = bring(kept(tmp_path, bundles.of((MAYA, bundles.patient(identifier=more)))))
    assert answer["added"]["youths"] == 0


def test_who_lives_in_two_families_is_taken_in_the_one_the_file_names(world: World, tmp_path: Path) -> None:
    Member.objects.create(
        family=world.stranger_family, person=world.youth, role="youth", added_by=world.stranger_liaison
    )
    him = f"urn:uuid:{world.youth.public_id}"

    def of_family(*named: str, text: str) -> Path:
        said = [{"url": own("family"), "valueString": one} for one in named]
        goal = bundles.goal(subject={"reference": him}, expressedBy=None, description={"text": text}, id=text)
        patient = bundles.patient(birthDate=None, extension=said, identifier=[])
        return kept(tmp_path, bundles.of((him, patient), (f"https://clinic.example/Goal/{text}", goal)))

    for family in (world.stranger_family, world.family):
        bring(of_family(str(family.public_id), text=str(family.pk)))
        found = Item.objects.filter(kind="goal", plan__family=family)
        assert [item.data["text"] for item in found] == [str(family.pk)]
    with pytest.raises(CommandError, match="more than one family"):
        bring(of_family(text="x"))


def brothers(*more: tuple[str, Json]) -> Json:
    said = [{"url": own("family"), "valueString": "f1"}]
    return bundles.of((MAYA, bundles.patient(extension=said)), (NICO, nico(extension=said)), *more)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ((GOAL, bundles.goal()), (GOAL, bundles.goal(subject={"reference": NICO}, expressedBy=None))),
        ((TEAM, bundles.team()), (TEAM, bundles.team(subject={"reference": NICO}))),
        ((MEETING, meeting()), (MEETING, meeting(about=NICO))),
    ],
    ids=["goal", "team", "meeting"],
)
def test_what_is_a_brothers_stays_his(
    world: World, tmp_path: Path, first: tuple[str, Json], then: tuple[str, Json]
) -> None:
    rosa = (ROSA, bundles.rosa())
    assert bring(kept(tmp_path, brothers(rosa, first)))["added"]["families"] == 1
    with pytest.raises(CommandError, match="about another young person"):
        bring(kept(tmp_path, brothers(rosa, then)))


def test_what_a_file_changes_beside_an_old_plan_is_a_version(world: World, tmp_path: Path) -> None:
    bring(kept(tmp_path, bundles.small()))
    item = Item.objects.get(kind="goal")
    now = timezone.now()
    old = Plan.objects.create(
        family=item.plan.family,
        youth=item.plan.youth,
        opened_by=item.plan.opened_by,
        next_review_on=world.program.today(),
        closed_at=now,
        closed_for="moved",
    )
    key = "urn:uuid:99999999-9999-4999-8999-999999999999"
    ForeignRecord.objects.create(
        program=world.program,
        system=URI,
        kind="CarePlan",
        foreign_id=key,
        family=old.family,
        row_kind="plan",
        row_id=old.pk,
    )
    ours = bundles.plan(id="p9", extension=[{"url": own("next-review"), "valueDate": "2026-12-01"}], activity=[])
    changed = bundles.goal(target=[{"dueDate": "2027-02-01"}])
    bring(kept(tmp_path, bundles.of((MAYA, bundles.patient()), (key, ours), (GOAL, changed))))
    item.refresh_from_db()
    assert item.data["by_on"] == "2027-02-01"
    assert [version.number for version in Version.objects.filter(plan=item.plan).order_by("number")] == [1, 2]


# -- for whom it speaks ----------------------------------------------------------------------------------------------------


def consent(signer: str, authority: str) -> Json:
    said = {
        "discloser": ("valueString", "The clinic"),
        "what": ("valueString", "the plan"),
        "signed-as": ("valueString", "Ruiz"),
        "authority": ("valueCode", authority),
        "language": ("valueCode", "en"),
        "text-version": ("valueString", "1"),
    }
    return {
        "resourceType": "Consent",
        "id": "c1",
        "extension": [{"url": own(name), kind: value} for name, (kind, value) in said.items()],
        "status": "active",
        "patient": {"reference": MAYA},
        "dateTime": "2026-11-01T10:00:00-06:00",
        "performer": [{"reference": signer}],
        "provision": {
            "period": {"start": "2026-11-01", "end": "2099-11-01"},
            "actor": [{"reference": {"display": "Dr. Ana Bell"}}],
            "class": [{"system": codes("category"), "code": "services"}],
            "purpose": [{"display": "to plan together"}],
        },
    }


@pytest.mark.parametrize(
    ("signer", "authority", "is_taken"),
    [
        (MAYA, "self", True),
        (ROSA, "full", True),
        (MAYA, "full", False),
        (ROSA, "self", False),
        (ROSA, "any", False),
    ],
)
def test_a_consent_claims_no_right_its_signer_cannot_have(
    world: World, tmp_path: Path, signer: str, authority: str, is_taken: bool
) -> None:
    whole = bundles.of((MAYA, bundles.patient()), (ROSA, bundles.rosa()), (CONSENT, consent(signer, authority)))
    answer = bring(kept(tmp_path, whole))
    assert answer["added"]["releases"] == int(is_taken)
    assert [one["why"] for one in answer["refused"]] == (
        [] if is_taken else ["who signed it cannot have signed by the right it names"]
    )


def with_meeting(tmp_path: Path, **more: Any) -> Path:
    return kept(tmp_path, bundles.of((MAYA, bundles.patient()), (MEETING, meeting(**more))))


def test_a_family_nobody_here_could_ask_said_yes_where_they_were(world: World, tmp_path: Path) -> None:
    bring(with_meeting(tmp_path))
    assert TeamMeeting.objects.get().state == TeamMeeting.State.CONFIRMED


def test_no_file_says_yes_for_a_family_that_is_here(world: World, tmp_path: Path) -> None:
    bring(kept(tmp_path, bundles.small()))
    bring(with_meeting(tmp_path))
    bring(with_meeting(tmp_path, description="changed", status="fulfilled"))
    found = TeamMeeting.objects.get()
    assert (found.state, found.place_agreed_at, found.about) == ("proposed", None, "changed")


def test_a_meeting_one_of_the_family_answered_stays_as_they_saw_it(world: World, tmp_path: Path) -> None:
    bring(with_meeting(tmp_path, agreed=False))
    found = TeamMeeting.objects.get()
    wish = MeetingWish(meeting=found, by=world.youth)
    wish.text = "Later in the day"
    wish.save()
    answer = bring(with_meeting(tmp_path, agreed=False, start="2099-02-05T10:00:00-06:00"))
    assert answer["kept_as_here"]["meeting"] == 1
    assert TeamMeeting.objects.get().starts_at == found.starts_at
