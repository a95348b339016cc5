"""Sharing an entry of the directory by a message, and the answer to "Did it work?"."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from messaging.actions import send_message
from messaging.models import Conversation, SharedEntry
from messaging.sending import Held, Refusal, Stored
from portal.access import cards as access
from portal.access import conversations, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.directory.models import Service


def share_entry(*, actor: Person, conversation: Conversation, entry: Service, key: UUID) -> Stored | Held:
    """Send the entry in plain words, so that whoever reads the message needs nothing else. Raises Refusal.

    The same key again is the same message. The row comes first: no message of the kind is ever without its question, and a
    row whose message was refused goes again.
    """
    require(access.may_share(actor, conversation, entry))
    with transaction.atomic():
        shared, is_new = SharedEntry.objects.get_or_create(
            conversation=conversation, key=key, defaults={"entry": entry, "shared_by": actor}
        )
        require(shared.entry_id == entry.pk and shared.shared_by_id == actor.pk)
        if is_new:  # of no family's record: that there is a conversation is the affair of those who take part in it
            record(
                actor=actor,
                verb=Entry.Verb.CREATED,
                subject="shared_entry",
                subject_id=shared.public_id,
                entry=str(entry.public_id),
            )
    try:
        body = words_of(entry, _language_of(conversation, actor))
        return send_message(author=actor, conversation=conversation, key=key, body=body)
    except Refusal:
        if is_new:
            shared.delete()
        raise


@transaction.atomic
def answer_card(*, actor: Person, shared: SharedEntry, outcome: str) -> None:
    """Say whether it worked; the last word counts."""
    require(access.may_answer(actor, shared))
    locked = SharedEntry.objects.select_for_update(no_key=True).get(pk=shared.pk)
    locked.outcome = SharedEntry.Outcome(outcome)
    locked.outcome_by, locked.outcome_at = actor, timezone.now()
    locked.save(update_fields=["outcome", "outcome_by", "outcome_at"])
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="shared_entry", subject_id=shared.public_id)


def words_of(entry: Service, language: str) -> str:
    """Name, number and address as the message says them."""
    place = entry.reached_by
    address = next((one.address for one in entry.places.all() if one.address), "")
    with translation.override(language):
        phone = _("Phone: %(phone)s") % {"phone": place.phone} if place else ""
    return "\n".join(line for line in (entry.name, entry.provider.name, phone, address) if line)


def _language_of(conversation: Conversation, author: Person) -> str:
    """Of the first of the family who reads it."""
    others = [one.person.language for one in conversations.participants(conversation) if one.staff_role_id is None]
    return next(iter(others), author.language)
