"""Who sees a photo or a voice note, and who may send one: as its message, by no other route.

From staff to a young person they are off unless a programme says otherwise (`settings.adult_photos_to_youth`): a picture
cannot be screened as words are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from messaging.models import Conversation, HeldMessage, Message, Participant
from portal.access import conversations, supervision
from portal.accounts.models import Person
from portal.media.models import Attachment
from portal.programs.models import Program

# What was sent and not taken, or still waits: so long its sender reads what became of it.
TOLD_FOR = dt.timedelta(days=7)
# A file whose message never came (a page closed in between) goes after this time.
ALONE_FOR = dt.timedelta(days=1)

Facts = dict[str, object]


def visible_attachments(person: Person) -> QuerySet[Attachment]:
    """Those of messages the person can read: in a conversation they take part in now, above what is not theirs to read."""
    own = Participant.objects.filter(
        Participant.in_force(timezone.now()), conversation=OuterRef("conversation"), person=person
    )
    read = _message().filter(seq__gt=OuterRef("conversation__trimmed_seq")).filter(seq__gt=OuterRef("came_after"))
    visible = conversations.visible_conversations(person)
    return (
        _shown(Attachment.objects.all())
        .filter(conversation__in=visible.values("pk"))
        .annotate(came_after=Subquery(own.values("from_seq")[:1]))
        .filter(Exists(read))
        .select_related("conversation")
    )


def _message() -> QuerySet[Message]:
    """Inside a query over attachments: the message it belongs to. Somebody else's message of the same key is none."""
    return Message.objects.filter(conversation=OuterRef("conversation"), key=OuterRef("key"), author=OuterRef("author"))


def _shown(rows: QuerySet[Attachment]) -> QuerySet[Attachment]:
    return rows.filter(scan__in=Attachment.SHOWN).defer("sealed_original")


def of_messages(
    conversation: Conversation, texts: Mapping[tuple[UUID, int], str]
) -> dict[tuple[UUID, int], tuple[Facts, ...]]:
    """What goes with these messages, given as texts by key and author, of a conversation whose words the caller may read."""
    rows = _shown(Attachment.objects.filter(conversation=conversation, key__in=[key for key, _author in texts]))
    found = {(row.key, row.author_id): row for row in rows.defer(*Attachment.FILES)}
    return {name: (row.facts(texts[name]),) for name, row in found.items() if name in texts}


def files_of(conversation: Conversation, ids: Iterable[str]) -> QuerySet[Attachment]:
    """The files themselves, of messages that `safety.actions.look` has just handed out, for the answer to that very look."""
    return _shown(Attachment.objects.filter(conversation=conversation, public_id__in=list(ids)))


def allows_media(sender: Participant, members: Iterable[Participant], program: Program | None) -> bool:
    """Whether this participant may send photos and voice notes here at all; `may_attach` asks whether they may write, too."""
    if sender.staff_role_id is None or not supervision.is_with_minor(members, program):
        return True
    return program is not None and program.profile.settings.adult_photos_to_youth.on


def may_attach(person: Person, conversation: Conversation) -> bool:
    members = list(conversations.participants(conversation))
    own = next((one for one in members if one.person_id == person.pk), None)
    return own is not None and allows_media(own, members, program_of(conversation))


def program_of(conversation: Conversation) -> Program | None:
    group = conversations.group_of(conversation)
    if group is not None:
        return group.organization.program
    return conversation.family.program if conversation.family else None


def own_attachment(person: Person, conversation: Conversation, key: UUID) -> Attachment | None:
    rows = Attachment.objects.filter(conversation=conversation, author=person, key=key)
    return rows.defer(*Attachment.FILES).select_related("author").first()


def is_used(person: Person, conversation: Conversation, key: UUID) -> bool:
    """Whether a message of this person went out under the key: nothing is put beside it afterward."""
    return Message.objects.filter(conversation=conversation, author=person, key=key).exists()


def own_unsent(person: Person, conversation: Conversation) -> list[Attachment]:
    """What the person sent here that waits for the scanner, or that it refused, lately; nobody else is told."""
    rows = Attachment.objects.filter(conversation=conversation, author=person, made_at__gt=timezone.now() - TOLD_FOR)
    unsent = rows.filter(Q(scan=Attachment.Scan.REFUSED) | Q(is_due=True))
    return list(unsent.defer(*Attachment.FILES).order_by("made_at"))


def bytes_today(person: Person) -> int:
    """How much the person sent in the last 24 hours."""
    since = timezone.now() - dt.timedelta(days=1)
    sent = Attachment.objects.filter(author=person, made_at__gt=since).aggregate(sum=Sum("size"))["sum"]
    return sent or 0


# -- the worker's ----------------------------------------------------------------------------------------------------------


def due() -> Sequence[int]:
    """Those whose message waits, the longest first."""
    return list(Attachment.objects.filter(is_due=True).order_by("made_at").values_list("pk", flat=True)[:100])


def left_over() -> QuerySet[Attachment]:
    """What nobody will ever see: of a message that never came or is gone, or that nobody could send for a week."""
    now = timezone.now()
    held = HeldMessage.objects.filter(conversation=OuterRef("conversation"), key=OuterRef("key"))
    alone = Q(is_due=False, made_at__lt=now - ALONE_FOR) & ~Q(scan=Attachment.Scan.REFUSED)
    return Attachment.objects.filter(alone | Q(made_at__lt=now - TOLD_FOR)).filter(
        ~Exists(_message()), ~Exists(held.filter(author=OuterRef("author")))
    )


def of_removed(conversation: Conversation, up_to: int) -> QuerySet[Attachment]:
    """Those of the messages that the programme's rule removes now, up to this number."""
    gone = _message().filter(seq__gt=F("conversation__trimmed_seq"), seq__lte=up_to)
    return Attachment.objects.filter(Exists(gone), conversation=conversation)
