"""Voice notes: made anew and sealed before anything else is asked, then sent with the rest; and what they say, written down."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.access import owed_answers, require
from portal.access import statements as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.media.making import check, make
from portal.media.scanning import Answer, scan
from portal.media.words import MediaRefusal
from portal.text import says_nothing
from portal.voice.actions.danger import look_for_danger
from portal.voice.actions.statements.common import locked, tell_author
from portal.voice.models import Statement, StatementFile, Transcript
from portal.voice.statement_refusals import MOST_WORDS, VoiceRefusal


def keep_voice(*, actor: Person, key: UUID, data: bytes) -> StatementFile:
    """Take a voice note under the key of its form: one chosen anew takes the place of what waited there.

    Not atomic: it is scanned and made anew first, which takes a while. Raises MediaRefusal and VoiceRefusal.
    """
    require(bool(access.own_places(actor)))
    _require_voice(data)
    answer = scan(data)  # what came, before a decoder sees it
    if answer is Answer.FOUND:
        raise MediaRefusal("unsafe")
    if answer is Answer.SILENT:
        raise MediaRefusal("busy")
    made = make(data)
    file = StatementFile(person=actor, key=key, seconds=made.seconds, size=len(made.file))
    file.file = made.file
    with transaction.atomic():
        StatementFile.objects.filter(person=actor, key=key, statement=None).delete()
        known = StatementFile.objects.filter(person=actor, key=key).first()  # it was sent meanwhile
        if known is not None:
            return known
        file.save()
    return file


def _require_voice(data: bytes) -> None:
    if not data:
        raise VoiceRefusal("empty_voice", "file")
    try:
        kind = check(data).kind
    except MediaRefusal as refusal:
        if refusal.code != "not_media":
            raise
        kind = "photo"
    if kind != "voice":
        raise VoiceRefusal("not_voice", "file")


@transaction.atomic
def write_down(*, actor: Person, statement: Statement, text: str) -> None:
    """Write what the voice note says. By who spoke it is right at once; by somebody else they are asked. Raises VoiceRefusal."""
    statement = locked(statement)
    is_own = access.is_own(actor, statement)
    require(access.voice_of(actor, statement) is not None and (is_own or owed_answers.may_answer(actor, statement)))
    if says_nothing(text):
        raise VoiceRefusal("empty", "text")
    if len(text) > MOST_WORDS:
        raise VoiceRefusal("too_long", "text")
    known = access.transcripts_of([statement])
    if known.filter(is_right=True).exists() or (not is_own and known.exists()):
        raise VoiceRefusal("written", "text")
    now = timezone.now()
    row = Transcript(statement=statement, by=actor, is_right=True if is_own else None, said_at=now if is_own else None)
    row.text = text
    row.save()
    record(actor=actor, verb=Entry.Verb.CREATED, subject="transcript", subject_id=statement.public_id)
    look_for_danger(statement, statement.author, access.whole_text(statement), statement.language)
    if not is_own:
        tell_author(statement)


@transaction.atomic
def say_if_right(*, actor: Person, statement: Statement, is_right: bool) -> None:
    """Who spoke says whether what was written down is what they said. Nothing is thrown away by a no."""
    statement = locked(statement)
    require(access.is_own(actor, statement))
    row = access.transcripts_of([statement]).filter(is_right=None).first()
    if row is None:
        return
    row.is_right, row.said_at = is_right, timezone.now()
    row.save(update_fields=["is_right", "said_at"])
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="transcript", subject_id=statement.public_id, right=is_right)
