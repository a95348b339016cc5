"""The demo's families ask for support: one answer is late, a companion is arranged, a step is taken, and one wants to help."""

from __future__ import annotations

import datetime as dt

from peer_support.actions import (
    Ask,
    Talked,
    add_class,
    arrange_request,
    ask_for_support,
    choose_skill,
    mark_step,
    offer_to_help,
    record_helping,
)
from peer_support.models import Pairing
from portal.accounts.models import Person
from portal.clocks.firing import fire_due
from portal.demo import cast
from portal.families.models import Member
from portal.notices.models import Notice
from portal.programs.models import StaffRole

CLASSES = (
    (
        "Run your child’s school meeting",
        "What to ask for, in what order, and how to say no.",
        "en",
        6,
        "Bayou hall, Gretna",
    ),
    ("Sus derechos en la escuela", "Qué puede pedir, y cómo pedirlo por escrito.", "es", 13, "Por video, desde casa"),
)


def tell(people: dict[str, Person], roles: dict[str, StaffRole], *, now: dt.datetime) -> None:
    """Renée waits for an answer that is late; Denise comes to her meeting; Marisol would like to help others one day."""
    alma, renee, marisol = people["alma"], people["renee"], people["marisol"]
    members = {slug: Member.objects.get(person=people[slug]) for slug in ("renee", "marisol")}
    today = members["renee"].family.program.today()
    for title, about, language, days, place in CLASSES:
        add_class(
            actor=alma,
            organization=roles["alma"].organization,
            title=title,
            about=about,
            language=language,
            held_on=today + dt.timedelta(days=days),
            begins_at=dt.time(18),
            place=place,
            places=12,
        )
    ask_for_support(
        actor=renee,
        member=members["renee"],
        ask=Ask(
            key=cast.id_of("request-late"),
            kind="advocate",
            words="The school wants to send Marcus home at noon every day. I do not know what I may say.",
            at=now - dt.timedelta(days=9),
        ),
    )
    meeting = ask_for_support(
        actor=renee,
        member=members["renee"],
        ask=Ask(
            key=cast.id_of("request-meeting"),
            kind="meeting",
            words="I would like to talk before we go in.",
            helper=roles["denise"],
            meets_on=today + dt.timedelta(days=3),
            meets_at=dt.time(10),
            place="Cypress Grove Middle School, room 4",
            at=now - dt.timedelta(days=2),
        ),
    )
    arrange_request(
        actor=alma,
        request=meeting,
        on=today + dt.timedelta(days=3),
        at_time=dt.time(9, 30),
        words="Denise waits for you at the front door half an hour before.",
    )
    _skills(renee, members["renee"], today)
    path = offer_to_help(
        actor=marisol, member=members["marisol"], words="Lucía me ayudó tanto. Algún día quiero hacer lo mismo."
    )
    talked = Talked(
        stage="talk_held",
        talked_on=today,
        next_on=today + dt.timedelta(days=21),
        words="Qué bueno hablar con usted. En tres semanas vemos juntas la capacitación.",
    )
    record_helping(actor=alma, path=path, talked=talked)
    fire_due()
    Notice.objects.filter(kind="support", person__in=[renee, marisol]).update(read_at=now)


def _skills(renee: Person, member: Member, today: dt.date) -> None:
    """One that she shares with Denise, with a step; one that is hers alone."""
    pairing = Pairing.objects.get(member=member, state=Pairing.State.ACTIVE)
    shared = choose_skill(actor=renee, member=member, skill="in_writing", share_with=pairing)
    mark_step(
        actor=renee,
        chosen=shared,
        on=today - dt.timedelta(days=2),
        words="I asked the school to send me the plan by mail. It came.",
    )
    mark_step(
        actor=pairing.peer.person, chosen=shared, on=today - dt.timedelta(days=1), words="You read it out to them!"
    )
    choose_skill(actor=renee, member=member, words="Sleep the night before a meeting")
