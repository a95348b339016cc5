"""The same files again, after the plan has ended here: nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from portal.care.models import Item, Plan
from tests.care.fhir import bundles
from tests.care.fhir.bundles import bring, kept
from tests.world import World

pytestmark = [pytest.mark.django_db]

MEETING = {
    "resourceType": "Appointment",
    "id": "a1",
    "status": "proposed",
    "start": "2027-01-05T15:00:00-06:00",
    "participant": [{"actor": {"reference": bundles.MAYA}, "status": "accepted"}],
}


def ended(tmp_path: Path) -> tuple[Path, Plan]:
    whole = bundles.small()
    whole["entry"].append({"fullUrl": "urn:uuid:a1", "resource": MEETING})
    path = kept(tmp_path, whole)
    bring(path)
    Plan.objects.update(closed_at=timezone.now(), closed_for=Plan.Closing.WISH)
    return path, Plan.objects.get()


@pytest.mark.both_databases
def test_the_same_again_opens_no_second_plan(world: World, tmp_path: Path) -> None:
    path, plan = ended(tmp_path)
    answer = bring(path)
    assert not any({**answer["added"], **answer["changed"]}.values())
    assert [*Plan.objects.all()] == [plan]


def test_what_changed_elsewhere_is_left_as_it_was_when_the_plan_ended(world: World, tmp_path: Path) -> None:
    _path, plan = ended(tmp_path)
    answer = bring(kept(tmp_path, bundles.small(target=[{"dueDate": "2027-02-01"}])))
    assert not any({**answer["added"], **answer["changed"]}.values())
    assert answer["kept_as_here"] == {"taken out here": 1}
    assert [*Plan.objects.all()] == [plan]


def test_something_new_opens_the_next_plan_and_nothing_old_moves_there(world: World, tmp_path: Path) -> None:
    _path, plan = ended(tmp_path)
    whole = bundles.small()
    new = bundles.goal(id="g2", description={"text": "Ride the bus alone"})
    whole["entry"].append({"fullUrl": "urn:uuid:g2", "resource": new})
    answer = bring(kept(tmp_path, whole))
    assert {name: number for name, number in answer["added"].items() if number} == {"plans": 1, "goals": 1}
    second = Plan.objects.exclude(pk=plan.pk).get()
    assert [item.data["text"] for item in Item.objects.filter(plan=second)] == ["Ride the bus alone"]
