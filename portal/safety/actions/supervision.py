"""Naming who watches over a young person's conversation, and what they may do there: look, let on, stop, bring somebody in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from messaging import actions as messaging
from messaging import later
from messaging.history import Shown
from messaging.models import Conversation, HeldMessage, Participant, body_context
from portal.access import Refused, concerns, granted, legal_looks, mentors, require, ties
from portal.access import conversations as talks
from portal.access import supervision as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.models import StaffRole
from portal.safety import screening
from portal.safety.actions.looking import look, tell_pages
from portal.safety.models import Freeze, LegalException, Look, SecondHelper, StaffTie, Supervision

AT_ONCE = 100  # messages in one look
SUPERVISION = "/supervision/"


# -- who watches over it ---------------------------------------------------------------------------------------------------


@transaction.atomic
def name_supervisor(
    *, actor: Person | None, conversation: Conversation, role: StaffRole | None = None
) -> StaffRole | None:
    """Name who watches over it: this one, or the first who can. None where nobody can: then nobody may write there.

    From the next message on; the people of the conversation see the name before they write.
    """
    locked = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    able = access.possible_supervisors(locked)
    chosen = next((one for one in able if role is None or one.pk == role.pk), None)
    current = Supervision.objects.filter(conversation=locked, ended_at=None).first()
    if chosen is None and current is None:  # nothing changes: asked again each minute until somebody can
        return None
    if current is not None and chosen is not None and current.staff_role_id == chosen.pk:
        return chosen
    now = timezone.now()
    if current is not None:
        Supervision.objects.filter(pk=current.pk).update(ended_at=now)
    if chosen is not None:
        Supervision.objects.create(conversation=locked, staff_role=chosen, named_by=actor, started_at=now)
        _note(actor, Entry.Verb.CHANGED, locked, "named", role=str(chosen.public_id))
    _changed(locked)
    return chosen


def keep_supervised() -> int:
    """Nobody is left unwatched: where the one who was named left, may no longer, or is on no rota, somebody else is named.

    Where nobody can be, the conversation rests by itself (`access.is_door_open`) until somebody can. Gives how many changed.
    """
    return one_by_one(access.talks_of_the_young(), _keep, "Nobody could be named to watch over a conversation")


def _keep(conversation: Conversation) -> bool:
    named = Supervision.objects.filter(conversation=conversation, ended_at=None).first()
    if not talks.is_watched(conversation):
        return named is not None and _end_watch(named)
    if access.supervisor_of(conversation) is not None:
        return False
    chosen = name_supervisor(actor=None, conversation=conversation)
    return chosen is not None or named is not None


@transaction.atomic
def _end_watch(named: Supervision) -> bool:
    """They are 18 and nothing is open: nobody reads along any more, and both see that."""
    if access.is_still_needed(named.conversation):
        return False
    Supervision.objects.filter(pk=named.pk).update(ended_at=timezone.now())
    _note(None, Entry.Verb.ENDED, named.conversation, "ended")
    _changed(named.conversation)
    return True


# -- looking ---------------------------------------------------------------------------------------------------------------


def look_over(*, actor: Person, conversation: Conversation, why: Look.Why = Look.Why.SUPERVISION) -> list[Shown]:
    """The supervisor reads the latest messages. Its people see when, who and why."""
    role = _role_over(actor, conversation)
    last = conversation.last_seq
    first = max(last - AT_ONCE + 1, conversation.trimmed_seq + 1)
    may = access.may_look(actor, role, conversation)
    return look(actor=actor, role=role, conversation=conversation, why=why, from_seq=first, to_seq=last, may=may)


def look_at_held(*, actor: Person, held: HeldMessage) -> tuple[str, str]:
    """What an adult wrote and waits, and the same without what was found in it. The two of them see that it was looked at."""
    conversation = held.conversation
    role = _role_over(actor, conversation)
    may = access.held_for(actor).filter(pk=held.pk).exists()
    look(actor=actor, role=role, conversation=conversation, why=Look.Why.HELD, from_seq=0, to_seq=0, may=may)
    body = conversation.cipher().open(bytes(held.body), body_context(conversation.public_id, held.key))
    return body, screening.without_details(body)


def settle_held(*, actor: Person, held: HeldMessage, goes_on: bool, without_details: bool = False) -> bool:
    """Let it on, let it on with the detail taken out, or not at all. False where somebody else was first."""
    require(access.held_for(actor).filter(pk=held.pk).exists())
    conversation = held.conversation
    role = _role_over(actor, conversation)
    changed = ""
    if goes_on and without_details:
        body = conversation.cipher().open(bytes(held.body), body_context(conversation.public_id, held.key))
        changed = screening.without_details(body)
    terms = talks.membership(conversation).terms
    until = terms.quiet_until(timezone.now()) if goes_on and terms is not None else None
    with transaction.atomic():
        is_first = later.settle_held(held=held, role=role, goes_on=goes_on, changed_body=changed, until=until)
        if is_first:
            notices.take_back(about=_about_held(held))
            _note(actor, Entry.Verb.CHANGED, conversation, "held", goes_on=goes_on, is_changed=bool(changed))
            tell_pages(conversation)
    if is_first and goes_on and until is None:
        later.release_held(only=held)
    return is_first


def tell_of_held() -> int:
    """Whoever watches over a conversation is told, once, that a message waits for them; gives how many."""
    waiting = HeldMessage.objects.filter(why=HeldMessage.Why.REVIEW, state=HeldMessage.State.WAITING)
    found = waiting.select_related("conversation__family__program")
    return one_by_one(found, _tell_of_held, "Nobody could be told of a held message")


def _tell_of_held(held: HeldMessage) -> bool:
    role = access.supervisor_of(held.conversation)
    if role is None or Notice.objects.filter(person=role.person, about=_about_held(held)).exists():
        return False
    notices.notify(person=role.person, kind=Notice.Kind.HELD, path=SUPERVISION, about=_about_held(held))
    return True


def _about_held(held: HeldMessage) -> str:
    return f"held:{held.public_id}"


# -- stopping, and what follows ----------------------------------------------------------------------------------------------


@transaction.atomic
def freeze(*, actor: Person, conversation: Conversation, reason: str) -> Freeze:
    """Nobody writes until somebody has looked at what happened. Nothing is lost, and neither of the two is told why.

    By who watches over it, or who works on an open worry about it; what came of it is said by who watches over it.
    """
    locked = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    role = granted(access.role_over(actor, locked) or concerns.role_to_stop(actor, locked))
    running = Freeze.objects.filter(conversation=locked, lifted_at=None).first()
    if running is not None:
        return running
    made = Freeze(conversation=locked, by=role, at=timezone.now())
    made.reason = reason.strip()
    made.save()
    if locked.state != Conversation.State.ENDED:
        Conversation.objects.filter(pk=locked.pk).update(state=Conversation.State.FROZEN)
    _note(actor, Entry.Verb.CHANGED, locked, "stopped")
    _changed(locked)
    return made


@transaction.atomic
def lift_freeze(*, actor: Person, conversation: Conversation, outcome: Freeze.Outcome, words: str) -> None:
    """Say what came of it, in words to both of them; after a false alarm they read that nothing was wrong."""
    locked = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    role = _role_over(actor, locked)
    lifted = Freeze.objects.filter(conversation=locked, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by=role, outcome=outcome, words=words.strip()
    )
    require(bool(lifted))
    if locked.state == Conversation.State.FROZEN and outcome != Freeze.Outcome.ENDS:
        is_paused = access.is_match_paused(locked)
        state = Conversation.State.PAUSED if is_paused else Conversation.State.ACTIVE
        Conversation.objects.filter(pk=locked.pk).update(state=state)
    if outcome == Freeze.Outcome.ENDS:
        messaging.end_conversation(actor=actor, conversation=locked)
    _note(actor, Entry.Verb.CHANGED, locked, "lifted", outcome=outcome)
    _changed(locked)


# -- somebody joins ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def bring_in(*, actor: Person, conversation: Conversation, role: StaffRole) -> SecondHelper:
    """A second helper stands beside the first. They read what is written from now on, and both see that they came."""
    locked = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    _role_over(actor, locked)
    require(any(one.pk == role.pk for one in access.helpers_to_join(locked)))
    joined = SecondHelper.objects.create(conversation=locked, staff_role=role, asked_by=actor)
    Participant.objects.create(
        conversation=locked,
        person=role.person,
        staff_role=role,
        from_seq=locked.last_seq,
        read_seq=locked.last_seq,
    )
    pairing = access.pairing_of(locked)
    if pairing is not None:  # a guardian always learns who writes with their child
        about = f"second-helper:{joined.pk}"
        told = [(one, f"/mentors/{pairing.public_id}/") for one in mentors.guardians(pairing.member)]
        notices.notify_all(told=told, kind=Notice.Kind.MENTOR, about=about)
    _note(actor, Entry.Verb.CHANGED, locked, "joined", role=str(role.public_id))
    _changed(locked)
    return joined


@transaction.atomic
def let_go(*, actor: Person, conversation: Conversation, role: StaffRole) -> None:
    """The second helper leaves again; who first stands beside the young person stays."""
    _role_over(actor, conversation)
    left = SecondHelper.objects.filter(conversation=conversation, staff_role=role, left_at=None)
    require(bool(left.update(left_at=timezone.now())))
    messaging.end_participation(conversation=conversation, person=role.person)
    _note(actor, Entry.Verb.CHANGED, conversation, "left", role=str(role.public_id))
    tell_pages(conversation)


# -- who is close to whom ------------------------------------------------------------------------------------------------------


@transaction.atomic
def note_tie(*, actor: Person, one: Person, other: Person) -> StaffTie:
    """Two of staff are close outside work: neither looks into what is about the other. Each of them may say so, or a lead."""
    require(ties.may_note_tie(actor, one, other))
    first, second = sorted([one, other], key=lambda person: person.pk)
    tie, _is_new = StaffTie.objects.get_or_create(one=first, other=second, ended_at=None, defaults={"noted_by": actor})
    if ties.is_lead(actor) and tie.noted_by_id != actor.pk:  # a lead stands for it, too: it counts for everything now
        tie.noted_by = actor
        tie.save(update_fields=["noted_by"])
    record(actor=actor, verb=Entry.Verb.CREATED, subject="staff_tie", subject_id=tie.public_id)
    return tie


@transaction.atomic
def end_tie(*, actor: Person, tie: StaffTie) -> None:
    require(ties.ended_ties_by(actor).filter(pk=tie.pk).exists())
    StaffTie.objects.filter(pk=tie.pk, ended_at=None).update(ended_at=timezone.now())
    record(actor=actor, verb=Entry.Verb.ENDED, subject="staff_tie", subject_id=tie.public_id)


# -- what the law asks ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_exception(
    *, actor: Person, conversation: Conversation, ground: LegalException.Ground, reason: str, days: int
) -> LegalException:
    """One who leads the programme asks to look unseen, on a ground the law names, for so many days. Nothing may be read yet."""
    role = legal_looks.lead_over(actor, conversation)
    if role is None or not 1 <= days <= LegalException.LONGEST.days:
        raise Refused
    now = timezone.now()
    asked = LegalException(
        conversation=conversation,
        ground=ground,
        asked_by=role,
        asked_at=now,
        ends_at=now + dt.timedelta(days=days),
        reveal_at=now + dt.timedelta(days=days),
    )
    asked.reason = reason.strip()
    asked.save()
    record(actor=actor, verb=Entry.Verb.CREATED, subject="legal_exception", subject_id=asked.public_id, ground=ground)
    return asked


@transaction.atomic
def agree_exception(*, actor: Person, exception: LegalException) -> None:
    """A second lead stands for it, too. Without them it opens nothing."""
    role = granted(legal_looks.may_agree(actor, exception))
    LegalException.objects.filter(pk=exception.pk, agreed_at=None).update(agreed_by=role, agreed_at=timezone.now())
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="legal_exception", subject_id=exception.public_id)


def look_by_law(*, actor: Person, exception: LegalException) -> list[Shown]:
    """The latest messages, in a look that its people are told of on the day the exception names."""
    conversation = exception.conversation
    role = granted(legal_looks.lead_over(actor, conversation))
    last = conversation.last_seq
    return look(
        actor=actor,
        role=role,
        conversation=conversation,
        why=Look.Why.EXCEPTION,
        from_seq=max(last - AT_ONCE + 1, conversation.trimmed_seq + 1),
        to_seq=last,
        may=legal_looks.may_look_by_law(actor, exception),
        exception=exception,
    )


def reveal_exceptions() -> int:
    """On its day the people of a conversation are told of every look the law asked for; gives how many were told of."""
    due = LegalException.objects.filter(revealed_at=None, reveal_at__lte=timezone.now(), agreed_at__isnull=False)
    return one_by_one(due.select_related("conversation__family"), _reveal, "A look by law could not be told")


@transaction.atomic
def _reveal(exception: LegalException) -> bool:
    """Where nobody looked there is nothing to tell."""
    if not LegalException.objects.filter(pk=exception.pk, revealed_at=None).update(revealed_at=timezone.now()):
        return False
    if not exception.looks.exists():
        return False
    for reader in talks.participants(exception.conversation):
        notices.notify(
            person=reader.person,
            kind=Notice.Kind.LOOKED,
            path=f"/conversations/{exception.conversation.public_id}/looks/",
            about=f"exception:{exception.public_id}",
        )
    tell_pages(exception.conversation)
    return True


# -- shared --------------------------------------------------------------------------------------------------------------------


def _role_over(actor: Person, conversation: Conversation) -> StaffRole:
    return granted(access.role_over(actor, conversation))


def _changed(conversation: Conversation) -> None:
    """Who may read or write here is asked again, by every process, and open pages say who watches over it."""
    Conversation.objects.filter(pk=conversation.pk).update(access_version=F("access_version") + 1)
    tell_pages(conversation)


def _note(actor: Person | None, verb: Entry.Verb, conversation: Conversation, what: str, **detail: Any) -> None:
    record(
        actor=actor,
        verb=verb,
        subject="supervision",
        subject_id=conversation.public_id,
        family=conversation.family,
        what=what,
        **detail,
    )
