"""One of a family asks to choose who gives a service or who is the facilitator, or says that it is right as it is."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal.access import care as care_access
from portal.access import choices as access
from portal.access import require
from portal.access.enrollment import basis_of_cases
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.care import actions as care
from portal.care.actions.versions import locked as locked_plan
from portal.care.models import Item
from portal.families.models import Family, Member
from portal.voice.actions.choice_steps import keep_record, live, standing_choice, wants_others
from portal.voice.choice_refusals import ShownAlready
from portal.voice.models import Choice, Option

About, State = Choice.About, Choice.State


@transaction.atomic
def ask_for_options(*, actor: Person, item: Item) -> Choice:
    """One of the family asks to choose who gives a service: it came from elsewhere, or somebody new is wanted.

    Asking twice is asking once. Raises PlanClosed.
    """
    plan = locked_plan(item.plan)
    reader = care_access.visible_item(actor, item)
    require(reader is not None and item.kind == "service" and access.has_say(reader, plan, item))
    there = live(About.SERVICE, plan.family, item=item)
    if there is not None:
        return there
    choice = Choice(
        family=plan.family, youth=plan.youth, plan=plan, item=item, about=About.SERVICE, access_basis=item.access_basis
    )
    choice.follows = standing_choice(item=item)
    return _asked(actor, choice)


@transaction.atomic
def ask_for_facilitator(*, actor: Person, youth: Member) -> Choice:
    """The same of the facilitator, where no plan has begun yet; no reason is needed. In a plan it is asked of its team."""
    family = Family.objects.select_for_update(no_key=True).get(pk=youth.family_id)
    require(access.may_ask_before_plan(actor, youth))
    there = live(About.FACILITATOR, family, youth=youth)
    if there is not None:
        return there
    basis = basis_of_cases(youth)
    return _asked(actor, Choice(family=family, youth=youth, about=About.FACILITATOR, access_basis=basis))


def _asked(actor: Person, choice: Choice) -> Choice:
    choice.state, choice.asked_by = State.ASKED, actor
    choice.save()
    keep_record(actor, choice, Entry.Verb.CREATED)
    wants_others(actor, choice)
    return choice


@transaction.atomic
def keep_as_is(*, actor: Person, item: Item) -> Choice:
    """The family says that who gives a service now is who they want: what came from elsewhere is chosen with that."""
    plan = locked_plan(item.plan)
    reader = care_access.visible_item(actor, item)
    require(reader is not None and item.kind == "service" and access.has_say(reader, plan, item))
    name = item.data["provider"]
    require(bool(name))
    standing = standing_choice(item=item)
    if standing is not None and standing.made is not None and standing.made.name == name:
        return standing
    choice = live(About.SERVICE, plan.family, item=item)
    if choice is not None:
        raise ShownAlready
    now = timezone.now()
    choice = Choice(
        family=plan.family, youth=plan.youth, plan=plan, item=item, about=About.SERVICE, access_basis=item.access_basis,
        state=State.OPEN, asked_by=actor, offered_at=now,
    )  # fmt: skip
    choice.save()
    option = Option(choice=choice, place=1)
    option.shown = {"name": name}
    option.save()
    choice.state, choice.made, choice.ended_at = State.MADE, option, now
    choice.save(update_fields=["state", "made", "ended_at"])
    care.set_provider(actor=actor, item=item, provider=name)
    keep_record(actor, choice, Entry.Verb.CHANGED)
    return choice
