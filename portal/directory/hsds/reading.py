"""A folder of CSV tables, a zip of it, or a JSON file, read into tables. Nothing is unpacked onto the disk.

What is no directory raises `Unreadable`; a row that cannot be read is refused alone. Files have a size up to which they are
read, and a zip is believed only as far as it was read itself.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from portal.directory.hsds import nested
from portal.directory.hsds.tables import MAIN, USED, Row, Said, Tables, Unreadable, canonical

MOST_BYTES = 64 * 1024 * 1024  # one table, or one JSON file
MOST_TOGETHER = 192 * 1024 * 1024
MOST_FILES = 500
LONGEST_CELL = 100_000  # characters: a runaway quote, not a text
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(path: Path) -> Tables:
    """Raises Unreadable."""
    try:
        return _read(path)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror}): look at its name and who may read it.") from error


def _read(path: Path) -> Tables:
    if path.is_dir():
        return _of_csv(_files_of_folder(path), str(path))
    if not path.exists():
        raise Unreadable(f"There is nothing at {path}: name a folder of CSV tables, a zip of it, or a JSON file.")
    if not path.is_file():
        raise Unreadable(f"{path} is neither a file nor a folder: name a folder of CSV tables, a zip, or a JSON file.")
    if zipfile.is_zipfile(path):
        return _of_csv(_files_of_zip(path), str(path))
    if path.suffix.lower() == ".csv":
        raise Unreadable(f"{path} is one table: name the folder it is in, with the other tables of the directory.")
    return _of_json(path)


# -- CSV -------------------------------------------------------------------------------------------------------------------


def _files_of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    root = folder.resolve()
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() != ".csv" or not file.is_file():
            continue
        if not file.resolve().is_relative_to(root):
            raise Unreadable(f"{file} is a link to a file elsewhere: put the table itself into the folder.")
        with file.open("rb") as opened:
            yield file.name, _bounded(opened.read(MOST_BYTES + 1), file.name)


def _files_of_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as opened:
            entries = opened.infolist()
            if len(entries) > MOST_FILES:
                raise Unreadable(f"{path} holds {len(entries)} files, more than {MOST_FILES}: zip the tables alone.")
            for entry in entries:
                if _is_table(entry, path):
                    with opened.open(entry) as table:
                        yield PurePosixPath(entry.filename).name, _bounded(table.read(MOST_BYTES + 1), entry.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(f"{path} is broken or locked: make the zip again, without a password.") from error


def _is_table(entry: zipfile.ZipInfo, path: Path) -> bool:
    place = PurePosixPath(entry.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
        raise Unreadable(f"{path} names a file outside itself ({entry.filename!r}): do not trust it.")
    is_other = entry.is_dir() or place.name.startswith(".") or "__MACOSX" in place.parts
    return not is_other and place.suffix.lower() == ".csv"


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MOST_BYTES:
        raise Unreadable(f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB: split the directory into parts.")
    return data


def _of_csv(files: Iterator[tuple[str, bytes]], where: str) -> Tables:
    tables, together = Tables(), 0
    seen: dict[str, str] = {}
    for name, data in files:
        table = canonical(name)
        together += len(data)
        if together > MOST_TOGETHER:
            raise Unreadable(f"{where} is larger than {MOST_TOGETHER // 1024 // 1024} MB in all: split it into parts.")
        if table in USED and table in seen:
            raise Unreadable(f"{where} has the table {table} twice: leave one of the two out.")
        seen[table] = name
        rows = list(_rows(table, _text(data), tables))
        if table in USED:
            tables.rows[table] = rows
        else:
            tables.not_used[table] = len(rows)
    missing = [table for table in ("organizations", "services") if table not in seen]
    if missing:
        raise Unreadable(
            f"{where} has no {missing[0]}.csv, so it is no HSDS directory: name the folder or zip the tables are in."
        )
    return tables


def _text(data: bytes) -> str:
    """Bytes that are not UTF-8 stay recognizable, so that only their own rows are refused."""
    if data.startswith(UTF_16):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="surrogateescape")


def _rows(table: str, text: str, tables: Tables) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    header: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            tables.refused.append(Said(table, reader.line_num, "", f"cannot be read as CSV ({error})"))
            continue
        if not header:
            header = [name.strip().lower() for name in cells]
        elif any(cell.strip() for cell in cells):
            row = Row(table, reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
            if why := _wrong(cells, header):
                tables.refused.append(Said(table, reader.line_num, _plain(row["id"]), why))
            else:
                yield row


def _wrong(cells: list[str], header: list[str]) -> str:
    if len(cells) > len(header):
        return "has more cells than the first line has names: look for a comma that needs quotes"
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return "has a cell without end: look for a quote that is not closed"
    if any("\udc80" <= char <= "\udcff" for cell in cells for char in cell):
        return "has letters that are not UTF-8: save the table as UTF-8"
    return ""


def _plain(text: str) -> str:
    return text.encode("utf-8", errors="replace").decode("utf-8")


# -- JSON ------------------------------------------------------------------------------------------------------------------


def _of_json(path: Path) -> Tables:
    with path.open("rb") as opened:
        data = _bounded(opened.read(MOST_BYTES + 1), path.name)
    try:
        text = data.decode("utf-16" if data.startswith(UTF_16) else "utf-8-sig")
        tables = nested.tables_of(json.loads(text))
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is not UTF-8 text: save it as UTF-8.") from error
    except RecursionError as error:
        raise Unreadable(f"{path} is nested deeper than any directory: look at where it comes from.") from error
    except ValueError as error:
        raise Unreadable(f"{path} is neither a zip nor JSON ({error}): name a folder, a zip or a JSON file.") from error
    if not any(tables.rows.get(table) for table in MAIN):
        raise Unreadable(f"{path} holds no organization and no service of an HSDS directory.")
    return tables
