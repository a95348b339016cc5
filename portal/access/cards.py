"""Who may share an entry of the directory by a message, and who says whether it worked."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from messaging.models import Conversation, Participant, SharedEntry
from portal.access import conversations, directory
from portal.accounts.models import Person
from portal.directory.models import Service


def sharing_conversations(person: Person, entry: Service) -> list[Conversation]:
    """Of families of the entry's programme, in which the person takes part as staff and may write now; the latest first."""
    own = conversations.participations(person).filter(
        staff_role__isnull=False, conversation__family__program=entry.provider.program_id
    )
    found = [one.conversation for one in own.select_related("conversation__family__program")]
    if not found or not directory.visible_entries(person).filter(pk=entry.pk).exists():
        return []
    open_to = conversations.memberships(found)
    return [one for one in found if person.pk in open_to[one.pk].posters]


def may_share(person: Person, conversation: Conversation, entry: Service) -> bool:
    return conversation.pk in {one.pk for one in sharing_conversations(person, entry)}


def knowing_cards(talks: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Each with `has_cards`: where nothing was ever shared, nothing more is asked for its page."""
    return talks.annotate(has_cards=Exists(SharedEntry.objects.filter(conversation=OuterRef("pk"))))


def cards_of(conversation: Conversation, keys: Iterable[UUID]) -> dict[tuple[UUID, int], SharedEntry]:
    """What was shared by these messages, by key and author, of a conversation whose words the caller may read."""
    rows = SharedEntry.objects.filter(conversation=conversation, key__in=list(keys)).select_related("entry")
    return {(row.key, row.shared_by_id): row for row in rows}


def answerable_cards(person: Person) -> QuerySet[SharedEntry]:
    """Those shared with the person: in a conversation in which they take part now, and not by a job."""
    place = Participant.objects.filter(
        Participant.in_force(timezone.now()), conversation=OuterRef("conversation"), person=person, staff_role=None
    )
    return SharedEntry.objects.filter(Exists(place)).select_related("conversation")


def may_answer(person: Person, shared: SharedEntry) -> bool:
    return answerable_cards(person).filter(pk=shared.pk).exists()
