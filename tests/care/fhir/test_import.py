"""Records of other systems come in: known again, never guessed, never over the family's own words."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from portal.access import care as access
from portal.audit.models import Entry
from portal.care import actions, refusals
from portal.care.actions.exchange import answer_difference
from portal.care.models import Difference, ForeignRecord, Item, Plan, Seat, Version
from portal.families.models import Family, LegalAuthority, Member
from portal.notices.models import Notice
from tests.care.fhir import bundles
from tests.care.fhir.bundles import GOAL, MAYA, PLAN, bring, kept
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db]

SAMPLES = Path(os.environ.get("PORTAL_SAMPLE_DATA", ""))
needs_samples = pytest.mark.skipif(
    not os.environ.get("PORTAL_SAMPLE_DATA") or not (SAMPLES / "fhir").is_dir(),
    reason="PORTAL_SAMPLE_DATA names no folder with FHIR examples",
)


def maya() -> Member:
    return Member.objects.get(person__display_name="Maya Ruiz")


@pytest.mark.both_databases
def test_a_young_person_comes_in_with_who_raises_them_the_plan_the_goal_and_the_team(
    world: World, tmp_path: Path
) -> None:
    answer = bring(kept(tmp_path, bundles.small()), by=str(world.liaison.public_id))
    added = answer["added"]
    assert {name: number for name, number in added.items() if number} == {
        "families": 1,
        "youths": 1,
        "relatives": 1,
        "plans": 1,
        "goals": 1,
        "services": 1,
        "steps": 2,
        "seats": 2,
    }
    youth = maya()
    assert (str(youth.person.born_on), youth.family.name) == ("2012-03-04", "The family of Maya")
    rosa = Member.objects.get(person__display_name="Rosa Ruiz")
    assert (rosa.role, rosa.person.email, rosa.person.phone) == ("caregiver", None, None)
    assert not LegalAuthority.objects.filter(adult=rosa).exists(), "a file gives nobody a say"
    plan = Plan.objects.get(youth=youth)
    found = {item.kind: item for item in Item.objects.filter(plan=plan).order_by("-pk")}
    assert found["goal"].data | {"whose": "youth", "domain": "", "going": "better"} == found["goal"].data
    assert (found["goal"].data["started_on"], found["goal"].data["by_on"]) == ("2026-01-05", "2026-12-01")
    assert found["goal"].said_by == youth.person, "the young person’s own voice"
    assert found["service"].data["started_on"] == "2026-01-05"
    steps = {item.data["text"]: item for item in Item.objects.filter(plan=plan, kind="strategy")}
    assert steps["Counseling"].parent == found["goal"]
    assert steps["First talk"].parent == found["service"]
    named = Seat.objects.get(plan=plan, person=None)
    assert (named.name, named.agency) == ("Dr. Ana Bell", "Psychologist")
    shown = signed_in(None, world.liaison).get(f"/plans/{plan.public_id}/").content.decode()
    for words in (
        "Go to school without fear",
        "Getting better",
        "Who gives it: not said yet",
        "First talk",
        "Counseling",
    ):
        assert words in shown, words


@pytest.mark.both_databases
def test_twice_is_once(world: World, tmp_path: Path) -> None:
    path = kept(tmp_path, bundles.small())
    bring(path)
    rows = [model.objects.count() for model in (Family, Member, Item, Version, Seat, ForeignRecord, Notice)]
    answer = bring(path)
    assert not any({**answer["added"], **answer["changed"]}.values())
    assert answer["asked"] == 0
    assert rows == [model.objects.count() for model in (Family, Member, Item, Version, Seat, ForeignRecord, Notice)]


def test_what_staff_brought_in_changes_with_the_other_system_as_a_version(world: World, tmp_path: Path) -> None:
    bring(kept(tmp_path, bundles.small()))
    answer = bring(kept(tmp_path, bundles.small(target=[{"dueDate": "2027-02-01"}])))
    assert answer["changed"]["goals"] == 1
    item = Item.objects.get(plan__youth=maya(), kind="goal")
    assert item.data["by_on"] == "2027-02-01"
    assert [version.number for version in Version.objects.filter(plan=item.plan).order_by("number")] == [1, 2]


def familys_goal(world: World, tmp_path: Path, **upstream: Any) -> tuple[Item, Difference]:
    """The family of the cast has a goal that came from elsewhere, and changed it; then the other system says something new."""
    first = bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal()))
    bring(kept(tmp_path, first), by=str(world.liaison.public_id))
    youth = maya()
    world.caregiver_member.left_at = None
    Member.objects.filter(pk=world.caregiver_member.pk).update(family=youth.family)
    LegalAuthority.objects.filter(pk=world.caregiver_authority.pk).update(youth=youth)
    item = Item.objects.get(plan__youth=youth, kind="goal")
    said = item.data | {"text": "I walk to school with Nico", "domain": "school"}
    actions.change_item(actor=world.caregiver, item=item, mark=item.mark, data=said)
    again = bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal(**upstream)))
    answer = bring(kept(tmp_path, again))
    assert answer["asked"] == 1
    assert not any(answer["changed"].values())
    item.refresh_from_db()
    assert item.data["text"] == "I walk to school with Nico", "theirs stays"
    return item, Difference.objects.get(item=item, answer="")


NEW = {"description": {"text": "Attends school five days a week"}}


def test_what_the_family_wrote_stays_and_they_are_asked(world: World, tmp_path: Path) -> None:
    item, difference = familys_goal(world, tmp_path, **NEW)
    assert Notice.objects.filter(person=world.caregiver, about=f"difference:{difference.public_id}").exists()
    page = f"/plans/{item.plan.public_id}/differences/"
    browser = signed_in(None, world.caregiver)
    shown = browser.get(page).content.decode()
    assert "I walk to school with Nico" in shown
    assert "Attends school five days a week" in shown
    answer = browser.post(f"{page}{difference.public_id}/", {"answer": "keep", "mark": item.mark})
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.data["text"] == "I walk to school with Nico"
    same = bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal(**NEW)))
    assert bring(kept(tmp_path, same))["asked"] == 0, "asked once, until it says something new"
    assert "nothing to choose now" in browser.get(page).content.decode()


def test_they_take_what_the_other_system_says_as_a_version_of_their_own(world: World, tmp_path: Path) -> None:
    item, difference = familys_goal(world, tmp_path, **NEW)
    page = f"/plans/{item.plan.public_id}/differences/{difference.public_id}/"
    browser = signed_in(None, world.caregiver)
    old = browser.post(page, {"answer": "take", "mark": "another state"})
    assert old.status_code == 422
    assert browser.post(page, {"answer": "take", "mark": item.mark}).status_code == 302
    item.refresh_from_db()
    assert item.data["text"] == "Attends school five days a week"
    assert Version.objects.filter(plan=item.plan).order_by("-number").first().by == world.caregiver  # type: ignore[union-attr]
    assert "changed in the meantime" in browser.post(page, {"answer": "keep", "mark": item.mark}).content.decode()
    with pytest.raises(refusals.AnsweredMeanwhile):
        answer_difference(actor=world.caregiver, difference=difference, mark=item.mark, takes=False)


def test_only_who_may_change_it_is_asked(world: World, tmp_path: Path) -> None:
    item, difference = familys_goal(world, tmp_path, **NEW)
    page = f"/plans/{item.plan.public_id}/differences/"
    for who in (world.liaison, world.stranger_caregiver):
        browser = signed_in(None, who)
        assert browser.get(page).status_code == 404
        assert browser.post(f"{page}{difference.public_id}/", {"answer": "keep", "mark": item.mark}).status_code == 404
    assert signed_in(None, world.caregiver).post(f"{page}{difference.public_id}/", {"answer": "x"}).status_code == 404


def test_a_label_of_part_2_closes_it_to_who_raises_them(world: World, tmp_path: Path) -> None:
    label = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "42CFRPart2"}]}
    bring(kept(tmp_path, bundles.small(meta=label)), by=str(world.liaison.public_id))
    item = Item.objects.get(plan__youth=maya(), kind="goal")
    assert item.access_basis == "substance"
    reader = access.reader_of(world.liaison, item.plan)
    assert reader is not None
    assert item.pk not in {one.pk for one in access.visible_items(reader, item.plan)}
    told = Entry.objects.filter(family_id=item.plan.family.public_id, subject="plan")
    assert not any("goal" in entry.detail.get("items", []) for entry in told)


def test_labelled_later_it_is_closed_later(world: World, tmp_path: Path) -> None:
    bring(kept(tmp_path, bundles.small()))
    label = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "42CFRPart2"}]}
    bring(kept(tmp_path, bundles.small(meta=label)))
    goal = Item.objects.get(plan__youth=maya(), kind="goal")
    assert {goal.access_basis, *goal.children.values_list("access_basis", flat=True)} == {"substance"}
    bring(kept(tmp_path, bundles.small()))
    goal.refresh_from_db()
    assert goal.access_basis == "substance", "nothing opens it again"


def test_closed_without_saying_to_whom_is_not_taken_and_said(world: World, tmp_path: Path) -> None:
    label = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]}
    answer = bring(kept(tmp_path, bundles.small(meta=label)))
    assert answer["added"]["goals"] == 0
    assert any("restricted" in one["why"] for one in answer["refused"])


def test_a_consent_that_lacks_what_the_law_wants_is_reported_and_not_made_up(world: World, tmp_path: Path) -> None:
    consent = {"resourceType": "Consent", "id": "c", "status": "active", "patient": {"reference": MAYA}}
    answer = bring(kept(tmp_path, bundles.of((MAYA, bundles.patient()), ("urn:uuid:c", consent))))
    assert answer["added"]["releases"] == 0
    assert "to whom" in answer["refused"][0]["why"]
    assert "by what right they signed" in answer["refused"][0]["why"]


def test_what_is_not_kept_is_counted(world: World, tmp_path: Path) -> None:
    whole = bundles.small(note=[{"text": "x"}])
    whole["entry"].append({"resource": {"resourceType": "Observation", "id": "o"}})
    whole["entry"].append({"resource": {"resourceType": "Claim", "id": "c"}})
    answer = bring(kept(tmp_path, whole))
    assert answer["not_taken"] == {"Claim": 1, "Observation": 1}
    assert answer["not_kept"]["Goal.note"] == 1


def test_a_reference_to_nothing_is_counted_and_the_rest_comes_in(world: World, tmp_path: Path) -> None:
    whole = bundles.of((MAYA, bundles.patient()), (PLAN, bundles.plan()))
    answer = bring(kept(tmp_path, whole))
    assert answer["added"]["services"] == 1
    assert sum(answer["missing_references"].values()) >= 1


def nested(depth: int) -> bytes:
    return b'{"resourceType": "Patient", "extension": ' + b'[{"extension": ' * depth + b"[]" + b"}]" * depth + b"}"


OTHERS = "urn:uuid:99999999-9999-4999-8999-999999999999"
REFUSED: dict[str, tuple[object, str]] = {
    "no JSON": (b"{not json", "is no JSON"),
    "nothing in it": (b"", "is empty"),
    "XML": (b"<Bundle/>", "is XML"),
    "a list": (b"[]", "no FHIR resource"),
    "no type": ({"id": "x"}, "resourceType"),
    "deep": (nested(90), "nested deeper"),
    "very deep": (nested(5000), "is no JSON"),
    "wrong type": (bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal(description="x"))), "must be an object"),
    "wrong list": (bundles.of((MAYA, bundles.patient(name="Maya"))), "must be a list"),
    "wrong date": (bundles.of((MAYA, bundles.patient(birthDate="yesterday"))), "must be a date"),
    "born tomorrow": (bundles.of((MAYA, bundles.patient(birthDate="2199-01-01"))), "still to come"),
    "reached tomorrow": (
        bundles.of(
            (MAYA, bundles.patient()),
            (GOAL, bundles.goal(lifecycleStatus="completed", achievementStatus=None, statusDate="2199-01-01")),
        ),
        "still to come",
    ),
    "another child": (
        bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal(subject={"reference": OTHERS}))),
        "is about somebody else",
    ),
    "nobody's": (bundles.goal(subject={"reference": "Patient/unknown"}), "in none of the files"),
    "one number, two people": (
        bundles.of((MAYA, bundles.patient()), (OTHERS, bundles.patient(id="other"))),
        "have the same identifier",
    ),
    "one id, two goals": (
        bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal()), (GOAL, bundles.goal(startDate="2026-02-02"))),
        "have the same id",
    ),
    "DSTU2": (bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal(status="in-progress"))), "FHIR DSTU2"),
    "R5": (bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal(acceptance=[]))), "FHIR R5"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_is_refused_in_one_sentence_and_nothing_changes(
    world: World, tmp_path: Path, name: str
) -> None:
    value, words = REFUSED[name]
    nico = bundles.patient(id="nico", identifier=[{"system": "https://clinic.example/mrn", "value": "12"}])
    good = bundles.of(("urn:uuid:88888888-8888-4888-8888-888888888888", nico))
    families, people = Family.objects.count(), Member.objects.count()
    with pytest.raises(CommandError, match=words):
        bring(kept(tmp_path, good, "good.json"), kept(tmp_path, value, "bad.json"))
    assert (families, people) == (Family.objects.count(), Member.objects.count())


def test_what_is_no_file_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is a folder"):
        bring(tmp_path)
    with pytest.raises(CommandError, match="cannot be read"):
        bring(tmp_path / "none.json")
    with pytest.raises(CommandError, match="no programme"):
        bring(kept(tmp_path, bundles.small()), program="atlantis")
    with pytest.raises(CommandError, match="no liaison or facilitator"):
        bring(kept(tmp_path, bundles.small()), by=str(world.caregiver.public_id))


def test_the_id_of_another_familys_record_is_refused(world: World, tmp_path: Path) -> None:
    bring(kept(tmp_path, bundles.small()))
    other = bundles.patient(identifier=[{"system": "https://clinic.example/mrn", "value": "4712"}])
    whole = bundles.of((OTHERS, other), (GOAL, bundles.goal(subject={"reference": OTHERS}, expressedBy=None)))
    with pytest.raises(CommandError, match="record of another family"):
        bring(kept(tmp_path, whole))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_nobody_may_read_is_refused(world: World, tmp_path: Path) -> None:
    path = kept(tmp_path, bundles.small())
    path.chmod(0)
    with pytest.raises(CommandError, match="cannot be read"):
        bring(path)


def test_five_megabytes_are_read_in_seconds(world: World, tmp_path: Path) -> None:
    whole = bundles.small()
    filler = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "x" * 400},
        "component": [{"a": "b"}] * 20,
    }
    whole["entry"] += [{"fullUrl": f"urn:uuid:o{n}", "resource": filler | {"id": str(n)}} for n in range(7000)]
    path = kept(tmp_path, whole)
    assert path.stat().st_size > 5_000_000
    tracemalloc.start()
    began = time.process_time()
    answer = bring(path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer["not_taken"]["Observation"] == 7000
    assert time.process_time() - began < 60
    assert peak < 30 * path.stat().st_size


@needs_samples
def test_youths_others_made_come_in(world: World) -> None:
    files = sorted((SAMPLES / "fhir").glob("*.json"))
    answer = bring(*files)
    assert answer["added"]["youths"] == len(files)
    assert answer["refused"] == []
    plan = Plan.objects.get(youth__person__display_name="Gerardo Botello")
    assert plan.youth.person.language == "es"
    words = {item.data.get("text") or item.data.get("name") for item in Item.objects.filter(plan=plan)}
    assert {"Overactivity/inattention behavior management", "Counseling", "Psychological assessment"} <= words
    again = bring(*files)
    assert not any({**again["added"], **again["changed"]}.values())


@needs_samples
def test_the_examples_of_us_core_come_in_alone_and_together(world: World) -> None:
    files = sorted((SAMPLES / "us-core").glob("*.json"))
    for path in files:
        bring(path)
    assert Item.objects.filter(plan__youth__person__display_name="Amy V. Shaw", kind="goal").count() == 2
    again = bring(*files)
    assert not any({**again["added"], **again["changed"]}.values())


def test_rosa_is_read_before_she_is_named(world: World, tmp_path: Path) -> None:
    """Order in a bundle says nothing."""
    whole = bundles.small()
    whole["entry"].reverse()
    answer = bring(kept(tmp_path, whole))
    assert (answer["added"]["goals"], answer["added"]["relatives"], answer["refused"]) == (1, 1, [])
