"""The one way a message is stored: group commit, gapless numbers, and only after the commit an answer and a push.

While one transaction commits, what arrives is gathered; then one transaction numbers and inserts all of it. Rules that keep
it right with any number of processes:

* conversation rows are locked in ascending id and held to the commit, so commit order is sequence order;
* the database gives the numbers (a counter in this process would be wrong with two);
* a key already stored answers with its first number; one bad row costs only itself.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from messaging import screening
from messaging.holding import hold
from messaging.models import Conversation, Flag, HeldMessage, Message
from messaging.sending import (
    Allowance,
    Answer,
    Held,
    Refusal,
    Sending,
    Stored,
    answer_frame,
    care_frame,
    check_body,
    message_frame,
)
from messaging.storing import Row, make_ready, store
from portal import live
from portal.access.conversations import LONGEST_KEPT, Membership, memberships

logger = logging.getLogger(__name__)

BATCH = 500
KEPT_KEYS = 50_000
KEPT_MEMBERSHIPS = 20_000
PATIENCE = 10.0  # seconds a POST waits for its commit


class Writer:
    """One thread with its own database connection; needs no event loop, so a WSGI process can use it too."""

    def __init__(self) -> None:
        self._queue: deque[Sending] = deque()
        self._arrived = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False
        self._memberships: dict[UUID, Membership] = {}
        self._known: OrderedDict[tuple[UUID, UUID, int], Stored] = OrderedDict()
        self.allowance = Allowance(settings.SENDS_PER_SECOND)
        self.stored = 0
        self.refused = 0
        self.commits = 0

    # -- from any thread --------------------------------------------------------------------------------------------

    def submit(self, sending: Sending) -> None:
        """Take a checked message in. It is answered later, or at once when the queue is full."""
        with self._arrived:
            if len(self._queue) < settings.WRITER_QUEUE:
                self._queue.append(sending)
                if self._thread is None or not self._thread.is_alive():
                    self._closing = False
                    self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                    self._thread.start()
                self._arrived.notify()
                return
        self._answer([(sending, "unavailable")])

    def close(self, patience: float = PATIENCE) -> None:
        """Store what is waiting, then let the thread and its connection go; a later message starts them again."""
        with self._arrived:
            thread, self._closing = self._thread, True
            self._arrived.notify()
        if thread is not None:
            thread.join(patience)

    def counts(self) -> dict[str, int]:
        return {
            "messages_stored": self.stored,
            "messages_refused": self.refused,
            "commits": self.commits,
            "waiting": len(self._queue),
        }

    # -- the writer's own thread --------------------------------------------------------------------------------------

    def _run(self) -> None:
        while (batch := self._take()) is not None:
            try:
                self._store(batch)
            except (OperationalError, InterfaceError) as error:
                logger.warning("Messages could not be stored: %s", error)
                connection.close()
                self._answer([(sending, "unavailable") for sending in batch if not _is_answered(sending)])
            except Exception:
                logger.exception("The writer met something it does not know")
                connection.close()
                self._answer([(sending, "unavailable") for sending in batch if not _is_answered(sending)])

        connection.close()

    def _take(self) -> list[Sending] | None:
        """What has arrived, at most a batch, without what nobody waits for any more; None when closing and all is stored."""
        with self._arrived:
            while not self._queue:
                if self._closing:
                    self._thread = None
                    return None
                self._arrived.wait()
            batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
        return [each for each in batch if each.waiting is None or each.waiting.set_running_or_notify_cancel()]

    def _store(self, batch: list[Sending]) -> None:
        """Admit, merge twins, write; what a changed membership or a stored key turned back goes round again, with care."""
        waiting = self._without_twins(batch)
        for _round in range(3):
            waiting = self._without_held(self._admit(waiting))
            if not waiting:
                return
            try:
                self._finish(waiting, self._write(waiting))
                return
            except _Changed as change:
                for conversation in change.conversations:
                    self._memberships.pop(conversation, None)
                for sending in waiting:
                    sending.found = None  # what is looked for may have changed, too
            except (_RepeatedKey, DatabaseError) as error:
                if isinstance(error, OperationalError | InterfaceError):
                    raise
                self._write_carefully(waiting)
                return
        self._answer([(each, "unavailable") for sending in waiting for each in (sending, *sending.twins)])

    def _without_twins(self, batch: list[Sending]) -> list[Sending]:
        """Repeats of a key inside one batch ride on the first; keys stored lately are answered from memory."""
        first: dict[tuple[UUID, UUID, int], Sending] = {}
        answers: list[tuple[Sending, Answer]] = []
        for sending in batch:
            name = sending.name
            known = self._known.get(name)
            if known is not None:
                answers.append((sending, known))
            elif name not in first:
                first[name] = sending
            else:
                first[name].twins.append(sending)
        self._answer(answers)
        return list(first.values())

    def _admit(self, batch: list[Sending]) -> list[Sending]:
        """Keep what its author may post; answer the rest with the reason, telling outsiders nothing."""
        if len(self._memberships) >= KEPT_MEMBERSHIPS:  # here alone: what is looked up below is needed to the end
            self._memberships.clear()
        now = timezone.now()
        asked = self._look_up(
            {sending.conversation for sending in batch if not self._is_kept(sending.conversation, now)}
        )
        # A yes is held against `access_version` where it is stored; a no must not outlive what lifted it either.
        self._look_up({sending.conversation for sending in batch if self._refusal(sending)} - asked)
        admitted: list[Sending] = []
        answers: list[tuple[Sending, Answer]] = []
        for sending in batch:
            code = self._refusal(sending)
            if code:
                answers += [(each, code) for each in (sending, *sending.twins)]
            else:
                sending.member = self._memberships[sending.conversation]
                admitted.append(sending)
        self._answer(answers)
        return admitted

    def _without_held(self, batch: list[Sending]) -> list[Sending]:
        """Look at what was written where it is looked at, and put aside what waits. The rest goes on as it came."""
        now = timezone.now()
        going: list[Sending] = []
        for sending in batch:
            if sending.found is None:
                sending.found = screening.find(sending)
            why, until = screening.why_held(sending, sending.found, now)
            if why is None:
                going.append(sending)
            else:
                self._hold(sending, why, until)
        return going

    def _hold(self, sending: Sending, why: HeldMessage.Why, until: dt.datetime | None) -> None:
        """Store it where nobody but its author and who looks at it finds it. Held once, however often it is sent."""
        answer: Answer
        try:
            answer = hold(sending, why, until)
        except (OperationalError, InterfaceError):
            raise
        except DatabaseError as error:
            logger.warning("A message could not be held: %s", type(error).__name__)
            answer = "unavailable"
        self._answer([(each, answer) for each in (sending, *sending.twins)])

    def _is_kept(self, conversation: UUID, now: dt.datetime) -> bool:
        """Known, and neither too old nor, where the clock was set back, found at a moment still to come."""
        kept = self._memberships.get(conversation)
        return kept is not None and kept.valid_until - LONGEST_KEPT <= now < kept.valid_until

    def _look_up(self, names: set[UUID]) -> set[UUID]:
        """Ask the database who may read and write there; gives the names back. What does not exist is forgotten."""
        if not names:
            return names
        for name in names:
            self._memberships.pop(name, None)
        found = list(Conversation.objects.select_related("family__program").filter(public_id__in=names))
        fresh = memberships(found)
        self._memberships.update({conversation.public_id: fresh[conversation.pk] for conversation in found})
        return names

    def _refusal(self, sending: Sending) -> str:
        """Why its author may not post there; nothing where they may."""
        member = self._memberships.get(sending.conversation)
        if member is None or sending.author not in member.readers:
            return "not_found"
        if sending.author in member.posters:
            return ""
        return "ended" if member.state == Conversation.State.ENDED else "paused"

    def _write(self, batch: list[Sending]) -> list[Stored]:
        """Number and insert the whole batch in one transaction. Raises _Changed, _RepeatedKey or a DatabaseError."""
        counts: dict[int, int] = {}
        rows: list[Row] = []
        for sending in batch:
            pk = sending.admitted.pk
            counts[pk] = nth = counts.get(pk, 0) + 1
            rows.append((pk, nth, sending.key, sending.author, sending.sealed()))
        now = timezone.now()
        make_ready()
        with transaction.atomic():
            numbers, inserted = store(rows, now)
            changed = [
                sending.conversation
                for sending in batch
                if numbers.get(sending.admitted.pk, (0, -1))[1] != sending.admitted.access_version
            ]
            if changed:
                raise _Changed(changed)
            if inserted != len(rows):
                raise _RepeatedKey
            self._flag(batch, now)
        self.commits += 1
        return [
            Stored(
                sending.conversation,
                numbers[pk][0] - counts[pk] + nth,
                key,
                now,
                author,
                is_danger=sending.found is not None and sending.found.is_danger,
            )
            for sending, (pk, nth, key, author, _body) in zip(batch, rows, strict=True)
        ]

    def _write_carefully(self, batch: Sequence[Sending]) -> None:
        """After a stored key or a bad row: lock, then look keys up in a statement of its own; halve until the bad row is alone."""
        try:
            self._finish(batch, self._write_new_only(batch))
        except (DatabaseError, _Changed) as error:
            if isinstance(error, OperationalError | InterfaceError):
                raise
            if len(batch) == 1:
                logger.warning("A message could not be stored: %s", type(error).__name__)
                self._memberships.pop(batch[0].conversation, None)
                self._answer([(each, "unavailable") for each in (batch[0], *batch[0].twins)])
                return
            middle = len(batch) // 2
            self._write_carefully(batch[:middle])
            self._write_carefully(batch[middle:])

    @transaction.atomic
    def _write_new_only(self, batch: Sequence[Sending]) -> list[Stored]:
        now = timezone.now()
        locked = {
            row.pk: row
            for row in Conversation.objects.select_for_update(no_key=True)
            .filter(pk__in={sending.admitted.pk for sending in batch})
            .order_by("pk")
        }
        known = {
            (row.conversation_id, row.key): row
            for row in Message.objects.filter(conversation__in=locked, key__in=[sending.key for sending in batch])
        }
        stored: list[Stored] = []
        fresh: list[Message] = []
        for sending in batch:
            member = sending.admitted
            row = locked.get(member.pk)
            if row is None or row.access_version != member.access_version:
                raise _Changed([sending.conversation])
            message = known.get((member.pk, sending.key))
            if message is None:
                row.last_seq += 1
                row.last_sent_at = now
                message = Message(
                    conversation_id=member.pk,
                    seq=row.last_seq,
                    key=sending.key,
                    author_id=sending.author,
                    body=sending.sealed(),
                    sent_at=now,
                )
                fresh.append(message)
            is_new = message.pk is None
            is_danger = is_new and sending.found is not None and sending.found.is_danger
            stored.append(
                Stored(
                    sending.conversation,
                    message.seq,
                    message.key,
                    message.sent_at,
                    message.author_id,
                    is_new,
                    is_danger,
                )
            )
        Message.objects.bulk_create(fresh)
        new = {(message.conversation_id, message.key) for message in fresh}
        self._flag([sending for sending in batch if (sending.admitted.pk, sending.key) in new], now)
        for pk in sorted({message.conversation_id for message in fresh}):
            locked[pk].save(update_fields=["last_seq", "last_sent_at"])
        return stored

    def _flag(self, batch: Sequence[Sending], now: dt.datetime) -> None:
        """With the messages, in their transaction: a flag is never lost and never stands alone."""
        flags = [flag for sending in batch if (flag := screening.flag_of(sending, now)) is not None]
        if flags:
            Flag.objects.bulk_create(flags)

    # -- after the commit ---------------------------------------------------------------------------------------------

    def _finish(self, batch: Sequence[Sending], stored: Sequence[Stored]) -> None:
        answers: list[tuple[Sending, Answer]] = []
        pushes = []
        for sending, result in zip(batch, stored, strict=True):
            name = sending.name
            if result.author != sending.author:  # somebody else's key: never answered as if it were theirs
                answers += [(each, "bad_frame") for each in (sending, *sending.twins)]
                continue
            if name not in self._known:
                self._known[name] = result
            if result.is_new:
                self.stored += 1
                pushes.append((sending.admitted.readers, message_frame(sending, result), sending.page))
                if result.is_danger:
                    pushes.append((tuple(sending.admitted.staff), care_frame(sending), None))
                    self._memberships.pop(sending.conversation, None)  # adults' words do not wait for the morning now
            answers += [(each, result) for each in (sending, *sending.twins)]
        while len(self._known) > KEPT_KEYS:
            self._known.popitem(last=False)
        self._answer(answers, pushes)

    def _answer(
        self,
        answers: Sequence[tuple[Sending, Answer]],
        pushes: Sequence[tuple[Sequence[int], live.Frame, live.Page | None]] = (),
    ) -> None:
        to_pages = []
        for sending, result in answers:
            if sending.page is not None:
                to_pages.append((sending.page, answer_frame(sending, result)))
                sending.page = None
            elif sending.waiting is not None and not sending.waiting.done():
                if isinstance(result, str):
                    sending.waiting.set_exception(Refusal(result))
                else:
                    sending.waiting.set_result(result)
            self.refused += isinstance(result, str)
        live.push(pushes, to_pages)


class _Changed(Exception):
    """Who may write in these conversations changed since it was looked up."""

    def __init__(self, conversations: list[UUID]) -> None:
        super().__init__(conversations)
        self.conversations = conversations


class _RepeatedKey(Exception):
    """Fewer rows went in than were given: a key was stored before."""


def _is_answered(sending: Sending) -> bool:
    return sending.page is None and (sending.waiting is None or sending.waiting.done())


writer = Writer()


def counts() -> dict[str, int]:
    return writer.counts()


def send_and_wait(sending: Sending, *, patience: float = PATIENCE) -> Stored | Held:
    """For a plain POST: submit and wait for the commit. Raises Refusal."""
    code = check_body(sending.body)
    if code is not None:
        raise Refusal(code)
    if not sending.is_released and not writer.allowance.take(sending.author):
        raise Refusal("rate_limited")
    sending.waiting = Future()
    writer.submit(sending)
    try:
        return sending.waiting.result(timeout=patience)
    except TimeoutError as error:
        # What the writer has not begun is taken back, so that "not saved" is true; what it has begun is waited for.
        if not sending.waiting.cancel():
            with suppress(TimeoutError):
                return sending.waiting.result(timeout=patience)
        raise Refusal("unavailable") from error
