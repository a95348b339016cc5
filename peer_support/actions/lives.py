"""A pairing's life after the yes: the first word, a pause with a day to come back, a goodbye, and never a disappearance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone

from messaging import actions as messaging
from peer_support.actions import hand_offs
from peer_support.actions.pairings import locked, move, note, open_talk, tell, tell_liaison, watch_over
from peer_support.models import Pairing, Wish
from peer_support.refusals import DayBehind, DayTooFar
from portal.access import mentors, require
from portal.access import pairings as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.one_by_one import one_by_one

State = Pairing.State
Side = Pairing.Side
CHANGED = Notice.Kind.PAIRING_CHANGED

GOODBYE_DAYS = 7  # where the programme names no number of its own
LONGEST_PAUSE = dt.timedelta(days=366)


@transaction.atomic
def begin_pairing(*, actor: Person, pairing: Pairing) -> None:
    """ "I am here": the peer partner says so before the first word is written."""
    pairing = locked(pairing)
    require(access.may_begin_talk(actor, pairing))
    _begin(actor, pairing)


def _begin(actor: Person | None, pairing: Pairing) -> None:
    move(pairing, State.ACTIVE)
    pairing.began_at = timezone.now()
    pairing.save(update_fields=["state", "began_at"])
    note(actor, Entry.Verb.CHANGED, pairing)
    tell(pairing.member.person, CHANGED, pairing, "begun")


@transaction.atomic
def pause_pairing(*, actor: Person, pairing: Pairing, until: dt.date) -> None:
    """Either of the two says "not now" and names a day to come back, which both see. Raises DayBehind, DayTooFar."""
    pairing = locked(pairing)
    require(access.may_pause(actor, pairing))
    if until <= pairing.today:
        raise DayBehind
    if until > pairing.today + LONGEST_PAUSE:
        raise DayTooFar
    if pairing.state != State.PAUSED:
        move(pairing, State.PAUSED)
    pairing.paused_by, pairing.paused_until = access.side_of(actor, pairing) or "", until
    pairing.save(update_fields=["state", "paused_by", "paused_until"])
    if pairing.conversation is not None:
        messaging.pause_conversation(conversation=pairing.conversation)
    note(actor, Entry.Verb.CHANGED, pairing)
    _tell_others(actor, pairing, f"paused:{until}")


@transaction.atomic
def resume_pairing(*, actor: Person, pairing: Pairing) -> None:
    """Whoever paused it is back before the day."""
    pairing = locked(pairing)
    require(access.may_resume(actor, pairing))
    _resume(actor, pairing)


@transaction.atomic
def pause_as_guardian(*, actor: Person, pairing: Pairing) -> None:
    """A guardian stops a young person's talk with a mentor for now: until a guardian, or the liaison, lets it go on.

    The young person is told who can help them now; whatever else they can do here stays as it was.
    """
    pairing = locked(pairing)
    require(mentors.may_pause(actor, pairing))
    if pairing.state != State.PAUSED:
        move(pairing, State.PAUSED)
    pairing.paused_by, pairing.paused_until = Side.GUARDIAN, None
    pairing.save(update_fields=["state", "paused_by", "paused_until"])
    if pairing.conversation is not None:
        messaging.pause_conversation(conversation=pairing.conversation)
    note(actor, Entry.Verb.CHANGED, pairing)
    _tell_others(actor, pairing, "paused:guardian")
    tell_liaison(CHANGED, pairing, "paused:guardian")


@transaction.atomic
def end_guardians_pause(*, actor: Person, pairing: Pairing) -> None:
    """It goes on as before; whether the two may write is asked anew with each message."""
    pairing = locked(pairing)
    require(mentors.may_end_pause(actor, pairing))
    _resume(actor, pairing)
    tell_liaison(CHANGED, pairing, "back:guardian")


def _resume(actor: Person | None, pairing: Pairing) -> None:
    day = pairing.paused_until
    move(pairing, State.ACTIVE)
    _go_on(pairing)
    pairing.save(update_fields=["state", "paused_by", "paused_until"])
    note(actor, Entry.Verb.CHANGED, pairing)
    _tell_others(actor, pairing, f"back:{day}")


@transaction.atomic
def say_goodbye(*, actor: Person, pairing: Pairing, wants_next: bool | None = None) -> None:
    """It ends, and both can still write until a named moment. No reason is asked for.

    The family is back on its liaison's list at once, unless it says that it wants nobody now.
    """
    pairing = locked(pairing)
    require(access.may_say_goodbye(actor, pairing))
    move(pairing, State.ENDING)
    _go_on(pairing)  # last words can be written though it was paused
    pairing.ended_by = access.side_of(actor, pairing) or ""
    pairing.ending_at = timezone.now()
    pairing.goodbye_until = _last_moment(pairing)
    if wants_next is not None and pairing.ended_by == Side.FAMILY:
        pairing.wants_next = wants_next
    pairing.save()
    note(actor, Entry.Verb.CHANGED, pairing)
    _tell_others(actor, pairing, "goodbye")
    tell_liaison(CHANGED, pairing, "goodbye")


def _last_moment(pairing: Pairing) -> dt.datetime:
    """Midnight after the last day, where the programme is."""
    program = pairing.family.program
    number = program.profile.settings.goodbye_days
    day = pairing.today + dt.timedelta(days=1 + (number.value if number else GOODBYE_DAYS))
    return dt.datetime.combine(day, dt.time(), program.zone)


@transaction.atomic
def stay_paired(*, actor: Person, pairing: Pairing) -> None:
    """Whoever asked for the end changed their mind: it goes on."""
    pairing = locked(pairing)
    require(access.may_stay(actor, pairing))
    move(pairing, State.ACTIVE)
    pairing.ended_by, pairing.ending_at, pairing.goodbye_until = "", None, None
    pairing.wants_next = True
    pairing.save()
    note(actor, Entry.Verb.CHANGED, pairing)
    _tell_others(actor, pairing, "stays")
    tell_liaison(CHANGED, pairing, "stays")


@transaction.atomic
def end_pairing(*, actor: Person, pairing: Pairing) -> None:
    """At once: the family's right without a reason, and the liaison's where somebody may not be safe."""
    require(access.may_end(actor, pairing))
    finish(actor, pairing, access.side_of(actor, pairing))


def finish(actor: Person | None, pairing: Pairing, by: Pairing.Side | None) -> None:
    """Nothing more is sent; the history stays with the family, the peer no longer reads it, and each hears of it.

    Whose job has ended hears nothing here: it is their end, not the family's.
    """
    pairing = locked(pairing)
    move(pairing, State.ENDED)
    pairing.ended_at = timezone.now()
    pairing.ended_by = by if by == Side.JOB else pairing.ended_by or by or ""
    pairing.save(update_fields=["state", "ended_at", "ended_by"])
    note(actor, Entry.Verb.ENDED, pairing)
    if pairing.conversation is not None:
        messaging.end_conversation(actor=actor, conversation=pairing.conversation)
        messaging.end_participation(conversation=pairing.conversation, person=pairing.peer.person)
    hand_offs.release_pairing(actor, pairing)
    if by == Side.JOB:
        tell(pairing.member.person, CHANGED, pairing, "left")
    else:
        _tell_others(actor, pairing, "ended")
    tell_liaison(CHANGED, pairing, "ended")


@transaction.atomic
def choose_next(*, actor: Person, pairing: Pairing, wants_next: bool) -> None:
    """Whether the person waits for someone else: for all that came before, so that one old yes does not outlive a no."""
    pairing = locked(pairing)
    require(access.may_choose_next(actor, pairing))
    closed = Pairing.objects.filter(member=pairing.member_id, state__in=access.CLOSED_BY_CHOICE)
    closed.update(wants_next=wants_next)
    if wants_next:  # a wish they had ended counts again, and they wait from today
        Wish.objects.filter(member=pairing.member_id, ended_at__isnull=False).update(
            ended_at=None, asked_at=timezone.now()
        )
    note(actor, Entry.Verb.CHANGED, pairing)
    tell_liaison(CHANGED, pairing, "next" if wants_next else "nobody")


@transaction.atomic
def share_history(*, actor: Person, pairing: Pairing, summary: str, shares_history: bool) -> None:
    """What the person tells the next peer partner about this time, in their own words; read only while they share it.

    The messages themselves are read by nobody new: two people wrote them under the promise that nobody else can.
    """
    pairing = locked(pairing)
    require(access.may_choose_next(actor, pairing))
    pairing.summary, pairing.shares_history = summary.strip(), shares_history
    pairing.save(update_fields=["sealed_summary", "shares_history"])
    note(actor, Entry.Verb.CHANGED, pairing)


# -- by itself ---------------------------------------------------------------------------------------------------------


def keep_pairings() -> int:
    """What follows by itself: a first word begins it, a day to come back has come, a goodbye is over. Gives how many.

    Each row is looked at again under its lock, so that any number of workers may run this.
    """
    return (
        _each(access.without_talk(), _lacks_talk, _open)
        + _each(access.stopped_for_good(), lambda one: one.takes_place, lambda one: finish(None, one, None))
        + _each(access.spoken_to(), _is(State.ACCEPTED), lambda one: _begin(None, one))
        + _each(access.back_today(), _is(State.PAUSED), lambda one: _resume(None, one))
        + _each(mentors.pauses_of_adults(), _is(State.PAUSED), lambda one: _resume(None, one))
        + _each(access.goodbyes_over(), _is(State.ENDING), lambda one: finish(None, one, None))
    )


def _open(pairing: Pairing) -> None:
    """A yes of a young person from before their conversations were watched over gets its conversation."""
    pairing.conversation = open_talk(None, pairing)
    pairing.save(update_fields=["conversation"])
    watch_over(None, pairing)


def _lacks_talk(pairing: Pairing) -> bool:
    return pairing.conversation_id is None and pairing.takes_place


def _is(state: Pairing.State) -> Callable[[Pairing], bool]:
    return lambda pairing: pairing.state == state


def _each(found: Iterable[Pairing], still: Callable[[Pairing], bool], act: Callable[[Pairing], None]) -> int:
    """`still`: what has to hold under the lock, too. A pause that was given another day meanwhile goes on."""

    def settle(one: Pairing) -> int:
        with transaction.atomic():
            now = locked(one)
            if not still(now) or (now.state == State.PAUSED and now.paused_until != one.paused_until):
                return 0
            act(now)
            return 1

    return one_by_one(list(found), settle, "A pairing could not go on by itself")


def _go_on(pairing: Pairing) -> None:
    pairing.paused_by, pairing.paused_until = "", None
    if pairing.conversation is not None:
        messaging.resume_conversation(conversation=pairing.conversation)


def _tell_others(actor: Person | None, pairing: Pairing, what: str) -> None:
    """The two of them, but not the one who did it; who no longer works here is not written to."""
    if actor != pairing.member.person:
        tell(pairing.member.person, CHANGED, pairing, what)
    if actor != pairing.peer.person and access.visible_pairings(pairing.peer.person).filter(pk=pairing.pk).exists():
        tell(pairing.peer.person, CHANGED, pairing, what)
