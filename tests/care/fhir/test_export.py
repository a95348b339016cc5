"""What leaves: what that person may see, or that consent covers, at that moment; and it comes back whole."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from portal.audit.models import Entry
from portal.care.fhir.checking import problem_of
from portal.care.management.commands import export_fhir
from portal.care.models import Item, TeamMeeting
from portal.families.models import Disclosure, Release, Released
from tests.care.fhir import bundles
from tests.care.fhir.bundles import Json, bring, kept, of_kind, write
from tests.care.plans import added, one_of_each, opened
from tests.world import World

pytestmark = [pytest.mark.django_db]

SAMPLES = Path(os.environ.get("PORTAL_SAMPLE_DATA", ""))


def sides(whole: Json) -> Any:
    """The same for two systems: ids by the order in which they come, who works elsewhere by name, without the team.

    On a team stand also those who are beside the family in that system.
    """
    entries = []
    for entry in whole["entry"]:
        resource = dict(entry["resource"])
        if resource["resourceType"] in {"CareTeam", "Practitioner"}:
            continue
        resource.pop("careTeam", None)
        own = ("/family", "/legal-authority")
        resource["extension"] = [one for one in resource.get("extension", []) if not one["url"].endswith(own)]
        for name in ("requester", "author", "expressedBy"):
            if resource.get(name, {}).get("type") == "Practitioner":
                resource[name] = {"display": resource[name]["display"]}
        entries.append(resource)
    known: dict[str, str] = {}
    text = json.dumps(entries, sort_keys=True)
    return json.loads(
        re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda one: known.setdefault(one[0], f"#{len(known)}"), text)
    )


@pytest.mark.both_databases
def test_export_and_import_onto_an_empty_system_and_export_are_the_same(world: World, tmp_path: Path) -> None:
    plan = opened(world)
    made = one_of_each(world, plan)
    added(world.facilitator, plan, "strategy", made["service"], text="They call on Mondays")
    TeamMeeting.objects.create(
        plan=plan,
        proposed_by=world.facilitator,
        zone="America/Chicago",
        starts_at=timezone.now() + dt.timedelta(days=9),
        **sealed("The library, room 2"),
    )
    first = write(world.family.public_id, person=str(world.facilitator.public_id))
    assert problem_of(first) is None
    path = kept(tmp_path, first)
    assert not any(bring(path)["added"].values()), "our own records are known here"
    answer = bring(path, program="missouri-initiative", by=str(world.faraway_liaison.public_id))
    assert answer["refused"] == []
    assert {one for one in answer["not_kept"] if "legal-authority" not in one} <= {"CarePlan.text"}
    second = write(answer["families"][0]["id"], person=str(world.faraway_liaison.public_id))
    assert sides(second) == sides(first)
    again = bring(path, program="missouri-initiative", by=str(world.faraway_liaison.public_id))
    assert not any({**again["added"], **again["changed"]}.values())


def sealed(place: str) -> dict[str, Any]:
    meeting = TeamMeeting()
    meeting.place = place
    return {"public_id": meeting.public_id, "sealed_place": meeting.sealed_place}


@pytest.mark.skipif(not (SAMPLES / "fhir").is_dir(), reason="PORTAL_SAMPLE_DATA names no folder with FHIR examples")
def test_the_youths_others_made_go_on_to_another_system_whole(world: World, tmp_path: Path) -> None:
    liaison = str(world.liaison.public_id)
    for path in sorted((SAMPLES / "fhir").glob("*.json")):
        here = bring(path, by=liaison)
        first = write(here["families"][0]["id"], person=liaison)
        there = bring(kept(tmp_path, first), program="missouri-initiative", by=str(world.faraway_liaison.public_id))
        second = write(there["families"][0]["id"], person=str(world.faraway_liaison.public_id))
        assert sides(second) == sides(first)


def test_each_gets_what_they_may_see_and_nobody_else_anything(world: World) -> None:
    plan = opened(world)
    one_of_each(world, plan)
    secret = added(world.facilitator, plan, "task", text="SECRET", owner="x", agency="x", due_on=world.program.today())
    Item.objects.filter(pk=secret.pk).update(access_basis="minor")
    hers = json.dumps(write(world.family.public_id, person=str(world.caregiver.public_id)))
    assert "SECRET" not in hers
    assert "SECRET" in json.dumps(write(world.family.public_id, person=str(world.youth.public_id)))
    his = write(world.family.public_id, person=str(world.youth.public_id))
    assert "Nights I slept" not in json.dumps(his)
    for who in ("natural_support", "stranger_caregiver", "stranger_liaison", "peer"):
        with pytest.raises(CommandError, match="only who may see one"):
            write(world.family.public_id, person=str(getattr(world, who).public_id))
    with pytest.raises(CommandError, match="no family"):
        write(plan.public_id, person=str(world.youth.public_id))
    with pytest.raises(CommandError, match="must be an id"):
        write("x", person=str(world.youth.public_id))


def test_every_export_is_on_the_record(world: World) -> None:
    plan = opened(world)
    write(world.family.public_id, person=str(world.facilitator.public_id))
    entry = Entry.objects.filter(subject="plan", subject_id=str(plan.public_id), detail__step="export").get()
    assert entry.actor == world.facilitator


def signed(world: World, *categories: str, **more: Any) -> Release:
    release = Release(
        youth=world.youth_member,
        discloser=world.program.name,
        to_name="Dr. Ana Bell",
        starts_on=world.program.today(),
        ends_on=world.program.today() + dt.timedelta(days=90),
        language="en",
        text_version="1",
        signed_by=world.caregiver,
        signed_as=world.caregiver.display_name,
        authority="full",
        **more,
    )
    release.terms = {"what": "the plan", "why": "to plan together", "event": ""}
    release.save()
    Released.objects.bulk_create(Released(release=release, category=one) for one in categories)
    return release


def test_a_consent_lets_out_what_it_covers_and_that_is_among_what_was_shared(world: World) -> None:
    plan = opened(world)
    one_of_each(world, plan)
    release = signed(world, "services")
    whole = write(world.family.public_id, release=str(release.public_id))
    assert len(of_kind(whole, "ServiceRequest")) == 1
    assert not of_kind(whole, "Goal")
    assert not of_kind(whole, "RelatedPerson")
    shared = Disclosure.objects.get(release=release)
    assert (shared.to_name, shared.categories, shared.was_refused) == ("Dr. Ana Bell", "services", False)


@pytest.mark.both_databases
def test_taken_back_while_it_is_written_nothing_leaves(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = opened(world)
    one_of_each(world, plan)
    release = signed(world, "plan", "services")

    def meanwhile(whole: Json) -> str | None:
        Release.objects.filter(pk=release.pk).update(revoked_at=timezone.now(), revoked_by=world.caregiver)
        return problem_of(whole)

    monkeypatch.setattr(export_fhir, "problem_of", meanwhile)
    out = io.StringIO()
    with pytest.raises(CommandError, match="taken back"):
        call_command(
            "export_fhir", "--family", str(world.family.public_id), "--release", str(release.public_id), stdout=out
        )
    assert out.getvalue() == ""
    assert not Disclosure.objects.filter(release=release).exists()


def test_a_consent_of_another_family_lets_nothing_out(world: World) -> None:
    opened(world)
    release = signed(world, "plan")
    with pytest.raises(CommandError, match="holds now"):
        write(world.stranger_family.public_id, release=str(release.public_id))


def test_what_is_about_substances_carries_its_labels_and_the_notice(world: World) -> None:
    plan = opened(world)
    item = added(world.facilitator, plan, "goal", text="Fewer drinks", whose="youth", domain="health")
    Item.objects.filter(pk=item.pk).update(access_basis="substance")
    whole = write(world.family.public_id, person=str(world.youth.public_id))
    assert "42 CFR part 2 prohibits" in whole["meta"]["security"][0]["display"]
    assert {one["code"] for one in of_kind(whole, "Goal")[0]["meta"]["security"]} == {"R", "42CFRPart2"}


def test_a_consent_that_says_all_comes_back_as_one(world: World, tmp_path: Path) -> None:
    opened(world)
    signed(world, "services")
    path = kept(tmp_path, write(world.family.public_id, person=str(world.facilitator.public_id)))
    answer = bring(path, program="missouri-initiative", by=str(world.faraway_liaison.public_id))
    assert (answer["added"]["releases"], answer["refused"]) == (1, [])
    back = Release.objects.exclude(youth=world.youth_member).get()
    assert (back.to_name, back.to_person, back.terms["why"]) == ("Dr. Ana Bell", None, "to plan together")
    with pytest.raises(CommandError, match="holds now"):  # nobody there has seen her paper
        write(answer["families"][0]["id"], release=str(back.public_id))


def test_small_bundles_are_what_the_definitions_say(world: World, tmp_path: Path) -> None:
    answer = bring(kept(tmp_path, bundles.small()), by=str(world.liaison.public_id))
    whole = write(answer["families"][0]["id"], person=str(world.liaison.public_id))
    goal = of_kind(whole, "Goal")[0]
    assert goal["startDate"] == "2026-01-05"
    assert goal["achievementStatus"]["coding"][0]["code"] == "improving"
    assert {"system": "https://clinic.example/mrn", "value": "4711"} in of_kind(whole, "Patient")[0]["identifier"]
