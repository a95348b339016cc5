"""A plan with suggestions, and a team that decides, made by the same actions that pages use."""

from __future__ import annotations

import datetime as dt

from portal.accounts.models import Person
from portal.care.models import Item, Plan, TeamRole
from portal.families.models import LegalAuthority
from portal.voice import actions
from portal.voice.models import Round
from tests.care.meetings import seated
from tests.care.plans import added, goal, opened
from tests.world import World, signed_in


def suggested(world: World, plan: Plan | None = None, text: str = "Mornings without a fight") -> Item:
    return goal(world, plan or opened(world), text)


def again(item: Item) -> Item:
    return Item.objects.select_related("plan").get(pk=item.pk)


def says(actor: Person, item: Item, said: str, words: str = "", until_on: dt.date | None = None) -> Item:
    now = again(item)
    actions.answer_suggestion(
        actor=actor, item=now, mark=now.suggestion_mark, says=said, words=words, until_on=until_on
    )
    return again(item)


def ahead(world: World, plan: Plan, actor: Person | None = None, *without: Item) -> None:
    named = {str(one.public_id): again(one).suggestion_mark for one in without}
    actions.say_go_ahead(actor=actor or world.caregiver, plan=plan, without=named)


def with_agencies(world: World, plan: Plan, *names: str) -> None:
    """On the team by name, each for an agency."""
    for name in names:
        seated(
            world, plan, None, TeamRole.PROVIDER, name=f"Somebody of {name}", agency=name, asked_by=world.facilitator
        )


def asked_round(world: World, plan: Plan, text: str = "We meet every second week", days: int = 7) -> Round:
    until = world.program.today() + dt.timedelta(days=days)
    return actions.open_round(actor=world.facilitator, plan=plan, text=text, answer_by_on=until)


def page(person: Person, path: str, status: int = 200) -> str:
    answer = signed_in(None, person).get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def step(world: World, above: Item, text: str = "He picks the song") -> Item:
    return added(world.facilitator, above.plan, "strategy", above, text=text)


def second_caregiver_may(world: World, scope: LegalAuthority.Scope) -> None:
    LegalAuthority.objects.filter(pk=world.second_caregiver_authority.pk).update(scope=scope)
