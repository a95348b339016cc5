"""What changed in a plan since somebody last read it: each item once, as it was then and as it is now. Knows no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

Data = dict[str, Any]


class Step(Protocol):
    """One change of one item, as the plan keeps it."""

    item_id: int

    @property
    def before(self) -> Data | None: ...

    @property
    def after(self) -> Data | None: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """What an item said when it was last read, and what it says now. None: it was not there, or is no more."""

    item_id: int
    before: Data | None
    after: Data | None

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.after is None

    @property
    def parts(self) -> list[str]:
        """The names of the parts that say something else now; none for what is new or gone."""
        if self.before is None or self.after is None:
            return []
        names = dict.fromkeys([*self.before, *self.after])
        return [name for name in names if self.before.get(name) != self.after.get(name)]


def differences(steps: Iterable[Step]) -> list[Difference]:
    """All and only what differs, in the order in which each item was first touched. `steps`: since the last look, oldest first.

    What was changed and changed back, or came and went in between, is no news.
    """
    first: dict[int, Data | None] = {}
    last: dict[int, Data | None] = {}
    for step in steps:
        first.setdefault(step.item_id, step.before)
        last[step.item_id] = step.after
    found = (Difference(item_id, before, last[item_id]) for item_id, before in first.items())
    return [one for one in found if one.before != one.after]


def newly_open(visible: Iterable[int], steps: Iterable[Step], shown: Collection[int] | None) -> set[int]:
    """Of what somebody sees now, what was there before their last look and was not theirs to see then.

    `shown`: what stood on their page at that look; None: nobody wrote it down, so nothing is claimed. `steps`: since then.
    """
    if shown is None:
        return set()
    begun = {step.item_id for step in steps if step.before is None}
    return set(visible) - set(shown) - begun
