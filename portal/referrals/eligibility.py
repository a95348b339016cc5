"""The plain self-check of who a programme is for. It never denies: whatever comes out, one can ask.

Pure: it knows the profile's criteria and what was answered, nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.programs.schema import Criterion, Profile


class Outcome(StrEnum):
    LIKELY = "likely"  # what was answered fits
    OPEN = "open"  # this page cannot tell
    NOT_YET = "not_yet"  # something does not fit as it was answered; a person looks at it when asked


@dataclass(frozen=True, slots=True)
class Check:
    outcome: Outcome
    fits: tuple[Criterion, ...]
    does_not: tuple[Criterion, ...]
    unknown: tuple[Criterion, ...]


def check(profile: Profile, answers: Mapping[str, str]) -> Check:
    """Of several settings one is enough; every other criterion stands alone. An answer left out is not known."""
    settings = [one for one in profile.target_population if one.kind == "setting"]
    alone = [one for one in profile.target_population if one.kind != "setting"]
    fits = [one for one in profile.target_population if answers.get(one.id) == "yes"]
    does_not = [one for one in alone if answers.get(one.id) == "no"]
    if settings and all(answers.get(one.id) == "no" for one in settings):
        does_not += settings
    settled = {one.id for one in (*fits, *does_not)}
    has_setting = any(one.kind == "setting" for one in fits)
    unknown = [
        one
        for one in profile.target_population
        if one.id not in settled and not (one.kind == "setting" and has_setting)
    ]
    return Check(_outcome(fits, does_not, unknown), tuple(fits), tuple(does_not), tuple(unknown))


def _outcome(fits: list[Criterion], does_not: list[Criterion], unknown: list[Criterion]) -> Outcome:
    if does_not:
        return Outcome.NOT_YET
    return Outcome.LIKELY if fits and not unknown else Outcome.OPEN
