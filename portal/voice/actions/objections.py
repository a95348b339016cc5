"""An objection to what was made final: it undoes nothing by itself, and is not lost. It is open until staff have answered it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.access import care as care_access
from portal.access import finals as access
from portal.access import granted, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care.actions.versions import locked
from portal.care.models import Plan
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.text import says_nothing
from portal.voice import refusals
from portal.voice.actions.plan_steps import tell_keepers
from portal.voice.models import PlanObjection


@transaction.atomic
def object_to_plan(*, actor: Person, plan: Plan, words: str) -> PlanObjection:
    """One of the family objects to what was made final: a question for the next version, open until it is answered.

    Raises NothingFinal, WordsMissing, PlanClosed.
    """
    plan = locked(plan)
    reader = granted(care_access.reader_of(actor, plan))
    require(access.may_object(reader, plan))
    final = access.last_final(plan)
    if final is None:
        raise refusals.NothingFinal
    words = words.strip()
    if says_nothing(words):
        raise refusals.WordsMissing
    return open_question(actor=actor, plan=plan, number=final.number, words=words)


def open_question(*, actor: Person, plan: Plan, number: int, words: str) -> PlanObjection:
    """Keep it and tell the staff. `number`: the version it is about. The same words are one while they wait. The plan is locked."""
    for known in PlanObjection.objects.filter(plan=plan, by=actor, answered_at=None):
        if known.text == words:
            return known
    objection = PlanObjection(plan=plan, number=number, by=actor)
    objection.text = words
    objection.save()
    record(actor=actor, verb=Entry.Verb.CREATED, subject="plan_objection", subject_id=objection.public_id)
    tell_keepers(plan, Notice.Kind.ANSWER_OWED, path_of(plan), _about(objection))
    return objection


@transaction.atomic
def answer_objection(*, actor: Person, objection: PlanObjection, words: str) -> PlanObjection:
    """Staff answer in words. The first answer stands. Raises WordsMissing, PlanClosed."""
    plan = locked(objection.plan)
    reader = granted(care_access.reader_of(actor, plan))
    now = PlanObjection.objects.select_for_update().get(pk=objection.pk)
    require(care_access.may_keep(reader))
    if now.answered_at is not None:
        return now
    if says_nothing(words):
        raise refusals.WordsMissing
    now.answer, now.answered_by, now.answered_at = words.strip(), actor, timezone.now()
    now.save(update_fields=["sealed_answer", "answered_by", "answered_at"])
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="plan_objection", subject_id=now.public_id)
    notices.take_back(about=_about(now))
    notices.notify(person=now.by, kind=Notice.Kind.VOICE, path=path_of(plan), about=f"answered:{now.public_id}")
    return now


def path_of(plan: Plan) -> str:
    """The page on which a family and its team decide."""
    return reverse("deciding_show", args=[plan.public_id])


def _about(objection: PlanObjection) -> str:
    return f"objection:{objection.public_id}"
