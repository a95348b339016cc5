"""What families of the demo said: one in the plan, one answered, one not done, one late, one to a mentor alone, some cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from portal.accounts.models import Person
from portal.care.models import Item
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.demo import cast
from portal.families.models import Member
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.voice.actions import statements as actions
from portal.voice.models import Statement, StatementStep

# (key, days ago, audience, what it is about, text)
RENEE = (
    (
        "late",
        12,
        "team",
        "service",
        "Nobody asked Marcus before they changed his therapist. He found out in the waiting room.",
    ),
    ("planned", 9, "team", "meeting", "I can do meetings after 5. Not at noon. I lose pay."),
    ("answered", 7, "team", "team", "Could Aunt Bea be on the team? She raised me."),
    ("declined", 6, "family", "service", "We need the respite on Saturdays, all day."),
)
MARCUS = "can you not tell them i said this. i want to quit the saturday group"
CARDS = ("tired", "school", "talk")


def tell(people: Mapping[str, Person], roles: Mapping[str, StaffRole], *, now: dt.datetime) -> None:
    paul = people["paul"]
    renee, marcus = (Member.objects.get(person=people[slug]) for slug in ("renee", "marcus"))
    said = {
        key: _ago(_said(renee, marcus, key, audience, about, text), days, now)
        for key, days, audience, about, text in RENEE
    }
    goal = Item.objects.filter(plan__youth=marcus, kind="goal", removed_at=None, access_basis="parent").order_by("pk")[
        0
    ]
    after_five = actions.Answer("All our meetings are after 5 now. It stands with this goal.")
    actions.put_in_plan(actor=paul, statement=said["planned"], answer=after_five, item=goal)
    bea = actions.Answer("Yes. I called her, and she comes to the next meeting.")
    actions.answer_statement(actor=paul, statement=said["answered"], answer=bea)
    mornings = actions.Answer("We could find a worker for Saturday mornings only. We will ask again in April.")
    actions.decline(actor=paul, statement=said["declined"], answer=mornings)
    alone = _said(marcus, marcus, "alone", "one", "other", MARCUS, told_to=roles["tre"])
    _ago(alone, 2, now)
    _with_cards(people)
    fire_due()  # the first of them is late
    told = Notice.objects.filter(kind__in=[Notice.Kind.VOICE, Notice.Kind.ANSWER_OWED])
    told.exclude(person=paul).update(read_at=now)


def _said(
    author: Member, about: Member, key: str, audience: str, kind: str, text: str, told_to: StaffRole | None = None
) -> Statement:
    said = actions.Say(
        key=cast.id_of(f"said-{key}"),
        audience=audience,
        language="en",
        words=text,
        about=kind,
        youth=about,
        told_to=told_to,
    )
    return actions.say(actor=author.person, member=author, said=said)


def _ago(statement: Statement, days: int, now: dt.datetime) -> Statement:
    """As it would stand had it been said so many days ago."""
    gone = dt.timedelta(days=days)
    for clock in Clock.objects.filter(subject="statement", subject_id=str(statement.public_id)):
        if clock.due_at is not None and clock.due_on is not None:
            moved = {"due_at": clock.due_at - gone, "due_on": clock.due_on - gone}
            began = {"started_at": clock.started_at - gone, "opens_at": clock.opens_at - gone}
            Clock.objects.filter(pk=clock.pk).update(next_fire_at=moved["due_at"], **moved, **began)
            Statement.objects.filter(pk=statement.pk).update(due_at=moved["due_at"])
    Statement.objects.filter(pk=statement.pk).update(said_at=now - gone, recorded_at=now - gone)
    StatementStep.objects.filter(statement=statement).update(at=now - gone)
    return Statement.objects.get(pk=statement.pk)


def _with_cards(people: Mapping[str, Person]) -> None:
    """June, 9, picked three cards on her mother's phone."""
    dana = people["dana"]
    june = Member.objects.get(family__members__person=dana, person__display_name__startswith="June")
    actions.say_with_cards(
        actor=dana,
        child=june,
        key=cast.id_of("said-cards"),
        picked=list(CARDS),
        language="en",
        with_family=True,
    )
