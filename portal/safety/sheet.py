"""What the page of a report says: whom to call, and a plain sheet to read aloud, made from what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from portal.access import reports as access
from portal.safety.forms.reports import answers_of
from portal.safety.routing import Advice, route

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.models import Member
    from portal.programs.models import Program
    from portal.safety.models import AbuseReport


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    text: str


def program_of(report: AbuseReport) -> Program:
    return report.staff_role.organization.program


def advice_of(report: AbuseReport) -> Advice:
    program = program_of(report)
    return route(program.profile, answers_of(_with_region(report, report.said)), program.today())


def _with_region(report: AbuseReport, said: dict[str, Any]) -> dict[str, Any]:
    """Where the family lives, if nobody chose anything: it decides which county is called."""
    if said.get("region") or report.child is None:
        return said
    child = access.child_of(report.reporter, str(report.child.public_id))
    return said | {"region": child.family.region if child else ""}


def sheet(report: AbuseReport, reader: Person) -> list[Line]:
    """In the order in which they ask on the phone. What the record knows stands in where nothing was typed, and of where the
    child lives only what the reporter may see.
    """
    said = report.said
    child = access.child_of(report.reporter, str(report.child.public_id)) if report.child else None
    on_record = _on_record(report, child) if reader.pk == report.reporter_id else {}
    name = said.get("child_name") or (report.child.display_name if report.child else "")
    found = (
        (_("The child"), name),
        (_("Age"), said.get("age") or on_record.get("age", "")),
        (_("Where the child is or lives"), said.get("address") or on_record.get("address", "")),
        (_("What I saw or heard"), said.get("what", "")),
        (_("When it was"), said.get("when", "")),
        (_("Who may have done it"), "\n".join(filter(None, [said.get("who", ""), *_ticked(report)]))),
    )
    return [Line(label, text or _("I do not know.")) for label, text in found]


def _on_record(report: AbuseReport, child: Member | None) -> dict[str, str]:
    if child is None:
        return {}
    age = child.person.age_on(program_of(report).today())
    return {"age": "" if age is None else str(age), "address": access.address_of(report.reporter, child)}


def _ticked(report: AbuseReport) -> list[str]:
    """Those who were ticked; who only stands in the words stands there already."""
    ticked = set(report.said.get("named", ()))
    return [one.display_name for one in report.named.order_by("display_name") if str(one.public_id) in ticked]
