"""Storing a message that waits: where nobody but its author and who looks at it finds it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from messaging import screening
from messaging.models import HeldMessage, Message
from messaging.sending import Answer, Held, Sending, Stored


@transaction.atomic
def hold(sending: Sending, why: HeldMessage.Why, until: dt.datetime | None) -> Answer:
    """Held once, however often it is sent; what was sent under that key already is answered as such."""
    now = timezone.now()
    pk = sending.admitted.pk
    known = Message.objects.filter(conversation=pk, key=sending.key).first()
    if known is not None:
        if known.author_id != sending.author:  # somebody else's key: never answered as if it were theirs
            return "bad_frame"
        return Stored(sending.conversation, known.seq, known.key, known.sent_at, known.author_id, is_new=False)
    held, is_new = HeldMessage.objects.get_or_create(
        conversation_id=pk,
        key=sending.key,
        defaults={
            "author_id": sending.author,
            "body": sending.sealed(),
            "why": why,
            "kinds": list(sending.found.kinds) if sending.found else [],
            "written_at": now,
            "until": until,
        },
    )
    if held.author_id != sending.author:
        return "bad_frame"
    flag = screening.flag_of(sending, now, is_held=why is HeldMessage.Why.REVIEW)
    if is_new and flag is not None:
        flag.save()
    return Held(sending.conversation, sending.key, held.until)
