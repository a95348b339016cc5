"""What a plan of care asks of one person next: a meeting that waits for a yes, own tasks, what did not begin, the next look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.access import care, progress
from portal.care.shown import Row, Sheet
from portal.home.step import Step
from portal.language import formats

if TYPE_CHECKING:
    from portal.access.care import Reader
    from portal.accounts.models import Person
    from portal.care.models import Plan

SOON = dt.timedelta(days=14)


def plan_steps(person: Person) -> Iterator[Step]:
    for plan, reader in progress.plans_read(person):
        yield from _meetings(plan, reader)
        sheet = Sheet(care.visible_items(reader, plan), plan.family.program.today(), plan.next_review_on)
        yield from _tasks(plan, reader, sheet)
        if reader.part in {care.Part.YOUNG, care.Part.RAISING}:
            yield from _not_begun(sheet)
        if reader.part != care.Part.SUPPORT:
            yield from _next_look(plan, sheet.today)


def _meetings(plan: Plan, reader: Reader) -> Iterator[Step]:
    for meeting in progress.meetings_to_answer(reader, plan):
        yield Step(
            _("Say if this meeting suits you"),
            formats.moment(meeting.starts_at, _language(), meeting.tzinfo),
            reverse("meeting_show", args=[meeting.public_id]),
            _("See more"),
        )


def _tasks(plan: Plan, reader: Reader, sheet: Sheet) -> Iterator[Step]:
    """Those in which they stand as the one who does it: by the name others call them."""
    called = {name.casefold() for name in (reader.person.display_name, reader.person.first_name)}
    for row in sheet.tasks:
        if not row.is_settled and row.due and row.data["owner"].strip().casefold() in called:
            line = _("Still open. It was planned for %(on)s.") if row.public_id in sheet.late else _("By %(on)s")
            yield Step(row.title, line % {"on": _day(row.due)}, _page(plan), _("Open the plan"))


def _not_begun(sheet: Sheet) -> Iterator[Step]:
    late: list[Row] = [row for row in sheet.services if sheet.is_missed(row)]
    for row in late:
        if row.start_by:
            yield Step(
                row.title,
                _("Not started. It was promised for %(on)s.") % {"on": _day(row.start_by)},
                reverse("rights_show"),
                _("Say that it has not started"),
            )


def _next_look(plan: Plan, today: dt.date) -> Iterator[Step]:
    if today <= plan.next_review_on <= today + SOON:
        yield Step(
            _("Think of what you want to say"),
            _("We look at the plan together on %(on)s.") % {"on": _day(plan.next_review_on)},
            _page(plan),
            _("Open the plan"),
        )


def _page(plan: Plan) -> str:
    return reverse("plan_show", args=[plan.public_id])


def _day(on: dt.date) -> str:
    return formats.day(on, _language())


def _language() -> str:
    return get_language() or "en"
