"""Consents and names from elsewhere: what does not fit is refused by itself, never cut, and never stops the rest."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from portal.care.fhir.terms import codes, own
from portal.families.models import Family, Release, Released
from tests.care.fhir import bundles
from tests.care.fhir.bundles import MAYA, ROSA, Json, bring, kept
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SAID = {
    "discloser": ("valueString", "Gulf Clinic"),
    "what": ("valueString", "Goals and steps"),
    "signed-as": ("valueString", "Rosa Ruiz"),
    "authority": ("valueCode", "full"),
    "language": ("valueCode", "es"),
    "text-version": ("valueString", "2026-10"),
}


def consent(*, to: str = "Dr. Reed", end: str = "2027-01-05", **more: Any) -> Json:
    said = SAID | {name.replace("_", "-"): ("valueString", text) for name, text in more.items() if name != "dateTime"}
    plan, team = ({"system": codes("category"), "code": code} for code in ("plan", "team"))
    return {
        "resourceType": "Consent",
        "id": "c1",
        "status": "active",
        "extension": [{"url": own(name), kind: text} for name, (kind, text) in said.items()],
        "patient": {"reference": MAYA},
        "dateTime": more.get("dateTime", "2026-01-05T09:30:00-06:00"),
        "performer": [{"reference": ROSA}],
        "provision": {
            "period": {"start": "2026-01-05", "end": end},
            "actor": [{"reference": {"display": to}}],
            "class": [plan, team, plan],
            "purpose": [{"display": "One plan"}],
        },
    }


def brought(tmp_path: Path, said: Json) -> Json:
    whole = bundles.of((MAYA, bundles.patient()), (ROSA, bundles.rosa()), ("urn:uuid:c1", said))
    return bring(kept(tmp_path, whole))


def test_the_same_part_of_the_record_twice_is_once(world: World, tmp_path: Path) -> None:
    answer = brought(tmp_path, consent())
    assert (answer["added"]["releases"], answer["refused"]) == (1, [])
    assert sorted(Released.objects.values_list("category", flat=True)) == ["plan", "team"]


def test_a_day_without_an_hour_is_noon_where_the_programme_is(world: World, tmp_path: Path) -> None:
    assert brought(tmp_path, consent(dateTime="2026-01-05"))["added"]["releases"] == 1
    assert Release.objects.get().signed_at == dt.datetime(2026, 1, 5, 12, tzinfo=world.program.zone)


DOES_NOT_FIT: dict[str, tuple[Json, str]] = {
    "discloser": (consent(discloser="x" * 201), "who may tell: longer than 200 characters"),
    "to whom": (consent(to="x" * 201), "to whom: longer than 200 characters"),
    "signed as": (consent(signed_as="x" * 121), "the name that was signed with: longer than 120 characters"),
    "right": (consent() | {"extension": []}, "must also say"),
    "words": (consent(text_version="x" * 65), "which words were signed: longer than 64 characters"),
    "interpreter": (consent(interpreter="x" * 121), "who interpreted: longer than 120 characters"),
    "witness": (consent(witness="x" * 121), "who saw it signed: longer than 120 characters"),
    "explained by": (consent(explained_by="x" * 121), "who explained it: longer than 120 characters"),
    "no letters": (consent(to="\u0000"), "must also say: to whom"),
    "end": (consent(end="2026-01-04"), "it ends (2026-01-04) before it begins (2026-01-05)"),
}


@pytest.mark.parametrize("name", DOES_NOT_FIT)
def test_a_consent_that_does_not_fit_is_refused_by_itself(world: World, tmp_path: Path, name: str) -> None:
    said, why = DOES_NOT_FIT[name]
    answer = brought(tmp_path, said)
    assert (answer["added"]["youths"], answer["added"]["releases"]) == (1, 0)
    assert [why in one["why"] for one in answer["refused"]] == [True]


@pytest.mark.parametrize(("name", "most"), [("language", 12), ("authority", 12)])
def test_a_code_that_does_not_fit_is_refused_too(world: World, tmp_path: Path, name: str, most: int) -> None:
    said = consent()
    next(one for one in said["extension"] if one["url"] == own(name))["valueCode"] = "x" * (most + 1)
    assert f"longer than {most} characters" in brought(tmp_path, said)["refused"][0]["why"]


def test_a_family_of_a_very_long_name_fits(world: World, tmp_path: Path) -> None:
    whole = bundles.of((MAYA, bundles.patient(name=[{"text": "M" * 100}])))
    assert bring(kept(tmp_path, whole))["added"]["families"] == 1
    assert len(Family.objects.latest("pk").name) == 80
