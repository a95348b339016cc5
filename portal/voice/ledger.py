"""How one statement reads on a page: the words, where it stands, its age and by when an answer is owed. The same for both sides."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.access import statements as access
from portal.language import formats

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.care.models import Item
    from portal.voice.models import Statement, StatementFile, StatementStep, Transcript

PAGE = 20
TEASER = 280  # letters of long words in a list; all of them stand on their own page
TOGETHER = dt.timedelta(minutes=10)
ICONS = {
    "heard": "clock",
    "in_plan": "check",
    "answered": "letter",
    "not_now": "again",
    "declined": "letter",
    "taken_back": "leave",
}


@dataclass(frozen=True)
class Row:
    statement: Statement
    is_own: bool
    reads: bool
    has_left: bool  # who said it, and looks at it now, belongs to the family no more
    days: int  # since it was said
    days_late: int
    answer: StatementStep | None
    interpreter: StatementStep | None
    voice: StatementFile | None
    steps: list[StatementStep] = field(default_factory=list)
    transcripts: list[Transcript] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self.statement.words if self.reads else ""

    @property
    def teaser(self) -> str:
        """The beginning of long words, cut between two of them."""
        words = self.words
        return words if len(words) <= TEASER else words[:TEASER].rsplit(maxsplit=1)[0]

    @property
    def is_cut(self) -> bool:
        return len(self.words) > TEASER

    @property
    def answer_words(self) -> str:
        return self.answer.words if self.answer is not None and self.reads else ""

    @property
    def transcript(self) -> Transcript | None:
        """What the voice note says: what who spoke says is right, else what waits for their word."""
        if not self.reads:
            return None
        right = [one for one in self.transcripts if one.is_right]
        return next(iter([*right, *self.transcripts]), None)

    @property
    def author_name(self) -> str:
        return self.statement.author.person.display_name

    @property
    def by_cards(self) -> str:
        """On whose phone a child picked it."""
        through = self.statement.through
        if through is None:
            return ""
        return _("picked with cards, on the phone of %(name)s") % {"name": through.display_name}

    @property
    def icon(self) -> str:
        return "alert" if self.days_late else ICONS[self.statement.state]

    @property
    def state_class(self) -> str:
        if self.days_late:
            return "state late"
        return "state kept" if self.statement.state in {"in_plan", "answered"} else "state"

    @property
    def state_line(self) -> str:
        """Where it stands, with the days."""
        statement = self.statement
        if statement.state != "heard":
            return str(statement.get_state_display()).capitalize()
        if self.days_late:
            late = ngettext("No answer yet, %(days)s day late", "No answer yet, %(days)s days late", self.days_late)
            return late % {"days": self.days_late}
        return _("Waits for an answer")

    @property
    def age_line(self) -> str:
        if self.days == 0:
            return _("Said today")
        return ngettext("Said %(days)s day ago", "Said %(days)s days ago", self.days) % {"days": self.days}

    @property
    def due_line(self) -> str:
        """By when an answer is owed, or the day of a "not now"."""
        statement = self.statement
        if self.has_left:
            return ""
        language, zone = get_language() or "en", statement.family.program.zone
        if statement.back_on is not None:
            day = formats.day(statement.back_on, language, zone)
            return _("We look at it again on %(day)s.") % {"day": day}
        if statement.state != "heard":
            return ""
        if statement.due_at is None:
            return _("Somebody answers you.") if self.is_own else ""
        day = formats.day(statement.due_at.astimezone(zone).date(), language, zone)
        name = statement.owed_by.person.first_name if statement.owed_by is not None else ""
        if name:
            return _("%(name)s owes an answer by %(day)s.") % {"name": name, "day": day}
        return _("An answer is owed by %(day)s.") % {"day": day}


@dataclass(frozen=True)
class Group:
    """What one person said within a few minutes, to be read as one."""

    rows: list[Row]

    @property
    def is_several(self) -> bool:
        return len(self.rows) > 1

    @property
    def line(self) -> str:
        first = self.rows[0]
        count = {"count": len(self.rows), "name": first.author_name}
        if first.is_own:
            return (
                ngettext("%(count)s thing you said", "%(count)s things you said one after the other", len(self.rows))
                % count
            )
        said = ngettext(
            "%(name)s said %(count)s thing", "%(name)s said %(count)s things one after the other", len(self.rows)
        )
        return said % count


def title_of(item: Item | None) -> str:
    """What a thing of the plan says, in its first words."""
    return "" if item is None else str(item.data.get("text") or item.data.get("name") or "")


def rows_of(person: Person, statements: Sequence[Statement]) -> list[Row]:
    """Of statements seen through access, in three questions however many they are."""
    steps: defaultdict[int, list[StatementStep]] = defaultdict(list)
    for step in access.steps_of(statements):
        steps[step.statement_id].append(step)
    voices = {one.statement_id: one for one in access.voices_of(statements)}
    transcripts: defaultdict[int, list[Transcript]] = defaultdict(list)
    if voices:
        for text in access.transcripts_of(statements):
            transcripts[text.statement_id].append(text)
    now = timezone.now()
    left = {one.pk for one in statements if access.is_own(person, one) and access.has_left(one)}
    for one in statements:
        if one.pk in left:
            steps[one.pk] = _as_they_left_it(one, steps[one.pk])
    return [
        Row(
            statement=one,
            is_own=access.is_own(person, one),
            reads=access.may_read_words(person, one),
            has_left=one.pk in left,
            days=_days(one, one.said_at, now),
            days_late=0 if one.pk in left else _days_late(one, now),
            answer=next((step for step in reversed(steps[one.pk]) if step.kind == one.state), None),
            interpreter=next((step for step in steps[one.pk][-1:] if step.kind == "interpreter"), None),
            voice=voices.get(one.pk),
            steps=steps[one.pk],
            transcripts=transcripts[one.pk],
        )
        for one in statements
    ]


def _as_they_left_it(statement: Statement, steps: list[StatementStep]) -> list[StatementStep]:
    """What reaches who said it and has left since; the statement, as it is shown, stands where it stood then."""
    found = [*steps[:1], *(step for step in steps[1:] if access.reaches_author(step, statement))]
    statement.state, statement.back_on = found[-1].state, found[-1].back_on
    return found


def _days(statement: Statement, since: dt.datetime, now: dt.datetime) -> int:
    zone = statement.family.program.zone
    return (now.astimezone(zone).date() - since.astimezone(zone).date()).days


def _days_late(statement: Statement, now: dt.datetime) -> int:
    if statement.state != "heard" or statement.due_at is None or statement.due_at >= now:
        return 0
    return max(1, _days(statement, statement.due_at, now))


def grouped(rows: Iterable[Row]) -> list[Group]:
    """Side by side in the list, by the same person and within a few minutes of each other."""
    groups: list[Group] = []
    for row in rows:
        last = groups[-1].rows[-1].statement if groups else None
        same = last is not None and last.author_id == row.statement.author_id
        if same and last is not None and abs(last.said_at - row.statement.said_at) <= TOGETHER:
            groups[-1].rows.append(row)
        else:
            groups.append(Group([row]))
    return groups
