"""A guardian's yes or no to a young person's mentor: said here, or noted by the liaison as it was said elsewhere."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from messaging.models import Conversation
from peer_support.actions.pairings import about_permission, locked, tell, tell_guardian, tell_liaison
from peer_support.models import Pairing, Permission
from portal.access import mentors as access
from portal.access import require, supervision
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import Program
from portal.programs.registry import profiles

MENTOR = Notice.Kind.MENTOR
# How many days before the last one a guardian is asked again; 0: on the day after it.
MARKS = (30, 7, 0)


@transaction.atomic
def give_permission(*, actor: Person, pairing: Pairing) -> Permission:
    """A guardian who may decide says yes, for as long as the programme lets a yes hold. Saying it again begins anew."""
    pairing = _held(pairing)
    require(access.may_decide(actor, pairing))
    return _answered(actor, actor, pairing, is_yes=True)


@transaction.atomic
def withdraw_permission(*, actor: Person, pairing: Pairing) -> Permission:
    """A guardian who may decide says no: before, or in place of, their own yes or after another guardian's.

    From this commit on nobody writes there; the young person keeps what was said, and every way to help.
    """
    pairing = _held(pairing)
    require(access.may_decide(actor, pairing))
    return _answered(actor, actor, pairing, is_yes=False)


@transaction.atomic
def note_permission(*, actor: Person, pairing: Pairing, guardian: Person, is_yes: bool, evidence: str) -> Permission:
    """The liaison writes down what such a guardian said on paper or by phone, and what she saw or heard."""
    pairing = _held(pairing)
    evidence = evidence.strip()
    require(access.may_note(actor, pairing, guardian) and bool(evidence))
    return _answered(actor, guardian, pairing, is_yes=is_yes, evidence=evidence)


def _held(pairing: Pairing) -> Pairing:
    """One row of the young person, then the match: two guardians who answer at once wait for each other."""
    Member.objects.select_for_update(no_key=True).get(pk=pairing.member_id)
    return locked(pairing)


def _answered(actor: Person, guardian: Person, pairing: Pairing, *, is_yes: bool, evidence: str = "") -> Permission:
    was_permitted = supervision.is_permitted(pairing)
    Permission.objects.filter(pairing=pairing, given_by=guardian, withdrawn_at=None).update(withdrawn_at=timezone.now())
    days = pairing.family.program.profile.settings.permission_days.value
    said = Permission.objects.create(
        pairing=pairing,
        given_by=guardian,
        is_yes=is_yes,
        noted_by=actor if actor != guardian else None,
        evidence=evidence,
        ends_on=pairing.today + dt.timedelta(days=days) if is_yes else None,
    )
    record(
        actor=actor,
        verb=Entry.Verb.CREATED if is_yes else Entry.Verb.ENDED,
        subject="permission",
        subject_id=pairing.public_id,
        family=pairing.family,
    )
    # Whoever keeps an answer about who may write here asks again.
    Conversation.objects.filter(pairing=pairing).update(access_version=F("access_version") + 1)
    _tell(actor, guardian, pairing, was_permitted, is_yes)
    return said


def _tell(actor: Person, guardian: Person, pairing: Pairing, was_permitted: bool, is_yes: bool) -> None:
    """All who are in it, where the answer changed; the other guardians and the liaison of every word."""
    is_permitted = supervision.is_permitted(pairing)
    what = f"{'yes' if is_yes else 'no'}:{guardian.public_id}"
    if is_permitted:
        notices.take_back(about=about_permission(pairing))  # nobody needs to be asked any more
    notices.mark_read(person=guardian, about=about_permission(pairing))
    for other in access.guardians(pairing.member):
        if other != actor:
            tell_guardian(other, pairing, MENTOR, what)
    if actor != pairing.proposed_by:
        tell_liaison(MENTOR, pairing, f"permission:{what}")
    if is_permitted != was_permitted:
        word = "ready" if is_permitted else "waits"
        tell(pairing.member.person, MENTOR, pairing, word)
        if pairing.takes_place:  # before the young person's yes the mentor knows of nobody
            tell(pairing.peer.person, MENTOR, pairing, word)


# -- by itself ---------------------------------------------------------------------------------------------------------


def warn_ending_permissions() -> int:
    """Tell guardians that their yes runs out, at each mark once; and all in it that it has. Gives how many yeses.

    Any number of workers may run it, at any time: each takes a row by a conditional update, and after an outage only the
    word that still fits is said.
    """
    return sum(_warn(program) for program in Program.objects.filter(slug__in=profiles()).order_by("pk"))


def _warn(program: Program) -> int:
    today = program.today()
    due = access.running_out(today + dt.timedelta(days=max(MARKS))).filter(pairing__family__program=program)
    return sum(_warn_one(one, today) for one in due)


def _mark(left: int) -> int:
    """The nearest mark that is reached; on its last day a yes still holds."""
    return 0 if left < 0 else min(one for one in MARKS if one and left <= one)


@transaction.atomic
def _warn_one(permission: Permission, today: dt.date) -> int:
    assert permission.ends_on is not None  # noqa: S101 asked for by date
    mark = _mark(left=(permission.ends_on - today).days)
    unsaid = Q(warned_at_days=None) | Q(warned_at_days__gt=mark)
    if not Permission.objects.filter(unsaid, pk=permission.pk, withdrawn_at=None).update(warned_at_days=mark):
        return 0
    pairing = permission.pairing
    for guardian in access.guardians(pairing.member):
        if access.may_decide(guardian, pairing):
            tell_guardian(guardian, pairing, Notice.Kind.MENTOR_ASKED, f"ends:{permission.ends_on}:{mark}")
    if mark == 0 and not supervision.is_permitted(pairing):
        _has_run_out(pairing)
    return 1


def _has_run_out(pairing: Pairing) -> None:
    Conversation.objects.filter(pairing=pairing).update(access_version=F("access_version") + 1)
    tell(pairing.member.person, MENTOR, pairing, "waits")
    tell_liaison(MENTOR, pairing, "waits")
    if pairing.takes_place:
        tell(pairing.peer.person, MENTOR, pairing, "waits")
