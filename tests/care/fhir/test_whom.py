"""Whom a resource is about: named as FHIR lets it be named, and refused alone where that person was not taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError

from portal.care.fhir.terms import codes
from portal.care.models import ForeignRecord, Item
from portal.families.models import Member
from tests.care.fhir import bundles
from tests.care.fhir.bundles import GOAL, MAYA, ROSA, Json, bring, kept
from tests.world import World

pytestmark = [pytest.mark.django_db]

NOT_TAKEN = "the record of the young person it is about was not taken"
NICO = "urn:uuid:66666666-6666-4666-8666-666666666666"
OF_NICO = "urn:uuid:77777777-7777-4777-8777-777777777777"
INSIDE: Json = {"reference": "#c"}
CONTAINED: Json = {"contained": [{"resourceType": "Patient", "id": "c", "name": [{"text": "Somebody Inside"}]}]}
KIND: Json = {"coding": [{"system": codes("kind"), "code": "strength"}]}


def by_number(value: str, system: str = "https://clinic.example/mrn") -> Json:
    return {"identifier": {"system": system, "value": value}}


def nico(**more: object) -> Json:
    number = {"identifier": [{"system": "https://clinic.example/mrn", "value": "12"}]}
    return bundles.patient(id="nico", name=[{"text": "Nico Ruiz"}], **number) | more


def test_what_is_about_somebody_who_was_not_taken_is_refused_alone(world: World, tmp_path: Path) -> None:
    changed = nico(modifierExtension=[{"url": "https://clinic.example/not-a-person", "valueBoolean": True}])
    whole = bundles.of(
        (MAYA, bundles.patient()),
        (NICO, changed),
        (GOAL, bundles.goal()),
        (OF_NICO, bundles.goal(id="g2", subject={"reference": NICO}, expressedBy=None)),
        ("urn:uuid:g3", bundles.goal(id="g3", subject=by_number("12"), expressedBy=None)),
    )
    answer = bring(kept(tmp_path, whole))
    assert (answer["added"]["youths"], answer["added"]["goals"]) == (1, 1)
    why = [one["why"] for one in answer["refused"]]
    assert "modifierExtension" in why[0]
    assert why[1:] == [NOT_TAKEN, NOT_TAKEN]
    assert not Member.objects.filter(person__display_name="Nico Ruiz").exists()


ABOUT_INSIDE: dict[str, Json] = {
    "RelatedPerson": bundles.rosa(patient=INSIDE),
    "Task": {"resourceType": "Task", "status": "requested", "intent": "plan", "description": "Call", "for": INSIDE},
    "Appointment": {
        "resourceType": "Appointment",
        "status": "proposed",
        "start": "2027-01-05T15:00:00-06:00",
        "participant": [{"actor": INSIDE, "status": "accepted"}],
    },
    "Consent": {"resourceType": "Consent", "status": "active", "patient": INSIDE},
    "Basic": {"resourceType": "Basic", "code": KIND, "subject": INSIDE},
}


@pytest.mark.parametrize("kind", ABOUT_INSIDE)
def test_a_young_person_inside_something_that_holds_nobody_is_not_taken(
    world: World, tmp_path: Path, kind: str
) -> None:
    whole = bundles.of((MAYA, bundles.patient()), (ROSA, ABOUT_INSIDE[kind] | CONTAINED), (GOAL, bundles.goal()))
    answer = bring(kept(tmp_path, whole))
    assert (answer["added"]["goals"], answer["added"]["youths"]) == (1, 1)
    assert [one["why"] for one in answer["refused"]] == [NOT_TAKEN]


def test_a_young_person_may_be_named_by_a_number_of_theirs(world: World, tmp_path: Path) -> None:
    whole = bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal(subject=by_number("4711"))))
    answer = bring(kept(tmp_path, whole))
    assert (answer["added"]["goals"], answer["refused"]) == (1, [])
    assert Item.objects.get(kind="goal").plan.youth.person.display_name == "Maya Ruiz"
    somebody = bundles.of((MAYA, bundles.patient()), (GOAL, bundles.goal(subject=by_number("4712"))))
    with pytest.raises(CommandError, match="is about somebody else"):
        bring(kept(tmp_path, somebody))


def test_a_number_that_is_an_address_names_a_young_person_too(world: World, tmp_path: Path) -> None:
    alone = by_number(MAYA, "urn:ietf:rfc:3986")
    with pytest.raises(CommandError, match="in none of the files"):
        bring(kept(tmp_path, bundles.goal(subject=alone, expressedBy=None)))
    named = alone | {"display": "Maya Ruiz"}
    assert bring(kept(tmp_path, bundles.goal(subject=named, expressedBy=None)))["added"]["youths"] == 1


def test_nobody_is_known_by_a_number_that_is_never_kept(world: World, tmp_path: Path) -> None:
    secret = by_number("000-00-0000", "http://hl7.org/fhir/sid/us-ssn") | {"display": "Maya Ruiz"}
    answer = bring(kept(tmp_path, bundles.goal(subject=secret, expressedBy=None)))
    assert "does not say which young person" in answer["refused"][0]["why"]
    assert not ForeignRecord.objects.filter(foreign_id__contains="000").exists()
