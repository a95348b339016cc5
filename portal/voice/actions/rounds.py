"""Deciding together: a proposal, questions, what each voice says, changes until nobody objects, and how it ends.

No round closes over an objection that nobody answered, and none without somebody of the family who decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.access import care as care_access
from portal.access import granted, proposals, require
from portal.access import rounds as access
from portal.access.rounds import Standing, Voice
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care.actions.versions import locked
from portal.care.models import Plan
from portal.families.models import AccessBasis
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.text import says_nothing
from portal.voice import refusals
from portal.voice.actions.proposals import decide
from portal.voice.models import Decision, Position, Round, RoundQuestion, RoundText

Says, State = Position.Says, Round.State
FARTHEST = dt.timedelta(days=366)


@transaction.atomic
def open_round(*, actor: Person, plan: Plan, text: str, answer_by_on: dt.date) -> Round:
    """Put a proposal to the whole team. Sent twice it is one round. Raises WordsMissing, DayMissing, PlanClosed."""
    plan = locked(plan)
    reader = granted(care_access.reader_of(actor, plan))
    require(access.may_open(reader, plan))
    text = _said(text)
    today = plan.family.program.today()
    if not today < answer_by_on <= today + FARTHEST:
        raise refusals.DayMissing
    for known in Round.objects.filter(plan=plan, opened_by=actor, state=State.OPEN).prefetch_related("texts"):
        if known.texts.get(number=known.wording).text == text:
            return known
    made = Round.objects.create(plan=plan, opened_by=actor, answer_by_on=answer_by_on)
    _word(made, actor, text)
    _note(actor, made, Entry.Verb.CREATED)
    _tell_voices(made, actor)
    return made


@transaction.atomic
def amend_round(*, actor: Person, one: Round, wording: int, text: str) -> Round:
    """Change what is proposed: every objection to the old words is answered by that, and everybody is asked anew.

    `wording`: which text the page showed. Raises RoundOver, OtherWordsNow, WordsMissing.
    """
    one, who = _held(actor, one)
    require(access.may_amend(who, one))
    text = _said(text)
    if RoundText.objects.get(round=one, number=one.wording).text == text:
        return one  # pressed twice
    _check(one, wording)
    one.wording += 1
    one.save(update_fields=["wording"])
    _word(one, actor, text)
    _note(actor, one, Entry.Verb.CHANGED)
    _tell_voices(one, actor)
    return one


@transaction.atomic
def ask_in_round(*, actor: Person, one: Round, text: str) -> RoundQuestion:
    """Ask something before one says what one thinks. Sent twice it is one question. Raises RoundOver, WordsMissing."""
    one, who = _held(actor, one)
    require(access.may_ask(who))
    text = _said(text)
    for known in RoundQuestion.objects.filter(round=one, by=actor, answered_at=None):
        if known.text == text:
            return known
    made = RoundQuestion(round=one, by=actor)
    made.text = text
    made.save()
    _tell_staff(one, actor, f"round-question:{made.public_id}")
    return made


@transaction.atomic
def answer_in_round(*, actor: Person, question: RoundQuestion, text: str) -> RoundQuestion:
    """Whoever proposed it, or staff. The first answer stands. Raises RoundOver, WordsMissing."""
    one, who = _held(actor, question.round)
    require(access.may_amend(who, one))
    now = RoundQuestion.objects.select_for_update().get(pk=question.pk)
    if now.answered_at is not None:
        return now
    now.answer, now.answered_by, now.answered_at = _said(text), actor, timezone.now()
    now.save(update_fields=["sealed_answer", "answered_by", "answered_at"])
    notices.take_back(about=f"round-question:{now.public_id}")
    if now.by != actor:
        notices.notify(person=now.by, kind=Notice.Kind.VOICE, path=path_of(one), about=f"round-answer:{now.public_id}")
    return now


@transaction.atomic
def take_position(
    *,
    actor: Person,
    one: Round,
    wording: int,
    says: str,
    words: str = "",
    told_to: Person | None = None,
    voice: str = "",
) -> Position:
    """Say what one thinks of these words. The same again is one; something else takes its place, and what was said before stays.

    `told_to`: a young person says it to them alone. `voice`: of somebody without an account, whose word staff write down.
    Raises RoundOver, OtherWordsNow, WordsMissing.
    """
    one, who = _held(actor, one)
    speaks = _voice_for(who, one, voice)
    require(told_to is None or (speaks.is_young and told_to in access.confidants(one.plan)))
    words = words.strip()
    if says == Says.OBJECT:
        words = _said(words)
    last = access.newest(one.positions.all(), one.wording).get(speaks.key)
    if last is not None and (last.by_id, last.says, last.words, last.told_to) == (actor.pk, says, words, told_to):
        return last
    _check(one, wording)
    made = Position(
        round=one,
        wording=one.wording,
        voice=speaks.key,
        seat=speaks.seats[0] if voice else None,
        by=actor,
        is_family=speaks.is_family,
        says=Says(says),
        told_to=told_to,
    )
    made.words = words
    made.save()
    if told_to is not None:
        path, about = path_of(one), f"position:{made.public_id}"
        notices.notify(person=told_to, kind=Notice.Kind.ANSWER_OWED, path=path, about=about)
    elif says == Says.OBJECT:
        _tell_staff(one, actor, f"position:{made.public_id}")
    return made


def _voice_for(who: Standing, one: Round, voice: str) -> Voice:
    if not voice:
        return granted(who.voice)
    require(who.keeps)
    known = access.without_account(who.voices)
    return granted(next((known_voice for known_voice in known if known_voice.key == voice), None))


@transaction.atomic
def give_reason(*, actor: Person, position: Position, text: str) -> Position:
    """Answer an objection that is not followed: why it stays as it is, in words whoever objects reads. The first one stands."""
    one, who = _held(actor, position.round)
    now = Position.objects.select_for_update().get(pk=position.pk)
    require(access.may_give_reason(who, now))
    if now.reason_at is not None:
        return now
    now.reason, now.reason_by, now.reason_at = _said(text), actor, timezone.now()
    now.save(update_fields=["sealed_reason", "reason_by", "reason_at"])
    notices.take_back(about=f"position:{now.public_id}")
    if now.by != actor:
        notices.notify(person=now.by, kind=Notice.Kind.VOICE, path=path_of(one), about=f"reason:{now.public_id}")
    return now


@transaction.atomic
def close_round(*, actor: Person, one: Round, wording: int, is_agreed: bool, why: str = "") -> Round:
    """End it: agreed (after a change, where there was one), or not agreed, with a reason. Pressed twice it is closed once.

    Raises RoundOver where it was closed otherwise, OtherWordsNow, ObjectionOpen, PrivateObjectionOpen, VoiceMissing,
    FamilyObjects, FamilyMissing, ReasonNeeded.
    """
    plan = locked(one.plan)
    one = Round.objects.select_for_update(of=("self",)).select_related("plan__family__program").get(pk=one.pk)
    one.plan = plan
    who = access.standing_in(actor, one)
    require(who.keeps)
    agreed = State.AMENDED if one.wording > 1 else State.AGREED
    if not one.is_open:
        if (one.state != State.NOT_AGREED) == is_agreed:
            return one
        raise refusals.RoundOver
    _check(one, wording)
    positions = list(one.positions.select_related("by").order_by("pk"))
    _check_objections(positions, one)
    known = who.voices
    last = access.newest(positions, one.wording)
    counted = [last[voice.key] for voice in known if voice.key in last]
    if is_agreed:
        _check_agreed(one, known, counted)
    elif says_nothing(why):
        raise refusals.ReasonNeeded
    parties = _parties(plan, counted, is_agreed=is_agreed)
    if not parties:
        raise refusals.FamilyMissing
    one.state = agreed if is_agreed else State.NOT_AGREED
    one.closed_by, one.closed_at, one.totals = actor, timezone.now(), access.totals(counted)
    one.why = "" if is_agreed else why.strip()
    one.save()
    text = RoundText.objects.get(round=one, number=one.wording).text
    kind = Decision.Kind(one.state)
    decide(plan=plan, kind=kind, about=text, proposed_by=one.opened_by, parties=parties)
    _note(actor, one, Entry.Verb.ENDED)
    notices.take_back(about=_about(one))
    for person in access.told_of(one):
        if person != actor:
            about = f"round-over:{one.public_id}"
            notices.notify(person=person, kind=Notice.Kind.PLAN, path=path_of(one), about=about)
    return one


def _check_objections(positions: Sequence[Position], one: Round) -> None:
    held = access.unanswered(positions, one.wording)
    if any(not position.is_private for position in held):
        raise refusals.ObjectionOpen
    if held:
        raise refusals.PrivateObjectionOpen


def _check_agreed(one: Round, known: Sequence[Voice], counted: Sequence[Position]) -> None:
    """Everybody has spoken, or had the time for it; and what one of the family objects to openly is not agreed."""
    if len(counted) < len(known) and one.plan.family.program.today() <= one.answer_by_on:
        raise refusals.VoiceMissing
    if any(position.is_family and position.says == Says.OBJECT and not position.is_private for position in counted):
        raise refusals.FamilyObjects


def _parties(plan: Plan, counted: Sequence[Position], *, is_agreed: bool) -> list[Person]:
    """Of the family, who decides today and said so openly; of what is agreed, who agreed."""
    deciding = {one.person.pk for one in care_access.readers_of(plan) if proposals.decides(one, plan)}
    return [
        position.by
        for position in counted
        if position.by_id in deciding and not position.is_private and (position.says == Says.AGREE or not is_agreed)
    ]


# -- shared ----------------------------------------------------------------------------------------------------------------------


def path_of(one: Round) -> str:
    return reverse("round_show", args=[one.public_id])


def _about(one: Round) -> str:
    return f"round:{one.public_id}"


def _held(actor: Person, one: Round) -> tuple[Round, Standing]:
    """The round as it is now, held to the end of the transaction, and how the actor stands to it. Raises RoundOver, PlanClosed."""
    plan = locked(one.plan)
    now = Round.objects.select_for_update(of=("self",)).select_related("opened_by").get(pk=one.pk)
    now.plan = plan
    who = access.standing_in(actor, now)
    require(who.voice is not None or who.reader is not None or who.is_told)
    if not now.is_open:
        raise refusals.RoundOver
    return now, who


def _check(one: Round, wording: int) -> None:
    if one.wording != wording:
        raise refusals.OtherWordsNow


def _said(text: str) -> str:
    if says_nothing(text):
        raise refusals.WordsMissing
    return text.strip()


def _word(one: Round, actor: Person, text: str) -> None:
    made = RoundText(round=one, number=one.wording, by=actor)
    made.text = text
    made.save()


def _tell_voices(one: Round, actor: Person) -> None:
    """A new wording is told anew, whether the old one was read or not."""
    notices.take_back(about=_about(one))
    for person in access.told_of(one):
        if person != actor:
            notices.notify(person=person, kind=Notice.Kind.PROPOSAL, path=path_of(one), about=_about(one))


def _tell_staff(one: Round, actor: Person, about: str) -> None:
    for reader in care_access.readers_of(one.plan):
        if care_access.may_keep(reader) and reader.person != actor and access.standing_in(reader.person, one).keeps:
            notices.notify(person=reader.person, kind=Notice.Kind.ANSWER_OWED, path=path_of(one), about=about)


def _note(actor: Person, one: Round, verb: Entry.Verb) -> None:
    is_open = one.plan.access_basis == AccessBasis.PARENT
    family = one.plan.family if is_open else None
    record(actor=actor, verb=verb, subject="round", subject_id=one.public_id, family=family, state=one.state)
