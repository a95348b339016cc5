"""What waits for those who answer for a programme: for their first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.access import comments, community, policy_suggestions, taking_part
from portal.community.shown import suggestions_shown

if TYPE_CHECKING:
    from portal.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Desk:
    suggestions: int  # without a last word
    late: int  # of these, without a word for more than a month
    unanswered: int  # drafts that have closed
    interested: int  # people who would like to take part

    @property
    def is_empty(self) -> bool:
        return not (self.suggestions or self.unanswered or self.interested)


def desk_of(person: Person) -> Desk | None:
    """None for who answers for no programme."""
    if not community.answered_programs(person).exists():
        return None
    waiting = suggestions_shown(
        policy_suggestions.suggestions_to_answer(person).filter(state__in=["waiting", "working"])
    )
    periods = comments.periods_to_keep(person).filter(answered_at=None)
    return Desk(
        suggestions=len(waiting),
        late=sum(one.is_late for one in waiting),
        unanswered=sum(one.is_closed for one in periods),
        interested=taking_part.interests_to_keep(person).filter(state="registered").count(),
    )
