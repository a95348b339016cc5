"""Sending a photo or a voice note with its message; what waits for the scanner; what is left over."""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from messaging.actions import send_message
from messaging.models import Conversation
from messaging.sending import Refusal
from portal.access import conversations, require
from portal.access import media as access
from portal.accounts.models import Person
from portal.media.making import Made, check, make
from portal.media.models import Attachment
from portal.media.scanning import Answer, scan
from portal.media.words import MediaRefusal

logger = logging.getLogger(__name__)

Scan = Attachment.Scan
FOUND = {Answer.CLEAN: Scan.CLEAN, Answer.NONE: Scan.UNSCANNED, Answer.SILENT: Scan.WAITING}
LONGEST_WORDS = 500
# What the writer says that may be otherwise in a minute: the message goes on waiting.
FOR_NOW = {"unavailable", "rate_limited", "paused"}


def send_media(*, author: Person, conversation: Conversation, key: UUID, data: bytes, words: str = "") -> bool:
    """Send one, with its message; False where it waits for the scanner first, and the worker sends it then.

    The file is stored before its message and is seen by nobody until that is there; the same key again is the same one. Like
    `send_message` it cannot run inside a transaction. Raises MediaRefusal, and Refusal where the message is refused.
    """
    require(access.may_attach(author, conversation))
    attachment = access.own_attachment(author, conversation, key) or _keep(author, conversation, key, data, words)
    if attachment.scan == Scan.REFUSED:
        raise MediaRefusal("unsafe")
    if attachment.is_due:
        return False
    _send(attachment, conversation)
    return True


def _keep(author: Person, conversation: Conversation, key: UUID, data: bytes, words: str) -> Attachment:
    _require_room(author, conversation, key)
    if len(words) > LONGEST_WORDS:
        raise MediaRefusal("long_words")
    check(data)
    answer = scan(data)  # what came, before a decoder sees it
    if answer is Answer.FOUND:
        raise MediaRefusal("unsafe")
    made = make(data)
    attachment = _sealed(author, conversation, key, made, words.strip())
    attachment.scan = FOUND[answer]
    if answer is Answer.SILENT:
        attachment.is_due = True
        attachment.sealed_original = conversation.cipher().seal_bytes(data, attachment.context("original"))
    try:
        with transaction.atomic():
            attachment.save()
    except IntegrityError:  # the same one, sent twice at the same moment
        return Attachment.objects.get(conversation=conversation, author=author, key=key)
    return attachment


def _require_room(author: Person, conversation: Conversation, key: UUID) -> None:
    """Before anything is decoded: whether its message could go out."""
    if not conversations.may_post(author, conversation):
        raise Refusal("ended" if conversation.state == Conversation.State.ENDED else "paused")
    if access.is_used(author, conversation, key):  # nothing is put beside what was said already
        raise Refusal("bad_frame")
    if access.bytes_today(author) >= settings.MEDIA_DAY_BYTES:
        raise MediaRefusal("day_full")


def _sealed(author: Person, conversation: Conversation, key: UUID, made: Made, words: str) -> Attachment:
    attachment = Attachment(
        conversation=conversation,
        key=key,
        author=author,
        kind=made.kind,
        size=len(made.file),
        seconds=made.seconds,
        width=made.width,
        height=made.height,
    )
    cipher = conversation.cipher()
    attachment.sealed_file = cipher.seal_bytes(made.file, attachment.context("file"))
    attachment.sealed_words = cipher.seal(words, attachment.context("words")) if words else None
    return attachment


def _send(attachment: Attachment, conversation: Conversation) -> None:
    body = attachment.body(conversation.cipher())
    send_message(
        author=attachment.author,
        conversation=conversation,
        key=attachment.key,
        body=body,
        media=(attachment.facts(body),),
    )


# -- the worker's ----------------------------------------------------------------------------------------------------------


def keep_media() -> int:
    """Ask the scanner again about what waits, send what may go on, remove what nobody will ever see; gives how many.

    Any number of workers: a message has its key, so two that send the same one send it once.
    """
    count = 0
    for pk in access.due():
        attachment = Attachment.objects.select_related("author", "conversation").filter(pk=pk, is_due=True).first()
        if attachment is None:
            continue
        if not _is_scanned(attachment):  # it is away, for all of them
            break
        count += _go_on(attachment)
    return count + access.left_over().delete()[0]


def _is_scanned(attachment: Attachment) -> bool:
    """Whether it is known by now what the scanner says of it; written down in any case."""
    if attachment.scan != Scan.WAITING:
        return True
    answer = scan(attachment.original(attachment.conversation.cipher()))
    if answer is Answer.SILENT:
        return False
    attachment.sealed_original = None
    if answer is Answer.FOUND:
        attachment.scan, attachment.is_due, attachment.sealed_file = Scan.REFUSED, False, None
    else:
        attachment.scan = FOUND[answer]
    attachment.save(update_fields=["scan", "is_due", "sealed_file", "sealed_original"])
    return True


def _go_on(attachment: Attachment) -> bool:
    """Its message goes out now; whether its author may still write there is the writer's to say."""
    if not attachment.is_due:  # it was refused
        return True
    try:
        _send(attachment, attachment.conversation)
    except Refusal as refusal:
        if refusal.code in FOR_NOW:
            return False
        logger.info("A photo or voice note could not go on: %s", refusal.code)
    Attachment.objects.filter(pk=attachment.pk).update(is_due=False)
    return True
