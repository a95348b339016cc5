"""A choice as a page shows it: the options side by side, in the reader's words. Asks the database nothing."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext, ngettext

from portal.care.models import TeamMeeting
from portal.directory.near import Nearness
from portal.directory.shown import region_name, step_name
from portal.language import formats

if TYPE_CHECKING:
    from portal.programs.schema import Profile
    from portal.voice.models import Choice, ChoiceWord, Option


@dataclass(frozen=True, slots=True)
class Shown:
    """One option with its words opened once."""

    option: Option
    said: dict[str, Any]
    is_gone: bool

    @property
    def name(self) -> str:
        return str(self.said["name"])

    @property
    def short(self) -> str:
        """As a button calls it: a person by the first name."""
        return self.option.staff_role.person.first_name if self.option.staff_role is not None else self.name


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing said of each of them, in the same order."""

    name: str
    cells: list[tuple[Shown, str]]


def opened(options: Sequence[Option], gone: Collection[int]) -> list[Shown]:
    return [Shown(one, one.shown, one.pk in gone) for one in options]


def title(choice: Choice) -> str:
    """What it is about in a few words."""
    if choice.item is not None:
        return gettext("Who gives you this: %(service)s") % {"service": choice.item.data["name"]}
    titles = {
        "facilitator": gettext("Who is your facilitator"),
        "team": gettext("Who is on your team: %(place)s") % {"place": choice.get_team_role_display()},
        "meeting": gettext("Where and when your team meets"),
    }
    return titles[choice.about]


def aspects(choice: Choice, shown: Sequence[Shown], profile: Profile) -> list[Aspect]:
    """Those of which something is known of one of them at least; what is not known of another is said so."""
    tellers = _TELLERS[choice.about]
    found = [(str(name()), [(one, tell(one, profile)) for one in shown]) for name, tell in tellers]
    return [Aspect(name, cells) for name, cells in found if any(words for _one, words in cells)]


def _what(one: Shown, _profile: Profile) -> str:
    return str(one.said.get("what", ""))


def _far(one: Shown, profile: Profile) -> str:
    """In the programme's own regions: the same one, the next one, the same area. No map and no address of the family."""
    if "step" not in one.said:
        return ""
    step, region = Nearness(one.said["step"]), region_name(profile, one.said["region"])
    return step_name(step, region) if region else ""


def _wait(one: Shown, _profile: Profile) -> str:
    days = one.said.get("wait")
    if days is None:
        return str(one.said.get("wait_words", ""))
    said_on = formats.day(dt.date.fromisoformat(one.said["wait_on"]), get_language() or "en")
    if days == 0:
        return gettext("No wait. They said so on %(said)s.") % {"said": said_on}
    words = ngettext(
        "About %(days)s day of waiting. They said so on %(said)s.",
        "About %(days)s days of waiting. They said so on %(said)s.",
        days,
    )
    return words % {"days": days, "said": said_on}


def _speak(one: Shown, _profile: Profile) -> str:
    language = get_language() or "en"
    names = gettext(", ").join(formats.language_name(code, language) for code in one.said.get("languages", []))
    return ". ".join(part for part in (names, one.said.get("interpreter", "")) if part)


def _conflict(one: Shown, _profile: Profile) -> str:
    """42 CFR 441.301(c)(1)(vi): who gives the service should not keep the plan."""
    agency = one.said.get("conflict", "")
    if agency:
        return gettext(
            "Your facilitator works for %(agency)s, too. Nobody there may push you to choose it. You can ask for another "
            "facilitator."
        ) % {"agency": agency}
    service = one.said.get("gives", "")
    if service:
        return gettext("They work for %(agency)s, which also gives you this: %(service)s.") % {
            "agency": one.said.get("what", ""),
            "service": service,
        }
    return ""


def _said(one: Shown, _profile: Profile) -> str:
    return str(one.said.get("said", ""))


def _families(one: Shown, _profile: Profile) -> str:
    count = one.said.get("families")
    if count is None:
        return ""
    return ngettext("%(count)s family now", "%(count)s families now", count) % {"count": count}


def _when(one: Shown, _profile: Profile) -> str:
    if one.option.starts_at is None:
        return ""
    zone = zoneinfo.ZoneInfo(one.said["zone"])
    return formats.moment(one.option.starts_at, get_language() or "en", zone)


def _how(one: Shown, _profile: Profile) -> str:
    how = one.said.get("how", "")
    return str(TeamMeeting.How(how).label) if how else ""


_Teller = tuple[Callable[[], str], Callable[[Shown, "Profile"], str]]
_TELLERS: dict[str, tuple[_Teller, ...]] = {
    "service": (
        (lambda: gettext("What it is"), _what),
        (lambda: gettext("How far"), _far),
        (lambda: gettext("How long one waits"), _wait),
        (lambda: gettext("Languages"), _speak),
        (lambda: gettext("Good to know"), _conflict),
    ),
    "facilitator": (
        (lambda: gettext("Where they work"), _what),
        (lambda: gettext("In their words"), _said),
        (lambda: gettext("Languages"), _speak),
        (lambda: gettext("Families they stand beside"), _families),
        (lambda: gettext("Good to know"), _conflict),
    ),
    "team": ((lambda: gettext("About them"), _what),),
    "meeting": ((lambda: gettext("When"), _when), (lambda: gettext("How you meet"), _how)),
}


def wishes(words: Sequence[ChoiceWord]) -> list[ChoiceWord]:
    """What was said and did not settle it."""
    return [one for one in words if not one.is_counted]
