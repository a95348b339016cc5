"""A plan is made final: with the family's word, and with nothing of it passed over in silence."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from portal.access import care as care_access
from portal.access import finals as access
from portal.access import granted, require
from portal.accounts.models import Person
from portal.care.actions import finish_plan
from portal.care.actions.versions import locked
from portal.care.models import Item, Plan, Version
from portal.families.models import AccessBasis
from portal.notices.models import Notice
from portal.text import says_nothing
from portal.voice import refusals
from portal.voice.actions.objections import path_of
from portal.voice.actions.plan_steps import note_on_plan, tell_keepers
from portal.voice.actions.proposals import decide
from portal.voice.models import Decision, GoAhead, GoAheadItem, OneOption


@transaction.atomic
def say_go_ahead(*, actor: Person, plan: Plan, without: Mapping[str, str]) -> GoAhead:
    """One of the family says that the plan can be made final, without what they name.

    `without`: public ids of suggestions, each with the mark of the words that stood on the page. Raises OtherWordsNow where that is
    not what is open to them now. Said twice it is one.
    """
    plan = locked(plan)
    reader = granted(care_access.reader_of(actor, plan))
    require(access.may_go_ahead(reader, plan))
    named = access.to_go_without(reader, plan, care_access.visible_items(reader, plan))
    if {str(one.public_id): one.suggestion_mark for one in named} != dict(without):
        raise refusals.OtherWordsNow
    word, is_new = GoAhead.objects.get_or_create(plan=plan, by=actor, number=plan.last_number)
    if not is_new and access.named_in(word) == {(one.pk, one.suggested_in) for one in named}:
        return word
    for one in named:
        GoAheadItem.objects.get_or_create(go_ahead=word, item=one, suggested_in=one.suggested_in)
    note_on_plan(actor, plan, step="go_ahead")
    tell_keepers(plan, Notice.Kind.PLAN, path_of(plan), plan.told_as)
    return word


@transaction.atomic
def make_final(*, actor: Person, plan: Plan) -> Version:
    """The facilitator makes the plan final. Raises Unsettled, naming each thing that is in the way, and PlanClosed.

    Pressed twice, or by two of the staff at once, it is one version.
    """
    plan = locked(plan)
    reader = granted(care_access.reader_of(actor, plan))
    require(care_access.may_keep(reader))
    final = access.last_final(plan)
    if final is not None and final.number == plan.last_number:
        return final
    ready = access.readiness(reader, plan)
    if ready.blocks:
        raise refusals.Unsettled(ready.blocks)
    version = finish_plan(actor=actor, plan=plan)
    decide(
        plan=plan,
        kind=Decision.Kind.FINAL,
        about="",
        proposed_by=actor,
        parties=ready.parties,
    )
    return version


@transaction.atomic
def explain_one_option(*, actor: Person, need: Item, why: str) -> OneOption:
    """Why there is one way only for a need, or none yet. Raises WordsMissing, PlanClosed."""
    plan = locked(need.plan)
    reader = granted(care_access.reader_of(actor, plan))
    need.plan = plan
    require(need.pk in {one.pk for one in care_access.visible_items(reader, plan)})
    require(access.may_explain(reader, need))
    last = OneOption.objects.filter(need=need).order_by("-pk").first()
    if says_nothing(why):
        raise refusals.WordsMissing
    if last is not None and (last.by_id, last.why) == (actor.pk, why.strip()):
        return last
    made = OneOption(need=need, by=actor)
    made.why = why.strip()
    made.save()
    note_on_plan(actor, plan, step="one_option", is_open=need.access_basis == AccessBasis.PARENT)
    return made
