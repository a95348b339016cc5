"""A message of the demo that nobody has opened for four hours: its ladder has been climbed, and its sender reads how far."""

from __future__ import annotations

import datetime as dt

from messaging import ladder
from messaging.actions import announce_unread, send_message
from messaging.models import Conversation, Message
from portal.accounts.models import Person
from portal.demo import cast
from portal.families.models import Family

AGO = dt.timedelta(hours=4, minutes=10)
SAID = "Me llamaron otra vez de la escuela. ¿Me puede llamar hoy, cuando tenga un momento?"


def tell(*, marisol: Person, family: Family, now: dt.datetime) -> None:
    """Lucía is away. Whoever is on call was told, or the liaison where nobody is."""
    conversation = Conversation.objects.get(family=family, pairing__member__person=marisol)
    key = cast.id_of("message-missed")
    send_message(author=marisol, conversation=conversation, key=key, body=SAID)
    Message.objects.filter(key=key).update(sent_at=now - AGO)
    Conversation.objects.filter(pk=conversation.pk).update(last_sent_at=now - AGO)
    announce_unread()
    ladder.climb()
