"""How Marcus and Renée answer what is suggested: one no, a yes, one that needs time; what they ask of everybody, what comes first
for each of them, and a proposal to the team to which Renée objects."""

from __future__ import annotations

import datetime as dt

from portal.accounts.models import Person
from portal.care.actions import add_item
from portal.care.models import Item, Plan
from portal.families.models import Member
from portal.notices.models import Notice
from portal.voice.actions import (
    answer_suggestion,
    ask_in_round,
    ask_of_all,
    end_phase,
    open_round,
    rank,
    say_at_phase,
    take_position,
)


def fill(people: dict[str, Person], marcus: Member) -> None:
    plan, renee, paul, young = Plan.objects.get(youth=marcus), people["renee"], people["paul"], people["marcus"]
    before = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    suggested = {item.data["text"]: item for item in Item.objects.filter(plan=plan, standing=Item.Standing.SUGGESTED)}

    def says(who: Person, text: str, answer: str, words: str = "") -> Item:
        item = next(one for known, one in suggested.items() if text in known)
        now = Item.objects.select_related("plan").get(pk=item.pk)
        answer_suggestion(actor=who, item=now, mark=now.suggestion_mark, says=answer, words=words)
        return now

    says(young, "Monday group", "no", "I like to be with my cousins, not in a group.")
    goal = says(renee, "songs he picks", "yes")
    says(young, "alarm song", "yes")
    walk = add_item(
        actor=paul,
        plan=plan,
        kind="strategy",
        data={"text": "Aunt Bea walks with him to the bus on Fridays", "strengths": []},
        parent=Item.objects.get(pk=goal.pk),
    )
    suggested[walk.data["text"]] = walk
    says(renee, "Aunt Bea walks", "later", "I want to ask my sister first.")
    ask_of_all(
        actor=renee, plan=plan, kind="do_not", words="Please do not talk about the court papers while he is there."
    )
    ask_of_all(actor=young, plan=plan, kind="do", words="Ask me first, then my mom.")
    ranked = {
        item.data["text"]: str(item.public_id) for item in Item.objects.filter(plan=plan, kind__in=["need", "goal"])
    }
    mornings, sleep = ranked["Mornings without a fight"], ranked["Sleep"]
    evening = ranked["I have one evening a week to myself"]
    rank(actor=renee, plan=plan, order=[sleep, mornings, evening])
    rank(actor=young, plan=plan, order=[evening, mornings, sleep])
    say_at_phase(actor=renee, plan=plan, phase="engagement", words="You came to our kitchen. That helped.")
    end_phase(actor=paul, plan=plan, phase="engagement")
    one = open_round(
        actor=paul,
        plan=plan,
        text="The team meets every second Monday at four.",
        answer_by_on=plan.family.program.today() + dt.timedelta(days=8),
    )
    ask_in_round(actor=young, one=one, text="Do I have to be there each time?")
    take_position(actor=renee, one=one, wording=1, says="object", words="I work until six on Mondays.")
    waits = {renee.pk: Notice.Kind.PROPOSAL, paul.pk: Notice.Kind.ANSWER_OWED}
    for notice in Notice.objects.filter(pk__gt=before):  # the rest was read long ago
        if waits.get(notice.person_id) != notice.kind:
            notice.delete()
