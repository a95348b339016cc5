"""Other ways to tell us: by phone to somebody who writes it down, by a message one has written; and words added by the code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from messaging import history
from messaging.models import Conversation, Message
from portal import crypto
from portal.access import media, require
from portal.access import telling as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Member
from portal.media.models import Attachment
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from rights_grievances import receipts
from rights_grievances.actions.drafts import AS, AS_MEMBER, locked
from rights_grievances.actions.filing import file_case
from rights_grievances.actions.handling import add_words
from rights_grievances.models import Case, CaseFile, Draft, Letter
from rights_grievances.told import OTHER, SELF

if TYPE_CHECKING:
    from messaging.history import Shown


# -- by phone ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def take_call(
    *,
    actor: Person,
    role: StaffRole,
    key: UUID,
    words: str,
    language: str,
    caller: Member | None = None,
    name: str = "",
    family_name: str = "",
    who: str = "",
    reach: str = "",
    needs_interpreter: bool = False,
    about_names: str = "",
    wish: str = "",
    at: dt.datetime | None = None,
) -> tuple[Case, str]:
    """Write down what a caller says, as they said it, and the code for them. `key`: the form's own; the same form twice is one.

    A second time the code is blank: it was shown then. Who calls is somebody this person helps, or a name; a name of which
    there is one alone in the one family called so counts as that person.
    """
    require(any(own.pk == role.pk for own in access.call_roles(actor)))
    program = role.organization.program
    known = Draft.objects.filter(public_id=key).select_related("case").first()
    if known is not None:
        require(known.case is not None and known.case.taken_by_id == role.pk)
        return known.case, ""  # type: ignore[return-value]
    require(caller is None or any(one.pk == caller.pk for one in access.callers_known(actor)))
    member = caller or (access.caller_called(program, name, family_name) if who != OTHER else None)
    if member is not None and who == SELF and member.role != member.Role.YOUTH:
        member = None
    code = receipts.new_code()
    draft = Draft.objects.create(program=program, public_id=key, code_hash=receipts.hash_of(code))
    names = " ".join(part for part in (name.strip(), family_name.strip()) if part)
    case = file_case(
        program=member.family.program if member else program,
        words=words,
        way=Case.Way.PHONE,
        language=language or (member.person.language if member else "en"),
        wish=wish,
        reach="\n".join(part for part in (names, reach.strip()) if part),
        needs_interpreter=needs_interpreter,
        at=at,
        against=[about_names.strip()] if about_names.strip() else [],
        taken_by=role,
        receipt_hash=draft.code_hash,
        draft=draft,
        **_who_calls(member, who, is_named=bool(names or reach.strip())),
    )
    return case, code


def _who_calls(member: Member | None, who: str, *, is_named: bool) -> dict[str, object]:
    if member is None:
        filed_as = AS.get(who, Case.FiledAs.CAREGIVER)
        return {"filed_as": filed_as if is_named else Case.FiledAs.ANONYMOUS}
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
    message = access.own_message(actor, conversation, seq)
    require(message is not None)
    assert message is not None  # noqa: S101 - asked above
    place = access.place_in(actor, conversation)
    require(place is not None)
    assert place is not None  # noqa: S101 - asked above
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
        file.sealed_file = crypto.wrap(data, file.file_context)
        file.save()


@transaction.atomic
def offer_message(*, actor: Person, conversation: Conversation, seq: int) -> None:
    """A liaison says that this could be a concern. Only who wrote it can make it one."""
    message = access.message_to_offer(actor, conversation, seq)
    require(message is not None)
    assert message is not None  # noqa: S101 - asked above
    path = f"/conversations/{conversation.public_id}/messages/{seq}/tell/"
    about = f"tell:{conversation.public_id}:{seq}"
    notify(person=message.author, kind=Notice.Kind.LOOKED, path=path, about=about)
    record(actor=actor, verb=Entry.Verb.CREATED, subject="concern_offer", subject_id=conversation.public_id, seq=seq)


# -- later, by the code ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def say_more(*, draft: Draft, words: str, person: Person | None) -> None:
    """Words added to what was told, by who holds its code or told it under their name. What waited to be added is gone then."""
    row = locked(draft)
    require(row.case is not None)
    assert row.case is not None  # noqa: S101 - asked above
    teller = person if person is not None and row.case.filed_by_id == person.pk else None
    add_words(actor=teller, case=row.case, text=words)
    row.form = ""
    row.save(update_fields=["sealed_form"])


@transaction.atomic
def note_letter_seen(*, letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk, seen_at=None).update(seen_at=timezone.now())
