"""Small FHIR bundles written for a test, and the two commands."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from django.core.management import call_command

Json = dict[str, Any]
SLUG = "louisiana-csoc"
MAYA = "urn:uuid:11111111-1111-4111-8111-111111111111"
ROSA = "urn:uuid:22222222-2222-4222-8222-222222222222"
GOAL = "urn:uuid:33333333-3333-4333-8333-333333333333"
PLAN = "urn:uuid:44444444-4444-4444-8444-444444444444"
TEAM = "urn:uuid:55555555-5555-4555-8555-555555555555"


def patient(**more: Any) -> Json:
    return {
        "resourceType": "Patient",
        "id": "maya",
        "identifier": [{"system": "https://clinic.example/mrn", "value": "4711"}],
        "name": [{"family": "Ruiz", "given": ["Maya"]}],
        "birthDate": "2012-03-04",
    } | more


def goal(**more: Any) -> Json:
    return {
        "resourceType": "Goal",
        "id": "g1",
        "lifecycleStatus": "active",
        "achievementStatus": {
            "coding": [{"system": "http://terminology.hl7.org/CodeSystem/goal-achievement", "code": "improving"}]
        },
        "description": {"text": "Go to school without fear"},
        "subject": {"reference": MAYA},
        "startDate": "2026-01-05",
        "target": [{"dueDate": "2026-12-01"}],
        "expressedBy": {"reference": MAYA},
    } | more


def rosa(**more: Any) -> Json:
    return {
        "resourceType": "RelatedPerson",
        "id": "rosa",
        "patient": {"reference": MAYA},
        "relationship": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "MTH"}]}],
        "name": [{"text": "Rosa Ruiz"}],
    } | more


def plan(**more: Any) -> Json:
    return {
        "resourceType": "CarePlan",
        "id": "p1",
        "status": "active",
        "intent": "plan",
        "title": "Anxiety care",
        "subject": {"reference": MAYA},
        "period": {"start": "2026-01-05"},
        "goal": [{"reference": GOAL}],
        "activity": [
            {"detail": {"status": "in-progress", "code": {"text": "Counseling"}, "goal": [{"reference": GOAL}]}},
            {"detail": {"status": "completed", "code": {"text": "First talk"}}},
        ],
    } | more


def team(**more: Any) -> Json:
    return {
        "resourceType": "CareTeam",
        "id": "t1",
        "status": "active",
        "subject": {"reference": MAYA},
        "participant": [
            {"member": {"reference": MAYA}},
            {"member": {"reference": ROSA}},
            {"member": {"display": "Dr. Ana Bell"}, "role": [{"text": "Psychologist"}]},
        ],
    } | more


def of(*entries: tuple[str, Json]) -> Json:
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in entries],
    }


def small(**goal_says: Any) -> Json:
    return of((MAYA, patient()), (ROSA, rosa()), (GOAL, goal(**goal_says)), (PLAN, plan()), (TEAM, team()))


def kept(folder: Path, value: object, name: str = "maya.json") -> Path:
    path = folder / name
    path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return path


def bring(*paths: Path, program: str = SLUG, **options: str) -> Json:
    out = io.StringIO()
    call_command("import_fhir", *(str(path) for path in paths), program=program, stdout=out, **options)
    answer: Json = json.loads(out.getvalue())
    return answer


def write(family: object, **options: str) -> Json:
    """`person` or `release`."""
    out = io.StringIO()
    name, value = next(iter(options.items()))
    option = {"person": "--for", "release": "--release"}[name]
    call_command("export_fhir", "--family", str(family), option, value, stdout=out, stderr=io.StringIO())
    whole: Json = json.loads(out.getvalue())
    return whole


def of_kind(whole: Json, kind: str) -> list[Json]:
    return [one["resource"] for one in whole["entry"] if one["resource"]["resourceType"] == kind]
