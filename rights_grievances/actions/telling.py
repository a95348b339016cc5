"""Other ways to tell us: by phone to somebody who writes it down, by a message one has written; and words added by the code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from messaging import history
from messaging.models import Conversation, Message
from portal.access import granted, media, require
from portal.access import telling as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Member
from portal.media.models import Attachment
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.programs.models import Program, StaffRole
from rights_grievances import receipts
from rights_grievances.actions.drafts import AS, AS_MEMBER, keep_draft, locked, throw_away
from rights_grievances.actions.filing import file_case
from rights_grievances.actions.handling import add_words
from rights_grievances.models import Case, CaseFile, Draft, Letter
from rights_grievances.told import ASKED, CHILD, OTHER, SELF, WORK, Call, Typed

if TYPE_CHECKING:
    from messaging.history import Shown


# -- by phone ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def take_call(
    *, actor: Person, role: StaffRole, key: UUID, call: Call, caller: Member | None = None
) -> tuple[Case, str]:
    """Write down what a caller says, as they said it, and the code for them. `key`: the form's own; the same form twice is one.

    A second time the code is blank: it was shown then. Who calls is somebody this person helps, or a name; a name of which
    there is one alone in the one family called so counts as that person.
    """
    require(any(own.pk == role.pk for own in access.call_roles(actor)))
    require(caller is None or any(one.pk == caller.pk for one in access.callers_known(actor)))
    program, code = role.organization.program, receipts.new_code()
    draft = _call_begun(role, key)
    if draft.case is not None:
        return draft.case, ""
    draft.code_hash = receipts.hash_of(code)
    draft.save(update_fields=["code_hash"])
    member = caller or _by_name(program, call)
    case = file_case(
        program=member.family.program if member else program,
        words=call.words,
        way=Case.Way.PHONE,
        language=call.language or (member.person.language if member else "en"),
        wish=call.wish.strip(),
        reach="\n".join(part for part in (call.called, call.reach.strip()) if part),
        needs_interpreter=call.needs_interpreter,
        at=call.at,
        against=[call.about_names.strip()] if call.about_names.strip() else [],
        taken_by=role,
        receipt_hash=draft.code_hash,
        draft=draft,
        **_who_calls(member, call),
    )
    return case, code


@transaction.atomic
def keep_call(*, role: StaffRole, key: UUID, fields: Typed, page: str, seen: int, seq: int | None = None) -> Draft:
    """Keep what stands on the page of a call, from the first letter; nothing more once it is told.

    Whether the page is that role's own its token says: what was typed is kept also where somebody was signed out meanwhile.
    """
    draft = _call_begun(role, key)
    return draft if draft.case_id is not None else keep_draft(draft=draft, fields=fields, page=page, seen=seen, seq=seq)


def _call_begun(role: StaffRole, key: UUID) -> Draft:
    """The place of one call. Nobody knows its code: the one that is read out is made when it is told."""
    fresh = {
        "program": role.organization.program,
        "code_hash": receipts.hash_of(receipts.new_code()),
        "taken_by": role,
    }
    draft, is_new = Draft.objects.get_or_create(public_id=key, defaults=fresh)
    require(is_new or draft.taken_by_id == role.pk)
    return locked(draft)


@transaction.atomic
def drop_call(*, actor: Person, draft: Draft) -> None:
    """Whoever wrote it down does not need it: nothing of it stays."""
    require(access.calls_begun(actor).filter(pk=draft.pk).exists())
    throw_away(draft=draft)


def _by_name(program: Program, call: Call) -> Member | None:
    """Only who speaks for themselves or their own: a neighbour's word is never put under a family's name by a name alone."""
    if call.who not in {CHILD, SELF}:
        return None
    member = access.caller_called(program, call.name, call.family_name)
    place = Member.Role.YOUTH if call.who == SELF else Member.Role.CAREGIVER
    return member if member is not None and member.role == place else None


def _who_calls(member: Member | None, call: Call) -> dict[str, Any]:
    if member is None:
        is_named = bool(call.called or call.reach.strip())
        return {"filed_as": AS.get(call.who, Case.FiledAs.CAREGIVER) if is_named else Case.FiledAs.ANONYMOUS}
    if call.who in {OTHER, ASKED, WORK}:
        return {"filed_as": AS[call.who], "filed_by": member.person}
    is_young = member.role == member.Role.YOUTH
    return {
        "filed_as": AS_MEMBER[member.role],
        "filed_by": member.person,
        "family": member.family,
        "youth": member if is_young else _only_young(member),
        "is_own_matter": is_young,
    }


def _only_young(member: Member) -> Member | None:
    young = access.own_young(member.person)
    return young[0] if len(young) == 1 else None


# -- by a message --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def tell_message(
    *,
    actor: Person,
    conversation: Conversation,
    seq: int,
    wish: str = "",
    about: Sequence[Person] = (),
    not_wanted: Sequence[Person] = (),
    alone: bool | None = None,
) -> Case:
    """A message of their own becomes a concern. When it was written is when it was told; it stays where it is, to the letter."""
    message = granted(access.own_message(actor, conversation, seq))
    Message.objects.select_for_update().get(pk=message.pk)  # a double tap comes one after the other
    place = granted(access.place_in(actor, conversation))
    shown = said(conversation, seq)
    is_young = place.role == place.Role.YOUTH
    case = file_case(
        program=place.family.program,
        words=shown.body,
        filed_as=AS_MEMBER[place.role],
        way=Case.Way.MESSAGE,
        language=actor.language,
        filed_by=actor,
        family=place.family,
        youth=place if is_young else _only_young(place),
        is_own_matter=is_young if alone is None else alone,
        wish=wish,
        at=shown.sent_at,
        against=list(about),
        not_wanted=list(not_wanted),
        conversation=conversation,
        message_key=message.key,
    )
    _take_media(case, conversation, message)
    return case


def said(conversation: Conversation, seq: int) -> Shown:
    """The message as it stands in the conversation."""
    return history.messages_between(conversation, seq, seq)[0]


def _take_media(case: Case, conversation: Conversation, message: Message) -> None:
    """A copy of its photo or voice note, sealed for the case; the message keeps its own."""
    if CaseFile.objects.filter(case=case).exists():
        return
    cipher = conversation.cipher()
    rows = Attachment.objects.filter(key=message.key, author=message.author_id, scan__in=Attachment.SHOWN)
    for row in media.files_of(conversation, [str(one) for one in rows.values_list("public_id", flat=True)]):
        data = row.file(cipher)
        file = CaseFile(case=case, kind=row.kind, size=len(data))
        file.file = data
        file.save()


@transaction.atomic
def offer_message(*, actor: Person, conversation: Conversation, seq: int) -> None:
    """A liaison says that this could be a concern. Only who wrote it can make it one."""
    message = granted(access.message_to_offer(actor, conversation, seq))
    path = f"/conversations/{conversation.public_id}/messages/{seq}/tell/"
    about = f"tell:{conversation.public_id}:{seq}"
    notify(person=message.author, kind=Notice.Kind.LOOKED, path=path, about=about)
    record(actor=actor, verb=Entry.Verb.CREATED, subject="concern_offer", subject_id=conversation.public_id, seq=seq)


# -- later, by the code ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def say_more(*, draft: Draft, words: str, person: Person | None) -> None:
    """Words added to what was told, by who holds its code or told it under their name. What waited to be added is gone then."""
    row = locked(draft)
    case = granted(row.case)
    teller = person if person is not None and case.filed_by_id == person.pk else None
    add_words(actor=teller, case=case, text=words)
    row.form = ""
    row.save(update_fields=["sealed_form"])


@transaction.atomic
def note_letter_seen(*, letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk, seen_at=None).update(seen_at=timezone.now())
