"""What comes first to each of the family, what they ask of everybody, and their word at each part of the way."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.access import care as care_access
from portal.access import finals, granted, require
from portal.access import priorities as access
from portal.access.care import Part
from portal.accounts.models import Person
from portal.care.actions.versions import locked
from portal.care.models import Plan
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.text import says_nothing
from portal.voice import refusals
from portal.voice.actions.plan_steps import note_on_plan
from portal.voice.actions.proposals import decide
from portal.voice.models import Decision, Phase, PhaseEnd, PhaseWord, Preference, Ranking


@transaction.atomic
def rank(*, actor: Person, plan: Plan, order: Sequence[str]) -> Ranking:
    """Put needs and goals in one's own order. `order`: public ids, the first first; the rest comes after. Raises PlanClosed."""
    plan = locked(plan)
    reader = granted(care_access.reader_of(actor, plan))
    require(access.may_rank(reader, plan))
    items = access.can_be_ranked(care_access.visible_items(reader, plan))
    known = [str(one.public_id) for one in items]
    wanted = list(dict.fromkeys(one for one in order if one in known))
    whole = [*wanted, *(one for one in known if one not in wanted)]
    last = Ranking.objects.filter(plan=plan, by=actor).order_by("-pk").first()
    if last is not None and last.order == whole:
        return last
    made = Ranking.objects.create(plan=plan, by=actor, order=whole)
    note_on_plan(actor, plan, step="ranking")
    return made


@transaction.atomic
def ask_of_all(*, actor: Person, plan: Plan, kind: str, words: str, is_for_staff_alone: bool = False) -> Preference:
    """Ask everybody on the team to do something, or not to. All who read it are told. Sent twice it is one.

    Raises WordsMissing, PlanClosed.
    """
    plan = locked(plan)
    reader = granted(care_access.reader_of(actor, plan))
    require(access.may_ask_of_all(reader, plan) and (reader.part == Part.YOUNG or not is_for_staff_alone))
    words = words.strip()
    if says_nothing(words):
        raise refusals.WordsMissing
    for known in Preference.objects.filter(plan=plan, by=actor, kind=kind, ended_at=None):
        if (known.text, known.is_for_staff_alone) == (words, is_for_staff_alone):
            return known
    made = Preference(
        plan=plan, kind=Preference.Kind(kind), by=actor, is_for_staff_alone=is_for_staff_alone, at=timezone.now()
    )
    made.text = words
    made.save()
    note_on_plan(actor, plan, step="preference", is_open=not is_for_staff_alone)
    for person in access.told_of(plan, made):
        if person != actor:
            path = reverse("preference_list", args=[plan.public_id])
            notices.notify(person=person, kind=Notice.Kind.PLAN, path=path, about=f"preferences:{made.public_id}")
    return made


@transaction.atomic
def take_back_preference(*, actor: Person, preference: Preference) -> None:
    """Who asked for it asks for it no more. Saying it twice changes nothing."""
    plan = locked(preference.plan)
    reader = granted(care_access.reader_of(actor, plan))
    now = Preference.objects.select_for_update().get(pk=preference.pk)
    if now.ended_at is not None and now.by_id == actor.pk:
        return
    require(access.may_take_back(reader, now))
    now.ended_at = timezone.now()
    now.save(update_fields=["ended_at"])
    note_on_plan(actor, plan, step="preference", is_open=not now.is_for_staff_alone)
    notices.take_back(about=f"preferences:{now.public_id}")


@transaction.atomic
def say_at_phase(*, actor: Person, plan: Plan, phase: str, words: str = "") -> PhaseWord:
    """The family's word at a part of the way; without words: they would rather not. Sent twice it is one. Raises PlanClosed."""
    plan = locked(plan)
    reader = granted(care_access.reader_of(actor, plan))
    require(finals.may_say_at_phase(reader, plan))
    words = words.strip()
    last = PhaseWord.objects.filter(plan=plan, phase=phase, by=actor).order_by("-pk").first()
    if last is not None and last.words == words:
        return last
    made = PhaseWord(plan=plan, phase=Phase(phase), by=actor)
    made.words = words
    made.save()
    note_on_plan(actor, plan, step="phase_word")
    return made


@transaction.atomic
def end_phase(*, actor: Person, plan: Plan, phase: str) -> PhaseEnd:
    """A part of the way is over. Raises NoFamilyWord, NotNext, PlanClosed; over already, it stays as it is."""
    plan = locked(plan)
    reader = granted(care_access.reader_of(actor, plan))
    require(care_access.may_keep(reader))
    stages = {one.phase: one for one in finals.stages(plan)}
    stage = stages[Phase(phase)]
    if stage.end is not None:
        return stage.end
    if not stage.is_now:
        raise refusals.NotNext
    if not stage.words:
        raise refusals.NoFamilyWord
    word = stage.words[-1]
    made = PhaseEnd.objects.create(plan=plan, phase=stage.phase, word=word, by=actor)
    decide(
        plan=plan,
        kind=Decision.Kind.PHASE,
        about=stage.phase.value,
        proposed_by=actor,
        parties=list(dict.fromkeys(one.by for one in stage.words)),
    )
    note_on_plan(actor, plan, step="phase_end")
    return made


@transaction.atomic
def ask_at_phase(*, actor: Person, plan: Plan) -> None:
    """Staff ask the family for its word about the part they are in. Asked twice, one notice stands. Raises PlanClosed."""
    plan = locked(plan)
    require(care_access.may_keep(granted(care_access.reader_of(actor, plan))))
    for reader in care_access.readers_of(plan):
        if finals.may_say_at_phase(reader, plan):
            path = reverse("phase_list", args=[plan.public_id])
            notices.notify(person=reader.person, kind=Notice.Kind.PROPOSAL, path=path, about=f"phase:{plan.public_id}")
