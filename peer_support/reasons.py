"""Why two people fit, and why nobody is there yet, in plain words: codes and values become sentences when they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from peer_support.models import LivedSystem, PeerProfile
from portal.language.formats import language_name

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from peer_support.models import Pairing

KEPT_CAPITAL = frozenset({"medicaid"})  # names stay as they are inside a sentence


@dataclass(frozen=True, slots=True)
class Cell:
    """One person in one row of a comparison."""

    pairing: Pairing
    text: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that is compared: the same for everybody, in the same order."""

    name: _StrOrPromise
    cells: list[Cell]


# -- one reason, one clause --------------------------------------------------------------------------------------------------


def _systems(reason: Mapping[str, Any]) -> str:
    lived = _listed(reason["systems"], dict(LivedSystem.System.choices))
    life = dict(PeerProfile.Relation.choices).get(reason["relation"])
    if life is None:
        return _("knows %(systems)s from their own life") % {"systems": lived}
    return _("also %(life)s, through %(systems)s") % {"life": _inside(str(life)), "systems": lived}


def _with(pattern: _StrOrPromise, words: Mapping[str, Any] | None = None) -> Callable[[Mapping[str, Any]], str]:
    return lambda reason: str(pattern) % {"values": _listed(reason["values"], words or {})}


def _languages(reason: Mapping[str, Any]) -> str:
    reader = get_language() or settings.LANGUAGE_CODE
    return _("speaks %(languages)s") % {
        "languages": _(", ").join(language_name(one, reader) for one in reason["values"])
    }


CLAUSES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "same_systems": _systems,
    "same_relation": lambda _reason: _("raised a child the way you do"),
    "child_age": _with(gettext_lazy("knows children of that age: %(values)s"), dict(PeerProfile.AgeBand.choices)),
    "language": _languages,
    "interpreter": lambda _reason: _("talks with you with a free interpreter"),
    "free_at": _with(gettext_lazy("free on %(values)s"), dict(PeerProfile.FreeAt.choices)),
    "ways": _with(gettext_lazy("ways to meet: %(values)s"), dict(PeerProfile.Way.choices)),
    "interests": _with(gettext_lazy("also likes %(values)s")),
    "near": lambda _reason: _("lives where you live"),
}
# What families compare, and the reasons that speak of it.
ASPECTS: tuple[tuple[_StrOrPromise, tuple[str, ...]], ...] = (
    (gettext_lazy("What they lived through"), ("same_systems", "same_relation", "child_age")),
    (gettext_lazy("Language"), ("language", "interpreter")),
    (gettext_lazy("When they are free"), ("free_at",)),
    (gettext_lazy("How you can meet"), ("ways",)),
    (gettext_lazy("What you both like"), ("interests",)),
    (gettext_lazy("Where they live"), ("near",)),
)


def sentence(reasons: Sequence[Mapping[str, Any]]) -> str:
    """ "Also raised a grandchild, through juvenile justice; speaks Spanish; free on weekday evenings." Nothing for none."""
    text = _("; ").join(clauses(reasons))
    return f"{text[0].upper()}{text[1:]}." if text else ""


def clauses(reasons: Iterable[Mapping[str, Any]], codes: Iterable[str] = CLAUSES) -> list[str]:
    """A reason that this version does not know any more is left out."""
    wanted = set(codes)
    return [CLAUSES[one["code"]](one) for one in reasons if one["code"] in wanted]


def label(pairing: Pairing) -> str:
    """What must be said of somebody who shares no experience, or of whom nobody can know it."""
    if pairing.shares_experience is False:
        return _("Has not lived through the same as you")
    if pairing.shares_experience is None and pairing.reasons:
        return _("You have not told us what you lived through, so we cannot say what you share")
    return ""


def compare(pairings: Sequence[Pairing]) -> list[Aspect]:
    """Row by row what each person has in common with the reader; a row in which nobody has anything is left out."""
    rows = [
        Aspect(name, [Cell(one, _capital(_("; ").join(clauses(one.reasons, codes)))) for one in pairings])
        for name, codes in ASPECTS
    ]
    return [row for row in rows if any(cell.text for cell in row.cells)]


def _listed(codes: Iterable[str], words: Mapping[str, Any]) -> str:
    """Codes in their words; what has no word, such as somebody's own interests, as it is."""
    return _(", ").join(_inside(str(words[one]), one) if one in words else one for one in codes)


def _inside(word: str, code: str = "") -> str:
    """A label as it stands inside a sentence."""
    return word if code in KEPT_CAPITAL else word[:1].lower() + word[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- nobody there ----------------------------------------------------------------------------------------------------------

# What the person who asked reads, and what they may do now; the page always adds who looks, and a number to call.
FOR_FAMILY: dict[str, _StrOrPromise] = {
    "some": gettext_lazy("There are people who could fit. Your liaison will bring you together soon."),
    "nobody_here": gettext_lazy("Nobody does this work near you yet. We are looking for someone."),
    "nobody_qualified": gettext_lazy(
        "The people who could help you are still being checked and trained. We do not send you anyone before that is done."
    ),
    "no_language": gettext_lazy(
        "Nobody here speaks your language well yet. You can say that an interpreter is fine. It is free."
    ),
    "age": gettext_lazy("Nobody here is the right age yet. We are looking for someone."),
    "only_known": gettext_lazy(
        "The only people left know you or your family. We do not match you with them. We are looking further away."
    ),
    "declined_all": gettext_lazy(
        "You have seen everyone who could fit now. That is fine. We are looking for new people. "
        "You can also look again at those you met."
    ),
    "wishes": gettext_lazy("Nobody has everything that must be so for you. You can change what must be, or wait."),
    "full": gettext_lazy(
        "Everyone who could fit has their hands full now. You are on the list: the next free place is offered to you."
    ),
}
# What the liaison reads about the same.
FOR_STAFF: dict[str, _StrOrPromise] = {
    "some": gettext_lazy(
        "Others need these places more urgently, or waited longer. Choose someone below if you know better."
    ),
    "nobody_here": gettext_lazy("No one in your organization does this work yet."),
    "nobody_qualified": gettext_lazy("No one has a checked profile, a clearance and trainings that hold today."),
    "no_language": gettext_lazy(
        "No one speaks this language well, and the family did not say that an interpreter is fine."
    ),
    "age": gettext_lazy("No mentor fits by age."),
    "only_known": gettext_lazy("Everyone left knows the family. Ask the next organization for help."),
    "declined_all": gettext_lazy("They said no to everyone who could fit. Ask them what is missing, or look further."),
    "wishes": gettext_lazy("No one has all that must be so for this family. Talk with them about what matters most."),
    "full": gettext_lazy(
        "Everyone who could fit is full. Ask who could take one more, or wait for the next free place."
    ),
}


def for_family(code: str) -> str:
    return str(FOR_FAMILY[code])


def for_staff(code: str) -> str:
    return str(FOR_STAFF[code])


# Why one person cannot be offered, for the liaison.
LIMITS: dict[str, _StrOrPromise] = {
    "language": gettext_lazy("does not speak their language well"),
    "age": gettext_lazy("does not fit by age"),
    "said_no": gettext_lazy("they said no"),
    "conflict": gettext_lazy("knows them, or must not be matched with them"),
    "full": gettext_lazy("has no free place"),
}


def why_not(codes: Sequence[str]) -> str:
    """The first thing that stands against somebody; anything of their own papers or profile is one thing."""
    if codes[0].startswith("must"):
        return _("is not what must be so for them")
    return str(LIMITS.get(codes[0], _("cannot take a new family today")))
