"""The ground a profile's tables stand on: field types, and the promise that every fact says who says so."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from portal.programs.vocabulary import LATER_LANGUAGES, SHIPPED_LANGUAGES, Certainty

Path = tuple[str | int, ...]
Problem = tuple[Path, str]


class ProblemsError(ValueError):
    """Everything one check found, each with the path of the key below the table that was checked."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, path))} {why}" for path, why in found))
        self.found = tuple(found)


def _time_zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f'names "{name}", which is not a time zone (write one like America/Chicago)') from error
    return name


def _language_code(code: str) -> str:
    if code not in SHIPPED_LANGUAGES + LATER_LANGUAGES:
        raise ValueError(f'names "{code}", which is not a language code this product knows')
    return code


def _not_ahead(day: dt.date) -> dt.date:
    if day > dt.datetime.now(tz=dt.UTC).date():
        raise ValueError(f"is {day.isoformat()}, which has not come yet; write the day somebody checked it")
    return day


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=50)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$", max_length=40)]
Name = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=120)]
Text = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=600)]
Phone = Annotated[str, StringConstraints(pattern=r"^(\d{3}|\d{5,6}|1-\d{3}-\d{3}-\d{4}|\(\d{3}\) \d{3}-\d{4})$")]
Web = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w./-]*)?$")]
Whole = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Age = Annotated[int, Field(strict=True, ge=0, le=30)]
Flag = Annotated[bool, Field(strict=True)]
Day = Annotated[dt.date, Field(strict=True)]
Checked = Annotated[dt.date, Field(strict=True), AfterValidator(_not_ahead)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
LanguageCode = Annotated[str, AfterValidator(_language_code)]
Unit = Literal["calendar_days", "business_days", "hours", "months"]


class Strict(BaseModel):
    """No unknown keys, no changes after loading, and no e-mail address: contacts belong to desks, not to people."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="after")
    def _holds_no_mail_address(self) -> Self:
        held = [key for key, value in self if isinstance(value, str) and re.search(r"\S@\S", value)]
        if held:
            raise ProblemsError(
                [((key,), "holds an e-mail address; name a desk or a role, never a person") for key in held]
            )
        return self


class Fact(Strict):
    """Anything a family or an auditor may ask "says who?" about."""

    source: Text
    certainty: Certainty
    caution: Text | None = None  # for the person who checks the profile, not for families
