"""A photo put straight into the database beside its message, sealed as sending seals it: for tests that only look at it."""

from __future__ import annotations

from messaging.models import Conversation, Message
from portal.accounts.models import Person
from portal.media.models import Attachment
from tests.media.files import photo
from tests.messaging.filling import fill


def show_photo(conversation: Conversation, author: Person, words: str = "Our new bench") -> Attachment:
    fill(conversation, [author], [words])
    message = Message.objects.get(conversation=conversation, seq=conversation.last_seq)
    file = photo(size=(64, 48))
    attachment = Attachment(
        conversation=conversation,
        key=message.key,
        author=author,
        kind="photo",
        scan="unscanned",
        size=len(file),
        width=64,
        height=48,
    )
    cipher = conversation.cipher()
    attachment.sealed_file = cipher.seal_bytes(file, attachment.context("file"))
    attachment.sealed_words = cipher.seal(words, attachment.context("words"))
    attachment.save()
    return attachment
