"""What staff do with a referral: write down a partner's, take one on, say what happened and what comes next, open the family."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.access import families as family_access
from portal.access import granted, require
from portal.access import referrals as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks.actions import give_to_family, give_to_role, record_happening
from portal.families.actions import open_family
from portal.families.models import Family
from portal.notices import channels
from portal.notices.actions import mark_read
from portal.programs.models import Program, StaffRole
from portal.programs.vocabulary import Event
from portal.referrals import codes
from portal.referrals.actions.common import Kind, add_step, arrive, locked, note
from portal.referrals.actions.family import question_matter, set_consent
from portal.referrals.models import Finding, Question, Referral, ReferralStep

Consent, State = Referral.Consent, Referral.State


class NotYetAgreed(Exception):
    """The guardian has not said yes: the family's page waits, the referral does not go away."""


class AlreadyWritten(Exception):
    """The same form has come before. Its code was shown then; whoever did not see it makes a new one."""


@transaction.atomic
def record_partner_referral(
    *,
    actor: Person,
    role: StaffRole,
    source: str,
    answers: dict[str, Any],
    consent: str,
    language: str,
    next_on: dt.date | None = None,
    key: UUID | None = None,
) -> tuple[Referral, str]:
    """Write down what an agency, provider, court or school asked for, and the code for the guardian.

    Until the guardian knows and says yes it waits for the family. `key` is the form's own, and the referral's public id
    from now on. Raises AlreadyWritten.
    """
    require(role.person_id == actor.pk and access.receiving_roles(actor).filter(pk=role.pk).exists())
    require(source in Referral.Source.values and source != Referral.Source.FAMILY)
    Program.objects.select_for_update().get(pk=role.organization.program_id)  # two clicks come one after the other
    if key is not None and Referral.objects.filter(public_id=key).exists():
        raise AlreadyWritten
    code = codes.new_code()
    referral = Referral(
        program=role.organization.program,
        source=source,
        state=State.SENT if consent == Consent.YES else State.WAITING,
        consent=consent,
        language=language,
        code_key=codes.key_of(code),
        owner=role,
        next_on=next_on,
        next_step=Referral.Next.CALL if next_on else "",
        sent_at=timezone.now(),
    )
    referral.public_id = key or referral.public_id
    referral.answers = answers
    referral.save()
    arrive(referral, Kind.REFERRED, at=timezone.now())
    if consent != Consent.UNKNOWN:
        add_step(referral, Kind.AGREED if consent == Consent.YES else Kind.NOT_NOW, at=timezone.now(), by=role)
    note(referral, Entry.Verb.CREATED, actor=actor, role=role.role, source=source)
    mark_read(person=actor, about=f"referral:{referral.public_id}")
    return referral, code


def tell_guardian(*, actor: Person, referral: Referral, code: str) -> bool:
    """That something waits for them: no name, no reason, since others read a phone's screen, too. False where nothing left.

    To be called once the referral is stored: what was sent cannot be taken back. A phone that cannot be reached leaves the
    e-mail, and after that whoever wrote it down, who has the code on the page and calls.
    """
    role = access.role_in(actor, referral)
    require(role is not None and referral.state == State.WAITING)
    with translation.override(referral.language):
        text = _("Porch: Something waits for your answer. You decide. Open %(link)s and type %(code)s") % {
            "link": f"{settings.SITE_URL.rstrip('/')}/refer/return/",
            "code": codes.in_groups(code),
        }
        way = _sent_by(referral.answers, text, _("Something waits for your answer."))
    note(referral, Entry.Verb.CHANGED, actor=actor, role=role.role if role else "", told=way or "nobody")
    return bool(way)


def _sent_by(answers: dict[str, Any], text: str, subject: str) -> str:
    """The first way on which it left."""
    phone, email = answers.get("phone"), answers.get("email")
    if phone:
        with suppress(channels.CannotSend):
            channels.send_sms(phone, text)
            return "sms"
    if email:
        with suppress(channels.CannotSend):
            channels.send_email(email, subject, text)
            return "email"
    return ""


@transaction.atomic
def take(
    *,
    actor: Person,
    role: StaffRole,
    referral: Referral,
    next_step: str,
    next_on: dt.date,
    at: dt.datetime | None = None,
) -> Referral:
    """It is mine from now on, and this is what I do next and by when."""
    row = locked(referral)
    require(_may_take(actor, role, row))
    is_new = row.owner_id != role.pk
    row.owner, row.next_step, row.next_on = role, next_step, next_on
    row.save(update_fields=["owner", "next_step", "next_on"])
    if is_new:
        add_step(row, Kind.TAKEN, at=at or timezone.now(), by=role)
        _hand_over(row, actor, role)
        note(row, Entry.Verb.CHANGED, actor=actor, role=role.role, fields=["owner", "next"])
    mark_read(person=actor, about=f"referral:{row.public_id}")
    return row


def _hand_over(row: Referral, actor: Person, role: StaffRole) -> None:
    """What runs because of it, and because of what the family asked, is now that person's to keep."""
    give_to_role(actor=actor, subject="referral", subject_id=str(row.public_id), role=role)
    for question in Question.objects.filter(referral=row, answered_at=None):
        give_to_role(actor=actor, subject="question", subject_id=str(question.public_id), role=role)


def _may_take(actor: Person, role: StaffRole, row: Referral) -> bool:
    return (
        access.role_in(actor, row) is not None
        and access.receiving_roles(actor).filter(pk=role.pk, organization__program=row.program_id).exists()
    )


@transaction.atomic
def receive_by_code(*, actor: Person, referral: Referral) -> None:
    """The family gave this person its code: whoever had it before, it is theirs from now on."""
    if access.role_in(actor, referral) is not None:
        return
    row = locked(referral)
    role = granted(access.role_by_code(actor, row))
    row.owner = role
    row.save(update_fields=["owner"])
    add_step(row, Kind.TAKEN, at=timezone.now(), by=role)
    _hand_over(row, actor, role)
    note(row, Entry.Verb.CHANGED, actor=actor, role=role.role, fields=["owner"], by="code")


@transaction.atomic
def note_step(
    *,
    actor: Person,
    referral: Referral,
    kind: str,
    on: dt.date | None,
    next_step: str,
    next_on: dt.date,
    key: UUID | None = None,
) -> Referral:
    """What happened, on which day, and what comes next. `kind` may be blank: then only the next step is set.

    The same form sent twice is one step. Nobody has it any more: then it is theirs who write this down.
    """
    row = locked(referral)
    role = _working(actor, row)
    if key is not None and ReferralStep.objects.filter(key=key).exists():
        return row
    if kind == Kind.SCHEDULED:
        add_step(row, kind, at=timezone.now(), by=role, day=on, key=key)
    elif kind:
        add_step(row, kind, at=_moment(row, on), by=role, key=key)
    row.next_step, row.next_on = next_step, next_on
    if not access.is_owner_there(row):
        row.owner = role
        _hand_over(row, actor, role)
    row.save(update_fields=["next_step", "next_on", "owner"])
    note(row, Entry.Verb.CHANGED, actor=actor, role=role.role, step=kind)
    mark_read(person=actor, about=f"referral:{row.public_id}")
    return row


def _working(actor: Person, row: Referral) -> StaffRole:
    return granted(access.role_in(actor, row))


def _moment(row: Referral, on: dt.date | None) -> dt.datetime:
    """A day of which no time is known: its noon, never before the referral came nor after now."""
    now = timezone.now()
    if on is None or on >= row.program.today():
        return now
    noon = dt.datetime.combine(on, dt.time(12), row.program.zone)
    return max(noon, row.sent_at) if row.sent_at is not None and row.sent_at < now else noon


@transaction.atomic
def record_consent(*, actor: Person, referral: Referral, consent: str) -> Referral:
    """What the guardian said to staff, by phone or in person."""
    row = locked(referral)
    role = _working(actor, row)
    require(row.is_open and consent in Consent.values)
    if row.consent != consent:
        set_consent(row, consent, by=role)
        note(row, Entry.Verb.CHANGED, actor=actor, role=role.role, consent=consent)
    return row


@transaction.atomic
def record_finding(*, actor: Person, referral: Referral, criterion: str, result: str, reason: str) -> Finding:
    """What was found about one criterion, and why, in words the family reads. It never ends anything.

    What stands there already is not found a second time.
    """
    row = locked(referral)
    role = _working(actor, row)
    require(criterion == "priority" or criterion in {one.id for one in row.program.profile.target_population})
    newest = Finding.objects.filter(referral=row, criterion=criterion).last()
    if newest is not None and (newest.result, newest.reason, newest.by_id) == (result, reason, role.pk):
        return newest
    finding = Finding(referral=row, criterion=criterion, result=result, by=role)
    finding.reason = reason
    finding.save()
    add_step(row, Kind.LOOKED_AT, at=finding.at, by=role)
    note(row, Entry.Verb.CREATED, actor=actor, role=role.role, of="finding", criterion=criterion)
    return finding


@transaction.atomic
def answer_question(*, actor: Person, question: Question, words: str) -> Question:
    """Answer with a reason; the first answer stays, and is given back to whoever comes second."""
    row = locked(question.referral)
    role = _working(actor, row)
    asked = Question.objects.select_for_update().get(pk=question.pk)
    if asked.answered_at is not None:
        return asked
    asked.answer, asked.answered_at, asked.answered_by = words, timezone.now(), role
    asked.save(update_fields=["sealed_answer", "answered_at", "answered_by"])
    asked.referral = row
    record_happening(
        actor=None,
        program=row.program,
        event=Event.REFERRAL_QUESTION_ANSWERED,
        at=asked.answered_at,
        key=f"answer:{asked.public_id}",
        matter=question_matter(asked),
    )
    add_step(row, Kind.ANSWERED, at=asked.answered_at, by=role)
    note(row, Entry.Verb.CHANGED, actor=actor, role=role.role, of="question")
    return asked


@transaction.atomic
def renew_code(*, actor: Person, referral: Referral) -> str:
    """A new code for a family that lost its own; the old one opens nothing any more."""
    row = locked(referral)
    role = _working(actor, row)
    code = codes.new_code()
    row.code_key = codes.key_of(code)
    row.save(update_fields=["code_key"])
    note(row, Entry.Verb.CHANGED, actor=actor, role=role.role, fields=["code"])
    return code


@transaction.atomic
def join(
    *, actor: Person, role: StaffRole, referral: Referral, name: str, region: str = "", override_reason: str = ""
) -> Family:
    """The family has a page here, and what is owed to it goes along. Twice gives the same family.

    Raises NotYetAgreed, and NotTrained for a facilitator without training and without a reason.
    """
    row = locked(referral)
    _working(actor, row)
    if row.family is not None:
        return row.family
    require(family_access.may_open_family(actor, role) and role.organization.program_id == row.program_id)
    if row.consent != Consent.YES:
        raise NotYetAgreed
    family = open_family(actor=actor, role=role, name=name, region=region, override_reason=override_reason)
    give_to_family(actor=actor, subject="referral", subject_id=str(row.public_id), family=family)
    for question in Question.objects.filter(referral=row):
        give_to_family(actor=actor, subject="question", subject_id=str(question.public_id), family=family)
    row.family, row.state = family, State.JOINED
    row.save(update_fields=["family", "state"])
    add_step(row, Kind.JOINED, at=timezone.now(), by=role)
    note(row, Entry.Verb.CHANGED, actor=actor, role=role.role, state=row.state)
    return family


def record_view(*, actor: Person, referral: Referral, role: str) -> None:
    note(referral, Entry.Verb.VIEWED, actor=actor, role=role)
