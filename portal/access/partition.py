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


def table() -> dict[str, dict[str, Answer]]:
    """By item, by viewer."""
    head, *rows = [line.split() for line in TABLE.strip().splitlines() if line.strip()]
    return {item: dict(zip(head, map(Answer, words), strict=True)) for item, *words in rows}


def answer(item: str, viewer: str, age: Age, *, is_let: bool = False) -> Answer:
    """What the table says for one viewer of one item of a young person of that age."""
    row = table()[item]
    if viewer == "young":
        return Answer.NOTHING if age == Age.CHILD else row["young"]
    if is_let and item in LET and viewer not in {"barred", "apart", "support"}:
        return Answer.SEES
    return row[viewer] if age != Age.ADULT else Answer.NOTHING
