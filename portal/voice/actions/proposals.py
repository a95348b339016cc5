"""A family answers what staff suggest, in one tap or its own words; what is decided is kept with who had a part in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from portal.access import Refused, finals, granted, proposals, require
from portal.access import care as care_access
from portal.access.care import Part, Reader
from portal.accounts.models import Person
from portal.care.actions import settle_item
from portal.care.actions.items import about_suggestions
from portal.care.actions.versions import locked
from portal.care.kinds import LINE, TEXT, NotGood
from portal.care.models import Item, Plan, Version
from portal.care.shown import title
from portal.families.models import AccessBasis
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.text import one_line, says_nothing
from portal.voice import refusals
from portal.voice.actions.objections import open_question
from portal.voice.actions.plan_steps import note_on_plan
from portal.voice.models import Decision, ProposalAnswer

Says = ProposalAnswer.Says
Standing = Item.Standing
NEEDS_TIME = dt.timedelta(days=14)  # our own: where somebody says no day
FARTHEST = dt.timedelta(days=366)


@transaction.atomic
def answer_suggestion(
    *, actor: Person, item: Item, mark: str, says: str, words: str = "", until_on: dt.date | None = None
) -> ProposalAnswer:
    """Say yes, no, "I need time", or yes in other words; who does not decide says what they think of it.

    `mark`: the words the page showed. The same answer again is one. Raises OtherWordsNow, WordsMissing, DayMissing, PlanClosed.
    """
    plan = locked(item.plan)
    reader = granted(care_access.reader_of(actor, plan))
    item = _seen(reader, plan, item)
    decides = proposals.may_decide(reader, item)
    require(proposals.may_speak_to(reader, item) and (says == Says.THINKS or decides))
    words = _words(says, words)
    known = proposals.answers_to(item)
    last = next((one for one in reversed(known) if one.by_id == actor.pk), None)
    until_on = _until(plan, until_on) if says == Says.LATER else None
    if last is not None and _is_same(last, says, words, until_on):
        return last  # the button pressed twice, or in a second tab
    if item.suggestion_mark != mark:
        raise refusals.OtherWordsNow
    answer = ProposalAnswer(
        item=item,
        suggested_in=item.suggested_in,
        wording=max((one.wording for one in known), default=item.suggested_in),
        by=actor,
        is_young=reader.part == Part.YOUNG,
        says=says,
        until_on=until_on,
    )
    if says == Says.CHANGE:
        answer.wording = plan.last_number + 1
    answer.words = words
    answer.save()
    if says != Says.THINKS:
        _settle(actor, plan, item, answer, [*known, answer])
    note_on_plan(actor, plan, is_open=item.access_basis == AccessBasis.PARENT, answer=says)
    notices.mark_read(person=actor, about=about_suggestions(plan))
    _tell(actor, plan, item)
    return answer


def _settle(actor: Person, plan: Plan, item: Item, answer: ProposalAnswer, known: list[ProposalAnswer]) -> None:
    voices = [one.pk for one in proposals.deciders(plan, item)]
    standing = proposals.comes_to(known, voices)
    suggested_by = Version.objects.select_related("by").get(plan=plan, number=item.suggested_in).by
    about = answer.words if answer.says == Says.CHANGE else title(item.kind, item.data | (item.offer or {}))
    words = {"text": answer.words} if answer.says == Says.CHANGE else None
    final = finals.last_final(plan)
    if final is not None and item.standing == Standing.AGREED and standing != Standing.AGREED:
        # What was agreed and made final stays until the team has talked about it: the no is a question for the next version.
        open_question(actor=actor, plan=plan, number=final.number, words=answer.words or about)
    elif standing != item.standing or words is not None or item.offer is not None:
        settle_item(actor=actor, item=item, standing=standing, words=words)
    if answer.says in {Says.YES, Says.CHANGE, Says.NO}:
        decide(
            plan=plan,
            kind=Decision.Kind(answer.says),
            about=about,
            proposed_by=suggested_by,
            parties=[actor],
            item=item,
        )


def decide(
    *,
    plan: Plan,
    kind: Decision.Kind,
    about: str,
    proposed_by: Person,
    parties: Iterable[Person],
    item: Item | None = None,
) -> Decision:
    """Write down what was decided. `parties`: of the family, the first of whom the row cannot be without (FL-14)."""
    agreed = list(parties)
    require(bool(agreed))
    made = Decision(
        plan=plan,
        kind=kind,
        item=item,
        access_basis=item.access_basis if item is not None else plan.access_basis,
        proposed_by=proposed_by,
        family_party=agreed[0],
    )
    made.about = about
    made.save()
    made.agreed_by.set(agreed)
    return made


def _tell(actor: Person, plan: Plan, item: Item) -> None:
    """Whoever sees the suggestion. Where the family sees it in different ways, staff are asked to bring it to the team."""
    rows = proposals.Answered(proposals.newest(proposals.answers_to(item)))
    for reader in care_access.readers_of(plan):
        if reader.person == actor or reader.part in {Part.SUPPORT, Part.SCHOOL} or reader.is_apart:
            continue
        if item.pk not in {one.pk for one in care_access.visible_items(reader, plan)}:
            continue
        path = plan.get_absolute_url()
        notices.notify(person=reader.person, kind=Notice.Kind.PLAN, path=path, about=plan.told_as)
        if reader.part == Part.STAFF and rows.differs:
            about = f"differs:{item.public_id}"
            notices.notify(person=reader.person, kind=Notice.Kind.ANSWER_OWED, path=path, about=about)


def _seen(reader: Reader, plan: Plan, item: Item) -> Item:
    for one in care_access.visible_items(reader, plan):
        if one.pk == item.pk:
            one.plan = plan
            return one
    raise Refused


def _words(says: str, words: str) -> str:
    words = one_line(words, len(words)).strip() if says == Says.CHANGE else words.strip()
    if says_nothing(words) and says in {Says.CHANGE, Says.THINKS}:
        raise refusals.WordsMissing
    if len(words) > (LINE if says == Says.CHANGE else TEXT):
        raise NotGood("words", refusals.TOO_LONG)
    return words


def _is_same(last: ProposalAnswer, says: str, words: str, until_on: dt.date | None) -> bool:
    """What the item says follows from a change of words, so it is not asked whether that is the same."""
    return (last.says, last.words, last.until_on) == (says, words, until_on)


def _until(plan: Plan, until_on: dt.date | None) -> dt.date:
    today = plan.family.program.today()
    day = until_on or today + NEEDS_TIME
    if not today < day <= today + FARTHEST:
        raise refusals.DayMissing
    return day
