"""Who says what to a suggestion of staff: whoever decides for the family in this matter answers it, others say what they think.

What rests on the young person's own word is theirs alone to answer. Who is kept away from somebody of the household decides
nothing here, as with the team, and sees no other person's answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.access import care
from portal.access.care import Part, Reader
from portal.accounts.models import Person
from portal.care.models import Item, Plan
from portal.families.models import AccessBasis
from portal.voice.models import ProposalAnswer

Says = ProposalAnswer.Says
Standing = Item.Standing
IN_FAVOR = frozenset({Says.YES, Says.CHANGE})
FAMILY = frozenset({Part.YOUNG, Part.RAISING, Part.TOLD})


def is_of_family(reader: Reader) -> bool:
    """Of the family, reading the plan as a whole; who is let see something of it has their own word, too."""
    return reader.part in FAMILY and not reader.is_apart


def reads_whole(reader: Reader) -> bool:
    """The same, and the staff beside them."""
    return reader.part == Part.STAFF or is_of_family(reader)


def decides(reader: Reader, plan: Plan) -> bool:
    """For the family, about the plan as a whole."""
    if reader.part == Part.YOUNG:
        return True
    return reader.part == Part.RAISING and plan.access_basis == AccessBasis.PARENT and not reader.is_apart


def may_decide(reader: Reader, item: Item) -> bool:
    """About this one thing, of those this reader sees."""
    is_parents = item.access_basis == AccessBasis.PARENT
    return decides(reader, item.plan) and (is_parents or reader.part == Part.YOUNG)


def may_speak_to(reader: Reader, item: Item) -> bool:
    """Say what they think, whether they decide or not: the family, of what they see."""
    return reader.part not in {Part.STAFF, Part.SUPPORT} and item.is_asked_about


def deciders(plan: Plan, item: Item) -> list[Person]:
    """Who of the family can answer it today."""
    return [reader.person for reader in care.readers_of(plan) if may_decide(reader, item)]


# -- what was answered -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said to one suggestion, the newest word of each person."""

    newest: list[ProposalAnswer]
    own: ProposalAnswer | None = None
    may_decide: bool = False
    may_speak: bool = False

    @property
    def said(self) -> list[ProposalAnswer]:
        """Of those who decide."""
        return [one for one in self.newest if one.says != Says.THINKS]

    @property
    def differs(self) -> bool:
        """Some say yes, others do not: the team talks about it."""
        return len({one.says in IN_FAVOR for one in self.said}) == 2


def answered(reader: Reader, plan: Plan, items: Iterable[Item]) -> dict[int, Answered]:
    """By item, what that reader may know of the answers to the suggestion it is now. In one question."""
    known = {item.pk: item for item in items if item.is_asked_about}
    if not known or reader.part == Part.SUPPORT:
        return {pk: Answered([]) for pk in known}
    asked = {pk: item.suggested_in for pk, item in known.items()}
    rows = ProposalAnswer.objects.filter(item__in=asked).select_related("by").order_by("pk")
    if reader.is_apart or reader.part == Part.SCHOOL:  # their own alone: they see a part of the plan
        rows = rows.filter(by=reader.person)
    found: defaultdict[int, list[ProposalAnswer]] = defaultdict(list)
    for row in rows:
        if row.suggested_in == asked[row.item_id]:
            found[row.item_id].append(row)
    return {pk: _as_read(reader, plan, item, found[pk]) for pk, item in known.items()}


def _as_read(reader: Reader, plan: Plan, item: Item, rows: list[ProposalAnswer]) -> Answered:
    item.plan = plan
    own = next((one for one in reversed(rows) if one.by_id == reader.person.pk), None)
    may_speak = plan.is_open and may_speak_to(reader, item)
    return Answered(newest(rows), own, may_speak and may_decide(reader, item), may_speak)


def newest(rows: Sequence[ProposalAnswer]) -> list[ProposalAnswer]:
    """The last word of each person, in the order of their first one. A yes to words that the family has changed since is none."""
    last = {row.by_id: row for row in rows}
    wording = max((row.wording for row in rows), default=0)
    return [row for row in last.values() if row.says != Says.YES or row.wording == wording]


def comes_to(rows: Sequence[ProposalAnswer], voices: Iterable[int]) -> Item.Standing:
    """Where a suggestion stands by the last words of `voices`, who decide today: agreed only where nobody of them says otherwise.

    Silence agrees to nothing and declines nothing (LA-13).
    """
    known = set(voices)
    said = {row.says for row in newest(rows) if row.by_id in known and row.says != Says.THINKS}
    if said and said <= IN_FAVOR:
        return Standing.AGREED
    return Standing.DECLINED if said == {Says.NO} else Standing.SUGGESTED


def answers_to(item: Item) -> list[ProposalAnswer]:
    """All of them to the suggestion it is now, whoever asks, oldest first: for what they come to."""
    rows = ProposalAnswer.objects.filter(item=item, suggested_in=item.suggested_in)
    return list(rows.select_related("by").order_by("pk"))
