"""Choosing a skill, sharing it with a peer partner, and marking the steps that were taken. Nothing is counted or compared.

All of it stays out of the record that the whole family reads.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from peer_support import skills
from peer_support.models import ChosenSkill, Pairing, SkillStep
from peer_support.refusals import AlreadyChosen, StepAhead
from portal.access import require
from portal.access import skills as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Member


@transaction.atomic
def choose_skill(
    *, actor: Person, member: Member, skill: str = "", words: str = "", share_with: Pairing | None = None
) -> ChosenSkill:
    """From the list, or in words of their own. Raises AlreadyChosen."""
    require(access.may_choose(actor, member))
    require(bool(words.strip()) if not skill else skill in skills.offered_to(member.role))
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if skill and ChosenSkill.objects.filter(member=member, skill=skill, put_away_at=None).exists():
        raise AlreadyChosen
    chosen = ChosenSkill(member=member, skill=skill, shared_with=_allowed(actor, member, share_with))
    chosen.words = "" if skill else words.strip()
    chosen.save()
    _note(actor, Entry.Verb.CREATED, chosen)
    return chosen


@transaction.atomic
def share_skill(*, actor: Person, chosen: ChosenSkill, share_with: Pairing | None) -> None:
    """With this peer partner from now on, or with nobody."""
    require(access.may_keep(actor, chosen))
    chosen.shared_with = _allowed(actor, chosen.member, share_with)
    chosen.save(update_fields=["shared_with"])
    _note(actor, Entry.Verb.CHANGED, chosen)


def _allowed(actor: Person, member: Member, pairing: Pairing | None) -> Pairing | None:
    if pairing is not None:
        require(access.pairings_to_share(actor).filter(pk=pairing.pk, member=member).exists())
    return pairing


@transaction.atomic
def mark_step(*, actor: Person, chosen: ChosenSkill, on: dt.date, words: str = "") -> SkillStep:
    """A step they took, marked by themselves or by the peer partner they share it with. Raises StepAhead."""
    require(access.may_mark(actor, chosen))
    require(not words.strip() or access.may_write_with_it(actor, chosen))
    if on > chosen.member.family.program.today():
        raise StepAhead
    step = SkillStep(chosen=chosen, by=actor, on=on)
    step.words = words.strip()
    step.save()
    _note(actor, Entry.Verb.CHANGED, chosen)
    return step


@transaction.atomic
def undo_step(*, actor: Person, step: SkillStep) -> None:
    """It was marked by mistake, or is not wanted here. Undoing it twice changes nothing."""
    require(access.undoable_steps(actor).filter(pk=step.pk).exists())
    if SkillStep.objects.filter(pk=step.pk, undone_at=None).update(undone_at=timezone.now()):
        _note(actor, Entry.Verb.CHANGED, step.chosen)


@transaction.atomic
def set_got_it(*, actor: Person, chosen: ChosenSkill, has_got_it: bool) -> None:
    """They say themselves when they have got it, and may go on working on it."""
    require(access.may_keep(actor, chosen))
    chosen.state = ChosenSkill.State.GOT_IT if has_got_it else ChosenSkill.State.WORKING
    chosen.save(update_fields=["state"])
    _note(actor, Entry.Verb.CHANGED, chosen)


@transaction.atomic
def put_away(*, actor: Person, chosen: ChosenSkill) -> None:
    """Not this one any more. No reason is asked, and it can be chosen again."""
    require(access.may_keep(actor, chosen))
    ChosenSkill.objects.filter(pk=chosen.pk).update(put_away_at=timezone.now())
    _note(actor, Entry.Verb.ENDED, chosen)


def _note(actor: Person, verb: Entry.Verb, chosen: ChosenSkill) -> None:
    record(actor=actor, verb=verb, subject="skill", subject_id=chosen.public_id)
