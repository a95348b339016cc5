"""The team around Marcus: an aunt with a link, a teacher whom staff propose, and a place that is empty for a reason."""

from __future__ import annotations

from portal.accounts.models import Person
from portal.care.actions import add_seat, answer_seat, explain_empty_place, make_link
from portal.care.models import Plan
from portal.families.models import Member
from portal.notices.models import Notice


def fill(people: dict[str, Person], marcus: Member) -> None:
    plan, renee, paul = Plan.objects.get(youth=marcus), people["renee"], people["paul"]
    bea = add_seat(actor=renee, plan=plan, role="neighbor", name="Aunt Bea", reach="(504) 555-0187, after 5 pm")
    make_link(actor=renee, seat=bea)
    lang = add_seat(actor=paul, plan=plan, role="court", name="Officer Lang", agency="Juvenile probation")
    answer_seat(actor=renee, seat=lang, yes=True)
    explain_empty_place(actor=paul, plan=plan, role="provider", why="The respite worker has not started yet.")
    about = f"team:{plan.public_id}"
    Notice.objects.filter(about=about).delete()
    add_seat(actor=paul, plan=plan, role="school", name="Ms. Reed", agency="West Bank Middle School")
    Notice.objects.filter(about=about).exclude(person=renee).delete()
