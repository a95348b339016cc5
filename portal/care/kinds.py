"""What a plan of care is made of: the kinds of items, what each of them says, and when it is whole. Knows no database.

A form, an import and an action ask the same `check`, so that no way in lets through what another one refuses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.text import one_line

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Data = dict[str, Any]
LINE, TEXT = 200, 2_000  # characters


class Domain(models.TextChoices):
    """The parts of a life. One nobody has talked about yet is not one without needs."""

    HOME = "home", _("home")
    SCHOOL = "school", _("school and work")
    HEALTH = "health", _("body and health")
    FEELINGS = "feelings", _("feelings and behavior")
    SAFETY = "safety", _("safety")
    SOCIAL = "social", _("friends and people")
    LEGAL = "legal", _("courts and the law")
    FUN = "fun", _("fun")
    CULTURE = "culture", _("culture and faith")
    MONEY = "money", _("money")
    HOUSING = "housing", _("a place to live")
    TRANSPORT = "transport", _("getting around")


class Setting(models.TextChoices):
    HOME = "home", _("at home")
    SCHOOL = "school", _("at school")
    COMMUNITY = "community", _("near home, in the community")
    CLINIC = "clinic", _("in an office or clinic")
    ONLINE = "online", _("by phone or video")
    AWAY = "away", _("away from home, overnight")


class Tool(models.TextChoices):
    """Names and dates only: their items and scores belong to their owners."""

    CANS = "cans", "CANS"
    CSPI = "cspi", "CSPI"
    LOCUS = "locus", "LOCUS"
    CALOCUS = "calocus", "CALOCUS-CASII"
    ASAM = "asam", "ASAM"


class Benefit(models.TextChoices):
    SSI = "ssi", _("Supplemental Security Income (SSI)")
    SSDI = "ssdi", _("Social Security Disability Insurance (SSDI)")
    VA = "va", _("help for families of veterans")
    HOUSING = "housing", _("help with housing")
    FOOD = "food", _("help with food")
    CASH = "cash", _("help with money for daily needs")
    MEDICAID = "medicaid", _("Medicaid")


class Answer(models.TextChoices):
    YES = "yes", _("we get it")
    NO = "no", _("not for us")
    APPLIED = "applied", _("applied for")
    DENIED = "denied", _("turned down")


class Source(models.TextChoices):
    FAMILY = "family", _("the family")
    YOUTH = "youth", _("the young person")
    TEAM = "team", _("the team")


class Whose(models.TextChoices):
    YOUTH = "youth", _("the young person")
    CAREGIVER = "caregiver", _("a caregiver")
    FAMILY = "family", _("the whole family")


class Talked(models.TextChoices):
    TALKED = "talked", _("talked about: nothing needed now")
    NOT_NOW = "not_now", _("not now")


class Better(models.TextChoices):
    UP = "up", _("when the number goes up")
    DOWN = "down", _("when the number goes down")


class Area(models.TextChoices):
    """What everyone asks first: where the young person lives, learns, and which courts or agencies are in their life."""

    HOME = "home", _("home")
    SCHOOL = "school", _("school")
    SYSTEMS = "systems", _("courts and agencies")


class Going(models.TextChoices):
    """How it goes with something, in the words of another system: carried along, never asked here."""

    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    BETTER = "better", _("getting better")
    SAME = "same", _("as it was")
    WORSE = "worse", _("getting harder")
    REACHED = "reached", _("reached")
    LASTING = "lasting", _("reached, and it lasts")
    NOT_REACHED = "not_reached", _("not reached")
    PAUSED = "paused", _("paused")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


class Nights(models.TextChoices):
    HOME = "home", _("at home")
    AWAY = "away", _("away from home")


class NotGood(Exception):
    """What a plan cannot take as it is. `field` is the part it is about."""

    def __init__(self, field: str, message: _StrOrPromise) -> None:
        super().__init__(field)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class Part:
    """One thing an item says."""

    name: str
    label: _StrOrPromise
    sort: Literal["line", "text", "choice", "day", "number", "yes", "items"]
    required: bool = True
    choices: type[models.TextChoices] | None = None
    of: str = ""  # the kind of the items chosen from
    help: _StrOrPromise = ""
    may_be_unsaid: bool = False  # required of whoever writes here; what comes from another system may not say it yet
    is_carried: bool = (
        False  # said by another system, or another step, alone: no form asks it, and a change here leaves it
    )

    def read(self, value: Any, *, from_elsewhere: bool = False) -> Any:
        """The value as it is kept: text, a whole or decimal number, an ISO date, true, or ids. Raises NotGood."""
        if isinstance(value, str):
            value = value.strip()
        if value in (None, "", [], ()):
            if self.required and self.sort != "yes" and not (from_elsewhere and self.may_be_unsaid):
                raise NotGood(self.name, _("Please fill this in."))
            return {"items": [], "yes": False, "line": "", "text": "", "choice": ""}.get(self.sort)
        if from_elsewhere and self.sort == "line":  # theirs may be longer than what we ask to be said in one line
            return _read_words(self, value, longest=TEXT)
        return _READ[self.sort](self, value)


def _read_words(part: Part, value: Any, longest: int = 0) -> str:
    longest = longest or (LINE if part.sort == "line" else TEXT)
    text = str(value)
    text = one_line(text, len(text)) if part.sort == "line" else text.strip()
    if len(text) > longest:
        raise NotGood(part.name, _("This is too long. Please say it shorter."))
    return text


def _read_choice(part: Part, value: Any) -> str:
    if part.choices is None or value not in part.choices.values:
        raise NotGood(part.name, _("Please choose one of these."))
    return str(value)


def _read_day(part: Part, value: Any) -> str:
    try:
        day = dt.date.fromisoformat(str(value)[:10]) if not isinstance(value, dt.datetime) else value.date()
    except ValueError as error:
        raise NotGood(part.name, _("We cannot read this date.")) from error
    if not 1900 <= day.year <= 2200:
        raise NotGood(part.name, _("We cannot read this date."))
    return day.isoformat()


def _read_number(part: Part, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotGood(part.name, _("Please write a number.")) from error
    if not abs(number) < 1_000_000:  # also what is no number at all
        raise NotGood(part.name, _("Please write a number."))
    return round(number, 2)


def _read_items(part: Part, value: Any) -> list[str]:
    if not isinstance(value, (list, tuple)):
        raise NotGood(part.name, _("Please choose one of these."))
    return sorted({str(one) for one in value})


_READ: dict[str, Callable[[Part, Any], Any]] = {
    "line": _read_words,
    "text": _read_words,
    "choice": _read_choice,
    "day": _read_day,
    "number": _read_number,
    "yes": lambda _part, value: bool(value),
    "items": _read_items,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item: what it says, under what it stands, who writes it."""

    name: str
    label: _StrOrPromise
    parts: tuple[Part, ...]
    under: tuple[str, ...] = ()  # the kinds one of which it stands under; none: it stands alone
    may_stand_alone: bool = False  # though it can stand under one
    by_family: bool = False
    by_staff: bool = True
    is_own_word: bool = False  # only whoever said it changes it
    rule: Callable[[Data], None] | None = None
    named_by: str = ""  # the part that says which one it is, where that is not its first words
    agreed_on: tuple[
        str, ...
    ] = ()  # what staff only suggest: the family says yes to it first (Florida: they drive goals)


def _whole_service(data: Data) -> None:
    """Away from home needs a reason, an end and the steps home (Louisiana and Florida promise the least restrictive care)."""
    if data["had_before"] and not data["provider"]:
        raise NotGood("provider", _("Please write who gives it, as the family had it before."))
    if data["setting"] != Setting.AWAY:
        return
    if not data["reason"]:
        raise NotGood("reason", _("Away from home needs a reason. Please say why nothing closer to home works."))
    if not data["ends_on"]:
        raise NotGood("ends_on", _("Away from home needs a day by which it ends."))
    if not data["steps_home"]:
        raise NotGood("steps_home", _("Please write the steps that bring the young person home."))


def _whole_benefit(data: Data) -> None:
    """Each answer has its day (Florida's promise of a benefits check)."""
    if not data["on"]:
        raise NotGood("on", _("Please write the day."))


_GOING = Part(
    "going", _("How it goes, as another system says"), "choice", required=False, choices=Going, is_carried=True
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "words",
            _("In our words"),
            (Part("text", _("What we want"), "text"),),
            by_family=True,
            by_staff=False,
            is_own_word=True,
        ),
        Kind(
            "strength",
            _("Strength"),
            (
                Part("text", _("What is strong"), "line"),
                Part("source", _("Who said it"), "choice", choices=Source),
            ),
            by_family=True,
        ),
        Kind(
            "domain",
            _("Part of life"),
            (
                Part("domain", _("Part of life"), "choice", choices=Domain),
                Part("state", _("Where you are with it"), "choice", choices=Talked),
                Part("note", _("A word about it"), "line", required=False),
            ),
            by_family=True,
        ),
        Kind(
            "need",
            _("Need"),
            (
                Part("text", _("What is needed"), "line"),
                Part("domain", _("Part of life"), "choice", choices=Domain),
                Part(
                    "measure",
                    _("What you count"),
                    "line",
                    required=False,
                    help=_("For example: calm school mornings in a week."),
                ),
                Part("start", _("The number at the start"), "number", required=False),
                Part("target", _("The number you want to reach"), "number", required=False),
                Part("better", _("It gets better"), "choice", choices=Better, required=False),
            ),
            by_family=True,
        ),
        Kind(
            "reading",
            _("New number"),
            (
                Part("on", _("Day"), "day"),
                Part("value", _("Number"), "number"),
                Part("note", _("A word about it"), "line", required=False),
            ),
            under=("need", "wellbeing"),
            by_family=True,
            named_by="value",
        ),
        Kind(
            "goal",
            _("Goal"),
            (
                Part("text", _("The goal, in the family’s words"), "line"),
                Part("whose", _("Whose goal it is"), "choice", choices=Whose),
                Part("domain", _("Part of life"), "choice", choices=Domain, may_be_unsaid=True),
                Part("started_on", _("Started on"), "day", required=False, is_carried=True),
                Part("by_on", _("By when"), "day", required=False),
                Part("reached_on", _("Reached on"), "day", required=False),
                _GOING,
            ),
            under=("need",),
            may_stand_alone=True,
            by_family=True,
            agreed_on=("text", "whose"),
        ),
        Kind(
            "strategy",
            _("Step to get there"),
            (
                Part("text", _("What you do"), "line"),
                Part("strengths", _("The strengths it builds on"), "items", of="strength", required=False),
                _GOING,
            ),
            under=("goal", "service"),
            agreed_on=("text",),
        ),
        Kind(
            "support",
            _("Helper in your life"),
            (
                Part("name", _("Name"), "line"),
                Part("relation", _("Who they are to you"), "line"),
                Part("offers", _("What they do or offer"), "line", required=False),
                Part("goals", _("The goals they help with"), "items", of="goal", required=False),
            ),
            by_family=True,
        ),
        Kind(
            "service",
            _("Service"),
            (
                Part("name", _("Name of the service"), "line"),
                Part(
                    "provider",
                    _("Who gives it"),
                    "line",
                    required=False,
                    help=_("Leave this open: the family chooses from those you show them."),
                    may_be_unsaid=True,
                ),
                Part(
                    "had_before",
                    _("The family had this before, from the same people, and keeps it"),
                    "yes",
                    required=False,
                    help=_("Only if the family says so. Then write above who gives it."),
                ),
                Part("chosen_on", _("Chosen by the family on"), "day", required=False, is_carried=True),
                Part("setting", _("Where"), "choice", choices=Setting, may_be_unsaid=True),
                Part("start_by", _("Starts by"), "day", may_be_unsaid=True),
                Part("started_on", _("Started on"), "day", required=False),
                Part("reason", _("Why away from home"), "text", required=False),
                Part("ends_on", _("Ends on"), "day", required=False),
                Part("steps_home", _("Steps that bring them home"), "text", required=False),
                Part("goals", _("The goals it helps with"), "items", of="goal", required=False),
                _GOING,
            ),
            rule=_whole_service,
        ),
        Kind(
            "task",
            _("Task"),
            (
                Part("text", _("What"), "line"),
                Part("owner", _("Who does it"), "line", may_be_unsaid=True),
                Part("agency", _("For which agency, school or family"), "line", may_be_unsaid=True),
                Part("due_on", _("By when"), "day", may_be_unsaid=True),
                Part("done_on", _("Done on"), "day", required=False),
                _GOING,
            ),
            under=("goal",),
            may_stand_alone=True,
            by_family=True,
        ),
        Kind(
            "crisis",
            _("Step of the crisis plan"),
            (
                Part("text", _("What you do"), "line"),
                Part("who", _("Who"), "line", required=False),
                Part("phone", _("Phone"), "line", required=False),
            ),
            by_family=True,
        ),
        Kind(
            "benefit",
            _("Help you may have a right to"),
            (
                Part("benefit", _("Which one"), "choice", choices=Benefit),
                Part("answer", _("Where you are with it"), "choice", choices=Answer),
                Part("on", _("Day"), "day", required=False),
                Part("documents", _("Papers that are needed"), "line", required=False),
                Part("helper", _("Who helps with it"), "line", required=False),
                Part("soar", _("A SOAR worker helped (for SSI and SSDI)"), "yes", required=False),
            ),
            by_family=True,
            rule=_whole_benefit,
            named_by="benefit",
        ),
        Kind(
            "level",
            _("Advice on how much help"),
            (
                Part("tool", _("Name of the tool"), "choice", choices=Tool),
                Part("on", _("Day"), "day"),
                Part("level", _("What it says, in plain words"), "line"),
            ),
        ),
        Kind(
            "view",
            _("What I think"),
            (Part("text", _("What you think about it"), "text"),),
            under=("level",),
            by_family=True,
            by_staff=False,
            is_own_word=True,
        ),
        Kind(
            "status",
            _("Where things stand"),
            (
                Part("area", _("About"), "choice", choices=Area),
                Part("text", _("In plain words"), "line"),
                Part("on", _("Since"), "day"),
                Part(
                    "nights",
                    _("Where they sleep"),
                    "choice",
                    choices=Nights,
                    required=False,
                    help=_("Only if this is about home. We count the days at home from it."),
                ),
            ),
            by_family=True,
        ),
        Kind(
            "wellbeing",
            _("How I am"),
            (
                Part("measure", _("What you count"), "line", help=_("For example: nights I slept, from 0 to 7.")),
                Part("better", _("It gets better"), "choice", choices=Better),
            ),
            by_family=True,
            by_staff=False,
            is_own_word=True,
        ),
    )
}


def check(kind: str, data: Mapping[str, Any], *, from_elsewhere: bool = False) -> Data:
    """What the item says, as it is kept: every part of its kind, read. Raises NotGood for the first part that is not.

    `from_elsewhere`: another system says it, and leaves open what it does not know. Nobody fills that with a guess: the page
    shows "not said yet", and whoever changes it here is asked.
    """
    known = KINDS[kind]
    kept = {part.name: part.read(data.get(part.name), from_elsewhere=from_elsewhere) for part in known.parts}
    if known.rule is not None:
        known.rule(kept)
    return {part.name: kept[part.name] for part in known.parts if kept[part.name] or not part.is_carried}
