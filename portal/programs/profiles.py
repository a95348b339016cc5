"""Reading programmes from their files: `<slug>.toml` in this package's folder and in folders a site adds."""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import holidays
from pydantic import ValidationError

from portal.programs.facts import ProblemsError
from portal.programs.schema import AddedHoliday, HolidaySeed, Profile

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

BUILT_IN = Path(__file__).parent / "profiles"

_WHY = {
    "missing": "is missing",
    "extra_forbidden": "is not a key that belongs here; check how it is spelled",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "date_type": "must be a date like 2027-02-05, without quotes",
    "tuple_type": "must be a list in square brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "too_short": "must not be empty",
}


class ProfileError(Exception):
    """A profile that cannot be used. Each problem is one sentence: which file, which key, and why."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def load_profile(path: Path) -> Profile:
    """The programme in that file. Raises ProfileError with every problem found."""
    raw = _read(path)
    try:
        profile = Profile.model_validate(raw)
    except ValidationError as error:
        raise ProfileError(_sentences(path.name, raw, error)) from error
    if profile.slug != path.stem:
        raise ProfileError([f'In {path.name}, slug is "{profile.slug}", but the file must be named after it.'])
    return profile


def all_profiles(extra_folders: Sequence[Path] = ()) -> dict[str, Profile]:
    """Every programme by slug: those built in, then those of the folders given. Read once per process."""
    return dict(_all_profiles(tuple(extra_folders)))


@lru_cache(maxsize=8)
def _all_profiles(extra_folders: tuple[Path, ...]) -> dict[str, Profile]:
    found: dict[str, Profile] = {}
    problems: list[str] = []
    for folder in (BUILT_IN, *extra_folders):
        if not folder.is_dir():
            problems.append(f"The folder {folder} for programme profiles does not exist.")
        for path in sorted(folder.glob("*.toml")):
            if path.stem in found:
                problems.append(f'In {path}, slug "{path.stem}" is already the slug of another profile.')
                continue
            try:
                found[path.stem] = load_profile(path)
            except ProfileError as error:
                problems += error.problems
    if problems:
        raise ProfileError(problems)
    return found


def seed_holidays(profile: Profile, year: int) -> dict[dt.date, str]:
    """The days of that year on which the state's offices close, with their names: the start of an editable calendar."""
    return dict(_closings(profile.holidays, year))


@lru_cache(maxsize=256)
def _closings(seed: HolidaySeed, year: int) -> dict[dt.date, str]:
    """Worked out once per process: the package takes milliseconds for a year, and each new date asks for one."""
    removed = {one.name for one in seed.remove}
    listed = holidays.country_holidays(seed.country, subdiv=seed.subdivision, years=year)
    closings: dict[dt.date, str] = {}
    for day, names in listed.items():
        kept = [name for name in names.split("; ") if name.removesuffix(" (observed)") not in removed]
        if kept and day.year == year:
            closings[day] = "; ".join(kept)
    for one in seed.add:
        closings |= {day: name for day, name in _fixed(one, year) if day.year == year}
    weekday_only = seed.observed == "weekday_only"
    return {day: closings[day] for day in sorted(closings) if not (weekday_only and day.weekday() >= 5)}


def _fixed(one: AddedHoliday, year: int) -> Iterator[tuple[dt.date, str]]:
    """The day itself, and the Friday before or the Monday after when it falls on a weekend."""
    for day in (dt.date(around, one.month, one.day) for around in (year - 1, year, year + 1)):
        yield day, one.name
        shift = {5: -1, 6: 1}.get(day.weekday())
        if shift is not None:
            yield day + dt.timedelta(days=shift), f"{one.name} (observed)"


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProfileError([f"{path.name} cannot be read: {error.strerror or error}."]) from error
    except UnicodeDecodeError as error:
        raise ProfileError([f"{path.name} is not text in UTF-8."]) from error
    except tomllib.TOMLDecodeError as error:
        raise ProfileError([f"{path.name} is not a TOML file: {error}."]) from error


def _sentences(file: str, raw: Mapping[str, Any], error: ValidationError) -> list[str]:
    found: list[str] = []
    for detail in error.errors(include_url=False):
        cause = detail.get("ctx", {}).get("error")
        inner = cause.found if isinstance(cause, ProblemsError) else (((), _why(detail)),)
        found += [f"In {file}, {_key(raw, (*detail['loc'], *path))} {why}." for path, why in inner]
    return list(dict.fromkeys(found))


def _why(detail: ErrorDetails) -> str:
    kind, given = detail["type"], detail["input"]
    if kind in _WHY:
        return _WHY[kind]
    if kind in {"enum", "literal_error"}:
        return f"must be {detail['ctx']['expected']}, not {given!r}"
    if kind == "string_pattern_mismatch":
        return f"is {given!r}, which is not written in the form {detail['ctx']['pattern']}"
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    return f"is {given!r} and {detail['msg'].replace('Input should', 'should')}"


def _key(raw: Any, path: tuple[str | int, ...]) -> str:
    """The path as a person reads it: an entry of a list by its id, code or name instead of its place."""
    parts: list[str] = []
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        parts.append(_entry_name(raw, step) if isinstance(step, int) else step)
    return ".".join(parts) or "the profile"


def _entry_name(entry: Any, place: int) -> str:
    named = [key for key in ("id", "code", "name") if isinstance(entry, Mapping) and key in entry]
    return str(entry[named[0]]) if named else f"entry {place + 1}"


def main(files: Sequence[str]) -> int:
    """`python -m portal.programs.profiles FILE...`: says of each file that it is fine, or everything wrong with it."""
    wrong = False
    for file in files:
        try:
            profile = load_profile(Path(file))
        except ProfileError as error:
            wrong = True
            print(error)
        else:
            print(f"{Path(file).name} is fine: {profile.name}, {len(profile.rules())} clocks.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
