"""Inside one family: what of a young person's own things who else of it sees. One table; every room has to agree with it.

Nothing here decides by itself. Each room decides in its own file beside this one, and tests/access/test_partition.py makes
families and holds what the rooms show (pages, sockets, notices, the calendar, the family's record) against this table.

    sees     its words, or its page
    knows    that it is there: with a mentor who it is, since when, and on which days they were in touch
    -        neither that it exists nor anything of it

The columns are the young person, from the age of an own account on; caregivers, by what the papers that staff saw say they may
do (decide everything, about health care, only be told, about school, or no paper at all), one whom a court bars, one who is
kept away from somebody of the household; and a natural support. A paper never opens what a young person writes or asks
for: "what to see" is about the item, not about how much an adult may decide. What staff worry about and report is nobody's
of the family: who pressed "I feel unsafe" reads on that button's own page that they were heard.

A case and its dates belong to the family that lives with them, so each caregiver of it sees them while the young person is a
minor, paper or none; only a court's bar takes that away. Who decides in it is another question (access/enrollment.py).
`_alone` is one the young person agreed to alone, as the state's law lets them; `_drugs` one of these about alcohol or drugs
(42 CFR part 2). What the young person writes, asks for and says stays theirs whatever it rests on, so it needs no such mark.
`said` is a statement said to the staff of the team, `said_to_family` one that the young person said to the family as well,
`prepared` what they wrote down before a meeting and gave to nobody yet.

A plan of care opens by a paper, item by item (access/care.py): its page, the young person's words at its top, goals about the
home, about health and about school, a step of the crisis plan, a task shown to the natural support by somebody who decides,
goals the young person agreed to alone and about drugs with a later step of that, and how another caregiver says they are.
Whoever is kept away from somebody of the household reads nothing that can tell where its people are. Where the case rests on
the young person's own word, all of the plan does, also what a natural support was shown. A consent the young person signed
about drugs is seen by whom it names; it opens these items to an adult who reads the plan (`SIGNED`), and to nobody else.
"""

from __future__ import annotations

from enum import StrEnum

TABLE = """
                young  full   health told   school none   barred apart  support

conversation    sees   -      -      -      -      -      -      -      -
draft           sees   -      -      -      -      -      -      -      -
photo           sees   -      -      -      -      -      -      -      -
look            sees   -      -      -      -      -      -      -      -
concern         -      -      -      -      -      -      -      -      -
report          -      -      -      -      -      -      -      -      -
mentor          sees   knows  knows  knows  -      -      -      -      -
wish            sees   -      -      -      -      -      -      -      -
request         sees   -      -      -      -      -      -      -      -
skill           sees   -      -      -      -      -      -      -      -
contact         sees   -      -      -      -      -      -      -      -
check_in        sees   -      -      -      -      -      -      -      -
case            sees   sees   sees   sees   sees   sees   -      sees   -
case_alone      sees   -      -      -      -      -      -      -      -
case_drugs      sees   -      -      -      -      -      -      -      -
dates           sees   sees   sees   sees   sees   sees   -      sees   -
dates_alone     sees   -      -      -      -      -      -      -      -
dates_drugs     sees   -      -      -      -      -      -      -      -
own_dates       sees   -      -      -      -      -      -      -      -
said            sees   -      -      -      -      -      -      -      -
said_to_family  sees   sees   sees   sees   -      -      -      -      -
prepared        sees   -      -      -      -      -      -      -      -

plan            sees   sees   sees   sees   sees   -      -      sees   sees
plan_words      sees   sees   sees   sees   -      -      -      -      -
plan_goal       sees   sees   sees   sees   -      -      -      -      -
plan_health     sees   sees   sees   sees   -      -      -      sees   -
plan_school     sees   sees   sees   sees   sees   -      -      -      -
plan_crisis     sees   sees   sees   sees   -      -      -      -      -
plan_ticked     sees   sees   sees   sees   -      -      -      -      sees
plan_alone      sees   -      -      -      -      -      -      -      -
plan_drugs      sees   -      -      -      -      -      -      -      -
plan_drugs_step sees   -      -      -      -      -      -      -      -
plan_wellbeing  -      -      -      -      -      -      -      -      -
plan_in_closed_case sees -    -      -      -      -      -      -      -
consent_drugs   sees   -      -      -      -      -      -      -      -
"""


class Answer(StrEnum):
    SEES = "sees"
    KNOWS = "knows"
    NOTHING = "-"


class Age(StrEnum):
    CHILD = "child"  # too young for an account of their own (16 CFR part 312): signs in nowhere, so sees nothing alone
    MINOR = "minor"
    ADULT = "adult"  # from the 18th birthday on nobody else sees anything (45 CFR 164.502(g)(3)), unless let (`LET`)


# What a young adult, or one who agreed alone, may let a caregiver see (access/growing.py).
LET = frozenset({"case", "dates", "case_alone", "dates_alone"})
# The same of a plan: all of it from the 18th birthday on; before it, what they agreed to alone, beside what a paper opens.
LET_GROWN = frozenset({"plan", "plan_words", "plan_goal", "plan_health", "plan_school", "plan_crisis", "plan_ticked"})
LET_GROWN |= {"plan_alone"}
# What a signed consent opens beside it (42 CFR 2.31).
SIGNED = frozenset({"plan_drugs", "plan_drugs_step"})


def table() -> dict[str, dict[str, Answer]]:
    """By item, by viewer."""
    head, *rows = [line.split() for line in TABLE.strip().splitlines() if line.strip()]
    return {item: dict(zip(head, map(Answer, words), strict=True)) for item, *words in rows}


def answer(item: str, viewer: str, age: Age, *, is_let: bool = False, is_named: bool = False) -> Answer:
    """What the table says for one viewer of one item of a young person of that age. `is_named`: in a signed consent."""
    row = table()[item]
    if viewer == "young":
        return Answer.NOTHING if age == Age.CHILD else row["young"]
    if is_let and viewer not in {"barred", "apart", "support"} and _is_opened(item, viewer, age):
        return Answer.SEES
    if is_named and item in SIGNED and answer("plan_goal", viewer, age, is_let=is_let) == Answer.SEES:
        return Answer.SEES
    return row[viewer] if age != Age.ADULT else Answer.NOTHING


def _is_opened(item: str, viewer: str, age: Age) -> bool:
    """By the young person's own word alone."""
    if age == Age.ADULT:
        return item in LET | LET_GROWN
    return item in LET or (item == "plan_alone" and table()["plan_goal"][viewer] == Answer.SEES)
