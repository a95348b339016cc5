"""What leaves comes back: every part of every kind, without a database."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.accounts.models import Person
from portal.care.fhir.brought import ORDER
from portal.care.fhir.checking import problem_of
from portal.care.fhir.incoming import incoming
from portal.care.fhir.reading import Files
from portal.care.fhir.things import Things
from portal.care.kinds import KINDS, Kind, NotGood, Part, check
from portal.care.models import Item
from portal.families.models import AccessBasis
from tests.care.fhir.bundles import MAYA, patient

TODAY = dt.date(2026, 11, 22)
PATIENT = {"reference": MAYA}
words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    lambda text: text == " ".join(text.split()) and text != ""
)
days = st.dates(dt.date(2020, 1, 1), TODAY)


def part_of(part: Part) -> st.SearchStrategy[Any]:
    if part.choices is not None:
        known: st.SearchStrategy[Any] = st.sampled_from(part.choices.values)
    elif part.sort == "number":
        known = st.integers(-9_999, 9_999).map(lambda number: number / 4)
    else:
        known = {"day": days, "yes": st.booleans(), "items": st.just([])}.get(part.sort, words)
    return known if part.required else st.none() | known


@st.composite
def said(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    data = {part.name: draw(part_of(part)) for part in kind.parts}
    if data.get("going") and kind.name in {"goal", "task"} and (data.get("reached_on") or data.get("done_on")):
        data["going"] = None  # the day says it
    if data.get("setting") == "away":
        data |= {"reason": draw(words), "ends_on": draw(days), "steps_home": draw(words)}
    else:
        data |= {"reason": None} if "reason" in data else {}
    return check(kind.name, data)


@st.composite
def plans(draw: st.DrawFn) -> list[Item]:
    items: list[Item] = []
    youth = Person(display_name="Maya Ruiz")
    for name in ORDER:
        for _one in range(draw(st.integers(0, 2))):
            kind = KINDS[name]
            above = [item for item in items if item.kind in kind.under]
            if kind.under and not above and not kind.may_stand_alone:
                continue
            try:
                data = draw(said(kind))
            except NotGood:
                continue
            item = Item(pk=len(items) + 1, kind=name, said_by=youth, number=1)
            item.parent = draw(st.sampled_from(above)) if above else None
            item.access_basis = draw(st.sampled_from(AccessBasis.values))
            for part in kind.parts:
                if part.sort == "items":
                    known = [str(one.public_id) for one in items if one.kind == part.of]
                    data[part.name] = sorted(draw(st.lists(st.sampled_from(known), unique=True))) if known else []
            item.data = data
            items.append(item)
    return items


@settings(max_examples=25, deadline=None)
@given(plans())
def test_every_part_of_every_kind_comes_back_as_it_left(items: list[Item]) -> None:
    things = Things(PATIENT, items, lambda _person: dict(PATIENT))
    resources = json.loads(json.dumps(things.resources()))
    whole = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources] or None,
    }
    assert problem_of({name: value for name, value in whole.items() if value}) is None
    files = Files("test")
    files.add(patient(), number=0, file="t", full_url=MAYA)
    for one in resources:
        files.add(one, number=0, file="t", full_url=f"urn:uuid:{one['id']}")
    brought = incoming(files, TODAY)
    assert (brought.refused, dict(brought.missing)) == ([], {})
    assert not {path for path in brought.not_kept if not path.startswith("Patient.")}
    back = {one.key.id: one for one in brought.items}
    for item in items:
        found = back[f"urn:uuid:{item.public_id}"]
        assert _comparable(item.kind, found.data) == _comparable(item.kind, item.data)
        assert found.kind == item.kind
        assert found.basis == item.access_basis
        assert (found.parent.id if found.parent else None) == (
            f"urn:uuid:{item.parent.public_id}" if item.parent else None
        )
        for name, keys in found.refers.items():
            assert sorted(key.id.removeprefix("urn:uuid:") for key in keys) == item.data[name]


def _comparable(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    lists = {part.name for part in KINDS[kind].parts if part.sort == "items"}
    return {name: value for name, value in data.items() if name not in lists and name != "going"}
