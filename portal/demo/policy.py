"""Families in policy in the demo: an open draft and an answered one, what made it hard, chances, seats, and what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from portal.accounts.models import Person
from portal.clocks.firing import fire_due
from portal.community import actions
from portal.community.actions.comments import Draft
from portal.community.actions.opportunities import Offer
from portal.community.models import CommentPeriod, SaidDone
from portal.demo import cast
from portal.programs.models import Organization, Program


def tell(people: Mapping[str, Person], program: Program, *, now: dt.datetime) -> None:
    _drafts(people, program, program.today())
    _suggestions(people, program, now)
    _chances(people, program)
    _seats(people, program)
    _done(people, program, now)


def _drafts(people: Mapping[str, Person], program: Program, today: dt.date) -> None:
    carla = people["carla"]
    still_open = actions.add_period(
        actor=carla,
        program=program,
        key=cast.id_of("draft-respite"),
        draft=Draft(
            title="Who can get respite, and how often you have to ask",
            summary="Today you ask for respite every three months. The draft says once a year. "
            "We want to know: would that help you? What would still be hard?",
            text="Section 4. A family asks for respite once in twelve months.\n\n"
            "Section 5. One caregiver signs. The form is in the language the family reads.",
            opens_on=today,
            closes_on=today + dt.timedelta(days=12),
        ),
    )
    CommentPeriod.objects.filter(pk=still_open.pk).update(opens_on=today - dt.timedelta(days=9))
    actions.leave_comment(
        person=people["marisol"],
        period=still_open,
        key=cast.id_of("comment-marisol"),
        words="Una vez al año sí ayuda. Lo difícil es que la oficina cierra a las cuatro.",
    )
    over = actions.add_period(
        actor=carla,
        program=program,
        key=cast.id_of("draft-rides"),
        draft=Draft(
            title="Rides to appointments",
            summary="A ride would have to come within 20 minutes, and you could call if it does not.",
            text="Section 2. A ride that is more than 20 minutes late counts as missed.",
            opens_on=today,
            closes_on=today,
        ),
    )
    for slug, words in (
        ("renee", "Twenty minutes in January with a child who cannot wait is a missed day of school."),
        ("denise", "Say whom to call. At six nobody answers."),
        ("lucia", "Veinte minutos es mucho con frío."),
    ):
        actions.leave_comment(person=people[slug], period=over, key=cast.id_of(f"comment-{slug}"), words=words)
    days = {"opens_on": today - dt.timedelta(days=60), "closes_on": today - dt.timedelta(days=30)}
    CommentPeriod.objects.filter(pk=over.pk).update(**days)
    over.refresh_from_db()
    actions.answer_period(
        actor=carla,
        period=over,
        heard="Twenty minutes are too long in the cold, and nobody picks up the phone at six in the morning.",
        changed="It is 15 minutes now, and the phone is answered from 5 am. The rest stays as it was in the draft.",
    )


def _suggestions(people: Mapping[str, Person], program: Program, now: dt.datetime) -> None:
    """One that waits since this week, and one whose "still working" is a week older than a month."""
    actions.make_suggestion(
        actor=people["marcus"],
        program=program,
        key=cast.id_of("suggestion-meetings"),
        words="All meetings are during school. I miss math every time and then I am in trouble for that.",
    )
    late = actions.make_suggestion(
        actor=people["renee"],
        program=program,
        key=cast.id_of("suggestion-form"),
        words="The form for respite wants two signatures. I raise him alone. It came back to me three times.",
        at=now - dt.timedelta(days=60),
    )
    actions.answer_suggestion(
        actor=people["carla"],
        suggestion=late,
        key=cast.id_of("answer-form"),
        kind="working",
        words="You are right that this is hard. We asked the state office if one signature is enough.",
        at=now - dt.timedelta(days=37),
    )
    fire_due()


def _chances(people: Mapping[str, Person], program: Program) -> None:
    board = actions.post_opportunity(
        actor=people["carla"],
        program=program,
        key=cast.id_of("chance-board"),
        offer=Offer(
            kind="board",
            title="The quality board",
            about="Eight people read what families say and see to it that something comes of it. Four of them are family.",
            meets="Second Tuesdays, 6 pm, at the library in Gretna, or by phone",
            stipend="$40 each time",
            childcare="At the library, free, with supper",
            mentoring="Denise comes along the first three times",
            languages=["en", "es"],
        ),
    )
    for slug in ("renee", "marcus"):
        actions.register_interest(actor=people[slug], opportunity=board)
    training = actions.post_opportunity(
        actor=people["carla"],
        program=program,
        key=cast.id_of("chance-training"),
        offer=Offer(
            kind="training",
            title="Speaking in public meetings",
            about="How to say what matters to you in three minutes, and what to do with your hands.",
            meets="Two evenings online",
            stipend="$25 each evening",
            languages=["en"],
        ),
    )
    came = actions.register_interest(actor=people["marisol"], opportunity=training)
    actions.record_outcome(
        actor=people["carla"],
        interest=came,
        outcome="came",
        words="Thank you for coming. The second evening is in May.",
    )


def _seats(people: Mapping[str, Person], program: Program) -> None:
    body = Organization.objects.get(program=program, slug="governance")
    since = program.today() - dt.timedelta(days=300)
    seats = (
        ("family", "First seat for families", since),
        ("family", "Second seat for families", None),
        ("youth", "Seat for a young person", None),
        ("other", "Department of Education", since),
        ("other", "Department of Health", since),
        ("other", "Juvenile Justice", since),
    )
    for place, (kind, title, held_since) in enumerate(seats):
        actions.add_seat(
            actor=people["carla"],
            organization=body,
            key=cast.id_of(f"seat-{place}"),
            kind=kind,
            title=title,
            held_since=held_since,
        )


def _done(people: Mapping[str, Person], program: Program, now: dt.datetime) -> None:
    entries = (
        (
            "Letters used words nobody knows.",
            "Each letter is read by two parents before it goes out.",
            "suggestion",
            20,
        ),
        ("Rides came late and nobody picked up the phone.", "The phone is answered from 5 am.", "comments", 6),
    )
    for place, (said, did, source, days) in enumerate(entries):
        entry = actions.publish_said_done(
            actor=people["carla"], program=program, key=cast.id_of(f"done-{place}"), said=said, did=did, source=source
        )
        SaidDone.objects.filter(pk=entry.pk).update(published_at=now - dt.timedelta(days=days))
