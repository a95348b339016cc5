"""What somebody is telling us: kept from the first key stroke, on any phone, until it is sent or its time is over.

The record never says who began a draft: one that is sent without a name must lead back to nobody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.access import independence, require
from portal.access import telling as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.media.making import check, make
from portal.media.scanning import Answer, scan
from portal.media.words import MediaRefusal
from portal.programs.models import Organization, Program
from rights_grievances import receipts
from rights_grievances.actions import common
from rights_grievances.actions.filing import file_case
from rights_grievances.models import Case, CaseFile, CaseStep, Draft
from rights_grievances.telling_refusals import TellRefusal
from rights_grievances.told import ASKED, CHILD, MOST, OTHER, SELF, WORK, Kept, Typed, opened, too_long

if TYPE_CHECKING:
    from portal.families.models import Member

MOST_FILES = 30
MOST_NAMES = 20
MOST_BESIDE = 20  # pages of one draft open at once; nobody has so many, and a program that makes them fills no disk
AS = {
    CHILD: Case.FiledAs.CAREGIVER,
    SELF: Case.FiledAs.YOUTH,
    ASKED: Case.FiledAs.REPRESENTATIVE,
    WORK: Case.FiledAs.PROVIDER,
    OTHER: Case.FiledAs.OTHER,
}
AS_MEMBER = {"youth": Case.FiledAs.YOUTH, "caregiver": Case.FiledAs.CAREGIVER}


def _seal(draft: Draft, kept: Kept) -> None:
    draft.form = kept.as_text()


def locked(draft: Draft) -> Draft:
    return Draft.objects.select_for_update().get(pk=draft.pk)


@transaction.atomic
def begin_draft(*, program: Program, person: Person | None = None) -> tuple[Draft, str]:
    """Nothing is in it yet. The code is kept nowhere: only its keyed hash is."""
    code = receipts.new_code()
    draft = Draft.objects.create(program=program, person=person, code_hash=receipts.hash_of(code))
    record(actor=None, verb=Entry.Verb.CREATED, subject="draft", subject_id=draft.public_id)
    return draft, code


@transaction.atomic
def keep_draft(*, draft: Draft, fields: Typed, page: str, seen: int, seq: int | None = None) -> Draft:
    """Keep what stands on a page. `seen`: the number the draft had when the page was made; `seq`: which save of that page this is.

    The page that saved last goes on, and so does one made since. Any other is older than what is kept: its words are put
    beside it. Once it was sent, what still comes in waits on the page of the receipt, to be added there.
    """
    row = locked(draft)
    kept = opened(row.form)
    if row.case is not None:
        _keep_after(row, kept, str(fields.get("words", "")))
        return row
    if page == kept.page and seq is not None and seq <= kept.seq:  # it left before the last one and came after it
        return row
    if page == kept.page or seen >= row.number:
        kept.fields, kept.page, kept.seq = fields, page, seq if seq is not None else kept.seq + 1
        kept.beside.pop(page, None)
        row.number += 1
    else:
        _put_beside(kept, page, str(fields.get("words", "")))
    _seal(row, kept)
    row.saved_at = timezone.now()
    row.save(update_fields=["sealed_form", "number", "saved_at"])
    return row


def _put_beside(kept: Kept, page: str, words: str) -> None:
    if words.strip() and words.strip() not in kept.text("words"):
        if page not in kept.beside and len(kept.beside) >= MOST_BESIDE:
            return
        kept.beside[page] = words


def _keep_after(row: Draft, kept: Kept, words: str) -> None:
    if not words.strip() or row.case is None or words.strip() in row.case.words:
        return
    kept.fields = {"words": words}
    _seal(row, kept)
    row.save(update_fields=["sealed_form"])


@transaction.atomic
def drop_beside(*, draft: Draft) -> None:
    """Who wrote it does not need what another page still held."""
    row = locked(draft)
    kept = opened(row.form)
    kept.beside = {}
    _seal(row, kept)
    row.save(update_fields=["sealed_form"])


@transaction.atomic
def throw_away(*, draft: Draft) -> None:
    """Its owner does not want to tell it: nothing of it stays."""
    row = locked(draft)
    require(row.case is None)
    record(actor=None, verb=Entry.Verb.ENDED, subject="draft", subject_id=row.public_id)
    row.delete()


# -- photos and voice notes --------------------------------------------------------------------------------------------------


def add_file(*, draft: Draft, data: bytes) -> CaseFile:
    """A photo or voice note, made anew: what it was called, where and when it was made stays behind.

    Raises MediaRefusal and TellRefusal.
    """
    _require_room(draft)
    file = new_file(data)
    file.draft = draft
    with transaction.atomic():
        row = locked(draft)
        _require_room(row)
        file.save()
        row.saved_at = timezone.now()
        row.save(update_fields=["saved_at"])
    return file


def new_file(data: bytes) -> CaseFile:
    """Scanned, made anew and sealed; whose it is and that it is kept is the caller's to say. Raises MediaRefusal."""
    check(data)
    answer = scan(data)  # what came, before a decoder sees it
    if answer is Answer.FOUND:
        raise MediaRefusal("unsafe")
    if answer is Answer.SILENT:
        raise MediaRefusal("busy")
    made = make(data)
    file = CaseFile(kind=made.kind, size=len(made.file))
    file.file = made.file
    return file


def _require_room(draft: Draft) -> None:
    if draft.case_id is not None:
        raise TellRefusal("sent")
    if access.files_of(draft).count() >= MOST_FILES:
        raise TellRefusal("full")


@transaction.atomic
def remove_file(*, draft: Draft, file: CaseFile) -> None:
    require(file.draft_id == draft.pk and draft.case_id is None)
    file.delete()


# -- sending -----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def send_draft(*, draft: Draft, person: Person | None, at: dt.datetime | None = None) -> Case:
    """It is told from now on. Sent twice, from two phones or by a double tap, is one case. Raises TellRefusal."""
    row = locked(draft)
    if row.case is not None:
        return row.case
    kept = opened(row.form)
    has_files = access.files_of(row).exists()
    words = _words(kept, has_files=has_files)
    require(row.program is not None)
    teller = person if person is not None and row.person_id in {None, person.pk} and not kept.text("unnamed") else None
    case = file_case(**_of(row, kept, person, teller), words=words, draft=row, receipt_hash=row.code_hash, at=at)
    if kept.text("not_wanted_names").strip():
        common.step(case, CaseStep.Kind.NOTE, text=_not_wanted(kept, case))
    Draft.objects.filter(pk=row.pk).update(person=teller)  # of who does not say who they are, nothing leads back
    return case


def _words(kept: Kept, *, has_files: bool) -> str:
    words = kept.words
    if len(words) > MOST:
        raise TellRefusal("too_long", too_long(words))
    if words.strip():
        return words
    if not has_files:
        raise TellRefusal("empty")
    with translation.override(_language(kept)):
        return _("No words were typed. It is in the voice note or photo that came with this.")


def _not_wanted(kept: Kept, case: Case) -> str:
    with translation.override(case.language):
        return _("Somebody else who should not decide about it: %(names)s") % {"names": kept.text("not_wanted_names")}


def _of(row: Draft, kept: Kept, person: Person | None, teller: Person | None) -> dict[str, Any]:
    program = row.program
    assert program is not None  # noqa: S101 - asked before
    named = named_in(kept, person, program)
    return {
        "program": program,
        "way": Case.Way.PAGE,
        "language": _language(kept),
        "wish": kept.text("wish").strip(),
        "reach": kept.text("reach").strip(),
        "needs_interpreter": bool(kept.text("needs_interpreter")),
        "against": [*named.people, *named.houses, *named.names],
        "not_wanted": named.not_wanted,
        **teller_of(kept, program, teller),
    }


def _language(kept: Kept) -> str:
    wanted = kept.text("language")
    return wanted if wanted in dict(settings.LANGUAGES) else translation.get_language() or "en"


@dataclass
class Named:
    people: list[Person] = field(default_factory=list)
    houses: list[Organization] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    not_wanted: list[Person] = field(default_factory=list)


def named_in(kept: Kept, person: Person | None, program: Program) -> Named:
    """Whom it names: by a tick of those that this person knows here, by a name of those who work there; all names as typed."""
    helpers = access.helpers_of(person) if person is not None else []
    people = {str(role.person.public_id): role.person for role in helpers}
    houses = {f"at:{role.organization.slug}": role.organization for role in helpers}
    about = kept.several("about")
    ticked = [people[one] for one in about if one in people]
    kept_out = [people[one] for one in kept.several("not_wanted") if one in people]
    return Named(
        people=list(dict.fromkeys([*ticked, *independence.staff_called(program, kept.text("about_names"))])),
        houses=[houses[one] for one in about if one in houses],
        names=_names(kept.text("about_names")),
        not_wanted=list(dict.fromkeys([*kept_out, *independence.staff_called(program, kept.text("not_wanted_names"))])),
    )


def _names(text: str) -> list[str]:
    """One a line; what is longer than any list of names stays together as one."""
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    return [*lines[: MOST_NAMES - 1], "; ".join(lines[MOST_NAMES - 1 :])] if len(lines) > MOST_NAMES else lines


def teller_of(kept: Kept, program: Program, teller: Person | None) -> dict[str, Any]:
    """Who told it and about which family. Whoever speaks for somebody else is taken at their word; consent comes later."""
    who = kept.text("who")
    if kept.text("unnamed"):
        return {"filed_as": Case.FiledAs.ANONYMOUS}
    if teller is None:
        return {"filed_as": AS.get(who, Case.FiledAs.CAREGIVER)}
    place = access.own_place(teller, program)
    if place is not None and place.role == place.Role.NATURAL_SUPPORT and who != WORK:
        return {"filed_by": teller, "filed_as": Case.FiledAs.OTHER, "family": place.family}
    if place is None or who in {OTHER, WORK}:
        return {"filed_by": teller, "filed_as": AS.get(who, Case.FiledAs.OTHER)}
    return {"filed_by": teller} | _of_family(kept, place, teller)


def _of_family(kept: Kept, place: Member, teller: Person) -> dict[str, Any]:
    is_young = place.role == place.Role.YOUTH
    young = [place] if is_young else access.own_young(teller)
    chosen = next((one for one in young if str(one.pk) == kept.text("youth")), None)
    if chosen is None and len(young) == 1:
        chosen = young[0]
    alone = bool(kept.text("alone")) if "alone" in kept.fields else is_young
    return {
        "filed_as": AS_MEMBER[place.role],
        "family": chosen.family if chosen else place.family,
        "youth": chosen,
        "is_own_matter": alone,
    }


# -- the worker's -------------------------------------------------------------------------------------------------------------


def remove_old_drafts() -> int:
    """What was begun and never sent goes after the programme's time; gives how many. The page says so from the start."""
    return sum(_remove_old(program) for program in access.programs())


@transaction.atomic
def _remove_old(program: Program) -> int:
    before = timezone.now() - dt.timedelta(days=program.profile.settings.draft_days.value)
    old = list(access.old_drafts(program, before).select_for_update()[:500])
    for draft in old:
        draft.delete()
    return len(old)
