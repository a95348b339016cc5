"""Every change to a family: who belongs, who may decide, who is kept apart, who stands beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.access import choices, peers, require, retention
from portal.access import families as access
from portal.accounts.models import Person
from portal.audit.actions import record, record_each
from portal.audit.models import Entry
from portal.families.models import Family, Hold, LegalAuthority, Member, NoContact, StaffAssignment
from portal.programs.models import StaffRole


class EvidenceMissing(Exception):
    """A second caregiver, an authority or a flag was to be recorded without saying what was seen."""

    message = _("Please write what you saw that shows this: a court order, a birth certificate, a letter.")


class NotTrained(Exception):
    """A facilitator whose training is not done was to be assigned, and nobody wrote down why that has to be."""

    field = "override_reason"

    def __init__(self, role: StaffRole) -> None:
        super().__init__(role.pk)
        missing = peers.trainings_missing(role, role.organization.program.today())
        self.message = gettext(
            "%(name)s has not finished: %(trainings)s. Choose someone who has, or write why it has to be now."
        ) % {"name": role.person.display_name, "trainings": gettext(", ").join(one.title for one in missing)}


class NotChosen(Exception):
    """A facilitator was to be put beside a family that has not chosen them."""

    field = "care_manager"

    def __init__(self, role: StaffRole) -> None:
        super().__init__(role.pk)
        self.message = gettext(
            "The family has not chosen %(name)s. Show them who could be their facilitator first. If there is only one, write "
            "down what you looked for."
        ) % {"name": role.person.display_name}


def reason_to_begin(role: StaffRole, override_reason: str) -> str:
    """The reason to keep with an assignment: none for who is trained. Raises NotTrained where one is needed and missing."""
    if not peers.needs_override(role):
        return ""
    if not override_reason.strip():
        raise NotTrained(role)
    return override_reason.strip()


@transaction.atomic
def open_family(*, actor: Person, role: StaffRole, name: str, region: str = "", override_reason: str = "") -> Family:
    """Enrol a family in the programme of that staff role; the role is assigned to it, so that it has someone from the start.

    Raises NotTrained for a facilitator whose training is not done, without a reason.
    """
    require(access.may_open_family(actor, role))
    reason = reason_to_begin(role, override_reason)
    family = Family.objects.create(program=role.organization.program, name=name, region=region)
    StaffAssignment.objects.create(family=family, staff_role=role, assigned_by=actor, override_reason=reason)
    record(actor=actor, verb=Entry.Verb.CREATED, subject="family", family=family, role=role.role)
    return family


@transaction.atomic
def add_member(
    *,
    actor: Person,
    family: Family,
    person: Person,
    role: Member.Role,
    relation: str = "",
    evidence: str = "",
    address: str = "",
) -> Member:
    """Add a person to a family. Raises EvidenceMissing for a second caregiver nobody has shown a paper for."""
    require(access.may_change_family(actor, family) and person.pk != actor.pk)
    Family.objects.select_for_update().get(pk=family.pk)
    has_caregiver = Member.objects.filter(
        Member.in_force(timezone.now()), family=family, role=Member.Role.CAREGIVER
    ).exists()
    if role == Member.Role.CAREGIVER and has_caregiver and not evidence.strip():
        raise EvidenceMissing
    member = Member(
        family=family, person=person, role=role, relation=relation, evidence=evidence.strip(), added_by=actor
    )
    member.address = address
    member.save()
    record(
        actor=actor, verb=Entry.Verb.CREATED, subject="member", subject_id=person.public_id, family=family, kind=role
    )
    return member


def take_in(*, added_by: Person, family: Family, person: Person) -> Member:
    """Somebody of the family's own life belongs to it from now on: the row alone, for actions that have asked who may."""
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    there = Member.objects.filter(Member.in_force(timezone.now()), family=family, person=person).first()
    if there is not None:
        return there
    member = Member.objects.create(family=family, person=person, role=Member.Role.NATURAL_SUPPORT, added_by=added_by)
    record(
        actor=added_by,
        verb=Entry.Verb.CREATED,
        subject="member",
        subject_id=person.public_id,
        family=family,
        kind=member.role,
    )
    return member


def let_go(*, actor: Person, member: Member) -> None:
    """They belong to the family no more, from this commit on: the row alone, for actions that have asked who may."""
    Member.objects.filter(pk=member.pk, left_at=None).update(left_at=timezone.now())
    record(
        actor=actor,
        verb=Entry.Verb.ENDED,
        subject="member",
        subject_id=member.person.public_id,
        family=member.family,
        kind=member.role,
    )


@transaction.atomic
def record_authority(
    *,
    actor: Person,
    adult: Member,
    youth: Member,
    scope: LegalAuthority.Scope,
    evidence: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> LegalAuthority:
    """Write down what an adult may decide for a youth. Never inferred from living together. Raises EvidenceMissing."""
    require(access.may_change_family(actor, adult.family) and adult.family_id == youth.family_id)
    require(adult.role != Member.Role.YOUTH and youth.role == Member.Role.YOUTH)
    if not evidence.strip():
        raise EvidenceMissing
    authority = LegalAuthority.objects.create(
        adult=adult,
        youth=youth,
        scope=scope,
        evidence=evidence.strip(),
        recorded_by=actor,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record(
        actor=actor,
        verb=Entry.Verb.CREATED,
        subject="authority",
        subject_id=adult.person.public_id,
        family=adult.family,
        scope=scope,
    )
    return authority


@transaction.atomic
def set_no_contact(*, actor: Person, protected: Member, hidden_from: Member, reason: str) -> NoContact:
    """Hide one adult's whereabouts from another member, at once. Raises EvidenceMissing without a reason."""
    require(access.may_change_family(actor, protected.family) and protected.family_id == hidden_from.family_id)
    if not reason.strip():
        raise EvidenceMissing
    flag, _created = NoContact.objects.get_or_create(
        protected=protected,
        hidden_from=hidden_from,
        ended_at=None,
        defaults={"reason": reason.strip(), "recorded_by": actor},
    )
    record(actor=actor, verb=Entry.Verb.CREATED, subject="no_contact", subject_id=flag.pk, family=protected.family)
    return flag


@transaction.atomic
def end_no_contact(*, actor: Person, flag: NoContact) -> None:
    require(access.may_change_family(actor, flag.protected.family))
    NoContact.objects.filter(pk=flag.pk, ended_at=None).update(ended_at=timezone.now())
    record(actor=actor, verb=Entry.Verb.ENDED, subject="no_contact", subject_id=flag.pk, family=flag.protected.family)


@transaction.atomic
def assign(*, actor: Person, family: Family, staff_role: StaffRole, override_reason: str = "") -> StaffAssignment:
    """A colleague of the same programme stands beside the family from now on.

    Raises NotTrained for a facilitator whose training is not done, without a reason; NotChosen for one whom the family has not
    chosen. Who stands there already, stays.
    """
    require(access.may_change_family(actor, family) and staff_role.organization.program_id == family.program_id)
    require(staff_role.is_in_force(timezone.now()) and not access.was_ever_in(staff_role.person, family))
    assignment = put_beside(actor=actor, family=family, staff_role=staff_role, override_reason=override_reason)
    record(
        actor=actor,
        verb=Entry.Verb.CREATED,
        subject="assignment",
        subject_id=staff_role.public_id,
        family=family,
        kind=staff_role.role,
    )
    return assignment


def put_beside(*, actor: Person, family: Family, staff_role: StaffRole, override_reason: str) -> StaffAssignment:
    """The row alone, for actions that have asked who may. Raises NotTrained, NotChosen."""
    there = StaffAssignment.objects.filter(family=family, staff_role=staff_role, ended_at=None).first()
    if there is not None:
        return there
    reason = reason_to_begin(staff_role, override_reason)
    if not choices.may_begin(actor, family, staff_role):
        raise NotChosen(staff_role)
    assignment, _created = StaffAssignment.objects.get_or_create(
        family=family,
        staff_role=staff_role,
        ended_at=None,
        defaults={"assigned_by": actor, "override_reason": reason},
    )
    return assignment


@transaction.atomic
def end_assignment(*, actor: Person, assignment: StaffAssignment) -> None:
    require(access.may_change_family(actor, assignment.family))
    step_aside(actor=actor, assignment=assignment)


def step_aside(*, actor: Person, assignment: StaffAssignment) -> None:
    """The row alone, for actions that have asked who may."""
    StaffAssignment.objects.filter(pk=assignment.pk, ended_at=None).update(ended_at=timezone.now())
    record(
        actor=actor,
        verb=Entry.Verb.ENDED,
        subject="assignment",
        subject_id=assignment.staff_role.public_id,
        family=assignment.family,
    )


@transaction.atomic
def place_hold(*, actor: Person, family: Family, reason: str) -> Hold:
    """From this commit on nothing of the family is removed, whatever the rule says. Raises EvidenceMissing without a reason.

    What is being removed at this moment finishes its batch first: both take the family's lock.
    """
    require(retention.may_hold(actor, family))
    if not reason.strip():
        raise EvidenceMissing
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    hold = Hold.objects.create(family=family, reason=reason.strip(), placed_by=actor)
    record(
        actor=actor,
        verb=Entry.Verb.CREATED,
        subject="hold",
        subject_id=hold.public_id,
        family=family,
        role=StaffRole.Role.PROGRAMME_LEAD,
    )
    return hold


@transaction.atomic
def lift_hold(*, actor: Person, hold: Hold) -> None:
    require(retention.may_hold(actor, hold.family))
    lifted = Hold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=timezone.now(), lifted_by=actor)
    if lifted:
        record(
            actor=actor,
            verb=Entry.Verb.ENDED,
            subject="hold",
            subject_id=hold.public_id,
            family=hold.family,
            role=StaffRole.Role.PROGRAMME_LEAD,
        )


def record_view(
    *, actor: Person, family: Family, subject: str = "family", subject_id: object = "", role: str = ""
) -> None:
    """Someone looked at this family's record, or at one thing in it: what "who looked at my record" shows."""
    record(actor=actor, verb=Entry.Verb.VIEWED, subject=subject, subject_id=subject_id, family=family, role=role)


def record_views(*, actor: Person, family: Family, subjects: Sequence[tuple[str, str]]) -> None:
    """The same of several things on one page, each given as what it is and its public id: one line for each, written at once."""
    record_each(actor=actor, verb=Entry.Verb.VIEWED, subjects=subjects, family=family)
