"""What families of the demo told us: one near its last day, one that is late, and one that was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.programs.models import StaffRole
from rights_grievances import actions
from rights_grievances.models import Case


def tell(people: Mapping[str, Person], roles: Mapping[str, StaffRole], family: Family, *, now: dt.datetime) -> None:
    joan, renee = people["joan"], people["renee"]
    youth = family.members.filter(role=Member.Role.YOUTH).order_by("pk").first()

    def told(words: str, days: int, *, wish: str = "") -> Case:
        return actions.file_case(
            program=family.program,
            words=words,
            wish=wish,
            filed_as=Case.FiledAs.CAREGIVER,
            way=Case.Way.PAGE,
            language="en",
            filed_by=renee,
            family=family,
            youth=youth,
            at=now - dt.timedelta(days=days),
        )

    near = told(
        "Nobody has called us back about respite for three weeks.", 27, wish="A call, and a weekend with a date."
    )
    actions.sort_case(actor=joan, case=near, kind="grievance", reasons=["a", "c"], services=["g"])
    actions.acknowledge_case(actor=joan, case=near, at=now - dt.timedelta(days=26))
    actions.forward_case(actor=joan, case=near, at=now - dt.timedelta(days=26))
    actions.confirm_receipt(actor=joan, case=near, at=now - dt.timedelta(days=26))
    actions.assign_decider(actor=joan, case=near, staff_role=roles["carla"])

    told("The ride to therapy came an hour late, twice.", 33)

    answered = told("At the last meeting everybody used short words I do not know.", 12)
    actions.sort_case(actor=joan, case=answered, kind="grievance", reasons=["a"])
    actions.acknowledge_case(actor=joan, case=answered, at=now - dt.timedelta(days=11))
    actions.assign_decider(actor=joan, case=answered, staff_role=roles["carla"])
    actions.resolve_case(
        actor=people["carla"],
        case=answered,
        outcome=Case.Outcome.AGREED,
        answer="You are right, and we are sorry. A meeting is yours, so you must be able to follow every word of it.",
        changed="From now on one person at each meeting says every short word in full.",
    )
