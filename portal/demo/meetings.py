"""The next two meetings of Marcus's team: one that everybody said yes to, and one that waits for the family's word."""

from __future__ import annotations

import datetime as dt

from portal.accounts.models import Person
from portal.care.actions import (
    add_item,
    agree_to_meeting,
    answer_meeting,
    ask_for_other,
    confirm_meeting,
    propose_meeting,
)
from portal.care.models import Guest, Plan
from portal.families.models import Member
from portal.notices.models import Notice


def fill(people: dict[str, Person], marcus: Member) -> None:
    plan, renee, paul = Plan.objects.get(youth=marcus), people["renee"], people["paul"]
    program = plan.family.program

    def at(days: int, hour: int) -> dt.datetime:
        return dt.datetime.combine(program.today() + dt.timedelta(days=days), dt.time(hour, 30), program.zone)

    add_item(
        actor=renee,
        plan=plan,
        kind="domain",
        data={"domain": "culture", "state": "talked", "note": "Sundays are for church, and then my sister’s table."},
    )
    first = propose_meeting(
        actor=paul,
        plan=plan,
        starts_at=at(3, 17),
        minutes=60,
        how="place",
        place="Westwego library, the small room upstairs",
        about="How the mornings go, and what Aunt Bea can do on Fridays",
    )
    agree_to_meeting(actor=renee, meeting=first, mark="0")
    answer_meeting(
        actor=people["marcus"], guest=Guest.objects.get(meeting=first, seat__person=people["marcus"]), says="maybe"
    )
    confirm_meeting(actor=paul, meeting=first, mark="0")
    second = propose_meeting(
        actor=paul,
        plan=plan,
        starts_at=at(24, 9),
        minutes=45,
        how="place",
        place="At school, with the counselor",
        about="The bus, and first period",
    )
    ask_for_other(actor=people["marcus"], meeting=second, mark="0", text="Not at school. People see me go in there.")
    told = Notice.objects.filter(kind=Notice.Kind.MEETING)
    told.exclude(person=paul, about=f"meeting:{second.public_id}").delete()
