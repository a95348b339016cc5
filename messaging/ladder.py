"""The ladder of a message nobody opens: the page, the phone's screen, a text or an e-mail; for a family's message to staff
then who is on call, then the liaison. Each step once in a stretch, in order, none after it was opened.

`messaging.actions` begins a stretch when it announces and ends it when somebody reads; the worker climbs what is due. Rows are
always locked in this order: the conversation, the stretch, its notices.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import orjson
from django.db import IntegrityError, transaction
from django.utils import timezone

from messaging import rungs
from messaging.models import Conversation, LadderStep, Participant, UnreadStretch
from messaging.rungs import Rung
from portal import live
from portal.access import conversations, require
from portal.access import ladder as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import actions as notices
from portal.notices.decide import Channel
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.schema.settings import OUR_LADDER

Step = UnreadStretch.Step
TEXTS = frozenset({Channel.EMAIL, Channel.SMS})
AT_ONCE = 500


def about(conversation: Conversation) -> str:
    """What the notices of a conversation are about."""
    return f"conversation:{conversation.public_id}"


# -- beginning and ending -------------------------------------------------------------------------------------------------


def begin(conversation: Conversation, behind: Iterable[Participant]) -> None:
    """For each of these readers: their stretch, if it is not there yet, and its first step, the notice on their page.

    Inside the caller's transaction.
    """
    opened = {one.reader_id: one for one in UnreadStretch.objects.filter(conversation=conversation, ended_at=None)}
    for reader in behind:
        stretch = opened.get(reader.person_id)
        if stretch is not None and reader.read_seq >= stretch.from_seq:
            _end([stretch])
            stretch = None
        if stretch is None:
            stretch = _open(conversation, reader)
        if stretch is not None:
            _note_family(stretch, conversation, reader)
        notices.show(
            person=reader.person,
            kind=Notice.Kind.MESSAGE,
            path=f"/conversations/{conversation.public_id}/",
            about=about(conversation),
        )


def _open(conversation: Conversation, reader: Participant) -> UnreadStretch | None:
    """None where nothing new waits, or somebody else has opened it in this very moment."""
    first = access.first_unread(conversation, reader)
    if first is None:
        return None
    try:
        with transaction.atomic():
            stretch = UnreadStretch.objects.create(
                conversation=conversation,
                reader=reader.person,
                staff_role=reader.staff_role,
                from_seq=first.seq,
                since=first.sent_at,
            )
    except IntegrityError:
        return None
    LadderStep.objects.create(stretch=stretch, step=Step.PAGE, at=timezone.now())
    _set_next(stretch, _plan(stretch), {Step.PAGE}, stretch.since - dt.timedelta(microseconds=1))
    return stretch


def _note_family(stretch: UnreadStretch, conversation: Conversation, reader: Participant) -> None:
    """From a family's first unread word on the last two steps are ahead, whoever of staff wrote before it."""
    if stretch.family_since is not None:
        return
    first = access.first_of_family(stretch, conversation, reader)
    if first is None:
        return
    stretch.family_author, stretch.family_since = first.author, first.sent_at
    stretch.save(update_fields=["family_author", "family_since"])
    if stretch.due_at is None and stretch.called_at is None:
        _set_next(stretch, _plan(stretch), _taken(stretch), first.sent_at)


def end_read(*, conversation: Conversation, reader: Participant, seq: int) -> bool:
    """They have opened it: true where one waited. Whoever was told besides them has nothing to do any more."""
    stretches = list(
        UnreadStretch.objects.filter(
            conversation=conversation, reader=reader.person_id, ended_at=None, from_seq__lte=seq
        )
    )
    _end(stretches)
    return bool(stretches)


def _end(stretches: list[UnreadStretch]) -> None:
    now = timezone.now()
    for stretch in stretches:
        if UnreadStretch.objects.filter(pk=stretch.pk, ended_at=None).update(ended_at=now, due_at=None):
            notices.take_back(about=stretch.about)


# -- climbing -------------------------------------------------------------------------------------------------------------


def climb() -> int:
    """Take what is due of every ladder: what the worker calls; gives the number of steps taken.

    Each stretch is claimed by a conditional update in the transaction that tells people, so several workers take no step
    twice; after an outage the furthest step that is due is taken, and those it passed over are not.
    """
    due = UnreadStretch.objects.filter(ended_at=None, due_at__lte=timezone.now()).order_by("due_at")
    return sum(_climb(stretch) for stretch in list(due[:AT_ONCE]))


@transaction.atomic
def _climb(stretch: UnreadStretch) -> bool:
    claimed = UnreadStretch.objects.filter(pk=stretch.pk, ended_at=None, due_at=stretch.due_at).update(due_at=None)
    if not claimed:
        return False
    stretch = UnreadStretch.objects.select_related("conversation__family__program", "reader", "staff_role").get(
        pk=stretch.pk
    )
    now = timezone.now()
    reader = conversations.own_participation(stretch.reader, stretch.conversation)
    if _is_over(stretch, reader):
        _end([stretch])
        return False
    taken = _taken(stretch)
    ahead = rungs.ahead(_plan(stretch), taken) if reader is not None else _for_who_is_gone(stretch, now)
    step = next((step for step in rungs.to_try(ahead, now) if step not in taken and _take(stretch, step, now)), None)
    if step is not None:
        taken.add(step)
        _ring(stretch)
    _set_next(stretch, _plan(stretch) if reader is not None else [], taken, now)
    return step is not None


def _is_over(stretch: UnreadStretch, reader: Participant | None) -> bool:
    """Opened, or nobody can write here any more, or the reader of a family left it."""
    conversation = stretch.conversation
    is_closed = conversation.family is not None and conversation.family.closed_at is not None
    if conversation.state != Conversation.State.ACTIVE or is_closed:
        return True
    return stretch.family_since is None if reader is None else reader.read_seq >= stretch.from_seq


def _for_who_is_gone(stretch: UnreadStretch, now: dt.datetime) -> list[Rung]:
    """Whose job ended in the middle: their next step is the liaison's, whatever it was, if nobody was told of it yet."""
    is_told = stretch.called_at is not None or Step.LIAISON in _taken(stretch)
    return [] if is_told else [Rung(Step.LIAISON, now)]


def _plan(stretch: UnreadStretch) -> list[Rung]:
    family = stretch.conversation.family
    ways = notices.ways_to(stretch.reader, Notice.Kind.MESSAGE)
    return rungs.plan(
        family.program.profile.settings.ladder if family else OUR_LADDER,
        since=stretch.since,
        family_since=None if stretch.called_at else stretch.family_since,
        has_push=Channel.PUSH in ways,
        has_text=bool(TEXTS & ways),
        has_open_page=live.has_open_page(stretch.reader_id),
    )


def _taken(stretch: UnreadStretch) -> set[str]:
    return set(LadderStep.objects.filter(stretch=stretch).values_list("step", flat=True))


def _set_next(stretch: UnreadStretch, plan: list[Rung], taken: set[str], now: dt.datetime) -> None:
    following = rungs.next_rung(plan, taken, now)
    stretch.due_step, stretch.due_at = (following.step, following.at) if following else ("", None)
    stretch.save(update_fields=["due_step", "due_at"])


def _take(stretch: UnreadStretch, step: UnreadStretch.Step, now: dt.datetime) -> bool:
    """False where there is nobody and nothing to take it with."""
    told: list[StaffRole] = []
    if step == Step.BACKUP:
        backup = access.backup_for(stretch, now)
        told = [backup] if backup is not None else []
    elif step == Step.LIAISON:
        told = access.liaisons_for(stretch)
    else:
        ways = {Channel.PUSH} if step == Step.PUSH else TEXTS
        if not notices.send(person=stretch.reader, about=about(stretch.conversation), ways=ways):
            return False
    if step in {Step.BACKUP, Step.LIAISON} and not told:
        return False
    taken = LadderStep.objects.create(stretch=stretch, step=step, at=now)
    if told:
        _tell(stretch, taken, told)
    return True


def _tell(stretch: UnreadStretch, taken: LadderStep, told: list[StaffRole]) -> None:
    """Nothing of the message: a page that says who waits."""
    taken.told.set(told)
    path = f"/waiting/{stretch.public_id}/"
    for role in told:
        notices.notify(person=role.person, kind=Notice.Kind.MESSAGE_WAITS, path=path, about=stretch.about)
    record(
        actor=None,
        verb=Entry.Verb.CHANGED,
        subject="waiting",
        subject_id=stretch.conversation.public_id,
        family=stretch.conversation.family,
        step=taken.step,
        told=[str(role.public_id) for role in told],
    )


# -- somebody takes care of it -----------------------------------------------------------------------------------------------


@transaction.atomic
def note_call(*, actor: Person, stretch: UnreadStretch) -> bool:
    """ "I called them": the sender reads who is on it, and nobody else is told. False where somebody was first."""
    role = access.role_toward(actor, stretch)
    require(role is not None)
    first = UnreadStretch.objects.filter(pk=stretch.pk, called_at=None, ended_at=None).update(
        called_by=role, called_at=timezone.now(), due_at=None, due_step=""
    )
    if first:
        record(
            actor=actor,
            verb=Entry.Verb.CHANGED,
            subject="waiting",
            subject_id=stretch.conversation.public_id,
            family=stretch.conversation.family,
            role=role.role if role else "",
            step="called",
        )
        notices.take_back(about=stretch.about)
        _ring(stretch)
    return bool(first)


@transaction.atomic
def record_look(*, actor: Person, stretch: UnreadStretch) -> None:
    """Somebody who was told looked at who waits and how to reach them: part of the family's record."""
    role = access.role_toward(actor, stretch)
    require(role is not None)
    record(
        actor=actor,
        verb=Entry.Verb.VIEWED,
        subject="waiting",
        subject_id=stretch.conversation.public_id,
        family=stretch.conversation.family,
        role=role.role if role else "",
    )


def _ring(stretch: UnreadStretch) -> None:
    """Open pages of those who may follow ask again; what they may read is decided when they ask. In a group nobody follows."""
    if stretch.conversation.family_id is None:
        return
    everyone = list(conversations.participants(stretch.conversation))
    followers = [one.person_id for one in everyone if access.may_follow(one, stretch)]
    frame = orjson.dumps({"type": "ladder", "conversation": str(stretch.conversation.public_id)})
    transaction.on_commit(lambda: live.push([(followers, live.Frame(frame, stretch.conversation_id), None)]))
