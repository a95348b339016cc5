"""A consent to share of the Marchand family, signed by the same action that the page uses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from portal.accounts.models import Person
from portal.families.actions import Consent, sign_release
from portal.families.models import Category, Member, Release
from tests.world import World

YEAR = dt.timedelta(days=365)


def consent(world: World, *categories: str, **said: Any) -> Consent:
    today = world.program.today()
    whole = Consent(
        categories=frozenset(categories or [Category.PLAN]),
        discloser=world.program.name,
        what="Goals and steps",
        why="One plan for home and school",
        signed_as="O. Marchand",
        starts_on=today,
        ends_on=today + YEAR,
        to_name="" if {"to_person", "to_organization"} & said.keys() else "Gulf Clinic",
    )
    return replace(whole, **said)


def signed(world: World, actor: Person, *categories: str, youth: Member | None = None, **said: Any) -> Release:
    youth = youth or world.youth_member
    return sign_release(actor=actor, youth=youth, consent=consent(world, *categories, **said))
