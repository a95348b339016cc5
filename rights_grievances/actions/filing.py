"""Something is told to us: it is kept to the letter, at the moment it was told, and is somebody's from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from messaging.models import Conversation
from portal.access import concerns as safety
from portal.access import grievances as access
from portal.access import independence, require
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.families.models import Family, Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.models import Organization, Program, StaffRole
from portal.programs.vocabulary import Event
from portal.safety.actions import raise_concern
from portal.safety.models import Concern
from portal.safety.screened import screened
from portal.safety.screening import Level
from rights_grievances import plans
from rights_grievances.actions.common import Kind, go_outside, happened, involve, locked, note, step, tell, tell_desk
from rights_grievances.models import Against, Case, CaseFile, Draft, Involved
from rights_grievances.refusals import CaseRefusal

AT_ONCE = 200
Named = Person | Organization | str


@transaction.atomic
def file_case(  # noqa: PLR0913 (what somebody tells has many parts, and none of them is needed)
    *,
    program: Program,
    words: str,
    filed_as: str,
    way: str,
    language: str,
    filed_by: Person | None = None,
    family: Family | None = None,
    youth: Member | None = None,
    is_own_matter: bool = False,
    wish: str = "",
    reach: str = "",
    needs_interpreter: bool = False,
    at: dt.datetime | None = None,
    against: Sequence[Named] = (),
    not_wanted: Sequence[Person] = (),
    taken_by: StaffRole | None = None,
    conversation: Conversation | None = None,
    message_key: UUID | None = None,
    draft: Draft | None = None,
    receipt_hash: str = "",
    kind: str = Case.Kind.UNSORTED,
    before: Case | None = None,
    plan: str = "",
) -> Case:
    """Take down what somebody tells. Nothing that is missing turns it away; only without a word there is nothing to take.

    `at`: when it was told, if not now; our promise runs from then. The same draft or message again gives the same case.
    `before`: the case it goes on from; whoever had a part in that one does not decide this one. Raises CaseRefusal("empty").
    """
    require(filed_by is None or access.may_file(filed_by, program))
    if not words.strip():
        raise CaseRefusal("empty")
    if (known := _known(draft, conversation, message_key)) is not None:
        return known
    told_at = min(at or timezone.now(), timezone.now())
    is_named = filed_as != Case.FiledAs.ANONYMOUS
    case = Case(
        program=program,
        family=family,
        youth=youth,
        is_own_matter=is_own_matter and filed_by is not None and is_named,
        filed_by=filed_by if is_named else None,
        filed_as=filed_as,
        way=way,
        taken_by=taken_by,
        conversation=conversation,
        message_key=message_key,
        kind=kind,
        consent=_consent(filed_as, family),
        language=language,
        needs_interpreter=needs_interpreter,
        receipt_hash=receipt_hash,
        region=family.region if family is not None else "",
        plan=plans.plan_for(program, plan),
        filed_at=told_at,
        before=before,
    )
    case.words, case.wish, case.reach = words, wish, reach
    case.save()
    _take_files(case, draft)
    for one in against:
        name_against(case, one)
    involve(case, not_wanted, Involved.Why.NOT_WANTED)
    _involve_before(case)
    step(case, Kind.TOLD, at=told_at, by=case.filed_by, way=way, filed_as=filed_as)
    note(filed_by if is_named else None, case, verb=Entry.Verb.CREATED)
    happened(case, Event.GRIEVANCE_FILED, told_at)
    give_to_handler(case)
    tell(case, [one for one in access.told_of(case) if one != case.filed_by], Notice.Kind.CASE)
    _screen(case)
    return case


def _known(draft: Draft | None, conversation: Conversation | None, message_key: UUID | None) -> Case | None:
    """Sent twice, from two phones or by a page that had no answer: one case."""
    if draft is not None:
        draft = Draft.objects.select_for_update(of=("self",)).select_related("case").get(pk=draft.pk)
        return draft.case
    if conversation is not None and message_key is not None:
        return Case.objects.filter(conversation=conversation, message_key=message_key).first()
    return None


def _consent(filed_as: str, family: Family | None) -> Case.Consent:
    """Who speaks for a family shows its consent: until then it is waited for, and everything runs (42 CFR 438.402(c)(1)(ii))."""
    if family is not None and filed_as in access.THIRD_PARTY and filed_as != Case.FiledAs.ANONYMOUS:
        return Case.Consent.PENDING
    return Case.Consent.NOT_NEEDED


def _take_files(case: Case, draft: Draft | None) -> None:
    if draft is not None:
        CaseFile.objects.filter(draft=draft).update(case=case, draft=None)
        Draft.objects.filter(pk=draft.pk).update(case=case, sealed_form=None)


def name_against(case: Case, one: Named) -> None:
    """Whom it is against. A name that is that of somebody who works here, or of an organization, counts as that one, too."""
    if isinstance(one, Person):
        Against.objects.get_or_create(case=case, person=one)
    elif isinstance(one, Organization):
        Against.objects.get_or_create(case=case, organization=one)
    elif one.strip():
        row = Against(case=case)
        row.name = one.strip()
        row.save()
        known: list[Named] = [*independence.people_called(case, one), *independence.houses_called(case.program, one)]
        for found in known:
            name_against(case, found)


def _involve_before(case: Case) -> None:
    """Nobody decides about what they, or those above them, had a part in (42 CFR 438.406(b)(2)(i))."""
    before = case.before
    while before is not None:
        roles = (before.decider, before.handler)
        involve(case, [role.person for role in roles if role is not None], Involved.Why.EARLIER)
        involve(case, [one.person for one in before.involved.filter(why=Involved.Why.EARLIER)], Involved.Why.EARLIER)
        involve(
            case, [one.person for one in before.involved.filter(why=Involved.Why.NOT_WANTED)], Involved.Why.NOT_WANTED
        )
        before = before.before


def give_to_handler(case: Case) -> None:
    """To a coordinator who may know of it; where there is none, outside. Whoever has it and may keep it, keeps it."""
    able = access.eligible_handlers(case)
    if case.handler in able:
        return
    case.handler = next(iter(able), None)
    case.save(update_fields=["handler"])
    if case.handler is not None:
        tell_desk(case)
    elif not case.is_outside:
        go_outside(case)


def keep_handled() -> int:
    """What the worker calls: whoever left, or turned out to have a part in it, is followed by somebody else; how many cases."""
    now = timezone.now()
    holds = StaffRole.objects.filter(StaffRole.in_force(now), pk=OuterRef("handler"), person__is_active=True)
    lost = Case.objects.filter(~Exists(holds), state__in=Case.OPEN, is_outside=False).order_by("pk")[:AT_ONCE]
    return one_by_one(list(lost), _hand_over, "A case could not be given to somebody")


@transaction.atomic
def _hand_over(case: Case) -> bool:
    case = locked(case)
    before = case.handler
    give_to_handler(case)
    return case.handler != before


# -- a crisis in it ----------------------------------------------------------------------------------------------------------


def _screen(case: Case) -> None:
    """Help first: as with messages, a crisis always, and of a young person a worry, too. The case goes on whatever is found."""
    found = screened(f"{case.words}\n{case.wish}", case.language)
    if found is None:
        return
    kinds = sorted(str(one) for one in set(found.matched) - set(found.boundaries))
    person = case.filed_by
    is_young = person is not None and safety.young_places(person).exists()
    if not kinds or (found.level is not Level.CRISIS and not is_young):
        return
    step(case, Kind.NOTE, for_staff=True, crisis=found.level is Level.CRISIS)
    raise_worry(case, is_crisis=found.level is Level.CRISIS, kinds=kinds)


def raise_worry(case: Case, *, is_crisis: bool, kinds: Sequence[str]) -> None:
    """A worry about who told us, by which nobody learns of the case. Of who has no account here only the desk can know."""
    person = case.filed_by
    if person is None:
        _alert_desk(case)
        return
    place = safety.young_places(person).first() or _place_of(person, case)
    raise_concern(
        joined_by=f"case:{case.public_id}",
        organization=safety.organization_of(place) if place is not None else _fallback(case.program),
        person=person,
        source=Concern.Source.WRITTEN,
        severity=Concern.Severity.CRISIS if is_crisis else Concern.Severity.CONCERN,
        kinds=kinds,
        family=place.family if place is not None else None,
        about=list(independence.kept_staff(case)),
    )


def _place_of(person: Person, case: Case) -> Member | None:
    return Member.objects.filter(Member.in_force(timezone.now()), person=person, family=case.family).first()


def _fallback(program: Program) -> Organization:
    return Organization.objects.select_related("program").get(
        program=program, slug=program.profile.fallback_organization
    )


def _alert_desk(case: Case) -> None:
    for role in access.eligible_handlers(case):
        notices.alert(
            person=role.person, kind=Notice.Kind.SAFETY, path=case.get_absolute_url(), about=f"{case.told_as}:crisis"
        )
