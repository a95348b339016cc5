"""A directory comes in as HSDS: what is there, twice is once, and what cannot be used is said and holds up nothing else."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from portal.audit.models import Entry
from portal.directory.actions import note_entry
from portal.directory.hsds.mapping import mapped
from portal.directory.hsds.reading import read
from portal.directory.models import Hours, Place, Provider, Service
from portal.directory.rows import ServiceRow
from portal.programs.registry import profile_of
from tests.directory.filling import Cells, listed, small, written
from tests.world import World

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 20)
SAMPLES = Path(os.environ.get("PORTAL_SAMPLE_DATA", ""), "hsds")
needs_samples = pytest.mark.skipif(
    not os.environ.get("PORTAL_SAMPLE_DATA") or not SAMPLES.is_dir(),
    reason="PORTAL_SAMPLE_DATA names no folder with the HSDS examples",
)


def imported(path: Path, program: str = "louisiana-csoc") -> dict[str, Any]:
    said = io.StringIO()
    call_command("import_hsds", str(path), program=program, stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def the_service(folder: Path, **tables: list[Cells]) -> ServiceRow:
    """What one small directory is read as."""
    brought = mapped(read(written(folder, **small(**tables))), profile_of("louisiana-csoc"), TODAY)
    return brought.providers[0].services[0]


def test_a_folder_of_tables_becomes_an_entry_with_all_a_family_needs(tmp_path: Path) -> None:
    answer = imported(written(tmp_path / "csv", **small()))
    assert (answer["refused"], answer["left_out"]) == ([], [])
    entry = Service.objects.get()
    assert (entry.name, entry.provider.name, entry.provider.website) == (
        "Respite weekends",
        "Marais Family Center",
        "https://marais.example.org",
    )
    assert (entry.languages, entry.checked_on) == (["es"], dt.date(2026, 3, 2))
    place = entry.places.get()
    assert (place.region, place.phone) == ("jefferson", "(504) 555-0161")
    assert place.address == "12 Pecan Street, Harvey, LA, 70058"  # and not the person whose name stands above it
    assert Entry.objects.filter(subject="directory", subject_id="louisiana-csoc").count() == 1


def test_twice_is_once(tmp_path: Path) -> None:
    folder = written(tmp_path / "csv", **small())
    imported(folder)
    ids = set(Service.objects.values_list("public_id", "places", "places__hours"))
    again = imported(folder)
    assert again["services"] == {"added": 0, "changed": 0, "same": 1}
    assert again["places"] == {"added": 0, "changed": 0, "same": 1, "removed": 0}
    assert set(Service.objects.values_list("public_id", "places", "places__hours")) == ids
    assert Entry.objects.filter(subject="directory").count() == 1


def test_what_changed_is_changed_and_keeps_its_address(tmp_path: Path) -> None:
    imported(written(tmp_path / "csv", **small()))
    before = Service.objects.get().public_id
    moved = small()
    moved["services"][0]["name"] = "Respite nights"
    moved["addresses"][0]["address_1"] = "14 Pecan Street"
    answer = imported(written(tmp_path / "csv", **moved))
    assert (answer["services"]["changed"], answer["places"]["changed"]) == (1, 1)
    entry = Service.objects.get(public_id=before)
    assert (entry.name, entry.places.get().address[:2]) == ("Respite nights", "14")
    assert "nights" in entry.found_by


def test_a_place_that_is_given_up_goes_and_an_entry_of_another_file_stays(tmp_path: Path, world: World) -> None:
    other = listed(world.program)
    imported(written(tmp_path / "csv", **small()))
    gone = small(service_at_location=[], locations=[], addresses=[], phones=[])
    assert imported(written(tmp_path / "csv", **gone))["places"] == {"added": 1, "changed": 0, "same": 0, "removed": 1}
    assert Service.objects.filter(pk=other.pk).exists()


def test_what_staff_heard_later_stays(tmp_path: Path, world: World) -> None:
    told = small()
    told["services"][0]["wait_time"] = "3 weeks"
    folder = written(tmp_path / "csv", **told)
    imported(folder)
    entry = Service.objects.get()
    assert (entry.wait_days, entry.wait_said_on) == (21, dt.date(2026, 3, 2))
    note_entry(actor=world.liaison, entry=entry, wait_days=4, is_checked=True)
    assert imported(folder)["services"]["same"] == 1
    entry.refresh_from_db()
    assert (entry.wait_days, entry.wait_said_on, entry.checked_on) == (4, world.program.today(), world.program.today())


def test_a_service_that_is_closed_is_kept_and_not_listed(tmp_path: Path) -> None:
    closed = small()
    closed["services"][0]["status"] = "defunct"
    imported(written(tmp_path / "csv", **closed))
    assert not Service.objects.get().is_listed


def test_a_service_moves_to_another_organization(tmp_path: Path) -> None:
    imported(written(tmp_path / "csv", **small()))
    moved = small(organizations=[{"id": "o1", "name": "Marais Family Center"}, {"id": "o2", "name": "Cypress Help"}])
    moved["services"][0]["organization_id"] = "o2"
    assert imported(written(tmp_path / "csv", **moved))["services"]["changed"] == 1
    assert Service.objects.get().provider.name == "Cypress Help"


# -- what a row says -----------------------------------------------------------------------------------------------------


def test_the_kind_of_service_is_the_programmes_own_where_it_has_one(tmp_path: Path) -> None:
    linked = [
        {"id": "x", "link_id": "s1", "taxonomy_term_id": "t1"},
        {"id": "y", "link_id": "s1", "taxonomy_term_id": "t2"},
    ]
    terms = [
        {"id": "t1", "name": "Breaks for parents", "code": "PX"},
        {"id": "t2", "name": "RESPITE services", "code": ""},
    ]
    assert the_service(tmp_path, attributes=linked, taxonomy_terms=terms).category == "respite-services"
    assert the_service(tmp_path, attributes=linked[:1], taxonomy_terms=terms).category == "Breaks for parents"


def test_hours_of_several_days_stand_in_one_line_and_past_ones_are_left_out(tmp_path: Path) -> None:
    rows = [
        {"id": day, "service_id": "s1", "weekday": day, "opens_at": "09:00", "closes_at": "17:00"}
        for day in ("Tuesday", "Monday")
    ]
    past = {"id": "z", "service_id": "s1", "byday": "SA", "opens_at": "10:00:00", "valid_to": "2020-01-01"}
    (hours,) = the_service(tmp_path, regular_schedules=[*rows, past]).places[0].hours
    assert (hours.days, hours.opens_at, hours.closes_at) == ("MO,TU", dt.time(9), dt.time(17))


def test_a_region_is_known_by_its_own_name_and_never_by_a_city(tmp_path: Path) -> None:
    def region(**cells: str) -> str:
        return (
            the_service(tmp_path, addresses=[{"id": "d", "location_id": "l1", "city": "Jefferson", **cells}])
            .places[0]
            .region
        )

    assert region(region="St. John the Baptist Parish", state_province="Louisiana") == "st-john-the-baptist"
    assert region(county="Orleans") == "orleans"
    assert region(region="", state_province="LA") == ""
    assert region(region="Jefferson", state_province="TX") == ""


def test_areas_say_for_whom_it_is_where_there_is_no_place(tmp_path: Path) -> None:
    areas = [
        {"id": "1", "service_id": "s1", "name": name}
        for name in ("Orleans", "Orleans Parish", "All of Louisiana", "the Marais")
    ]
    places = the_service(tmp_path, service_at_location=[], service_areas=areas).places
    assert [(place.region, place.is_statewide) for place in places] == [("orleans", False), ("", True)]
    assert {place.phone for place in places} == {"(504) 555-0161"}
    (nowhere,) = the_service(tmp_path, service_at_location=[], service_areas=[]).places
    assert (nowhere.region, nowhere.is_statewide, nowhere.phone) == ("", False, "(504) 555-0161")


def test_by_video_it_is_for_the_whole_state(tmp_path: Path) -> None:
    place = the_service(
        tmp_path, locations=[{"id": "l1", "name": "Online", "location_type": "virtual"}], addresses=[]
    ).places[0]
    assert place.is_statewide


def test_a_fax_is_not_the_number_to_call(tmp_path: Path) -> None:
    phones = [
        {"id": "1", "service_id": "s1", "number": "(504) 555-0100", "type": "fax"},
        {"id": "2", "organization_id": "o1", "number": "(504) 555-0101", "extension": "7"},
    ]
    place = the_service(tmp_path, phones=phones).places[0]
    assert (place.phone, place.extension) == ("(504) 555-0101", "7")


@pytest.mark.parametrize(("code", "name", "known"), [
    ("es-MX", "", "es"), ("", "Vietnamese", "vi"), ("hat", "", "ht"), ("zh", "Chinese", "zh-hans"), ("", "Kreyòl", "ht"),
])  # fmt: skip
def test_languages_by_whatever_name(tmp_path: Path, code: str, name: str, known: str) -> None:
    assert the_service(tmp_path, languages=[{"id": "g", "service_id": "s1", "code": code, "name": name}]).languages == (
        known,
    )


# -- JSON, and older names ------------------------------------------------------------------------------------------------


def nested() -> dict[str, Any]:
    return {
        "id": "s1",
        "name": "Respite weekends",
        "status": "active",
        "assured_date": "2026-03-02",
        "organization": {"id": "o1", "name": "Marais Family Center", "website": "marais.example.org"},
        "phones": [{"id": "p1", "number": "(504) 555-0161"}],
        "languages": [{"id": "g1", "code": "es"}],
        "contacts": [{"id": "c", "name": "Ann Persona", "phones": [{"id": "p2", "number": "(504) 555-0199"}]}],
        "service_at_locations": [
            {
                "id": "a1",
                "location": {
                    "id": "l1",
                    "name": "Marais House",
                    "location_type": "physical",
                    "addresses": [
                        {"id": "d1", "address_1": "12 Pecan Street", "city": "Harvey", "region": "Jefferson"}
                        | {"state_province": "LA", "postal_code": 70058}
                    ],
                },
            }
        ],
    }


@pytest.mark.parametrize("wrap", ["alone", "list", "page", "tables", "organization"])
def test_json_of_every_shape_is_the_same_entry_as_its_tables(tmp_path: Path, wrap: str) -> None:
    imported(written(tmp_path / "csv", **small()))
    service = nested()
    inner = {key: value for key, value in service.items() if key != "organization"}
    shapes: dict[str, Any] = {
        "alone": service,
        "list": [service],
        "page": {"total_items": 1, "contents": [service]},
        "tables": {f"{name}.csv": rows for name, rows in small().items()},
        "organization": service["organization"] | {"services": [inner]},
    }
    (tmp_path / "one.json").write_text(json.dumps(shapes[wrap]))
    answer = imported(tmp_path / "one.json")
    assert (answer["services"]["same"], answer["places"]["same"]) == (1, 1), answer
    assert "555-0199" not in "".join(Place.objects.values_list("phone", flat=True))  # a person's own


def test_the_names_older_directories_use_are_known(tmp_path: Path) -> None:
    tables = small()
    tables["physical_addresses"] = tables.pop("addresses")
    tables["services_at_location"] = tables.pop("service_at_location")
    tables["languages"] = [{"id": "g1", "service_id": "s1", "language": "Spanish"}]
    imported(written(tmp_path / "csv", **tables))
    entry = Service.objects.get()
    assert (entry.languages, entry.places.get().region) == (["es"], "jefferson")


# -- the standard's own examples -----------------------------------------------------------------------------------------


@needs_samples
@pytest.mark.parametrize("name", ["csv", "organization_full.json", "service_full.json", "tabular.json"])
def test_the_examples_of_the_standard_come_in(name: str) -> None:
    answer = imported(SAMPLES / name)
    assert [answer[kind]["added"] for kind in ("providers", "services", "places")] == [1, 1, 1]
    entry = Service.objects.get()
    assert (entry.name, entry.languages) == ("Community Counselling", ["ur"])
    place = entry.places.get()
    assert (place.name, place.phone, place.extension) == ("MyCity Civic Center", "+44 1234 234567", "100")
    assert "Wheelchair" in place.access
    assert imported(SAMPLES / name)["services"]["same"] == 1


@needs_samples
def test_the_examples_as_a_zip_are_the_same(tmp_path: Path) -> None:
    imported(SAMPLES / "csv")
    zipped = shutil.make_archive(str(tmp_path / "examples"), "zip", SAMPLES, "csv")
    assert imported(Path(zipped))["services"]["same"] == 1
    assert (Provider.objects.count(), Hours.objects.count()) == (1, 0)
