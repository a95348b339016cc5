"""How a worry comes about: from what the screener found, from one tap of a young person, from who tells us of a message."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from messaging.models import Conversation, Flag, HeldMessage, Message, Participant, body_context
from portal.access import concerns as access
from portal.access import conversations, granted, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Family
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.models import Organization, StaffRole
from portal.safety import screening
from portal.safety.actions import escalation
from portal.safety.models import Concern, ConcernMessage, ConcernNote, ConcernStep
from portal.safety.screening import Level

logger = logging.getLogger(__name__)

Source, Severity = Concern.Source, Concern.Severity
Note = ConcernNote.Kind
AT_ONCE = 200
# What somebody ticks who tells us of a message. With the first it is a crisis.
IN_DANGER = "danger"
TOLD_KINDS = (IN_DANGER, "gifts", "secrets", "rides", "romantic", "meeting", "other")


# -- one worry -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def raise_concern(
    *,
    joined_by: str,
    organization: Organization,
    person: Person,
    source: Concern.Source,
    severity: Concern.Severity,
    kinds: Iterable[str],
    family: Family | None = None,
    conversation: Conversation | None = None,
    about: Iterable[Person] = (),
    raised_by: Person | None = None,
) -> Concern:
    """Begin a worry, or join the open one of the same key: one ladder and one set of notices, however much comes in.

    It only ever becomes more serious. Whoever is on it reads what came in; where it becomes a crisis, its ladder begins anew.
    """
    concern, is_new = _open_one(
        joined_by,
        organization=organization,
        person=person,
        source=source,
        severity=severity,
        family=family,
        conversation=conversation,
        raised_by=raised_by,
    )
    known = set(concern.kinds)
    concern.kinds = sorted(known | set(kinds))
    concern.save(update_fields=["kinds"])
    concern.about.add(*about)
    if is_new:
        record(actor=raised_by, verb=Entry.Verb.CREATED, subject="concern", subject_id=concern.public_id, source=source)
        escalation.start(concern, timezone.now())
    elif severity == Severity.CRISIS and not concern.is_crisis:
        _rise(concern)
    elif concern.opened_by is not None:
        _say_more_came(concern)
    return concern


def _open_one(joined_by: str, **fields: object) -> tuple[Concern, bool]:
    """The open one of this key, held until the end of the transaction; made where there is none."""
    still_open = Concern.objects.select_for_update(of=("self",)).select_related("opened_by__person", "organization")
    found = still_open.filter(joined_by=joined_by, closed_at=None)
    if (concern := found.first()) is not None:
        return concern, False
    now = timezone.now()
    try:
        with transaction.atomic():
            return Concern.objects.create(joined_by=joined_by, made_at=now, climbs_from=now, **fields), True
    except IntegrityError:  # somebody else began it in this very moment
        return found.get(), False


def _rise(concern: Concern) -> None:
    concern.severity = Severity.CRISIS
    concern.save(update_fields=["severity"])
    ConcernNote.objects.create(concern=concern, kind=Note.RISEN)
    if concern.opened_by is not None:
        _say_more_came(concern)
    escalation.start(concern, timezone.now())


def _say_more_came(concern: Concern) -> None:
    """To whoever is on it, once until they look."""
    role = concern.opened_by
    if role is None:
        return
    leaves = notices.alert if concern.is_crisis else notices.notify
    leaves(
        person=role.person,
        kind=Notice.Kind.SAFETY if concern.is_crisis else Notice.Kind.CONCERN,
        path=escalation.page_of(concern),
        about=escalation.more_about(concern),
    )


def write(concern: Concern, kind: ConcernNote.Kind, *, text: str = "", **fields: object) -> None:
    note = ConcernNote(concern=concern, kind=kind, **fields)
    note.text = text
    note.save()


def _note_message(concern: Concern, key: UUID) -> None:
    ConcernMessage.objects.get_or_create(concern=concern, key=key)


# -- what the screener found -------------------------------------------------------------------------------------------------


def take_flags() -> int:
    """Each flag that nobody took becomes a worry or joins one; what was not screened is screened again. What the worker calls.

    One that fails holds up no other, and is tried again in the next round.
    """
    waiting = Flag.objects.filter(taken_at=None).order_by("at", "pk")[:AT_ONCE]
    return one_by_one(list(waiting), _take, "A flag could not be taken")


@transaction.atomic
def _take(flag: Flag) -> int:
    """Claimed by a conditional update: one worker makes of it what it is, with its notices, or nothing of it stands."""
    claimed = Flag.objects.filter(pk=flag.pk, taken_at=None, level=flag.level).update(taken_at=timezone.now())
    if not claimed:
        return 0
    flag = Flag.objects.select_related("conversation__family__program", "author").get(pk=flag.pk)
    if flag.level == Flag.Level.UNSCREENED and not _screen_again(flag):
        return 1
    _make_concern(flag)
    return 1


def _screen_again(flag: Flag) -> bool:
    """Whether something was found now. The row stays with what was found, so that the flag says what the message said."""
    text = _text_of(flag)
    if text is None:
        return False
    found = screening.screen(text, flag.author.language)
    kinds = set(found.matched) - set(found.boundaries)
    if _speaks_as_staff(flag.conversation, flag.author):
        kinds |= set(found.boundaries)
    if not kinds:
        return False
    flag.level = Flag.Level.CRISIS if found.level is Level.CRISIS else Flag.Level.CONCERN
    flag.kinds = sorted(str(kind) for kind in kinds)
    flag.save(update_fields=["level", "kinds"])
    return True


def _text_of(flag: Flag) -> str | None:
    """What the message says; None where it is gone."""
    conversation = flag.conversation
    row: Message | HeldMessage | None = Message.objects.filter(conversation=conversation, key=flag.key).first()
    row = row or HeldMessage.objects.filter(conversation=conversation, key=flag.key).first()
    if row is None:
        return None
    return conversation.cipher().open(bytes(row.body), body_context(conversation.public_id, flag.key))


def _speaks_as_staff(conversation: Conversation, person: Person) -> bool:
    return Participant.objects.filter(conversation=conversation, person=person, staff_role__isnull=False).exists()


def _make_concern(flag: Flag) -> None:
    """A family's own words: a crisis always; what is less only of a young person. An adult's toward one: about that adult."""
    young, is_staff = access.young_of(flag.conversation), _speaks_as_staff(flag.conversation, flag.author)
    if flag.level != Flag.Level.CRISIS and young is None:
        return
    organization = _organization_of(flag.conversation)
    if organization is None:
        return
    concern = raise_concern(
        joined_by=f"screener:{flag.conversation_id}:{flag.author_id}",
        organization=organization,
        person=young if is_staff and young is not None else flag.author,
        source=Source.SCREENER,
        severity=Severity.CRISIS if flag.level == Flag.Level.CRISIS else Severity.CONCERN,
        kinds=flag.kinds,
        family=flag.conversation.family,
        conversation=flag.conversation,
        about=[flag.author] if is_staff and young is not None else [],
    )
    _note_message(concern, flag.key)


def _organization_of(conversation: Conversation) -> Organization | None:
    """The group's; else that of the helper who talks there, the one who came last first."""
    group = conversations.group_of(conversation)
    if group is not None:
        return group.organization
    helpers = Participant.objects.filter(conversation=conversation, staff_role__isnull=False)
    latest = helpers.select_related("staff_role__organization__program").order_by("-pk").first()
    return latest.staff_role.organization if latest is not None and latest.staff_role is not None else None


# -- "I feel unsafe" ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def press_unsafe(*, actor: Person) -> Concern:
    """One tap of a young person. Pressed again it joins what is open; nothing ever stands in its way."""
    place = granted(access.young_places(actor).first())
    require(actor.is_active)
    return raise_concern(
        joined_by=f"unsafe:{actor.pk}",
        organization=access.organization_of(place),
        person=actor,
        source=Source.UNSAFE,
        severity=Severity.CRISIS,
        kinds=["unsafe"],
        family=place.family,
        raised_by=actor,
    )


@transaction.atomic
def add_words(*, actor: Person, text: str, about: Iterable[Person] = (), kinds: Iterable[str] = ()) -> Concern:
    """What they want to say with it. Whoever they say it is about does not see it from now on."""
    concern = press_unsafe(actor=actor)
    if text:
        write(concern, Note.WORDS, text=text)
    concern.kinds = sorted({*concern.kinds, *kinds})
    concern.save(update_fields=["kinds"])
    about = list(about)
    if about:
        concern.about.add(*about)
        _keep_from(concern, about)
    return concern


def _keep_from(concern: Concern, named: list[Person]) -> None:
    """They were perhaps told already: their notice goes, somebody else is told, and it is nobody's if it was theirs."""
    taken = list(ConcernStep.objects.filter(concern=concern))
    for person in named:
        for about in (*(escalation.about_of(concern, step) for step in taken), escalation.more_about(concern)):
            notices.mark_read(person=person, about=about)
    concern.refresh_from_db()
    may = access.able(concern, _told(concern))
    is_theirs = concern.opened_by is not None and concern.opened_by not in may
    if is_theirs:
        Concern.objects.filter(pk=concern.pk).update(opened_at=None, opened_by=None)
    if is_theirs or not may.exists():
        escalation.tell_others(concern)


def _told(concern: Concern) -> QuerySet[StaffRole]:
    return StaffRole.objects.filter(pk__in=ConcernStep.objects.filter(concern=concern).values("told"))


@transaction.atomic
def say_mistake(*, actor: Person) -> bool:
    """It closes nothing: somebody still asks how they are, and knows that it was pressed by mistake."""
    concern = access.open_unsafe(actor)
    if concern is None:
        return False
    if not ConcernNote.objects.filter(concern=concern, kind=Note.MISTAKE).exists():
        ConcernNote.objects.create(concern=concern, kind=Note.MISTAKE)
    return True


# -- telling somebody about a message ------------------------------------------------------------------------------------------


@transaction.atomic
def tell_about_message(
    *, actor: Person, conversation: Conversation, message: Message, kinds: Iterable[str], text: str
) -> Concern:
    """A message of somebody else goes to the supervisor, never to who wrote it. Where danger is ticked it is a crisis."""
    require(access.may_tell(actor, conversation) and message.author_id != actor.pk)
    kinds = [kind for kind in TOLD_KINDS if kind in set(kinds)]
    organization = granted(_organization_of(conversation))
    by_staff, of_staff = (_speaks_as_staff(conversation, person) for person in (actor, message.author))
    concern = raise_concern(
        joined_by=f"told:{conversation.pk}:{actor.pk}:{message.author_id}",
        organization=organization,
        person=actor if not by_staff else (access.young_of(conversation) or actor) if of_staff else message.author,
        source=Source.STAFF if by_staff else Source.TOLD,
        severity=Severity.CRISIS if IN_DANGER in kinds else Severity.CONCERN,
        kinds=kinds,
        family=conversation.family,
        conversation=conversation,
        about=[message.author] if of_staff or not by_staff else [],
        raised_by=actor,
    )
    _note_message(concern, message.key)
    if text:
        write(concern, Note.WORDS, text=text)
    return concern
