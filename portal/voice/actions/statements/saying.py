"""What somebody says, and what only they can do with it: add to it, let more people read it, take it back, judge its answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from messaging import history
from messaging.models import Conversation, Message
from portal.access import granted, media, require
from portal.access import statements as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.care.models import Item, TeamMeeting
from portal.clocks.actions import cancel_all_about, hold
from portal.families.models import Member
from portal.media.models import Attachment
from portal.programs.models import StaffRole
from portal.text import says_nothing
from portal.voice import cards
from portal.voice.actions.danger import look_for_danger
from portal.voice.actions.statements.common import (
    Kind,
    State,
    go,
    hand_on,
    locked,
    note,
    start_waiting,
    step,
    tell_staff,
)
from portal.voice.models import Statement, StatementFile, Transcript
from portal.voice.models.statements import SUBJECT
from portal.voice.statement_refusals import MOST_WORDS, VoiceRefusal

About, Audience, Way = Statement.About, Statement.Audience, Statement.Way


@dataclass(frozen=True, slots=True)
class Say:
    """What somebody says and to whom. `key` is made by their page: sent twice, it is one statement."""

    key: UUID
    audience: str
    language: str
    words: str = ""
    about: str = About.OTHER
    told_to: StaffRole | None = None
    youth: Member | None = None
    item: Item | None = None
    meeting: TeamMeeting | None = None
    follows: Statement | None = None
    is_spoken: bool = (
        False  # with the voice note that waits under the key; `words` are what it says, written by who spoke
    )


@transaction.atomic
def say(*, actor: Person, member: Member, said: Say) -> Statement:
    """Keep what somebody says, to the letter; an answer is owed from now on. Words of danger stop nothing. Raises VoiceRefusal."""
    require(access.may_say(actor, member))
    hold(member.family.program, member.family)
    known = Statement.objects.filter(public_id=said.key).first()
    if known is not None:
        require(known.author_id == member.pk)
        return known
    voice = access.voice_waiting(actor, said.key) if said.is_spoken else None
    _check(actor, member, said, voice)
    statement = Statement(
        public_id=said.key,
        family=member.family,
        author=member,
        youth=said.youth,
        about=said.about,
        item=said.item,
        meeting=said.meeting,
        language=said.language,
        way=Way.SPOKEN if voice is not None else Way.TYPED,
        audience=said.audience,
        told_to=said.told_to,
        follows=said.follows,
    )
    statement.words = "" if voice is not None else said.words
    statement.save()
    if voice is not None:
        StatementFile.objects.filter(pk=voice.pk).update(statement=statement)
        _keep_own_text(actor, statement, said.words)
    _begin(actor, statement, said.words)
    return statement


def _check(actor: Person, member: Member, said: Say, voice: StatementFile | None) -> None:
    """Only what the person was shown may be named."""
    if said.is_spoken and voice is None:
        raise VoiceRefusal("no_voice", "file")
    if not said.is_spoken and says_nothing(said.words):
        raise VoiceRefusal("empty", "words")
    if len(said.words) > MOST_WORDS:
        raise VoiceRefusal("too_long", "words")
    require(said.youth is None or any(one.pk == said.youth.pk for one in access.young_of(member)))
    require(said.item is None or access.item_to_name(actor, said.item.public_id) is not None)
    require(said.meeting is None or access.meeting_to_name(actor, said.meeting.public_id) is not None)
    require(said.follows is None or access.own_statements(actor).filter(pk=said.follows.pk).exists())
    _check_readers(member, said.audience, said.told_to)


def _check_readers(member: Member, audience: str, told_to: StaffRole | None) -> None:
    """There is somebody who reads it. Whoever left while the page was open is not told anything."""
    require(audience in Audience.values and (audience == Audience.ONE) == (told_to is not None))
    if told_to is not None and told_to.pk not in {role.pk for role in access.said_to(member)}:
        raise VoiceRefusal("not_there", "audience")
    if audience == Audience.FACILITATOR and not access.facilitators(access.staff_of_team(member.family)):
        raise VoiceRefusal("not_there", "audience")


def _begin(actor: Person, statement: Statement, text: str) -> None:
    step(statement, Kind.SAID, at=statement.said_at, by=actor)
    note(actor, statement, Entry.Verb.CREATED)
    start_waiting(statement, statement.recorded_at)  # a message of last week reaches the team today
    tell_staff(statement)
    look_for_danger(statement, statement.author, text, statement.language)


def _keep_own_text(actor: Person, statement: Statement, text: str) -> None:
    """Who spoke wrote down what they said: nobody has to ask whether it is right."""
    if text.strip():
        row = Transcript(statement=statement, by=actor, is_right=True, said_at=timezone.now())
        row.text = text
        row.save()


# -- a child, on a caregiver's phone -------------------------------------------------------------------------------------------


@transaction.atomic
def say_with_cards(
    *, actor: Person, child: Member, key: UUID, picked: list[str], language: str, with_family: bool
) -> Statement:
    """What a child picked, as the child's own words, on the phone of `actor`. Raises VoiceRefusal."""
    require(any(one.pk == child.pk for one in access.children_with_cards(actor)))
    hold(child.family.program, child.family)
    known = Statement.objects.filter(public_id=key).first()
    if known is not None:
        require(known.author_id == child.pk)
        return known
    chosen = cards.picked(picked)
    if not chosen or len(chosen) > cards.MOST:
        raise VoiceRefusal("no_cards")
    statement = Statement(
        public_id=key,
        family=child.family,
        author=child,
        youth=child,
        through=actor,
        language=language,
        way=Way.CARDS,
        audience=Audience.FAMILY if with_family else Audience.TEAM,
    )
    statement.words = cards.sentence(chosen)
    statement.save()
    step(statement, Kind.SAID, at=statement.said_at, by=actor)
    note(actor, statement, Entry.Verb.CREATED)
    start_waiting(statement, statement.recorded_at)
    tell_staff(statement)
    is_unsafe = any(card.is_unsafe for card in chosen)
    look_for_danger(statement, child, statement.words, language, is_unsafe=is_unsafe)
    return statement


# -- a message -----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def keep_message(
    *, actor: Person, conversation: Conversation, seq: int, audience: str, told_to: StaffRole | None = None
) -> Statement:
    """A message of their own is a statement: said when it was written, to the letter; it stays where it is. Raises VoiceRefusal."""
    message = granted(access.message_to_keep(actor, conversation, seq))
    place = granted(access.place_in(actor, conversation))
    require(access.may_say(actor, place))
    hold(place.family.program, place.family)
    known = access.said_in_message(conversation, message)
    if known is not None:
        return known
    _check_readers(place, audience, told_to)
    shown = history.messages_between(conversation, seq, seq)[0]
    young = access.young_of(place)
    statement = Statement(
        family=place.family,
        author=place,
        youth=young[0] if len(young) == 1 else None,
        language=actor.language,
        way=Way.CHAT,
        audience=audience,
        told_to=told_to,
        conversation=conversation,
        message_key=message.key,
        said_at=shown.sent_at,
    )
    statement.words = shown.body
    statement.save()
    _take_voice(actor, conversation, message, statement)
    _begin(actor, statement, statement.words)
    return statement


def _take_voice(actor: Person, conversation: Conversation, message: Message, statement: Statement) -> None:
    """A copy of its voice note, sealed for the statement; the message keeps its own."""
    rows = Attachment.objects.filter(
        conversation=conversation, key=message.key, author=actor, kind=Attachment.Kind.VOICE
    )
    cipher = conversation.cipher()
    for row in media.files_of(conversation, [str(one) for one in rows.values_list("public_id", flat=True)]):
        data = row.file(cipher)
        file = StatementFile(statement=statement, person=actor, key=statement.public_id, size=len(data))
        file.file = data
        file.save()


# -- afterward -----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def widen(*, actor: Person, statement: Statement, audience: str) -> None:
    """More people may read it from now on, by the word of who said it. Nobody who could read it is taken out."""
    statement = locked(statement)
    require(access.may_widen(actor, statement) and audience in access.wider(statement))
    if audience == Audience.FACILITATOR and not access.facilitators(access.staff_of_team(statement.family)):
        raise VoiceRefusal("not_there", "audience")
    statement.audience = audience
    statement.save(update_fields=["audience"])
    step(statement, Kind.WIDENED, by=actor)
    note(actor, statement)
    if statement.waits:
        hand_on(statement)
        tell_staff(statement)


@transaction.atomic
def take_back(*, actor: Person, statement: Statement) -> None:
    """They do not want it said any more. No reason is asked; that it was taken back stays, its words are theirs alone."""
    statement = locked(statement)
    require(access.is_own(actor, statement))
    if statement.is_taken_back:
        return
    statement.due_at = None
    go(statement, State.TAKEN_BACK)
    step(statement, Kind.TAKEN_BACK, by=actor)
    note(actor, statement, Entry.Verb.ENDED)
    cancel_all_about(subject=SUBJECT, subject_id=str(statement.public_id), reason="taken_back")


@transaction.atomic
def judge_answer(*, actor: Person, statement: Statement, was_one: bool) -> None:
    """Whether the answer was one, in the eyes of who asked. If not, it waits again, with a new date. Twice is once."""
    statement = locked(statement)
    require(access.is_own(actor, statement))
    if statement.waits and not was_one:
        return
    require(access.may_judge(actor, statement))
    if was_one:
        if statement.is_answer is not True:
            statement.is_answer = True
            statement.save(update_fields=["is_answer"])
            step(statement, Kind.WAS_ANSWER, by=actor)
            note(actor, statement)
        return
    wait_again(statement, Kind.WAS_NONE, actor, is_answer=False)


def wait_again(
    statement: Statement, kind: Kind, actor: Person | None, *, is_answer: bool | None, at: dt.datetime | None = None
) -> None:
    """It is heard anew: its clock begins again from now."""
    statement.turn += 1
    statement.is_answer = is_answer
    go(statement, State.HEARD)
    step(statement, kind, by=actor)
    note(actor, statement)
    start_waiting(statement, at or timezone.now())
    tell_staff(statement)
