"""What each letter must say, by which law, and from where each fact comes. A letter that misses one of it is not sent.

Pure: a `Situation` says how things stand with a case, `elements` gives what its letter has to say. What is said is a content
text (`letters.<kind>.<part>`); its placeholders are the facts it states. Rights of a Medicaid plan are said only where the
rules of a plan that binds the case give them: no plan, no such word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from rights_grievances.models.letters import Letter

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrOrPromise, _StrPromise

Kind = Letter.Kind


@dataclass(frozen=True, slots=True)
class Situation:
    """How a case stands, as far as its letters depend on it. The rights are those the rules of its plan give; no plan, none."""

    is_appeal: bool = False  # an appeal to a plan that is bound
    speed: str = "standard"  # Appeal.Speed
    outcome: str = ""  # Case.Outcome, or Appeal.Result of an appeal; blank: not decided
    continuing: str = "not_asked"  # Appeal.Continuing
    gains: str = ""  # what a missed date of the law gives the family: "appeal", "fair_hearing", or nothing
    may_ask_hearing: bool = False
    may_keep_services: bool = False
    has_changed: bool = False  # something was learned and changed, to be told
    is_exhausted_by_delay: bool = False
    has_hearing_date: bool = False
    has_keeping_date: bool = False
    wants_translation: bool = False  # the letter's fixed words are not in English


@dataclass(frozen=True, slots=True)
class Element:
    """One thing a letter must say. `needs`: the facts it states, each of which must be there."""

    id: str
    text: str  # key of its content text
    law: str
    needs: tuple[str, ...] = ()


def _said(part: str, law: str, *needs: str, kind: str = "all") -> Element:
    return Element(part, f"letters.{kind}.{part}", law, needs)


# -- what every letter says ------------------------------------------------------------------------------------------------

ABOUT = _said("about", "42 CFR 438.10(c)(1)", "told")
HELP = _said("help", "42 CFR 438.10(d)(2) to (6), 438.406(a); 45 CFR 92.11, 92.201", "phone", "tty")
NO_HARM = _said("no_harm", "42 CFR 438.100(c)")
GRIEVE = _said("grieve", "42 CFR 438.408(c)(2)(ii), 438.410(c)(2)", "phone")
PAPERS = _said("papers", "42 CFR 438.404(b)(2), 438.406(b)(5)", "phone")
HEARING = _said("hearing", "42 CFR 438.408(e)(2)(i), 431.206(b)", "office", "hearing_by", "hearing_how")
HEARING_NOW = _said("hearing_now", "42 CFR 438.408(c)(3), (f)(1)(i)", "office", "hearing_how")
FAST_HEARING = _said("fast_hearing", "42 CFR 431.224")
KEEP = _said("keep", "42 CFR 438.404(b)(6), 438.408(e)(2)(ii), 438.420", "continue_by", "phone")
KEEP_NOW = _said("keep_now", "42 CFR 438.404(b)(6), 438.420", "phone")
COST = _said("cost", "42 CFR 438.404(b)(6), 438.408(e)(2)(iii), 438.420(d)")


# -- each kind -------------------------------------------------------------------------------------------------------------


def _acknowledgment(now: Situation) -> list[Element]:
    """42 CFR 438.406(b)(1): each grievance and appeal is acknowledged."""
    kind = "acknowledgment"
    received = "received_appeal" if now.is_appeal else "received"
    add = "add_words_appeal" if now.is_appeal else "add_words"
    found = [
        _said(received, "42 CFR 438.406(b)(1)", "received", kind=kind),
        ABOUT,
        _said("by_when", "42 CFR 438.408(b)", "due", kind=kind),
        _said("who", "42 CFR 438.406(b)(2)", "who", kind=kind),
        _said(add, "42 CFR 438.406(b)(4)", "phone", kind=kind),
    ]
    if now.is_appeal and now.speed == "granted":
        found.append(_said("short_time", "42 CFR 438.406(b)(4)", "due", kind=kind))
    return [*found, PAPERS]


def _extension(_now: Situation) -> list[Element]:
    """42 CFR 438.408(c)(2)(ii): the reason, and the right to a grievance about it; the new date by (c)(1)."""
    kind = "extension"
    return [
        _said("reason", "42 CFR 438.408(c)(2)(ii)", "reason", kind=kind),
        ABOUT,
        _said("new_date", "42 CFR 438.408(c)(1)", "new_due", kind=kind),
        GRIEVE,
    ]


def _not_fast(_now: Situation) -> list[Element]:
    """42 CFR 438.410(c): the usual time from now on, and the right to a grievance."""
    kind = "not_fast"
    return [
        _said("reason", "42 CFR 438.410(a), (c)", "reason", kind=kind),
        ABOUT,
        _said("date", "42 CFR 438.410(c)(1)", "due", kind=kind),
        GRIEVE,
    ]


def _late(now: Situation) -> list[Element]:
    """A missed date of the law is an adverse decision of its own: 42 CFR 438.400(b)(5), said as 438.404(b) asks."""
    kind = "late"
    why = _said("reason", "42 CFR 438.404(b)(2)", "reason", kind=kind)
    if now.gains == "appeal":
        return [
            _said("decision", "42 CFR 438.404(b)(1)", "missed", kind=kind),
            ABOUT,
            why,
            PAPERS,
            _said("appeal", "42 CFR 438.404(b)(3), (4)", "appeal_by", "phone", kind=kind),
            _said("fast", "42 CFR 438.404(b)(5)", "phone", kind=kind),
            *_keeping(now),
        ]
    if now.gains == "fair_hearing":
        decision = _said("decision_hearing", "42 CFR 438.408(c)(3)", "missed", kind=kind)
        return [decision, ABOUT, why, PAPERS, *_hearing_rights(now)]
    # Nobody but we promised it: what is said is what happens now, and no right of a plan.
    return [
        _said("decision_promise", "the program's own promise", "missed", kind=kind),
        ABOUT,
        why,
        _said("next", "the program's own promise", "answer_by", "phone", kind=kind),
    ]


def _decision(now: Situation) -> list[Element]:
    """42 CFR 438.408(d)(1) for a grievance; (e) for an appeal, with more where it is not wholly for the family."""
    kind = "decision"
    answers = {"partly": "partly_appeal"} if now.is_appeal else {}
    answer = answers.get(now.outcome, now.outcome or "answered")
    found = [
        _said(answer, "42 CFR 438.408(d)(1), (e)(1)", "resolved", kind=kind),
        ABOUT,
        _said("why", "42 CFR 438.408(e)(1)", "answer", kind=kind),
    ]
    if now.has_changed:
        found.append(_said("changed", "42 CFR 438.66(c)(3)", "changed", kind=kind))
    if not now.is_appeal:
        return [*found, _said("again", "42 CFR 438.402(c)(1)(i)", "phone", kind=kind)]
    if now.outcome == "overturned":
        return found
    return [*found, PAPERS, *_hearing_rights(now)]


def _continuation(now: Situation) -> list[Element]:
    """42 CFR 438.420: whether the service goes on, until when, and that the family may have to pay for it."""
    kind = "continuation"
    if now.continuing == "granted":
        goes_on = _said("goes_on", "42 CFR 438.420(b)", "service", kind=kind)
        return [goes_on, ABOUT, _said("until", "42 CFR 438.420(c)", kind=kind), COST]
    part = "ended" if now.continuing == "ended" else "refused"
    return [_said(part, "42 CFR 438.420(b), (c)", "service", "reason", kind=kind), ABOUT, GRIEVE]


def _hearing(now: Situation) -> list[Element]:
    """42 CFR 438.408(f) and 431.206(b): the right, until when, how, who may help, and what keeps a service going."""
    of_plan = "right" if now.is_appeal else "right_notice"
    right = "right_late" if now.is_exhausted_by_delay else of_plan
    return [_said(right, "42 CFR 438.408(f)(1), 431.220", kind="hearing"), ABOUT, *_hearing_rights(now), PAPERS]


def _hearing_rights(now: Situation) -> list[Element]:
    if not now.may_ask_hearing:
        return []
    is_now = now.is_exhausted_by_delay or now.gains == "fair_hearing"
    how = HEARING_NOW if is_now and not now.has_hearing_date else HEARING
    return [how, FAST_HEARING, *_keeping(now)]


def _keeping(now: Situation) -> list[Element]:
    if not now.may_keep_services:
        return []
    is_now = (now.is_exhausted_by_delay or bool(now.gains)) and not now.has_keeping_date
    return [KEEP_NOW if is_now else KEEP, COST]


_KINDS: dict[str, Callable[[Situation], list[Element]]] = {
    Kind.ACKNOWLEDGMENT: _acknowledgment,
    Kind.EXTENSION: _extension,
    Kind.DECISION: _decision,
    Kind.LATE: _late,
    Kind.NOT_FAST: _not_fast,
    Kind.CONTINUATION: _continuation,
    Kind.HEARING: _hearing,
}


def elements(kind: str, now: Situation) -> tuple[Element, ...]:
    """What that letter has to say, in its order."""
    return (*_KINDS[kind](now), NO_HARM, HELP)


def may_be_written(kind: str, now: Situation) -> bool:
    """Letters about rights of a plan are for cases that have them; a decision is told once there is one."""
    if kind == Kind.NOT_FAST:
        return now.is_appeal and now.speed == "refused"
    if kind == Kind.CONTINUATION:
        return now.is_appeal and now.may_keep_services and now.continuing in {"granted", "refused", "ended"}
    if kind == Kind.HEARING:
        return now.may_ask_hearing
    return kind != Kind.DECISION or bool(now.outcome)


# -- what is missing, said to who writes it --------------------------------------------------------------------------------

MISSING: dict[str, _StrPromise] = {
    "to": _("The name of who gets this letter."),
    "signed": _("Your name and job, as they stand below the letter."),
    "told": _("The day on which it was told."),
    "received": _("The day on which it arrived."),
    "who": _("Who takes care of the case. Give it to somebody first."),
    "due": _("The day by which the answer comes. No clock of the case has one: sort the case first."),
    "new_due": _("The new day. No rule gives this case more time."),
    "missed": _("The day that was missed. No clock of the case is late."),
    "answer_by": _("The day by which the answer comes now."),
    "reason": _("The reason, in your own words."),
    "answer": _("Why it was decided so, in your own words."),
    "changed": _("What was learned and changed, in your own words."),
    "resolved": _("The day of the decision. Decide the case first."),
    "service": _("The service it is about, as the family calls it."),
    "appeal_by": _("The last day to appeal. No clock of the case has one."),
    "hearing_by": _("The last day to ask the state for a hearing. No clock of the case has one."),
    "continue_by": _("The last day to ask to keep a service. No clock of the case has one."),
    "office": _("The office that holds the hearing."),
    "hearing_how": _("How to ask for the hearing: the form, the address, the phone and the fax of that office."),
    "phone": _("The number families call for free help."),
    "tty": _("The number for people who use a TTY."),
    "translator": _("Who put your own words into the language of the letter: a qualified translator, by name."),
}

# What the writer fills in, each where its letter needs it. All else comes from the case, its clocks and the profile.
WRITTEN = (
    "reason",
    "answer",
    "changed",
    "hearing_how",
    "service",
    "answer_by",
    "phone",
    "tty",
    "to",
    "signed",
    "translator",
)
OWN_WORDS = frozenset(
    {"reason", "answer", "changed", "hearing_how", "service"}
)  # put into the language of the letter by a person


def needed(kind: str, now: Situation) -> tuple[str, ...]:
    """Every fact that letter states, each once, in the order of the letter."""
    facts = ["to", *(fact for element in elements(kind, now) for fact in element.needs), "signed"]
    if now.wants_translation and OWN_WORDS & set(facts):
        facts.append("translator")
    return tuple(dict.fromkeys(facts))


def missing(kind: str, now: Situation, facts: dict[str, str]) -> list[str]:
    """The facts that letter has to state and does not have."""
    return [fact for fact in needed(kind, now) if not facts.get(fact, "").strip()]


def say_missing(facts: list[str]) -> list[_StrOrPromise]:
    return [MISSING[fact] for fact in facts]
