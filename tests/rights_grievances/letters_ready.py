"""Cases as they stand when a letter is due, made by the actions that pages use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.programs import actions as programs
from portal.programs.models import Program, StaffRole
from rights_grievances import actions
from rights_grievances.actions import letters
from rights_grievances.models import Appeal, Case, Letter
from tests.rights_grievances.telling import clock_of, fresh, tell
from tests.world import World, _person

DAY = dt.timedelta(days=1)
OUR_PROMISE = "PROMISE-ANSWER"

# What a writer fills in. Which of it a letter asks for depends on its kind.
WRITTEN = {
    "to": "Rosa Delgado",
    "reason": "The doctor who knows the case comes back on Monday.",
    "answer": "The visits were not made. We have read the notes and asked the team.",
    "changed": "From now on somebody calls the same day.",
    "service": "Home visits",
    "answer_by": "2030-02-04",
    "hearing_how": "Fill in form H-1 and send it to 1 Main Street, Baton Rouge. Fax (225) 555-0101.",
    "phone": "(504) 555-0142",
    "tty": "711",
    "signed": "Priya Raman\nCoordinator",
}


def at_the_plan(world: World, kind: str = "grievance", ago: int = 0, **said: Any) -> Case:
    """Sorted, sent on to the plan, and received there so many days ago."""
    at = timezone.now() - ago * DAY - dt.timedelta(hours=1)
    case = tell(world, at=at, **said)
    actions.sort_case(actor=world.coordinator, case=case, kind=kind)
    actions.forward_case(actor=world.coordinator, case=case, at=at)
    return actions.confirm_receipt(actor=world.coordinator, case=case, at=at)


def answered(
    world: World, outcome: str, kind: str = "grievance", result: str = "", changed: str = "We call back in a day."
) -> Case:
    case = at_the_plan(world, kind)
    actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)
    actions.resolve_case(actor=world.lead, case=case, outcome=outcome, answer="We looked into it.", changed=changed)
    Appeal.objects.filter(case=case).update(result=result, resolution_dated_on=world.program.today())
    return fresh(case)


def an_appeal(world: World, **state: Any) -> Case:
    case = at_the_plan(world, "appeal")
    now = timezone.now()
    state = {"speed_asked_at": now, "continuing_asked_at": now} | state
    Appeal.objects.filter(case=case).update(**state)
    return fresh(case)


def overdue(world: World, rule: str, kind: str = "grievance") -> Case:
    """The date of that rule passed a moment ago, and a pass over what is due has said so."""
    case = at_the_plan(world, kind, ago=2)
    late = timezone.now() - dt.timedelta(seconds=2)
    Clock.objects.filter(pk=clock_of(case, rule).pk).update(due_at=late, next_fire_at=late)
    fire_due()
    return fresh(case)


def promise_missed(world: World) -> Case:
    """Only we had promised it: no plan is bound."""
    case = tell(world, at=timezone.now() - 40 * DAY)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance", plan="")
    fire_due()
    return fresh(case)


def exhausted(world: World) -> Case:
    return overdue(world, "APPEAL-STANDARD", "appeal")


def after_the_decision(world: World) -> Case:
    case = answered(world, "not_agreed", "appeal", "upheld")
    sent(world, case, "decision")
    return fresh(case)


Make = Callable[[World], Case]
READY: dict[str, tuple[str, Make]] = {
    "acknowledgment of a complaint": ("acknowledgment", at_the_plan),
    "acknowledgment of an appeal": ("acknowledgment", lambda world: at_the_plan(world, "appeal")),
    "acknowledgment of a fast appeal": ("acknowledgment", lambda world: an_appeal(world, speed="granted")),
    "more time": ("extension", at_the_plan),
    "more time for an appeal": ("extension", lambda world: at_the_plan(world, "appeal")),
    "yes to a complaint": ("decision", lambda world: answered(world, "agreed", changed="We call back in a day.")),
    "partly to a complaint": ("decision", lambda world: answered(world, "partly")),
    "no to a complaint": ("decision", lambda world: answered(world, "not_agreed")),
    "answer to a question": ("decision", lambda world: answered(world, "answered", "question")),
    "yes to an appeal": ("decision", lambda world: answered(world, "agreed", "appeal", "overturned")),
    "partly to an appeal": ("decision", lambda world: answered(world, "partly", "appeal", "partly")),
    "no to an appeal": ("decision", lambda world: answered(world, "not_agreed", "appeal", "upheld")),
    "late with a complaint": ("late", lambda world: overdue(world, "GRIEVANCE-RESOLVE")),
    "late with an appeal": ("late", exhausted),
    "late with our own promise": ("late", promise_missed),
    "not fast": ("not_fast", lambda world: an_appeal(world, speed="refused")),
    "the service goes on": ("continuation", lambda world: an_appeal(world, continuing="granted")),
    "the service does not go on": ("continuation", lambda world: an_appeal(world, continuing="refused")),
    "the service ends": ("continuation", lambda world: an_appeal(world, continuing="ended")),
    "a hearing after a no": ("hearing", after_the_decision),
    "a hearing after a delay": ("hearing", exhausted),
}


def draft(world: World, case: Case, kind: str, *, without: str = "", actor: Any = None, **more: Any) -> Letter:
    fields = {name: text for name, text in WRITTEN.items() if name != without}
    return letters.write_letter(actor=actor or world.coordinator, case=case, kind=kind, fields=fields, **more)


def sent(world: World, case: Case, kind: str, *, way: str = "site", actor: Any = None, **more: Any) -> Letter:
    letter = draft(world, case, kind, actor=actor, **more)
    return letters.send_letter(actor=actor or world.coordinator, letter=letter, way=way)


def coordinator_of(slug: str) -> StaffRole:
    """Somebody who deals with complaints in that programme."""
    program = Program.objects.get(slug=slug)
    organization = program.organizations.order_by("pk").first()
    assert organization is not None
    return programs.appoint(
        actor=None,
        person=_person(program, "Dana Reyes"),
        organization=organization,
        role=StaffRole.Role.GRIEVANCE_COORDINATOR,
        supervisor=None,
    )
