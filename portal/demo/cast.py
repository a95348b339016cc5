"""The invented people of the demo: who they are, and three things to try as each of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.programs.vocabulary import Event

# Every id follows from a name, so that two fresh demos have the same links.
_SPACE = uuid.UUID("5b0f7a5e-6c1d-4c7a-9a0e-0d1e5f7c9b11")

PROGRAM = "louisiana-csoc"
SECOND_PROGRAM = "missouri-initiative"
FLORIDA = "florida-care-coordination"
ORGANIZATION = ("bayou-lantern", "Bayou Lantern Family Network")
CARE_ORGANIZATION = ("delta-wraparound", "Delta Wraparound Agency")
COAST = ("gulf-light", "Gulf Light Care")  # in Florida


def id_of(name: str) -> uuid.UUID:
    return uuid.uuid5(_SPACE, name)


@dataclass(frozen=True)
class Part:
    """One person of the story. `role` is a family role or a staff role."""

    slug: str
    name: str
    role: str
    who: str | Promise
    try_this: tuple[str | Promise, str | Promise, str | Promise]
    language: str = "en"
    pronouns: str = ""
    age: int | None = None
    about: str = ""
    speaks: tuple[str, ...] = ("en",)
    program: str = PROGRAM

    @property
    def public_id(self) -> uuid.UUID:
        return id_of(self.slug)

    @property
    def email(self) -> str:
        return f"{self.slug}@example.org"


CAST: tuple[Part, ...] = (
    Part(
        "renee",
        "Renée Guidry",
        "caregiver",
        _("Mother of Marcus, 14. Talks with Denise, her peer partner."),
        (
            _("Read what Denise wrote today and answer her."),
            _("See what is owed to you: the plan is late, and one date has moved. Open both and read why."),
            _(
                "Open Plan: read what is new, who is on your team, what waits for your yes, and what is shared with whom. "
                "Then open My say: one answer is late."
            ),
        ),
        pronouns="she/her",
    ),
    Part(
        "marcus",
        "Marcus Guidry",
        "youth",
        _("14 years old, Renée’s son."),
        (
            _("Open Plan: your words stand at the top, and nobody can change them. Say who should not be in the room."),
            _("Write that you cannot go on: see help at once. Your mother sees nothing of it."),
            _(
                "Press “Get ready” for the meeting: bring one thing, keep one, and look as Renée: she finds only what you brought."
            ),
        ),
        pronouns="he/him",
        age=14,
    ),
    Part(
        "odile",
        "Odile Guidry",
        "caregiver",
        _("Marcus’s grandmother, new here. Someone is proposed to her and waits for an answer."),
        (
            _("Go through the first-time pages: what stays private and what cannot."),
            _("Compare Denise and Lucía side by side, with what each shares with you. Choose one, or ask for others."),
            _("After a yes, write the first message. Change your mind later: nobody asks you why."),
        ),
        pronouns="she/her",
    ),
    Part(
        "marisol",
        "Marisol Paredes",
        "caregiver",
        _("Mother of Diego. Everything is in Spanish for her."),
        (
            _("Read the conversation with Lucía in Spanish and answer."),
            _("Turn off the network, write, and turn it on again."),
            _("See under your last message that Lucía has not opened it, whom we told, and what happens next."),
        ),
        language="es",
        pronouns="ella",
    ),
    Part(
        "denise",
        "Denise Fontenot",
        "peer_partner",
        _("Peer partner. Her own son was in care."),
        (
            _("See on Today who waits for an answer."),
            _("Write to Renée in a second browser and watch it arrive."),
            _("Open the group “The Tuesday porch”: somebody waits for a place, and one message is reported."),
        ),
        pronouns="she/her",
        about="My son was in care too.",
    ),
    Part(
        "lucia",
        "Lucía Benavides",
        "peer_partner",
        _("Peer partner, speaks Spanish and English."),
        (
            _("Answer Marisol in Spanish."),
            _("Open what families see of you: your years, your checks, and your places."),
            _("See that you cannot open any other family’s conversation."),
        ),
        language="es",
        pronouns="ella",
        about="Crié a mi nieto cuando estuvo en el tribunal.",
        speaks=("es", "en"),
    ),
    Part(
        "tre",
        "Tre Baptiste",
        "youth_mentor",
        _("Youth mentor of Marcus. Carla watches over what they write."),
        (
            _("Read who can see your conversation with Marcus, and what you wrote that waits until Carla has looked."),
            _("Change one of your messages: what it said before stays."),
            _(
                "Open “I must report abuse or neglect”: you called this morning, and its number is still missing. Add it."
            ),
        ),
        pronouns="he/him",
        about="I used these services from 13 to 18.",
    ),
    Part(
        "alma",
        "Alma Reyes",
        "liaison",
        _("Family liaison of Bayou Lantern."),
        (
            _("Open Referrals: one is late, and one waits for the family."),
            _("Open Pairings, then “Who could fit whom”: see the plan for all who wait, and confirm or change it."),
            _("Open Safety: see who waits and for how long, say that you are on it, and write down how it ended."),
        ),
        pronouns="she/her",
        speaks=("en", "es"),
    ),
    Part(
        "paul",
        "Paul Okafor",
        "facilitator",
        _("Facilitator for the Guidry family."),
        (
            _("Open Dates: the plan for the Guidry family is late. Write down that it is done, and look as Renée."),
            _("Open Marcus’s plan: see what is late or missing, change a goal, propose a meeting, and look as Renée."),
            _("Open Answers owed: one is late. Answer it, and look as Renée: she says whether it was one."),
        ),
        pronouns="he/him",
    ),
    Part(
        "joan",
        "Joan Melancon",
        "grievance_coordinator",
        _("Grievance coordinator."),
        (
            _("Open Desk: what is due next, what is late, and on whom it waits."),
            _("Open what Renée told us, write down a call, and look as Renée: both dates, with how they are counted."),
            _("Write down whom it is about, choose yourself, and see it go to somebody else."),
        ),
        pronouns="she/her",
    ),
    Part(
        "carla",
        "Carla Dupré",
        "programme_lead",
        _("Program lead. Supervises the peer partners."),
        (
            _(
                "On Today open “Families in policy”: a suggestion is late. Answer it, and look as Renée: no name is said."
            ),
            _("Open “How meetings go”: what families said, and what everybody reads. Small numbers are hidden."),
            _("Open “Watching over conversations”: look at a message that waits, and see that both learn of it."),
        ),
        pronouns="she/her",
    ),
    Part(
        "ruthie",
        "Ruthie Boone",
        "caregiver",
        _("In Missouri: aunt of Sam, 12. The agencies are deciding together, and one does not agree."),
        (
            _("Open your family’s page and see where it stands: who said what, why, and when they meet again."),
            _("Say what you think. Your “no” holds it, too."),
            _("Look for a way in which anybody could turn Sam away: there is none."),
        ),
        pronouns="she/her",
        program=SECOND_PROGRAM,
    ),
    Part(
        "dana",
        "Dana Whitfield",
        "caregiver",
        _("In Missouri: mother of Caleb, 15, and June, 9. Both are in the program."),
        (
            _("See on Home that June’s first talk is late, and for how many days."),
            _("Open Caleb’s page: the last day comes near. Ask for more time."),
            _("The team says yes to ending for Caleb: say that you do not agree, or take it back."),
        ),
        pronouns="she/her",
        program=SECOND_PROGRAM,
    ),
    Part(
        "caleb",
        "Caleb Whitfield",
        "youth",
        _("In Missouri: 15 years old, Dana’s son."),
        (
            _("See which goal is left, and what the agencies say about ending."),
            _("Say in your own words if it should end: nobody can write over them."),
            _("Look for June’s page: it is hers, so you do not find it."),
        ),
        pronouns="he/him",
        age=15,
        program=SECOND_PROGRAM,
    ),
    Part(
        "nora",
        "Nora Ellis",
        "facilitator",
        _("In Missouri: care manager of both families."),
        (
            _("Write down that the team has met about Sam: with one “no” it is not decided, and you set the next day."),
            _("Try to end Caleb’s time here: a goal is left and the agencies have not agreed, so there is no button."),
            _("Write down June’s assessment with the child alone: it does not count."),
        ),
        pronouns="she/her",
        program=SECOND_PROGRAM,
    ),
    Part(
        "grant",
        "Grant Sutter",
        "programme_lead",
        _("In Missouri: leads the management team."),
        (
            _("Open Dates: what the program itself owes each week and each month."),
            _(
                "Type /cases/ after the address: each case has someone and a next date, or it stands here without a name."
            ),
            _("See that leading a program opens no family’s record."),
        ),
        pronouns="he/him",
        program=SECOND_PROGRAM,
    ),
    Part(
        "gloria",
        "Gloria Batista",
        "caregiver",
        _("Mother in Florida. In her first week fewer people were in touch than was promised."),
        (
            _("See who came and who called, and that the first week is red."),
            _("Say with one tap whether you felt respected."),
            _("See on Home who is on call for you now, and how to reach them day and night."),
        ),
        pronouns="she/her",
        program=FLORIDA,
    ),
    Part(
        "ray",
        "Ray Ferris",
        "facilitator",
        _("Care coordinator in Florida."),
        (
            _("Write down a visit to Gloria in a few taps, on a phone."),
            _("Write the same visit down again: one contact counts once."),
            _("Call off tomorrow’s visit, and look as Gloria."),
        ),
        pronouns="he/him",
        program=FLORIDA,
    ),
    Part(
        "imani",
        "Imani Cole",
        "liaison",
        _("Family liaison in Florida. She keeps the rota."),
        (
            _("Open “Who is on call”: nobody has tomorrow night. Fill it."),
            _("Fill two weeks at once, also across a change of the clocks."),
            _("Call off the shift that runs now, and look as Gloria: the crisis lines stand in."),
        ),
        pronouns="she/her",
        program=FLORIDA,
    ),
)

BY_SLUG = {part.slug: part for part in CAST}
FAMILY_ROLES = {"caregiver", "youth", "natural_support"}

# What happened for the Guidry family, how many days ago and when: the plan is late by now, and the team is to meet soon.
HAPPENED: tuple[tuple[Event, int, str], ...] = (
    (Event.REFERRED, 50, "10:00"),
    (Event.FIRST_CONTACT_MADE, 48, "15:30"),
    (Event.MET_FACE_TO_FACE, 42, "17:00"),
    (Event.ENROLLED, 34, "11:00"),
    (Event.TEAM_MET, 27, "17:30"),
)

# (conversation, author, days ago, hour:minute, text); the last one of the first is unread.
TALK: tuple[tuple[str, str, int, str, str], ...] = (
    ("renee-denise", "denise", 3, "16:05", "Hi Renée, I am Denise. I have been where you are. No hurry to answer."),
    ("renee-denise", "renee", 3, "20:41", "Thank you. He threw his shoes at the bus this morning. I am so tired."),
    (
        "renee-denise",
        "denise",
        3,
        "20:50",
        "Oh, those mornings. What helped us was one thing less to decide. I am here tomorrow too.",
    ),
    ("renee-denise", "denise", 1, "17:58", "How did this morning go?"),
    ("renee-denise", "renee", 1, "18:10", "Better than last week. He got on the bus. I cried in the car after."),
    ("renee-denise", "denise", 1, "18:33", "That is a big deal. Crying in the car counts too. I did a lot of that."),
    ("renee-denise", "denise", 0, "00:40", "About Thursday’s meeting: do you want me to sit next to you?"),
    (
        "marisol-lucia",
        "lucia",
        2,
        "15:20",
        "Hola Marisol, soy Lucía. Yo también pasé por el tribunal con mi nieto. ¿Cómo está usted hoy?",
    ),
    ("marisol-lucia", "marisol", 2, "21:02", "Cansada. Diego no quiso ir a la escuela y me llamaron otra vez 😞"),
    (
        "marisol-lucia",
        "lucia",
        2,
        "21:15",
        "Qué día tan largo. ¿Quiere que preparemos juntas lo que va a decir en la escuela?",
    ),
    ("marisol-lucia", "marisol", 1, "19:30", "Sí, por favor. No quiero decirlo sola. ¿Puede ser en español?"),
    (
        "marisol-lucia",
        "lucia",
        1,
        "19:44",
        "Claro que sí. Y la escuela tiene que poner un intérprete, sin costo. Lo pedimos hoy mismo.",
    ),
)
