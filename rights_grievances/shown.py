"""A case as people read it: how it stands in plain words, its dates with their working, who sees it, what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.access import grievances as access
from portal.access import telling
from portal.clocks import names
from portal.clocks import shown as clocks
from portal.clocks.rules import END_OF_DAY
from portal.clocks.words import sentences
from rights_grievances import codes, plans
from rights_grievances.letters.shown import letters_for

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from rights_grievances.models import Case, CaseStep


HOURS_SHOWN = 96  # below four days a date is said in hours


@dataclass(frozen=True, slots=True)
class ShownClock:
    shown: clocks.Shown
    working: list[str]

    @property
    def source(self) -> str:
        return self.shown.clock.rule.source

    @property
    def is_promise(self) -> bool:
        return self.shown.clock.duty_of == "programme"


def clocks_shown(case: Case) -> list[ShownClock]:
    """All but what was called off: that has a step of its own."""
    language = get_language() or "en"
    found = [clock for clock in access.clocks_of(case) if clock.state != "cancelled"]
    return [ShownClock(clocks.show(clock), sentences(clock.steps, language)) for clock in found]


def rights_now(dated: list[ShownClock]) -> list[str]:
    """What the family may do because something is late."""
    return list(dict.fromkeys(one.shown.right for one in dated if one.shown.right))


# -- how it stands -----------------------------------------------------------------------------------------------------------


def stands(case: Case) -> str:
    """Where it is now, in one or two sentences that anybody can read."""
    if case.is_open and case.is_outside:
        return _("Nobody here may decide this one, so it went to somebody outside: %(name)s.") % {
            "name": outside_name(case)
        }
    return _STANDS[case.state](case)


def outside_name(case: Case) -> str:
    went = case.steps.filter(kind="outside").order_by("-at", "-pk").first()
    known = plans.organization(case, str(went.data.get("to", ""))) if went is not None else None
    return known.name if known is not None else case.program.name


def plan_name(case: Case) -> str:
    plan = plans.plan_of(case)
    return plan.name if plan is not None else ""


def _filed(case: Case) -> str:
    if case.forwarded_at is not None:
        said = _("We have what you told us, and sent it on to %(plan)s. We are waiting for word that it is there.")
        return said % {"plan": plan_name(case)}
    return _("We have what you told us. Somebody reads it and writes back.")


def _received(case: Case) -> str:
    return _("%(plan)s has what you told us, and has to answer.") % {"plan": plan_name(case)}


def _review(case: Case) -> str:
    if case.decider is not None:
        said = _("%(name)s looks into it and decides. They had no part in what went wrong.")
        return said % {"name": case.decider.person.display_name}
    return _("Somebody who had no part in it is being found to decide it.")


_STANDS: dict[str, Callable[[Case], str]] = {
    "filed": _filed,
    "received": _received,
    "acknowledged": lambda _case: _("We have what you told us, and wrote to say so. Next, somebody looks into it."),
    "under_review": _review,
    "extended": lambda _case: _("It takes longer than planned. You were told why, and until when."),
    "resolved": lambda _case: _("There is an answer for you."),
    "closed": lambda _case: _("This is answered and closed. If it is not right, open it again."),
    "withdrawn": lambda _case: _("You took it back. You can open it again at any time."),
    "referred": lambda _case: _("We handed it on to somebody who can answer. Its dates run on."),
}


def waits_for(case: Case) -> str:
    """On whom the next step waits, for the desk."""
    if not case.is_open:
        return _("what follows from the answer") if case.next_due_at is not None else ""
    if case.is_outside:
        return outside_name(case)
    if case.kind == "unsorted":
        return _("somebody to sort it")
    if case.forwarded_at is not None and case.received_by_plan_at is None:
        return plan_name(case)
    if case.decider is not None:
        return case.decider.person.display_name
    return _("somebody to decide it") if case.kind != "question" else _("an answer")


@dataclass(frozen=True, slots=True)
class Next:
    """What is due next, for a line of a list."""

    words: str
    is_late: bool


def next_of(case: Case, now: dt.datetime | None = None) -> Next | None:
    due, now = case.next_due_at, now or timezone.now()
    return Next(_left_in_days(due, now, case), due < now) if due is not None and case.is_open else None


# -- what happened -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownStep:
    step: CaseStep
    title: str
    by: str
    text: str
    note: str = ""


def steps_shown(person: Person | None, case: Case) -> list[ShownStep]:
    """`person=None`: whoever holds the receipt code. Without the family's consent nobody reads what others said to it."""
    is_told_all = access.may_read_answer(person, case)
    found = []
    titles = {str(clock.public_id): names.title(clock) for clock in access.clocks_of(case)}
    for step in access.steps_for(person, case):
        title = step.get_kind_display()
        is_kept = not is_told_all and (person is None or step.by_id != person.pk)
        by = step.by.display_name if step.by is not None else ""
        found.append(
            ShownStep(step, title[:1].upper() + title[1:], by, "" if is_kept else step.text, _note(case, step, titles))
        )
    return found


def _note(case: Case, step: CaseStep, titles: dict[str, str]) -> str:
    """`titles`: what each of its dates is for, by the date's id."""
    say = _NOTES.get(step.kind)
    return say(case, step.data, titles) if say is not None else ""


def _missed(_case: Case, data: dict[str, Any], titles: dict[str, str]) -> str:
    due = titles.get(str(data.get("clock")))
    return _("What was due: %(what)s") % {"what": due} if due else ""


def _outside(case: Case, data: dict[str, Any], _titles: dict[str, str]) -> str:
    known = plans.organization(case, str(data.get("to", "")))
    return known.name if known is not None else ""


def _fixed(data: dict[str, Any]) -> str:
    if data.get("asked"):
        return _("We asked.")
    return _("It is fixed.") if data.get("is_fixed") else _("It is not fixed.")


_NOTES: dict[str, Callable[[Case, dict[str, Any], dict[str, str]], str]] = {
    "promise_missed": _missed,
    "legal_missed": _missed,
    "outside": _outside,
    "referred": lambda _case, data, _titles: str(data.get("to", "")),
    "oral_try": lambda _case, data, _titles: (
        _("They were reached.") if data.get("reached") else _("Nobody was reached.")
    ),
    "fixed": lambda _case, data, _titles: _fixed(data),
    "note": lambda _case, data, _titles: (
        _("Words of worry were found in it. Somebody was told.") if "crisis" in data else ""
    ),
}


def named_by(codes_of: list[str], known: dict[str, Any]) -> list[str]:
    return [str(known[code]) for code in codes_of if code in known]


@dataclass(frozen=True, slots=True)
class Reader:
    person: Person
    why: str


def readers(case: Case, asker: Person | None) -> list[Reader]:
    """Who sees this now, by name and by why. Who of a family sees it is nobody's to know whom it has not let speak for it."""
    found = []
    hidden = [] if access.may_read_answer(asker, case) else access.family_readers(case)
    for person in access.readers_of_case(case):
        if person in hidden:
            continue
        found.append(
            Reader(person, _("you") if asker is not None and person.pk == asker.pk else _why(person, case, asker))
        )
    return found


def _why(person: Person, case: Case, asker: Person | None) -> str:
    if case.filed_by_id == person.pk:
        return _("told us")
    if case.decider is not None and case.decider.person_id == person.pk:
        return _("decides it")
    if case.handler is not None and case.handler.person_id == person.pk:
        return _("sees to it that you get an answer")
    if access.is_staff_of(person, case):
        return _("works at the desk for complaints")
    return _("the family") if asker is not None and access.is_staff_of(asker, case) else _("your family")


# -- the desk ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    case: Case
    due: str
    is_late: bool
    waits_for: str
    who: str

    # As `get_…_display` says it, which puts all its choices into words for each line.
    @property
    def kind(self) -> str:
        return str(self.case.Kind(self.case.kind).label)

    @property
    def state(self) -> str:
        return str(self.case.State(self.case.state).label)


def row(case: Case, now: dt.datetime | None = None) -> Row:
    """One line of the desk. By what is due next; hours where less than four days are left."""
    now = now or timezone.now()
    due = case.next_due_at
    return Row(
        case,
        _left(due, now, case) if due is not None else _("no date"),
        due is not None and due < now,
        waits_for_row(case),
        _who(case),
    )


def _left(due: dt.datetime, now: dt.datetime, case: Case) -> str:
    """For the desk: in hours where it is near."""
    hours = int(abs((due - now).total_seconds()) // 3600)
    if hours >= HOURS_SHOWN:
        return _left_in_days(due, now, case)
    late = ngettext("%(hours)s hour late. It was due %(due)s.", "%(hours)s hours late. It was due %(due)s.", hours)
    left = ngettext("%(hours)s hour left. By %(due)s.", "%(hours)s hours left. By %(due)s.", hours)
    return (late if due < now else left) % {"hours": hours, "due": _due(due, case)}


def _left_in_days(due: dt.datetime, now: dt.datetime, case: Case) -> str:
    """As many days as stand on the clock itself."""
    zone = case.program.zone
    days = abs((due.astimezone(zone).date() - now.astimezone(zone).date()).days)
    late = ngettext("%(count)s day late. It was due %(due)s.", "%(count)s days late. It was due %(due)s.", days)
    left = ngettext("%(count)s day left. By %(due)s.", "%(count)s days left. By %(due)s.", days)
    if not days:
        late, left = _("Late. It was due %(due)s."), _("Due today: %(due)s.")
    return (late if due < now else left) % {"count": days, "due": _due(due, case)}


def _due(due: dt.datetime, case: Case) -> str:
    """The day; the time as well, where it is not the end of that day."""
    zone = case.program.zone
    is_by_the_day = due.astimezone(zone).time() == END_OF_DAY
    return clocks.day_words(due, zone) if is_by_the_day else clocks.moment_words(due, zone)


def waits_for_row(case: Case) -> str:
    """The same as `waits_for`, without a question of its own for each line."""
    return _("somebody outside") if case.is_open and case.is_outside else waits_for(case)


def _who(case: Case) -> str:
    if case.filed_by is not None:
        return case.filed_by.display_name
    return _("somebody who gave no name") if case.filed_as == "anonymous" else case.get_filed_as_display()


# -- the page ----------------------------------------------------------------------------------------------------------------


def page(case: Case, person: Person) -> dict[str, Any]:
    """What both sides' pages of one case show."""
    dated = clocks_shown(case)
    is_told_all = access.may_read_answer(person, case)
    return {
        "case": case,
        "stands": stands(case),
        "promises": [one for one in dated if one.is_promise],
        "legal": [one for one in dated if not one.is_promise],
        "rights_now": rights_now(dated),
        "is_late": case.is_open and any(one.shown.look is clocks.Look.LATE for one in dated if one.is_promise),
        "steps": steps_shown(person, case),
        "answer": case.answer if is_told_all else "",
        "changed": case.changed if is_told_all else "",
        "hides_answer": not is_told_all and bool(case.outcome),
        "plan_name": plan_name(case),
        "knows_appeals": plans.opens_appeals(case),
        "reasons": named_by(case.reasons, codes.REASONS),
        "services": named_by(case.services, codes.SERVICES),
        "files": list(telling.files_told(case)),  # never the photos themselves: there may be thirty
        "letters": letters_for(person, case),
        "readers": readers(case, person),
        "outside": outside_of(case),
    }


def outside_of(case: Case) -> Any:
    """The organization it went to, with how to reach it."""
    went = case.steps.filter(kind="outside").order_by("-at", "-pk").first() if case.is_outside else None
    return plans.organization(case, str(went.data.get("to", ""))) if went is not None else None
