"""Working on a worry: being on it, reading what was written, writing down what was done, giving it on, and closing it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from messaging import history
from messaging.models import Message
from portal.access import concerns as access
from portal.access import granted, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import actions as notices
from portal.programs.models import StaffRole
from portal.safety.actions import escalation
from portal.safety.actions.looking import look
from portal.safety.actions.raising import write
from portal.safety.models import Concern, ConcernMessage, ConcernNote, Debrief, Look, Prompt, Repair
from portal.safety.refusals import ClosedAlready

Note = ConcernNote.Kind
Source = Concern.Source
AROUND = 5  # messages before and after what it is about
MOST_READ = 60  # at once, the latest of them
LATEST = 20  # messages shown where something only stood out


def _locked(actor: Person, concern: Concern) -> tuple[Concern, StaffRole]:
    role = granted(access.role_toward(actor, concern))
    concern = Concern.objects.select_for_update(of=("self",)).select_related("organization__program").get(pk=concern.pk)
    if concern.closed_at is not None:
        raise ClosedAlready
    return concern, role


@transaction.atomic
def open_concern(*, actor: Person, concern: Concern) -> bool:
    """ "I am on it": nobody else is told any more. False where somebody was first."""
    concern, role = _locked(actor, concern)
    first = Concern.objects.filter(pk=concern.pk, opened_at=None).update(
        opened_at=timezone.now(), opened_by=role, due_at=None, due_step=""
    )
    if first:
        write(concern, Note.OPENED, staff_role=role)
        escalation.stop_telling(concern)
        _record(actor, role, concern, "opened")
    return bool(first)


def read_concern(*, actor: Person, concern: Concern) -> list[history.Shown]:
    """The messages it is about with a few before and after; the people of the conversation see that they were read.

    Where the message itself is held, or gone by the programme's rule: the latest there are.
    """
    role, conversation = granted(access.role_toward(actor, concern)), granted(concern.conversation)
    keys = ConcernMessage.objects.filter(concern=concern).values("key")
    numbers = Message.objects.filter(conversation=conversation, key__in=keys).aggregate(
        first=Min("seq"), last=Max("seq")
    )
    first, last = numbers["first"] or conversation.last_seq, numbers["last"] or conversation.last_seq
    return look(
        actor=actor,
        role=role,
        conversation=conversation,
        # Of what somebody told us about their helper, the helper reads no more than that it is watched over.
        why=Look.Why.SUPERVISION if concern.about.exists() else Look.Why.CONCERN,
        from_seq=max(first - AROUND, last + AROUND - MOST_READ, min(1, conversation.last_seq)),
        to_seq=min(last + AROUND, conversation.last_seq),
        may=access.may_look(actor, concern),
    )


@transaction.atomic
def note_done(*, actor: Person, concern: Concern, text: str) -> None:
    concern, role = _locked(actor, concern)
    write(concern, Note.DONE, text=text, staff_role=role)
    _record(actor, role, concern, "noted")


@transaction.atomic
def hand_concern(*, actor: Person, concern: Concern, role: StaffRole, text: str = "") -> None:
    """Somebody else takes it over: they are told at once, and if they are not on it soon, the others are told again."""
    concern, own = _locked(actor, concern)
    require(role in access.could_take(concern, besides=actor))
    write(concern, Note.HANDED, text=text, staff_role=own, given_to=role)
    escalation.stop_telling(concern)
    escalation.give(concern, [role])
    _record(actor, own, concern, "handed")


@transaction.atomic
def ask_second(*, actor: Person, concern: Concern, role: StaffRole, text: str = "") -> None:
    """A second person looks at it, too. Whoever is on it stays on it."""
    concern, own = _locked(actor, concern)
    require(role in access.could_take(concern, besides=actor))
    write(concern, Note.SECOND, text=text, staff_role=own, given_to=role)
    escalation.tell_now(concern, [role])
    _record(actor, own, concern, "second")


@transaction.atomic
def close_concern(
    *, actor: Person, concern: Concern, outcome: Concern.Outcome, text: str, repair: str = "", to: Person | None = None
) -> None:
    """How it ended, and what was done. After a crisis its helpers are asked how they are.

    A false alarm may say so to the person it was for, or to somebody who was named in it (`repair`, `to`).
    """
    concern, role = _locked(actor, concern)
    Concern.objects.filter(pk=concern.pk).update(
        closed_at=timezone.now(), closed_by=role, outcome=outcome, due_at=None, due_step=""
    )
    write(concern, Note.CLOSED, text=text, staff_role=role)
    if repair and to is not None and outcome == Concern.Outcome.FALSE_ALARM:
        require(to in access.may_be_told_so(concern))
        word = Repair(concern=concern, person=to, by=role)
        word.text = repair
        word.save()
    escalation.stop_telling(concern)
    notices.take_back(about=escalation.more_about(concern))
    if concern.is_crisis and concern.source in {Source.SCREENER, Source.STAFF}:
        for helper in access.helpers_asked(concern):
            Debrief.objects.get_or_create(concern=concern, staff_role=helper)
    _record(actor, role, concern, "closed", outcome=outcome)


def note_seen(*, actor: Person, concern: Concern) -> None:
    """They opened its page: what told them of more has done its work. It does not count as being on it."""
    role = granted(access.role_toward(actor, concern))
    notices.mark_read(person=actor, about=escalation.more_about(concern))
    record(actor=actor, verb=Entry.Verb.VIEWED, subject="concern", subject_id=concern.public_id, role=role.role)


def _record(actor: Person, role: StaffRole, concern: Concern, step: str, outcome: str = "") -> None:
    """In no family's record: nobody of it reads there that anybody was worried."""
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="concern",
        subject_id=concern.public_id,
        role=role.role,
        step=step,
        outcome=outcome,
    )


# -- afterward ---------------------------------------------------------------------------------------------------------------


def read_repair(*, actor: Person, repair: Repair) -> None:
    require(repair.person_id == actor.pk)
    Repair.objects.filter(pk=repair.pk, read_at=None).update(read_at=timezone.now())


def answer_debrief(*, actor: Person, debrief: Debrief, answer: Debrief.Answer) -> None:
    require(access.own_debriefs(actor).filter(pk=debrief.pk).exists())
    Debrief.objects.filter(pk=debrief.pk, answered_at=None).update(answer=answer, answered_at=timezone.now())


def note_talk(*, actor: Person, debrief: Debrief) -> None:
    """Who leads the helper talked with them."""
    require(access.talks_wished(actor).filter(pk=debrief.pk).exists())
    own = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), person=actor).order_by("pk").first()
    Debrief.objects.filter(pk=debrief.pk, talked_at=None).update(talked_at=timezone.now(), talked_by=own)


# -- what stood out ----------------------------------------------------------------------------------------------------------


def look_at_prompt(*, actor: Person, prompt: Prompt) -> list[history.Shown]:
    """The latest messages of the conversation; the prompt has done its work."""
    conversation = prompt.conversation
    role = granted(access.role_over(actor, conversation))
    shown = look(
        actor=actor,
        role=role,
        conversation=conversation,
        why=Look.Why.SAMPLE if prompt.kind == Prompt.Kind.SAMPLE else Look.Why.PATTERN,
        from_seq=max(conversation.last_seq - LATEST + 1, min(1, conversation.last_seq)),
        to_seq=conversation.last_seq,
        may=access.visible_prompts(actor).filter(pk=prompt.pk).exists(),
    )
    _settle(prompt, role)
    return shown


def settle_prompt(*, actor: Person, prompt: Prompt) -> None:
    """Seen, without reading anything: the facts alone were enough."""
    role = granted(access.role_over(actor, prompt.conversation))
    require(access.visible_prompts(actor).filter(pk=prompt.pk).exists())
    _settle(prompt, role)


def _settle(prompt: Prompt, role: StaffRole) -> None:
    now: dt.datetime = timezone.now()
    Prompt.objects.filter(pk=prompt.pk, settled_at=None).update(settled_at=now, settled_by=role)
