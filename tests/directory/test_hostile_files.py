"""Wrong, broken and hostile directories: a bad row is refused alone, a wrong file changes nothing and says so in a sentence."""

from __future__ import annotations

import json
import struct
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.directory.hsds import reading
from portal.directory.models import Provider, Service
from portal.programs.models import Program
from tests.directory.filling import Cells, small, written
from tests.directory.test_import import imported

pytestmark = pytest.mark.django_db


def refused(path: Path, why: str, program: str = "louisiana-csoc") -> None:
    with pytest.raises(CommandError, match=why) as said:
        call_command("import_hsds", str(path), program=program)
    assert "\n" not in str(said.value)
    assert (Provider.objects.count(), Service.objects.count(), Program.objects.count()) == (0, 0, 0)


def two(*services: Cells) -> dict[str, list[Cells]]:
    """The small directory with these rows before its own service."""
    tables = small()
    tables["services"] = [*services, *tables["services"]]
    return tables


# -- rows ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("bad", "why"), [
    ({"id": "", "organization_id": "o1", "name": "X"}, "has no id"),
    ({"id": "x" * 101, "organization_id": "o1", "name": "X"}, "has an id of more than 100"),
    ({"id": "s\x00", "organization_id": "o1", "name": "X"}, "has an id with characters"),
    ({"id": "s0", "organization_id": "o1", "name": " \x00 "}, "has no name"),
    ({"id": "s0", "organization_id": "nobody", "name": "X"}, "names an organization that is not in"),
    ({"id": "s0", "organization_id": "", "name": "X"}, "names no organization"),
])  # fmt: skip
def test_a_bad_row_is_refused_and_the_good_one_comes_in(tmp_path: Path, bad: Cells, why: str) -> None:
    answer = imported(written(tmp_path / "csv", **two(bad)))
    assert [(one["table"], one["line"]) for one in answer["refused"]] == [("services", 2)]
    assert answer["refused"][0]["why"].startswith(why)
    assert Service.objects.get().name == "Respite weekends"


def test_the_second_row_with_an_id_is_refused(tmp_path: Path) -> None:
    again = {"id": "s1", "organization_id": "o1", "name": "Another"}
    tables = small()
    tables["services"].append(again)
    answer = imported(written(tmp_path / "csv", **tables))
    assert [one["id"] for one in answer["refused"]] == ["s1"]
    (tmp_path / "same.json").write_text(json.dumps(tables))
    assert [one["id"] for one in imported(tmp_path / "same.json")["refused"]] == ["s1"]
    assert Service.objects.get().name == "Respite weekends"


def test_parts_that_belong_to_nothing_are_said(tmp_path: Path) -> None:
    tables = small(
        service_at_location=[
            {"id": "a0", "service_id": "s1", "location_id": "nowhere"},
            {"id": "a9", "service_id": "none", "location_id": "l1"},
            {"id": "a1", "service_id": "s1", "location_id": "l1"},
        ],
        phones=[{"id": "p0", "service_id": "none", "number": "(504) 555-0100"}],
    )
    answer = imported(written(tmp_path / "csv", **tables))
    assert {one["id"] for one in answer["refused"]} == {"a0", "a9", "p0"}
    assert Service.objects.get().places.get().phone == ""


def test_a_service_of_a_refused_organization_says_so(tmp_path: Path) -> None:
    tables = small()
    tables["organizations"].append({"id": "o0", "name": ""})
    tables["services"].append({"id": "s0", "organization_id": "o0", "name": "X"})
    whys = {one["why"] for one in imported(written(tmp_path / "csv", **tables))["refused"]}
    assert whys == {"has no name", "belongs to an organization that was refused"}


def test_a_value_that_cannot_be_is_left_out_of_a_row_that_stays(tmp_path: Path) -> None:
    tables = small(
        phones=[{"id": "p", "service_id": "s1", "number": "ask Ann"}],
        languages=[{"id": "g", "service_id": "s1", "name": "Elvish"}],
        schedules=[{"id": "h", "service_id": "s1", "byday": "MO", "opens_at": "nine", "closes_at": "17:00"}],
    )
    tables["organizations"][0] |= {"website": "javascript:alert(1)", "email": "nobody"}
    tables["services"][0] |= {"assured_date": "2199-01-01", "status": "sleeping", "url": "http://[bad"}
    answer = imported(written(tmp_path / "csv", **tables))
    fields = {(one["table"], one["field"]) for one in answer["left_out"]}
    assert fields == {
        *(
            ("organizations", "website"),
            ("organizations", "email"),
            ("services", "assured_date"),
            ("services", "status"),
        ),
        *(("services", "url"), ("phones", "number"), ("languages", "name"), ("schedules", "opens_at")),
    }
    entry = Service.objects.get()
    assert (entry.checked_on, entry.website, entry.provider.website, entry.languages) == (None, "", "", [])


@pytest.mark.parametrize("date", ["02/03/2026", "2026-02-30", "0001-01-01", "soon"])
def test_wrong_dates_are_left_out(tmp_path: Path, date: str) -> None:
    tables = small()
    tables["services"][0]["assured_date"] = date
    (one,) = imported(written(tmp_path / "csv", **tables))["left_out"]
    assert one["field"] == "assured_date"


def test_only_the_row_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path / "csv", **two({"id": "s0", "organization_id": "o1", "name": "Caf\u00e9"}))
    table = folder / "services.csv"
    table.write_bytes(table.read_text("utf-8").encode("cp1252"))
    (one,) = imported(folder)["refused"]
    assert "UTF-8" in one["why"]
    assert Service.objects.count() == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_tables_as_spreadsheets_save_them(tmp_path: Path, encoding: str) -> None:
    folder = written(tmp_path / "csv", **small())
    for table in folder.iterdir():
        table.write_bytes(table.read_text("utf-8").encode(encoding))
    assert imported(folder)["services"]["added"] == 1


def test_rows_of_the_wrong_length_and_quotes_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_CELL", 200)
    folder = written(tmp_path / "csv", **small())
    with (folder / "services.csv").open("a") as table:
        table.write("s2,o1,Short\n\ns3,o1,Long,2026-01-01,more,and more\n" + f's4,o1,"{"x" * 300}",\n')
        table.write('s5,o1,"' + "y" * 200_000)
    answer = imported(folder)
    assert [one["why"].split(":")[0] for one in answer["refused"]][:2] == [
        "has more cells than the first line has names",
        "has a cell without end",
    ]
    assert len(answer["refused"]) == 3
    assert set(Service.objects.values_list("external_id", flat=True)) == {"s1", "s2"}


def test_markup_and_strange_characters_stay_letters(tmp_path: Path) -> None:
    tables = small()
    tables["services"][0] |= {"name": "<script>alert(1)</script>\u202eevil\x00", "description": "a\x00b\n\n\n\nc"}
    imported(written(tmp_path / "csv", **tables))
    entry = Service.objects.get()
    assert (entry.name, entry.description) == ("<script>alert(1)</script>evil", "a b\n\nc")
    half = {"id": "s9", "name": "half \ud83d", "status": "active", "organization": {"id": "o1", "name": "Marais"}}
    (tmp_path / "half.json").write_text(json.dumps(half))
    assert imported(tmp_path / "half.json")["services"]["added"] == 1


# -- files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "content", "why"), [
    ("x.json", b"{", "neither a zip nor JSON"),
    ("x.json", b'{"id": "s", "na\xffme": 1}', "not UTF-8"),
    ("x.json", b"[" * 100_000, "nested deeper"),
    ("x.json", b'{"resourceType": "Bundle", "entry": []}', "holds no organization"),
    ("x.json", b"[1, 2]", "holds no organization"),
    ("x.json", b'"text"', "holds no organization"),
    ("x.csv", b"id,name", "is one table"),
    ("x.zip", b"PK\x03\x04 broken", "neither a zip nor JSON|not UTF-8"),
    ("x.bin", bytes(range(256)), "not UTF-8"),
])  # fmt: skip
def test_what_is_no_directory_changes_nothing(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    refused(tmp_path / name, why)


def test_a_path_or_programme_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "nothing", "There is nothing at")
    refused(written(tmp_path / "empty"), "has no organizations.csv")
    refused(written(tmp_path / "csv", organizations=[]), "has no services.csv")
    refused(written(tmp_path / "csv", **small()), "There is no programme", program="texas")


def test_a_table_twice_is_refused(tmp_path: Path) -> None:
    refused(written(tmp_path / "csv", **small(physical_addresses=[])), "has the table .* twice")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    written(tmp_path / "elsewhere", contacts=[{"id": "1"}])
    folder = written(tmp_path / "csv", **small())
    (folder / "phones.csv").unlink()
    (folder / "phones.csv").symlink_to(tmp_path / "elsewhere" / "contacts.csv")
    refused(folder, "is a link to a file elsewhere")


def zipped(folder: Path, names: dict[str, str] | None = None) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo((names or {}).get(table.name, f"hsds/{table.name}"))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, table.read_bytes())
        archive.writestr("__MACOSX/hsds/._services.csv", b"\x00")
        archive.writestr("hsds/read me.txt", b"hello")
    return path


def test_a_zip_with_a_folder_in_it_is_read(tmp_path: Path) -> None:
    assert imported(zipped(written(tmp_path / "csv", **small())))["services"]["added"] == 1


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "hsds/../../services.csv", "C:\\services.csv"]
)
def test_a_zip_that_reaches_outside_is_not_trusted(tmp_path: Path, name: str) -> None:
    refused(zipped(written(tmp_path / "csv", **small()), {"services.csv": name}), "names a file outside itself")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["csv", "csv.zip"]


def test_a_zip_bomb_is_read_only_up_to_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10_000)
    folder = written(tmp_path / "csv", **small())
    (folder / "phones.csv").write_text("id\n" + "0" * 1_000_000)
    refused(folder, "is larger than")
    path = zipped(folder)
    refused(path, "is larger than")
    data = path.read_bytes()  # and one that lies about its size
    path.write_bytes(data.replace(struct.pack("<I", 1_000_003), struct.pack("<I", 5)))
    refused(path, "is larger than|is broken or locked")


def test_many_files_and_much_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path / "csv", **small())
    monkeypatch.setattr(reading, "MOST_FILES", 3)
    refused(zipped(folder), "more than 3")
    monkeypatch.setattr(reading, "MOST_TOGETHER", 100)
    refused(folder, "in all")
    (tmp_path / "big.json").write_text("[" + " " * 200 + "]")
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    refused(tmp_path / "big.json", "is larger than")
