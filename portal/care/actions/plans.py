"""A plan's own steps: it is opened, looked at again, read, and ends when there is a reason for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from portal.access import Refused, reading, require
from portal.access import care as access
from portal.access.enrollment import NARROWER, bases_for, basis_of_cases
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care import refusals
from portal.care.actions.items import add_item
from portal.care.actions.team import take_seats
from portal.care.actions.versions import keep, locked
from portal.care.models import Plan, Seen, Version
from portal.families.models import AccessBasis, Family, Member
from portal.notices import actions as notices

FARTHEST = dt.timedelta(days=366)  # 42 CFR 441.301(c)(3): at least every 12 months
MEET_WITHIN = dt.timedelta(days=7)  # our own: about something that went wrong
SETBACK = "setback"


@transaction.atomic
def open_plan(
    *, actor: Person, family: Family, youth: Member, next_on: dt.date, access_basis: AccessBasis = AccessBasis.PARENT
) -> Plan:
    """Begin a plan of care. It has a next date from its first moment on. Raises AlreadyOpen, DateBehind."""
    require(access.may_open_plan(actor, family))
    require(youth.family_id == family.pk and youth.role == Member.Role.YOUTH and youth.left_at is None)
    access_basis = max(access_basis, basis_of_cases(youth), key=NARROWER.index)
    require(access_basis in {*bases_for(youth), basis_of_cases(youth)})
    _check_next(family, next_on)
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    if Plan.objects.filter(youth=youth, closed_at=None).exists():
        raise refusals.AlreadyOpen
    plan = Plan.objects.create(
        family=family, youth=youth, next_review_on=next_on, access_basis=access_basis, opened_by=actor
    )
    take_seats(plan)
    record(actor=actor, verb=Entry.Verb.CREATED, subject="plan", subject_id=plan.public_id, family=family)
    return plan


@transaction.atomic
def review_plan(*, actor: Person, plan: Plan, next_on: dt.date) -> None:
    """The team looked at the plan again, and says when it does so next. Raises DateBehind, PlanClosed."""
    plan = locked(plan)
    _require_staff(actor, plan)
    _check_next(plan.family, next_on)
    plan.next_review_on = next_on
    plan.save(update_fields=["next_review_on"])
    keep(actor=actor, plan=plan, why="", step=Version.Step.REVIEW)


def close_plan(*, actor: Person, plan: Plan, reason: str) -> None:
    """End it for one of the reasons there are. A setback is none: then the team meets, and a task says so.

    Raises SomethingWentWrong, after the task is in the plan, and PlanClosed.
    """
    if reason == SETBACK:
        _meet_about_it(actor, plan)
        raise refusals.SomethingWentWrong
    with transaction.atomic():
        plan = locked(plan)
        _require_staff(actor, plan)
        plan.closed_at, plan.closed_for = timezone.now(), Plan.Closing(reason)
        plan.save(update_fields=["closed_at", "closed_for"])
        keep(actor=actor, plan=plan, why="", step=Version.Step.CLOSED)


@transaction.atomic
def confirm_seen(*, actor: Person, plan: Plan, number: int, shown: Collection[int] | None = None) -> None:
    """They say they have read it, up to the version that stood on their page. Saying it twice changes nothing.

    `shown`: the keys of the items that stood there; None: all that they see now.
    """
    reader = access.reader_of(actor, plan)
    if reader is None or reader.part == access.Part.SUPPORT:
        raise Refused
    plan.refresh_from_db(fields=["last_number"])
    number = min(number, plan.last_number)
    items = access.visible_items(reader, plan, with_removed=True)
    _keep_look(actor, plan, number, [one.pk for one in items if shown is None or one.pk in shown])
    if number >= reading.newest_number(plan, items):
        notices.mark_read(person=actor, about=plan.told_as)


def _keep_look(actor: Person, plan: Plan, number: int, shown: list[int]) -> None:
    look = reading.last_look(actor, plan)
    if look is None or number > look.number:
        Seen.objects.get_or_create(plan=plan, person=actor, number=number, defaults={"shown": shown})
    elif number == look.number and set(shown) - set(look.shown or []):  # something opened to them, and nothing changed
        look.shown = shown
        look.save(update_fields=["shown"])


def _meet_about_it(actor: Person, plan: Plan) -> None:
    _require_staff(actor, plan)
    today = plan.family.program.today()
    add_item(
        actor=actor,
        plan=plan,
        kind="task",
        data={
            "text": gettext("The team meets: what happened, and what does the plan need?"),
            "owner": actor.display_name,
            "agency": plan.family.program.name,
            "due_on": today + MEET_WITHIN,
        },
    )


def _require_staff(actor: Person, plan: Plan) -> None:
    reader = access.reader_of(actor, plan)
    if reader is None or not access.may_keep(reader):
        raise Refused


def _check_next(family: Family, next_on: dt.date) -> None:
    today = family.program.today()
    if not today < next_on <= today + FARTHEST:
        raise refusals.DateBehind
