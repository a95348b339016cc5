"""What becomes of a message after it was written: one that was held goes on or not, one that was sent is changed."""

from __future__ import annotations

import datetime as dt

import orjson
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from messaging import screening
from messaging.models import Conversation, Flag, HeldMessage, Message, Revision, body_context
from messaging.sending import Refusal, Sending, check_body
from messaging.writer import send_and_wait
from portal import live
from portal.access import Refused, media, require
from portal.access import conversations as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.one_by_one import one_by_one
from portal.programs.models import StaffRole

AT_ONCE = 200


# -- what was held ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def settle_held(
    *, held: HeldMessage, role: StaffRole, goes_on: bool, changed_body: str = "", until: dt.datetime | None = None
) -> bool:
    """It goes on, as it is or with a detail taken out, or it does not. False where somebody else was first.

    Called by the supervisor's own act (portal/safety), which decides who may.
    """
    conversation = held.conversation
    context = body_context(conversation.public_id, held.key)
    changed = HeldMessage.objects.filter(pk=held.pk, state=HeldMessage.State.WAITING).update(
        state=HeldMessage.State.LEAVING if goes_on else HeldMessage.State.STOPPED,
        changed_body=conversation.cipher().seal(changed_body, context) if changed_body else None,
        decided_by=role,
        decided_at=timezone.now(),
        until=until,
    )
    return bool(changed)


def release_held(only: HeldMessage | None = None) -> int:
    """Let go on what was allowed, and what waited for the morning, in the order it was written; gives how many went.

    Each goes through the writer under its own key, so that any number of workers, or one that dies between, sends it once.
    What cannot go on just now, because writing rests there, holds up no other.
    """
    now = timezone.now()
    ready = Q(state=HeldMessage.State.LEAVING) & (Q(until=None) | Q(until__lte=now))
    by_day = Q(state=HeldMessage.State.WAITING, why=HeldMessage.Why.QUIET, until__lte=now)
    resting = [Conversation.State.PAUSED, Conversation.State.FROZEN]
    found = HeldMessage.objects.filter(ready | by_day).exclude(conversation__state__in=resting)
    if only is not None:
        found = found.filter(pk=only.pk)
    # What was tried last comes last: a talk whose door is closed for long does not keep its place in front of all others.
    waiting = found.select_related("conversation", "author").order_by("tried_at", "written_at", "pk")
    return one_by_one(list(waiting[:AT_ONCE]), _try_to_release, "A held message could not go on")


def _try_to_release(held: HeldMessage) -> bool:
    HeldMessage.objects.filter(pk=held.pk).update(tried_at=timezone.now())
    return _release(held)


def _release(held: HeldMessage) -> bool:
    conversation = held.conversation
    body = conversation.cipher().open(
        bytes(held.changed_body or held.body), body_context(conversation.public_id, held.key)
    )
    name = held.key, held.author_id
    try:
        send_and_wait(
            Sending(
                conversation=conversation.public_id,
                key=held.key,
                author=held.author_id,
                author_id=str(held.author.public_id),
                body=body,
                language=held.author.language,
                is_released=True,
                media=media.of_messages(conversation, {name: body}).get(name, ()),
            )
        )
    except Refusal as refusal:
        if refusal.code in {"ended", "not_found"}:  # its author is no part of it any more: it stays where it is
            HeldMessage.objects.filter(pk=held.pk).update(state=HeldMessage.State.STOPPED)
        return False
    HeldMessage.objects.filter(pk=held.pk).update(state=HeldMessage.State.SENT)
    return True


def own_held(person: Person, conversation: Conversation) -> list[tuple[HeldMessage, str]]:
    """What this person wrote here that waits, or was not let on, with its words; oldest first."""
    cipher = conversation.cipher()
    rows = HeldMessage.objects.filter(conversation=conversation, author=person).exclude(state=HeldMessage.State.SENT)
    return [
        (held, cipher.open(bytes(held.body), body_context(conversation.public_id, held.key)))
        for held in rows.order_by("written_at", "pk")
    ]


# -- what was sent ---------------------------------------------------------------------------------------------------------


def edit_message(*, author: Person, conversation: Conversation, seq: int, body: str) -> None:
    """Change one's own words. What they said before stays to be read by all who read the message. Raises Refusal.

    An adult's change that would have waited as a message is refused: it is written as a new one, or in the morning.
    """
    code = check_body(body)
    if code is not None:
        raise Refusal(code)
    with transaction.atomic():
        locked = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        member = access.membership(locked)  # under the lock: a stop that came a moment before holds for this, too
        require(author.pk in member.posters)
        message = Message.objects.filter(conversation=locked, seq=seq, author=author).first()
        if message is None or seq <= locked.trimmed_seq:
            raise Refused
        now = timezone.now()
        sending = Sending(
            conversation=locked.public_id,
            key=message.key,
            author=author.pk,
            author_id=str(author.public_id),
            body=body,
            member=member,
            language=author.language,
        )
        sending.found = screening.find(sending, changed=seq)
        why, _until = screening.why_held(sending, sending.found, now)
        if why is not None:  # also what would have waited for the morning
            raise Refusal("look_first" if why is HeldMessage.Why.REVIEW else "paused")
        context = body_context(locked.public_id, message.key)
        if locked.cipher().open(bytes(message.body), context) == body:
            return
        Revision.objects.create(message=message, body=message.body, changed_at=now)
        message.body, message.revised_at = sending.sealed(), now
        message.save(update_fields=["body", "revised_at"])
        Conversation.objects.filter(pk=locked.pk).update(revisions=F("revisions") + 1)
        flag = screening.flag_of(sending, now)
        if flag is not None:
            flag.save()
        record(
            actor=author,
            verb=Entry.Verb.CHANGED,
            subject="message",
            subject_id=locked.public_id,
            family=None,  # that somebody changed a word is for its readers, who see it where it stands
            seq=seq,
        )
        frame = orjson.dumps({"type": "revised", "conversation": locked.public_id, "seq": seq, "body": body})
        transaction.on_commit(lambda: live.push([(member.readers, live.Frame(frame, locked.pk), None)]))


def earlier_words(conversation: Conversation, seq: int) -> list[tuple[dt.datetime, str]]:
    """What a message said before it was changed, and until when; the first first. Asked by who reads the message."""
    cipher = conversation.cipher()
    rows = Revision.objects.filter(message__conversation=conversation, message__seq=seq).select_related("message")
    return [
        (row.changed_at, cipher.open(bytes(row.body), body_context(conversation.public_id, row.message.key)))
        for row in rows.order_by("changed_at", "pk")
    ]


@transaction.atomic
def put_card_away(*, person: Person, conversation: Conversation) -> None:
    """ "Thank you, I have seen it": the card with help stands here no more, until there is another reason for it."""
    Flag.objects.filter(conversation=conversation, author=person, put_away_at=None).update(put_away_at=timezone.now())
